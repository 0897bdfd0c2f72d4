"""The Mesa model as its users meet it: a step, a data collector, decisions with their reasons, any size of party."""

from __future__ import annotations

import gc
import math
import warnings
import weakref
from pathlib import Path

import mesa
import numpy as np
import pytest

from factions.dynamics import run_worlds as run_compiled
from factions.model import Party
from factions.model.run import forget, run_worlds, snapshot
from factions.parameters import default_values
from factions.results.arrays import AXES
from factions.rules.numeric import logistic
from factions.scenario import load
from factions.vocabulary import MECHANISMS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def history():
    return load(ROOT / "scenarios" / "history.toml")


def ruling(party: Party) -> tuple[str, ...]:
    return tuple(bloc.entry.id for bloc in party.blocs if bloc.in_power)


def test_it_is_a_mesa_model_that_warns_of_nothing(history):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        party = Party(history, world=3, seed_number=1)
        collector = mesa.DataCollector(
            model_reporters={"ruling": ruling, "vote_share": "vote_share"},
            agenttype_reporters=None,
            agent_reporters=None,
        )
        while not party.finished:
            party.step()
            collector.collect(party)
        table = collector.get_model_vars_dataframe()
    assert len(table) == len(history.meetings)
    assert all(rulers for rulers in table["ruling"])
    assert {type(agent).__name__ for agent in party.agents} == {"Bloc", "Leader"}
    assert len(list(party.agents)) == len(history.blocs) + len(history.leaders)


def test_the_blocs_of_a_decision_stand_in_the_order_of_the_scenario(history):
    order = [bloc.id for bloc in history.blocs]
    party = Party(history, world=3, seed_number=1)
    while not party.finished:
        party.step()
    of_alliances = [each.objects for each in party.decisions if each.phase in ("bargaining", "sanctions")]
    several = [objects for objects in of_alliances if len(objects) > 1 and set(objects) <= set(order)]
    assert len(several) > 5
    assert several == [tuple(sorted(objects, key=order.index)) for objects in several]


def test_a_finished_party_stays_as_it_is(struggle):
    party = Party(struggle({"a_1": {}, "b_1": {}}))
    assert not party.finished and party.running
    party.step()
    assert party.finished and not party.running
    before = snapshot(party)
    party.step()
    assert snapshot(party) == before and party.meeting == 0


def test_the_schedule_is_that_of_the_design(struggle, monkeypatch):
    held: list[str] = []
    phases = ["events", "influence", "loyalty", "bargaining", "stance", "vote", "sanctions", "surrender"]
    for phase in phases:
        monkeypatch.setattr(f"factions.model.party.{phase}", lambda party, phase=phase: held.append(phase))
    monkeypatch.setattr("factions.model.party.consequences", lambda party: held.append("consequences"))
    party = Party(struggle({"a_1": {}}, (10, 10)))
    party.step()
    party.step()
    assert held == [*phases, "consequences", *phases]


def test_finished_worlds_are_forgotten(history):
    seen: list[weakref.ref] = []
    original = Party.__init__

    def spy(party, *arguments, **options):
        original(party, *arguments, **options)
        seen.append(weakref.ref(party))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Party, "__init__", spy)
        run_worlds(history, range(2), default_values(history.parameters), 1)
    gc.collect()
    assert [reference() for reference in seen] == [None, None]


def test_a_party_of_ones_own_can_be_forgotten(struggle):
    party = Party(struggle({"a_1": {}, "b_1": {}}))
    party.step()
    reference = weakref.ref(party)
    forget(party)
    del party
    gc.collect()
    assert reference() is None


SIZES = {
    "one bloc of one leader": {"leaders": {"a_1": {}}},
    "no issues, one meeting": {"leaders": {f"{name}_1": {} for name in "abc"}},
    "a bloc and the unaligned": {"leaders": {"a_1": {}, "x": {}, "y": {"standing": "expelled"}}},
    "sixty blocs": {
        "leaders": {f"bloc{n}_1": {"prestige": 1.0 + n % 7} for n in range(60)},
        "ties": [{"blocs": (f"bloc{n}", f"bloc{n + 1}"), "trust": (-1) ** n / (1 + n % 3)} for n in range(59)],
    },
}


@pytest.mark.parametrize("tables", SIZES.values(), ids=SIZES)
def test_parties_of_any_size_run(struggle, tables):
    tables = dict(tables)
    gaps = (100, 100) if "ties" in tables else (100,)
    case = struggle(tables.pop("leaders"), gaps, on=MECHANISMS, **tables)
    values = default_values()
    mesa_worlds, compiled = run_worlds(case, [4], values, 1), run_compiled(case, np.array([4]), values, 1)
    assert [name for name in AXES if mesa_worlds[name].tobytes() != compiled[name].tobytes()] == []
    assert mesa_worlds["ruling"].min() >= 0


BASES = {"stance": None, "sanctions": None, "surrender": "surrender"}


def test_the_terms_of_a_decision_make_its_probability(history):
    # What the chronicle says must be what decided: base and terms are the log-odds.
    checked: dict[str, int] = dict.fromkeys(BASES, 0)
    for world in range(4):
        party = Party(history, world, 1)
        while not party.finished:
            party.step()
        for decision in party.decisions:
            terms = dict(decision.terms)
            probability = terms.pop("probability", None)
            if decision.phase in BASES and probability is not None and terms:
                base = BASES[decision.phase]
                log_odds = (0.0 if base is None else getattr(party.values, base)) + math.fsum(terms.values())
                struck = any(
                    other.meeting == decision.meeting and other.actor == decision.actor and "is struck" in other.action
                    for other in party.decisions
                )
                if decision.phase != "surrender" or struck:
                    assert logistic(log_odds) == pytest.approx(probability, abs=1e-9), decision
                    checked[decision.phase] += 1
    assert min(checked.values()) > 0, checked


def test_the_terms_of_a_move_make_its_gain(history):
    moves = 0
    for world in range(4):  # in some worlds nobody moves at all
        party = Party(history, world, 1)
        while not party.finished:
            party.step()
        for decision in party.decisions:
            if decision.phase == "bargaining" and "total" in decision.terms:
                terms = dict(decision.terms)
                total = terms.pop("total")
                assert math.fsum(terms.values()) == pytest.approx(total, abs=1e-12)
                assert total > 0.0 or decision.action == "excludes"
                moves += 1
    assert moves > 0


def test_decisions_name_what_is_in_the_file(history):
    known = {entry.id for table in ("leaders", "blocs", "offices") for entry in getattr(history, table)}
    party = Party(history, 1, 1)
    while not party.finished:
        party.step()
    assert {decision.actor for decision in party.decisions} <= known
    assert {name for decision in party.decisions for name in decision.objects} <= known
