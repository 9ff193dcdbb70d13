"""The books balance: people, places and rupiah, in every month of every shipped scenario."""

import numpy as np
import pytest

from jamsos_sim.model.ledger import FAMILIES, Rows
from jamsos_sim.scenario import load_scenario
from jamsos_sim.units import MONTHS_PER_YEAR, calendar_month, month_of
from tests.model.walks import walk
from tests.model.worlds import MONTHLY_PRICE, SHIPPED, START, Counts, clause, draft_ledger, row, world

MONTHS = range(START, month_of("2031-01"))
ALL = pytest.mark.parametrize("name", SHIPPED)
PAID_BY_THE_CITY = pytest.mark.parametrize("name", [name for name in SHIPPED if name != "bauran_dana"])
"""Where others pay too, each at the law's price for it, `test_payments` holds the payments."""
PAID_IN_TIME = pytest.mark.parametrize("name", [name for name in SHIPPED if name != "transfer_terlambat"])
"""What months that are paid late are worth is held in `test_treasury`."""
DEATH_BENEFIT, FUNERAL_GRANT = 42_000_000, 10_000_000
PRICE_OF_TWO_MILLION = 26_800
"""Contribution of a month on a base of Rp2 million: 1% and Rp6,800."""

REFUSALS = [name for name in Rows._fields if name.startswith("refused_")]


def lever(name: str, group: str, own: str) -> Counts:
    """A lever of the scenario, scaled to the simulated part of the city, month by month."""
    scenario, scale = load_scenario(name), world().scale
    all_levers = [scenario.levers_at(month) for month in MONTHS]
    return np.array([scale.of(getattr(getattr(each, group) if group else each, own)) for each in all_levers])


def before(column: Counts) -> Counts:
    """A stock at the end of the month before."""
    return np.concatenate([[0], column[:-1]])


@ALL
def test_no_number_of_the_ledger_is_negative(name: str) -> None:
    assert walk(name).ledger.min() == 0


@ALL
def test_never_more_people_are_enrolled_than_there_are_places(name: str) -> None:
    enrolled, places = row(walk(name).ledger, "enrolled"), lever(name, "", "places")
    assert np.all(enrolled <= places)
    assert np.any(enrolled == places)


@ALL
def test_the_city_never_pays_more_than_its_appropriation(name: str) -> None:
    ledger = walk(name).ledger
    authorised = row(ledger, "appropriation").reshape(-1, MONTHS_PER_YEAR).cumsum(axis=1)
    spent = row(ledger, "city_contributions").reshape(-1, MONTHS_PER_YEAR).cumsum(axis=1)
    assert np.all(spent <= authorised)
    assert spent[:3].min(axis=0)[-1] > 0
    assert authorised.reshape(-1).tolist() == lever(name, "budget", "appropriation").tolist()


@pytest.mark.parametrize(("revised", "grows"), [(6_000_000_000, True), (1_000_000_000, False)])
def test_a_budget_revised_in_august_changes_what_is_left_of_the_year(revised: int, grows: bool) -> None:
    levers = f"places: 60_000, budget.appropriation: {{2025-01: 3_000_000_000, 2025-08: {revised}}}"
    ledger = draft_ledger(clause(levers, "2025-01"))
    year = slice(24, 36)
    authorised, spent = (row(ledger, name)[year] for name in ("appropriation", "city_contributions"))
    scale = world().scale
    assert authorised.sum() == scale.of(revised) and authorised[0] == scale.of(3_000_000_000)
    assert (authorised[7] > 0) == grows
    assert spent[:7].sum() <= scale.of(3_000_000_000)
    assert (spent[7:].sum() > 0) == grows
    assert spent.sum() <= max(authorised.sum(), spent[:7].sum())
    assert (row(ledger, "unfunded_person_months")[year].sum() > 0) or grows


def prices(name: str) -> Counts:
    """Full contribution of each month of a shipped scenario."""
    months = np.array(MONTHS)
    is_higher = (months >= month_of("2027-01")) & (name == "dasar_lebih_tinggi")
    return np.where(is_higher, PRICE_OF_TWO_MILLION, MONTHLY_PRICE)


@PAID_BY_THE_CITY
def test_the_city_pays_the_full_price_for_every_person_month_it_pays(name: str) -> None:
    ledger, seen = walk(name)
    assert np.array_equal(row(ledger, "paid_person_months") * prices(name), row(ledger, "city_contributions"))
    assert np.array_equal(row(ledger, "paid_person_months"), seen["paid_by_city"])
    assert seen["paid_by_city"].sum() > 1_000


@ALL
def test_in_a_paid_month_everybody_on_the_list_is_paid_for_or_counted_as_unfunded(name: str) -> None:
    ledger = walk(name).ledger
    budgets = [load_scenario(name).levers_at(month).budget for month in MONTHS]
    is_paid = np.array(
        [
            0 <= calendar_month(month) - budget.first_paid_month < budget.months_paid
            for month, budget in zip(MONTHS, budgets, strict=True)
        ]
    )
    meant = row(ledger, "paid_person_months") + row(ledger, "unfunded_person_months")
    assert np.array_equal(meant, np.where(is_paid, row(ledger, "enrolled"), 0))


@PAID_IN_TIME
def test_those_covered_are_the_living_whose_month_is_paid(name: str) -> None:
    ledger, seen = walk(name)
    assert np.array_equal(row(ledger, "covered_person_months"), seen["paid_and_alive"])
    assert np.all(row(ledger, "covered_person_months") <= row(ledger, "enrolled"))


@ALL
def test_self_payers_pay_and_nobody_else_does(name: str) -> None:
    ledger, seen = walk(name)
    assert np.array_equal(row(ledger, "self_contributions") > 0, seen["paid_alone"] > 0)
    assert np.all(row(ledger, "self_contributions") <= seen["paid_alone"] * prices(name))
    assert np.all(row(ledger, "self_contributions") * 2 >= seen["paid_alone"] * prices(name))


@ALL
def test_the_list_grows_by_those_admitted_and_shrinks_by_those_who_go(name: str) -> None:
    ledger, seen = walk(name)
    enrolled = row(ledger, "enrolled")
    assert np.array_equal(enrolled, seen["sponsored"] + seen["settled"])
    flows = row(ledger, "admitted") - row(ledger, "subsidies_ended") - before(seen["settled"])
    assert np.array_equal(enrolled, before(enrolled) + flows)
    assert np.array_equal(row(ledger, "admitted"), seen["admitted"])
    assert min(row(ledger, flow).sum() for flow in ("admitted", "subsidies_ended")) > 0


def test_some_who_go_have_died_and_their_deaths_are_settled() -> None:
    assert walk("program_berjalan").seen["settled"].sum() > 0


@ALL
def test_files_come_from_proposals_and_end_in_a_place_a_refusal_or_the_drawer(name: str) -> None:
    ledger = walk(name).ledger
    lying = ("in_deliberation", "in_verification", "in_registration", "waiting")
    files = np.sum([row(ledger, name) for name in lying], axis=0)
    ended = row(ledger, "admitted") + row(ledger, "lost_in_handover")
    ended = ended + np.sum([row(ledger, reason) for reason in REFUSALS], axis=0)
    # What is left over are people who left informal work while they waited; without places nobody waits.
    dropped = before(files) + row(ledger, "proposed") - ended - files
    has_places = lever(name, "", "places") > 0
    assert np.all(dropped >= 0)
    assert np.all((dropped <= before(files)) | ~has_places)
    assert dropped[has_places].sum() < row(ledger, "proposed").sum() / 4
    assert np.all(files[~has_places] == 0)


@ALL
def test_attempts_fail_or_become_proposals(name: str) -> None:
    ledger = walk(name).ledger
    made = row(ledger, "attempts") - row(ledger, "failed_attempts")
    assert np.all(made >= 0)
    assert np.all(row(ledger, "proposed") >= made)
    assert row(ledger, "failed_attempts").sum() > 0


@ALL
def test_everybody_admitted_has_waited_at_least_for_the_verification(name: str) -> None:
    ledger = walk(name).ledger
    chances = world().chances
    shortest = chances.desk_months  # integrated data answer within the month
    assert np.all(row(ledger, "months_waited") >= shortest * row(ledger, "admitted"))
    assert np.all((row(ledger, "months_waited") == 0) | (row(ledger, "admitted") > 0))


@ALL
def test_people_are_conserved_and_nobody_comes_back_from_the_dead(name: str) -> None:
    seen = walk(name).seen
    assert np.array_equal(seen["arrived"], seen["somewhere"])
    assert np.all(np.diff(seen["arrived"]) >= 0) and seen["arrived"][-1] > seen["arrived"][0]
    assert seen["back_from_the_dead"].sum() == 0


@ALL
def test_everybody_enrolled_is_vulnerable_or_better_off_or_not_to_be_found(name: str) -> None:
    ledger = walk(name).ledger
    kinds = ("vulnerable_enrolled", "enrolled_not_vulnerable", "enrolled_not_found")
    assert np.array_equal(np.sum([row(ledger, kind) for kind in kinds], axis=0), row(ledger, "enrolled"))
    assert np.all(row(ledger, "vulnerable_enrolled") <= row(ledger, "vulnerable_workers"))
    assert np.all(row(ledger, "vulnerable_workers") <= row(ledger, "informal_workers"))
    assert np.all(row(ledger, "informal_workers") <= walk(name).seen["arrived"])


@ALL
def test_each_family_that_lost_a_vulnerable_worker_stands_in_exactly_one_kind(name: str) -> None:
    ledger, seen = walk(name)
    families = np.sum([row(ledger, kind) for kind in FAMILIES], axis=0)
    assert np.array_equal(families, seen["vulnerable_deaths"])
    assert np.all(families <= row(ledger, "deaths"))
    assert np.all(row(ledger, "work_deaths") <= row(ledger, "deaths"))
    assert families.sum() > 0


@ALL
def test_no_claim_is_paid_before_its_event_nor_without_cover(name: str) -> None:
    ledger, seen = walk(name)
    cases = row(ledger, "jkk_cases") + row(ledger, "jkm_cases") + row(ledger, "self_cases")
    covered = seen["covered_deaths"] + seen["covered_accidents"]
    assert np.all(cases.cumsum() <= before(covered.cumsum()))
    deaths = before(seen["covered_deaths"].cumsum())
    assert np.all(row(ledger, "jkm_cases").cumsum() <= deaths)
    assert cases.sum() > 0


@ALL
def test_death_claims_pay_the_amounts_of_the_law(name: str) -> None:
    ledger = walk(name).ledger
    cases, paid = row(ledger, "jkm_cases"), row(ledger, "jkm_paid")
    assert np.all(paid >= FUNERAL_GRANT * cases)
    assert np.all(paid <= DEATH_BENEFIT * cases + row(ledger, "scholarships_paid"))
    everything = paid + row(ledger, "jkk_paid") + row(ledger, "self_paid")
    assert np.all(row(ledger, "scholarships_paid") <= everything)
    assert np.all((row(ledger, "jkk_paid") > 0) >= (row(ledger, "jkk_cases") > 0))
