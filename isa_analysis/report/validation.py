"""Section 8: measured beside estimated, the model and its sources, how to make the report again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.isa import table_hash
from isa_analysis.measured.averages import error_percent
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.judge import judge
from isa_analysis.profiling.group import cost_by
from isa_analysis.report import words
from isa_analysis.report.measurement import Measurement
from isa_analysis.report.model import Block, ReportTable, Section
from isa_analysis.report.stages import Run, Stage
from isa_analysis.table import Column, Table, Value, one_line
from isa_analysis.timing.model import MEMORY_MODELS, TIMING_MODELS


def validation_section(
    stages: Sequence[Stage], measured: Mapping[str, Measurement], command: str
) -> Section:
    """``measured`` maps names of stages to what was measured for them."""
    sentences: list[str] = []
    blocks: list[Block] = []
    if measured:
        for stage in stages:
            if stage.name in measured:
                sentences += _judged(stage, measured[stage.name])
        blocks.append(_comparison(stages, measured))
    else:
        sentences.append(
            "No measurement was given: every number here is an estimate of the named model."
        )
    blocks += [_models(stages), _inputs(stages), _boards(stages)]
    sentences.append(
        f"Made by isa-analysis {__version__} (instruction table {table_hash()[:12]}) with: "
        f"{command}"
    )
    return Section("validation", "Validation", tuple(sentences), tuple(blocks))


def busiest_engine(run: Run) -> tuple[str, int]:
    """The engine with the most compute cycles: no overlap can make a run shorter than that."""
    costs = cost_by(run.small.cells, lambda cell: str(cell.engine))
    engine = max(costs, key=lambda e: (costs[e].compute_cycles, e), default="-")
    return engine, costs[engine].compute_cycles if costs else 0


def _flag(run: Run, m: Measurement) -> str:
    """Why the measurement cannot be compared with ``run``; empty when it can."""
    if m.cycles is None:
        return f"FAILED: {m.failure}"
    engine, least = busiest_engine(run)
    machine = run.board.board.machine
    estimate = Estimate(
        run.label, run.profile.input.path, run.cycles, least, engine,
        machine=(("mlen", machine.mlen), ("vlen", machine.vlen), ("blen", machine.blen)),
    )  # fmt: skip
    flags = judge(m.judged, estimate)
    return "; ".join(f"{f.code}: {f.reason}" for f in flags if f.leaves_averages)


def _judged(stage: Stage, m: Measurement) -> list[str]:
    if m.cycles is None:
        return [f"The measured run of {stage.name} failed ({m.failure}): nothing to compare."]
    near = min(stage.runs, key=lambda r: abs(r.cycles - (m.cycles or 0)))
    found = error_percent(near.cycles, m.cycles)
    text = (
        f"{stage.name} was measured at {m.cycles:,} cycles; the estimate for {near.label} is "
        f"{near.cycles:,} ({found:+.2f} %)"
    )
    if m.runs > 1:
        text += f"; the log holds {m.runs} runs, of which the last counts"
    flags = [f for f in (_flag(r, m) for r in stage.runs) if f]
    if flags:
        text += f"; {flags[0]}"
    return [text + "."]


def _comparison(stages: Sequence[Stage], measured: Mapping[str, Measurement]) -> ReportTable:
    rows: list[tuple[Value, ...]] = []
    for stage in stages:
        m = measured.get(stage.name)
        for run in stage.runs:
            t = run.profile.totals
            if m is None:
                given: tuple[Value, ...] = (None, None, None, None, "MISSING")
            else:
                flag = _flag(run, m)
                given = (
                    m.cycles, None if flag else error_percent(t.total_cycles, m.cycles),
                    m.read_bytes, m.written_bytes, flag,
                )  # fmt: skip
            rows.append(
                (
                    stage.name, run.label, t.compute_cycles, t.total_cycles, given[0], given[1],
                    t.hbm_read_bytes, given[2], t.hbm_write_bytes, *given[3:],
                )
            )  # fmt: skip
    columns = (
        Column("stage", "stage"),
        Column("board", "board"),
        Column("compute_cycles", "compute only", "cycles"),
        Column("estimate", "estimate", "cycles"),
        Column("measured", "measured", "cycles"),
        Column("error_percent", "error", "percent"),
        Column("read_bytes", "bytes read, estimate", "bytes"),
        Column("measured_read", "measured", "bytes"),
        Column("write_bytes", "bytes written, estimate", "bytes"),
        Column("measured_written", "measured", "bytes"),
        Column("flag", "flag"),
    )
    note = "Error: (estimate - measured) / measured. The emulator's nanoseconds are cycles."
    table = Table("Measured and estimated", columns, tuple(rows), note)
    return ReportTable("validation-measured", table)


def _models(stages: Sequence[Stage]) -> ReportTable:
    rows: dict[tuple[Value, ...], None] = {}
    for run in stages[0].runs:
        used = run.profile.model
        for kind, name, known in (
            ("timing", used.timing, TIMING_MODELS),
            ("memory", used.memory, MEMORY_MODELS),
        ):
            info = known.get(name)
            summary = info.summary if info else ""
            source = info.source if info else ""
            rows[(run.label, kind, name, summary, source)] = None
    columns = (
        Column("board", "board"),
        Column("kind", "model of"),
        Column("name", "name"),
        Column("summary", "what it does"),
        Column("source", "source"),
    )
    return ReportTable("validation-models", Table("Models", columns, tuple(rows)))


def _inputs(stages: Sequence[Stage]) -> ReportTable:
    rows = tuple(
        (
            stage.name, one_line(stage.program.name, 120), stage.program.dialect,
            stage.program.lines, stage.program.skipped, stage.program.sha256,
        )
        for stage in stages
    )  # fmt: skip
    columns = (
        Column("stage", "stage"),
        Column("path", "file"),
        Column("dialect", "dialect"),
        Column("lines", "lines", "count"),
        Column("skipped", "skipped lines", "count"),
        Column("sha256", "sha256"),
    )
    return ReportTable("validation-inputs", Table("Inputs", columns, rows))


def _boards(stages: Sequence[Stage]) -> ReportTable:
    rows = []
    for run in stages[0].runs:
        b = run.board.board
        m = b.machine
        changed = ", ".join(printable(o) for o in run.board.overrides) or None
        rows.append(
            (
                run.label, one_line(run.board.path, 120), f"{run.board.clock_hz / 1e6:g} MHz",
                f"{m.mlen}/{m.vlen}/{m.blen}",
                f"{b.memory.prefetch_m_rows}/{b.memory.prefetch_v_rows}/{b.memory.writeback_rows}",
                words.rate(b.memory.sustained_bytes_per_s), words.size(b.memory.capacity_bytes),
                changed, run.board.sha256,
            )
        )  # fmt: skip
    columns = (
        Column("board", "board"),
        Column("path", "file"),
        Column("clock", "clock"),
        Column("machine", "MLEN/VLEN/BLEN"),
        Column("rows", "rows per transfer M/V/store"),
        Column("bandwidth", "bandwidth"),
        Column("capacity", "capacity"),
        Column("changed", "changed"),
        Column("sha256", "sha256"),
    )
    return ReportTable("validation-boards", Table("Boards", columns, tuple(rows)))
