"""Care in kind after a work accident (JKK): care at home, transport, aids, return to work."""

from typing import NamedTuple

from jamsos_sim.compiled import rule
from jamsos_sim.law.in_force import Law
from jamsos_sim.units import PARTS_PER_MILLION, rounded_share


class Journey(NamedTuple):
    """Cost of transport in rupiah: by land, river or lake; by sea; by air."""

    land: int
    sea: int
    air: int


@rule
def home_care_benefit(is_covered: bool, monthly_cost: int, months: int, law: Law) -> int:
    """Rupiah of care at home: so many months at most, and up to a ceiling in all."""
    if not is_covered:
        return 0
    return min(monthly_cost * min(months, law.home_care_months), law.home_care_ceiling)


@rule
def transport_benefit(is_covered: bool, journey: Journey, law: Law) -> int:
    """Rupiah of transport after an accident: each mode up to its own ceiling, and the modes add up."""
    if not is_covered:
        return 0
    land = min(journey.land, law.transport_land_ceiling)
    sea = min(journey.sea, law.transport_sea_ceiling)
    return land + sea + min(journey.air, law.transport_air_ceiling)


@rule
def return_to_work_transport(is_covered: bool, already_paid: Journey, trips: Journey, law: Law) -> int:
    """Rupiah of trips for the return-to-work programme: what the transport ceilings still leave."""
    together = Journey(
        already_paid.land + trips.land, already_paid.sea + trips.sea, already_paid.air + trips.air
    )
    return transport_benefit(is_covered, together, law) - transport_benefit(is_covered, already_paid, law)


@rule
def prosthesis_benefit(is_covered: bool, list_price: int, law: Law) -> int:
    """Rupiah for an orthosis or prosthesis: the hospital's list price and a surcharge."""
    if not is_covered:
        return 0
    return list_price + rounded_share(list_price, law.prosthesis_surcharge_ppm, PARTS_PER_MILLION)


@rule
def denture_benefit(is_covered: bool, cost: int, law: Law) -> int:
    """Rupiah for dentures, up to a ceiling."""
    if not is_covered:
        return 0
    return min(cost, law.denture_ceiling)


@rule
def hearing_aid_benefit(is_covered: bool, cost: int, law: Law) -> int:
    """Rupiah for a hearing aid, up to a ceiling."""
    if not is_covered:
        return 0
    return min(cost, law.hearing_aid_ceiling)


@rule
def glasses_benefit(is_covered: bool, cost: int, law: Law) -> int:
    """Rupiah for glasses, up to a ceiling."""
    if not is_covered:
        return 0
    return min(cost, law.glasses_ceiling)
