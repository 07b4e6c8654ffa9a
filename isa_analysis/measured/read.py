"""Files of measured results: which format is it, and what does it say?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from isa_analysis.diagnostics import InputError, error
from isa_analysis.measured import (
    checks,
    emulator_log,
    generated_c,
    inference_log,
    json_text,
    run_stats,
    sections,
    stage_profile,
    tile_log,
    training_log,
)
from isa_analysis.measured.builds import arenas
from isa_analysis.measured.flags import flag
from isa_analysis.measured.model import MeasuredFile, Measurement, Tile
from isa_analysis.measured.repeats import within_file
from isa_analysis.measured.text import Content, read_content

#: Format -> what a file of it is recognised by. A log may hold several.
FORMATS = {
    module.FORMAT: module.WANTED
    for module in (
        emulator_log, run_stats, stage_profile, training_log, inference_log, tile_log, generated_c,
    )
}  # fmt: skip
#: The format of a file that is not there.
MISSING = "missing"
#: The format of rows for runs that a test log begins and does not finish.
TEST_LOG = "test-log"

_LOG_TOKENS = re.compile(
    b"|".join(
        m.TOKENS for m in (sections, checks, emulator_log, training_log, inference_log, tile_log)
    )
)
_C_TOKENS = re.compile(generated_c.TOKENS)


def load(path: str) -> tuple[Measurement, ...]:
    """All runs of the file ``path`` (``-``: standard input; ``.gz`` and ``.xz`` are unpacked), in
    file order, with the flags that the file itself gives reason for.

    A file that does not exist is one row flagged MISSING. Raises :class:`InputError` as
    :func:`read` does.
    """
    return read(path).runs


def read(path: str) -> MeasuredFile:
    """Everything that the file ``path`` says.

    Raises :class:`InputError`: E230 when a file holds nothing that any reader knows, E231 for
    values that no run can have, E202 when it cannot be read.
    """
    if path != "-" and not exists(path):
        return missing(path)
    return read_text(read_content(path))


def missing(path: str) -> MeasuredFile:
    """The row of a file that is not there."""
    row = Measurement(
        path, "", path, 0, MISSING, None, None,
        flags=(flag("MISSING", what="there is no such file"),),
    )  # fmt: skip
    return MeasuredFile(path, MISSING, "no such file", "", (row,))


def read_text(content: Content) -> MeasuredFile:
    """Everything that ``content`` says; see :func:`read`."""
    if not content.data.strip():
        row = Measurement(
            content.path, "", content.path, 0, MISSING, None, None,
            flags=(flag("MISSING", what="the file is empty"),),
        )  # fmt: skip
        return MeasuredFile(content.path, MISSING, "the file is empty", content.sha256, (row,))
    if content.data.lstrip()[:1] == b"{":
        try:
            return _from_json(content, json_text.read_figures(content.data, content.path))
        except InputError:
            if not _LOG_TOKENS.search(content.data):
                raise
            found = _from_log(content)  # a log whose lines are JSON records
            if found is None:
                raise
            return found
    log = _from_log(content)
    c = _from_c(content) if holds_c(content) else None
    parts = [p for p in (log, c) if p is not None]
    if not parts:
        raise nothing(content.path)
    if len(parts) == 1:
        return parts[0]
    return MeasuredFile(
        content.path, "+".join(p.format for p in parts), "; ".join(p.why for p in parts),
        content.sha256, log.runs if log else (), log.tiles if log else (),
        c.arenas if c else (), c.tilings if c else (),
    )  # fmt: skip


def nothing(path: str) -> InputError:
    """The error for a file in which no reader found anything."""
    looked = "; ".join(f"{name}: {wanted}" for name, wanted in FORMATS.items())
    return error("E230", "holds no measured result", path=path, hint=f"looked for {looked}")


def _from_json(content: Content, figures: json_text.Figures) -> MeasuredFile:
    path, sha256, data = content.path, content.sha256, figures.data
    if "stages" in data:
        runs = stage_profile.runs(figures)
        why = f"has stages, schema_version {data.get('schema_version', 1)}"
        return MeasuredFile(path, stage_profile.FORMAT, why, sha256, tuple(runs))
    if any(key in data for key in run_stats.KEYS):
        why = f"has {next(key for key in run_stats.KEYS if key in data)}"
        return MeasuredFile(path, run_stats.FORMAT, why, sha256, (run_stats.run(figures),))
    raise error(
        "E230", "holds no measured result", path=path,
        hint=f"looked for {run_stats.WANTED}, or {stage_profile.WANTED}",
    )  # fmt: skip


def _from_log(content: Content) -> MeasuredFile | None:
    cut = sections.sections(content.lines(_LOG_TOKENS), content.path)
    found: list[Measurement] = []
    tiles: list[Tile] = []
    for section in cut:
        runs, own = _of_section(section)
        found += runs
        tiles += own
    if not found:
        return None
    order = [training_log, inference_log, tile_log, emulator_log]
    present = [m for m in order if any(r.format == m.FORMAT for r in found)]
    names = [m.FORMAT for m in present] or [TEST_LOG]
    why = "; ".join(m.SIGN for m in present) or "banner of a test"
    runs = within_file(found)
    return MeasuredFile(
        content.path, "+".join(names), why, content.sha256, tuple(runs), tuple(tiles)
    )


def _of_section(section: sections.Section) -> tuple[list[Measurement], list[Tile]]:
    training = training_log.runs(section)
    inference = inference_log.runs(section)
    emulated = emulator_log.runs(section)
    tiles = tile_log.tiles(section)
    rows = [*training, *inference, *emulated]
    if tiles:
        ended = checks.end_flags(section, result=True)
        nodes = [replace(m, flags=(*m.flags, *ended)) for m in tile_log.runs(section, tiles)]
        rows = [*(_above_nodes(m, nodes) for m in rows), *nodes]
    if not (training or inference or emulated):
        flags = (
            *checks.check_flags(section.lines),
            *checks.end_flags(section, result=bool(tiles)),
        )
        started = section.banner or training_log.is_training(section)
        stopped = any(f.code in ("CRASHED", "TIMEOUT") for f in flags)
        if started and not flags:
            what = f"no result follows line {section.line or section.lines[0].number}"
            flags = (flag("CRASHED", what=what),)
        if started or (stopped and tiles):
            row = training_log.without_result(section, flags)
            known = training_log.is_training(section)
            name = training_log.FORMAT if known else TEST_LOG
            rows.insert(0, replace(row, format=name))
    return rows, list(tiles)


def _above_nodes(m: Measurement, nodes: list[Measurement]) -> Measurement:
    """``m``, TOO-LOW when one of its own nodes took longer than all of it."""
    known = [n for n in nodes if n.total_cycles is not None and not n.flags]
    longest = max(known, key=lambda n: n.total_cycles or 0, default=None)
    if m.format != inference_log.FORMAT or m.total_cycles is None or longest is None:
        return m
    bound = longest.total_cycles or 0
    if m.total_cycles >= bound:
        return m
    what = f"its node {longest.part} alone"
    low = flag("TOO-LOW", measured=m.total_cycles, bound=bound, what=what)
    return replace(m, flags=(*m.flags, low))


def _from_c(content: Content) -> MeasuredFile | None:
    source = generated_c.scan(content.text, content.path)
    found = arenas([source, *included(source)])
    mine = tuple(a for a in found if a.path == content.path)
    if not mine and not source.tilings:
        return None
    parts = [
        f"{len(mine)} arenas" if mine else "",
        f"{len(source.tilings)} numTiles arrays" if source.tilings else "",
    ]
    why = f"has {' and '.join(p for p in parts if p)}"
    return MeasuredFile(
        content.path, generated_c.FORMAT, why, content.sha256, (), (), mine, source.tilings
    )


def holds_c(content: Content) -> bool:
    """Whether generated C says something about memory."""
    return _C_TOKENS.search(content.data) is not None


def included(source: generated_c.Source) -> list[generated_c.Source]:
    """The headers beside a C file that it includes: symbolic sizes are defined there."""
    out = []
    folder = Path(source.path).parent
    for name in source.includes:
        header = folder / name
        if header.parent == folder and exists(str(header)):
            content = read_content(str(header))
            out.append(generated_c.scan(content.text, content.path))
    return out


def exists(path: str) -> bool:
    """Whether there is a file or folder; True where only opening it can tell."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return True  # let opening it say what is wrong with the name
