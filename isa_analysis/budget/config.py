"""The budget of a project, read and checked: ``isa-budget.yaml`` or ``pyproject.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from isa_analysis.budget.metrics import DEFAULT_METRIC, METRICS, MetricInfo
from isa_analysis.budget.quantity import Quantity, parse_quantity
from isa_analysis.config import Document, Loc, Place, read_bytes, read_toml, read_yaml, validate
from isa_analysis.config.documents import raise_all
from isa_analysis.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from isa_analysis.budget.schema import BudgetFile, LimitEntry, ProgramEntry
    from isa_analysis.timing.model import TimingName

CONFIG_NAMES = ("isa-budget.yaml", "isa-budget.yml")
PYPROJECT = "pyproject.toml"
_TABLE: Loc = ("tool", "isa-analysis", "budget")

_CONDITIONS = ("board", "set", "timing", "memory", "isa", "kernel_rules")

Severity = Literal["error", "warn"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, ready to be evaluated.

    ``kernel`` is a pattern (None: the whole program); with ``each`` every kernel it matches is
    limited by itself, otherwise their sum. ``max`` is in base units; ``max_increase`` too, or a
    share of the locked value when its dimension is ``percent``.
    """

    name: str
    metric: MetricInfo
    max: Quantity | None
    max_increase: Quantity | None
    kernel: str | None
    each: bool
    category: str | None
    message: str
    severity: Severity
    place: Place

    def allowed_increase(self, base: Fraction) -> Fraction | None:
        """The growth over ``base`` that ``max_increase`` allows; None when it is not set."""
        q = self.max_increase
        if q is None:
            return None
        return base * q.amount if q.dimension == "percent" else q.amount


@dataclass(frozen=True, slots=True)
class Entry:
    """Programs that share conditions and limits; ``places`` says where a condition was written."""

    name: str
    files: tuple[str, ...]
    exclude: tuple[str, ...]
    board: str
    overrides: tuple[str, ...]
    timing: TimingName
    memory: Literal["board", "charge", "service", "none"]
    isa: Literal["auto", "plena", "plena-tvm"]
    kernel_rules: str | None
    limits: tuple[Limit, ...]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Budget:
    """A whole budget; paths in it are relative to the folder of ``path``."""

    path: str
    entries: tuple[Entry, ...]

    @property
    def folder(self) -> Path:
        """Where paths of the budget start."""
        return Path(self.path).parent


def find_config(start: Path) -> str:
    """The budget file of the project around ``start``: there or in a folder above it.

    The search ends at the top of the repository. Raises :class:`InputError`: E401 when there is
    none, E402 when one folder holds two.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        found = [folder / name for name in CONFIG_NAMES if (folder / name).is_file()]
        pyproject = folder / PYPROJECT
        if pyproject.is_file() and _has_table(pyproject):
            found.append(pyproject)
        if len(found) > 1:
            names = " and ".join(file.name for file in found)
            raise error(
                "E402", f"two budgets in one folder: {names}", path=str(folder), hint="keep one"
            )
        if found:
            return str(_shown(found[0]))
        if (folder / ".git").exists():
            break
    raise error(
        "E401",
        f"no budget found: no {CONFIG_NAMES[0]} and no [tool.isa-analysis.budget] in {PYPROJECT}",
        hint="write a first one: isa-analysis init",
    )


def _shown(path: Path) -> Path:
    """``path`` as a user below it would write it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _has_table(path: Path) -> bool:
    content = read_bytes(str(path))
    if b"isa-analysis" not in content:
        return False
    data = read_toml(content, str(path)).data
    for part in _TABLE:
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True


def load_config(path: str) -> Budget:
    """The budget in the file ``path`` (YAML, or TOML by its suffix).

    Raises :class:`InputError` with every problem: E100 to E107 as all configuration files, E403 for
    limits that contradict themselves.
    """
    content = read_bytes(path)
    toml = path.endswith(".toml")
    return parse_config(read_toml(content, path) if toml else read_yaml(content, path), toml)


def parse_config(document: Document, toml: bool = False) -> Budget:
    """The budget in ``document``, below its ``[tool.isa-analysis.budget]`` when ``toml``."""
    from isa_analysis.budget.schema import BudgetFile

    prefix = _TABLE if toml else ()
    reader = _Reader(document, prefix, [])
    file = validate(document, BudgetFile, prefix=prefix)
    entries = [reader.entry(file, name, entry) for name, entry in file.programs.items()]
    raise_all(reader.problems)
    return Budget(document.path, tuple(entries))


@dataclass(frozen=True, slots=True)
class _Reader:
    document: Document
    prefix: Loc
    problems: list[Diagnostic]

    def entry(self, file: BudgetFile, name: str, entry: ProgramEntry) -> Entry:
        own: Loc = (*self.prefix, "programs", name)
        files = entry.files
        if not files:
            self._problem("E104", (*own, "files"), f"programs.{name}.files: name at least one file")
        limits = {key: (limit, (*self.prefix, "limits", key)) for key, limit in file.limits.items()}
        limits |= {key: (limit, (*own, "limits", key)) for key, limit in entry.limits.items()}
        if not limits:
            self._problem(
                "E403", own, f"programs.{name} has no limit, so nothing would be checked",
                "add limits to it, or to the whole file", key=True,
            )  # fmt: skip
        parsed = [self._limit(key, limit, loc) for key, (limit, loc) in limits.items()]
        places: dict[str, Place] = {"files": self.document.place((*own, "files"))}

        def chosen(field: str) -> object:
            for level, at in ((entry, own), (file, self.prefix)):
                value: object = getattr(level, field)
                if value is not None:
                    places[field] = self.document.place((*at, field))
                    return value
            return None

        conditions: dict[str, object] = {f: chosen(f) for f in _CONDITIONS}
        if conditions["board"] is None:
            self._problem(
                "E102", own, f"programs.{name} has no board",
                "write board: v80 here, or once for the whole file", key=True,
            )  # fmt: skip
        return Entry(
            name=name,
            files=files,
            exclude=entry.exclude,
            board=str(conditions["board"]),
            overrides=conditions["set"] or (),  # type: ignore[arg-type]
            timing=conditions["timing"] or "serial",  # type: ignore[arg-type]
            memory=conditions["memory"] or "board",  # type: ignore[arg-type]
            isa=conditions["isa"] or "auto",  # type: ignore[arg-type]
            kernel_rules=conditions["kernel_rules"],  # type: ignore[arg-type]
            limits=tuple(limit for limit in parsed if limit is not None),
            places=places,
        )

    def _limit(self, name: str, entry: LimitEntry, loc: Loc) -> Limit | None:
        before = len(self.problems)
        maximum = self._quantity(loc, "max", entry.max)
        increase = self._quantity(loc, "max_increase", entry.max_increase)
        if entry.max is None and entry.max_increase is None:
            self._problem(
                "E403", loc, f"limit {name!r} has neither max nor max_increase", key=True,
                hint="write, for example, max: 1.2e6 cycles or max_increase: 0",
            )  # fmt: skip
        if len(self.problems) > before:
            return None
        metric = self._metric(name, entry, loc, maximum, increase)
        if metric is None:
            return None
        if metric.of is None and (entry.kernel is not None or entry.category is not None):
            field = "kernel" if entry.kernel is not None else "category"
            self._problem(
                "E403", (*loc, field),
                f"limit {name!r}: {metric.name} is a figure of the whole program and has no "
                f"{field}",
            )  # fmt: skip
        if entry.of == "sum" and entry.kernel is None:
            self._problem("E403", (*loc, "of"), f"limit {name!r}: of: sum needs a kernel pattern")
        for field, quantity in (("max", maximum), ("max_increase", increase)):
            if quantity is not None:
                self._fits(name, metric, field, quantity, loc)
        return Limit(
            name, metric, maximum, increase, entry.kernel, entry.of == "each", entry.category,
            entry.message, entry.severity, self.document.place(loc, key=True),
        )  # fmt: skip

    def _metric(
        self,
        name: str,
        entry: LimitEntry,
        loc: Loc,
        maximum: Quantity | None,
        increase: Quantity | None,
    ) -> MetricInfo | None:
        if entry.metric is not None:
            return METRICS[entry.metric]
        telling = [q for q in (maximum, increase) if q is not None]
        units = [q for q in telling if q.dimension not in ("number", "percent")]
        dimension = (units or telling)[0].dimension
        if dimension not in DEFAULT_METRIC:
            self._problem(
                "E403", loc, f"limit {name!r}: which metric is meant in {dimension}?", key=True,
                hint=f"write metric: {' or metric: '.join(_of_dimension(dimension))}",
            )  # fmt: skip
            return None
        return METRICS[DEFAULT_METRIC[dimension]]

    def _fits(
        self, name: str, metric: MetricInfo, field: str, quantity: Quantity, loc: Loc
    ) -> None:
        at = (*loc, field)
        if quantity.dimension == "percent":
            if field == "max":
                hint = "a share of the locked value is max_increase"
                self._problem("E403", at, f"limit {name!r}: max cannot be a percentage", hint)
        elif quantity.dimension == "number":
            if metric.dimension == "seconds" and quantity.amount:
                hint = f"write {quantity.text} ms"
                self._problem("E403", at, f"limit {name!r}: a time needs a unit", hint)
        elif quantity.dimension != metric.dimension:
            self._problem(
                "E403", at,
                f"limit {name!r}: {quantity.text!r} is in {quantity.dimension}, but "
                f"{metric.name} is in {metric.dimension}",
            )  # fmt: skip

    def _quantity(self, loc: Loc, field: str, value: object) -> Quantity | None:
        if value is None:
            return None
        try:
            return parse_quantity(value)
        except ValueError as problem:
            self._problem("E104", (*loc, field), f"{field}: {problem}")
            return None

    def _problem(
        self, code: str, loc: Loc, message: str, hint: str = "", *, key: bool = False
    ) -> None:
        self.problems.append(self.document.diagnostic(loc, code, message, hint=hint, key=key))


def _of_dimension(dimension: str) -> list[str]:
    return [m.name for m in METRICS.values() if m.dimension == dimension]
