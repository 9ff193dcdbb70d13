"""Levers of the support programmes: training courses, and parcels of staple food."""

from typing import Literal

from jamsos_sim.levers_fields import MOST_PERSONS, CalendarMonths
from jamsos_sim.levers_fields import lever as _lever
from jamsos_sim.yaml_checks import Part


class Training(Part):
    """Courses that the Social Affairs office holds for informal workers."""

    months: CalendarMonths = _lever(
        id="Bulan kalender saat kursus diadakan; tempat setahun dibagi rata di antaranya",
        en="Calendar months in which courses are held; the places of a year are shared out among them",
        unit="calendar months",
    )
    baking_places: int = _lever(
        id="Tempat pelatihan membuat kue dalam setahun",
        en="Places in baking courses in a year",
        unit="persons a year",
        ge=0,
        le=MOST_PERSONS,
    )
    massage_places: int = _lever(
        id="Tempat pelatihan pijat bagi penyandang tunanetra dalam setahun",
        en="Places in massage courses for blind people in a year",
        unit="persons a year",
        ge=0,
        le=MOST_PERSONS,
    )
    certified_places: int = _lever(
        id="Tempat pelatihan bersertifikat BNSP dalam setahun",
        en="Places in BNSP-certified courses in a year",
        unit="persons a year",
        ge=0,
        le=MOST_PERSONS,
    )
    equipment: Literal["none", "included"] = _lever(
        id="Apakah pelatihan bersertifikat disertai merek, logo, dan peralatan",
        en="Whether certified courses come with brand, logo and equipment",
        unit="option",
    )
    internship: Literal["none", "included"] = _lever(
        id="Apakah pelatihan bersertifikat disertai magang",
        en="Whether certified courses come with an internship",
        unit="option",
    )
    priority: Literal["poorest_first", "recipients_first", "unlisted_first"] = _lever(
        id="Urutan peserta kursus: termiskin, penerima bantuan iuran, atau yang belum masuk daftar",
        en="Order of the people invited: poorest, those for whom the city pays, or those on no list",
        unit="option",
    )


class Parcels(Part):
    """Parcels of staple food (paket sembako) that the Social Affairs office brings to families."""

    months: CalendarMonths = _lever(
        id="Bulan kalender saat paket sembako dibagikan; boleh kosong",
        en="Calendar months in which food parcels are handed out; may be empty",
        unit="calendar months",
    )
    stunting: int = _lever(
        id="Paket bagi keluarga dengan balita stunting, setiap kali dibagikan",
        en="Parcels for families with a stunted child, each time",
        unit="parcels a month",
        ge=0,
        le=MOST_PERSONS,
    )
    tuberculosis: int = _lever(
        id="Paket bagi keluarga dengan penderita TB, setiap kali dibagikan",
        en="Parcels for families with a case of tuberculosis, each time",
        unit="parcels a month",
        ge=0,
        le=MOST_PERSONS,
    )
    disability: int = _lever(
        id="Paket bagi keluarga dengan penyandang disabilitas, setiap kali dibagikan",
        en="Parcels for families with a disability, each time",
        unit="parcels a month",
        ge=0,
        le=MOST_PERSONS,
    )
    remote: int = _lever(
        id="Paket bagi keluarga di rumah yang sulit dijangkau, setiap kali dibagikan",
        en="Parcels for families in homes that are hard to reach, each time",
        unit="parcels a month",
        ge=0,
        le=MOST_PERSONS,
    )
    priority: Literal["poorest_first", "longest_without"] = _lever(
        id="Urutan keluarga: termiskin, atau yang paling lama tidak menerima paket",
        en="Order of families: poorest, or longest without a parcel",
        unit="option",
    )
