"""Section 3: memory operations, bandwidth, and which kernels it bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isa_analysis.report import words
from isa_analysis.report.kernels import label
from isa_analysis.report.model import Block, ReportTable, RooflineChart, RooflinePoint, Section
from isa_analysis.report.roofline import Position, bytes_per_cycle, positions
from isa_analysis.report.stages import Run, Stage
from isa_analysis.table import Column, Table, Value, one_line, share
from isa_analysis.traffic.summary import TrafficSum

#: Kernels in a roofline table; the rest moves little and takes little time.
_TOP = 24


def memory_section(stages: Sequence[Stage], moved_by: Mapping[int, TrafficSum[str]]) -> Section:
    """Operations, the bracket of each stage, and the roofline of each board.

    ``moved_by`` has the sum of all transfers for the ``id`` of each run's traffic.
    """
    sentences: list[str] = []
    blocks: list[Block] = [_bracket(stages)]
    for number, stage in enumerate(stages):
        moved = moved_by.get(id(stage.first.traffic))
        if moved is None:
            sentences.append(f"{stage.name} has no memory operations.")
            continue
        sentences.append(_moved(stage, moved))
        blocks.append(_operations(stage, f"memory-{number}-operations"))
        for i, run in enumerate(stage.runs):
            found = positions(run)
            sentences.append(_demand(stage, run, found))
            blocks.append(_table(stage, run, found, f"memory-{number}-roofline-{i}", folded=i > 0))
            blocks.append(_chart(stage, run, found, f"memory-{number}-roof-{i}"))
    return Section("memory", "Memory", tuple(sentences), tuple(blocks))


def bus_bytes(run: Run) -> int:
    """Bus bytes of a run, both ways."""
    return run.profile.totals.hbm_read_bytes + run.profile.totals.hbm_write_bytes


def _moved(stage: Stage, moved: TrafficSum[str]) -> str:
    bus = moved.read_bytes + moved.write_bytes
    text = (
        f"{stage.name} executes {words.count(moved.transfers, 'memory operation')} that move "
        f"{words.size(bus)} over the bus ({words.size(moved.read_bytes)} read, "
        f"{words.size(moved.write_bytes)} written), of which {words.size(moved.useful_bytes)} "
        "are elements and scales"
    )
    if moved.refetch_factor is not None:
        about = "" if moved.touched.exact else "at most "
        text += (
            f"; they touch {about}{words.size(moved.touched.unique_bytes)} of memory, each byte "
            f"{words.times(moved.refetch_factor)} on average"
        )
    if moved.unknown_transfers:
        text += (
            f"; {moved.unknown_transfers:,} go to addresses that depend on data and are counted "
            "as aligned"
        )
    return text + "."


def _demand(stage: Stage, run: Run, found: list[Position]) -> str:
    memory = run.board.board.memory
    demand = bus_bytes(run) / run.seconds if run.seconds else 0.0
    t = run.profile.totals
    sustained = memory.sustained_bytes_per_s
    which = "sustained" if memory.effective_bandwidth_bytes_per_s else "peak"
    text = (
        f"On {run.label} {stage.name} spends {words.percent(t.memory_cycles, t.total_cycles)} of "
        f"its cycles in memory operations and asks for {words.rate(demand)} of "
        f"{words.rate(sustained)} {which} bandwidth ({words.percent(demand, sustained)})"
    )
    bound = [p for p in found if p.bound == "memory"]
    if bound:
        spent = sum(p.cost.total_cycles for p in bound)
        worst = max(bound, key=lambda p: p.transfer_cycles - p.cost.compute_cycles)
        factor = "" if worst.factor is None else f" by {words.times(worst.factor)}"
        text += (
            f"; {words.count(len(bound), 'kernel')} ({words.percent(spent, t.total_cycles)} of the "
            f"cycles) {'is' if len(bound) == 1 else 'are'} memory-bound, first {label(worst.key)}"
            f"{factor}"
        )
    else:
        text += "; with perfect overlap every kernel would be compute-bound"
    return text + "."


def _bracket(stages: Sequence[Stage]) -> ReportTable:
    """Compute alone, bytes alone, and the two ways of putting them together."""
    rows: list[tuple[Value, ...]] = []
    for stage in stages:
        for run in stage.runs:
            memory = run.board.board.memory
            compute = 1e3 * run.profile.seconds(run.profile.totals.compute_cycles)
            transfer = 1e3 * bus_bytes(run) / memory.sustained_bytes_per_s
            rows.append(
                (
                    _named(stage), run.label, compute, transfer,
                    max(compute, transfer), 1e3 * run.seconds, compute + transfer,
                    "memory" if transfer > compute else "compute",
                )
            )  # fmt: skip
    columns = (
        Column("stage", "stage"),
        Column("board", "board"),
        Column("compute_ms", "compute alone, ms", "ms"),
        Column("transfer_ms", "bytes at the bandwidth, ms", "ms"),
        Column("overlapped_ms", "all overlapped, ms", "ms"),
        Column("estimate_ms", "this model, ms", "ms"),
        Column("exposed_ms", "none overlapped, ms", "ms"),
        Column("bound", "bound by"),
    )
    note = (
        "Bytes are those on the bus, at the sustained bandwidth of the board file. A stage named "
        "prefill gives the time to the first token, one named decode the time per further token."
    )
    return ReportTable("memory-bracket", Table("Time with and without overlap", columns,
                                               tuple(rows), note))  # fmt: skip


def _named(stage: Stage) -> str:
    name = stage.name.lower()
    if "prefill" in name:
        return f"{stage.name} (time to first token)"
    return f"{stage.name} (time per token)" if "decode" in name.replace("decoder", "") else (
        stage.name
    )  # fmt: skip


def _operations(stage: Stage, id_: str) -> ReportTable:
    costs = [
        {r.mnemonic: r.cost for r in run.small.opcodes if r.category == "memory"}
        for run in stage.runs
    ]
    rows: list[tuple[Value, ...]] = []
    for mnemonic, first in costs[0].items():
        row: list[Value] = [
            mnemonic, first.static, first.dynamic, first.hbm_read_bytes, first.hbm_write_bytes,
        ]  # fmt: skip
        for cost, run in zip(costs, stage.runs, strict=True):
            cycles = cost[mnemonic].memory_cycles
            row += [cycles, share(cycles, run.cycles)]
        rows.append(tuple(row))
    t = stage.first.profile.totals
    all_costs = list(costs[0].values())
    total: list[Value] = [
        "total", sum(c.static for c in all_costs), sum(c.dynamic for c in all_costs),
        t.hbm_read_bytes, t.hbm_write_bytes,
    ]  # fmt: skip
    for run in stage.runs:
        cycles = run.profile.totals.memory_cycles
        total += [cycles, share(cycles, run.cycles)]
    columns = (
        Column("mnemonic", "opcode"),
        Column("static", "instructions", "count"),
        Column("dynamic", "executed", "count"),
        Column("read_bytes", "bus bytes read", "bytes"),
        Column("write_bytes", "bus bytes written", "bytes"),
        *(
            column
            for i, r in enumerate(stage.runs, 1)
            for column in (
                Column(f"cycles_{i}", f"{r.label} cycles", "cycles"),
                Column(f"percent_{i}", "% of total", "percent"),
            )
        ),
    )
    table = Table(f"Memory operations of {stage.name}", columns, tuple(rows))
    return ReportTable(id_, table, tuple(total))


def _table(stage: Stage, run: Run, found: list[Position], id_: str, *, folded: bool) -> ReportTable:
    ms = 1e3 / run.board.clock_hz
    rows: list[tuple[Value, ...]] = []
    for p in found[:_TOP]:
        rows.append(
            (
                label(p.key), p.bytes, ms * p.cost.compute_cycles, ms * p.transfer_cycles,
                p.intensity,
                p.operations / p.bytes if p.bytes else None, p.bound, p.factor,
                share(p.cost.total_cycles, run.cycles),
            )
        )  # fmt: skip
    if rest := found[_TOP:]:
        rows.append(
            (
                f"({len(rest)} more)", sum(p.bytes for p in rest),
                ms * sum(p.cost.compute_cycles for p in rest),
                ms * sum(p.transfer_cycles for p in rest),
                None, None, "", None, share(sum(p.cost.total_cycles for p in rest), run.cycles),
            )
        )  # fmt: skip
    total: tuple[Value, ...] = (
        "total", bus_bytes(run), ms * run.profile.totals.compute_cycles,
        ms * bus_bytes(run) / bytes_per_cycle(run), None, None, "", None,
        share(run.cycles, run.cycles),
    )  # fmt: skip
    columns = (
        Column("kernel", "kernel"),
        Column("bytes", "bus bytes", "bytes"),
        Column("compute_ms", "compute, ms", "ms"),
        Column("transfer_ms", "transfers, ms", "ms"),
        Column("intensity", "compute cycles per byte", "ratio"),
        Column("operations", "operations per byte", "ratio"),
        Column("bound", "bound by"),
        Column("factor", "by a factor of", "ratio"),
        Column("percent", "% of cycles", "percent"),
    )
    note = (
        f"Transfers: the bus bytes at {bytes_per_cycle(run):.4g} bytes per cycle. Kernels "
        "without transfers are compute-bound by no factor."
    )
    title = f"Compute-bound or memory-bound: {stage.name} on {run.label}"
    return ReportTable(id_, Table(title, columns, tuple(rows), note), total, folded)


def _chart(stage: Stage, run: Run, found: list[Position], id_: str) -> RooflineChart:
    points = tuple(
        RooflinePoint(
            one_line(label(p.key), 40), p.intensity, p.utilisation,
            share(p.cost.total_cycles, run.cycles) or 0.0,
        )
        for p in found
        if p.intensity
    )  # fmt: skip
    without = len(found) - len(points)
    note = (
        f"{words.count(without, 'kernel')} without transfers or without compute not shown."
        if without
        else ""
    )
    title = f"Roofline of {stage.name} on {run.label}"
    return RooflineChart(id_, title, bytes_per_cycle(run), points, note)
