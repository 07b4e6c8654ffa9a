"""Fit the times of the HBM service model, and check the fit by leaving families out.

    python calibration/calibrate.py                      # fit from the committed features
    python calibration/calibrate.py extract SAMPLES      # make the features again from samples

``SAMPLES`` is a directory with ``measured.json``, ``hbm_service.json.xz`` and ``asm/``. See
README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from isa_analysis.calibrate.fit import GROSS_TRANSFER  # noqa: E402
from isa_analysis.calibrate.least_squares import robust_fit  # noqa: E402
from isa_analysis.timing.service import (  # noqa: E402
    TIMES,
    AddressMap,
    Transfers,
    design,
    features,
)

FEATURES = Path(__file__).with_name("features.csv")
PROGRAMS = Path(__file__).with_name("programs.csv")
SETTING = ("program", "mlen", "prefetch_v_rows")
#: The DRAM simulator's map for HBM2 with 8 channels: a request is spread over 4 channels of one
#: half; column bits are folded into queue and bank numbers.
HBM2_MAP = AddressMap(
    queue_bits=((8, 14), (9, 15)),
    bank_bits=((12,), (13,), (11,), (10, 16)),
    row_shift=17,
    controller_bits=1,
    window=32,
)
#: Runs at this MLEN were timed with an older DRAM model.
EXCLUDED_MLEN = 1024
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Run:
    """One program on one machine setting: what was measured (cycles at 1 GHz)."""

    key: tuple[str, str, str]
    compute_cycles: int
    total_cycles: int


@dataclass(frozen=True, slots=True)
class Data:
    """Groups of executions of like instructions: ``columns`` is one row of the design matrix per
    group (mean over its executions), ``ns`` the measured mean, ``known`` whether the addresses
    are."""

    run: list[tuple[str, str, str]]
    executions: Floats
    ns: Floats
    known: NDArray[np.bool_]
    columns: Floats
    runs: tuple[Run, ...]

    @property
    def family(self) -> NDArray[np.str_]:
        """The prefix of each group's program name."""
        return np.array([family_of(run[0]) for run in self.run])


def family_of(program: str) -> str:
    """Programs of one origin share a prefix."""
    return program.split("_")[0]


def load(features_path: Path = FEATURES, programs_path: Path = PROGRAMS) -> Data:
    """The committed features."""
    with features_path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with programs_path.open(newline="", encoding="utf-8") as file:
        runs = tuple(
            Run(_key(row), int(row["compute_cycles"]), int(row["total_cycles"]))
            for row in csv.DictReader(file)
        )
    return Data(
        [_key(row) for row in rows],
        np.array([float(row["executions"]) for row in rows]),
        np.array([float(row["ns"]) for row in rows]),
        np.array([row["known"] == "1" for row in rows]),
        np.array([[float(row[name]) for name in TIMES] for row in rows]),
        runs,
    )


def _key(row: dict[str, str]) -> tuple[str, str, str]:
    return row[SETTING[0]], row[SETTING[1]], row[SETTING[2]]


def fit(data: Data, use: NDArray[np.bool_] | None = None) -> Floats:
    """The times (ns, in the order of ``TIMES``) that fit the groups ``use`` best.

    The fitter is that of ``isa-analysis calibrate``. A group weighs by its share of
    its run's service time; the runs of a family together weigh as the root of their number, since
    they repeat one another. Transfers at data-dependent addresses are left out.
    """
    chosen = data.known if use is None else data.known & use
    a, y = data.columns[chosen], data.ns[chosen]
    weight = _weights(data)[chosen]
    return robust_fit(a, y, y, weight, np.zeros(len(TIMES)), GROSS_TRANSFER).values


def _weights(data: Data) -> Floats:
    total = data.executions * data.ns
    of_run: dict[tuple[str, str, str], float] = {}
    for run, part in zip(data.run, total, strict=True):
        of_run[run] = of_run.get(run, 0.0) + part
    members: dict[str, int] = {}
    for run in of_run:
        members[family_of(run[0])] = members.get(family_of(run[0]), 0) + 1
    share = [
        part / of_run[run] / members[family_of(run[0])] ** 0.5
        for run, part in zip(data.run, total, strict=True)
    ]
    return np.array(share)


def errors(data: Data, ns: Floats) -> dict[tuple[str, str, str], float]:
    """Cycles by which compute + modelled service exceeds the measured total, per run."""
    service: dict[tuple[str, str, str], float] = {}
    for run, time in zip(data.run, data.executions * ns, strict=True):
        service[run] = service.get(run, 0.0) + time
    return {
        run.key: run.compute_cycles + service.get(run.key, 0.0) - run.total_cycles
        for run in data.runs
    }


def left_out(data: Data) -> tuple[Floats, dict[str, Floats]]:
    """Predicted ns of each group by a fit that saw no program of its family, and those fits."""
    ns = np.zeros(len(data.ns))
    fits = {}
    for family in sorted(set(data.family)):
        mine = data.family == family
        fits[str(family)] = fit(data, ~mine)
        ns[mine] = data.columns[mine] @ fits[str(family)]
    return ns, fits


@dataclass(frozen=True, slots=True)
class Quality:
    """Relative errors of totals above 10,000 cycles, and whether smaller ones are within 100
    cycles + 10 %."""

    mean: float
    within_2_percent: float
    worst: float
    small_ok: bool


def quality(data: Data, ns: Floats) -> Quality:
    """How good the modelled totals are."""
    error, totals = errors(data, ns), {run.key: run.total_cycles for run in data.runs}
    large = np.array([abs(error[k]) / t for k, t in totals.items() if t > 10_000])
    small = [abs(error[k]) <= 100 + 0.1 * t for k, t in totals.items() if t <= 10_000]
    return Quality(
        float(large.mean()), float((large <= 0.02).mean()), float(large.max()), all(small)
    )


def snippet(times: Floats) -> str:
    """The times as they go into a board file."""
    return "\n".join(f"    {name}: {time:.2f}" for name, time in zip(TIMES, times, strict=True))


# Extraction


def extract(samples: Path) -> None:
    """Write ``features.csv`` and ``programs.csv`` from measured samples."""
    measured = json.loads((samples / "measured.json").read_text(encoding="utf-8"))
    with lzma.open(samples / "hbm_service.json.xz", "rt", encoding="utf-8") as file:
        service = json.load(file)
    groups: list[list[Any]] = []
    runs: list[list[Any]] = []
    for program, entries in service.items():
        for entry in entries:
            parameters = entry["parameters"]
            if parameters["mlen"] == EXCLUDED_MLEN:
                continue
            result = next(r for r in measured[program] if r["parameters"] == parameters)
            key = [program, parameters["mlen"], parameters["prefetch_v_rows"]]
            runs.append([*key, result["compute_cycles"], round(result["total_cycles"])])
            if entry["hbm_instructions"]:
                text = _source(samples / "asm", program)
                groups += [[*key, *g] for g in _groups(text, parameters, entry)]
    _write(PROGRAMS, [*SETTING, "compute_cycles", "total_cycles"], runs)
    _write(FEATURES, [*SETTING, "opcode", "known", "executions", "ns", *TIMES], groups)


def _source(directory: Path, program: str) -> str:
    plain = directory / f"{program}.asm"
    if plain.exists():
        return plain.read_text(encoding="utf-8")
    with lzma.open(directory / f"{program}.asm.xz", "rt", encoding="utf-8") as file:
        return file.read()


def _groups(text: str, parameters: dict[str, Any], entry: dict[str, Any]) -> Iterator[list[Any]]:
    """Instructions with about the same features, together: enough to fit a linear model."""
    from oracle.interpreter import run

    sizes = ("mlen", "vlen", "blen", "prefetch_m_rows", "prefetch_v_rows", "writeback_rows")
    result = run(
        text,
        dc_en=parameters["dc_lib_en"],
        trace=True,
        **{name: parameters[name] for name in sizes},
    )
    executed = result.transfers
    transfers = transfers_of(executed, parameters, result.dialect == "plena-tvm")
    rows = design(features(transfers, HBM2_MAP))
    pcs = np.array([t.pc for t in executed])
    ns_of = {pc: (name, count, ns / count) for pc, name, count, ns in entry["hbm_instructions"]}
    bins: dict[tuple[Any, ...], list[tuple[int, float, Floats]]] = {}
    for pc in np.unique(pcs):
        name, count, ns = ns_of[int(pc)]
        mine = pcs == pc
        if mine.sum() != count:
            raise SystemExit(f"instruction {pc}: executed {mine.sum()}, measured {count} times")
        row = rows[mine].mean(axis=0)
        known = int(transfers.known[mine].all())
        size = np.maximum(np.abs(row) / 8, 0.25)
        bins.setdefault((name, known, *np.round(row / size)), []).append((count, ns, row))
    for (name, known, *_), members in sorted(bins.items(), key=lambda item: str(item[0])):
        weights = np.array([m[0] for m in members], dtype=np.float64)
        mean = weights / weights.sum()
        ns = float(mean @ np.array([m[1] for m in members]))
        row = mean @ np.array([m[2] for m in members])
        yield [name, known, int(weights.sum()), f"{ns:.4g}", *(f"{x:.4g}" for x in row)]


def transfers_of(executed: Any, parameters: dict[str, Any], tvm: bool) -> Transfers:
    """The interpreter's trace for the service model (MXFP8: one 8-bit scale for 8 elements)."""

    def column(name: str) -> NDArray[np.int64]:
        values = [getattr(t, name) for t in executed]
        return np.array([0 if value is None else value for value in values], dtype=np.int64)

    is_matrix = np.array([t.mnemonic == "H_PREFETCH_M" for t in executed])
    length = np.where(is_matrix, parameters["mlen"], parameters["vlen"]).astype(np.int64)
    return Transfers(
        is_store=np.array([t.mnemonic == "H_STORE_V" for t in executed]),
        element=column("element_address"),
        scale=column("scale_address"),
        stride=column("stride"),
        rows=column("rows"),
        row_bytes=length,
        scale_bytes=length // 8,
        ratio=np.full(len(length), 8),
        known=np.array([None not in (t.element_address, t.scale_address) for t in executed]),
        all_scales=tvm,
        blind_store=tvm,
    )


def _write(path: Path, head: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([head, *rows])


def _report(name: str, q: Quality) -> None:
    print(
        f"{name}: mean {q.mean:.3%}, within 2 %: {q.within_2_percent:.1%}, worst {q.worst:.2%}, "
        f"small programs {'in' if q.small_ok else 'OUT OF'} bounds"
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("action", nargs="?", choices=["fit", "extract"], default="fit")
    parser.add_argument("samples", nargs="?", type=Path)
    arguments = parser.parse_args()
    if arguments.action == "extract":
        if arguments.samples is None:
            parser.error("extract needs the directory of the samples")
        extract(arguments.samples)
    data = load()
    times = fit(data)
    # A first guess of the same model, from data sheets: what the fit improves on.
    guess = np.array([9.0, 1.0, 14.0, 0.0, 14.5, 0.0])
    _report("before (rounded data-sheet timings)", quality(data, data.columns @ guess))
    _report("fitted", quality(data, data.columns @ times))
    ns, fits = left_out(data)
    _report("each family by a fit without it", quality(data, ns))
    for family, fitted in fits.items():
        print(f"  without {family:10s}", " ".join(f"{t:7.2f}" for t in fitted))
    worst = sorted(errors(data, data.columns @ times).items(), key=lambda e: -abs(e[1]))
    for key, error in worst[:5]:
        print(f"  {' '.join(key)}: {error:+.0f} cycles")
    print(snippet(times))


if __name__ == "__main__":
    main()
