"""Names, lists, dates and numbers as English prose has them."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from factions.scenario import Scenario
    from factions.scenario.content.conditions import Condition

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PUNISHMENTS = {
    "office": "removal from office",
    "politburo": "removal from the {politburo}",
    "central_committee": "removal from the {central_committee}",
    "party": "expulsion from the party",
    "exile": "exile",
    "deportation": "deportation",
}
"""What the rungs of the ladder are called, by name; bodies by the names that the scenario gives them."""
MECHANISM_WORDS = {
    "bargaining": "blocs make and break alliances",
    "loyalty": "leaders change blocs",
    "policy": "distance between lines counts",
    "trust": "trust moves and counts",
    "office_pull": "office pulls a line towards discipline, opposition towards democracy",
    "safety": "there is safety in numbers",
    "isolation": "nobody in good standing allies with the condemned",
    "distrust": "no alliance begins between sides that distrust each other",
    "critical_mass": "the condemned keep quiet where they are few",
    "stake": "the expelled need not be many to speak",
    "verdict": "the condemned lose their offices though they keep quiet",
    "truce": "a blow silences for the rest of the session",
    "warning": "punishment begins with a warning",
    "mandate": "harsh punishment needs the verdict of a congress or conference, and a warning",
    "relapse": "seats are taken for a relapse only",
    "following": "leaders follow a comrade who changes his position",
    "submission": "comrades of the punished surrender too",
    "compensation": "partners' gains outweigh others' losses",
    "patronage": "offices change hands by appointment",
    "peers": "nobody is dismissed by a partner who stands no higher",
    "sanctions": "open opponents are punished",
    "surrender": "the punished may surrender",
}
"""What each mechanism of the model says, by name."""
BLOWS = ("is punished", "is purged", "is warned")
"""How the actions begin that say of a bloc what was decided against it."""
_PAST = {
    "excludes": "excluded",
    "allies with": "allied with",
    "leaves": "left",
    "speaks out": "spoke out",
    "keeps quiet": "kept quiet",
    "enters the Politburo": "entered the {politburo}",
    "enters the Central Committee": "entered the {central_committee}",
    "is held together with": "had to ally with",
    "is driven together with": "had to side with",
    "is kept apart": "had to stand apart",
    "is readmitted": "returned to the party",
}
"""What a model notes in the present, as it is told; actions with a sentence of their own are in `deed`."""


def day(value: date) -> str:
    """A date: 18 December 1925."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """The month of a date: December 1925."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def listed(words: Iterable[str], joint: str = "and") -> str:
    """a; a and b; a, b and c; nobody, if there are none."""
    *most, last = list(words) or ["nobody"]
    return f"{', '.join(most)} {joint} {last}" if most else last


def sentence(text: str) -> str:
    """A text with a capital at the beginning and a full stop at the end."""
    return capitalised(text if text.endswith((".", "!", "?")) else text + ".")


def capitalised(text: str) -> str:
    """A text with a capital at the beginning, and the rest as it is."""
    return text[:1].upper() + text[1:]


def percent(share: float) -> str:
    """A share as a whole percentage; one that is not quite 0 or 1 never looks as if it were."""
    if 0.0 < share < 0.005:
        return "less than 1%"
    if 0.995 <= share < 1.0:
        return "more than 99%"
    return f"{100 * share:.0f}%"


def percent_short(share: float) -> str:
    """A share in as few letters as it takes: 12%, <1%."""
    return percent(share).replace("less than ", "<").replace("more than ", ">")


def worlds_instead(now: float, before: float) -> str:
    """Two shares of worlds, as finely as they differ: 15 of 100 worlds instead of 4, 31 of 1,000 instead of 34."""
    for many in (100, 1_000, 10_000):
        one, two = out_of(now, many), out_of(before, many)
        if one != two:
            break
    return f"{one} of {many:,} worlds instead of {two}"


def out_of(share: float, many: int) -> str:
    """How many of so many; never as if it were none or all where it is not.

    >>> [out_of(share, 100) for share in (0.0, 0.001, 0.25, 0.999, 1.0)]
    ['0', 'less than 1', '25', 'more than 99', '100']
    """
    count = round(share * many)
    if count == 0 and share > 0.0:
        return "less than 1"
    return f"more than {many - 1:,}" if count == many and share < 1.0 else f"{count:,}"


def with_error(value: float, error: float | None, digits: int = 3, sign: str = "") -> str:
    """A number and its standard error: 0.250 ± 0.031; the number alone if nothing is known of the error."""
    number = f"{value:{sign}.{digits}f}"
    return number if error is None else f"{number} ± {error:.{digits}f}"


def counted(count: int, noun: str) -> str:
    """How many there are of what a noun names: 1 world, 2,000 worlds."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def three_digits(value: float) -> str:
    """A number of any size with three digits or so: 0.123, 12.3, 512."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def signed(value: float) -> str:
    """A contribution with its sign: +0.12, -0.02, 0.00."""
    text = f"{value:+.2f}"
    return "0.00" if float(text) == 0.0 else text


_SUMS = ("total", "probability", "imposed")
"""Terms that sum the others up."""

_NO_REST = 0.05
"""What terms lack of their sum by rounding."""


def reasons(terms: Mapping[str, float]) -> str:
    """Terms of a decision that weigh anything, the weightiest first, then what they lack of their sum as "the rest".

    >>> reasons({"hope": -0.5, "example": 2.0, "probability": 0.5})
    'example +2.00, hope -0.50, the rest -1.50'
    """
    parts = {name: value for name, value in terms.items() if name not in _SUMS and signed(value) != "0.00"}
    order = sorted(parts, key=lambda name: -abs(parts[name]))
    said = [f"{name.replace('_', ' ')} {signed(parts[name])}" for name in order]
    rest = _sum(terms) - sum(parts.values()) if parts else 0.0
    return ", ".join([*said, *([f"the rest {signed(rest)}"] if abs(rest) >= _NO_REST else [])])


def _sum(terms: Mapping[str, float]) -> float:
    """What the terms of a decision should sum to: its total, or its log-odds; what they do sum to if nothing says."""
    chance = terms.get("probability", 0.0)
    if "total" in terms:
        return terms["total"]
    if "imposed" not in terms and 0.0 < chance < 1.0:
        return math.log(chance / (1.0 - chance))
    return sum(value for name, value in terms.items() if name not in _SUMS)


def deed(names: Names, actors: str, phase: str, action: str, objects: Sequence[str]) -> str:
    """What a model notes of a decision, as a clause in the past: who did what, and with whom.

    `actors`: in words; an action without words of its own is told as it was noted.
    """
    verb, _, rung = action.partition(": ")
    if verb == "is purged":
        return (
            f"the rulers turned on {actors}, their partners until then, by {PUNISHMENTS[rung].format(**names.bodies)}"
        )
    if verb == "is warned":
        return f"the rulers warned {actors}"
    if rung:
        return f"the rulers punished {actors} by {PUNISHMENTS[rung].format(**names.bodies)}"
    if verb == "moves to":
        there, *here = (names.blocs[bloc] for bloc in objects)
        return " ".join([f"{actors} went over", *(f"from {bloc}" for bloc in here), f"to {there}"])
    if verb == "takes over":
        return f"{actors} took over {names.offices[objects[0]]} from {names.leaders[objects[1]]}"
    if verb == "is appointed to":
        return f"{actors} got {names.offices[objects[0]]}"
    if verb == "is reinstated":
        back = f", with {listed(names.offices[office] for office in objects)}" if objects else ""
        return f"the meeting undid what a narrower body had done to {actors}{back}"
    if verb == "is condemned":
        return f"the delegates condemned {actors}"
    if verb == "does not happen":
        return f"“{actors}” did not happen, because {lacking(names, objects[0])}"
    if verb == "capitulates":
        return f"{actors} surrendered{names.leaving(objects[0])}"
    with_whom = f" {names.bloc_list(objects)}" if phase == "bargaining" and objects else ""
    return f"{actors} {_PAST.get(verb, verb).format(**names.bodies)}{with_whom}"


_LACKS = {
    "dead": ("{} was dead", ""),
    "away": ("{} was ill or away", ""),
    "outside": ("{} was out of the party", ""),
    "powerless": ("{} had neither an office nor a seat in the {politburo}", ""),
    "ruling": ("{} did not rule", "{} ruled"),
    "open": ("{} did not oppose openly", "{} opposed openly"),
    "allied": ("{} and {} were not allied", "{} and {} were allied"),
    "politburo": ("{} was not in the {politburo}", "{} was in the {politburo}"),
    "central_committee": ("{} was not in the {central_committee}", "{} was in the {central_committee}"),
    "party": ("{} was not in the party", "{} was in the party"),
    "deported": ("{} had not been deported", "{} had been deported"),
    "capitulated": ("{} had not surrendered", "{} had surrendered"),
    "holds": ("{} did not hold {}", "{} held {}"),
}
"""What kept an event from happening, by the kind of its condition: what did not hold, and what held but must not."""


_CHANGED = {
    "cancel": "in this world the change cancels it",
    "move": "in this world the change moves it to another day",
    "keep_alive": "in this world the change keeps him well",
}
"""What kept an event from happening, by the kind of the change that was made in this world."""


def lacking(names: Names, statement: str) -> str:
    """Why an event did not happen, as a clause: the condition that failed, in words."""
    bare = statement.removeprefix("not ")
    kind, _, who = bare.partition(":")
    if bare.partition(" ")[0] in _CHANGED and " " in bare:
        return _CHANGED[bare.partition(" ")[0]]
    if not who:
        return f"{names.events.get(bare, bare)} {'had not happened' if bare == statement else 'had happened'}"
    known = names.blocs | names.leaders | names.offices
    return _LACKS[kind][bare != statement].format(*(known[name] for name in who.split("+")), **names.bodies)


def first_and_last(name: str) -> tuple[list[str], str]:
    """The first names of a person, and the last name with the small words before it; another name in brackets is none.

    >>> first_and_last("Georgy Lomov (Oppokov)"), first_and_last("Otto von Bismarck"), first_and_last("Asaro")
    ((['Georgy'], 'Lomov'), (['Otto'], 'von Bismarck'), ([], 'Asaro'))
    """
    words = re.sub(r"\s*\([^()]*\)", "", name).split() or name.split()
    at = len(words) - 1
    while at > 0 and words[at - 1].islower():
        at -= 1
    return words[:at], " ".join(words[at:])


def plainly(names: Names, asked: Condition) -> str:
    """What a condition asks for, as a clause in the past."""
    if asked.kind == "able":
        seat = "in an office or the {politburo}".format(**names.bodies)
        return f"{names.leaders[asked.who[0]]} was in play, in the party, and {seat}"
    if asked.kind == "happened":
        return f"“{names.events.get(asked.who[0], asked.who[0])}” {'had' if asked.wanted else 'had not'} happened"
    known = names.blocs | names.leaders | names.offices
    return _LACKS[asked.kind][asked.wanted].format(*(known[name] for name in asked.who), **names.bodies)


class Names:
    """What the blocs, leaders, offices and bodies of a scenario are called in a sentence, by id."""

    def __init__(self, scenario: Scenario) -> None:
        self.leaders = {entry.id: entry.name for entry in scenario.leaders}
        self.called = {entry.id: entry.called for entry in scenario.leaders}
        self.offices = {entry.id: _office(entry.name) for entry in scenario.offices}
        self.events = {entry.id: entry.name for entry in scenario.events}
        self.bodies = scenario.bodies
        self.blocs = {
            entry.id: _bloc(entry.name, self.leaders[scenario.spokesman(entry.id)]) for entry in scenario.blocs
        }

    def actor(self, phase: str, actor: str, action: str) -> str:
        """The name of who acts in a decision: an event, a bloc where blocs decide or are punished, else a leader."""
        if phase == "events":
            return self.events.get(actor, actor.replace("_", " "))
        of_blocs = phase in ("bargaining", "stance", "vote") or action.startswith(BLOWS)
        return (self.blocs if of_blocs else self.leaders)[actor]

    def bloc_list(self, ids: Iterable[str]) -> str:
        """Blocs as a list."""
        return listed(self.blocs[name] for name in ids)

    def leaving(self, bloc: str) -> str:
        """That somebody leaves a bloc; nothing if it is called after its chief, who can hardly leave his own name."""
        after_a_man = any(called in self.blocs[bloc] for called in self.called.values())
        return "" if after_a_man else f" and left {self.blocs[bloc]}"

    def leader_list(self, ids: Iterable[str]) -> str:
        """Leaders as a list."""
        return listed(self.leaders[name] for name in ids)


def _bloc(name: str, chief: str) -> str:
    """A bloc with its article, which one named after a person has not: the Right, Stalin's Centre, Lenin."""
    own = name.startswith(("The ", "the ")) or "'s " in name or "\u2019s " in name or name in chief
    return name if own else f"the {name}"


def without_chief(name: str, chief: str) -> str:
    """The name of a bloc without the man after whom it is called, if anything is left of it then.

    >>> without_chief("Stalin's Centre", "Stalin"), without_chief("Zinovievists", "Zinoviev")
    ('Centre', 'Zinovievists')
    """
    bare = re.sub(rf"^(The |the )?{re.escape(chief)}['\u2019]s\s+", "", name)
    return bare or name


def _office(name: str) -> str:
    """An office with its article, if its name has several words: the War Commissariat, Pravda."""
    return f"the {name}" if " " in name and not name.lower().startswith("the ") else name
