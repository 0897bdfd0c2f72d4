"""The record's claims: one model per predicate, told apart by `predicate`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator

from factions.scenario.types import (
    Array,
    BlocId,
    BlocIds,
    Evidence,
    Id,
    LeaderIds,
    MeetingId,
    OfficeId,
    Share,
    Standing,
    Text,
    wrong,
)
from factions.vocabulary import LADDER


class BaseClaim(Evidence):
    """What all claims have in common."""

    one_of = (("at", "between"),)
    only_with = MappingProxyType({"when": "between"})

    id: Id
    text: Text
    """What is claimed, in a sentence."""
    events: Annotated[tuple[Text, ...], Array] = ()
    """The rows of the fact base that it restates."""
    about: BlocIds = ()
    """The blocs it is about, for plots."""
    at: MeetingId | None = None
    """The meeting at whose end it is judged; this, or `between` and `when`."""
    between: Annotated[tuple[MeetingId, MeetingId], Array] | None = None
    """The first and the last meeting at whose ends it is judged."""
    when: Literal["throughout", "sometime", "never"] | None = None
    """At how many of the meetings between the two it holds."""

    @model_validator(mode="after")
    def _how_often(self) -> BaseClaim:
        if self.between is not None and self.when is None:
            raise wrong("is given without when", 'give when = "throughout", "sometime" or "never"', "between")
        return self


class _BlocClaim(BaseClaim):
    blocs: Annotated[BlocIds, Field(min_length=1)]


class _PairClaim(BaseClaim):
    blocs: Annotated[BlocIds, Field(min_length=2)]


class _LeaderClaim(BaseClaim):
    leaders: LeaderIds
    share: Annotated[tuple[Share, Share], Array] = (1.0, 1.0)
    """The least and the greatest share of the leaders for whom it holds, in [0, 1]."""

    @model_validator(mode="after")
    def _ordered_share(self) -> _LeaderClaim:
        if self.share[0] > self.share[1]:
            raise wrong("the least share is above the greatest", "write share = [least, greatest]", "share")
        return self


class Allied(_PairClaim):
    """All the blocs are in one alliance."""

    predicate: Literal["allied"]


class Apart(_PairClaim):
    """No two of the blocs are in one alliance."""

    predicate: Literal["apart"]


class Ruling(_BlocClaim):
    """All the blocs are in the ruling alliance."""

    predicate: Literal["ruling"]


class Outside(_BlocClaim):
    """None of the blocs is in the ruling alliance."""

    predicate: Literal["outside"]


class Open(_BlocClaim):
    """All the blocs oppose openly."""

    predicate: Literal["open"]


class Quiet(_BlocClaim):
    """None of the blocs opposes openly."""

    predicate: Literal["quiet"]


class VoteShare(BaseClaim):
    """The share of the votes cast against the ruling alliance lies in [low, high]."""

    predicate: Literal["vote_share"]
    low: Share
    high: Share

    @model_validator(mode="after")
    def _ordered(self) -> VoteShare:
        if self.low > self.high:
            raise wrong(f"low ({self.low}) is above high", "give low <= high", "high")
        return self


class StandingClaim(_LeaderClaim):
    """The leaders stand at least and/or at most so high; politburo is the highest."""

    predicate: Literal["standing"]
    at_least: Standing | None = None
    at_most: Standing | None = None

    @model_validator(mode="after")
    def _bounded(self) -> StandingClaim:
        if self.at_least is None and self.at_most is None:
            raise wrong("neither at_least nor at_most is given", "give at_least, at_most or both")
        if self.at_least is None or self.at_most is None:
            return self
        if LADDER.index(self.at_least) < LADDER.index(self.at_most):
            raise wrong(f"at_least ({self.at_least}) is above at_most", "politburo is the highest", "at_most")
        return self


class InBloc(_LeaderClaim):
    """The leaders belong to the bloc."""

    predicate: Literal["in_bloc"]
    bloc: BlocId


class NotInBloc(_LeaderClaim):
    """The leaders do not belong to the bloc."""

    predicate: Literal["not_in_bloc"]
    bloc: BlocId


class Holds(_LeaderClaim):
    """The leaders hold the office."""

    predicate: Literal["holds"]
    office: OfficeId


class Lost(_LeaderClaim):
    """The leaders do not hold the office."""

    predicate: Literal["lost"]
    office: OfficeId


class Capitulated(_LeaderClaim):
    """The leaders have capitulated."""

    predicate: Literal["capitulated"]


class HoldsOut(_LeaderClaim):
    """The leaders have not capitulated."""

    predicate: Literal["holds_out"]


class Readmitted(_LeaderClaim):
    """The leaders have been readmitted."""

    predicate: Literal["readmitted"]


Claim = Annotated[
    Allied
    | Apart
    | Ruling
    | Outside
    | Open
    | Quiet
    | VoteShare
    | StandingClaim
    | InBloc
    | NotInBloc
    | Holds
    | Lost
    | Capitulated
    | HoldsOut
    | Readmitted,
    Field(discriminator="predicate"),
]
