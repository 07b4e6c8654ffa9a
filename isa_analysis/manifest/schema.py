"""The schema of a file of naming rules for manifests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from isa_analysis.manifest.model import Kind

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

_Text = Annotated[str, Field(min_length=1, max_length=2000)]


class KindEntry(BaseModel):
    """One entry of ``kinds``."""

    model_config = _STRICT

    kind: Kind
    names: tuple[_Text, ...] = ()
    begins: tuple[_Text, ...] = ()
    pattern: Annotated[str, Field(max_length=2000)] | None = None

    @model_validator(mode="after")
    def _usable(self) -> KindEntry:
        if not self.names and not self.begins and self.pattern is None:
            raise ValueError("give 'names', 'begins' or 'pattern'")
        return self


class LayerEntry(BaseModel):
    """The ``layer`` section."""

    model_config = _STRICT

    ignore: Annotated[tuple[_Text, ...], Field(max_length=200)] = ()


class RuleFile(BaseModel):
    """A rule file."""

    model_config = _STRICT

    version: Literal[1]
    extends: Literal["default", "none"] = "default"
    kinds: Annotated[tuple[KindEntry, ...], Field(max_length=2000)] = ()
    layer: LayerEntry = LayerEntry.model_construct(ignore=())
    bytes_per_element: Annotated[float, Field(gt=0, le=1024)] | None = None
