"""A world: one population, one luck and one draw of all uncertain assumptions; scenarios meet it alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np

from jamsos_sim import chance
from jamsos_sim.assumptions import Assumption, draw_assumptions
from jamsos_sim.errors import InputError
from jamsos_sim.model.ahead import ahead_of
from jamsos_sim.model.beginning import city_at_start
from jamsos_sim.model.context import Chances, City, Costs, Hazards, Severity
from jamsos_sim.model.earnings import earnings_of, households_of
from jamsos_sim.model.foreseen import Ahead
from jamsos_sim.model.living_terms import Earnings, Households
from jamsos_sim.model.policy import Scale
from jamsos_sim.model.support_terms import Support, support_of
from jamsos_sim.population.hazards import (
    accident_thresholds,
    death_thresholds,
    decile_factors,
    fatal_accident_thresholds,
)
from jamsos_sim.population.region import Region
from jamsos_sim.population.register import Register, people_of_register
from jamsos_sim.population.registry import with_registry
from jamsos_sim.population.synthesis import Span, city_size, made_people
from jamsos_sim.population.traits import workers_of
from jamsos_sim.population.workers import Keys, Population, Records, Workers
from jamsos_sim.units import PARTS_PER_MILLION, monthly_probability, threshold_of, year_of

SMALLEST_CITY = 100
"""Informal workers below which a city is not worth simulating."""

T = TypeVar("T")


class Period(NamedTuple):
    """Months of a run: ``start <= month < stop``."""

    start: int
    stop: int


class Once(cached_property[T]):
    """A property worked out when it is first asked for, without a lock.

    The lock of Python 3.11 is one for all worlds and would have them wait for each other. Two threads that
    ask the same world at once work out the same value twice.
    """

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        """The value, kept in the instance from now on."""
        if instance is None:
            return self
        value = instance.__dict__[self.attrname] = self.func(instance)
        return value


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
    support: Support

    @Once
    def ahead(self) -> Ahead:
        """What can be known of the world's people before any scenario."""
        return ahead_of(self.beginning.people, self.hazards, self.chances, self.period)

    @Once
    def beginning(self) -> City:
        """The city as every run finds it; a run changes a copy (`beginning.city_of`)."""
        return city_at_start(self)

    def forget_beginning(self) -> None:
        """Make the beginning anew when it is next asked for."""
        self.__dict__.pop("beginning", None)


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
    made = made_people(region, draws, seed, size, Span(*whole, period.stop))
    return Scale(size, city), with_registry(workers_of(*made), draws, seed)


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
    """Share of all true accidents of a severe kind, from its share of the reported ones.

    Raises `InputError` when nothing severe is reported, or when no other accident would be left.
    """
    if draws["risk.severe_reported_share"] <= 0.0:
        raise InputError("run.severe_never_reported")
    share = draws[name] * draws["risk.reported_share"] / draws["risk.severe_reported_share"]
    if share >= 1.0:
        raise InputError("run.too_many_severe_accidents")
    return share


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
        traffic=threshold_of(draws["risk.traffic_share"] * draws["risk.traffic_insured_share"]),
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
        by_decile=decile_factors(region, draws),
    )
