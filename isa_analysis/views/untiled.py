"""The untiled bounds: text, markdown, HTML (as a report), JSON, CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence

from isa_analysis._version import __version__
from isa_analysis.profiling.model import Profile
from isa_analysis.report import words
from isa_analysis.report.model import BarChart, Report, ReportTable, Section
from isa_analysis.table import Column, Table, Value, one_line, render_csv
from isa_analysis.untiled.model import MEANINGS, Bounds, Cycles, Untiled

FORMAT = "isa-analysis-untiled"
#: Grows when a key changes its meaning or goes; new keys alone do not raise it.
FORMAT_VERSION = 1

_MEMORIES = {
    "msram": "matrix SRAM",
    "vsram": "vector SRAM",
    "fpsram": "FP SRAM",
    "intsram": "INT SRAM",
}
_NOTE = (
    "0 % exposed: max(compute, memory), what perfect double buffering leaves. 100 % exposed: "
    "compute + memory, a single buffer, which is the model of this tool."
)

Item = tuple[Profile, Untiled]


def build(items: Sequence[Item], top: int | None = 20) -> Report:
    """One section per program."""
    sections = []
    for i, (p, u) in enumerate(items):
        name = f"{one_line(p.input.path, 100)} on {one_line(p.board.name, 40)}"
        blocks = (_bound_table(u, i), _chart(u, i), _memory_table(u, i), _kernel_table(u, i, top))
        sections.append(
            Section(
                f"program-{i}", name, tuple(_sentences(u)), blocks,
                tuple(one_line(c, 300) for c in p.model.caveats),
            )
        )  # fmt: skip
    title = "What if nothing were tiled"
    return Report(title, __version__, "", "", tuple(sections))


def _sentences(u: Untiled) -> list[str]:
    w = u.whole
    before = w.program.total
    saved = before - w.u1.total
    out = [
        f"U1, no loop overhead: {w.u1.total:,} of {before:,} cycles. Loop control and address "
        f"arithmetic take {w.overhead_cycles:,}, charged once {w.overhead_once:,}; the loops cost "
        f"{saved:,} ({words.percent(saved, before)})."
    ]
    if not w.moved_bytes:
        out.append("U2, fetch once: the program moves no HBM bytes, so it is the program.")
    else:
        saved = before - w.u2.total
        factor = w.refetch_factor
        times = f", {factor:.2f} times" if factor is not None else ""
        text = (
            f"U2, fetch once: {w.u2.total:,} cycles, {saved:,} fewer "
            f"({words.percent(saved, before)}). {words.size(w.moved_bytes)} are moved, "
            f"{'' if w.exact and not w.unknown else 'at most '}{words.size(w.unique_bytes)} of "
            f"them distinct{times}"
        )
        if not w.program.memory:
            text += "; the memory model charges nothing for it"
        out.append(f"{text}.")
        out += _needs(u)
    if w.unknown:
        out.append(
            f"{w.unknown:,} transfers at addresses that depend on data are in U2 as often as they "
            "run."
        )
    times_far = f", {w.u3.total / before:.2f} times as many" if before else ""
    out.append(
        f"U3, no near memory: {w.u3.total:,} cycles{times_far}: {w.sram_reads:,} SRAM operand "
        f"reads at {u.far_latency:,} cycles each."
    )
    out.append(
        f"Bracket of the program: {w.program.overlapped:,} cycles with memory time hidden as far "
        f"as possible (0 % exposed), {w.program.total:,} with none of it hidden (100 % exposed)."
    )
    return out


def _needs(u: Untiled) -> list[str]:
    out = []
    for c in u.capacities:
        if not c.distinct_bytes:
            continue
        most = "" if c.exact else "up to "
        verdict = {True: "it fits", False: "it does not fit", None: "whether it fits is not known"}
        out.append(
            f"Fetching once keeps {most}{words.size(c.distinct_bytes)} of distinct elements in "
            f"{_MEMORIES[c.memory]}, which has {_size(c.has_bytes)}: {verdict[c.fits]}."
        )
    needed = sum(c.needs_bytes for c in u.capacities)
    if u.on_chip_bytes is not None and needed:
        verdict_ = "more than" if needed > u.on_chip_bytes else "within"
        out.append(
            f"All on-chip memories together need {words.size(needed)} for it: {verdict_} the "
            f"{words.size(u.on_chip_bytes)} of block RAM on the part."
        )
    return out


def _size(count: int | None) -> str:
    return "unknown" if count is None else words.size(count)


def _bound_table(u: Untiled, i: int) -> ReportTable:
    rows: list[tuple[Value, ...]] = [
        (
            name, c.compute, c.memory, c.overlapped, c.total, _ratio(c, u.whole.program),
            MEANINGS[name],
        )
        for name, c in u.whole.cycles()
    ]  # fmt: skip
    columns = (
        Column("bound", "bound"),
        Column("compute", "compute", "cycles"),
        Column("memory", "memory", "cycles"),
        Column("overlapped", "0 % exposed", "cycles"),
        Column("total", "100 % exposed", "cycles"),
        Column("ratio", "ratio", "ratio"),
        Column("meaning", "what it supposes"),
    )
    return ReportTable(f"bounds-{i}", Table("Bounds (cycles)", columns, tuple(rows), _NOTE))


def _ratio(c: Cycles, program: Cycles) -> float | None:
    return c.total / program.total if program.total else None


def _chart(u: Untiled, i: int) -> BarChart:
    rows = tuple((name, (float(c.compute), float(c.memory))) for name, c in u.whole.cycles())
    title = "Bounds, nothing overlapped"
    return BarChart(f"bounds-{i}-chart", title, "cycles", ("compute", "memory"), rows, True)


def _memory_table(u: Untiled, i: int) -> ReportTable:
    verdict = {True: "yes", False: "no", None: "unknown"}
    rows: list[tuple[Value, ...]] = [
        (
            _MEMORIES[c.memory], _size(c.has_bytes), _size(c.used_bytes), verdict[c.used_fits],
            ("" if c.exact else "<= ") + words.size(c.distinct_bytes),
            words.size(c.needs_bytes), verdict[c.fits],
            c.needs_bytes / c.has_bytes if c.has_bytes else None, "0 B",
        )
        for c in u.capacities
        if c.used_bytes != 0 or c.distinct_bytes
    ]  # fmt: skip
    columns = (
        Column("memory", "memory"),
        Column("has", "the board has", "bytes"),
        Column("used", "program and U1 need", "bytes"),
        Column("used_fits", "fits"),
        Column("distinct", "distinct elements moved", "bytes"),
        Column("needs", "U2 needs at least", "bytes"),
        Column("fits", "fits"),
        Column("ratio", "needs / has", "ratio"),
        Column("u3", "U3 needs near", "bytes"),
    )
    note = (
        "The program needs the highest byte that it uses. Fetching once needs all distinct "
        "elements at their width on chip, and no less than the program. U3 has everything far away."
    )
    if any(c.unknown for c in u.capacities):
        note += " Transfers at addresses that depend on data are not in it."
    if any(c.used_bytes is None for c in u.capacities):
        note += " What the program uses is unknown where addresses depend on data."
    return ReportTable(f"capacity-{i}", Table("SRAM that each bound needs", columns, tuple(rows),
                                              note))  # fmt: skip


def _kernel_table(u: Untiled, i: int, top: int | None) -> ReportTable:
    kernels = sorted(u.kernels, key=lambda b: (-b.program.total, b.path))
    shown, rest = kernels, []
    if top is not None and len(kernels) > top + 1:
        shown, rest = kernels[:top], kernels[top:]
    rows = [_kernel_row(_label(b), b) for b in shown]
    if rest:
        rows.append(
            (
                f"({len(rest)} more)", *(sum(getattr(b, n).total for b in rest) for n in _NAMES),
                sum(b.program.overlapped for b in rest), None, None, None,
                sum(b.sram_reads for b in rest),
            )
        )  # fmt: skip
    columns = (
        Column("kernel", "kernel"),
        Column("program", "program", "cycles"),
        Column("u1", "U1", "cycles"),
        Column("u2", "U2", "cycles"),
        Column("u3", "U3", "cycles"),
        Column("overlapped", "program, 0 % exposed", "cycles"),
        Column("moved", "bytes moved", "bytes"),
        Column("unique", "distinct", "bytes"),
        Column("refetch", "re-fetch factor", "ratio"),
        Column("reads", "SRAM reads", "count"),
    )
    note = (
        "A kernel counts its own distinct bytes: those that several kernels move are in each of "
        "them, so U2 of the kernels may add up to more than the program's."
    )
    table = Table("Kernels (cycles, nothing overlapped)", columns, tuple(rows), note)
    return ReportTable(f"kernels-{i}", table, _kernel_row("program", u.whole))


_NAMES = ("program", "u1", "u2", "u3")


def _kernel_row(label: str, b: Bounds) -> tuple[Value, ...]:
    return (
        label, *(getattr(b, name).total for name in _NAMES), b.program.overlapped,
        words.size(b.moved_bytes) if b.moved_bytes else None,
        words.size(b.unique_bytes) if b.moved_bytes else None, b.refetch_factor, b.sram_reads,
    )  # fmt: skip


def _label(b: Bounds) -> str:
    from isa_analysis.budget.snapshot import label_of

    return one_line(label_of(b.path), 60)


def render_json(items: Sequence[Item]) -> str:
    """One JSON document, exact integers."""
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "programs": [_document(p, u) for p, u in items],
    }
    return json.dumps(document, indent=1) + "\n"


def _document(p: Profile, u: Untiled) -> dict[str, object]:
    return {
        "path": p.input.path,
        "sha256": p.input.sha256,
        "board": {
            "name": p.board.name,
            "path": p.board.path,
            "sha256": p.board.sha256,
            "clock_hz": p.board.clock_hz,
        },
        "model": {
            "timing": p.model.timing,
            "memory": p.model.memory,
            "parameters": dict(p.model.parameters),
            "caveats": list(p.model.caveats),
        },
        "complete": p.complete,
        "far_latency": u.far_latency,
        "group": list(u.parts),
        "program": _bounds(u.whole),
        "kernels": [_bounds(b) for b in u.kernels],
        "sram": [
            {
                "memory": c.memory,
                "has_bytes": c.has_bytes,
                "program_and_u1_bytes": c.used_bytes,
                "program_and_u1_fit": c.used_fits,
                "distinct_bytes": c.distinct_bytes,
                "distinct_exact": c.exact,
                "u2_bytes": c.needs_bytes,
                "u2_fits": c.fits,
                "u3_near_bytes": 0,
                "unknown_transfers": c.unknown,
            }
            for c in u.capacities
        ],
        "block_ram_bytes": u.on_chip_bytes,
    }


def _bounds(b: Bounds) -> dict[str, object]:
    return {
        "path": list(b.path),
        "bounds": {
            name: {
                "compute_cycles": c.compute,
                "memory_cycles": c.memory,
                "exposed_0_percent_cycles": c.overlapped,
                "exposed_100_percent_cycles": c.total,
            }
            for name, c in b.cycles()
        },
        "overhead_cycles": b.overhead_cycles,
        "overhead_once_cycles": b.overhead_once,
        "bus_bytes": b.bus_bytes,
        "moved_bytes": b.moved_bytes,
        "unique_bytes": b.unique_bytes,
        "unique_exact": b.exact,
        "unknown_transfers": b.unknown,
        "refetch_factor": b.refetch_factor,
        "sram_reads": b.sram_reads,
    }


def render_csv_table(items: Sequence[Item]) -> str:
    """One row per program or kernel and bound."""
    keys = (
        "input", "board", "kernel", "bound", "compute_cycles", "memory_cycles",
        "exposed_0_percent_cycles", "exposed_100_percent_cycles", "ratio", "moved_bytes",
        "unique_bytes", "sram_reads",
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for p, u in items:
        for b in (u.whole, *u.kernels):
            label = "/".join(part for part in b.path if part)
            for name, c in b.cycles():
                rows.append(
                    (
                        p.input.path, p.board.name, label, name, c.compute, c.memory,
                        c.overlapped, c.total, _ratio(c, b.program), b.moved_bytes,
                        b.unique_bytes, b.sram_reads,
                    )
                )  # fmt: skip
    return render_csv([Table("bounds", tuple(Column(k, k) for k in keys), tuple(rows))])
