"""Estimates to hold measurements against: from a profile, a profile's JSON, or a bare figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from isa_analysis.diagnostics import error
from isa_analysis.measured import json_text

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.profiling import Profile

FORMAT = "isa-analysis-profile"
FORMAT_VERSION = 1
_GUESSED = re.compile(r"INCOMPLETE: (\d{1,18}) executions of unknown opcodes")


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Highest byte used of one memory and its capacity, in bytes."""

    memory: str
    used_bytes: int
    capacity_bytes: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the static model says about one program, or about one kernel of it.

    ``lower_bound_cycles`` are those of the busiest engine, ``engine``: no overlap makes the run
    shorter; None when the source does not tell. Bytes are HBM bytes, None when addresses were not
    followed. ``machine`` holds mlen, vlen and blen where known. ``unknown_opcodes`` counts
    executions at a guessed price. ``kernels`` are estimates by kernel path (``layer 0/softmax``).
    """

    name: str
    path: str
    cycles: int
    lower_bound_cycles: int | None = None
    engine: str = ""
    read_bytes: int | None = None
    written_bytes: int | None = None
    sha256: str = ""
    board: str = ""
    model: str = ""
    machine: tuple[tuple[str, int], ...] = ()
    unknown_opcodes: int = 0
    incomplete: tuple[str, ...] = ()
    occupancy: tuple[Occupancy, ...] = ()
    kernels: tuple[Estimate, ...] = ()

    def kernel(self, path: str) -> Estimate | None:
        """The kernel whose full path is ``path``; the only one whose last part is, else None."""
        whole = [k for k in self.kernels if k.name == path]
        last = [k for k in self.kernels if k.name.rpartition("/")[2] == path]
        found = whole or last
        return found[0] if len(found) == 1 else None


def estimate_of(profile: Profile, board: LoadedBoard, name: str = "") -> Estimate:
    """The estimate that ``profile`` holds, made on ``board``; ``name`` defaults to the path."""
    from isa_analysis.kernels import path_of
    from isa_analysis.profiling.group import cost_by, kernel_costs

    parts = ("layer", "kernel")
    engines = cost_by(profile.cells, lambda cell: str(cell.engine))
    bounds: dict[tuple[str, ...], dict[str, int]] = {}
    paths = [path_of(k, parts) for k in profile.kernels]
    for cell in profile.cells:
        by_engine = bounds.setdefault(paths[cell.kernel], {})
        engine = str(cell.engine)
        by_engine[engine] = by_engine.get(engine, 0) + cell.cost.compute_cycles
    known = profile.traffic is not None
    common: dict[str, Any] = {
        "path": profile.input.path,
        "sha256": profile.input.sha256,
        "board": profile.board.name,
        "model": f"{profile.model.timing}/{profile.model.memory}",
    }
    kernels = []
    for k in kernel_costs(profile, parts):
        engine, bound = _busiest(bounds.get(k.path, {}))
        kernels.append(
            Estimate(
                "/".join(word for word in k.path if word), cycles=k.cost.total_cycles,
                lower_bound_cycles=bound, engine=engine,
                read_bytes=k.cost.hbm_read_bytes if known else None,
                written_bytes=k.cost.hbm_write_bytes if known else None, **common,
            )
        )  # fmt: skip
    engine, bound = _busiest({e: c.compute_cycles for e, c in engines.items()})
    m = board.board.machine
    t = profile.totals
    return Estimate(
        name or profile.input.path, cycles=t.total_cycles, lower_bound_cycles=bound, engine=engine,
        read_bytes=t.hbm_read_bytes if known else None,
        written_bytes=t.hbm_write_bytes if known else None,
        machine=(("mlen", m.mlen), ("vlen", m.vlen), ("blen", m.blen)),
        unknown_opcodes=_guessed(profile), incomplete=_incomplete(profile.model.caveats),
        occupancy=_occupancy(profile, board), kernels=tuple(kernels), **common,
    )  # fmt: skip


def read_profile_json(content: bytes, path: str, name: str = "") -> list[Estimate]:
    """The estimates of a profile's JSON: of the whole document, and of each stage where there are
    several. Raises :class:`InputError` (E230) for anything else."""
    data = json_text.read_figures(content, path).data
    hint = "made by: isa-analysis FILE --format json"
    if data.get("format") != FORMAT:
        raise error("E230", f"is no profile: format is not {FORMAT}", path=path, hint=hint)
    if data.get("format_version") != FORMAT_VERSION:
        version = str(data.get("format_version"))[:40]
        raise error("E230", f"has format_version {version}, known is {FORMAT_VERSION}", path=path)
    try:
        return _estimates(data, path, name)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as problem:
        raise error("E230", f"is a damaged profile: {problem!r}", path=path, hint=hint) from None


def _estimates(data: Mapping[str, Any], path: str, name: str) -> list[Estimate]:
    inputs, board, model = data["inputs"], data["board"], data["model"]
    common: dict[str, Any] = {
        "path": path, "board": str(board["name"]), "model": f"{model['timing']}/{model['memory']}",
    }  # fmt: skip
    one = len(inputs) == 1
    engines: dict[str, int] = {}
    for row in data["opcodes"]:
        if row["category"] != "memory":  # its cycles include those of the memory model
            engine = str(row["engine"])
            engines[engine] = engines.get(engine, 0) + _count(row["cycles"])
    engine, bound = _busiest(engines)
    kernels = tuple(
        Estimate(
            "/".join(str(word) for word in k["path"] if word), cycles=_count(k["total_cycles"]),
            read_bytes=_maybe(k.get("hbm_read_bytes")),
            written_bytes=_maybe(k.get("hbm_write_bytes")), **common,
        )
        for k in data["kernels"]
    )  # fmt: skip
    guessed = [_GUESSED.match(c) for c in _incomplete(model.get("caveats", ()))]
    whole = _of_totals(
        data["totals"], name or (str(inputs[0]["path"]) if one else path),
        str(inputs[0]["sha256"]) if one else "", common,
        lower_bound_cycles=bound, engine=engine, kernels=kernels,
        unknown_opcodes=sum(int(g[1]) for g in guessed if g),
        incomplete=_incomplete(model.get("caveats", ())),
    )  # fmt: skip
    stages = [
        _of_totals(s["totals"], str(s["path"]), str(i["sha256"]), common)
        for s, i in zip(data.get("stages", ()), inputs, strict=False)
    ]
    return [whole, *stages]


def _of_totals(
    totals: Mapping[str, Any], name: str, sha256: str, common: dict[str, Any], **more: Any
) -> Estimate:
    return Estimate(
        name, cycles=_count(totals["total_cycles"]), sha256=sha256,
        read_bytes=_maybe(totals.get("hbm_read_bytes")),
        written_bytes=_maybe(totals.get("hbm_write_bytes")), **common, **more,
    )  # fmt: skip


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no count")
    return value


def _maybe(value: object) -> int | None:
    return None if value is None else _count(value)


def _busiest(engines: Mapping[str, int]) -> tuple[str, int]:
    engine = max(engines, key=lambda e: (engines[e], e), default="")
    return engine, engines.get(engine, 0)


def _incomplete(caveats: object) -> tuple[str, ...]:
    words = caveats if isinstance(caveats, list | tuple) else ()
    return tuple(str(c) for c in words if str(c).startswith("INCOMPLETE"))


def _guessed(profile: Profile) -> int:
    from isa_analysis.isa import is_known

    return sum(o.cost.dynamic for o in profile.opcodes if not is_known(o.mnemonic))


def _occupancy(profile: Profile, board: LoadedBoard) -> tuple[Occupancy, ...]:
    """Memories that a profile with traffic touches; none without."""
    if profile.program is None or profile.traffic is None:
        return ()
    from isa_analysis.footprint import footprint

    return tuple(
        Occupancy(o.memory, o.high, o.capacity_bytes)
        for o in footprint(profile, board).whole
        if o.high is not None and o.capacity_bytes is not None
    )
