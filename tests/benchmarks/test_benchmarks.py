"""The naive baseline adds up correctly, and the speed comparison reports what it measured."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_baseline_multiplies_nested_trips(tmp_path: Path) -> None:
    path = tmp_path / "a.asm"
    path.write_text(
        "; S_ADDI_INT in a comment\n"
        "C_LOOP_START gp1, 3\n"
        "C_LOOP_START gp2, 5 ; inner, 7\n"
        "M_MM 0, gp0, gp3\n"
        "C_LOOP_END gp2\n"
        "C_LOOP_END gp1\n"
    )
    lines, counts, cycles = load("baseline").profile(str(path))
    assert lines == 5
    assert counts == {"C_LOOP_START": 1 + 3, "M_MM": 15, "C_LOOP_END": 15 + 3}
    assert cycles == 4 + 15 * 64 + 18


def test_baseline_prints_the_total(tmp_path: Path) -> None:
    path = tmp_path / "a.asm"
    path.write_text("S_ADDI_INT gp1, gp0, 1\nV_RED_SUM f1, gp0\n")
    command = [sys.executable, str(FOLDER / "baseline.py"), str(path)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert output.splitlines()[-1].split() == ["total", "cycles", "9"]


def test_measure_sees_time_and_memory() -> None:
    speed = load("profile_speed")
    run = speed.measure(
        [sys.executable, "-c", "import time; b = b'x' * 80_000_000; time.sleep(0.2)"]
    )
    assert run.wall >= 0.2
    assert 0 < run.cpu < run.wall
    assert run.rss > 80_000_000


def test_measure_reports_a_failing_process() -> None:
    with pytest.raises(RuntimeError, match="gave 3"):
        load("profile_speed").measure([sys.executable, "-c", "raise SystemExit(3)"])


def test_median_takes_each_figure_on_its_own() -> None:
    speed = load("profile_speed")
    runs = [speed.Run(1.0, 9.0, 5), speed.Run(2.0, 8.0, 7), speed.Run(3.0, 1.0, 6)]
    assert speed.median(runs) == speed.Run(2.0, 8.0, 6)


def test_table_prints_ratios() -> None:
    speed = load("profile_speed")
    text = speed.table("x.asm", 2_000_000, speed.Run(1.0, 0.5, 50), speed.Run(4.0, 1.0, 100))
    assert text.splitlines()[0] == "x.asm  (2.0 MB)"
    assert text.splitlines()[-1].split() == ["ratio", "0.25", "0.50", "0.50"]


def test_generated_inputs_come_from_the_generator(tmp_path: Path) -> None:
    (path,) = load("profile_speed").generate(tmp_path, ["small"])
    code = [line for line in path.read_text().splitlines() if not line.startswith(";")]
    assert len(code) == 100
