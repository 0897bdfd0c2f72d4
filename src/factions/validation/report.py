"""A whole validation: which parts there are, the object they make, and the same as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from factions.inference.observed import observe
from factions.validation import identification as identify
from factions.validation.ablations import ablations
from factions.validation.comparison import nulls
from factions.validation.prequential import prequential
from factions.validation.replay import replay
from factions.validation.sensitivity import sensitivity
from factions.validation.split import fitted_before, split
from factions.validation.text import table

if TYPE_CHECKING:
    from factions.validation.study import Study

PARTS = ("replay", "prequential", "split", "nulls", "ablations", "identification", "sensitivity")
"""The questions, in the order in which they are answered."""


def validate(study: Study, parts: Sequence[str] = PARTS, day: date | None = None) -> dict[str, Any]:
    """The answers as plain data: {"scenario", "seed", "draws", and one object per part}."""
    observe(study.scenario)  # without a record there is nothing to be validated
    budgets = study.budgets
    found: dict[str, Any] = {
        "scenario": study.scenario.path.name,
        "title": study.scenario.title,
        "digest": study.scenario.digest,
        "seed": study.seed,
        "draws": len(study.draws),
    }
    if {"replay", "nulls"} & set(parts):
        found["replay"] = study.kept("replay", budgets.replay_worlds, partial(replay, study))
    if {"prequential", "nulls"} & set(parts):
        size = (budgets.filtered_draws, budgets.particles)
        found["prequential"] = study.kept("prequential", size, partial(prequential, study))
    if "split" in parts:
        about: Any = (day, budgets.split_minutes, budgets.replay_worlds, fitted_before(study.scenario, day))
        found["split"] = study.kept("split", about, partial(split, study, day))
    if "nulls" in parts:
        make = partial(nulls, study, found["replay"], found["prequential"])
        found["nulls"] = study.kept("nulls", budgets, make)
    if "ablations" in parts:
        found["ablations"] = ablations(study)
    if "identification" in parts:
        found["identification"] = identify.identification(study)
    if {"identification", "replay"} & set(parts):
        found["posterior"] = identify.posterior_summary(study.draws)
    if "sensitivity" in parts:
        found["sensitivity"] = sensitivity(study)
    return found


def as_text(found: dict[str, Any]) -> str:
    """The report in aligned tables; figures are given with their Monte Carlo errors."""
    title = f"{found['title']} ({found['scenario']}), {found['draws']} parameter draws, seed {found['seed']}"
    return "\n\n".join([title, *sections(found).values()]) + "\n"


def sections(found: dict[str, Any]) -> dict[str, str]:
    """The text of every part that was asked for, in the order of the questions."""
    return {name: write(found[name]) for name, write in _SECTIONS.items() if name in found}


def _pm(found: dict[str, Any], name: str) -> str:
    error = found.get(f"{name}_error")
    return f"{found[name]:.3f}" if error is None else f"{found[name]:.3f} +- {error:.3f}"


def _replay(found: dict[str, Any]) -> str:
    lines = [
        f"(a) Replay: {found['claims']} claims in {found['worlds']} worlds from the start, never corrected",
        f"    mean probability {_pm(found, 'mean_probability')}, geometric mean {_pm(found, 'geometric_mean')}",
        f"    record score {_pm(found, 'record_score')} nats a claim, its errors reckoned with",
        "",
        "    By subject:",
        _subjects(found),
        "",
        "    The least probable claims:",
    ]
    lines += [
        f"    {row['probability']:.3f} +- {row['error']:.3f}  {row['id']}: {row['instead']}" for row in found["worst"]
    ]
    return "\n".join(lines)


def _prequential(found: dict[str, Any]) -> str:
    least = sorted(found["by_claim"], key=lambda row: row["record_score"])[:5]
    return "\n".join(
        [
            f"(b) Prequential: every claim predicted from earlier meetings ({found['draws']} draws, "
            f"{found['particles']} particles)",
            f"    mean probability {_pm(found, 'mean_probability')}, record score {_pm(found, 'record_score')} nats",
            f"    log-likelihood of the record {found['log_likelihood']:.1f} (spread over draws "
            f"{found['log_likelihood_sd']:.1f})",
            "    hardest to foresee: " + ", ".join(f"{row['id']} {row['probability']:.2f}" for row in least),
        ]
    )


def _split(found: dict[str, Any]) -> str:
    rows = []
    for name, part in (("forward", found["forward"]), ("reverse", found["reverse"])):
        rows.append(
            {"fit": name, "tested on": f"{part['claims']} other claims", **_short(part), "source": part["source"]}
        )
        rows.append({"fit": name, "tested on": "the claims fitted", **_short(part["in_sample"]), "source": ""})
    given = found["forward"]["given_record"]
    rows.append(
        {
            "fit": "forward",
            "tested on": "other claims, given the record until then",
            "mean": _pm(given, "mean_probability"),
            "geometric": "",
            "record score": f"{given['record_score']:.3f}",
            "source": "",
        }
    )
    for side in ("late", "early"):
        part = found["whole"][side]
        rows.append({"fit": "whole record", "tested on": f"{side} claims", **_short(part), "source": ""})
    lines = [f"(c) Split at {found['day']}", _indented(table(rows))]
    for name in ("forward", "reverse"):
        lines += [f"    {name.capitalize()}, the other claims by subject:", _subjects(found[name])]
    return "\n".join(lines)


def _subjects(found: dict[str, Any]) -> str:
    return _indented(
        table(
            [
                {"subject": row["subject"], "claims": row["claims"], "mean": f"{row['mean_probability']:.2f}"}
                for row in found["by_subject"]
            ]
        )
    )


def _short(found: dict[str, Any]) -> dict[str, str]:
    return {
        "mean": _pm(found, "mean_probability"),
        "geometric": _pm(found, "geometric_mean"),
        "record score": _pm(found, "record_score"),
    }


def _nulls(found: dict[str, Any]) -> str:
    lines = [
        "(d) Null models on the same claims (record scores in nats a claim; each null fitted to each kind of",
        "    score; hedged: mixed with a coin in the best proportion for this record, the model too)",
    ]
    for kind in ("unconditional", "prequential"):
        rows = [
            {
                kind: row["name"],
                "mean": row[kind]["mean_probability"],
                "score": row[kind]["record_score"],
                "hedged": row[kind]["hedged_score"],
                "share of coin": row[kind]["hedge"],
            }
            for row in (found["model"], *found["nulls"])
        ]
        lines.append(_indented(table(rows)))
        part = found[kind]
        for gain, over in (
            (part, f"the best null, {part['best_null']}"),
            (part["hedged"], f"the best null, {part['hedged']['best_null']}, both hedged"),
            (part["coin"], "a coin"),
        ):
            lines.append(f"    {gain['advantage']:+.3f} +- {gain['advantage_error']:.3f} nats a claim over {over}")
    return "\n".join(lines)


def _ablations(found: dict[str, Any]) -> str:
    lines = [
        f"(e) Ablations, refitted with a budget of {found['minutes']:g} min each (loss in record score, log loss "
        "in log probability, nats a claim)",
        _losses(found["mechanisms"], "mechanism"),
    ]
    if found["policy_shifts"]:
        lines += [
            "    The same without the policy shifts, turns that the model is given and does not explain",
            _losses(found["policy_shifts"], "event"),
        ]
    return "\n".join(lines)


def _losses(rows: list[dict[str, Any]], kind: str) -> str:
    return _indented(
        table(
            [
                {
                    "without": row[kind],
                    "loss": row["loss"],
                    "error": row["loss_error"],
                    "log loss": row["log_loss"],
                    "its error": row["log_loss_error"],
                    "mean": row["mean_probability"],
                    "log-likelihood": -row["log_likelihood_loss"],
                }
                for row in rows
            ]
        )
    )


def _identification(found: dict[str, Any]) -> str:
    lines = [f"(f) Identification: {found['replicates']} simulated records"]
    for level, part in found["coverage"].items():
        error = "" if part["error"] is None else f" +- {part['error']:.3f}"
        lines.append(f"    {level} intervals cover the truth in {part['covered']:.3f}{error}")
    lines.append("    ranks of the truth, all parameters: " + " ".join(str(count) for count in found["histogram"]))
    odd = sorted(found["by_parameter"].items(), key=lambda item: item[1]["uniform"])[:5]
    lines.append("    least uniform: " + ", ".join(f"{name} (p = {row['uniform']:.2f})" for name, row in odd))
    return "\n".join(lines)


def _posterior(found: dict[str, Any]) -> str:
    columns = {"parameter": "parameter", "median": "median", "q05": "5 %", "q95": "95 %", "contraction": "contraction"}
    rows = sorted(found["parameters"], key=lambda row: -row["contraction"])
    return "\n".join(
        [
            "    Posterior, most to least contracted from the prior",
            _indented(table(rows, columns)),
            "    Strongest correlations",
            _indented(table(found["correlations"])),
        ]
    )


def _sensitivity(found: dict[str, Any]) -> str:
    lines = [
        f"(g) Sensitivity: elementary effects over {found['trajectories']} trajectories of {found['worlds']} worlds"
    ]
    for outcome in dict.fromkeys(row["outcome"] for row in found["rows"]):
        rows = sorted((row for row in found["rows"] if row["outcome"] == outcome), key=lambda row: -row["effect"])
        first = ", ".join(f"{row['factor']} {row['effect']:.2f}" for row in rows[:5])
        lines.append(f"    {outcome}: {first}")
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


_SECTIONS = {
    "replay": _replay,
    "prequential": _prequential,
    "split": _split,
    "nulls": _nulls,
    "ablations": _ablations,
    "identification": _identification,
    "posterior": _posterior,
    "sensitivity": _sensitivity,
}
