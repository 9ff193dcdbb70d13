"""The levers of the offices: who is listed and in which order, how it is checked, who works together."""

from typing import Literal

from jamsos_sim.levers_fields import MOST_PERSONS, CalendarMonths
from jamsos_sim.levers_fields import lever as _lever
from jamsos_sim.yaml_checks import Part


class CandidateList(Part):
    """How the offices draw up the list of candidates."""

    cohort_months: CalendarMonths = _lever(
        id="Bulan kalender saat daftar calon diajukan; boleh kosong",
        en="Calendar months in which a list of candidates is proposed; may be empty",
        unit="calendar months",
    )
    candidates_per_place: float = _lever(
        id="Calon yang diajukan untuk setiap tempat kosong",
        en="Candidates proposed for every free place",
        unit="persons",
        ge=1.0,
        le=5.0,
    )
    priority: Literal[
        "poorest_first", "riskiest_trade_first", "first_come", "longest_waiting", "kelurahan_formula"
    ] = _lever(
        id="Urutan calon: termiskin, pekerjaan paling berisiko, yang datang lebih dulu, yang paling lama "
        "menunggu, atau rumus per kelurahan (yang cakupannya paling rendah lebih dulu)",
        en="Order of candidates: poorest, riskiest trade, first come, longest waiting, or a formula by "
        "ward (the least covered first)",
        unit="option",
    )
    territorial_split: Literal["whole_city", "by_population", "by_poor_workers", "equal_by_kelurahan"] = (
        _lever(
            id="Pembagian tempat: seluruh kota, menurut penduduk, menurut pekerja miskin tercatat, atau "
            "sama besar untuk tiap kelurahan",
            en="How places are split: the whole city together, by population, by recorded poor workers, or "
            "equally by ward",
            unit="option",
        )
    )


class Verification(Part):
    """How a candidate is checked."""

    capacity_per_month: int = _lever(
        id="Calon yang dapat diperiksa dalam sebulan",
        en="Candidates that can be checked in a month",
        unit="persons",
        ge=0,
        le=MOST_PERSONS,
    )
    insurer_matching: Literal["none", "list", "integrated"] = _lever(
        id="Pemadanan dengan peserta BPJS Ketenagakerjaan: tidak ada, per daftar, atau data terpadu",
        en="Matching with the insurer's members: none, list by list, or integrated data",
        unit="option",
    )
    civil_matching: Literal["none", "list"] = _lever(
        id="Pemadanan dengan data kependudukan (Dukcapil): tidak ada, atau per daftar",
        en="Matching with the civil registry (Dukcapil): none, or list by list",
        unit="option",
    )
    ground_check_share: float = _lever(
        id="Bagian calon dan penerima yang dikunjungi saat diperiksa (pengecekan lapangan)",
        en="Share of candidates and recipients who are visited when they are checked (ground check)",
        unit="share",
        ge=0.0,
        le=1.0,
    )
    repeat_months: int = _lever(
        id="Jarak antara dua verifikasi ulang penerima",
        en="Interval between two re-verifications of recipients",
        unit="months",
        ge=1,
        le=24,
    )


class Registry(Part):
    """The registry that the list is drawn from."""

    refresh_months: int = _lever(
        id="Jarak antara dua pemutakhiran data registri",
        en="Interval between two refreshes of the registry's data",
        unit="months",
        ge=1,
        le=24,
    )


class Wards(Part):
    """What the wards (kelurahan) do: deliberate before candidates go to the city, and help with claims."""

    deliberation: Literal["none", "held"] = _lever(
        id="Musyawarah kelurahan atas calon sebelum berkas dikirim ke kota: tidak ada, atau diadakan",
        en="Deliberation of the ward over candidates before their files go to the city: none, or held",
        unit="option",
    )
    cadre_capacity: int | None = _lever(
        id="Klaim yang dapat didampingi kader satu kelurahan dalam sebulan; kosong berarti berapa pun",
        en="Claims with which the cadres of one ward can help in a month; empty means any number",
        unit="claims",
        ge=0,
        le=MOST_PERSONS,
    )


class Registration(Part):
    """How Dinas Tenaga Kerja registers those who were found eligible."""

    capacity_per_month: int = _lever(
        id="Berkas yang dapat didaftarkan Dinas Tenaga Kerja dalam sebulan",
        en="Files that the Manpower office can register in a month",
        unit="persons",
        ge=0,
        le=MOST_PERSONS,
    )
    grouping: Literal["single", "community"] = _lever(
        id="Pendaftaran sendiri-sendiri, atau bersama satu paguyuban",
        en="Registration one by one, or together with one's community (paguyuban)",
        unit="option",
    )


class Coordination(Part):
    """How Dinas Sosial and Dinas Tenaga Kerja work together."""

    desks: Literal["sequential", "shared"] = _lever(
        id="Dua dinas berurutan atau satu meja bersama",
        en="Two offices one after the other, or one shared desk",
        unit="option",
    )
