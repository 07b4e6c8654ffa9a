"""Section 2: where the cycles go, by kernel, layer, category and opcode."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.profiling import Profile
from isa_analysis.profiling.group import category_costs, cost_by
from isa_analysis.report import words
from isa_analysis.report.icicle import icicle
from isa_analysis.report.kernels import FoldedKernel, family_of
from isa_analysis.report.model import BarChart, Block, ReportTable, Section
from isa_analysis.report.sites import Sites
from isa_analysis.report.stages import Run, Stage
from isa_analysis.table import Column, Table, Value, one_line, share

#: Opcodes beyond this many are summed in one row.
_TOP_OPCODES = 16
#: Rows of the per-layer table; the rest is summed in one row.
_MAX_LAYER_ROWS = 1000
#: Bars of the chart per layer.
_MAX_BARS = 64


def cycles_section(stages: Sequence[Stage], sites: Sequence[Sites]) -> Section:
    """Tables per stage; kernels of the first board first, those of other boards folded away."""
    sentences: list[str] = []
    blocks: list[Block] = []
    for number, (stage, its) in enumerate(zip(stages, sites, strict=True)):
        sentences += _sentences(stage)
        for i, run in enumerate(stage.runs):
            blocks.append(kernel_table(stage, run, f"cycles-{number}-kernels-{i}", folded=i > 0))
        layers = _layer_table(stage, f"cycles-{number}-layers")
        if layers is not None:
            blocks.append(layers)
        blocks.append(_layer_chart(stage, f"cycles-{number}-chart"))
        blocks.append(_category_table(stage, f"cycles-{number}-categories"))
        blocks.append(_opcode_table(stage, f"cycles-{number}-opcodes"))
        blocks.append(icicle(stage, its, f"cycles-{number}-icicle"))
    return Section("cycles", "Where the cycles go", tuple(sentences), tuple(blocks))


def _sentences(stage: Stage) -> list[str]:
    run = stage.first
    if not run.cycles:
        return []
    kernels = run.kernels
    few: list[FoldedKernel] = []
    for kernel in kernels:
        few.append(kernel)
        if 2 * sum(k.cost.total_cycles for k in few) >= run.cycles:
            break
    costs = category_costs(run.small)
    order = sorted(costs, key=lambda c: -costs[c].total_cycles)
    shares = [f"{c} {words.percent(costs[c].total_cycles, run.cycles)}" for c in order]
    half = sum(k.cost.total_cycles for k in few)
    out = [
        f"{stage.name} on {run.label}: {words.count(len(few), 'kernel')} of {len(kernels)} "
        f"{'accounts' if len(few) == 1 else 'account'} for {words.percent(half, run.cycles)} of "
        f"the cycles ({words.listed([k.label for k in few[:4]])}"
        f"{' and others' if len(few) > 4 else ''}); by category {words.listed(shares)}."
    ]
    out += _spread(stage, kernels)
    return out


def _spread(stage: Stage, kernels: tuple[FoldedKernel, ...]) -> list[str]:
    """Whether layers of one family cost the same; a layer without some kernel spends 0 on it."""
    layers = [name for name in layer_names(stage.first.profile) if name]
    count: dict[str, int] = {}
    for layer in layers:
        count[family_of(layer)] = count.get(family_of(layer), 0) + 1
    spread = [
        (max(k.layer_cycles) - low, low, max(k.layer_cycles), k.label)
        for k in kernels
        if count.get(k.key[0], 0) > 1
        for low in [min(k.layer_cycles) if len(k.layer_cycles) == count[k.key[0]] else 0]
    ]
    if not spread:
        return []
    widest, low, high, name = max(spread)
    if not widest:
        return [f"Its {len(layers)} layers cost the same, kernel by kernel."]
    return [
        f"Its {len(layers)} layers differ most in {name}: {low:,} to {high:,} cycles per layer."
    ]


def layer_names(profile: Profile) -> list[str]:
    """The layers in program order; the empty name stands for what is in no layer."""
    return list(dict.fromkeys(name.layer for name in profile.kernels))


def kernel_table(stage: Stage, run: Run, id_: str, *, folded: bool) -> ReportTable:
    """Folded kernels with their spread over layers, and the total."""
    whole = run.cycles
    rows: list[tuple[Value, ...]] = []
    for k in run.kernels:
        per_layer = k.layer_cycles
        spread: tuple[Value, ...] = (None, None, None)
        if k.key[0]:
            spread = (min(per_layer), _mean(per_layer), max(per_layer))
        rows.append(
            (
                one_line(k.key[1], 40) or "-", one_line(k.key[0], 30) or None,
                len(per_layer) if k.key[0] else None, k.calls, k.cost.dynamic,
                k.cost.compute_cycles, k.cost.memory_cycles, k.cost.total_cycles,
                share(k.cost.total_cycles, whole),
                1e3 * run.profile.seconds(k.cost.total_cycles), *spread,
            )
        )  # fmt: skip
    t = run.profile.totals
    total: tuple[Value, ...] = (
        "total", None, None, None, t.dynamic, t.compute_cycles, t.memory_cycles, t.total_cycles,
        share(whole, whole), 1e3 * run.seconds, None, None, None,
    )  # fmt: skip
    columns = (
        Column("kernel", "kernel"),
        Column("within", "within"),
        Column("layers", "layers", "count"),
        Column("calls", "calls", "count"),
        Column("dynamic", "executed", "count"),
        Column("compute_cycles", "compute", "cycles"),
        Column("memory_cycles", "memory", "cycles"),
        Column("total_cycles", "total", "cycles"),
        Column("percent", "%", "percent"),
        Column("ms", "ms", "ms"),
        Column("min", "min per layer", "cycles"),
        Column("mean", "mean", "cycles"),
        Column("max", "max", "cycles"),
    )
    title = f"Kernels of {stage.name} on {run.label} (cycles)"
    return ReportTable(id_, Table(title, columns, tuple(rows)), total, folded)


def _mean(values: tuple[int, ...]) -> int | float:
    whole, rest = divmod(sum(values), len(values))
    return sum(values) / len(values) if rest else whole


def _layer_table(stage: Stage, id_: str) -> ReportTable | None:
    """Every kernel of every layer, with the cycles on each board."""
    names = stage.first.profile.kernels
    if len(set(layer_names(stage.first.profile))) < 2:
        return None
    costs = [
        cost_by(r.profile.cells, lambda c: (names[c.kernel].layer, names[c.kernel].kernel))
        for r in stage.runs
    ]
    keys = list(costs[0])
    rows: list[tuple[Value, ...]] = []
    for layer, kernel in keys[:_MAX_LAYER_ROWS]:
        mine = [cost[layer, kernel] for cost in costs]
        rows.append(
            (
                one_line(layer, 30) or "-", one_line(kernel, 40) or "-", mine[0].dynamic,
                *(c.total_cycles for c in mine),
            )
        )  # fmt: skip
    if rest := keys[_MAX_LAYER_ROWS:]:
        rows.append(
            (
                f"({len(rest)} more)", "", sum(costs[0][k].dynamic for k in rest),
                *(sum(cost[k].total_cycles for k in rest) for cost in costs),
            )
        )  # fmt: skip
    dynamic = stage.first.profile.totals.dynamic
    total: tuple[Value, ...] = ("total", "", dynamic, *(r.cycles for r in stage.runs))
    columns = (
        Column("layer", "layer"),
        Column("kernel", "kernel"),
        Column("dynamic", "executed", "count"),
        *(
            Column(f"cycles_{i}", f"{r.label} cycles", "cycles")
            for i, r in enumerate(stage.runs, 1)
        ),
    )
    table = Table(f"Kernels of {stage.name} per layer", columns, tuple(rows))
    return ReportTable(id_, table, total, folded=True)


def _layer_chart(stage: Stage, id_: str) -> BarChart:
    """Cycles by category: a bar per layer, or per kernel where there are no layers."""
    profile = stage.first.profile
    categories = tuple(category_costs(profile))
    names = profile.kernels
    by_layer = len(layer_names(profile)) > 1

    def label_of(kernel: int) -> str:
        name = names[kernel]
        return (name.layer or "(outside layers)") if by_layer else name.kernel or "-"

    costs = cost_by(profile.cells, lambda c: (label_of(c.kernel), c.category))
    labels = list(dict.fromkeys(label for label, _ in costs))
    if not by_layer:
        labels.sort(key=lambda n: -sum(costs[k].total_cycles for k in costs if k[0] == n))
    table: dict[str, dict[str, int]] = {}
    for (label, category), cost in costs.items():
        table.setdefault(label, {})[category] = cost.total_cycles
    rows = [
        (one_line(n, 40), tuple(float(table[n].get(c, 0)) for c in categories))
        for n in labels[:_MAX_BARS]
    ]
    if rest := labels[_MAX_BARS:]:
        more = tuple(float(sum(table[n].get(c, 0) for n in rest)) for c in categories)
        rows.append((f"({len(rest)} more)", more))
    what = "layer" if by_layer else "kernel"
    title = f"Cycles per {what} of {stage.name} on {stage.first.label}"
    return BarChart(id_, title, "cycles", categories, tuple(rows), stacked=True)


def _category_table(stage: Stage, id_: str) -> ReportTable:
    costs = [category_costs(r.small) for r in stage.runs]
    rows = tuple(
        (
            name, c.static, c.dynamic, share(c.dynamic, stage.first.profile.totals.dynamic),
            *(
                value
                for cost, run in zip(costs, stage.runs, strict=True)
                for value in (cost[name].total_cycles, share(cost[name].total_cycles, run.cycles))
            ),
        )
        for name, c in costs[0].items()
    )  # fmt: skip
    t = stage.first.profile.totals
    total = (
        "total", t.static, t.dynamic, share(t.dynamic, t.dynamic),
        *(v for r in stage.runs for v in (r.cycles, share(r.cycles, r.cycles))),
    )  # fmt: skip
    columns = (
        Column("category", "category"),
        Column("static", "instructions", "count"),
        Column("dynamic", "executed", "count"),
        Column("dynamic_percent", "% of executed", "percent"),
        *(
            column
            for i, r in enumerate(stage.runs, 1)
            for column in (
                Column(f"cycles_{i}", f"{r.label} cycles", "cycles"),
                Column(f"percent_{i}", "%", "percent"),
            )
        ),
    )
    return ReportTable(id_, Table(f"Categories of {stage.name}", columns, rows), total)


def _each(cycles: int, dynamic: int) -> int | float | None:
    if not dynamic:
        return None
    return cycles / dynamic if cycles % dynamic else cycles // dynamic


def _opcode_table(stage: Stage, id_: str) -> ReportTable:
    costs = [{r.mnemonic: r for r in run.small.opcodes} for run in stage.runs]
    order = list(costs[0])
    shown = order if len(order) <= _TOP_OPCODES + 1 else order[:_TOP_OPCODES]
    rows: list[tuple[Value, ...]] = []
    for mnemonic in shown:
        first = costs[0][mnemonic]
        row: list[Value] = [mnemonic, first.category, first.cost.static, first.cost.dynamic]
        for cost, run in zip(costs, stage.runs, strict=True):
            cycles = cost[mnemonic].cost.total_cycles
            row += [
                _each(cycles, first.cost.dynamic),
                cycles,
                share(cycles, run.cycles),
            ]
        rows.append(tuple(row))
    if rest := order[len(shown) :]:
        row = [
            f"({len(rest)} more)", "", sum(costs[0][m].cost.static for m in rest),
            sum(costs[0][m].cost.dynamic for m in rest),
        ]  # fmt: skip
        for cost, run in zip(costs, stage.runs, strict=True):
            cycles = sum(cost[m].cost.total_cycles for m in rest)
            row += [None, cycles, share(cycles, run.cycles)]
        rows.append(tuple(row))
    t = stage.first.profile.totals
    total = (
        "total", "", t.static, t.dynamic,
        *(v for r in stage.runs for v in (None, r.cycles, share(r.cycles, r.cycles))),
    )  # fmt: skip
    columns = (
        Column("mnemonic", "opcode"),
        Column("category", "category"),
        Column("static", "instructions", "count"),
        Column("dynamic", "executed", "count"),
        *(
            column
            for i, r in enumerate(stage.runs, 1)
            for column in (
                Column(f"each_{i}", f"{r.label} cycles each", "count"),
                Column(f"cycles_{i}", "cycles", "cycles"),
                Column(f"percent_{i}", "%", "percent"),
            )
        ),
    )
    note = "Cycles each is an average where executions differ in price, as with destination f0."
    table = Table(f"Opcodes of {stage.name}", columns, tuple(rows), note)
    return ReportTable(id_, table, total)
