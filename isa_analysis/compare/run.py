"""Variants to :class:`Comparison`."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.compare.changes import Changes, Status, changes, status_of
from isa_analysis.compare.flagging import config_differences, missing, own_flags, pair_flags
from isa_analysis.compare.match import Match, matched
from isa_analysis.compare.measurements import Judged, judged
from isa_analysis.compare.model import Cell, Comparison, Means, Row
from isa_analysis.compare.preserve import SAME_WORK, check
from isa_analysis.compare.tradeoff import trade_off
from isa_analysis.compare.variant import Variant
from isa_analysis.measured.averages import geometric_mean
from isa_analysis.measured.flags import Flag, flag, usable
from isa_analysis.measured.repeats import unlike


def compare(variants: Sequence[Variant], preserve: tuple[str, ...] | None = None) -> Comparison:
    """``variants`` (two or more, of unlike labels and equal parts) against the first of them.

    ``preserve`` names the opcodes that all must execute equally often (None: nothing is demanded,
    and matrix and vector work is what makes kernels comparable).
    """
    if len(variants) < 2 or len({v.label for v in variants}) < len(variants):
        raise ValueError("a comparison needs two or more variants of unlike labels")
    if len({v.parts for v in variants}) > 1:
        raise ValueError("the kernels of all variants must be grouped alike")
    matches = matched(variants)
    names = SAME_WORK if preserve is None else preserve
    programs = Match(tuple(v.whole for v in variants), ("",) * len(variants))
    side = [judged(v) for v in variants]
    whole = _row(variants, programs, "the program", side, names)
    rows = [_row(variants, m, m.label, side, names) for m in matches]
    rows.sort(key=lambda r: (-max(c.figures.cycles if c.figures else 0 for c in r.cells), r.path))
    return Comparison(
        tuple(variants),
        whole,
        tuple(rows),
        tuple(_means(rows, i) for i in range(len(variants))),
        tuple(_changes(variants, i, matches) for i in range(1, len(variants))),
        tuple(trade_off(variants, i, matches) for i in range(1, len(variants))),
        check(variants, matches, preserve) if preserve else None,
        tuple(_notes(variants)),
    )


def _changes(variants: Sequence[Variant], to: int, matches: Sequence[Match]) -> Changes:
    return changes(variants[0], variants[to], to, matches)


def _row(
    variants: Sequence[Variant],
    match: Match,
    label: str,
    side: Sequence[Judged],
    names: Sequence[str],
) -> Row:
    cells: list[Cell] = []
    first, old = variants[0], match.kernels[0]
    any_measured = any(v.measurements for v in variants)
    base_result = side[0].of(old) if old is not None else None
    for i, (variant, new) in enumerate(zip(variants, match.kernels, strict=True)):
        if new is None:
            status: Status | None = "removed" if old is not None else None
            cells.append(Cell(None, status, flags=(missing(label, variant),)))
            continue
        flags = own_flags(variant, new, label)
        if i and old is not None:
            flags += pair_flags(first, variant, old, new, label, names)
        status = status_of(old, new) if i else None
        its = side[i].of(new)
        measured_flags = list(its.flags) if its else []
        if its is None and not new.path and any_measured:
            measured_flags.append(_unmeasured(variant))
        if i and its is not None and base_result is not None:
            measured_flags += unlike(base_result.measurement, its.measurement)
        measured = its.cycles if its else None
        identical = any(f.code == "IDENTICAL" for f in flags)
        ratio = None
        if i and old is not None and old.cycles and not identical:
            ratio = new.cycles / old.cycles
        base = cells[0] if cells else None
        measured_ratio = None
        if (
            base is not None
            and not identical
            and base.measured
            and measured is not None
            and usable(base.measured_flags)
            and usable(measured_flags)
        ):
            measured_ratio = measured / base.measured
        cells.append(
            Cell(
                new,
                status,
                measured,
                its.error_percent if its and usable(measured_flags) else None,
                ratio,
                measured_ratio,
                tuple(flags),
                tuple(measured_flags),
            )
        )
    return Row(match.first.path, label, tuple(cells))


def _unmeasured(variant: Variant) -> Flag:
    return flag("MISSING", what=f"no measurement of {variant.label} was given")


def _means(rows: Sequence[Row], i: int) -> Means:
    """Means over kernels; a row counts when no flag of either side speaks against it."""
    ratios, errors, measured = [], [], []
    for row in rows:
        base, cell = row.cells[0], row.cells[i]
        good = usable(base.flags) and usable(cell.flags)
        ratios.append(cell.ratio if good else None)
        trusted = good or _only_pair_flags(cell.flags)
        error = cell.error_percent
        errors.append(1 + error / 100 if error is not None and trusted else None)
        measured.append(cell.measured_ratio if good else None)
    return Means(geometric_mean(ratios), geometric_mean(errors), geometric_mean(measured))


def _only_pair_flags(flags: Sequence[Flag]) -> bool:
    """Whether ``flags`` say nothing against the estimate of the variant itself."""
    return not {f.code for f in flags} & {"UNKNOWN-OPCODE", "MISSING", "DOES-NOT-FIT"}


def _notes(variants: Sequence[Variant]) -> list[str]:
    """What a reader must know before believing a number."""
    notes = [note for v in variants for note in v.notes]
    first = variants[0]
    for other in variants[1:]:
        for what, before, after in config_differences(first, other):
            notes.append(f"{what}: {before} in {first.label}, {after} in {other.label}")
    caveats: dict[str, list[str]] = {}
    for v in variants:
        for caveat in v.model.caveats:
            caveats.setdefault(caveat, []).append(v.label)
    for caveat, labels in caveats.items():
        every = len(labels) == len(variants)
        notes.append(caveat if every else f"{', '.join(labels)}: {caveat}")
    return list(dict.fromkeys(notes))
