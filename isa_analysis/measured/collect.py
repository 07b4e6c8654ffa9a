"""Many files at once: folders, builds whose headers and sources belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from isa_analysis.diagnostics import InputError, Problems, error
from isa_analysis.measured import generated_c
from isa_analysis.measured.builds import arenas
from isa_analysis.measured.model import Arena, MeasuredFile
from isa_analysis.measured.read import (
    MISSING,
    exists,
    holds_c,
    included,
    missing,
    read_text,
)
from isa_analysis.measured.repeats import across_files
from isa_analysis.measured.text import read_content

#: Files of a folder that are looked into, by suffix; results by name.
_SOURCES = (".c", ".h", ".cc", ".cpp", ".hpp")
_RESULTS = ("rust_emulator_run_stats.json", "stage_profile.json", "out.txt")
_LOGS = (".log",)


@dataclass(frozen=True, slots=True)
class Collection:
    """Files in the order given (those of a folder by path); ``notes`` say what was left out."""

    files: tuple[MeasuredFile, ...]
    notes: tuple[str, ...] = ()


def collect(paths: Sequence[str]) -> Collection:
    """Reads ``paths``: files, folders (their C sources, logs and result files, at any depth), and
    ``-``. Raises :class:`InputError` with the problems of all files."""
    files: list[MeasuredFile] = []
    sources: list[generated_c.Source] = []
    notes: list[str] = []
    problems = Problems()
    for path in paths:
        with problems.caught():
            if path != "-" and exists(path) and Path(path).is_dir():
                files += _folder(path, sources, notes)
            else:
                files.append(_file(path, sources))
    problems.raise_all()
    notes += _same_bytes(files)
    files = _with_runs(_with_arenas(files, sources))
    return Collection(tuple(files), tuple(notes))


def _same_bytes(files: Sequence[MeasuredFile]) -> list[str]:
    """Files that are copies: their rows say nothing new."""
    first: dict[str, str] = {}
    out = []
    for f in files:
        if f.sha256 and f.runs:
            before = first.setdefault(f.sha256, f.path)
            if before != f.path:
                out.append(f"{f.path} holds the same as {before}")
    return out


def _file(path: str, sources: list[generated_c.Source]) -> MeasuredFile:
    if path != "-" and not exists(path):
        return missing(path)
    content = read_content(path)
    found = read_text(content)
    if generated_c.FORMAT in found.format:
        sources.append(generated_c.scan(content.text, content.path))
    return found


def _folder(path: str, sources: list[generated_c.Source], notes: list[str]) -> list[MeasuredFile]:
    out: list[MeasuredFile] = []
    empty = 0
    for file in sorted(p for p in Path(path).rglob("*") if p.is_file()):
        plain = file.with_suffix("") if file.suffix in (".gz", ".xz") else file
        if plain.suffix in _SOURCES:
            if not holds_c(read_content(str(file))):
                empty += 1
                continue
        elif plain.name not in _RESULTS and plain.suffix not in _LOGS:
            continue
        try:
            out.append(_file(str(file), sources))
        except InputError as problem:
            if plain.suffix in _LOGS and problem.diagnostics[0].code == "E230":
                notes.append(f"{file} holds no measured result")
                continue
            raise
    if empty:
        notes.append(f"{path}: {empty:,} C files without arenas and numTiles")
    if not out:
        raise error(
            "E230", "no file in this folder holds a measured result", path=path,
            hint=f"looked into {', '.join('*' + s for s in (*_SOURCES, *_LOGS))} "
            f"and {', '.join(_RESULTS)}",
        )  # fmt: skip
    return out


def _with_arenas(
    files: list[MeasuredFile], sources: list[generated_c.Source]
) -> list[MeasuredFile]:
    """Arenas anew, now that headers and sources of one folder are known together."""
    if len(sources) < 2:
        return files
    given = {source.path for source in sources}
    more = {s.path: s for source in sources for s in included(source) if s.path not in given}
    by_path: dict[str, list[Arena]] = {}
    for arena in arenas([*sources, *more.values()]):
        by_path.setdefault(arena.path, []).append(arena)
    return [
        replace(f, arenas=tuple(by_path.get(f.path, ()))) if f.path in given else f for f in files
    ]


def _with_runs(files: list[MeasuredFile]) -> list[MeasuredFile]:
    """Runs with the flags that only several files together give reason for."""
    runs = across_files([m for f in files if f.format != MISSING for m in f.runs])
    at = 0
    out = []
    for f in files:
        count = 0 if f.format == MISSING else len(f.runs)
        out.append(replace(f, runs=tuple(runs[at : at + count])) if count else f)
        at += count
    return out
