"""What a run holds: the columns of people and communities, and the chances, hazards and policy that act on
them.

Every noun is a `NamedTuple`, so that compiled loops and plain Python read the same fields.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.model.ledger import Totals

Tiny = npt.NDArray[np.int8]
Short = npt.NDArray[np.int16]
Column = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]


class People(NamedTuple):
    """One row for each person: what is true, what the registry says, and how far the person has come."""

    key: Keys
    order: Long
    birth_month: Column
    sex: Tiny
    kelurahan: Short
    occupation: Tiny
    sector: Tiny
    risk_rank: Tiny
    decile: Tiny
    community: Column
    first_child: Column
    second_child: Column
    arrival_month: Column
    is_insured_elsewhere: Tiny
    is_misreported: Tiny
    has_valid_nik: Tiny
    recorded_decile: Tiny
    recorded_income: Column
    age: Tiny
    presence: Tiny
    gone_since: Column
    is_aware: Tiny
    status: Tiny
    since: Column
    proposed_since: Column
    enrolled_since: Column
    refusal: Tiny
    is_self_paid: Tiny
    last_paid_month: Column
    run_start_month: Column
    paid_months: Column
    event: Tiny


CHANGING = (
    "has_valid_nik",
    "recorded_decile",
    "age",
    "presence",
    "gone_since",
    "is_aware",
    "status",
    "since",
    "proposed_since",
    "enrolled_since",
    "refusal",
    "is_self_paid",
    "last_paid_month",
    "run_start_month",
    "paid_months",
    "event",
)
"""Columns of people that a run changes; the others are the world's."""


def first_rows(people: People, count: int) -> People:
    """The first rows of all columns, as views."""
    return people._replace(**{name: column[:count] for name, column in people._asdict().items()})


class Communities(NamedTuple):
    """One row for each community of workers (paguyuban, pangkalan, lingkungan)."""

    key: Keys
    size: Column
    claim_month: Column
    hearing: Long
    application: Long


class Hazards(NamedTuple):
    """One world's monthly thresholds: death by year of the run, sex and age; accidents by occupation."""

    death: Long
    fatal_accident: Long
    accident: Long


class City(NamedTuple):
    """All columns of one run: people, communities, hazards, and the ledger that fills."""

    people: People
    communities: Communities
    hazards: Hazards
    ledger: Totals


def copied(city: City) -> City:
    """A city that a run can change without changing the given one."""
    people = {name: getattr(city.people, name).copy() for name in CHANGING}
    communities = {name: column.copy() for name, column in city.communities._asdict().items()}
    return city._replace(
        people=city.people._replace(**people),
        communities=city.communities._replace(**communities),
        ledger=city.ledger.copy(),
    )


class Chances(NamedTuple):
    """One world's behaviour: thresholds on the scale of a draw, months, and whole numbers."""

    to_formal: int
    to_informal: int
    moving_out: int
    retirement: int
    retirement_age: int
    refresh_repair: int
    refresh_closing: int
    refresh_delay_months: int
    hear_at_meeting: int
    hear_from_peers: int
    hear_of_claim: int
    application: int
    meeting_gain: int
    attempt_failure: int
    desk_months: int
    insurer_months: int
    match_miss: int
    integrated_miss: int
    civil_months: int
    civil_miss: int
    civil_moved_miss: int
    nik_repair: int
    ground_months: int
    ground_miss: int
    handover_months: int
    handover_loss: int
    continue_alone: int
    lapse: int
    realised_first_year: int
    realised_mature: int
    helped_first_year: int
    helped_mature: int
    death_delay_months: int
    accident_delay_months: int
    vulnerable_decile: int
    first_year: int


class Severity(NamedTuple):
    """One world's accidents that do not kill: cumulative thresholds of severity, reporting, and sizes."""

    up_to_total: int
    up_to_partial: int
    up_to_functional: int
    light_reported: int
    severe_reported: int
    partial_impairment_ppm: int
    functional_impairment_ppm: int
    days_lost: int
    medical_cost: int


class Policy(NamedTuple):
    """What the regulation says in one month, scaled to the number of workers simulated."""

    minimum_age: int
    decile_ceiling: int
    income_ceiling: int
    places: int
    places_next: int
    is_list_month: int
    candidates_ppm: int
    priority: int
    verification_capacity: int
    insurer_matching: int
    has_civil_matching: int
    ground_check: int
    is_recheck_month: int
    is_refresh_month: int
    has_two_desks: int
    meetings: int
    appropriation: int
    is_paid_month: int
    paid_months_left: int
    is_fiscal_start: int
    declared_base: int
    subsidy_months: int
    is_renewable: int
    assistance: int


class Prices(NamedTuple):
    """What is owed for one member this month, by payer and sector, in rupiah."""

    city_other: int
    city_transport: int
    self_other: int
    self_transport: int


class Costs(NamedTuple):
    """What work costs the city in a world, in rupiah: a record refreshed, a person checked, heirs helped."""

    refresh: int
    insurer_check: int
    civil_check: int
    ground_check: int
    assistance: int


class Terms(NamedTuple):
    """All that acts on people in one month, the law apart."""

    policy: Policy
    prices: Prices
    costs: Costs
    chances: Chances
    severity: Severity
