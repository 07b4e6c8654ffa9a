"""Measured results: formats met in reality, and what is no result."""

from __future__ import annotations

from pathlib import Path

import pytest

from isa_analysis.diagnostics import InputError
from isa_analysis.report import Measurement, read_measurement

DONE = "Simulation completed. Latency {}ns\n"
BYTES = "HBM Statistics - Bytes read: {} | Bytes written: {} | Utilization: 1.53e8 bytes/sec\n"


def read(tmp_path: Path, text: str) -> Measurement:
    file = tmp_path / "m.txt"
    file.write_text(text, encoding="utf-8")
    return read_measurement(str(file))


def values(m: Measurement) -> tuple[object, ...]:
    return m.cycles, m.read_bytes, m.written_bytes, m.runs, m.failure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"sim_latency_ns": 6440}', (6440, None, None, 1, "")),
        ('{"sim_latency_ns": 6440.0, "hbm_bytes_read": 512, "hbm_bytes_written": 0, '
         '"return_code": 0}', (6440, 512, 0, 1, "")),
        ('{"sim_latency_ns": 1, "return_code": 134}', (None, None, None, 1, "return code 134")),
        ('{"return_code": 1}', (None, None, None, 1, "return code 1")),
        (DONE.format("123456.000"), (123456, None, None, 1, "")),
        (DONE.format("5.0") + BYTES.format(18432, 512), (5, 18432, 512, 1, "")),
        (BYTES.format(18432, 512) + DONE.format("5"), (5, 18432, 512, 1, "")),
        ("\x1b[2m2026-07-01\x1b[0m INFO run: " + DONE.format("7.000") + "\r\n",
         (7, None, None, 1, "")),
        (DONE.format(5) + BYTES.format(1, 2) + DONE.format(9) + BYTES.format(3, 4),
         (9, 3, 4, 2, "")),
        (DONE.format(5) + BYTES.format(1, 2) + DONE.format(9), (9, None, None, 2, "")),
    ],
)  # fmt: skip
def test_results(tmp_path: Path, text: str, expected: tuple[object, ...]) -> None:
    assert values(read(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E230"),
        ("nothing here\n", "E230"),
        ("{", "E230"),
        ("{}", "E230"),
        ('{"cycles": 5}', "E230"),
        ('{"return_code": 0}', "E230"),
        ("[" * 100000, "E230"),
        ('{"a":' * 100000, "E230"),
        ("Simulation completed. Latency fast\n", "E230"),
        ('{"sim_latency_ns": 0}', "E231"),
        ('{"sim_latency_ns": -5}', "E231"),
        ('{"sim_latency_ns": null}', "E231"),
        ('{"sim_latency_ns": true}', "E231"),
        ('{"sim_latency_ns": NaN}', "E231"),
        ('{"sim_latency_ns": Infinity}', "E231"),
        ('{"sim_latency_ns": 1e300}', "E231"),
        ('{"sim_latency_ns": "soon"}', "E231"),
        ('{"sim_latency_ns": 5, "hbm_bytes_read": -1}', "E231"),
        ('{"sim_latency_ns": 5, "hbm_bytes_read": 1.5}', "E231"),
        (DONE.format("0.000"), "E231"),
        (DONE.format("9" * 40), "E231"),
    ],
)
def test_no_results(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_measurement(str(tmp_path / "none.json"))
