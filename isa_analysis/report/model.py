"""The report as an immutable value: sections of sentences, tables and charts.

Views render this value and nothing else, so no two formats can tell different stories. Text in it
is free of control characters; escaping is the business of each view.
"""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.table import Table, Value


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with what a report adds to it.

    ``id`` is unique in the report. ``total`` is the sum row, kept apart from the rows it sums.
    ``folded`` tables may be shown behind a disclosure. ``links[i]`` is the ``id`` of the element
    that the first cell of row i refers to (empty: none), ``anchors[i]`` the id of row i itself.
    ``is_source`` marks an excerpt of source text, whose last column is code.
    """

    id: str
    table: Table
    total: tuple[Value, ...] | None = None
    folded: bool = False
    links: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    is_source: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars: ``rows`` are (label, one value per series), stacked or side by side."""

    id: str
    title: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    stacked: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class RooflinePoint:
    """A kernel: compute cycles per HBM byte, compute cycles per cycle that passes, share in % of
    the time."""

    label: str
    intensity: float
    utilisation: float
    share: float


@dataclass(frozen=True, slots=True)
class RooflineChart:
    """Points under the roof ``min(1, intensity * bytes_per_cycle)``."""

    id: str
    title: str
    bytes_per_cycle: float
    points: tuple[RooflinePoint, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class IcicleNode:
    """``parent`` is an index into the nodes (-1: the root); children fit inside their parent."""

    label: str
    parent: int
    value: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class IcicleChart:
    """Kernel, then loop nest, then opcode; widths are cycles."""

    id: str
    title: str
    unit: str
    nodes: tuple[IcicleNode, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaterfallChart:
    """From the total ``start`` through signed ``steps`` to the total ``end``, each with a label.

    ``start`` plus all steps is ``end``; what has no step of its own is summed in one of them.
    """

    id: str
    title: str
    unit: str
    start: tuple[str, int]
    steps: tuple[tuple[str, int], ...]
    end: tuple[str, int]
    note: str = ""


Chart = BarChart | RooflineChart | IcicleChart | WaterfallChart
Block = ReportTable | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of the report: sentences, then blocks, then ``notes`` in small print."""

    id: str
    title: str
    sentences: tuple[str, ...]
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; ``date`` is empty unless it was asked for."""

    title: str
    tool_version: str
    command: str
    date: str
    sections: tuple[Section, ...]

    def tables(self) -> tuple[ReportTable, ...]:
        """Every table, in order."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, ReportTable))
