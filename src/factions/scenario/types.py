"""The base of every table of a scenario file, and the kinds of value that its fields take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from factions.vocabulary import Rung as Rung
from factions.vocabulary import Standing as Standing

ID_PATTERN = r"^[a-z][a-z0-9_]*$"

Id = Annotated[str, Field(pattern=ID_PATTERN)]
IdOrNobody = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")]
"""An id, or "" for nobody."""
Text = Annotated[str, Field(min_length=1)]
Real = Annotated[float, Field(allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, allow_inf_nan=False)]
"""Influence in points, >= 0: only ratios matter."""
Coordinate = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
"""A position or a trust, in [-1, 1]."""
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Confidence = Literal["high", "medium", "low"]

Array = Strict(False)
"""TOML gives lists, the data are tuples: the one conversion that strict tables allow."""

Ids = Annotated[tuple[Id, ...], Array]


class Table(BaseModel):
    """A table of the file: frozen, no unknown keys, no conversion between types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Evidence(Table):
    """Where a table's facts come from, and how sure they are."""

    sources: Annotated[tuple[Text, ...], Array] = ()
    """Keys of [sources]."""
    confidence: Confidence | None = None
    """How sure the sources are."""
    note: Text | None = None
    """A remark for readers."""


class Named(Evidence):
    """A table that others refer to by its id."""

    id: Id
    """What other tables call it."""
    name: Text = ""
    """What plots and tables call it; by default the id with spaces."""

    @model_validator(mode="before")
    @classmethod
    def _name_from_id(cls, data: object) -> object:
        if isinstance(data, dict) and "name" not in data and isinstance(data.get("id"), str):
            return {**data, "name": data["id"].replace("_", " ") or "?"}
        return data


def wrong(problem: str, remedy: str, field: str = "") -> PydanticCustomError:
    """The error that a validator raises for a rule between fields; `field` says which of them to point at."""
    return PydanticCustomError("rule", "rule broken", {"problem": problem, "remedy": remedy, "field": field})
