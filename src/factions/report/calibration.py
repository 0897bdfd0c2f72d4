"""A calibration as paragraphs and a table: what `factions calibrate` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factions.report.table import Block, Column, Number, table
from factions.wording import counted, three_digits

if TYPE_CHECKING:
    from factions.inference.files import Manifest
    from factions.inference.summary import ParameterFit


def report(found: Manifest, draws: Path) -> list[Block]:
    """What was fitted, the posterior of every parameter, and how far it is to be trusted."""
    convergence, sampler, fit = found.convergence, found.sampler, found.log_likelihood
    until = f" resolved by {found.until}" if found.until else ""
    return [
        f"{draws}: {counted(found.draws, 'draw')}, fitted to {counted(found.claims, 'claim')}{until}\n"
        f"likelihood of the {found.likelihood}, weight {found.weight:.3g}; {fit.per_claim:.3f} nats a claim",
        table(
            found.parameters.items(),
            Column[tuple[str, "ParameterFit"]]("parameter", lambda row: row[0]),
            Number("median", lambda row: three_digits(row[1].median)),
            Number("5%", lambda row: three_digits(row[1].q05)),
            Number("95%", lambda row: three_digits(row[1].q95)),
            Number("contraction", lambda row: f"{row[1].contraction:.3f}"),
            Number("ess", lambda row: f"{row[1].ess:.0f}"),
            Number("shift", lambda row: "-" if row[1].shift is None else f"{row[1].shift:.3f}"),
        ),
        "contraction: 1 - posterior / prior variance; ess: effective draws in the chains;\n"
        "shift: how far the means of independent runs lie apart, in posterior standard deviations",
        f"log-likelihood: mean {fit.mean:.1f}, best {fit.best:.1f}; noise of an estimate {_each(sampler.noise)} with "
        f"{_each(sampler.worlds_per_estimate)} worlds\n"
        f"log evidence: {_each(convergence.log_evidence)}; acceptance {_each(sampler.acceptance)}\n"
        f"effective draws: least {convergence.ess_least:.0f}, median {convergence.ess_median:.0f}; from the distance "
        f"between runs {convergence.ess_between_runs:.0f}",
    ]


def _each(numbers: Sequence[float]) -> str:
    return " and ".join(f"{number:.4g}" for number in numbers)
