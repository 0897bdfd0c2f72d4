"""A whole validation: which parts there are, and the answers to those that are asked for.

In all answers probabilities and shares lie in [0, 1]; scores, losses and advantages are in nats a claim;
`<name>_error` is the standard error of `<name>`, in its unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from factions.inference.observed import observe
from factions.store.plain import to_plain
from factions.validation.ablations import Ablations, ablations
from factions.validation.comparison import Nulls, nulls
from factions.validation.identification import Identification, PosteriorSummary, identification, posterior_summary
from factions.validation.prequential import Prequential, prequential
from factions.validation.replay import Replay, replay
from factions.validation.sensitivity import Sensitivity, sensitivity
from factions.validation.split import Split, fitted_before, split

if TYPE_CHECKING:
    from factions.validation.study import Study

PARTS = ("replay", "prequential", "split", "nulls", "ablations", "identification", "sensitivity")
"""The questions, in the order in which they are answered."""


@dataclass(frozen=True)
class Validation:
    """The answers to the parts that were asked for, None for the others.

    `scenario`: its file's name; `digest`: SHA-256 (hex) of the scenario; `draws`: number of parameter draws.
    """

    scenario: str
    title: str
    digest: str
    seed: int
    draws: int
    replay: Replay | None = None
    prequential: Prequential | None = None
    split: Split | None = None
    nulls: Nulls | None = None
    ablations: Ablations | None = None
    identification: Identification | None = None
    posterior: PosteriorSummary | None = None
    sensitivity: Sensitivity | None = None

    def plain(self) -> dict[str, Any]:
        """The answers as JSON has them; parts that were not asked for are absent."""
        return {name: value for name, value in to_plain(self).items() if value is not None}


def validate(study: Study, parts: Sequence[str] = PARTS, day: date | None = None) -> Validation:
    """The answers to the parts asked for; `day`: where the record is split, by default `split.default_day`.

    The null models are compared with the replay and the predictions, which are then answered too; the posterior is
    summed up beside the replay and the identification.  UsageError if the scenario has no record.
    """
    observe(study.scenario)  # without a record there is nothing to be validated
    asked = set(parts)
    replayed = _replay(study) if asked & {"replay", "nulls"} else None
    predicted = _prequential(study) if asked & {"prequential", "nulls"} else None
    halves = _split(study, day) if "split" in asked else None
    compared = None
    if "nulls" in asked and replayed is not None and predicted is not None:
        compared = study.kept("nulls", study.budgets, Nulls, partial(nulls, study, replayed, predicted))
    return Validation(
        scenario=study.scenario.path.name,
        title=study.scenario.title,
        digest=study.scenario.digest,
        seed=study.seed,
        draws=len(study.draws),
        replay=replayed,
        prequential=predicted,
        split=halves,
        nulls=compared,
        ablations=ablations(study) if "ablations" in asked else None,
        identification=identification(study) if "identification" in asked else None,
        posterior=posterior_summary(study.draws) if asked & {"replay", "identification"} else None,
        sensitivity=sensitivity(study) if "sensitivity" in asked else None,
    )


def _replay(study: Study) -> Replay:
    return study.kept("replay", study.budgets.replay_worlds, Replay, partial(replay, study))


def _prequential(study: Study) -> Prequential:
    size = (study.budgets.filtered_draws, study.budgets.particles)
    return study.kept("prequential", size, Prequential, partial(prequential, study))


def _split(study: Study, day: date | None) -> Split:
    budgets = study.budgets
    about = (day, budgets.split_minutes, budgets.replay_worlds, fitted_before(study.scenario, day))
    return study.kept("split", about, Split, partial(split, study, day))
