"""Write what a validation leaves behind: the data, the text, figures with their tables, and the page to read."""

from __future__ import annotations

from pathlib import Path

from factions.report.page import Page, escape
from factions.report.table import PIPED, as_text
from factions.report.validation_text import report, sections
from factions.store.files import write_json, write_text
from factions.validation.parts import Validation
from factions.validation.scores import Scores
from factions.wording import counted, with_error

QUESTIONS = {
    "replay": "Do worlds that start on the first day and are never corrected reproduce the record?",
    "prequential": "Is each meeting foreseen from those before it?",
    "split": "Does a fit to one part of the record predict the other?",
    "nulls": "Is it better than no theory?",
    "ablations": "Which mechanisms does it need, and which of the policy shifts that it is given?",
    "identification": "Would the method find known parameters?",
    "posterior": "What does the record say about the parameters?",
    "sensitivity": "Which inputs drive the outcomes?",
}
"""What each part answers, as its heading on the page."""

_PICTURES = {
    "posterior": ("posterior", "Central 90% of the posterior of every parameter on the range of its prior."),
    "correlations": ("posterior", "The strongest correlations between parameters."),
    "nulls": ("nulls", "Scores of the model and of the null models."),
    "ablations": ("ablations", "What the score loses without each mechanism."),
    "policy_shifts": ("ablations", "What the score loses without each dated policy shift."),
    "ranks": ("identification", "Ranks of the true parameters among the draws, for simulated records."),
    "prediction": ("identification", "How often claims hold, against the predicted probability."),
    "effects": ("sensitivity", "The inputs with the greatest effect on how many claims hold."),
}
_LIMITS = (
    "Replay and prediction from earlier meetings use parameters that have seen the whole record; only the split tests "
    "claims that the fit has not seen.",
    "Positions, prestige and ties are judgements, held fixed while parameters are fitted.",
    "Claims were chosen by people who knew the outcome. No score here is a prediction of another struggle.",
)


def write_validation(found: Validation, folder: Path, command: str) -> list[Path]:
    """validation.json and .txt, plots/ (PNG, SVG, CSV) and report.html of a validation's parts; what was written."""
    from factions.plots.validation import save_plots

    data, text, page = folder / "validation.json", folder / "validation.txt", folder / "report.html"
    write_json(data, found.plain())
    write_text(text, as_text(report(found), PIPED))
    plots = save_plots(found, folder / "plots")
    write_text(page, validation_page(found, plots, command).markup())
    return [data, text, *plots, page]


def validation_page(found: Validation, plots: list[Path], command: str) -> Page:
    """The page: the figures that matter most, then every part with its tables and pictures, limits, provenance."""
    page = Page(f"Validation: {found.title}")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.add('<p class="question">How far can the model be trusted?</p>')
    page.answer(answer(found))
    drawn = {path.stem: path for path in plots if path.suffix == ".png"}
    for name, blocks in sections(found).items():
        page.heading(QUESTIONS[name])
        page.blocks(blocks)
        for picture, (part, words) in _PICTURES.items():
            if part == name and picture in drawn:
                page.picture(drawn[picture], words)
    page.heading("What this does not show")
    page.points(_LIMITS)
    page.provenance(
        {
            "scenario": f"{found.scenario} (SHA-256 {found.digest[:16]})",
            "parameters": counted(found.draws, "draw"),
            "seed": found.seed,
            "command": command,
        }
    )
    return page


def answer(found: Validation) -> list[str]:
    """One sentence for every part whose answer is a figure, with its error."""
    said = []
    if found.replay is not None:
        mean, claims = _mean(found.replay), found.replay.claims
        said.append(f"Worlds that are never corrected give the {claims} claims a mean probability of {mean}.")
    if found.nulls is not None:
        gain = found.nulls.prequential
        words = "better" if gain.advantage >= 0.0 else "worse"
        size = f"{with_error(abs(gain.advantage), gain.advantage_error)} nats a claim"
        said.append(f"Meeting by meeting the model predicts them {size} {words} than the best null model.")
    if found.split is not None:
        mean, day = _mean(found.split.forward), found.split.day
        said.append(f"Fitted to the record up to {day} alone, it gives the later claims a mean probability of {mean}.")
    if found.identification is not None:
        share = found.identification.coverage["90%"].covered
        said.append(f"For simulated records, 90% intervals contain the true parameter in {share:.0%} of cases.")
    return said


def _mean(found: Scores) -> str:
    return with_error(found.mean_probability, found.mean_probability_error)
