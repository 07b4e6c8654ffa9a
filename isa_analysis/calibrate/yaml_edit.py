"""Changing values in the text of a YAML file: everything else stays as it was written.

Comments carry where a board's numbers come from, so a board file is edited, not written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

#: A comment's old text (without ``#``) to its new one; empty removes it.
Comment = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """``text`` (YAML) becomes the value at ``loc``, None keeps it; ``comment`` turns the comment
    behind the value into another, None keeps it."""

    loc: tuple[str, ...]
    text: str | None = None
    comment: Comment | None = None


class NotEditable(Exception):
    """The text has no place where the edit could go."""


def edited(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with ``edits`` (of different locations) made. Raises :class:`NotEditable`."""
    newline = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    if not text.endswith("\n"):
        text += "\n"
    root = _compose(text)
    changes = [change for edit in edits for change in _changes(text, root, edit)]
    # From the end, so that offsets stay true; insertions at one place keep their order.
    ordered = sorted(enumerate(changes), key=lambda c: (c[1][0], c[1][1], c[0]), reverse=True)
    for _, (start, end, new) in ordered:
        text = text[:start] + new + text[end:]
    return text.replace("\n", newline)


def _compose(text: str) -> Any:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as problem:
        raise NotEditable(str(problem)) from None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise NotEditable("the file is not a mapping in block style")
    return root


def _changes(text: str, root: Any, edit: Edit) -> list[tuple[int, int, str]]:
    """(start, end, replacement) of one edit."""
    import yaml

    node = root
    parents: list[tuple[Any, Any]] = []
    for depth, part in enumerate(edit.loc):
        found = next((v for k, v in node.value if k.value == part), None)
        if found is None:
            return _insertion(text, node, parents, edit, depth)
        parents.append((node, next(k for k, _ in node.value if k.value == part)))
        node = found
        if depth < len(edit.loc) - 1 and not isinstance(node, yaml.MappingNode):
            raise NotEditable(f"{'.'.join(edit.loc[: depth + 1])} is not a mapping")
    if not isinstance(node, yaml.ScalarNode):
        raise NotEditable(f"{'.'.join(edit.loc)} is not a single value")
    start, end = node.start_mark.index, node.end_mark.index
    out: list[tuple[int, int, str]] = []
    if edit.text is not None:
        out.append((start, end, edit.text + ("\n" if node.style in ("|", ">") else "")))
    if edit.comment is not None:
        out += _comment(text, parents, end, edit.comment, node.style in ("|", ">"))
    return out


def _comment(
    text: str, parents: Sequence[tuple[Any, Any]], end: int, comment: Comment, is_block: bool
) -> list[tuple[int, int, str]]:
    """The change of the comment behind a value; inside braces it goes above the line."""
    flow = next((key for mapping, key in parents if mapping.flow_style), None)
    if flow is None and not is_block:
        line_end = text.index("\n", end)
        tail = text[end:line_end]
        old = tail.strip()
        if old and not old.startswith("#"):
            raise NotEditable("there is text behind a value")
        new = comment(old.removeprefix("#").strip())
        return [(end, line_end, f"  # {new}" if new else "")]
    # The line of the innermost key that is written in block style.
    key = next(key for mapping, key in reversed(parents) if not mapping.flow_style)
    line_start = text.rfind("\n", 0, key.start_mark.index) + 1
    indent = " " * key.start_mark.column
    name = parents[-1][1].value
    new = comment("")
    return [(line_start, line_start, f"{indent}# {name}: {new}\n")] if new else []


def _insertion(
    text: str, node: Any, parents: Sequence[tuple[Any, Any]], edit: Edit, depth: int
) -> list[tuple[int, int, str]]:
    """A key that is not there, with the sections around it that are not there either."""
    if edit.text is None:
        return []
    missing = edit.loc[depth:]
    note = edit.comment("") if edit.comment is not None else ""
    if node.flow_style:
        inner = "".join(f"{part}: {{" for part in missing[:-1])
        entry = f"{inner}{missing[-1]}: {edit.text}{'}' * (len(missing) - 1)}"
        at = node.start_mark.index + 1
        out = [(at, at, f"{entry}, " if node.value else entry)]
        if note:
            key = next(key for mapping, key in reversed(parents) if not mapping.flow_style)
            line_start = text.rfind("\n", 0, key.start_mark.index) + 1
            indent = " " * key.start_mark.column
            out.append((line_start, line_start, f"{indent}# {missing[-1]}: {note}\n"))
        return out
    if not node.value:
        raise NotEditable(f"{'.'.join(edit.loc[:depth])} is empty")
    first = node.value[0][0]
    indent = first.start_mark.column
    lines = [
        f"{' ' * (indent + 2 * i)}{part}:" + (f" {edit.text}" if i == len(missing) - 1 else "")
        for i, part in enumerate(missing)
    ]
    block = "\n".join(lines) + (f"  # {note}" if note else "") + "\n"
    if depth == 0:
        return [(len(text), len(text), block)]
    at = text.rfind("\n", 0, first.start_mark.index) + 1
    if text[at : first.start_mark.index].strip():
        raise NotEditable("a mapping begins in the middle of a line")
    return [(at, at, block)]
