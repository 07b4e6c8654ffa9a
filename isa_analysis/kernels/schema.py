"""The schema of a kernel-rule file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from isa_analysis.kernels.vocabulary import FIRST_WORD, Action, Group, Inherited

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

#: Longest text of any entry; longer ones are mistakes.
_LONGEST = 2000

Text = Annotated[str, Field(max_length=_LONGEST)]
NonEmpty = Annotated[str, Field(min_length=1, max_length=_LONGEST)]


class RuleEntry(BaseModel):
    """One entry of ``rules``."""

    model_config = _STRICT

    id: NonEmpty
    action: Action
    family: Text = "user"
    begins: tuple[NonEmpty, ...] = ()
    contains: Text = ""
    pattern: Text = ""
    accept: Text = ""
    layer: Text = ""
    block: Text = ""
    fallback_block: Text = ""
    kernel: Text = ""
    tensor: Text = ""
    head: Text = ""
    slot: Text = ""
    name_by: tuple[Group, ...] = ()
    head_by: tuple[Group, ...] = ()
    slot_by: tuple[Group, ...] = ()
    within: tuple[NonEmpty, ...] = ()
    not_within: tuple[NonEmpty, ...] = ()
    inherit: tuple[Inherited, ...] = ()
    remember: tuple[Inherited, ...] = ()
    repeats_layer: bool = False
    opens_layer: bool = False

    @model_validator(mode="after")
    def _usable(self) -> RuleEntry:
        if bool(self.begins) == bool(self.contains):
            raise ValueError("give either 'begins' or 'contains'")
        for literal in self.begins:
            if not FIRST_WORD.match(literal):
                raise ValueError(f"begins: {literal!r} must start with a word")
        if self.action in ("kernel", "template", "lead_in", "open") and not self.kernel:
            raise ValueError(f"a rule with action {self.action!r} needs 'kernel'")
        if self.action in ("layer_start", "section") and not self.layer:
            raise ValueError(f"a rule with action {self.action!r} needs 'layer'")
        return self


class TensorEntry(BaseModel):
    """One entry of ``tensors``."""

    model_config = _STRICT

    pattern: NonEmpty
    block: NonEmpty
    kernel: NonEmpty


class IndexEntry(BaseModel):
    """One entry of ``indices``."""

    model_config = _STRICT

    pattern: NonEmpty
    layer: Text = ""
    head: Text = ""
    slot: Text = ""


class RuleFile(BaseModel):
    """A rule file."""

    model_config = _STRICT

    version: Literal[1]
    extends: Literal["default", "none"] = "default"
    rules: Annotated[tuple[RuleEntry, ...], Field(max_length=2000)] = ()
    tensors: Annotated[tuple[TensorEntry, ...], Field(max_length=2000)] = ()
    indices: Annotated[tuple[IndexEntry, ...], Field(max_length=2000)] = ()
