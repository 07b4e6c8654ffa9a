"""Profiles under models that overlap: shares of the makespan, in every table."""

from __future__ import annotations

import pytest
from support import ROOT, SAMPLES, profile_of, program_of

from isa_analysis.boards import load_board
from isa_analysis.profiling import ModelOptions, Profile, profile, total
from isa_analysis.timing.model import SCHEDULED, TIMING_MODELS

KNOWN = (
    "S_ADDI_INT gp4, gp0, 4096\n" * 8
    + "H_PREFETCH_V gp4, gp5, a1, 0, 0\n"
    + ("M_MV 0, gp6, gp7\n" * 100)
)


@pytest.mark.parametrize(
    ("timing", "cycles"), [("serial", 6440), ("overlap", 6408), ("in-order", 6409)]
)
def test_known_answers(timing: str, cycles: int) -> None:
    """8 scalar operations, a prefetch of 32 cycles, 100 M_MV of 64 at MLEN 64 (published)."""
    p = profile_of(
        KNOWN, sets=("memory.timing=charge", "memory.prefetch_v_cycles=32"), timing=timing,
        memory="charge",
    )  # fmt: skip
    assert p.totals.total_cycles == cycles
    assert p.model.timing == timing


def test_every_model_is_described() -> None:
    assert set(SCHEDULED) < set(TIMING_MODELS)
    for name, info in TIMING_MODELS.items():
        assert info.name == name
        assert info.summary and info.leaves_out and info.source


@pytest.mark.parametrize("timing", SCHEDULED)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_sum_to_the_makespan(path: object, timing: str) -> None:
    board = load_board("emulator")
    program = program_of(path.read_bytes())  # type: ignore[attr-defined]
    p = profile(program, board, ModelOptions(timing))  # type: ignore[arg-type]
    serial = profile(program, board)
    s = p.schedule
    assert s is not None
    assert p.totals.total_cycles == s.makespan == total(c.cost for c in p.cells).total_cycles
    assert (p.totals.static, p.totals.dynamic) == (serial.totals.static, serial.totals.dynamic)
    assert s.dynamic == p.totals.dynamic
    assert [c.cost.dynamic for c in p.cells] == [c.cost.dynamic for c in serial.cells]
    assert all((c.cost.memory_cycles == 0) or c.mnemonic.startswith("H_") for c in p.cells)
    if timing != "rtl-v1":
        assert s.serial + s.duration_error == serial.totals.total_cycles
        assert s.least <= s.makespan <= serial.totals.total_cycles
    outer = [loop for loop in p.loops if loop.depth == 1]
    assert sum(loop.cycles for loop in outer) <= s.makespan
    assert _words(p)


def _words(p: Profile) -> bool:
    """The caveats say how cycles are shared, and nothing about transfers that do overlap."""
    text = "\n".join(p.model.caveats)
    assert "overlap of transfers with compute" not in text
    return "moves the latest finish" in text and f"timing {p.model.timing} leaves out" in text


def test_serial_has_no_schedule() -> None:
    assert profile_of("M_MM 0, gp1, gp2\n").schedule is None


def test_whole_durations_are_said() -> None:
    program = program_of((ROOT / "sample_asm" / "decoder.asm").read_bytes())
    p = profile(program, load_board("emulator"), ModelOptions("in-order"))
    assert p.schedule is not None
    said = any("whole number of cycles" in c for c in p.model.caveats)
    assert said == (p.schedule.duration_error > 0)


def test_a_bound_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from isa_analysis.schedule import walker

    monkeypatch.setattr(walker, "ITERATIONS", 1)
    text = "H_PREFETCH_M gp1, gp2, a1, 0, 0\nC_LOOP_START gp10, 60\n" + (
        "V_EXP_V gp3, gp4, 0\nC_LOOP_END gp10\n"
    )
    p = profile_of(text, sets=("memory.prefetch_m_cycles=900",), timing="in-order",
                   memory="charge")  # fmt: skip
    assert any(c.startswith("UPPER BOUND") for c in p.model.caveats)
