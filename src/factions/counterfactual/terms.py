"""The terms by which the model decides, in plain words: what they mean, and what is said of those that spoke for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from factions.counterfactual.reasons import Cause

MEANING = {
    "policy": "how near the lines of those lie who would stand together",
    "trust": "trust in the partners; in one who is an ally already it is higher",
    "ties": "who of their men are friends, and who are enemies",
    "safety": "safety in numbers: what an alliance gains by having more of the party, up to one half",
    "strength": "how many well-known men stand together, against the number that an opposition needs once it has been "
    "condemned",
    "loyalty": "how far the rulers trust a bloc, which keeps it quiet",
    "dominance": "by how much the votes that the strongest ruling bloc has alone exceed the majority that the "
    "punishment takes",
    "threat": "danger from outside, which makes rulers harsher",
    "hope": "the influence of a man's alliance, which makes him hold out",
    "discipline": "how much a man thinks of party discipline, which makes him give in",
    "example": "how many of his punished comrades have given in",
}
"""What each term means, by the name under which the model notes it."""

SCALE = (
    "Plus speaks for what was done, minus against it. Where there is a chance, +1 makes the odds about three times as "
    "good, and +5 makes it nearly certain. Of an alliance the sum says how much better it is than the one before. The "
    "rest is what speaks for such a decision, or against it, in any case."
)
"""What the numbers are."""

_FOR = {
    ("allied", "policy"): "the nearness of their lines",
    ("parted", "policy"): "the distance between their lines",
    ("allied", "trust"): "their trust in each other",
    ("parted", "trust"): "their distrust of each other",
    ("allied", "ties"): "friendship between their men",
    ("parted", "ties"): "enmity between their men",
    ("member", "ties"): "friends in the other bloc",
    ("allied", "safety"): "safety in numbers",
    ("parted", "safety"): "safety in numbers with others",
    ("member", "policy"): "the nearness of the other bloc's line",
    ("rung", "dominance"): "the votes that the strongest ruling bloc had alone",
    ("rung", "threat"): "the threat from abroad",
    ("capitulated", "discipline"): "party discipline",
    ("capitulated", "example"): "the example of comrades",
    ("capitulated", "hope"): "want of hope",
}
"""What spoke for a kind of decision, by the term of its rule."""

_DIFFERED = {
    "trust": ("they trusted each other less ({now:.1f} instead of {was:.1f}, of at most 1)", "more"),
    "weight": ("{who} brought less to an alliance ({now:.0%} of all influence instead of {was:.0%})", "more"),
    "safety": ("{who} by itself had less of all influence, and needed partners ({now:.0%} instead of {was:.0%})", ""),
    "rest": ("those who stayed together had less of all influence ({now:.0%} instead of {was:.0%})", "more"),
    "ties": ("fewer of their men were friends", "more"),
    "strength": ("those who stood together had less of all prestige ({now:.0%} instead of {was:.0%})", "more"),
    "names": (
        "too few well-known men stood together for an opposition condemned by a congress ({now:.0%} of all "
        "prestige instead of {was:.0%})",
        "",
    ),
    "mass": ("not condemned, they needed less support to speak", ""),
    "loyalty": ("the rulers trusted them less ({now:.1f} instead of {was:.1f}, of at most 1)", "more"),
    "dominance": (
        "the strongest ruling bloc had fewer votes by itself ({now:.0%} instead of {was:.0%}; at {needed} the chances "
        "of a punishment are even)",
        "more",
    ),
    "power": ("{who} did not rule", ""),
    "condemned": ("no delegates had condemned them", ""),
    "mandate": ("no delegates had condemned them in time", ""),
    "blow": ("nobody of {who} was struck at this meeting", ""),
    "punished": ("they had not been punished before", ""),
    "hope": ("their alliance had less of all influence left ({now:.0%} instead of {was:.0%})", "more"),
    "example": ("fewer of their punished comrades had given in ({now:.0%} instead of {was:.0%})", "more"),
    "relapse": ("it was their first open opposition for years", ""),
    "truce": ("no blow had fallen on them in that session", ""),
}
"""What differed behind a decision, if it is less with the change; and what it says in place of less, if it is more."""

_MORE = {
    "safety": "{who} by itself had more of all influence, and needed no partners ({now:.0%} instead of {was:.0%})",
    "names": "enough well-known men stood together for an opposition condemned by a congress ({now:.0%} of all "
    "prestige instead of {was:.0%})",
    "mass": "condemned, they needed more support to speak",
    "power": "{who} ruled",
    "condemned": "delegates had condemned them",
    "mandate": "delegates had condemned them in time",
    "blow": "men of {who} were struck at this meeting",
    "punished": "they had been punished before",
    "relapse": "they had opposed openly not long before",
    "truce": "a blow had just fallen on them",
}
"""What is said of those that are more with the change in words of their own."""


_HIGH = 0.5
"""Trust from which on rulers trust an opposition as partners: in the model it does not rise but among allies."""


def reason(kind: str, term: str, more: bool) -> str:
    """What spoke for a decision that was taken with the change alone (`more`); else "", since it spoke against."""
    return _FOR.get((kind, term), "") if more else ""


def differed(cause: Cause, blocs: Mapping[str, str]) -> str:
    """What differed behind a decision, as a clause that says what is so with the change; `blocs`: names by id."""
    who, more = blocs.get(cause.who, "they"), cause.after > cause.before
    if cause.what == "line":
        other = blocs[cause.other]
        now, was = _apart(cause.after, cause.before)
        how = "further from" if more else "nearer to"
        issue = cause.issue.replace("_", " ")
        line = f"the line of {who} on “{issue}” lay {how} that of {other}"
        return f"{line} ({now} apart instead of {was}, of at most 2)"
    if cause.what == "salience":
        how, issue = "more" if more else "less", cause.issue.replace("_", " ")
        weights = f"{cause.after:.1f} instead of {cause.before:.1f}"
        return f"“{issue}”, on which they disagreed, drew {how} attention ({weights})"
    less, instead = _DIFFERED[cause.what]
    if cause.what == "loyalty" and more and cause.after >= _HIGH:
        return f"the rulers still trusted them ({cause.after:.1f} instead of {cause.before:.1f}, of at most 1)"
    if more and cause.what in _MORE:
        return _MORE[cause.what].format(who=who, now=cause.after, was=cause.before)
    text = less.replace("fewer", "more").replace(" less", f" {instead}") if more else less
    said = text.format(who=who, now=cause.after, was=cause.before, needed=_majority(cause.needed))
    if cause.instead is None:
        return said
    name, was_other, now_other = cause.instead
    return f"{said}, since {blocs[name]} had {now_other:.0%} instead of {was_other:.0%}"


def _majority(share: float) -> str:
    """A majority in words, as a rule has it."""
    known = (word for value, word in ((1 / 2, "half"), (2 / 3, "two thirds")) if abs(share - value) < 0.005)
    return next(known, f"{share:.0%}")


def _apart(now: float, was: float) -> tuple[str, str]:
    """Two distances, as finely as they differ."""
    digits = 1 if f"{now:.1f}" != f"{was:.1f}" else 2
    return f"{now:.{digits}f}", f"{was:.{digits}f}"


def legend(terms: Iterable[str]) -> list[tuple[str, str]]:
    """Those of these terms that have a meaning, each with it, in the order of the table."""
    used = {*terms}
    return [(term, meaning) for term, meaning in MEANING.items() if term in used]
