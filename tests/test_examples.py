"""The examples for those who know Mesa: they run, and find what the engine finds."""

from __future__ import annotations

import pickle
import runpy
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

import factions
from factions.parameters import default_values

EXAMPLES = Path(__file__).parents[1] / "examples"
SMALL = "germany_2021"


@pytest.fixture(scope="module")
def case():
    return factions.load(SMALL)


def test_the_collector_holds_what_the_engine_finds(case):
    _, collector = runpy.run_path(str(EXAMPLES / "datacollector.py"))["collect"](SMALL, 2)
    table = collector.get_model_vars_dataframe()
    ensemble = factions.run(case, 3, seed=1, parameters="default")
    assert len(table) == len(case.meetings)
    assert table["votes_against"].tolist() == ensemble["vote_share"][2].tolist()
    ruling = ensemble["ruling"][2]
    expected = [
        ", ".join(bloc.id for bloc, label in zip(case.blocs, labels, strict=True) if label == ruling[m])
        for m, labels in enumerate(ensemble["alliance"][2])
    ]
    assert table["rulers"].tolist() == expected
    agents = collector.get_agent_vars_dataframe()["influence"].dropna()
    assert len(agents) == len(case.meetings) * len(case.leaders)
    assert agents.groupby(level=0).sum().to_numpy() == pytest.approx(np.ones(len(case.meetings)))


def test_a_party_goes_on_after_it_was_pickled(case):
    module = runpy.run_path(str(EXAMPLES / "datacollector.py"))
    one = factions.Party(case, world=1, seed_number=1)
    one.step()
    other = pickle.loads(pickle.dumps(one))
    for party in (one, other):
        party.step()
    assert module["rulers"](one) == module["rulers"](other)


def test_the_batch_is_the_engine_with_other_parameters(case):
    rows = runpy.run_path(str(EXAMPLES / "batch.py"))["batch"](SMALL, {"safety_motive": [1.0, 4.0]}, range(4))
    assert [(row["safety_motive"], row["world"]) for row in rows] == [(s, w) for s in (1.0, 4.0) for w in range(4)]
    from factions.dynamics import run_worlds

    for motive in (1.0, 4.0):
        values = np.array([default_values({"safety_motive": motive})] * 4)
        found = run_worlds(case, np.arange(4), values, 1)
        labels, ruling = found["alliance"][:, -1], found["ruling"][:, -1]
        expected = [
            ", ".join(bloc.id for bloc, label in zip(case.blocs, labels[w], strict=True) if label == ruling[w])
            for w in range(4)
        ]
        assert [row["rulers"] for row in rows if row["safety_motive"] == motive] == expected


@pytest.mark.parametrize("name", ["datacollector.py", "batch.py"])
def test_an_example_runs_as_a_script(name):
    command = [sys.executable, "-W", "error", str(EXAMPLES / name), SMALL]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "spd" in done.stdout


@pytest.mark.filterwarnings("default")  # solara warns of its own code
def test_mesas_own_page_shows_a_party(case):
    if find_spec("solara") is None:
        pytest.skip("needs solara, and ipyvuetify below 2, as Mesa's SolaraViz does")
    solara = import_module("solara")
    shown = runpy.run_path(str(EXAMPLES / "solaraviz.py"))
    party = factions.Party(shown["SCENARIO"], seed_number=1)
    assert texts(solara.render(shown["Alliances"](party), handle_error=False)[0]) == ["No meeting yet: press Step."]
    party.step()
    first, *alliances = texts(solara.render(shown["Alliances"](party), handle_error=False)[0])
    assert f"{party.vote_share:.1%} of the votes" in first
    assert alliances[0].endswith(": rule") and len(alliances) == len(
        {bloc.alliance for bloc in party.blocs} - {frozenset()}
    )
    assert texts(solara.render(shown["page"], handle_error=False)[0])


def texts(widget: object) -> list[str]:
    """What is written in a widget and in those that it has."""
    children = getattr(widget, "children", None) or []
    return [text for child in children for text in ([child] if isinstance(child, str) else texts(child))]
