"""The base of every table of a scenario file, and the kinds of value that its fields take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from factions.vocabulary import Rung as Rung
from factions.vocabulary import Standing as Standing


@dataclass(frozen=True)
class Refers:
    """Marks what must be the id of an entry in a list of the file, or "" if `nobody` is a choice too."""

    table: str
    nobody: bool = False


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
IdOrNobody = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")]
"""An id, or "" for nobody."""
BlocId = Annotated[Id, Refers("blocs")]
BlocOrNone = Annotated[IdOrNobody, Refers("blocs", nobody=True)]
EventId = Annotated[Id, Refers("events")]
IssueId = Annotated[Id, Refers("issues")]
LeaderId = Annotated[Id, Refers("leaders")]
LeaderOrNobody = Annotated[IdOrNobody, Refers("leaders", nobody=True)]
MeetingId = Annotated[Id, Refers("meetings")]
MeetingKindId = Annotated[Id, Refers("meeting_kinds")]
OfficeId = Annotated[Id, Refers("offices")]

Text = Annotated[str, Field(min_length=1)]
Line = Annotated[str, Field(min_length=1, pattern=r"^[^\t\n]*$")]
"""A name, which tables and figures show on one line."""
MOST = 1e9
"""No number of a scenario is greater: sums and products of them stay finite, whatever the rules make of them."""
Real = Annotated[float, Field(ge=-MOST, le=MOST, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
"""Influence in points, >= 0: only ratios matter."""
Coordinate = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
"""A position or a trust, in [-1, 1]."""
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Confidence = Literal["high", "medium", "low"]

Array = Strict(False)
"""TOML gives lists, the data are tuples: the one conversion that strict tables allow."""

BlocIds = Annotated[tuple[BlocId, ...], Array]
Statements = Annotated[tuple[Text, ...], Array]
"""Statements about a world, as `factions.scenario.content.conditions` has them."""
LeaderIds = Annotated[tuple[LeaderId, ...], Array, Field(min_length=1)]


def wrong(problem: str, remedy: str, field: str = "") -> PydanticCustomError:
    """The error that a validator raises for a rule between fields; `field` says which of them to point at."""
    return PydanticCustomError("rule", "rule broken", {"problem": problem, "remedy": remedy, "field": field})


def once(word: str) -> AfterValidator:
    """What refuses a list that names one of its elements, called by a word, twice."""

    def check(names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) < len(names):
            raise wrong(f"names a {word} twice", f"name every {word} once")
        return names

    return AfterValidator(check)


class Table(BaseModel):
    """A table of the file: frozen, no unknown keys, no conversion between types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Evidence(Table):
    """Where a table's facts come from, and how sure they are."""

    one_of: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of fields of which exactly one is given. A derived file that gives one takes the other back."""
    only_with: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Field -> the field without which it has no meaning."""

    sources: Annotated[tuple[Text, ...], Array] = ()
    """Keys of [sources]."""
    confidence: Confidence | None = None
    """How sure the sources are."""
    note: Text | None = None
    """A remark for readers."""

    @model_validator(mode="after")
    def _fields_agree(self) -> Self:
        for one, other in self.one_of:
            given = [name for name in (one, other) if getattr(self, name) is not None]
            if len(given) == 2:
                raise wrong(f"{one} and {other} exclude each other", f"keep {one} or {other}", other)
            if not given:
                raise wrong(f"neither {one} nor {other} is given", f"give {one} or {other}")
        for field, needed in self.only_with.items():
            if getattr(self, field) is not None and getattr(self, needed) is None:
                raise wrong(f"has no meaning without {needed}", f"remove {field}, or give {needed}", field)
        return self

    @classmethod
    def ruled_out_by(cls, field: str) -> set[str]:
        """The fields that lose their meaning when a field is given."""
        others = {pair[1 - pair.index(field)] for pair in cls.one_of if field in pair}
        return others | {name for name, needed in cls.only_with.items() if needed in others}


class Named(Evidence):
    """A table that others refer to by its id."""

    id: Id
    """What other tables call it."""
    name: Line = ""
    """What plots and tables call it; by default the id with spaces."""

    @model_validator(mode="before")
    @classmethod
    def _name_from_id(cls, data: object) -> object:
        if isinstance(data, dict) and "name" not in data and isinstance(data.get("id"), str):
            return {**data, "name": data["id"].replace("_", " ") or "?"}
        return data
