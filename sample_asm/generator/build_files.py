"""The files that a compile leaves beside a program: where its HBM tensors are, and how large."""

from __future__ import annotations

import json
from collections.abc import Mapping

from .machine import Memory, Tensor


def build_files(memory: Memory) -> dict[str, str]:
    """File names and JSON texts for the tensors of ``memory``.

    Like compilers do, the layouts leave out the KV stores, which only the sizes cover.
    """
    tensors = memory.tensors.values()
    return {
        "hbm_addrs.json": _text({t.name: t.base for t in tensors}),
        "hbm_sizes.json": _text({t.name: t.elements * 9 // 8 for t in tensors}),
        "tensor_layouts.json": _text(
            {t.name: _layout(t) for t in tensors if "_stored_" not in t.name}
        ),
    }


def _layout(tensor: Tensor) -> dict[str, object]:
    shape = [tensor.rows, tensor.cols]
    return {"logical_shape": shape, "storage_shape": shape}


def _text(data: Mapping[str, object]) -> str:
    return json.dumps(data, indent=1, sort_keys=True) + "\n"
