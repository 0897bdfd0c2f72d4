"""The past that the worlds of a comparison have, and what chance does to its outcomes, in tables and sentences."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.counterfactual.past import CONFIDENCE, PastClaim
from factions.counterfactual.summary import documented_until
from factions.report.table import Block, Column, Number, table
from factions.wording import counted, listed, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from factions.counterfactual.compare import Comparison

LISTED = 2
"""Claims that neither the change nor the answer concerns, as a text lists them: the surest first, the most violated."""


def past_rows(each: Comparison) -> list[dict[str, object]]:
    """One row for each claim of the record up to the change."""
    return [{"scenario": each.name, **asdict(claim)} for claim in each.past.claims]


def past_blocks(each: Comparison, most: int = LISTED) -> list[Block]:
    """How far the worlds keep to the record: in sentences, and the claims that more than a tenth of them violate.

    `most`: of those that the change does not touch, how many are listed.
    """
    if not each.past.claims:
        return []
    rows = each.past.violated
    near, far = ([claim for claim in rows if claim.touched is touched] for touched in (True, False))
    words = " ".join(filter(None, [_touched(each), _loose(near), _others(each, far)]))
    shown, left_out = _chosen(rows, most)
    first: list[Block] = [words, _claims(shown, left_out)] if shown else [words]
    return [*first, *_later(each, most)]


def _chosen(rows: Sequence[PastClaim], most: int) -> tuple[list[PastClaim], list[PastClaim]]:
    """The claims that concern the change or the answer, and `most` others, in their order; and those that are left."""
    near = [claim for claim in rows if claim.touched or claim.bears]
    far = [claim for claim in rows if claim not in near]
    return [*near, *far[:most]], far[most:]


def _later(each: Comparison, most: int) -> list[Block]:
    """How the worlds without the change go on, which nothing holds to the record: what they miss, the surest first."""
    claims, missed = each.past.later, each.past.missed
    if not claims:
        return []
    kept = len(claims) - len(missed)
    words = (
        f"Nothing holds the worlds to what is documented later, with the change or without it. Without the change "
        f"{kept} of the {counted(len(claims), 'later statement')} {'holds' if kept == 1 else 'hold'} in most of them."
    )
    if not missed:
        return [words]
    what = "documented later, and failing in most worlds without the change"
    shown, left_out = _chosen(missed, most)
    return [words, _table(shown, what, _concerns, _left_out(left_out))]


def _touched(each: Comparison) -> str:
    claims = each.past.claims
    said = f"{counted(len(claims), 'statement')} {'is' if len(claims) == 1 else 'are'} documented up to "
    said += documented_until(each)
    near = [claim for claim in claims if claim.touched]
    if not near:
        return f"{said}, none of them about somebody whom the change names."
    held = [claim for claim in near if claim.imposed]
    return (
        f"{said}. {len(near)} of them {'is' if len(near) == 1 else 'are'} about the blocs, leaders or offices that the "
        f"change names; {_held(len(held), len(near))}{_cost(each) if held else ''}."
    )


def _loose(near: Sequence[PastClaim]) -> str:
    """How many of those that the change touches fail often: none of them was required."""
    if not near:
        return ""
    one = len(near) == 1
    which = f"{len(near)} of these that {'was' if one else 'were'} not required {'fails' if one else 'fail'}"
    return f"{which} in more than a tenth of the worlds."


def _held(held: int, near: int) -> str:
    if not held:
        return f"the worlds were not required to fulfil {'it' if near == 1 else 'any of these'}"
    which = "it" if near == 1 else f"{'all' if held == near else held} of these"
    return f"every world was required to fulfil {which}"


def _cost(each: Comparison) -> str:
    before, after = each.past.effective_before, each.past.effective_after
    if before is None or after is None or percent(after / before) == "100%":
        return ""
    return f" (worlds that failed were dropped: at the hardest meeting {percent(after / before)} were left)"


def _others(each: Comparison, far: Sequence[PastClaim]) -> str:
    count = sum(not claim.touched for claim in each.past.claims)
    if count == 0:
        return ""
    what = f"{'fails' if len(far) <= 1 else 'fail'} in more than a tenth of the worlds."
    if count == 1:
        return f"The other one {what}" if far else "The other one holds in nine of ten worlds or more."
    return f"Of the other {count}, {len(far) or 'none'} {what}"


def _claims(rows: Sequence[PastClaim], left_out: Sequence[PastClaim]) -> Block:
    return _table(rows, "documented, and failing in more than a tenth of the worlds", _about, _left_out(left_out))


def _table(rows: Sequence[PastClaim], what: str, about: Callable[[PastClaim], str], note: str) -> Block:
    return table(
        rows,
        Column[PastClaim](what, lambda row: row.text),
        Column("when", lambda row: row.when),
        Column("confidence", lambda row: row.confidence),
        Column("concerns", about),
        Number("fails in", lambda row: percent(row.violated)),
        Number("error", lambda row: "" if row.error is None else f"{100 * row.error:.1f}%"),
        note=note,
        faint=lambda row: not (row.touched or row.bears),
    )


def _left_out(rows: Sequence[PastClaim]) -> str:
    """How many claims are not listed, and how many of each confidence."""
    if not rows:
        return ""
    counts = {name: sum(row.confidence == name for row in rows) for name in CONFIDENCE}
    sorts = listed(f"{count} of {name} confidence" for name, count in counts.items() if count)
    return f"Not listed: {sorts}, which concern neither the change nor the answer; the page (--out) has them."


def _concerns(row: PastClaim) -> str:
    """Whom a claim concerns: those whom the change names, and what the answer tells."""
    return " and ".join(["the change"] * row.touched + ["the answer"] * row.bears)


def _about(row: PastClaim) -> str:
    """The same, with why the worlds were not required to fulfil it."""
    why = "too few worlds fulfil it" if row.refused else "not sure enough to be required" if row.touched else ""
    return "; ".join(filter(None, [_concerns(row), why]))
