"""The committed programs, read by a small checker that shares no code with the generator."""

from __future__ import annotations

import importlib
import itertools
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "sample_asm"
PROGRAMS = sorted(FOLDER.glob("*.asm"))
MALFORMED = sorted((FOLDER / "malformed").glob("*.asm"))

#: mnemonic -> its operands, one letter each: g gp, f fp, a address register, i integer.
PLENA = {
    "M_MM": "[gi]gg", "M_TMM": "[gi]gg", "M_BMM": "[gi]gg", "M_BTMM": "[gi]gg",
    "M_BMM_WO": "gi", "M_MM_WO": "ggi", "M_MV": "[gi]gg", "M_TMV": "[gi]gg",
    "M_BMV": "[gi]gg", "M_BTMV": "[gi]gg", "M_MV_WO": "gg?i", "M_BMV_WO": "gi",
    "V_ADD_VV": "gggi?", "V_SUB_VV": "gggi?", "V_MUL_VV": "gggi?",
    "V_ADD_VF": "ggfi?", "V_MUL_VF": "ggfi?", "V_SUB_VF": "ggfii",
    "V_MAX_VF": "ggfi?", "V_MIN_VF": "ggfi?", "V_EXP_V": "ggi?i?", "V_RECI_V": "ggi",
    "V_RED_SUM": "fgi?i?", "V_RED_MAX": "fgi", "V_TOPK": "gggi", "V_SHFT_V": "ggg",
    "S_ADD_FP": "fff", "S_SUB_FP": "fff", "S_MAX_FP": "fff", "S_MUL_FP": "fff",
    "S_EXP_FP": "ffi?", "S_RECI_FP": "ffi?", "S_SQRT_FP": "ffi?",
    "S_LD_FP": "fgi", "S_ST_FP": "fgi", "S_MAP_V_FP": "ggi",
    "S_ADD_INT": "ggg", "S_SUB_INT": "ggg", "S_MUL_INT": "ggg", "S_ADDI_INT": "ggi",
    "S_LUI_INT": "gi", "S_LD_INT": "ggi", "S_ST_INT": "ggi",
    "H_PREFETCH_M": "ggaiii?", "H_PREFETCH_V": "ggaiii?", "H_STORE_V": "ggaiii?",
    "C_SET_ADDR_REG": "agg", "C_SET_SCALE_REG": "g", "C_SET_STRIDE_REG": "g",
    "C_SET_V_MASK_REG": "g", "C_LOOP_START": "gi", "C_LOOP_END": "gi?", "C_BREAK": "(iii)?",
}  # fmt: skip
TVM = {
    "S_SLL_INT": "ggg", "S_SRL_INT": "ggg", "S_SLLI_INT": "ggi", "S_SRLI_INT": "ggi",
    "S_DIV_INT": "ggg", "S_REM_INT": "ggg", "S_MAP_FP_V": "ggi", "M_TMM_A": "[gi]gg",
    "S_MUL_INT": "g[gi]g",
}  # fmt: skip
PLENA_ONLY = {"V_SHFT_V", "V_MAX_VF", "V_MIN_VF", "V_TOPK"}

#: Mnemonics whose first operand is an address or a value that they read.
READS_FIRST = re.compile(r"M_|V_(?!RED)|H_|S_ST_|S_MAP_|C_SET_(?!ADDR)|C_LOOP_END")

LINE = re.compile(r"([A-Z]_[A-Z_]+)(?: (.*))?")
OPERAND = re.compile(r"(gp|f|a)(\d+)|(\d+)")


def code(text: str) -> list[tuple[int, str, list[str]]]:
    """(line number, mnemonic, operands) of every line that is not empty or a comment."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        body = line.split(";")[0].strip()
        if body:
            match = LINE.fullmatch(body)
            mnemonic, rest = match.groups() if match else (body, None)
            found.append((number, mnemonic, [p.strip() for p in rest.split(",")] if rest else []))
    return found


def syntax_problem(mnemonic: str, operands: list[str], tvm: bool) -> str:
    """What is wrong with one instruction on its own; empty when nothing is."""
    forms = PLENA | TVM if tvm else PLENA
    if mnemonic not in forms or (tvm and mnemonic in PLENA_ONLY):
        return "mnemonic"
    kinds = ""
    for operand in operands:
        match = OPERAND.fullmatch(operand)
        if not match:
            return f"operand {operand}"
        bank, number, integer = match.groups()
        if bank and int(number) >= {"gp": 32 if tvm else 16, "f": 8, "a": 8}[bank]:
            return f"register {operand}"
        wide = mnemonic in ("S_LUI_INT", "C_LOOP_START")
        bits = (21 if wide else 16) if tvm else (22 if wide else 18)
        if integer and int(integer) >= 1 << bits:
            return f"immediate {operand}"
        kinds += bank[0] if bank else "i"
    return "" if re.fullmatch(forms[mnemonic], kinds) else f"operands {kinds}"


def problems(text: str) -> list[tuple[int, str]]:
    """Every (line, problem): syntax, loops, registers read before they are written."""
    tvm = any(
        (m in TVM and m != "S_MUL_INT") or any(re.fullmatch("gp(1[6-9]|2.|3.)", o) for o in ops)
        for _, m, ops in code(text)
    )
    found: list[tuple[int, str]] = []
    loops: list[tuple[int, str]] = []
    written = {"gp0", "f0"}
    for line, mnemonic, operands in code(text):
        problem = syntax_problem(mnemonic, operands, tvm)
        if problem:
            found.append((line, problem))
            continue
        counters = [counter for _, counter in loops]
        if mnemonic == "C_LOOP_START":
            if operands[0] in counters:
                found.append((line, "counter in use"))
            loops.append((line, operands[0]))
        elif mnemonic == "C_LOOP_END":
            if not counters or counters[-1] != operands[0]:
                found.append((line, "loop end"))
            else:
                loops.pop()
        elif mnemonic == "C_BREAK":
            loops.pop()
        registers = [o for o in operands if not o.isdigit()]
        reads_first = READS_FIRST.match(mnemonic) is not None
        for read in registers if reads_first or "RED" in mnemonic else registers[1:]:
            if read not in written:
                found.append((line, f"{read} is read before it is written"))
        if not reads_first:
            written.update(registers[:1])
            if mnemonic != "C_LOOP_START" and registers[:1] and registers[0] in counters:
                found.append((line, "loop counter written"))
    return found + [(line, "unclosed") for line, _ in loops]


def dynamic_counts(text: str) -> Counter[str]:
    """Executions per mnemonic of a program without C_BREAK."""
    counts: Counter[str] = Counter()
    trips = [1]
    for _, mnemonic, operands in code(text):
        counts[mnemonic] += trips[-1]
        if mnemonic == "C_LOOP_START":
            trips.append(trips[-1] * int(operands[1]))
        elif mnemonic == "C_LOOP_END":
            trips.pop()
    return counts


def generator(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the generator as a user does, from the repository root."""
    command = [sys.executable, "-m", "sample_asm.generator", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def generated(*arguments: str) -> str:
    result = generator(*arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    """The interpreter that executes programs, if it is there."""
    if not (ROOT / "tests" / "oracle" / "interpreter.py").exists():
        pytest.skip("tests/oracle/interpreter.py is not there")
    if str(ROOT / "tests") not in sys.path:
        sys.path.insert(0, str(ROOT / "tests"))
    return importlib.import_module("oracle.interpreter")


def test_the_expected_programs_are_there() -> None:
    assert {path.stem for path in PROGRAMS} == {
        "decode_step",
        "decoder",
        "decoder_unrolled",
        "every_opcode",
        "routed_experts",
        "tvm_kernel",
        "vision_patch",
    }
    assert len(MALFORMED) >= 25


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_program_is_sane_and_small(path: Path) -> None:
    assert problems(read(path)) == []
    assert 1000 < path.stat().st_size < 150_000
    assert b"\r" not in path.read_bytes()


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_program_runs_without_a_fault(path: Path, oracle: ModuleType) -> None:
    result = oracle.run(read(path), mlen=64, vlen=64, blen=4)
    assert result.fault is None
    assert result.completed
    assert result.dialect == ("plena-tvm" if path.stem == "tvm_kernel" else "plena")


def test_regenerating_gives_the_same_bytes(tmp_path: Path) -> None:
    assert generator("--write-samples", str(tmp_path)).returncode == 0
    for folder in (".", "malformed"):
        new = {p.name: p.read_bytes() for p in (tmp_path / folder).glob("*.asm")}
        old = {p.name: p.read_bytes() for p in (FOLDER / folder).glob("*.asm")}
        assert new.keys() == old.keys()
        assert [name for name in new if new[name] != old[name]] == []


def test_unrolled_twin_does_the_same_arithmetic() -> None:
    rolled = dynamic_counts(read(FOLDER / "decoder.asm"))
    unrolled = dynamic_counts(read(FOLDER / "decoder_unrolled.asm"))
    kinds = {m for m in rolled | unrolled if m[:2] in ("M_", "V_", "H_") or m.endswith("_FP")}
    assert {m: rolled[m] for m in kinds} == {m: unrolled[m] for m in kinds}
    assert rolled["C_LOOP_END"] > unrolled["C_LOOP_END"] > 0


def test_decoder_matrix_count_by_hand() -> None:
    counts = dynamic_counts(read(FOLDER / "decoder.asm"))
    blocks = (64 // 4) ** 2  # accumulator blocks of a 64 x 64 result
    # hidden 128 = 2 tiles: q 2 columns, k, v, o 2, up 2, gate 2, down 2; rotation of K and 2 Q;
    # values of 2 heads, each over one tile.
    assert counts["M_MM"] == blocks * (2 * (2 + 1 + 1 + 2 + 2 + 2 + 2) + 3 + 2)
    assert counts["M_TMM"] == blocks * 2
    assert counts["V_TOPK"] == 0


def test_every_opcode_has_every_mnemonic_and_both_short_and_long_forms() -> None:
    lines = code(read(FOLDER / "every_opcode.asm"))
    assert {mnemonic for _, mnemonic, _ in lines} == set(PLENA)
    lengths: dict[str, set[int]] = {}
    for _, mnemonic, operands in lines:
        lengths.setdefault(mnemonic, set()).add(len(operands))
    expected = {
        "C_BREAK": {0, 3}, "C_LOOP_END": {1, 2}, "V_RED_SUM": {2, 3, 4}, "V_EXP_V": {2, 3, 4},
        "V_ADD_VV": {3, 4}, "M_MV_WO": {2, 3}, "S_EXP_FP": {2, 3}, "H_STORE_V": {5, 6},
    }  # fmt: skip
    assert {name: lengths[name] for name in expected} == expected


def test_tvm_kernel_has_every_extra_mnemonic() -> None:
    assert set(TVM) <= {mnemonic for _, mnemonic, _ in code(read(FOLDER / "tvm_kernel.asm"))}


@pytest.mark.parametrize("path", MALFORMED, ids=lambda p: p.stem)
def test_malformed_file_is_wrong_where_it_says(path: Path, oracle: ModuleType) -> None:
    text = read(path)
    match = re.match(r"; expect: line (\d+): (fault: )?.+\n", text)
    assert match
    line = int(match[1])
    if match[2]:
        fault = oracle.run(text).fault
        assert fault is not None
        assert [number for number, _, _ in code(text)][fault.pc] == line
    elif path.stem.startswith("both_dialects"):
        lines = [(m, ops) for number, m, ops in code(text) if number in (line - 1, line)]
        assert len(lines) == 2
        for tvm in (False, True):
            assert [bool(syntax_problem(m, ops, tvm)) for m, ops in lines].count(True) == 1
    else:
        assert problems(text)[0][0] == line


@pytest.mark.parametrize(
    "sizes",
    [
        "--mlen 16 --blen 4 --hidden 48 --heads 3 --head-dim 16 --ffn 64 --sequence 32",
        "--mlen 32 --blen 8 --hidden 64 --heads 2 --kv-heads 2 --head-dim 64 --ffn 96 --sequence 32"
        " --layers 2 --max-k-tiles 1",
        "--layers 2 --unroll --sequence 128 --ffn 192 --max-k-tiles 2",
        "--mlen 16 --unroll all --hidden 32 --head-dim 16 --ffn 32 --sequence 16",
    ],
)
def test_other_sizes_are_sane_and_run(sizes: str, oracle: ModuleType) -> None:
    text = generated("decoder", *sizes.split())
    assert problems(text) == []
    words = sizes.split()
    options = dict(itertools.pairwise(words))
    mlen, blen = int(options.get("--mlen", 64)), int(options.get("--blen", 4))
    result = oracle.run(
        text,
        mlen=mlen,
        vlen=mlen,
        blen=blen,
        prefetch_m_rows=mlen,
        prefetch_v_rows=blen,
        writeback_rows=blen,
    )
    assert result.fault is None
    assert result.completed


def test_distinct_lines_are_distinct() -> None:
    text = generated("--distinct-lines", "5000")
    lines = [line for line in text.splitlines() if not line.startswith(";")]
    assert len(lines) == len(set(lines)) == 5000
    assert problems(text) == []


def test_nest_has_the_dynamic_count_of_its_trips(oracle: ModuleType) -> None:
    text = generated("--nest", "3", "--trip", "7")
    assert problems(text) == []
    assert dynamic_counts(text)["M_MM"] == 7**3
    result = oracle.run(text)
    assert result.completed
    assert result.counts["M_MM"] == 7**3
    assert result.counts["C_LOOP_END"] == 7 + 7**2 + 7**3


@pytest.mark.parametrize(
    "arguments",
    [
        "decoder --hidden 100",
        "decoder --heads 3 --kv-heads 2",
        "decoder --layers 0",
        "decoder --sequence 65536 --hidden 128",
        "decoder --blen 5",
        "decoder --max-k-tiles 65",
        "every_opcode --mlen 16",
        "--distinct-lines 3",
        "--nest 12",
        "--nest 2 --trip 0",
    ],
)
def test_impossible_sizes_are_refused_in_one_line(arguments: str) -> None:
    result = generator(*arguments.split())
    assert result.returncode == 2
    assert re.fullmatch(r"error: .+\n", result.stderr)


def test_the_checker_itself_finds_mistakes() -> None:
    assert problems("S_ADDI_INT gp1, gp0, 1\nS_ADD_INT gp2, gp1, gp1") == []
    assert problems("S_ADD_INT gp2, gp1, gp0") == [(1, "gp1 is read before it is written")]
    crossed = "C_LOOP_START gp1, 2\nC_LOOP_START gp2, 2\nC_LOOP_END gp1"
    assert problems(crossed)[0] == (3, "loop end")
    assert problems("S_MUL_INT gp1, 0, gp0") == [(1, "operands gig")]


def test_regenerating_gives_the_same_build_files(tmp_path: Path) -> None:
    assert generator("--write-samples", str(tmp_path)).returncode == 0
    for name in ("decoder", "decode_step"):
        new = {p.name: p.read_bytes() for p in (tmp_path / "compiled" / name).iterdir()}
        folder = FOLDER / "compiled" / name
        old = {p.name: p.read_bytes() for p in folder.iterdir()}
        assert set(old) - set(new) == {"weight_manifest.json"}
        assert new == {file: old[file] for file in new}


def test_build_files_go_with_some_programs_only(tmp_path: Path) -> None:
    made = generator("decoder", "--layers", "2", "-o", str(tmp_path / "d.asm"),
                     "--build-dir", str(tmp_path / "build"))  # fmt: skip
    assert made.returncode == 0
    assert (tmp_path / "build" / "hbm_addrs.json").read_text().count("W_q_") == 2
    refused = generator("every_opcode", "-o", str(tmp_path / "e.asm"), "--build-dir", str(tmp_path))
    assert refused.returncode == 2
    assert "--build-dir goes with" in refused.stderr
