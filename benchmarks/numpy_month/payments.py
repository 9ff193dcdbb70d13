"""Who pays for whom, and who goes on alone: the step *contribute*."""

import numpy as np

from jamsos_sim import chance
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import SECTOR_OTHER, SECTOR_TRANSPORT
from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.month import Moment
from jamsos_sim.model.queue import NOBODY, last_admitted
from jamsos_sim.model.status import (
    DEAD,
    FORMAL,
    INFORMAL,
    LEFT,
    NEVER,
    NO_PERSON,
    RETIRED,
    SELF_PAYING,
    SPONSORED,
)
from jamsos_sim.model.steps.contribute import book_contributions
from jamsos_sim.model.steps.prices import whole_price
from jamsos_sim.model.steps.treasury import (
    Accounts,
    after_payment_of,
    dearest,
    is_paid_now,
    months_carried,
    payers_in_order,
    person_months,
)
from jamsos_sim.units import CHANCE_SCALE, PARTS_PER_MILLION
from numpy_month.benefits import rounded_shares
from numpy_month.cells import keep_count_of_payment
from numpy_month.income import are_strained, burdens, continue_thresholds, lapse_thresholds
from numpy_month.offices import longest_enrolled
from numpy_month.people import Flags
from numpy_month.roll import Roll


def paid_by_each(
    city: City, moment: Moment, terms: Terms, accounts: Accounts, rows: Long
) -> list[tuple[int, Long]]:
    """Payers in their order, each with the recipients whose month it pays."""
    found: list[tuple[int, Long]] = []
    taken, above, keys = 0, NOBODY, None
    for funder in payers_in_order(terms.policy):
        carried = months_carried(accounts[funder].left, dearest(funder, terms.prices))
        if carried == 0 or taken >= rows.size:
            continue
        if taken == 0 and carried >= rows.size:
            return [(funder, rows)]
        taken += carried
        keys = longest_enrolled(city, moment, rows).keys if keys is None else keys
        last = last_admitted(keys, taken)
        found.append((funder, rows[(keys > above) & (keys <= last)]))
        above = last
    return found


def who_pays_the_rest(city: City, moment: Moment, terms: Terms, rows: Long) -> Flags:
    """Which recipients pay their own part, where there is one."""
    own = PARTS_PER_MILLION - terms.policy.share_ppm
    in_transport = city.people.sector.take(rows) == SECTOR_TRANSPORT
    price = np.where(
        in_transport,
        whole_price(SECTOR_TRANSPORT, terms.policy, terms.prices),
        whole_price(SECTOR_OTHER, terms.policy, terms.prices),
    )
    whole = burdens(city, moment, terms, rows)._replace(price=price)
    pays_whole = continue_thresholds(whole, terms.chances.pays_rest, terms.earnings)
    fails = rounded_shares(own, CHANCE_SCALE - pays_whole, PARTS_PER_MILLION)
    drawn = chance.draws(city.people.key.take(rows), moment.month, chance.DECISION_PAY_REST)
    return (city.people.presence.take(rows) == INFORMAL) & (drawn < CHANCE_SCALE - fails)


def others_pay(city: City, roll: Roll, month: tuple[Moment, Terms], law: Law, accounts: Accounts) -> Accounts:
    """The payers pay for the recipients; the accounts afterwards."""
    moment, terms = month
    ledger, at, enrolled = city.ledger, moment.elapsed, roll.of(SPONSORED)
    if not is_paid_now(enrolled.size, person_months(accounts, terms), terms.policy):
        ledger[ROW.unfunded_person_months, at] += enrolled.size * terms.policy.is_paid_month
        return accounts
    willing = enrolled
    if terms.policy.share_ppm < PARTS_PER_MILLION:
        willing = enrolled[who_pays_the_rest(city, moment, terms, enrolled)]
    paid = 0
    for funder, rows in paid_by_each(city, moment, terms, accounts, willing):
        transported = int(np.count_nonzero(city.people.sector[rows] == SECTOR_TRANSPORT))
        spent = book_contributions(city, moment, terms, funder, (rows.size - transported, transported))
        accounts = after_payment_of(accounts, funder, spent)
        pay_for(city, rows, moment.month, 0, law)
        count_paid_months(city, rows, moment, terms, funder)
        paid += rows.size
    ledger[ROW.paid_person_months, at] += paid
    ledger[ROW.unfunded_person_months, at] += willing.size - paid
    ledger[ROW.rest_unpaid_months, at] += enrolled.size - willing.size
    return accounts


def pay_for(city: City, rows: Long, month: int, is_self_paid: int, law: Law) -> None:
    """Book one paid month on the memberships of some people."""
    people = city.people
    last = people.last_paid_month.take(rows)
    gap, is_first = month - last - 1, last == NEVER
    has_gap = is_first | (gap > 0)
    began = rows[has_gap]
    people.stretch_since[began] = month
    people.paid_before[began] = last[has_gap]
    is_reset = is_first | (gap >= law.unpaid_months_that_reset)
    moved = ~is_reset & (gap > 0)
    people.run_start_month[rows[is_reset]] = month
    people.run_start_month[rows[moved]] += gap[moved]
    paid = rows if has_gap.all() else rows[has_gap | (gap == 0)]
    people.last_paid_month[paid] = month
    people.paid_months[paid] += 1
    people.is_self_paid[rows] = is_self_paid


def count_paid_months(city: City, rows: Long, moment: Moment, terms: Terms, funder: int) -> None:
    """Count the months that a payer pays, among them those for people who are not meant."""
    people, ledger, at = city.people, city.ledger, moment.elapsed
    presence = people.presence.take(rows)
    counts = np.bincount(presence, minlength=RETIRED + 1)
    at_work = presence == INFORMAL
    insured = at_work & (people.is_insured_elsewhere.take(rows) == 1)
    better_off = at_work & ~insured & (people.decile.take(rows) > terms.chances.vulnerable_decile)
    ledger[ROW.paid_for_duplicates, at] += counts[NO_PERSON]
    ledger[ROW.paid_for_dead, at] += counts[DEAD]
    ledger[ROW.paid_for_moved, at] += counts[LEFT]
    ledger[ROW.paid_for_retired, at] += counts[RETIRED]
    ledger[ROW.paid_for_insured, at] += counts[FORMAL] + np.count_nonzero(insured)
    ledger[ROW.paid_for_better_off, at] += np.count_nonzero(better_off)
    keep_count_of_payment(city, rows, ~at_work | insured | better_off, funder, terms.prices)


def self_pays(city: City, roll: Roll, moment: Moment, terms: Terms, law: Law) -> None:
    """Former recipients pay for themselves, or lapse."""
    people, ledger, at, rows = city.people, city.ledger, moment.elapsed, roll.of(SELF_PAYING)
    burden = burdens(city, moment, terms, rows)
    at_work = people.presence.take(rows) == INFORMAL
    drawn = chance.draws(people.key.take(rows), moment.month, chance.DECISION_LAPSE)
    pays = at_work & (drawn >= lapse_thresholds(burden, terms.chances.lapse, terms.earnings))
    strained = at_work & are_strained(burden, terms.earnings)
    ledger[ROW.self_payers_strained, at] += np.count_nonzero(strained)
    ledger[ROW.self_payers_due, at] += burden.price[at_work].sum()
    ledger[ROW.self_payers_earned, at] += burden.income[at_work].sum()
    ledger[ROW.self_payers_asked, at] += np.count_nonzero(at_work)
    ledger[ROW.self_payers_lapsed, at] += np.count_nonzero(at_work & ~pays)
    ledger[ROW.self_contributions, at] += burden.price[pays].sum()
    ledger[ROW.self_paid_relief, at] += (terms.prices.unrelieved - burden.price[pays]).sum()
    people.year_contributed[rows[pays]] += burden.price[pays].astype(np.int32)
    roll.strike(rows[~pays], SELF_PAYING)
    pay_for(city, rows[pays], moment.month, 1, law)
