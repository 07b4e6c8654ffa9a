"""Real programs: every measured fault is predicted, and nothing on programs that ran."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from isa_analysis import load_board, parse
from isa_analysis.lint.context import build_context
from isa_analysis.lint.predict import predict

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/samples")

SIZES = {"mlen": "machine", "vlen": "machine", "blen": "machine", "prefetch_m_rows": "memory",
         "prefetch_v_rows": "memory", "writeback_rows": "memory"}  # fmt: skip


def cases() -> dict[str, list[tuple[tuple[str, ...], tuple[str, int] | None]]]:
    """Per program: settings, and the fault with its executed count."""
    out: dict[str, dict[tuple[str, ...], tuple[str, int] | None]] = {}
    for name in ("faults", "measured"):
        path = SAMPLES / f"{name}.json"
        for program, runs in json.loads(path.read_text()).items() if path.exists() else ():
            for run in runs:
                p = run["parameters"]
                sets = [f"{section}.{key}={p[key]}" for key, section in SIZES.items()]
                if p["mlen"] == 1024:  # these runs had the limit raised
                    sets.append("machine.max_loop_instructions=1000000000000")
                fault = (run["fault"], run["executed_before_fault"]) if "fault" in run else None
                out.setdefault(program, {})[tuple(sets)] = fault
    return {program: list(runs.items()) for program, runs in out.items()}


CASES = cases() if SAMPLES.is_dir() else {}


@pytest.mark.parametrize("program", CASES)
def test_faults_as_measured(program: str, tmp_path: Path) -> None:
    packed = SAMPLES / "asm" / f"{program}.asm.xz"
    path = SAMPLES / "asm" / f"{program}.asm"
    if not path.exists() and packed.exists():
        path = tmp_path / f"{program}.asm"
        path.write_bytes(lzma.decompress(packed.read_bytes()))
    if not path.exists():
        pytest.skip("the program is not there")
    parsed = parse(str(path))
    for sets, wanted in CASES[program]:
        faults = predict(build_context(parsed, load_board("emulator", sets))).faults
        told = (f"{faults[0].fault} (pc {faults[0].pc})", faults[0].executed) if faults else None
        assert told == wanted, sets
