"""A validation as text: aligned tables, figures with their Monte Carlo errors."""

from __future__ import annotations

from collections.abc import Sequence

from factions.validation.ablations import Ablations, Loss
from factions.validation.comparison import KINDS, Nulls
from factions.validation.identification import Identification, PosteriorSummary
from factions.validation.parts import Validation
from factions.validation.prequential import Prequential
from factions.validation.replay import Replay
from factions.validation.scores import Scores
from factions.validation.sensitivity import Sensitivity
from factions.validation.split import Split
from factions.validation.subjects import Subject
from factions.validation.text import table
from factions.wording import with_error


def as_text(found: Validation) -> str:
    """The report: a section for every part that was asked for."""
    title = f"{found.title} ({found.scenario}), {found.draws} parameter draws, seed {found.seed}"
    return "\n\n".join([title, *sections(found).values()]) + "\n"


def sections(found: Validation) -> dict[str, str]:
    """The text of every part that was asked for, in the order of the questions."""
    written = {
        "replay": _replay(found.replay) if found.replay else "",
        "prequential": _prequential(found.prequential) if found.prequential else "",
        "split": _split(found.split) if found.split else "",
        "nulls": _nulls(found.nulls) if found.nulls else "",
        "ablations": _ablations(found.ablations) if found.ablations else "",
        "identification": _identification(found.identification) if found.identification else "",
        "posterior": _posterior(found.posterior) if found.posterior else "",
        "sensitivity": _sensitivity(found.sensitivity) if found.sensitivity else "",
    }
    return {name: text for name, text in written.items() if text}


def _mean(found: Scores) -> str:
    return with_error(found.mean_probability, found.mean_probability_error)


def _replay(found: Replay) -> str:
    geometric = with_error(found.geometric_mean, found.geometric_mean_error)
    score = with_error(found.record_score, found.record_score_error)
    lines = [
        f"(a) Replay: {found.claims} claims in {found.worlds} worlds from the start, never corrected",
        f"    mean probability {_mean(found)}, geometric mean {geometric}",
        f"    record score {score} nats a claim, its errors reckoned with",
        "",
        "    By subject:",
        _subjects(found.by_subject),
        "",
        "    The least probable claims:",
    ]
    lines += [f"    {with_error(claim.probability, claim.error)}  {claim.id}: {claim.instead}" for claim in found.worst]
    return "\n".join(lines)


def _prequential(found: Prequential) -> str:
    least = sorted(found.by_claim, key=lambda claim: claim.record_score)[:5]
    mean = with_error(found.mean_probability, found.mean_probability_error)
    score = with_error(found.record_score, found.record_score_error)
    return "\n".join(
        [
            f"(b) Prequential: every claim predicted from earlier meetings ({found.draws} draws, "
            f"{found.particles} particles)",
            f"    mean probability {mean}, record score {score} nats",
            f"    log-likelihood of the record {found.log_likelihood:.1f} (spread over draws "
            f"{found.log_likelihood_sd:.1f})",
            "    hardest to foresee: " + ", ".join(f"{claim.id} {claim.probability:.2f}" for claim in least),
        ]
    )


def _split(found: Split) -> str:
    rows = []
    tests = {"forward": found.forward, "reverse": found.reverse}
    for name, part in tests.items():
        rows.append({"fit": name, "tested on": f"{part.claims} other claims", **_short(part), "source": part.source})
        rows.append({"fit": name, "tested on": "the claims fitted", **_short(part.in_sample), "source": ""})
    given = found.forward.given_record
    rows.append(
        {
            "fit": "forward",
            "tested on": "other claims, given the record until then",
            "mean": with_error(given.mean_probability, given.mean_probability_error),
            "geometric": "",
            "record score": f"{given.record_score:.3f}",
            "source": "",
        }
    )
    for side, scores in (("late", found.whole.late), ("early", found.whole.early)):
        rows.append({"fit": "whole record", "tested on": f"{side} claims", **_short(scores), "source": ""})
    lines = [f"(c) Split at {found.day}", _indented(table(rows))]
    for name, part in tests.items():
        lines += [f"    {name.capitalize()}, the other claims by subject:", _subjects(part.by_subject)]
    return "\n".join(lines)


def _subjects(rows: Sequence[Subject]) -> str:
    return _indented(
        table([{"subject": row.subject, "claims": row.claims, "mean": f"{row.mean_probability:.2f}"} for row in rows])
    )


def _short(found: Scores) -> dict[str, str]:
    return {
        "mean": _mean(found),
        "geometric": with_error(found.geometric_mean, found.geometric_mean_error),
        "record score": with_error(found.record_score, found.record_score_error),
    }


def _nulls(found: Nulls) -> str:
    lines = [
        "(d) Null models on the same claims (record scores in nats a claim; each null fitted to each kind of",
        "    score; hedged: mixed with a coin in the best proportion for this record, the model too)",
    ]
    for kind in KINDS:
        scores = {row.name: row.on(kind) for row in found.everybody}
        rows = [
            {
                kind: name,
                "mean": row.mean_probability,
                "score": row.record_score,
                "hedged": row.hedged_score,
                "share of coin": row.hedge,
            }
            for name, row in scores.items()
        ]
        lines.append(_indented(table(rows)))
        part = found.advantage(kind)
        for gain, over in (
            (part, f"the best null, {part.best_null}"),
            (part.hedged, f"the best null, {part.hedged.best_null}, both hedged"),
            (part.coin, "a coin"),
        ):
            lines.append(f"    {with_error(gain.advantage, gain.advantage_error, sign='+')} nats a claim over {over}")
    return "\n".join(lines)


def _ablations(found: Ablations) -> str:
    lines = [
        f"(e) Ablations, refitted with a budget of {found.minutes:g} min each (loss in record score, log loss "
        "in log probability, nats a claim)",
        _losses({row.mechanism: row for row in found.mechanisms}),
    ]
    if found.policy_shifts:
        lines += [
            "    The same without the policy shifts, turns that the model is given and does not explain",
            _losses({row.event: row for row in found.policy_shifts}),
        ]
    return "\n".join(lines)


def _losses(rows: dict[str, Loss]) -> str:
    return _indented(
        table(
            [
                {
                    "without": name,
                    "loss": row.loss,
                    "error": row.loss_error,
                    "log loss": row.log_loss,
                    "its error": row.log_loss_error,
                    "mean": row.mean_probability,
                    "log-likelihood": -row.log_likelihood_loss,
                }
                for name, row in rows.items()
            ]
        )
    )


def _identification(found: Identification) -> str:
    lines = [f"(f) Identification: {found.replicates} simulated records"]
    for level, part in found.coverage.items():
        lines.append(f"    {level} intervals cover the truth in {with_error(part.covered, part.error)}")
    lines.append("    ranks of the truth, all parameters: " + " ".join(str(count) for count in found.histogram))
    odd = sorted(found.by_parameter.items(), key=lambda item: item[1].uniform)[:5]
    lines.append("    least uniform: " + ", ".join(f"{name} (p = {row.uniform:.2f})" for name, row in odd))
    return "\n".join(lines)


def _posterior(found: PosteriorSummary) -> str:
    columns = {"parameter": "parameter", "median": "median", "q05": "5 %", "q95": "95 %", "contraction": "contraction"}
    rows = [vars(row) for row in sorted(found.parameters, key=lambda row: -row.contraction)]
    return "\n".join(
        [
            "    Posterior, most to least contracted from the prior",
            _indented(table(rows, columns)),
            "    Strongest correlations",
            _indented(table([vars(row) for row in found.correlations])),
        ]
    )


def _sensitivity(found: Sensitivity) -> str:
    lines = [f"(g) Sensitivity: elementary effects over {found.trajectories} trajectories of {found.worlds} worlds"]
    for outcome in dict.fromkeys(row.outcome for row in found.rows):
        rows = sorted((row for row in found.rows if row.outcome == outcome), key=lambda row: -row.effect)
        first = ", ".join(f"{row.factor} {row.effect:.2f}" for row in rows[:5])
        lines.append(f"    {outcome}: {first}")
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
