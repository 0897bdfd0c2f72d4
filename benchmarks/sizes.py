"""Struggles of any size, to see how costs grow."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from factions.scenario import Scenario
from factions.vocabulary import RUNGS

START = dt.date(1924, 1, 1)


def sized(blocs: int, leaders: int, meetings: int, issues: int = 3, offices: int = 12) -> Scenario:
    """Random positions, ties and offices; everyone in the Politburo or below it, a meeting every 100 days."""
    dice = random.Random(1)
    names = [f"bloc{n}" for n in range(blocs)]
    cast = [
        {
            "id": f"leader{n}",
            "bloc": names[n % blocs],
            "prestige": dice.uniform(1, 10),
            "standing": dice.choice(["politburo", "central_committee", "party_member"]),
            "ideal_point": {f"issue{k}": dice.uniform(-1, 1) for k in range(issues)},
        }
        for n in range(leaders)
    ]
    posts = [
        {
            "id": f"office{n}",
            "holder": f"leader{n % leaders}",
            "machine": dice.uniform(1, 10),
            **({"appointed_by": "office0"} if n else {}),
        }
        for n in range(offices)
    ]
    ties = [{"blocs": (names[a], names[b]), "trust": dice.uniform(-1, 1)} for a in range(blocs) for b in range(a)]
    path = Path("sized.toml")
    return Scenario.model_validate(
        {
            "title": "A struggle of a given size",
            "start": START,
            "end": START + dt.timedelta(100 * (meetings + 1)),
            "issues": tuple({"id": f"issue{k}", "regime": k == 0} for k in range(issues)),
            "blocs": tuple({"id": name, "chief": f"leader{n}"} for n, name in enumerate(names)),
            "leaders": tuple(cast),
            "offices": tuple(posts),
            "ties": tuple(ties),
            "meeting_kinds": ({"id": "congress", "electorate": "delegates", "rungs": RUNGS[1:], "fills_seats": True},),
            "meetings": tuple(
                {"id": f"m{n}", "kind": "congress", "date": START + dt.timedelta(100 * (n + 1))}
                for n in range(meetings)
            ),
            "path": path,
            "files": (path,),
            "text": "",
        }
    )
