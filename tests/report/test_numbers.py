import numpy as np
import pytest

from jamsos_sim.report.numbers import (
    Estimate,
    Style,
    interval,
    month,
    number,
    rupiah,
    rupiah_with_interval,
    scale_of,
    with_interval,
)
from jamsos_sim.units import month_of


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (5_040_000_000, "Rp5,04 miliar", "Rp5.04 billion"),
        (42_000_000, "Rp42 juta", "Rp42 million"),
        (999_936_000, "Rp999,94 juta", "Rp999.94 million"),
        (999_999_000, "Rp1,00 miliar", "Rp1.00 billion"),
        (1_250_000_000_000, "Rp1,25 triliun", "Rp1.25 trillion"),
        (16_800, "Rp16.800", "Rp16,800"),
        (0, "Rp0", "Rp0"),
        (-510_000_000, "−Rp510 juta", "−Rp510 million"),
    ],
)
def test_rupiah_are_written_as_newspapers_write_them(amount, indonesian, english):
    assert (rupiah(amount, "id"), rupiah(amount, "en")) == (indonesian, english)


def test_an_amount_and_its_interval_share_one_word():
    estimate = Estimate(5.04e9, 0.9e9, 5.31e9)
    assert rupiah_with_interval(estimate, "id") == "Rp5,04 miliar (0,90–5,31)"
    assert rupiah_with_interval(estimate, "en") == "Rp5.04 billion (0.90–5.31)"
    assert rupiah_with_interval(Estimate(4.2e9, 4.2e9, 4.2e9), "id") == "Rp4,20 miliar"
    assert rupiah_with_interval(Estimate(-2.5e6, -3e6, 1e6), "id") == "−Rp2,50 juta (−3,00; 1,00)"


def test_counts_have_the_separators_of_the_language():
    assert (number(25_000, Style("id")), number(25_000, Style("en"))) == ("25.000", "25,000")
    assert number(np.float64(1234.56), Style("id", 1)) == "1.234,6"
    assert number(np.int64(-7), Style("id")) == "−7"


def test_an_estimate_stands_before_its_interval():
    assert with_interval(Estimate(5.04, 4.70, 5.31), Style("id", 2)) == "5,04 (4,70–5,31)"
    assert with_interval(Estimate(3, 3, 3), Style("id")) == "3"
    assert with_interval(Estimate(0.1, 0, 0.2), Style("id")) == "0"


def test_differences_show_their_sign_and_exactly_nothing_is_zero():
    signed = Style("id", 2, is_signed=True)
    assert number(0.5, signed) == "+0,50"
    assert number(-0.5, signed) == "−0,50"
    assert number(0.0, signed) == "0"
    assert number(-0.001, signed) == "0,00"
    assert interval(Estimate(0, -1, 2), signed) == "−1,00; +2,00"


def test_the_scale_is_that_of_the_largest_amount():
    assert scale_of([3_000_000, -2_000_000_000]).name == "billion"
    assert scale_of([]).size == 1


def test_months_have_the_names_of_the_language():
    assert (month(month_of("2025-05"), "id"), month(month_of("2025-05"), "en")) == ("Mei 2025", "May 2025")
    assert month(month_of("2024-12"), "id") == "Des 2024"
