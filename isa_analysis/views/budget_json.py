"""A check as JSON, for scripts and artifacts."""

from __future__ import annotations

import json
from fractions import Fraction

from isa_analysis._version import __version__
from isa_analysis.budget.check import CheckResult, Finding
from isa_analysis.budget.delta import Delta, KernelDelta
from isa_analysis.budget.loops import LoopDelta
from isa_analysis.profiling.model import Cost
from isa_analysis.views import budget_sentences as sentences
from isa_analysis.views import budget_tables as tables

FORMAT = "isa-analysis-check"
#: Grows when a key changes its meaning or goes.
FORMAT_VERSION = 1


def render(result: CheckResult, exit_code: int) -> str:
    """One JSON document."""
    return json.dumps(document(result, exit_code), indent=1, ensure_ascii=False) + "\n"


def document(result: CheckResult, exit_code: int) -> dict[str, object]:
    """The document as plain values; seconds are floats, every other figure is exact."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "config": result.config,
        "lock": result.lock,
        "exit_code": exit_code,
        "summary": sentences.summary(result),
        "findings": [_finding(f) for f in result.findings],
        "incomparable": [
            {"entry": i.entry, "path": i.path, "reasons": list(i.reasons)}
            for i in result.incomparable
        ],
        "gone": [{"entry": entry, "path": path} for entry, path in result.gone],
        "programs": [
            {
                "entry": p.entry,
                "path": p.path,
                "verdict": sentences.verdict(p, result),
                "limits": p.limits,
                "clock_hz": p.present.clock_hz,
                "totals": cost(p.present.cost),
                "delta": delta(p.delta) if p.delta else None,
            }
            for p in result.programs
        ],
    }


def _finding(f: Finding) -> dict[str, object]:
    return {
        "limit": f.limit.name,
        "severity": f.limit.severity,
        "entry": f.entry,
        "path": f.path,
        "line": f.line,
        "kernel": f.kernel,
        "category": f.limit.category,
        "metric": f.limit.metric.name,
        "unit": "s" if f.limit.metric.dimension == "seconds" else f.limit.metric.unit,
        "kind": f.kind,
        "value": _number(f.value),
        "allowed": _number(f.allowed),
        "locked": _number(f.base) if f.base is not None else None,
        "excess": _number(f.excess),
        "message": f.limit.message,
        "causes": [kernel(k) for k in f.causes],
    }


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def cost(c: Cost) -> dict[str, int]:
    """A cost as named integers."""
    return {
        "static_instructions": c.static,
        "dynamic_instructions": c.dynamic,
        "compute_cycles": c.compute_cycles,
        "memory_cycles": c.memory_cycles,
        "total_cycles": c.total_cycles,
    }


def delta(d: Delta) -> dict[str, object]:
    """Two programs compared."""
    return {
        "old": cost(d.old),
        "new": cost(d.new),
        "delta_cycles": d.cycles,
        "ratio": tables.ratio(d.old.total_cycles, d.new.total_cycles),
        "kernels": [kernel(k) for k in d.kernels],
        "opcodes": [_opcode(o.mnemonic, o.old, o.new) for o in d.opcodes],
    }


def kernel(d: KernelDelta) -> dict[str, object]:
    """One kernel compared."""
    return {
        "status": d.status,
        "old_path": list(d.old.path) if d.old else None,
        "new_path": list(d.new.path) if d.new else None,
        "old": cost(d.old_cost),
        "new": cost(d.new_cost),
        "delta_cycles": d.cycles,
        "delta_dynamic": d.dynamic,
        "opcodes": [_opcode(o.mnemonic, o.old, o.new) for o in d.opcodes],
        "loops": [_loop(loop) for loop in d.loops],
    }


def _opcode(mnemonic: str, old: Cost, new: Cost) -> dict[str, object]:
    return {
        "mnemonic": mnemonic,
        "old": cost(old),
        "new": cost(new),
        "delta_cycles": new.total_cycles - old.total_cycles,
        "delta_dynamic": new.dynamic - old.dynamic,
    }


def _loop(d: LoopDelta) -> dict[str, object]:
    return {
        "old_trips": list(d.old_trips) if d.old_trips is not None else None,
        "new_trips": list(d.new_trips) if d.new_trips is not None else None,
        "count": d.count,
        "lines": [list(span) for span in d.lines],
        "opcodes": [
            {
                "mnemonic": o.mnemonic,
                "delta_static": o.static,
                "delta_dynamic": o.dynamic,
                "delta_cycles": o.cycles,
                "lines": list(o.lines),
            }
            for o in d.opcodes
        ],
    }
