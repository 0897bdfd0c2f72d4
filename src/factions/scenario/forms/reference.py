"""What the words of a scenario file mean, one row each: for `factions list`, and for the tables of the guide.

What they mean stands where they are defined: in the classes of events and of claims, and with the parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from factions.parameters import PARAMETERS
from factions.scenario.content.claims import BaseClaim, LeaderClaim
from factions.scenario.content.events import BaseEvent
from factions.scenario.content.fields import ENTRIES
from factions.scenario.content.types import Evidence, Named
from factions.vocabulary import MECHANISMS
from factions.wording import MECHANISM_WORDS

TAGS = ("kind", "predicate")
"""The fields that tell kinds and predicates apart."""

Row = dict[str, str]
"""Column -> what it says."""

SWITCH_OFF: Mapping[str, str] = MappingProxyType(
    {
        "bargaining": "never, unless alliances are fixed by law and the question is about punishment alone",
        "loyalty": "where persons cannot change sides: parties in a parliament, states, tribes",
        "policy": "where nobody has positions, or ties alone are the question",
        "trust": "where you know positions and strength, and nothing of friends and enemies",
        "office_pull": "where power does not change what people want of the rules; it needs a regime issue",
        "safety": "where numbers protect nobody: ties alone, or a cabinet that needs no more than a majority",
        "isolation": "where those whom a congress voted down may be anybody's partners the next day",
        "distrust": "where enemies may ally for safety alone: states, parties that only count seats",
        "critical_mass": "where a beaten minority goes on speaking however small it is: parliaments, free parties",
        "stake": "where the expelled need numbers as much as the members do",
        "verdict": "where nobody loses a post for having been outvoted",
        "truce": "where a blow makes no one fall silent; it does nothing where no meeting opens before another closes",
        "warning": "where the first blow may be the hardest: armies, conspiracies, executives without a statute",
        "mandate": "where a committee may expel by itself, or no delegates ever meet: nobody could be expelled then",
        "relapse": "where the first open offence may cost a seat, or none is ever forgiven",
        "following": "where nobody changes his position because a comrade does; it acts after a policy_shift alone",
        "submission": "where only the punished themselves recant",
        "compensation": "where each bloc has a veto on whom its alliance takes in: treaties, unanimity",
        "patronage": "where no office appoints to another; it does nothing without appointed_by",
        "peers": "where whoever appoints may dismiss his own partners in power: monarchs, owners of a firm",
        "sanctions": "where nobody can be punished: cabinets, clubs, allies",
        "surrender": "where the punished do not recant: outside parties of that kind",
    }
)
"""For which case an author does without a mechanism."""


ANY = "any"
"""What rows are called that hold for every kind and predicate."""


def kinds() -> list[Row]:
    """The kinds of events, with the fields of their own, and at the end what any event may need."""
    found = [
        {"kind": name, "fields": _fields(model, BaseEvent), "what happens": _flat(model.__doc__)}
        for name, model in ENTRIES["events"].models.items()
    ]
    needs = "It happens only in the worlds in which all that it needs holds on that day."
    return [*found, {"kind": ANY, "fields": _fields(BaseEvent, Named, omit=("text",)), "what happens": needs}]


def predicates() -> list[Row]:
    """The predicates of claims, with the fields of their own, and at the end what any claim has."""
    found = [
        {"predicate": name, "fields": _fields(model, BaseClaim, brief=("share",)), "holds if": _flat(model.__doc__)}
        for name, model in ENTRIES["record"].models.items()
    ]
    judged = "It is judged at the end of the meeting, or of the meetings, that it names."
    of_all = "Of several blocs or leaders it says the same of all; with `share`, of some of the leaders."
    return [
        *found,
        {"predicate": ANY, "fields": _fields(BaseClaim, Evidence, omit=("id", "text")), "holds if": judged},
        {"predicate": "any of leaders", "fields": _fields(LeaderClaim, BaseClaim), "holds if": of_all},
    ]


def mechanisms() -> list[Row]:
    """The mechanisms: what each says, and when to do without it."""
    return [
        {"mechanism": name, "what it says": MECHANISM_WORDS[name], "switch it off": SWITCH_OFF[name]}
        for name in MECHANISMS
    ]


def parameters() -> list[Row]:
    """The parameters with their defaults and ranges, and whether a calibration fits them."""
    return [
        {
            "parameter": name,
            "default": f"{each.default:g}",
            "range": f"{each.low:g} to {each.high:g}",
            "fitted": "yes" if each.free else "no",
            "unit": each.unit,
            "meaning": each.meaning,
        }
        for name, each in PARAMETERS.items()
    ]


def _fields(
    model: type[BaseModel], beside: type[BaseModel], omit: tuple[str, ...] = (), brief: tuple[str, ...] = ()
) -> str:
    """The fields that a class adds to another in words, some by their names alone; brackets: it may be left out."""
    own = (name for name in model.model_fields if name not in beside.model_fields and name not in (*omit, *TAGS))
    return "; ".join(_field(name, model.model_fields[name], name in brief) for name in own)


def _field(name: str, field: FieldInfo, brief: bool) -> str:
    meaning = "" if brief else _flat(field.description).rstrip(".")
    words = f"`{name}`: {meaning[:1].lower()}{meaning[1:]}" if meaning else f"`{name}`"
    return words if field.is_required() else f"[{words}]"


def _flat(text: str | None) -> str:
    """A text on one line."""
    return re.sub(r"\s+", " ", text or "").strip()
