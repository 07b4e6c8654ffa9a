"""What a log, a statistics file or a generated build says, in one form for every format."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.measured.flags import Flag, usable


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured quantity of cycles, or one run that has none (then ``flags`` says why).

    ``name`` is the full name that the log gives (the test's path of a banner), or the path of the
    file where it gives none. ``part`` is what of the run was counted: empty for all of it,
    ``train``, ``optimizer``, a stage, a node, ``core 3``. ``line`` counts from 1, 0 is the whole
    file. ``total_cycles`` are as written, over ``calls`` calls (None: the log does not say how
    many); ``counter_bits`` is the width of the counter where that is known. Bytes are HBM bytes,
    None where not reported. ``settings`` are what the log says about the configuration, in order;
    ``facts`` are further figures, named with their units.
    """

    name: str
    part: str
    path: str
    line: int
    format: str
    total_cycles: int | None
    calls: int | None = 1
    counter_bits: int | None = None
    read_bytes: int | None = None
    written_bytes: int | None = None
    settings: tuple[tuple[str, int | str], ...] = ()
    facts: tuple[tuple[str, int | float | str | tuple[int, ...]], ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def cycles(self) -> int | float | None:
        """Cycles per call: exact where the calls divide the total; None without a result, or when
        the number of calls is not known."""
        if self.total_cycles is None or not self.calls:
            return None
        whole, rest = divmod(self.total_cycles, self.calls)
        return self.total_cycles / self.calls if rest else whole

    @property
    def usable(self) -> bool:
        """Whether the row has cycles per call and may take part in averages."""
        return self.cycles is not None and usable(self.flags)

    @property
    def label(self) -> str:
        """Name and part for a reader."""
        return f"{self.name} ({self.part})" if self.part else self.name

    def setting(self, key: str) -> int | str | None:
        """The value of one setting; None when the log does not give it."""
        return dict(self.settings).get(key)


@dataclass(frozen=True, slots=True)
class Tile:
    """One profiled tile: cycles of its parts. ``level`` is the memory that the tile comes from
    (``L2``, ``L3``; empty when not said); ``buffering`` is ``SB`` or ``DB``; ``pre`` and ``post``
    are waits for transfers in and out; ``call`` counts repetitions of the node in the file from 0.
    ``total`` is as written, None in the older form, which has no total."""

    node: str
    level: str
    buffering: str
    ops: int | None
    tile: int
    core: int | None
    call: int
    path: str
    line: int
    pre: int | None = None
    kernel: int | None = None
    post: int | None = None
    total: int | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def cycles(self) -> int | None:
        """The total as written, else the sum of the parts; None when a part is missing."""
        if self.total is not None:
            return self.total
        parts = (self.pre, self.kernel, self.post)
        return None if None in parts else sum(p for p in parts if p is not None)


@dataclass(frozen=True, slots=True)
class Arena:
    """One memory arena of a generated build.

    ``level`` is where it lives: that of the allocating call, not of the name; empty when nothing
    allocates it. ``bytes`` is the size as the target sees it (modulo 2^32); ``declared_bytes`` as
    written; None when it cannot be resolved. ``source`` says where the size was taken from.
    """

    name: str
    level: str
    bytes: int | None
    declared_bytes: int | None
    allocator: str
    source: str
    path: str
    line: int
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tiling:
    """One ``numTiles`` array: ``cumulative`` as written, ``calls`` the tiles of each call."""

    network: str
    node: str
    level: str
    cumulative: tuple[int, ...]
    path: str
    line: int
    flags: tuple[Flag, ...] = ()

    @property
    def calls(self) -> tuple[int, ...]:
        """Tiles of each call: differences of the cumulative counts."""
        return tuple(b - a for a, b in zip(self.cumulative, self.cumulative[1:], strict=False))

    @property
    def tiled(self) -> bool:
        """Whether any call has more than one tile."""
        return any(count > 1 for count in self.calls)


@dataclass(frozen=True, slots=True)
class MeasuredFile:
    """Everything one file says. ``format`` is a name of :data:`isa_analysis.measured.FORMATS`,
    ``why`` what it was recognised by; ``sha256`` is of the unpacked bytes (empty: no file)."""

    path: str
    format: str
    why: str
    sha256: str
    runs: tuple[Measurement, ...] = ()
    tiles: tuple[Tile, ...] = ()
    arenas: tuple[Arena, ...] = ()
    tilings: tuple[Tiling, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
