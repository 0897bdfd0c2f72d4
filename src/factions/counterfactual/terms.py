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
    ("rung", "dominance"): "the votes that the strongest ruling bloc had alone",
    ("rung", "threat"): "the threat from abroad",
    ("capitulated", "discipline"): "party discipline",
    ("capitulated", "example"): "the example of comrades",
    ("capitulated", "hope"): "want of hope",
}
"""What spoke for a kind of decision, by the term of its rule."""

_VOICE = {
    ("strength", True): "enough well-known men stood together to dare a voice",
    ("strength", False): "too few well-known men stood together for the condemned to dare a voice",
    ("loyalty", True): "the rulers had lost trust in them",
    ("loyalty", False): "the rulers had kept trust in them",
}
"""Why blocs spoke out (True) or kept silent with the change: these terms are known of both runs."""


def reason(kind: str, term: str, more: bool) -> str:
    """What spoke for a decision, on the side where it was taken; `more`: was that with the change, or without it."""
    spoke = _spoke_for(kind, term)
    return _voice(kind, term, more) or (spoke if more else f"without the change, for the opposite: {spoke}")


def because(decision: str, often: str, kind: str, term: str, more: bool) -> str:
    """A decision (a clause), what spoke for it (`term`, "" if nothing is known of that), and how often it differs."""
    unlike = f"{decision} ({often}, with the change alone)"
    if not term:
        return unlike
    voice, spoke = _voice(kind, term, more), _spoke_for(kind, term)
    if voice:
        return f"{voice}, so {unlike}"
    if not more:
        return f"{decision} ({often}; without the change the opposite happened there, because of {spoke})"
    return f"{decision} because of {spoke} ({often}, with the change alone)"


def _voice(kind: str, term: str, more: bool) -> str:
    return _VOICE.get((term, more), "") if kind == "open" else ""


def _spoke_for(kind: str, term: str) -> str:
    return _FOR.get((kind, term), term.replace("_", " "))


def legend(terms: Iterable[str]) -> list[tuple[str, str]]:
    """Those of these terms that have a meaning, each with it, in the order of the table."""
    used = {*terms}
    return [(term, meaning) for term, meaning in MEANING.items() if term in used]
