"""A predicted fault, and everything that is predicted, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from isa_analysis.lint.context import Context

LOOP_LIMIT = "Loop exceeded max instructions limit"

#: Order of checks within one execution: the loop limit is looked at before the instruction.
AT_LOAD, LIMIT, CONTROL, OPERAND = -2, -1, 0, 1


@dataclass(frozen=True, slots=True)
class Fault:
    """The first failing execution of instruction ``pc`` under one rule.

    ``iterations`` holds the iteration number (from 0) of every loop around it. ``order`` sorts
    faults of one execution. ``count`` instructions of the same operation fail under the rule.
    """

    rule: str
    fault: str
    pc: int
    executed: int
    iterations: Mapping[int, int]
    order: tuple[int, ...]
    message: str
    hint: str = ""
    count: int = 1

    @property
    def key(self) -> tuple[int, tuple[int, ...], int]:
        """Sorts faults by when the machine would meet them."""
        at_load = self.order[0] == AT_LOAD
        return (-1 if at_load else self.executed, self.order, self.pc)


@dataclass(frozen=True, slots=True)
class Prediction:
    """All faults in the order of execution, and how many executions of accesses could not be
    judged because their address is not known, with the first such instruction (-1: none)."""

    faults: tuple[Fault, ...]
    unchecked: int
    first_unchecked: int
    unchecked_sites: int


def around(context: Context, pc: int, iterations: Mapping[int, int]) -> dict[int, int]:
    """The iteration (from 0) of each loop around ``pc``: the first where none is named."""
    return {loop: iterations.get(loop, 0) for loop in context.order.around(pc)}
