"""What there is to say about a manifest: its sums, its layout, where it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.manifest.build import Build
from isa_analysis.manifest.difference import Difference, differences
from isa_analysis.manifest.layout import Gap, check, gaps
from isa_analysis.manifest.model import Footprint, Manifest
from isa_analysis.manifest.regime import Regime, regime_of

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard

#: Gaps that a report lists; the others are counted.
MOST_GAPS = 50


@dataclass(frozen=True, slots=True)
class Fit:
    """The regime on one board; ``spare_bytes`` is capacity minus footprint (negative: missing)."""

    board: str
    capacity_bytes: int
    regime: Regime
    spare_bytes: int


@dataclass(frozen=True, slots=True)
class ManifestReport:
    """A manifest with its sums.

    ``build`` is how it was made (None: it was read). ``total_layers`` and ``projected`` are the
    footprint of the whole model, when asked for; ``fits`` then is about that.
    ``capacity_source`` says where the manifest's capacity comes from. ``differences`` are those
    from the manifest ``compared_with`` (None: it was not compared).
    """

    manifest: Manifest
    build: Build | None
    capacity_source: str
    fits: tuple[Fit, ...]
    gaps: tuple[Gap, ...]
    total_layers: int | None
    projected: Footprint | None
    diagnostics: tuple[Diagnostic, ...]
    compared_with: str = ""
    differences: tuple[Difference, ...] | None = None


def report(
    manifest: Manifest,
    boards: Sequence[LoadedBoard],
    *,
    build: Build | None = None,
    capacity_source: str = "the file",
    total_layers: int | None = None,
    compared: Manifest | None = None,
) -> ManifestReport:
    """The report on ``manifest``; ``total_layers`` and ``compared`` need a ``build``, which knows
    the names."""
    projected = build.projected(total_layers) if build and total_layers is not None else None
    footprint = projected or manifest.footprint()
    fits = [
        Fit(
            b.board.name,
            b.board.memory.capacity_bytes,
            regime_of(footprint, b.board.memory.capacity_bytes),
            b.board.memory.capacity_bytes - footprint.total,
        )
        for b in boards
    ]
    warnings = (*(build.warnings() if build else ()), *check(manifest))
    return ManifestReport(
        manifest, build, capacity_source, tuple(fits), gaps(manifest), total_layers, projected,
        warnings, compared.path if compared else "",
        differences(build, compared) if build and compared else None,
    )  # fmt: skip
