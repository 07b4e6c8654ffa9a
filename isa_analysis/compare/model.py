"""A comparison as a value: what every format of ``isa-analysis compare`` shows."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.compare.changes import Changes, Status
from isa_analysis.compare.preserve import Preserved
from isa_analysis.compare.tradeoff import TradeOff
from isa_analysis.compare.variant import Figures, Variant
from isa_analysis.measured.averages import Mean
from isa_analysis.measured.flags import Flag


@dataclass(frozen=True, slots=True)
class Cell:
    """One kernel, or the program, in one variant.

    ``figures`` is None where the variant does not have it. ``measured`` are cycles per run;
    ``error_percent`` is (estimate - measured) / measured. ``ratio`` is estimated cycles against the
    first variant, ``measured_ratio`` measured against measured; None where a ratio means nothing.
    ``flags`` concern the figures and the ratio, ``measured_flags`` the measurement.
    """

    figures: Figures | None
    status: Status | None
    measured: int | float | None = None
    error_percent: float | None = None
    ratio: float | None = None
    measured_ratio: float | None = None
    flags: tuple[Flag, ...] = ()
    measured_flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A kernel (``path`` and ``label`` are those of the first variant that has it), or the program
    (an empty path), in every variant."""

    path: tuple[str, ...]
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """Geometric means over the kernels that may be compared: cycles of a variant against the first,
    estimate against measurement, measurement against measurement."""

    ratio: Mean
    error: Mean
    measured_ratio: Mean


@dataclass(frozen=True, slots=True)
class Comparison:
    """``variants[0]`` is what the others are compared with. ``rows`` are kernels, those that cost
    most first; ``means[i]``, ``changes[i - 1]`` and ``trade_offs[i - 1]`` belong to variant i.
    ``preserved`` is None when nothing had to be preserved."""

    variants: tuple[Variant, ...]
    whole: Row
    rows: tuple[Row, ...]
    means: tuple[Means, ...]
    changes: tuple[Changes, ...]
    trade_offs: tuple[TradeOff | None, ...]
    preserved: Preserved | None
    notes: tuple[str, ...]

    @property
    def has_measurements(self) -> bool:
        """Whether any variant was measured."""
        return any(v.measurements for v in self.variants)

    @property
    def flags(self) -> tuple[tuple[str, str, Flag], ...]:
        """Every flag with the label of its row and of its variant, the program's first."""
        return tuple(
            (row.label, variant.label, f)
            for row in (self.whole, *self.rows)
            for variant, cell in zip(self.variants, row.cells, strict=True)
            for f in (*cell.flags, *cell.measured_flags)
        )
