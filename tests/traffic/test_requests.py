"""Requests of one transfer by hand, from the rules in docs/traffic.md."""

from __future__ import annotations

import numpy as np
import pytest

from isa_analysis import load_board
from isa_analysis.traffic.requests import (
    PREFETCH_M,
    PREFETCH_V,
    STORE_V,
    count,
    machine_of,
)

BOARD = load_board("custom_a7")  # MLEN = VLEN = 64, 64 / 4 / 4 rows, MXFP8 with blocks of 8


def one(kind, element, scale, stride, dialect="plena"):
    arrays = (np.array([v], np.int64) for v in (element, scale, stride))
    read, written = count(machine_of(BOARD, dialect), kind, *arrays)
    return int(read[0]), int(written[0])


@pytest.mark.parametrize(
    ("kind", "element", "scale", "stride", "wanted"),
    [
        # 64 rows: one element block and one scale block each
        (PREFETCH_M, 0, 0, 64, (128, 0)),
        (PREFETCH_M, 0, 0, 576, (128, 0)),
        # rows of 64 bytes that start at byte 4 of a block touch two blocks
        (PREFETCH_M, 4, 0, 64, (192, 0)),
        (PREFETCH_V, 0, 0, 64, (8, 0)),
        # a prefetch reads one scale block even where the 8 scale bytes straddle two
        (PREFETCH_V, 0, 60, 64, (8, 0)),
        (STORE_V, 0, 0, 64, (8, 8)),
        # scales at 60, 68, 76, 84 (stride 64 / 8): only the first row's straddle a boundary
        (STORE_V, 0, 60, 64, (9, 9)),
        # every element row touches two blocks
        (STORE_V, 32, 0, 64, (12, 12)),
    ],
)
def test_plena(kind, element, scale, stride, wanted) -> None:
    assert one(kind, element, scale, stride) == wanted


@pytest.mark.parametrize(
    ("kind", "element", "scale", "stride", "wanted"),
    [
        (PREFETCH_V, 0, 60, 64, (9, 0)),  # all scale blocks
        (STORE_V, 0, 0, 64, (4, 8)),  # element blocks are written without a read
        (STORE_V, 32, 60, 64, (5, 13)),
    ],
)
def test_plena_tvm(kind, element, scale, stride, wanted) -> None:
    assert one(kind, element, scale, stride, "plena-tvm") == wanted


def test_matrix_prefetch_is_rounded_up_to_whole_tiles() -> None:
    board = load_board("custom_a7", ["memory.prefetch_m_rows=65"])
    assert machine_of(board, "plena").kinds[PREFETCH_M].rows == 128


def test_useful_bytes_are_elements_and_scales() -> None:
    machine = machine_of(BOARD, "plena")
    assert machine.kinds[PREFETCH_M].useful_bytes == 64 * (64 + 8)
    assert machine.kinds[PREFETCH_V].useful_bytes == 4 * 72
