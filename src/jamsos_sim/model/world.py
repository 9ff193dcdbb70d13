"""A world: one population, one luck and one draw of all uncertain assumptions; scenarios meet it alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from jamsos_sim import chance
from jamsos_sim.assumptions import Assumption, draw_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.model.ahead import ahead_of
from jamsos_sim.model.context import (
    Chances,
    City,
    Communities,
    Costs,
    Earnings,
    Hazards,
    Households,
    People,
    Severity,
    Territory,
)
from jamsos_sim.model.earnings import earnings_of, households_of
from jamsos_sim.model.events import CLOSED, Diary
from jamsos_sim.model.foreseen import Ahead
from jamsos_sim.model.ledger import empty_ledger
from jamsos_sim.model.policy import Scale
from jamsos_sim.model.status import DEAD, LEFT, NEVER, NO_PERSON, NOT_ARRIVED, NOT_LISTED, UNTRAINED
from jamsos_sim.model.steps.climb import DecileSteps, decile_steps_of
from jamsos_sim.model.support_terms import Support, support_of
from jamsos_sim.population.hardship_codes import hardship_codes
from jamsos_sim.population.hazards import accident_thresholds, death_thresholds, fatal_accident_thresholds
from jamsos_sim.population.region import Region
from jamsos_sim.population.register import Register, people_of_register
from jamsos_sim.population.registry import with_registry
from jamsos_sim.population.synthesis import city_size, synthesise
from jamsos_sim.population.workers import PERSON, Keys, Population, Records, Workers
from jamsos_sim.units import PARTS_PER_MILLION, monthly_probability, threshold_of, year_of

SMALLEST_CITY = 100
"""Informal workers below which a city is not worth simulating."""

PRESENCE_BEHIND = np.array([NOT_ARRIVED, NO_PERSON, DEAD, LEFT], dtype=np.int8)
"""Where somebody is at the start, by what stands behind the row (`population.workers`)."""

COMMUNITY_NUMBERS = 2**40
"""Communities are numbered apart from people, so that no two things share a key."""


class Period(NamedTuple):
    """Months of a run: ``start <= month < stop``."""

    start: int
    stop: int


@dataclass(frozen=True)
class World:
    """Everything about a world that no scenario changes."""

    seed: int
    draws: Mapping[str, float]
    period: Period
    scale: Scale
    region: Region
    keys: Keys
    workers: Workers
    records: Records
    hazards: Hazards
    chances: Chances
    costs: Costs
    severity: Severity
    earnings: Earnings
    households: Households
    decile_steps: DecileSteps
    support: Support

    @cached_property
    def ahead(self) -> Ahead:
        """What can be known of the world's people before any scenario."""
        return ahead_of(self.keys, self.workers, self.hazards, self.chances, self.period)


def world_of(
    region: Region,
    assumptions: Mapping[str, Assumption],
    seed: int,
    period: Period,
    simulated: int | Register | None = None,
) -> World:
    """Make the world of a seed.

    Parameters
    ----------
    region, assumptions:
        The city and its uncertain numbers; ``seed`` draws one value of each.
    period:
        Months of the run.
    simulated:
        Informal workers present at the start, or the register in which they stand; the whole city when not
        given.
    """
    draws = draw_assumptions(assumptions, seed)
    chances = chances_of(region, draws, period)
    scale, (keys, workers, records) = _everybody(region, draws, seed, period, simulated)
    return World(
        seed=seed,
        draws=draws,
        period=period,
        scale=scale,
        region=region,
        keys=keys,
        workers=workers,
        records=records,
        hazards=hazards_of(region, draws, period),
        chances=chances,
        costs=costs_of(draws),
        severity=severity_of(draws),
        earnings=earnings_of(draws, workers, region.vulnerable_decile, period.start),
        households=households_of(draws),
        decile_steps=decile_steps_of(Population(keys, workers, records), chances, range(*period)),
        support=support_of(draws),
    )


def _everybody(
    region: Region, draws: Mapping[str, float], seed: int, period: Period, simulated: int | Register | None
) -> tuple[Scale, Population]:
    """The people of a world, and for how many of the city they stand."""
    # People are made for the whole length of the tables and cut at the end of the run, so that a longer run
    # has the same history.
    whole = Period(period.start, region.table_stop)
    if isinstance(simulated, Register):
        # A register is the list of the city itself: places and money are not scaled.
        registered = people_of_register(simulated, region, draws, seed, whole)
        return Scale(1, 1), arrived_by(period.stop, registered)
    city = city_size(draws)
    if city < SMALLEST_CITY:
        raise InputError("run.empty_city", city=city, smallest=SMALLEST_CITY)
    size = city if simulated is None else simulated
    made = synthesise(region, draws, seed, size, whole)
    arrived = int(np.searchsorted(made.arrival_month, period.stop, side="left"))
    return Scale(size, city), with_registry(first_workers(made, arrived), draws, seed)


def arrived_by(stop: int, everybody: Population) -> Population:
    """The people who arrive before a month; rows stand in the order of arrival."""
    count = int(np.searchsorted(everybody.workers.arrival_month, stop, side="left"))
    keys, workers, records = everybody
    cut = records._replace(**{name: column[:count] for name, column in records._asdict().items()})
    return Population(keys[:count], first_workers(workers, count), cut)


def first_workers(workers: Workers, count: int) -> Workers:
    """The first rows of all columns, as views."""
    return workers._replace(**{name: column[:count] for name, column in workers._asdict().items()})


def seed_of(seed: int, world: int) -> int:
    """Seed of a numbered world of a run."""
    return chance.key_of(seed, world) >> 1


def monthly(draws: Mapping[str, float], name: str) -> int:
    """Monthly threshold of an annual chance."""
    return threshold_of(monthly_probability(draws[name]))


def chances_of(region: Region, draws: Mapping[str, float], period: Period) -> Chances:
    """Behaviour of a world, as thresholds and whole numbers."""

    def share(name: str) -> int:
        return threshold_of(draws[name])

    def helped(name: str) -> int:
        return threshold_of(draws[name] + (1.0 - draws[name]) * draws["claims.assistance_gain"])

    return Chances(
        to_formal=monthly(draws, "mobility.to_formal_annual"),
        to_informal=monthly(draws, "mobility.to_informal_annual"),
        moving_out=monthly(draws, "mobility.moving_out_annual"),
        retirement=monthly(draws, "mobility.retirement_annual"),
        retirement_age=round(draws["mobility.retirement_age"]),
        decile_down=share("mobility.decile_down_annual"),
        decile_up=share("mobility.decile_up_annual"),
        refresh_repair=share("registry.refresh_repair"),
        refresh_closing=share("registry.refresh_closing"),
        refresh_delay_months=round(draws["registry.refresh_delay_months"]),
        hear_at_meeting=share("uptake.hear_at_meeting"),
        hear_from_peers=share("uptake.hear_from_peers_monthly"),
        hear_of_claim=share("uptake.hear_of_claim"),
        application=monthly(draws, "uptake.application_annual"),
        meeting_gain=share("uptake.meeting_gain"),
        attempt_failure=share("uptake.attempt_failure"),
        spillover_gain=threshold_of(draws["uptake.meeting_gain"] * draws["uptake.spillover_share"]),
        return_monthly=share("uptake.return_monthly"),
        group_joins=share("uptake.group_joins"),
        deliberation_months=round(draws["deliberation.months"]),
        deliberation_miss_gone=share("deliberation.miss_gone"),
        deliberation_miss_means=share("deliberation.miss_means"),
        desk_months=round(draws["verification.desk_months"]),
        insurer_months=round(draws["verification.insurer_months"]),
        match_miss=share("verification.match_miss"),
        integrated_miss=share("verification.integrated_miss"),
        civil_months=round(draws["verification.civil_months"]),
        civil_miss=share("verification.civil_miss"),
        civil_moved_miss=share("verification.civil_moved_miss"),
        nik_repair=share("verification.nik_repair"),
        ground_months=round(draws["verification.ground_months"]),
        ground_miss=share("verification.ground_miss"),
        handover_months=round(draws["coordination.handover_months"]),
        handover_loss=share("coordination.handover_loss"),
        continue_alone=share("subsidy.continue_alone"),
        lapse=share("subsidy.lapse_monthly"),
        pays_rest=share("subsidy.pays_rest"),
        death_grant=share("death_grant.share"),
        realised_first_year=share("claims.realised_first_year"),
        realised_mature=share("claims.realised_mature"),
        helped_first_year=helped("claims.realised_first_year"),
        helped_mature=helped("claims.realised_mature"),
        death_delay_months=round(draws["claims.death_delay_months"]),
        accident_delay_months=round(draws["claims.accident_delay_months"]),
        vulnerable_decile=region.vulnerable_decile,
        first_year=year_of(period.start),
    )


def costs_of(draws: Mapping[str, float]) -> Costs:
    """What checks, meetings, help with claims and administration cost in a world, in whole rupiah."""
    return Costs(
        refresh=round(draws["registry.refresh_cost"]),
        insurer_check=round(draws["verification.insurer_cost"]),
        civil_check=round(draws["verification.civil_cost"]),
        ground_check=round(draws["verification.ground_cost"]),
        assistance=round(draws["claims.assistance_cost"]),
        meeting=round(draws["outreach.meeting_cost"]),
        administration=round(draws["budget.administration_cost"]),
        deliberation=round(draws["deliberation.cost"]),
    )


SEVERE = (
    "risk.fatal_share",
    "risk.total_disability_share",
    "risk.partial_disability_share",
    "risk.functional_disability_share",
)
"""Shares of the reported accidents that are severe."""


def true_share(draws: Mapping[str, float], name: str) -> float:
    """Share of all true accidents of a severe kind, from its share of the reported ones."""
    if draws["risk.severe_reported_share"] <= 0.0:
        raise InputError("run.severe_never_reported")
    return draws[name] * draws["risk.reported_share"] / draws["risk.severe_reported_share"]


def severity_of(draws: Mapping[str, float]) -> Severity:
    """Accidents that do not kill, of a world.

    Published shares are shares of reported accidents. Severe accidents are reported more often than light
    ones, so their share of the true accidents is smaller, and light accidents are reported less often than
    all together.
    """
    severe_of_reported = sum(draws[name] for name in SEVERE)
    light_share = 1.0 - sum(true_share(draws, name) for name in SEVERE)
    if severe_of_reported >= 1.0 or light_share <= 0.0:
        raise InputError("run.too_many_severe_accidents")
    survived = 1.0 - true_share(draws, "risk.fatal_share")
    total = true_share(draws, "risk.total_disability_share") / survived
    partial = true_share(draws, "risk.partial_disability_share") / survived
    functional = true_share(draws, "risk.functional_disability_share") / survived
    light_reported = draws["risk.reported_share"] * (1.0 - severe_of_reported) / light_share
    return Severity(
        up_to_total=threshold_of(total),
        up_to_partial=threshold_of(total + partial),
        up_to_functional=threshold_of(total + partial + functional),
        light_reported=threshold_of(min(1.0, light_reported)),
        severe_reported=threshold_of(draws["risk.severe_reported_share"]),
        disease=threshold_of(draws["risk.disease_share"]),
        disease_from_age=round(draws["risk.disease_from_age"]),
        disease_reported=threshold_of(draws["risk.disease_reported_share"]),
        partial_impairment_ppm=round(draws["risk.partial_impairment"] * PARTS_PER_MILLION),
        functional_impairment_ppm=round(draws["risk.functional_impairment"] * PARTS_PER_MILLION),
        days_lost=round(draws["risk.days_lost"]),
        medical_cost=round(draws["risk.medical_cost"]),
    )


def hazards_of(region: Region, draws: Mapping[str, float], period: Period) -> Hazards:
    """Deaths and accidents of a world, as monthly thresholds."""
    rate = draws["risk.true_accident_rate"]
    fatal = true_share(draws, "risk.fatal_share")
    return Hazards(
        death=death_thresholds(region, draws, year_of(period.start), year_of(period.stop - 1)),
        fatal_accident=fatal_accident_thresholds(region, draws, rate * fatal),
        accident=accident_thresholds(region, draws, rate * (1.0 - fatal)),
    )


def risk_ranks(region: Region) -> np.ndarray:
    """Rank of each occupation by accident risk: 0 is the riskiest."""
    order = sorted(
        range(len(region.occupations)), key=lambda code: (-region.occupations[code].relative_risk, code)
    )
    ranks = np.empty(len(order), dtype=np.int8)
    ranks[np.array(order)] = np.arange(len(order), dtype=np.int8)
    return ranks


def people_of(world: World) -> People:
    """Fresh columns of people at the start of a run; what a run changes is its own."""
    workers, records, count = world.workers, world.records, len(world.workers.birth_month)
    key = world.keys
    aware = chance.draws(key, 0, chance.DECISION_AWARE_AT_START)

    def never() -> np.ndarray:
        return np.full(count, NEVER, dtype=np.int32)

    def tiny(value: int) -> np.ndarray:
        return np.full(count, value, dtype=np.int8)

    return People(
        key=key,
        order=chance.draws(key, 0, chance.DECISION_LIST_ORDER),
        birth_month=workers.birth_month,
        sex=workers.sex,
        kelurahan=workers.kelurahan,
        occupation=workers.occupation,
        sector=workers.sector,
        risk_rank=risk_ranks(world.region)[workers.occupation],
        decile=workers.decile.copy(),
        decile_since=never(),
        income=workers.income.copy(),
        community=workers.community,
        first_child=workers.first_child,
        second_child=workers.second_child,
        arrival_month=workers.arrival_month,
        is_insured_elsewhere=workers.is_insured_elsewhere,
        is_misreported=records.is_misreported,
        has_valid_nik=workers.has_valid_nik.copy(),
        recorded_decile=records.decile.copy(),
        recorded_income=records.income,
        age=tiny(0),
        presence=PRESENCE_BEHIND[workers.behind],
        gone_since=never(),
        is_aware=(aware < threshold_of(world.draws["uptake.aware_at_start"])).astype(np.int8),
        status=tiny(NOT_LISTED),
        since=never(),
        proposed_since=never(),
        failed_since=never(),
        enrolled_since=never(),
        refusal=tiny(0),
        is_self_paid=tiny(0),
        last_paid_month=never(),
        run_start_month=never(),
        paid_months=np.zeros(count, dtype=np.int32),
        stretch_since=never(),
        paid_before=never(),
        event=tiny(NEVER),
        hardship=hardship_codes(workers, key, world.draws),
        training=tiny(UNTRAINED),
        trained_since=never(),
        income_gain=np.zeros(count, dtype=np.int32),
        parcel_month=never(),
    )


def communities_of(world: World) -> Communities:
    """Fresh columns of communities at the start of a run."""
    present = (world.workers.arrival_month <= world.period.start) & (world.workers.behind == PERSON)
    count = int(world.workers.community.max()) + 1
    size = np.bincount(world.workers.community[present], minlength=count)
    keys = [chance.key_of(world.seed, COMMUNITY_NUMBERS + community) for community in range(count)]
    return Communities(
        key=np.array(keys, dtype=np.uint64),
        size=np.maximum(size, 1).astype(np.int32),
        claim_month=np.full(count, NEVER, dtype=np.int32),
        hearing=np.zeros(count, dtype=np.int64),
        application=np.zeros(count, dtype=np.int64),
    )


def territory_of(world: World) -> Territory:
    """The kelurahan at the start of a run; their poor workers are not counted yet."""
    residents = [kelurahan.population for kelurahan in world.region.kelurahan]
    return Territory(np.array(residents, dtype=np.int64), np.zeros(len(residents), dtype=np.int64))


def city_of(world: World, diary: Diary = CLOSED) -> City:
    """Fresh columns and an empty ledger for one run in a world; an open diary takes its events."""
    months = world.period.stop - world.period.start
    people, communities = people_of(world), communities_of(world)
    return City(people, communities, territory_of(world), world.hazards, empty_ledger(months), diary)
