"""Which programs a budget is about: patterns to paths."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from isa_analysis.budget.config import Budget, Entry
from isa_analysis.diagnostics import Diagnostic, InputError

_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Job:
    """One program of one entry; ``path`` is relative to the config's folder, with slashes."""

    entry: Entry
    path: str


def find_programs(budget: Budget, only: Sequence[str] = ()) -> list[Job]:
    """The programs of ``budget``, sorted by entry and path; with ``only``, those of these files.

    Raises :class:`InputError`: E404 for a pattern that matches nothing (a gate must not pass
    because of a misspelt name), E405 for a file of ``only`` that no entry covers.
    """
    jobs: list[Job] = []
    problems: list[Diagnostic] = []
    for entry in sorted(budget.entries, key=lambda e: e.name):
        paths: set[str] = set()
        place = entry.places["files"]
        for pattern in entry.files:
            absolute = Path(pattern).is_absolute()
            found = set() if absolute else match_files(budget.folder, pattern)
            if not found:
                message = f"no file matches {pattern!r}"
                if absolute:
                    message = f"{pattern!r} is an absolute path, which holds on one machine only"
                hint = f"patterns start at {budget.folder}; ** stands for any number of folders"
                problems.append(
                    Diagnostic(
                        place.path, place.line, place.column, "E404", "error", message, hint,
                        place.source,
                    )
                )  # fmt: skip
            paths |= found
        left_out = [translate(pattern) for pattern in entry.exclude]
        jobs += [
            Job(entry, path)
            for path in sorted(paths)
            if not any(pattern.fullmatch(path) for pattern in left_out)
        ]
    if problems:
        raise InputError(problems)
    if not only:
        return jobs
    wanted = {relative(budget.folder, name): name for name in only}
    covered = {job.path for job in jobs}
    missing = [name for path, name in wanted.items() if path not in covered]
    if missing:
        raise InputError(
            Diagnostic(
                name, 0, 0, "E405", "error", f"no program of {budget.path} covers this file",
                "add it to the files of a program",
            )
            for name in missing
        )  # fmt: skip
    return [job for job in jobs if job.path in wanted]


def relative(folder: Path, name: str) -> str:
    """The file ``name`` (relative to the working folder) as a path relative to ``folder``."""
    return Path(os.path.relpath(name, folder)).as_posix()


def shown_path(folder: Path, path: str) -> str:
    """A path relative to ``folder`` as the working folder sees it, for messages."""
    return Path(os.path.relpath(folder / path)).as_posix()


def match_files(folder: Path, pattern: str) -> set[str]:
    """The files below ``folder`` that ``pattern`` matches, as paths relative to it.

    ``*`` and ``?`` stay within a name, ``**`` is any number of folders. Names that begin with a dot
    are matched only by a pattern part that does; links to folders are not followed.
    """
    parts = [part for part in pattern.replace(os.sep, "/").split("/") if part != "."]
    fixed = 0
    while fixed < len(parts) - 1 and not _MAGIC.search(parts[fixed]):
        fixed += 1
    base = "/".join(parts[:fixed])
    rest = "/".join(parts[fixed:])
    root = folder / base
    if not _MAGIC.search(rest):
        return {_joined(base, rest)} if rest and (root / rest).is_file() else set()
    wanted = translate(rest)
    hidden = any(part.startswith(".") for part in parts[fixed:])
    return {
        _joined(base, path)
        for path in _walk(root, "", "/" in rest or "**" in rest, hidden)
        if wanted.fullmatch(path)
    }


def _joined(base: str, rest: str) -> str:
    return Path(os.path.normpath(f"{base}/{rest}" if base else rest)).as_posix()


def _walk(root: Path, prefix: str, deep: bool, hidden: bool) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(root / prefix), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") and not hidden:
            continue
        path = f"{prefix}{entry.name}"
        if entry.is_file():
            yield path
        elif deep and entry.is_dir(follow_symlinks=False):
            yield from _walk(root, f"{path}/", deep, hidden)


@cache
def translate(pattern: str) -> re.Pattern[str]:
    """``pattern`` as a regular expression over paths with slashes."""
    out = []
    parts = pattern.split("/")
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "**":
            out.append(r"(?:(?!\.)[^/]+/)*" + (r"(?!\.)[^/]+" if last else ""))
        else:
            out.append(_name(part) + ("" if last else "/"))
    return re.compile("".join(out))


def _name(part: str) -> str:
    out = "" if part.startswith(".") else r"(?!\.)"
    at = 0
    while at < len(part):
        char = part[at]
        end = part.find("]", at + 2) if char == "[" else -1
        if end > 0:
            inside = part[at + 1 : end].replace("\\", r"\\").replace("[", r"\[")
            inverted = inside.startswith(("!", "^"))
            group = f"[^/{inside[1:]}]" if inverted else f"[{inside}]"
            with suppress(re.error):  # a range like [z-a] is taken literally
                re.compile(group)
                out += group
                at = end + 1
                continue
        out += {"*": "[^/]*", "?": "[^/]"}.get(char, re.escape(char))
        at += 1
    return out
