"""The page of a replay: worlds of one scenario that are played meeting by meeting, beside what is documented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.paths import free_paths
from factions.report.page import Page, escape
from factions.report.play.data import plan_replay
from factions.report.table import Column, table
from factions.wording import counted, day

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.report.play.data import Play
    from factions.scenario import Scenario

_TERMS = (
    ("world", "one run of the model from the first day on. Nothing corrects it towards what is documented."),
    (
        "all worlds",
        "how often each thing happens when the luck of the struggle is drawn anew. ± is one standard error. It comes "
        "from the number of worlds and says nothing about whether the model is right.",
    ),
    (
        "documented",
        "what the claims of the record say. The model never reads them. Its few parameters, which are the same for "
        "everybody, may have been fitted to them.",
    ),
    ("influence", "a leader's share of what moves the party: his prestige, where he stands, and the offices he holds."),
    ("struck", "hit by a sanction at this meeting: removal from office, a seat or the party, exile or deportation."),
)


def play_replay(
    scenario: Scenario, draws: Draws, worlds: int, seed: int, threads: int, each: Callable[[], None] | None = None
) -> Play:
    """The worlds of `factions run`, some of them told; `each()` is called after every one of these."""
    paths = free_paths(draws.of(np.arange(worlds)), len(scenario.meetings))
    return plan_replay(scenario, paths, paths.run(scenario, seed, threads)).play(each)


def replay_page(scenario: Scenario, draws: Draws, play: Play, seed: int, command: str) -> Page:
    """The page: the worlds, how to read them, sources and provenance."""
    worlds = play.sides[0].worlds
    page = Page(scenario.title)
    page.add(f"<h1>{escape(scenario.title)}</h1>")
    if scenario.question:
        page.add(f'<p class="question">{escape(scenario.question)}</p>')
    page.paragraph(
        f"{counted(worlds, 'simulated world')}, from {day(scenario.start)} on; {len(play.told)} of them are told here, "
        "meeting by meeting. Choose a world, then step or play from one meeting to the next."
    )
    page.warnings([draws.caution] if draws.caution else [])
    page.play(play)
    page.heading("How to read this")
    page.terms(_TERMS)
    if play.record.sources:
        key, work = Column[str]("key", lambda key: key), Column[str]("work", lambda key: play.record.sources[key])
        page.fold("Sources of what is documented", table(sorted(play.record.sources), key, work))
    rows = {"command": command, "seed": seed, "worlds": worlds, "parameters": draws.source}
    page.provenance({**rows, "scenario": f"{scenario.path.name} ({scenario.digest[:16]})"})
    return page
