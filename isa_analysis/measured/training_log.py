"""Training logs: totals of all steps, in counters of 32 bits.

    N_TRAIN_STEPS=3  N_ACCUM_STEPS=2  DATA_INPUTS=1
    Errors: 0 out of 6
    BENCH train_cycles=600000 opt_cycles=9000 weight_sram=4096

The training network runs once per step and accumulation, the optimizer once per step.
"""

from __future__ import annotations

import re
from dataclasses import replace

from isa_analysis.measured import checks
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.model import Measurement
from isa_analysis.measured.sections import Section
from isa_analysis.measured.text import Line

FORMAT = "training-log"
WANTED = "a line with BENCH train_cycles=... opt_cycles=..."
SIGN = "BENCH train_cycles="
TOKENS = rb"BENCH|N_TRAIN_STEPS|N_ACCUM_STEPS"

_BENCH = re.compile(r"BENCH\s+(?=\w)")
_PAIR = re.compile(r"\b(?P<key>[A-Za-z]\w{0,63})\s?=\s?(?P<value>\d{1,19})(?![\w.])")
_STEPS = re.compile(r"\bN_(?:TRAIN|ACCUM)_STEPS\s?=")
STEPS, ACCUMULATIONS = "N_TRAIN_STEPS", "N_ACCUM_STEPS"


def runs(section: Section) -> list[Measurement]:
    """Two measurements (``train``, ``optimizer``) per BENCH line of the section."""
    out: list[Measurement] = []
    settings: dict[str, int] = {}
    unclear: set[str] = set()
    since: list[Line] = []
    for line in section.lines:
        since.append(line)
        if _STEPS.search(line.text):
            for key, value in _pairs(line.text).items():
                if settings.get(key, value) != value:
                    unclear.add(key)
                settings[key] = value
        if _BENCH.search(line.text):
            out += _of_bench(section, line, settings, unclear, since)
            since = []
    if out and since:  # a count of errors after the cycles belongs to the last run
        late = checks.check_flags(since)
        last = out[-1].line
        out = [replace(m, flags=(*m.flags, *late)) if m.line == last else m for m in out]
    return out


def is_training(section: Section) -> bool:
    """Whether the section says how many steps it trains, or benchmarks training."""
    return any(_STEPS.search(n.text) or _BENCH.search(n.text) for n in section.lines)


def steps_of(section: Section) -> tuple[tuple[str, int | str], ...]:
    """The settings lines of a section that may have no result."""
    out: dict[str, int | str] = {}
    for line in section.lines:
        if _STEPS.search(line.text):
            out.update(_pairs(line.text))
    return tuple(out.items())


def _of_bench(
    section: Section, line: Line, settings: dict[str, int], unclear: set[str], since: list[Line]
) -> list[Measurement]:
    values = _pairs(line.text[_BENCH.search(line.text).end() :])  # type: ignore[union-attr]
    flags = (*checks.check_flags(since), *checks.end_flags(section, result=True))
    facts = (
        *((("weight_bytes", values["weight_sram"]),) if "weight_sram" in values else ()),
        *checks.check_facts(since),
    )
    steps, per_step = _count(settings, unclear, STEPS), _count(settings, unclear, ACCUMULATIONS)
    both = steps * per_step if steps is not None and per_step is not None else None
    notes = []
    if not any(checks.ERRORS.search(n.text) for n in section.lines):
        notes.append("the log does not say whether results were checked")
    out = []
    for part, key, calls, needs in (
        ("train", "train_cycles", both, (STEPS, ACCUMULATIONS)),
        ("optimizer", "opt_cycles", steps, (STEPS,)),
    ):
        total, bits = _counter(values, key)
        own_notes, own_flags = list(notes), flags
        if total is None:
            what = f"line {line.number} has no readable {key}: {checks.shortened(line.text, 80)}"
            own_flags = (*flags, flag("CRASHED", what=what))
        elif calls is None:
            missing = [k for k in needs if _count(settings, unclear, k) is None]
            own_notes.append(_refusal(missing, settings, unclear))
        out.append(
            Measurement(
                section.name, part, section.path, line.number, FORMAT, total, calls, bits,
                settings=(*_platform(section), *settings.items()), facts=facts,
                flags=tuple(dict.fromkeys(own_flags)), notes=tuple(own_notes),
            )
        )  # fmt: skip
    return out


def _counter(values: dict[str, int], key: str) -> tuple[int | None, int | None]:
    """Value and width in bits of a counter, which may be printed as two halves."""
    if key in values:
        value = values[key]
        return value, 32 if value < 1 << 32 else None
    low = values.get(f"{key}_lo")
    if low is None:
        return None, None
    high = values.get(f"{key}_hi")
    return (low, 32) if high is None else ((high << 32) + low, 64)


def _platform(section: Section) -> tuple[tuple[str, int | str], ...]:
    return (("platform", section.platform),) if section.platform else ()


def _count(settings: dict[str, int], unclear: set[str], key: str) -> int | None:
    return None if key in unclear else settings.get(key) or None


def _refusal(missing: list[str], settings: dict[str, int], unclear: set[str]) -> str:
    why = []
    for key in missing:
        if key in unclear:
            why.append(f"{key} is given twice, unlike")
        elif key in settings:
            why.append(f"{key} is 0")
        else:
            why.append(f"its section has no {key}")
    return f"total only: no cycles per call, because {' and '.join(why)}"


def _pairs(text: str) -> dict[str, int]:
    return {m["key"]: int(m["value"]) for m in _PAIR.finditer(text)}


def without_result(section: Section, flags: tuple[Flag, ...]) -> Measurement:
    """The row of a run that printed no cycles."""
    return Measurement(
        section.name, "", section.path, section.line, FORMAT, None, None,
        settings=(*_platform(section), *steps_of(section)),
        facts=checks.check_facts(section.lines), flags=flags,
    )  # fmt: skip
