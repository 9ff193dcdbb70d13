"""What a month of membership costs each payer, and what relief (keringanan iuran) lets them off."""

from functools import lru_cache

from jamsos_sim.compiled import rule
from jamsos_sim.law.contributions import contribution_owed, jkk_full_contribution
from jamsos_sim.law.in_force import Law
from jamsos_sim.law.selectors import (
    PAYER_APBD,
    PAYER_BAZNAS,
    PAYER_CSR,
    PAYER_DONOR,
    PAYER_SELF,
    SECTOR_OTHER,
    SECTOR_TRANSPORT,
)
from jamsos_sim.model.context import Policy, Prices
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.status import CITY, NEVER
from jamsos_sim.units import PARTS_PER_MILLION, rounded_share

PAYER_IN_LAW = (PAYER_APBD, PAYER_APBD, PAYER_APBD, PAYER_CSR, PAYER_BAZNAS, PAYER_DONOR)
"""What the law calls each payer of `FUNDERS`: city, province and wards pay from regional budgets."""


@lru_cache(maxsize=1024)
def prices_of(base: int, share_ppm: int, law: Law) -> Prices:
    """Monthly contributions on a declared base, of which others pay a share."""

    def owed(sector: int) -> list[int]:
        return [contribution_owed(base, payer, sector, law) for payer in PAYER_IN_LAW]

    def shared(sector: int) -> tuple[int, ...]:
        return tuple(rounded_share(full, share_ppm, PARTS_PER_MILLION) for full in owed(sector))

    def rest(sector: int) -> tuple[int, ...]:
        return tuple(full - part for full, part in zip(owed(sector), shared(sector), strict=True))

    unrelieved = jkk_full_contribution(base, law) + law.jkm_flat
    return Prices(
        shared(SECTOR_OTHER),
        shared(SECTOR_TRANSPORT),
        rest(SECTOR_OTHER),
        rest(SECTOR_TRANSPORT),
        contribution_owed(base, PAYER_SELF, SECTOR_OTHER, law),
        contribution_owed(base, PAYER_SELF, SECTOR_TRANSPORT, law),
        unrelieved,
        rounded_share(unrelieved, share_ppm, PARTS_PER_MILLION),
    )


@rule
def payer_price(funder: int, sector: int, prices: Prices) -> int:
    """What a payer pays for a recipient of a sector, in rupiah a month."""
    return prices.transport[funder] if sector == SECTOR_TRANSPORT else prices.other[funder]


@rule
def rest_price(funder: int, sector: int, prices: Prices) -> int:
    """What the recipient pays beside a payer, in rupiah a month."""
    return prices.rest_transport[funder] if sector == SECTOR_TRANSPORT else prices.rest_other[funder]


@rule
def full_price(funder: int, sector: int, prices: Prices) -> int:
    """What a recipient's month costs payer and recipient together, in rupiah."""
    return payer_price(funder, sector, prices) + rest_price(funder, sector, prices)


@rule
def whole_price(sector: int, policy: Policy, prices: Prices) -> int:
    """The whole contribution of a month, in rupiah, as a recipient reckons with it before it is known which
    payer's turn it is: that of the dearest one in the order.
    """
    dearest = 0
    for funder in policy.funding_order:
        if funder != NEVER:
            dearest = max(dearest, full_price(funder, sector, prices))
    return dearest


@rule
def payer_relief(funder: int, sector: int, prices: Prices) -> int:
    """What relief lets a payer off for a recipient, in rupiah a month."""
    return prices.unrelieved_share - payer_price(funder, sector, prices)


@rule
def rest_relief(funder: int, sector: int, prices: Prices) -> int:
    """What relief lets the recipient off beside a payer, in rupiah a month."""
    own = prices.unrelieved - prices.unrelieved_share
    return own - rest_price(funder, sector, prices)


@rule
def relief_row(funder: int) -> int:
    """Row of the ledger for what relief lets a payer off."""
    return ROW.city_relief if funder == CITY else ROW.other_payers_relief
