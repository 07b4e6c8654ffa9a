"""Where estimates come from: assembly files, JSON of profiles, figures of a manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from isa_analysis.diagnostics import Problems, error
from isa_analysis.measured.estimates import Estimate, read_profile_json
from isa_analysis.measured.text import read_content

if TYPE_CHECKING:
    from isa_analysis.measured.manifest import Join, Manifest


class Price(Protocol):
    """Prices the assembly file ``path``, on a board of its own where one is named."""

    def __call__(
        self, path: str, name: str = "", board: str | None = None, sets: tuple[str, ...] = ()
    ) -> Estimate: ...


def named(texts: Sequence[str], price: Price) -> list[Estimate]:
    """The estimates of ``FILE`` and ``NAME=FILE`` texts; a file called so goes before a name.

    Raises :class:`InputError` with the problems of all files.
    """
    out: list[Estimate] = []
    problems = Problems()
    for text in texts:
        name, equals, file = text.partition("=")
        if not equals or _is_file(text):
            name, file = "", text
        with problems.caught():
            out += _of_file(file, name.strip(), price)
    problems.raise_all()
    return out


def of_manifest(manifest: Manifest, price: Price) -> dict[int, Estimate]:
    """The estimate of each join that has one, by its index.

    Raises :class:`InputError` with all problems: E622 for a kernel that a program does not have.
    """
    out: dict[int, Estimate] = {}
    problems = Problems()
    for number, join in enumerate(manifest.joins):
        if join.estimate_cycles is not None:
            out[number] = Estimate("estimate_cycles", "", join.estimate_cycles)
        if join.program is None:
            continue
        with problems.caught():
            out[number] = _of_join(join, join.program, price)
    problems.raise_all()
    return out


def _of_join(join: Join, program: str, price: Price) -> Estimate:
    if _is_json(program):
        whole = _of_file(program, "", price)[0]
    else:
        whole = price(program, "", join.board, join.set)
    found = whole.kernel(join.kernel) if join.kernel else whole
    if found is None:
        known = ", ".join(k.name for k in whole.kernels[:12])
        raise error(
            "E622", f"has no kernel {join.kernel}, or several", path=program,
            hint=f"kernels: {known}",
        )  # fmt: skip
    return found


def _of_file(file: str, name: str, price: Price) -> list[Estimate]:
    if _is_json(file):
        return read_profile_json(read_content(file).data, file, name)
    return [price(file, name)]


def _is_json(file: str) -> bool:
    return file.removesuffix(".gz").removesuffix(".xz").endswith(".json")


def _is_file(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False
