"""Validation (e): every mechanism switched off, and the rest fitted anew."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.inference.calibration import Plan
from factions.inference.observed import observe
from factions.inference.prequential import filter_draws
from factions.inference.scores import summarise
from factions.inference.weights import log_mean
from factions.parameters import MECHANISMS

if TYPE_CHECKING:
    from factions.inference.study import Study

_LEAST_DRAWS = 100  # that a start can be fitted to; with fewer, refits start from the prior
_INFLATION = 3.0  # of the covariance of the full posterior: room for what the others must take over


def ablations(study: Study) -> dict[str, Any]:
    """What the record loses without each mechanism: differences in scores from a full model refitted the same way.

    Every refit starts from the full posterior, widened, and has the same budget.  Losses are per claim; their errors
    come from the two independent runs of each refit and from the worlds.
    """
    budgets = study.budgets
    about = (budgets.ablation_minutes, budgets.replay_worlds, budgets.filtered_draws, budgets.particles)
    full = study.kept("ablation_none", about, partial(_refitted, study, None))
    rows = []
    for name in [name for name in MECHANISMS if study.scenario.mechanisms.get(name, True)]:
        found = study.kept(f"ablation_{name}", about, partial(_refitted, study, name))
        rows.append({"mechanism": name, **_loss(full, found)})
    rows.sort(key=lambda row: -row["loss"])
    return {"minutes": study.budgets.ablation_minutes, "full": full, "mechanisms": rows}


def _refitted(study: Study, mechanism: str | None) -> dict[str, Any]:
    """Scores of the refit, and those of each of its runs."""
    off = {} if mechanism is None else {mechanism: False}
    scenario = study.scenario.model_copy(update={"mechanisms": {**study.scenario.mechanisms, **off}})
    ablated, observed = study.on(scenario), observe(scenario)
    warm = study.draws if len(study.draws) >= _LEAST_DRAWS else None
    plan = Plan.of_minutes(study.budgets.ablation_minutes, study.seed, warm=warm, inflation=_INFLATION)
    draws, runs = ablated.fitted(observed, f"without_{mechanism or 'nothing'}", plan)
    worlds = study.budgets.replay_worlds
    by_run = [
        summarise(ablated.held(run, worlds // len(runs), f"run {k}"), observed.error)
        for k, run in enumerate(runs)
    ]
    likelihood = [part.log_likelihood for part in filter_draws(replace(ablated, draws=draws), observed)]
    return summarise(ablated.held(draws, worlds), observed.error) | {
        "log_likelihood": float(np.mean(np.concatenate(likelihood))),
        "log_likelihood_averaged": float(log_mean(np.concatenate(likelihood))),
        "runs": [
            {name: run[name] for name in ("log_score", "record_score", "mean_probability")} for run in by_run
        ],
    }


def _loss(full: dict[str, Any], without: dict[str, Any]) -> dict[str, Any]:
    return {
        "loss": full["record_score"] - without["record_score"],
        "loss_error": float(np.hypot(_error(full, "record_score"), _error(without, "record_score"))),
        "log_loss": full["log_score"] - without["log_score"],
        "log_loss_error": float(np.hypot(_error(full, "log_score"), _error(without, "log_score"))),
        "mean_probability": without["mean_probability"],
        "log_likelihood_loss": full["log_likelihood"] - without["log_likelihood"],
    }


def _error(found: dict[str, Any], name: str) -> float:
    """Standard error of a refit's score: half the distance of its two runs, and the worlds' own error."""
    scores = [run[name] for run in found["runs"]]
    between = np.std(scores, ddof=1) / np.sqrt(len(scores)) if len(scores) > 1 else 0.0
    return float(np.hypot(between, found[f"{name}_error"]))
