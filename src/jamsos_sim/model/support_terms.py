"""What the support programmes are in one month, and what they do in one world: training and food parcels."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from jamsos_sim.levers import Levers
from jamsos_sim.levers_support import Parcels, Training
from jamsos_sim.model.status import COURSE_PRIORITIES, PARCEL_PRIORITIES
from jamsos_sim.units import calendar_month, threshold_of

Scaling = Callable[[int], int]
"""From a number of the city to that of the simulated part."""


class SupportPolicy(NamedTuple):
    """What the regulation gives to training and parcels in one month, scaled to the workers simulated."""

    baking: int
    """Places in baking courses that begin this month."""
    massage: int
    """Places in massage courses for blind people that begin this month."""
    certified: int
    """Places in BNSP-certified courses that begin this month."""
    has_equipment: int
    """Whether certified courses come with brand, logo and equipment."""
    has_internship: int
    """Whether certified courses come with an internship."""
    course_priority: int
    """Order of the people invited, as in `COURSE_PRIORITIES`."""
    stunting: int
    """Parcels handed out this month to families with a stunted child."""
    tuberculosis: int
    """Parcels handed out this month to families with a case of tuberculosis."""
    disability: int
    """Parcels handed out this month to families with a disability."""
    remote: int
    """Parcels handed out this month to families in homes that are hard to reach."""
    parcel_priority: int
    """Order of families, as in `PARCEL_PRIORITIES`."""


class Support(NamedTuple):
    """What training, parcels and the contact that they bring do and cost in a world."""

    completion: int
    """Threshold of completing a course."""
    income_gain: int
    """Rupiah a month that a course adds to the income of who completes it."""
    equipment_gain: int
    """Rupiah a month that equipment adds to it."""
    gain_months: int
    """Months for which the gain lasts."""
    formal_gain: int
    """Threshold of taking formal work when a certified course is completed."""
    internship_formal_gain: int
    """What an internship adds to it."""
    continue_gain: int
    """What a gain of `GAIN_UNIT` rupiah a month adds to the threshold of paying alone after the subsidy."""
    hear_at_contact: int
    """Threshold of learning of the programme at the first course or parcel."""
    registration_help: int
    """Threshold of registering with the office's help at the first course or parcel."""
    baking_cost: int
    """Rupiah for one place in a baking course."""
    massage_cost: int
    """Rupiah for one place in a massage course."""
    certified_cost: int
    """Rupiah for one place in a certified course, the test included."""
    equipment_cost: int
    """Rupiah for brand, logo and equipment of one person."""
    internship_cost: int
    """Rupiah for the internship of one person."""
    parcel_cost: int
    """Rupiah for one parcel, brought to the home."""
    remote_cost: int
    """Rupiah more where the home is hard to reach."""
    parcel_income: int
    """Rupiah of food that a family need not buy because of a parcel: income of the month."""


def has_programmes(policy: SupportPolicy) -> bool:
    """Whether a course begins or a parcel is handed out this month."""
    courses = policy.baking + policy.massage + policy.certified
    return courses + policy.stunting + policy.tuberculosis + policy.disability + policy.remote > 0


def support_policy_of(levers: Levers, month: int, scaled: Scaling) -> SupportPolicy:
    """The support programmes of one month."""
    training, parcels = levers.training, levers.parcels

    def begins(places: int) -> int:
        return places_in(training, scaled(places), month)

    def handed(number: int) -> int:
        return parcels_in(parcels, scaled(number), month)

    return SupportPolicy(
        baking=begins(training.baking_places),
        massage=begins(training.massage_places),
        certified=begins(training.certified_places),
        has_equipment=int(training.equipment == "included"),
        has_internship=int(training.internship == "included"),
        course_priority=COURSE_PRIORITIES.index(training.priority),
        stunting=handed(parcels.stunting),
        tuberculosis=handed(parcels.tuberculosis),
        disability=handed(parcels.disability),
        remote=handed(parcels.remote),
        parcel_priority=PARCEL_PRIORITIES.index(parcels.priority),
    )


def places_in(training: Training, places: int, month: int) -> int:
    """Places of the courses that begin in a month: those of a year, shared out as evenly as can be."""
    if calendar_month(month) not in training.months:
        return 0
    turn, courses = training.months.index(calendar_month(month)), len(training.months)
    return places * (turn + 1) // courses - places * turn // courses


def parcels_in(parcels: Parcels, number: int, month: int) -> int:
    """Parcels for one group of families in a month."""
    return number if calendar_month(month) in parcels.months else 0


def support_of(draws: Mapping[str, float]) -> Support:
    """Effects and costs of the support programmes in the world of these draws."""

    def share(name: str) -> int:
        return threshold_of(draws[name])

    def whole(name: str) -> int:
        return round(draws[name])

    return Support(
        completion=share("training.completion"),
        income_gain=whole("training.income_gain"),
        equipment_gain=whole("training.equipment_gain"),
        gain_months=whole("training.gain_months"),
        formal_gain=share("training.formal_gain"),
        internship_formal_gain=share("training.internship_formal_gain"),
        continue_gain=share("training.continue_gain"),
        hear_at_contact=share("contact.hear"),
        registration_help=share("contact.registration_help"),
        baking_cost=whole("training.baking_cost"),
        massage_cost=whole("training.massage_cost"),
        certified_cost=whole("training.certified_cost"),
        equipment_cost=whole("training.equipment_cost"),
        internship_cost=whole("training.internship_cost"),
        parcel_cost=whole("parcels.parcel_cost"),
        remote_cost=whole("parcels.remote_cost"),
        parcel_income=round(draws["parcels.parcel_cost"] * draws["parcels.income_share"]),
    )
