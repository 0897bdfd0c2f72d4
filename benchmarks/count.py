"""How many random numbers, exponentials and logarithms one world takes; run with NUMBA_DISABLE_JIT=1."""

from __future__ import annotations

import math
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore", RuntimeWarning)  # numpy's integers say that they wrap, as they are meant to
COUNTS = {"draws": 0, "exponentials": 0, "logarithms": 0}


def counted(name: str, function):
    def call(*arguments):
        COUNTS[name] += 1
        return function(*arguments)

    return call


def main() -> None:
    from factions import shocks
    from factions.dynamics import run_worlds
    from factions.parameters import default_values
    from factions.scenario import load

    scenario = load(sys.argv[1])
    values = default_values(scenario.parameters)
    records = np.dtype((np.record, values.dtype.descr))  # fields as attributes, as in compiled code
    shocks.philox = counted("draws", shocks.philox)
    math.exp, math.log = counted("exponentials", math.exp), counted("logarithms", math.log)
    run_worlds(scenario, np.arange(1), values.astype(records), 1)
    sys.stdout.write(" ".join(str(number) for number in COUNTS.values()) + "\n")


if __name__ == "__main__":
    main()
