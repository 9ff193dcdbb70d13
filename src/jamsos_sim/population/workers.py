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

Int8 = npt.NDArray[np.int8]
Int16 = npt.NDArray[np.int16]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]


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


class Records(NamedTuple):
    """What the registries believe, row by row beside `Workers`.

    Attributes
    ----------
    decile:
        Recorded welfare decile, 1 to 10; `NO_RECORD` for people who are not in the registry.
    income:
        Declared income, rupiah a month.
    """

    decile: Int8
    income: Int32
