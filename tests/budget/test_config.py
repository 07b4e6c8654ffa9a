"""Every way in which a budget file can be wrong has its code and place."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from budget_project import CONFIG, budget_of

from isa_analysis.budget.config import find_config, load_config, parse_config
from isa_analysis.config import read_toml
from isa_analysis.diagnostics import InputError

HEAD = "version: 1\nboard: v80\nprograms:\n  p: {files: a.asm}\nlimits:\n  l:\n"


def test_a_full_budget() -> None:
    budget = budget_of(
        """\
version: 1
board: v80
timing: serial
programs:
  decoder:
    files: [decoder*.asm, "**/layer?.asm"]
    exclude: old/*
    board: boards/mine.yaml
    set: [machine.mlen=128, clock_mhz=200]
    memory: none
    isa: plena
    kernel_rules: rules.yaml
    limits:
      latency: {max: 3 ms, severity: warn, message: tile it}
  prefill:
    files: prefill.asm
limits:
  latency: {max: 5 ms}
  softmax: {metric: compute_cycles, kernel: "*softmax*", of: sum, max_increase: 2%}
"""
    )
    decoder, prefill = budget.entries
    assert decoder.files == ("decoder*.asm", "**/layer?.asm")
    assert decoder.exclude == ("old/*",)
    assert decoder.overrides == ("machine.mlen=128", "clock_mhz=200")
    assert (decoder.board, decoder.memory, decoder.isa) == ("boards/mine.yaml", "none", "plena")
    assert decoder.kernel_rules == "rules.yaml"
    assert (prefill.board, prefill.timing, prefill.memory) == ("v80", "serial", "board")
    latency, softmax = decoder.limits
    assert latency.max is not None and latency.max.amount == Fraction(3, 1000)
    assert (latency.metric.name, latency.severity, latency.message) == ("time", "warn", "tile it")
    assert (softmax.kernel, softmax.each, softmax.metric.name) == (
        "*softmax*", False, "compute_cycles",
    )  # fmt: skip
    assert softmax.allowed_increase(Fraction(250)) == 5
    own = prefill.limits[0].max
    assert own is not None and own.amount == Fraction(5, 1000)


@pytest.mark.parametrize(
    ("body", "metric"),
    [
        ("max: 5", "total_cycles"),
        ("max: 5 cycles", "total_cycles"),
        ("max: 5 instructions", "dynamic_instructions"),
        ("max: 5 ms", "time"),
        ("max_increase: 2%", "total_cycles"),
        ("max_increase: 2%\n    max: 3 ms", "time"),
    ],
)
def test_the_unit_tells_the_metric(body: str, metric: str) -> None:
    (limit,) = budget_of(HEAD + f"    {body}\n").entries[0].limits
    assert limit.metric.name == metric


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "says"),
    [
        ("version: 1\nprograms: [", "E100", 3, 1, "not valid YAML"),
        ("- a\n", "E103", 1, 1, "expected a mapping"),
        (CONFIG.replace("version: 1\n", ""), "E102", 1, 1, "'version'"),
        (CONFIG.replace("version: 1", "version: 2"), "E104", 1, 10, "version"),
        (CONFIG.replace("board: nexys_a7\n", ""), "E102", 3, 3, "has no board"),
        (CONFIG.replace("limits:", "limit:"), "E101", 6, 1, "'limit'"),
        (CONFIG.replace('\n  all:\n    files: "*.asm"', " {}"), "E104", 3, 11, "at least 1"),
        (CONFIG.replace('    files: "*.asm"', "    file: a"), "E102", 4, 3, "'files'"),
        (CONFIG.replace('"*.asm"', "[]"), "E104", 5, 12, "at least one file"),
        (CONFIG.replace('"*.asm"', "[3]"), "E103", 5, 13, "text"),
        (CONFIG.replace("board: nexys_a7", "timing: fast"), "E104", 2, 9, "'serial'"),
        (CONFIG.replace("board: nexys_a7", "memory: all"), "E104", 2, 9, "'charge'"),
        (CONFIG.replace("board: nexys_a7", "isa: x86"), "E104", 2, 6, "'plena'"),
        (CONFIG + "  no growth: {max: 3}\n", "E105", 10, 3, ""),
        (HEAD + "    metric: cycles\n    max: 3\n", "E104", 7, 13, "total_cycles"),
        (HEAD + "    max: 3 lightyears\n", "E104", 7, 10, "unknown unit"),
        (HEAD + "    max: -3\n", "E104", 7, 10, "negative"),
        (HEAD + "    max: true\n", "E103", 7, 10, "number"),
        (HEAD + "    max_increase: quickly\n", "E104", 7, 19, "no quantity"),
        (HEAD + "    message: hello\n", "E403", 6, 3, "neither max nor max_increase"),
        (HEAD + "    max: 2%\n", "E403", 7, 10, "percentage"),
        (HEAD + "    metric: time\n    max: 3\n", "E403", 8, 10, "needs a unit"),
        (HEAD + "    metric: time\n    max: 3 cycles\n", "E403", 8, 10, "in cycles, but time"),
        (HEAD + "    max: 3 cycles\n    max_increase: 1 ms\n", "E403", 8, 19, "in seconds"),
        (HEAD + "    max: 3 MiB\n", "E403", 6, 3, "which metric is meant"),
        (HEAD + "    metric: hbm_bytes\n    kernel: a\n    max: 3\n", "E403", 8, 13, "whole"),
        (HEAD + "    metric: hbm_bytes\n    category: vector\n    max: 1\n", "E403", 8, 15, "whol"),
        (HEAD + "    of: sum\n    max: 3\n", "E403", 7, 9, "kernel pattern"),
        (HEAD + "    of: all\n    max: 3\n    kernel: x\n", "E104", 7, 9, "'each'"),
        (HEAD + "    category: tensor\n    max: 3\n", "E104", 7, 15, "'matrix'"),
        (HEAD + "    severity: warning\n    max: 3\n", "E104", 7, 15, "'warn'"),
        ("version: 1\nboard: v80\nprograms:\n  p: {files: a.asm}\n", "E403", 4, 3, "no limit"),
    ],
)  # fmt: skip
def test_errors_are_located(text: str, code: str, line: int, column: int, says: str) -> None:
    with pytest.raises(InputError) as caught:
        budget_of(text)
    found = [(d.code, d.line, d.column, d.message) for d in caught.value.diagnostics]
    assert any(f[:3] == (code, line, column) and says in f[3] for f in found), found


def test_all_errors_at_once() -> None:
    with pytest.raises(InputError) as caught:
        budget_of(HEAD + "    max: 2%\n  m: {max: 1 furlong}\n  n: {}\n")
    assert [d.line for d in caught.value.diagnostics] == [7, 8, 9]


PYPROJECT = """\
[project]
name = "x"

[tool.isa-analysis.budget]
version = 1
board = "v80"

[tool.isa-analysis.budget.programs.p]
files = ["a.asm"]

[tool.isa-analysis.budget.limits.latency]
max = "3 ms"
"""


def test_pyproject() -> None:
    budget = parse_config(read_toml(PYPROJECT, "pyproject.toml"), toml=True)
    assert budget.entries[0].files == ("a.asm",)
    assert budget.entries[0].limits[0].name == "latency"


def test_pyproject_errors_are_located() -> None:
    with pytest.raises(InputError) as caught:
        parse_config(read_toml(PYPROJECT.replace("3 ms", "3 eons"), "pyproject.toml"), toml=True)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.line, problem.column) == ("E104", 12, 7)


def test_find_config_walks_up_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    with pytest.raises(InputError, match="E401"):
        find_config(inner)
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n# isa-analysis\n")
    with pytest.raises(InputError, match="E401"):
        find_config(inner)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    assert Path(find_config(inner)) == tmp_path / "pyproject.toml"
    (tmp_path / "isa-budget.yaml").write_text(CONFIG)
    with pytest.raises(InputError, match="E402"):
        find_config(inner)
    (tmp_path / "pyproject.toml").unlink()
    assert Path(find_config(inner)) == tmp_path / "isa-budget.yaml"


def test_find_config_stays_inside_the_repository(tmp_path: Path) -> None:
    (tmp_path / "isa-budget.yaml").write_text(CONFIG)
    inner = tmp_path / "repository"
    (inner / ".git").mkdir(parents=True)
    with pytest.raises(InputError, match="E401"):
        find_config(inner)


def test_unreadable_config() -> None:
    with pytest.raises(InputError, match="E107"):
        load_config("nowhere/isa-budget.yaml")
