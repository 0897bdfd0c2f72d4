"""Random scenarios of every shape, the engines side by side, and how far a run of the suite looks."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from factions.dynamics import run_worlds as run_compiled
from factions.model.run import run_worlds as run_mesa
from factions.parameters import DTYPE, PARAMETERS, default_values
from factions.results.arrays import AXES
from factions.results.ensemble import Ensemble
from factions.scenario import Scenario, load
from factions.scenario.content.changes import Cancel, Change, Move
from factions.scenario.content.conditions import STATES
from factions.scenario.content.events import COUNTERFACTUAL_KINDS, Event
from factions.scenario.content.outcome_names import MENTIONS
from factions.vocabulary import LADDER, MECHANISMS, RUNGS

START = dt.date(1923, 10, 8)
EXAMPLES = os.environ.get("FACTIONS_EXAMPLES")
"""How many random scenarios to try; unset: few, and the same every time."""

settings.register_profile(
    "parity",
    max_examples=int(EXAMPLES or 20),
    derandomize=EXAMPLES is None,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
PARITY = settings.get_profile("parity")


def classes_by_kind(union) -> dict[str, type]:
    """kind -> model, of a union told apart by `kind`."""
    members = get_args(get_args(union)[0])
    return {get_args(member.model_fields["kind"].annotation)[0]: member for member in members}


EVENTS = classes_by_kind(Event)
CHANGES = classes_by_kind(Change)


class Author:
    """Writes a random scenario of given sizes; everything else comes from one random number generator."""

    def __init__(self, blocs: int, leaders: int, issues: int, offices: int, meetings: int, seed: int) -> None:
        self.dice = random.Random(seed)
        self.blocs = [f"bloc_{n}" for n in range(blocs)]
        self.leaders = [f"leader_{n}" for n in range(max(leaders, blocs))]
        self.issues = [f"issue_{n}" for n in range(issues)]
        self.offices = [f"office_{n}" for n in range(offices)]
        self.meetings = [f"meeting_{n}" for n in range(meetings)]
        days = sorted(self.dice.sample(range(0, 3000 if self.dice.random() < 0.5 else 200), meetings))
        self.days = [START + dt.timedelta(day) for day in days]
        self.end = self.days[-1] + dt.timedelta(self.dice.choice([1, 200]))

    def maybe(self, names: list[str]) -> str | None:
        return self.dice.choice([None, *names])

    def coordinate(self) -> float:
        return self.dice.choice([-1.0, 0.0, 1.0, self.dice.uniform(-1, 1)])

    def points(self) -> float:
        return self.dice.choice([0.0, 1.0, 1.0, 5.0, self.dice.uniform(0, 10), 1e-9, 1e6])

    def day(self) -> dt.date:
        return START + dt.timedelta(self.dice.randrange((self.end - START).days + 1))

    def some(self, names: list[str], least: int = 0) -> tuple[str, ...]:
        return tuple(self.dice.sample(names, self.dice.randint(min(least, len(names)), len(names))))

    def scenario(self, events: int, changes: int, exogenous: bool) -> Scenario:
        regime = self.dice.choice([None, *self.issues])
        dated = sorted((self.event(f"event_{n}", exogenous) for n in range(events)), key=lambda e: e["date"])
        self.events = [event["id"] for event in dated]
        for n, event in enumerate(dated):
            event |= self.needs(self.events[:n])
        content = {
            "title": "A random struggle",
            "start": START,
            "end": self.end,
            "camps": self.dice.choice([None, None, 1, 2, 3]),
            "issues": tuple(
                {
                    "id": name,
                    "salience": self.dice.choice([0.0, 1.0, self.dice.uniform(0, 3)]),
                    "regime": name == regime,
                }
                for name in self.issues
            ),
            "blocs": tuple({"id": name, "chief": self.leaders[n]} for n, name in enumerate(self.blocs)),
            "leaders": tuple(self.leader(n) for n in range(len(self.leaders))),
            "offices": tuple(self.office(name) for name in self.offices),
            "ties": tuple(
                {"blocs": (a, b), "trust": self.coordinate()}
                for n, a in enumerate(self.blocs)
                for b in self.blocs[:n]
                if self.dice.random() < 0.5
            ),
            "personal_ties": self.personal_ties(),
            "alliances": (alliances := self.alliances()),
            "apart": self.apart(alliances) if self.dice.random() < 0.4 else (),
            "meeting_kinds": tuple(self.kind(name) for name in ("congress", "plenum", "chamber")),
            "meetings": tuple(
                {"id": name, "date": day, "kind": self.dice.choice(["congress", "plenum", "chamber"])}
                for name, day in zip(self.meetings, self.days, strict=True)
            ),
            "events": tuple(dated),
            "changes": tuple(self.change() for _ in range(changes)),
            "mechanisms": {name: self.dice.random() < 0.85 for name in MECHANISMS},
        }
        path = Path("random.toml")
        return Scenario.model_validate({**content, "path": path, "files": (path,), "text": ""})

    def leader(self, n: int) -> dict:
        bloc = {"bloc": self.blocs[n]} if n < len(self.blocs) else {}
        if not bloc and self.dice.random() < 0.8:
            bloc = {"bloc": self.dice.choice(self.blocs)}
        return {
            "id": self.leaders[n],
            **bloc,
            "prestige": self.points(),
            "standing": LADDER[self.dice.choice([0, 0, 1, 1, 1, 2, 2, self.dice.randrange(len(LADDER))])],
            "active": self.dice.random() < 0.9,
            "ideal_point": {issue: self.coordinate() for issue in self.issues},
        }

    def office(self, name: str) -> dict:
        fields = {"holder": self.maybe(self.leaders), "appointed_by": self.maybe(self.offices)}
        deputies = self.dice.sample(self.leaders, self.dice.randrange(min(3, len(self.leaders)) + 1))
        fields["deputies"] = tuple(name for name in deputies if name != fields["holder"])
        fields["delegates"] = self.dice.choice((0.0, 0.0, 0.05))
        return {"id": name, "machine": self.points(), **{key: value for key, value in fields.items() if value}}

    def alliances(self) -> tuple[dict, ...]:
        camps: dict[int, list[str]] = {}
        for name in self.blocs:
            camps.setdefault(self.dice.randrange(len(self.blocs)), []).append(name)
        return tuple({"blocs": tuple(camp)} for camp in camps.values())

    def personal_ties(self) -> tuple[dict, ...]:
        """In half of the cases, some pairs of leaders."""
        pairs = [(one, other) for n, one in enumerate(self.leaders) for other in self.leaders[:n]]
        chosen = self.dice.sample(pairs, min(len(pairs), self.dice.choice([0, 1, 8])))
        return tuple({"leaders": pair, "trust": self.coordinate()} for pair in chosen)

    def apart(self, alliances: tuple[dict, ...]) -> tuple[dict, ...]:
        """One bloc each of some alliances."""
        chosen = self.dice.sample(alliances, self.dice.randrange(len(alliances) + 1))
        blocs = tuple(self.dice.choice(camp["blocs"]) for camp in chosen)
        return ({"blocs": blocs},) if len(blocs) > 1 else ()

    def kind(self, name: str) -> dict:
        return {
            "id": name,
            "electorate": self.dice.choice(["delegates", "central_committee", "politburo"]),
            "fills_committee": self.dice.random() < 0.3,
            "reshuffles": self.dice.random() < 0.3,
            "purges": self.some(list(RUNGS[1:5])) if self.dice.random() < 0.5 else (),
            "ruled_by": self.dice.choice(["influence", "votes"]),
            "overrules": self.dice.random() < 0.3,
            "selection": self.dice.choice([0.0, 1.0, self.dice.uniform(0, 2)]),
            "rungs": self.some(list(RUNGS[1:])),
            "two_thirds": self.some(list(RUNGS[1:])),
            "fills_seats": self.dice.random() < 0.5,
        }

    def event(self, name: str, exogenous: bool) -> dict:
        """An event of any kind that applies; the fields are those of its model."""
        kinds = [kind for kind, model in EVENTS.items() if self.applies(model)]
        if exogenous:
            kinds = [kind for kind in kinds if kind not in COUNTERFACTUAL_KINDS]
        kind = self.dice.choice(kinds)
        return {"id": name, **self.fields(kind, EVENTS[kind])}

    def needs(self, before: list[str]) -> dict:
        """What an event may need: an agent, one of the events before it, statements about anything."""
        needs: dict = {"agent": self.dice.choice(self.leaders)} if self.dice.random() < 0.3 else {}
        if before and self.dice.random() < 0.3:
            needs["after"] = self.dice.choice(before)
        return needs | {"requires": tuple(self.statement(before) for _ in range(self.dice.choice([0, 0, 0, 1, 2])))}

    def statement(self, before: list[str]) -> str:
        """A statement of any kind that applies, or its opposite."""
        names = {"bloc": self.blocs, "leader": self.leaders, "office": self.offices}
        kinds = [kind for kind in STATES if all(names[each] for each in MENTIONS[kind])]
        kind = self.dice.choice(kinds)
        said = f"{kind}:" + "+".join(self.dice.choice(names[each]) for each in MENTIONS[kind])
        if before and self.dice.random() < 0.2:
            said = self.dice.choice(before)
        return self.dice.choice(["", "not "]) + said

    def change(self) -> dict:
        kinds = [kind for kind, model in CHANGES.items() if self.applies(model)]
        kind = self.dice.choice(kinds)
        given = self.fields(kind, CHANGES[kind])
        needs = self.needs(self.events)
        model = CHANGES[given["kind"]]
        return {**given, **{name: value for name, value in needs.items() if name in model.model_fields}}

    def applies(self, model: type) -> bool:
        needs = {"issue": self.issues, "office": self.offices}
        if issubclass(model, Move | Cancel) and not getattr(self, "events", []):
            return False
        return all(needs[name] for name, field in model.model_fields.items() if field.is_required() and name in needs)

    def fields(self, kind: str, model: type) -> dict:
        """A value for every required field of a model, and a sound choice among those that exclude each other."""
        given: dict = {
            name: self.value(kind, name)
            for name, field in model.model_fields.items()
            if field.is_required() and name != "id"
        }
        if kind in ("move", "cancel"):
            name = "event" if kind == "move" else "events"
            given[name] = self.value(kind, name)
        if kind == "policy_shift":
            given |= self.dice.choice([{"leader": self.value(kind, "leader")}, {"bloc": self.value(kind, "bloc")}])
            given |= self.dice.choice([{"to": self.coordinate()}, {"by": self.dice.uniform(-2, 2)}])
        if kind == "surrender":
            given |= self.dice.choice([{"leaders": self.some(self.leaders, 1)}, {"bloc": self.value(kind, "bloc")}])
        if kind == "alliance" and len(given["blocs"]) < 2:
            given = {**self.fields("stance", CHANGES["stance"])}
        elif "at" in model.model_fields:
            given |= self.dice.choice([{"at": self.dice.choice(self.meetings)}, {"since": self.day()}])
        return given

    def value(self, kind: str, name: str):
        """A value for a field of an event or change; an unknown field is an error here, so that none goes untried."""
        choices: dict[str, Callable] = {
            "kind": lambda: kind,
            "date": self.day,
            "since": self.day,
            "leader": lambda: self.dice.choice(self.leaders + ([""] if kind == "appointment" else [])),
            "bloc": lambda: self.dice.choice(self.blocs + ([""] if kind == "membership" else [])),
            "issue": lambda: self.dice.choice(self.issues),
            "office": lambda: self.dice.choice(self.offices),
            "by": lambda: self.dice.uniform(-2, 2),
            "share": lambda: self.dice.choice([0.0, 1.0, 0.33]),
            "blocs": lambda: self.some(self.blocs, 2),
            "events": lambda: self.some(self.events, 1),
            "event": lambda: self.dice.choice(self.events),
            "number": lambda: self.dice.randint(1, 12),
            "stand": lambda: self.dice.choice(["together", "apart"]),
            "rung": lambda: self.dice.choice(RUNGS),
            "to": lambda: self.dice.choice(
                {"standing": LADDER, "stance": ("open", "quiet"), "surrender": ("capitulate", "hold_out")}[kind]
            ),
        }
        return choices[name]()


@st.composite
def scenarios(draw, exogenous: bool = False, changes: int = 4) -> Scenario:
    """Any scenario of 1-12 blocs, 1-40 leaders, 0-4 issues, 0-10 offices and 1-6 meetings.

    `exogenous`: no event or change that dictates an outcome.
    """
    author = Author(
        blocs=draw(st.integers(1, 12)),
        leaders=draw(st.integers(1, 40)),
        issues=draw(st.integers(0, 4)),
        offices=draw(st.integers(0, 10)),
        meetings=draw(st.integers(1, 6)),
        seed=draw(st.integers(0, 2**32 - 1)),
    )
    return author.scenario(draw(st.integers(0, 12)), 0 if exogenous else draw(st.integers(0, changes)), exogenous)


@st.composite
def parameters(draw, worlds: int) -> np.ndarray:
    """Parameter vectors over the whole range of each parameter, its ends among them; shape (worlds,)."""
    dice = random.Random(draw(st.integers(0, 2**32 - 1)))
    values = np.zeros(worlds, DTYPE)
    for name, row in PARAMETERS.items():
        for w in range(worlds):
            values[name][w] = dice.choice([row.low, row.high, row.default, dice.uniform(row.low, row.high)])
    return values


@pytest.fixture(scope="session")
def random_scenarios():
    """The strategy `scenarios`."""
    return scenarios


@pytest.fixture(scope="session")
def random_parameters():
    """The strategy `parameters`."""
    return parameters


@pytest.fixture(scope="session")
def engines() -> dict[str, Callable[..., Ensemble]]:
    """Both ways to run worlds: (scenario, worlds, values, seed) -> Ensemble."""
    return {"compiled": run_compiled, "mesa": run_mesa}


def _differences(one: Ensemble, two: Ensemble, these: slice | np.ndarray, those: slice | np.ndarray) -> list[str]:
    return [name for name in AXES if one[name][these].tobytes() != two[name][those].tobytes()]


@pytest.fixture(scope="session")
def differences() -> Callable[..., list[str]]:
    """differences(one, two, these=all, those=all): the arrays that differ in any bit in these and those worlds."""

    def compare(one, two, these=slice(None), those=slice(None)):
        return _differences(one, two, these, those)

    return compare


ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def history() -> Scenario:
    """The documented case."""
    return load(ROOT / "scenarios" / "history.toml")


@pytest.fixture(scope="session")
def defaults(history) -> np.ndarray:
    """The parameters of the documented case."""
    return default_values(history.parameters)
