"""The state of a sweep on disk: what is done need not be done again.

{"format": "isa-analysis-sweep-state", "format_version": 1, "tool_version": "0.1.0", "records": 36,
 "sha256": "..."}
{"key": "4f1c...", "outcome": {"status": "ok", "compute_cycles": 697216, ...}}
...

One header line, then one line per finished point, under the hash of everything its figures follow
from: the program, the board after overrides, models and options, the manifest, the tool's version.
The file is replaced as a whole (never half written), and its header carries the hash of all other
lines, so that damage is found out.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path

from isa_analysis._version import __version__
from isa_analysis.diagnostics import InputError, error
from isa_analysis.output import write_bytes
from isa_analysis.sweep.model import Outcome, System

FORMAT = "isa-analysis-sweep-state"
FORMAT_VERSION = 1

#: Largest file that is read, in bytes; far above a state of as many points as a grid may have.
_MOST_BYTES = 1 << 30
#: A long sweep writes its state at most this often (seconds); a killed one loses no more.
_INTERVAL = 2.0


def content_key(*facts: object) -> str:
    """The name of what follows from ``facts``, which must print the same in every run."""
    return hashlib.sha256(repr((FORMAT_VERSION, __version__, facts)).encode()).hexdigest()


def load_state(path: str) -> dict[str, Outcome]:
    """Key -> outcome of the state in the file ``path``; empty when there is no such file.

    Raises :class:`InputError`: E741 when the file is no state, is damaged, or was written by
    another version of the tool; E202 when it cannot be read.
    """
    try:
        if not Path(path).exists():
            return {}
    except (OSError, ValueError) as problem:
        raise error("E202", f"cannot be read: {problem}", path=path) from None
    from isa_analysis.config import read_bytes

    content = read_bytes(path, _MOST_BYTES)
    first, _, rest = content.partition(b"\n")
    header = _plain(first, path, 1)
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise _unusable(path, 1, "is not the state of a sweep")
    written_by = (header.get("format_version"), header.get("tool_version"))
    if written_by != (FORMAT_VERSION, __version__):
        raise _unusable(
            path, 1, f"was written by isa-analysis {header.get('tool_version')}, not {__version__}"
        )
    if header.get("sha256") != hashlib.sha256(rest).hexdigest():
        raise _unusable(path, 1, "is damaged: its content does not have the hash in its first line")
    out: dict[str, Outcome] = {}
    for number, line in enumerate(rest.splitlines(), 2):
        record = _plain(line, path, number)
        try:
            assert isinstance(record, dict)
            out[str(record["key"])] = _outcome(record["outcome"])
        except (AssertionError, AttributeError, KeyError, TypeError, ValueError):
            raise _unusable(path, number, "is damaged: not a record of a point") from None
    if header.get("records") != len(out):
        raise _unusable(path, 1, "is damaged: the number of records is not the one it states")
    return out


def save_state(path: str, outcomes: Mapping[str, Outcome]) -> None:
    """Write ``outcomes`` to ``path``, whole or not at all. Raises :class:`InputError` (E203)."""
    lines = "".join(
        json.dumps({"key": key, "outcome": asdict(outcome)}, separators=(",", ":")) + "\n"
        for key, outcome in sorted(outcomes.items())
    ).encode()
    header = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "records": len(outcomes),
        "sha256": hashlib.sha256(lines).hexdigest(),
    }
    write_bytes(json.dumps(header).encode() + b"\n" + lines, path)


class Recorder:
    """Keeps the outcomes of a running sweep and writes them now and then; ``path`` None: never."""

    def __init__(self, path: str | None, known: Mapping[str, Outcome]) -> None:
        self.path = path
        self.outcomes = dict(known)
        self._written = time.monotonic()
        self._changed = False

    def add(self, key: str, outcome: Outcome) -> None:
        """Remember an outcome."""
        self.outcomes[key] = outcome
        self._changed = True
        if self.path is not None and time.monotonic() - self._written > _INTERVAL:
            self.write()

    def write(self) -> None:
        """Write what was added since the last time."""
        if self.path is not None and self._changed:
            save_state(self.path, self.outcomes)
            self._changed = False
            self._written = time.monotonic()


def _plain(line: bytes, path: str, number: int) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        if number == 1:
            raise _unusable(path, 1, "is not the state of a sweep") from None
        raise _unusable(path, number, "is damaged: not JSON") from None


def _outcome(plain: Mapping[str, object]) -> Outcome:
    """Raises TypeError or KeyError for what is no outcome."""
    values = dict(plain)
    if set(values) != {f.name for f in fields(Outcome)}:
        raise TypeError
    system = values.pop("system")
    values["caveats"] = tuple(values["caveats"])  # type: ignore[arg-type]
    values["warnings"] = tuple((code, text) for code, text in values["warnings"])  # type: ignore[attr-defined]
    made = None if system is None else System(**system)  # type: ignore[arg-type]
    return Outcome(**values, system=made)  # type: ignore[arg-type]


def _unusable(path: str, line: int, what: str) -> InputError:
    return error(
        "E741", f"the file {what}", path=path, line=line,
        hint="remove it, or name another file with --resume",
    )  # fmt: skip
