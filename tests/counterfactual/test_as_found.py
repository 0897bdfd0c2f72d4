"""What was found, in the header of each shipped what-if: the first paragraph that the command beside it prints.

Run as a script, this file writes it anew into the files that it is given, or into all of them, which takes minutes.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from factions.counterfactual.compare import Comparer, in_order
from factions.counterfactual.conditioning import Condition
from factions.draws import find_draws
from factions.report.answer import in_short
from factions.scenario import load
from factions.scenario.variants import read_variants

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted((FOLDER / "counterfactuals").glob("*.toml"))
MARK = "# As found ("
SCRIPT = "python tests/counterfactual/test_as_found.py"
CHECKED = ("no_faction_ban", "testament")
WORLDS, SEED, CONDITION = 4000, 0, Condition.branch  # what `factions compare` takes if nothing is said


def found_in(paths: Iterable[Path], worlds: int = WORLDS) -> dict[str, dict[str, str]]:
    """What a comparison of each file finds, by its name; of a file that stands for several, by their meeting or day."""
    base = load(FOLDER / "history.toml")
    comparer = Comparer(base, find_draws(base), worlds, SEED, CONDITION)
    scenarios = [reading.scenario for path in paths for reading in read_variants(path)]
    found: dict[str, dict[str, str]] = {}
    for scenario in in_order(comparer, scenarios):
        name, _, when = scenario.path.stem.partition("@")
        found.setdefault(name, {})[when] = in_short(comparer.compare(scenario, tell=False))[0]
    return found


def lines(name: str, texts: Mapping[str, str]) -> str:
    """What was found as comments, with the command that prints it; of several, each on lines of its own."""
    command = f"As found (factions compare history {name}):"
    paragraphs = [f"{command} {texts['']}"] if "" in texts else [command, *(f"{k}: {v}" for k, v in texts.items())]
    wrap = textwrap.TextWrapper(118, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for text in paragraphs for line in wrap.wrap(text))


def renewed(text: str, found: str) -> str:
    """The text of a file with this in the place of what was found, which ends the comment at its head."""
    head, mark, rest = text.partition(MARK)
    assert mark, "a what-if says what was found"
    after = next(k for k, line in enumerate(rest.splitlines(keepends=True)) if k and not line.startswith("#"))
    return head + found + "".join(rest.splitlines(keepends=True)[after:])


def test_what_was_found_is_written_with_its_command():
    assert lines("x", {"": "At the end A ruled."}) == "# As found (factions compare history x): At the end A ruled.\n"
    two = lines("x", {"1925-01-01": "A ruled.", "1926-01-01": "word " * 40})
    assert two.splitlines()[:2] == ["# As found (factions compare history x):", "# 1925-01-01: A ruled."]
    assert two.splitlines()[2].startswith("# 1926-01-01: word word") and max(map(len, two.splitlines())) <= 120


def test_only_what_was_found_is_written_anew():
    text = '# Weak.\n# As found (old): it was\n# otherwise.\ntitle = "x"  # not this\n# nor this\n'
    new = '# Weak.\n# As found (new): so.\ntitle = "x"  # not this\n# nor this\n'
    assert renewed(text, "# As found (new): so.\n") == new
    with pytest.raises(AssertionError, match="says what was found"):
        renewed("# Weak.\n", "")


def test_what_is_found_is_the_answer_of_each_file_and_of_each_day_of_a_file():
    known = [FOLDER / "counterfactuals" / f"{name}.toml" for name in ("grain_crisis_moved", "stalin_dies")]
    found = found_in(known, worlds=40)
    assert set(found["stalin_dies"]) == {""} and set(found["grain_crisis_moved"]) == {"1926-12-20", "1928-12-20"}
    assert "the Right ruled" in found["stalin_dies"][""]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_file_says_what_was_found_and_by_which_command(path):
    text = path.read_text(encoding="utf-8")
    assert text.count(MARK) == 1 and f"{MARK}factions compare history {path.stem}):" in text
    assert renewed(text, "# new\n").count("\n") > 5


def test_what_was_found_is_found_still():
    """In two files that take little time; all are written at once.  Another machine may round a number otherwise."""
    known = [FOLDER / "counterfactuals" / f"{name}.toml" for name in CHECKED]
    for name, texts in found_in(known).items():
        text = (FOLDER / "counterfactuals" / f"{name}.toml").read_text(encoding="utf-8")
        written, now = (_words_and_numbers(each) for each in (text[text.index(MARK) :], lines(name, texts)))
        assert written[0][: len(now[0])] == now[0], f"write it anew: {SCRIPT} {name}"
        assert written[1][: len(now[1])] == pytest.approx(now[1], abs=1.0), f"write it anew: {SCRIPT} {name}"


def _words_and_numbers(text: str) -> tuple[list[str], list[float]]:
    """The words of comments and the numbers among them, each in their order."""
    parts = re.findall(r"\d+(?:\.\d+)?|[^\W\d]+", text)
    return [part for part in parts if not part[0].isdigit()], [float(part) for part in parts if part[0].isdigit()]


if __name__ == "__main__":
    chosen = [path for path in FILES if path.stem in sys.argv[1:]] if sys.argv[1:] else FILES
    for name, texts in found_in(chosen).items():
        path = FOLDER / "counterfactuals" / f"{name}.toml"
        path.write_text(renewed(path.read_text(encoding="utf-8"), lines(name, texts)), encoding="utf-8")
