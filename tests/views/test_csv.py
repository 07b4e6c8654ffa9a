"""CSV: read back by the csv module, it sums to the totals."""

from __future__ import annotations

import csv
import io

import pytest
from support import SAMPLES, profile_of

from isa_analysis.views import csv as view


@pytest.mark.parametrize("group", [None, ("kernel",), ("layer", "block", "kernel", "tensor")])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_sample_programs(path, group: tuple[str, ...] | None) -> None:  # type: ignore[no-untyped-def]
    p = profile_of(path.read_bytes(), "nexys_video")
    rows = list(csv.DictReader(io.StringIO(view.render([p], group))))
    assert list(rows[0])[: 1 + len(group or ("", ""))] == ["input", *(group or ("layer", "kernel"))]
    for key, value in (
        ("static_instructions", p.totals.static),
        ("dynamic_instructions", p.totals.dynamic),
        ("compute_cycles", p.totals.compute_cycles),
        ("memory_cycles", p.totals.memory_cycles),
        ("total_cycles", p.totals.total_cycles),
    ):
        assert sum(int(row[key]) for row in rows) == value
    assert sum(int(r["prefetch_cycles"]) + int(r["store_cycles"]) for r in rows) == (
        p.totals.memory_cycles
    )
    assert sum(float(r["seconds"]) for r in rows) == pytest.approx(p.seconds(p.totals.total_cycles))


def test_several_stages_have_one_header() -> None:
    profiles = [profile_of(path.read_bytes()) for path in SAMPLES[:2]]
    rows = list(csv.DictReader(io.StringIO(view.render(profiles))))
    assert sum(int(r["total_cycles"]) for r in rows) == sum(p.totals.total_cycles for p in profiles)
    assert not any(r["input"] == "input" for r in rows)


def test_names_with_commas_and_quotes() -> None:
    p = profile_of('; @kernel a, "b"\nS_LUI_INT gp1, 1\n; @end\n')
    (row,) = csv.DictReader(io.StringIO(view.render([p], ("kernel",))))
    assert row["kernel"] == 'a, "b"'
