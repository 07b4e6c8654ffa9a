"""Comments that disable rules."""

from __future__ import annotations

import pytest
from lint.linting import located, report_of

BAD = "S_ADDI_INT gp1, gp0, 32\nV_EXP_V gp0, gp1, 0{}\nV_EXP_V gp0, gp1, 0\n"


def test_on_the_line() -> None:
    assert located(BAD.format(""), select=["L0"]) == [("L009", 2)]
    assert located(BAD.format(" ; isa-analysis: disable=L009"), select=["L0"]) == [("L009", 3)]


def test_on_a_line_of_its_own_for_the_next_instruction() -> None:
    text = BAD.format("").replace("V_EXP", "; isa-analysis: disable=L009\n; why\n\nV_EXP", 1)
    report = report_of(text, select=["L0"])
    assert [(f.line, f.count, f.first_fault) for f in report.findings] == [(6, 1, True)]
    assert report.disabled == 1


@pytest.mark.parametrize("rules", ["L009", "L0", "L", "L001, L009", "L001,L009"])
def test_for_the_file(rules: str) -> None:
    text = BAD.format("") + f"// isa-analysis: disable-file={rules} legacy kernels\n"
    assert located(text, select=["L0"]) == []


@pytest.mark.parametrize(
    "comment",
    ["; isa-analysis: disable=L010", "; isa-analysis disable=L009", "; isa-analysis: enable=L009",
     "; isa-analysis: disable L009", "; isa-analysis: disable="],
)  # fmt: skip
def test_what_disables_nothing(comment: str) -> None:
    assert located(BAD.format(f" {comment}"), select=["L0"]) == [("L009", 2)]


def test_one_disabled_line_hides_no_other() -> None:
    # The aggregated finding moves on to the first line that is not disabled.
    text = "S_ADDI_INT gp0, gp0, 0 ; isa-analysis: disable=L205\nS_ADDI_INT gp0, gp0, 0\n"
    assert located(text) == [("L205", 2)]


def test_a_comment_at_the_end_is_for_nobody() -> None:
    assert located("S_ADDI_INT gp1, gp0, 0\n; isa-analysis: disable=L009\n") == []
