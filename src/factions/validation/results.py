"""What a validation answers, as frozen data: one type for each part, and the same as plain data for JSON.

Field names are the keys of `validation.json`.  Probabilities and shares lie in [0, 1]; scores, losses and advantages
are in nats a claim; `<name>_error` is the standard error of `<name>`, in its unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@dataclass(frozen=True)
class Scores:
    """Scores of `claims` claims in `worlds` worlds.

    `mean_probability` of the claims; `log_score`: mean log probability, `geometric_mean`: exp of it; `record_score`:
    mean log probability of what the record says, its own errors reckoned with (`inference.observed.record_score`).
    """

    worlds: int
    claims: int
    mean_probability: float
    mean_probability_error: float
    geometric_mean: float
    geometric_mean_error: float
    log_score: float
    log_score_error: float
    record_score: float
    record_score_error: float


@dataclass(frozen=True)
class Subject:
    """Mean probability of the `claims` claims about one subject (`subjects.SUBJECTS`)."""

    subject: str
    claims: int
    mean_probability: float


@dataclass(frozen=True)
class ClaimProbability:
    """The probability that a model gives a claim."""

    id: str
    probability: float
    error: float


@dataclass(frozen=True)
class ReplayedClaim:
    """A claim, how sure the record is of it (None: it does not say), and its probability in worlds from the start."""

    id: str
    text: str
    confidence: str | None
    probability: float
    error: float


@dataclass(frozen=True)
class MissedClaim(ReplayedClaim):
    """A claim that worlds get wrong, and a sentence that says what happens `instead`."""

    instead: str


@dataclass(frozen=True)
class Replay(Scores):
    """(a) Worlds from the start, never corrected: the `worst` claims, and all of them by subject and one by one."""

    worst: tuple[MissedClaim, ...]
    by_subject: tuple[Subject, ...]
    by_claim: tuple[ReplayedClaim, ...]


@dataclass(frozen=True)
class ForeseenClaim(ClaimProbability):
    """A claim's probability given what was resolved at earlier meetings, and its score."""

    record_score: float


@dataclass(frozen=True)
class Prequential:
    """(b) Every claim predicted from earlier meetings, by a filter of `particles` worlds for each of `draws` draws.

    `log_likelihood` of the whole record in nats, mean over the draws; `log_likelihood_sd`: its spread over them.
    """

    draws: int
    particles: int
    claims: int
    mean_probability: float
    mean_probability_error: float
    record_score: float
    record_score_error: float
    log_likelihood: float
    log_likelihood_sd: float
    by_claim: tuple[ForeseenClaim, ...]


@dataclass(frozen=True)
class OutOfSample(Scores):
    """A fit to `fitted_claims` claims scored on the others.

    `source`: the file of its draws, or how they were fitted; `in_sample`: scores on the claims that it was fitted to.
    """

    source: str
    fitted_claims: int
    in_sample: Scores
    by_subject: tuple[Subject, ...]
    by_claim: tuple[ClaimProbability, ...]


@dataclass(frozen=True)
class GivenRecord:
    """The later claims in `worlds` worlds that agree with the record up to the day and are left alone from there."""

    mean_probability: float
    mean_probability_error: float
    record_score: float
    worlds: int


@dataclass(frozen=True)
class Forward(OutOfSample):
    """A fit to the earlier claims scored on the later ones, from the start and given the record up to the day."""

    given_record: GivenRecord


@dataclass(frozen=True)
class Whole:
    """Scores of the fit to the whole record on the claims resolved by the day (`early`) and after it (`late`)."""

    late: Scores
    early: Scores


@dataclass(frozen=True)
class Split:
    """(c) Fitted to the claims resolved by `day` and tested on the later ones (`forward`), and the other way round."""

    day: date
    forward: Forward
    reverse: OutOfSample
    whole: Whole


@dataclass(frozen=True)
class HedgedScores:
    """Scores of one model on one kind of score.

    `hedged_score`: its record score when its probabilities are mixed with one half, whose share is `hedge`.
    """

    mean_probability: float
    record_score: float
    hedged_score: float
    hedge: float


@dataclass(frozen=True)
class ContenderScores:
    """One model on both kinds of score; for a null that is fitted, how well the record follows from it and by what.

    `log_likelihood` of the record in nats; `chances` by name (`nulls.CHANCES`) fitted to the unconditional score,
    `prequential_chances` to the likelihood.  The three are None for models without such chances.
    """

    name: str
    unconditional: HedgedScores
    prequential: HedgedScores
    log_likelihood: float | None = None
    chances: dict[str, float] | None = None
    prequential_chances: dict[str, float] | None = None

    def on(self, kind: str) -> HedgedScores:
        """Its scores on one of `KINDS`."""
        return self.unconditional if kind == "unconditional" else self.prequential


@dataclass(frozen=True)
class Gain:
    """Mean advantage in record score over another model, with its standard error over claims."""

    advantage: float
    advantage_error: float


@dataclass(frozen=True)
class GainOverBest(Gain):
    """Advantage over the null model that does best."""

    best_null: str


@dataclass(frozen=True)
class Advantage(GainOverBest):
    """Advantage over the best null, over the best when all are `hedged`, and over a `coin`."""

    hedged: GainOverBest
    coin: Gain


KINDS = ("unconditional", "prequential")
"""Kinds of score: worlds from the start, and every claim predicted from earlier meetings."""


@dataclass(frozen=True)
class Nulls:
    """(d) The model, the null models, and its advantage over them on each kind of score."""

    model: ContenderScores
    nulls: tuple[ContenderScores, ...]
    unconditional: Advantage
    prequential: Advantage

    @property
    def everybody(self) -> tuple[ContenderScores, ...]:
        """The model first."""
        return (self.model, *self.nulls)

    def advantage(self, kind: str) -> Advantage:
        """The advantage on one of `KINDS`."""
        return self.unconditional if kind == "unconditional" else self.prequential


@dataclass(frozen=True)
class RunScores:
    """Scores of one of the independent runs of a refit."""

    log_score: float
    record_score: float
    mean_probability: float


@dataclass(frozen=True)
class Refit(Scores):
    """Scores of a refit, and of each of its `runs`.

    `log_likelihood` of the record in nats, mean over draws; `log_likelihood_averaged`: log of the mean likelihood.
    """

    log_likelihood: float
    log_likelihood_averaged: float
    runs: tuple[RunScores, ...]


@dataclass(frozen=True)
class Loss:
    """What the record loses without something: in record score, in log score, and in log-likelihood (nats in all).

    `mean_probability` of the claims without it.
    """

    loss: float
    loss_error: float
    log_loss: float
    log_loss_error: float
    mean_probability: float
    log_likelihood_loss: float


@dataclass(frozen=True)
class MechanismLoss(Loss):
    """What is lost when a mechanism is switched off."""

    mechanism: str


@dataclass(frozen=True)
class EventLoss(Loss):
    """What is lost when a dated policy shift, or all of them, are left out."""

    event: str


@dataclass(frozen=True)
class Ablations:
    """(e) The full model and what is lost without each mechanism and each policy shift, the greatest loss first.

    `minutes`: budget of every refit.
    """

    minutes: float
    full: Refit
    mechanisms: tuple[MechanismLoss, ...]
    policy_shifts: tuple[EventLoss, ...]


@dataclass(frozen=True)
class Coverage:
    """Share of the true parameters that intervals cover; `error` over simulated records, None for a single one."""

    covered: float
    error: float | None


@dataclass(frozen=True)
class Ranks:
    """Ranks of one true parameter among its draws.

    `histogram`: counts in equal bins of [0, 1]; `uniform`: probability that uniform ranks stray as far; `coverage`:
    share covered, by level of the interval ("90%").
    """

    histogram: tuple[int, ...]
    uniform: float
    coverage: dict[str, float]


@dataclass(frozen=True)
class Bin:
    """Claims with nearly the same probability: the mean of what was `predicted`, the share that `held`, how many."""

    predicted: float
    held: float
    claims: int
    error: float


@dataclass(frozen=True)
class Recovery:
    """Ranks of true parameters over simulated records: coverage by level ("90%"), all ranks, ranks by parameter."""

    coverage: dict[str, Coverage]
    histogram: tuple[int, ...]
    by_parameter: dict[str, Ranks]


@dataclass(frozen=True)
class Identification(Recovery):
    """(f) Fits to `replicates` simulated records of `minutes` budget each, and claims predicted in other worlds."""

    replicates: int
    minutes: float
    prediction: tuple[Bin, ...]


@dataclass(frozen=True)
class ParameterRow:
    """A parameter's range in the prior, and quantiles of its posterior, in its unit.

    `contraction`: 1 - posterior / prior variance on the normal scale; `shift`: posterior mean there, 0 for the prior.
    """

    parameter: str
    low: float
    high: float
    q05: float
    median: float
    q95: float
    contraction: float
    shift: float


@dataclass(frozen=True)
class Correlation:
    """Correlation of two parameters in the posterior, on the normal scale."""

    first: str
    second: str
    correlation: float
    error: float


@dataclass(frozen=True)
class PosteriorSummary:
    """What `draws` draws of the posterior say of every parameter, and the strongest correlations."""

    draws: int
    parameters: tuple[ParameterRow, ...]
    correlations: tuple[Correlation, ...]


@dataclass(frozen=True)
class Effect:
    """Mean absolute elementary effect of a factor on an outcome: the change of the outcome over the factor's range.

    `kind` of the factor: "parameter", "position" of a bloc or "tie"; `error` from the bootstrap.
    """

    outcome: str
    factor: str
    kind: str
    effect: float
    error: float


@dataclass(frozen=True)
class Sensitivity:
    """(g) Effects of all factors, over `trajectories` of `worlds` worlds; `step`, `tie_step`: how far inputs move."""

    method: str
    trajectories: int
    worlds: int
    step: float
    tie_step: float
    rows: tuple[Effect, ...]


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


def to_plain(value: Any) -> Any:
    """A frozen result as dictionaries, lists, numbers and strings: what JSON knows."""
    return TypeAdapter(type(value)).dump_python(value, mode="json")


def from_plain(kind: type[T], data: Any) -> T:
    """The result of that type that `to_plain` made the data from; pydantic.ValidationError if it made it from none."""
    return TypeAdapter(kind).validate_python(data)
