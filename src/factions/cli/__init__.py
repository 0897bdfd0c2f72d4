"""The command line. A command is a function in a module of its own, which imports what it needs when it runs.

To add one: import its module below and give `app.command` its function.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from typing import Annotated

import typer

from factions.cli import (
    calibrate,
    causes,
    check,
    chronicle,
    compare,
    copy,
    export,
    listing,
    new,
    report,
    robust,
    run,
    serve,
    sweep,
    validate,
)
from factions.cli.screen import prepare_streams, say_failure
from factions.cli.usage import MISUSE, plain
from factions.errors import FAILED, INTERRUPTED, WRONG_INPUT, FactionsError

app = typer.Typer(
    name="factions",
    help="Agent-based simulation of party struggles: replay a scenario file, change it, compare.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check.check)
app.command()(run.run)
app.command()(sweep.sweep)
app.command()(chronicle.chronicle)
app.command()(report.report)
app.command()(serve.app)
app.command()(compare.compare)
app.command()(causes.causes)
app.command()(robust.robust)
app.command("list")(listing.listing)
app.command()(copy.copy)
app.command()(new.new)
app.command()(export.export)
app.command()(calibrate.calibrate)
app.command()(validate.validate)


def _say_version(asked: bool) -> None:
    if asked:
        from factions import __version__

        typer.echo(f"factions {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and stop.")
]


@app.callback()
def _app(version: Version = False) -> None:
    """What stands before the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code: 0 done, 1 failed, 2 wrong input or usage, 130 interrupted.

    Without arguments, those of the process; if there are none, the help is shown.
    """
    said = sys.argv[1:] if arguments is None else list(arguments)
    prepare_streams()
    os.environ["MPLBACKEND"] = "agg"  # that of a notebook is not to be had here, and no window is ever opened
    as_before, warnings.formatwarning = warnings.formatwarning, _line
    try:
        ended = app(args=arguments if said else ["--help"], standalone_mode=False)
    except MISUSE as error:
        typer.echo(str(plain(error, said)), err=True)
        return WRONG_INPUT
    except FactionsError as error:
        typer.echo(str(error), err=True)
        return error.exit_code
    except OSError as error:
        say_failure(error)
        return FAILED
    except MemoryError:
        typer.echo("there is not enough memory; ask for fewer --worlds or --workers", err=True)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED if end.code else 0
    finally:
        warnings.formatwarning = as_before
    return int(ended or 0) if said else WRONG_INPUT


def _line(message: Warning | str, *place: object, **more: object) -> str:
    """A warning as users read it: without the line of the program that it comes from."""
    return f"warning: {message}\n"
