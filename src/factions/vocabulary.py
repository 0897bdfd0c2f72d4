"""The words of the model that both files and arrays use: ladders, and what can be switched off.  It imports nothing."""

from __future__ import annotations

from typing import Literal, get_args

Standing = Literal["politburo", "central_committee", "party_member", "expelled", "exiled", "deported"]

LADDER: tuple[str, ...] = get_args(Standing)
"""The ladder of standing, best first; a `standing` value is an index into it."""

POLITBURO, CENTRAL_COMMITTEE, PARTY_MEMBER, EXPELLED, EXILED, DEPORTED = range(len(LADDER))

Body = Literal["politburo", "central_committee"]

BODIES: dict[Body, str] = {"politburo": "Politburo", "central_committee": "Central Committee"}
"""The steps of the ladder that are bodies, and what texts call them in a scenario that does not say."""

IN_PARTY = PARTY_MEMBER
"""The lowest standing that still counts inside the party."""

Rung = Literal["office", "politburo", "central_committee", "party", "exile", "deportation"]

RUNGS: tuple[str, ...] = ("none", *get_args(Rung))
"""The ladder of sanctions; a `rung` value is an index into it."""

ACTIVE, INACTIVE, DEAD = 1, 0, -1
"""Values of `activity`: in play, out of play (ill or away), dead."""

NOT_CREATED = -2
"""To whom an office is barred that is yet to be created; -1 for nobody."""

CAPITULATED, READMITTED = 1, 2
"""Values of `surrendered`; 0 for who never did."""

MECHANISMS: tuple[str, ...] = (
    "bargaining",  # blocs change alliances at all
    "loyalty",  # leaders change blocs
    "policy",  # distance between lines counts
    "trust",  # trust moves, and counts in bargaining
    "office_pull",  # Miles's law
    "safety",  # safety in numbers counts
    "isolation",  # the condemned and those in good standing do not ally
    "distrust",  # no alliance begins between sides that distrust each other
    "critical_mass",  # a condemned opposition too small to be heard keeps quiet
    "stake",  # unless it has nothing left to lose
    "verdict",  # the condemned lose their offices, though they keep quiet
    "truce",  # a blow silences for the rest of the session
    "warning",  # a rung that takes nothing from a chief is a warning, and is not skipped
    "mandate",  # a plenum strikes hard only whom delegates have condemned, and whom it has warned
    "relapse",  # a first offence costs no seat, and an old one is forgiven
    "following",  # a bloc's leaders follow one of theirs who changes his position
    "submission",  # those of a struck bloc who were not struck may surrender too
    "compensation",  # partners' gains may outweigh others' losses
    "patronage",  # offices change hands by appointment
    "peers",  # but no patron dismisses a partner who stands as high as he
    "sanctions",  # open opponents are punished
    "surrender",  # punished leaders may surrender
)
"""Names that `[mechanisms]` may switch off."""

GREATEST = 2**32 - 1
"""The greatest seed, and the greatest number of a world: noise has 32 bits for each."""
