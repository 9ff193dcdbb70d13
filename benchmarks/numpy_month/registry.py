"""The registry is brought up to date, the list is checked against it, and places end: *refresh_registry*."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.eligibility import ELIGIBLE, REFUSED_DECILE, REFUSED_INSURED
from jamsos_sim.law.in_force import Law
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import (
    DEAD,
    INFORMAL,
    LEFT,
    NO_END,
    NO_PERSON,
    NOT_LISTED,
    SELF_PAYING,
    SETTLED,
    SPONSORED,
)
from jamsos_sim.model.steps.budget_lines import can_check, can_refresh
from jamsos_sim.model.steps.refresh_registry import LONG_AGO, reason_of_term
from jamsos_sim.population.workers import NO_RECORD
from numpy_month.checks import examine
from numpy_month.income import burdens, continue_thresholds
from numpy_month.roll import Roll


def end_subsidies(
    city: City, roll: Roll, month: tuple[Moment, Terms], rows: Long, reasons: Long | int
) -> None:
    """Take people off the city's list, each for a reason; some go on paying themselves."""
    moment, terms = month
    people, ledger, at = city.people, city.ledger, moment.elapsed
    reasons = np.broadcast_to(reasons, rows.shape)
    burden = burdens(city, moment, terms, rows)
    go_on = continue_thresholds(burden, terms.chances.continue_alone, terms.earnings)
    drawn = chance.draws(people.key.take(rows), moment.month, chance.DECISION_CONTINUE)
    continues = (people.presence.take(rows) == INFORMAL) & (reasons != REFUSED_INSURED) & (drawn < go_on)
    roll.turn(rows, np.where(continues, np.int8(SELF_PAYING), np.int8(NOT_LISTED)), SPONSORED, SELF_PAYING)
    people.refusal[rows] = reasons
    people.since[rows] = moment.month
    risen = (reasons == REFUSED_DECILE) & (people.decile.take(rows) > terms.policy.decile_ceiling)
    ledger[ROW.continued_alone, at] += np.count_nonzero(continues)
    ledger[ROW.graduated, at] += np.count_nonzero(risen)
    ledger[ROW.subsidies_ended, at] += rows.size


def drop_settled(city: City, roll: Roll) -> None:
    """Take those off the list whose death the insurer has settled, and close their records."""
    settled = roll.of(SETTLED)
    city.people.recorded_decile[settled] = NO_RECORD
    roll.strike(settled, SETTLED)


def end_terms(city: City, roll: Roll, moment: Moment, terms: Terms) -> None:
    """End the places of those who have had their time."""
    if terms.policy.subsidy_months == NO_END:
        return
    enrolled = roll.of(SPONSORED)
    over = moment.month - city.people.enrolled_since.take(enrolled) >= terms.policy.subsidy_months
    end_subsidies(city, roll, (moment, terms), enrolled[over], reason_of_term(terms.policy))


def refresh_if_due(city: City, moment: Moment, terms: Terms) -> None:
    """Refresh the registry in its months, when the data line can pay for all of it."""
    if not terms.policy.is_refresh_month:
        return
    records = int(np.count_nonzero(city.people.recorded_decile))
    if can_refresh(city, moment, terms, records):
        refresh(city, moment, terms)
        city.ledger[ROW.refresh_cost, moment.elapsed] += records * terms.costs.refresh


def refresh(city: City, moment: Moment, terms: Terms) -> None:
    """Put wrong records right, each by its own chance."""
    people, chances = city.people, terms.chances
    presence, recorded = people.presence, people.recorded_decile
    is_gone = (presence == DEAD) | (presence == LEFT)
    # Nobody who is gone should have a record, and `NO_RECORD` is zero.
    is_wrong = recorded != people.decile * ~is_gone
    rows = np.flatnonzero(is_wrong & (presence != NO_PERSON))
    gone, was = is_gone.take(rows), recorded.take(rows)
    here_since = np.maximum(people.arrival_month.take(rows), people.decile_since.take(rows))
    since = np.where(gone, people.gone_since.take(rows), here_since)
    months = np.where(since <= moment.month - moment.elapsed, LONG_AGO, moment.month - since)
    drawn = chance.draws(people.key.take(rows), moment.month, chance.DECISION_REFRESH)
    is_stubborn = (was != NO_RECORD) & (people.is_misreported.take(rows) == 1)
    repaired = np.where(
        gone, drawn < chances.refresh_closing, (drawn < chances.refresh_repair) & ~is_stubborn
    )
    repaired &= months >= chances.refresh_delay_months
    rows, gone = rows[repaired], gone[repaired]
    recorded[rows] = np.where(gone, np.int8(NO_RECORD), people.decile.take(rows))


def check_list_if_due(city: City, roll: Roll, moment: Moment, terms: Terms, law: Law) -> None:
    """Check everybody on the city's list in its months, and end the places that must end."""
    enrolled = roll.of(SPONSORED)
    if terms.policy.is_recheck_month and can_check(city, moment, terms, enrolled.size):
        reasons = examine(city, moment, terms, law, enrolled)
        must_end = reasons != ELIGIBLE
        end_subsidies(city, roll, (moment, terms), enrolled[must_end], reasons[must_end])
