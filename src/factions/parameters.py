"""The free parameters of the rules: one row each, with unit, range, prior, meaning and source.

No parameter belongs to one person, one bloc or one date.  The prior of each is uniform over its range
(`scale = "linear"`) or uniform in the logarithm (`scale = "log"`); a range is what the cited literature or the
meaning of the quantity allows, not what the record prefers.  Rates are per year.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np


@dataclass(frozen=True)
class Parameter:
    """One parameter: `default` lies in [`low`, `high`]; `scale` says in which metric the prior is uniform.

    A parameter that is not `free` keeps its default when a scenario is calibrated: its source gives it a value.
    """

    name: str
    unit: str
    low: float
    high: float
    default: float
    meaning: str
    source: str
    scale: Literal["linear", "log"] = "linear"
    free: bool = True

    def place(self, values: np.ndarray | float) -> np.ndarray:
        """Where values lie in the range as the prior measures it: 0 at its low end, 1 at its high end."""
        if self.scale == "log":
            low, high = math.log(self.low), math.log(self.high)
            return np.asarray((np.log(values) - low) / (high - low))
        return np.asarray((values - self.low) / (self.high - self.low))

    def at(self, places: np.ndarray | float) -> np.ndarray:
        """The values at places in [0, 1] of the range: the opposite of `place`."""
        if self.scale == "log":
            low, high = math.log(self.low), math.log(self.high)
            return np.clip(np.exp(low + places * (high - low)), self.low, self.high)
        return np.clip(self.low + places * (self.high - self.low), self.low, self.high)


# fmt: off
_ROWS = (
    # influence, contest, lines
    Parameter("standing_weight", "factor", 0.2, 0.9, 0.8,
              "what is left of a leader's prestige one rung below the Politburo, and again one below that",
              "Michels 1911 (office makes the leader); Nove 1969 on Politburo and CC weight", free=False),
    Parameter("contest", "exponent", 1.2, 4.0, 3.0,
              "how sharply an advantage in influence becomes an advantage in delegates",
              "Tullock 1980; Kendall & Stuart 1950 (cube law: 3); Taagepera 1986", free=False),
    # bargaining
    Parameter("policy_motive", "utility per squared distance", 0.05, 10.0, 1.0,
              "worth of agreement with the mean line of one's alliance; the unit is an ally who holds all influence "
              "and is fully trusted",
              "Axelrod 1970; De Swaan 1973", "log"),
    Parameter("safety_motive", "utility", 0.1, 20.0, 2.0,
              "worth of belonging to an alliance that holds half of all influence: safety in numbers",
              "Hirschman 1970; Waltz 1987 (balancing)", "log"),
    Parameter("habit", "trust", 0.0, 2.0, 0.5,
              "trust added to a partner one is allied with already",
              "Warwick 1994 and Laver & Shepsle 1996 on incumbency in coalition bargaining", free=False),
    Parameter("misjudgement", "trust", 0.0, 1.0, 0.05,
              "scale of the logistic error in judging a possible partner at one meeting: one judgement in twenty is "
              "off by more than 3.7 times as much",
              "McKelvey & Palfrey 1995 (quantal response)", free=False),
    # loyalty of leaders
    Parameter("mobility", "per year", 0.005, 1.0, 0.05,
              "rate at which a leader who would neither gain nor lose moves to another bloc; it rises with what he "
              "gains, at the worth of policy in bargaining",
              "Hirschman 1970 (exit)", "log"),
    # stance, sanctions, surrender
    Parameter("precision", "log-odds per share", 2.0, 200.0, 40.0,
              "how sharply decisions turn on shares: voice on that of one's alliance in all names, surrender on that "
              "in all influence and on that of the comrades who gave in, punishment on the votes beyond its majority",
              "McKelvey & Palfrey 1995 (one precision for all choices); Granovetter 1978 and Kuran 1991 (thresholds)",
              "log"),
    Parameter("voice_mass", "share", 0.0, 0.6, 0.3,
              "critical mass: share of all prestige below which a condemned alliance rather keeps quiet",
              "Schelling 1978; Granovetter 1978; Marwell & Oliver 1993"),
    Parameter("sanction_threat", "log-odds", 0.0, 15.0, 2.0,
              "how much one unit of external threat adds",
              "Coser 1956; Davenport 2007 (threat and repression)"),
    Parameter("surrender", "log-odds", -20.0, 20.0, 0.0,
              "readiness to surrender of a punished leader without hope whose comrades all hold out",
              "Hirschman 1970; Halfin 2007 on recantation"),
    Parameter("surrender_discipline", "log-odds", 0.0, 30.0, 1.5,
              "how much a belief in party discipline adds to it: loyalty to the party against oneself",
              "Hirschman 1970 (loyalty); Deutscher 1959; Halfin 2007"),
    Parameter("readmission", "per year", 0.1, 12.0, 2.0,
              "rate at which those who surrendered are readmitted",
              "Halfin 2007", "log", free=False),
    # consequences
    Parameter("patronage", "per year", 0.1, 40.0, 3.0,
              "rate at which the apparatus acts without a vote: it replaces a man of a bloc that it wholly distrusts, "
              "and exiles the expelled who hold out",
              "Daniels 1960 (circular flow of power); Rigby 1981; Egorov & Sonin 2011; Gregory 2009", "log"),
    Parameter("office_pull", "ideal point", 0.0, 2.0, 1.0,
              "how far office moves a bloc towards discipline, and its loss towards democracy",
              "Miles 1978 (where you stand depends on where you sit)", free=False),
    Parameter("trust_rate", "per year", 0.1, 24.0, 1.0,
              "rate at which trust follows alliance, open enmity and the balance of common friends and enemies",
              "Heider 1946; Cartwright & Harary 1956", "log"),
    Parameter("attention_fade", "per year", 0.2, 6.0, 2.0,
              "rate at which attention to an issue and to an external threat fades",
              "Downs 1972 (issue-attention cycle)", "log", free=False),
)
# fmt: on

PARAMETERS: dict[str, Parameter] = {row.name: row for row in _ROWS}

FREE: dict[str, Parameter] = {name: row for name, row in PARAMETERS.items() if row.free}
"""The parameters that a calibration fits: at most 30."""

DTYPE = np.dtype([(name, np.float64) for name in PARAMETERS])
"""One parameter vector as a record: `values["voice"]` in numpy, `values.voice` inside compiled code."""


def default_values(overrides: Mapping[str, float] | None = None) -> np.ndarray:
    """Return one record of `DTYPE` (shape ()) with the defaults, replaced by `overrides` where given."""
    values = np.zeros((), DTYPE)
    for name, parameter in PARAMETERS.items():
        values[name] = (overrides or {}).get(name, parameter.default)
    return values
