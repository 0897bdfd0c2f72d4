"""What a change itself decides, what does not happen because of it, and what comes out if that happens all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import told
from factions.counterfactual.lost import lost_events
from factions.counterfactual.own import own_changes
from factions.counterfactual.summary import clauses
from factions.scenario.content.changes import AllianceChange, Cancel, StanceChange
from factions.scenario.content.conditions import HAPPENED
from factions.scenario.plan.happenings import events_left
from factions.wording import Names, listed

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.finding import Group
    from factions.counterfactual.instead import Instead

_KEPT, _STANDS = {"together": "joined", "apart": "kept"}, {"together": "", "apart": " apart"}
_VOICES = {"open": "speak out", "quiet": "keep silent"}
"""What a change that decides of blocs does, by its own word."""


def imposed(each: Comparison) -> list[str]:
    """What the change itself decides of blocs, and what does not happen because of it; or nothing."""
    names = Names(each.scenario)
    said = [
        f"{_KEPT[change.stand]} {names.bloc_list(change.blocs)}{_STANDS[change.stand]}"
        for change in own_changes(each.base, each.scenario)
        if isinstance(change, AllianceChange)
    ]
    said += [f"made {names.blocs[change.bloc]} {_VOICES[change.to]}" for change in imposed_stances(each)]
    said += _joined(each)
    for group in told(each.findings.changed):
        if by_itself(each, group):
            turn = "brought {} to power" if group[0].difference > 0.0 else "put {} out of power"
            said.append(turn.format(clauses(each).subject(group)))
    cancelled, missing, events = _cancelled(each), missing_events(each), Names(each.base).events
    if {*cancelled} & {*missing}:  # an event that needs another falls with it: the file says so of all
        given = "an input here, and no result" if len(cancelled) == 1 else "inputs here, and no results"
        said.append(f"cancelled {listed(f'“{events[name]}”' for name in cancelled)}: {given}")
    found = [f"the change itself {listed(dict.fromkeys(said))}{_afterwards(each)}"] if said else []
    found += _taken_for_granted(each)
    lost = [f"“{events[name]}”" for name in missing if name not in cancelled]
    return [*found, *([f"with the change {listed(lost)} did not happen{_nobody_else(each)}"] if lost else [])]


def _cancelled(each: Comparison) -> list[str]:
    """The events (ids) that the file cancels."""
    own = own_changes(each.base, each.scenario)
    return [name for change in own if isinstance(change, Cancel) for name in change.events or ()]


def _joined(each: Comparison) -> list[str]:
    """Whom the change puts into another bloc, and in how many worlds they are still there at the end."""
    words, rows = clauses(each), each.findings.joined
    found = []
    for bloc in dict.fromkeys(row.bloc for row in rows):
        own = [row for row in rows if row.bloc == bloc]
        men, shares = listed(words.names.called[row.leader] for row in own), [row.share for row in own]
        who, until = ("he", own[0].until) if len(own) == 1 else ("they", "")
        mostly = f", mostly until {words.when(until)}" if until in words.days and own[0].share < 0.5 else ""
        there = f"{who} belonged to it at the end in {words.among(shares)}{mostly}"
        found.append(f"put {men} into {words.names.blocs[bloc]} ({there})")
    return found


def _afterwards(each: Comparison) -> str:
    """In how many worlds those whom the change keeps apart for a time, not allied before, are allied at the end."""
    words, several = clauses(each), len(each.findings.reunions) > 1
    said = [
        f"; later {words.names.bloc_list(row.blocs) if several else 'they'} allied all the same: "
        f"at the end in {words.among([row.share])}, mostly by {words.when(row.by)}"
        for row in each.findings.reunions
    ]
    return "".join(said)


def _nobody_else(each: Comparison) -> str:
    """That nobody else did what a dead man would have done, and what comes out if somebody does; "" if none is lost."""
    if not {event.id for event, _ in lost_events(each.base, each.scenario)} & {*missing_events(each)}:
        left = {event.id for event in events_left(each.scenario)}
        follows = any(name not in left for name in missing_events(each))
        return "; the file takes this to follow from what the change takes away" if follows else ""
    stead = each.instead
    if stead is None or stead.what != "dead":
        return "; that nobody else did as much is an assumption"
    men = listed(clauses(each).names.called[man] for man in stead.men)
    rests, done = _rests(stead, "that"), _done(each, stead)
    return f", and nobody else did the same. The answer {rests}: if {men} did it, {done}"


def _taken_for_granted(each: Comparison) -> list[str]:
    """What comes out if men do the deeds that the change cancels, or if a deputy has the post that it gives away."""
    stead = each.instead
    if stead is None or stead.what == "dead":
        return []
    men = listed(clauses(each).names.called[man] for man in stead.men)
    if stead.what == "post":
        return [f"the answer {_rests(stead, 'who gets the post')}: if {men} got it, {_done(each, stead)}"]
    rests = "rests" if stead.rests else "does not rest"
    if stead.rests and _as_without(stead):
        gone = {*_cancelled(each)}
        events = [event for event in each.base.events if event.id in gone and event.agent is None]
        men_did = f"what {men} did, and not on {listed(f'“{event.name}”' for event in events)}"
    else:
        men_did = f"what {men} did"
    return [f"the answer {rests} on {men_did}: if {men} acted all the same, {_done(each, stead)}"]


_ALIKE = 0.02
"""Shares of worlds that are as near as this are told as the same."""


def _rests(stead: Instead, on: str) -> str:
    """That the answer rests on what the file takes for granted: alone, if otherwise it is as without the change."""
    if not stead.rests:
        return f"does not rest on {on}"
    return f"rests on {on}{' alone' if _as_without(stead) else ''}"


def _as_without(stead: Instead) -> bool:
    """Is it as without the change if somebody does the deeds."""
    return abs(stead.value - stead.finding.before) < _ALIKE


def _done(each: Comparison, stead: Instead) -> str:
    """What is so at the end if somebody does the deeds, and if he goes half as far, as a clause."""
    words, finding = clauses(each), stead.finding
    so = f"{words.subject([finding])} {words.deed(finding)[0]} at the end in {words.among([stead.value])}"
    if _as_without(stead):
        so += ", as without the change"
    elif not stead.rests:
        so += ", too"
    if stead.half is None:
        return so
    who = "he" if len(stead.men) == 1 else "they"
    return f"{so}; if {who} went half as far on the issue, in {words.among([stead.half])}"


def missing_events(each: Comparison) -> list[str]:
    """The events (ids) of the baseline that mostly do not happen with the change, since they are cancelled or need what
    the change takes away."""
    rows = [row for row in each.contrasts if row.outcome.startswith(f"{HAPPENED}:") and "@" not in row.outcome]
    return [row.outcome.partition(":")[2] for row in rows if row.counterfactual < 0.5 <= row.baseline]


def by_itself(each: Comparison, group: Group) -> bool:
    """Does a group tell who rules for a time because the change makes or breaks an alliance at that very meeting."""
    makes = any(isinstance(change, AllianceChange) for change in own_changes(each.base, each.scenario))
    return makes and group[0].kind == "ruling" and not group[0].lasts and group[0].since == each.branch


def imposed_stances(each: Comparison) -> list[StanceChange]:
    """Whom the change itself lets speak out, or keep silent."""
    return [change for change in own_changes(each.base, each.scenario) if isinstance(change, StanceChange)]
