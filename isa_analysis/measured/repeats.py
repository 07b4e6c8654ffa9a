"""Several results under one name: old runs of an appended log, and unlike steps or settings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.model import Measurement
from isa_analysis.measured.training_log import ACCUMULATIONS, STEPS


def within_file(found: Sequence[Measurement]) -> list[Measurement]:
    """Flags results that one log holds under one name and part.

    When a later run of the name came to no result, those before it are STALE; otherwise two
    results are DUPLICATE, and neither is to be used. Runs that were flagged STALE already (logs
    without banners) have a later one in their place.
    """
    out = list(found)
    last_start: dict[str, int] = {}
    for i, m in enumerate(found):
        if m.total_cycles is None and m.part == "":
            last_start[m.name] = i
    for mine in _groups(out, lambda m: (m.name, m.part)).values():
        results = [i for i in mine if out[i].total_cycles is not None and not _has(out[i], "STALE")]
        crashed = last_start.get(out[mine[0]].name, -1)
        old = [i for i in results if i < crashed]
        for i in old:
            what = f"a later run of {out[i].name} (line {out[crashed].line}) came to no result"
            out[i] = _with(out[i], flag("STALE", what=what))
        current = [i for i in results if i not in old]
        if len(current) > 1:
            places = ", ".join(f"line {n}" for n in sorted(out[i].line for i in current))
            for i in current:
                out[i] = _with(
                    out[i],
                    flag("DUPLICATE", what=out[i].label, count=len(current), places=places),
                )
    return out


def across_files(found: Sequence[Measurement]) -> list[Measurement]:
    """Flags runs of one name and part, in one log or several, whose steps (STEPS-DIFFER) or other
    settings (CONFIG-DIFFERS) are unlike."""
    out = list(found)
    for mine in _groups(out, lambda m: (m.name, m.part)).values():
        rows = [i for i in mine if out[i].settings]
        for key in dict.fromkeys(k for i in rows for k, _ in out[i].settings):
            values = {i: out[i].setting(key) for i in rows}
            known = {v for v in values.values() if v is not None}
            if len(known) < 2:
                continue
            for i, value in values.items():
                if value is not None:
                    other = [v for v in dict.fromkeys(values.values()) if v not in (value, None)]
                    out[i] = _with(out[i], _differs(out[i], key, value, other))
    return out


def unlike(one: Measurement, other: Measurement) -> tuple[Flag, ...]:
    """What makes two measurements of two variants incomparable, said of ``other``: unlike steps
    (STEPS-DIFFER), and totals that differ by a multiple of 2^32 in counters of 32 bits (WRAPPED).

    Other settings may be what the variants differ in, so they are left to the reader.
    """
    out = []
    for key in (STEPS, ACCUMULATIONS):
        there, here = one.setting(key), other.setting(key)
        if None not in (there, here) and there != here:
            out.append(_differs(other, key, here or 0, [there]))
    a, b = one.total_cycles, other.total_cycles
    if a is not None and b is not None and a != b and (a - b) % (1 << 32) == 0:
        out.append(flag("WRAPPED", what=other.label, value=b, other=f"{a:,} of {one.label}"))
    return tuple(out)


def _differs(m: Measurement, key: str, value: int | str, other: Sequence[int | str | None]) -> Flag:
    listed = " and ".join(str(o) for o in other)
    if key in (STEPS, ACCUMULATIONS):
        what = f"{m.label}, {key}:"
        return flag("STEPS-DIFFER", what=what, value=value, other=listed)
    return flag("CONFIG-DIFFERS", what=f"{key} of {m.label}", value=value, other=listed)


def _groups(
    rows: Iterable[Measurement], key: Callable[[Measurement], Hashable]
) -> dict[Hashable, list[int]]:
    out: dict[Hashable, list[int]] = {}
    for i, row in enumerate(rows):
        out.setdefault(key(row), []).append(i)
    return out


def _has(m: Measurement, code: str) -> bool:
    return any(f.code == code for f in m.flags)


def _with(m: Measurement, new: Flag) -> Measurement:
    return replace(m, flags=tuple(dict.fromkeys((*m.flags, new))))
