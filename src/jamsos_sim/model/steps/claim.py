"""Step *claim*: who was covered, who knew, what is paid, when, and what became of the family.

An event and its claim are decided in the month of the event, by the law of that month; the money stands in
the ledger in the month in which it is paid, scholarships (beasiswa) every year from then on.
"""

from typing import NamedTuple

import numpy as np

from jamsos_sim.compiled import called_from_compiled, rule
from jamsos_sim.compiled_prefetch import fetch_ahead
from jamsos_sim.law.benefits import (
    has_jkk_scholarship,
    is_jkm_scholarship_due,
    jkk_death_benefit,
    jkm_death_benefit,
)
from jamsos_sim.law.coverage import Membership
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.scholarship import NO_CHILD, scholarship_of_family
from jamsos_sim.model.cells import CELL, family_cell, year_place
from jamsos_sim.model.context import Chances, City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    ACCIDENT,
    DEATH_OUT_OF_INFORMAL_WORK,
    NEVER,
    NOT_LISTED,
    RETIRED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    TOTAL,
    WORK_DEATH,
)
from jamsos_sim.model.steps.age import age_in
from jamsos_sim.model.steps.count_cells import add_to_cells
from jamsos_sim.model.steps.cover import Cover, arrival_of, cover_of
from jamsos_sim.model.steps.help_claims import HELPED, asks_for_help, help_heirs
from jamsos_sim.model.steps.injury import (
    Luck,
    injury_benefit,
    injury_of,
    is_disease,
    is_disease_reported,
    is_injury_reported,
    luck_of,
    severity_of,
    spread,
)
from jamsos_sim.model.steps.traffic import death_offset, injury_offset
from jamsos_sim.units import MONTHS_PER_YEAR

LONG_MEMBER = 1200
"""Months of membership beyond every waiting period, for what full cover would have paid."""


class Case(NamedTuple):
    """A person to whom something has happened: event, cover, and what decides on claim and family."""

    event: int
    cover: Cover
    status: int
    decile: int
    months_enrolled: int
    is_self_paid: bool
    is_insured_elsewhere: bool
    is_too_old: bool
    is_disease: bool
    is_helped: bool


class Outcome(NamedTuple):
    """What came of a case, as the list of events keeps it: rows of what `settle` returns.

    ``family`` is a row of the ledger or `NEVER`; so is ``claim``, of which amount, months until the payment
    and whether scholarships follow stand beside it, and what Jasa Raharja pays in its stead. ``severity`` is
    that of an accident.
    """

    severity: int
    is_covered: int
    help: int
    family: int
    loss: int
    gap_loss: int
    claim: int
    amount: int
    delay: int
    has_scholarship: int
    offset: int


OUTCOME = Outcome(*range(len(Outcome._fields)))
"""Row numbers of the fields of an outcome."""


class Claim(NamedTuple):
    """What is paid on a case: a row of the ledger (`NEVER` when nothing is claimed), rupiah, months until the
    payment, whether scholarships follow, and rupiah that Jasa Raharja pays in its stead.
    """

    row: int
    amount: int
    delay: int
    has_scholarship: bool
    offset: int


@rule
def is_death_claimed(drawn: int, is_new: bool, helped: bool, chances: Chances) -> bool:
    """Whether the heirs (ahli waris) know of the cover and claim; fewer do in the first year."""
    if helped:
        return bool(drawn < (chances.helped_first_year if is_new else chances.helped_mature))
    return bool(drawn < (chances.realised_first_year if is_new else chances.realised_mature))


@rule
def death_benefit(event: int, cover: Cover, base: int, law: Law) -> int:
    """Rupiah for the heirs: JKK for a death at work, JKM for any other."""
    if event == WORK_DEATH:
        return jkk_death_benefit(cover.is_covered, base, law)
    return jkm_death_benefit(cover.is_covered, cover.consecutive_months, law)


@rule
def full_death_benefit(event: int, base: int, law: Law) -> int:
    """Rupiah that long and unbroken cover would have paid."""
    cover = Cover(True, LONG_MEMBER, LONG_MEMBER, LONG_MEMBER, False)
    return death_benefit(event, cover, base, law)


@rule
def claim_row(case: Case) -> int:
    """Row of the ledger that counts a claim; its rupiah and its months to payment stand in the next two."""
    if case.cover.is_borne_by_city:
        return ROW.liability_cases
    if case.is_self_paid:
        return ROW.self_cases
    return ROW.jkk_cases if case.event == WORK_DEATH or case.event == ACCIDENT else ROW.jkm_cases


@rule
def cell_row(event: int) -> int:
    """Row of the cells that counts an event."""
    return CELL.accidents if event == ACCIDENT else CELL.deaths


@rule
def death_claim(case: Case, luck: Luck, terms: Terms, law: Law) -> Claim:
    """The claim of a death, or none: nobody was covered, or nobody claims."""
    cover = case.cover
    is_new = case.months_enrolled < MONTHS_PER_YEAR
    if not cover.is_covered or not is_death_claimed(luck.report, is_new, case.is_helped, terms.chances):
        return Claim(NEVER, 0, 0, False, 0)
    has_scholarship = is_jkm_scholarship_due(True, cover.consecutive_months, cover.contribution_period, law)
    if case.event == WORK_DEATH:
        has_scholarship = has_jkk_scholarship(True, cover.contribution_period, law)
    amount = death_benefit(case.event, cover, terms.policy.declared_base, law)
    offset = death_offset(case.event, luck, amount, terms, law)
    delay = spread(luck.delay, terms.chances.death_delay_months)
    return Claim(claim_row(case), amount - offset, delay, has_scholarship, offset)


@rule
def accident_claim(case: Case, luck: Luck, terms: Terms, law: Law) -> Claim:
    """The claim of an accident or disease that did not kill, or none: not covered, or not reported."""
    injury, cover = injury_of(luck, terms.severity), case.cover
    is_reported = is_injury_reported(luck.report, injury.severity, terms.severity)
    if case.is_disease:
        is_reported = is_disease_reported(luck.report, terms.severity, law)
    if not cover.is_covered or not is_reported:
        return Claim(NEVER, 0, 0, False, 0)
    is_total = injury.severity == TOTAL
    amount = injury_benefit(True, injury, terms.policy.declared_base, law)
    offset = 0 if case.is_disease else injury_offset(injury, luck, terms, law)
    delay = spread(luck.delay, terms.chances.accident_delay_months)
    has_scholarship = is_total and has_jkk_scholarship(True, cover.contribution_period, law)
    return Claim(claim_row(case), amount - offset, delay, has_scholarship, offset)


@rule
def status_after_death(status: int) -> int:
    """Status of a dead person whose death was claimed: the insurer closes the membership."""
    return SETTLED if status == SPONSORED else NOT_LISTED


@rule
def gap_waiting_loss(case: Case, claim: Claim, law: Law) -> int:
    """Rupiah that the heirs lose because unpaid months started the waiting months again.

    Nothing for a new member, who would be within the waiting months without any gap, nor for a death at work,
    which has none.
    """
    if claim.row == NEVER or case.event == WORK_DEATH:
        return 0
    return max(0, jkm_death_benefit(True, case.cover.months_ever, law) - claim.amount)


@rule
def covered_family_row(event: int, claim: Claim, full_benefit: int, gap_loss: int) -> int:
    """Row of the ledger for the family of a vulnerable worker who died under cover."""
    if claim.row == NEVER:
        return ROW.families_not_claimed
    if event == WORK_DEATH:
        return ROW.families_work_death
    if claim.amount >= full_benefit:
        return ROW.families_full
    return ROW.families_gap_waiting if gap_loss > 0 else ROW.families_funeral_only


@rule
def family_row(case: Case, claim: Claim, full_benefit: int, gap_loss: int) -> int:
    """Row of the ledger for the family of a vulnerable worker who died."""
    if case.cover.is_covered:
        return covered_family_row(case.event, claim, full_benefit, gap_loss)
    if case.status == SPONSORED or case.status == SELF_PAYING:
        return ROW.families_gap
    if case.is_insured_elsewhere:
        return ROW.families_insured_elsewhere
    return ROW.families_too_old if case.is_too_old else ROW.families_unprotected


@rule
def is_vulnerable_family(case: Case, chances: Chances) -> bool:
    """Whether a death took a vulnerable informal worker from a family."""
    is_death = case.event != ACCIDENT and case.event != DEATH_OUT_OF_INFORMAL_WORK
    return bool(is_death and case.decile <= chances.vulnerable_decile)


@rule
def unprotected_loss(case: Case, luck: Luck, terms: Terms, law: Law) -> int:
    """Rupiah that full cover would have paid a vulnerable worker or the family.

    Nothing for those whom the programme could not have covered: insured elsewhere, or past the age of
    registration.
    """
    if case.cover.is_covered or case.event == DEATH_OUT_OF_INFORMAL_WORK:
        return 0
    if case.decile > terms.chances.vulnerable_decile:
        return 0
    is_member = case.status == SPONSORED or case.status == SELF_PAYING
    if not is_member and (case.is_insured_elsewhere or case.is_too_old):
        return 0
    if case.event == ACCIDENT:
        injury = injury_of(luck, terms.severity)
        offset = 0 if case.is_disease else injury_offset(injury, luck, terms, law)
        return injury_benefit(True, injury, terms.policy.declared_base, law) - offset
    benefit = full_death_benefit(case.event, terms.policy.declared_base, law)
    return benefit - death_offset(case.event, luck, benefit, terms, law)


@rule
def age_of_child(birth_month: int, event_month: int, payment_month: int) -> int:
    """Age in years of a child at the first payment, or `NO_CHILD`; who is born later has no part in it."""
    if birth_month == NEVER or birth_month > event_month:
        return NO_CHILD
    return age_in(birth_month, payment_month)


@rule
def book_claim(city: City, person: int, moment: Moment, claim: Claim, law: Law) -> None:
    """Book a claim in the month of its payment, and scholarships every year from then on."""
    people, ledger = city.people, city.ledger
    city.communities.claim_month[people.community[person]] = moment.month
    paid = moment.elapsed + claim.delay
    if paid >= ledger.shape[1]:
        return
    ledger[claim.row, paid] += 1
    ledger[claim.row + 1, paid] += claim.amount
    ledger[claim.row + 2, paid] += claim.delay
    add_to_cells(city, person, CELL.claims, year_place(moment, paid), 1)
    add_to_cells(city, person, CELL.benefits_paid, year_place(moment, paid), claim.amount)
    if not claim.has_scholarship:
        return
    payment_month = moment.month + claim.delay
    first = age_of_child(people.first_child[person], moment.month, payment_month)
    second = age_of_child(people.second_child[person], moment.month, payment_month)
    for year in range(law.scholarship_end_age):
        amount = scholarship_of_family(first, second, year, law)
        ledger[ROW.scholarships_promised, paid] += amount
        index = paid + year * MONTHS_PER_YEAR
        if index < ledger.shape[1]:
            ledger[claim.row + 1, index] += amount
            ledger[ROW.scholarships_paid, index] += amount
            add_to_cells(city, person, CELL.benefits_paid, year_place(moment, index), amount)


@called_from_compiled
def settle(city: City, moment: Moment, terms: Terms, law: Law, persons: Long) -> Long:
    """All events of the month and what follows from them; one row for each field of `Outcome`."""
    people, ledger, month = city.people, city.ledger, moment.month
    year = year_place(moment, moment.elapsed)
    outcome = np.zeros((len(OUTCOME), persons.size), dtype=np.int64)
    for place in range(persons.size):
        person = persons[place]
        fetch_ahead(people, persons, place)
        luck = luck_of(people.key[person], month)
        membership = Membership(
            people.last_paid_month[person], people.run_start_month[person], people.paid_months[person]
        )
        since, before = people.stretch_since[person], people.paid_before[person]
        arrival = arrival_of(people.is_self_paid[person] == 1, since, before, terms.policy)
        event, status = people.event[person], people.status[person]
        cover = cover_of(membership, arrival, people.age[person], month, law)
        if asks_for_help(event, status, cover.is_covered, luck.assistance, terms.policy):
            outcome[OUTCOME.help, place] = help_heirs(city, person, moment, terms)
        case = Case(
            event,
            cover,
            status,
            people.decile[person],
            month - people.enrolled_since[person],
            people.is_self_paid[person] == 1,
            people.is_insured_elsewhere[person] == 1,
            people.age[person] >= law.maximum_age,
            is_disease(event, luck, people.age[person], terms.severity),
            outcome[OUTCOME.help, place] == HELPED,
        )
        if case.event == ACCIDENT:
            claim = accident_claim(case, luck, terms, law)
            outcome[OUTCOME.severity, place] = severity_of(luck.severity, terms.severity)
            if outcome[OUTCOME.severity, place] == TOTAL:
                people.presence[person] = RETIRED
                ledger[ROW.disabled, moment.elapsed] += 1
        else:
            claim = death_claim(case, luck, terms, law)
            if claim.row != NEVER:
                people.status[person] = status_after_death(case.status)
        family, loss = NEVER, unprotected_loss(case, luck, terms, law)
        if is_vulnerable_family(case, terms.chances):
            full = full_death_benefit(case.event, terms.policy.declared_base, law)
            lost = gap_waiting_loss(case, claim, law)
            family = family_row(case, claim, full, lost)
            ledger[family, moment.elapsed] += 1
            add_to_cells(city, person, family_cell(family), year, 1)
            ledger[ROW.gap_waiting_loss, moment.elapsed] += lost
            outcome[OUTCOME.gap_loss, place] = lost
        ledger[ROW.occupational_diseases, moment.elapsed] += case.is_disease
        ledger[ROW.unprotected_loss, moment.elapsed] += loss
        event_row = cell_row(case.event)
        add_to_cells(city, person, event_row, year, 1)
        add_to_cells(city, person, CELL.unprotected_loss, year, loss)
        outcome[OUTCOME.is_covered, place] = case.cover.is_covered
        outcome[OUTCOME.family, place] = family
        outcome[OUTCOME.loss, place] = loss
        outcome[OUTCOME.claim, place] = claim.row
        outcome[OUTCOME.amount, place] = claim.amount
        outcome[OUTCOME.delay, place] = claim.delay
        outcome[OUTCOME.has_scholarship, place] = claim.has_scholarship
        outcome[OUTCOME.offset, place] = claim.offset
        if claim.row != NEVER:
            book_claim(city, person, moment, claim, law)
    return outcome
