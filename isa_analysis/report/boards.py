"""Section 7: boards side by side."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.report import words
from isa_analysis.report.kernels import Key, label, opcodes_of
from isa_analysis.report.model import BarChart, Block, ReportTable, Section
from isa_analysis.report.stages import Run, Stage
from isa_analysis.table import Column, Table, Value, one_line

#: Kernels of the comparison chart.
_BARS = 10


def boards_section(stages: Sequence[Stage]) -> Section | None:
    """Cycles and time per kernel and board; None with one board."""
    if len(stages[0].runs) < 2:
        return None
    sentences: list[str] = []
    blocks: list[Block] = []
    for number, stage in enumerate(stages):
        for run in stage.runs[1:]:
            sentences += _compare(stage, stage.first, run)
        blocks.append(_table(stage, f"boards-{number}-kernels"))
        blocks.append(_chart(stage, f"boards-{number}-chart"))
    return Section("boards", "Boards side by side", tuple(sentences), tuple(blocks))


def _compare(stage: Stage, base: Run, other: Run) -> list[str]:
    if not base.cycles or not other.cycles:
        return []
    ratio = other.cycles / base.cycles
    slower = other.seconds / base.seconds
    text = (
        f"{stage.name} takes {words.times(ratio)} the cycles and {words.times(slower)} the time "
        f"on {other.label} that it takes on {base.label} "
        f"({base.board.clock_hz / 1e6:g} MHz there, {other.board.clock_hz / 1e6:g} MHz here)"
    )
    before = {r.mnemonic: r.cost for r in base.small.opcodes}
    change = {
        r.mnemonic: r.cost.total_cycles - before[r.mnemonic].total_cycles
        for r in other.small.opcodes
    }
    most = max(change, key=lambda m: (abs(change[m]), m))
    if change[most]:
        text += (
            f"; {most} makes the largest difference: {change[most]:+,} cycles, "
            f"{_each(before[most].total_cycles, before[most].dynamic)} there and "
            f"{_each(before[most].total_cycles + change[most], before[most].dynamic)} here"
        )
    return [text + ".", *_ranking(stage, base, other)]


def _each(cycles: int, dynamic: int) -> str:
    return f"{cycles / dynamic:.4g} cycles each" if dynamic else "nothing"


def _ranking(stage: Stage, base: Run, other: Run) -> list[str]:
    """The kernel among the first ten that moves most in the ranking, and the opcode behind it."""
    first, second = _ranks(base), _ranks(other)
    moved = {
        key: first[key] - second[key]
        for key in first
        if min(first[key], second[key]) < 10 and first[key] != second[key]
    }
    if not moved:
        return [f"The ranking of its ten slowest kernels is the same on {other.label}."]
    key = min(moved, key=lambda k: (-abs(moved[k]), second[k]))
    before = {m: cost for m, _, cost in opcodes_of(base.small, key)}
    change = {
        m: cost.total_cycles * base.cycles - before[m].total_cycles * other.cycles
        for m, _, cost in opcodes_of(other.small, key)
    }
    behind = max(change, key=lambda m: (abs(change[m]), m))
    direction = "up" if moved[key] > 0 else "down"
    return [
        f"In the ranking {label(key)} goes {direction} from place {first[key] + 1} on {base.label} "
        f"to place {second[key] + 1} on {other.label}, mostly because of {behind}."
    ]


def _ranks(run: Run) -> dict[Key, int]:
    return {k.key: i for i, k in enumerate(run.kernels)}


def _table(stage: Stage, id_: str) -> ReportTable:
    folded = [{k.key: k.cost.total_cycles for k in r.kernels} for r in stage.runs]
    ranks = [_ranks(r) for r in stage.runs]
    rows: list[tuple[Value, ...]] = []
    for key, cycles in folded[0].items():
        row: list[Value] = [label(key)]
        for f, rank, run in zip(folded, ranks, stage.runs, strict=True):
            row += [f[key], 1e3 * run.profile.seconds(f[key]), rank[key] + 1]
        for f in folded[1:]:
            row.append(f[key] / cycles if cycles else None)
        rows.append(tuple(row))
    total: list[Value] = ["total"]
    for run in stage.runs:
        total += [run.cycles, 1e3 * run.seconds, None]
    total += [r.cycles / stage.first.cycles if stage.first.cycles else None for r in stage.runs[1:]]
    columns = (
        Column("kernel", "kernel"),
        *(
            column
            for i, r in enumerate(stage.runs, 1)
            for column in (
                Column(f"cycles_{i}", f"{r.label} cycles", "cycles"),
                Column(f"ms_{i}", "ms", "ms"),
                Column(f"rank_{i}", "rank", "count"),
            )
        ),
        *(
            Column(f"ratio_{i}", f"{r.label} / {stage.first.label} cycles", "ratio")
            for i, r in enumerate(stage.runs[1:], 2)
        ),
    )
    table = Table(f"Kernels of {stage.name} by board", columns, tuple(rows))
    return ReportTable(id_, table, tuple(total))


def _chart(stage: Stage, id_: str) -> BarChart:
    folded = [{k.key: k.cost.total_cycles for k in r.kernels} for r in stage.runs]
    longest = sorted(
        folded[0],
        key=lambda k: (
            -max(r.profile.seconds(f[k]) for f, r in zip(folded, stage.runs, strict=True)), k,
        ),
    )[:_BARS]  # fmt: skip
    rows = tuple(
        (
            one_line(label(key), 40),
            tuple(1e3 * r.profile.seconds(f[key]) for f, r in zip(folded, stage.runs, strict=True)),
        )
        for key in longest
    )
    title = f"Time of the slowest kernels of {stage.name} per board"
    return BarChart(id_, title, "ms", tuple(r.label for r in stage.runs), rows, stacked=False)
