"""The timeline file's words: sections, columns, revisions. Writer and reader share them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from isa_analysis.timeline.levels import LIFECYCLE, PHASES
from isa_analysis.timeline.model import Edge, PathStep, Phase, Sample, Span, Timeline

FORMAT = "isa-timeline"

#: Grows when columns or keys are added. 0: as first published. 1: spans gain pc, busy, kernel, ref;
#: loops gain lines, entries, cycles, bound_by; sections kernels, totals, path.
SCHEMA_REV = 1

#: Section -> the columns it must declare (those of the lifecycle apart), in the order written.
REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "spans": ("id", "engine", "loop", "start", "end", "insns", "repeat"),
        "edges": ("src", "dst", "kind"),
        "path": ("span", "start", "end", "kind"),
        "phases": ("lane", "phase", "start", "end", "cycles"),
        "samples": ("counter", "start", "end", "total"),
    }
)

#: Columns of spans that come with LIFECYCLE.
LIFECYCLE_COLUMNS = ("dispatch", "finish")

#: Section -> optional columns and the revision that brought them.
OPTIONAL: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "spans": MappingProxyType({"pc_begin": 1, "pc_end": 1, "busy": 1, "kernel": 1, "ref": 1}),
        "edges": MappingProxyType({}),
        "path": MappingProxyType({}),
        "phases": MappingProxyType({"number": 1, "handled": 1, "ref": 1}),
        "samples": MappingProxyType({}),
    }
)

#: Section -> the record of its rows.
ROWS: Mapping[str, type] = MappingProxyType(
    {"spans": Span, "edges": Edge, "path": PathStep, "phases": Phase, "samples": Sample}
)

#: Columns that hold text; all others hold integers.
TEXT_COLUMNS = frozenset({"kind", "lane", "phase"})

#: Section -> the bit it comes with.
SECTION_BITS: Mapping[str, int] = MappingProxyType(
    {
        "edges": LIFECYCLE,
        "path": LIFECYCLE,
        "phases": PHASES,
        "counters": PHASES,
        "samples": PHASES,
    }
)


def columns_of(timeline: Timeline, section: str) -> tuple[str, ...]:
    """The columns that ``section`` of ``timeline`` declares: required ones, then optional ones that
    hold anything."""
    rows = getattr(timeline, section)
    names = REQUIRED[section]
    if section == "spans" and timeline.level.has(LIFECYCLE):
        names += LIFECYCLE_COLUMNS
    fields = ROWS[section]._fields  # type: ignore[attr-defined]
    optional = [
        name
        for name in OPTIONAL[section]
        if any(row[at] is not None for at in (fields.index(name),) for row in rows)
    ]
    return (*names, *optional)


def misplaced(timeline: Timeline) -> list[str]:
    """Sections that contradict the level: there without its bit, or missing with it."""
    out = []
    for section, bit in SECTION_BITS.items():
        if getattr(timeline, section) is not None and not timeline.level.has(bit):
            out.append(f"section {section} does not belong to level {timeline.level.effective}")
    if timeline.level.has(LIFECYCLE) and timeline.edges is None:
        out.append(f"level {timeline.level.effective} needs section edges")
    if timeline.level.has(PHASES) and timeline.phases is None:
        out.append(f"level {timeline.level.effective} needs section phases")
    if (timeline.counters is None) != (timeline.samples is None):
        out.append("sections counters and samples come together")
    return out
