"""The rules that are no faults, in the order of their identifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from isa_analysis.lint import integer, loops, registers, stores, transfers
from isa_analysis.lint.context import Context
from isa_analysis.lint.model import Finding

#: Each yields findings of one rule or of a small family.
RULE_FUNCTIONS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    registers.unwritten,
    registers.unset,
    stores.overwritten,
    transfers.repeated,
    transfers.dropped,
    transfers.rounded,
    loops.malformed,
    loops.single_trip,
    integer.invariants,
    integer.chains,
    integer.no_operations,
)
