"""The influence figure: quantiles by hand, and the finding in its title."""

import numpy as np
import pytest

from factions.plots import influence


def test_rows_hold_the_quantiles_of_each_bloc(build):
    shares = np.array([0.1, 0.2, 0.3])[:, None, None]
    ensemble = build.ensemble(build.scenario(blocs=1, meetings=1), 3, influence=shares, delegates=2 * shares)
    first, second = influence.table(ensemble)
    assert (first["bloc"], first["quantity"], second["quantity"]) == ("b0", "influence", "delegates")
    assert [first[name] for name in ("p10", "median", "p90")] == pytest.approx([0.12, 0.2, 0.28])
    assert second["median"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ([0.2, 0.5], [0.6, 0.3], "Bloc 0 gains most: from 20% up to 60% of influence at the median"),
        ([0.2, 0.5], [0.3, 0.1], "Bloc 1 loses most: from 50% down to 10% of influence at the median"),
        ([0.2, 0.5], [0.2, 0.5], "Bloc 1 has the most influence: 50% at the median"),
    ],
)
def test_the_title_names_the_bloc_that_changed_most(build, first, last, title):
    ensemble = build.ensemble(build.scenario(meetings=2), 2, influence=np.array([first, last]))
    assert influence.figure(ensemble).texts[0].get_text() == title


def test_all_panels_share_one_scale(build):
    ensemble = build.ensemble(build.scenario(blocs=3), 2, influence=np.array([0.1, 0.2, 0.6]))
    panels = [axes for axes in influence.figure(ensemble).axes if axes.get_title(loc="left")]
    assert len(panels) == 3
    assert len({axes.get_ylim() for axes in panels}) == 1
