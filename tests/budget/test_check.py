"""The gate: a check passes if and only if no limit is exceeded, recomputed by other means."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from budget_project import CONFIG, GROWN, PROGRAM, budget_of, snapshot_of_text
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.budget.check import EXCEEDED, NOT_COMPARABLE, WITHIN, CheckResult, check
from isa_analysis.budget.costs import Costs
from isa_analysis.budget.discover import Job
from isa_analysis.budget.lock import EntryFacts, Lock, present_tool
from isa_analysis.budget.quantity import parse_quantity
from isa_analysis.budget.snapshot import KernelSnapshot, Snapshot, snapshot_of
from isa_analysis.budget.update import next_lock
from isa_analysis.diagnostics import InputError
from isa_analysis.profiling.model import Cost, total

FACTS = EntryFacts("nexys_a7", "aa", (), "serial", "board", "auto", "bb", 100_000_000, {})


def _check(
    limits: str, now: str | Snapshot, locked: str | Snapshot | None = PROGRAM, tolerance: str = "0"
) -> CheckResult:
    """Check one program against ``limits`` (YAML of one limit's body)."""
    budget = budget_of(CONFIG[: CONFIG.index("limits:")] + f"limits:\n  l: {limits}\n")
    entry = budget.entries[0]
    present = snapshot_of_text(now) if isinstance(now, str) else now
    costs = Costs({"all": FACTS}, {("all", "a.asm"): present})
    lock = None
    if locked is not None:
        old = snapshot_of_text(locked) if isinstance(locked, str) else locked
        lock = next_lock(None, Costs({"all": FACTS}, {("all", "a.asm"): old}), partial=False)
    return check(budget, [Job(entry, "a.asm")], costs, lock, "lock", parse_quantity(tolerance))


@pytest.mark.parametrize(
    ("limits", "now", "code"),
    [
        # PROGRAM: 451 cycles (200 memory), 195 instructions, 4.51 us at 100 MHz; GROWN: 579, 259.
        ("{max: 451 cycles}", PROGRAM, WITHIN),
        ("{max: 450 cycles}", PROGRAM, EXCEEDED),
        ("{max: 4.51 us}", PROGRAM, WITHIN),
        ("{max: 4.509999 us}", PROGRAM, EXCEEDED),
        ("{metric: compute_cycles, max: 251}", PROGRAM, WITHIN),
        ("{metric: compute_cycles, max: 250}", PROGRAM, EXCEEDED),
        ("{metric: memory_cycles, max: 200}", PROGRAM, WITHIN),
        ("{metric: memory_cycles, max: 199}", PROGRAM, EXCEEDED),
        ("{max: 195 instructions}", PROGRAM, WITHIN),
        ("{max: 194 instructions}", PROGRAM, EXCEEDED),
        ("{metric: static_instructions, max: 10}", PROGRAM, WITHIN),
        ("{metric: static_instructions, max: 9}", PROGRAM, EXCEEDED),
        ("{category: vector, max: 128}", PROGRAM, WITHIN),
        ("{category: vector, max: 127}", PROGRAM, EXCEEDED),
        ("{category: memory, metric: dynamic_instructions, max: 7}", PROGRAM, EXCEEDED),
        ("{kernel: load, max: 210}", PROGRAM, WITHIN),
        ("{kernel: load, max: 209}", PROGRAM, EXCEEDED),
        ("{kernel: '*', max: 241}", PROGRAM, WITHIN),
        ("{kernel: '*', max: 240}", PROGRAM, EXCEEDED),
        ("{kernel: '*', of: sum, max: 451}", PROGRAM, WITHIN),
        ("{kernel: '*', of: sum, max: 450}", PROGRAM, EXCEEDED),
        ("{kernel: add, category: scalar, max: 15}", PROGRAM, EXCEEDED),
        ("{max_increase: 0}", PROGRAM, WITHIN),
        ("{max_increase: 127 cycles}", GROWN, EXCEEDED),
        ("{max_increase: 128 cycles}", GROWN, WITHIN),
        ("{max_increase: 28%}", GROWN, EXCEEDED),  # 128 / 451 = 28.38 %
        ("{max_increase: 29%}", GROWN, WITHIN),
        ("{metric: memory_cycles, max_increase: 0}", GROWN, WITHIN),
        ("{kernel: load, max_increase: 0}", GROWN, WITHIN),
        ("{kernel: add, max_increase: 0}", GROWN, EXCEEDED),
        ("{metric: time, max_increase: 1 us}", GROWN, EXCEEDED),  # 1.28 us
        ("{metric: time, max_increase: 1.28 us}", GROWN, WITHIN),
    ],
)
def test_limits(limits: str, now: str, code: int) -> None:
    assert _check(limits, now).exit_code() == code


@pytest.mark.parametrize(
    ("tolerance", "code"),
    [
        ("0", EXCEEDED), ("127", EXCEEDED), ("128", WITHIN), ("128 cycles", WITHIN),
        ("28%", EXCEEDED), ("29%", WITHIN), ("1000 instructions", EXCEEDED), ("1 s", EXCEEDED),
    ],
)  # fmt: skip
def test_tolerance(tolerance: str, code: int) -> None:
    assert _check("{max_increase: 0}", GROWN, tolerance=tolerance).exit_code() == code


def test_tolerance_does_not_touch_absolute_limits() -> None:
    assert _check("{max: 450 cycles}", PROGRAM, tolerance="100%").exit_code() == EXCEEDED


def test_what_a_finding_says() -> None:
    (finding,) = _check("{max_increase: 28 cycles, message: tile it}", GROWN).findings
    assert (finding.value, finding.base, finding.allowed) == (579, 451, 479)
    assert finding.excess == 100
    assert finding.limit.message == "tile it"
    (cause,) = finding.causes
    assert cause.label.endswith("add")
    assert finding.line == 9


def test_a_maximum_without_growth_names_the_largest_kernels() -> None:
    (finding,) = _check("{max: 1}", PROGRAM).findings
    assert finding.causes == ()
    assert [k.path[-1] for k in finding.largest] == ["add", "load"]


def test_a_renamed_kernel_is_compared_with_what_it_was() -> None:
    renamed = PROGRAM.replace("@kernel add", "@kernel plus")
    assert _check("{kernel: plus, max_increase: 0}", renamed).exit_code() == WITHIN
    assert _check("{kernel: plus, of: sum, max_increase: 0}", renamed).exit_code() == WITHIN


def test_a_new_kernel_is_growth() -> None:
    more = PROGRAM + "; @kernel extra\nV_MUL_VV gp1, gp1, gp1\n; @end\n"
    assert _check("{kernel: extra, max_increase: 0}", more).exit_code() == EXCEEDED
    assert _check("{kernel: extra, max_increase: 5 cycles}", more).exit_code() == WITHIN


def test_warnings_fail_only_when_asked() -> None:
    result = _check("{max: 1, severity: warn}", PROGRAM)
    assert result.exit_code() == WITHIN
    assert result.exit_code(fail_on="warn") == EXCEEDED


def test_strict_refuses_any_difference() -> None:
    better = _check("{max_increase: 0}", PROGRAM, GROWN)
    assert (better.exit_code(), better.exit_code(strict=True)) == (WITHIN, EXCEEDED)
    same = _check("{max_increase: 0}", PROGRAM, PROGRAM)
    assert same.exit_code(strict=True) == WITHIN


def test_no_lock() -> None:
    relative = _check("{max_increase: 0}", PROGRAM, None)
    assert relative.exit_code() == NOT_COMPARABLE
    assert relative.incomparable[0].reasons == ("there is no lock",)
    assert _check("{max: 451}", PROGRAM, None).exit_code() == WITHIN
    assert _check("{max: 450}", PROGRAM, None).exit_code() == EXCEEDED
    both = _check("{max: 450, max_increase: 0}", PROGRAM, None)
    assert both.exit_code() == EXCEEDED


def _with_lock(lock: Lock | None, facts: EntryFacts = FACTS) -> CheckResult:
    budget = budget_of(CONFIG)
    costs = Costs({"all": facts}, {("all", "a.asm"): snapshot_of_text(PROGRAM)})
    return check(budget, [Job(budget.entries[0], "a.asm")], costs, lock, "lock")


def _locked(**programs: str) -> Lock:
    costs = {("all", f"{name}.asm"): snapshot_of_text(text) for name, text in programs.items()}
    return next_lock(None, Costs({"all": FACTS}, costs), partial=False)


def test_a_program_the_lock_does_not_have() -> None:
    result = _with_lock(_locked(b=PROGRAM))
    assert result.exit_code() == NOT_COMPARABLE
    assert result.incomparable[0].path == "a.asm"
    assert result.gone == (("all", "b.asm"),)


def test_a_gone_program_is_no_failure_unless_strict() -> None:
    result = _with_lock(_locked(a=PROGRAM, b=PROGRAM))
    assert (result.exit_code(), result.exit_code(strict=True)) == (WITHIN, EXCEEDED)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (replace(FACTS, board="v80"), "board"),
        (replace(FACTS, board_sha256="cc"), "board"),
        (replace(FACTS, timing="legacy"), "timing"),
        (replace(FACTS, memory="none"), "memory"),
        (replace(FACTS, overrides=("clock_mhz=1",)), "set"),
    ],
)
def test_other_conditions_are_not_compared(facts: EntryFacts, says: str) -> None:
    result = _with_lock(_locked(a=GROWN), facts)
    assert result.exit_code() == NOT_COMPARABLE
    assert says in result.incomparable[0].reasons[0]
    assert result.programs[0].delta is None


def test_another_tool_is_not_compared() -> None:
    lock = _locked(a=PROGRAM)
    changed = replace(lock, tool=replace(present_tool(), isa_table="00"))
    assert _with_lock(changed).exit_code() == NOT_COMPARABLE
    renumbered = replace(lock, tool=replace(present_tool(), tool_version="0.0.1"))
    assert _with_lock(renumbered).exit_code() == WITHIN


def test_a_pattern_that_matches_no_kernel() -> None:
    with pytest.raises(InputError) as caught:
        _check("{kernel: lode, max: 5}", PROGRAM)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.line, problem.hint) == ("E406", 7, "did you mean 'load'?")


def test_a_figure_that_profiles_do_not_have() -> None:
    plain = replace(snapshot_of_text(PROGRAM), memory={})
    with pytest.raises(InputError, match="E407"):
        _check("{metric: sram_peak, max: 5}", plain)


def test_memory_figures() -> None:
    plain = snapshot_of_text(PROGRAM)
    before, after = (
        replace(plain, memory={"hbm_bytes": 100}),
        replace(plain, memory={"hbm_bytes": 110}),
    )
    assert _check("{metric: hbm_bytes, max: 110 B}", after, before).exit_code() == WITHIN
    assert _check("{metric: hbm_bytes, max: 109 B}", after, before).exit_code() == EXCEEDED
    assert _check("{metric: hbm_bytes, max_increase: 10%}", after, before).exit_code() == WITHIN
    assert _check("{metric: hbm_bytes, max_increase: 9%}", after, before).exit_code() == EXCEEDED
    none = replace(plain, memory={})
    assert (
        _check("{metric: hbm_bytes, max_increase: 9%}", after, none).exit_code() == NOT_COMPARABLE
    )


COSTS = st.builds(Cost, *(st.integers(0, 3),) * 4)
KERNELS = st.dictionaries(st.sampled_from(["up", "down", "softmax"]), COSTS, min_size=1)


def _snapshot(kernels: dict[str, Cost]) -> Snapshot:
    return snapshot_of(
        100_000_000,
        [KernelSnapshot(("", "", k), 1, c, {"V_ADD_VV": c}) for k, c in kernels.items()],
    )


@settings(max_examples=300, deadline=None)
@given(
    now=KERNELS,
    locked=KERNELS,
    metric=st.sampled_from(
        ["total_cycles", "compute_cycles", "memory_cycles", "dynamic_instructions"]
    ),
    maximum=st.none() | st.integers(0, 12),
    increase=st.integers(0, 6) | st.integers(0, 200).map(lambda n: f"{n}%"),
    tolerance=st.integers(0, 3),
)
def test_a_check_passes_iff_no_limit_is_exceeded(
    now: dict[str, Cost],
    locked: dict[str, Cost],
    metric: str,
    maximum: int | None,
    increase: int | str,
    tolerance: int,
) -> None:
    body = f"{{metric: {metric}, max_increase: {increase}"
    body += f", max: {maximum}}}" if maximum is not None else "}"
    result = _check(body, _snapshot(now), _snapshot(locked), str(tolerance))

    field = "dynamic" if metric == "dynamic_instructions" else metric
    value, base = (getattr(total(k.values()), field) for k in (now, locked))
    if isinstance(increase, str):
        growth = Fraction(base * int(increase[:-1]), 100)
    else:
        growth = Fraction(increase)
    exceeded = value - base > max(growth, tolerance) or (maximum is not None and value > maximum)
    assert (result.exit_code() == WITHIN) == (not exceeded)
    assert bool(result.findings) == exceeded


@settings(max_examples=200, deadline=None)
@given(
    now=KERNELS, locked=KERNELS, maximum=st.integers(0, 8), pattern=st.sampled_from(["*", "*o*"])
)
def test_each_kernel_is_limited_by_itself(
    now: dict[str, Cost], locked: dict[str, Cost], maximum: int, pattern: str
) -> None:
    matched = {k: c for k, c in now.items() if pattern == "*" or "o" in k}
    if not matched:
        return
    each = _check(f"{{kernel: '{pattern}', max: {maximum}}}", _snapshot(now), _snapshot(locked))
    over = {k for k, c in matched.items() if c.total_cycles > maximum}
    assert {f.kernel for f in each.findings} == over
    joint = _check(
        f"{{kernel: '{pattern}', of: sum, max: {maximum}}}", _snapshot(now), _snapshot(locked)
    )
    assert bool(joint.findings) == (total(matched.values()).total_cycles > maximum)
