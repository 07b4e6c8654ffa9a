"""Where the files that ship beside the code are: grammars, boards, kernel-naming rules.

In a checkout ``grammars/`` and ``board_configs/`` lie at the top level; in an installed wheel they
are inside the package. Both work through :func:`folder`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["grammars", "board_configs"]) -> Path:
    """The folder of shipped ``name`` files.

    Raises :class:`FileNotFoundError` when the installation is damaged.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its {name}/ folder; reinstall isa-analysis")


def package_file(relative: str) -> Path:
    """A data file inside the package, by path relative to it."""
    return _PACKAGE / relative
