"""The one measurement of a file that somebody meant by naming the file."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.diagnostics import error
from isa_analysis.measured import names
from isa_analysis.measured.model import Measurement
from isa_analysis.measured.training_log import FORMAT


def select(
    found: Sequence[Measurement], name: str | None = None, part: str | None = None
) -> Measurement:
    """The measurement called ``name`` (by :func:`names.same`) of ``part``.

    Without a ``part`` it is the whole run where there is one, else the training of a training log
    (the optimizer is another program), else the only part. A STALE result
    gives way to the run that replaces it; two results under one name give the first of them, which
    is flagged DUPLICATE. Raises :class:`InputError` (E621) when there are several to choose from,
    or none; the error names them.
    """
    path = found[0].path if found else ""
    rows = [m for m in found if name is None or names.same(m.name, name)]
    if part is not None:
        rows = [m for m in rows if m.part == part]
    if not rows:
        wanted = f"{name or 'a run'}{f' ({part})' if part else ''}"
        raise error("E621", f"has no {wanted}", path=path, hint=_listed(found))
    rows = [m for m in rows if not m.part] or _training(rows) or rows
    rows = [m for m in rows if not any(f.code == "STALE" for f in m.flags)] or rows
    labels = list(dict.fromkeys(m.label for m in rows))
    if len(labels) > 1:
        raise error("E621", f"has {len(labels)} results", path=path, hint=_listed(rows))
    if len(rows) > 1:
        usable = [m for m in rows if m.usable]
        return usable[0] if len(usable) == 1 else rows[0]
    return rows[0]


def _training(rows: Sequence[Measurement]) -> list[Measurement]:
    """The training part of the one run that ``rows`` are of."""
    if len({m.name for m in rows}) > 1:
        return []
    return [m for m in rows if m.format == FORMAT and m.part == "train"]


def _listed(found: Sequence[Measurement]) -> str:
    labels = list(dict.fromkeys(m.label for m in found))
    more = f" and {len(labels) - 8} more" if len(labels) > 8 else ""
    return f"it has {', '.join(labels[:8])}{more}" if labels else "it has no results"
