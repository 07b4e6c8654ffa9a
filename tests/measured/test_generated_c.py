"""Generated C: where arenas live, how large they are, how many tiles a call has."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured_support import read_log

from isa_analysis.measured.builds import arenas, distinct_tilings
from isa_analysis.measured.collect import collect
from isa_analysis.measured.generated_c import level_of, scan
from isa_analysis.measured.model import Arena, Tiling

ALLOCATE = "  {0} = (int8_t *){1}(sizeof(int8_t) * {2});\n"


def arena(text: str) -> Arena:
    [found] = read_log(text, "Network.c").arenas
    return found


def tiling(text: str) -> Tiling:
    [found] = read_log(text, "Network.c").tilings
    return found


def numbers(values: str, name: str = "Net_TILING_CODEGEN_L1_conv", kind: str = "uint8_t") -> str:
    size = values.count(",") + 1
    return f"static PI_L1 {kind} {name}_numTiles[{size}] = {{{values}}};\n"


# -- arenas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "level"),
    [
        ("pmsis_l1_malloc", "L1"), ("pi_l1_malloc", "L1"), ("pi_cl_l1_malloc", "L1"),
        ("snrt_l1alloc", "L1"), ("snrt_l1_alloc_cluster_local", "L1"), ("pi_l2_malloc", "L2"),
        ("pmsis_l2_malloc", "L2"), ("pi_fc_l1_malloc", "L1"), ("cl_ram_malloc", "L3"),
        ("snrt_l3alloc", "L3"), ("snrt_l3_alloc", "L3"), ("my_prefix_pi_l2_malloc", "L2"),
        ("malloc", ""), ("deeploy_malloc", ""), ("small_malloc", ""),
    ],
)  # fmt: skip
def test_the_call_says_where_an_arena_lives(call: str, level: str) -> None:
    assert level_of(call) == level
    found = arena(ALLOCATE.format("Net_MEMORYARENA_L1", call, 4096))
    assert (found.level, found.bytes, found.allocator) == (level, 4096, call)


def test_an_arena_named_l1_that_lives_in_l2() -> None:
    found = arena(ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l2_malloc", 4096))
    assert found.level == "L2"
    assert found.notes == ("named L1, allocated in L2",)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("4096", 4096),
        ("(4096)", 4096),
        ("0x1000u", 4096),
        ("4 * 1024UL", 4096),
        ("(1u << 12)", 4096),
        ("Net_MEMORYARENA_L2_len", 512),
        ("Net_MEMORYARENA_L2_len + 16", 528),
        ("ARENA", 640),
        ("ALIAS", 640),
        ("(uint32_t)ARENA", 640),
        ("ARENA / 4 - 010", 152),
        ("sizeof(float32_t) * 3", 12),
        ("unknown_name", None),
        ("f(5)", None),
        ("4096 / 0", None),
        ("sizeof(struct thing)", None),
        ("1 << 500", None),
        ("5 ** 5", None),
        ("", None),
        ("3 - 5", None),
        ("'a'", None),
        ("1.5", None),
        ("((((", None),
    ],
)
def test_sizes(size: str, expected: int | None) -> None:
    text = (
        "static const uint32_t Net_MEMORYARENA_L2_len = 512;\n"
        "#define ALIAS (ARENA)\n#define ARENA 640\n"
        + ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l1_malloc", size)
    )
    found = {a.name: a for a in read_log(text, "Network.c").arenas}
    assert found["Net_MEMORYARENA_L1"].bytes == expected
    unresolved = any("cannot be resolved" in n for n in found["Net_MEMORYARENA_L1"].notes)
    assert unresolved == (expected is None)


def test_a_wrapped_line_and_a_cluster_device_argument() -> None:
    found = arena(
        "  Net_MEMORYARENA_L1 =\n      (int8_t *)pi_l1_malloc(\n          (void *)0,\n"
        "          sizeof(int8_t) *\n          4096);\n"
    )
    assert (found.level, found.bytes, found.line) == ("L1", 4096, 1)


def test_a_size_that_wraps_modulo_2_to_the_32() -> None:
    found = arena(ALLOCATE.format("Net_MEMORYARENA_L3", "cl_ram_malloc", (1 << 32) + 4096))
    assert (found.bytes, found.declared_bytes) == (4096, 4294971392)
    assert [f.code for f in found.flags] == ["WRAPPED"]
    assert "4,294,971,392 and 4,096 B are equal modulo 2^32" in found.flags[0].reason


def test_comments_and_code_that_is_switched_off() -> None:
    line = ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l2_malloc", 4096)
    off = ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l1_malloc", 1)
    text = f'// {off}/* {off} */\n#if 0\n{off}#else\n{line}#endif\nchar *s = "{off.strip()}";\n'
    found = arena(text)
    assert (found.level, found.bytes, found.line) == ("L2", 4096, 7)


def test_a_header_alone_does_not_say_where() -> None:
    found = arena(
        "extern int8_t *Net_MEMORYARENA_L1;\n"
        "static const uint32_t Net_MEMORYARENA_L1_len = 739328;\n"
    )
    assert (found.level, found.bytes, found.source) == ("", 739328, "header")
    assert "where it lives is not known" in found.notes[0]


def test_a_header_is_the_best_source(tmp_path: Path) -> None:
    (tmp_path / "Net.h").write_text("static const uint32_t Net_MEMORYARENA_L1_len = 4096;\n")
    (tmp_path / "Net.c").write_text(
        ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l1_malloc", "Net_MEMORYARENA_L1_len")
    )
    found = [a for f in collect([str(tmp_path)]).files for a in f.arenas]
    assert [(a.level, a.bytes, a.source) for a in found] == [("L1", 4096, "header")]


def test_an_included_header_is_found_beside_the_source(tmp_path: Path) -> None:
    (tmp_path / "Net.h").write_text("#define SIZE 4096\n")
    source = tmp_path / "Net.c"
    line = ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l1_malloc", "SIZE")
    source.write_text('#include "Net.h"\n#include "../outside.h"\n#include "gone.h"\n' + line)
    [found] = collect([str(source)]).files[0].arenas
    assert found.bytes == 4096


def test_a_header_and_a_call_that_disagree() -> None:
    text = "static const uint32_t Net_MEMORYARENA_L1_len = 4096;\n"
    found = arena(text + ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l1_malloc", 8192))
    assert found.bytes == 4096
    assert [f.code for f in found.flags] == ["CONFIG-DIFFERS"]


def test_two_builds_do_not_mix() -> None:
    header = "static const uint32_t Net_MEMORYARENA_L1_len = {};\n"
    call = ALLOCATE.format("Net_MEMORYARENA_L1", "pi_l1_malloc", "Net_MEMORYARENA_L1_len")
    found = arenas(
        scan(header.format(size) + call, f"{folder}/Net.c")
        for folder, size in (("a", 100), ("b", 200))
    )
    assert [(a.path, a.bytes) for a in found] == [("a/Net.c", 100), ("b/Net.c", 200)]


def test_kib_and_kb_are_two_numbers() -> None:
    from isa_analysis.views.footprint import size

    assert size(739_328) == "722 KiB"
    assert size(739_328 - 64) == "721.9 KiB"


# -- tiles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "calls", "tiled"),
    [
        ("0, 1", (1,), False),
        ("0, 10", (10,), True),
        ("0, 3, 6, 8", (3, 3, 2), True),
        ("0, 1, 2, 3", (1, 1, 1), False),
        ("0, 0", (0,), False),
        ("0x0, 0x10u,", (16,), True),
    ],
)
def test_counts_are_cumulative(values: str, calls: tuple[int, ...], tiled: bool) -> None:
    text = numbers(values).replace("[3]", "[2]") if values.endswith(",") else numbers(values)
    found = tiling(text)
    assert (found.calls, found.tiled) == (calls, tiled)
    assert (found.network, found.level, found.node) == ("Net", "L1", "conv")
    assert not found.flags


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ("0", "no list of cumulative counts"),
        ("1, 2", "no list of cumulative counts"),
        ("0, 200, 144", "no longer fits its 8 bits"),
        ("0, 3, 2", "decreases"),
    ],
)
def test_counts_that_are_not(values: str, reason: str) -> None:
    found = tiling(numbers(values))
    assert [f.code for f in found.flags] == ["FAILED-CHECK"]
    assert reason in found.flags[0].reason


def test_an_array_of_another_size() -> None:
    found = tiling(numbers("0, 3, 6").replace("[3]", "[2]"))
    assert [f.code for f in found.flags] == ["FAILED-CHECK"]


def test_values_that_are_no_numbers_are_no_counts() -> None:
    text = numbers("0, N") + numbers("0, 2", "Net_TILING_CODEGEN_L2_conv")
    assert [t.level for t in read_log(text, "Network.c").tilings] == ["L2"]


def test_distinct_vectors_per_node_and_level() -> None:
    keys = [
        ("Net", "L1", "conv", (3, 3, 2)), ("Net", "L1", "conv", (3, 3, 2)),
        ("Net", "L1", "conv", (8,)), ("Net", "L2", "conv", (1,)), ("Net", "L1", "add", (8,)),
    ]  # fmt: skip
    assert distinct_tilings(keys) == {
        ("Net", "L1", "conv"): ((3, 3, 2), (8,)),
        ("Net", "L2", "conv"): ((1,),),
        ("Net", "L1", "add"): ((8,),),
    }


def test_names_that_follow_no_scheme() -> None:
    found = tiling("uint8_t tiles_numTiles[2] = {0, 4};\n")
    assert (found.network, found.level, found.node, found.calls) == ("", "", "tiles", (4,))
