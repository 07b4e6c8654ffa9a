"""Loading a board by name or path, with overrides."""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isa_analysis.config import Document, Loc, Place, read_bytes, read_scalar, read_yaml, validate
from isa_analysis.diagnostics import Diagnostic, InputError, error
from isa_analysis.resources import folder

if TYPE_CHECKING:
    from isa_analysis.boards.schema import Board

_SUFFIXES = (".yaml", ".yml")
_SRAM_SPELLINGS = {
    "matrix_sram_tiles": "matrix_sram_depth",
    "matrix_sram_depth": "matrix_sram_tiles",
}


@dataclass(frozen=True, slots=True)
class LoadedBoard:
    """A board and where it came from; ``path`` and ``sha256`` tell boards of one name apart.

    ``sha256`` is that of the file's bytes, before ``overrides`` (the ``section.key=value`` texts,
    in order). ``settings`` names the settings file that replaced the latencies, if any, with the
    column or profile and the hash.
    """

    board: Board
    path: str
    sha256: str
    overrides: tuple[str, ...] = ()
    settings: str = ""

    @property
    def clock_hz(self) -> int:
        """The clock in Hz, exactly."""
        return self.board.clock_hz


def load_board(spec: str, overrides: Sequence[str] = ()) -> LoadedBoard:
    """The board named or stored at ``spec``, with ``section.key=value`` overrides applied.

    ``spec`` is the name of a shipped board, or a path: anything that ends in .yaml or .yml, has a
    slash in it, or is an existing file. Raises InputError: E100 to E106 for what is wrong in the
    file or an override, E107 for an unknown name or unreadable file, E108 for a malformed override.
    """
    path, file = board_file(spec)
    content = read_bytes(file)
    document = override(read_yaml(content, path), overrides)
    digest = hashlib.sha256(content).hexdigest()
    return LoadedBoard(as_board(document), path, digest, tuple(overrides))


def shipped_boards() -> tuple[str, ...]:
    """Names of the boards that come with the tool, sorted."""
    return tuple(sorted(file.stem for file in folder("board_configs").glob("*.yaml")))


def board_schema() -> dict[str, Any]:
    """JSON Schema of a board file, for editors."""
    from isa_analysis.boards.schema import Board

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Board.model_json_schema(),
    }


def as_board(document: Document) -> Board:
    """``document`` validated as a board file; raises InputError."""
    from isa_analysis.boards.schema import Board

    return validate(document, Board)


def override(document: Document, overrides: Sequence[str]) -> Document:
    """``document`` with each ``section.key=value`` applied in order, values read as YAML scalars.

    Raises InputError with the problems of all overrides.
    """
    problems: list[Diagnostic] = []
    for text in overrides:
        origin = Place(f"--set {text}")
        try:
            loc, value = _parse(text, origin.path)
            document = document.replaced(loc, value, origin)
            document = _one_spelling(document, loc, origin)
        except InputError as problem:
            problems.extend(problem.diagnostics)
    if problems:
        raise InputError(problems)
    return document


def _parse(text: str, path: str) -> tuple[Loc, object]:
    key, equals, value = text.partition("=")
    parts = tuple(part.strip() for part in key.split("."))
    if not equals or not all(parts) or len(parts) > 16:
        raise error(
            "E108",
            "an override is written section.key=value",
            path=path,
            hint="for example machine.mlen=128 or clock_mhz=200",
        )
    if not value.strip():
        raise error("E108", "the override has no value", path=path, hint="null removes a value")
    return parts, read_scalar(value.strip(), path)


def _one_spelling(document: Document, loc: Loc, origin: Place) -> Document:
    """Setting the matrix SRAM depth under one name drops the value under the other."""
    if len(loc) == 2 and loc[0] == "memory":
        other = _SRAM_SPELLINGS.get(str(loc[1]))
        memory = document.data.get("memory") if isinstance(document.data, dict) else None
        if other and isinstance(memory, dict) and memory.get(other) is not None:
            return document.replaced(("memory", other), None, origin)
    return document


def board_file(spec: str) -> tuple[str, str]:
    """The label and the path of the board file that ``spec`` means; raises InputError (E107)."""
    if not spec.endswith(_SUFFIXES) and "/" not in spec and os.sep not in spec:
        names = shipped_boards()
        if spec in names:
            file = folder("board_configs") / f"{spec}.yaml"
            return f"board_configs/{file.name}", str(file)
        if not _is_file(spec):
            raise _unknown(spec, names)
    return spec, spec


def _is_file(spec: str) -> bool:
    try:
        return Path(spec).is_file()
    except (OSError, ValueError):
        return False


def _unknown(spec: str, names: tuple[str, ...]) -> InputError:
    near = difflib.get_close_matches(spec[:80].lower(), names, n=3, cutoff=0.5)
    guess = f"did you mean {' or '.join(near)}? " if near else ""
    return error(
        "E107",
        f"no board is named {spec[:80]!r}",
        path="--board",
        hint=f"{guess}boards: {', '.join(names)}; or give the path of a .yaml file",
    )
