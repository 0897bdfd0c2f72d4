"""`factions report`: the replay as one page that plays worlds, to be opened in a browser or sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from factions.cli.options import File, ParametersOption, Seed, chosen_draws, command, threads
from factions.cli.progress import progress_bar, say_if_compiling
from factions.cli.run import Worlds
from factions.cli.values import path


def report(
    file: File,
    worlds: Worlds = 500,
    seed: Seed = 0,
    out: Annotated[Path, path("--out", "DIR", "Folder for the page, which is named after the scenario.")] = Path("out"),
    parameters: ParametersOption = None,
) -> None:
    """Write one HTML page that plays worlds meeting by meeting, beside what is documented. It needs no network."""
    from factions.report.play.data import TOLD_WORLDS
    from factions.report.replay import play_replay, replay_page
    from factions.scenario import load
    from factions.store.files import make_folder, write_text

    scenario = load(file)
    make_folder(out)
    draws = chosen_draws(scenario, parameters)
    say_if_compiling()
    with progress_bar(min(TOLD_WORLDS, worlds), "telling worlds") as progress:
        play = play_replay(scenario, draws, worlds, seed, threads(), lambda: progress(1))
    page = out / f"{scenario.path.stem}.html"
    write_text(page, replay_page(scenario, draws, play, seed, command()).markup())
    typer.echo(page)
