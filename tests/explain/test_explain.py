"""``isa-analysis explain``: values, addresses, costs and places worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from isa_analysis import InputError, load_board, parse_text
from isa_analysis.cli.app import main
from isa_analysis.explain import Explanation, explain
from isa_analysis.explain.model import Held, Stride
from isa_analysis.traffic.regions import Region, RegionMap

NEST = (
    "; @kernel q projection\n"
    "S_ADDI_INT gp2, gp0, 128\n"
    "C_LOOP_START gp9, 10\n"
    "S_ADDI_INT gp1, gp0, 0\n"
    "C_LOOP_START gp8, 4\n"
    "M_MM 0, gp1, gp2\n"
    "S_ADDI_INT gp1, gp1, 256\n"
    "C_LOOP_END gp8\n"
    "S_ADDI_INT gp2, gp2, 64\n"
    "C_LOOP_END gp9\n"
)


def explained(text: str, line: int, *sets: str, regions: RegionMap | None = None) -> Explanation:
    return explain(parse_text(text), load_board("emulator", sets), line, regions=regions)


def test_operands() -> None:
    e = explained(NEST, 6)
    assert (e.mnemonic, e.pc) == ("M_MM", 4)
    rd, matrix, vector = e.operands
    assert (rd.name, rd.text, rd.held) == ("rd", "0", None)
    assert matrix.text == "gp1"
    assert matrix.held == Held(0, 768, 0, 768, (Stride(5, 256),))
    assert matrix.set_at == (4, 7)  # set before the loop, advanced in it
    assert vector.held == Held(128, 128 + 9 * 64, 128, 704, (Stride(3, 64),))
    assert vector.set_at == (2, 9)


def test_memory() -> None:
    matrix, vector = explained(NEST, 6).memory
    assert (matrix.memory, matrix.write, matrix.rows, matrix.length) == ("msram", False, 4, 64)
    assert matrix.address.strides == (Stride(5, 256),)
    assert (vector.memory, vector.address.low, vector.address.high) == ("vsram", 128, 704)


def test_cost_and_place() -> None:
    e = explained(NEST, 6)
    assert e.executions == 40
    assert e.executed_before == 4
    assert (e.price.each, e.price.total) == (64, 2560)
    assert e.price.rule == "systolic_processing_overhead + MLEN"
    assert e.price.terms == (("systolic_processing_overhead", 0), ("MLEN", 64))
    # 40 products, 10 x (2 + START + 4 x 2) + 10 ENDs and 2 more single cycles.
    assert e.price.share == pytest.approx(100 * 2560 / (2560 + 10 * 11 + 10 + 2))
    assert e.kernel == "q projection"
    assert [(lp.line, lp.last_line, lp.trip, lp.iterations) for lp in e.loops] == [
        (3, 10, 10, 10), (5, 8, 4, 40),
    ]  # fmt: skip
    assert e.faults == ()


def test_constants_and_counters() -> None:
    e = explained(NEST, 7)
    assert e.operands[0].written
    assert e.operands[0].held is None
    counter = explained("C_LOOP_START gp9, 5\nS_ADDI_INT gp1, gp9, 2\nC_LOOP_END gp9\n", 2)
    assert counter.operands[1].held == Held(5, 1, 1, 5, (Stride(1, -1),))
    assert counter.operands[1].set_at == (1,)
    fixed = explained("S_LUI_INT gp1, 3\nS_ADDI_INT gp2, gp1, 1\n", 2).operands[1]
    assert fixed.held == Held(12288, 12288, 12288, 12288)
    assert fixed.held.constant


def test_never_set_and_unknown() -> None:
    e = explained("S_LD_INT gp1, gp5, 0\nV_EXP_V gp1, gp1, 0\n", 2)
    assert e.operands[1].held == Held(None, None, None, None)
    assert e.operands[1].set_at == (1,)
    assert explained("S_LD_INT gp1, gp5, 0\n", 1).operands[1].set_at == ()


def test_a_register_that_the_first_iteration_sees_differently() -> None:
    text = (
        "S_ADDI_INT gp1, gp0, 640\nC_LOOP_START gp9, 5\nV_EXP_V gp1, gp1, 0\n"
        "S_ADDI_INT gp1, gp0, 64\nC_LOOP_END gp9\n"
    )
    held = explained(text, 3).operands[1].held
    assert held == Held(640, 64, 64, 640, (), (2,))


def test_a_transfer() -> None:
    text = (
        "S_ADDI_INT gp3, gp0, 4096\nC_SET_SCALE_REG gp3\nC_SET_ADDR_REG a1, gp0, gp3\n"
        "S_ADDI_INT gp2, gp0, 256\nC_SET_STRIDE_REG gp2\nH_PREFETCH_M gp0, gp2, a1, 1, 0\n"
    )
    regions = RegionMap((Region(4096, 100_000, "W_q"),))
    e = explained(text, 6, regions=regions)
    by_name = {o.name: o for o in e.operands}
    assert by_name["base"].held == Held(4096, 4096, 4096, 4096)
    assert by_name["base"].set_at == (3,)
    assert (by_name["SCALE"].set_at, by_name["STRIDE"].set_at) == ((2,), (5,))
    hbm, tile = e.memory
    assert (hbm.address.first, hbm.rows, hbm.step, hbm.length) == (4352, 64, 256, 64)
    assert hbm.tensor == "W_q"
    assert (tile.memory, tile.write) == ("msram", True)
    assert (e.requests_read, e.requests_written) == (128, 0)  # a block and its scales per row
    assert e.price.total > 0
    assert "service" in e.price.rule


def test_charges() -> None:
    e = explain(parse_text("H_PREFETCH_V gp0, gp0, a0, 0, 0\n"), load_board("nexys_a7"), 1)
    charge = load_board("nexys_a7").board.memory.prefetch_v_cycles
    assert (e.price.each, e.price.rule) == (charge, "prefetch_v_cycles")


def test_prices_without_a_formula() -> None:
    assert explained("V_RED_SUM f0, gp0\n", 1).price.rule == "destination f0: skipped, 0 cycles"
    assert explained("V_TOPK gp0, gp0, gp0, 1\n", 1).price.each == 512
    assert "does not exist" in explained("V_TOPK gp0, gp0, gp0, 3\n", 1).price.rule


def test_faults_of_the_instruction() -> None:
    (fault,) = explained(NEST.replace("256", "130"), 6).faults
    assert (fault.rule, fault.executed) == ("L006", 7)


def test_places_without_an_instruction() -> None:
    for line, message in ((1, "no instruction"), (11, "10 lines"), (0, "10 lines")):
        with pytest.raises(InputError, match=message):
            explained(NEST, line)


# Command ---------------------------------------------------------------------------------------

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    monkeypatch.delenv("ISA_ANALYSIS_BOARD", raising=False)
    (tmp_path / "n.asm").write_text(NEST)

    def run(place: str, *argv: str) -> tuple[int, str, str]:
        code = main(["explain", place.replace("@", str(tmp_path)), "--board", "emulator", *argv])
        out = capsys.readouterr()
        assert "Traceback" not in out.out + out.err
        return code, out.out, out.err

    return run


def test_text(command: Command) -> None:
    code, out, _ = command("@/n.asm:6")
    assert code == 0
    for part in (
        "M_MM 0, gp1, gp2",
        "0 to 768, first 0, last 768, +256 per iteration of the loop at line 5; set at line 4 and",
        "reads matrix SRAM: 4 rows of 64 elements, 64 apart",
        "64 cycles per execution, 2,560 in all",
        "40 times, first after 4 instructions",
        "loop: lines 5 to 8, gp8, 4 iterations (40 in all)",
        "kernel: q projection",
    ):
        assert part in out


def test_json(command: Command) -> None:
    code, out, _ = command("@/n.asm:6", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["format"] == "isa-analysis-explain"
    assert document["operands"][1]["value"]["strides"] == [{"line": 5, "step": 256}]
    assert document["cost"]["cycles"] == 2560
    assert document["executions"] == 40
    assert [lp["line"] for lp in document["loops"]] == [3, 5]


@pytest.mark.parametrize(
    "place",
    [
        "@/n.asm",
        "@/n.asm:",
        ":3",
        "@/n.asm:x",
        "@/n.asm:-1",
        "@/n.asm:1",
        "@/n.asm:99999999999999999",
        "@/no.asm:3",
    ],
)
def test_bad_places(command: Command, place: str) -> None:
    code, out, err = command(place)
    assert (code, out) == (2, "")
    assert err


def test_every_instruction_of_the_samples_can_be_explained() -> None:
    root = Path(__file__).resolve().parents[2] / "sample_asm"
    for path in sorted(root.glob("*.asm")):
        program = parse_text(path.read_text())
        kinds: dict[int, int] = {}
        for row, line in zip(program.row.tolist(), program.line.tolist(), strict=True):
            kinds.setdefault(int(program.rows.op[row]), line)
        board = load_board("emulator")
        if len(program) > 50_000:
            continue
        for line in kinds.values():
            assert explain(program, board, line).line == line
