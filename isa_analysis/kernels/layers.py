"""Layers of a program that does not mark them, read off the names of its tensors."""

from __future__ import annotations

from dataclasses import replace

from isa_analysis.kernels.spans import KernelName


def infer_layers(
    names: list[KernelName], kernels: list[int], hints: list[str], opens: list[bool]
) -> tuple[list[KernelName], list[int]]:
    """Layers from tensor names: one lasts until a tensor of another layer is met.

    The boundary lies at the last kernel that opens a layer (the saving of the residual), if there
    was one since the last boundary, because the norm before the first projection has no number.
    """
    layers = [""] * len(kernels)
    layer, since, opened = "", 0, -1
    for at, hint in enumerate(hints):
        if names[kernels[at]].layer:  # a section: it has its name, and ends the layer before it
            layer, since, opened = "", at + 1, -1
            continue
        if opens[at] and not (at and opens[at - 1]):
            opened = at
        if hint and hint != layer:
            begin = opened if opened >= since and opened >= 0 else at
            layer, since = hint, at
            layers[begin:at] = [layer] * (at - begin)
            opened = -1
        layers[at] = layer
    names = list(names)
    known = {name: number for number, name in enumerate(names)}
    out = []
    for number, layer in zip(kernels, layers, strict=True):
        name = names[number]
        if layer:
            name = replace(name, layer=layer)
        if name not in known:
            known[name] = len(names)
            names.append(name)
        out.append(known[name])
    return names, out
