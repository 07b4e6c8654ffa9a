"""docs/budgets.md against the tool: its examples are valid, its lists complete."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from budget_project import PROGRAM, ROOT, budget_of, snapshot_of_text

from isa_analysis.budget.codec import kernel_to_plain
from isa_analysis.budget.metrics import METRICS
from isa_analysis.budget.quantity import parse_quantity
from isa_analysis.budget.schema import BudgetFile, LimitEntry, ProgramEntry

PAGE = (ROOT / "docs" / "budgets.md").read_text(encoding="utf-8")
YAML = re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)


def test_the_example_is_a_valid_budget() -> None:
    decoder, small = budget_of(YAML[0]).entries
    assert [limit.name for limit in decoder.limits] == [
        "no growth", "softmax", "vector work", "decode latency",
    ]  # fmt: skip
    assert (small.board, small.memory) == ("boards/lab.yaml", "charge")


@pytest.mark.parametrize("block", YAML[1:])
def test_the_other_examples_are_yaml(block: str) -> None:
    assert yaml.safe_load(block)


def test_every_key_and_metric_is_listed() -> None:
    keys = {*BudgetFile.model_fields, *ProgramEntry.model_fields, *LimitEntry.model_fields}
    for name in (*keys, *METRICS):
        assert f"`{name}`" in PAGE, name


def test_every_unit_is_known() -> None:
    (units,) = re.findall(r"Units: (.*?)\. Amounts", PAGE, flags=re.DOTALL)
    for unit in re.findall(r"`([^`]+)`", units):
        parse_quantity(f"1 {unit}")


def test_the_lock_example_is_what_is_written() -> None:
    (block,) = re.findall(r"^```json\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
    shown = json.loads(block)
    add = next(k for k in snapshot_of_text(PROGRAM).kernels if k.path[-1] == "add")
    real = kernel_to_plain(add, lines=False)
    assert (shown["kernel"], shown["calls"]) == (real["kernel"], real["calls"])
    assert shown["opcodes"].items() <= real["opcodes"].items()  # type: ignore[attr-defined]
    (loop,) = [entry for entry in real["loops"] if entry[0] == [16, 4]]  # type: ignore[attr-defined]
    assert shown["loops"][0][:2] == loop[:2]
    assert shown["loops"][0][2].items() <= loop[2].items()


def test_three_milliseconds() -> None:
    assert parse_quantity("3 ms").amount * 400_000_000 == 1_200_000
