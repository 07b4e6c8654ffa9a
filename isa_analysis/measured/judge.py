"""Is a measured value possible, beside what the static model knows about the program?"""

from __future__ import annotations

from collections.abc import Iterable

from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.model import Measurement

#: How many times the estimate with nothing overlapped is called TOO-HIGH.
FACTOR = 10.0
_SIZES = ("mlen", "vlen", "blen")


def judge(m: Measurement, estimate: Estimate, factor: float = FACTOR) -> tuple[Flag, ...]:
    """The flags of ``m`` itself, and those that ``estimate`` gives reason for.

    A value below the busiest engine's cycles is TOO-LOW; it is WRAPPED instead where the estimate
    is equal modulo 2^32, and where the counter has that many bits and some overflows bring the
    value nearer to the estimate. A value
    above ``factor`` times the estimate, in which nothing overlaps, is TOO-HIGH.
    """
    found = [*m.flags, *_estimate_flags(m, estimate)]
    if m.total_cycles is not None and m.calls:
        found += _size_flags(m, m.total_cycles, m.calls, estimate, factor)
    return tuple(dict.fromkeys(found))


def unwrapped(m: Measurement, estimate: Estimate) -> int | None:
    """The total nearest to the estimate that the counter of ``m`` would show as it does; None for
    a counter whose width is not known."""
    if m.total_cycles is None or not m.calls or m.counter_bits is None:
        return None
    turn = 1 << m.counter_bits
    turns = max(0, round((estimate.cycles * m.calls - m.total_cycles) / turn))
    return m.total_cycles + turns * turn


def _size_flags(
    m: Measurement, total: int, calls: int, estimate: Estimate, factor: float
) -> Iterable[Flag]:
    bound = estimate.lower_bound_cycles
    wrap = 1 << m.counter_bits if m.counter_bits else 1 << 32
    difference = estimate.cycles * calls - total
    true = unwrapped(m, estimate)
    if difference > 0 and difference % wrap == 0:
        other = f"the estimate, {estimate.cycles * calls:,},"
        yield flag("WRAPPED", what=m.label, value=total, other=other)
    elif bound is not None and total < bound * calls:
        if true is not None and true != total:
            other = f"{true:,}, the nearest to the estimate,"
            yield flag("WRAPPED", what=m.label, value=total, other=other)
        else:
            engine = f"the {estimate.engine} engine" if estimate.engine else estimate.name
            over = f" in {calls:,} calls" if calls > 1 else ""
            what = f"{engine}{over}"
            yield flag("TOO-LOW", measured=total, bound=bound * calls, what=what)
    elif estimate.cycles and total > factor * estimate.cycles * calls:
        what = f"the estimate, in which nothing overlaps ({estimate.name})"
        yield flag(
            "TOO-HIGH", measured=total, factor=factor, bound=estimate.cycles * calls, what=what
        )


def _estimate_flags(m: Measurement, estimate: Estimate) -> Iterable[Flag]:
    machine = dict(estimate.machine)
    for key in _SIZES:
        value = m.setting(key)
        if value is not None and key in machine and machine[key] != value:
            what = f"{key} of {m.label}"
            yield flag("CONFIG-DIFFERS", what=what, value=value, other=f"{machine[key]} (estimate)")
    if estimate.unknown_opcodes:
        what = f"{estimate.unknown_opcodes:,} executions are counted at a guessed cycle each"
        yield flag("UNKNOWN-OPCODE", what=what)
    for o in estimate.occupancy:
        if o.used_bytes > o.capacity_bytes:
            what = f"{o.memory} of {estimate.name}"
            yield flag("DOES-NOT-FIT", what=what, value=o.used_bytes, bound=o.capacity_bytes)
