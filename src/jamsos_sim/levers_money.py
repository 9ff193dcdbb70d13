"""The levers of money: the city's budget, who else pays, and the city's own death grant."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Strict

from jamsos_sim.levers_fields import MOST_RUPIAH_A_MONTH, MOST_RUPIAH_A_YEAR, distinct, lever
from jamsos_sim.units import MONTHS_PER_YEAR
from jamsos_sim.yaml_checks import Part

Funder = Literal["city", "province", "village", "csr", "baznas", "donors"]
FUNDERS: tuple[str, ...] = get_args(Funder)
"""Who can pay contributions for recipients: the budgets of the city (APBD), of the province, and of the wards
or villages, companies (CSR/TJSL), the alms agency (BAZNAS), and private donors.
"""
Funders = Annotated[tuple[Funder, ...], Strict(False), AfterValidator(distinct)]
MOST_MONTHS_LATE = 6


class Budget(Part):
    """The city's money of a fiscal year, by budget line, and the months it buys."""

    appropriation: int = lever(
        id="Pagu APBD untuk iuran dalam satu tahun anggaran; perubahan di tengah tahun adalah APBD-P",
        en="Appropriation of the city budget (APBD) for contributions in a fiscal year; a change within it "
        "is a revision (APBD-P)",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )
    months_paid: int = lever(
        id="Bulan iuran yang dibayar dalam satu tahun anggaran",
        en="Months of contributions paid in a fiscal year",
        unit="months",
        ge=0,
        le=MONTHS_PER_YEAR,
    )
    first_paid_month: int = lever(
        id="Bulan kalender pertama yang dibayar",
        en="First calendar month that is paid",
        unit="calendar month",
        ge=1,
        le=MONTHS_PER_YEAR,
    )
    unit_price: int | None = lever(
        id="Harga satuan iuran sebulan dalam perencanaan kota; kosong berarti iuran menurut hukum",
        en="Price of a month's contribution in the city's planning; empty means the contribution of the law",
        unit="rupiah a month",
        ge=1,
        le=MOST_RUPIAH_A_MONTH,
    )
    shortfall: Literal["as_money_lasts", "fewer_months", "fewer_people"] = lever(
        id="Bila uang setahun tidak cukup bagi daftar: dibayar sampai habis, bulan dikurangi, atau orang "
        "dikurangi",
        en="When the year's money cannot carry the list: paid as long as it lasts, fewer months, or fewer "
        "people",
        unit="option",
    )
    transfer_delay_months: int = lever(
        id="Keterlambatan transfer iuran sesudah bulan yang dibayar",
        en="Months by which contributions are transferred after the month they are for",
        unit="months",
        ge=0,
        le=MOST_MONTHS_LATE,
    )
    outreach: int | None = lever(
        id="Pagu sosialisasi dalam satu tahun anggaran; kosong berarti tanpa batas",
        en="Appropriation for outreach in a fiscal year; empty means no ceiling",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )
    data: int | None = lever(
        id="Pagu pemeriksaan dan pemutakhiran data dalam satu tahun anggaran; kosong berarti tanpa batas",
        en="Appropriation for checks and refreshes of data in a fiscal year; empty means no ceiling",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )

    @property
    def fits_the_year(self) -> bool:
        """Whether the paid months lie within one fiscal year."""
        return self.first_paid_month + self.months_paid - 1 <= MONTHS_PER_YEAR


class Funding(Part):
    """Who pays contributions for recipients beside the city, how much in a year, and who pays first."""

    order: Funders = lever(
        id="Urutan pembayar: yang pertama masih punya uang membayar; yang tidak disebut tidak membayar",
        en="Order of the payers: the first one with money left pays; who is not named does not pay",
        unit="list of payers",
    )
    province: int = lever(
        id="Uang APBD provinsi untuk iuran dalam setahun",
        en="Money of the provincial budget for contributions in a year",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )
    village: int = lever(
        id="Uang anggaran kelurahan (atau desa) untuk iuran dalam setahun",
        en="Money of the wards' (or villages') budgets for contributions in a year",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )
    csr: int = lever(
        id="Uang perusahaan (CSR/TJSL) untuk iuran dalam setahun",
        en="Money of companies (CSR/TJSL) for contributions in a year",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )
    baznas: int = lever(
        id="Uang BAZNAS (zakat, infak, sedekah) untuk iuran dalam setahun",
        en="Money of the alms agency (BAZNAS) for contributions in a year",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )
    donors: int = lever(
        id="Uang donatur perorangan untuk iuran dalam setahun",
        en="Money of private donors for contributions in a year",
        unit="rupiah a year",
        ge=0,
        le=MOST_RUPIAH_A_YEAR,
    )


class DeathGrant(Part):
    """The city's own death grant, which the insurance replaced."""

    rule: Literal["replaced", "kept", "none"] = lever(
        id="Santunan kematian kota: digantikan JKM, tetap dibayar, atau tidak pernah ada",
        en="The city's death grant: replaced by JKM, still paid, or never there",
        unit="option",
    )
