"""Section 4: loop nests, what their control costs, and what unrolling or rolling would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.source import fetch_lines
from isa_analysis.diagnostics import InputError
from isa_analysis.report import words
from isa_analysis.report.kernels import Key, keys_of, label
from isa_analysis.report.model import Block, ReportTable, Section
from isa_analysis.report.nests import Nests
from isa_analysis.report.sites import Numbers, Sites, prices, summed, whole
from isa_analysis.report.stages import Stage
from isa_analysis.table import Column, Table, Value, one_line, share
from isa_analysis.traffic.requests import NAMES

#: Nests in the table, excerpts per stage, and lines of one excerpt.
_TOP, _EXCERPTS, _EXCERPT_LINES = 12, 3, 48
_ADDRESS = (
    "S_ADD_INT", "S_ADDI_INT", "S_SUB_INT", "S_MUL_INT", "S_LUI_INT", "S_SLL_INT", "S_SLLI_INT",
    "S_SRL_INT", "S_SRLI_INT", "S_DIV_INT", "S_REM_INT", "C_SET_ADDR_REG", "C_SET_STRIDE_REG",
    "C_SET_SCALE_REG",
)  # fmt: skip
_CONTROL = ("C_LOOP_START", "C_LOOP_END", "C_BREAK")


@dataclass(frozen=True, slots=True)
class Nest:
    """Outermost loops of one kernel with equal nests: the first of them, how many there are, and
    the cycles, control cycles and address arithmetic of all."""

    kernel: Key
    shape: str
    first: int
    count: int
    iterations: int
    cycles: int
    control: int
    address: int


def loops_section(stages: Sequence[Stage], sites: Sequence[Sites]) -> Section:
    """Hottest nests per stage on the first board, with excerpts of their source."""
    sentences: list[str] = []
    blocks: list[Block] = []
    for number, (stage, its) in enumerate(zip(stages, sites, strict=True)):
        price = prices(stage, stage.first)
        nests = hottest(stage, its, price)
        sentences += _sentences(stage, its, price, nests)
        if not nests:
            continue
        excerpts = _excerpts(stage, its, price, nests, f"loops-{number}-source")
        blocks.append(_table(stage, nests, f"loops-{number}-nests", excerpts))
        blocks += excerpts
    return Section("loops", "Loops", tuple(sentences), tuple(blocks))


def hottest(stage: Stage, sites: Sites, price: Numbers) -> list[Nest]:
    """Nests of loops, equal ones of one kernel together, most cycles first."""
    program, profile = stage.program, stage.first.profile
    if not program.loops:
        return []
    nests = sites.nests
    root = np.append(np.array(nests.root, np.int64), -1)[sites.loop]
    control = _by_root(root, sites, sites.of(*_CONTROL), price)
    address = _by_root(root, sites, sites.of(*_ADDRESS), price)
    deepest = _deepest(program.loops, nests, [loop.cycles for loop in profile.loops])
    keys = keys_of(profile)
    groups: dict[tuple[Key, str], list[int]] = {}
    for i, loop in enumerate(program.loops):
        if loop.parent < 0:
            cost = profile.loops[i]
            shape = nests.shapes[nests.shape_of_loop[deepest[i]]].removeprefix("loop ")
            start = 1  # C_LOOP_START lies outside its own loop
            mine = [cost.cycles, start + control.get(i, 0), address.get(i, 0), 1, i,
                    profile.loops[deepest[i]].iterations]  # fmt: skip
            group = groups.setdefault((keys[cost.kernel], shape), [0, 0, 0, 0, i, 0])
            for slot in (0, 1, 2, 3, 5):
                group[slot] += mine[slot]
    out = [
        Nest(kernel, shape, g[4], g[3], g[5], g[0], g[1], g[2])
        for (kernel, shape), g in groups.items()
    ]
    return sorted(out, key=lambda n: (-n.cycles, n.first))


def _by_root(
    root: NDArray[np.int64], sites: Sites, pc: NDArray[np.int64], price: Numbers
) -> dict[int, int]:
    pc = pc[root[pc] >= 0]
    return summed(root[pc], sites.times[pc] * price[pc])


def _deepest(loops: Sequence[object], nests: Nests, cycles: list[int]) -> dict[int, int]:
    """For each outermost loop the innermost one that its hottest branch ends in."""
    hottest_child: dict[int, int] = {}
    for i in range(len(loops) - 1, -1, -1):
        parent = loops[i].parent  # type: ignore[attr-defined]
        if parent >= 0:
            best = hottest_child.get(parent)
            if best is None or cycles[i] >= cycles[best]:
                hottest_child[parent] = i
    out = {}
    for root in set(nests.root):
        at = root
        while at in hottest_child:
            at = hottest_child[at]
        out[root] = at
    return out


def _sentences(stage: Stage, sites: Sites, price: Numbers, nests: list[Nest]) -> list[str]:
    run, profile = stage.first, stage.first.profile
    if not run.cycles:
        return []
    control = sites.of(*_CONTROL)
    address = sites.of(*_ADDRESS)
    control_cycles = whole(sites.times[control] * price[control])
    address_cycles = whole(sites.times[address] * price[address])
    out = [
        f"{stage.name} on {run.label}: {words.count(len(profile.loops), 'loop')} in "
        f"{words.count(sum(n.count for n in nests), 'nest')}; loop instructions take "
        f"{control_cycles:,} cycles ({words.percent(control_cycles, run.cycles)}) and integer and "
        f"address arithmetic {address_cycles:,} ({words.percent(address_cycles, run.cycles)})."
    ]
    inside = sum(n.cycles for n in nests)
    if nests:
        top = nests[0]
        overhead = top.control + top.address
        out.append(
            f"Its hottest loops, of {top.shape} iterations in {label(top.kernel)} "
            f"({words.count(top.count, 'nest')}), take "
            f"{words.percent(top.cycles, run.cycles)} of the cycles, "
            f"{words.percent(overhead, top.cycles)} of which is control and address arithmetic"
            f"{_unroll(top)}."
        )
    once = int((sites.loop < 0).sum())
    if once and inside * 2 < run.cycles and once > 1000:
        by_kernel = summed(sites.kernel[sites.loop < 0], np.ones(once, np.int64))
        keys = keys_of(profile)
        sums: dict[Key, int] = {}
        for kernel, number in by_kernel.items():
            sums[keys[kernel]] = sums.get(keys[kernel], 0) + number
        key = max(sums, key=lambda k: (sums[k], k))
        out.append(
            f"{words.percent(once, len(sites))} of its instructions lie outside every loop and run "
            f"once, most of them in {label(key)} ({sums[key]:,}); rolling them would shrink the "
            "program, and cost one cycle per iteration and one per loop."
        )
    return out


def _unroll(nest: Nest) -> str:
    """What unrolling its innermost loop by 4 would save, when that is worth a word."""
    if nest.control * 50 < nest.cycles:
        return ""
    ends = nest.iterations  # one C_LOOP_END per innermost iteration
    saved = ends - -(-ends // 4)
    return (
        f"; unrolling the innermost loop by 4 saves about {saved:,} cycles "
        f"({words.percent(saved, nest.cycles)} of the nest)"
    )


def _table(stage: Stage, nests: list[Nest], id_: str, excerpts: list[ReportTable]) -> ReportTable:
    profile = stage.first.profile
    known = {a for e in excerpts for a in e.anchors}
    rows: list[tuple[Value, ...]] = []
    links: list[str] = []
    prefix = id_.replace("nests", "source")
    for n in nests[:_TOP]:
        loop = profile.loops[n.first]
        target = f"{prefix}-L{loop.first_line}"
        links.append(target if target in known else "")
        rows.append(
            (
                f"{loop.first_line}-{loop.last_line}", label(n.kernel), n.shape, n.count,
                n.iterations, n.cycles, share(n.cycles, stage.first.cycles), n.control, n.address,
                share(n.control + n.address, n.cycles),
            )
        )  # fmt: skip
    columns = (
        Column("lines", "lines (first nest)"),
        Column("kernel", "kernel"),
        Column("trips", "trips"),
        Column("count", "nests", "count"),
        Column("iterations", "innermost iterations", "count"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
        Column("control", "loop control", "cycles"),
        Column("address", "address arithmetic", "cycles"),
        Column("overhead", "overhead %", "percent"),
    )
    note = "Equal nests of one kernel are counted together; trips are those of the hottest branch."
    if len(nests) > _TOP:
        rest = sum(n.cycles for n in nests[_TOP:])
        note += f" {len(nests) - _TOP} more kinds of nests take {rest:,} cycles."
    title = f"Hottest loop nests of {stage.name} on {stage.first.label}"
    return ReportTable(id_, Table(title, columns, tuple(rows), note), links=tuple(links))


def _excerpts(
    stage: Stage, sites: Sites, price: Numbers, nests: list[Nest], id_: str
) -> list[ReportTable]:
    """The source of the hottest nests, each line with its executions and cycles."""
    profile, program = stage.first.profile, stage.program
    out: list[ReportTable] = []
    transfers = set(sites.of(*NAMES).tolist())
    # Transfers without a fixed price cost what their addresses make them cost.
    by_address = bool(profile.totals.memory_cycles) and not any(price[pc] for pc in transfers)
    for n in nests[:_EXCERPTS]:
        loop = profile.loops[n.first]
        lines = list(range(loop.first_line, loop.last_line + 1))
        half = _EXCERPT_LINES // 2
        shown = lines if len(lines) <= _EXCERPT_LINES else [*lines[:half], *lines[-half:]]
        try:
            text = fetch_lines(program.source, shown)
        except InputError:  # the file has gone since it was read
            return out
        first = program.loops[n.first].start
        last = min(program.loops[n.first].end, len(program) - 1)
        at = (
            {int(program.line[pc]): pc for pc in range(first, last + 1)}
            if last - first < 10**5
            else {}
        )
        rows: list[tuple[Value, ...]] = []
        for line in shown:
            pc = at.get(line)
            priced = pc is not None and not (by_address and pc in transfers)
            rows.append(
                (
                    str(line),
                    None if pc is None else int(sites.times[pc]),
                    int(sites.times[pc] * price[pc]) if priced else None,
                    one_line(text.get(line, ""), 100),
                )
            )
        columns = (
            Column("line", "line"),
            Column("times", "executed", "count"),
            Column("cycles", "cycles", "cycles"),
            Column("source", "source"),
        )
        note = ""
        if len(shown) < len(lines):
            note = f"{len(lines) - len(shown)} lines in the middle are left out."
        title = (
            f"{one_line(stage.program.name, 60)}, lines {loop.first_line} to {loop.last_line} "
            f"({label(n.kernel)}), cycles on {stage.first.label}"
        )
        taken = {a for e in out for a in e.anchors}
        anchors = tuple(f"{id_}-L{line}" for line in shown)
        if taken & set(anchors):
            continue
        table = Table(title, columns, tuple(rows), note)
        out.append(
            ReportTable(f"{id_}-{loop.first_line}", table, None, len(out) > 0, (), anchors, True)
        )
    return out
