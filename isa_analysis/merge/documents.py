"""The rows of one JSON document: a profile, a comparison, measured results, a check, bounds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from isa_analysis.budget import codec
from isa_analysis.budget.codec import Malformed
from isa_analysis.compare import fields
from isa_analysis.diagnostics import error
from isa_analysis.measured.flags import RULES, Flag, flag
from isa_analysis.merge.model import Configuration, Entry

Object = Mapping[str, object]

#: Largest document, in bytes.
_MOST = 1 << 30


def read_document(path: str) -> tuple[list[Entry], str]:
    """The rows of the file ``path`` and the version of the tool that wrote it.

    A file that is not there, or is empty, is one row flagged MISSING. Raises :class:`InputError`:
    E202 for a file that cannot be read, E601 for one that is none of the documents.
    """
    from isa_analysis.config import read_bytes

    target = Path(path)
    try:
        is_missing = not target.exists()
    except (OSError, ValueError):
        is_missing = True
    if is_missing:
        return [_absent(path, f"{path} does not exist")], ""
    data = read_bytes(path, _MOST)
    if not data.strip():
        return [_absent(path, f"{path} is empty")], ""
    try:
        top = codec.mapping(_load(data))
        name = top.get("format")
        if not isinstance(name, str) or name not in READERS:
            raise Malformed(f"its format is {str(name)[:60]!r}, none of {', '.join(READERS)}")
        kind, version, read = READERS[name]
        tool = fields.words(top, "tool_version")
        if top.get("format_version") != version:
            found = str(top.get("format_version"))[:20]
            reason = flag("CONFIG-DIFFERS", what=f"format_version of {path}", value=found,
                          other=f"{version} in what this tool reads")  # fmt: skip
            return [Entry(path, "", path, kind, flags=(reason,))], tool
        rows = read(top, path)
        if not rows:
            raise Malformed("it has no programs")
        return rows, tool
    except Malformed as problem:
        raise error(
            "E601", f"this JSON cannot be merged: {problem}", path=path,
            hint="made by profile, compare, measured, check or untiled with --format json",
        ) from None  # fmt: skip


def _load(data: bytes) -> object:
    try:
        return codec.load(data)
    except Malformed:
        try:
            json.loads(data.decode("utf-8"))
        except json.JSONDecodeError as problem:
            where = f"line {problem.lineno}, column {problem.colno}"
            raise Malformed(f"no valid JSON: {problem.msg} at {where}") from None
        except (ValueError, RecursionError):
            pass
        raise


def _absent(path: str, what: str) -> Entry:
    return Entry(path, "", path, "", flags=(flag("MISSING", what=what),))


# -- one reader per format ------------------------------------------------------------------------


def _profile(top: Object, path: str) -> list[Entry]:
    engines: dict[str, int] = {}
    for row in fields.objects(top, "opcodes"):
        if row.get("category") != "memory":
            engine = fields.text(row, "engine")
            engines[engine] = engines.get(engine, 0) + fields.count(row, "cycles")
    inputs = fields.objects(top, "inputs")
    if top.get("stages") is not None:
        # Opcodes are summed over the stages: there is no bound for each.
        totals = [fields.mapping(s, "totals") for s in fields.objects(top, "stages")]
        engines = {}
    else:
        totals = [fields.mapping(top, "totals")]
    if len(totals) != len(inputs):
        raise Malformed(f"inputs: {len(inputs)} of them, and {len(totals)} totals")
    engine = max(engines, key=lambda e: (engines[e], e), default="")
    model = fields.mapping(top, "model")
    return [
        Entry(
            fields.text(one, "path"), "", path, "profile", _configuration(top),
            fields.text(one, "sha256"), fields.count(its, "total_cycles"), engines.get(engine),
            engine, bytes_moved=_moved(its, "hbm_read_bytes", "hbm_write_bytes"),
            flags=_incomplete(its, model),
        )
        for one, its in zip(inputs, totals, strict=True)
    ]  # fmt: skip


def _incomplete(totals: Object, model: Object) -> tuple[Flag, ...]:
    if totals.get("complete") is not False:
        return ()
    left_out = [c for c in fields.texts(model, "caveats") if c.startswith("INCOMPLETE")]
    return (flag("UNKNOWN-OPCODE", what="; ".join(left_out)),) if left_out else ()


def _compare(top: Object, path: str) -> list[Entry]:
    variants = fields.objects(top, "variants")
    cells = fields.objects(fields.mapping(top, "program"), "variants")
    if len(variants) != len(cells):
        raise Malformed(f"variants: {len(variants)} of them, and {len(cells)} in program")
    return [
        Entry(
            fields.text(v, "path"), fields.text(v, "label"), path, "compare", _configuration(v),
            fields.text(v, "sha256"), fields.maybe(cell, "total_cycles"),
            fields.count(v, "lower_bound_cycles"), fields.text(v, "busiest_engine"),
            fields.number(cell, "measured_cycles"), fields.maybe(cell, "bytes_moved"),
            fields.maybe(cell, "on_chip_peak_bytes"), fields.truth(cell, "fits"),
            fields.number(cell, "ratio"), _flags(cell),
        )
        for v, cell in zip(variants, cells, strict=True)
    ]  # fmt: skip


def _measured(top: Object, path: str) -> list[Entry]:
    out = []
    for row in fields.objects(top, "rows"):
        has = row.get("estimate") is not None
        estimate = fields.mapping(row, "estimate") if has else {}
        timing, _, memory = fields.words(estimate, "model").partition("/")
        board = fields.words(estimate, "board")
        out.append(
            Entry(
                fields.text(row, "name"), fields.text(row, "part"), path, "measured",
                Configuration(board, "", "", timing, memory), fields.words(estimate, "sha256"),
                fields.maybe(estimate, "cycles"), fields.maybe(estimate, "lower_bound_cycles"),
                fields.words(estimate, "lower_bound_engine"), fields.number(row, "cycles_per_call"),
                _moved(row, "read_bytes", "written_bytes"), flags=_flags(row),
            )
        )  # fmt: skip
    return out


def _check(top: Object, path: str) -> list[Entry]:
    out = [
        Entry(
            fields.text(row, "path"), fields.text(row, "entry"), path, "check",
            Configuration(clock=_clock(row)), "",
            fields.count(fields.mapping(row, "totals"), "total_cycles"),
        )
        for row in fields.objects(top, "programs")
    ]  # fmt: skip
    for row in fields.objects(top, "gone"):
        name = fields.text(row, "path")
        missing = flag("MISSING", what=f"{name} is in the lock and gone")
        out.append(Entry(name, fields.text(row, "entry"), path, "check", flags=(missing,)))
    return out


def _untiled(top: Object, path: str) -> list[Entry]:
    out = []
    for row in fields.objects(top, "programs"):
        bounds = fields.mapping(fields.mapping(row, "program"), "bounds")
        for name in bounds:
            cycles = fields.count(fields.mapping(bounds, name), "exposed_100_percent_cycles")
            out.append(
                Entry(
                    fields.text(row, "path"), "as it is" if name == "program" else name, path,
                    "untiled", _configuration(row), fields.text(row, "sha256"), cycles,
                )
            )  # fmt: skip
    return out


#: Format -> short name, version that is read, reader.
READERS: Mapping[str, tuple[str, int, Callable[[Object, str], list[Entry]]]] = MappingProxyType(
    {
        "isa-analysis-profile": ("profile", 1, _profile),
        "isa-analysis-compare": ("compare", 1, _compare),
        "isa-analysis-measured": ("measured", 1, _measured),
        "isa-analysis-check": ("check", 1, _check),
        "isa-analysis-untiled": ("untiled", 1, _untiled),
    }
)


# -- values ---------------------------------------------------------------------------------------


def _configuration(top: Object) -> Configuration:
    board, model = fields.mapping(top, "board"), fields.mapping(top, "model")
    return Configuration(
        fields.text(board, "name"),
        fields.text(board, "sha256"),
        _clock(board),
        fields.text(model, "timing"),
        fields.text(model, "memory"),
        tuple(fields.counts(model, "parameters").items()),
    )


def _clock(row: Object) -> str:
    return f"{fields.count(row, 'clock_hz') / 1e6:g} MHz"


def _moved(row: Object, *keys: str) -> int | None:
    """The sum of byte counts; None when one is not known."""
    found = [fields.maybe(row, key) for key in keys]
    return None if None in found else sum(n for n in found if n is not None)


def _flags(row: Object) -> tuple[Flag, ...]:
    out = []
    for item in fields.objects(row, "flags"):
        code = fields.text(item, "code")
        if code not in RULES:
            raise Malformed(f"unknown flag {code[:40]!r}")
        out.append(Flag(code, fields.text(item, "reason")))
    return tuple(out)
