"""Measurement files to :class:`Measurements`: both shapes, validated, with located errors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isa_analysis.calibrate.model import (
    MeasuredRun,
    Measurements,
    OpcodeMeasurement,
    SourceFile,
    TransferMeasurement,
)
from isa_analysis.config import Document, Loc, read_yaml, validate
from isa_analysis.config.documents import FoundPlaces, raise_all
from isa_analysis.config.json_reader import read_json
from isa_analysis.diagnostics import Diagnostic, InputError, error

if TYPE_CHECKING:
    from isa_analysis.calibrate.schema import Measured, Parameters

#: Largest measurement file, unpacked (bytes).
MAX_BYTES = 1 << 28
#: Where a program is looked for beside the file, and what its name may end with.
_FOLDERS = ("", "asm")
_ENDINGS = ("", ".asm", ".asm.xz", ".asm.gz")
_SAMPLE_KEYS = ("parameters",)
#: Board settings that a run may change: they are known of a run and never fitted.
_SETTABLE = ("machine.", "precision.")
_SETTABLE_KEYS = ("memory.prefetch_m_rows", "memory.prefetch_v_rows", "memory.writeback_rows")
_MEMORY_KEYS = ("prefetch_m_rows", "prefetch_v_rows", "writeback_rows")
#: What two records of one run may not say differently.
_VALUES = (
    "executed", "static", "total_cycles", "compute_cycles", "hbm_read_bytes", "hbm_write_bytes",
    "opcodes", "transfers", "family",
)  # fmt: skip


def read_measurements(paths: Sequence[str], programs: str | None = None) -> Measurements:
    """The runs in the files ``paths``; records of one program and setting are joined.

    Programs are looked for beside each file, or in the folder ``programs``. Raises InputError with
    all problems: E100 to E108 for what is wrong in a file, E201 and E202 for one that cannot be
    read, E640 for one without measurements, E641 for a program that is not there, E642 for a result
    that cannot be used, E643 for records that contradict one another, E644 for a setting that a run
    cannot have.
    """
    files: list[SourceFile] = []
    joined: dict[object, MeasuredRun] = {}
    problems: list[Diagnostic] = []
    for number, path in enumerate(paths):
        try:
            raw = _content(path)
            files.append(SourceFile(path, hashlib.sha256(raw).hexdigest()))
            document = _document(_unpacked(raw, path), path)
            for loc, run in _runs(document, number, programs):
                key = (run.program, run.overrides, run.dc_lib_en)
                if key in joined:
                    joined[key], clash = _joined(joined[key], run, document, loc)
                    problems += clash
                else:
                    joined[key] = run
        except InputError as problem:
            problems += problem.diagnostics
    raise_all(problems)
    return Measurements(tuple(files), labelled(joined.values()))


def labelled(runs: Iterable[MeasuredRun]) -> tuple[MeasuredRun, ...]:
    """``runs`` with labels: the name, and the settings in which runs of one program differ."""
    settings: dict[str, list[set[str]]] = {}
    for run in (runs := tuple(runs)):
        settings.setdefault(run.program, []).append(set(run.settings))
    out = []
    for run in runs:
        common = set.intersection(*settings[run.program])
        parts = [part for part in run.settings if part not in common]
        label = f"{run.name} ({', '.join(parts)})" if parts else run.name
        out.append(replace(run, label=label))
    return tuple(out)


def _content(path: str) -> bytes:
    """The bytes of the file as stored."""
    from isa_analysis.assembly.source import open_source

    source = open_source(path)
    try:
        with Path(path).open("rb") if source.path is not None else source.open() as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise error("E202", f"cannot be read: {problem.strerror}", path=path) from None


def _unpacked(raw: bytes, path: str) -> bytes:
    """``raw`` as plain text; .gz and .xz are unpacked."""
    import gzip
    import io
    import lzma
    import zlib

    try:
        if path.endswith(".gz"):
            with gzip.open(io.BytesIO(raw)) as file:
                raw = file.read(MAX_BYTES + 1)
        elif path.endswith(".xz"):
            with lzma.open(io.BytesIO(raw)) as file:
                raw = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as problem:
        raise error("E202", f"cannot be unpacked: {problem}", path=path) from None
    if len(raw) > MAX_BYTES:
        raise error("E100", f"the file is larger than {MAX_BYTES:,} bytes", path=path)
    return raw


def _document(content: bytes, path: str) -> Document:
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not start:
        raise error(
            "E640",
            "the file is empty",
            path=path,
            hint="docs/calibrate.md shows what belongs in it",
        )
    bare = path.removesuffix(".gz").removesuffix(".xz")
    if bare.endswith(".json") or (start in b"{[" and not bare.endswith((".yaml", ".yml"))):
        document = read_json(content, path)
        return replace(document, data=_tuples(document.data))
    return read_yaml(content, path)


def _tuples(data: object) -> object:
    """``data`` with tuples for lists, as strict models want them."""
    if isinstance(data, list | tuple):
        return tuple(_tuples(item) for item in data)
    if isinstance(data, dict):
        return {key: _tuples(value) for key, value in data.items()}
    return data


def _runs(document: Document, number: int, programs: str | None) -> list[tuple[Loc, MeasuredRun]]:
    from isa_analysis.calibrate.schema import MeasurementFile, SampleFile

    entries: list[tuple[Loc, str, Measured]]
    if isinstance(document.data, dict) and "runs" in document.data:
        file = validate(document, MeasurementFile)
        entries = [(("runs", i), run.program, run) for i, run in enumerate(file.runs)]
    elif _is_sample_shape(document.data):
        samples = validate(_below(document, "programs"), SampleFile)
        entries = [
            ((name, i), name, run)
            for name, runs in samples.programs.items()
            for i, run in enumerate(runs)
        ]
    else:
        raise error(
            "E640", "holds no measurements", path=document.path,
            hint="expected is a mapping with the keys version and runs, or program name -> list of "
            "runs; see docs/calibrate.md",
        )  # fmt: skip
    problems: list[Diagnostic] = []
    out = []
    for loc, name, entry in entries:
        try:
            out.append((loc, _run(document, loc, name, entry, number, programs)))
        except InputError as problem:
            problems += problem.diagnostics
    raise_all(problems)
    return out


def _is_sample_shape(data: object) -> bool:
    return (
        isinstance(data, dict)
        and bool(data)
        and all(isinstance(runs, tuple) for runs in data.values())
        and any(
            isinstance(run, dict) and any(key in run for key in _SAMPLE_KEYS)
            for runs in data.values()
            for run in runs
        )
    )


def _below(document: Document, key: str) -> Document:
    """The document as the value of ``key``, with its positions."""
    places, keys = document.positions, document.keys
    return replace(
        document,
        data={key: document.data},
        positions=FoundPlaces(lambda loc: places.get(loc[1:]) if loc[:1] == (key,) else None),
        keys=FoundPlaces(lambda loc: keys.get(loc[1:]) if loc[:1] == (key,) else None),
    )


def _run(
    document: Document, loc: Loc, name: str, entry: Measured, number: int, programs: str | None
) -> MeasuredRun:
    from isa_analysis.calibrate.schema import Run

    problems: list[Diagnostic] = []
    at = (*loc, "program") if isinstance(entry, Run) else loc[:1]
    path = _find(name, document.path, programs)
    if path is None:
        problems.append(
            document.diagnostic(
                at, "E641", f"there is no program {name!r}",
                hint="looked for beside the file and in its folder asm, as NAME, NAME.asm, "
                "NAME.asm.xz and NAME.asm.gz; --programs names another folder",
                key=not isinstance(entry, Run),
            )
        )  # fmt: skip
    sets = _overrides(entry.parameters)
    if isinstance(entry, Run):
        for i, text in enumerate(entry.set):
            key = text.partition("=")[0].strip()
            if not (key.startswith(_SETTABLE) or key in _SETTABLE_KEYS) or "=" not in text:
                problems.append(
                    document.diagnostic(
                        (*loc, "set", i), "E644", f"a run cannot set {key!r}",
                        hint="a run may set machine.*, precision.* and the rows of a transfer; "
                        "everything else is the board's",
                    )
                )  # fmt: skip
            else:
                sets[key] = text.partition("=")[2].strip()
    if problems:
        raise InputError(problems)
    assert path is not None
    run = MeasuredRun(
        name,
        path,
        tuple(f"{key}={value}" for key, value in sorted(sets.items())),
        entry.parameters.dc_lib_en,
        executed=entry.executed,
        static=entry.static,
        total_cycles=_exact(entry.total_cycles),
        compute_cycles=_exact(entry.compute_cycles),
        hbm_read_bytes=entry.hbm_read_bytes,
        hbm_write_bytes=entry.hbm_write_bytes,
        opcodes=tuple(
            OpcodeMeasurement(mnemonic, o.count, _exact(o.cycles))
            for mnemonic, o in entry.opcodes.items()
        ),
        transfers=None
        if entry.hbm_instructions is None
        else tuple(
            TransferMeasurement(index, mnemonic, count, ns)
            for index, mnemonic, count, ns in entry.hbm_instructions
        ),
        files=(number,),
    )
    if isinstance(entry, Run):
        run = replace(run, family=entry.family, memory=entry.memory)
        if entry.result is not None:
            run = _with_result(run, entry.result, document, loc)
    return run


def _exact(value: float | None) -> int | float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _overrides(parameters: Parameters) -> dict[str, str]:
    out = {}
    for key, value in parameters.model_dump(exclude_none=True).items():
        if key != "dc_lib_en":
            section = "memory" if key in _MEMORY_KEYS else "machine"
            out[f"{section}.{key}"] = str(value)
    return out


def _find(name: str, file: str, programs: str | None) -> str | None:
    """The path of the program ``name`` of the measurement file ``file``."""
    base = Path(programs) if programs is not None else Path(file).parent
    try:
        for folder in _FOLDERS:
            for ending in _ENDINGS:
                path = base / folder / f"{name}{ending}"
                if path.is_file():
                    return str(path)
    except (OSError, ValueError):  # a name that no file can have
        pass
    return None


def _with_result(run: MeasuredRun, result: str, document: Document, loc: Loc) -> MeasuredRun:
    """``run`` with the total and bytes that an emulator's log or run statistics report."""
    from isa_analysis.measured import load
    from isa_analysis.measured.select import select

    path = str(Path(document.path).parent / result)
    where = (*loc, "result")
    try:
        found = select(load(path))
    except InputError as problem:
        first = problem.diagnostics[0]
        raise InputError(
            [document.diagnostic(where, "E642", f"{result}: {first.message}", hint=first.hint)]
        ) from None
    if found.cycles is None or not found.usable:
        reasons = "; ".join(f.reason for f in found.flags) or "it holds no cycles"
        raise InputError(
            [document.diagnostic(where, "E642", f"{result} cannot be used: {reasons}")]
        )
    got: dict[str, Any] = {
        "total_cycles": _exact(float(found.cycles)),
        "hbm_read_bytes": found.read_bytes,
        "hbm_write_bytes": found.written_bytes,
    }
    for key, value in got.items():
        mine = getattr(run, key)
        if mine is not None and value is not None and mine != value:
            raise InputError(
                [
                    document.diagnostic(
                        (*loc, key), "E643", f"{key} is {mine} here and {value} in {result}"
                    )
                ]
            )
    return replace(run, **{key: value for key, value in got.items() if value is not None})


def _joined(
    first: MeasuredRun, second: MeasuredRun, document: Document, loc: Loc
) -> tuple[MeasuredRun, list[Diagnostic]]:
    """Two records of one run as one, and what they contradict one another in."""
    changed: dict[str, Any] = {
        "files": tuple(dict.fromkeys((*first.files, *second.files))),
        "memory": first.memory and second.memory,
    }
    clash = []
    for field in fields(MeasuredRun):
        if field.name not in _VALUES:
            continue
        mine, other = getattr(first, field.name), getattr(second, field.name)
        if mine in (None, ()):
            changed[field.name] = other
        elif other not in (None, ()) and other != mine:
            shown = f" ({mine} and {other})" if isinstance(mine, int | float) else ""
            clash.append(
                document.diagnostic(
                    loc, "E643",
                    f"{first.name}: two records of this run differ in {field.name}{shown}",
                    hint="keep the one that holds, or give the runs different settings",
                )
            )  # fmt: skip
    return replace(first, **changed), clash
