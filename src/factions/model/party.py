"""The party: a Mesa model whose step is one meeting.  It keeps the schedule and what belongs to nobody alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import mesa
import numpy as np

from factions import shocks
from factions.case import Case, build_case
from factions.model import aftermath, events, penalties
from factions.model.agents import Bloc, Leader, Office
from factions.model.decisions import Decision
from factions.model.moves import best_move
from factions.parameters import PARAMETERS, default_values
from factions.rules.bargaining import policy_term
from factions.rules.influence import contest, personal_influence, selection_exponent
from factions.vocabulary import MECHANISMS

if TYPE_CHECKING:
    from factions.scenario import Scenario


class Party(mesa.Model):
    """One world of a scenario.  `world` is its number, `seed_number` the seed; `values` one record of parameters."""

    def __init__(
        self, content: Scenario, world: int = 0, seed_number: int = 0, values: np.ndarray | None = None
    ) -> None:
        super().__init__(rng=int(seed_number))
        self.content, self.world, self.seed_number = content, int(world), int(seed_number)
        if values is None:
            values = default_values(content.parameters)
        self.values = SimpleNamespace(**{name: float(values[name]) for name in PARAMETERS})
        self.case: Case = build_case(content)
        self.meeting = -1  # the meeting that was held last
        self.regime = self.case.regime
        self.salience = [float(value) for value in self.case.salience]
        self.threat = 0.0
        self.vote_share = 0.0
        self.ruling: frozenset[Bloc] = frozenset()
        self.ruling_line = [0.0 for _ in self.salience]
        self.decisions: list[Decision] = []
        self._cast()

    def _cast(self) -> None:
        """Create blocs, leaders and offices, in the order of the file."""
        case, content = self.case, self.content
        self.blocs = [Bloc(self, position, entry) for position, entry in enumerate(content.blocs)]
        self.leaders = [Leader(self, position, entry) for position, entry in enumerate(content.leaders)]
        for leader, bloc, standing in zip(self.leaders, case.membership, case.standing, strict=True):
            leader.bloc = self.blocs[bloc] if bloc >= 0 else None
            leader.standing = int(standing)
        self.offices = [
            Office(entry, shocks.key(entry.id), float(entry.machine), self._leader(holder), self._leader(deputy))
            for entry, holder, deputy in zip(content.offices, case.holder, case.deputy, strict=True)
        ]
        for office, appointer in zip(self.offices, case.appointer, strict=True):
            office.appointer = self.offices[appointer] if appointer >= 0 else None
        for bloc in self.blocs:
            bloc.designated = self._leader(case.chief[bloc.position])
            bloc.trust = {other: float(case.trust[bloc.position, other.position]) for other in self.blocs}
            mask = int(case.alliance[bloc.position])
            bloc.alliance = frozenset(other for other in self.blocs if mask >> other.position & 1)
        self.seats = sum(leader.standing == 0 for leader in self.leaders)

    def _leader(self, position: int) -> Leader | None:
        return self.leaders[position] if position >= 0 else None

    # the schedule -----------------------------------------------------------------------------------------------

    @property
    def finished(self) -> bool:
        """Have all meetings been held."""
        return self.meeting + 1 >= len(self.content.meetings)

    def step(self) -> None:
        """Hold the next meeting; time since the last one passes first."""
        if self.finished:
            self.running = False
            return
        if self.meeting >= 0:
            aftermath.consequences(self)
        self.meeting += 1
        self.events()
        self.influence()
        self.loyalty()
        self.bargaining()
        self.stance()
        self.vote()
        self.sanctions()
        self.surrender()
        self.running = not self.finished

    def events(self) -> None:
        """What happened since the last meeting happens."""
        events.happen(self)

    def influence(self) -> None:
        """Leaders' influence is added up and shared out; blocs get their weight and their line."""
        for leader in self.leaders:
            leader.struck = False
        self.add_up()
        for bloc in self.blocs:
            bloc.draw_line()

    def add_up(self) -> None:
        """Leaders' shares of all influence, and those of their blocs."""
        for leader in self.leaders:
            leader.weight = 0.0
            if leader.activity == 1:
                leader.weight = personal_influence(leader.prestige, leader.standing, self.values.standing_weight)
        for office in self.offices:
            if office.acting_holder is not None:
                office.acting_holder.weight += office.machine
        total = 0.0
        for leader in self.leaders:
            total += leader.weight
        if total > 0.0:
            for leader in self.leaders:
                leader.weight = leader.weight / total
        self.weigh_blocs()

    def weigh_blocs(self) -> None:
        """Blocs are weighed; one without influence leaves its alliance."""
        for bloc in self.blocs:
            bloc.weigh()
        active = frozenset(bloc for bloc in self.blocs if bloc.influence > 0.0)
        for bloc in self.blocs:
            bloc.alliance = (bloc.alliance | {bloc}) & active if bloc in active else frozenset()

    def loyalty(self) -> None:
        """Leaders who are nobody's chief stay in their bloc or move to the one that draws them most."""
        if not self.runs("loyalty"):
            return
        for leader in self.leaders:
            if leader.surrendered == 0 and leader.in_party and not leader.is_chief:
                leader.consider_moving()
        self.weigh_blocs()

    def bargaining(self) -> None:
        """In an order that is itself a shock, each bloc makes the best move that those it brings in consent to."""
        self.settle()
        if self.runs("bargaining"):
            for bloc in self.blocs:
                bloc.appraise()
            for bloc in sorted(self.blocs, key=lambda bloc: self.shock(shocks.ORDER, bloc)):
                if bloc.alliance:
                    self.form(bloc, best_move(bloc))
        self.ruling = self.strongest()
        self.ruling_line = [self.mean_line(self.ruling, k) for k in range(len(self.salience))]

    def settle(self) -> None:
        """What a counterfactual imposes: blocs held together ally; of two kept apart the weaker leaves."""
        for bloc in self.blocs:
            if bloc.alliance and not bloc.unit <= bloc.alliance:
                self._impose(bloc, bloc.unit)
        for bloc in self.blocs:
            for other in self.blocs[: bloc.position]:
                if other in bloc.alliance and bloc.shuns(other):
                    weaker = bloc if bloc.influence < other.influence else other
                    self._impose(weaker, weaker.unit)

    def _impose(self, mover: Bloc, alliance: frozenset[Bloc]) -> None:
        others = [bloc for bloc in self.blocs if bloc in alliance and bloc is not mover]
        self.note("bargaining", mover, "is held together with" if others else "is kept apart", *others, imposed=1.0)
        self.regroup(alliance)

    def form(self, mover: Bloc, alliance: frozenset[Bloc]) -> None:
        """The blocs of an alliance become one and leave those they were in."""
        if alliance != mover.alliance:
            self._note_move(mover, alliance)
        self.regroup(alliance)

    def regroup(self, alliance: frozenset[Bloc]) -> None:
        """The blocs of an alliance become one and leave those they were in."""
        for bloc in self.blocs:
            bloc.alliance = alliance if bloc in alliance else bloc.alliance - alliance

    def _note_move(self, mover: Bloc, alliance: frozenset[Bloc]) -> None:
        now, then = mover.utility_terms(alliance), mover.utility_terms(mover.alliance)
        terms = {name: now[name] - then[name] for name in now}
        gone = [bloc for bloc in mover.alliance if bloc not in alliance]
        won = [bloc for bloc in alliance if bloc not in mover.alliance]
        if mover.alliance > alliance and len(alliance) > 1:
            self.note("bargaining", mover, "excludes", *gone, **terms)
        elif won:
            self.note("bargaining", mover, "allies with", *won, **terms)
        else:
            self.note("bargaining", mover, "leaves", *gone, **terms)

    def stance(self) -> None:
        """Blocs outside the ruling alliance oppose openly or keep quiet."""
        for bloc in self.blocs:
            bloc.take_stance()

    def vote(self) -> None:
        """The open opposition's share of votes after selection, and every bloc's."""
        opposed, loyal = 0.0, 0.0
        for bloc in self.blocs:
            bloc.delegates = 0.0
        for leader in self.leaders:
            weight = leader.weight
            if self.case.by_heads[self.meeting]:
                weight = 1.0 if leader.in_party and leader.standing < 2 else 0.0
            if leader.bloc is not None:
                leader.bloc.delegates += weight
            if leader.bloc is not None and leader.bloc.open:
                opposed += weight
            else:
                loyal += weight
        share = opposed / (opposed + loyal) if opposed > 0.0 else 0.0
        self.vote_share = contest(share, self.exponent)
        for bloc in self.blocs:
            if bloc.open:
                bloc.delegates = self.vote_share * (bloc.delegates / opposed) if opposed > 0.0 else 0.0
            else:
                bloc.delegates = (1.0 - self.vote_share) * (bloc.delegates / loyal) if loyal > 0.0 else 0.0

    def sanctions(self) -> None:
        """The ruling alliance punishes open opponents and those outside the party who hold out, one rung at a time."""
        penalties.sanctions(self)

    def surrender(self) -> None:
        """Punished leaders out of power hold out or capitulate, chiefs first; some of those who did come back."""
        penalties.surrender(self)

    # what the agents ask ----------------------------------------------------------------------------------------

    @property
    def years_before(self) -> float:
        """Years since the last meeting, or the start."""
        return float(self.case.years_before[self.meeting])

    @property
    def years_after(self) -> float:
        """Years to the next meeting, or the end."""
        return float(self.case.years_after[self.meeting])

    @property
    def exponent(self) -> float:
        """Exponent of the contest for the votes of this meeting."""
        return selection_exponent(self.values.contest, float(self.case.selection[self.meeting]))

    def runs(self, mechanism: str) -> bool:
        """Is a mechanism on."""
        return bool(self.case.mechanism[MECHANISMS.index(mechanism)])

    def factor(self, mechanism: str) -> float:
        """1 for a mechanism that is on, 0 for one that is off."""
        return 1.0 if self.runs(mechanism) else 0.0

    def shock(self, purpose: int, actor=None, other: int = 0) -> float:
        """The uniform number of a purpose and an actor, or of all, at this meeting; `other` tells decisions apart."""
        meeting_key = int(self.case.meeting_key[self.meeting])
        key = 0 if actor is None else actor.key
        return shocks.uniform(self.seed_number, self.world, meeting_key, purpose, key, other)

    def logistic_shock(self, purpose: int, actor, other) -> float:
        """The logistic number of this purpose and these actors at this meeting."""
        meeting_key = int(self.case.meeting_key[self.meeting])
        return shocks.logistic_shock(self.seed_number, self.world, meeting_key, purpose, actor.key, other.key)

    def loss(self, x: list[float], y: list[float]) -> float:
        """Policy loss between two positions on all issues; 0 with the mechanism off."""
        total = 0.0
        if self.runs("policy"):
            for k, salience in enumerate(self.salience):
                total += policy_term(salience, x[k], y[k])
        return total

    def influence_of(self, alliance: frozenset[Bloc]) -> float:
        """Influence of an alliance."""
        together = 0.0
        for bloc in self.blocs:
            if bloc in alliance:
                together += bloc.influence
        return together

    def mean_line(self, alliance: frozenset[Bloc], k: int) -> float:
        """Mean line of an alliance on issue k, weighted by influence; 0 for none."""
        together, mean = 0.0, 0.0
        for bloc in self.blocs:
            if bloc in alliance:
                together += bloc.influence
                mean += bloc.influence * bloc.line[k]
        return mean / together if together > 0.0 else 0.0

    def trust_of_rulers(self, bloc: Bloc) -> float:
        """Mean trust of the ruling blocs in a bloc, weighted by influence; 0 if nobody rules."""
        together, mean = 0.0, 0.0
        for ruler in self.blocs:
            if ruler in self.ruling:
                together += ruler.influence
                mean += ruler.influence * ruler.trust[bloc]
        return mean / together if together > 0.0 else 0.0

    def strongest(self) -> frozenset[Bloc]:
        """The alliance with most influence; the first of equals; none if no bloc has any."""
        best: frozenset[Bloc] = frozenset()
        most = 0.0
        for bloc in self.blocs:
            together = self.influence_of(bloc.alliance)
            if together > most:
                best, most = bloc.alliance, together
        return best

    def note(self, phase: str, actor, action: str, *objects, **terms: float) -> None:
        """Enter a decision in the chronicle."""
        ids = tuple(entry.entry.id for entry in objects)
        self.decisions.append(Decision(self.meeting, phase, actor.entry.id, action, ids, terms))
