"""Assigning every instruction of a program to a kernel, from the comments between them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.kernels.layers import infer_layers
from isa_analysis.kernels.markers import Marker, MarkerReader
from isa_analysis.kernels.plan import Plan, plan_texts
from isa_analysis.kernels.rules import KernelRules
from isa_analysis.kernels.spans import KernelName, KernelSpans

Ints = npt.NDArray[np.int64]

#: The block and kernel of code that no comment names.
UNMARKED = "unmarked"


def assign_kernels(
    comment_pc: npt.ArrayLike,
    comment_line: npt.ArrayLike,
    comment_text_id: npt.ArrayLike,
    texts: Sequence[str],
    n_instructions: int,
    loops: Sequence[tuple[int, int]],
    rules: KernelRules,
    *,
    path: str = "",
) -> tuple[KernelSpans, list[Diagnostic]]:
    """The kernels of a program of ``n_instructions``, and warnings about unbalanced markers.

    The three ``comment_*`` columns describe the whole-line comments in file order: the number of
    instructions before it, its line, and the index of its text in ``texts`` (the distinct texts).
    ``loops`` holds the pcs of each C_LOOP_START and its C_LOOP_END, properly nested.

    The spans tile ``[0, n_instructions)``. Warnings: W301 for an ``@end`` without ``@kernel``,
    W302 for an ``@kernel`` that is never ended, both with ``path``.
    """
    plans, reader = plan_texts(texts, rules)
    pc = np.asarray(comment_pc, dtype=np.int64)
    line = np.asarray(comment_line, dtype=np.int64)
    text = np.asarray(comment_text_id, dtype=np.int64)
    interesting = np.fromiter((plan is not None for plan in plans), bool, len(plans))
    keep = np.flatnonzero(interesting[text]) if len(text) else np.empty(0, dtype=np.int64)
    pc, line, text = pc[keep], line[keep], text[keep]
    walk = _Walk(texts, plans, reader, n_instructions, _loops_around(loops, pc), rules, path)
    walk.decide_layers(text)
    walk.run(pc.tolist(), line.tolist(), text.tolist())
    return walk.result(), walk.warnings


def _loops_around(loops: Sequence[tuple[int, int]], pc: Ints) -> list[tuple[int, int]]:
    """The loops with a marker in their body, outermost first; the others cannot matter."""
    if not len(loops) or not len(pc):
        return []
    bounds = np.asarray(loops, dtype=np.int64).reshape(-1, 2)
    inside = np.searchsorted(pc, bounds[:, 1], "right") > np.searchsorted(pc, bounds[:, 0], "right")
    bounds = bounds[inside]
    bounds = bounds[np.lexsort((-bounds[:, 1], bounds[:, 0]))]
    return [(start, end) for start, end in bounds.tolist()]


class _Walk:
    """One pass over the markers of a program. State lives here because every marker changes it."""

    def __init__(
        self,
        texts: Sequence[str],
        plans: Sequence[Plan],
        reader: MarkerReader,
        n_instructions: int,
        loops: list[tuple[int, int]],
        rules: KernelRules,
        path: str,
    ) -> None:
        self.texts, self.plans, self.reader = texts, plans, reader
        self.n, self.loops, self.rules, self.path = n_instructions, loops, rules, path
        self.warnings: list[Diagnostic] = []
        self.names: dict[tuple[str, str, str, str, str, str], int] = {}
        self.starts: list[int] = []
        self.kernels: list[int] = []
        self.lines: list[int] = []
        self.calls: list[bool] = []
        self.hints: list[str] = []
        self.opens: list[bool] = []
        # Layer naming: written down, counted by a repeated first comment, or read off tensors.
        self.layers_marked = False
        self.repeated_text = -1
        self.repeats = 0
        self.layer = ""
        # The automatic kernel now running (None: unmarked), and its marker.
        self.current: int | None = None
        self.marker: Marker | None = None
        # Where code that serves the next kernel began, and whether nothing but such code ran yet.
        self.lead: int | None = None
        self.leading = False
        self.frames: list[tuple[int, int | None, Marker | None]] = []
        self.next_loop = 0
        self.explicit: list[tuple[str, int]] = []
        self.remembered: dict[str, str] = {}
        self.addresses: list[int] = []
        self.tensor_at: dict[int, str] = {}

    # -- layers ---------------------------------------------------------------------------------

    def decide_layers(self, text: Ints) -> None:
        """Choose how layers are told apart: markers, the repeated first comment, or tensors."""
        used = np.flatnonzero(np.bincount(text)).tolist()
        for number in used:
            plan = self.plans[number]
            if isinstance(plan, Marker) and plan.rule.action == "layer_start":
                self.layers_marked = True
                return
        if len(text):
            first = self.plans[int(text[0])]
            if (
                isinstance(first, Marker)
                and first.rule.repeats_layer
                and (text == text[0]).sum() > 1
            ):
                self.repeated_text = int(text[0])

    def _enter_layer(self, layer: str, pc: int, line: int) -> None:
        self.layer = layer
        self.lead = None
        for name in ("tensor", "head", "slot"):
            self.remembered.pop(name, None)
        self._set(None, None, pc, line)

    # -- the pass -------------------------------------------------------------------------------

    def run(self, pcs: list[int], lines: list[int], texts: list[int]) -> None:
        """Read every marker in file order."""
        self._emit(0, self._name("", UNMARKED, UNMARKED), 0, True)
        plans = self.plans
        limit = self._limit()
        for pc, line, text in zip(pcs, lines, texts, strict=True):
            if pc > limit:
                self._cross_loops(pc)
                limit = self._limit()
            plan = plans[text]
            if text == self.repeated_text:
                self._enter_layer(f"layer {self.repeats}", pc, line)
                self.repeats += 1
            marker = plan if isinstance(plan, Marker) else self._choose(plan, text, pc)
            if marker is None:
                continue
            # The three most frequent cases first; everything else changes the state.
            action = marker.rule.action
            if marker is self.marker:
                self.lead = None
            elif action == "lead_in" and self.current is not None:
                if self.lead is None and pc > self.starts[-1]:
                    self.lead = pc
            elif action == "template" and self.current is not None and not self.leading:
                self.lead = None
            else:
                self._apply(marker, action, pc, line)
        self._cross_loops(self.n + 1)
        for name, line in self.explicit:
            message = f"@kernel {name} is never ended"
            self._warn(line, "W302", message, "write '; @end' where the kernel ends")

    def _choose(self, plan: Plan, text: int, pc: int) -> Marker | None:
        """The first rule whose conditions hold here."""
        running = self.marker.rule.id if self.marker is not None else ""
        for rule in plan if isinstance(plan, tuple) else ():
            if rule.within and running not in rule.within:
                continue
            if running in rule.not_within:
                continue
            marker = self.reader.read(rule, self.texts[text])
            if marker is not None and marker.address >= 0 and not marker.declares:
                tensor = self._tensor_at(marker.address)
                marker = self.reader.read(rule, self.texts[text], tensor)
            if marker is not None:
                return marker
        return None

    def _tensor_at(self, address: int) -> str:
        """The matrix last placed at ``address``, or the nearest one below it."""
        place = bisect_right(self.addresses, address)
        return self.tensor_at[self.addresses[place - 1]] if place else ""

    def _apply(self, marker: Marker, action: str, pc: int, line: int) -> None:
        if action == "open":
            self.lead = None
            self.explicit.append((marker.kernel, line))
            self._emit(pc, self._explicit_name(), line, True, new_call=True)
        elif action == "close":
            self._close(pc, line)
        elif action in ("layer_start", "section"):
            if action == "section":
                self.repeats = 0
            self._enter_layer(marker.layer, pc, line)
        elif action == "layer_end":
            self._enter_layer("", pc, line)
        elif action in ("annotation", "context"):
            self._note(marker, action)
        elif self.explicit:
            pass
        elif action == "resume":
            self.lead = None
            if self.frames:
                _, current, running = self.frames[-1]
                self._set(current, running, pc, 0)
        elif action == "end":
            self.lead = None
            self._set(None, None, pc, line)
        else:
            self._begin(marker, pc, line)

    def _begin(self, marker: Marker, pc: int, line: int) -> None:
        """A kernel starts, here or where the code that leads to it did."""
        rule, known = marker.rule, self.remembered
        inherit = rule.inherit
        block = marker.block or ("block" in inherit and known.get("block")) or marker.fallback_block
        tensor = marker.tensor or ("tensor" in inherit and known.get("tensor")) or ""
        head = marker.head or ("head" in inherit and known.get("head")) or ""
        slot = marker.slot or ("slot" in inherit and known.get("slot")) or ""
        for field in rule.remember:
            value = {"block": block, "tensor": tensor, "head": head, "slot": slot}[field]
            if value:
                known[field] = value
        index = self._name(self.layer, block, marker.kernel, tensor, head, slot)
        start = pc
        if self.leading and rule.action != "lead_in":
            start = self.starts[-1]
        elif self.lead is not None and index != self.current:
            start = self.lead
        self.lead = None
        self.current, self.marker = index, marker
        self.leading = rule.action == "lead_in"
        self._emit(start, index, line, True, hint=marker.layer, opens=rule.opens_layer)

    def _note(self, marker: Marker, action: str) -> None:
        """An annotation: remember what it declares; the kernel goes on."""
        if marker.declares:
            if marker.address not in self.tensor_at:
                insort(self.addresses, marker.address)
            self.tensor_at[marker.address] = marker.declares
        if action == "context":
            for field in ("block", "tensor", "head", "slot"):
                if value := getattr(marker, field):
                    self.remembered[field] = value

    def _close(self, pc: int, line: int) -> None:
        if not self.explicit:
            hint = "remove it, or write '; @kernel NAME' where the kernel begins"
            self._warn(line, "W301", "@end without @kernel", hint)
            return
        self.explicit.pop()
        self.lead = None
        self._set(self.current, self.marker, pc, 0)

    # -- loops ----------------------------------------------------------------------------------

    def _limit(self) -> int:
        """The pc up to which no loop body is entered or left."""
        limit = self.n + 1
        if self.next_loop < len(self.loops):
            limit = self.loops[self.next_loop][0]
        return min(limit, self.frames[-1][0]) if self.frames else limit

    def _cross_loops(self, pc: int) -> None:
        """Enter and leave the loops that begin or end before ``pc``."""
        while True:
            start = self.loops[self.next_loop][0] if self.next_loop < len(self.loops) else pc
            if self.frames and self.frames[-1][0] < pc and self.frames[-1][0] <= start:
                end, current, marker = self.frames.pop()
                self.lead = None
                if current != self.current:
                    self._set(current, marker, end, 0)
            elif start < pc:
                self.frames.append((self.loops[self.next_loop][1], self.current, self.marker))
                self.next_loop += 1
                self.lead = None
            else:
                return

    # -- spans ----------------------------------------------------------------------------------

    def _set(self, current: int | None, marker: Marker | None, pc: int, line: int) -> None:
        """Make ``current`` the automatic kernel from ``pc`` on, without a new call."""
        self.current, self.marker, self.leading = current, marker, False
        if self.explicit:
            self._emit(pc, self._explicit_name(), line, False)
        elif current is None:
            self._emit(pc, self._name(self.layer, UNMARKED, UNMARKED), line, True)
        else:
            self._emit(pc, current, line, False)

    def _explicit_name(self) -> int:
        path = [name for name, _ in self.explicit]
        return self._name(self.layer, path[0], "/".join(path))

    def _name(
        self, layer: str, block: str, kernel: str, tensor: str = "", head: str = "", slot: str = ""
    ) -> int:
        return self.names.setdefault((layer, block, kernel, tensor, head, slot), len(self.names))

    def _emit(
        self,
        pc: int,
        kernel: int,
        line: int,
        call: bool,
        *,
        hint: str = "",
        opens: bool = False,
        new_call: bool = False,
    ) -> None:
        """Record a span; one without instructions is forgotten, equal neighbours are one."""
        if self.starts and self.starts[-1] >= pc:
            pc = self.starts[-1]
            for column in (self.starts, self.kernels, self.lines, self.calls, self.hints):
                column.pop()
            self.opens.pop()
        if self.kernels and self.kernels[-1] == kernel and not new_call:
            return
        self.starts.append(pc)
        self.kernels.append(kernel)
        self.lines.append(line)
        self.calls.append(call)
        self.hints.append(hint)
        self.opens.append(opens)

    def _warn(self, line: int, code: str, message: str, hint: str) -> None:
        self.warnings.append(Diagnostic(self.path, line, 1, code, "warning", message, hint))

    def result(self) -> KernelSpans:
        """The finished spans, with layers read off tensor names where nothing else gave them."""
        names = [KernelName(*parts) for parts in self.names]
        kernels = self.kernels
        if not self.layers_marked and self.repeated_text < 0 and any(self.hints):
            names, kernels = infer_layers(names, kernels, self.hints, self.opens)
        start = np.asarray(self.starts, dtype=np.int64)
        inside = start < self.n
        kernel = np.asarray(kernels, dtype=np.int64)[inside]
        # Names in the order in which the program reaches them.
        first = np.full(len(names), len(kernel))
        np.minimum.at(first, kernel, np.arange(len(kernel)))
        order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(kernel))]
        rank = np.empty(len(names), np.int32)
        rank[order] = np.arange(len(order))
        return KernelSpans(
            tuple(names[number] for number in order.tolist()),
            start[inside],
            rank[kernel],
            np.asarray(self.lines, dtype=np.int64)[inside],
            np.asarray(self.calls, dtype=np.bool_)[inside],
            self.n,
        )
