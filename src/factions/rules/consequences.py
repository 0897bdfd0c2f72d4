"""What time does between meetings: appointments and trust."""

from numba.extending import register_jitable


@register_jitable
def patronage_rate(trust: float, patronage: float) -> float:
    """Rate per year at which the appointing office replaces a holder of another bloc: r ((1 - trust) / 2)^2.

    trust of the patron's bloc in the holder's, in [-1, 1]: the full rate for an enemy, a quarter of it where there is
    neither trust nor distrust, none for a fully trusted ally.  Loyalty is what a patron appoints for (Daniels 1960, the
    circular flow of power; Egorov & Sonin 2011).
    """
    distance = 0.5 * (1.0 - trust)
    return patronage * (distance * distance)


@register_jitable
def is_peer(in_power: int, standing: int, patron: int) -> int:
    """1 if a man is a partner in power of him who appoints to his office, and stands as high or higher; else 0.

    in_power 1 or 0: whether both their blocs rule; standing of the man and of the patron, 0 the highest.  Who shares
    power is not dismissed by one of his equals: it takes a break of the alliance (Svolik 2012 on power sharing).
    """
    return int(in_power == 1 and standing <= patron)


@register_jitable
def trust_target(allied: bool, enemies: bool, balance: float) -> float:
    """Where trust between two blocs goes: +1 allied, -1 open enemies, else the structural balance.

    balance: sum over third blocs of influence times the product of both trusts, in [-1, 1].  Heider 1946.
    """
    if allied:
        return 1.0
    if enemies:
        return -1.0
    return balance
