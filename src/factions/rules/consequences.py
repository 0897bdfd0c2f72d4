"""What time does between meetings: appointments and trust."""

import math

from numba.extending import register_jitable


@register_jitable
def patronage_rate(allied, is_open, patronage, patronage_ally):
    """Rate per year at which the appointing office replaces a holder of another bloc.

    Open opponent: r; ally: r times a; silent outsider: r times the root of a.  Daniels 1960 (circular flow of power).
    """
    if allied:
        return patronage * patronage_ally
    if is_open:
        return patronage
    return patronage * math.sqrt(patronage_ally) if patronage_ally > 0.0 else 0.0


@register_jitable
def trust_target(allied, enemies, balance):
    """Where trust between two blocs goes: +1 allied, -1 open enemies, else the structural balance.

    balance: sum over third blocs of influence times the product of both trusts, in [-1, 1].  Heider 1946.
    """
    if allied:
        return 1.0
    if enemies:
        return -1.0
    return balance
