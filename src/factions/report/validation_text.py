"""A validation as paragraphs and tables: figures with their Monte Carlo errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from factions.report.table import Block, Column, Number, Table, table
from factions.validation.ablations import Ablations, Loss
from factions.validation.comparison import KINDS, ContenderScores, Nulls
from factions.validation.identification import Correlation, Identification, ParameterRow, PosteriorSummary
from factions.validation.parts import Validation
from factions.validation.prequential import Prequential
from factions.validation.replay import MissedClaim, Replay
from factions.validation.scores import Gain, Scores
from factions.validation.sensitivity import Effect, Sensitivity
from factions.validation.split import Split
from factions.validation.subjects import Subject
from factions.wording import counted, three_digits, with_error

T = TypeVar("T")


def report(found: Validation) -> list[Block]:
    """The report: a section for every part that was asked for."""
    draws = counted(found.draws, "parameter draw")
    title = f"{found.title} ({found.scenario}), {draws}, seed {found.seed}"
    return [title, *(block for section in sections(found).values() for block in section)]


def sections(found: Validation) -> dict[str, list[Block]]:
    """Every part that was asked for, in the order of the questions."""
    written = {
        "replay": _of(found.replay, _replay),
        "prequential": _of(found.prequential, _prequential),
        "split": _of(found.split, _split),
        "nulls": _of(found.nulls, _nulls),
        "ablations": _of(found.ablations, _ablations),
        "identification": _of(found.identification, _identification),
        "posterior": _of(found.posterior, _posterior),
        "sensitivity": _of(found.sensitivity, _sensitivity),
    }
    return {name: blocks for name, blocks in written.items() if blocks}


def _of(part: T | None, write: Callable[[T], list[Block]]) -> list[Block]:
    return [] if part is None else write(part)


def _mean(found: Scores) -> str:
    return with_error(found.mean_probability, found.mean_probability_error)


def _geometric(found: Scores) -> str:
    return with_error(found.geometric_mean, found.geometric_mean_error)


def _score(found: Scores) -> str:
    return with_error(found.record_score, found.record_score_error)


def _replay(found: Replay) -> list[Block]:
    return [
        f"(a) Replay: {counted(found.claims, 'claim')} in {counted(found.worlds, 'world')} from the start, never "
        f"corrected\nmean probability {_mean(found)}, geometric mean {_geometric(found)}\n"
        f"record score {_score(found)} nats a claim, which allows for errors of the record",
        *([] if found.telling is None else [_told(found.telling)]),
        _subjects(found.by_subject, "By subject"),
        table(
            found.worst,
            Number[MissedClaim]("probability", lambda claim: with_error(claim.probability, claim.error)),
            Column("claim", lambda claim: claim.id),
            Column("instead", lambda claim: claim.instead),
            title="The least probable claims",
        ),
    ]


def _told(found: Scores) -> str:
    return (
        f"The {counted(found.claims, 'claim')} that tell something: mean probability {_mean(found)}, geometric mean "
        f"{_geometric(found)}, record score {_score(found)}"
    )


def _prequential(found: Prequential) -> list[Block]:
    least = sorted(found.by_claim, key=lambda claim: claim.record_score)[:5]
    mean = with_error(found.mean_probability, found.mean_probability_error)
    score = with_error(found.record_score, found.record_score_error)
    spread = f"{found.log_likelihood:.1f} (spread over draws {found.log_likelihood_sd:.1f})"
    return [
        f"(b) Prequential: every claim predicted from earlier meetings ({counted(found.draws, 'draw')}, "
        f"{counted(found.particles, 'particle')})\nmean probability {mean}, record score {score} nats\n"
        f"log-likelihood of the record {spread}\n"
        f"hardest to foresee: {', '.join(f'{claim.id} {claim.probability:.2f}' for claim in least)}"
    ]


def _split(found: Split) -> list[Block]:
    tests = {"forward": found.forward, "reverse": found.reverse}
    rows = []
    for name, part in tests.items():
        rows += [(name, f"{part.claims} other claims", *_short(part), part.source)]
        rows += [(name, "the claims fitted", *_short(part.in_sample), "")]
    given = found.forward.given_record
    mean = with_error(given.mean_probability, given.mean_probability_error)
    rows += [("forward", "other claims, given the record until then", mean, "", f"{given.record_score:.3f}", "")]
    rows += [("whole record", "late claims", *_short(found.whole.late), "")]
    rows += [("whole record", "early claims", *_short(found.whole.early), "")]
    return [
        f"(c) Split at {found.day}",
        table(
            rows,
            Column[tuple[str, ...]]("fit", lambda row: row[0]),
            Column("tested on", lambda row: row[1]),
            Number("mean", lambda row: row[2]),
            Number("geometric", lambda row: row[3]),
            Number("record score", lambda row: row[4]),
            Column("source", lambda row: row[5]),
        ),
        *(_subjects(part.by_subject, f"{name.capitalize()}, the other claims") for name, part in tests.items()),
    ]


def _short(found: Scores) -> tuple[str, str, str]:
    return _mean(found), _geometric(found), _score(found)


def _subjects(rows: Sequence[Subject], title: str) -> Table:
    return table(
        rows,
        Column[Subject]("subject", lambda row: row.subject),
        Number("claims", lambda row: str(row.claims)),
        Number("mean", lambda row: f"{row.mean_probability:.2f}"),
        title=title,
    )


def _nulls(found: Nulls) -> list[Block]:
    return [
        "(d) Null models on the same claims: record scores in nats a claim. Each null is fitted to each kind of score. "
        "Hedged: mixed with a coin in the proportion that is best for this record, the model included.",
        *(block for kind in KINDS for block in (_contenders(found, kind), _advantage(found, kind))),
    ]


def _contenders(found: Nulls, kind: str) -> Table:
    return table(
        found.everybody,
        Column[ContenderScores](kind, lambda row: row.name),
        Number("mean", lambda row: f"{row.on(kind).mean_probability:.3f}"),
        Number("score", lambda row: f"{row.on(kind).record_score:.3f}"),
        Number("hedged", lambda row: f"{row.on(kind).hedged_score:.3f}"),
        Number("share of coin", lambda row: f"{row.on(kind).hedge:.3f}"),
    )


def _advantage(found: Nulls, kind: str) -> Table:
    part = found.advantage(kind)
    rows: list[tuple[str, Gain]] = [
        (f"the best null, {part.best_null}", part),
        (f"the best null, {part.hedged.best_null}, both hedged", part.hedged),
        ("a coin", part.coin),
    ]
    return table(
        rows,
        Column[tuple[str, Gain]]("the model against", lambda row: row[0]),
        Number("nats a claim", lambda row: with_error(row[1].advantage, row[1].advantage_error, sign="+")),
    )


def _ablations(found: Ablations) -> list[Block]:
    about = f"(e) Ablations, each refitted with a budget of {found.minutes:g} min: the loss in record score, and in "
    shifts = [(row.event, row) for row in found.policy_shifts]
    title = "The same without the policy shifts, which the model is given and does not explain"
    return [
        about + "log probability (log loss), in nats a claim",
        _losses([(row.mechanism, row) for row in found.mechanisms], ""),
        *([_losses(shifts, title)] if shifts else []),
    ]


def _losses(rows: Sequence[tuple[str, Loss]], title: str) -> Table:
    return table(
        rows,
        Column[tuple[str, Loss]]("without", lambda row: row[0]),
        Number("loss", lambda row: with_error(row[1].loss, row[1].loss_error)),
        Number("log loss", lambda row: with_error(row[1].log_loss, row[1].log_loss_error)),
        Number("mean", lambda row: f"{row[1].mean_probability:.3f}"),
        Number("log-likelihood", lambda row: f"{-row[1].log_likelihood_loss:.1f}"),
        title=title,
    )


def _identification(found: Identification) -> list[Block]:
    lines = [f"(f) Identification: {counted(found.replicates, 'simulated record')}"]
    lines += [
        f"{level} intervals cover the truth in {with_error(part.covered, part.error)}"
        for level, part in found.coverage.items()
    ]
    lines.append("ranks of the truth, all parameters: " + " ".join(str(count) for count in found.histogram))
    odd = sorted(found.by_parameter.items(), key=lambda item: item[1].uniform)[:5]
    lines.append("least uniform: " + ", ".join(f"{name} (p = {row.uniform:.2f})" for name, row in odd))
    return ["\n".join(lines)]


def _posterior(found: PosteriorSummary) -> list[Block]:
    return [
        table(
            sorted(found.parameters, key=lambda row: -row.contraction),
            Column[ParameterRow]("parameter", lambda row: row.parameter),
            Number("median", lambda row: three_digits(row.median)),
            Number("5%", lambda row: three_digits(row.q05)),
            Number("95%", lambda row: three_digits(row.q95)),
            Number("contraction", lambda row: f"{row.contraction:.3f}"),
            title="Posterior, most to least contracted from the prior",
        ),
        table(
            found.correlations,
            Column[Correlation]("parameters", lambda row: f"{row.first}, {row.second}"),
            Number("correlation", lambda row: with_error(row.correlation, row.error)),
            title="Strongest correlations",
        ),
    ]


def _sensitivity(found: Sensitivity) -> list[Block]:
    lines = [
        f"(g) Sensitivity: elementary effects over {found.trajectories} trajectories of "
        f"{counted(found.worlds, 'world')}"
    ]
    for outcome in dict.fromkeys(row.outcome for row in found.rows):
        rows: list[Effect] = [row for row in found.rows if row.outcome == outcome]
        first = sorted(rows, key=lambda row: -row.effect)[:5]
        lines.append(f"{outcome}: {', '.join(f'{row.factor} {row.effect:.2f}' for row in first)}")
    return ["\n".join(lines)]
