"""How dates, amounts, yes and no, sex and decile are written in Indonesian lists, and what they mean.

Each reader takes one cell (text, or the number, date or truth value of a workbook) and gives a whole number,
``None`` for an empty cell, or a `Wrong` with the reason.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from jamsos_sim.population.workers import FEMALE, MALE
from jamsos_sim.units import MONTHS_PER_YEAR


class Wrong(NamedTuple):
    """Why a cell is not understood: the name of a sentence, and the closest known name where there is one."""

    reason: str
    near: str = ""


Reader = Callable[[object], int | Wrong | None]

EMPTY = {"", "-", "--", "n/a", "#n/a", "na", "nan", "null", "none"}
HAS = ("ada", "punya", "mempunyai", "memiliki")
NOT = ("tidak", "tdk", "tak", "nggak", "enggak", "ngga", "gak", "ga")
NOT_YET = ("belum", "blm")
YES_WORDS = {"ya", "iya", "y", "yes", "true", "1", "x", "v", "✓", "✔", "√", "☑"}
YES_WORDS |= {"benar", "betul", "sudah", "sdh", *HAS, *(f"sudah {has}" for has in HAS)}
NO_WORDS = {"t", "no", "n", "0", "false", "bukan", "bkn", "salah", "nihil", *NOT, *NOT_YET}
NO_WORDS |= {f"{no} {has}" for no in (*NOT, *NOT_YET) for has in HAS}
MALE_WORDS = {"l", "lk", "laki", "laki-laki", "laki laki", "lakilaki", "pria", "male", "m"}
FEMALE_WORDS = {"p", "pr", "perempuan", "wanita", "female", "f"}

MONTH_WORDS = (
    ("jan", "januari", "january"),
    ("feb", "februari", "pebruari", "february", "peb"),
    ("mar", "maret", "march"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("agu", "agustus", "agt", "ags", "aug", "august"),
    ("sep", "september", "sept"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "november", "nopember", "nop"),
    ("des", "desember", "dec", "december"),
)
MONTH_OF_WORD = {word: number for number, words in enumerate(MONTH_WORDS, start=1) for word in words}

SEPARATOR = r"\s*[-/.\s]\s*"
TIME = r"(?:[ t]\d{1,2}[:.]\d{2}.*)?"
DAY_FIRST = re.compile(rf"(\d{{1,2}}){SEPARATOR}(\d{{1,2}}){SEPARATOR}(\d{{4}}){TIME}")
YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){TIME}")
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
WITH_WORD = re.compile(r"(\d{1,2})[-/.\s]*([a-z]+)[-/.,\s]*(\d{4})")
SHORT_YEAR = re.compile(rf"\d{{1,2}}{SEPARATOR}(?:\d{{1,2}}|[a-z]+){SEPARATOR}\d{{2}}")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
SERIAL_START = date(1899, 12, 30)

AMOUNT = re.compile(r"([\d.,]+)\s*(juta|jt|ribu|rb|miliar|milyar)?")
WORD_SIZES = {None: 0, "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9}
"""Powers of ten."""
GROUPED_BY_DOT = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
GROUPED_BY_COMMA = re.compile(r"\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3}(,\d{3})+\.\d+")
ONE_COMMA_OF_THREE = re.compile(r"\d{1,3},\d{3}")
PLAIN_NUMBER = re.compile(r"\d+([.,]\d+)?")
DECILE = re.compile(r"(?:desil|decile|d)?\s*(\d{1,2})(?:[.,]0+)?")


def written(cell: object) -> str:
    """A cell as lower-case text on one line, whole numbers without decimal point; empty cells as nothing."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    word = " ".join(str("" if cell is None else cell).split()).casefold()
    return "" if word in EMPTY else word


def read_date(cell: object) -> int | Wrong | None:
    """Absolute month of a date: day before month, month names, the ISO order, or a workbook's day number."""
    if isinstance(cell, date):
        return _month(cell)
    word = written(cell)
    if not word:
        return None
    try:
        found = _date_of(word)
    except (ValueError, OverflowError):
        return Wrong("no_such_day")
    if found is None:
        return Wrong("short_year" if SHORT_YEAR.fullmatch(word) else "not_date")
    return _month(found)


def _date_of(word: str) -> date | None:
    """The date that text means; raises `ValueError` for a day that no calendar has."""
    if match := DAY_FIRST.fullmatch(word):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    if match := YEAR_FIRST.fullmatch(word) or COMPACT.fullmatch(word):
        return date(*map(int, match.groups()))
    if match := WITH_WORD.fullmatch(word):
        named = MONTH_OF_WORD.get(match[2])
        return None if named is None else date(int(match[3]), named, int(match[1]))
    if match := SERIAL.fullmatch(word):
        return SERIAL_START + timedelta(days=int(match[1]))
    return None


def _month(day: date) -> int:
    return day.year * MONTHS_PER_YEAR + day.month - 1


def read_rupiah(cell: object) -> int | Wrong | None:
    """Whole rupiah, halves upwards, of 1.500.000 or 1.500.000,50 or Rp 1,5 juta or 1500000."""
    if isinstance(cell, bool | date):
        return Wrong("not_amount")
    word = written(cell)
    if not word:
        return None
    word = re.sub(r"^(rp|idr)\.?\s*", "", word).removesuffix(",-").removesuffix(".-").strip()
    match = AMOUNT.fullmatch(word)
    if match is None:
        return Wrong("not_amount")
    digits = _digits(match[1], has_word=match[2] is not None)
    if isinstance(digits, Wrong):
        return digits
    return int(digits.scaleb(WORD_SIZES[match[2]]).to_integral_value(ROUND_HALF_UP))


def _digits(number: str, has_word: bool) -> Decimal | Wrong:
    """The number that digits with points and commas mean, Indonesian separators first."""
    if GROUPED_BY_DOT.fullmatch(number) and not has_word:
        return Decimal(number.replace(".", "").replace(",", "."))
    if GROUPED_BY_COMMA.fullmatch(number):
        return Decimal(number.replace(",", ""))
    if ONE_COMMA_OF_THREE.fullmatch(number) and not has_word:
        return Wrong("two_meanings")  # 1,500 is one and a half here and one thousand five hundred elsewhere
    if PLAIN_NUMBER.fullmatch(number):
        return Decimal(number.replace(",", "."))
    return Wrong("not_amount")


def read_yes_no(cell: object) -> int | Wrong | None:
    """1 for yes, 0 for no."""
    word = written(cell)
    if not word:
        return None
    if word in YES_WORDS or word in NO_WORDS:
        return int(word in YES_WORDS)
    return Wrong("not_yes_no")


def read_sex(cell: object) -> int | Wrong | None:
    """`MALE` or `FEMALE`."""
    word = written(cell)
    if not word:
        return None
    if word in MALE_WORDS or word in FEMALE_WORDS:
        return MALE if word in MALE_WORDS else FEMALE
    return Wrong("not_sex")


def read_decile(cell: object) -> int | Wrong | None:
    """The number of a decile, as 3 or Desil 3; whether there is such a decile is checked later."""
    if isinstance(cell, bool | datetime | date):
        return Wrong("not_decile")
    word = written(cell)
    if not word:
        return None
    match = DECILE.fullmatch(word)
    return Wrong("not_decile") if match is None else int(match[1])
