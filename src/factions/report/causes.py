"""Causes of an outcome: what `factions causes` prints and writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factions.counterfactual.causes import FEWEST, Cause
from factions.counterfactual.days import with_month
from factions.counterfactual.inevitability import CHANCE, Point, last_open
from factions.report.notebook import Row, Shown
from factions.report.page import Page, escape
from factions.report.table import Block, Column, Number, Table, table
from factions.scenario.content.outcome_names import parts
from factions.store.files import write_json, write_text
from factions.wording import Names, counted, month, percent, with_error, worlds_instead

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.explanation import Explanation
    from factions.scenario import Scenario

LISTED = 15
"""Causes of each direction that text and page list."""
LEAST = 5
"""Causes that are listed even if none has a clear effect."""
NAMED = 3
"""Causes of each direction that the first sentences name."""

DEFINITIONS = (
    "Necessity: of the worlds with cause and outcome, the share in which the outcome fails once the cause is taken "
    "away. Sufficiency: of the worlds with neither, the share in which the cause brings it about (Pearl 2000, ch. 9; "
    "Tian & Pearl 2000)."
)
_AGAINST = "Here “outcome” is that it does not come: necessity and sufficiency speak of that."
_NOTE = f"± is one standard error; - stands where fewer than {FEWEST} worlds can tell."
_KIND = {"event": "event", "mechanism": "rule of the model", "decision": "decision"}


def summary(found: Explanation) -> dict[str, object]:
    """The object that `--format json` prints."""
    last = last_open(found.points)
    return {
        "scenario": found.base.path.name,
        "outcome": found.outcome.name,
        "text": found.outcome.text,
        "worlds": found.worlds,
        "seed": found.seed,
        "condition": found.condition.value,
        "warnings": [found.caution] if found.caution else [],
        "answer": answer(found),
        "causes": [asdict(cause) for cause in found.causes],
        "inevitability": [asdict(point) for point in found.points],
        "last_open": asdict(last) if last else None,
    }


def report(found: Explanation) -> list[Block]:
    """The answer, the causes for and against, the probability given the record, and when the alternative was open."""
    title = f"Causes of “{found.outcome.text}”, in {found.base.title}"
    return [
        "\n".join([title, "=" * len(title)]),
        "\n".join(answer(found)),
        *tables(found),
        " ".join(filter(None, (DEFINITIONS, _NOTE, weighed(found)))),
        _points(found),
    ]


def answer(found: Explanation) -> list[str]:
    """The first sentences: what helped the outcome, what stood in its way, how many were tried, when it was open."""
    helped, hindered = found.favouring("outcome"), found.favouring("opposite")
    return [
        _how_often(found),
        _most(found, helped, "What helped it most", "Nothing that was tried clearly helped it"),
        _most(found, hindered, "What stood most in its way", "Nothing that was tried clearly stood in its way"),
        _tried(found),
        open_words(found),
    ]


def _how_often(found: Explanation) -> str:
    first, last = found.points[0].probability, found.points[-1].probability
    what = f"“{found.outcome.text}”{_at_the_end(found)}"
    return (
        f"{what} comes true in {percent(first)} of the worlds if the model is left to itself from the start, and in "
        f"{percent(last)} of the worlds that agree with the whole record."
    )


def _at_the_end(found: Explanation) -> str:
    """When the outcome is looked at, if its name does not say so."""
    kind, _, meeting = parts(found.outcome.name)
    last = found.base.meetings[-1]
    return "" if meeting or kind in ("claim", "record") else f" at the end ({month(last.date)})"


def _most(found: Explanation, causes: Sequence[Cause], beginning: str, nothing: str) -> str:
    if not causes:
        return f"{nothing}."
    return f"{beginning}: {'; '.join(_named(found, cause) for cause in causes[:NAMED])}."


def _named(found: Explanation, cause: Cause) -> str:
    """A cause, and what becomes of the outcome without it."""
    what = f"the {_KIND[cause.kind]} “{cause.text.rstrip('.')}”{decided(found.base, cause)}"
    return f"{what} (without it {worlds_instead(cause.without_it, cause.with_it)})"


_DECIDED = {
    "allied": "{} together",
    "apart": "{} apart",
    "open": "{} in open opposition",
    "quiet": "{} not in open opposition",
    "capitulated": "{} surrendering",
    "holds_out": "{} holding out",
}
"""What a documented decision says, by the predicate of its claim."""


def decided(base: Scenario, cause: Cause) -> str:
    """Who decided what and when, in words that stand after the text of a documented decision; "" for other causes."""
    claim = next((claim for claim in base.record if f"claim:{claim.id}" == cause.name), None)
    if claim is None or claim.predicate not in _DECIDED:
        return ""
    names = Names(base)
    who = names.bloc_list(getattr(claim, "blocs", ())) if getattr(claim, "blocs", ()) else ""
    who = who or names.leader_list(getattr(claim, "leaders", ()))
    meetings = {meeting.id: meeting.name for meeting in base.meetings}
    when = [meetings[each] for each in (claim.between or (claim.at,)) if each]
    return f": {_DECIDED[claim.predicate].format(who)}, {' to '.join(dict.fromkeys(when))}"


def _tried(found: Explanation) -> str:
    tried = f"{counted(len(found.causes), 'cause')} {'was' if len(found.causes) == 1 else 'were'} tried, one at a time"
    by_luck = len(found.causes) / 22  # two errors are exceeded in one case of 22
    luck = f"luck alone would give about {by_luck:.0f} such" if by_luck >= 0.5 else "luck alone would seldom do that"
    clear = f"{len(found.clear) or 'none'} changed the probability by more than twice its error ({luck})"
    errors = sorted(cause.effect_error for cause in found.causes if cause.effect_error is not None)
    if not errors:
        return f"{tried}; {clear}."
    least = 200 * errors[len(errors) // 2]
    return (
        f"{tried}, in the same {counted(found.worlds, 'world')}; {clear}. In so many worlds an effect shows "
        f"from about {least:.1f} percentage points on."
    )


def open_words(found: Explanation) -> str:
    """When the alternative was last open, as a sentence."""
    points, share = found.points, percent(CHANCE)
    last = last_open(points)
    other = "not come" if points[-1].probability >= 0.5 else "come"
    if last is None:
        return f"Given the record, the chance that it would {other} was never {share} or more."
    if last is points[-1]:
        return f"Given the whole record, the chance that it would {other} is still {share} or more."
    when = f"after {_meetings(found)[last.meeting]}" if last.meeting else "at the start"
    return f"Given the record so far, the chance that it would {other} was {share} or more for the last time {when}."


def tables(found: Explanation) -> list[Table]:
    """The causes that helped and those that stood in the way; if none is clear, those with the largest effects."""
    helped, hindered = found.favouring("outcome"), found.favouring("opposite")
    if not found.clear:
        largest = [cause for cause in found.causes if cause.effect][:LEAST]
        return [_causes(found.base, largest, "The largest effects: none exceeds twice its error")] if largest else []
    made = []
    if helped:
        made.append(_causes(found.base, helped[:LISTED], "What helped it", _more(helped)))
    if hindered:
        made.append(_causes(found.base, hindered[:LISTED], "What stood in its way", f"{_more(hindered)}{_AGAINST}"))
    return made


def _full(base: Scenario, cause: Cause) -> str:
    """The text of a cause, and of a decision whose it was."""
    more = decided(base, cause)
    return f"{cause.text.rstrip('.')}{more}" if more else cause.text


def _more(causes: Sequence[Cause]) -> str:
    return f"... and {len(causes) - LISTED} more. " if len(causes) > LISTED else ""


def _causes(base: Scenario, causes: Sequence[Cause], title: str, note: str = "") -> Table:
    return table(
        causes,
        Column[Cause]("cause", lambda cause: f"{_KIND[cause.kind]}: {_full(base, cause)}"),
        Number("without it", lambda cause: f"{cause.without_it:.3f}"),
        Number("with it", lambda cause: f"{cause.with_it:.3f}"),
        Number("effect", lambda cause: _shown(cause.effect, cause.effect_error, sign="+")),
        Number("necessity", lambda cause: _shown(cause.necessity, cause.necessity_error)),
        Number("sufficiency", lambda cause: _shown(cause.sufficiency, cause.sufficiency_error)),
        title=title,
        note=note,
        faint=lambda cause: not cause.clear,
    )


def _points(found: Explanation) -> Table:
    names = _meetings(found)
    return table(
        found.points,
        Column[Point]("given the record up to", lambda point: names.get(point.meeting, "the start")),
        Number("probability", lambda point: _shown(point.probability, point.error)),
    )


def _meetings(found: Explanation) -> dict[str, str]:
    """What every meeting is called, with its month."""
    return {meeting.id: with_month(meeting.name, meeting.date) for meeting in found.base.meetings}


def _shown(value: float | None, error: float | None, sign: str = "") -> str:
    return "-" if value is None else with_error(value, error, sign=sign)


@dataclass(frozen=True, repr=False)
class Causes(Shown):
    """The causes of an outcome as `factions.causes` returns them; `found`: all of it, as data."""

    found: Explanation

    def summary(self) -> str:
        found = self.found
        return f"Causes of “{found.outcome.text}” in {found.base.title}: {counted(len(found.causes), 'cause')} tried"

    def blocks(self) -> list[Block]:
        return report(self.found)

    def tables(self) -> Mapping[str, Sequence[Row]]:
        return {
            "causes": [asdict(cause) for cause in self.found.causes],
            "inevitability": [asdict(point) for point in self.found.points],
        }

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        from factions.plots import causation, inevitability

        return {
            "causes": lambda: causation.figure(self.found),
            "inevitability": lambda: inevitability.figure(self.found),
        }

    def save(self, folder: str | Path) -> list[Path]:
        return write_causes(self.found, Path(folder), "factions.causes(...)")


def write_causes(found: Explanation, folder: Path, command: str) -> list[Path]:
    """The figures of causes and of inevitability (PNG, SVG, CSV), result.json, and report.html with all of it."""
    from factions.plots import causation, inevitability
    from factions.plots.output import save

    effects = save(causation.figure(found), causation.table(found.causes), folder, "causes")
    curve = save(inevitability.figure(found), inevitability.table(found.points), folder, "inevitability")
    result, page = folder / "result.json", folder / "report.html"
    write_json(result, summary(found))
    write_text(page, _page(found, effects[0], curve[0], command).markup())
    return [*effects, *curve, result, page]


def _page(found: Explanation, causes: Path, curve: Path, command: str) -> Page:
    page = Page(f"Causes of “{found.outcome.text}”")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.add(f'<p class="question">{escape(found.base.title)}</p>')
    page.answer(answer(found))
    page.warnings([found.caution] if found.caution else [])
    page.heading("What single causes did")
    page.picture(causes, "The causes with the largest effects, for the outcome or against it.")
    page.paragraph(DEFINITIONS)
    for each in tables(found):
        page.table(each)
    page.paragraph(f"{_NOTE} All {counted(len(found.causes), 'cause')} that were tried are in causes.csv.")
    page.heading("When it was settled")
    page.picture(curve, "Probability of the outcome given the record up to each meeting.")
    page.table(_points(found))
    page.heading("How it was done")
    page.paragraph(_how(found))
    page.provenance(
        {
            "command": command,
            "seed": found.seed,
            "worlds": found.worlds,
            "condition": found.condition.value,
            "scenario": f"{found.base.path.name} ({found.base.digest[:16]})",
        }
    )
    return page


_HOW = {
    "event": "An event was cancelled.",
    "mechanism": "A rule of the model was switched off.",
    "decision": "A documented decision was reversed, and compared with worlds in which it was imposed.",
}
_WORLDS = {
    "none": "The worlds need not agree with the record.",
    "branch": "The worlds agree with the record up to the meeting at which the cause can first act.",
    "record": "The worlds agree with the whole record.",
}


def weighed(found: Explanation) -> str:
    """Why one cause may have other numbers here than in a comparison of its own; "" if the record selects no worlds."""
    if found.condition.value == "none":
        return ""
    return (
        "Causes that begin at one meeting are tried in the same worlds, because they are ranked against each other. So "
        "the record is only weighed. A comparison imposes what is documented about those whom its change names: for "
        "one cause by itself, its numbers are the better ones, and may differ from these."
    )


def _how(found: Explanation) -> str:
    ways = " ".join(_HOW[kind] for kind in dict.fromkeys(cause.kind for cause in found.causes))
    rest = (
        "Left out are decisions of the outcome's own blocs at its own meeting: they would be the outcome under another "
        "name. Causes were tried alone: where two overlap, their effects do not add up, and where either would have "
        "done, neither is necessary."
    )
    return " ".join(filter(None, (ways, _WORLDS[found.condition.value], weighed(found), rest)))
