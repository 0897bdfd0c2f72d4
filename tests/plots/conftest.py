"""Small ensembles built by hand, so that figures are tested without an engine."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace as Thing

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from factions.plots.page import Fill
from factions.results.arrays import empty_arrays
from factions.results.ensemble import Ensemble
from factions.results.tally import Tallied
from factions.scenario.content.fields import ENTRIES
from factions.vocabulary import BODIES


def make_scenario(blocs=2, leaders=3, meetings=3, record=(), names=None, dates=None, colours=()):
    """A scenario of these sizes: blocs b0, b1, ...; leaders l0, ... in blocs by turns; meetings m0, ..."""
    names = names or [f"Bloc {b}" for b in range(blocs)]
    dates = dates or [date(1924, 1, 10) + timedelta(days=120 * m) for m in range(meetings)]
    return Thing(
        **dict.fromkeys(ENTRIES.keys() - {"blocs", "leaders", "meeting_kinds", "meetings", "record"}, ()),
        title="A test case",
        question=None,
        path=Path("test.toml"),
        blocs=tuple(Thing(id=f"b{b}", name=name, colour=dict(colours).get(b)) for b, name in enumerate(names)),
        leaders=tuple(
            Thing(id=f"l{k}", name=f"Leader {k}", bloc=f"b{k % len(names)}", prestige=10.0 + k, called=f"{k}")
            for k in range(leaders)
        ),
        meeting_kinds=(Thing(id="congress", name="Congress", electorate="delegates"),),
        meetings=tuple(
            Thing(id=f"m{m}", name=f"{m}. Congress", kind="congress", date=day, short=None)
            for m, day in enumerate(dates)
        ),
        record=tuple(record),
        spokesman=lambda bloc: f"l{bloc.removeprefix('b')}",
        bodies=BODIES,
    )


def make_ensemble(scenario, worlds=3, **arrays):
    """An ensemble in which every bloc stands alone and b0 rules, but for the given arrays."""
    filled = empty_arrays(scenario, worlds)
    filled["alliance"][:] = np.arange(len(scenario.blocs))
    filled["activity"][:] = 1
    for name, value in arrays.items():
        filled[name][:] = value
    return Ensemble(scenario, seed=7, engine="test", worlds=np.arange(worlds), arrays=filled)


def make_worlds(scenario, worlds=3, **arrays):
    """The counts of an ensemble so made."""
    return Tallied.of(make_ensemble(scenario, worlds, **arrays))


def make_noise(scenario, worlds, seed=0):
    """Worlds in which anything may stand anywhere."""
    draw, length = np.random.default_rng(seed), len(scenario.blocs)
    shares = {
        name: np.where(draw.random((worlds, len(scenario.meetings), length)) < 0.2, 0.0, 1.0)
        for name in ("influence", "delegates")
    }
    for array in shares.values():
        array *= draw.random(array.shape)
    size = (worlds, len(scenario.meetings))
    return make_ensemble(
        scenario,
        worlds,
        alliance=draw.integers(-1, length, (*size, length)),
        ruling=draw.integers(-1, length, size),
        open=draw.random((*size, length)) < 0.5,
        standing=draw.integers(0, 6, (*size, len(scenario.leaders))),
        activity=draw.integers(-1, 2, (*size, len(scenario.leaders))),
        **shares,
    )


def make_claim(predicate, blocs=(), at=None, between=None, when=None, **more):
    fields = {"id": f"c_{predicate}", "text": f"Something {predicate}.", "about": tuple(blocs), "sources": ()}
    fields |= {"confidence": "high"}
    if predicate == "standing":
        fields |= {"share": (1.0, 1.0), "at_least": None, "at_most": None}
    fields |= more
    return Thing(predicate=predicate, blocs=tuple(blocs), at=at, between=between, when=when, **fields)


@pytest.fixture
def build():
    """The builders, as one object."""
    return Thing(
        scenario=make_scenario,
        ensemble=make_ensemble,
        worlds=make_worlds,
        tallied=Tallied.of,
        noise=make_noise,
        claim=make_claim,
    )


@pytest.fixture
def drawn():
    """drawn(axes, fill, x, near): from where to where a fill reaches just after `x`, in polygons that cross `near`.

    What a meeting decides is drawn from the meeting on.  In the data of the axes, the lower value first; nothing drawn
    is (near, near).
    """

    def found(axes: Axes, fill: Fill, x: float, near: tuple[float, float]) -> tuple[float, float]:
        for painted in (each for each in axes.collections if isinstance(each, PolyCollection)):
            inks = painted.get_edgecolor() if fill.hatched else painted.get_facecolor()
            if bool(painted.get_hatch()) != fill.hatched or not same_colour(inks[0], fill.colour):
                continue
            for path in painted.get_paths():
                corners = path.vertices[: len(path.vertices) - 1]
                ys = [y for y in crossings(corners, x + 1e-3) if near[0] - 1e-9 <= y <= near[1] + 1e-9]
                if ys:
                    return min(ys), max(ys)
        return near[1], near[1]

    return found


def same_colour(one, other) -> bool:
    return np.allclose(to_rgb(one[:3]), to_rgb(other), atol=1 / 255)


def crossings(corners: np.ndarray, x: float) -> list[float]:
    """Heights at which the outline of a polygon crosses the vertical through x."""
    ends = np.roll(corners, -1, axis=0)
    return [
        float(np.interp(x, sorted((a[0], b[0])), [a[1], b[1]] if a[0] <= b[0] else [b[1], a[1]]))
        for a, b in zip(corners, ends, strict=True)
        if min(a[0], b[0]) < x < max(a[0], b[0])
    ]


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
