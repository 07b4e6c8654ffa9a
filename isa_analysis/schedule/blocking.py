"""The models in which one instruction follows another: ``serial``, ``overlap``, ``async-slots``."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.schedule.model import (
    DMA_WAIT,
    ENGINE_BUSY,
    HBM_READ,
    HBM_WRITE,
    MATRIX,
    RAW,
    VECTOR,
)
from isa_analysis.schedule.specs import Spec
from isa_analysis.schedule.steps import Step, free_step


def _plain(spec: Spec) -> Step:
    """One instruction after the other; for a transfer the machine stands still."""
    d = spec.duration
    transfer = spec.engine in (HBM_READ, HBM_WRITE)
    stall, kind, producer = (d, DMA_WAIT, spec.engine) if transfer else (0, RAW, -1)
    return Step(spec.engine, d, stall, kind, 0, producer, -1, 0, d, d, d, d, False)


@dataclass(frozen=True, slots=True)
class Serial:
    """Each instruction finishes before the next starts. There is only one state."""

    initial: tuple[()] = ()
    groups: int = 0
    latest: bool = True

    def group_of(self, spec: Spec) -> int:
        """No history."""
        return -1

    def pending(self, state: tuple[()]) -> tuple[int, ...]:
        """Nothing is ever pending."""
        return ()

    def rest(self, state: tuple[()]) -> int:
        """Nothing is left when the last instruction ends."""
        return 0

    def least(self, spec: Spec) -> int:
        """Its duration."""
        return spec.duration

    def credit(self, state: tuple[()]) -> int:
        """Nothing is taken back."""
        return 0

    def step(
        self, state: tuple[()], spec: Spec, conflicts: tuple[int, ...]
    ) -> tuple[tuple[()], Step]:
        """The duration, whatever came before."""
        return state, _plain(spec) if spec.duration else free_step(spec.engine)


#: Prefetches that can be pending at one time; an older one is no longer hidden.
PENDING = 256


@dataclass(frozen=True, slots=True)
class Overlap:
    """Serial time minus what computing hides of earlier prefetches.

    The state lists what is left to hide of the latest prefetches, latest first; conflicts are a bit
    mask of those whose destination the instruction reads.
    """

    initial: tuple[int, ...] = ()
    groups: int = 1
    latest: bool = False

    def group_of(self, spec: Spec) -> int:
        """Only prefetches are remembered."""
        return 0 if spec.engine == HBM_READ and spec.duration else -1

    def pending(self, state: tuple[int, ...]) -> tuple[int, ...]:
        """How far back the oldest pending prefetch is."""
        return (len(state),)

    def rest(self, state: tuple[int, ...]) -> int:
        """Every prefetch has been paid for when it was issued."""
        return 0

    def least(self, spec: Spec) -> int:
        """Nothing for a prefetch, which may be hidden, and all of any other."""
        return 0 if spec.engine == HBM_READ else spec.duration

    def credit(self, state: tuple[int, ...]) -> int:
        """What is left to hide."""
        return sum(state)

    def step(
        self, state: tuple[int, ...], spec: Spec, conflicts: tuple[int, ...]
    ) -> tuple[tuple[int, ...], Step]:
        """Hide up to the duration of an M_ or V_ instruction, the oldest prefetch first."""
        duration = spec.duration
        if spec.mnemonic == "C_BREAK":
            return (), _plain(spec) if duration else free_step(spec.engine)
        if not duration:
            return state, free_step(spec.engine)
        if spec.engine == HBM_READ:
            return (duration, *state)[:PENDING], _plain(spec)
        if spec.engine == HBM_WRITE:
            return (), _plain(spec)
        if spec.engine not in (VECTOR, MATRIX) or not state:
            return state, _plain(spec)
        left = list(state)
        if conflicts:
            left = [0 if conflicts[0] >> age & 1 else rest for age, rest in enumerate(left)]
        waiting = sum(left)
        budget = duration
        for age in range(len(left) - 1, -1, -1):
            taken = min(budget, left[age])
            left[age] -= taken
            budget -= taken
        hidden = duration - budget
        while left and not left[-1]:
            left.pop()
        step = Step(
            spec.engine, duration - hidden, -hidden, DMA_WAIT, 0, HBM_READ, -1,
            -waiting, duration - waiting, duration - waiting, duration, duration - hidden, False,
        )  # fmt: skip
        return tuple(left), step


@dataclass(frozen=True, slots=True)
class AsyncSlots:
    """A prefetch costs one cycle and runs behind, in one slot for H_PREFETCH_M and one for
    H_PREFETCH_V. The state is until when each is taken."""

    initial: tuple[int, int] = (0, 0)
    groups: int = 0
    latest: bool = True

    def group_of(self, spec: Spec) -> int:
        """No history: the model asks for no addresses."""
        return -1

    def pending(self, state: tuple[int, int]) -> tuple[int, ...]:
        """No accesses are followed."""
        return ()

    def rest(self, state: tuple[int, int]) -> int:
        """Until the last prefetch is there."""
        return max(state)

    def least(self, spec: Spec) -> int:
        """A cycle for a prefetch, the duration of any other."""
        return min(spec.duration, 1) if spec.engine == HBM_READ else spec.duration

    def credit(self, state: tuple[int, int]) -> int:
        """Nothing is taken back."""
        return 0

    def step(
        self, state: tuple[int, int], spec: Spec, conflicts: tuple[int, ...]
    ) -> tuple[tuple[int, int], Step]:
        """Wait for the slots that the instruction needs, then run alone."""
        d = spec.duration
        if not d:
            return state, free_step(spec.engine)
        matrix, vector = state
        frontier = max(state)
        if spec.engine == HBM_READ:
            slot = int(spec.mnemonic != "H_PREFETCH_M")
            wait = state[slot]
            now, end = wait + 1, wait + d
            busy = max(0, end - max(wait, frontier))
            kind, producer, waited = ENGINE_BUSY, HBM_READ, wait
        else:
            wait = 0
            if spec.engine == MATRIX:
                wait = frontier
            elif spec.engine == VECTOR or spec.mnemonic in ("S_MAP_V_FP", "H_STORE_V"):
                wait = vector
            now = end = wait + d
            busy = d
            waited, kind, producer = wait, DMA_WAIT, HBM_READ
            if spec.engine == HBM_WRITE:
                waited, producer = end, HBM_READ if wait else HBM_WRITE
        slots = [max(0, matrix - now), max(0, vector - now)]
        if spec.engine == HBM_READ:
            slots[slot] = end - now
        step = Step(
            spec.engine, now, waited, kind, 0, producer if waited else -1, -1, wait, end, end,
            busy, max(0, end - frontier), False,
        )  # fmt: skip
        return (slots[0], slots[1]), step
