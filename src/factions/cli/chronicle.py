"""`factions chronicle`: one world of a scenario told as a story, or a pair of a comparison told side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli import options
from factions.cli.compare import Worlds as PairsOption
from factions.cli.options import answer, chosen_draws, threads
from factions.cli.progress import say_if_compiling
from factions.cli.screen import columns, show_json
from factions.cli.values import whole

if TYPE_CHECKING:
    from factions.report.paired import PairedChronicle

READ = 100
"""Characters in a line that is read as prose, if there is room for them."""
EXAMPLE = "example"

World = Annotated[int | None, whole("--world", "Number of the world, as `run` counts them.", low=0)]
Pair = Annotated[
    str | None,
    typer.Option(
        metavar=f"K|{EXAMPLE}",
        help="Instead of a world: pair K, from 0, that `compare` makes of FILE and the file that it extends, side by "
        "side; or a typical one that shows the main findings. --worlds, --seed and --condition as there say which "
        "they are.",
    ),
]


def chronicle(
    file: options.File,
    world: World = None,
    pair: Pair = None,
    seed: options.Seed = 0,
    worlds: PairsOption = 4000,
    condition: options.ConditionOption = "branch",
    format: options.FormatOption = options.Format.text,
    parameters: options.ParametersOption = None,
) -> None:
    """Tell one world as a story, meeting by meeting, with the reason for every decision; or a pair, side by side."""
    from factions.errors import UsageError

    if pair is not None:
        from factions.report.paired import PairedChronicle

        if world is not None:
            raise UsageError("--world and --pair are both given", "give one of them: a world, or a pair of worlds")
        told = _pair(file, pair, seed, worlds, condition, parameters)
        answer(format, PairedChronicle.data, PairedChronicle.blocks, told)
        return
    from factions.report.chronicle import tell
    from factions.report.table import wrapped
    from factions.scenario import load

    scenario, number = load(file), world or 0
    values = chosen_draws(scenario, parameters).of([number])[0]
    alone = tell(scenario, number, seed, values)
    if format is options.Format.json:
        show_json(alone.data())
    else:
        typer.echo(wrapped(alone.text(), min(columns(), READ)), nl=False)


def _pair(file: Path, wanted: str, seed: int, worlds: int, condition: str, parameters: str | None) -> PairedChronicle:
    """A pair of the comparison of a file with the one that it extends."""
    from factions.counterfactual.compare import Comparer
    from factions.counterfactual.conditioning import read_condition
    from factions.counterfactual.pairs import Pairs, number_of
    from factions.report.paired import tell_example, tell_pair
    from factions.scenario import load

    chosen, other = read_condition(condition), load(file)
    place = None if wanted == EXAMPLE else number_of(wanted, worlds)
    base = load(other.extended)
    draws = chosen_draws(base, parameters)
    say_if_compiling()
    if place is None:
        found = Comparer(base, draws, worlds, seed, chosen, threads()).compare(other, tell=False)
        return tell_example(found)
    return tell_pair(Pairs.of(base, other, draws, worlds, seed, chosen, threads()), place)
