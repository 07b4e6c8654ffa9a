"""Groups of options: several commands take the same ones, each group is written down once.

A group is a frozen dataclass whose fields are annotated as Typer wants parameters to be. A command
that takes a parameter of that type, and is wrapped by :func:`grouped`, has the group's options in
its place, and is called with the group made of their values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

from typer.models import OptionInfo


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """``command`` as Typer takes it: with the fields of its groups as parameters.

    Raises :class:`TypeError` when two parameters would have one name.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, tuple[type[Any], list[str]]] = {}
    parameters: list[Parameter] = []
    for parameter in signature(command).parameters.values():
        hint = hints[parameter.name]
        if is_dataclass(hint) and isinstance(hint, type):
            mine = _parameters(hint)
            groups[parameter.name] = hint, [p.name for p in mine]
            parameters += mine
        else:
            parameters.append(parameter.replace(annotation=hint, kind=Parameter.KEYWORD_ONLY))
    names = [p.name for p in parameters]
    if len(set(names)) < len(names):
        raise TypeError(f"{command.__name__} has an option twice: {', '.join(sorted(names))}")

    @wraps(command)
    def called(**given: Any) -> None:
        for name, (group, members) in groups.items():
            given[name] = group(**{member: given.pop(member) for member in members})
        command(**given)

    called.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in parameters}
    return called


def _parameters(group: type[Any]) -> list[Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        Parameter(
            f.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if f.default is MISSING else f.default,
            annotation=hints[f.name],
        )
        for f in fields(group)
    ]


def words_of(group: Any) -> list[str]:
    """The command line that gives the values of ``group``, less those that are defaults."""
    words: list[str] = []
    hints = get_type_hints(type(group), include_extras=True)
    for f in fields(group):
        value = getattr(group, f.name)
        if value == f.default or value is None:
            continue
        (option,) = (m for m in hints[f.name].__metadata__ if isinstance(m, OptionInfo))
        # In an annotation, Typer has the first name where a default would be.
        names = [str(name) for name in (option.default, *(option.param_decls or ()))]
        flag, _, off = next(name for name in names if name.startswith("--")).partition("/")
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, bool):
                words.append(flag if one else off)
            else:
                words += [flag, _spelled(one)]
    return words


def _spelled(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
