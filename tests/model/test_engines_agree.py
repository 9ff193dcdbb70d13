"""The model to read and the model that runs give the same ledger, number for number."""

import pytest

from jamsos_sim.model.kernel import run_kernel
from jamsos_sim.model.ledger import Rows
from jamsos_sim.model.reference import run_reference
from tests.model.worlds import (
    COMPARED,
    SHIPPED,
    columns_that_differ,
    draft,
    ledger,
    quantities_that_differ,
    recorded_run,
    reference_ledger,
    reference_run,
    row,
    world_under,
)


@pytest.mark.parametrize("name", SHIPPED)
def test_both_engines_give_the_same_ledger_of_every_shipped_scenario(name: str) -> None:
    slow, fast = reference_ledger(name), ledger(name, 0, COMPARED)
    assert slow.shape == fast.shape == (len(Rows._fields), 96)
    assert not quantities_that_differ(slow, fast)


@pytest.mark.parametrize("name", SHIPPED)
def test_both_engines_write_the_same_events_of_every_shipped_scenario(name: str) -> None:
    slow, fast = reference_run(name)[1], recorded_run(name)[1]
    assert slow.month.size > 1_000
    assert not columns_that_differ(slow, fast)


def test_the_compared_runs_hold_waiting_lists_refusals_and_exhausted_money() -> None:
    runs = {name: reference_ledger(name) for name in SHIPPED}
    for name, run in runs.items():
        assert row(run, "waiting").max() > 0, name
        refused = [reason for reason in Rows._fields if reason.startswith("refused_")]
        assert sum(int(row(run, reason).sum() > 0) for reason in refused) >= 5, name
        assert row(run, "lost_in_handover").sum() > 0, name
    assert row(runs["pemangkasan_anggaran"], "unfunded_person_months").sum() > 0
    assert row(runs["pemangkasan_anggaran"], "waiting")[-1] > 0


EVENTFUL = (
    """clauses:
  tempat:
    in_force: 2023-01
    sets: {places: {2023-01: 60_000, 2025-02: 30_000, 2026-01: 80_000}}
  pagu:
    in_force: 2023-01
    sets: {budget.appropriation: {2023: 10_000_000_000, 2025: 2_000_000_000, 2025-07: 2_500_000_000,
                                  2026: 10_000_000_000}}
  masa_bayar:
    in_force: 2023-01
    sets: {budget.months_paid: 8, budget.first_paid_month: 2}
  syarat:
    in_force: 2023-01
    sets: {eligibility.minimum_age: 25, verification.insurer_matching: list,
           verification.civil_matching: list, verification.ground_check_share: 0.2, outreach.meetings: 0.3,
           kelurahan.deliberation: {2023-01: none, 2023-06: held}, registration.grouping: community,
           registration.capacity_per_month: {2023-01: 20_000, 2024-01: 1_000, 2025-06: 20_000},
           verification.capacity_per_month: {2023-01: 20_000, 2024-06: 5_000},
           claims.assistance_share: 0.3,
           kelurahan.cadre_capacity: {2023-01: 1, 2025-06: 0, 2026-01: null},
           list.priority: {2023-01: poorest_first, 2024-06: kelurahan_formula},
           list.territorial_split: {2023-01: by_poor_workers, 2026-01: equal_by_kelurahan},
           subsidy.duration_months: {2023-01: null, 2026-09: 24}}
  dukungan:
    in_force: 2024-01
    sets: {training.baking_places: 20_000, training.massage_places: 8_000, training.certified_places: 30_000,
           training.priority: recipients_first, parcels.months: [2, 5, 8], parcels.stunting: 5_000,
           parcels.tuberculosis: 5_000, parcels.disability: 5_000, parcels.remote: 5_000}
"""
    + "assumptions:\n"
    + "".join(
        f"  {key}: {{low: {value}, central: {value}, high: {value}}}\n"
        for key, value in {
            "risk.mortality_scalar": 20,
            "risk.mortality_poorest": 1,
            "risk.true_accident_rate": 0.9,
            "risk.fatal_share": 0.1,
            "risk.disease_share": 0.2,
            "risk.total_disability_share": 0.05,
            "claims.realised_first_year": 0.7,
            "claims.realised_mature": 0.7,
            "claims.death_delay_months": 1,
            "subsidy.continue_alone": 0.8,
            "uptake.application_annual": 0.5,
            "coordination.handover_loss": 0.1,
            "mobility.moving_out_annual": 0.1,
            "claims.assistance_gain": 0.2,
            "mobility.retirement_annual": 0.3,
            "mobility.retirement_age": 40,
            "registry.dead_share": 0.05,
            "registry.duplicate_share": 0.1,
            "registry.refresh_cost": 50,
            "verification.civil_cost": 100,
            "uptake.return_monthly": 0.2,
            "deliberation.cost": 5000,
            "verification.insurer_cost": 100,
            "training.formal_gain": 0.1,
            "contact.registration_help": 0.5,
        }.items()
    )
)
"""A draft in a dangerous world: places and money are cut; many people die, move, are hurt and pay alone."""


DANGEROUS = (1_000, 1_300)
"""Workers of the dangerous worlds: what is too rare to happen in the one happens in the other."""


OTHER_MONEY = """  uang_lain:
    in_force: 2023-01
    sets:
      funding.order: {2023-01: [baznas, village, csr, donors, province, city], 2025-01: [city, baznas],
                      2026-01: [baznas, city]}
      funding.province: 500_000_000
      funding.village: 300_000_000
      funding.csr: 200_000_000
      funding.baznas: 400_000_000
      funding.donors: 100_000_000
      subsidy.share: {2023-01: 1.0, 2024-06: 0.6}
      budget.transfer_delay_months: {2023-01: 0, 2024-03: 3}
      budget.outreach: {2023: null, 2024: 500_000_000}
      budget.data: {2023: null, 2026: 100_000_000}
      death_grant.rule: {2023-01: replaced, 2025-01: kept}
reading: {U6: city_liable, U10: included_from_2027}
assumptions:
"""
REVISED = ("2025: 2_000_000_000}", "2025: 2_000_000_000, 2026-09: 2_500_000_000}")
EVENTFUL_MONEY = EVENTFUL.replace("assumptions:\n", OTHER_MONEY, 1).replace(*REVISED)
"""The same with several payers, a share, late transfers, bounded budget lines, and the city's death grant."""


def test_both_engines_agree_where_everything_that_can_happen_happens() -> None:
    never = set(Rows._fields)
    for body, workers in (*((EVENTFUL, workers) for workers in DANGEROUS), (EVENTFUL_MONEY, 1_000)):
        scenario = draft(body)
        where = world_under(scenario, 0, workers, "2027-12")
        slow, fast = run_reference(scenario, where), run_kernel(scenario, where)
        assert not quantities_that_differ(slow, fast)
        never &= {name for name in Rows._fields if row(fast, name).sum() == 0}
    assert never == set()
