"""Single instructions and sums of parts, against the log of plain execution."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from schedule.plain_scoreboard import Machine, run
from schedule.random_programs import programs
from schedule.scheduling import cycles_of, scheduled, tiny_board
from support import program_of

from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.schedule import ENGINES, Block, LoopRun, Schedule, Steady, Turn, walk
from isa_analysis.schedule.expand import Uses, expand_block


def blocks(parts: tuple[object, ...], begin: int) -> Iterator[tuple[int, Block]]:
    """All blocks in the order of execution, repetitions included."""
    for at, part in walk(parts, begin):  # type: ignore[arg-type]
        if isinstance(part, Block):
            yield at, part
        else:
            yield from _run(part, at)


def _run(run: LoopRun, at: int) -> Iterator[tuple[int, Block]]:
    for part in run.parts:
        times, turns = (part.times, part.turns) if isinstance(part, Steady) else (1, (part,))
        assert part.cycles == times * sum(turn.cycles for turn in turns)
        for _ in range(times):
            for turn in turns:
                assert isinstance(turn, Turn)
                yield from blocks(turn.parts, at)
                at += turn.cycles


@given(programs(most=800))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_every_instruction_is_where_plain_execution_puts_it(text: str) -> None:
    program = program_of(text)
    plain = run(program, sizes_of(tiny_board(), "plena"), cycles_of(program), Machine())
    s = scheduled(program)
    log = []
    for at, block in blocks(s.root, 0):
        e = expand_block(s, block, at)
        names = [ENGINES[k] for k in e.engine.tolist()]
        log += list(zip(e.pc.tolist(), names, e.issue.tolist(), e.start.tolist(),
                        e.finish.tolist(), strict=True))  # fmt: skip
        assert (e.dispatch <= e.issue).all()
        assert (e.dispatch + e.stall + e.port == e.issue).all()
        assert (e.end <= e.finish).all()
    assert log == plain.log


@given(programs(most=800))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_sums_of_parts_are_those_of_the_program(text: str) -> None:
    s = scheduled(text)
    uses = Uses(s)
    total = [0] * len(ENGINES)
    busy = [0] * len(ENGINES)
    last = 0
    for at, part in walk(s.root):
        for k, use in enumerate(uses.of(part)):
            total[k] += use.instructions
            busy[k] += use.busy
            if use.instructions:
                assert 0 <= use.dispatch <= use.first < use.last
                last = max(last, at + use.last)
    assert busy == [e.busy for e in s.engines]
    assert last == s.makespan
    skipped = sum(n for n, free in zip(s.executed, s.steps.free.tolist(), strict=True) if free)
    assert sum(total) == sum(e.instructions for e in s.engines) - skipped


def test_the_tree_of_a_long_loop_is_short() -> None:
    s: Schedule = scheduled(
        "C_LOOP_START gp10, 4000000\nM_MM 0, gp1, gp2\nS_ADDI_INT gp1, gp1, 64\nC_LOOP_END gp10\n"
    )
    run = s.root[1]
    assert isinstance(run, LoopRun)
    assert len(run.parts) < 8
    uses = Uses(s).of(run)
    assert uses[ENGINES.index("matrix")].busy == 8 * 4_000_000
