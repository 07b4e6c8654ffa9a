"""Register values as functions of loop counters, in closed form.

A value is an ``int``. At or above 0 it is the 32-bit constant itself; below 0 it names an entry of
the :class:`Values` table: the unknown value, an affine form, or a switch. Most values of real
programs are constants, and those never touch the table.

An affine form is ``base + sum(coefficient * variable)`` modulo 2^32. A variable at or above 0 is
the iteration number (from 0) of that loop; one below 0 is a *symbol*: what a register or an INT
SRAM cell holds when an iteration of a loop begins, to be replaced once the loop is solved.
A switch holds one value in the first iteration of a loop and another in all later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

WORD = 0xFFFF_FFFF
UNKNOWN = -1

#: Beyond this many alternatives a value is given up as unknown.
_MAX_LEAVES = 16


class Affine(NamedTuple):
    """``base + sum(c * v for v, c in terms)`` modulo 2^32, terms sorted, coefficients positive."""

    base: int
    terms: tuple[tuple[int, int], ...]


#: ``Affine`` of a pair, without the cost of a call in Python.
_affine = partial(tuple.__new__, Affine)


class Switch(NamedTuple):
    """``first`` in iteration 0 of ``loop``, ``rest`` afterwards (both are values)."""

    loop: int
    first: int
    rest: int


@dataclass(slots=True)
class Values:
    """The table behind negative values, interned: equal forms have equal numbers."""

    forms: list[Affine | Switch | None] = field(default_factory=lambda: [None])
    _number: dict[Affine | Switch, int] = field(default_factory=dict)
    _sums: dict[tuple[int, int], int] = field(default_factory=dict)

    def form(self, value: int) -> Affine | Switch | None:
        """The entry behind a negative value; None for the unknown value."""
        return self.forms[-1 - value]

    def affine(self, base: int, terms: Mapping[int, int]) -> int:
        """The value ``base + sum(coefficient * variable)``."""
        if len(terms) == 1:
            ((variable, coefficient),) = terms.items()
            coefficient &= WORD
            if not coefficient:
                return base & WORD
            return self._intern(_affine((base & WORD, ((variable, coefficient),))))
        reduced = tuple(sorted((v, c & WORD) for v, c in terms.items() if c & WORD))
        if not reduced:
            return base & WORD
        return self._intern(Affine(base & WORD, reduced))

    def variable(self, variable: int) -> int:
        """The value that is ``variable`` itself."""
        return self._intern(_affine((0, ((variable, 1),))))

    def switch(self, loop: int, first: int, rest: int) -> int:
        """``first`` in iteration 0 of ``loop``, else ``rest``."""
        if first == rest:
            return first
        value = self._intern(Switch(loop, first, rest))
        if first >= 0 and rest >= 0:
            return value
        return value if self.leaves(value) <= _MAX_LEAVES else UNKNOWN

    def leaves(self, value: int) -> int:
        """How many alternatives ``value`` has."""
        form = self.form(value) if value < 0 else None
        if isinstance(form, Switch):
            return self.leaves(form.first) + self.leaves(form.rest)
        return 1

    def add(self, x: int, y: int) -> int:
        """x + y."""
        if x >= 0 and y >= 0:
            return (x + y) & WORD
        known = self._sums.get((x, y))
        if known is None:
            known = self._sums[x, y] = self._add(x, y)
        return known

    def _add(self, x: int, y: int) -> int:
        if x < 0 <= y:
            x, y = y, x
        if x >= 0:  # a constant and a form: the terms stay as they are
            form = self.forms[-1 - y]
            if isinstance(form, Affine):
                return self._intern(_affine(((form.base + x) & WORD, form.terms)))
        return self._binary(x, y, self._add_affine)

    def subtract(self, x: int, y: int) -> int:
        """x - y."""
        return self.add(x, self.multiply(y, WORD))

    def multiply(self, x: int, y: int) -> int:
        """x * y; unknown when both vary."""
        if x >= 0 and y >= 0:
            return (x * y) & WORD
        return self._binary(x, y, self._multiply_affine)

    def constant_only(self, x: int, y: int, operation: Callable[[int, int], int]) -> int:
        """``operation`` on constants; unknown for anything else."""
        if x >= 0 and y >= 0:
            return operation(x, y) & WORD
        return self._binary(
            x, y, lambda a, b: operation(a.base, b.base) & WORD if not (a.terms or b.terms) else -1
        )

    def substitute(self, value: int, mapping: Mapping[int, int]) -> int:
        """``value`` with variables replaced by the values that ``mapping`` has for them."""
        if value >= 0:
            return value
        form = self.forms[-1 - value]
        if form is None:
            return UNKNOWN
        if isinstance(form, Switch):
            return self._substitute_switch(form, mapping)
        if len(form.terms) == 1:
            ((variable, coefficient),) = form.terms
            by = mapping.get(variable)
            if by is None:
                return value
            if by >= 0:
                return (form.base + coefficient * by) & WORD
            if coefficient == 1:
                return self.add(form.base, by)
        if not any(v in mapping for v, _ in form.terms):
            return value
        out = form.base
        for variable, coefficient in form.terms:
            term = mapping.get(variable)
            if term is None:
                term = self.variable(variable)
            out = self.add(out, self.multiply(term, coefficient))
        return out

    def variables(self, value: int) -> frozenset[int]:
        """The variables that ``value`` depends on, loops it switches on included."""
        form = self.form(value) if value < 0 else None
        if isinstance(form, Affine):
            return frozenset(v for v, _ in form.terms)
        if isinstance(form, Switch):
            inner = self.variables(form.first) | self.variables(form.rest)
            return inner | {form.loop}
        return frozenset()

    def evaluate(self, value: int, iterations: Mapping[int, int]) -> int | None:
        """The 32-bit number that ``value`` is in the given iterations; None: unknown."""
        if value >= 0:
            return value
        form = self.form(value)
        if form is None:
            return None
        if isinstance(form, Switch):
            part = form.rest if iterations[form.loop] else form.first
            return self.evaluate(part, iterations)
        return (form.base + sum(c * iterations[v] for v, c in form.terms)) & WORD

    def alternatives(
        self, value: int
    ) -> Iterable[tuple[tuple[tuple[int, bool], ...], Affine | None]]:
        """The affine pieces of ``value``, each under conditions ``(loop, is first iteration)``.

        None stands for unknown.
        """
        if value >= 0:
            yield (), Affine(value, ())
            return
        form = self.form(value)
        if isinstance(form, Switch):
            for is_first, part in ((True, form.first), (False, form.rest)):
                for conditions, piece in self.alternatives(part):
                    if (form.loop, not is_first) not in conditions:
                        yield ((form.loop, is_first), *conditions), piece
        else:
            yield (), form

    def _intern(self, form: Affine | Switch) -> int:
        value = self._number.get(form)
        if value is None:
            self.forms.append(form)
            value = self._number[form] = -len(self.forms)
        return value

    def _as_affine(self, value: int) -> Affine | None:
        if value >= 0:
            return Affine(value, ())
        form = self.form(value)
        return form if isinstance(form, Affine) else None

    def _binary(self, x: int, y: int, operation: Callable[[Affine, Affine], int]) -> int:
        if x == UNKNOWN or y == UNKNOWN:
            return UNKNOWN
        fx = self.form(x) if x < 0 else None
        fy = self.form(y) if y < 0 else None
        if isinstance(fx, Switch):
            y_first, y_rest = y, y
            if isinstance(fy, Switch) and fy.loop == fx.loop:
                y_first, y_rest = fy.first, fy.rest
            return self.switch(
                fx.loop,
                self._binary(fx.first, y_first, operation),
                self._binary(fx.rest, y_rest, operation),
            )
        if isinstance(fy, Switch):
            return self.switch(
                fy.loop,
                self._binary(x, fy.first, operation),
                self._binary(x, fy.rest, operation),
            )
        a, b = self._as_affine(x), self._as_affine(y)
        return UNKNOWN if a is None or b is None else operation(a, b)

    def _add_affine(self, a: Affine, b: Affine) -> int:
        terms = dict(a.terms)
        for variable, coefficient in b.terms:
            terms[variable] = terms.get(variable, 0) + coefficient
        return self.affine(a.base + b.base, terms)

    def _multiply_affine(self, a: Affine, b: Affine) -> int:
        if a.terms and b.terms:
            return UNKNOWN
        factor, other = (a.base, b) if not a.terms else (b.base, a)
        return self.affine(other.base * factor, {v: c * factor for v, c in other.terms})

    def _substitute_switch(self, form: Switch, mapping: Mapping[int, int]) -> int:
        at = mapping.get(form.loop)
        if at is None:
            first = self.substitute(form.first, {**mapping, form.loop: 0})
            return self.switch(form.loop, first, self.substitute(form.rest, mapping))
        if at >= 0:
            return self.substitute(form.rest if at else form.first, mapping)
        return UNKNOWN
