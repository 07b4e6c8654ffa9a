"""Profile, traffic, footprint and findings one after the other, as text or in one JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence

from isa_analysis._version import __version__
from isa_analysis.inspection import Inspection
from isa_analysis.views import footprint, lint, text, traffic
from isa_analysis.views import json as profile_json

FORMAT = "isa-analysis-inspection"
FORMAT_VERSION = 1


def render(found: Sequence[Inspection], group: tuple[str, ...] | None, top: int) -> str:
    """The text of each analysis; ``group`` None leaves the choice to each of them."""
    profiles, parts = [i.profile for i in found], group or ("layer", "kernel")
    sections = [
        text.render(profiles, group, top),
        traffic.render(profiles, parts, None, top),
        footprint.render([(i.profile, i.footprint) for i in found], parts, top),
        lint.render([i.lint for i in found]),
    ]
    head = f"isa-analysis {__version__}\n\n"
    return head + "\n".join(section.removeprefix(head) for section in sections)


def render_json(found: Sequence[Inspection], group: tuple[str, ...] | None) -> str:
    """One document that holds the document of each analysis."""
    profiles, parts = [i.profile for i in found], group or ("layer", "kernel")
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "profile": profile_json.document(profiles, group),
        "traffic": traffic.document(profiles, parts, None),
        "footprint": footprint.document([(i.profile, i.footprint) for i in found], parts),
        "lint": lint.document([i.lint for i in found]),
    }
    return json.dumps(document, indent=1) + "\n"
