"""Known answers of the service-time model, worked out by hand, and its invariants."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.boards import load_board
from isa_analysis.timing.model import cycles
from isa_analysis.timing.service import (
    AddressMap,
    ServiceModel,
    Transfers,
    design,
    features,
)

HBM2 = AddressMap(((8, 14), (9, 15)), ((12,), (13,), (11,), (10, 16)), 17, 1, 32)
MODEL = ServiceModel(HBM2, 9.0, 1.0, 12.0, 14.0, 6.0, 9.0)


def transfers(*items, all_scales=False, blind_store=False, known=True, length=64):
    """(is_store, element, scale, stride, rows) each."""
    columns = list(zip(*items, strict=True))
    n = len(items)
    ints = [np.array(column, dtype=np.int64) for column in columns[1:]]
    return Transfers(
        np.array(columns[0], dtype=np.bool_),
        *ints,
        np.full(n, length),
        np.full(n, length // 8),
        np.full(n, 8),
        np.full(n, known),
        all_scales,
        blind_store,
    )


V = (False, 0, 2048, 256, 4)
"""Elements at 0, 256, 512, 768; scales at 2048, 2080, 2112, 2144."""


def test_requests_of_a_prefetch():
    index, address, read = transfers(V).requests()
    assert index.tolist() == [0] * 8
    assert address.tolist() == [0, 2048, 256, 2048, 512, 2112, 768, 2112]
    assert read.all()


def test_unaligned_rows_touch_two_blocks_and_one_scale_block():
    _, address, _ = transfers((False, 32, 60, 64, 1)).requests()
    assert address.tolist() == [0, 64, 0]
    _, address, _ = transfers((False, 32, 60, 64, 1), all_scales=True).requests()
    assert address.tolist() == [0, 64, 0, 64]
    _, address, _ = transfers((True, 32, 60, 64, 1)).requests()
    assert address.tolist() == [0, 64, 0, 64]


def test_blind_stores_read_only_scales():
    _, _, read = transfers((True, 0, 4096, 64, 2), blind_store=True).requests()
    assert read.tolist() == [False, True, False, True]


def test_location():
    queue, bank, row = HBM2.locate(
        np.array([0, 256, 512, 1 << 14, 1 << 10, 1 << 17], dtype=np.int64)
    )
    assert queue.tolist() == [0, 2, 1, 2, 0, 0]
    assert bank.tolist() == [0, 32, 16, 32, 1, 0]
    assert row.tolist() == [0, 0, 0, 0, 0, 1]


def test_second_prefetch_finds_its_rows_open():
    f = features(transfers(V, V), HBM2)
    # Queue 0 has element 0 and all four scales: 5 requests of 2 cycles.
    assert f.slots[1] == 10
    assert f.openings.tolist() == [2.5, 0]  # five banks opened, no precharge: half each
    assert f.miss_share.tolist() == [0.5, 0]
    assert MODEL.transfer_ns(f)[1] == 9 + 10  # measured: 19 ns


def test_another_row_in_all_banks():
    other = (False, 1 << 17, (1 << 17) + 2048, 256, 4)
    f = features(transfers(V, other), HBM2)
    assert f.miss_share[1] == 1
    assert f.openings[1] == 5
    # First half (queues 0 and 1): elements 0 and 512, four scales = 6 reads; banks 0, 16 and that
    # of the scales opened: 6 + 2 x 3 commands.
    assert f.slots[1] == 12
    assert MODEL.transfer_ns(f)[1] == 9 + 12 + 14


def test_rows_that_alternate_in_one_bank_wait_for_each_other():
    # Elements and scales in one bank, different rows.
    f = features(transfers((False, 0, 1 << 20, 0, 4), (False, 0, 1 << 20, 0, 4)), HBM2)
    assert f.openings.tolist() == [1.5, 1]  # a closed bank counts half; then one row is still open
    assert f.chain.tolist() == [0.5, 0]


def test_stores_go_block_by_block():
    f = features(transfers((True, 0, 512, 0, 2), (True, 0, 512, 0, 2)), HBM2)
    assert f.read_blocks.tolist() == [4, 4]
    assert f.openings.tolist() == [1, 0]
    assert f.runs.tolist() == [0, 0]
    assert MODEL.transfer_ns(f)[1] == 4 * 12


def test_a_run_of_one_queue_pays_the_turnaround():
    f = features(transfers((True, 0, 1 << 11, 0, 2)), HBM2)
    assert f.runs.tolist() == [2]
    blind = features(transfers((True, 0, 1 << 11, 0, 2), blind_store=True), HBM2)
    assert blind.runs.tolist() == [0]
    assert blind.read_blocks.tolist() == [2]


def test_unknown_addresses_miss_in_part():
    known = features(transfers(V, V), HBM2)
    unknown = features(transfers(V, V, known=False), HBM2)
    assert known.miss_share[1] == 0
    assert unknown.miss_share[1] == 0.25
    assert MODEL.transfer_ns(unknown)[1] > MODEL.transfer_ns(known)[1]


def test_mean_of_groups():
    means = MODEL.mean_ns(transfers(V, V, V), np.array([0, 2, 2]), 4)
    assert means[1] == means[3] == 0
    assert means[2] == 19
    assert means[0] > 19


def test_nothing_to_time():
    empty = transfers(V)
    empty = replace(
        empty,
        **{
            name: getattr(empty, name)[:0]
            for name in (
                "is_store",
                "element",
                "scale",
                "stride",
                "rows",
                "row_bytes",
                "scale_bytes",
                "ratio",
                "known",
            )
        },
    )
    assert len(MODEL.transfer_ns(features(empty, HBM2))) == 0
    assert MODEL.mean_ns(empty, np.zeros(0, dtype=np.int64), 2).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("rows", "stride", "published"),
    [
        (64, 64, 122),
        (64, 256, 108),
        (64, 1024, 150),
        (64, 4096, 199),
        (4, 64, 23.2),
        (4, 256, 19.5),
    ],
)
def test_published_service_times(rows: int, stride: int, published: float) -> None:
    """Back to back prefetches of the emulator's table; addresses are our guess, hence 20 %."""
    service = load_board("emulator").board.memory.service
    assert service is not None
    model = ServiceModel.from_board(service)
    tiles = stride // 64
    elements = [(i % tiles) * 64 + (i // tiles) * rows * stride for i in range(64)]
    items = [(False, e, (1 << 24) + e // 8, stride, rows) for e in elements]
    ns = model.transfer_ns(features(transfers(*items), model.address_map))
    assert ns[1:].mean() == pytest.approx(published, rel=0.2)


def test_published_store_time() -> None:
    service = load_board("emulator").board.memory.service
    assert service is not None
    model = ServiceModel.from_board(service)
    items = [(True, i * 256, (1 << 24) + i * 32, 64, 4) for i in range(64)]
    ns = model.transfer_ns(features(transfers(*items), model.address_map))
    assert ns[1:].mean() == pytest.approx(115.8, rel=0.03)


def test_without_a_map_time_is_linear_in_requests():
    service = load_board("emulator", ["memory.service.address_map=null"]).board.memory.service
    assert service is not None
    model = ServiceModel.from_board(service)
    ns = model.transfer_ns(features(transfers(V, (False, 0, 2048, 256, 8)), model.address_map))
    assert ns[1] - ns[0] == pytest.approx(8 * 2 * service.prefetch_slot_ns, abs=8)


def test_v80_is_an_assumption():
    board = load_board("v80").board
    assert board.memory.timing_model == "service"
    assert board.memory.service is not None
    assert board.memory.service.assumption
    assert board.memory.service.address_map is None


@pytest.mark.parametrize(
    ("ns", "clock", "expected"), [(10.4, 10**9, 10), (1000.0, 400 * 10**6, 400)]
)
def test_cycles(ns, clock, expected):
    assert cycles(ns, clock) == expected


TRANSFER = st.tuples(
    st.booleans(),
    st.integers(0, 1 << 21),
    st.integers(0, 1 << 21),
    st.integers(0, 5000),
    st.integers(1, 9),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TRANSFER, min_size=1, max_size=6), st.booleans())
def test_against_a_plain_walk(items, tvm):
    """The vectorised counts against dictionaries and loops."""
    t = transfers(*items, all_scales=tvm, blind_store=tvm)
    f = features(t, HBM2)
    index, address, read = t.requests()
    queue, bank, row = (a.tolist() for a in HBM2.locate(address))
    opened: dict[int, int] = {}
    for i, (is_store, *_) in enumerate(items):
        mine = np.flatnonzero(index == i).tolist()
        assert f.read_blocks[i] == sum(bool(read[r]) for r in mine)
        if is_store:
            openings = 0.0
            for r in mine:
                if opened.get(bank[r]) != row[r] and read[r]:
                    openings += 1.0 if bank[r] in opened else 0.5
                opened[bank[r]] = row[r]
            assert f.openings[i] == openings
            continue
        banks = {bank[r] for r in mine}
        first = {b: {row[r] for r in mine if bank[r] == b} for b in banks}
        if len(mine) <= HBM2.window:
            misses = sum(
                (0.5 if b not in opened else 1.0) for b in banks if opened.get(b) not in first[b]
            )
            assert f.miss_share[i] == pytest.approx(misses / len(banks))
        busiest = max(sum(queue[r] == q for r in mine) for q in range(4))
        assert f.slots[i] >= 2 * busiest
        for r in mine:
            opened[bank[r]] = row[r]


@settings(max_examples=50, deadline=None)
@given(st.lists(TRANSFER, min_size=1, max_size=6))
def test_times_are_positive_and_linear(items):
    f = features(transfers(*items), HBM2)
    ns = MODEL.transfer_ns(f)
    assert (ns > 0).all()
    assert design(f).shape == (len(items), 6)
    doubled = replace(
        MODEL,
        **{
            name: 2 * getattr(MODEL, name)
            for name in (
                "prefetch_base_ns",
                "prefetch_slot_ns",
                "store_block_ns",
                "row_open_ns",
                "bank_chain_ns",
                "store_turnaround_ns",
            )
        },
    )
    assert doubled.transfer_ns(f) == pytest.approx(2 * ns)
