"""One world with Mesa's DataCollector: what the party, its blocs and its leaders are like after each meeting.

    python examples/datacollector.py [SCENARIO] [WORLD]

`factions.Party` is a plain Mesa model: a step is a meeting, and `running` turns false after the last one. Reporters are
functions of a module, as Mesa wants them, so that a model with its collector can be pickled.
"""

from __future__ import annotations

import sys

import mesa

import factions


def votes_against(party: factions.Party) -> float:
    """Share of the votes cast against the rulers."""
    return party.vote_share


def rulers(party: factions.Party) -> str:
    """Who rules, in the order of the file."""
    return ", ".join(bloc.entry.id for bloc in party.in_order(party.ruling))


def expelled(party: factions.Party) -> int:
    """Leaders who are outside the party, and alive."""
    return sum(not leader.in_party and leader.activity >= 0 for leader in party.leaders)


def influence(leader: object) -> float | None:
    """A leader's share of influence; nothing for the agents who are no leaders."""
    return leader.influence if hasattr(leader, "prestige") else None  # type: ignore[attr-defined]


def collect(scenario: str = "history", world: int = 0) -> tuple[factions.Party, mesa.DataCollector]:
    """Run one world of a scenario to its end, collecting after every meeting."""
    party = factions.Party(factions.load(scenario), world=world, seed_number=1)
    collector = mesa.DataCollector(
        model_reporters={"rulers": rulers, "votes_against": votes_against, "expelled": expelled},
        agent_reporters={"influence": influence},
    )
    while party.running:
        party.step()
        collector.collect(party)
    return party, collector


if __name__ == "__main__":
    scenario, world = [*sys.argv[1:3], *("history", "0")[len(sys.argv) - 1 :]]
    party, collector = collect(scenario, int(world))
    table = collector.get_model_vars_dataframe()
    table.index = [meeting.name for meeting in party.content.meetings]
    sys.stdout.write(f"{table}\n")
