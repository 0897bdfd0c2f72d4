"""Facts without evidence, and sources without facts."""

from __future__ import annotations

from factions.scenario.audit import audit


def test_gaps_are_named_with_their_place(minimal, write):
    gaps = {gap.key: gap for gap in audit(write(minimal + '\n[sources.unread]\ntext = "Unread"\n'))}
    assert "issues.tempo" not in gaps
    assert "sources.book" not in gaps
    assert gaps["leaders.stalin"].text == "no source and no confidence"
    assert (gaps["leaders.stalin"].place.line, gaps["leaders.stalin"].place.column) == (30, 1)
    assert gaps["sources.unread"].text == "is never cited"


def test_half_an_evidence_is_half_a_gap(minimal, write):
    text = minimal.replace("trust = -0.5", 'trust = -0.5\nsources = ["book"]').replace(
        "machine = 5.0", 'machine = 5.0\nsources = []\nconfidence = "low"'
    )
    gaps = {gap.key: gap.text for gap in audit(write(text))}
    assert gaps["ties.centre+left"] == "no confidence"
    assert gaps["offices.secretariat"] == "no source"


def test_a_contested_fact_needs_sources_but_no_confidence(minimal, write):
    text = (
        '\n[readings]\nvote = "a"\n[contested.vote]\nquestion = "?"\nsources = ["book"]\n'
        '[contested.vote.options.a]\ntext = "a"\n'
    )
    gaps = {gap.key: gap.text for gap in audit(write(minimal + text))}
    assert "contested.vote" not in gaps
    assert gaps["contested.vote.options.a"] == "no source"
