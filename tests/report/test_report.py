"""The page: self-contained, escaped, and in words that follow the figures."""

from __future__ import annotations

import re

import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.draws import Draws
from factions.parameters import default_values
from factions.report.comparison import own_text, write_comparison
from factions.report.page import Page
from factions.report.side import Side
from factions.report.table import Column, table
from factions.scenario import load

CHANGE = """\
extends = "base.toml"
title = "Trotsky & <Stalin>"
question = "What if the army had stayed?"
description = "Some say this, others that."
[[changes]]
kind = "appointment"
office = "army"
leader = "trotsky"
date = 1925-12-01
text = "Trotsky has the army."
sources = ["book"]
"""


@pytest.fixture
def comparison(minimal, write):
    base = load(write(minimal, "base.toml"))
    values = default_values().reshape(1)
    return Comparer(base, Draws(values, "test"), 40, 1, Condition.none).compare(load(write(CHANGE, "army.toml")))


def test_text_is_escaped():
    page = Page("a < b")
    page.paragraph("x & <y>")
    page.table(table(['"q"'], Column("A & B", str), title="<i>", note="1 < 2", faint=bool))
    page.text("more", "</pre>")
    markup = page.markup()
    assert "<title>a &lt; b</title>" in markup
    assert "x &amp; &lt;y&gt;" in markup
    assert '<tr class="quiet"><td>&quot;q&quot;</td></tr>' in markup
    for words in ("<th>A &amp; B</th>", "<caption>&lt;i&gt;</caption>", "1 &lt; 2"):
        assert words in markup
    assert "&lt;/pre&gt;" in markup


def test_a_report_needs_no_network_and_is_small(comparison, tmp_path):
    paths = write_comparison(Side.of(comparison), tmp_path / "out", "factions compare ...")
    page = tmp_path / "out" / "report.html"
    assert page in paths
    markup = page.read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="(?!data:)', markup)
    assert "@import" not in markup and not re.search(r"url\((?!#)", markup)
    assert page.stat().st_size < 4_000_000
    parts = ["Trotsky &amp; &lt;Stalin&gt;", "What if the army had stayed?", "Trotsky has the army.", "A book"]
    parts += ["Some say this, others that.", "factions compare ...", "seed", "kind = &quot;appointment&quot;"]
    for part in parts:
        assert part in markup, part


def test_every_figure_is_written_three_times(comparison, tmp_path):
    write_comparison(Side.of(comparison), tmp_path, "factions compare")
    for name in ("flow", "contrasts", "divergence", "standing", "influence"):
        for suffix in ("png", "svg", "csv"):
            assert (tmp_path / "plots" / f"{name}.{suffix}").stat().st_size > 0


def test_only_the_own_text_of_the_file_is_shown(comparison):
    assert own_text(comparison).startswith('extends = "base.toml"')
    assert "[[leaders]]" not in own_text(comparison)
