"""The icicle: kernel, loop nest, opcode; each as wide as its cycles."""

from __future__ import annotations

import numpy as np

from isa_analysis.report.kernels import keys_of
from isa_analysis.report.model import IcicleChart, IcicleNode
from isa_analysis.report.sites import Sites, prices, summed
from isa_analysis.report.stages import Stage

#: A part narrower than this share of the whole is merged with its like.
_LEAST = 1 / 250


def icicle(stage: Stage, sites: Sites, id_: str) -> IcicleChart:
    """The chart of ``stage`` on its first board.

    Memory cycles are those of each kernel's H_ opcodes; where their prices depend on addresses
    they appear beside the loops of their kernel.
    """
    run = stage.first
    profile = run.profile
    title = f"Kernel, loop nest, opcode: {stage.name} on {run.label}"
    whole = run.cycles
    nodes = [IcicleNode(stage.name, -1, whole)]
    if not whole:
        return IcicleChart(id_, title, "cycles", tuple(nodes))
    folded = keys_of(profile)
    number = {key: i for i, key in enumerate(dict.fromkeys(folded))}
    of_kernel = np.array([number[key] for key in folded] or [0], np.int64)
    nests = sites.nests
    shape_of = np.append(np.array(nests.shape_of_loop, np.int64), len(nests.shapes))
    shapes = (*nests.shapes, "no loop")
    n_ops = len(sites.mnemonics)
    nest = shape_of[sites.loop]
    keys = (of_kernel[sites.kernel] * len(shapes) + nest) * n_ops + sites.op
    sums = summed(keys, sites.times * prices(stage, run))
    tree: dict[int, dict[int, dict[str, int]]] = {}
    for key, cycles in sums.items():
        rest, op = divmod(key, n_ops)
        kernel, shape = divmod(rest, len(shapes))
        if cycles:
            its = tree.setdefault(kernel, {}).setdefault(shape, {})
            mnemonic = sites.mnemonics[op]
            its[mnemonic] = its.get(mnemonic, 0) + cycles
    least = max(int(whole * _LEAST), 1)
    hidden = 0
    for folded_kernel in stage.first.kernels:
        cycles = folded_kernel.cost.total_cycles
        if cycles < least:
            hidden += cycles
            continue
        at = len(nodes)
        nodes.append(IcicleNode(folded_kernel.label, 0, cycles))
        nests_here = tree.get(number[folded_kernel.key], {})
        known = sum(sum(ops.values()) for ops in nests_here.values())
        if cycles > known:  # memory cycles that prices per line do not hold
            nodes.append(IcicleNode("memory", at, cycles - known))
        order = sorted(nests_here.items(), key=lambda item: (-sum(item[1].values()), item[0]))
        for nest_shape, ops in order:
            _add_nest(nodes, at, shapes[nest_shape], ops, least)
    if hidden:
        nodes.append(IcicleNode("other kernels", 0, hidden))
    note = f"Parts under {100 * _LEAST:g} % of the whole are merged or left blank."
    return IcicleChart(id_, title, "cycles", tuple(nodes), note)


def _add_nest(
    nodes: list[IcicleNode], parent: int, shape: str, ops: dict[str, int], least: int
) -> None:
    cycles = sum(ops.values())
    if cycles < least:
        return
    at = len(nodes)
    nodes.append(IcicleNode(shape, parent, cycles))
    for mnemonic, spent in sorted(ops.items(), key=lambda item: (-item[1], item[0])):
        if spent >= least:
            nodes.append(IcicleNode(mnemonic, at, spent))
