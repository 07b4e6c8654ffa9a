"""Documents to pydantic models, with every error located and explained."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from isa_analysis.config.documents import (
    MAX_DIAGNOSTICS,
    Document,
    Loc,
    describe,
    dotted,
    raise_all,
    shorten,
)
from isa_analysis.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from pydantic import BaseModel

    M = TypeVar("M", bound=BaseModel)

#: What each pydantic error type expected, for the errors that say "wrong type".
_EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "none_required": "null",
}
#: What each limit expected; the names are those of the error's context.
_LIMITS = {
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "multiple_of": "a multiple of {multiple_of}",
    "finite_number": "a finite number",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "string_too_short": "text of at least {min_length} characters",
    "string_too_long": "text of at most {max_length} characters",
    "string_pattern_mismatch": "text matching {pattern}",
    "too_short": "at least {min_length} items",
    "too_long": "at most {max_length} items",
}


def validate(document: Document, model: type[M], *, prefix: Loc = ()) -> M:
    """``document.data`` (the part at ``prefix``) as an instance of ``model``.

    Raises InputError with one diagnostic per problem: E101 unknown key, E102 missing key, E103
    wrong type, E104 value out of range or otherwise refused by the model.
    """
    from pydantic import ValidationError

    data = document.data
    for at, part in enumerate(prefix):
        if not isinstance(data, dict) or part not in data:
            loc = prefix[:at]
            where = dotted(loc) or "the file"
            raise_all([document.diagnostic(loc, "E102", f"{where} lacks the key {part!r}")])
        data = data[part]  # type: ignore[index]
    if not isinstance(data, dict):
        where = dotted(prefix) or "the file"
        message = f"{where}: expected a mapping, found {describe(data)}"
        raise_all([document.diagnostic(prefix, "E103", message)])
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        details = problem.errors(include_url=False)
    except (RecursionError, OverflowError) as problem:  # numbers beyond every type
        raise error("E104", f"unusable value: {problem}", path=document.path) from None
    kept = details[:MAX_DIAGNOSTICS]
    raise_all(
        list(_diagnostics(document, model, prefix, data, kept)), omitted=len(details) - len(kept)
    )
    raise AssertionError("pydantic reported an error without details")


def _diagnostics(
    document: Document, model: type[Any], prefix: Loc, data: object, details: Iterable[Any]
) -> Iterator[Diagnostic]:
    # A value that fits no member of a union gives one error per member: they become one.
    expected: dict[tuple[Loc, str], list[str]] = {}
    for detail in details:
        kind = detail["type"]
        loc = _existing(data, detail["loc"])
        if kind == "missing":
            name = str(detail["loc"][-1])
            where = dotted((*prefix, *loc)) or "the file"
            yield document.diagnostic(
                (*prefix, *loc), "E102", f"{where} lacks the key {name!r}", key=True
            )
        elif kind == "extra_forbidden":
            yield _unknown(document, model, prefix, loc)
        elif kind == "float_type" and type(_at(data, loc)) is int:  # an integer beyond every double
            expected.setdefault((loc, "E104"), []).append("a finite number")
        elif kind in _EXPECTED:
            expected.setdefault((loc, "E103"), []).append(_EXPECTED[kind])
        elif kind in _LIMITS:
            text = _LIMITS[kind].format(**detail.get("ctx", {}))
            expected.setdefault((loc, "E104"), []).append(text)
        else:
            message = shorten(detail["msg"].removeprefix("Value error, "), 300)
            where = dotted((*prefix, *loc))
            yield document.diagnostic(
                (*prefix, *loc, *_mentioned(_at(data, loc), message)),
                "E104",
                f"{where}: {message}" if where else message,
            )
    for (loc, code), wanted in expected.items():
        found = _at(data, loc)
        hint = ""
        if code == "E103" and isinstance(found, float) and found.is_integer():
            hint = f"write {int(found)}" if abs(found) < 1e18 else ""
        if code == "E104" and isinstance(found, str):
            options = [option.strip("' ") for text in wanted for option in _options(text)]
            hint = did_you_mean(found, options)
        message = (
            f"{dotted((*prefix, *loc))}: expected {' or '.join(dict.fromkeys(wanted))}, "
            f"found {describe(found)}"
        )
        yield document.diagnostic((*prefix, *loc), code, message, hint=hint)


def _mentioned(found: object, message: str) -> Loc:
    """The first key of a mapping that a message about the mapping names: the place to point at."""
    words = re.findall(r"\w+", message)
    return next(((word,) for word in words if isinstance(found, dict) and word in found), ())


def _options(text: str) -> list[str]:
    return text.replace(" or ", ",").split(",")


def _unknown(document: Document, model: type[Any], prefix: Loc, loc: Loc) -> Diagnostic:
    name = str(loc[-1])
    siblings = sorted({key for m in _models_at(model, loc[:-1]) for key in m.model_fields})
    hint = did_you_mean(name, siblings)
    if not hint:
        homes = [path for path in _field_paths(model) if path.rsplit(".", 1)[-1] == name]
        if homes:
            hint = f"it belongs at {' or '.join(homes)}"
    if not hint and siblings:
        hint = shorten(f"known keys: {', '.join(siblings)}", 300)
    where = dotted((*prefix, *loc))
    return document.diagnostic(
        (*prefix, *loc), "E101", f"unknown key {shorten(where)!r}", hint=hint, key=True
    )


def did_you_mean(name: str, options: Iterable[str]) -> str:
    """``did you mean 'x'?`` for the nearest of ``options``, or an empty string."""
    known = list(options)
    lowered = {option.lower(): option for option in known}
    # Names beyond this length are no misspellings, and matching them costs time.
    near = difflib.get_close_matches(name[:80].lower(), lowered, n=1, cutoff=0.6)
    return f"did you mean {lowered[near[0]]!r}?" if near else ""


def _existing(data: object, loc: Iterable[str | int]) -> Loc:
    """The part of a pydantic location that exists in the data (it also names union members)."""
    out: list[str | int] = []
    for part in loc:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, tuple | list) and isinstance(part, int) and part < len(data)
        ):
            data = data[part]  # type: ignore[index]
            out.append(part)
        else:
            break
    return tuple(out)


def _at(data: object, loc: Loc) -> object:
    for part in loc:
        if isinstance(data, dict | tuple | list):
            data = data[part]  # type: ignore[index]
    return data


def _models_in(annotation: Any) -> Iterator[type[Any]]:
    if hasattr(annotation, "model_fields"):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _models_at(model: type[Any], loc: Loc) -> list[type[Any]]:
    """The models that can stand at ``loc`` below ``model``."""
    here: list[type[Any]] = [model]
    for part in loc:
        fields: list[Mapping[str, Any]] = [m.model_fields for m in here]
        found = [m for f in fields if part in f for m in _models_in(f[str(part)].annotation)]
        # An index or a free key steps inside a container; the container's models stay.
        if found or (isinstance(part, str) and any(part in f for f in fields)):
            here = found
    return here


def _field_paths(model: type[Any], prefix: str = "", depth: int = 0) -> Iterator[str]:
    """Dotted paths of the fields that have one fixed place (nothing inside lists and tables)."""
    for name, info in model.model_fields.items():
        yield f"{prefix}{name}"
        if depth < 4 and get_origin(info.annotation) not in (tuple, list, dict):
            for inner in _models_in(info.annotation):
                yield from _field_paths(inner, f"{prefix}{name}.", depth + 1)
