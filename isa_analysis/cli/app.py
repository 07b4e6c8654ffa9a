"""The application: commands, the default command, and what an exception means to a shell."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from isa_analysis.cli import (
    boards_command,
    calibrate_command,
    check_command,
    compare_command,
    diff_command,
    explain_command,
    footprint_command,
    init_command,
    inspect_command,
    isa_command,
    lint_command,
    manifest_command,
    measured_command,
    memory_command,
    merge_command,
    profile_command,
    report_command,
    sweep_command,
    timeline_command,
    timeline_options,
    tokens_command,
    traffic_command,
    untiled_command,
    update_command,
)
from isa_analysis.diagnostics import InputError, render_all
from isa_analysis.output import close_stdout

OK, NO, BAD = 0, 1, 2

app = typer.Typer(
    name="isa-analysis",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Static profiler and cost analyzer for PLENA assembly. "
    "Without a command, files are profiled: isa-analysis decoder.asm --board v80",
)
app.command("profile")(profile_command.profile)
app.command("traffic")(traffic_command.traffic)
app.command("footprint")(footprint_command.footprint)
app.command("report")(report_command.report)
app.command("measured")(measured_command.measured)
app.command("sweep")(sweep_command.sweep)
app.command("tokens")(tokens_command.tokens)
app.command("memory")(memory_command.memory)
app.command("lint")(lint_command.lint)
app.command("explain")(explain_command.explain)
app.command("inspect")(inspect_command.inspect)
app.command("check")(check_command.check)
app.command("update")(update_command.update)
app.command("diff")(diff_command.diff)
app.command("compare")(compare_command.compare)
app.command("untiled")(untiled_command.untiled)
app.command("merge")(merge_command.merge)
app.command("calibrate")(calibrate_command.calibrate)
app.command("init")(init_command.init)
app.add_typer(timeline_command.app, name="timeline")
app.add_typer(boards_command.app, name="boards")
app.add_typer(manifest_command.app, name="manifest")
app.add_typer(isa_command.app, name="isa")


@app.callback(invoke_without_command=False)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    del version  # main() answers it before parsing, so that it works beside anything


def commands() -> tuple[str, ...]:
    """The names of all commands."""
    groups = [g.name for g in app.registered_groups]
    return tuple(str(n) for n in [*(c.name for c in app.registered_commands), *groups])


def main(argv: list[str]) -> int:
    """Run the command line; returns the exit code."""
    if "--version" in argv:
        from isa_analysis._version import __version__

        print(f"isa-analysis {__version__}")
        return OK
    if argv and argv[0] not in commands() and argv[0] != "--help":
        argv = ["profile", *argv]
    if argv and argv[0] in ("profile", "timeline"):
        argv = timeline_options.spell_out(argv)
    if argv and argv[0] == "timeline":
        argv = timeline_command.default_command(argv)
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
