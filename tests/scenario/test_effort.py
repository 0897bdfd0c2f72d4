"""Twice as large a file takes about twice as much work: counted in calls, which no load of the machine changes."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from factions.scenario import load


def changes(count: int) -> str:
    """Decisions at two meetings, the same again and again, and events."""
    stances = '[[changes]]\nkind = "stance"\nbloc = "left"\nto = "open"\nsince = 1924-01-01\n'
    threats = '[[changes]]\nkind = "threat"\nby = 0.1\ndate = 1924-02-01\n'
    return 'extends = "base.toml"\n' + (stances + threats) * count


def facts(count: int) -> str:
    """Contested facts; the option that is not in force adds an event."""
    options = (
        '[contested.f{0}]\nquestion = "?"\n[contested.f{0}.options.a]\ntext = "a"\n[contested.f{0}.options.b]\n'
        'text = "b"\n[[contested.f{0}.options.b.leaders]]\nid = "trotsky"\nprestige = {0}\n'
    )
    readings = "".join(f'f{number} = "a"\n' for number in range(count))
    return 'extends = "base.toml"\n[readings]\n' + readings + "".join(options.format(n) for n in range(count))


def removals(count: int) -> str:
    """The events of the base, the last one first."""
    names = ", ".join(f'"events.e{number}"' for number in reversed(range(count)))
    return f'extends = "base.toml"\nremove = [{names}]\n'


def calls(path) -> int:
    """How many functions are called to read a file."""
    profile = cProfile.Profile()
    profile.enable()
    load(path)
    profile.disable()
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize("text", [changes, facts, removals])
def test_the_effort_grows_with_the_file(text, minimal, write):
    def effort(count: int) -> int:
        events = '[[events]]\nid = "e{}"\ndate = 1924-02-01\nkind = "threat"\nby = 0.1\n'
        write(minimal + "".join(events.format(number) for number in range(count)), "base.toml")
        return calls(write(text(count)))

    effort(1)  # what is done once and kept
    few, twice, fourfold = effort(100), effort(200), effort(400)
    assert fourfold - twice < 2.5 * (twice - few)
