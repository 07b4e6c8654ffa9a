"""An explanation as text and as JSON."""

from __future__ import annotations

import json

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.explain.model import Explanation, Held, MemoryUse, OperandUse
from isa_analysis.lint.findings import plural

FORMAT = "isa-analysis-explain"
FORMAT_VERSION = 1

_MEMORIES = {
    "msram": "matrix SRAM",
    "vsram": "vector SRAM",
    "fpsram": "FP SRAM",
    "intsram": "INT SRAM",
    "hbm": "HBM",
}

_SPECIAL = {
    "macc": "the matrix accumulator",
    "scale": "SCALE",
    "stride": "STRIDE",
    "vmask": "V_MASK",
}


def render(e: Explanation) -> str:
    """The explanation for a reader."""
    alias = f" (old spelling {e.spelling})" if e.spelling != e.mnemonic else ""
    parts = [
        f"{printable(e.path)}:{e.line}: {printable(e.source.strip())}",
        f"  {e.mnemonic}{alias}: {e.meaning}  [{e.dialect}, {e.engine} engine, pc {e.pc}]",
        _section("Operands", [_operand(o) for o in e.operands]),
        _section("Memory", [_access(m) for m in e.memory]),
        _section("Registers", _registers(e)),
        _section("Cost", _cost(e)),
        _section("Runs", _runs(e)),
        _section("Faults", _faults(e)),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _section(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    return "\n".join(f"{title if i == 0 else '':<10}{line}" for i, line in enumerate(lines))


def _operand(o: OperandUse) -> str:
    if o.held is None:
        return f"{o.name} = {o.text}" + (" (written)" if o.written else "")
    how = " (read and written)" if o.written else ""
    lines = " and ".join(map(str, o.set_at))
    origin = f"set at line {lines}" if o.set_at else "nothing sets it"
    name = f"{o.name} = {o.text}" if o.name != o.text else o.name
    return f"{name}{how}: {_value(o.held)}; {origin}"


def _value(h: Held) -> str:
    """``4096`` or ``0 to 960: first 0, + 64 per iteration of line 20``."""
    if h.first is None and h.last is None and not h.switches:
        return "not known"
    if h.constant and not h.switches:
        return f"{h.first}"
    parts = []
    if h.low is not None and h.high is not None:
        parts.append(f"{h.low} to {h.high}")
    first = "not known" if h.first is None else str(h.first)
    last = "not known" if h.last is None else str(h.last)
    parts.append(f"first {first}, last {last}")
    parts += [f"{s.step:+d} per iteration of the loop at line {s.line}" for s in h.strides]
    if h.switches:
        lines = " and ".join(str(line) for line in h.switches)
        parts.append(f"the first iteration of the loop at line {lines} differs from the others")
    return ", ".join(parts)


def _access(m: MemoryUse) -> str:
    what = "writes" if m.write else "reads"
    unit = "bytes" if m.memory == "hbm" else "elements"
    extent = f"{m.length} {unit}" if m.length > 1 else f"1 {unit[:-1]}"
    if m.rows > 1:
        apart = "at a distance that is not known" if m.step is None else f"{m.step} apart"
        extent = f"{m.rows} rows of {extent}, {apart}"
    tensor = f" ({printable(m.tensor)})" if m.tensor else ""
    return f"{what} {_MEMORIES[m.memory]}: {extent}, address {_value(m.address)}{tensor}"


def _registers(e: Explanation) -> list[str]:
    out = []
    if e.registers_read:
        out.append(f"reads {_names(e.registers_read)}")
    if e.registers_written:
        out.append(f"writes {_names(e.registers_written)}")
    return out


def _names(registers: tuple[str, ...]) -> str:
    return ", ".join(_SPECIAL.get(name, name) for name in registers)


def _cost(e: Explanation) -> list[str]:
    p = e.price
    each = "varies" if p.each is None else plural(p.each, "cycle")
    share = f" ({p.share:.2f} % of compute)" if p.share is not None else ""
    terms = "".join(f", {name} = {value}" for name, value in p.terms)
    out = [f"{each} per execution, {p.total:,} in all{share}", f"rule: {p.rule}{terms}"]
    if e.requests_read is not None and e.requests_written is not None:
        out.append(
            f"traffic: {64 * e.requests_read:,} bytes read, {64 * e.requests_written:,} written, "
            "in requests of 64 bytes, over all executions"
        )
    out.append(f"source: {printable(p.source)}")
    return out


def _runs(e: Explanation) -> list[str]:
    times = plural(e.executions, "time")
    if e.executed_before is not None:
        times += f", first after {e.executed_before:,} instructions"
    out = [times]
    if e.kernel:
        tensor = f", tensor {printable(e.tensor)}" if e.tensor else ""
        out.append(f"kernel: {printable(e.kernel)}{tensor}")
    out += [
        f"loop: lines {lp.line} to {lp.last_line}, {lp.counter}, {plural(lp.trip, 'iteration')}"
        + (f" ({lp.iterations:,} in all)" if lp.iterations != lp.trip else "")
        for lp in e.loops
    ]
    return out


def _faults(e: Explanation) -> list[str]:
    return [
        f"{f.rule} {f.fault}: {f.message}; first after {f.executed:,} instructions"
        for f in e.faults
    ]


def render_json(e: Explanation) -> str:
    """The explanation as one JSON document."""
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "path": e.path,
        "line": e.line,
        "pc": e.pc,
        "source": e.source,
        "dialect": e.dialect,
        "mnemonic": e.mnemonic,
        "spelling": e.spelling,
        "meaning": e.meaning,
        "engine": e.engine,
        "operands": [
            {
                "name": o.name,
                "text": o.text,
                "read": o.read,
                "written": o.written,
                "value": _held(o.held) if o.held is not None else None,
                "set_at_lines": list(o.set_at),
            }
            for o in e.operands
        ],
        "memory": [
            {
                "memory": m.memory,
                "write": m.write,
                "operand": m.operand,
                "address": _held(m.address),
                "rows": m.rows,
                "step": m.step,
                "length": m.length,
                "tensor": m.tensor,
            }
            for m in e.memory
        ],
        "registers": {"read": list(e.registers_read), "written": list(e.registers_written)},
        "cost": {
            "cycles_each": e.price.each,
            "cycles": e.price.total,
            "compute_percent": e.price.share,
            "rule": e.price.rule,
            "terms": dict(e.price.terms),
            "source": e.price.source,
            "hbm_read_bytes": None if e.requests_read is None else 64 * e.requests_read,
            "hbm_write_bytes": None if e.requests_written is None else 64 * e.requests_written,
        },
        "executions": e.executions,
        "executed_before": e.executed_before,
        "kernel": e.kernel,
        "tensor": e.tensor,
        "loops": [
            {
                "line": lp.line,
                "last_line": lp.last_line,
                "counter": lp.counter,
                "trip": lp.trip,
                "iterations": lp.iterations,
            }
            for lp in e.loops
        ],
        "faults": [
            {
                "rule": f.rule,
                "fault": f"{f.fault} (pc {f.pc})",
                "message": f.message,
                "executed_before": f.executed,
            }
            for f in e.faults
        ],
    }
    return json.dumps(document, indent=1) + "\n"


def _held(h: Held) -> dict[str, object]:
    return {
        "first": h.first,
        "last": h.last,
        "low": h.low,
        "high": h.high,
        "strides": [{"line": s.line, "step": s.step} for s in h.strides],
        "first_iteration_differs": list(h.switches),
    }
