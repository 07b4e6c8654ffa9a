"""Which rows of a comparison may not be trusted or averaged, and why."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.compare.preserve import differing
from isa_analysis.compare.variant import Figures, Variant
from isa_analysis.measured.flags import Flag, flag

_MEMORIES = {
    "msram": "matrix SRAM",
    "vsram": "vector SRAM",
    "fpsram": "FP SRAM",
    "intsram": "INT SRAM",
    "hbm": "HBM",
}
#: Machine sizes that change what one instruction does.
_SIZES = ("mlen", "vlen", "blen")


def own_flags(variant: Variant, figures: Figures, label: str) -> list[Flag]:
    """What is wrong with the figures of one variant by themselves."""
    out = []
    for o in figures.memories or ():
        if o.fits is False:
            what = f"{_MEMORIES[o.memory]} of {label} in {variant.label}"
            out.append(flag("DOES-NOT-FIT", what=what, value=o.high or 0, bound=o.capacity_bytes))
    unknown = figures.unknown_opcodes
    if unknown:
        what = f"{', '.join(unknown)} in {variant.label} counted at 1 cycle"
        out.append(flag("UNKNOWN-OPCODE", what=what))
    elif not figures.path and not variant.complete:
        left_out = [c for c in variant.model.caveats if c.startswith("INCOMPLETE")]
        if left_out:
            out.append(flag("UNKNOWN-OPCODE", what=f"{variant.label}: {'; '.join(left_out)}"))
    return out


def missing(what: str, variant: Variant) -> Flag:
    """The flag of a kernel that ``variant`` does not have."""
    return flag("MISSING", what=f"{what} is not in {variant.label}")


def pair_flags(
    first: Variant, other: Variant, old: Figures, new: Figures, label: str, names: Sequence[str]
) -> list[Flag]:
    """What makes the ratio of ``new`` in ``other`` to ``old`` in ``first`` meaningless.

    ``names`` are the opcodes that both must execute equally often to be the same work.
    """
    differences = config_differences(first, other)
    same = _same_code(first, other, old, new)
    if same and not differences and old.cost == new.cost:
        what, its = f"{label} in {other.label}", f"that in {first.label}"
        return [flag("IDENTICAL", what=what, other=its)]
    out = []
    if _reordered(old, new):
        what, its = f"{label} in {other.label}", f"that in {first.label}"
        out.append(flag("REORDERED", what=what, other=its))
    timing = [d for d in differences if d[0] == "timing model"]
    for what, before, after in differences if same is False else timing:
        out.append(flag("CONFIG-DIFFERS", what=f"{what} of {other.label}", value=after,
                        other=f"{before} in {first.label}"))  # fmt: skip
        break  # one reason is enough for a row; the table of variants has them all
    if same is False:
        out += _other_input(first, other, old, new, label, names, bool(differences))
    return out


def _other_input(
    first: Variant,
    other: Variant,
    old: Figures,
    new: Figures,
    label: str,
    names: Sequence[str],
    differs: bool,
) -> list[Flag]:
    """INPUT-CHANGED where the work is not the same, or a file changed along with the board."""
    if not old.path and differs and first.path == other.path and first.sha256 != other.sha256:
        return [
            flag("INPUT-CHANGED", what=first.path, other=f"sha256 {first.sha256[:12]}",
                 value=f"sha256 {other.sha256[:12]} in {other.label}")
        ]  # fmt: skip
    sizes = [tuple(v.model.parameters.get(key) for key in _SIZES) for v in (first, other)]
    if sizes[0] != sizes[1] or not (old.opcodes and new.opcodes):
        return []
    found = differing(old.opcodes, new.opcodes, names)
    if not found:
        return []
    mnemonic, before, after = max(found, key=lambda f: (abs(f[2] - f[1]), f[0]))
    more = f" (and {len(found) - 1} more opcodes)" if len(found) > 1 else ""
    return [
        flag("INPUT-CHANGED", what=f"the work of {label}: {mnemonic}",
             other=f"executed {before:,} times in {first.label}",
             value=f"executed {after:,} times in {other.label}{more}")
    ]  # fmt: skip


def config_differences(first: Variant, other: Variant) -> list[tuple[str, str, str]]:
    """What ``other`` is priced on unlike ``first``: name, there, here."""
    a, b = first.board, other.board
    pairs = [
        ("board", f"{a.name} ({a.sha256[:12]})", f"{b.name} ({b.sha256[:12]})"),
        ("clock", f"{a.clock_hz / 1e6:g} MHz", f"{b.clock_hz / 1e6:g} MHz"),
        ("timing model", first.model.timing, other.model.timing),
        ("memory model", first.model.memory, other.model.memory),
    ]
    if first.profile is not None and other.profile is not None:  # a stored profile has none
        pairs.append(("overrides", ", ".join(a.overrides) or "-", ", ".join(b.overrides) or "-"))
    keys = sorted(first.model.parameters.keys() | other.model.parameters.keys())
    pairs += [
        (key, str(first.model.parameters.get(key)), str(other.model.parameters.get(key)))
        for key in keys
    ]
    return [(what, before, after) for what, before, after in pairs if before != after]


def _same_code(first: Variant, other: Variant, old: Figures, new: Figures) -> bool | None:
    """Whether both are the same instructions; None when that cannot be told."""
    if old.fingerprint is not None and new.fingerprint is not None:
        return old.fingerprint == new.fingerprint
    if first.sha256 == other.sha256:
        return True
    return None if old.path else False


def _reordered(old: Figures, new: Figures) -> bool:
    a, b = old.fingerprint, new.fingerprint
    return a is not None and b is not None and a != b and a.unordered == b.unordered
