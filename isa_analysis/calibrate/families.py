"""Families of programs, for cross-validation: a fit is judged on programs unlike those it saw.

Two programs belong to one family when the mixes of their executed opcodes are alike: the sum over
opcodes of ``sqrt(share in one * share in the other)``, the Bhattacharyya coefficient (1: the same
mix, 0: no opcode in common), is at least :data:`ALIKE`; families are the groups so connected. So
two programs of different families are always less alike than that. A ``family`` in the data goes
before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

ALIKE = 0.95


def families(
    programs: Sequence[str], mixes: Sequence[Mapping[str, int]], named: Sequence[str | None]
) -> list[str]:
    """The family of each program: the one it is ``named`` after, else that of its opcode mix
    (executions by mnemonic), called by the first program of the group."""
    group = list(range(len(programs)))

    def head(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    shares = [_roots(mix) for mix in mixes]
    free = [i for i, name in enumerate(named) if name is None]
    for at, i in enumerate(free):
        for j in free[:at]:
            a, b = head(i), head(j)
            if a != b and alikeness(shares[i], shares[j]) >= ALIKE:
                group[max(a, b)] = min(a, b)
    return [name if name is not None else programs[head(i)] for i, name in enumerate(named)]


def _roots(mix: Mapping[str, int]) -> dict[str, float]:
    total = sum(mix.values())
    return {opcode: sqrt(count / total) for opcode, count in mix.items() if count}


def alikeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The Bhattacharyya coefficient of two mixes, given by the roots of their shares."""
    if not a and not b:
        return 1.0
    return sum(root * b[opcode] for opcode, root in a.items() if opcode in b)
