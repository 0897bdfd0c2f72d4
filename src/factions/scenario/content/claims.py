"""The record's claims: one model per predicate, told apart by `predicate`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator

from factions.scenario.content.types import (
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
    """For readers: what it restates, such as rows of a list of facts."""
    about: BlocIds = ()
    """The blocs beside which the figures show it; it is judged without."""
    at: MeetingId | None = None
    """The meeting at whose end it is judged; this, or `between` and `when`."""
    between: Annotated[tuple[MeetingId, MeetingId], Array] | None = None
    """The first and the last meeting at whose ends it is judged: ["congress_2001", "congress_2003"]."""
    when: Literal["throughout", "sometime", "never"] | None = None
    """throughout, sometime or never: at all meetings between the two, both included, at one or more, or at none."""

    @model_validator(mode="after")
    def _how_often(self) -> BaseClaim:
        if self.between is not None and self.when is None:
            raise wrong("is given without when", 'give when = "throughout", "sometime" or "never"', "between")
        return self


class _BlocClaim(BaseClaim):
    blocs: Annotated[BlocIds, Field(min_length=1)]


class _PairClaim(BaseClaim):
    blocs: Annotated[BlocIds, Field(min_length=2)]


class LeaderClaim(BaseClaim):
    """What claims about leaders have in common."""

    leaders: LeaderIds
    share: Annotated[tuple[Share, Share], Array] = (1.0, 1.0)
    """The least and the greatest share of the leaders for whom it holds; all of them, if it is left out. At least one
    of three is [0.3, 1.0], none is [0.0, 0.0]."""

    @model_validator(mode="after")
    def _ordered_share(self) -> LeaderClaim:
        if self.share[0] > self.share[1]:
            raise wrong("the least share is above the greatest", "write share = [least, greatest]", "share")
        return self


class Allied(_PairClaim):
    """All the blocs are in one alliance, ruling or not."""

    predicate: Literal["allied"]


class Apart(_PairClaim):
    """No two of the blocs are in one alliance. A bloc without influence is in none."""

    predicate: Literal["apart"]


class Ruling(_BlocClaim):
    """All the blocs are in the ruling alliance."""

    predicate: Literal["ruling"]


class Outside(_BlocClaim):
    """None of the blocs is in the ruling alliance, whether it has influence or not."""

    predicate: Literal["outside"]


class Open(_BlocClaim):
    """All the blocs oppose openly."""

    predicate: Literal["open"]


class Quiet(_BlocClaim):
    """None of the blocs opposes openly: it rules, keeps quiet, or has no influence."""

    predicate: Literal["quiet"]


class VoteShare(BaseClaim):
    """The share of the votes cast against the ruling alliance lies in [low, high]; equal votes are 0.5."""

    predicate: Literal["vote_share"]
    low: Share
    high: Share

    @model_validator(mode="after")
    def _ordered(self) -> VoteShare:
        if self.low > self.high:
            raise wrong(f"low ({self.low}) is above high", "give low <= high", "high")
        return self


class StandingClaim(LeaderClaim):
    """The leaders stand at least and/or at most so high: one of the two is needed. Best first: politburo,
    central_committee, party_member, expelled, exiled, deported. So `at_most = "expelled"` is expelled or
    worse. The dead have the standing with which they died."""

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


class InBloc(LeaderClaim):
    """The leaders belong to the bloc. Who has capitulated belongs to none."""

    predicate: Literal["in_bloc"]
    bloc: BlocId


class NotInBloc(LeaderClaim):
    """The leaders do not belong to the bloc, and did at the start or at an earlier meeting."""

    predicate: Literal["not_in_bloc"]
    bloc: BlocId


class Holds(LeaderClaim):
    """The leaders hold the office."""

    predicate: Literal["holds"]
    office: OfficeId


class Lost(LeaderClaim):
    """The leaders do not hold the office, and did at the start or at an earlier meeting."""

    predicate: Literal["lost"]
    office: OfficeId


class Capitulated(LeaderClaim):
    """The leaders have capitulated at this meeting or before, whether they have been readmitted since or not."""

    predicate: Literal["capitulated"]


class HoldsOut(LeaderClaim):
    """The leaders have not capitulated so far, whether they were punished or not."""

    predicate: Literal["holds_out"]


class Readmitted(LeaderClaim):
    """The leaders have capitulated outside the party, and have been readmitted to it."""

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
