"""Measured results: what the emulator leaves behind, as JSON or as a log.

``rust_emulator_run_stats.json``: ``sim_latency_ns`` and, where given, ``hbm_bytes_read``,
``hbm_bytes_written`` and ``return_code``. A log: ``Simulation completed. Latency 123456.000ns`` and
``HBM Statistics - Bytes read: 18432 | Bytes written: 512``, anywhere in a line. The emulator's
clock period is 1 ns, so its nanoseconds are cycles.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from isa_analysis.diagnostics import error

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LATENCY = re.compile(r"Simulation completed\. Latency\s+([0-9]+(?:\.[0-9]+)?)\s*ns")
_BYTES = re.compile(r"HBM Statistics.*?Bytes read:\s*([0-9]+).*?Bytes written:\s*([0-9]+)")
_MOST = 10**18


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured run. ``cycles`` None: it did not finish, and ``failure`` says how; bytes None:
    not reported. ``runs`` counts the runs found in a log; the last one counts."""

    path: str
    cycles: int | None
    read_bytes: int | None = None
    written_bytes: int | None = None
    runs: int = 1
    failure: str = ""


def read_measurement(path: str) -> Measurement:
    """The measurement in the file ``path``.

    Raises :class:`InputError`: E230 when the file holds no result, E231 for an impossible value.
    """
    from isa_analysis.config import read_bytes

    text = read_bytes(path).decode("utf-8", "replace")
    if text.lstrip().startswith("{"):
        return _from_json(text, path)
    return _from_log(text, path)


def _from_json(text: str, path: str) -> Measurement:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise error("E230", f"is not JSON: {problem}", path=path) from None
    if not isinstance(data, dict) or "sim_latency_ns" not in data:
        if isinstance(data, dict) and data.get("return_code") not in (None, 0):
            return Measurement(path, None, failure=f"return code {data['return_code']}")
        raise error(
            "E230", "holds no measured result", path=path,
            hint="expected is an object with the key sim_latency_ns",
        )  # fmt: skip
    code = data.get("return_code")
    if code not in (None, 0):
        return Measurement(path, None, failure=f"return code {code}")
    return Measurement(
        path,
        _cycles(data["sim_latency_ns"], path),
        _count(data, "hbm_bytes_read", path),
        _count(data, "hbm_bytes_written", path),
    )


def _from_log(text: str, path: str) -> Measurement:
    clean = _ANSI.sub("", text)
    latencies = _LATENCY.findall(clean)
    if not latencies:
        raise error(
            "E230", "holds no measured result", path=path,
            hint="expected is a line with: Simulation completed. Latency 123456.000ns",
        )  # fmt: skip
    ends = [m.start() for m in re.finditer("Simulation completed", clean)]
    # Statistics follow their run's completion, except in logs that print them before.
    found = _BYTES.findall(clean[ends[-1] :])
    if not found and len(ends) == 1:
        found = _BYTES.findall(clean)
    read, written = (int(n) for n in found[-1]) if found else (None, None)
    return Measurement(path, _cycles(latencies[-1], path), read, written, len(latencies))


def _cycles(value: object, path: str) -> int:
    """Nanoseconds of a 1 GHz clock as whole cycles."""
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not (number.is_finite() and 0 < number < _MOST):
        raise error("E231", f"latency {str(value)[:40]} ns is not a possible time", path=path)
    return int(number.to_integral_value())


def _count(data: dict[str, object], key: str, path: str) -> int | None:
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MOST:
        raise error("E231", f"{key} is {str(value)[:40]}, not a number of bytes", path=path)
    return value
