"""The terms by which the model decides, in plain words: what they mean, and what is said of those that spoke for it."""

from __future__ import annotations

from collections.abc import Iterable

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
    "good, and +5 makes it nearly certain. Of an alliance the sum says how much better it is than the one before."
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
    ("open", "strength"): "the number of well-known men who stood together",
    ("open", "loyalty"): "the distrust of the rulers",
    ("rung", "dominance"): "the votes that the strongest ruling bloc had alone",
    ("rung", "threat"): "the threat from abroad",
    ("capitulated", "discipline"): "party discipline",
    ("capitulated", "example"): "the example of comrades",
    ("capitulated", "hope"): "want of hope",
}
"""What spoke for a kind of decision, by the term of its rule."""


def spoke_for(kind: str, term: str) -> str:
    """What a term means that spoke for a decision of a kind, as a noun with its article."""
    return _FOR.get((kind, term), term.replace("_", " "))


def legend(terms: Iterable[str]) -> list[tuple[str, str]]:
    """Those of these terms that have a meaning, each with it, in the order of the table."""
    used = {*terms}
    return [(term, meaning) for term, meaning in MEANING.items() if term in used]
