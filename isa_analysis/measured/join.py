"""Measured rows beside estimates: by a manifest, or by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.measured import names
from isa_analysis.measured.averages import Mean, error_percent, geometric_mean
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.flags import Flag, flag, usable
from isa_analysis.measured.judge import FACTOR, judge
from isa_analysis.measured.model import MeasuredFile, Measurement
from isa_analysis.measured.training_log import ACCUMULATIONS, STEPS

if TYPE_CHECKING:
    from isa_analysis.measured.manifest import Join, Manifest

#: Formats whose runs are called by their file, as the log knows no name.
_BY_FILE = ("emulator-log", "run-stats", "stage-profile", "inference-log", "tile-log")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured row with all its flags, and the estimate it is held against. ``how`` says by
    what the two were joined: ``manifest``, ``name``, ``only pair``; empty without an estimate."""

    measurement: Measurement
    estimate: Estimate | None = None
    how: str = ""

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of the row."""
        return self.measurement.flags

    @property
    def comparable(self) -> bool:
        """Whether the row has an error and takes part in the mean."""
        cycles = self.measurement.cycles
        return self.estimate is not None and bool(cycles) and usable(self.flags)

    @property
    def ratio(self) -> float | None:
        """Estimated over measured cycles per call; None when the row is not comparable."""
        if not self.comparable or self.estimate is None:
            return None
        cycles = self.measurement.cycles
        return self.estimate.cycles / cycles if cycles else None

    @property
    def error_percent(self) -> float | None:
        """(estimate - measured) / measured in percent; None when the row is not comparable."""
        if not self.comparable or self.estimate is None:
            return None
        return error_percent(self.estimate.cycles, self.measurement.cycles)


@dataclass(frozen=True, slots=True)
class Joined:
    """All rows in the order of the logs, then what was expected and not found; ``mean`` is the
    geometric mean of estimate over measured, over the comparable rows among those with an
    estimate; ``diagnostics`` are warnings about joins that were not made."""

    rows: tuple[Row, ...]
    mean: Mean
    diagnostics: tuple[Diagnostic, ...] = ()


def join_by_name(
    files: Sequence[MeasuredFile], estimates: Sequence[Estimate], factor: float = FACTOR
) -> Joined:
    """Joins rows with the estimate of the same name (see :mod:`isa_analysis.measured.names`), parts
    with the kernel of that name. The only run, when its log gives it no name, is joined with the
    only estimate."""
    runs = [m for file in files for m in file.runs]
    rows: list[Row] = []
    used: set[int] = set()
    warnings: dict[Diagnostic, None] = {}
    titles = [e.name for e in estimates]
    without: dict[str, dict[str, None]] = {}
    lone = _lone(files, runs, estimates)
    for m in runs:
        index = names.best(f"{m.name}:{m.part}", titles) if m.part else None
        whole = index is not None
        if index is None:
            index = names.best(m.name, titles)
        how = "name"
        if index is None and lone:
            index, how = 0, "only pair"
        if index is None:
            if near := _near(m, titles):
                warnings.setdefault(near)
            rows.append(Row(m))
            continue
        used.add(index)
        its = _part(estimates[index], "" if whole else m.part)
        if its is None:
            without.setdefault(titles[index], {}).setdefault(m.part)
        rows.append(_row(m, its, how, factor))
    for i, e in enumerate(estimates):
        of_file = [j for j, other in enumerate(estimates) if other.path == e.path]
        if i == of_file[0] and used.isdisjoint(of_file):
            what = f"no measurement is called {e.name}"
            rows.append(Row(_absent(e.name, "", flag("MISSING", what=what)), e, ""))
    warnings.update(dict.fromkeys(_without_kernel(t, tuple(p)) for t, p in without.items()))
    return _joined(rows, tuple(warnings))


def join_by_manifest(
    files: Sequence[MeasuredFile],
    manifest: Manifest,
    estimates: Mapping[int, Estimate],
    factor: float = FACTOR,
) -> Joined:
    """Joins rows as ``manifest`` says; ``estimates`` are by the index of the join. A join without
    a row is SKIPPED, or MISSING when a log is missing. Rows of no join stay, without estimate."""
    runs = [m for file in files for m in file.runs]
    rows: list[Row] = [Row(m) for m in runs]
    warnings: list[Diagnostic] = []
    extra: list[Row] = []
    for number, join in enumerate(manifest.joins):
        matching = [i for i, m in enumerate(runs) if _matches(m, join)]
        if any(runs[i].name == join.measured for i in matching):
            matching = [i for i in matching if runs[i].name == join.measured]
        found = {runs[i].name for i in matching}
        if len(found) > 1:
            message = f"{join.measured} is the end of several names: {', '.join(sorted(found))}"
            hint = "give more of the path"
            warnings.append(Diagnostic("", 0, 0, "W621", "warning", message, hint))
            what = f"{join.measured} is ambiguous"
            extra.append(Row(_absent(join.measured, join.part or "", flag("MISSING", what=what))))
            continue
        if not matching:
            extra.append(Row(_expected(join, files), estimates.get(number), "manifest"))
            continue
        chosen = _chosen([runs[i] for i in matching], join)
        for i, m in zip(matching, chosen, strict=True):
            estimate = estimates.get(number)
            m = _with_manifest(m, join, estimate)
            part = "" if join.kernel or join.part is not None else m.part
            rows[i] = (
                Row(m) if estimate is None else _row(m, _part(estimate, part), "manifest", factor)
            )
    return _joined([*rows, *extra], tuple(warnings))


def _joined(rows: list[Row], warnings: tuple[Diagnostic, ...]) -> Joined:
    mean = geometric_mean(r.ratio for r in rows if r.estimate is not None)
    return Joined(tuple(rows), mean, warnings)


def _row(m: Measurement, estimate: Estimate | None, how: str, factor: float) -> Row:
    if estimate is None:
        return Row(m)
    return Row(replace(m, flags=judge(m, estimate, factor)), estimate, how)


def _part(estimate: Estimate, part: str) -> Estimate | None:
    """The estimate of a part of a run; a kernel of no known name has none."""
    if not part:
        return estimate
    kernel = estimate.kernel(part)
    if kernel is None:
        return None
    return replace(
        kernel, machine=estimate.machine, unknown_opcodes=estimate.unknown_opcodes
    )  # fmt: skip


def _lone(
    files: Sequence[MeasuredFile], runs: Sequence[Measurement], estimates: Sequence[Estimate]
) -> bool:
    """Whether there is one run without a name of its own, and one estimate."""
    return (
        len(files) == 1
        and len(estimates) == 1
        and len({m.name for m in runs}) == 1
        and all(m.name == m.path and m.format in _BY_FILE for m in runs)
    )


def _near(m: Measurement, titles: Sequence[str]) -> Diagnostic | None:
    alike = [t for t in titles if names.base_name(t) == names.base_name(m.name)]
    if not alike:
        return None
    message = (
        f"{m.name} and the estimate {alike[0]} share their last path part only: not joined"
        if not any(names.same(t, m.name) for t in alike)
        else f"{m.name} could be any of {', '.join(alike)}: not joined"
    )
    hint = f"say so: --estimate {m.name}=FILE, or a --manifest"
    return Diagnostic(m.path, m.line, 0, "W620", "warning", message, hint)


def _without_kernel(title: str, parts: tuple[str, ...]) -> Diagnostic:
    listed = ", ".join(parts[:8]) + (f" and {len(parts) - 8} more" if len(parts) > 8 else "")
    message = f"the estimate {title} has no kernel called {listed}: not joined"
    hint = f"a part has a program of its own? --estimate {title}:{parts[0]}=FILE"
    return Diagnostic("", 0, 0, "W622", "warning", message, hint)


def _absent(name: str, part: str, why: Flag) -> Measurement:
    return Measurement(name, part, "", 0, "missing", None, None, flags=(why,))


def _matches(m: Measurement, join: Join) -> bool:
    from pathlib import Path

    if m.format == "missing":
        return False
    if join.part is not None and m.part != join.part and m.part:
        return False
    if join.part and not m.part and m.total_cycles is not None:
        return False
    if join.log is not None and Path(m.path) != Path(join.log):
        return False
    return names.same(m.name, join.measured)


def _expected(join: Join, files: Sequence[MeasuredFile]) -> Measurement:
    """The row of a join without a result: SKIPPED by logs that are there, else MISSING."""
    gone = [f.path for f in files if f.format == "missing"]
    there = [f.path for f in files if f.format != "missing"]
    part = join.part or ""
    label = f"{join.measured} ({part})" if part else join.measured
    if gone or not there:
        what = f"no result for {label}: {', '.join(gone) or 'no log'} is missing"
        return _absent(join.measured, part, flag("MISSING", what=what))
    other = ", ".join(there[:3]) + (f" and {len(there) - 3} more" if len(there) > 3 else "")
    return _absent(join.measured, part, flag("SKIPPED", what=label, other=other))


def _chosen(found: Sequence[Measurement], join: Join) -> list[Measurement]:
    """``found`` with the run that the join picks freed of STALE and DUPLICATE, the others STALE."""
    if join.run is None:
        return list(found)
    out = list(found)
    for part in dict.fromkeys(m.part for m in found):
        results = [i for i, m in enumerate(found) if m.part == part and m.total_cycles is not None]
        at = -1 if join.run == "last" else join.run - 1
        pick = results[at] if results and -1 <= at < len(results) else None
        for i in results:
            kept = [f for f in out[i].flags if f.code not in ("STALE", "DUPLICATE")]
            if i != pick:
                what = f"the manifest says that run {join.run} counts"
                kept.append(flag("STALE", what=what))
            out[i] = replace(out[i], flags=tuple(kept))
    return out


def _with_manifest(m: Measurement, join: Join, estimate: Estimate | None) -> Measurement:
    flags = list(m.flags)
    notes = list(m.notes)
    calls = m.calls
    if join.calls is not None and m.total_cycles is not None:
        if m.calls not in (None, 1, join.calls):
            flags.append(flag("STEPS-DIFFER", what=m.label, value=m.calls, other=join.calls))
        else:
            calls = join.calls
            notes = [n for n in notes if not n.startswith("total only")]
            notes.append(f"{join.calls:,} calls, says the manifest")
    for key, value in join.parameters.items():
        given = m.setting(key)
        if given is None:
            notes.append(f"the log does not say {key}; the manifest says {value}")
        elif given != value:
            code = "STEPS-DIFFER" if key in (STEPS, ACCUMULATIONS) else "CONFIG-DIFFERS"
            what = f"{m.label}, {key}:" if code == "STEPS-DIFFER" else f"{key} of {m.label}"
            flags.append(flag(code, what=what, value=given, other=value))
    least = (join.lower_bound_cycles or 0) * (calls or 0)
    if m.total_cycles is not None and m.total_cycles < least:
        flags.append(flag("TOO-LOW", measured=m.total_cycles, bound=least, what="the manifest"))
    if join.sha256 and estimate is not None and estimate.sha256 != join.sha256:
        what = f"the program of {m.label}"
        value, other = estimate.sha256[:12], f"{join.sha256[:12]} when measured"
        flags.append(flag("INPUT-CHANGED", what=what, value=value, other=other))
    return replace(
        m, calls=calls, flags=tuple(dict.fromkeys(flags)), notes=tuple(notes)
    )  # fmt: skip
