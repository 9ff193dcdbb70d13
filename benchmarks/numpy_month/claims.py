"""Who was covered, who knew, what is paid, when, and what became of the family: the step *claim*."""

from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.benefits import jkk_death_benefit, jkm_death_benefit
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.cells import CELL
from jamsos_sim.model.context import City, Long, Terms, Tiny
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    ACCIDENT,
    DEATH_OUT_OF_INFORMAL_WORK,
    IN_DELIBERATION,
    IN_REGISTRATION,
    NOT_LISTED,
    RETIRED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
    TEMPORARY,
    TOTAL,
    WORK_DEATH,
)
from jamsos_sim.model.steps.claim import LONG_MEMBER
from jamsos_sim.model.steps.death_grant import book_grants
from jamsos_sim.units import MONTHS_PER_YEAR
from numpy_month.benefits import ages_of_children, injury_benefits, scholarships_of_families
from numpy_month.cells import add, add_later
from numpy_month.people import Flags
from numpy_month.risk import Befallen, Covers, Injuries, covers_of, injuries_of, spread
from numpy_month.roll import Roll


class Cases(NamedTuple):
    """The month's cases: people, events, cover, standing in the programme, and luck."""

    rows: Long
    events: Tiny
    status: Tiny
    cover: Covers
    injuries: Injuries
    is_disease: Flags
    is_self_paid: Flags
    is_insured: Flags
    is_too_old: Flags
    decile: Tiny

    def is_accident(self) -> Flags:
        """Which of them are accidents or diseases that did not kill."""
        return self.events == ACCIDENT

    def is_member(self) -> Flags:
        """Which of the people are on the list or pay for themselves."""
        return (self.status == SPONSORED) | (self.status == SELF_PAYING)

    def is_reachable(self) -> Flags:
        """Whom the programme covers or could cover: a member, or nobody insured elsewhere or too old."""
        return self.is_member() | ~(self.is_insured | self.is_too_old)


class Claims(NamedTuple):
    """What is claimed on some of the month's cases: their places among them, rupiah, months until payment."""

    places: Long
    amounts: Long
    delays: Long
    has_scholarship: Flags


def cases_of(city: City, moment: Moment, terms: Terms, law: Law, befallen: Befallen) -> Cases:
    """The facts of the month's cases."""
    people, (rows, events) = city.people, befallen
    key, age, is_accident = people.key.take(rows), people.age.take(rows), events == ACCIDENT
    drawn = chance.draws(key, moment.month, chance.DECISION_DISEASE)
    is_of_age = age >= terms.severity.disease_from_age
    return Cases(
        rows,
        events,
        people.status.take(rows),
        covers_of(people, rows, moment.month, law),
        injuries_of(key, moment.month, terms.severity),
        is_accident & is_of_age & (drawn < terms.severity.disease),
        people.is_self_paid.take(rows) == 1,
        people.is_insured_elsewhere.take(rows) == 1,
        age >= law.maximum_age,
        people.decile.take(rows),
    )


def full_benefits(cases: Cases, base: int, law: Law) -> Long:
    """Rupiah that long and unbroken cover would have paid on each case, scholarships apart."""
    by_injury = injury_benefits(cases.injuries, base, law)
    at_work, other = jkk_death_benefit(True, base, law), jkm_death_benefit(True, LONG_MEMBER, law)
    by_death = np.where(cases.events == WORK_DEATH, at_work, other)
    return np.where(cases.is_accident(), by_injury, by_death)


def are_helped(city: City, moment: Moment, terms: Terms, cases: Cases) -> Flags:
    """Whose heirs the ward helps: recipients who died under cover."""
    if terms.policy.assistance == 0:
        return np.zeros(cases.rows.size, dtype=np.bool_)
    drawn = chance.draws(city.people.key.take(cases.rows), moment.month, chance.DECISION_HELP)
    dies = ~cases.is_accident() & (cases.status == SPONSORED) & cases.cover.is_covered
    return dies & (drawn < terms.policy.assistance)


def are_claimed(city: City, month: tuple[Moment, Terms, Law], cases: Cases, helped: Flags) -> Flags:
    """Which cases are claimed or reported, cover apart."""
    (moment, terms, law), people = month, city.people
    chances, severity = terms.chances, terms.severity
    is_new = moment.month - people.enrolled_since.take(cases.rows) < MONTHS_PER_YEAR
    mature = np.where(helped, chances.helped_mature, chances.realised_mature)
    threshold = np.where(
        is_new, np.where(helped, chances.helped_first_year, chances.realised_first_year), mature
    )
    light = cases.injuries.kinds == TEMPORARY
    reported = np.where(light, severity.light_reported, severity.severe_reported)
    reported[cases.is_disease] = severity.disease_reported if law.covers_occupational_disease == 1 else 0
    threshold = np.where(cases.is_accident(), reported, threshold)
    return chance.draws(people.key.take(cases.rows), moment.month, chance.DECISION_REPORT) < threshold


def claims_of(
    city: City, month: tuple[Moment, Terms, Law], cases: Cases, full: Long, helped: Flags
) -> Claims:
    """The month's claims."""
    moment, terms, law = month
    places = np.flatnonzero(cases.cover.is_covered & are_claimed(city, month, cases, helped))
    events, injury = cases.events[places], cases.is_accident()[places]
    consecutive = cases.cover.consecutive_months[places]
    by_jkk = injury | (events == WORK_DEATH)
    # Only a death that is not by work has waiting months.
    waits = ~by_jkk & (consecutive < law.jkm_waiting_months)
    amounts = np.where(waits, law.jkm_within_waiting, full[places])
    mean = np.where(injury, terms.chances.accident_delay_months, terms.chances.death_delay_months)
    drawn = chance.draws(city.people.key.take(cases.rows[places]), moment.month, chance.DECISION_DELAY)
    long_enough = np.where(by_jkk, law.jkk_scholarship_months, law.jkm_scholarship_months)
    has_scholarship = (cases.cover.contribution_period[places] >= long_enough) & ~waits
    has_scholarship &= ~injury | (cases.injuries.kinds[places] == TOTAL)
    return Claims(places, amounts, spread(drawn, mean), has_scholarship)


def book_claims(city: City, moment: Moment, law: Law, cases: Cases, claims: Claims) -> None:
    """Book claims in the month of their payment, and scholarships every year from then on."""
    people, ledger, rows = city.people, city.ledger, cases.rows[claims.places]
    city.communities.claim_month[people.community.take(rows)] = moment.month
    is_jkk = (cases.events[claims.places] == WORK_DEATH) | cases.is_accident()[claims.places]
    row = np.where(is_jkk, ROW.jkk_cases, ROW.jkm_cases)
    row[cases.is_self_paid[claims.places]] = ROW.self_cases
    paid = moment.elapsed + claims.delays
    seen = paid < ledger.shape[1]
    for offset, value in enumerate((1, claims.amounts[seen], claims.delays[seen])):
        np.add.at(ledger, (row[seen] + offset, paid[seen]), value)
    claimed, elapsed = rows[seen], paid[seen]
    add_later(city, CELL.claims, moment, elapsed, (claimed, 1))
    add_later(city, CELL.benefits_paid, moment, elapsed, (claimed, claims.amounts[seen]))
    with_school = np.flatnonzero(seen & claims.has_scholarship)
    if with_school.size:
        payments = moment.month + claims.delays[with_school]
        children = people.first_child, people.second_child
        first, second = (
            ages_of_children(births.take(rows[with_school]), moment.month, payments) for births in children
        )
        amounts = scholarships_of_families(first, second, law)
        booked = row[with_school], paid[with_school]
        book_scholarships(city, moment, rows[with_school], booked, amounts)


def book_scholarships(
    city: City, moment: Moment, persons: Long, booked: tuple[Long, Long], amounts: Long
) -> None:
    """Book scholarships, a family in a row and a year in a column, from the first payment on."""
    ledger, (rows, paid) = city.ledger, booked
    np.add.at(ledger[ROW.scholarships_promised], paid, amounts.sum(axis=1))
    month = paid[:, None] + MONTHS_PER_YEAR * np.arange(amounts.shape[1])
    seen = month < ledger.shape[1]
    row = np.broadcast_to(rows[:, None] + 1, month.shape)
    np.add.at(ledger, (row[seen], month[seen]), amounts[seen])
    np.add.at(ledger[ROW.scholarships_paid], month[seen], amounts[seen])
    person = np.broadcast_to(persons[:, None], month.shape)[seen]
    add_later(city, CELL.benefits_paid, moment, month[seen], (person, amounts[seen]))


class Settled(NamedTuple):
    """The month's cases, what is claimed on each, and what full cover would have paid."""

    cases: Cases
    amounts: Long
    full: Long


def family_rows(settled: Settled, claimed: Flags, lost: Long) -> Long:
    """Row of the ledger for the family of each case, were it one of a vulnerable worker who died."""
    cases = settled.cases
    row = np.where(cases.is_too_old, ROW.families_too_old, ROW.families_unprotected)
    row[cases.is_insured] = ROW.families_insured_elsewhere
    row[cases.is_member()] = ROW.families_gap
    under_cover = np.where(lost > 0, ROW.families_gap_waiting, ROW.families_funeral_only)
    under_cover[settled.amounts >= settled.full] = ROW.families_full
    under_cover[cases.events == WORK_DEATH] = ROW.families_work_death
    under_cover[~claimed] = ROW.families_not_claimed
    return np.where(cases.cover.is_covered, under_cover, row)


def settle(city: City, roll: Roll, month: tuple[Moment, Terms, Law], befallen: Befallen) -> Settled:
    """All events of the month and what follows from them."""
    moment, terms, law = month
    cases = cases_of(city, moment, terms, law, befallen)
    full, helped = (
        full_benefits(cases, terms.policy.declared_base, law),
        are_helped(city, moment, terms, cases),
    )
    claims = claims_of(city, month, cases, full, helped)
    settled = Settled(cases, np.zeros(cases.rows.size, dtype=np.int64), full)
    settled.amounts[claims.places] = claims.amounts
    claimed = np.zeros(cases.rows.size, dtype=np.bool_)
    claimed[claims.places] = True
    disabled = cases.is_accident() & (cases.injuries.kinds == TOTAL)
    city.people.presence[cases.rows[disabled]] = RETIRED
    city.ledger[ROW.disabled, moment.elapsed] += np.count_nonzero(disabled)
    book_cases(city, month, settled, claimed)
    at, count = moment.elapsed, np.count_nonzero(helped)
    city.ledger[ROW.assisted_claims, at] += count
    city.ledger[ROW.assistance_cost, at] += count * terms.costs.assistance
    book_claims(city, moment, law, cases, claims)
    close_memberships(roll, cases, claimed)
    return settled


def book_cases(city: City, month: tuple[Moment, Terms, Law], settled: Settled, claimed: Flags) -> None:
    """Book what became of families, and what full cover would have paid where there was none."""
    (moment, terms, law), (cases, amounts, full) = month, settled
    ledger, at, covered = city.ledger, moment.elapsed, cases.cover.is_covered
    vulnerable = (cases.decile <= terms.chances.vulnerable_decile) & (
        cases.events != DEATH_OUT_OF_INFORMAL_WORK
    )
    is_family = vulnerable & ~cases.is_accident()
    with_all_months = np.where(
        cases.cover.months_ever >= law.jkm_waiting_months, full, law.jkm_within_waiting
    )
    lost = np.where(claimed & (cases.events != WORK_DEATH), np.maximum(0, with_all_months - amounts), 0)
    rows = family_rows(settled, claimed, lost)
    np.add.at(ledger[:, at], rows[is_family], 1)
    add(city, CELL.families_full + rows[is_family] - ROW.families_full, moment, cases.rows[is_family])
    ledger[ROW.gap_waiting_loss, at] += lost[is_family].sum()
    exposed, hurt = vulnerable & ~covered & cases.is_reachable(), cases.is_accident()
    ledger[ROW.unprotected_loss, at] += full[exposed].sum()
    add(city, CELL.unprotected_loss, moment, cases.rows[exposed], full[exposed])
    add(city, CELL.accidents, moment, cases.rows[hurt])
    add(city, CELL.deaths, moment, cases.rows[~hurt])
    ledger[ROW.occupational_diseases, at] += np.count_nonzero(cases.is_disease)


def close_memberships(roll: Roll, cases: Cases, claimed: Flags) -> None:
    """A claimed death ends a membership; a place stays on the list until it is brought up to date."""
    dead = claimed & ~cases.is_accident()
    after = np.where(cases.status == SPONSORED, np.int8(SETTLED), np.int8(NOT_LISTED))
    roll.turn(cases.rows[dead], after[dead], *range(SETTLED + 1), IN_DELIBERATION, IN_REGISTRATION)


def pay_death_grants(city: City, month: tuple[Moment, Terms, Law], cases: Cases) -> None:
    """Pay the city's grant for the month's deaths, or count what is not paid any more."""
    moment, terms, law = month
    dead = cases.rows[~cases.is_accident()]
    drawn = chance.draws(city.people.key.take(dead), moment.month, chance.DECISION_DEATH_GRANT)
    poor = city.people.decile.take(dead) <= terms.chances.vulnerable_decile
    grants = int(np.count_nonzero(poor & (drawn < terms.chances.death_grant)))
    book_grants(city.ledger, moment, terms, law, grants)
