"""Reading weight manifests and the name-to-number files of a compile."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from isa_analysis.diagnostics import Diagnostic, InputError
from isa_analysis.manifest.model import Kind, Manifest, Region

if TYPE_CHECKING:
    from isa_analysis.config import Document
    from isa_analysis.config.documents import Loc

#: Largest manifest or address map that is read, in bytes.
MAX_BYTES = 1 << 28
#: Problems of one file that are kept; the others are counted.
_MAX_PROBLEMS = 100
#: Layer numbers and byte counts above this are mistakes (and would not fit the seed's reader).
_MOST = (1 << 63) - 1


def load(path: str) -> Manifest:
    """The manifest in the file ``path``. Raises :class:`InputError` with every problem located.

    E107 is a file that cannot be read, E210 one that is no manifest.
    """
    from isa_analysis.config import read_bytes

    return parse(read_bytes(path, MAX_BYTES), path)


def parse(content: bytes, path: str) -> Manifest:
    """As :func:`load`, from the bytes of the file; ``path`` is used in diagnostics."""
    document = read_json_object(content, path, "a weight manifest")
    data: dict[str, Any] = document.data  # type: ignore[assignment]
    problems: list[Diagnostic] = []
    entries = data.get("regions")
    if not isinstance(entries, list):
        loc: Loc = ("regions",) if "regions" in data else ()
        problems.append(
            document.diagnostic(loc, "E210", "a weight manifest has a list named regions")
        )
        entries = []
    check = _Checker(document, problems)
    capacity = data.get("ddr_capacity_bytes")
    if capacity is not None:
        capacity = check.number(("ddr_capacity_bytes",), capacity, 1)
    ceiling = check.number(("activation_ceiling",), data.get("activation_ceiling", 0), 0)
    regions = []
    without_layer = 0
    for i, entry in enumerate(entries):
        region = check.region(i, entry)
        if region is not None:
            regions.append(region)
            without_layer += "layer_id" not in entry
    if problems:
        raise InputError(problems[:_MAX_PROBLEMS], max(0, len(problems) - _MAX_PROBLEMS))
    regions.sort(key=lambda r: (r.offset, r.end, r.name))
    warnings: tuple[Diagnostic, ...] = ()
    if without_layer:
        message = f"{without_layer} of {len(regions)} regions have no layer_id; they count as 0"
        warnings = (Diagnostic(path, 0, 0, "W700", "warning", message),)
    digest = hashlib.sha256(content).hexdigest()
    return Manifest(tuple(regions), capacity, ceiling, path, digest, warnings)


def read_json_object(content: bytes, path: str, what: str) -> Document:
    """A JSON document whose top level is an object. Raises :class:`InputError` (E210)."""
    from isa_analysis.config.json_reader import read_json

    document = read_json(content, path, "E210")
    if not isinstance(document.data, dict):
        raise InputError(
            [document.diagnostic((), "E210", f"{what} is a JSON object: expected an object")]
        )
    return document


def load_numbers(path: str) -> dict[str, int]:
    """A non-empty object of names and byte counts. Raises :class:`InputError` (E210)."""
    from isa_analysis.config import read_bytes

    document = read_json_object(read_bytes(path, MAX_BYTES), path, "an address map")
    data: dict[str, Any] = document.data  # type: ignore[assignment]
    if not data:
        message = "expected an object of tensor names and byte counts"
        raise InputError([document.diagnostic((), "E210", message)])
    bad = [name for name, value in data.items() if not is_count(value)]
    if bad:
        raise InputError(
            [
                document.diagnostic(
                    (name,), "E210", f"{name!r}: expected a byte count of 0 or more"
                )
                for name in bad[:_MAX_PROBLEMS]
            ],
            max(0, len(bad) - _MAX_PROBLEMS),
        )
    return data


def is_count(value: object) -> bool:
    """Whether ``value`` is a whole number of at least 0."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST


@dataclass(slots=True)
class _Checker:
    """Turns JSON values into fields and collects what is wrong with them."""

    document: Document
    problems: list[Diagnostic]

    def number(self, loc: Loc, value: object, least: int) -> int:
        if is_count(value) and isinstance(value, int) and value >= least:
            return value
        self._refuse(loc, f"expected a whole number of at least {least}")
        return least

    def region(self, index: int, entry: object) -> Region | None:
        loc: Loc = ("regions", index)
        if not isinstance(entry, dict):
            self._refuse(loc, "expected an object with offset and size")
            return None
        before = len(self.problems)
        fields = {}
        for key, default in (("layer_id", 0), ("offset", None), ("size", None)):
            if key in entry or default is None:
                if key not in entry:
                    self._refuse(loc, f"lacks the key {key!r}")
                else:
                    fields[key] = self.number((*loc, key), entry[key], 0)
            else:
                fields[key] = default
        kind = entry.get("kind", "weight")
        if kind not in get_args(Kind):
            self._refuse((*loc, "kind"), "expected weight, kv or activation")
        name = entry.get("name", "")
        if not isinstance(name, str):
            self._refuse((*loc, "name"), "expected text")
        if len(self.problems) > before:
            return None
        return Region(**fields, kind=kind, name=name)

    def _refuse(self, loc: Loc, message: str) -> None:
        from isa_analysis.config.documents import describe, dotted

        value = self.document.data
        for part in loc:
            value = value[part]  # type: ignore[index]
        where = dotted(loc) or "the file"
        found = "" if message.startswith("lacks") else f", found {describe(value)}"
        joined = f"{where} {message}" if message.startswith("lacks") else f"{where}: {message}"
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(self.document.diagnostic(loc, "E210", joined + found))
        else:  # positions are not worth finding for problems that are only counted
            self.problems.append(
                Diagnostic(self.document.path, 0, 0, "E210", "error", joined + found)
            )
