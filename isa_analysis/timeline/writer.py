"""Writing a timeline file: streamed, compressed when its name says so, equal bytes each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from isa_analysis.timeline.levels import version_of
from isa_analysis.timeline.model import Timeline
from isa_analysis.timeline.schema import FORMAT, ROWS, TEXT_COLUMNS, columns_of, misplaced

#: Rows per piece of text.
_CHUNK = 2000


def write_timeline(timeline: Timeline, path: str | None) -> None:
    """``timeline`` to the file ``path``, whole or not at all; None and ``-``: standard output.

    A name that ends in ``.gz`` is compressed. Raises :class:`~isa_analysis.diagnostics.InputError`
    (E203) when it cannot be written, and :class:`ValueError` when the sections contradict
    the level.
    """
    from isa_analysis.output import write, write_chunks

    _check(timeline)
    if path is None or path == "-":
        write("".join(chunks(timeline)), None)
        return
    pieces = (piece.encode("ascii") for piece in chunks(timeline))
    write_chunks(pieces, path, compress=path.endswith(".gz"))


def chunks(timeline: Timeline) -> Iterator[str]:
    """The file's text in pieces. Rows stand one per line."""
    version = _check(timeline)
    sections = [name for name in ROWS if getattr(timeline, name) is not None]
    columns = {name: columns_of(timeline, name) for name in sections}
    yield "{" + _members(_head(timeline, version))
    yield ',\n"loops":[' + ",\n".join(_dump(_present(row._asdict())) for row in timeline.loops)
    yield "],\n" + _members({"columns": columns})
    for name in sections:
        fields: tuple[str, ...] = ROWS[name]._fields  # type: ignore[attr-defined]
        pick = itemgetter(*(fields.index(column) for column in columns[name]))
        rows = getattr(timeline, name)
        yield f',\n"{name}":['
        for at in range(0, len(rows), _CHUNK):
            text = lines(map(pick, rows[at : at + _CHUNK]), TEXT_COLUMNS.isdisjoint(columns[name]))
            yield text if at + _CHUNK >= len(rows) else text + ",\n"
        yield "]"
    yield "}\n"


def lines(rows: Iterable[tuple[object, ...]], numbers: bool) -> str:
    """``rows`` as JSON, one per line; ``numbers``: none holds text, which allows to be quick."""
    if numbers:
        return _dump(list(rows))[1:-1].replace("],[", "],\n[")
    return ",\n".join(map(_dump, rows))


def _check(timeline: Timeline) -> int:
    """The file's version, once the sections are those of the level."""
    version = version_of(timeline.level.effective)
    if wrong := misplaced(timeline):
        raise ValueError("; ".join(wrong))
    return version


def _head(timeline: Timeline, version: int) -> dict[str, object]:
    """Everything but loops and rows."""
    level = timeline.level
    totals = timeline.totals
    out: dict[str, object] = {
        "format": FORMAT,
        "version": version,
        "schema_rev": timeline.schema_rev,
        "level": _present(
            {
                "requested": level.requested,
                "effective": level.effective,
                "reason": level.reason or None,
            }
        ),
        "estimated": timeline.estimated,
        "meta": _present(_fields(timeline.meta)),
        "extent": _present(_fields(timeline.extent)),
        "accounting": _present(
            {
                **_fields(timeline.accounting),
                "steps": [s._asdict() for s in timeline.accounting.steps],
            }
        ),
        "kernels": timeline.kernels,
    }
    if totals is not None:
        out["totals"] = _present(
            {
                "engines": _records(totals.engines),
                "compute": totals.compute,
                "stalls": None if totals.stalls is None else dict(totals.stalls),
                "functions": _records(totals.functions),
                "phases": None if totals.phases is None else dict(totals.phases),
                "test_time": totals.test_time,
                "blame": _records(totals.blame),
            }
        )
    if timeline.counters is not None:
        out["counters"] = [_fields(info) for info in timeline.counters]
    return _present(out)


def _records(rows: tuple[Any, ...] | None) -> list[dict[str, object]] | None:
    return None if rows is None else [_present(row._asdict()) for row in rows]


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}  # type: ignore[attr-defined]


def _present(values: dict[str, object]) -> dict[str, object]:
    """``values`` without those that are not there."""
    return {key: value for key, value in values.items() if value is not None}


def _members(values: dict[str, object]) -> str:
    return ",\n".join(f"{_dump(key)}:{_dump(value)}" for key, value in values.items())


_dump = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
