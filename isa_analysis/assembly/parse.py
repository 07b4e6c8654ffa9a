"""Text to program: the only entry point of the assembly layer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly import check, parallel
from isa_analysis.assembly.lines import LineStream, read_lines
from isa_analysis.assembly.loops import LoopProblem, build_loops
from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import COMMENT, INSTRUCTION, MALFORMED, UNKNOWN
from isa_analysis.assembly.source import Source, chunks, fetch_lines, open_source, text_source
from isa_analysis.collector import collector_off
from isa_analysis.diagnostics import DEFAULT_CAP, Diagnostic, InputError, Severity
from isa_analysis.isa import DIALECTS
from isa_analysis.isa.model import DialectName


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """How to read: dialect, what to do about malformed lines and unknown mnemonics, and the cap on
    diagnostics kept per file."""

    isa: check.IsaChoice = "auto"
    lenient: bool = False
    unknown_opcode: Literal["error", "warn"] = "error"
    cap: int = DEFAULT_CAP


def parse(
    path: str, options: ParseOptions | None = None, progress: Callable[[int], None] | None = None
) -> Program:
    """The program in the file ``path`` (``-``: standard input; ``.gz`` and ``.xz`` are unpacked).

    ``progress`` is called with the number of bytes of each chunk read. Raises :class:`InputError`
    with every problem found, unless ``options.lenient``.
    """
    return parse_source(open_source(path), options or ParseOptions(), progress)


def parse_text(text: str, options: ParseOptions | None = None, name: str = "<text>") -> Program:
    """The program that ``text`` spells. Raises :class:`InputError`."""
    return parse_source(text_source(text, name), options or ParseOptions())


def parse_source(
    source: Source, options: ParseOptions, progress: Callable[[int], None] | None = None
) -> Program:
    """The program in ``source``. Raises :class:`InputError`."""
    stream, hashed = _read(source, progress)
    rows = stream.rows
    only = check.dialect_evidence(rows)
    dialect, conflict = _dialect(options.isa, only, stream)
    bad = check.out_of_range(rows, DIALECTS[dialect])
    status = rows.status.copy()
    status[bad] = MALFORMED
    rows = replace(rows, status=status)

    refused = status == MALFORMED
    if options.unknown_opcode == "error":
        refused |= status == UNKNOWN
        if options.lenient:
            status[status == UNKNOWN] = MALFORMED
    if options.isa == "auto" and not options.lenient:
        for other in DIALECTS:  # the conflict is told once, not line by line
            if other != dialect:
                refused &= ~only[other]
    is_op = (status == INSTRUCTION) | (status == UNKNOWN) | ((status == MALFORMED) & (rows.op >= 0))
    line, row = _select(is_op, stream)
    comment_line, comment_row = _select(status == COMMENT, stream)
    texts, text_of = _distinct_texts(rows.comments, len(status))
    loops, loop_problems = build_loops(rows, row, options.lenient)
    digest = hashed()

    severity: Severity = "warning" if options.lenient else "error"
    diagnostics = list(conflict(source, severity))
    refused_line, _ = _select(refused, stream)
    diagnostics += _explain(source, refused_line[: options.cap], DIALECTS[dialect], severity)
    warned_unknown = status == UNKNOWN
    if options.unknown_opcode == "warn" and warned_unknown.any():
        at, _ = _select(warned_unknown, stream)
        diagnostics += _explain(source, at[: options.cap], DIALECTS[dialect], "warning")
        omitted_unknown = max(len(at) - options.cap, 0)
    else:
        omitted_unknown = 0
    diagnostics += _locate(source, loop_problems[: options.cap], line)
    omitted = (
        max(len(refused_line) - options.cap, 0)
        + omitted_unknown
        + max(len(loop_problems) - options.cap, 0)
    )
    diagnostics.sort(key=lambda d: (d.line, d.column, d.code))
    if not options.lenient and any(d.severity == "error" for d in diagnostics):
        raise InputError([d for d in diagnostics if d.severity == "error"], omitted)
    return Program(
        name=source.name,
        sha256=digest,
        lines=len(stream),
        dialect=dialect,
        rows=rows,
        row=row,
        line=line,
        comment_pc=np.searchsorted(line, comment_line).astype(np.int32),
        comment_line=comment_line,
        comment_text=text_of[comment_row],
        texts=texts,
        loops=loops,
        diagnostics=tuple(diagnostics),
        omitted_diagnostics=omitted,
        skipped=len(refused_line) if options.lenient else 0,
        source=source,
    )


#: A line stream, and a function that waits for the SHA-256 of the (unpacked) bytes.
_Hashed = tuple[LineStream, Callable[[], str]]


def _read(source: Source, progress: Callable[[int], None] | None) -> _Hashed:
    """The line stream, with the hash that may still be under way."""
    with collector_off():
        reader = parallel.second_reader(source)
        if reader and (stream := reader.finish(progress)) is not None:
            return stream, lambda: reader.digest() or _read_alone(source, None)[1]()
        return _read_alone(source, progress)


def _read_alone(source: Source, progress: Callable[[int], None] | None) -> _Hashed:
    digest = hashlib.sha256()
    with ThreadPoolExecutor(1) as hasher:
        # Hashing releases the interpreter lock, so a second thread does it for free.
        def tap(block: bytes) -> None:
            hasher.submit(digest.update, block)

        handle = source.open()
        try:
            stream = read_lines(chunks(source, handle, tap), progress)
        finally:
            if source.data is None:
                handle.close()
    return stream, digest.hexdigest


def _select(
    row_mask: NDArray[np.bool_], stream: LineStream
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The numbers of the lines (from 1) whose row is in ``row_mask``, and their rows."""
    most = len(stream) if row_mask.any() else 0
    lines, rows = np.empty(most, np.int32), np.empty(most, np.int32)
    first, count = 1, 0
    for block in stream.blocks if most else ():
        at = np.flatnonzero(row_mask[block])
        rows[count : count + len(at)] = block[at]
        at += first
        lines[count : count + len(at)] = at
        first += len(block)
        count += len(at)
    return lines[:count], rows[:count]  # memory beyond was reserved and never touched


def _distinct_texts(
    comments: dict[int, str], n_rows: int
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    number: dict[str, int] = {}
    text_of = np.full(n_rows, -1, np.int32)
    if comments:
        index = [number.setdefault(text, len(number)) for text in comments.values()]
        text_of[np.fromiter(comments, np.int64, len(comments))] = index
    return tuple(number), text_of


_Conflict = Callable[[Source, Severity], list[Diagnostic]]


def _dialect(
    choice: check.IsaChoice, only: dict[DialectName, NDArray[np.bool_]], stream: LineStream
) -> tuple[DialectName, _Conflict]:
    """The dialect to read in, and the diagnostics of a program that needs both."""
    if choice != "auto":
        return choice, lambda source, severity: []
    needed: list[DialectName] = [name for name in DIALECTS if only[name].any()]
    if len(needed) < 2:
        return (needed[0] if needed else "plena"), lambda source, severity: []

    def conflict(source: Source, severity: Severity) -> list[Diagnostic]:
        first = {name: int(np.argmax(only[name][stream.ids])) + 1 for name in needed}
        lines = fetch_lines(source, first.values())
        later = max(needed, key=lambda name: first[name])
        earlier = min(needed, key=lambda name: first[name])
        text = lines[first[later]]
        message = (
            f"only {later} has this, but line {first[earlier]} "
            f"({lines[first[earlier]].split(';')[0].strip()}) exists in {earlier} only"
        )
        column = len(text) - len(text.lstrip()) + 1
        return [
            Diagnostic(
                source.name, first[later], column, "E008", severity, message,
                "one program has one dialect; --isa chooses it", text,
            )
        ]  # fmt: skip

    # The majority of distinct rows decides, so that the other errors are the useful ones.
    return max(needed, key=lambda name: int(only[name].sum())), conflict


def _explain(
    source: Source, at: NDArray[np.int32], dialect: object, severity: Severity
) -> list[Diagnostic]:
    lines = fetch_lines(source, at.tolist())
    out = []
    for number, text in sorted(lines.items()):
        problem = check.explain(text, dialect)  # type: ignore[arg-type]
        assert problem is not None, (
            f"line {number}: the column checks refuse what the grammar takes"
        )
        out.append(
            Diagnostic(
                source.name, number, problem.column, problem.code, severity, problem.message,
                problem.hint, text,
            )
        )  # fmt: skip
    return out


def _locate(
    source: Source, problems: list[LoopProblem], line: NDArray[np.int32]
) -> list[Diagnostic]:
    numbers = [int(line[p.pc]) for p in problems]
    lines = fetch_lines(source, numbers)
    out = []
    for problem, number in zip(problems, numbers, strict=True):
        text = lines[number]
        column = len(text) - len(text.lstrip()) + 1
        out.append(
            Diagnostic(
                source.name, number, column, problem.code, problem.severity,  # type: ignore[arg-type]
                problem.message, problem.hint, text,
            )
        )  # fmt: skip
    return out
