"""Small ensembles built by hand, so that figures are tested without an engine."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace as Thing

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from factions.results.ensemble import Ensemble, empty_arrays


def make_scenario(blocs=2, leaders=3, meetings=3, record=(), names=None, dates=None, colours=()):
    """A scenario of these sizes: blocs b0, b1, ...; leaders l0, ... in blocs by turns; meetings m0, ..."""
    names = names or [f"Bloc {b}" for b in range(blocs)]
    dates = dates or [date(1924, 1, 10) + timedelta(days=120 * m) for m in range(meetings)]
    return Thing(
        title="A test case",
        question=None,
        path=Path("test.toml"),
        issues=(),
        offices=(),
        events=(),
        blocs=tuple(Thing(id=f"b{b}", name=name, colour=dict(colours).get(b)) for b, name in enumerate(names)),
        leaders=tuple(
            Thing(id=f"l{k}", name=f"Leader {k}", bloc=f"b{k % len(names)}", prestige=10.0 + k) for k in range(leaders)
        ),
        meeting_kinds=(Thing(id="congress", name="Congress", electorate="delegates"),),
        meetings=tuple(
            Thing(id=f"m{m}", name=f"{m}. Congress", kind="congress", date=day) for m, day in enumerate(dates)
        ),
        record=tuple(record),
    )


def make_ensemble(scenario, worlds=3, **arrays):
    """An ensemble in which every bloc stands alone and b0 rules, but for the given arrays."""
    filled = empty_arrays(scenario, worlds)
    filled["alliance"][:] = np.arange(len(scenario.blocs))
    filled["activity"][:] = 1
    for name, value in arrays.items():
        filled[name][:] = value
    return Ensemble(scenario, seed=7, engine="test", worlds=np.arange(worlds), arrays=filled)


def make_claim(predicate, blocs=(), at=None, between=None, when=None, **more):
    fields = {"id": f"c_{predicate}", "text": f"Something {predicate}.", "about": tuple(blocs), "confidence": "high"}
    if predicate == "standing":
        fields |= {"share": (1.0, 1.0), "at_least": None, "at_most": None}
    fields |= more
    return Thing(predicate=predicate, blocs=tuple(blocs), at=at, between=between, when=when, **fields)


@pytest.fixture
def build():
    """The builders, as one object."""
    return Thing(scenario=make_scenario, ensemble=make_ensemble, claim=make_claim)


def ticks_out_of_view(axes: Axes) -> list[Text]:
    """Labels of ticks beyond the ends of an axis, which are kept but not drawn."""
    found = []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not low <= tick.get_loc() <= high:
                found += [tick.label1, tick.label2]
    return found


@pytest.fixture
def off_the_page():
    """off_the_page(figure): what is written on it and not wholly on the page."""

    def found(figure: Figure) -> list[str]:
        figure.draw_without_rendering()
        undrawn = {id(label) for axes in figure.axes for label in ticks_out_of_view(axes)}
        texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
        texts = [text for text in texts if id(text) not in undrawn]
        boxes = [text.get_window_extent().transformed(figure.transFigure.inverted()) for text in texts]
        return [
            text.get_text()
            for text, box in zip(texts, boxes, strict=True)
            if min(box.x0, box.y0) < -0.002 or max(box.x1, box.y1) > 1.002
        ]

    return found
