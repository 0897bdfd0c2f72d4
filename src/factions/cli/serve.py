"""`factions app`: replay, what-ifs, the record and the parameters in a browser.

The module is not called `app`: the package has something of that name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from factions.cli.options import scenario_argument
from factions.cli.progress import say_if_compiling
from factions.cli.values import whole

LOOPBACK = "127.0.0.1"


def app(
    file: Annotated[
        Path, scenario_argument("A scenario file, or the name of one that ships.", show_default=True)
    ] = Path("history"),
    port: Annotated[int, whole("--port", "Port to listen on.", high=65535)] = 8080,
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on.")] = LOOPBACK,
    open_to_network: Annotated[
        bool, typer.Option("--open-to-network", help="Allow an address that other machines can reach.")
    ] = False,
    show: Annotated[bool, typer.Option("--show/--no-show", help="Open a browser.")] = True,
) -> None:
    """Open the app in a browser: replay, compose what-ifs, read the record, set parameters. It needs no network."""
    from factions.errors import UsageError, shown
    from factions.scenario import load

    try:
        from factions.app import server
    except ImportError as error:
        raise UsageError("nicegui is not installed", 'type: pip install "factions[app]"') from error
    if not server.is_local(address) and not open_to_network:
        problem = f"other machines can reach {shown(address)}, and the app runs whatever a visitor asks for"
        raise UsageError(problem, f"leave --address at {LOOPBACK}, or add --open-to-network")
    scenario = load(file)
    server.check_free(address, port)
    say_if_compiling()
    server.compile_engine(scenario)
    server.serve(file, address, port, show, lambda: typer.echo(f"http://{address}:{port} (Ctrl+C ends it)", err=True))
