"""Section 5: what could be saved, ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from isa_analysis.boards import LoadedBoard
from isa_analysis.report import words
from isa_analysis.report.advice import RULES, Opportunity, Rule
from isa_analysis.report.model import Block, ReportTable, Section
from isa_analysis.report.stages import Stage
from isa_analysis.table import Column, Table, Value, share

#: Rows of the tables, and the share of a run (%) below which a finding is only counted.
_TOP_RULES, _TOP_PLACES, _LEAST = 12, 30, 0.05


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule (in one kernel, or in all), on all boards.

    Findings of one rule concern different instructions, so ``saved`` adds up within a board.
    """

    rule: Rule
    members: tuple[Opportunity, ...]

    def saved(self, board: LoadedBoard) -> int:
        """Cycles on ``board``, at most."""
        return sum(o.finding.saved for o in self.members if o.board is board)

    def shares(self, stage: Stage) -> list[float]:
        """Percent of the run on each board."""
        return [share(self.saved(run.board), run.cycles) or 0.0 for run in stage.runs]

    @property
    def top(self) -> Opportunity:
        """The finding that saves most."""
        return max(self.members, key=lambda o: o.finding.saved)

    @property
    def kernels(self) -> int:
        """How many kernels have one."""
        return len({o.finding.kernel for o in self.members})


def by_rule(stage: Stage, advice: Sequence[Opportunity]) -> list[Group]:
    """A group per rule, the largest share of a run first."""
    return _grouped(stage, advice, lambda o: (o.rule.id, ""))


def by_place(stage: Stage, advice: Sequence[Opportunity]) -> list[Group]:
    """A group per rule and kernel, the largest share of a run first."""
    return _grouped(stage, advice, lambda o: (o.rule.id, o.finding.kernel))


def _grouped(
    stage: Stage, advice: Sequence[Opportunity], key: Callable[[Opportunity], tuple[str, str]]
) -> list[Group]:
    groups: dict[tuple[str, str], list[Opportunity]] = {}
    for o in advice:
        if o.stage == stage.name:
            groups.setdefault(key(o), []).append(o)
    out = [Group(members[0].rule, tuple(members)) for members in groups.values()]
    order = [rule.id for rule in RULES]
    return sorted(
        out, key=lambda g: (-max(g.shares(stage)), order.index(g.rule.id), g.top.finding.kernel)
    )


def opportunities_section(stages: Sequence[Stage], advice: Sequence[Opportunity]) -> Section:
    """Per stage a ranked table of rules, and behind it their findings kernel by kernel."""
    sentences: list[str] = []
    blocks: list[Block] = []
    for number, stage in enumerate(stages):
        rules = by_rule(stage, advice)
        listed = [g for g in rules if max(g.shares(stage)) >= _LEAST][:_TOP_RULES]
        sentences.append(_sentence(stage, listed, len(rules)))
        if listed:
            places = [g for g in by_place(stage, advice) if max(g.shares(stage)) >= _LEAST]
            blocks.append(_rules(stage, listed, f"opportunities-{number}"))
            blocks.append(_places(stage, places, f"opportunities-{number}-kernels"))
    return Section("opportunities", "Opportunities", tuple(sentences), tuple(blocks))


def _sentence(stage: Stage, listed: list[Group], found: int) -> str:
    if not listed:
        return f"{stage.name}: no rule finds anything worth {_LEAST} % of a run."
    group = listed[0]
    shares = group.shares(stage)
    run = stage.runs[max(range(len(shares)), key=lambda i: shares[i])]
    saved = group.saved(run.board)
    text = (
        f"{stage.name}: the most to gain is to {group.rule.action}: at most {saved:,} cycles on "
        f"{run.label} ({words.percent(saved, run.cycles)}), most of it in "
        f"{group.top.finding.kernel}"
    )
    if group.rule.assumption:
        text += f", supposing that {group.rule.assumption}"
    if found > len(listed):
        few = found - len(listed)
        text += f". {words.count(few, 'rule')} more {'finds' if few == 1 else 'find'} less than "
        text += f"{_LEAST} % of a run"
    return text + "."


def _saved_columns(stage: Stage) -> list[Column]:
    return [
        column
        for i, run in enumerate(stage.runs, 1)
        for column in (
            Column(f"saved_{i}", f"saved on {run.label}, at most", "cycles"),
            Column(f"percent_{i}", "% of total", "percent"),
        )
    ]


def _saved(stage: Stage, group: Group) -> list[Value]:
    out: list[Value] = []
    for run in stage.runs:
        saved = group.saved(run.board)
        out += [saved, share(saved, run.cycles)]
    return out


def _rules(stage: Stage, listed: list[Group], id_: str) -> ReportTable:
    rows: list[tuple[Value, ...]] = []
    for place, group in enumerate(listed, 1):
        finding = group.top.finding
        more = f" and {group.kernels - 1} more" if group.kernels > 1 else ""
        rows.append(
            (
                place, group.rule.id, group.rule.approach, *_saved(stage, group),
                f"{finding.kernel}{more}", finding.lines, group.rule.assumption or "nothing",
            )
        )  # fmt: skip
    columns = (
        Column("rank", "rank", "count"),
        Column("rule", "rule"),
        Column("approach", "what to do"),
        *_saved_columns(stage),
        Column("kernel", "kernel"),
        Column("lines", "lines"),
        Column("assumption", "the bound supposes that"),
    )
    note = "Upper bounds, each rule taken alone: they overlap and do not add up."
    return ReportTable(id_, Table(f"Opportunities in {stage.name}", columns, tuple(rows), note))


def _places(stage: Stage, places: list[Group], id_: str) -> ReportTable:
    rows = tuple(
        (
            group.rule.id, group.top.finding.kernel, group.top.finding.lines,
            *_saved(stage, group), group.top.finding.what,
        )
        for group in places[:_TOP_PLACES]
    )  # fmt: skip
    columns = (
        Column("rule", "rule"),
        Column("kernel", "kernel"),
        Column("lines", "lines"),
        *_saved_columns(stage),
        Column("what", "what is there"),
    )
    note = ""
    if len(places) > _TOP_PLACES:
        note = f"{len(places) - _TOP_PLACES} smaller ones are not listed."
    table = Table(f"Opportunities in {stage.name}, kernel by kernel", columns, rows, note)
    return ReportTable(id_, table, None, True)
