"""What differs between the worlds with a change and those without: the statements that answer the question.

Every bloc, pair of blocs and leader is looked at, meeting by meeting, and every outcome that was compared.  What the
change gives of itself is left out (`Given`); the rest is ranked by the effect that is left after its error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.contrasts import SURE, Contrast
from factions.counterfactual.courses import ALLIED, KINDS, WATCHED, Course, courses, without_exchanges
from factions.counterfactual.divergence import common
from factions.counterfactual.ends import NO_ENDS, Ends, ends_of
from factions.counterfactual.extinct import Extinct, extinct_blocs
from factions.counterfactual.finding import Finding, Group, Sign, rounded
from factions.counterfactual.given import Given
from factions.counterfactual.grip import Grip, grips
from factions.counterfactual.joined import Joined, joined
from factions.counterfactual.levels import TRIFLE, Level
from factions.counterfactual.namesakes import Loss, losses
from factions.counterfactual.own import imposed_on
from factions.counterfactual.pictured import pictured
from factions.counterfactual.responses import Begun, Response, beginnings
from factions.counterfactual.reunions import Reunion, reunions
from factions.counterfactual.roads import Road
from factions.counterfactual.touched import named_by
from factions.scenario.content.outcome_names import parts

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

LASTS = 0.6
"""A difference lasts if this share of its largest value is there at the end."""

_UNTOLD = ("distance", "alliances", "effective_alliances", "effective_blocs")
"""Kinds of outcomes that sum worlds up, and are told only if somebody asks for them."""

_LEADING = 12
"""Men with most prestige of whom one is told unasked, beside those who speak for a bloc that counts."""

_MINOR = 0.05
"""A bloc that never has this share of all influence is told of only if the change or somebody names it."""

_OF_BLOCS = ("ruling", "open", "allied", "break", "influence")
"""Kinds of outcomes that speak of blocs."""

_ALIKE = 0.1
"""Shares that one clause can tell lie within this range."""


@dataclass(frozen=True)
class Findings:
    """The answer of a comparison, before it is put into words.

    `changed`: what differs, the weightiest first; `same`: what was asked for, and who rules at the end, as far as it
    does not differ; `levels`: how much differs at each common meeting; `marks`: names of outcomes that pictures show to
    differ most; `given`: names of compared outcomes that the change gives of itself; `dictated`: names of outcomes that
    the file itself dictates, in all worlds; `asked`: names of those that somebody asked for; `responses`: for each
    phase the decisions that differ first; `behind`: those about a bloc of which the answer tells that differ first of
    all such; `losses`: blocs that have lost the man after whom they are called; `extinct`: those that often have
    nobody of influence left; `roads`: what decided the punishments that differ; `ends`: who rules and where the
    chiefs stand at the end; `grips`: how far the change takes hold; `reunions`: whom it keeps apart for a time alone;
    `joined`: whom it puts into another bloc.
    """

    changed: tuple[Group, ...] = ()
    same: tuple[Finding, ...] = ()
    levels: tuple[Level, ...] = ()
    marks: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    dictated: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    responses: tuple[tuple[Response, ...], ...] = ()
    behind: tuple[Response, ...] = ()
    losses: tuple[Loss, ...] = ()
    extinct: tuple[Extinct, ...] = ()
    roads: tuple[Road, ...] = ()
    ends: Ends = NO_ENDS
    grips: tuple[Grip, ...] = ()
    reunions: tuple[Reunion, ...] = ()
    joined: tuple[Joined, ...] = ()

    @property
    def effect(self) -> float:
        """The largest effect, in [0, 1]."""
        return max((group[0].effect for group in self.changed), default=0.0)


def find(
    factual: Ensemble,
    counterfactual: Ensemble,
    ancestor: np.ndarray,
    contrasts: Sequence[Contrast],
    asked: Sequence[str] = (),
) -> Findings:
    """The findings of pairs of worlds; `asked`: names of the outcomes that somebody wants to know of."""
    scenario = factual.scenario
    given = Given(scenario, counterfactual.scenario)
    meetings = [scenario.meetings[m].id for m in common(scenario, counterfactual.scenario, "meeting")[0]]
    every = [*courses(factual, counterfactual, given)]
    followed = without_exchanges(every)
    own = frozenset(row.outcome for row in contrasts if given.outcome(row.outcome))
    luck = {(kind, frozenset(who)): row.luck for row in contrasts for kind, who, at in [parts(row.outcome)] if not at}
    along = (_with_luck(each, luck, meetings[-1]) for each in _along(followed, meetings, ancestor, asked))
    found = [each for each in along if each.seen and not each.slight]
    seen = {each.sign for each in found}
    compared = [_of_contrast(row, meetings[-1], asked) for row in contrasts if row.outcome not in own]
    seen_at = {(each.sign, each.meeting) for each in found}
    compared = [each for each in compared if each.sign not in seen or each.meeting != meetings[-1]]
    compared = [each for each in compared if (each.sign, each.meeting) not in seen_at]
    told = [each for each in compared if each.kind not in _UNTOLD and (each.asked or each.kind not in KINDS)]
    minor = minor_blocs(factual, counterfactual)
    leading = leading_men(scenario, minor)
    found += [each for each in told if each.seen and not each.slight]
    groups = _grouped(sorted((each for each in found if _is_of_note(each, leading, minor)), key=_rank))
    same = [each for each in compared if (not each.seen or each.slight) and (each.asked or _rules(each))]
    sides = factual, counterfactual
    known = well_known(scenario, counterfactual.scenario, minor)
    seen_in_pictures = pictured(sides, given, every, meetings, ancestor, known, minor, groups, contrasts)
    return Findings(
        changed=tuple(groups),
        same=tuple(same),
        **seen_in_pictures._asdict(),
        given=own,
        asked=tuple(asked),
        losses=losses(factual, counterfactual),
        extinct=extinct_blocs(factual, counterfactual),
        ends=ends_of(factual, counterfactual),
        grips=grips(factual, counterfactual),
        reunions=reunions(factual, counterfactual),
        joined=joined(factual, counterfactual),
    )


def leading_men(scenario: Scenario, minor: Collection[str] = ()) -> set[str]:
    """Ids of those who speak for a bloc that is not minor, and of the `_LEADING` with most prestige."""
    known = sorted(scenario.leaders, key=lambda leader: -leader.prestige)[:_LEADING]
    heard = {scenario.spokesman(bloc.id) for bloc in scenario.blocs if bloc.id not in minor}
    return {leader.id for leader in known} | heard


def well_known(base: Scenario, other: Scenario, minor: Collection[str] = ()) -> set[str]:
    """Ids of the leading men, and of those whom a change names: of others pictures say nothing.

    Who of the second rank gets a seat or a post is settled by prestige and chance alone: the figures' own tables have
    them, and no answer rests on them.
    """
    return leading_men(base, minor) | {name for table, name in named_by(base, other) if table == "leaders"}


def minor_blocs(factual: Ensemble, counterfactual: Ensemble) -> set[str]:
    """Ids of the blocs that count for little from the first meeting to the last, and that the change does not name."""
    named = {bloc for change in counterfactual.scenario.changes for bloc in imposed_on(change)}
    great = {
        bloc.id
        for side in (factual, counterfactual)
        for bloc, share in zip(side.scenario.blocs, side["influence"].mean(axis=0).max(axis=0), strict=True)
        if share >= _MINOR
    }
    return {bloc.id for bloc in factual.scenario.blocs} - great - named


def _is_of_note(finding: Finding, leading: set[str], minor: set[str]) -> bool:
    """Is it of blocs that count, of a leading man, or of something that was asked for."""
    if finding.asked:
        return True
    if finding.kind in _OF_BLOCS:
        return minor.isdisjoint(finding.who)
    return not _is_of_a_man(finding.kind) or finding.who[0] in leading


def _is_of_a_man(kind: str) -> bool:
    return kind in WATCHED and WATCHED[kind].of == "leader"


def begin(factual: Ensemble, counterfactual: Ensemble) -> list[list[Begun]]:
    """How the pairs begin to differ, of blocs that count and leading men: see `beginnings`."""
    minor = minor_blocs(factual, counterfactual)
    return beginnings(factual, counterfactual, leading_men(factual.scenario, minor), minor)


def _grouped(findings: Sequence[Finding]) -> list[Group]:
    """Groups in the order of their first; those who differ less than half as much as the first are left out."""
    groups: list[list[Finding]] = []
    for each in findings:
        alike = (group for group in groups if _alike(group[0], each))
        group = next(alike, None)
        if group is None:
            groups.append([each])
        elif each.effect >= group[0].effect / 2:
            group.append(each)
    return [tuple(group) for group in groups]


def _alike(one: Finding, two: Finding) -> bool:
    """Can one clause tell both: the same thing of others, at one meeting, in about as many pairs."""
    same = (one.kind, one.meeting, one.lasts, one.difference > 0) == (
        two.kind,
        two.meeting,
        two.lasts,
        two.difference > 0,
    )
    near = max(abs(one.before - two.before), abs(one.after - two.after)) <= _ALIKE
    linked = one.kind != ALLIED or bool({*one.who} & {*two.who})
    return same and near and linked and one.kind in KINDS


def _rank(finding: Finding) -> tuple[float, int, bool, tuple[str, ...]]:
    """The weightiest first; of those about as weighty, those of blocs before those of leaders, gains before losses."""
    place = KINDS.index(finding.kind) if finding.kind in KINDS else len(KINDS)
    return -round(finding.weight, 1), place, finding.difference < 0, finding.who


def _rules(finding: Finding) -> bool:
    """Does it say who rules most often, whether somebody asked or not."""
    return finding.kind == "ruling" and max(finding.before, finding.after) >= 0.5


def _along(
    followed: Sequence[Course], meetings: Sequence[str], ancestor: np.ndarray, asked: Sequence[str]
) -> Iterator[Finding]:
    """A finding of each course that differs by more than a trifle somewhere."""
    for course in followed:
        shift = course.shift
        peak, last = int(np.argmax(np.abs(shift))), len(meetings) - 1
        if abs(shift[peak]) < TRIFLE:
            continue
        lasts = bool(shift[last] * np.sign(shift[peak]) >= LASTS * abs(shift[peak]))
        m = last if lasts else peak
        before, after = float(course.before[m]), float(course.after[m])
        end, since = (float(course.before[last]), float(course.after[last])), meetings[_since(shift, m)]
        kind, who, error = course.kind, course.who, course.error(m, ancestor)
        wanted = any(f"{kind}:{'+'.join(names)}" in asked for names in permutations(who))
        yield Finding(
            kind,
            who,
            "probability",
            meetings[m],
            before,
            after,
            error,
            end,
            since,
            lasts,
            wanted,
            start=float(course.before[max(int((course.difference != 0).any(axis=0).argmax()) - 1, 0)]),
            end_clear=_is_clear(shift[last], course.error(last, ancestor), end),
        )


def _is_clear(difference: float, error: float | None, end: tuple[float, float]) -> bool:
    """Does the difference at the end exceed its error, and is it there once both numbers are rounded."""
    apart = rounded(end[0], "probability") != rounded(end[1], "probability")
    return error is not None and abs(difference) > SURE * error and apart


def _with_luck(finding: Finding, luck: Mapping[Sign, float], last: str) -> Finding:
    """The finding with what other luck makes of it, if it is about the end and was compared (`luck`: by sign)."""
    known = luck.get(finding.sign, 0.0)
    return replace(finding, luck=known) if finding.meeting == last else finding


def _since(shift: np.ndarray, m: int) -> int:
    """The first meeting from which on, up to meeting m, at least half of the difference is there."""
    small = np.flatnonzero(shift[: m + 1] * np.sign(shift[m]) < 0.5 * abs(shift[m]))
    return int(small[-1]) + 1 if len(small) else 0


def _of_contrast(row: Contrast, last: str, asked: Sequence[str]) -> Finding:
    """An outcome that was compared, as a finding; without a meeting in its name it speaks of the last one."""
    kind, who, meeting = parts(row.outcome)
    values = row.baseline, row.counterfactual
    at = meeting or last
    return Finding(
        kind,
        who,
        row.unit,
        at,
        *values,
        row.error,
        values,
        "",
        at == last,
        row.outcome in asked,
        row.text,
        row.luck,
        row.never,
        (row.dated_baseline, row.dated_counterfactual),
    )
