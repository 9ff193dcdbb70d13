"""Identity numbers (NIK) become keyed hashes at the door; the numbers themselves go no further.

A NIK has too few possible values for a plain hash to hide it: whoever can hash can try them all. The hash is
HMAC-SHA256 with a key that the city keeps, cut to 128 bits; without the key nobody can compute it.
"""

import codecs
import hmac
import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jamsos_sim.errors import InputError
from jamsos_sim.population.intake_habits import Wrong, written

KEY_VARIABLE = "JAMSOS_NIK_KEY"
SHORTEST_KEY = 16
"""Bytes."""
LARGEST_KEY_FILE = 65_536
HOW_TO_MAKE = "python -c \"import secrets; open('nik.key', 'x').write(secrets.token_hex(32))\""

DIGITS = 16
EXACT_BELOW = 2**53
"""Whole numbers below this one are exact in a workbook's cell."""
HASH_BYTES = 16
PURPOSE = b"jamsos nik 1:"
NOBODY = bytes(HASH_BYTES)

EXPONENT = re.compile(r"\d+([.,]\d+)?e\+?\d+")
WITH_DECIMALS = re.compile(r"(\d{16})[.,]0+")
SEPARATORS = str.maketrans("", "", " .-'’`")

Hashes = npt.NDArray[np.uint64]


def read_key(file: Path | None) -> bytes:
    """The key from a file, or from the environment when no file is named.

    Raises `InputError` when there is none, it can't be read, or it is too short; the sentence never has it.
    """
    if file is None:
        given = os.environ.get(KEY_VARIABLE, "").strip()
        if not given:
            raise InputError("intake.no_key", variable=KEY_VARIABLE, command=HOW_TO_MAKE)
        return _long_enough(given.encode(), KEY_VARIABLE)
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_KEY_FILE)
    except OSError as fault:
        raise InputError("intake.key_unreadable", file=file, reason=fault, command=HOW_TO_MAKE) from None
    return _long_enough(_plain(content).strip(), file)


def _plain(content: bytes) -> bytes:
    """The same bytes for the same key, also when an editor has saved it with a mark or in UTF-16."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def _long_enough(key: bytes, where: object) -> bytes:
    if len(key) < SHORTEST_KEY:
        raise InputError("intake.short_key", where=where, smallest=SHORTEST_KEY, command=HOW_TO_MAKE)
    return key


def read_nik(cell: object) -> str | Wrong:
    """The sixteen digits of a cell, or why they can't be known."""
    if isinstance(cell, str) and len(cell) == DIGITS:
        return _from_digits(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    word = written(cell)
    if not word:
        return Wrong("empty")
    if EXPONENT.fullmatch(word):
        return Wrong("nik_exponent")
    match = WITH_DECIMALS.fullmatch(word)
    return _from_digits(word.translate(SEPARATORS)) if match is None else _from_number(int(match[1]))


def _from_digits(digits: str) -> str | Wrong:
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
        return Wrong("nik_digits")
    return digits if digits.strip(digits[0]) else Wrong("nik_repeated")


def _from_number(number: float) -> str | Wrong:
    """A NIK stored as a number: a spreadsheet keeps fifteen digits and writes 0 for the last."""
    if not float(number).is_integer() or len(str(int(number))) != DIGITS:
        return Wrong("nik_digits")
    if number >= EXACT_BELOW or int(number) % 10 == 0:
        return Wrong("nik_number")
    return str(int(number))


def hashes_of(niks: Sequence[str | Wrong], key: bytes) -> Hashes:
    """Two words of the keyed hash of each NIK, one row each; zeros where there is none."""
    digests = [
        NOBODY
        if isinstance(nik, Wrong)
        else hmac.digest(key, PURPOSE + nik.encode("ascii"), "sha256")[:HASH_BYTES]
        for nik in niks
    ]
    words = np.frombuffer(b"".join(digests), dtype=">u8").reshape(-1, 2)
    return words.astype(np.uint64)
