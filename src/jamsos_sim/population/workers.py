"""Columns of the people who are simulated: what is true of them, and what the registries believe.

`Workers` is the truth, one row per person who lives in the city's informal work at the start or arrives
later. `Records` has the same rows and says what the social registry (DTSEN) holds on each of them;
eligibility reads only the latter.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

NO_CHILD = -1
NO_RECORD = 0
MALE = 0
FEMALE = 1

# What stands behind a row: a living person, or a record of the registry with nobody of its own behind it.
PERSON, DUPLICATE_RECORD, RECORD_OF_DEAD, RECORD_OF_MOVED = range(4)

Int8 = npt.NDArray[np.int8]
Int16 = npt.NDArray[np.int16]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]


class Workers(NamedTuple):
    """Equally long columns; the row number is the person's number in every scenario of a world.

    People present at the start come first, ordered by kelurahan and occupation; newcomers follow in order of
    arrival.

    Attributes
    ----------
    birth_month:
        Absolute month of birth.
    sex:
        `MALE` or `FEMALE`.
    kelurahan, occupation:
        Positions in the tables of the region.
    sector:
        Sector code of the law (`law.selectors`).
    decile:
        True national welfare decile, 1 (poorest) to 10.
    income:
        True net income, rupiah a month.
    community:
        Number of the group of neighbours or colleagues; groups lie inside one kelurahan.
    first_child, second_child:
        Birth month, also when it lies after the start of the simulation; `NO_CHILD` when there is none.
    arrival_month:
        First month in the city's informal work; the first simulated month for people present at the start.
    is_insured_elsewhere:
        1 when another programme or an employer already pays for BPJS Ketenagakerjaan membership.
    has_valid_nik:
        1 when the identity number (NIK) is active in the civil register.
    has_disability:
        1 for a person with a disability (penyandang disabilitas).
    has_stunted_child:
        1 when a child of the household is stunted (balita stunting).
    has_tuberculosis:
        1 for a person in treatment for tuberculosis (TB).
    is_in_remote_home:
        1 when the home is hard to reach (rumah di lokasi sulit dijangkau).
    behind:
        `PERSON`, or what kind of record without a person of its own the row is: `DUPLICATE_RECORD`,
        `RECORD_OF_DEAD`, `RECORD_OF_MOVED`.
    """

    birth_month: Int32
    sex: Int8
    kelurahan: Int16
    occupation: Int8
    sector: Int8
    decile: Int8
    income: Int32
    community: Int32
    first_child: Int32
    second_child: Int32
    arrival_month: Int32
    is_insured_elsewhere: Int8
    has_valid_nik: Int8
    has_disability: Int8
    has_stunted_child: Int8
    has_tuberculosis: Int8
    is_in_remote_home: Int8
    behind: Int8


class Records(NamedTuple):
    """What the registries believe, row by row beside `Workers`.

    Attributes
    ----------
    decile:
        Recorded welfare decile, 1 to 10; `NO_RECORD` for people who are not in the registry.
    income:
        Declared income, rupiah a month.
    is_misreported:
        1 when the record was wrong from the survey on: no refresh repairs it, a ground check does.
    """

    decile: Int8
    income: Int32
    is_misreported: Int8


class Population(NamedTuple):
    """The people of a world, row by row.

    Attributes
    ----------
    keys:
        Addresses of each row's luck (see `jamsos_sim.chance`).
    workers, records:
        What is true of the row, and what the registries hold.
    """

    keys: Keys
    workers: Workers
    records: Records
