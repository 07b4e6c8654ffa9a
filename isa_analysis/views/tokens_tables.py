"""The tables of a tokens report."""

from __future__ import annotations

from isa_analysis.diagnostics import printable
from isa_analysis.report import words
from isa_analysis.table import Column, Table, Value, shown
from isa_analysis.tokens.model import Phase, Step, Tokens
from isa_analysis.tokens.scaling import Bracket

_TITLES: dict[Phase, str] = {
    "prefill": "Time to first token",
    "decode": "Time per output token",
}


def step_table(tokens: Tokens, phase: Phase) -> Table:
    """One phase on every board at every context, for a reader."""
    columns = [
        Column("board", "board"),
        Column("context", "context", "count"),
        Column("regime", "regime"),
        Column("compute", "compute (ms)"),
        Column("memory", "memory (ms)"),
        Column("bound", "bound"),
        Column("ms", "ms to first token" if phase == "prefill" else "ms per token"),
    ]
    if phase == "decode":
        columns.append(Column("rate", "tokens/s"))
    columns.append(Column("energy", "J at most"))
    rows: list[tuple[Value, ...]] = []
    for board in tokens.boards:
        for step in board.of(phase):
            row: list[Value] = [
                printable(board.board), step.context, step.memory.regime, span(step.compute, 1000),
                span(step.memory.seconds, 1000), step.bound, span(step.seconds, 1000),
            ]  # fmt: skip
            if phase == "decode":
                row.append(rates(step))
            row.append(_joules(step))
            rows.append(tuple(row))
    note = (
        "Compute: the engines alone; memory: weights and KV bytes over the bandwidth. The time is "
        "between both at once and one after the other; ranges are brackets."
    )
    return Table(_TITLES[phase], tuple(columns), tuple(rows), note)


def memory_table(tokens: Tokens) -> Table:
    """What the memory side of every board is made of."""
    columns = (
        Column("board", "board"),
        Column("capacity", "capacity (bytes)", "bytes"),
        Column("capacity_from", "from"),
        Column("local", "memory"),
        Column("local_from", "is"),
        Column("host", "host link"),
        Column("host_from", "from"),
        Column("resident", "fits up to context"),
        Column("kv", "KV > weights from context"),
    )
    rows = tuple(
        (
            printable(b.board), b.link.capacity, b.link.capacity_from,
            words.rate(float(b.link.local)), b.link.local_from,
            words.rate(float(b.link.host)) if b.link.host is not None else "none",
            b.link.host_from, _fits(b.resident_up_to),
            "never" if b.kv_passes_weights is None else f"{b.kv_passes_weights:,}",
        )
        for b in tokens.boards
    )  # fmt: skip
    return Table("Memory", columns, rows)


def full_table(tokens: Tokens) -> Table:
    """Every figure of every step, for programs to read; times in seconds, ``_low``/``_high``."""
    columns = [
        Column("board", "board"),
        Column("phase", "phase"),
        Column("context", "context", "count"),
        Column("layers", "layers", "count"),
        Column("regime", "regime"),
        Column("bound", "bound"),
    ]
    for name in ("compute_s", "charged_s", "memory_s", "time_s", "tokens_per_s", "energy_j"):
        columns += [Column(f"{name}_low", f"{name} low"), Column(f"{name}_high", f"{name} high")]
    columns += [
        Column("local_bytes", "local bytes", "bytes"),
        Column("link_bytes_low", "link bytes low", "bytes"),
        Column("link_bytes_high", "link bytes high", "bytes"),
        Column("weight_bytes", "weight bytes", "bytes"),
        Column("kv_bytes_per_token", "kv bytes per token", "bytes"),
        Column("capacity_bytes", "capacity", "bytes"),
    ]
    own = {source.phase: source.layers for source in tokens.sources}
    rows = []
    for board in tokens.boards:
        for step in board.steps:
            layers = own[step.phase] if tokens.layers is None else tokens.layers
            row: list[Value] = [
                printable(board.board), step.phase, step.context, layers, step.memory.regime,
                step.bound,
            ]  # fmt: skip
            rate = _rate(step)
            for bracket in (step.compute, step.charged, step.memory.seconds, step.seconds, rate,
                            step.energy_j):  # fmt: skip
                row += [None, None] if bracket is None else [float(bracket.low),
                                                              float(bracket.high)]  # fmt: skip
            link = step.memory.link_bytes
            row += [
                step.memory.local_bytes, float(link.low), float(link.high), tokens.model.weight,
                float(tokens.model.kv_per_token), board.link.capacity,
            ]  # fmt: skip
            rows.append(tuple(row))
    return Table("Tokens", tuple(columns), tuple(rows))


def span(bracket: Bracket, factor: int = 1) -> str:
    """``12.5``, or ``12.5 to 14.1`` where the bounds differ."""
    low, high = (shown(float(v * factor), "ms") for v in (bracket.low, bracket.high))
    return low if low == high else f"{low} to {high}"


def rates(step: Step) -> str:
    """Tokens per second, slowest first."""
    rate = _rate(step)
    return "-" if rate is None else span(rate)


def _rate(step: Step) -> Bracket | None:
    if step.phase != "decode" or not step.seconds.low:
        return None
    return Bracket(1 / step.seconds.high, 1 / step.seconds.low)


def _joules(step: Step) -> str:
    return "-" if step.energy_j is None else span(step.energy_j)


def _fits(context: int | None) -> str:
    if context is None:
        return "any"
    return "none" if context < 1 else f"{context:,}"
