"""A small case in which every kind of change has something to act on, and files that change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.branching import branching_point
from factions.counterfactual.choice import outcomes_told
from factions.counterfactual.compare import Comparison
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.contrasts import contrast
from factions.counterfactual.divergence import paired_draws, partings
from factions.counterfactual.findings import begin, find
from factions.counterfactual.namesakes import as_called
from factions.counterfactual.past import Past
from factions.counterfactual.paths import free_paths
from factions.counterfactual.rewriting import Cost
from factions.counterfactual.roads import roads
from factions.parameters import DTYPE, default_values
from factions.results.arrays import ASKED, AXES, empty_arrays
from factions.results.ensemble import Ensemble
from factions.scenario import Scenario, load
from factions.statements.outcomes import find_outcome, find_outcomes, usual_outcomes

TOY = """\
title = "Three blocs, four meetings"
start = 1924-01-01
end = 1926-12-31

[[issues]]
id = "tempo"

[[blocs]]
id = "rulers"
chief = "anna"
[[blocs]]
id = "rebels"
chief = "boris"
[[blocs]]
id = "doubters"
chief = "clara"

[[leaders]]
id = "anna"
bloc = "rulers"
prestige = 8
standing = "politburo"
ideal_point = { tempo = 0.8 }
[[leaders]]
id = "alexei"
bloc = "rulers"
prestige = 3
standing = "central_committee"
ideal_point = { tempo = 0.6 }
[[leaders]]
id = "boris"
bloc = "rebels"
prestige = 6
standing = "politburo"
ideal_point = { tempo = -0.9 }
[[leaders]]
id = "bella"
bloc = "rebels"
prestige = 2
standing = "central_committee"
ideal_point = { tempo = -0.7 }
[[leaders]]
id = "clara"
bloc = "doubters"
prestige = 4
standing = "politburo"
ideal_point = { tempo = 0.0 }

[[offices]]
id = "secretariat"
holder = "anna"
machine = 6
[[offices]]
id = "army"
holder = "boris"
machine = 2
[[offices]]
id = "province"
holder = "clara"
machine = 3
appointed_by = "secretariat"

[[ties]]
blocs = ["rulers", "rebels"]
trust = -0.5
[[alliances]]
blocs = ["rulers", "doubters"]

[[meeting_kinds]]
id = "congress"
electorate = "delegates"
rungs = ["office", "politburo", "central_committee", "party", "exile"]
fills_seats = true
[[meeting_kinds]]
id = "talk"
electorate = "central_committee"

[[meetings]]
id = "first"
kind = "congress"
date = 1924-03-01
[[meetings]]
id = "second"
kind = "talk"
date = 1924-12-01
[[meetings]]
id = "third"
kind = "congress"
date = 1925-09-01
[[meetings]]
id = "fourth"
kind = "congress"
date = 1926-06-01

[[events]]
id = "harvest"
date = 1924-10-01
kind = "policy_shift"
bloc = "doubters"
issue = "tempo"
to = -0.5
[[events]]
id = "clara_dies"
date = 1926-01-15
kind = "death"
leader = "clara"

[[record]]
id = "rebels_open"
text = "The rebels speak out."
predicate = "open"
blocs = ["rebels"]
at = "first"
confidence = "high"
[[record]]
id = "rulers_rule"
text = "The rulers rule."
predicate = "ruling"
blocs = ["rulers"]
at = "second"
confidence = "medium"
[[record]]
id = "boris_out"
text = "Boris loses his seat."
predicate = "standing"
leaders = ["boris"]
at_most = "central_committee"
at = "third"
confidence = "low"
"""

Change = Callable[..., Scenario]


@pytest.fixture
def toy_text() -> str:
    """The text of the small case."""
    return TOY


@pytest.fixture
def toy(write) -> Scenario:
    """The small case."""
    return load(write(TOY, "toy.toml"))


@pytest.fixture
def changed(write) -> Change:
    """changed(text, name="changed.toml"): a counterfactual of the small case with this text."""

    def _changed(text: str, name: str = "changed.toml") -> Scenario:
        write(TOY, "toy.toml")
        return load(write(f'extends = "toy.toml"\nquestion = "What if?"\n{text}', name))

    return _changed


@pytest.fixture
def values() -> np.ndarray:
    """One record of parameters that lets much happen: readiness to speak and to punish is even."""
    record = default_values()
    for name, value in {"precision": 4.0, "misjudgement": 0.5}.items():
        record[name] = value
    assert record.dtype == DTYPE
    return record


TIMES = 20
"""How often each of the three kinds of world is there that a test writes by hand."""


def make_worlds(scenario: Scenario, times: int = TIMES, **kinds) -> Ensemble:
    """Worlds of the small case in which nothing happens but `kinds`: values of three kinds of world, (3, M, ...).

    The rulers and the doubters rule together, the rebels stand alone and keep quiet, and all keep their standing.
    """
    arrays = empty_arrays(scenario, 3 * times, (*AXES, *ASKED))
    arrays["alliance"][:], arrays["holder"][:] = [0, 1, 0], -1
    arrays["membership"][:], arrays["activity"][:], arrays["standing"][:] = [0, 0, 1, 1, 2], 1, [0, 1, 0, 1, 0]
    arrays["influence"][:] = [0.5, 0.3, 0.2]
    for name, values in kinds.items():
        whole = np.broadcast_to(np.asarray(values), (3, *arrays[name].shape[1:]))
        arrays[name][:] = np.repeat(whole, times, axis=0)
    return Ensemble(scenario, 0, "handmade", np.arange(3 * times), arrays)


def make_comparison(
    factual: Ensemble, counterfactual: Ensemble, asked: Sequence[str] = (), cost: Cost | None = None
) -> Comparison:
    """The comparison of two ensembles, as if they had been run."""
    base, other = as_called(factual.scenario, counterfactual.scenario)
    factual, counterfactual = replace(factual, scenario=base), replace(counterfactual, scenario=other)
    paths = free_paths(default_values().reshape(1).repeat(len(factual)), len(base.meetings))
    chosen = {outcome.name: outcome for outcome in (*find_outcomes(base, asked), *usual_outcomes(base))}.values()
    rows = [contrast(one, factual, counterfactual, find_outcome(other, one.name), paths.ancestor) for one in chosen]
    branch, findings = branching_point(base, other), find(factual, counterfactual, paths.ancestor, rows, asked)
    named = find_outcomes(base, outcomes_told(base, findings))
    more = [one for one in named if one.name not in chosen]
    told = [contrast(one, factual, counterfactual, find_outcome(other, one.name), paths.ancestor) for one in more]
    findings = replace(findings, roads=roads(factual, counterfactual, branch))
    return Comparison(
        base=base,
        scenario=other,
        condition=Condition.none,
        branch="" if branch is None else other.meetings[branch].id,
        paths=paths,
        past=Past(),
        factual=factual,
        counterfactual=counterfactual,
        contrasts=tuple(rows),
        told=tuple(told),
        partings=tuple(partings(factual, counterfactual, paths.ancestor, branch or 0)),
        draws=paired_draws(factual, counterfactual),
        cost=cost or Cost(None, False, 0, 1),
        warnings=(),
        findings=replace(
            findings, responses=tuple(tuple(row.response for row in rows) for rows in begin(factual, counterfactual))
        ),
    )


@pytest.fixture
def handmade() -> Callable[..., Ensemble]:
    """handmade(scenario, times, **kinds): `make_worlds`."""
    return make_worlds


@pytest.fixture
def compared() -> Callable[..., Comparison]:
    """compared(factual, counterfactual, asked, cost): `make_comparison`."""
    return make_comparison
