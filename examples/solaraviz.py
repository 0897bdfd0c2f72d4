"""`Party` in Mesa's own SolaraViz: `solara run examples/solaraviz.py`, with solara < 1.60 and ipyvuetify < 2."""

import solara
from mesa.visualization import SolaraViz
from mesa.visualization.utils import update_counter

import factions

SCENARIO = factions.load("history")


@solara.component
def Alliances(party):
    """Who stands with whom after the last meeting, and how many voted against the rulers."""
    update_counter.get()  # draws anew at each step
    if party.meeting < 0:
        solara.Text("No meeting yet: press Step.")
        return
    meeting = SCENARIO.meetings[party.meeting]
    solara.Text(f"{meeting.name}, {meeting.date}: {party.vote_share:.1%} of the votes against the rulers")
    for alliance in sorted({bloc.alliance for bloc in party.blocs if bloc.alliance}, key=len, reverse=True):
        blocs = [bloc for bloc in party.blocs if bloc in alliance]
        state = "rule" if blocs[0].in_power else "oppose openly" if any(bloc.open for bloc in blocs) else "keep quiet"
        names = ", ".join(f"{bloc.entry.name} ({bloc.influence:.0%})" for bloc in blocs)
        solara.Text(f"{names}: {state}")


world = {"type": "SliderInt", "value": 0, "label": "World", "min": 0, "max": 99, "step": 1}
page = SolaraViz(
    factions.Party(SCENARIO),
    components=[Alliances],
    model_params={"content": SCENARIO, "world": world, "seed_number": 0},
    name=SCENARIO.title,
)
page  # noqa: B018  (solara shows what stands last)
