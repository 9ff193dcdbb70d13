"""Heirs who wait for help with their claim (part of the step *claim*): whose turn does not come in the month
of the death waits for the cadres' time in the months after.

The cadres of a kelurahan help the longest waiting first, within the month in the order of the draw that
decides among equals on a list, and before the month's new deaths. Only heirs who have not filed wait. Help
that comes late still raises the chance that they file, by the same draw, as long as their right to the claim
has not lapsed; what is paid is what the law of the month of the death gives.
"""

from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.law.claims import is_claim_in_time
from jamsos_sim.law.coverage import Membership
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import NO_CEILING
from jamsos_sim.model.cells import family_cell, year_place
from jamsos_sim.model.context import City, Long
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import NEVER, SETTLED, SPONSORED, WORK_DEATH
from jamsos_sim.model.steps.claim import (
    OUTCOME,
    Case,
    Claim,
    book_claim,
    death_claim,
    family_row,
    full_death_benefit,
    gap_waiting_loss,
    is_vulnerable_family,
)
from jamsos_sim.model.steps.count_cells import add_to_cells
from jamsos_sim.model.steps.cover import arrival_of, cover_of
from jamsos_sim.model.steps.help_claims import BEYOND_CADRES, book_help, may_help
from jamsos_sim.model.steps.injury import Luck, luck_of
from jamsos_sim.model.terms import Rules


class Waiting(NamedTuple):
    """The heirs of one person, who wait: the case, its luck, and the rules of the month of the death."""

    person: int
    kelurahan: int
    case: Case
    luck: Luck
    rules: Rules

    def months_until(self, month: int) -> int:
        """Months from the death to another month."""
        return month - self.rules.moment.month


class LateClaim(NamedTuple):
    """What help that came late has led to: the claim, with the months from the death to its payment, the
    ledger's row for the family (`NEVER` where none changes), and the heirs' loss to the gap.
    """

    claim: Claim
    family: int
    gap_loss: int


class Turn(NamedTuple):
    """What a month brought to those who waited: who was helped, with what came of it, and who waits on."""

    helped: tuple[tuple[Waiting, LateClaim], ...]
    waiting: tuple[Waiting, ...]


NOBODY_WAITS = Turn((), ())


@rule
def may_still_file(event: int, event_month: int, month: int, law: Law) -> bool:
    """Whether heirs have not lost their right to a claim.

    ``law`` is that of the month of the death. The term that the law sets is known for a death at work (JKK);
    for any other (JKM) none was found, so that none is applied.
    """
    return event != WORK_DEATH or is_claim_in_time(event_month, month, law)


@rule
def status_after_late_claim(status: int) -> int:
    """Status of a dead person whose death is claimed late; who is no longer on the list stays as they are."""
    return SETTLED if status == SPONSORED else status


def late_claim(heirs: Waiting, month: int) -> LateClaim:
    """What heirs claim who are helped in a month after that of the death."""
    moment, terms, law = heirs.rules
    case = heirs.case._replace(is_helped=True)
    claim = death_claim(case, heirs.luck, terms, law)
    if claim.row == NEVER or not may_still_file(case.event, moment.month, month, law):
        return LateClaim(Claim(NEVER, 0, 0, False, 0), NEVER, 0)
    claim = claim._replace(delay=claim.delay + heirs.months_until(month))
    if not is_vulnerable_family(case, terms.chances):
        return LateClaim(claim, NEVER, 0)
    lost = gap_waiting_loss(case, claim, law)
    full = full_death_benefit(case.event, terms.policy.declared_base, law)
    return LateClaim(claim, family_row(case, claim, full, lost), lost)


def case_of_death(city: City, person: int, rules: Rules) -> Case:
    """The case of a person who has died this month under cover and not yet claimed."""
    people, month, law = city.people, rules.moment.month, rules.law
    membership = Membership(
        int(people.last_paid_month[person]),
        int(people.run_start_month[person]),
        int(people.paid_months[person]),
    )
    is_self_paid = people.is_self_paid[person] == 1
    since, before = int(people.stretch_since[person]), int(people.paid_before[person])
    age = int(people.age[person])
    return Case(
        event=int(people.event[person]),
        cover=cover_of(
            membership, arrival_of(is_self_paid, since, before, rules.terms.policy), age, month, law
        ),
        status=int(people.status[person]),
        decile=int(people.decile[person]),
        months_enrolled=month - int(people.enrolled_since[person]),
        is_self_paid=bool(is_self_paid),
        is_insured_elsewhere=bool(people.is_insured_elsewhere[person] == 1),
        is_too_old=bool(age >= law.maximum_age),
        is_disease=False,
        is_helped=False,
    )


def newly_waiting(city: City, rules: Rules, found: tuple[Long, Long]) -> tuple[Waiting, ...]:
    """Heirs of this month's dead for whom the cadres had no time and who have not filed by themselves, in
    the order of their turn; ``found`` is what `settle.claim_columns` has found. They are counted.
    """
    if rules.terms.policy.cadre_capacity == NO_CEILING:
        return ()  # cadres without a limit have time for all
    persons, outcome = found
    beyond = persons[(outcome[OUTCOME.help] == BEYOND_CADRES) & (outcome[OUTCOME.claim] == NEVER)]
    city.ledger[ROW.heirs_queued, rules.moment.elapsed] += beyond.size
    return tuple(
        Waiting(
            person,
            int(city.people.kelurahan[person]),
            case_of_death(city, person, rules),
            luck_of(int(city.people.key[person]), rules.moment.month),
            rules,
        )
        for person in beyond.tolist()
    )


def help_waiting_columns(city: City, rules: Rules, waiting: tuple[Waiting, ...]) -> Turn:
    """Help those who wait, as many as the cadres of each kelurahan have time for; they are the first whom
    these help in a month.
    """
    city.territory.helped[:] = 0
    helped, on = [], []
    for heirs in waiting:
        if not may_help(int(city.territory.helped[heirs.kelurahan]), rules.terms.policy):
            on.append(heirs)
            continue
        city.territory.helped[heirs.kelurahan] += 1
        late = late_claim(heirs, rules.moment.month)
        book_late_help(city, heirs, late, rules)
        helped.append((heirs, late))
    return Turn(tuple(helped), tuple(on))


def book_late_help(city: City, heirs: Waiting, late: LateClaim, rules: Rules) -> None:
    """Book the help in the month in which it is given, the claim in that of its payment, and the family where
    its death stands.
    """
    people, person, died = city.people, heirs.person, heirs.rules.moment
    book_help(city.ledger, heirs.months_until(rules.moment.month), rules)
    if late.claim.row == NEVER:
        return
    book_claim(city, person, died, late.claim, heirs.rules.law)
    if late.family != NEVER:
        move_family(city, person, died, late)
    city.communities.claim_month[people.community[person]] = rules.moment.month
    people.status[person] = status_after_late_claim(people.status[person])


def move_family(city: City, person: int, died: Moment, late: LateClaim) -> None:
    """Count a family that claims late, in the month of the death, by what it receives after all."""
    year = year_place(died, died.elapsed)
    for family, count in ((ROW.families_not_claimed, -1), (late.family, 1)):
        city.ledger[family, died.elapsed] += count
        add_to_cells(city, person, family_cell(family), year, count)
    city.ledger[ROW.gap_waiting_loss, died.elapsed] += late.gap_loss
