"""What the offices know: lists are made from records alone, and each check repairs what it can see."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import ROW, Totals
from jamsos_sim.model.status import (
    DEAD,
    FORMAL,
    INFORMAL,
    LEFT,
    NEVER,
    NO_PERSON,
    NOT_ARRIVED,
    PROPOSED,
    RETIRED,
    SPONSORED,
)
from jamsos_sim.model.world import World
from jamsos_sim.outcomes_targeting import WRONGLY_PAID
from jamsos_sim.population.registry import records_of
from jamsos_sim.population.workers import DUPLICATE_RECORD, NO_RECORD, PERSON, RECORD_OF_DEAD, RECORD_OF_MOVED
from jamsos_sim.scenario import Scenario
from tests.model.worlds import (
    clause,
    draft,
    ledger,
    months_of,
    quantities_that_differ,
    row,
    world,
    world_under,
)

WORKERS, LAST = 4_000, "2028-12"
ERRORS = (
    "registry.unrecorded_share",
    "registry.stale_share",
    "registry.misreported_share",
    "registry.dead_share",
    "registry.moved_share",
    "registry.duplicate_share",
)
MANY_STRAYS = ("registry.dead_share", "registry.moved_share", "registry.duplicate_share")
NO_MISS = (
    "verification.match_miss",
    "verification.integrated_miss",
    "verification.civil_miss",
    "verification.civil_moved_miss",
    "verification.ground_miss",
)
STANDING_STILL = (
    "population.inactive_nik_share",
    "mobility.to_formal_annual",
    "mobility.moving_out_annual",
    "mobility.retirement_annual",
    "mobility.decile_up_annual",
    "mobility.decile_down_annual",
    "population.insured_elsewhere",
    "risk.total_disability_share",
)
GONE = ("paid_for_dead", "paid_for_moved", "paid_for_duplicates")
NO_STEPS = ("mobility.decile_up_annual", "mobility.decile_down_annual")
"""Without these every household keeps its decile, so that only the errors of the start are there to see."""
EVERY_CHECK = "verification.civil_matching: list, verification.ground_check_share: 1.0"


def fixed(values: dict[str, float]) -> str:
    """YAML text that holds assumptions at one value each."""
    lines = (f"  {key}: {{low: {value}, central: {value}, high: {value}}}\n" for key, value in values.items())
    return "assumptions:\n" + "".join(lines)


def share(part: str, whole: str, totals: Totals) -> float:
    return float(row(totals, part).sum() / row(totals, whole).sum())


@cache
def run_under(body: str) -> tuple[Scenario, World, Totals]:
    scenario = draft(body)
    where = world_under(scenario, 0, WORKERS, LAST)
    return scenario, where, run_kernel(scenario, where)


def test_without_errors_the_registry_is_the_truth_and_the_run_that_of_a_perfect_registry_bit_for_bit() -> (
    None
):
    body = fixed(dict.fromkeys(ERRORS + STANDING_STILL, 0.0) | {"registry.declared_income_ratio": 1.0})
    scenario, where, totals = run_under(clause("eligibility.income_ceiling: null") + body)
    assert np.all(where.workers.behind == PERSON)
    truth = where.records._replace(
        decile=where.workers.decile.copy(),
        income=where.workers.income.copy(),
        is_misreported=np.zeros_like(where.records.is_misreported),
    )
    assert np.array_equal(run_kernel(scenario, replace(where, records=truth)), totals)
    assert row(totals, "paid_person_months").sum() > 0 and row(totals, "records_within_criteria").sum() > 0
    # The dead stand in the registry until their death is known; nobody else is wrongly in it, or not in it.
    dead = row(totals, "deaths").cumsum()
    assert np.all(row(totals, "records_not_vulnerable") <= dead)
    assert row(totals, "entitled_off_register").sum() == 0
    for wrongly in WRONGLY_PAID:
        if wrongly != "paid_for_dead":
            assert row(totals, wrongly).sum() == 0, wrongly


def test_every_error_of_the_registry_changes_the_outcome() -> None:
    base = fixed(dict.fromkeys(ERRORS, 0.0))
    for error in ERRORS:
        wrong = fixed(dict.fromkeys(ERRORS, 0.0) | {error: 0.2})
        assert quantities_that_differ(run_under(base)[2], run_under(wrong)[2]), error


def test_the_first_list_is_the_same_whoever_is_truly_behind_the_records() -> None:
    def first_list(where: World) -> set[int]:
        for _, kernel in months_of(draft(""), where):
            proposed = np.flatnonzero(kernel.city.people.status == PROPOSED)
            if proposed.size > 50:
                return set(proposed.tolist())
        raise AssertionError("no list was drawn up")

    quiet = draft(
        fixed(
            {
                "uptake.application_annual": 0.0,
                "uptake.meeting_gain": 0.0,
                "registry.refresh_repair": 0.0,
                "registry.refresh_closing": 0.0,
            }
        )
    )
    where = world_under(quiet, 0, WORKERS, "2023-12")
    twisted = where.workers._replace(
        decile=np.where(
            where.workers.arrival_month <= where.period.start, 11 - where.workers.decile, 5
        ).astype(np.int8),
        is_insured_elsewhere=1 - where.workers.is_insured_elsewhere,
    )
    assert first_list(where) == first_list(replace(where, workers=twisted))


def test_the_dead_the_moved_and_second_records_are_listed_and_paid_for_when_nobody_checks() -> None:
    body = fixed(dict.fromkeys(MANY_STRAYS, 0.1) | {"registry.refresh_closing": 0.0})
    _, where, totals = run_under(body)
    present = int((where.workers.behind[where.workers.arrival_month <= where.period.start] == PERSON).sum())
    for code in (DUPLICATE_RECORD, RECORD_OF_DEAD, RECORD_OF_MOVED):
        assert (where.workers.behind == code).sum() == round(0.1 * present)
    for quantity in GONE:
        assert share(quantity, "paid_person_months", totals) > 0.02, quantity
    assert np.all(where.records.decile[where.workers.behind != PERSON] != NO_RECORD)


@pytest.mark.parametrize(
    "check", ["verification.civil_matching: list", "verification.ground_check_share: 1.0"]
)
def test_a_check_that_misses_nothing_leaves_nobody_gone_among_those_it_admits(check: str) -> None:
    unseen = {
        "registry.refresh_closing": 0.0,
        "mobility.moving_out_annual": 0.0,
        "mobility.retirement_annual": 0.0,
    }
    ranges = fixed(dict.fromkeys(MANY_STRAYS, 0.1) | dict.fromkeys(NO_MISS, 0.0) | unseen)
    totals = run_under(clause(check) + ranges)[2]
    assert row(totals, "paid_for_duplicates").sum() == 0 == row(totals, "paid_for_moved").sum()
    assert row(totals, "refused_duplicate").sum() > 10 and row(totals, "refused_not_found").sum() > 10


def test_the_civil_registry_repairs_identity_numbers_and_a_visit_does_not() -> None:
    repair = fixed({"verification.nik_repair": 1.0, "population.inactive_nik_share": 0.3})
    matched = run_under(clause("verification.civil_matching: list") + repair)[2]
    visited = run_under(clause("verification.ground_check_share: 1.0") + repair)[2]
    # What is left are the records of people who are not there to have their number repaired.
    assert row(matched, "refused_identity").sum() < 0.1 * row(visited, "refused_identity").sum()


def test_a_visit_repairs_a_misreported_record_and_no_refresh_does() -> None:
    wrong = {"registry.misreported_share": 1.0, "registry.stale_share": 0.0, "registry.unrecorded_share": 0.0}
    wrong |= dict.fromkeys(NO_STEPS, 0.0)
    sure = fixed(wrong | {"registry.refresh_repair": 1.0, "verification.ground_miss": 0.0})
    often = run_under(clause("registry.refresh_months: 1") + sure)[2]
    visited = run_under(clause("verification.ground_check_share: 1.0") + sure)[2]
    assert share("paid_for_better_off", "paid_person_months", often) > 0.1
    assert row(visited, "paid_for_better_off").sum() == 0
    assert row(often, "records_not_vulnerable")[-1] > 0.5 * row(often, "records_not_vulnerable")[0]


def test_a_refresh_repairs_stale_records_and_closes_those_of_the_gone_when_it_hears_of_them() -> None:
    stale = {"registry.misreported_share": 0.0, "registry.stale_share": 1.0, "registry.duplicate_share": 0.0}
    sure = stale | {"registry.refresh_repair": 1.0, "registry.refresh_closing": 1.0}
    sure |= {"mobility.moving_out_annual": 0.1} | dict.fromkeys(NO_STEPS, 0.0)
    monthly = clause("registry.refresh_months: 1, eligibility.income_ceiling: null")
    repaired = run_under(monthly + fixed(sure | {"registry.refresh_delay_months": 0}))[2]
    late = run_under(monthly + fixed(sure | {"registry.refresh_delay_months": 12}))[2]
    assert row(repaired, "paid_for_better_off").sum() == 0
    assert np.all(row(repaired, "records_not_vulnerable") <= row(late, "records_not_vulnerable"))
    assert row(late, "records_not_vulnerable").sum() > 2 * row(repaired, "records_not_vulnerable").sum() > 0


def test_no_refresh_sees_a_second_record() -> None:
    sure = {"registry.refresh_repair": 1.0, "registry.refresh_closing": 1.0, "registry.duplicate_share": 0.1}
    totals = run_under(clause("registry.refresh_months: 1") + fixed(sure))[2]
    assert share("paid_for_duplicates", "paid_person_months", totals) > 0.03


def test_every_check_has_its_price_and_matches_cost_nothing_when_they_are_not_made() -> None:
    prices = {
        "verification.insurer_cost": 300,
        "verification.civil_cost": 700,
        "verification.ground_cost": 40_000,
        "registry.refresh_cost": 50,
    }
    totals = run_under(clause(EVERY_CHECK) + fixed(prices))[2]
    for check, price in (("insurer", 300), ("civil", 700), ("ground", 40_000)):
        checks = row(totals, f"{check}_checks")
        assert np.array_equal(row(totals, f"{check}_check_cost"), price * checks) and checks.sum() > 0
    assert np.array_equal(row(totals, "civil_checks"), row(totals, "ground_checks"))
    assert row(totals, "refresh_cost").sum() > 0 and np.all(row(totals, "refresh_cost") % 50 == 0)
    without = run_under(fixed(prices))[2]
    assert row(without, "civil_check_cost").sum() == 0 == row(without, "ground_check_cost").sum()
    assert row(without, "insurer_check_cost").sum() > 0


def test_a_visit_of_a_part_of_the_candidates_costs_that_part() -> None:
    some = run_under(clause("verification.ground_check_share: 0.25"))[2]
    ratio = share("ground_checks", "insurer_checks", some)
    assert 0.2 < ratio < 0.3


def test_checks_take_time_side_by_side_and_integrated_data_take_none() -> None:
    slow = {"verification.desk_months": 0, "verification.insurer_months": 1, "verification.civil_months": 3}
    months = {}
    for check in ("insurer_matching: integrated", "insurer_matching: list", "civil_matching: list"):
        totals = run_under(clause(f"verification.{check}, coordination.desks: shared") + fixed(slow))[2]
        months[check] = share("months_waited", "admitted", totals)
    fast, listed, civil = months.values()
    assert fast + 0.5 < listed < civil - 0.5


def test_wrongly_paid_months_are_those_of_the_people_behind_them() -> None:
    soon = {"mobility.retirement_annual": 0.3, "mobility.retirement_age": 50}
    scenario = draft(fixed(dict.fromkeys(MANY_STRAYS, 0.1) | soon))
    where = world_under(scenario, 0, 3_000, "2026-12")
    counted = dict.fromkeys(WRONGLY_PAID, 0)
    for rules, kernel in months_of(scenario, where):
        people, month = kernel.city.people, rules.moment.month
        # Who dies or is hurt for good in the month was paid for before it.
        is_paid = (people.last_paid_month == month) & (people.is_self_paid == 0) & (people.event == NEVER)
        meant = people.decile <= rules.terms.chances.vulnerable_decile
        insured = (people.is_insured_elsewhere == 1) & (people.presence == INFORMAL)
        kinds = {
            "paid_for_duplicates": people.presence == NO_PERSON,
            "paid_for_dead": people.presence == DEAD,
            "paid_for_moved": people.presence == LEFT,
            "paid_for_retired": people.presence == RETIRED,
            "paid_for_insured": insured | (people.presence == FORMAL),
            "paid_for_better_off": (people.presence == INFORMAL) & ~insured & ~meant,
        }
        assert set(kinds) == set(WRONGLY_PAID)
        for name, kind in kinds.items():
            counted[name] += int((is_paid & kind).sum())
    totals = run_kernel(scenario, where)
    struck = row(totals, "deaths").sum() + row(totals, "accidents").sum()
    for name, count in counted.items():
        booked = row(totals, name).sum()
        assert count <= booked <= count + struck and booked > 0, name
        if name in ("paid_for_duplicates", "paid_for_dead", "paid_for_moved"):
            assert booked == count, name


def test_errors_of_list_and_registry_are_those_of_the_people_and_records() -> None:
    scenario = draft(fixed(dict.fromkeys(MANY_STRAYS, 0.05)))
    where = world_under(scenario, 1, 3_000, "2026-12")
    for rules, kernel in months_of(scenario, where):
        people, policy, at = kernel.city.people, rules.terms.policy, rules.moment.elapsed
        poor = people.decile <= rules.terms.chances.vulnerable_decile
        admitted = (people.age >= max(policy.minimum_age, rules.law.minimum_working_age)) & (
            people.age < rules.law.maximum_age
        )
        meant = (people.presence == INFORMAL) & poor & (people.is_insured_elsewhere == 0)
        listed = people.status == SPONSORED
        recorded = (people.presence != NOT_ARRIVED) & (people.recorded_decile != NO_RECORD) & admitted
        recorded &= (people.recorded_decile <= policy.decile_ceiling) & (people.has_valid_nik == 1)
        recorded &= people.recorded_income <= policy.income_ceiling
        rightly = np.isin(people.presence, (INFORMAL, FORMAL, RETIRED)) & poor
        expected = {
            "entitled_workers": meant & (listed | admitted),
            "entitled_enrolled": meant & listed,
            "entitled_off_register": meant & admitted & ~listed & ~recorded,
            "records_within_criteria": recorded,
            "records_not_vulnerable": recorded & ~rightly,
        }
        for name, people_of_it in expected.items():
            assert kernel.city.ledger[getattr(ROW, name), at] == people_of_it.sum(), (name, at)


def test_records_repeat_the_luck_of_their_rows_whatever_the_errors() -> None:
    where = world()
    keys, draws = where.keys, dict(where.draws)
    few, many = (
        records_of(
            where.workers, draws | {"registry.stale_share": rate, "registry.misreported_share": 0.0}, keys
        )
        for rate in (0.2, 0.6)
    )
    wrong = few.decile != where.workers.decile
    assert np.array_equal(few.decile[wrong], many.decile[wrong]) and wrong.any()


def test_the_ledger_of_the_current_programme_shows_errors_near_the_published_ones() -> None:
    totals = ledger("program_berjalan", 0, None, "2025-12")
    inclusion = share("records_not_vulnerable", "records_within_criteria", totals)
    exclusion = share("entitled_off_register", "entitled_workers", totals)
    assert 0.08 <= inclusion <= 0.45, inclusion
    assert 0.20 <= exclusion <= 0.50, exclusion
    assert row(totals, "enrolled")[-1] == 25_000
