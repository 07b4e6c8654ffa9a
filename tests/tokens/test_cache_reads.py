"""The context that a program was compiled for, from the rows that it reads."""

from __future__ import annotations

import pytest
from support import ROOT

from isa_analysis.assembly import parse, parse_text
from isa_analysis.boards import load_board
from isa_analysis.profiling import ModelOptions, Profile, profile
from isa_analysis.tokens.cache_reads import CacheReads, cache_reads

#: One read of 64 rows of 64 bytes at gp2 (offset) from a1: 4,096 bytes of elements.
READ = "H_PREFETCH_M gp0, gp2, a1, 0, 1\n"
SCORES = "; @kernel attention scores\n"
VALUES = "; @kernel attention x V\n"
END = "; @end\n"


def profiled(text: str, *sets: str) -> Profile:
    return profile(parse_text(text), load_board("nexys_video", sets), ModelOptions(traffic=True))


def at(*offsets: int) -> str:
    """Reads at byte ``offsets``."""
    return "".join(
        f"S_LUI_INT gp2, {o >> 12}\nS_ADDI_INT gp2, gp2, {o & 4095}\n{READ}" for o in offsets
    )


def head(keys: list[int], values: list[int]) -> str:
    return SCORES + at(*keys) + END + VALUES + at(*values) + END


def test_blocks_without_a_gap_are_one_tensor() -> None:
    # 192 positions: 12,288 bytes of elements, then 1,536 of scales.
    text = head([0, 4096, 8192], [13824, 13824 + 4096, 13824 + 8192])
    assert cache_reads(profiled(text)) == CacheReads(192, 64, 2, 2 * 72)


def test_reading_twice_is_reading_once() -> None:
    assert cache_reads(profiled(head([0, 4096, 0, 4096], [9216, 13312]))) == CacheReads(
        128, 64, 2, 144
    )


def test_blocks_read_in_a_loop() -> None:
    loop = (
        "S_ADDI_INT gp2, gp0, {start}\nC_LOOP_START gp3, 5\n"
        + READ
        + "S_ADDI_INT gp2, gp2, 4096\nC_LOOP_END gp3\n"
    )
    text = SCORES + loop.format(start=0) + END + VALUES + loop.format(start=5 * 4608) + END
    assert cache_reads(profiled(text)) == CacheReads(320, 64, 2, 144)


def test_heads_are_tensors_of_their_own() -> None:
    text = head([0], [4608]) + head([9216], [13824])
    assert cache_reads(profiled(text)) == CacheReads(64, 64, 4, 288)


def test_layers_at_the_same_addresses_are_layers() -> None:
    text = "".join(
        f"; === LAYER {n}/2 START ===\n{head([0], [4608])}; === LAYER {n}/2 END ===\n"
        for n in range(2)
    )
    assert cache_reads(profiled(text)) == CacheReads(64, 64, 4, 288)


@pytest.mark.parametrize(
    "text",
    [
        "V_ADD_VV gp0, gp0, gp0\n",
        READ,  # no kernel says that these are keys
        SCORES + at(0) + END,  # keys without values
        head([0, 4096], [9216]),  # 128 keys, 64 values
        SCORES + "S_LD_INT gp2, gp0, 3\n" + READ + END + VALUES + at(4608) + END,  # unknown
        SCORES + at(0) + END + VALUES + "H_PREFETCH_V gp0, gp0, a1, 0, 1\n" + END,  # two shapes
    ],
)
def test_what_does_not_tell(text: str) -> None:
    assert cache_reads(profiled(text)) is None


def test_formats_without_scales_do_not_tell() -> None:
    text = head([0], [4096])
    assert cache_reads(profiled(text, "precision.hbm_weight.scale_bits=0")) is None
    assert cache_reads(profiled(head([0], [4608]))) is not None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("decode_step", CacheReads(192, 64, 2, 144)),
        ("decoder", CacheReads(64, 64, 2, 144)),
        ("decoder_unrolled", CacheReads(64, 64, 2, 144)),
        ("vision_patch", None),
    ],
)
def test_sample_programs(name: str, expected: CacheReads | None) -> None:
    program = parse(str(ROOT / "sample_asm" / f"{name}.asm"))
    board = load_board("v80")
    assert cache_reads(profile(program, board, ModelOptions(traffic=True))) == expected
