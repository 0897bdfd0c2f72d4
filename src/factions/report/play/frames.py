"""One world, meeting by meeting, as a page draws it: who stands where after each meeting, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factions.counterfactual.readable import follow
from factions.report.chronicle import chapter, clauses
from factions.vocabulary import CAPITULATED
from factions.wording import Names

if TYPE_CHECKING:
    from factions.counterfactual.paths import Paths
    from factions.model.decisions import Decision
    from factions.model.party import Party
    from factions.scenario import Scenario

FINE = 10_000
"""Shares are whole numbers of ten-thousandths."""


@dataclass(frozen=True)
class Frame:
    """A world after one meeting.  Blocs, leaders and offices are positions, texts are numbers in a list of `Texts`.

    Of every bloc: `alliance` (its label, -1 without influence), `open`, `influence` (ten-thousandths); of every leader:
    `membership`, `standing`, `activity`, `leader_influence`; `votes`: against the rulers (ten-thousandths); `holder` of
    every office; `struck`, `surrendered`: leaders; `story`: the paragraphs; `acts`: (text, leaders, blocs) of every
    decision.
    """

    ruling: int
    alliance: list[int]
    open: list[int]
    influence: list[int]
    votes: int
    membership: list[int]
    standing: list[int]
    activity: list[int]
    leader_influence: list[int]
    holder: list[int]
    struck: list[int]
    surrendered: list[int]
    story: list[int]
    acts: list[tuple[int, list[int], list[int]]]


@dataclass
class Texts:
    """Texts that occur many times, each kept once under its number."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        """The number of a text, a new one if it has none."""
        return self.numbers.setdefault(text, len(self.numbers))

    def of(self, texts: Iterable[str]) -> list[int]:
        """The numbers of texts."""
        return [self.number(text) for text in texts]


def tell_frames(scenario: Scenario, paths: Paths, world: int, seed: int, texts: Texts, first: int = 0) -> list[Frame]:
    """The frames of one world along its path from meeting `first` on; what is said goes into `texts`."""
    frames, seen, names = [], 0, Names(scenario)
    for party in follow(scenario, paths, world, seed, first):
        frames.append(_frame(party, party.decisions[seen:], names, texts))
        seen = len(party.decisions)
    return frames


def _frame(party: Party, decisions: list[Decision], names: Names, texts: Texts) -> Frame:
    from factions.model.view import label, position  # Mesa comes with it: not before it is wanted

    leaders, blocs = party.leaders, party.blocs
    return Frame(
        ruling=label(party.ruling),
        alliance=[label(bloc.alliance) for bloc in blocs],
        open=[int(bloc.open) for bloc in blocs],
        influence=[_fine(bloc.influence) for bloc in blocs],
        votes=_fine(party.vote_share),
        membership=[position(leader.bloc) for leader in leaders],
        standing=[int(leader.standing) for leader in leaders],  # one that a change imposes is numpy's
        activity=[leader.activity for leader in leaders],
        leader_influence=[_fine(leader.influence) for leader in leaders],
        holder=[position(office.holder) for office in party.offices],
        struck=[leader.position for leader in leaders if leader.struck],
        surrendered=[leader.position for leader in leaders if leader.surrendered == CAPITULATED],
        story=texts.of(chapter(party, decisions, names).paragraphs),
        acts=[_act(party, decision, text, texts) for decision, text in clauses(party, decisions, names)],
    )


def _fine(share: float) -> int:
    return round(FINE * float(share))


def _act(party: Party, decision: Decision, text: str, texts: Texts) -> tuple[int, list[int], list[int]]:
    """A decision as its text, and the leaders and blocs that it speaks of."""
    about = {decision.actor, *decision.objects}
    people = [leader.position for leader in party.leaders if leader.entry.id in about]
    return texts.number(text), people, [bloc.position for bloc in party.blocs if bloc.entry.id in about]
