"""Reports of texts and of the sample programs."""

from __future__ import annotations

from functools import cache

from support import ROOT, program_of

from isa_analysis.assembly import parse
from isa_analysis.boards import load_board
from isa_analysis.report import Report, Stage, build, run_stage
from isa_analysis.report.advice import Finding, Opportunity, advise
from isa_analysis.report.sites import sites_of

BOARDS = ("v80", "nexys_video")
HOSTILE = "<script>alert(1)</script>|`x`*b*_i_[l](http://e.example)&amp;<!--~~s~~"


def stage_of(
    text: str,
    boards: tuple[str, ...] = ("emulator",),
    name: str = "stage",
    sets: tuple[str, ...] = (),
    **options: object,
) -> Stage:
    """The program that ``text`` spells on ``boards``."""
    return run_stage(name, program_of(text, **options), [load_board(b, sets) for b in boards])


def report_of(text: str, boards: tuple[str, ...] = ("emulator",), **options: object) -> Report:
    """The report of one text."""
    return build([stage_of(text, boards, **options)])  # type: ignore[arg-type]


def advice_of(stage: Stage) -> list[Opportunity]:
    """What all rules find."""
    return advise(stage, sites_of(stage))


def found(
    rule: str, text: str, board: str = "emulator", sets: tuple[str, ...] = ()
) -> list[Finding]:
    """What ``rule`` finds in ``text`` on ``board``."""
    return [o.finding for o in advice_of(stage_of(text, (board,), sets=sets)) if o.rule.id == rule]


@cache
def sample_report() -> Report:
    """Vision patch and decoder on two boards."""
    boards = [load_board(b) for b in BOARDS]
    stages = [
        run_stage(name, parse(str(ROOT / "sample_asm" / f"{file}.asm")), boards)
        for name, file in (("vision", "vision_patch"), ("decoder", "decoder"))
    ]
    return build(stages, title="Vision and decoder", command="isa-analysis report")


def hostile_report() -> Report:
    """Names with everything that some format could take for markup, newlines included."""
    text = (
        f"; @kernel {HOSTILE}\nC_LOOP_START gp1, 3\nM_MV 0, gp0, gp0 ; {HOSTILE} ```\n"
        f"; \x1b[31m {HOSTILE}\nC_LOOP_END gp1\n; @end\n; @kernel ``` fence\nM_MV 0, gp0, gp0\n"
        "; @end\n"
    )
    stage = stage_of(text, ("v80", "nexys_video"), name=HOSTILE)
    return build([stage], title=f"a\nb\r\n# {HOSTILE}", command=f"report '{HOSTILE}'")
