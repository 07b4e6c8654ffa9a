"""The states of a timing model and what each instruction does in them, built as they are met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np

from isa_analysis.schedule.model import Steps
from isa_analysis.schedule.specs import Spec


class Step(NamedTuple):
    """One row of :class:`isa_analysis.schedule.model.Steps`."""

    engine: int
    advance: int
    stall: int
    kind: int
    port: int
    producer: int
    age: int
    start: int
    end: int
    finish: int
    busy: int
    frontier: int
    free: bool


class Machine(Protocol):
    """A timing model: a state, relative to the issue point, and what an instruction does to it.

    ``groups`` history groups hold the recent memory accesses that later ones may have to wait for;
    ``group_of`` names the group an instruction joins (-1: none). ``latest``: of each group only
    the latest conflicting access counts, and conflicts are given as its age plus 1 (0: none);
    otherwise as a bit mask of ages.
    """

    @property
    def initial(self) -> Any:
        """The state of a machine that has nothing to do."""
        ...

    @property
    def groups(self) -> int:
        """How many history groups there are."""
        ...

    @property
    def latest(self) -> bool:
        """Whether conflicts are ages plus 1 (True) or bit masks."""
        ...

    def group_of(self, spec: Spec) -> int:
        """The history group that ``spec`` joins, or -1."""
        ...

    def pending(self, state: Any) -> tuple[int, ...]:
        """Per group, how many of its latest accesses may still have to be waited for."""
        ...

    def step(self, state: Any, spec: Spec, conflicts: tuple[int, ...]) -> tuple[Any, Step]:
        """The state after ``spec``, and its step."""
        ...

    def rest(self, state: Any) -> int:
        """Cycles from the issue point until everything is finished."""
        ...

    def least(self, spec: Spec) -> int:
        """Cycles by which an execution of ``spec`` lengthens the program at least, in any state."""
        ...

    def credit(self, state: Any) -> int:
        """Cycles counted already that later instructions may still take back."""
        ...


#: Key of a state node under which its :class:`Known` is kept; transitions are at keys >= 0.
STATE = -1
_WIDTH = 1 << 20  # specs come first among the tokens

#: A state: its transitions by token, each (step number, next state); ``node[STATE]`` describes it.
Node = dict[int, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a state: itself, its number, how many accesses of each group are pending."""

    state: Any
    number: int
    pending: tuple[int, ...]
    open_groups: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Automaton:
    """A machine's states and steps, interned. A token is a spec, or a spec with conflicts."""

    machine: Machine
    specs: tuple[Spec, ...]
    steps: list[Step] = field(default_factory=list)
    _nodes: dict[Any, Node] = field(default_factory=dict)
    _step_number: dict[Step, int] = field(default_factory=dict)
    _tokens: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)
    _conflicts: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def initial(self) -> Node:
        """The state of a machine that has nothing to do."""
        return self.node(self.machine.initial)

    def node(self, state: Any) -> Node:
        """The node of ``state``."""
        node = self._nodes.get(state)
        if node is None:
            pending = self.machine.pending(state)
            open_groups = tuple((g, n) for g, n in enumerate(pending) if n)
            node = {STATE: Known(state, len(self._nodes), pending, open_groups)}
            self._nodes[state] = node
        return node

    def token(self, spec: int, conflicts: tuple[int, ...]) -> int:
        """The token of ``spec`` with ``conflicts``, one number per group."""
        if not any(conflicts):
            return spec
        key = (spec, conflicts)
        token = self._tokens.get(key)
        if token is None:
            token = self._tokens[key] = _WIDTH + len(self._conflicts)
            self._conflicts.append(key)
        return token

    def follow(self, node: Node, token: int) -> tuple[int, Node]:
        """Step number and next state of ``token`` in ``node``."""
        found: tuple[int, Node] | None = node.get(token)
        if found is None:
            spec, conflicts = (token, ()) if token < _WIDTH else self._conflicts[token - _WIDTH]
            state, step = self.machine.step(node[STATE].state, self.specs[spec], conflicts)
            found = node[token] = (self.number(step), self.node(state))
        return found

    def number(self, step: Step) -> int:
        """The number of ``step`` in :attr:`steps`."""
        known = self._step_number.get(step)
        if known is None:
            known = self._step_number[step] = len(self.steps)
            self.steps.append(step)
        return known

    def rest(self, node: Node) -> int:
        """Cycles from the issue point until everything is finished."""
        return self.machine.rest(node[STATE].state)

    def table(self) -> Steps:
        """All steps met so far."""
        columns = list(zip(*self.steps, strict=True)) or [()] * len(Step._fields)
        names = Step._fields[:-1]
        ints = {name: np.array(c, np.int64) for name, c in zip(names, columns[:-1], strict=True)}
        return Steps(**ints, free=np.array(columns[-1], np.bool_))


def free_step(engine: int) -> Step:
    """The step of an instruction that the hardware skips."""
    return Step(engine, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0, True)
