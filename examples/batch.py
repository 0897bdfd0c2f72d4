"""Mesa's batch habits without `batch_run`: every combination of parameters, some worlds each, one row a world.

    python examples/batch.py [SCENARIO]

The loop is written out, since `batch_run` differs between the versions of Mesa. World 3 has the same luck in every
combination. The compiled engine does the same hundreds of times faster: `factions sweep history --vary
safety_motive=2,10 --vary voice_mass=0.1,0.3`.
"""

from __future__ import annotations

import sys
from itertools import product

import factions
from factions.parameters import default_values

PARAMETERS = {"safety_motive": [2.0, 10.0], "voice_mass": [0.1, 0.3]}
WORLDS = range(3)


def batch(
    scenario: str = "history", parameters: dict[str, list[float]] = PARAMETERS, worlds: range = WORLDS
) -> list[dict[str, object]]:
    """One row for each combination and world: what was set, and what the last meeting left."""
    case = factions.load(scenario)
    rows: list[dict[str, object]] = []
    for chosen in product(*parameters.values()):
        settings = dict(zip(parameters, chosen, strict=True))
        values = default_values({**case.parameters, **settings})
        for world in worlds:
            party = factions.Party(case, world=world, seed_number=1, values=values)
            while party.running:
                party.step()
            rows.append(
                {
                    **settings,
                    "world": world,
                    "rulers": ", ".join(bloc.entry.id for bloc in party.in_order(party.ruling)),
                    "expelled": sum(not leader.in_party for leader in party.leaders),
                }
            )
    return rows


if __name__ == "__main__":
    for row in batch(*sys.argv[1:2]):
        sys.stdout.write(f"{row}\n")
