"""The past that the worlds of a comparison have, and what chance does to its outcomes, in tables and sentences."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.counterfactual.past import CONFIDENCE, PastClaim
from factions.counterfactual.summary import documented_until
from factions.counterfactual.where_held import OPEN, OTHER, SAME, VERDICTS, WEAKER
from factions.report.table import Block, Column, Number, table
from factions.wording import counted, listed, percent, percent_short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.contrasts import Contrast
    from factions.statements.recorded import Recorded

SLIGHT = 0.05
"""What comes instead of a claim in fewer worlds is not listed, but what comes most."""

NOT_RARE = 0.1
"""The fact that stands for others is one that holds in this share of the worlds, if there is one."""

LISTED = 2
"""Claims that neither the change nor the answer concerns, as a text lists them: those that fail most."""


def past_rows(each: Comparison) -> list[dict[str, object]]:
    """One row for each claim of the record up to the change."""
    return [{"scenario": each.name, **asdict(claim), "ways": _ways(claim)} for claim in each.past.claims]


def documented(said: Recorded, row: Contrast) -> str:
    """What is documented of an outcome, and whether the change moves the worlds towards it, if it does or does not."""
    if said.so is None or row.unit != "probability":
        return said.words
    return f"{said.words} ({'towards' if (row.difference > 0.0) is said.so else 'away'})"


def where_facts_hold(each: Comparison) -> list[str]:
    """Whether the answer is the same where documented facts hold that most worlds without the change miss."""
    held = each.past.held
    if not held:
        return []
    count = {verdict: sum(row.verdict == verdict for row in held) for verdict in VERDICTS}
    fail, they = ("fails", "it holds") if len(held) == 1 else ("fail", "they hold")
    said = (
        f"{counted(len(held), 'documented fact')} {fail} in most worlds without the change. How is the answer in those "
        f"pairs of worlds in which {they} without the change?"
    )
    if count[OPEN] == len(held):
        return [f"{said} This cannot be told: too few worlds fulfil any of them."]
    parts = listed(f"{VERDICTS[each]} for {count[each]}" for each in (SAME, WEAKER, OTHER) if count[each])
    rest = f"; for {count[OPEN]} this cannot be told, mostly because too few worlds fulfil them" if count[OPEN] else ""
    return [f"{said} It {parts}{rest}.{_for_instance(each)}"]


def _for_instance(each: Comparison) -> str:
    """The first fact where the answer is the same, best one that holds in not so few worlds; "" if there is none."""
    held = {row.claim: row for row in each.past.held if row.verdict == SAME}
    facts = [claim for claim in each.past.failing if claim.claim in held]
    if not facts:
        return ""
    claim = next((claim for claim in facts if held[claim.claim].share >= NOT_RARE), facts[0])
    found = held[claim.claim]
    return (
        f" For instance, where “{claim.text.rstrip('.')}” holds ({percent(found.share)} of the worlds), {found.words}."
    )


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
    first: list[Block] = [words, _claims(each, shown, left_out)] if shown else [words]
    return [*first, *_later(each, most)]


def _chosen(rows: Sequence[PastClaim], most: int) -> tuple[list[PastClaim], list[PastClaim]]:
    """The claims that concern the change or the answer, and `most` others, in their order; and those that are left."""
    near = [claim for claim in rows if claim.near]
    far = [claim for claim in rows if not claim.near]
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
    return [words, _table(each, shown, what, lambda row: row.concerns, _left_out(left_out))]


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


def _claims(each: Comparison, rows: Sequence[PastClaim], left_out: Sequence[PastClaim]) -> Block:
    what = "documented, and failing in more than a tenth of the worlds"
    return _table(each, rows, what, _about, _left_out(left_out))


def _table(
    each: Comparison, rows: Sequence[PastClaim], what: str, about: Callable[[PastClaim], str], note: str
) -> Block:
    held = {row.claim: VERDICTS[row.verdict] for row in each.past.held}
    where = Column[PastClaim]("the answer where it holds", lambda row: held.get(row.claim, ""))
    return table(
        rows,
        Column[PastClaim](what, lambda row: row.text),
        Column("when", lambda row: row.when),
        Column("confidence", lambda row: row.confidence),
        Column("concerns", about),
        Number("fails in", lambda row: percent_short(row.violated)),
        Number("error", lambda row: "" if row.error is None else f"{100 * row.error:.1f}%"),
        Column("what comes instead", _ways),
        *([where] if any(row.claim in held for row in rows) else []),
        note=note,
        faint=lambda row: not row.near,
    )


def _ways(row: PastClaim) -> str:
    """What comes instead of a claim, the most frequent first, with the share of all worlds in which it does."""
    often = [way.words for k, way in enumerate(row.ways) if k == 0 or way.share >= SLIGHT]
    return "; ".join(often)


def _left_out(rows: Sequence[PastClaim]) -> str:
    """How many claims are not listed, and how many of each confidence."""
    if not rows:
        return ""
    counts = {name: sum(row.confidence == name for row in rows) for name in CONFIDENCE}
    sorts = listed(f"{count} of {name} confidence" for name, count in counts.items() if count)
    return f"Not listed: {sorts}, which concern neither the change nor the answer; the page (--out) has them."


def _about(row: PastClaim) -> str:
    """Whom a claim concerns, with why the worlds were not required to fulfil it."""
    why = "too few worlds fulfil it" if row.refused else "not sure enough to be required" if row.touched else ""
    return "; ".join(filter(None, [row.concerns, why]))
