"""The application: commands, the default command, and what an exception means to a shell."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from isa_analysis.diagnostics import InputError, render_all
from isa_analysis.output import close_stdout

OK, NO, BAD = 0, 1, 2

#: Command -> where it lives in this package: a function, or the application of a group of commands.
#: Only what is asked for is imported: Typer takes a millisecond or two per command that it knows.
COMMANDS = {
    "profile": "profile_command:profile",
    "traffic": "traffic_command:traffic",
    "footprint": "footprint_command:footprint",
    "report": "report_command:report",
    "measured": "measured_command:measured",
    "sweep": "sweep_command:sweep",
    "tokens": "tokens_command:tokens",
    "memory": "memory_command:memory",
    "lint": "lint_command:lint",
    "explain": "explain_command:explain",
    "inspect": "inspect_command:inspect",
    "check": "check_command:check",
    "update": "update_command:update",
    "diff": "diff_command:diff",
    "compare": "compare_command:compare",
    "untiled": "untiled_command:untiled",
    "merge": "merge_command:merge",
    "calibrate": "calibrate_command:calibrate",
    "init": "init_command:init",
    "timeline": "timeline_command:app",
    "boards": "boards_command:app",
    "manifest": "manifest_command:app",
    "isa": "isa_command:app",
}


def application(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The application with the commands ``names``."""
    app = typer.Typer(
        name="isa-analysis",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Static profiler and cost analyzer for PLENA assembly. "
        "Without a command, files are profiled: isa-analysis decoder.asm --board v80",
    )
    app.callback(invoke_without_command=False)(_options)
    for name in names:
        module, _, attribute = COMMANDS[name].partition(":")
        command = getattr(import_module(f"isa_analysis.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    del version  # main() answers it before parsing, so that it works beside anything


def completed(argv: list[str]) -> list[str]:
    """``argv`` with what may be left out: the commands ``profile`` and ``timeline make``, and the
    level of a bare ``--timeline``."""
    if argv and argv[0] not in COMMANDS and argv[0] != "--help":
        argv = ["profile", *argv]
    if argv and argv[0] in ("profile", "timeline"):
        from isa_analysis.cli.timeline_options import spell_out

        argv = spell_out(argv)
    if argv and argv[0] == "timeline":
        from isa_analysis.cli.timeline_command import default_command

        argv = default_command(argv)
    return argv


def main(argv: list[str]) -> int:
    """Run the command line; returns the exit code."""
    if "--version" in argv:
        from isa_analysis._version import __version__

        print(f"isa-analysis {__version__}")
        return OK
    argv = completed(argv)
    app = application(argv[:1] if argv and argv[0] in COMMANDS else COMMANDS)
    try:
        code = app(argv, prog_name="isa-analysis", standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else (OK if stop.code is None else BAD)
    except InputError as problem:
        print(render_all(problem.diagnostics, problem.omitted), file=sys.stderr)
        return BAD
    except BrokenPipeError:
        close_stdout()  # the reader has gone, as with `| head`: leave quietly
        return OK
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except RecursionError:
        print("error: the input is nested too deeply", file=sys.stderr)
        return BAD
    return code if isinstance(code, int) else OK
