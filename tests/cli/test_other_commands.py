"""``isa-analysis boards`` and ``isa-analysis isa``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import ROOT

from isa_analysis.boards import shipped_boards
from isa_analysis.isa.table import TABLE


def test_boards_list(cli) -> None:  # type: ignore[no-untyped-def]
    ran = cli("boards", "list")
    assert ran.code == 0
    for name in shipped_boards():
        assert name in ran.out


@pytest.mark.parametrize("name", shipped_boards())
def test_boards_show(cli, name: str) -> None:  # type: ignore[no-untyped-def]
    ran = cli("boards", "show", name)
    assert ran.code == 0
    assert "vector_add_cycles" in ran.out


def test_boards_show_with_overrides(cli) -> None:  # type: ignore[no-untyped-def]
    assert (
        "overridden: machine.mlen=512"
        in cli("boards", "show", "v80", "--set", "machine.mlen=512").out
    )
    assert cli("boards", "show", "v80", "--set", "machine.mlen=x").code == 2
    assert cli("boards", "show", "v81").code == 2


def test_boards_validate(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert cli("boards", "validate", *shipped_boards()).out.count(": ok (") == len(shipped_boards())
    bad = tmp_path / "bad.yaml"
    text = (ROOT / "board_configs" / "v80.yaml").read_text()
    bad.write_text(text.replace("clock_mhz:", "clok_mhz:", 1))
    ran = cli("boards", "validate", bad)
    assert ran.code == 2
    assert str(bad) in ran.err
    assert "clock_mhz" in ran.err


def test_boards_schema(cli) -> None:  # type: ignore[no-untyped-def]
    schema = json.loads(cli("boards", "schema").out)
    assert "clock_mhz" in schema["properties"]


def test_isa_list(cli) -> None:  # type: ignore[no-untyped-def]
    out = cli("isa", "list").out
    for row in TABLE:
        assert row.mnemonic in out


@pytest.mark.parametrize("name", ["M_MM", "m_mm", "V_SHIFT_V", "H_STORE_V"])
def test_isa_show(cli, name: str) -> None:  # type: ignore[no-untyped-def]
    assert cli("isa", "show", name).out.startswith(name.upper())


def test_isa_show_unknown(cli) -> None:  # type: ignore[no-untyped-def]
    ran = cli("isa", "show", "V_AD_VV")
    assert ran.code == 2
    assert "did you mean V_ADD_VV" in ran.err


@pytest.mark.parametrize("argv", [("boards",), ("isa",), ("isa", "no"), ("boards", "no"),
                                  ("isa", "show"), ("boards", "validate")])  # fmt: skip
def test_incomplete_commands(cli_raw, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    code, err = cli_raw(*argv)
    assert code in (0, 2)
    assert "Traceback" not in err


@pytest.fixture
def cli_raw(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    from isa_analysis.cli.app import main

    def run(*argv: str) -> tuple[int, str]:
        code = main(list(argv))
        return code, capsys.readouterr().err

    return run
