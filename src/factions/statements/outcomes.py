"""Outcomes: one number for each finished world, with names that files and commands can use.

`NAME`, `NAME:WHO` or `NAME:WHO@MEETING`; without a meeting, the last one.  `a+b` joins two names.

    ruling:BLOC         in the ruling alliance                 (probability)
    open:BLOC           in open opposition                     (probability)
    allied:BLOC+BLOC    in one alliance                        (probability)
    politburo:LEADER    in the Politburo, alive                (probability); likewise central_committee:, party:
    deported:LEADER     out of the country                     (probability)
    capitulated:LEADER  has capitulated                        (probability)
    holds:LEADER+OFFICE holds an office                        (probability)
    happened:EVENT      an event of the file has happened      (probability)
    claim:CLAIM         a claim of the record comes true       (probability)
    influence:WHO       share of influence of a bloc or leader
    alliances           number of alliances
    effective_alliances, effective_blocs   effective number by influence (Laakso & Taagepera 1979)
    expulsions          number of leaders who were ever outside the party
    break:BLOC+BLOC     when two allies first part, both with influence, as a year; the end if they never do
    distance            share of the claims of the record that are missed
    record              all claims of the record hold          (probability)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.errors import UsageError
from factions.scenario.content.conditions import is_conditional
from factions.scenario.content.events import Death
from factions.scenario.content.outcome_names import LISTS, MENTIONS, TABLES, fault, parts
from factions.scenario.plan.happenings import marked
from factions.statements import predicates as says
from factions.statements.claims import Index, judge_claim
from factions.vocabulary import CENTRAL_COMMITTEE, DEPORTED, IN_PARTY, POLITBURO

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.statements.predicates import Worlds


@dataclass(frozen=True)
class Outcome:
    """One outcome: `measure(ensemble)` gives a float for every world.

    `unit`: probability (values 0 or 1), share (in [0, 1]), number or year; `text`: what it says, as a noun phrase or
    clause for tables; `never(ensemble)`, of a year: True for the worlds in which it never comes, and the year is the
    end of the simulation; `unbroken(ensemble)`, of a man in the party: True for the worlds in which he is in it and was
    never out of it.
    """

    name: str
    text: str
    unit: str
    measure: Callable[[Ensemble], np.ndarray]
    never: Callable[[Ensemble], np.ndarray] | None = None
    unbroken: Callable[[Ensemble], np.ndarray] | None = None


def find_outcomes(scenario: Scenario, names: Sequence[str]) -> list[Outcome]:
    """The outcomes with these names; UsageError with the nearest name if there is none."""
    return [find_outcome(scenario, name) for name in names]


def find_outcome(scenario: Scenario, name: str) -> Outcome:
    """The outcome with this name; UsageError if the scenario has no such outcome, bloc, leader, office or meeting."""
    wrong = fault(name, {table: [entry.id for entry in getattr(scenario, table)] for table in TABLES})
    if wrong is not None:
        raise UsageError(f'outcome "{name}": {wrong[0]}', wrong[1])
    kind, who, meeting = parts(name)
    at = Index(scenario).meeting[meeting] if meeting is not None else len(scenario.meetings) - 1
    positions = [_position(scenario, table, each) for table, each in zip(MENTIONS[kind], who, strict=True)]
    text, unit, measure = _KINDS[kind](scenario, at, *positions)
    if meeting is not None:
        text += f" ({scenario.meetings[at].name})"
    never = _NEVER[kind](scenario, *positions) if kind in _NEVER else None
    unbroken = _UNBROKEN[kind](at, *positions) if kind in _UNBROKEN else None
    return Outcome(name, text, unit, measure, never, unbroken)


def usual_outcomes(scenario: Scenario) -> list[Outcome]:
    """What is compared when nobody says what: who rules, where the chiefs stand, influence, breaks, events that need
    something, the course.

    A death that needs something follows from what is compared already, and changes hardly anything.
    """
    names = [f"ruling:{bloc.id}" for bloc in scenario.blocs]
    names += [f"politburo:{scenario.spokesman(bloc.id)}" for bloc in scenario.blocs]
    names += [f"party:{scenario.spokesman(bloc.id)}" for bloc in scenario.blocs]
    names += [f"influence:{bloc.id}" for bloc in scenario.blocs]
    for alliance in scenario.alliances:
        names += [f"break:{one}+{two}" for i, one in enumerate(alliance.blocs) for two in alliance.blocs[i + 1 :]]
    names += [
        f"happened:{event.id}" for event in scenario.events if is_conditional(event) and not isinstance(event, Death)
    ]
    names += ["expulsions", "effective_alliances", *(["distance"] if scenario.record else [])]
    return find_outcomes(scenario, names)


def one_of_each(scenario: Scenario) -> list[Outcome]:
    """An outcome of every kind that the scenario has somebody for, to show how they are called."""
    names = []
    for kind, mentioned in MENTIONS.items():
        left = {table: [entry.id for entry in getattr(scenario, table)] for table in TABLES}
        who = [next((left[table].pop(0) for table in LISTS[each] if left[table]), "") for each in mentioned]
        if all(who) and (kind not in ("distance", "record") or scenario.record):
            names.append(f"{kind}:{'+'.join(who)}" if who else kind)
    return find_outcomes(scenario, names)


def _position(scenario: Scenario, mentioned: str, each: str) -> int | tuple[str, int]:
    index = Index(scenario)
    if mentioned == "bloc or leader":
        return ("influence", index.bloc[each]) if each in index.bloc else ("leader_influence", index.leader[each])
    if mentioned == "claim":
        return [claim.id for claim in scenario.record].index(each)
    if mentioned == "event":
        return marked(scenario).index(each)
    return {"bloc": index.bloc, "leader": index.leader, "office": index.office}[mentioned][each]


# --- the kinds: from a scenario, a meeting and positions to (text, unit, measure) ---

_Measure = Callable[["Ensemble"], np.ndarray]
_Built = tuple[str, str, _Measure]
_Builder = Callable[..., _Built]


def _said_of(state: State) -> _Builder:
    """A kind that mentions one bloc or leader, of whom something holds at the meeting."""

    def build(scenario: Scenario, at: int, position: int) -> _Built:
        text = f"{getattr(scenario, f'{state.of}s')[position].name} {state.words.format(**scenario.bodies)}"
        return text, "probability", lambda e: state.holds(says.part(e, at))[:, position].astype(float)

    return build


def _alive_at_least(step: int) -> Callable[[Worlds], np.ndarray]:
    """The leader lives, and stands at this step of the ladder or a better one."""
    return lambda worlds: says.alive(worlds) & says.at_least(worlds, step)


def _never_out(at: int, leader: int) -> _Measure:
    """He lives and is in the party at a meeting, as at all before it."""

    def unbroken(ensemble: Ensemble) -> np.ndarray:
        worlds = says.part(ensemble, slice(at + 1))
        return np.asarray(says.in_party(worlds)[:, :, leader].all(axis=1) & says.alive(worlds)[:, at, leader])

    return unbroken


def _deported(worlds: Worlds) -> np.ndarray:
    return says.at_most(worlds, DEPORTED)


def _allied(scenario: Scenario, at: int, one: int, two: int) -> _Built:
    text = f"{scenario.blocs[one].name} and {scenario.blocs[two].name} allied"
    return text, "probability", lambda e: says.allied(says.part(e, at), (one, two)).astype(float)


def _holds(scenario: Scenario, at: int, leader: int, office: int) -> _Built:
    text = f"{scenario.leaders[leader].name} holds {scenario.offices[office].name}"
    return text, "probability", lambda e: says.holds_office(says.part(e, at), office)[:, leader].astype(float)


def _happened(scenario: Scenario, at: int, event: int) -> _Built:
    name = next(entry.name for entry in scenario.events if entry.id == marked(scenario)[event])
    return f"“{name}” has happened", "probability", lambda e: e["happened"][:, at, event].astype(float)


def _claim(scenario: Scenario, at: int, claim: int) -> _Built:
    stated, index = scenario.record[claim], Index(scenario)
    return stated.text.rstrip("."), "probability", lambda e: judge_claim(stated, e, index).astype(float)


def _influence(scenario: Scenario, at: int, who: tuple[str, int]) -> _Built:
    array, position = who
    entry = (scenario.blocs if array == "influence" else scenario.leaders)[position]

    def measure(ensemble: Ensemble) -> np.ndarray:
        if array not in ensemble.arrays:
            raise UsageError(f"these worlds do not hold the influence of {entry.id}", "ask for that of his bloc")
        return ensemble[array][:, at, position].astype(float)

    return f"influence of {entry.name}", "share", measure


def _alliances(scenario: Scenario, at: int) -> _Built:
    blocs = len(scenario.blocs)
    return "number of alliances", "number", lambda e: (_held(e, at, blocs) > 0.0).sum(axis=1).astype(float)


def _held(ensemble: Ensemble, at: int, blocs: int) -> np.ndarray:
    """The influence of every alliance, by its label; axes (world, label)."""
    labels, influence = ensemble["alliance"][:, at], ensemble["influence"][:, at]
    return np.stack([np.where(labels == label, influence, 0.0).sum(axis=1) for label in range(blocs)], axis=1)


def _effective(influence: np.ndarray) -> np.ndarray:
    """Effective number of those who have this influence; axes (world, one of them)."""
    shares = influence / np.maximum(influence.sum(axis=1, keepdims=True), 1e-300)
    return 1.0 / np.maximum((shares * shares).sum(axis=1), 1e-300)


def _effective_alliances(scenario: Scenario, at: int) -> _Built:
    blocs = len(scenario.blocs)
    return "number of alliances, weighted by influence", "number", lambda e: _effective(_held(e, at, blocs))


def _effective_blocs(scenario: Scenario, at: int) -> _Built:
    return "number of blocs, weighted by influence", "number", lambda e: _effective(e["influence"][:, at])


def _expulsions(scenario: Scenario, at: int) -> _Built:
    def measure(ensemble: Ensemble) -> np.ndarray:
        ever_out = (~says.in_party(says.part(ensemble, slice(at + 1)))).any(axis=1)
        return ever_out.sum(axis=1).astype(float)

    return "leaders expelled", "number", measure


def year(day: date) -> float:
    """A date as a decimal year."""
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - first).days / (next_first - first).days


def _break(scenario: Scenario, at: int, one: int, two: int) -> _Built:
    days = np.array([*(year(meeting.date) for meeting in scenario.meetings), year(scenario.end)])
    parting = _parting(scenario, one, two)

    def measure(ensemble: Ensemble) -> np.ndarray:
        apart = parting(ensemble)
        return days[np.where(apart.any(axis=1), apart.argmax(axis=1), len(days) - 1)]

    return f"alliance of {scenario.blocs[one].name} and {scenario.blocs[two].name} ends", "year", measure


def _parting(scenario: Scenario, one: int, two: int) -> _Measure:
    """Do two blocs part at a meeting who were allied up to then; (world, meeting).

    A bloc without influence parts from nobody: its men are ill, expelled or dead.  Where it comes back, the alliance
    counts in which it was last.
    """
    ids = {scenario.blocs[one].id, scenario.blocs[two].id}
    start = any(ids <= {*alliance.blocs} for alliance in scenario.alliances)

    def parting(ensemble: Ensemble) -> np.ndarray:
        allied = says.allied(ensemble, (one, two))
        present = ~says.gone(ensemble)[:, :, [one, two]].any(axis=2)
        latest = np.maximum.accumulate(np.where(present, np.arange(allied.shape[1]), -1), axis=1)
        latest = np.concatenate([np.full((len(allied), 1), -1), latest[:, :-1]], axis=1)
        before = np.where(latest < 0, start, np.take_along_axis(allied, np.maximum(latest, 0), axis=1))
        return np.asarray(before & present & ~allied)

    return parting


def _unparted(scenario: Scenario, one: int, two: int) -> _Measure:
    """In which worlds two blocs never part."""
    parting = _parting(scenario, one, two)
    return lambda ensemble: np.logical_not(parting(ensemble).any(axis=1))


def _distance(scenario: Scenario, at: int) -> _Built:
    return "documented statements that do not come true", "share", lambda e: 1.0 - e.held.mean(axis=1)


class State(NamedTuple):
    """What may be true of a bloc or leader (`of`), in `words`, with the names of bodies in braces.

    `holds(worlds)` has one axis more than `worlds`.
    """

    of: str
    holds: Callable[[Worlds], np.ndarray]
    words: str


STATES = {
    "ruling": State("bloc", says.in_ruling_alliance, "in the ruling alliance"),
    "open": State("bloc", says.in_open_opposition, "in open opposition"),
    "politburo": State("leader", _alive_at_least(POLITBURO), "in the {politburo}"),
    "central_committee": State("leader", _alive_at_least(CENTRAL_COMMITTEE), "in the {central_committee}"),
    "party": State("leader", _alive_at_least(IN_PARTY), "in the party"),
    "deported": State("leader", _deported, "deported"),
    "capitulated": State("leader", says.capitulated, "has capitulated"),
}
"""The kinds of outcomes that mention one bloc or leader, and are true or false of him at every meeting."""


def _record(scenario: Scenario, at: int) -> _Built:
    return "the whole record holds", "probability", lambda e: e.held.all(axis=1).astype(float)


_KINDS: dict[str, _Builder] = {
    **{kind: _said_of(state) for kind, state in STATES.items()},
    "allied": _allied,
    "holds": _holds,
    "happened": _happened,
    "claim": _claim,
    "influence": _influence,
    "alliances": _alliances,
    "effective_alliances": _effective_alliances,
    "effective_blocs": _effective_blocs,
    "expulsions": _expulsions,
    "break": _break,
    "distance": _distance,
    "record": _record,
}
"""How each kind of name is measured."""

_UNBROKEN: dict[str, Callable[..., _Measure]] = {"party": _never_out}
"""The kinds that can end and come again, and how the worlds are found in which they never ended."""

_NEVER: dict[str, Callable[..., _Measure]] = {"break": _unparted}
"""The kinds that are years, and how the worlds are found in which they never come."""
