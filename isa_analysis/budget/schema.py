"""The schema of ``isa-budget.yaml`` and of ``[tool.isa-analysis.budget]``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_STRICT = ConfigDict(
    strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True
)

Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$")]
Text = Annotated[str, Field(min_length=1, max_length=500)]


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


#: A list of texts; one alone needs no list.
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed), Field(max_length=1000)]
#: A number, or a number with a unit; ``quantity.parse_quantity`` reads it.
Amount = int | float | str

Metric = Literal[
    "total_cycles",
    "compute_cycles",
    "memory_cycles",
    "dynamic_instructions",
    "static_instructions",
    "time",
    "hbm_bytes",
    "sram_peak",
]
Category = Literal["matrix", "vector", "memory", "scalar", "control"]
Severity = Literal["error", "warn"]


class LimitEntry(BaseModel):
    """One limit."""

    model_config = _STRICT

    metric: Metric | None = None
    max: Amount | None = None
    max_increase: Amount | None = None
    kernel: Text | None = None
    of: Literal["each", "sum"] = "each"
    category: Category | None = None
    message: Annotated[str, Field(max_length=2000)] = ""
    severity: Severity = "error"


class Conditions(BaseModel):
    """What programs are costed for; a program's own values win over those of the file."""

    model_config = _STRICT

    board: Text | None = None
    set: Texts | None = None
    timing: Literal["serial", "legacy", "overlap", "async-slots", "in-order", "rtl-v1"] | None = (
        None
    )
    memory: Literal["board", "charge", "service", "none"] | None = None
    isa: Literal["auto", "plena", "plena-tvm"] | None = None
    kernel_rules: Text | None = None


class ProgramEntry(Conditions):
    """Programs that share conditions and limits."""

    files: Texts
    exclude: Texts = ()
    limits: dict[Name, LimitEntry] = {}


class BudgetFile(Conditions):
    """A whole budget file."""

    version: Literal[1]
    programs: Annotated[dict[Name, ProgramEntry], Field(min_length=1)]
    limits: dict[Name, LimitEntry] = {}


def budget_schema() -> dict[str, Any]:
    """JSON Schema of a budget file, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **BudgetFile.model_json_schema(),
    }
