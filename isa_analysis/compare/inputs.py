"""What the command line names, as variants: files on boards, stored profiles, measurements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from isa_analysis.compare import stored
from isa_analysis.compare.variant import Variant, variant_of
from isa_analysis.diagnostics import Diagnostic, Problems
from isa_analysis.profiling import ModelOptions
from isa_analysis.profiling.run import profile

if TYPE_CHECKING:
    from isa_analysis.assembly import ParseOptions, Program
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.kernels import KernelRules

#: More layers than this are folded together unless a grouping is asked for.
_MAX_LAYERS = 2


@dataclass(frozen=True, slots=True)
class Request:
    """Files (assembly, or ``.json`` profiles), labels for them, boards for the assembly, and how to
    read and price it. ``group`` None chooses by the number of layers. ``measured`` are texts
    ``LABEL=LOG``."""

    files: tuple[str, ...]
    labels: tuple[str, ...]
    boards: tuple[LoadedBoard, ...]
    group: tuple[str, ...] | None
    reading: ParseOptions
    model: ModelOptions
    rules: KernelRules
    measured: tuple[str, ...] = ()


def load_variants(
    request: Request, read: Callable[[str], Program]
) -> tuple[tuple[Variant, ...], list[Diagnostic]]:
    """The variants, in the order of files and then boards, and the warnings of their programs.

    Raises :class:`ValueError` with a sentence for a command line that makes no sense, and
    :class:`InputError` with the problems of all files.
    """
    is_stored = [file.endswith(".json") for file in request.files]
    labels = _labels(request, is_stored)
    logs = _logs(request.measured, [name for names in labels for name in names])
    problems = Problems()
    programs: dict[str, Program] = {}
    documents: dict[str, Mapping[str, object]] = {}
    for file, has in zip(request.files, is_stored, strict=True):
        if file in programs or file in documents:
            continue
        with problems.caught():
            if has:
                documents[file] = stored.read_profile(file)
            else:
                programs[file] = read(file)
    problems.raise_all()
    model = replace(request.model, traffic=True)
    profiles = {
        (file, i): profile(program, board, model, request.rules)
        for file, program in programs.items()
        for i, board in enumerate(request.boards)
    }
    parts = _parts(
        request.group,
        [(file, stored.parts_of(top)) for file, top in documents.items()],
        max((len({k.layer for k in p.kernels if k.layer}) for p in profiles.values()), default=0),
    )
    variants = []
    for file, names in zip(request.files, labels, strict=True):
        if file in documents:
            variants.append(stored.stored_variant(names[0], documents[file], file, parts))
            continue
        for i, (name, board) in enumerate(zip(names, request.boards, strict=True)):
            variants.append(variant_of(name, profiles[file, i], board, parts))
    warnings = dict.fromkeys(d for p in profiles.values() for d in p.diagnostics)
    return tuple(_with_measurements(v, logs.get(v.label, ())) for v in variants), list(warnings)


def _labels(request: Request, is_stored: Sequence[bool]) -> list[list[str]]:
    """Labels of each file, one per board."""
    from isa_analysis.table import one_line

    files, boards = request.files, request.boards
    counts = [1 if has else len(boards) for has in is_stored]
    given = [one_line(text.strip(), 60) for text in request.labels]
    if sum(counts) < 2:
        raise ValueError("give two files, or one file on two boards")
    if any(not text for text in given):
        raise ValueError("--label must not be empty")
    if given and len(given) not in (len(files), sum(counts)):
        wanted = f"{len(files)}" if len(files) == sum(counts) else f"{len(files)} or {sum(counts)}"
        raise ValueError(f"{len(given)} labels for {wanted} variants: give --label for each")
    if len(given) == sum(counts):
        every, out = iter(given), []
        for count in counts:
            out.append([next(every) for _ in range(count)])
    else:
        names = given or _names(files)
        suffixes = _board_names(boards) if len(boards) > 1 else [""]
        out = [
            [name + (f" @ {suffix}" if suffix else "") for suffix in suffixes]
            if count > 1
            else [name]
            for name, count in zip(names, counts, strict=True)
        ]
    if not given:
        return _numbered(out)
    seen: set[str] = set()
    for text in (name for names in out for name in names):
        if text in seen:
            raise ValueError(f"two variants are called {text!r}: give each a --label of its own")
        seen.add(text)
    return out


def _numbered(labels: Sequence[Sequence[str]]) -> list[list[str]]:
    """Labels that nobody chose, told apart by numbers where a file or a board is given twice."""
    seen: dict[str, int] = {}
    out = []
    for names in labels:
        row = []
        for name in names:
            seen[name] = seen.get(name, 0) + 1
            row.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        out.append(row)
    return out


def _names(files: Sequence[str]) -> list[str]:
    """Stems of the files where they are unlike, else the paths."""
    from isa_analysis.table import one_line

    stems = []
    for file in files:
        name = Path(file).name
        for suffix in (".gz", ".xz", ".asm", ".json"):
            name = name.removesuffix(suffix)
        stems.append("stdin" if file == "-" else name or file)
    return [
        one_line(stem if stems.count(stem) == 1 else file, 60)
        for stem, file in zip(stems, files, strict=True)
    ]


def _board_names(boards: Sequence[LoadedBoard]) -> list[str]:
    """Board names; boards of one name are told apart by their parameters."""
    names = [b.board.name for b in boards]
    return [
        name if names.count(name) == 1 else f"{name} {','.join(b.overrides)}".strip()
        for name, b in zip(names, boards, strict=True)
    ]


def _parts(
    asked: tuple[str, ...] | None, have: Sequence[tuple[str, tuple[str, ...]]], layers: int
) -> tuple[str, ...]:
    """The name parts to group by: what was asked for, else layer and kernel while layers are few,
    as far as stored profiles have them."""
    if asked is not None:
        for file, parts in have:
            lacking = [part for part in asked if part not in parts]
            if lacking:
                raise ValueError(
                    f"{file} has no {', '.join(lacking)} (its kernels are grouped by "
                    f"{', '.join(parts) or 'nothing'}): make it with --group {','.join(asked)}"
                )
        return asked
    parts = ("kernel",) if layers > _MAX_LAYERS else ("layer", "kernel")
    for _, its in have:
        parts = tuple(part for part in parts if part in its)
    return parts


def _logs(texts: Sequence[str], labels: Sequence[str]) -> dict[str, list[str]]:
    """Label -> measured files."""
    out: dict[str, list[str]] = {}
    for text in texts:
        fitting = [name for name in labels if text.startswith(f"{name}=")]
        if not fitting:
            raise ValueError(
                f"--measured {text!r} names no variant: LABEL=LOG, labels are {', '.join(labels)}"
            )
        label = max(fitting, key=len)
        out.setdefault(label, []).append(text[len(label) + 1 :])
    return out


def _with_measurements(variant: Variant, paths: Sequence[str]) -> Variant:
    if not paths:
        return variant
    from isa_analysis.measured import load

    return replace(variant, measurements=tuple(m for path in paths for m in load(path)))
