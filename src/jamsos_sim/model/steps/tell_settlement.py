"""What the list of events says of the month's deaths and accidents, from the columns (part of the step
*claim*).
"""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.coverage import Membership
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.events import (
    FILED_ALONE,
    LATE_HELP,
    NO_MEMBER,
    PARTY,
    QUEUED,
    SELF_PAYING_MEMBER,
    SPONSORED_MEMBER,
    family_code,
)
from jamsos_sim.model.status import ACCIDENT, NEVER
from jamsos_sim.model.steps.claim import OUTCOME
from jamsos_sim.model.steps.cover import cover_in
from jamsos_sim.model.steps.heirs_wait import Turn
from jamsos_sim.model.steps.help_claims import BEYOND_CADRES, HELPED
from jamsos_sim.model.steps.injury import Injury, Luck, injury_of
from jamsos_sim.model.steps.tell_claim import Told, member_of_claim, tell_claim, tell_late_claim
from jamsos_sim.model.terms import Rules


def tell_settlement(city: City, rules: Rules, persons: Long, outcome: Long) -> None:
    """Write the events of these people and what came of their cases, as `claim_columns` gives them."""
    people, month, diary = city.people, rules.moment.month, city.diary
    event = people.event[persons]
    member = np.where(people.is_self_paid[persons] == 1, SELF_PAYING_MEMBER, SPONSORED_MEMBER)
    member[outcome[OUTCOME.is_covered] == 0] = NO_MEMBER
    hurt, died = np.flatnonzero(event == ACCIDENT), np.flatnonzero(event != ACCIDENT)
    severity = outcome[OUTCOME.severity, hurt]
    diary.write("accident", month, persons[hurt], reason=severity, member=member[hurt])
    family = [family_code(row) for row in outcome[OUTCOME.family, died].tolist()]
    diary.write("death", month, persons[died], reason=event[died], member=member[died], family=family)
    for kind, row in (("loss", OUTCOME.loss), ("gap_loss", OUTCOME.gap_loss)):
        lost = np.flatnonzero(outcome[row] != 0)
        diary.write(kind, month, persons[lost], reason=event[lost], amount=outcome[row, lost])
    helped = persons[outcome[OUTCOME.help] == HELPED]
    spent = {"amount": rules.terms.costs.assistance, "payer": PARTY["city"], "receiver": PARTY["ward"]}
    diary.write("claim_assistance", month, helped, payment_month=month, **spent)
    beyond = np.flatnonzero(outcome[OUTCOME.help] == BEYOND_CADRES)
    waits = np.where(outcome[OUTCOME.claim, beyond] == NEVER, QUEUED, FILED_ALONE)
    diary.write("claim_unassisted", month, persons[beyond], reason=waits)
    for place in np.flatnonzero(outcome[OUTCOME.claim] != NEVER).tolist():
        told = _told(city, rules, int(persons[place]), outcome[:, place])
        own = member_of_claim(int(outcome[OUTCOME.claim, place]), int(member[place]))
        tell_claim(diary, told._replace(member=own), rules.terms.policy.declared_base, rules.law)


def tell_late_help(city: City, rules: Rules, turn: Turn) -> None:
    """Write whom the cadres helped after they had waited, and what came of it."""
    month, diary = rules.moment.month, city.diary
    spent = {"amount": rules.terms.costs.assistance, "payer": PARTY["city"], "receiver": PARTY["ward"]}
    for heirs, late in turn.helped:
        diary.tell("claim_assistance", month, heirs.person, reason=LATE_HELP, payment_month=month, **spent)
        people, person = city.people, heirs.person
        children = (int(people.first_child[person]), int(people.second_child[person]))
        tell_late_claim(diary, heirs, late, children)


def _told(city: City, rules: Rules, person: int, outcome: Long) -> Told:
    people, month = city.people, rules.moment.month
    paid = (people.last_paid_month[person], people.run_start_month[person], people.paid_months[person])
    cover = cover_in(Membership(*(int(each) for each in paid)), int(people.age[person]), month, rules.law)
    event = int(people.event[person])
    return Told(
        month=month,
        payment_month=month + int(outcome[OUTCOME.delay]),
        person=person,
        event=event,
        member=NO_MEMBER,
        consecutive_months=cover.consecutive_months,
        injury=_injury(city, rules.terms, person, month) if event == ACCIDENT else None,
        has_scholarship=bool(outcome[OUTCOME.has_scholarship]),
        children=(int(people.first_child[person]), int(people.second_child[person])),
        offset=int(outcome[OUTCOME.offset]),
    )


def _injury(city: City, terms: Terms, person: int, month: int) -> Injury:
    def drawn(decision: int) -> int:
        return chance.draw(int(city.people.key[person]), month, decision)

    luck = Luck(
        drawn(chance.DECISION_SEVERITY),
        drawn(chance.DECISION_DAYS_LOST),
        drawn(chance.DECISION_MEDICAL_COST),
        drawn(chance.DECISION_IMPAIRMENT),
        report=0,
        delay=0,
        assistance=0,
        disease=0,
        traffic=0,
    )
    return injury_of(luck, terms.severity)
