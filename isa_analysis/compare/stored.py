"""A variant out of a stored profile (``isa-analysis FILE --format json``).

It has costs by kernel and by opcode, but not by kernel and opcode, no instructions and no on-chip
addresses: what needs these is left empty in the comparison, and the comparison says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from isa_analysis.budget import codec
from isa_analysis.budget.codec import Malformed
from isa_analysis.compare import fields
from isa_analysis.compare.variant import Board, Figures, Variant
from isa_analysis.diagnostics import error
from isa_analysis.kernels.spans import PARTS
from isa_analysis.profiling.model import Cost, ModelUsed, total

FORMAT, FORMAT_VERSION = "isa-analysis-profile", 1


def read_profile(path: str) -> Mapping[str, object]:
    """The JSON object in the file ``path``.

    Raises :class:`InputError`: E201/E202 for a file that cannot be read, E600 for one that is not
    a stored profile.
    """
    from isa_analysis.config import read_bytes

    try:
        top = codec.mapping(codec.load(read_bytes(path, 1 << 30)))
        if top.get("format") != FORMAT:
            raise Malformed(f"its format is {str(top.get('format'))[:60]!r}, not {FORMAT!r}")
        if top.get("format_version") != FORMAT_VERSION:
            raise Malformed(f"its format_version is not {FORMAT_VERSION}")
        return top
    except Malformed as problem:
        raise error(
            "E600",
            f"this JSON cannot be compared: {problem}",
            path=path,
            hint="a variant is an assembly file, or the output of isa-analysis FILE --format json",
        ) from None


def parts_of(top: Mapping[str, object]) -> tuple[str, ...]:
    """The name parts by which the kernels of a stored profile are told apart."""
    group = top.get("group")
    parts = group if isinstance(group, list | tuple) else []
    return tuple(str(part) for part in parts if part in PARTS)


def stored_variant(
    label: str, top: Mapping[str, object], path: str, parts: tuple[str, ...]
) -> Variant:
    """The variant of a stored profile, its kernels grouped by ``parts`` (among its own).

    Raises :class:`InputError` (E600) when it is damaged, or does not add up.
    """
    try:
        return _variant(label, top, path, parts)
    except Malformed as problem:
        raise error("E600", f"this JSON profile is damaged: {problem}", path=path) from None


def _variant(label: str, top: Mapping[str, object], path: str, parts: tuple[str, ...]) -> Variant:
    group = fields.texts(top, "group")
    places = [group.index(part) for part in parts]
    totals = fields.mapping(top, "totals")
    has_bytes = totals.get("hbm_read_bytes") is not None
    sums: dict[tuple[str, ...], Cost] = {}
    for kernel in fields.objects(top, "kernels"):
        name = fields.texts(kernel, "path")
        if len(name) != len(group):
            raise Malformed(f"the path {name!r} does not have the parts of group")
        key = tuple(name[i] for i in places)
        sums[key] = sums.get(key, Cost()) + _cost(kernel, has_bytes, "")
    opcodes: dict[str, Cost] = {}
    engines: dict[str, int] = {}
    for row in fields.objects(top, "opcodes"):
        cycles, memory = fields.count(row, "cycles"), row.get("category") == "memory"
        mnemonic, engine = fields.text(row, "mnemonic"), fields.text(row, "engine")
        opcodes[mnemonic] = Cost(
            fields.count(row, "static"),
            fields.count(row, "dynamic"),
            0 if memory else cycles,
            cycles if memory else 0,
        )
        engines[engine] = engines.get(engine, 0) + (0 if memory else cycles)
    whole = _cost(totals, has_bytes, "_instructions")
    if total(sums.values()) != whole:
        raise Malformed("its kernels do not add up to its totals")
    if sum(c.total_cycles for c in opcodes.values()) != whole.total_cycles:
        raise Malformed("its opcodes do not add up to its totals")
    inputs = fields.objects(top, "inputs")
    if not inputs:
        raise Malformed("it has no inputs")
    notes = [f"{label} is a stored profile: it has no opcodes by kernel and no on-chip memories"]
    if not has_bytes:
        notes.append(f"{label} was profiled without its bytes")
    return Variant(
        label,
        " + ".join(fields.text(i, "path") for i in inputs),
        "+".join(fields.text(i, "sha256") for i in inputs),
        _board(fields.mapping(top, "board")),
        _model(fields.mapping(top, "model")),
        parts,
        Figures((), whole, dict(sorted(opcodes.items()))),
        tuple(Figures(key, cost) for key, cost in sums.items()),
        engines,
        totals.get("complete") is not False,
        has_bytes=has_bytes,
        per_kernel=False,
        notes=tuple(notes),
    )


def _cost(row: Mapping[str, object], has_bytes: bool, suffix: str) -> Cost:
    keys = (f"static{suffix}", f"dynamic{suffix}", "compute_cycles", "memory_cycles")
    traffic = ("hbm_read_bytes", "hbm_write_bytes") if has_bytes else ()
    return Cost(*(fields.count(row, key) for key in (*keys, *traffic)))


def _board(row: Mapping[str, object]) -> Board:
    clock = fields.count(row, "clock_hz")
    if not clock:
        raise Malformed("a clock of 0 Hz")
    name, path, sha256 = (fields.text(row, key) for key in ("name", "path", "sha256"))
    return Board(name, path, sha256, clock)


def _model(row: Mapping[str, object]) -> ModelUsed:
    parameters, caveats = fields.counts(row, "parameters"), tuple(fields.texts(row, "caveats"))
    return ModelUsed(fields.text(row, "timing"), fields.text(row, "memory"), parameters, caveats)
