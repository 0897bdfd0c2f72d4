"""The agents: leaders, blocs, and the offices that leaders hold.  Agents decide; the party keeps the schedule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import mesa

from factions import shocks
from factions.rules import bargaining, stance, surrender
from factions.rules import influence as power
from factions.rules.numeric import chance, logistic
from factions.vocabulary import DEPORTED, IN_PARTY, POLITBURO

if TYPE_CHECKING:
    from factions.model.party import Party


class Leader(mesa.Agent):
    """A person: prestige, an ideal point per issue, a standing, and the bloc he belongs to."""

    def __init__(self, party: Party, position: int, entry) -> None:
        super().__init__(party)
        self.party, self.position, self.entry = party, position, entry
        self.key = shocks.key(entry.id)
        self.bloc: Bloc | None = None
        self.prestige = float(entry.prestige)
        self.ideal = [float(entry.ideal_point[issue.id]) for issue in party.content.issues]
        self.standing = POLITBURO
        self.activity = int(entry.active)  # 1 active, 0 inactive, -1 dead
        self.surrendered = 0  # 1 capitulated, 2 readmitted
        self.punished = 0  # worst rung he was struck by
        self.struck = False  # at this meeting
        self.weight = 0.0  # share of influence

    @property
    def in_party(self) -> bool:
        """Active, and a member of the party."""
        return self.activity == 1 and self.standing <= IN_PARTY

    @property
    def is_chief(self) -> bool:
        """Does he lead his bloc inside the party."""
        return self.bloc is not None and self.bloc.chief is self

    @property
    def offices(self) -> list[Office]:
        """The offices he holds."""
        return [office for office in self.party.offices if office.holder is self]

    def consider_moving(self) -> None:
        """Stay, or move to the bloc whose line suits him best; one without a bloc follows the ruling line."""
        party, values = self.party, self.party.values
        if self.bloc is None and not party.ruling:
            return  # there is no ruling line yet
        own_loss = party.loss(self.ideal, self.bloc.line if self.bloc is not None else party.ruling_line)
        best, best_gain = None, 0.0
        for bloc in party.blocs:
            if bloc is not self.bloc and bloc.influence > 0.0:
                gain = own_loss - party.loss(self.ideal, bloc.line)
                if best is None or gain > best_gain:
                    best, best_gain = bloc, gain
        if best is None:
            return
        probability = chance(
            surrender.mobility_rate(best_gain, values.mobility, values.policy_motive), party.years_before
        )
        if party.shock(shocks.MOVE, self) < probability:
            old = () if self.bloc is None else (self.bloc,)
            policy = values.policy_motive * best_gain
            party.note("loyalty", self, "moves to", best, *old, probability=probability, policy=policy)
            self.bloc = best

    def may_surrender(self) -> bool:
        """Is he punished, alive, and within reach."""
        return self.activity == 1 and self.punished > 0 and self.standing < DEPORTED

    def consider_surrender(self, blow: bool, example: float) -> None:
        """Hold out or capitulate: by its log-odds when a blow has fallen on the bloc, else by a rate."""
        party, values = self.party, self.party.values
        if not self.may_surrender():
            return
        bloc = self.bloc
        assert bloc is not None  # only a bloc's members are asked
        discipline = self.ideal[party.regime] if party.regime >= 0 else 0.0
        strength = party.influence_of(bloc.alliance)
        log_odds = surrender.surrender_log_odds(
            strength, discipline, example, values.precision, values.surrender, values.surrender_discipline
        )
        if blow:
            probability = logistic(log_odds)
        else:
            probability = chance(surrender.surrender_rate(log_odds), party.years_before)
        gives_in = party.shock(shocks.SURRENDER, self) < probability
        imposed = int(party.case.surrender_rule[party.meeting, self.position])
        if imposed != 0:
            gives_in = imposed == 1
        if gives_in:
            party.note(
                "surrender",
                self,
                "capitulates",
                self.bloc,
                probability=probability,
                hope=-values.precision * strength,
                discipline=values.surrender_discipline * discipline,
                example=values.precision * example,
                **({"imposed": 1.0} if imposed != 0 else {}),
            )
            self.surrendered = 1
            bloc.recanted += self.prestige
            self.bloc = None


class Bloc(mesa.Agent):
    """Leaders who act together: a line, an alliance, a stance, trust in other blocs, and a rung of punishment."""

    def __init__(self, party: Party, position: int, entry) -> None:
        super().__init__(party)
        self.party, self.position, self.entry = party, position, entry
        self.key = shocks.key(entry.id)
        self.designated: Leader | None = None
        self.chief: Leader | None = None
        self.alliance: frozenset[Bloc] = frozenset({self})  # empty for a bloc without influence
        self.influence = 0.0
        self.delegates = 0.0
        self.line = [0.0 for _ in party.content.issues]
        self.open = False
        self.rung = 0
        self.recanted = 0.0  # prestige of those who surrendered out of it
        self.trust: dict[Bloc, float] = {}
        self.appraisal: dict[Bloc, float] = {}

    @property
    def members(self) -> list[Leader]:
        """Its leaders, in and out of the party."""
        return [leader for leader in self.party.leaders if leader.bloc is self]

    @property
    def unit(self) -> frozenset[Bloc]:
        """Itself and those that a counterfactual holds it together with, without those that have no influence."""
        mask = int(self.party.case.together[self.party.meeting, self.position])
        return frozenset(
            bloc for bloc in self.party.blocs if bloc is self or (mask >> bloc.position & 1 and bloc.alliance)
        )

    def shuns(self, other: Bloc) -> bool:
        """Does a counterfactual keep it out of any alliance with another."""
        return bool(int(self.party.case.apart[self.party.meeting, self.position]) >> other.position & 1)

    @property
    def in_power(self) -> bool:
        """Does it belong to the ruling alliance."""
        return self in self.party.ruling

    def weigh(self) -> None:
        """Influence and chief from its members'."""
        members = self.members
        self.influence = 0.0
        for leader in members:
            self.influence += leader.weight
        self.chief = self.acting_chief(members)

    def draw_line(self) -> None:
        """Its line is that of its leaders and of its seat, in power or out of it; without influence it stays."""
        party = self.party
        if self.influence <= 0.0:
            return
        for k in range(len(self.line)):
            mean = 0.0
            for leader in self.members:
                mean += leader.weight * leader.ideal[k]
            pull = 0.0
            if k == party.regime and party.ruling and party.runs("office_pull"):
                pull = power.pull_of_office(self.in_power, party.values.office_pull)
            self.line[k] = power.public_line(mean / self.influence, pull)

    def acting_chief(self, members: list[Leader]) -> Leader | None:
        """The designated chief while he can lead, else the most influential member in the party."""
        able = [leader for leader in members if leader.in_party]
        if self.designated in able:
            return self.designated
        return max(able, key=lambda leader: leader.weight, default=None)

    def appraise(self) -> None:
        """Judge every other bloc as a partner at this meeting, weighted by its influence."""
        party, values = self.party, self.party.values
        for other in party.blocs:
            self.appraisal[other] = 0.0
            if other is not self and self.alliance and other.alliance and party.runs("trust"):
                error = party.logistic_shock(shocks.JUDGEMENT, self, other)
                allied = int(other in self.alliance)
                trust = bargaining.appraised_trust(self.trust[other], error, values.misjudgement, allied, values.habit)
                self.appraisal[other] = other.influence * trust

    def utility_terms(self, alliance: frozenset[Bloc]) -> dict[str, float]:
        """What an alliance is worth to it, term by term: policy, trust, safety; `total` by the rule."""
        party, values = self.party, self.party.values
        together = party.influence_of(alliance)
        partners = 0.0
        for other in party.blocs:
            if other in alliance:
                partners += self.appraisal[other]
        loss = 0.0
        for k, salience in enumerate(party.salience):
            loss += bargaining.policy_term(salience, self.line[k], party.mean_line(alliance, k))
        policy_motive = values.policy_motive * party.factor("policy")
        safety_motive = values.safety_motive * party.factor("safety")
        total = bargaining.alliance_utility(loss, partners, together, policy_motive, safety_motive)
        return {
            "policy": -policy_motive * loss,
            "trust": partners,
            "safety": safety_motive * bargaining.safety(together),
            "total": total,
        }

    def utility(self, alliance: frozenset[Bloc]) -> float:
        """What an alliance is worth to it."""
        return self.utility_terms(alliance)["total"]

    def gains(self, alliance: frozenset[Bloc]) -> bool:
        """Does it prefer an alliance to its own of now."""
        return self.utility(alliance) > self.utility(self.alliance)

    def example(self) -> float:
        """Share of those punished in it who have surrendered, weighted by prestige; the deported are out of sight."""
        held = 0.0
        for leader in self.members:
            if leader.may_surrender():
                held += leader.prestige
        together = held + self.recanted
        return self.recanted / together if together > 0.0 else 0.0

    def take_stance(self) -> None:
        """Outside the ruling alliance: oppose openly, or keep quiet."""
        party, values = self.party, self.party.values
        self.open = False
        if not self.alliance or self.alliance == party.ruling:
            return
        strength, trust = party.influence_of(self.alliance), party.trust_of_rulers(self)
        log_odds = stance.voice_log_odds(strength, trust, values.precision, values.voice_loyalty)
        probability = logistic(log_odds)
        self.open = party.shock(shocks.VOICE, self) < probability
        imposed = int(party.case.stance_rule[party.meeting, self.position])
        if imposed != 0:
            self.open = imposed == 1
        party.note(
            "stance",
            self,
            "speaks out" if self.open else "keeps quiet",
            probability=probability,
            strength=values.precision * strength,
            loyalty=-values.voice_loyalty * max(trust, 0.0),
            **({"imposed": 1.0} if imposed != 0 else {}),
        )

    def first(self, kind) -> Leader | None:
        """The designated chief if he is of a kind, else the member of that kind with most prestige."""
        able = [leader for leader in self.members if kind(leader)]
        if self.designated in able:
            return self.designated
        return max(able, key=lambda leader: leader.prestige, default=None)


@dataclass(eq=False)
class Office:
    """A post: who holds it, what influence it gives, who appoints to it, and who deputises."""

    entry: object
    key: int
    machine: float
    holder: Leader | None = None
    deputy: Leader | None = None
    appointer: Office | None = None
    name: str = field(default="")

    @property
    def acting_holder(self) -> Leader | None:
        """Who wields it: the holder, or the deputy while he is out of play."""
        if self.holder is None or self.holder.in_party:
            return self.holder
        return self.deputy if self.deputy is not None and self.deputy.in_party else None
