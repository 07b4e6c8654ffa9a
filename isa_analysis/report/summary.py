"""Section 1: what is slow, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.profiling import Cost, total
from isa_analysis.profiling.group import category_costs
from isa_analysis.report import words
from isa_analysis.report.advice import Opportunity, Rule
from isa_analysis.report.kernels import FoldedKernel, opcodes_of
from isa_analysis.report.model import ReportTable, Section
from isa_analysis.report.opportunities import by_rule
from isa_analysis.report.stages import Run, Stage
from isa_analysis.table import Column, Table, Value, share


def summary_section(stages: Sequence[Stage], advice: Sequence[Opportunity]) -> Section:
    """The verdict of every stage on every board, then the totals."""
    sentences = [_headline(stage, advice) for stage in stages]
    if len(stages) > 1:
        sentences.append(_together(stages))
    blocks = [_verdicts(stages, advice), _totals(stages)]
    if len(stages) > 1:
        blocks.append(_sums(stages))
    incomplete = [s.name for s in stages if not all(r.profile.complete for r in s.runs)]
    if incomplete:
        whose = words.listed(incomplete)
        sentences.insert(0, f"INCOMPLETE: the totals of {whose} are not to be trusted, see below.")
    return Section("summary", "Summary", tuple(sentences), tuple(blocks), left_out(stages))


def _headline(stage: Stage, advice: Sequence[Opportunity]) -> str:
    run = stage.first
    if not run.profile.totals.dynamic:
        return f"{stage.name} has no instructions."
    if not run.cycles:
        return (
            f"{stage.name} executes {words.count(run.profile.totals.dynamic, 'instruction')} "
            f"that cost nothing on {run.label}."
        )
    others = [f"{words.time(r.seconds)} on {r.label}" for r in stage.runs[1:]]
    top = run.kernels[0]
    text = (
        f"{stage.name} takes {run.cycles:,} cycles ({words.time(run.seconds)}) on {run.label}"
        f"{', and ' + words.listed(others) if others else ''}. "
        f"On {run.label} it spends {words.percent(top.cost.total_cycles, run.cycles)} of its time "
        f"in {top.label}, {_reason(run, top)}"
    )
    best = _best(advice, stage, run)
    if best is not None:
        rule, saved, kernel = best
        text += (
            f". The largest opportunity is to {rule.action}, most of it in {kernel}: at most "
            f"{saved:,} cycles, {words.percent(saved, run.cycles)}"
        )
    return text + "."


def _reason(run: Run, kernel: FoldedKernel) -> str:
    mnemonic, _, cost = opcodes_of(run.small, kernel.key)[0]
    return (
        f"where {mnemonic} is {words.percent(cost.total_cycles, kernel.cost.total_cycles)} "
        f"({words.count(cost.dynamic, 'execution')}{_each(cost)})"
    )


def _each(cost: Cost) -> str:
    if not cost.dynamic:
        return ""
    each, rest = divmod(cost.total_cycles, cost.dynamic)
    if rest:
        return f" at {cost.total_cycles / cost.dynamic:.3g} cycles on average"
    return f" at {words.count(each, 'cycle')}"


def _best(advice: Sequence[Opportunity], stage: Stage, run: Run) -> tuple[Rule, int, str] | None:
    """The rule that could save most over all kernels, how much, and in which kernel most."""
    mine = [o for o in advice if o.board is run.board]
    groups = by_rule(stage, mine)
    if not groups:
        return None
    return groups[0].rule, groups[0].saved(run.board), groups[0].top.finding.kernel


def _together(stages: Sequence[Stage]) -> str:
    parts = []
    for i, run in enumerate(stages[0].runs):
        seconds = sum(stage.runs[i].seconds for stage in stages)
        longest = max(stages, key=lambda stage: stage.runs[i].seconds)
        parts.append(
            f"{words.time(seconds)} on {run.label} "
            f"({words.percent(longest.runs[i].seconds, seconds)} of it {longest.name})"
        )
    return f"The {len(stages)} stages together take {words.listed(parts)}."


def left_out(stages: Sequence[Stage]) -> tuple[str, ...]:
    """What the models leave out, with the board where they differ."""
    where: dict[str, list[str]] = {}
    for stage in stages:
        for run in stage.runs:
            for caveat in run.profile.model.caveats:
                names = where.setdefault(caveat, [])
                if run.label not in names:
                    names.append(run.label)
    labels = list(dict.fromkeys(run.label for run in stages[0].runs))
    parts = [
        caveat if len(names) == len(labels) else f"{caveat} ({words.listed(names)})"
        for caveat, names in where.items()
    ]
    return (f"What the numbers leave out: {'; '.join(parts)}.",) if parts else ()


def _verdicts(stages: Sequence[Stage], advice: Sequence[Opportunity]) -> ReportTable:
    rows = []
    for stage in stages:
        for run in stage.runs:
            if not run.cycles:
                continue
            kernels = run.kernels
            slow = ", ".join(
                f"{k.label} {words.percent(k.cost.total_cycles, run.cycles)}" for k in kernels[:3]
            )
            best = _best(advice, stage, run)
            rows.append(
                (
                    stage.name, run.label, 1e3 * run.seconds, slow, _why(run),
                    "nothing found" if best is None else
                    f"{best[0].action}, first in {best[2]}: saves up to "
                    f"{words.percent(best[1], run.cycles)}",
                )
            )  # fmt: skip
    columns = (
        Column("stage", "stage"),
        Column("board", "board"),
        Column("ms", "ms", "ms"),
        Column("slow", "what is slow"),
        Column("why", "why"),
        Column("action", "what to do first"),
    )
    return ReportTable("summary-verdict", Table("At a glance", columns, tuple(rows)))


def _why(run: Run) -> str:
    """The category that costs most, and the opcode in it that does."""
    costs = category_costs(run.small)
    category = max(costs, key=lambda c: costs[c].total_cycles)
    cells = [c for c in run.small.cells if c.category == category]
    sums: dict[str, int] = {}
    for cell in cells:
        sums[cell.mnemonic] = sums.get(cell.mnemonic, 0) + cell.cost.total_cycles
    top = max(sums, key=lambda m: (sums[m], m))
    return (
        f"{category} work is {words.percent(costs[category].total_cycles, run.cycles)}, "
        f"{top} alone {words.percent(sums[top], run.cycles)}"
    )


def _totals(stages: Sequence[Stage]) -> ReportTable:
    rows = tuple(
        (
            stage.name, run.label, stage.program.lines, t.static, t.dynamic, t.compute_cycles,
            t.memory_cycles, share(t.memory_cycles, t.total_cycles), t.total_cycles,
            1e3 * run.seconds,
        )
        for stage in stages
        for run in stage.runs
        for t in (run.profile.totals,)
    )  # fmt: skip
    columns = (
        Column("stage", "stage"),
        Column("board", "board"),
        Column("lines", "lines", "count"),
        Column("static", "instructions", "count"),
        Column("dynamic", "executed", "count"),
        *_SUMS,
    )
    return ReportTable("summary-totals", Table("Totals (cycles)", columns, rows))


_SUMS = (
    Column("compute_cycles", "compute", "cycles"),
    Column("memory_cycles", "memory", "cycles"),
    Column("memory_percent", "memory %", "percent"),
    Column("total_cycles", "total", "cycles"),
    Column("ms", "ms", "ms"),
)


def _sums(stages: Sequence[Stage]) -> ReportTable:
    rows: list[tuple[Value, ...]] = []
    for i, run in enumerate(stages[0].runs):
        t = total(stage.runs[i].profile.totals for stage in stages)
        seconds = sum(stage.runs[i].seconds for stage in stages)
        rows.append(
            (
                run.label, t.dynamic, t.compute_cycles, t.memory_cycles,
                share(t.memory_cycles, t.total_cycles), t.total_cycles, 1e3 * seconds,
            )
        )  # fmt: skip
    columns = (Column("board", "board"), Column("dynamic", "executed", "count"), *_SUMS)
    return ReportTable("summary-stages", Table("All stages (cycles)", columns, tuple(rows)))
