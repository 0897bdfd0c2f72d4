"""The free parameters of the rules: one row each, with unit, range, prior, meaning and source.

No parameter belongs to one person, one bloc or one date.  The prior of each is uniform over its range
(`scale = "linear"`) or uniform in the logarithm (`scale = "log"`); a range is what the cited literature or the
meaning of the quantity allows, not what the record prefers.  Rates are per year.
"""

from __future__ import annotations

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


_ROWS = (
    # influence, contest, lines
    Parameter("standing_weight", "factor", 0.2, 0.9, 0.8,
              "what is left of a leader's prestige one rung below the Politburo, and again one below that",
              "Michels 1911 (office makes the leader); Nove 1969 on Politburo and CC weight", free=False),
    Parameter("contest", "exponent", 1.2, 4.0, 2.5,
              "how sharply an advantage in influence becomes an advantage in delegates",
              "Tullock 1980; Kendall & Stuart 1950 (cube law: 3); Taagepera 1986", free=False),
    Parameter("leadership", "share", 0.0, 0.9, 0.5,
              "weight of the chief's own ideal point in the line of his bloc",
              "Michels 1911; Ansell & Fish 1999 on charismatic and patronage parties"),
    Parameter("line_rate", "per year", 0.3, 12.0, 2.0,
              "rate at which a bloc's public line follows its leaders and the pull of office",
              "Downs 1957 (reliability); Budge 1994; Adams et al. 2006 on the inertia of party lines", "log"),
    # bargaining
    Parameter("policy_motive", "utility per squared distance", 0.05, 10.0, 0.7,
              "worth of agreement with the mean line of one's alliance",
              "Axelrod 1970; De Swaan 1973", "log"),
    Parameter("trust_motive", "utility", 0.2, 6.0, 2.0,
              "worth of an ally who holds all influence and is fully trusted",
              "Axelrod & Bennett 1993", "log"),
    Parameter("safety_motive", "utility", 0.1, 40.0, 2.0,
              "worth of belonging to an alliance that holds half of all influence: safety in numbers",
              "Hirschman 1970; Waltz 1987 (balancing)", "log"),
    Parameter("habit", "trust", 0.0, 2.0, 0.5,
              "trust added to a partner one is allied with already",
              "Warwick 1994 and Laver & Shepsle 1996 on incumbency in coalition bargaining", free=False),
    Parameter("misjudgement", "trust", 0.02, 1.0, 0.2,
              "scale of the logistic error in judging a possible partner at one meeting",
              "McKelvey & Palfrey 1995 (quantal response)", "log"),
    # loyalty of leaders
    Parameter("mobility", "per year", 0.005, 1.0, 0.05,
              "rate at which a leader who would neither gain nor lose moves to another bloc",
              "Hirschman 1970 (exit)", "log"),
    Parameter("mobility_policy", "log rate per squared distance", 0.0, 6.0, 0.5,
              "how much a better line elsewhere draws a leader away",
              "Hirschman 1970; Heller & Mershon 2009 on party switching"),
    Parameter("mobility_fear", "log rate", 0.0, 10.0, 1.5,
              "how much more fear in one's own bloc than in the other drives a leader away",
              "Hirschman 1970; Kuran 1995"),
    # stance
    Parameter("voice", "log-odds", -15.0, 10.0, -3.0,
              "readiness to speak out of a bloc with no quarrel, no friends and no fear",
              "Hirschman 1970 (voice)"),
    Parameter("voice_strength", "log-odds", 0.0, 100.0, 12.0,
              "how much the share of one's alliance in the influence of both sides encourages",
              "Granovetter 1978; Kuran 1991"),
    Parameter("voice_fear", "log-odds", 0.0, 40.0, 6.0,
              "how much full fear silences",
              "Kuran 1995; Noelle-Neumann 1974"),
    Parameter("voice_loyalty", "log-odds", 0.0, 20.0, 2.0,
              "how much full trust in the rulers delays open opposition: a break stays hidden while trust lasts",
              "Hirschman 1970 (loyalty)"),
    Parameter("disheartening", "share", 0.0, 1.0, 0.4,
              "share of a bloc that fears for itself after the party's delegates voted it down unanimously",
              "Kuran 1995; Noelle-Neumann 1974 (spiral of silence)"),
    # sanctions
    Parameter("sanction", "log-odds", -20.0, 10.0, -4.0,
              "readiness of rulers who do not lead to punish open opposition by the first rung",
              "Becker 1968; Gregory 2009 on Soviet repression"),
    Parameter("sanction_dominance", "log-odds", 0.0, 80.0, 20.0,
              "how much the lead of the strongest ruling bloc over its partners and the opposition encourages it",
              "Svolik 2012 (power sharing restrains repression); Dahl 1971 (costs of suppression)"),
    Parameter("sanction_threat", "log-odds", 0.0, 15.0, 1.0,
              "how much one unit of external threat adds",
              "Coser 1956; Davenport 2007 (threat and repression)"),
    Parameter("sanction_severity", "log-odds per rung", 0.0, 8.0, 0.5,
              "how much harder each further rung of the ladder is to impose",
              "Becker 1968 (graduated penalties)"),
    Parameter("selectivity", "share", 0.0, 0.95, 0.5,
              "chance that a member who is not the chief is spared when his bloc is punished",
              "Gregory 2009; chiefs first"),
    # surrender
    Parameter("surrender", "log-odds", -10.0, 20.0, 2.0,
              "readiness to surrender of a leader expelled from the party who has no quarrel and no comrades",
              "Hirschman 1970; Halfin 2007 on recantation"),
    Parameter("surrender_hope", "log-odds", 0.0, 80.0, 20.0,
              "how much the strength of one's alliance against the rulers keeps one from it",
              "Hirschman 1970; Granovetter 1978; Kuran 1991 (hope of success)"),
    Parameter("surrender_discipline", "log-odds", 0.0, 12.0, 1.5,
              "how much a belief in party discipline adds to it: loyalty to the party against oneself",
              "Hirschman 1970 (loyalty); Deutscher 1959; Halfin 2007"),
    Parameter("surrender_policy", "log-odds per squared distance", 0.0, 6.0, 0.5,
              "how much distance between his convictions and the ruling line keeps him from it",
              "Downs 1957; Deutscher 1959 on the capitulations of 1929"),
    Parameter("surrender_solidarity", "log-odds", 0.0, 20.0, 3.0,
              "how much comrades who all hold out keep him from it",
              "Granovetter 1978; Kuran 1991 (cascades)"),
    Parameter("readmission", "per year", 0.1, 12.0, 2.0,
              "rate at which those who surrendered are readmitted",
              "Halfin 2007", "log", free=False),
    # consequences
    Parameter("patronage", "per year", 0.1, 40.0, 3.0,
              "rate at which the office that appoints replaces an open opponent",
              "Daniels 1960 (circular flow of power); Rigby 1981", "log"),
    Parameter("patronage_ally", "factor", 0.001, 1.0, 0.05,
              "the same for an ally, as a fraction; for a silent outsider its square root",
              "Daniels 1960; Rigby 1981", "log"),
    Parameter("seat", "ideal point", 0.0, 2.0, 1.0,
              "how far office moves a bloc towards discipline, and its loss towards democracy",
              "Miles 1978 (where you stand depends on where you sit)", free=False),
    Parameter("trust_rate", "per year", 0.1, 12.0, 1.0,
              "rate at which trust follows alliance, open enmity and the balance of common friends and enemies",
              "Heider 1946; Cartwright & Harary 1956", "log"),
    Parameter("fear_fade", "per year", 0.1, 12.0, 1.0,
              "rate at which fear fades",
              "Kuran 1995", "log"),
    Parameter("attention_fade", "per year", 0.2, 6.0, 2.0,
              "rate at which attention to an issue and to an external threat fades",
              "Downs 1972 (issue-attention cycle)", "log", free=False),
)  # fmt: skip

PARAMETERS: dict[str, Parameter] = {row.name: row for row in _ROWS}

FREE: dict[str, Parameter] = {name: row for name, row in PARAMETERS.items() if row.free}
"""The parameters that a calibration fits: at most 30."""

MECHANISMS: tuple[str, ...] = (
    "bargaining",  # blocs change alliances at all
    "loyalty",  # leaders change blocs
    "policy",  # distance between lines counts
    "trust",  # trust moves, and counts in bargaining
    "fear",  # punishment frightens
    "seat",  # Miles's law
    "size",  # the contest and the shared prize count (Riker, Gamson)
    "safety",  # safety in numbers counts
    "patronage",  # offices change hands by appointment
    "sanctions",  # open opponents are punished
    "surrender",  # punished leaders may surrender
)
"""Names that `[mechanisms]` may switch off."""

DTYPE = np.dtype([(name, np.float64) for name in PARAMETERS])
"""One parameter vector as a record: `values["voice"]` in numpy, `values.voice` inside compiled code."""


def default_values(overrides: Mapping[str, float] | None = None) -> np.ndarray:
    """Return one record of `DTYPE` (shape ()) with the defaults, replaced by `overrides` where given."""
    values = np.zeros((), DTYPE)
    for name, parameter in PARAMETERS.items():
        values[name] = (overrides or {}).get(name, parameter.default)
    return values
