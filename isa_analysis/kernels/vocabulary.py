"""The words that naming rules are written with."""

from __future__ import annotations

import re
from typing import Literal, get_args

#: What a rule does with the comment that it matches.
Action = Literal[
    "layer_start",
    "layer_end",
    "section",
    "kernel",
    "template",
    "lead_in",
    "annotation",
    "context",
    "resume",
    "end",
    "open",
    "close",
]

#: The named groups a pattern may use, and so the words that may stand in braces.
Group = Literal[
    "layer",
    "index",
    "name",
    "block",
    "kernel",
    "tensor",
    "head",
    "slot",
    "op",
    "src",
    "dst",
    "lhs",
    "weight",
    "out",
    "address",
]
GROUPS = frozenset(get_args(Group))
#: Fields a rule can hand on to later comments.
Inherited = Literal["block", "tensor", "head", "slot"]
#: The first word of a comment, by which rules are looked up.
FIRST_WORD = re.compile(r"@?\w+")
