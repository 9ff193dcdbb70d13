"""Every rupiah has one payer, receiver, month and budget line; nobody pays more than authorised."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.levers_money import FUNDERS
from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import APPROPRIATIONS, CONTRIBUTIONS, ROW, RUPIAH, UNSPENT, Rows, Totals
from jamsos_sim.model.payments import NOT_PAYMENTS, PAYMENTS
from jamsos_sim.model.reference import run_reference
from jamsos_sim.outcomes import monthly_table
from jamsos_sim.outcomes_payments import PARTIES, payments_table
from jamsos_sim.scenario import load_scenario, read_scenario
from jamsos_sim.units import MONTHS_PER_YEAR, month_label
from tests.model.random_scenarios import MONTHS, scenario_texts
from tests.model.worlds import (
    HEAD,
    SHIPPED,
    START,
    Counts,
    by_year,
    clause,
    draft_ledger,
    frozen,
    ledger,
    months_of,
    row,
    world,
    world_under,
)

MIXED = (
    "places: 60_000, funding.order: [csr, baznas, city], "
    "funding.csr: 600_000_000, funding.baznas: {2023-01: 900_000_000, 2026-01: 0}"
)
FEW, LAST = 600, "2027-12"


@cache
def mixed(levers: str = MIXED, reading: str = "") -> Totals:
    return draft_ledger(clause(levers) + reading)


@cache
def ledger_under(body: str) -> Totals:
    scenario = read_scenario(HEAD + body, "draf")
    return run_kernel(scenario, world_under(scenario, 0, 4_000, "2027-12"))


def by_fiscal_year(totals: Totals, rows: tuple[int, ...]) -> Counts:
    """Some rows, summed by payer and fiscal year."""
    sums: Counts = totals[list(rows)].reshape(len(rows), -1, MONTHS_PER_YEAR).sum(axis=2)
    return sums


def most_authorised(totals: Totals) -> Counts:
    """The highest authorisation of each payer within each fiscal year."""
    steps = totals[list(APPROPRIATIONS)].reshape(len(FUNDERS), -1, MONTHS_PER_YEAR)
    highest: Counts = steps.cumsum(axis=2).max(axis=2)
    return highest


def test_every_row_in_rupiah_is_a_payment_or_said_to_move_nothing() -> None:
    assert set(PAYMENTS) | set(NOT_PAYMENTS) == set(RUPIAH)
    assert not set(PAYMENTS) & set(NOT_PAYMENTS)
    assert all(payment.payer != payment.receiver for payment in PAYMENTS.values())
    payers = [PAYMENTS[Rows._fields[place]].payer for place in CONTRIBUTIONS]
    assert payers == list(FUNDERS)


@pytest.mark.parametrize("party", PARTIES)
def test_the_table_of_payments_has_every_rupiah_that_the_ledger_moves(party: str) -> None:
    totals = mixed()
    table = payments_table(monthly_table(totals[None, None], ["a"], START, START))
    assert table["value"].dtype == np.int64
    moved = totals[[getattr(ROW, name) for name in PAYMENTS]]
    by_party = table.pivot_table(index="month", columns=party, values="value", aggfunc="sum")
    assert by_party.sum(axis=1).tolist() == moved.sum(axis=0).tolist()
    assert int(table["value"].sum()) == int(moved.sum()) > 0
    assert {"csr", "baznas", "city", "insurer"} <= set(table[table["value"] > 0]["payer"])


@pytest.mark.parametrize("name", SHIPPED)
def test_no_payer_spends_more_than_authorised_and_what_is_left_is_the_rest(name: str) -> None:
    totals = ledger(name)
    authorised = by_fiscal_year(totals, APPROPRIATIONS)
    spent, left = by_fiscal_year(totals, CONTRIBUTIONS), by_fiscal_year(totals, UNSPENT)
    assert np.array_equal(authorised, spent + left)
    assert spent.min() >= 0 and left.min() >= 0


@settings(deadline=None, derandomize=True, max_examples=12)
@given(scenario_texts())
def test_in_random_scenarios_nobody_spends_more_than_was_ever_authorised_in_the_year(text: str) -> None:
    scenario = read_scenario(text, "draf")
    totals = run_kernel(scenario, world_under(scenario, 0, 300, month_label(START + MONTHS - 1)))
    whole = totals[:, : MONTHS - MONTHS % MONTHS_PER_YEAR]
    spent = by_fiscal_year(whole, CONTRIBUTIONS)
    assert np.all(spent <= most_authorised(whole))
    authorised, left = by_fiscal_year(whole, APPROPRIATIONS), by_fiscal_year(whole, UNSPENT)
    assert np.array_equal(left, np.maximum(0, authorised - spent))


def test_the_accounts_of_a_run_say_what_the_ledger_says() -> None:
    scenario, where = load_scenario("bauran_dana"), world(0, FEW, LAST)
    for rules, kernel in months_of(scenario, where):
        start = rules.moment.elapsed - rules.moment.month % MONTHS_PER_YEAR
        spent = kernel.city.ledger[list(CONTRIBUTIONS), start : rules.moment.elapsed + 1].sum(axis=1)
        assert [account.authorised - account.left for account in kernel.accounts] == spent.tolist()
        people = kernel.city.people
        paid = np.count_nonzero((people.last_paid_month == rules.moment.month) & (people.is_self_paid == 0))
        assert paid == row(kernel.city.ledger, "paid_person_months")[rules.moment.elapsed]


def test_the_first_payer_pays_until_its_money_is_used_up_and_then_the_next() -> None:
    totals = mixed()
    csr, baznas, city = (row(totals, f"{name}_contributions") for name in ("csr", "baznas", "city"))
    for year in range(1, 3):
        months = slice(MONTHS_PER_YEAR * year, MONTHS_PER_YEAR * (year + 1))
        paying = [np.flatnonzero(column[months]) for column in (csr, baznas, city)]
        assert all(first[-1] <= then[-1] and first[0] <= then[0] for first, then in pairwise(paying))
    assert by_year(totals, "csr_unspent")[1] < 3 * 16_800
    assert row(totals, "baznas_contributions")[36:].sum() == 0


def test_who_is_not_in_the_order_pays_nothing_and_keeps_the_money() -> None:
    alone = mixed("funding.order: [city], funding.csr: 1_000_000_000")
    assert row(alone, "csr_contributions").sum() == 0
    assert np.array_equal(by_year(alone, "csr_unspent"), by_year(alone, "csr_appropriation"))
    assert np.array_equal(
        row(alone, "city_contributions"), row(ledger("program_berjalan"), "city_contributions")
    )


def test_the_money_of_others_carries_more_people() -> None:
    more = mixed("places: 60_000, funding.csr: 2_000_000_000")
    none = mixed("places: 60_000")
    assert by_year(more, "enrolled")[-1] > by_year(none, "enrolled")[-1]


def test_the_relief_reaches_those_whom_companies_pay_for_and_not_those_of_the_city() -> None:
    window = slice(39, 48)  # April to December 2026
    relieved = mixed()
    strict = mixed(MIXED, "reading: {U7: not_discounted}\n")
    before, price = slice(24, 36), 16_800
    assert np.all(row(strict, "csr_contributions") % price == 0)
    assert np.all(row(relieved, "city_contributions") % price == 0)
    assert np.array_equal(relieved[:, before], strict[:, before])
    cost = [run[list(CONTRIBUTIONS), window].sum() for run in (relieved, strict)]
    months = [row(run, "paid_person_months")[window].sum() for run in (relieved, strict)]
    assert cost[0] * months[1] < cost[1] * months[0]


WHOLE = 16_800
RELIEFS = (
    ("", "self_paid_relief"),
    ("reading: {U10: included_from_2027}\n", "city_relief"),
    ("", "other_payers_relief"),
    ("reading: {U10: included_from_2027}\n", "own_part_relief"),
)


@pytest.mark.parametrize(("reading", "relief"), RELIEFS)
def test_what_is_paid_and_what_relief_lets_off_are_the_whole_contribution(reading: str, relief: str) -> None:
    levers = f"{MIXED}, subsidy.share: 0.6, subsidy.duration_months: 12, subsidy.renewal: none"
    more_alone = "assumptions: {subsidy.continue_alone: {low: 0.5, central: 0.5, high: 0.5}}\n"
    totals = ledger_under(clause(levers) + reading + more_alone)
    paid = totals[list(CONTRIBUTIONS)].sum(axis=0) + row(totals, "recipient_contributions")
    let_off = sum(row(totals, f"{whom}_relief") for whom in ("city", "other_payers", "own_part"))
    assert np.array_equal(paid + let_off, WHOLE * row(totals, "paid_person_months"))
    asked = row(totals, "self_payers_asked") - row(totals, "self_payers_lapsed")
    alone = row(totals, "self_contributions") + row(totals, "self_paid_relief")
    assert np.array_equal(alone, WHOLE * asked)
    assert row(totals, relief)[:36].sum() == 0 < row(totals, relief).sum()


def test_the_city_has_no_relief_by_the_default_reading() -> None:
    assert row(mixed(), "city_relief").sum() == 0
    assert row(mixed(), "other_payers_relief")[36:].sum() > 0
    assert row(mixed(MIXED, "reading: {U7: not_discounted}\n"), "other_payers_relief").sum() == 0


def test_a_revision_is_an_outcome_of_its_own() -> None:
    levers = "budget.appropriation: {2025-01: 3_000_000_000, 2025-08: 5_000_000_000}"
    totals = draft_ledger(clause(levers, "2025-01"))
    revision = row(totals, "appropriation_revision")
    assert np.flatnonzero(revision).tolist() == [31]
    assert revision[31] == row(totals, "appropriation")[31] > 0


def test_a_unit_price_above_the_law_leaves_money_and_one_below_runs_out() -> None:
    levers = "places: 60_000"
    legal, dear, cheap = (
        mixed(f"{levers}, budget.unit_price: {price}") for price in ("null", 20_000, 14_000)
    )
    assert row(dear, "city_unspent").sum() > row(legal, "city_unspent").sum()
    assert row(dear, "enrolled").sum() < row(legal, "enrolled").sum() < row(cheap, "enrolled").sum()
    assert row(cheap, "unfunded_person_months").sum() > row(legal, "unfunded_person_months").sum()


@given(st.permutations(FUNDERS))
@settings(deadline=None, derandomize=True, max_examples=4)
def test_both_engines_pay_alike_in_any_order_of_payers(order: list[str]) -> None:
    money = ", ".join(f"funding.{funder}: 200_000_000" for funder in FUNDERS[1:])
    body = clause(f"funding.order: [{', '.join(order)}], {money}, subsidy.share: 0.7", "2024-01")
    scenario = read_scenario(
        f"name: draf\ntitle: {{id: a, en: b}}\ndiffers_from: program_berjalan\n{body}", "draf"
    )
    where = world(0, 200, "2026-12")
    assert np.array_equal(run_reference(scenario, where), frozen(run_kernel(scenario, where)))
