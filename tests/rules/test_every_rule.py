"""Every rule: the same to the bit compiled and plain, and an answer for every finite argument."""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
import zlib

import numba
import numpy as np
import pytest

import factions.rules
from factions.parameters import PARAMETERS
from factions.vocabulary import LADDER, RUNGS

INPUTS = 100_000
MODULES = [
    importlib.import_module(f"factions.rules.{module.name}") for module in pkgutil.iter_modules(factions.rules.__path__)
]
RULES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}

# What each argument that is not a parameter can be: "yes" 1 or 0, a ladder's steps, or a range of real numbers.
YES = (
    "allied",
    "enemies",
    "holds_office",
    "is_open",
    "in_power",
    "blow",
    "by_heads",
    "opposes",
    "condemned",
    "stake",
    "same_session",
    "struck",
)
STEPS = {
    "standing": len(LADDER),
    "patron": len(LADDER),
    "rung": len(RUNGS),
    "punished": len(RUNGS),
    "activity": 2,
    "offence": 3,
    "mandate": 3,
}
SHARES = (
    "alliance",
    "chief",
    "dominance",
    "follower",
    "influence",
    "leader",
    "other",
    "vote_share",
    "example",
    "left",
    "majority",
    "mass",
    "mean",
    "one",
    "opposition",
    "other",
    "rulers",
    "sends",
    "sent",
    "share",
    "strength",
    "strongest",
    "won",
)
SIGNED = ("balance", "bond", "discipline", "partners", "pull", "target", "tie", "ties", "trust", "x", "y")
POSITIVE = (
    "exponent",
    "contest_exponent",
    "loss",
    "prestige",
    "rate",
    "rival",
    "salience",
    "selection",
    "threat",
    "years",
)
REAL = ("attraction", "error", "gain", "high", "log_odds", "low")
EXTREMES = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    5e-324,
    1e-300,
    1e-16,
    1.0 - 2.0**-53,
    1.0 + 2.0**-52,
    700.0,
    -710.0,
    1e16,
    1e300,
    -1e300,
    1.7976931348623157e308,
    -1.7976931348623157e308,
]


def column(name: str, noise: np.random.Generator, inputs: int) -> list:
    """Random values of an argument over all that it can be."""
    if name in YES:
        return noise.integers(0, 2, inputs).tolist()
    if name in STEPS:
        return noise.integers(0, STEPS[name], inputs).tolist()
    if name in PARAMETERS:
        row = PARAMETERS[name]
        return noise.uniform(row.low, row.high, inputs).tolist()
    if name in SHARES:
        return noise.choice([noise.uniform(0, 1, inputs), noise.beta(0.1, 0.1, inputs)], axis=0).tolist()
    if name in SIGNED:
        return noise.uniform(-1, 1, inputs).tolist()
    if name in POSITIVE:
        return noise.exponential(3.0, inputs).tolist()
    if name in REAL:
        return noise.normal(0, 10, inputs).tolist()
    raise AssertionError(f"say in this file what the argument {name} can be")


def extreme(name: str, noise: np.random.Generator, inputs: int) -> list:
    """Values of an argument at and beyond the edges of what it can be."""
    if name in YES or name in STEPS:
        return column(name, noise, inputs)
    ends = [PARAMETERS[name].low, PARAMETERS[name].high] if name in PARAMETERS else []
    return noise.choice([*EXTREMES, *ends], inputs).tolist()


def bits(numbers: list) -> np.ndarray:
    """The numbers' representations; every not-a-number is the same."""
    array = np.array(numbers, float)
    return np.where(np.isnan(array), -1, array.view(np.int64))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize(("values", "inputs"), [(column, INPUTS), (extreme, INPUTS // 10)], ids=["random", "edges"])
def test_compiled_equals_plain(rule, values, inputs):
    noise = np.random.default_rng(zlib.crc32(rule.__name__.encode()))
    arguments = list(inspect.signature(rule).parameters)
    rows = list(zip(*(values(name, noise, inputs) for name in arguments), strict=True))
    compiled = numba.njit(rule)
    plain_results = [rule(*row) for row in rows]
    compiled_results = [compiled(*row) for row in rows]
    differ = np.nonzero(bits(plain_results) != bits(compiled_results))[0]
    assert [dict(zip(arguments, rows[n], strict=True)) for n in differ[:3]] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_inside_its_ranges_a_rule_gives_a_finite_number(rule):
    noise = np.random.default_rng(7)
    names = inspect.signature(rule).parameters
    rows = zip(*(column(name, noise, 5_000) for name in names), strict=True)
    assert all(math.isfinite(rule(*row)) for row in rows)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_it_does_and_takes_scalars_alone(rule):
    assert rule.__doc__ and rule.__doc__.strip()
    kinds = {parameter.kind for parameter in inspect.signature(rule).parameters.values()}
    assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD}


def test_the_rules_were_found():
    assert len(RULES) >= 25 and "vote.contest" in RULES
