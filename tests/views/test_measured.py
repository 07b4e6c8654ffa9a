"""Measured results in every format: the same figures, and every JSON key explained."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from measured_support import DONE, MOVED, banner, errors, read_log, steps, tile, training
from support import ROOT

from isa_analysis.measured.collect import Collection, collect
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.join import join_by_name
from isa_analysis.measured.result import MeasuredResult, OurFootprint, result
from isa_analysis.views import measured as view
from isa_analysis.views import measured_tables as tables


def found(*estimates: Estimate) -> MeasuredResult:
    log = read_log(
        training("/t/Models/Mixer", 6_000, 80) + banner("/t/Models/Detector")
        + "Runtime: 1000 cycles\n" + errors(0, 2) + tile("Conv_L2", 0, 100, 800, 60),
        "out.txt",
    )  # fmt: skip
    return result(Collection((log,)), join_by_name([log], list(estimates)), {})


def test_columns_in_which_nothing_is_said_are_left_out() -> None:
    assert [c.key for c in tables.runs(found()).columns] == [
        "name", "part", "total_cycles", "calls", "cycles_per_call",
    ]  # fmt: skip
    assert len(tables.runs(found(), exact=True).columns) == len(tables.RUN_COLUMNS)
    log = read_log(DONE.format(500) + MOVED.format(64, 0), "run.log")
    made = result(Collection((log,)), join_by_name([log], [Estimate("x", "x.asm", 550)]), {})
    assert [c.key for c in tables.runs(made).columns] == [
        "name", "cycles_per_call", "estimate", "estimated_cycles", "error_percent", "read_bytes",
        "written_bytes",
    ]  # fmt: skip


def test_the_summary_says_n_of_m() -> None:
    low = Estimate("Models/Detector", "d.asm", 9_000, 5_000, "matrix")
    text = tables.summary(found(low, Estimate("Models/Mixer:train", "m.asm", 1_100)))
    assert text == (
        "Geometric mean of estimated / measured: 1.1000 (+10.00 %) over 1 of 2 rows with an "
        "estimate; largest error 10.00 %. Error: (estimate - measured) / measured, per call. "
        "1 of 4 rows are flagged and leave the means."
    )
    assert tables.summary(found(low)).startswith("Nothing to compare: 0 of 1 rows")
    assert tables.summary(found()) == ""


def test_text() -> None:
    text = view.render(found())
    assert "/t/Models/Mixer     train        6,000        6                1,000" in text
    assert text.endswith("\n")


def test_long_names_keep_their_end() -> None:
    log = read_log(banner(f"/{'long/' * 30}net") + "Runtime: 5 cycles\n")
    made = result(Collection((log,)), join_by_name([log], []), {})
    assert "long/net" in view.render(made)
    assert f"/{'long/' * 30}net" not in view.render(made)
    assert f"/{'long/' * 30}net" in view.render_markdown(made)


def test_every_csv_table_has_its_columns() -> None:
    made = found(Estimate("Models/Mixer:train", "m.asm", 1_100))
    heads = {name: view.render_csv_table(made, name).splitlines()[:1] for name in view.CSV_TABLES}
    assert heads["flags"] == heads["arenas"] == heads["footprint"] == heads["tilings"] == []
    assert heads["tiles"][0].startswith("path,line,node,level,buffering,ops,call,tile,core,")
    assert heads["facts"] == ["name,part,key,value"]


def test_every_json_key_is_documented() -> None:
    made = everything()
    document = json.loads(view.render_json(made))
    text = (ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", text, flags=re.MULTILINE)
    named = {name for cells in rows for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    free = {"settings", "facts", "flags"}  # their keys are those of the log, and flag codes

    def keys(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        if isinstance(value, dict):
            inner = [keys(v) for k, v in value.items() if k not in free or isinstance(v, list)]
            return set(value).union(*inner)
        return set()

    assert keys(document) <= named


def test_every_flag_is_documented() -> None:
    from isa_analysis.measured.flags import RULES

    text = (ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z-]+)` \|", text, flags=re.MULTILINE) == list(RULES)


def test_json_holds_exact_values() -> None:
    document = json.loads(view.render_json(everything()))
    assert document["format"] == "isa-analysis-measured"
    train = document["rows"][0]
    assert (train["total_cycles"], train["calls"], train["cycles_per_call"]) == (
        6_001,
        6,
        6_001 / 6,
    )
    assert document["rows"][1]["cycles_per_call"] == 40
    assert all(type(a["bytes"]) is int for a in document["arenas"])
    assert document["tilings"][0]["tiles_per_call"] == [3, 3, 2]


def everything() -> MeasuredResult:
    """A result with something of every kind."""
    log = read_log(training("/t/A/net", 6_001, 80) + banner("/t/B/net") + steps()
                   + tile("Conv_L2", 0, 1, 2, 3), "out.txt")  # fmt: skip
    build = collect([str(ROOT / "sample_logs" / "build")])
    joined = join_by_name([log], [Estimate("A/net:train", "a.asm", 900), Estimate("x/B", "b", 5)])
    base = result(Collection((log, *build.files), ("a note",)), joined, {"L2": 5})
    return replace(base, ours=ours())


def ours() -> tuple[OurFootprint, ...]:
    from support import program_of

    from isa_analysis.boards import load_board
    from isa_analysis.footprint import footprint
    from isa_analysis.profiling import ModelOptions, profile

    board = load_board("emulator")
    made = profile(program_of("M_MV gp0, gp0, gp0\n"), board,
                   ModelOptions(memory="none", traffic=True))  # fmt: skip
    return (OurFootprint("t.asm", "emulator", footprint(made, board)),)
