"""How far an answer depends on the circumstances: its difference in every variation, beside the one as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.robust import verdict
from factions.counterfactual.variations import KINDS
from factions.plots import forest, style
from factions.plots.page import MARGIN, Dot, Words, beside, lines_of, panel, plain, sheet
from factions.plots.shape import shape
from factions.wording import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.robust import Answer, Followed, Robustness

_ROW, _ROOM, _BETWEEN = 0.22, 4.0, 0.22
_MOVED = Dot("#E69F00", 4.6)
_DOTS = {
    "same": forest.BLUE,
    "weaker": _MOVED,
    "stronger": _MOVED,
    "unsure": forest.PALE,
    "gone": forest.PALE,
    "reversed": forest.ORANGE,
    "appears": forest.ORANGE,
}
_REFERENCE = Dot(style.INK, 5.0, "D")


@style.house_style()
def figure(found: Robustness) -> Figure:
    """A row for each variation that could be asked, a column for each outcome; the band is the answer as it stands."""
    lines = _lines(found)
    subtitle = (
        "Difference that the change makes, with two standard errors, in every variation of the what-if. The band is "
        "the answer as it stands, with two standard errors."
    )
    note = (
        f"{found.scenario.title}. {counted(found.worlds, 'pair')} of worlds for each row. The answer as it stands: "
        f"condition {found.condition.value}, seed {found.seed}. One thing is varied at a time."
    )
    key = (
        ("as it stands", (_REFERENCE,)),
        ("the same within two errors", (forest.BLUE,)),
        ("weaker or stronger", (_MOVED,)),
        ("not clear", (forest.PALE,)),
        ("reversed", (forest.ORANGE,)),
    )
    left = forest.left_of([words for words, _ in lines], _ROOM)
    width = (shape().width - left - MARGIN + _BETWEEN) / len(found.outcomes)
    heads = [_head(outcome, width - _BETWEEN) for outcome in found.outcomes]
    above = 0.15 + 0.15 * max(head.count("\n") + 1 for head in heads)
    height = forest.pitch([words for words, _ in lines], _ROOM, _ROW) * len(lines)
    page, top = sheet(Words(_title(found), subtitle, note, key), above + height + 0.35)
    for k, (outcome, head) in enumerate(zip(found.outcomes, heads, strict=True)):
        axes = panel(page, left + k * width, top + above, width - _BETWEEN, height)
        forest.rows(axes, len(lines))
        if k == 0:
            _names(axes, lines)
        _column(axes, found, outcome, lines)
        axes.set_title(head, loc="left", fontsize=style.SMALL, fontweight="bold", pad=5)
    return page


def _lines(found: Robustness) -> list[tuple[str, str]]:
    """What each row says, and the variation it is of: "" for the heading of a kind."""
    asked = [each for each in found.of(found.outcomes[0].name) if not each.problem]
    lines = [("as it stands", asked[0].name)]
    for kind, words in KINDS.items():
        chosen = [(each.text, each.name) for each in asked if each.kind == kind]
        lines += [(words, ""), *chosen] if chosen else []
    return lines


def _names(axes: Axes, lines: list[tuple[str, str]]) -> None:
    for row, (words, name) in enumerate(lines):
        weight = "normal" if name and row else "bold"
        shown = "\n".join(lines_of(words, style.SMALL, weight, _ROOM))
        beside(axes, shown, (0, row), (-6, 0), ha="right", fontsize=style.SMALL, fontweight=weight, linespacing=1.1)


def _head(outcome: Followed, room: float) -> str:
    return plain("\n".join(lines_of(outcome.text, style.SMALL, "bold", room)[:3]))


def _column(axes: Axes, found: Robustness, outcome: Followed, lines: list[tuple[str, str]]) -> None:
    answers = {each.name: each for each in found.of(outcome.name)}
    reference = found.of(outcome.name)[0]
    _band(axes, reference)
    rows = [(row, answers[name]) for row, (_, name) in enumerate(lines) if name]
    axes.margins(x=0.06)
    forest.draw(axes, [_estimate(row, each, reference) for row, each in rows if each.difference is not None])
    forest.zero(axes)
    axes.locator_params(axis="x", nbins=5)
    axes.tick_params(axis="x", labelsize=style.TINY)


def _band(axes: Axes, reference: Answer) -> None:
    if reference.difference is not None and reference.error is not None:
        reach = 2.0 * reference.error
        axes.axvspan(reference.difference - reach, reference.difference + reach, color=style.HAIRLINE, zorder=0.2)


def _estimate(row: int, answer: Answer, reference: Answer) -> forest.Estimate:
    assert answer.difference is not None
    dot = _REFERENCE if answer is reference else _DOTS[verdict(reference, answer)]
    return forest.Estimate(row, answer.difference, answer.error, dot)


def _title(found: Robustness) -> str:
    outcome = found.outcomes[0]
    reference = found.of(outcome.name)[0]
    verdicts = [each for _, each in found.verdicts(outcome.name) if each != "not asked"]
    many = counted(len(verdicts), "variation")
    if not reference.clear:
        clear = sum(each == "appears" for each in verdicts)
        return f"“{outcome.text}”: no clear difference, and one in {clear or 'none'} of {many}"
    holds = sum(each in ("same", "weaker", "stronger") for each in verdicts)
    same = sum(each == "same" for each in verdicts)
    way = "raised" if reference.difference is not None and reference.difference > 0 else "lowered"
    some = f"all {many}" if holds == len(verdicts) else f"{holds} of {many}"
    return f"“{outcome.text}” is {way} in {some}, in {same} by as much as in the file as it stands"
