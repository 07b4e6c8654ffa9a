"""``stage_profile.json``, version 1 and 2: instructions, time and bytes of each stage of a run.

Version 1 has simulated seconds only, which at the emulator's 1 ns period are cycles. Version 2 has
``wall_cycles`` and their attribution to resources, in which ``ramulator_proxy`` is a part of
``dma``, not a peer.
"""

from __future__ import annotations

from isa_analysis.diagnostics import InputError, error
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.json_text import MOST, Figures
from isa_analysis.measured.model import Measurement

FORMAT = "stage-profile"
WANTED = "an object with the key stages: stage name -> instructions, seconds or wall_cycles"
VERSIONS = (1, 2)
#: The resources that add up to all cycles of a stage.
RESOURCES = ("matrix", "vector", "scalar", "dma", "other")
_PER_SECOND = 1_000_000_000


def runs(figures: Figures) -> list[Measurement]:
    """The whole run, then each stage. Raises :class:`InputError`: E230 for an unknown version or no
    stages, E231 with all impossible values."""
    path = figures.path
    version = figures.data.get("schema_version", 1)
    if version not in VERSIONS or isinstance(version, bool):
        raise error(
            "E230", f"has schema_version {str(version)[:40]}", path=path,
            hint="versions 1 and 2 are known",
        )  # fmt: skip
    stages = figures.data.get("stages")
    if not isinstance(stages, dict) or not stages:
        raise error("E230", "has no stages", path=path, hint=f"expected is {WANTED}")
    found = []
    for name, entry in stages.items():
        if isinstance(entry, dict):
            found.append(_stage(figures, name))
        else:
            figures.refuse(("stages", name), "no object")
    whole = _whole(figures, found)
    if figures.problems:
        raise InputError(figures.problems)
    return [whole, *found]


def _stage(figures: Figures, name: str) -> Measurement:
    loc = ("stages", name)
    total = figures.count(*loc, "wall_cycles")
    notes: list[str] = []
    if total is None:
        total = _from_seconds(figures, (*loc, "seconds"))
        if total is not None:
            notes.append("cycles from seconds at 1 ns")
    facts: list[tuple[str, int | float | str | tuple[int, ...]]] = []
    instructions = figures.count(*loc, "instructions")
    if instructions is not None:
        facts.append(("instructions", instructions))
    flags: list[Flag] = []
    if isinstance(figures.at((*loc, "resource_proxy_cycles")), dict):
        inner = (*loc, "resource_proxy_cycles")
        known = {r: figures.count(*inner, r) for r in RESOURCES}
        facts += [(f"{r}_cycles", v) for r, v in known.items() if v is not None]
        proxy = figures.count(*inner, "ramulator_proxy")
        if proxy is not None:
            facts.append(("ramulator_proxy_cycles", proxy))
        flags += _resource_flags(name, total, known, proxy)
    for key in ("logical_bytes_read", "logical_bytes_written"):
        value = figures.count(*loc, key)
        if value is not None:
            facts.append((key, value))
    if total is None:
        flags.append(flag("MISSING", what=f"{name} has neither wall_cycles nor seconds"))
    return Measurement(
        figures.path, name, figures.path, 0, FORMAT,
        total, 1, None, _bytes(figures, loc, "read"), _bytes(figures, loc, "written"),
        facts=tuple(facts), flags=tuple(flags), notes=tuple(notes),
    )  # fmt: skip


def _resource_flags(
    name: str, total: int | None, known: dict[str, int | None], proxy: int | None
) -> list[Flag]:
    values = [v for v in known.values() if v is not None]
    out = []
    if total is not None and len(values) == len(known) and sum(values) != total:
        what = f"{name}: its resources sum to {sum(values):,}, its wall_cycles are {total:,}"
        out.append(flag("FAILED-CHECK", what=what))
    dma = known["dma"]
    if proxy is not None and dma is not None and proxy > dma:
        what = f"{name}: ramulator_proxy is {proxy:,}, more than the {dma:,} of dma that it is in"
        out.append(flag("FAILED-CHECK", what=what))
    return out


def _whole(figures: Figures, stages: list[Measurement]) -> Measurement:
    """The run: the simulation's total where given, else the sum of its stages."""
    sums = [m.total_cycles for m in stages if m.total_cycles is not None]
    flags: list[Flag] = []
    notes: list[str] = []
    total = figures.count("total_simulation_cycles")
    profiled = figures.count("total_profiled_cycles")
    if total is None:
        total = profiled
    if total is None:
        total = sum(sums) if len(sums) == len(stages) else None
        notes.append("the sum of its stages")
    elif sums and len(sums) == len(stages) and sum(sums) != total:
        rest = total - sum(sums)
        if rest < 0:
            what = f"the stages sum to {sum(sums):,}, the run took {total:,} cycles"
            flags.append(flag("FAILED-CHECK", what=what))
        else:
            notes.append(f"{rest:,} cycles are in no stage")
    if total is None:
        flags.append(flag("MISSING", what="a stage has neither wall_cycles nor seconds"))
    pairs = figures.data.get("pairs")
    if isinstance(pairs, dict) and pairs:
        notes.append(f"its {len(pairs):,} pairs are parts of the stages and are not listed")
    read, written = figures.count("total_hbm_bytes_read"), figures.count("total_hbm_bytes_written")
    executed = figures.count("total_instructions_executed")
    return Measurement(
        figures.path, "", figures.path, 0, FORMAT, total, 1, None,
        read if read is not None else _sum([m.read_bytes for m in stages]),
        written if written is not None else _sum([m.written_bytes for m in stages]),
        facts=(("instructions", executed),) if executed is not None else (),
        flags=tuple(flags), notes=tuple(notes),
    )  # fmt: skip


def _sum(values: list[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None


def _bytes(figures: Figures, loc: tuple[str, ...], way: str) -> int | None:
    """Bytes of version 2, else of version 1."""
    physical = figures.count(*loc, f"physical_hbm_bytes_{way}")
    plain = figures.count(*loc, f"hbm_bytes_{way}")
    return plain if physical is None else physical


def _from_seconds(figures: Figures, loc: tuple[str, ...]) -> int | None:
    value = figures.at(loc)
    if value is None:
        return None
    good = isinstance(value, int | float) and not isinstance(value, bool)
    if not good or not 0 <= value < MOST / _PER_SECOND:
        figures.refuse(loc, "not a possible time")
        return None
    return round(float(value) * _PER_SECOND)
