"""What a loop does to its registers, as recurrences in its iteration number.

Walking the body once gives, for every place (register or cell) that it changes, the value at the
end of an iteration in terms of *symbols* for the values at its beginning. :func:`solve` turns these
into values at the beginning of iteration i, in closed form.
"""

from __future__ import annotations

from collections.abc import Mapping

from isa_analysis.dataflow.values import UNKNOWN, WORD, Affine, Switch, Values


def solve(
    values: Values,
    loop: int,
    trip: int,
    entry: Mapping[int, int],
    end: Mapping[int, int],
) -> dict[int, int]:
    """The value of each symbol at the beginning of iteration ``loop`` (a variable).

    ``entry[s]`` is its value before the first iteration, ``end[s]`` its value after an iteration
    in terms of the symbols. Symbols whose recurrence has no affine solution become unknown.
    """
    if trip == 1:
        return dict(entry)
    heads: dict[int, int] = {}
    pending = []
    for symbol, after in end.items():
        head = _simple(values, loop, symbol, entry[symbol], after)
        if head is None:
            pending.append(symbol)
        else:
            heads[symbol] = head
    while pending:
        left = []
        for symbol in pending:
            head = _head(values, loop, symbol, entry, end, heads)
            if head is None:
                left.append(symbol)
            else:
                heads[symbol] = head
        if len(left) == len(pending):  # they depend on each other in a circle
            heads.update(dict.fromkeys(left, UNKNOWN))
            break
        pending = left
    return heads


def _simple(values: Values, loop: int, symbol: int, start: int, after: int) -> int | None:
    """The solution of the two recurrences that nearly all registers have: set to a constant, or
    advanced by one."""
    if after >= 0:
        return values.switch(loop, start, after)
    form = values.form(after)
    if type(form) is Affine and form.terms == ((symbol, 1),):
        if not form.base:
            return start
        if start >= 0:
            return values.affine(start, {loop: form.base})
        return values.add(start, values.affine(0, {loop: form.base}))
    return None


def _head(
    values: Values,
    loop: int,
    symbol: int,
    entry: Mapping[int, int],
    end: Mapping[int, int],
    heads: Mapping[int, int],
) -> int | None:
    """The solution for ``symbol``; None while it depends on an unsolved one."""
    start, after = entry[symbol], end[symbol]
    if after == UNKNOWN:
        return values.switch(loop, start, UNKNOWN)
    used = values.variables(after)
    others = [v for v in used if v in entry and v != symbol]
    if any(v not in heads for v in others):
        return None
    if symbol not in used:
        # Set anew in every iteration: what iteration i finds, iteration i - 1 has left.
        left = values.substitute(after, heads)
        return _shifted(values, loop, start, left)
    form = values.form(after)
    if not isinstance(form, Affine) or dict(form.terms)[symbol] != 1:
        return values.switch(loop, start, UNKNOWN)
    rest = {v: c for v, c in form.terms if v != symbol}
    step = values.substitute(values.affine(form.base, rest), heads)
    return _accumulated(values, loop, start, step)


def _shifted(values: Values, loop: int, start: int, left: int) -> int:
    """``start`` in iteration 0, then ``left`` of the iteration before."""
    before = values.affine(WORD, {loop: 1})  # the iteration number minus 1
    rest = values.substitute(left, {loop: before}) if loop in values.variables(left) else left
    if rest != UNKNOWN and values.substitute(rest, {loop: 0}) == start:
        return rest
    return values.switch(loop, start, rest)


def _accumulated(values: Values, loop: int, start: int, step: int) -> int:
    """``start`` plus the sum of ``step`` over the iterations before this one."""
    if step == 0:
        return start
    counter = values.variable(loop)
    if loop not in values.variables(step):
        return values.add(start, values.multiply(step, counter))
    form = values.form(step)
    if isinstance(form, Switch) and form.loop == loop:
        # One step in iteration 0, another later: start, then start + first + rest * (i - 1).
        first, later = form.first, form.rest
        if loop not in values.variables(first) and loop not in values.variables(later):
            slope = values.multiply(later, counter)
            base = values.add(start, values.subtract(first, later))
            return values.switch(loop, start, values.add(base, slope))
    return values.switch(loop, start, UNKNOWN)
