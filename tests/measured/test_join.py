"""Which measured row is which estimate: by name, by manifest, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured_support import banner, bench, codes, errors, read_log, training

from isa_analysis.diagnostics import InputError
from isa_analysis.measured import names
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.join import Joined, join_by_manifest, join_by_name
from isa_analysis.measured.manifest import Manifest, load_manifest
from isa_analysis.measured.model import MeasuredFile
from isa_analysis.measured.read import missing


def estimate(name: str, cycles: int = 1_000, **more: object) -> Estimate:
    return Estimate(name, f"{name}.asm", cycles, **more)  # type: ignore[arg-type]


def shown(joined: Joined) -> list[tuple[object, ...]]:
    return [
        (r.measurement.label, r.estimate.name if r.estimate else None, codes(r.measurement))
        for r in joined.rows
    ]


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("net", "net", True),
        ("a/net", "a/net", True),
        ("/srv/t/a/net", "a/net", True),
        ("a/net", "/srv/t/a/net", True),
        ("./a/net", "a/net", True),
        ("a/net.asm", "a/net", True),
        ("a/net.asm.xz", "a/net.json", True),
        ("a\\net", "a/net", True),
        ("net.asm", "net", True),
        ("/srv/a/net", "net", False),
        ("/srv/a/net", "/srv/b/net", False),
        ("/srv/xa/net", "a/net", False),
        ("a/net", "a/net2", False),
        ("", "", True),
        ("", "net", False),
        ("/", ".", False),
    ],
)
def test_names(one: str, other: str, expected: bool) -> None:
    assert names.same(one, other) is expected
    assert names.same(other, one) is expected


def test_the_best_of_several() -> None:
    assert names.best("/srv/a/net", ["b/net", "a/net"]) == 1
    assert names.best("/srv/a/net", ["a/net", "/srv/a/net"]) == 1
    assert names.best("/srv/a/net", ["a/net", "srv/a/net.asm"]) == 1
    assert names.best("x/srv/a/net", ["a/net", "srv/a/net"]) is None
    assert names.best("net", ["a/net"]) is None


# -- by name --------------------------------------------------------------------------------------


def test_the_only_run_and_the_only_estimate() -> None:
    log = read_log("Simulation completed. Latency 1250.000ns\n", "run.log")
    joined = join_by_name([log], [estimate("net", 1_000)])
    [row] = joined.rows
    assert (row.how, row.error_percent, row.ratio) == ("only pair", -20.0, 0.8)
    assert joined.mean.value == pytest.approx(0.8)
    assert joined.mean.n_of_m == "1 of 1"


def test_a_named_run_is_not_joined_because_it_is_the_only_one() -> None:
    joined = join_by_name([read_log(training("/t/B/net"))], [estimate("A/net")])
    assert [r.estimate for r in joined.rows[:2]] == [None, None]
    assert [d.code for d in joined.diagnostics] == ["W620"]
    assert "share their last path part only" in joined.diagnostics[0].message


def test_whole_paths_decide() -> None:
    log = read_log(banner("/t/A/net") + "Runtime: 500 cycles\n" + banner("/t/B/net")
                   + "Runtime: 800 cycles\n")  # fmt: skip
    joined = join_by_name([log], [estimate("B/net", 880), estimate("A/net", 550)])
    assert [(r.how, r.error_percent) for r in joined.rows] == [("name", 10.0), ("name", 10.0)]
    assert joined.mean.n_of_m == "2 of 2"


def test_a_base_name_that_fits_twice_joins_nothing() -> None:
    log = read_log(banner("/t/x/A/net") + "Runtime: 500 cycles\n")
    joined = join_by_name([log], [estimate("A/net", 550), estimate("x/A/net", 770)])
    assert joined.rows[0].estimate is None
    assert "could be any of" in joined.diagnostics[0].message


def test_an_estimate_without_a_measurement() -> None:
    log = read_log(banner("/t/A/net") + "Runtime: 500 cycles\n")
    joined = join_by_name([log], [estimate("A/net", 550), estimate("A/other", 50)])
    assert shown(joined)[1] == ("A/other", "A/other", ["MISSING"])
    assert joined.mean.n_of_m == "1 of 2"


def test_parts_go_with_kernels() -> None:
    whole = estimate("m.txt", 300, kernels=(
        Estimate("layer 0/gather", "m.asm", 110, lower_bound_cycles=50, engine="vector"),
        Estimate("other", "m.asm", 10),
    ))  # fmt: skip
    log = read_log('{"stages": {"gather": {"wall_cycles": 100}, "lost": {"wall_cycles": 5}}}')
    joined = join_by_name([log], [whole])
    assert [(r.measurement.part, r.error_percent) for r in joined.rows] == [
        ("", pytest.approx(185.7142857)), ("gather", 10.0), ("lost", None),
    ]  # fmt: skip


def test_parts_that_are_no_kernels_are_said() -> None:
    joined = join_by_name([read_log(training("/t/A/net"))], [estimate("A/net")])
    assert [r.estimate for r in joined.rows] == [None, None]
    [d] = joined.diagnostics
    assert (d.code, "no kernel called train, optimizer" in d.message) == ("W622", True)
    assert "--estimate A/net:train=FILE" in d.hint


def test_a_part_named_outright() -> None:
    log = read_log(training("/t/A/net"))
    joined = join_by_name([log], [estimate("A/net:optimizer", 44)])
    assert [r.error_percent for r in joined.rows] == [None, 10.0]


def test_flagged_rows_stay_and_leave_the_mean() -> None:
    log = read_log(banner("/t/A/net") + "Runtime: 528 cycles\n" + banner("/t/B/net")
                   + "Runtime: 800 cycles\n")  # fmt: skip
    low = estimate("A/net", 10_270_000, lower_bound_cycles=4_000_000, engine="matrix")
    joined = join_by_name([log], [low, estimate("B/net", 880)])
    assert [(r.measurement.cycles, codes(r.measurement)) for r in joined.rows] == [
        (528, ["TOO-LOW"]), (800, []),
    ]  # fmt: skip
    assert joined.mean.value == pytest.approx(1.1)
    assert joined.mean.n_of_m == "1 of 2"


# -- by manifest ----------------------------------------------------------------------------------


def manifest(tmp_path: Path, text: str) -> Manifest:
    file = tmp_path / "joins.yaml"
    file.write_text(text, encoding="utf-8")
    return load_manifest(str(file))


def by_manifest(
    tmp_path: Path, files: list[MeasuredFile], text: str, made: dict[int, Estimate] | None = None
) -> Joined:
    return join_by_manifest(files, manifest(tmp_path, text), made or {})


def test_a_manifest_joins(tmp_path: Path) -> None:
    text = "joins:\n  - {measured: A/net, part: train, program: net.asm}\n"
    joined = by_manifest(
        tmp_path, [read_log(training("/t/A/net"))], text, {0: estimate("n", 1_100)}
    )
    assert [(r.how, r.error_percent) for r in joined.rows] == [("manifest", 10.0), ("", None)]
    assert manifest(tmp_path, text).joins[0].program == str(tmp_path / "net.asm")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([read_log(training("/t/A/other"))], "SKIPPED"),
        ([read_log(training("/t/A/other")), missing("gone.log")], "MISSING"),
        ([missing("gone.log")], "MISSING"),
    ],
)
def test_a_run_that_is_not_there(tmp_path: Path, files: list[MeasuredFile], expected: str) -> None:
    joined = by_manifest(tmp_path, files, "joins:\n  - {measured: A/net}\n")
    row = joined.rows[-1]
    assert (row.measurement.name, codes(row.measurement)) == ("A/net", [expected])


def test_settings_that_differ(tmp_path: Path) -> None:
    text = (
        "joins:\n  - measured: A/net\n    part: train\n"
        "    parameters: {N_TRAIN_STEPS: 4, DATA_INPUTS: 9, platform: Siracusa, mlen: 64}\n"
    )
    [train, _] = by_manifest(tmp_path, [read_log(training("/t/A/net"))], text).rows
    assert codes(train.measurement) == ["STEPS-DIFFER", "CONFIG-DIFFERS"]
    assert "is 2 here and 4" in train.flags[0].reason.replace("ran 2 steps", "is 2")
    assert "the log does not say mlen; the manifest says 64" in train.measurement.notes


def test_calls_that_the_log_does_not_say(tmp_path: Path) -> None:
    log = read_log(banner("/t/A/net") + errors() + bench(6_000))
    text = "joins:\n  - {measured: A/net, part: train, calls: 6, estimate_cycles: 1100}\n"
    joined = by_manifest(tmp_path, [log], text, {0: estimate("n", 1_100)})
    assert (joined.rows[0].measurement.cycles, joined.rows[0].error_percent) == (1_000, 10.0)
    assert joined.rows[1].measurement.cycles is None


def test_calls_that_contradict_the_log(tmp_path: Path) -> None:
    text = "joins:\n  - {measured: A/net, part: train, calls: 5}\n"
    joined = by_manifest(tmp_path, [read_log(training("/t/A/net"))], text)
    assert codes(joined.rows[0].measurement) == ["STEPS-DIFFER"]
    assert joined.rows[0].measurement.calls == 6


@pytest.mark.parametrize(
    ("run", "expected"),
    [("1", [[], ["STALE"]]), ("2", [["STALE"], []]), ("last", [["STALE"], []]),
     ("7", [["STALE"], ["STALE"]])],
)  # fmt: skip
def test_one_of_several_runs_is_chosen(tmp_path: Path, run: str, expected: list[list[str]]) -> None:
    log = read_log((banner("/t/A/net") + "Runtime: 5 cycles\n") * 2)
    joined = by_manifest(tmp_path, [log], f"joins:\n  - {{measured: A/net, run: {run}}}\n")
    assert [codes(r.measurement) for r in joined.rows] == expected


def test_a_changed_program(tmp_path: Path) -> None:
    text = f"joins:\n  - {{measured: A/net, program: n.asm, sha256: {'a' * 64}}}\n"
    log = read_log(banner("/t/A/net") + "Runtime: 1000 cycles\n")
    joined = by_manifest(tmp_path, [log], text, {0: estimate("n", sha256="b" * 64)})
    assert codes(joined.rows[0].measurement) == ["INPUT-CHANGED"]
    assert not joined.rows[0].comparable


def test_a_lower_bound_without_a_program(tmp_path: Path) -> None:
    text = "joins:\n  - {measured: A/net, lower_bound_cycles: 4000000}\n"
    log = read_log(banner("/t/A/net") + "Runtime: 528 cycles\n")
    assert codes(by_manifest(tmp_path, [log], text).rows[0].measurement) == ["TOO-LOW"]


def test_a_name_that_fits_two_runs(tmp_path: Path) -> None:
    log = read_log(training("/t/one/A/net") + training("/t/two/A/net"))
    joined = by_manifest(tmp_path, [log], "joins:\n  - {measured: A/net}\n")
    assert [d.code for d in joined.diagnostics] == ["W621"]
    assert codes(joined.rows[-1].measurement) == ["MISSING"]
    joined = by_manifest(tmp_path, [log], "joins:\n  - {measured: one/A/net}\n")
    assert not joined.diagnostics


def test_a_log_of_a_join(tmp_path: Path) -> None:
    here = str(tmp_path / "a.log")
    logs = [read_log(training("/t/A/net", 6_000), here), read_log(training("/t/A/net", 7_200), "b")]
    text = "joins:\n  - {measured: A/net, log: a.log, part: train, estimate_cycles: 1000}\n"
    joined = by_manifest(tmp_path, logs, text, {0: estimate("n", 1_000)})
    assert [r.how for r in joined.rows] == ["manifest", "", "", ""]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "E100", 0),
        ("[]\n", "E103", 1),
        ("joins: 5\n", "E103", 1),
        ("joins:\n  - {}\n", "E102", 2),
        ("joins:\n  - {measured: ''}\n", "E104", 2),
        ("joins:\n  - {measured: a, cycles: 5}\n", "E101", 2),
        ("joins:\n  - {measured: a, calls: 0}\n", "E104", 2),
        ("joins:\n  - {measured: a, calls: two}\n", "E103", 2),
        ("joins:\n  - {measured: a, run: first}\n", "E10", 2),
        ("joins:\n  - {measured: a, kernel: k}\n", "E104", 2),
        ("joins:\n  - {measured: a, program: p, estimate_cycles: 5}\n", "E104", 2),
        ("joins:\n  - {measured: a, program: p, sha256: abc}\n", "E104", 2),
        ("joins:\n  - {measured: a}\n  - {measured: a}\n", "E620", 3),
        ("capacities: {L4: 5}\n", "E104", 1),
        ("capacities: {L1: 0}\n", "E104", 1),
        ("join: []\n", "E101", 1),
        ("joins: []\njoins: []\n", "E105", 2),
    ],
)
def test_malformed_manifests(tmp_path: Path, text: str, code: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        manifest(tmp_path, text)
    assert caught.value.diagnostics[0].code.startswith(code)
    assert caught.value.diagnostics[0].line == line


def test_a_manifest_in_json(tmp_path: Path) -> None:
    made = manifest(tmp_path, '{"joins": [{"measured": "A/net"}], "capacities": {"L1": 64000}}')
    assert (made.joins[0].measured, made.capacities) == ("A/net", {"L1": 64_000})
