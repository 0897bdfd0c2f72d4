"""Claims that come out whatever happens are told apart from those that tell something."""

from __future__ import annotations

import datetime as dt

from factions.inference.telling import telling, unchanged
from factions.scenario import Scenario


def claim(name: str, **fields) -> dict:
    return {"id": name, "text": name, "at": "m1", **fields}


def record(struggle, *claims: dict) -> Scenario:
    """Rulers, and a small opposition that starts in the Politburo; two congresses a year apart."""
    leaders = {"rulers_1": {"prestige": 9.0}, "rebels_1": {"prestige": 1.0}}
    every = ("bargaining", "policy", "trust", "office_pull", "safety", "sanctions", "surrender")
    return struggle(leaders, gaps=(100, 365), on=every, record=claims)


def test_what_every_parameter_or_no_change_at_all_gives_tells_nothing(struggle):
    scenario = record(
        struggle,
        claim("rulers_rule", predicate="ruling", blocs=("rulers",)),  # whatever the parameters are
        claim("rebels_keep_quiet", predicate="quiet", blocs=("rebels",)),  # if nobody speaks
        claim("rebels_stay", predicate="standing", leaders=("rebels_1",), at_least="politburo"),  # if nobody is struck
        claim("rebels_speak", predicate="open", blocs=("rebels",)),
        claim("rebels_are_expelled", predicate="standing", leaders=("rebels_1",), at_most="expelled"),
    )
    assert unchanged(scenario).tolist() == [True, True, True, False, False]
    assert telling(scenario).tolist() == [False, False, False, True, True]


def test_it_is_the_same_in_every_call(struggle):
    scenario = record(struggle, claim("rebels_speak", predicate="open", blocs=("rebels",)))
    assert telling(scenario).tolist() == telling(scenario, threads=2).tolist()


def test_a_world_without_change_still_has_its_events(struggle):
    leaders = {"rulers_1": {"prestige": 9.0}, "rebels_1": {}}
    event = {"id": "end", "kind": "death", "leader": "rulers_1", "date": dt.date(1924, 2, 1)}
    scenario = struggle(
        leaders, gaps=(100, 365), events=[event], record=(claim("rebels_rule", predicate="ruling", blocs=("rebels",)),)
    )
    assert unchanged(scenario).tolist() == [True]
