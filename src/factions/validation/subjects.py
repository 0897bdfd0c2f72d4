"""What claims are about: scores by subject say which part of a struggle a model gets right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.scenario import Claim


@dataclass(frozen=True)
class Subject:
    """Mean probability of the `claims` claims about one subject (`subjects.SUBJECTS`)."""

    subject: str
    claims: int
    mean_probability: float


SUBJECTS: dict[str, tuple[str, ...]] = {
    "alliances": ("allied", "apart", "ruling", "outside"),
    "voice": ("open", "quiet"),
    "votes": ("vote_share",),
    "standing": ("standing",),
    "offices": ("holds", "lost"),
    "membership": ("in_bloc", "not_in_bloc"),
    "surrender": ("capitulated", "holds_out", "readmitted"),
}
"""The predicates of each subject."""


def by_subject(claims: Sequence[Claim], probability: np.ndarray) -> tuple[Subject, ...]:
    """Number and mean probability of the claims (probability: (C,)) of each subject that is among them."""
    rows = []
    for subject, predicates in SUBJECTS.items():
        inside = np.array([claim.predicate in predicates for claim in claims], bool)
        if inside.any():
            rows.append(Subject(subject, int(inside.sum()), float(probability[inside].mean())))
    return tuple(rows)
