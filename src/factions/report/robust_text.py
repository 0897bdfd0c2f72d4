"""How far an answer depends on the circumstances: in sentences, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.counterfactual.robust import Answer, Robustness
from factions.counterfactual.summary import number, size
from factions.counterfactual.variations import KINDS
from factions.report.table import Block, Column, Number, Table, table
from factions.wording import counted, listed, percent, with_error

if TYPE_CHECKING:
    from factions.counterfactual.robust import Followed

NAMED = 3
"""Variations that a sentence names."""

_SAME = {
    "condition": "conditions",
    "seed": "seeds",
    "reading": "readings of contested facts",
    "input": "moves of a judged number by one step",
    "draws": "sets of parameters",
}
_OTHERWISE = {
    "reversed": "It is reversed",
    "gone": "It is gone",
    "appears": "There is a clear difference",
    "weaker": "It is weaker",
    "stronger": "It is stronger",
    "unsure": "It cannot be told from nothing, nor from the answer as it stands,",
}
_HOW = (
    "The answer is called the same if it differs from the answer as it stands by no more than two errors of both, or "
    "by no more than a tenth of it; weaker or stronger if it is clear and differs by more; reversed if its sign is the "
    "other; gone if no clear difference is left; unsure if it is neither clear nor different. Of 40 variations, luck "
    "alone makes about two look different."
)


def answer(found: Robustness) -> list[str]:
    """The first sentences, on the first outcome: what it is, where it is the same, where it is not, and its range."""
    first, *others = found.outcomes
    said = [_reference(found, first), _holds(found, first), _same(found, first), *_otherwise(found, first)]
    said += [_not_asked(found, first), *(_other(found, outcome) for outcome in others)]
    return [sentence for sentence in said if sentence]


def _reference(found: Robustness, outcome: Followed) -> str:
    reference = found.of(outcome.name)[0]
    assert reference.baseline is not None and reference.counterfactual is not None and reference.difference is not None
    difference = with_error(reference.difference, reference.error, sign="+")
    now, before = (_value(value, outcome) for value in (reference.counterfactual, reference.baseline))
    settings = f"condition {found.condition.value}, seed {found.seed}"
    if outcome.unit == "probability":
        now, before = f"comes true in {now} of 100 worlds", f"in {before} without it"
    else:
        now, before = f"is {now}", f"{before} without it"
    return f"As it stands: with the change “{outcome.text}” {now}, {before} (difference {difference}; {settings})."


def _value(value: float, outcome: Followed) -> str:
    return percent(value).removesuffix("%") if outcome.unit == "probability" else number(value, outcome.unit)


def _holds(found: Robustness, outcome: Followed) -> str:
    """In how many variations the sign holds, and between which values the answer lies."""
    reference, verdicts = found.of(outcome.name)[0], found.verdicts(outcome.name)
    asked = [(each, verdict) for each, verdict in verdicts if each.difference is not None]
    if not asked:
        return "There is nothing that could be varied."
    count, many = len(asked), counted(len(asked), "variation")
    same = sum(verdict == "same" for _, verdict in asked)
    if not reference.clear:
        alike = f"in {'all of' if same == count else f'{same} of'} {many} there is none either"
        return f"The change makes no clear difference to it as it stands; {alike}. {_range(found, outcome)}"
    holds = sum(verdict in ("same", "weaker", "stronger") for _, verdict in asked)
    way = "raises" if reference.difference is not None and reference.difference > 0.0 else "lowers"
    some = f"In all {many}" if holds == count else f"In {holds} of {many}"
    return f"{some} the change clearly {way} it, in {same} of them by as much. {_range(found, outcome)}"


def _range(found: Robustness, outcome: Followed) -> str:
    asked = [each for each in found.of(outcome.name)[1:] if each.difference is not None]
    low, high = (
        choose(asked, key=lambda each: each.difference if each.difference is not None else 0.0) for choose in (min, max)
    )
    ends = (f"{_size(each, outcome)} ({each.phrase})" for each in (low, high))
    return f"The difference lies between {listed(ends)}."


def _size(answer: Answer, outcome: Followed) -> str:
    """A difference as sentences have it: percentage points of worlds, or a number."""
    assert answer.difference is not None
    if outcome.unit == "probability":
        points = round(100 * answer.difference)
        return f"{points:+d} of 100" if points else "0 of 100"
    return size(answer.difference, outcome.unit)


def _same(found: Robustness, outcome: Followed) -> str:
    """Where the answer is the same, kind by kind."""
    parts = []
    for kind in KINDS:
        verdicts = [verdict for each, verdict in found.verdicts(outcome.name) if each.kind == kind]
        verdicts = [verdict for verdict in verdicts if verdict != "not asked"]
        same = sum(verdict == "same" for verdict in verdicts)
        if same:
            parts.append(_so_many(found, outcome, kind, same, len(verdicts)))
    return f"The answer is the same {listed(parts)}." if parts else ""


def _so_many(found: Robustness, outcome: Followed, kind: str, same: int, asked: int) -> str:
    """Under all three conditions, with all three seeds, with 13 of 15 other readings, ..."""
    phrases = [each.phrase for each, verdict in found.verdicts(outcome.name) if (each.kind, verdict) == (kind, "same")]
    if kind == "date" and len(phrases) == 2:
        return "with the change a meeting earlier or later"
    if kind in ("condition", "seed") and same == asked:
        return f"{'under' if kind == 'condition' else 'with'} all {_NUMBERS[asked + 1]} {_SAME[kind]}"
    if kind not in _SAME or kind in ("condition", "seed"):
        return listed(phrases)
    other = "" if kind == "input" else "other "
    return f"with {'all' if same == asked else f'{same} of'} {asked} {other}{_SAME[kind]}"


_NUMBERS = ("no", "one", "two", "three", "four")


def _otherwise(found: Robustness, outcome: Followed) -> list[str]:
    """One sentence for each way in which the answer differs, the variations that differ most first."""
    reference, said = found.of(outcome.name)[0], []
    for verdict, words in _OTHERWISE.items():
        chosen = [each for each, found_so in found.verdicts(outcome.name) if found_so == verdict]
        chosen.sort(key=lambda each: -abs((each.difference or 0.0) - (reference.difference or 0.0)))
        if chosen:
            named = [f"{each.phrase} ({_size(each, outcome)})" for each in chosen[:NAMED]]
            more = f", and in {len(chosen) - NAMED} more" if len(chosen) > NAMED else ""
            said.append(f"{words} {listed(named) if not more else ', '.join(named)}{more}.")
    return said


def _not_asked(found: Robustness, outcome: Followed) -> str:
    chosen = [each for each, verdict in found.verdicts(outcome.name) if verdict == "not asked"]
    return f"Could not be asked: {listed(f'{each.phrase} ({each.problem})' for each in chosen)}." if chosen else ""


def _other(found: Robustness, outcome: Followed) -> str:
    """A sentence on another outcome."""
    reference, holds = found.of(outcome.name)[0], _holds(found, outcome)
    return f"“{outcome.text}”: {_size(reference, outcome)} as it stands. {holds}"


def report(found: Sequence[Robustness]) -> list[Block]:
    """The files one after the other, and what they have in common in a table."""
    blocks = [block for each in found for block in _section(each)]
    return blocks if len(found) < 2 else [*blocks, overview(found)]


def _section(found: Robustness) -> list[Block]:
    scenario = found.scenario
    title = f"{scenario.title}: how far the answer holds"
    heading = "\n".join([title, "=" * len(title), scenario.question or ""]).rstrip()
    return [heading, "\n".join(answer(found)), answers_table(found)]


def answers_table(found: Robustness) -> Table:
    """A row for each variation: the first outcome in full, and the difference of the others."""
    first, *others = found.outcomes
    verdicts = {each.name: verdict for each, verdict in found.verdicts(first.name)}
    rest = {outcome.name: {each.name: each for each in found.of(outcome.name)} for outcome in others}
    columns = [
        Column[Answer]("variation", _variation),
        Number[Answer]("without", lambda row: "-" if row.baseline is None else number(row.baseline, first.unit)),
        Number[Answer]("with", lambda row: "-" if row.baseline is None else number(row.counterfactual, first.unit)),
        Number[Answer]("difference", _difference),
        Column[Answer]("the answer is", lambda row: verdicts.get(row.name, "")),
        *(_column(rest[outcome.name], k) for k, outcome in enumerate(others, start=2)),
    ]
    keys = "; ".join(f"({k}) {outcome.text}" for k, outcome in enumerate(found.outcomes, start=1))
    note = f"Outcomes: {keys}. ± is one standard error. {_HOW}" if others else f"± is one standard error. {_HOW}"
    return table(found.of(first.name), *columns, title=f"(1) {first.text}" if others else first.text, note=note)


def _variation(row: Answer) -> str:
    return f"{'reading ' * (row.kind == 'reading')}{row.text}{f': {row.problem}' * bool(row.problem)}"


def _column(answers: dict[str, Answer], place: int) -> Column[Answer]:
    return Number(f"difference ({place})", lambda row: _difference(answers[row.name]))


def _difference(row: Answer) -> str:
    return "-" if row.difference is None else with_error(row.difference, row.error, sign="+")


def overview(found: Sequence[Robustness]) -> Table:
    """A row for each file: its first outcome as it stands, its least and greatest value, and how often it holds."""
    return table(
        found,
        Column[Robustness]("file", lambda each: each.scenario.title),
        Column[Robustness]("outcome", lambda each: each.outcomes[0].text),
        Number[Robustness]("as it stands", lambda each: _difference(each.of(each.outcomes[0].name)[0])),
        Number[Robustness]("least", lambda each: f"{min(_differences(each)):+.3f}"),
        Number[Robustness]("most", lambda each: f"{max(_differences(each)):+.3f}"),
        Number[Robustness]("same sign", lambda each: _share(each, ("same", "weaker", "stronger"))),
        Number[Robustness]("same", lambda each: _share(each, ("same",))),
        title="All files",
    )


def _differences(found: Robustness) -> list[float]:
    return [each.difference for each in found.of(found.outcomes[0].name) if each.difference is not None]


def _share(found: Robustness, wanted: Sequence[str]) -> str:
    verdicts = [verdict for _, verdict in found.verdicts(found.outcomes[0].name) if verdict != "not asked"]
    return f"{sum(verdict in wanted for verdict in verdicts)} of {len(verdicts)}"


def rows(found: Robustness) -> list[dict[str, object]]:
    """One row for each variation and outcome, with what the variation does to the answer."""
    said = {
        (outcome.name, each.name): verdict
        for outcome in found.outcomes
        for each, verdict in found.verdicts(outcome.name)
    }
    return [
        {"scenario": found.name, **asdict(each), "answer": said.get((each.outcome, each.name), "reference")}
        for each in found.answers
    ]


def summary(found: Sequence[Robustness]) -> dict[str, object]:
    """The object that `--format json` prints; every number is finite, what does not exist is null."""
    first = found[0]
    return {
        "worlds": first.worlds,
        "seed": first.seed,
        "condition": first.condition.value,
        "files": [_file(each) for each in found],
        "variations": [row for each in found for row in rows(each)],
    }


def _file(found: Robustness) -> dict[str, object]:
    return {
        "scenario": found.name,
        "baseline": found.base.path.name,
        "title": found.scenario.title,
        "question": found.scenario.question,
        "digest": found.scenario.digest,
        "outcomes": [asdict(outcome) for outcome in found.outcomes],
        "parameters": list(found.telling),
        "answer": answer(found),
        "warnings": [found.caution] if found.caution else [],
    }
