"""A comparison as sections of sentences, tables and a picture, for text, markdown and HTML."""

from __future__ import annotations

from dataclasses import replace

from isa_analysis._version import __version__
from isa_analysis.compare.changes import Changes
from isa_analysis.compare.model import Comparison
from isa_analysis.report.model import Block, Report, Section, WaterfallChart
from isa_analysis.table import one_line
from isa_analysis.views import compare_change_tables as change_tables
from isa_analysis.views import compare_sentences as sentences
from isa_analysis.views import compare_tables as tables
from isa_analysis.views.waterfall import axis

#: Steps of a waterfall; the other kernels are one step.
STEPS = 10


def build(c: Comparison, top: int | None = 20, title: str = "") -> Report:
    """The comparison to read; tables hold ``top`` rows (None: all)."""
    labels = " and ".join(one_line(v.label, 40) for v in c.variants)
    flags = tables.flag_table(c)
    summary: list[Block] = [tables.program_table(c)]
    if flags:
        summary.append(flags)
    found = [Section("summary", "Comparison", tuple(sentences.verdicts(c)), tuple(summary))]
    if c.preserved is not None:
        lines = sentences.preserve_sentences(c, c.preserved)
        found.append(Section("preserved", "Preserved operations", tuple(lines)))
    blocks: tuple[Block, ...] = (tables.kernel_table(c, top), tables.memory_table(c, top))
    found.append(Section("kernels", "Kernels", (), blocks))
    for changes, trade in zip(c.changes, c.trade_offs, strict=True):
        to = changes.to
        pair = f"{one_line(c.variants[0].label, 40)} to {one_line(c.variants[to].label, 40)}"
        picture = _waterfall(c, changes)
        parts: list[Block] = [picture] if picture else []
        parts += change_tables.change_tables(changes, top)
        found.append(
            Section(
                f"changes-{to}", f"From {pair}", tuple(sentences.change_sentences(c, changes)),
                tuple(parts),
            )
        )  # fmt: skip
        if trade is not None:
            lines = sentences.trade_off_sentences(c, trade)
            table = change_tables.trade_off_table(c, trade, to, top)
            found.append(Section(f"size-{to}", f"Code size, {pair}", tuple(lines), (table,)))
    found.append(
        Section("basis", "What is compared", (), (tables.variant_table(c),),
                tuple(one_line(note, 400) for note in c.notes))
    )  # fmt: skip
    return Report(one_line(title, 200) or labels, __version__, "", "", tuple(found))


def _waterfall(c: Comparison, changes: Changes) -> WaterfallChart | None:
    """The total change, kernel by kernel; None when nothing moved."""
    moved = [k for k in changes.kernels if k.delta]
    if not moved:
        return None
    shown, rest = (moved, []) if len(moved) <= STEPS + 1 else (moved[:STEPS], moved[STEPS:])
    steps = [(one_line(k.name, 40), k.delta) for k in shown]
    if rest:
        steps.append((f"({len(rest)} more kernels)", sum(k.delta for k in rest)))
    first, other = c.variants[0], c.variants[changes.to]
    chart = WaterfallChart(
        f"waterfall-{changes.to}",
        "The change, kernel by kernel",
        "cycles",
        (one_line(first.label, 40), changes.before.total_cycles),
        tuple(steps),
        (one_line(other.label, 40), changes.after.total_cycles),
    )
    low, _ = axis(chart)
    return replace(chart, note=f"The bars begin at {low:,} cycles.") if low else chart
