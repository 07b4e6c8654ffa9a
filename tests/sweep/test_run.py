"""Sweeps against single profiles; what is shared; what fails; what no engine changes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from support import ROOT

import isa_analysis.sweep.price as price
from isa_analysis.assembly import Program, parse, parse_text
from isa_analysis.boards import load_board
from isa_analysis.diagnostics import InputError
from isa_analysis.manifest import Manifest, Region
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.residency import evaluate, trace
from isa_analysis.sweep import Axis, Grid, Sweep, SweepOptions, grid_points, run_sweep
from isa_analysis.sweep.engines import run_here

DECODER = str(ROOT / "sample_asm" / "decoder.asm")
DECODE = str(ROOT / "sample_asm" / "decode_step.asm")
GRID = Grid(
    (DECODER, DECODE),
    ("v80", "nexys_video"),
    (Axis("mlen", ("64", "128")), Axis("clock_mhz", ("100", "200"))),
)


def sweep(grid: Grid, **options: object) -> Sweep:
    return run_sweep(grid, parse, SweepOptions(jobs=1, **options))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> Sweep:
    return sweep(GRID)


def test_every_point_is_its_profile(made: Sweep) -> None:
    programs = {file: parse(file) for file in GRID.files}
    for row in made.rows:
        board = load_board(row.point.board, row.point.overrides)
        alone = profile(programs[row.point.file], board, ModelOptions())
        outcome = row.outcome
        assert (outcome.compute_cycles, outcome.memory_cycles, outcome.dynamic) == (
            alone.totals.compute_cycles, alone.totals.memory_cycles, alone.totals.dynamic,
        )  # fmt: skip
        assert row.seconds == alone.seconds(alone.totals.total_cycles)
        assert row.machine is not None and row.machine.clock_hz == board.clock_hz
        assert set(outcome.caveats) == set(alone.model.caveats)


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_jobs_changes_nothing(made: Sweep, jobs: int) -> None:
    assert run_sweep(GRID, parse, SweepOptions(jobs=jobs)) == made


def test_files_are_read_once_and_prices_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    priced: list[str] = []
    real = price.profile

    def counting(program: Program, *rest: object) -> object:
        priced.append(program.name)
        return real(program, *rest)  # type: ignore[arg-type]

    def reading(path: str) -> Program:
        read.append(path)
        return parse(path)

    monkeypatch.setattr(price, "profile", counting)
    grid = Grid(
        (DECODER, DECODE),
        ("nexys_video",),
        (Axis("mlen", ("64", "128")), Axis("clock_mhz", ("50", "100", "200")),
         Axis("memory.bandwidth_bytes_per_s", ("4e9", "5e9"))),
        capacities=(1 << 20, 1 << 29),
    )  # fmt: skip
    made = run_sweep(grid, reading, SweepOptions(jobs=1))
    assert len(made.rows) == 2 * 2 * 3 * 2 * 2
    assert read == [DECODER, DECODE]
    assert sorted(priced) == sorted([DECODER, DECODER, DECODE, DECODE])  # one per file and MLEN


def test_times_in_ns_are_not_shared_between_clocks(made: Sweep) -> None:
    cycles = {
        row.machine.clock_hz: row.outcome.memory_cycles
        for row in made.rows
        if row.machine and row.point.file == DECODER and row.machine.name == "v80"
        and row.machine.mlen == 64
    }  # fmt: skip
    assert cycles[200_000_000] > cycles[100_000_000]  # the same ns are more cycles


def test_points_that_do_not_run_stay_with_the_reason(made: Sweep) -> None:
    wrong = [r for r in made.rows if r.machine and r.machine.mlen == 128]
    assert {r.outcome.status for r in wrong} == {"faults"}
    assert all(r.outcome.code.startswith("L0") and "line " in r.outcome.reason for r in wrong)
    assert all(r.outcome.compute_cycles for r in wrong)
    assert not any(r.pareto for r in wrong)
    unchecked = sweep(GRID, check=False)
    assert unchecked.count("ok") == len(unchecked.rows)


def test_a_board_that_lacks_what_the_model_needs(made: Sweep) -> None:
    table = sweep(Grid((DECODER,), ("v80", "nexys_video"), memories=("board", "service")))
    status = {(r.point.board, r.point.memory): r.outcome for r in table.rows}
    assert status["v80", "service"].status == "ok"
    lacking = status["nexys_video", "service"]
    assert (lacking.status, lacking.code) == ("failed", "E109")
    assert "nexys_video" in lacking.reason and lacking.total_cycles is None


def test_an_override_that_one_board_cannot_take() -> None:
    axis = Axis("memory.service.prefetch_base_ns", ("100", "200"))
    table = sweep(Grid((DECODER,), ("v80", "nexys_video"), (axis,)))
    assert [r.outcome.status for r in table.rows] == ["ok", "ok", "failed", "failed"]
    assert table.rows[2].machine is None and table.rows[2].outcome.code == "E102"


def test_an_override_that_no_board_can_take_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        sweep(Grid((DECODER,), ("v80",), (Axis("mlen", ("0", "many")),)))
    assert {d.code for d in caught.value.diagnostics} == {"E103", "E104"}


def test_all_unreadable_files_are_named() -> None:
    with pytest.raises(InputError) as caught:
        sweep(Grid(("no.asm", DECODER, "none.asm"), ("v80",)))
    assert [d.path for d in caught.value.diagnostics] == ["no.asm", "none.asm"]


def test_an_incomplete_program_stays_so() -> None:
    program = parse_text("C_LOOP_START gp1, 3\nV_ADD_VV gp0, gp0, gp0\nC_BREAK\nC_LOOP_END gp1\n")
    table = run_sweep(Grid(("t",), ("v80",)), lambda _: program, SweepOptions(jobs=1))
    assert not table.rows[0].outcome.complete
    assert any("UPPER BOUND" in note for note in table.notes)


MANIFEST = Manifest(
    (Region(0, 0, 64 << 10, "weight", "W_0"), Region(0, 64 << 10, 64 << 10, "kv", "K_stored_0"),
     Region(0, 128 << 10, 256 << 10, "activation", "X")),
    sha256="m",
)  # fmt: skip


def test_the_memory_system_is_that_of_its_own_evaluation() -> None:
    capacities = (1 << 16, 1 << 17, 1 << 30)
    hosts = (Fraction(38_000_000), Fraction(1_500_000_000))
    grid = Grid(
        (DECODER,), ("nexys_video",), (Axis("clock_mhz", ("100", "200")),),
        capacities=capacities, host_bandwidths=hosts, memory_models=("auto", "layer-swap"),
    )  # fmt: skip
    table = run_sweep(grid, parse, SweepOptions(jobs=1), {DECODER: MANIFEST})
    regimes = set()
    for row in table.rows:
        board = load_board("nexys_video", row.point.overrides)
        alone = profile(parse(DECODER), board, ModelOptions(traffic=True))
        run = evaluate(
            trace(alone, MANIFEST), model=row.point.memory_model,  # type: ignore[arg-type]
            capacity=row.point.capacity, host_bandwidth=row.point.host_bandwidth,
        )  # fmt: skip
        system = row.outcome.system
        assert system is not None
        assert row.seconds == float(run.total_ns / 10**9)
        assert (system.regime, system.swaps, system.swapped_bytes, system.streamed_bytes) == (
            run.model, run.swaps, run.swapped_bytes, run.streamed_bytes,
        )  # fmt: skip
        assert row.outcome.warnings == tuple((d.code, d.message) for d in run.diagnostics)
        regimes.add(system.regime)
    assert regimes == {"kv-swap", "resident", "layer-swap"}


def test_a_missing_host_link_fails_its_points_only(tmp_path: Path) -> None:
    text = Path(ROOT / "board_configs" / "nexys_a7.yaml").read_text(encoding="utf-8")
    start, end = text.index("host_link:"), text.index("precision:")
    board = tmp_path / "linkless.yaml"
    board.write_text(text[:start] + text[end:], encoding="utf-8")
    grid = Grid((DECODER,), (str(board), "nexys_a7"), memory_models=("auto",))
    table = run_sweep(grid, parse, SweepOptions(jobs=1), {DECODER: MANIFEST})
    assert [(r.outcome.status, r.outcome.code) for r in table.rows] == [("failed", "E702"),
                                                                        ("ok", "")]  # fmt: skip


# -- the Pareto set --------------------------------------------------------------------------------


def test_objectives_that_differ_are_chosen(made: Sweep) -> None:
    assert made.objectives == ("time", "power")  # boards differ in power
    same = sweep(Grid((DECODER,), ("nexys_video",), (Axis("clock_mhz", ("100", "200")),)))
    assert same.objectives == ("time",)
    assert [r.pareto for r in same.rows] == [False, True]
    blen = sweep(Grid((DECODER,), ("emulator",), (Axis("blen", ("4", "8")),)))
    assert blen.objectives == ("time", "array") or blen.count("ok") < 2
    capacity = sweep(Grid((DECODER,), ("v80",), capacities=(1 << 20, 1 << 30)))
    assert capacity.objectives == ("time", "capacity")
    assert [r.pareto for r in capacity.rows] == [True, False]


def test_each_file_has_its_own_set(made: Sweep) -> None:
    for file in GRID.files:
        rows = [r for r in made.rows if r.point.file == file and r.outcome.status == "ok"]
        fastest = min(rows, key=lambda r: r.seconds or 0)
        assert fastest.pareto
        assert {r.machine.name for r in rows if r.pareto and r.machine} == {"v80", "nexys_video"}


def test_models_are_not_alternatives() -> None:
    table = sweep(Grid((DECODER,), ("v80",), memories=("board", "none")))
    assert [r.pareto for r in table.rows] == [True, True]


def test_unknown_power_is_in_no_set() -> None:
    table = sweep(Grid((DECODER,), ("v80", "emulator")), objectives=("power", "time"))
    assert [r.pareto for r in table.rows] == [True, False]
    assert table.rows[1].energy_j is None
    assert table.rows[0].energy_j == pytest.approx(190 * 0.001555470)


def test_an_unknown_objective_is_an_error() -> None:
    with pytest.raises(InputError, match="E740"):
        sweep(GRID, objectives=("speed",))


# -- resuming --------------------------------------------------------------------------------------


def test_what_is_done_is_not_done_again(
    made: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = str(tmp_path / "state.json")
    half = replace(GRID, boards=("v80",))
    sweep(half, state=state)
    priced: list[str] = []
    real = price.profile
    monkeypatch.setattr(
        price, "profile", lambda p, board, *rest: priced.append(board.board.name) or
        real(p, board, *rest),
    )  # fmt: skip
    again = sweep(GRID, state=state)
    assert again == made and again.resumed == half.size
    assert set(priced) == {"nexys_video"}
    priced.clear()
    assert sweep(GRID, state=state) == made
    assert not priced


def test_another_program_of_the_same_name_is_priced_anew(tmp_path: Path) -> None:
    state, file = str(tmp_path / "state"), tmp_path / "p.asm"
    grid = Grid((str(file),), ("v80",))
    file.write_text("V_ADD_VV gp0, gp0, gp0\n", encoding="utf-8")
    first = sweep(grid, state=state)
    file.write_text("V_ADD_VV gp0, gp0, gp0\n" * 5, encoding="utf-8")
    second = sweep(grid, state=state)
    assert second.resumed == 0
    assert second.rows[0].outcome.dynamic == 5 * (first.rows[0].outcome.dynamic or 0)


def test_what_was_finished_before_a_failure_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = str(tmp_path / "state")

    def interrupted(tasks: list, *rest: object) -> object:  # type: ignore[type-arg]
        yield next(iter(run_here(tasks, *rest)))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("isa_analysis.sweep.run.engines.run_here", interrupted)
        with pytest.raises(KeyboardInterrupt):
            sweep(GRID, state=state)
    again = sweep(GRID, state=state)
    assert 0 < again.resumed < GRID.size


def test_grid_points_are_the_rows(made: Sweep) -> None:
    assert tuple(row.point for row in made.rows) == grid_points(GRID)


def test_the_notes_say_what_is_left_out() -> None:
    table = sweep(Grid((DECODER,), ("v80", "emulator")))
    assert "power is no objective: no power figure of emulator" in table.notes
    assert not any("power is no objective" in note for note in sweep(GRID).notes)
    idle = sweep(Grid((DECODER,), ("v80",), capacities=(1 << 20, 1 << 30)))
    assert any("without --manifest" in note for note in idle.notes)
    grid = Grid((DECODER,), ("nexys_video",), capacities=(1000,), memory_models=("layer-swap",))
    warned = run_sweep(grid, parse, SweepOptions(jobs=1), {DECODER: MANIFEST})
    codes = [code for code, _ in warned.rows[0].outcome.warnings]
    assert codes and any(note.startswith(f"{codes[0]} at ") for note in warned.notes)
