"""Synthetic measurements from known parameters: what is determined is found again."""

import os
import random
from pathlib import Path

import pytest
from calibrate_support import PRICED, TIMES, fit_runs, measured, truth_board, write_program
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import SAMPLES, nests, text_of

from isa_analysis.assembly import parse
from isa_analysis.boards import load_board
from isa_analysis.calibrate.errors import compute_cycles, memory_cycles
from isa_analysis.calibrate.findings import Finding
from isa_analysis.calibrate.parameters import parameters_of
from isa_analysis.calibrate.run import Calibration
from isa_analysis.calibrate.terms import terms_of
from isa_analysis.profiling import profile

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "25"))
LATENCIES = st.fixed_dictionaries({key: st.integers(0, 60) for key in PRICED})
SERVICE = {
    "prefetch_base_ns": 21.5,
    "prefetch_slot_ns": 1.25,
    "row_open_ns": 17.0,
    "bank_chain_ns": 4.5,
    "store_block_ns": 13.0,
    "store_turnaround_ns": 6.75,
}


def finding(found: Calibration, name: str) -> Finding:
    return next(f for f in found.findings if f.parameter.name.endswith("." + name))


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(nests(), min_size=1, max_size=3), LATENCIES)
def test_terms_are_the_profile(
    tmp_path: Path, trees: list[tuple[object, ...]], latency: dict[str, int]
) -> None:
    board = truth_board("emulator", latency, SERVICE)
    values = {p.name: p.value for p in parameters_of(board)}
    for i, tree in enumerate(trees):
        program = parse(str(write_program(tmp_path / f"p{i}.asm", text_of(tree))))
        (terms,) = terms_of(program, [board])
        expected = profile(program, board).totals
        assert compute_cycles(terms, values) == expected.compute_cycles
        assert memory_cycles(terms, values, board) == expected.memory_cycles
        assert terms.executed == expected.dynamic


@pytest.mark.parametrize("board", ["emulator", "v80", "nexys_video"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_modelled_totals_are_the_profile_s(board: str, sample: Path) -> None:
    loaded = load_board(board)
    program = parse(str(sample))
    (terms,) = terms_of(program, [loaded])
    values = {p.name: p.value for p in parameters_of(loaded)}
    totals = profile(program, loaded).totals
    assert compute_cycles(terms, values) == totals.compute_cycles
    assert memory_cycles(terms, values, loaded) == totals.memory_cycles


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(nests(), min_size=1, max_size=4), LATENCIES, st.sampled_from(["compute", "opcodes"])
)
def test_latencies_are_recovered_exactly_where_determined(
    tmp_path: Path, trees: list[tuple[object, ...]], latency: dict[str, int], what: str
) -> None:
    truth = truth_board("emulator", latency, {})
    runs = [
        measured(
            write_program(tmp_path / f"p{i}.asm", text_of(t)),
            truth,
            what,
            "executed",
            memory="none",
        )
        for i, t in enumerate(trees)
    ]
    found = fit_runs(tmp_path / "m.json", runs)
    assert not found.outliers
    for f in found.findings:
        key = f.parameter.name.removeprefix("latency.")
        if key in PRICED and f.status == "measured":
            assert f.value == latency[key]
            assert f.error == 0
        elif f.status == "undetermined":
            assert f.value == f.parameter.value
            assert f.reason
    for combination in found.combinations:
        names = {n.removeprefix("latency."): factor for n, factor in combination.factors.items()}
        assert combination.total == pytest.approx(
            sum(factor * latency[n] for n, factor in names.items())
        )


@pytest.mark.parametrize("seed", range(5))
def test_all_parameters_from_the_sample_programs(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    latency = {key: rng.randint(0, 50) for key in PRICED}
    truth = truth_board("emulator", latency, {})
    runs = [
        measured(s, truth, "opcodes", "compute", "bytes", "executed", memory="none")
        for s in SAMPLES
        if "tvm" not in s.stem
    ]
    found = fit_runs(tmp_path / "m.json", runs)
    assert not found.outliers
    for key, value in latency.items():
        assert finding(found, key).status == "measured"
        assert finding(found, key).value == value
    assert all(entry.after == entry.measured for entry in found.compute)
    assert any(entry.before != entry.measured for entry in found.compute)


def _service_entry(program: Path, truth: object) -> dict[str, object]:
    """A run with the service time of each H_ instruction."""
    board = truth
    (terms,) = terms_of(parse(str(program)), [board])  # type: ignore[list-item]
    t = terms.transfers
    times = [getattr(board.board.memory.service, key) for key in TIMES]  # type: ignore[attr-defined]
    ns = t.design @ times
    return {
        "program": str(program),
        "hbm_instructions": [
            [pc, name, count, float(one) * count]
            for pc, name, count, one in zip(t.pc, t.mnemonic, t.times, ns.tolist(), strict=True)
        ],
    }


def _transfers(tmp_path: Path, count: int = 6) -> list[Path]:
    """Programs of transfers at many strides and addresses, loads and stores mixed."""
    out = []
    for i in range(count):
        rng = random.Random(i)
        lines = ["S_ADDI_INT gp1, gp0, 64", "C_SET_SCALE_REG gp0"]
        for _ in range(25):
            stride = rng.choice([64, 256, 1024, 4096, 8192])
            lines += [
                f"S_LUI_INT gp2, {rng.randint(0, 4000)}",
                f"S_ADDI_INT gp2, gp2, {64 * rng.randint(0, 60)}",
                f"S_LUI_INT gp3, {stride >> 12}" if stride >= 4096 else "S_LUI_INT gp3, 0",
                f"S_ADDI_INT gp3, gp3, {stride % 4096}",
                "C_SET_STRIDE_REG gp3",
                f"{rng.choice(['H_PREFETCH_V', 'H_PREFETCH_M', 'H_STORE_V'])} gp0, gp2, a0, 1, 0",
            ]
        out.append(write_program(tmp_path / f"t{i}.asm", "\n".join(lines) + "\n"))
    return out


def test_service_times_are_recovered_exactly(tmp_path: Path) -> None:
    truth = truth_board("emulator", {}, SERVICE)
    runs = [_service_entry(p, truth) for p in _transfers(tmp_path)]
    found = fit_runs(tmp_path / "m.json", runs)
    for key, value in SERVICE.items():
        assert finding(found, key).status == "measured", finding(found, key)
        assert finding(found, key).value == value
    assert not found.outliers


def test_service_times_with_outliers(tmp_path: Path) -> None:
    truth = truth_board("emulator", {}, SERVICE)
    runs = [_service_entry(p, truth) for p in _transfers(tmp_path)]
    rng = random.Random(3)
    bad = 0
    for run in runs:
        for transfer in run["hbm_instructions"]:  # type: ignore[attr-defined]
            if rng.random() < 0.08:
                transfer[3] *= rng.uniform(2, 6)
                bad += 1
    found = fit_runs(tmp_path / "m.json", runs)
    for key, value in SERVICE.items():
        assert finding(found, key).value == value
    listed = sum(int(entry.what.split()[0]) for entry in found.outliers)
    assert listed == bad


def test_service_times_with_noise(tmp_path: Path) -> None:
    truth = truth_board("emulator", {}, SERVICE)
    runs = [_service_entry(p, truth) for p in _transfers(tmp_path, 10)]
    rng = random.Random(4)
    for run in runs:
        for transfer in run["hbm_instructions"]:  # type: ignore[attr-defined]
            transfer[3] *= rng.gauss(1, 0.01)
    found = fit_runs(tmp_path / "m.json", runs)
    for key, value in SERVICE.items():
        f = finding(found, key)
        assert f.error is not None
        assert abs(f.value - value) <= max(4 * f.error, 0.02 * value), f


def test_totals_alone_determine_latencies_and_times_together(tmp_path: Path) -> None:
    rng = random.Random(11)
    latency = {key: rng.randint(1, 30) for key in PRICED}
    truth = truth_board("emulator", latency, SERVICE)
    vectors = [
        "V_ADD_VV gp0, gp0, gp0", "V_MUL_VV gp0, gp0, gp0", "V_EXP_V gp0, gp0, 0",
        "V_RECI_V gp0, gp0, 0", "V_RED_MAX f1, gp0, 0", "V_RED_SUM f1, gp0",
        "S_ADD_FP f1, f2, f3", "S_EXP_FP f2, f1", "S_SQRT_FP f3, f1, 0", "S_RECI_FP f2, f1",
        "M_MM 0, gp0, gp0", "S_ADDI_INT gp9, gp0, 3",
    ]  # fmt: skip
    runs = []
    for i, program in enumerate(_transfers(tmp_path, 40)):
        rng = random.Random(100 + i)
        extra = [rng.choice(vectors) for _ in range(rng.randint(5, 200))]
        write_program(program, program.read_text() + "\n".join(extra) + "\n")
        runs.append(measured(program, truth, "total"))
    found = fit_runs(tmp_path / "m.json", runs)
    # Totals are rounded to cycles once per transfer, so that the service times are not exact.
    for key, value in latency.items():
        assert finding(found, key).value == value, key
    for key, value in SERVICE.items():
        assert finding(found, key).value == pytest.approx(value, rel=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_charges_are_recovered_from_totals(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    charge = {k: rng.randint(1, 900) for k in ("prefetch_v", "prefetch_m", "store_v")}
    truth = load_board(
        "nexys_video", [f"memory.{key}_cycles={value}" for key, value in charge.items()]
    )
    runs = [measured(p, truth, "total", "compute") for p in _transfers(tmp_path)]
    found = fit_runs(tmp_path / "m.json", runs, "nexys_video")
    for key, value in charge.items():
        assert finding(found, f"{key}_cycles").value == value
        assert finding(found, f"{key}_cycles").error == 0


def test_noisy_cycle_counts_with_outliers(tmp_path: Path) -> None:
    rng = random.Random(2)
    latency = {key: rng.randint(1, 20) for key in PRICED}
    truth = truth_board("emulator", latency, {})
    runs = []
    for copy in range(4):
        for s in SAMPLES:
            if "tvm" in s.stem:
                continue
            path = write_program(tmp_path / f"{s.stem}{copy}.asm", s.read_text())
            runs.append(measured(path, truth, "opcodes", memory="none"))
    bad = 0
    for run in runs:
        for opcode in run["opcodes"].values():
            # Noise of a percent; one in twenty is altogether wrong.
            factor = rng.gauss(1, 0.01)
            if rng.random() < 0.05:
                factor, bad = rng.uniform(3, 9), bad + 1
            opcode["cycles"] = opcode["cycles"] * factor
    found = fit_runs(tmp_path / "m.json", runs)
    for key, value in latency.items():
        assert finding(found, key).value == value, finding(found, key)
    assert len(found.outliers) >= bad / 2


def test_an_opcode_that_never_ran_is_named(tmp_path: Path) -> None:
    program = write_program(tmp_path / "p.asm", "V_ADD_VV gp0, gp0, gp0\n")
    found = fit_runs(tmp_path / "m.json", [{"program": str(program), "compute_cycles": 9}])
    assert finding(found, "vector_add_cycles").value == 9
    exp = finding(found, "vector_exp_cycles")
    assert (exp.status, exp.value) == ("undetermined", 1)
    assert exp.reason == "never executed: V_EXP_V"
    assert "no instruction is priced by it" in finding(found, "vector_shift_cycles").reason


def test_two_opcodes_always_together_are_named_with_their_sum(tmp_path: Path) -> None:
    body = "V_EXP_V gp0, gp0, 0\nV_RECI_V gp0, gp0, 0\n"
    runs = []
    for n in (2, 5):
        path = write_program(tmp_path / f"p{n}.asm", body * n + "V_ADD_VV gp0, gp0, gp0\n")
        runs.append({"program": str(path), "compute_cycles": n * 13 + 3})
    found = fit_runs(tmp_path / "m.json", runs)
    assert finding(found, "vector_add_cycles").value == 3
    exp = finding(found, "vector_exp_cycles")
    assert (exp.status, exp.value, exp.reason) == (
        "undetermined", 1, "only together with vector_reci_cycles",
    )  # fmt: skip
    (combination,) = found.combinations
    assert combination.total == 13
    assert set(combination.factors.values()) == {1}


def test_measured_but_not_of_that_opcode(tmp_path: Path) -> None:
    path = write_program(tmp_path / "p.asm", "V_ADD_VV gp0, gp0, gp0\nV_EXP_V gp0, gp0, 0\n")
    entry = {"program": str(path), "opcodes": {"V_ADD_VV": {"cycles": 4}}}
    found = fit_runs(tmp_path / "m.json", [entry])
    assert finding(found, "vector_add_cycles").value == 4
    assert finding(found, "vector_exp_cycles").reason.startswith("V_EXP_V executed, but nothing")


def test_another_arithmetic_library_gives_no_latencies(tmp_path: Path) -> None:
    path = write_program(tmp_path / "p.asm", "V_ADD_VV gp0, gp0, gp0\n")
    runs = [
        {"program": str(path), "compute_cycles": 1, "parameters": {"dc_lib_en": True}},
        {"program": str(path), "compute_cycles": 2, "parameters": {"dc_lib_en": False}},
    ]
    assert finding(fit_runs(tmp_path / "m.json", runs), "vector_add_cycles").value == 1
    found = fit_runs(tmp_path / "m.json", runs, "emulator_nodc")
    assert finding(found, "vector_add_cycles").value == 2
    assert [entry.what for entry in found.left_out] == ["latencies"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"executed": 4}, "executed another number"),
        ({"static": 4}, "different number of instructions"),
        ({"opcodes": {"V_ADD_VV": {"count": 3, "cycles": 3}}}, "V_ADD_VV was executed"),
        ({"opcodes": {"V_EXP_V": {"cycles": 3}}}, "never executes V_EXP_V"),
        ({"compute_cycles": 9, "total_cycles": 8}, "more than its total"),
    ],
)
def test_a_run_of_another_program_is_left_out(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    good = write_program(tmp_path / "good.asm", "V_MUL_VV gp0, gp0, gp0\n")
    path = write_program(tmp_path / "p.asm", "V_ADD_VV gp0, gp0, gp0\n")
    runs = [{"program": str(good), "compute_cycles": 7}, {"program": str(path), **change}]
    found = fit_runs(tmp_path / "m.json", runs)
    assert [(e.code, e.what) for e in found.left_out] == [("W641", "run")]
    assert reason in found.left_out[0].reason
    assert finding(found, "vector_add_cycles").status == "undetermined"
    assert finding(found, "vector_mul_cycles").value == 7


def test_wrong_bytes_and_sums_leave_the_memory_out(tmp_path: Path) -> None:
    truth = truth_board("emulator", {}, SERVICE)
    paths = _transfers(tmp_path, 3)
    runs = [measured(p, truth, "total", "compute", "bytes") for p in paths]
    runs[0]["hbm_read_bytes"] += 64
    runs[1] |= _service_entry(paths[1], truth)
    runs[1]["total_cycles"] += 500
    runs[2] |= _service_entry(paths[2], truth)
    runs[2]["hbm_instructions"][0][2] += 1
    runs.append({**measured(paths[0], truth, "total"), "memory": False, "set": ["machine.blen=8"]})
    found = fit_runs(tmp_path / "m.json", runs)
    assert [(e.code, e.what) for e in found.left_out] == [("W642", "memory")] * 4
    assert finding(found, "store_block_ns").status == "undetermined"


def test_one_family_leaves_nothing_to_hold_out(tmp_path: Path) -> None:
    path = write_program(tmp_path / "p.asm", "V_ADD_VV gp0, gp0, gp0\n")
    found = fit_runs(tmp_path / "m.json", [{"program": str(path), "compute_cycles": 2}])
    assert [f.values_without for f in found.families] == [None]
    assert found.compute[0].held_out is None


def test_a_held_out_family_is_predicted_without_it(tmp_path: Path) -> None:
    add = write_program(tmp_path / "add.asm", "V_ADD_VV gp0, gp0, gp0\n")
    mul = write_program(tmp_path / "mul.asm", "V_MUL_VV gp0, gp0, gp0\n")
    runs = [{"program": str(p), "compute_cycles": 9} for p in (add, mul)]
    found = fit_runs(tmp_path / "m.json", runs)
    # Without its own family nothing is known of either: the board's 1 cycle stays.
    assert [(c.after, c.held_out) for c in found.compute] == [(9, 1), (9, 1)]
