"""What limits a program, in text and JSON: one answer, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isa_analysis.cli.app import main

#: A prefetch of 100 cycles issues in cycle 1; the first product starts at 101, the second at 165.
TEXT = (
    "S_ADDI_INT gp2, gp0, 8192\nH_PREFETCH_M gp1, gp3, a1, 0, 0\nM_MM 0, gp1, gp2\n"
    "M_MM 0, gp1, gp2\n"
)
CHARGES = (
    "--board", "emulator", "--memory", "charge", "--set", "memory.prefetch_m_cycles=100",
    "--set", "memory.prefetch_v_cycles=30", "--set", "memory.store_v_cycles=50", "-q",
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "a.asm"
    path.write_text(TEXT)
    return str(path)


def document(capsys: pytest.CaptureFixture[str], file: str, *words: str) -> dict[str, object]:
    assert main([file, *CHARGES, "--format", "json", *words]) == 0
    found = json.loads(capsys.readouterr().out)
    return found["schedules"][0] if "schedules" in found else {}  # type: ignore[no-any-return]


def test_json_has_the_schedule(capsys: pytest.CaptureFixture[str], file: str) -> None:
    found = document(capsys, file, "--timing", "in-order")
    assert {k: v for k, v in found.items() if isinstance(v, int)} == {
        "makespan": 229, "serial_cycles": 229, "least_cycles": 128, "err_cycles": 0,
        "rounded_cycles": 0, "issue_cycles": 4,
    }  # fmt: skip
    assert found["timing"] == "in-order"
    assert {s["kind"]: s["cycles"] for s in found["stalls"] if s["cycles"]} == {  # type: ignore[attr-defined]
        "dma-wait": 99, "RAW": 63, "drain": 63,
    }  # fmt: skip
    engines = {e["engine"]: e for e in found["engines"]}  # type: ignore[attr-defined]
    assert engines["matrix"] == {
        "engine": "matrix", "instructions": 2, "busy_cycles": 128, "idle_cycles": 101,
        "issue_wait_cycles": 162,
    }  # fmt: skip
    (bound,) = found["bounds"]  # type: ignore[misc]
    assert (bound["cycles"], bound["bound_by"]) == (229, "matrix")
    assert bound["busy"] == {
        "control": 0, "scalar": 1, "vector": 0, "matrix": 128, "hbm_read": 100, "hbm_write": 0,
    }  # fmt: skip
    assert "bottleneck" not in found


@pytest.mark.parametrize("timing", ["in-order", "serial"])
def test_json_has_what_changes_would_bring(
    capsys: pytest.CaptureFixture[str], file: str, timing: str
) -> None:
    """Nothing overlaps here, so both models agree on everything but who waits."""
    found = document(capsys, file, "--timing", timing, "--bottleneck")["bottleneck"]
    assert found["bound_by"] == "matrix"  # type: ignore[index]
    assert found["floor_cycles"] == 229  # type: ignore[index]
    assert sum(b["cycles"] for b in found["blame"]) == 229  # type: ignore[index]
    assert {
        w["change"]: (w["low_cycles"], w["high_cycles"])
        for w in found["what_ifs"]  # type: ignore[index]
    } == {
        "infinitely fast scalar": (228, 228),
        "infinitely fast matrix": (101, 101),
        "infinitely fast hbm_read": (129, 129),
        "perfect prefetch": (129, 129),
        "double buffering": (129, 229),
    }


def test_serial_alone_has_no_schedule(capsys: pytest.CaptureFixture[str], file: str) -> None:
    assert document(capsys, file) == {}


@pytest.mark.parametrize("timing", ["in-order", "serial", "overlap", "async-slots", "rtl-v1"])
def test_text_says_what_bounds_and_what_would_help(
    capsys: pytest.CaptureFixture[str], file: str, timing: str
) -> None:
    assert main([file, *CHARGES, "--timing", timing, "--bottleneck"]) == 0
    text = capsys.readouterr().out
    assert f"timing {timing}, memory charge" in text
    for title in ("Engines (cycles)", "Stalls (cycles)", "Bounds of kernels", "What if (cycles)"):
        assert text.count(title) == 1
    rows = [line.split() for line in text.splitlines()]
    if timing in ("in-order", "serial"):
        assert ["double", "buffering", "129", "229", "-", "100", "43.7", "%"] in rows
        assert ["infinitely", "fast", "matrix", "101", "-", "128", "128", "55.9", "%"] in rows
        assert "Longest dependency path (unlimited engines): 229 cycles, 100.0 %" in text


def test_a_table_of_kernels_has_no_place_for_it(
    capsys: pytest.CaptureFixture[str], file: str
) -> None:
    assert main([file, *CHARGES, "--bottleneck", "--format", "csv"]) == 2
    assert "--bottleneck" in capsys.readouterr().err


def test_legacy_is_refused(capsys: pytest.CaptureFixture[str], file: str) -> None:
    assert main([file, *CHARGES, "--timing", "legacy", "--bottleneck"]) == 2
    assert "E500" in capsys.readouterr().err
