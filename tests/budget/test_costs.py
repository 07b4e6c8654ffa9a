from __future__ import annotations

import pytest
from budget_project import CONFIG, GROWN, PROGRAM, Project, budget_of, make_project

from isa_analysis.budget import costs as module
from isa_analysis.budget.cache import Cache
from isa_analysis.budget.costs import Costs, gather
from isa_analysis.budget.discover import find_programs
from isa_analysis.diagnostics import InputError

project = pytest.fixture(make_project)


def _gather(text: str = CONFIG, use_cache: bool = False) -> Costs:
    budget = budget_of(text)
    return gather(budget, find_programs(budget), use_cache)


def test_every_program_of_every_entry(project: Project) -> None:
    project.write("b.asm", GROWN)
    costs = _gather(
        CONFIG.replace("limits:", "  other:\n    files: a.asm\n    board: v80\nlimits:")
    )
    assert list(costs.programs) == [("all", "a.asm"), ("all", "b.asm"), ("other", "a.asm")]
    assert costs.programs["all", "b.asm"].cost.total_cycles == 451 + 128
    assert costs.facts["other"].board == "v80"


def test_an_unchanged_file_is_not_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _gather(use_cache=True)
    seen: list[str] = []
    real = module.attempt
    monkeypatch.setattr(module, "attempt", lambda task: seen.append(task.path) or real(task))
    assert _gather(use_cache=True) == first
    assert seen == []
    project.write("a.asm", GROWN)
    assert _gather(use_cache=True).programs["all", "a.asm"].cost.total_cycles == 451 + 128
    assert seen == ["a.asm"]
    _gather(use_cache=False)
    assert seen == ["a.asm"] * 2
    _gather(CONFIG.replace("nexys_a7", "nexys_video"), use_cache=True)
    assert seen == ["a.asm"] * 3
    _gather(CONFIG.replace("board:", "memory: none\nboard:"), use_cache=True)
    assert seen == ["a.asm"] * 4


def test_an_unusable_cache_changes_nothing(project: Project) -> None:
    project.write(".isa-analysis-cache", "a file")
    assert _gather(use_cache=True) == _gather(use_cache=False)


def test_problems_of_all_files_at_once(project: Project) -> None:
    project.write("b.asm", "S_ADDI_INT gp1, gp0\n")
    project.write("c.asm", "V_NOPE gp1\nC_LOOP_END gp3\n")
    with pytest.raises(InputError) as caught:
        _gather(use_cache=True)
    assert {d.path for d in caught.value.diagnostics} == {"b.asm", "c.asm"}


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "says"),
    [
        ("nexys_a7", "nexys_b7", "E107", 2, "no board is named 'nexys_b7'"),
        ("nexys_a7", "boards/mine.yaml", "E107", 2, "boards/mine.yaml: cannot read"),
        ("limits:", "kernel_rules: mine.yaml\nlimits:", "E107", 6, "mine.yaml: cannot read"),
        ("limits:", "set: [machine.mlen=x]\nlimits:", "E103", 6, "machine.mlen=x"),
        ("limits:", "set: [nonsense]\nlimits:", "E108", 6, "section.key=value"),
    ],
)
def test_conditions_are_reported_where_the_budget_says_them(
    project: Project, old: str, new: str, code: str, line: int, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        _gather(CONFIG.replace(old, new))
    (problem,) = caught.value.diagnostics
    assert (problem.path, problem.code, problem.line) == ("isa-budget.yaml", code, line)
    assert says in problem.message


def test_an_error_inside_a_board_file_stays_there(project: Project) -> None:
    project.write("mine.yaml", "name: mine\n")
    with pytest.raises(InputError) as caught:
        _gather(CONFIG.replace("nexys_a7", "mine.yaml"))
    assert {d.path for d in caught.value.diagnostics} == {"mine.yaml"}


def test_overrides_and_rules_take_effect(project: Project) -> None:
    rules = "version: 1\nrules:\n  - {id: mine, action: kernel, begins: [summing], kernel: sum}\n"
    project.write("rules.yaml", rules)
    project.write("a.asm", "; summing\nV_ADD_VV gp1, gp1, gp1\n")
    text = CONFIG.replace(
        "limits:", "set: latency.vector_add_cycles=7\nkernel_rules: rules.yaml\nlimits:"
    )
    costs = _gather(text)
    (kernel,) = costs.programs["all", "a.asm"].kernels
    assert (kernel.path[-1], kernel.cost.total_cycles) == ("sum", 7)
    plain = _gather()
    assert costs.facts["all"].kernel_rules_sha256 != plain.facts["all"].kernel_rules_sha256


def test_in_several_processes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("b.asm", GROWN)
    alone = _gather()
    monkeypatch.setattr(module, "PAYS", 0)
    monkeypatch.setattr(module, "_processors", lambda: 2)
    assert _gather() == alone
    project.write("b.asm", "V_NOPE\n")
    with pytest.raises(InputError, match="E002"):
        _gather()


def test_a_file_that_changes_while_it_is_read_is_not_cached(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.attempt

    def slow(task: module.Task) -> module.Outcome:
        project.write("a.asm", GROWN)
        return real(task)

    monkeypatch.setattr(module, "attempt", slow)
    stored: list[str] = []
    monkeypatch.setattr(Cache, "put", lambda self, key, snapshot: stored.append(key))
    _gather(use_cache=True)
    assert stored == []
    assert PROGRAM != GROWN


def test_hbm_bytes_are_there_when_a_limit_needs_them(project: Project) -> None:
    assert _gather(use_cache=True).programs["all", "a.asm"].memory == {}
    text = CONFIG + "  traffic: {metric: hbm_bytes, max: 1 MiB}\n"
    memory = _gather(text, use_cache=True).programs["all", "a.asm"].memory
    assert memory["hbm_bytes"] > 0
    assert memory["hbm_bytes"] % 64 == 0
