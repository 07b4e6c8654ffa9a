"""Random mixtures of lines: nothing crashes, and no result is lost."""

from __future__ import annotations

import os
import re
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measured_support import ACCESS, DONE, MOVED, banner, bench, errors, loss, read_log, steps, tile

from isa_analysis.diagnostics import InputError
from isa_analysis.measured.c_expressions import evaluate
from isa_analysis.measured.collect import Collection
from isa_analysis.measured.generated_c import scan
from isa_analysis.measured.join import join_by_name
from isa_analysis.measured.model import MeasuredFile
from isa_analysis.measured.result import result
from isa_analysis.views import measured as view

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))

NAMES = st.sampled_from(["/t/a/net", "/t/b/net", "/t/a/<b>|net"])
LINES = st.one_of(
    st.builds(banner, NAMES),
    st.builds(steps, st.integers(0, 4), st.integers(0, 3)),
    st.builds(errors, st.integers(0, 2), st.integers(0, 4)),
    st.builds(bench, st.integers(0, (1 << 32) - 1), st.integers(0, 99)),
    st.builds(loss, st.integers(0, 9), st.sampled_from(["1.5", "nan", "x"])),
    st.builds(lambda n: f"Runtime: {n} cycles\n", st.integers(0, 10**9)),
    st.builds(lambda n: f"Runtime: {n} cycles, 5 instr\n", st.integers(0, 10**9)),
    st.builds(DONE.format, st.integers(1, 10**9)),
    st.builds(MOVED.format, st.integers(0, 10**9), st.integers(0, 10**9)),
    st.builds(tile, st.sampled_from(["Add_L2", "Add_L3", "Mul"]), st.integers(0, 2),
              st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    st.sampled_from([ACCESS, "mlen=64 vlen=64 blen=4\n", "TIMEOUT\n", "SKIPPED\n", "\r\n", "\n",
                     "thread panicked at x\n", "\x1b[31mred\x1b[0m\n"]),
    st.text(st.characters(codec="utf-8"), max_size=40),
)  # fmt: skip


def numbers_of(found: MeasuredFile) -> list[int]:
    return [m.total_cycles for m in found.runs if m.total_cycles is not None]


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LINES, max_size=25))
def test_nothing_is_lost(lines: list[str]) -> None:
    text = "".join(lines)
    try:
        found = read_log(text)
    except InputError as problem:
        assert problem.diagnostics[0].code in ("E230", "E231")
        assert not re.search(r"BENCH train_cycles=\d|Runtime: \d|completed. Latency \d", text)
        return
    plain = re.sub(r"[\r]", "\n", text)
    latencies = [int(n) for n in re.findall(r"Simulation completed\. Latency (\d+)ns", plain)]
    trained = [int(n) for n in re.findall(r"BENCH train_cycles=(\d+) ", plain)]
    whole = [int(n) for n in re.findall(r"Runtime: (\d+) cycles\n", plain)]
    seen = numbers_of(found)
    for value in (*latencies, *trained, *whole):
        if value == 0 and value in latencies:
            continue
        assert value in seen or any(
            value in dict(m.facts).get("core_cycles", ()) for m in found.runs
        )
    assert sum(m.part == "train" for m in found.runs) == len(trained)
    banners = set(re.findall(r"# Testing (\S+) on ", plain))
    assert banners <= {m.name for m in found.runs}
    for name in banners:  # a name with a result that may be used has one, and no crash
        rows = [m for m in found.runs if m.name == name]
        for part in {m.part for m in rows}:
            assert sum(m.usable for m in rows if m.part == part) <= 1
    rendered(found)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LINES, max_size=8), st.integers(0, 10**6))
def test_damaged_files(lines: list[str], at: int) -> None:
    data = "".join(lines).encode("utf-8", "surrogatepass")
    for damaged in (
        data[: at % (len(data) + 1)],
        data.replace(b" ", b"\x00"),
        data * 2,
        data[::-1],
    ):
        try:
            rendered(read_log(damaged))
        except InputError as problem:
            assert problem.diagnostics


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(string.ascii_letters + string.digits + "_=(){}[];,*/+-<>\"'#\n ", max_size=200))
def test_any_text_as_c(text: str) -> None:
    scan(f"Net_MEMORYARENA_L1 = pi_l1_malloc({text}", "a.c")
    scan(f"{text} x_numTiles[2] = {{0, {text}}};", "a.c")
    evaluate(text, {"a": 5})


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.recursive(
    st.integers(0, 1000).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({' '.join(t)})"),
    max_leaves=12,
))  # fmt: skip
def test_expressions_have_the_value_of_pythons(text: str) -> None:
    value = eval(text)
    assert evaluate(text, {}) == (value if value.bit_length() <= 128 else None)


def rendered(found: MeasuredFile) -> None:
    made = result(Collection((found,)), join_by_name([found], []), {"L1": 5})
    for text in (view.render(made), view.render_markdown(made), view.render_json(made)):
        assert text.endswith("\n")
    for name in view.CSV_TABLES:
        view.render_csv_table(made, name)
