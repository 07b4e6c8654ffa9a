"""The closed form against the oracle, which executes loops one by one."""

from __future__ import annotations

import itertools
import os

from dataflow.programs import programs
from hypothesis import given, settings
from oracle.interpreter import run

from isa_analysis import parse_text
from isa_analysis.dataflow import follow
from isa_analysis.dataflow.events import ADDRESS, SCALE, STRIDE

#: ISA_ANALYSIS_EXAMPLES=10000 for a long run.
EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "300"))


def iterations(program, pc):
    """The iteration numbers of the loops around ``pc``, execution by execution."""
    around = [i for i, loop in enumerate(program.loops) if loop.start < pc <= loop.end]
    for trip in itertools.product(*(range(program.loops[i].trip) for i in around)):
        yield dict(zip(around, trip, strict=True))


def registers(definitions, pc):
    named = {f"gp{r}": r for r in range(16)} | {"SCALE": SCALE, "STRIDE": STRIDE}
    named |= {f"a{k}": ADDRESS + 2 * k for k in range(2)}
    return {name: definitions.one(r, pc) for name, r in named.items()}


def check(lines, max_unknown=None):
    text = "\n".join(lines)
    program = parse_text(text)
    definitions = follow(program)
    watch = range(len(program))
    result = run(text, watch=set(watch), int_sram_entries=1 << 32, max_steps=200_000)
    known = unknown = 0
    for pc in watch:
        snapshots = result.watched[pc]
        held = registers(definitions, pc)
        low = {k: definitions.one(ADDRESS + 2 * k + 1, pc) for k in range(2)}
        order = list(iterations(program, pc))
        assert len(order) == len(snapshots)
        for where, snap in zip(order, snapshots, strict=True):
            for name, value in held.items():
                got = definitions.values.evaluate(value, where)
                if name.startswith("gp"):
                    wanted = snap.gp[int(name[2:])]
                elif name.startswith("a"):
                    k = int(name[1:])
                    high, lo = got, definitions.values.evaluate(low[k], where)
                    got = None if high is None or lo is None else (high << 32) | lo
                    wanted = snap.a[k]
                else:
                    wanted = snap.scale if name == "SCALE" else snap.stride
                if got is None:
                    unknown += 1
                    continue
                known += 1
                # Never-written INT SRAM is unknown data here and 0 in the oracle.
                assert got == wanted, (pc, name, where, program.instruction_text(pc))
    return known, unknown


@settings(max_examples=EXAMPLES)
@given(programs)
def test_registers_equal_the_oracle(lines) -> None:
    check(lines)
