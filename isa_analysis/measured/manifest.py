"""A manifest of joins: which measured name is which program or kernel, under which settings.

joins:
  - measured: Tests/Models/conv_train
    part: train
    program: conv.asm
    parameters: {N_TRAIN_STEPS: 2}
capacities: {L1: 64000}
"""

from __future__ import annotations

import os.path
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from isa_analysis.config import Document, read_bytes, read_yaml, validate

_Name = Annotated[str, Field(min_length=1, max_length=4096)]
_Cycles = Annotated[int, Field(ge=1, le=10**18)]


class Join(BaseModel):
    """One measured name and what it is compared with."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    measured: _Name = Field(
        description="Name in the log: the whole of it, or its last path parts, at least two."
    )
    part: str | None = Field(
        None, description="Part of the run: train, optimizer, a stage, a node. Null: all parts."
    )
    log: _Name | None = Field(None, description="Only in this log; relative to the manifest.")
    run: Annotated[int, Field(ge=1, le=10**9)] | Literal["last"] | None = Field(
        None, description="Which of several results of the name counts, from 1, or last."
    )
    calls: Annotated[int, Field(ge=1, le=10**12)] | None = Field(
        None, description="Calls in the measured total, where the log does not say."
    )
    program: _Name | None = Field(
        None, description="Assembly file or JSON of a profile; relative to the manifest."
    )
    kernel: _Name | None = Field(None, description="Kernel of the program, by its path.")
    board: _Name | None = Field(None, description="Board instead of --board.")
    set: tuple[_Name, ...] = Field((), description="Board overrides, section.key=value.")
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = Field(
        None, description="SHA-256 of the program that was measured."
    )
    estimate_cycles: _Cycles | None = Field(
        None, description="Cycles per call, instead of a program."
    )
    lower_bound_cycles: _Cycles | None = Field(
        None, description="No run takes fewer cycles per call."
    )
    parameters: dict[str, int | str] = Field(
        default_factory=dict, description="Settings that the log must show."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Join:
        if self.program is not None and self.estimate_cycles is not None:
            raise ValueError("program and estimate_cycles are two estimates: give one")
        for key in ("kernel", "sha256", "board"):
            if getattr(self, key) is not None and self.program is None:
                raise ValueError(f"{key} needs a program")
        return self


class Manifest(BaseModel):
    """All joins, and capacities of a foreign build's memories in bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    joins: tuple[Join, ...] = Field((), description="What is compared with what.")
    capacities: dict[str, Annotated[int, Field(ge=1, le=10**18)]] = Field(
        default_factory=dict, description="Bytes of L1, L2, L3 of a foreign build."
    )

    @model_validator(mode="after")
    def _levels(self) -> Manifest:
        for level in self.capacities:
            if level not in ("L1", "L2", "L3"):
                raise ValueError(f"{level} is no memory level: L1, L2, L3")
        return self


def load_manifest(path: str) -> Manifest:
    """The manifest in the YAML or JSON file ``path``; its paths are made relative to its folder.

    Raises :class:`InputError` with every problem located (E100 to E107, E620 for a name that is
    joined twice).
    """
    document = read_yaml(read_bytes(path), path)
    manifest = validate(document, Manifest)
    _refuse_repeats(document, manifest)
    folder = Path(path).parent

    def at(name: str | None) -> str | None:
        return None if name is None else os.path.normpath(folder / name)

    joins = tuple(
        j.model_copy(update={"program": at(j.program), "log": at(j.log)}) for j in manifest.joins
    )
    return manifest.model_copy(update={"joins": joins})


def _refuse_repeats(document: Document, manifest: Manifest) -> None:
    from isa_analysis.config.documents import raise_all

    seen: dict[tuple[object, ...], int] = {}
    problems = []
    for i, join in enumerate(manifest.joins):
        key = (join.measured, join.part, join.log)
        if key in seen:
            message = f"joins[{i}] joins what joins[{seen[key]}] joined: {join.measured}"
            problems.append(document.diagnostic(("joins", i, "measured"), "E620", message))
        seen.setdefault(key, i)
    raise_all(problems)
