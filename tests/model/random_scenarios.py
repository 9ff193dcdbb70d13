"""Random scenarios: any value of any lever, any reading, and assumptions at their extremes."""

from typing import Any

from hypothesis import strategies as st

from jamsos_sim.law.readings import READINGS
from jamsos_sim.levers_money import FUNDERS
from jamsos_sim.model.status import PRIORITIES, SPLITS
from jamsos_sim.units import month_label
from tests.model.worlds import HEAD, START

MONTHS = 30
"""Months of a random run."""

MONEY = st.sampled_from([0, 500_000_000, 2_000_000_000, 10**13])

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "eligibility.decile_ceiling": st.integers(1, 10),
    "eligibility.income_ceiling": st.sampled_from(["null", 0, 400_000, 800_000, 1_500_000, 10_000_000]),
    "eligibility.minimum_age": st.integers(15, 64),
    "places": st.sampled_from([0, 2_000, 20_000, 60_000, 200_000, 10_000_000]),
    "list.cohort_months": st.lists(st.integers(1, 12), unique=True, max_size=12),
    "list.candidates_per_place": st.floats(1.0, 5.0).map(lambda share: round(share, 3)),
    "list.priority": st.sampled_from(PRIORITIES),
    "list.territorial_split": st.sampled_from(SPLITS),
    "verification.capacity_per_month": st.sampled_from([0, 200, 2_000, 20_000, 10_000_000]),
    "verification.insurer_matching": st.sampled_from(["none", "list", "integrated"]),
    "verification.civil_matching": st.sampled_from(["none", "list"]),
    "verification.ground_check_share": st.sampled_from([0.0, 0.3, 1.0]),
    "verification.repeat_months": st.integers(1, 24),
    "registry.refresh_months": st.integers(1, 24),
    "kelurahan.cadre_capacity": st.sampled_from(["null", 0, 1, 3]),
    "kelurahan.deliberation": st.sampled_from(["none", "held"]),
    "registration.capacity_per_month": st.sampled_from([0, 300, 20_000, 10_000_000]),
    "registration.grouping": st.sampled_from(["single", "community"]),
    "coordination.desks": st.sampled_from(["sequential", "shared"]),
    "contribution.declared_base": st.sampled_from(["null", 1_500_000, 3_000_000, 25_000_000]),
    "subsidy.duration_months": st.sampled_from(["null", 1, 5, 12, 24]),
    "subsidy.renewal": st.sampled_from(["allowed", "none"]),
    "claims.assistance_share": st.sampled_from([0.0, 0.5, 1.0]),
    "outreach.meetings": st.sampled_from([0.0, 0.02, 0.3, 1.0]),
    "budget.appropriation": st.sampled_from([0, 1_000_000_000, 4_200_000_000, 40_000_000_000, 10**13]),
    "budget.unit_price": st.sampled_from(["null", 1, 16_800, 20_000, 1_000_000_000]),
    "budget.shortfall": st.sampled_from(["as_money_lasts", "fewer_months", "fewer_people"]),
    "budget.transfer_delay_months": st.integers(0, 6),
    "budget.outreach": st.sampled_from(["null", 0, 1_000_000_000, 10**13]),
    "budget.data": st.sampled_from(["null", 0, 20_000_000, 1_000_000_000, 10**13]),
    "funding.order": st.lists(st.sampled_from(FUNDERS), unique=True),
    "funding.province": MONEY,
    "funding.village": MONEY,
    "funding.csr": MONEY,
    "funding.baznas": MONEY,
    "funding.donors": MONEY,
    "subsidy.share": st.sampled_from([1.0, 0.05, 0.333, 0.5, 0.9]),
    "death_grant.rule": st.sampled_from(["replaced", "kept", "none"]),
    "budget.months_paid": st.integers(0, 12),
    "budget.first_paid_month": st.integers(1, 12),
    "training.months": st.lists(st.integers(1, 12), unique=True, max_size=12),
    "training.baking_places": st.sampled_from([0, 5_000, 60_000, 10_000_000]),
    "training.massage_places": st.sampled_from([0, 5_000, 10_000_000]),
    "training.certified_places": st.sampled_from([0, 5_000, 60_000, 10_000_000]),
    "training.equipment": st.sampled_from(["none", "included"]),
    "training.internship": st.sampled_from(["none", "included"]),
    "training.priority": st.sampled_from(["poorest_first", "recipients_first", "unlisted_first"]),
    "parcels.months": st.lists(st.integers(1, 12), unique=True, max_size=12),
    "parcels.stunting": st.sampled_from([0, 1_000, 5_000, 10_000_000]),
    "parcels.tuberculosis": st.sampled_from([0, 1_000, 10_000_000]),
    "parcels.disability": st.sampled_from([0, 1_000, 5_000, 10_000_000]),
    "parcels.remote": st.sampled_from([0, 1_000, 10_000_000]),
    "parcels.priority": st.sampled_from(["poorest_first", "longest_without"]),
}

EXTREMES = {
    "risk.mortality_scalar": (5.0, 0.85),
    "risk.true_accident_rate": (0.9, 0.9, 0.015),
    "risk.fatal_share": (0.05, 0.028),
    "risk.total_disability_share": (0.02, 0.001),
    "risk.reported_share": (0.6, 0.22),
    "claims.realised_first_year": (0.0, 1.0),
    "claims.realised_mature": (0.0, 1.0),
    "claims.death_delay_months": (1.0, 12.0),
    "claims.accident_delay_months": (1.0, 6.0),
    "claims.assistance_gain": (0.0, 0.5, 1.0),
    "subsidy.continue_alone": (1.0, 0.05, 1.0),
    "subsidy.lapse_monthly": (0.0, 0.3),
    "income.spread": (0.0, 1.0, 0.5),
    "income.poor_month_share": (0.0, 0.5, 1.0),
    "income.poor_month_level": (0.0, 0.5),
    "income.tight_share": (0.0, 0.6, 1.0),
    "income.strained_from": (0.0, 0.02),
    "subsidy.pays_rest": (0.0, 0.35, 1.0),
    "outreach.meeting_cost": (0.0, 300_000.0),
    "budget.administration_cost": (0.0, 1_000.0),
    "death_grant.share": (0.0, 0.6, 1.0),
    "uptake.aware_at_start": (0.0, 1.0),
    "uptake.application_annual": (0.0, 0.9),
    "uptake.attempt_failure": (0.0, 1.0, 0.6),
    "uptake.spillover_share": (0.0, 0.64, 1.0),
    "uptake.return_monthly": (0.0, 0.05, 1.0),
    "uptake.group_joins": (0.0, 0.3, 1.0),
    "deliberation.months": (0.0, 1.0, 3.0),
    "deliberation.miss_gone": (0.0, 0.3, 1.0),
    "deliberation.miss_means": (0.0, 0.5, 1.0),
    "deliberation.cost": (0.0, 5_000.0),
    "verification.desk_months": (0.0, 3.0),
    "verification.insurer_months": (0.0, 2.0),
    "verification.civil_months": (0.0, 2.0),
    "verification.ground_months": (0.0, 2.0),
    "verification.civil_miss": (0.0, 0.5, 1.0),
    "verification.civil_moved_miss": (0.0, 0.5, 1.0),
    "verification.nik_repair": (0.0, 0.5, 1.0),
    "verification.ground_miss": (0.0, 0.5, 1.0),
    "verification.ground_cost": (0.0, 50_000.0),
    "verification.civil_cost": (0.0, 700.0),
    "verification.insurer_cost": (0.0, 300.0),
    "registry.refresh_cost": (0.0, 80.0),
    "registry.refresh_closing": (0.0, 0.5, 1.0),
    "registry.refresh_delay_months": (0.0, 4.0),
    "registry.dead_share": (0.0, 0.1),
    "registry.moved_share": (0.0, 0.1),
    "registry.duplicate_share": (0.0, 0.1),
    "registry.unrecorded_share": (0.0, 0.3),
    "verification.match_miss": (0.0, 1.0),
    "coordination.handover_months": (0.0, 2.0),
    "coordination.handover_loss": (0.0, 1.0, 0.1),
    "registry.refresh_repair": (0.0, 1.0),
    "registry.stale_share": (0.0, 0.5, 1.0),
    "registry.misreported_share": (0.0, 0.5, 1.0),
    "mobility.to_formal_annual": (0.0, 0.5),
    "mobility.to_informal_annual": (0.0, 0.5),
    "mobility.moving_out_annual": (0.0, 0.3),
    "risk.disease_share": (0.0, 0.5, 1.0),
    "risk.traffic_share": (0.0, 0.5, 1.0),
    "risk.traffic_insured_share": (0.0, 0.5, 1.0),
    "risk.disease_from_age": (0.0, 40.0),
    "risk.disease_reported_share": (0.0, 0.5, 1.0),
    "mobility.decile_up_annual": (0.0, 0.3, 1.0),
    "mobility.decile_down_annual": (0.0, 0.3, 1.0),
    "income.step_of_decile": (0.0, 0.3),
    "household.members": (2.0, 4.0),
    "household.other_earner_share": (0.0, 0.5),
    "household.bereaved_months": (1.0, 24.0),
    "population.insured_elsewhere": (0.0, 0.6),
    "population.disability_at_20": (0.0, 0.3),
    "population.disability_at_65": (0.0, 0.3),
    "population.tuberculosis_share": (0.0, 0.2),
    "population.remote_home_share": (0.0, 0.2),
    "training.blind_share": (0.0, 0.5, 1.0),
    "training.completion": (0.0, 0.8, 1.0),
    "training.equipment_gain": (0.0, 200_000.0),
    "training.gain_months": (0.0, 6.0, 48.0),
    "training.formal_gain": (0.0, 0.3),
    "training.internship_formal_gain": (0.0, 0.4),
    "training.continue_gain": (0.0, 0.1, 1.0),
    "parcels.remote_cost": (0.0, 20_000.0),
    "parcels.income_share": (0.0, 0.5, 1.0),
    "contact.hear": (0.0, 0.6, 1.0),
    "contact.registration_help": (0.0, 0.3, 1.0),
}

DATES = st.integers(START, START + MONTHS - 1)


def written(value: object) -> str:
    """A value as a scenario file writes it."""
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


@st.composite
def budget_years(draw: st.DrawFn) -> tuple[int, int]:
    """Paid months of a year, and the first of them, within one year."""
    first = draw(VALUES["budget.first_paid_month"])
    return min(draw(VALUES["budget.months_paid"]), 13 - first), first


@st.composite
def clause_of(draw: st.DrawFn, levers: tuple[str, ...]) -> str:
    """One clause that sets levers, each to up to three values at dates of its own."""
    dates = sorted(draw(st.sets(DATES, min_size=1, max_size=3)))
    lines = [f"    in_force: {month_label(dates[0])}", "    sets:"]
    for lever in levers:
        dated = ", ".join(f"{month_label(date)}: {written(draw(VALUES[lever]))}" for date in dates)
        lines.append(f"      {lever}: {{{dated}}}")
    return "\n".join(lines)


@st.composite
def budget_clause(draw: st.DrawFn) -> str:
    """One clause that sets which months of a year are paid."""
    dates = sorted(draw(st.sets(DATES, min_size=1, max_size=2)))
    years = [draw(budget_years()) for _ in dates]
    paid = ", ".join(f"{month_label(date)}: {year[0]}" for date, year in zip(dates, years, strict=True))
    first = ", ".join(f"{month_label(date)}: {year[1]}" for date, year in zip(dates, years, strict=True))
    sets = f"      budget.months_paid: {{{paid}}}\n      budget.first_paid_month: {{{first}}}"
    return f"    in_force: {month_label(dates[0])}\n    sets:\n{sets}"


@st.composite
def scenario_texts(draw: st.DrawFn) -> str:
    """The text of a random scenario."""
    single = sorted(set(VALUES) - {"budget.months_paid", "budget.first_paid_month"})
    chosen = draw(st.lists(st.sampled_from(single), unique=True, min_size=4, max_size=len(single)))
    clauses = [draw(clause_of((lever,))) for lever in chosen]
    clauses.append(draw(budget_clause()))
    text = "".join(f"  klausul_{number}:\n{lines}\n" for number, lines in enumerate(clauses))
    readings = {question: draw(st.sampled_from(reading.options)) for question, reading in READINGS.items()}
    ranges = {key: draw(st.sampled_from(values)) for key, values in EXTREMES.items()}
    answers = ", ".join(f"{question}: {option}" for question, option in readings.items())
    bounds = "".join(f"  {key}: {{low: {at}, central: {at}, high: {at}}}\n" for key, at in ranges.items())
    return f"{HEAD}clauses:\n{text}reading: {{{answers}}}\nassumptions:\n{bounds}"
