"""The ``plena_settings.toml`` path: machine and latencies of the transactional settings.

The settings hold each latency in two columns, ``dc_lib_en`` and ``dc_lib_dis``, and optionally
further columns named after FPGA builds (profiles). They know no memory charges.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from isa_analysis.boards.load import LoadedBoard, as_board, override
from isa_analysis.config import Document, Loc, read_bytes, read_toml
from isa_analysis.config.documents import MAX_BYTES, describe, dotted
from isa_analysis.config.validation import did_you_mean
from isa_analysis.diagnostics import Diagnostic, InputError

#: Environment variable with the latency profile.
PROFILE_VARIABLE = "PLENA_LATENCY_PROFILE"

_COLUMNS = ("dc_lib_en", "dc_lib_dis")
#: Profile names that mean: no profile.
_NO_PROFILE = ("", "default", "dc_lib_dis")
_CONFIG: Loc = ("TRANSACTIONAL", "CONFIG")
_LATENCY: Loc = ("TRANSACTIONAL", "LATENCY")
#: Settings name (upper case) -> place in a board file.
_TARGETS: dict[str, Loc] = {
    "MLEN": ("machine", "mlen"),
    "VLEN": ("machine", "vlen"),
    "BLEN": ("machine", "blen"),
    "HLEN": ("machine", "hlen"),
    "BROADCAST_AMOUNT": ("machine", "broadcast_amount"),
    "MAX_LOOP_INSTRUCTIONS": ("machine", "max_loop_instructions"),
    "HBM_M_PREFETCH_AMOUNT": ("memory", "prefetch_m_rows"),
    "HBM_V_PREFETCH_AMOUNT": ("memory", "prefetch_v_rows"),
    "HBM_V_WRITEBACK_AMOUNT": ("memory", "writeback_rows"),
    "MATRIX_SRAM_SIZE": ("memory", "matrix_sram_tiles"),
    "VECTOR_SRAM_SIZE": ("memory", "vector_sram_depth"),
    "FP_SRAM_DEPTH": ("memory", "fp_sram_depth"),
    "INT_SRAM_DEPTH": ("memory", "int_sram_depth"),
}
_CHARGES = ("prefetch_v_cycles", "prefetch_m_cycles", "store_v_cycles")


def apply_settings(
    board: LoadedBoard,
    settings_path: str,
    *,
    dc_en: bool | None = None,
    latency_profile: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> LoadedBoard:
    """``board`` with the machine parameters and latencies of a settings file.

    Memory operations cost 0 cycles on this path, so charges and service timing are removed. The
    board's overrides are applied again afterwards: they win over both files.

    ``dc_en`` None takes the file's DC_EN, else true. With DC_EN the ``dc_lib_en`` column counts and
    the profile is ignored; without it the profile's column where an entry has one, else
    ``dc_lib_dis``. The profile is the first given of ``latency_profile``, the environment variable
    PLENA_LATENCY_PROFILE (in ``environ``, default the process's) and the file's LATENCY_PROFILE;
    ``default``, ``dc_lib_dis`` and an empty name mean none.

    Raises InputError (E100 to E107) located in the settings file.
    """
    content = read_bytes(settings_path, MAX_BYTES)
    document = read_toml(content, settings_path)
    reader = _Reader(document)
    config = reader.table(_CONFIG, required=False)
    latency = reader.table(_LATENCY, required=True)
    reader.stop()
    dc = reader.dc_en(config) if dc_en is None else dc_en
    profile = reader.profile(latency_profile, environ, config) if not dc else ""
    reader.stop()
    cycles = reader.latencies(latency, "dc_lib_en" if dc else profile or "dc_lib_dis")
    machine = reader.machine(config)
    reader.stop()

    data: Any = board.board.model_dump(exclude_none=True)
    changed = Document(board.path, "", data, {})
    memory = {
        key: value for key, value in data["memory"].items() if key not in (*_CHARGES, "service")
    }
    memory.pop("matrix_sram_depth" if ("memory", "matrix_sram_tiles") in machine else "", None)
    changed = replace(changed, data={**data, "memory": {**memory, "timing": "none"}})
    for target, (source, value) in {**machine, **cycles}.items():
        changed = changed.replaced(target, value, document.place(source))
    where = document.place(_LATENCY)
    changed = changed.replaced(("latency", "dc_lib_en"), dc, where)
    digest = hashlib.sha256(content).hexdigest()
    column = "dc_lib_en" if dc else f"profile {profile}" if profile else "dc_lib_dis"
    return replace(
        board,
        board=as_board(override(changed, board.overrides)),
        settings=f"{settings_path} ({column}, sha256 {digest})",
    )


class _Reader:
    """Reads the parts of a settings document and collects what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Diagnostic] = []

    def fail(self, loc: Loc, code: str, message: str, *, hint: str = "", key: bool = False) -> None:
        self.problems.append(self.document.diagnostic(loc, code, message, hint=hint, key=key))

    def stop(self) -> None:
        if self.problems:
            raise InputError(sorted(self.problems))

    def table(self, loc: Loc, required: bool) -> dict[str, tuple[Loc, Any]]:
        """Upper-case name -> (location, value) of a table's entries."""
        node: object = self.document.data
        for at, part in enumerate(loc):
            if not isinstance(node, dict):
                self.fail(loc[:at], "E103", f"expected a table, found {describe(node)}")
                return {}
            if part not in node:
                if required or at == 0:
                    self.fail((), "E102", f"the table [{dotted(loc)}] is missing")
                return {}
            node = node[part]
        if not isinstance(node, dict):
            self.fail(loc, "E103", f"expected a table, found {describe(node)}")
            return {}
        return {name.upper(): ((*loc, name), value) for name, value in node.items()}

    def value(self, config: dict[str, tuple[Loc, Any]], name: str) -> tuple[Loc, Any] | None:
        """The ``value`` of a CONFIG entry; None when there is no such entry."""
        if name not in config:
            return None
        loc, entry = config[name]
        if not isinstance(entry, dict):
            self.fail(loc, "E103", f"{name}: expected a table with the key value")
            return None
        if "value" not in entry:
            self.fail(loc, "E102", f"{name} lacks the key 'value'")
            return None
        return (*loc, "value"), entry["value"]

    def dc_en(self, config: dict[str, tuple[Loc, Any]]) -> bool:
        found = self.value(config, "DC_EN")
        if found is None:
            return True
        loc, value = found
        if value not in (0, 1) or isinstance(value, float):
            self.fail(loc, "E104", f"DC_EN: expected 0, 1, true or false, found {describe(value)}")
        return bool(value)

    def profile(
        self,
        caller: str | None,
        environ: Mapping[str, str] | None,
        config: dict[str, tuple[Loc, Any]],
    ) -> str:
        """The profile in force, empty for none; whether it exists is checked by latencies()."""
        variables = os.environ if environ is None else environ
        if caller is not None:
            name: object = caller
        elif PROFILE_VARIABLE in variables:
            name = variables[PROFILE_VARIABLE]
        else:
            found = self.value(config, "LATENCY_PROFILE")
            name = found[1] if found else ""
            if found and not isinstance(name, str):
                self.fail(
                    found[0], "E103", f"LATENCY_PROFILE: expected text, found {describe(name)}"
                )
        return "" if name in _NO_PROFILE else str(name)

    def latencies(
        self, latency: dict[str, tuple[Loc, Any]], column: str
    ) -> dict[Loc, tuple[Loc, Any]]:
        """Board location -> (settings location, cycles) for every latency."""
        from isa_analysis.boards.schema import Latency

        profiles = sorted(
            {
                name
                for _, entry in latency.values()
                if isinstance(entry, dict)
                for name, cycles in entry.items()
                if name not in _COLUMNS and isinstance(cycles, int)
            }
        )
        if column not in (*_COLUMNS, *profiles):
            known = f"profiles: {', '.join(profiles)}" if profiles else "the file has no profiles"
            guess = did_you_mean(column, profiles)
            self.fail(
                _LATENCY,
                "E104",
                f"there is no latency profile {column!r}",
                hint=f"{guess} {known}".strip(),
            )
            return {}
        out: dict[Loc, tuple[Loc, Any]] = {}
        for key in Latency.model_fields:
            if key == "dc_lib_en":
                continue
            name = key.upper()
            if name not in latency:
                hint = did_you_mean(name, [n for n in latency if n.lower() not in _keys()])
                self.fail(_LATENCY, "E102", f"the latency {name} is missing", hint=hint, key=True)
                continue
            loc, entry = latency[name]
            if not isinstance(entry, dict):
                self.fail(loc, "E103", f"{name}: expected a table of columns")
                continue
            chosen = column if column in entry or column in _COLUMNS else "dc_lib_dis"
            if chosen not in entry:
                self.fail(loc, "E102", f"{name} lacks the key {chosen!r}")
                continue
            out[("latency", key)] = ((*loc, chosen), entry[chosen])
        return out

    def machine(self, config: dict[str, tuple[Loc, Any]]) -> dict[Loc, tuple[Loc, Any]]:
        """Board location -> (settings location, value) for the CONFIG entries that are present."""
        found = {target: self.value(config, name) for name, target in _TARGETS.items()}
        return {target: value for target, value in found.items() if value is not None}


def _keys() -> frozenset[str]:
    from isa_analysis.boards.schema import Latency

    return frozenset(Latency.model_fields)
