"""The Python API: what the package promises at its top level."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

import isa_analysis


def test_the_example_of_the_package() -> None:
    script = """
from isa_analysis import load_board, parse, profile

result = profile(parse("sample_asm/decoder.asm"), load_board("v80"))
print(result.totals.total_cycles)
print(result.frames.kernels["total_cycles"].sum())
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=ROOT, timeout=60, check=True
    )
    first, second = done.stdout.split()
    assert int(first) == int(second) > 0


def test_all_names_resolve() -> None:
    assert set(isa_analysis.__all__) == {*isa_analysis._EXPORTS, "__version__"}
    for name, module in isa_analysis._EXPORTS.items():
        assert getattr(importlib.import_module(module), name) is not None
    assert isa_analysis.__version__.count(".") == 2
    with pytest.raises(AttributeError, match="no_such"):
        _ = isa_analysis.no_such


def test_names_mean_the_same_whatever_was_imported_before() -> None:
    importlib.import_module("isa_analysis.profiling")
    for name in isa_analysis.__all__:
        if name not in ("__version__",):
            module = importlib.import_module(isa_analysis._EXPORTS[name])
            assert getattr(isa_analysis, name) is getattr(module, name), name


def test_importing_the_package_is_cheap() -> None:
    script = (
        "import sys, isa_analysis\n"
        "heavy = {'numpy', 'pandas', 'pydantic', 'yaml', 'lark', 'typer'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60, check=True)


def test_pandas_is_imported_for_frames_only() -> None:
    script = (
        "import sys\n"
        "from isa_analysis.boards import load_board\n"
        "from isa_analysis.assembly import parse_text\n"
        "from isa_analysis.profiling import profile\n"
        "p = profile(parse_text('S_LUI_INT gp1, 1'), load_board('v80'))\n"
        "assert 'pandas' not in sys.modules\n"
        "p.frames.ops\n"
        "assert 'pandas' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60, check=True)


def test_the_package_is_typed() -> None:
    assert (Path(isa_analysis.__file__).parent / "py.typed").is_file()


def test_values_are_immutable() -> None:
    from isa_analysis.assembly import parse_text
    from isa_analysis.boards import load_board
    from isa_analysis.profiling import profile

    program = parse_text("S_LUI_INT gp1, 1")
    result = profile(program, load_board("v80"))
    for value, name in ((program, "row"), (result, "totals"), (result.totals, "dynamic")):
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, None)


def test_one_program_on_many_boards_and_profiles_do_not_change() -> None:
    from isa_analysis.assembly import parse_text
    from isa_analysis.boards import load_board, shipped_boards
    from isa_analysis.profiling import profile

    program = parse_text("V_EXP_V gp1, gp1\nM_MM 0, gp1, gp1\n")
    first = {name: profile(program, load_board(name)).totals for name in shipped_boards()}
    again = {name: profile(program, load_board(name)).totals for name in shipped_boards()}
    assert first == again
    assert first["v80"].compute_cycles == 1 + 64
    assert first["nexys_video"].compute_cycles == 15 + 8 + 64


def test_errors_of_the_api_are_input_errors_with_all_problems() -> None:
    from isa_analysis.assembly import parse, parse_text
    from isa_analysis.boards import load_board
    from isa_analysis.diagnostics import InputError

    with pytest.raises(InputError) as caught:
        parse_text("FOO\nBAR\n", name="x.asm")
    assert [(d.path, d.line) for d in caught.value.diagnostics] == [("x.asm", 1), ("x.asm", 2)]
    for call in (lambda: parse("/no/such.asm"), lambda: load_board("no_such")):
        with pytest.raises(InputError):
            call()


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    from isa_analysis.assembly import parse

    path = tmp_path / "p.asm"
    path.write_text("S_LUI_INT gp1, 1\n" * 1000)
    told: list[int] = []
    parse(str(path), progress=told.append)
    assert sum(told) == path.stat().st_size
