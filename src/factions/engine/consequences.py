"""Phase 9 of a meeting: what time does until the next one."""

from factions.engine.bargaining import TRUST
from factions.engine.compile import kernel
from factions.engine.power import acting_holder
from factions.engine.sanctions import successor
from factions.rules import consequences as rule
from factions.rules.numeric import approach, chance, remaining
from factions.shocks import APPOINTMENT, uniform
from factions.vocabulary import MECHANISMS

PATRONAGE = MECHANISMS.index("patronage")


@kernel
def consequences(case, values, world, m, seed, luck):
    """Patronage, trust and attention until the next meeting."""
    years = case.years_after[m]
    if case.mechanism[PATRONAGE] == 1:
        patronage(case, values, world, m, seed, luck, years)
    if case.mechanism[TRUST] == 1:
        move_trust(
            world.trust,
            world.old_trust,
            world.alliance,
            world.open,
            world.ruling[0],
            world.influence,
            remaining(values.trust_rate, years),
        )
    left = remaining(values.attention_fade, years)
    for k in range(len(world.salience)):
        world.salience[k] = approach(world.salience[k], case.salience[k], left)
    world.threat[0] = approach(world.threat[0], 0.0, left)


@kernel
def patronage(case, values, world, m, seed, luck, years):
    """The holder of an office that appoints puts his own people in the place of others'."""
    for o in range(len(world.holder)):
        appointer = case.appointer[o]
        if appointer < 0 or world.holder[o] < 0:
            continue
        patron = acting_holder(world.holder[appointer], case.deputy[appointer], world.activity, world.standing)
        if patron < 0 or world.membership[patron] < 0:
            continue
        ours, theirs = world.membership[patron], world.membership[world.holder[o]]
        if ours == theirs:
            continue
        trust = world.trust[ours, theirs] if theirs >= 0 else 0.0
        rate = rule.patronage_rate(trust, values.patronage)
        if uniform(seed, luck, case.meeting_key[m], APPOINTMENT, case.office_key[o], 0) < chance(rate, years):
            heir = successor(world.holder, world.membership, world.activity, world.standing, world.prestige, 1 << ours)
            world.holder[o] = heir


@kernel
def move_trust(trust, before, alliance, is_open, ruling, influence, left):
    """Trust moves towards alliance, open enmity or structural balance, all pairs from the same trust of before."""
    blocs = len(alliance)
    for b in range(blocs):
        for c in range(blocs):
            before[b, c] = trust[b, c]
    for b in range(blocs):
        for c in range(blocs):
            if b == c or alliance[b] == 0 or alliance[c] == 0:
                continue
            allied = alliance[b] >> c & 1
            enemies = (is_open[b] == 1 and ruling >> c & 1) or (is_open[c] == 1 and ruling >> b & 1)
            balance = 0.0
            for d in range(blocs):
                if d != b and d != c:
                    balance += influence[d] * (before[b, d] * before[c, d])
            target = rule.trust_target(allied, enemies, balance)
            trust[b, c] = approach(before[b, c], target, left)
