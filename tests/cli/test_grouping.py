"""Groups of options: their place among the parameters, their values, their command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Optional

import pytest
import typer
from typer.testing import CliRunner

from isa_analysis.cli.grouping import grouped, words_of


class Colour(str, Enum):
    """A choice."""

    red = "red"
    dark_blue = "dark-blue"


@dataclass(frozen=True, slots=True)
class Paint:
    """A group."""

    layers: Annotated[Optional[int], typer.Option("--layers", min=1)] = None
    thickness: Annotated[float, typer.Option("--thickness")] = 0.5
    colour: Annotated[Colour, typer.Option("--colour")] = Colour.red
    dry: Annotated[Optional[bool], typer.Option("--dry/--wet")] = None
    note: Annotated[Optional[list[str]], typer.Option("-n", "--note")] = None


@dataclass(frozen=True, slots=True)
class Room:
    """Another group, with an option that must be given."""

    walls: Annotated[int, typer.Option("--walls")]


def runner(seen: list[object]) -> typer.Typer:
    app = typer.Typer()

    @app.command()
    @grouped
    def paint(
        what: Annotated[str, typer.Argument()],
        *,
        paint: Paint,
        times: Annotated[int, typer.Option("--times")] = 1,
        room: Room,
    ) -> None:
        """Paint WHAT."""
        seen.append((what, paint, times, room))

    return app


def test_a_command_gets_its_groups() -> None:
    seen: list[object] = []
    app = runner(seen)
    words = "door --walls 4 --layers 2 --colour dark-blue --wet -n a --note b --times 3"
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    paint = Paint(2, 0.5, Colour.dark_blue, False, ["a", "b"])
    assert seen == [("door", paint, 3, Room(4))]
    assert CliRunner().invoke(app, ["door", "--walls", "4"]).exit_code == 0
    assert seen[1] == ("door", Paint(), 1, Room(4))


@pytest.mark.parametrize("words", ["door", "door --walls 4 --layers 0", "--walls 4", "door --x"])
def test_bad_usage_is_typers(words: str) -> None:
    seen: list[object] = []
    assert CliRunner().invoke(runner(seen), words.split()).exit_code == 2
    assert seen == []


def test_the_help_has_the_options_where_the_group_stands() -> None:
    text = CliRunner().invoke(runner([]), ["--help"]).output
    places = [text.index(flag) for flag in ("--layers", "--colour", "--note", "--times", "--walls")]
    assert places == sorted(places)
    assert "Paint WHAT." in text


def test_a_group_as_a_command_line() -> None:
    assert words_of(Paint()) == []
    assert words_of(Paint(2, 0.25, Colour.dark_blue, False, ["a b", "c"])) == [
        "--layers", "2", "--thickness", "0.25", "--colour", "dark-blue", "--wet",
        "--note", "a b", "--note", "c",
    ]  # fmt: skip
    assert words_of(Paint(dry=True)) == ["--dry"]


def test_one_option_in_two_groups_is_a_mistake() -> None:
    @dataclass(frozen=True, slots=True)
    class Other:
        """A group with an option of the first."""

        layers: Annotated[int, typer.Option("--layers")] = 1

    def command(paint: Paint, other: object) -> None:
        """Never called."""

    command.__annotations__ = {"paint": Paint, "other": Other}
    with pytest.raises(TypeError, match="has an option twice"):
        grouped(command)
