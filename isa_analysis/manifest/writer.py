"""Writing a weight manifest as the seed's tool writes it."""

from __future__ import annotations

import json

from isa_analysis.manifest.model import Manifest


def to_json(manifest: Manifest) -> str:
    """The manifest as JSON text: the seed's keys in the seed's order, and ``name`` where known."""
    regions = []
    for r in manifest.regions:
        entry: dict[str, object] = {
            "layer_id": r.layer_id,
            "offset": r.offset,
            "size": r.size,
            "kind": r.kind,
        }
        if r.name:
            entry["name"] = r.name
        regions.append(entry)
    document: dict[str, object] = {
        "activation_ceiling": manifest.activation_ceiling,
        "regions": regions,
    }
    if manifest.capacity_bytes is not None:
        document["ddr_capacity_bytes"] = manifest.capacity_bytes
    return json.dumps(document, indent=2) + "\n"
