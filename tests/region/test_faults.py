"""Every fault of a region's folder is one sentence with file, line and column that says what to do."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from jamsos_sim.errors import InputError
from jamsos_sim.model.ledger import STOCKS
from jamsos_sim.population.region_file import read_region
from jamsos_sim.units import month_of
from jamsos_sim.yaml_file import FileError

Change = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Change:
    """Replace the first place where a text stands in a file of the folder."""

    def change(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def everywhere(file: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return change


def add(file: str, text: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as lines:
            lines.write(text)

    return change


def drop_lines(file: str, start: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(start)), encoding="utf-8")

    return change


def remove(file: str) -> Change:
    return lambda folder: (folder / file).unlink()


def total_of(more: str) -> str:
    return f"published_totals: [{{quantity: enrolled, year: 2024, low: 1, high: 1, {more}}}]\n"


def in_latin_1(folder: Path) -> None:
    path = folder / "kelurahan.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Muara", "Muará").encode("latin-1"))


def emptied(folder: Path) -> None:
    (folder / "deciles.csv").write_text("", encoding="utf-8")


def only_a_header(folder: Path) -> None:
    path = folder / "deciles.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")


BUDGET = "year,version,expenditure,source,confidence\n"
FAULTS: dict[str, tuple[Change, tuple[str, ...]]] = {
    "a missing table": (remove("deciles.csv"), ("deciles.csv does not exist",)),
    "a missing description": (remove("region.yaml"), ("region.yaml does not exist",)),
    "an empty table": (emptied, ("deciles.csv: this table has no row",)),
    "a table without rows": (only_a_header, ("deciles.csv: this table has no row",)),
    "another encoding": (in_latin_1, ("kelurahan.csv line 3", "CSV UTF-8")),
    "semicolons": (everywhere("kelurahan.csv", ",", ";"), ("kelurahan.csv", "semicolons")),
    "a quote left open": (swap("kelurahan.csv", "Muara", '"Muara'), ("kelurahan.csv line 3", "quotes")),
    "a row too short": (swap("kelurahan.csv", "Hilir,Muara,", "Hilir,"), ("line 3", "5 cells but 6 columns")),
    "a missing column": (swap("age_sex.csv", "entry_weight_percent,", "note,"), ("entry_weight_percent is",)),
    "a column misspelt": (
        swap("kelurahan.csv", "residents", "resident"),
        ("the column residents is missing; the column resident may be meant",),
    ),
    "a column of no use": (swap("mortality.csv", "confidence", "confidence,sumber"), ("mortality.csv",)),
    "a column twice": (swap("kecamatan.csv", "source,confidence", "source,source"), ("source stands twice",)),
    "an empty cell": (swap("kelurahan.csv", "Muara,17000", "Muara,"), ("line 3, column residents", "empty")),
    "a decimal comma": (
        swap("occupations.csv", ",0.25,0.3,0.95", ',"0,25",0.3,0.95'),
        ("occupations.csv line 2, column share_central", 'such as 0.25, not "0,25"'),
    ),
    "thousands with points": (
        swap("kelurahan.csv", "17000", "17.000.0"),
        ("line 3, column residents", "without separators"),
    ),
    "half a person": (swap("kelurahan.csv", "17000", "17000.5"), ("line 3, column residents",)),
    "nobody knows how many": (swap("mortality.csv", ",0.004,", ",nan,"), ("column annual_rate", "nan")),
    "fewer than nobody": (
        swap("kelurahan.csv", "17000", "-17000"),
        ("-17000 is too small; write 0 or more",),
    ),
    "a share above one": (swap("occupations.csv", "0.95", "95"), ("male_share", "write 1.0 or less")),
    "a share written as per cent": (swap("deciles.csv", ",0.11,", ",11%,"), ('not "11%"',)),
    "a word for a basis": (
        swap("kelurahan.csv", "published", "publised"),
        ("kelurahan.csv line 2, column basis", 'did you mean "published"?'),
    ),
    "a sex that is none": (swap("age_sex.csv", "15,M", "15,L"), ("age_sex.csv line 2, column sex", "M, F")),
    "an unknown sector": (
        swap("occupations.csv", "transport", "transpor"),
        ("line 3, column sector", 'did you mean "transport"?'),
    ),
    "a confidence in other words": (
        swap("deciles.csv", "tests,low", "tests,rendah"),
        ("column confidence", "rendah"),
    ),
    "a key with blanks": (
        swap("occupations.csv", "nelayan,", "nelayan kecil,"),
        ("column key", "underscores"),
    ),
    "a range out of order": (
        swap("occupations.csv", "0.2,0.25,0.3", "0.28,0.25,0.3"),
        ("occupations.csv line 2", "share_low, share_central, share_high may not fall", "0.28, 0.25, 0.3"),
    ),
    "quartiles out of order": (
        swap("occupations.csv", "1500000", "800000"),
        ("line 2, column income_p25", "900000, 800000, 2300000"),
    ),
    "an unknown district": (
        swap("kelurahan.csv", "Hulu,Bukit", "Hulo,Bukit"),
        ("kelurahan.csv line 6, column kecamatan", '"Hulo" is unknown; did you mean "Hulu"?'),
    ),
    "a district without wards": (add("kecamatan.csv", "Tengah,,x,low\n"), ('"Tengah" has no ward',)),
    "a district twice": (add("kecamatan.csv", "Hilir,,x,low\n"), ('"Hilir" already stands in line 2',)),
    "a ward twice": (swap("kelurahan.csv", "Muara", "Pasar Lama"), ('"Hilir Pasar Lama"', "line 2")),
    "a sum that differs": (
        swap("kecamatan.csv", "52000", "25000"),
        ("kecamatan.csv line 2, column residents", "25000", "52000"),
    ),
    "shares that do not add up": (
        swap("occupations.csv", "0.3,0.35,0.4", "0.3,0.31,0.4"),
        ("occupations.csv, column share_central: the shares add up to 0.96",),
    ),
    "deciles that do not add up": (swap("deciles.csv", ",0.11,", ",0.1,"), ("deciles.csv", "0.99")),
    "a decile missing": (drop_lines("deciles.csv", "10,"), ("the deciles 10 are missing",)),
    "a decile twice": (swap("deciles.csv", "\n10,", "\n9,"), ('"9" already stands',)),
    "an eleventh decile": (swap("deciles.csv", "\n10,", "\n11,"), ("write 10 or less",)),
    "ages of one sex only": (drop_lines("age_sex.csv", "40,F"), ("ages 40 are missing for F",)),
    "ages with a hole": (drop_lines("age_sex.csv", "40,"), ("45 follows age 35", "five years apart")),
    "an age twice": (swap("age_sex.csv", "20,M", "15,M"), ('"15 M" already stands in line 2',)),
    "a trade of nobody": (swap("occupations.csv", "0,65,made", "0,10,made"), ("nobody works there",)),
    "years with a hole": (
        everywhere("mortality.csv", ",2030,2040,", ",2032,2040,"),
        ("column first_year", "ends in 2030 and this one begins in 2032"),
    ),
    "years twice": (everywhere("mortality.csv", ",2030,2040,", ",2028,2040,"), ("missing or repeated",)),
    "a period of no year": (
        everywhere("mortality.csv", "2030,2040", "2040,2040"),
        ("2040 until before 2040",),
    ),
    "a budget given twice": (
        add("apbd.csv", f"{BUDGET}2024,original,10,made up,low\n2024,original,11,made up,low\n"),
        ("apbd.csv line 3, column version", "line 2"),
    ),
    "a budget of no version": (
        add("apbd.csv", f"{BUDGET}2024,murni,10,made up,low\n"),
        ("apbd.csv line 2, column version", '"murni"'),
    ),
    "no deaths of infants": (drop_lines("mortality.csv", "0,M,2020"), ("ages of M", "must begin at 0")),
    "another name": (swap("region.yaml", "name: kota_contoh", "name: bogor"), ('"bogor"', '"kota_contoh"')),
    "an unknown key": (swap("region.yaml", "title:", "tittle:"), ('did you mean "title"?',)),
    "a decile of vulnerability beyond ten": (swap("region.yaml", "value: 3", "value: 30"), ("at most 10",)),
    "vulnerability of all": (swap("region.yaml", "value: 3", "value: 10"), ("deciles 1 to 10 add up to",)),
    "ages of no trade": (
        add(
            "region.yaml",
            "occupation_ages: [{occupation: nelayn, from_age: 20, stop_age: 30, share: 0.3, "
            "basis: modelled, source: x, confidence: low}]\n",
        ),
        ("region.yaml line", '"nelayn" is not in occupations.csv', "nelayan"),
    ),
    "ages that end before they begin": (
        add(
            "region.yaml",
            "occupation_ages: [{occupation: nelayan, from_age: 30, stop_age: 20, share: 0.3, "
            "basis: modelled, source: x, confidence: low}]\n",
        ),
        ("from 30 until before 20",),
    ),
    "ages of no group": (
        add(
            "region.yaml",
            "occupation_ages: [{occupation: nelayan, from_age: 80, stop_age: 90, share: 0.3, "
            "basis: modelled, source: x, confidence: low}]\n",
        ),
        ("80 until before 90", "limits of its groups"),
    ),
    "a pool upside down": (
        add(
            "region.yaml",
            "published_pool: {low: 9, high: 1, basis: derived, confidence: low, source: x}\n",
        ),
        ("low 9 is above high 1",),
    ),
    "a thirteenth month": (
        add("region.yaml", total_of("month: 13, source: {id: x, en: x}")),
        ("region.yaml line", "published_totals", "at most 12"),
    ),
    "a source in one language": (
        add("region.yaml", total_of("source: {id: x, eng: x}")),
        ("region.yaml line", 'did you mean "en"?'),
    ),
    "an unknown base": (
        swap("region.yaml", "assumptions_from: tangsel", "assumptions_from: tangsl"),
        ("tangsl", "tangsel"),
    ),
    "missing assumptions": (
        drop_lines("region.yaml", "assumptions_from"),
        ("kota_contoh/assumptions", "population.growth_annual", "assumptions_from: tangsel"),
    ),
    "an assumption that nothing reads": (
        swap("assumptions/population.yaml", "population.employed:", "population.emploied:"),
        ('no assumption "population.emploied"; did you mean "population.employed"?',),
    ),
    "an assumption in another unit": (
        swap("assumptions/population.yaml", "unit: people", "unit: thousand people"),
        ('"population.employed" is "thousand people"', '"people"'),
    ),
    "an assumption that is a column": (
        everywhere("assumptions/population.yaml", "population.informal_share", "mix.nelayan"),
        ('"mix.nelayan" comes from the region\'s tables',),
    ),
    "an assumption out of order": (
        swap("assumptions/population.yaml", "low: 0.48", "low: 0.58"),
        ("population.yaml line", "low to central to high"),
    ),
}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("case", list(FAULTS), ids=str)
def test_a_fault_is_told_in_a_sentence(city: Path, case: str, lang: str) -> None:
    change, named = FAULTS[case]
    change(city)
    with pytest.raises(InputError) as refused:
        read_region(city)
    said = refused.value.sentence(lang).splitlines()
    assert all(line.rstrip()[-1] in ".?" and "{" not in line for line in said)
    if lang == "en":
        assert any(all(word in line for word in named) for line in said), said


def test_the_folder_without_a_fault_is_read(city: Path) -> None:
    assert read_region(city).region.title["en"] == "Sample City"


@pytest.mark.parametrize(("month", "last"), [("", "2024-12"), ("month: 6, ", "2024-06")])
def test_a_published_total_is_of_the_end_of_its_month_or_else_of_its_year(
    city: Path, month: str, last: str
) -> None:
    add("region.yaml", total_of(f"{month}source: {{id: Koran, en: Newspaper}}"))(city)
    (total,) = read_region(city).region.published_totals
    assert total.last_month == month_of(last)
    assert total.source == {"id": "Koran", "en": "Newspaper"}


def test_no_shipped_count_of_people_is_of_a_month_after_its_publication() -> None:
    counts = [each for each in read_region("tangsel").region.published_totals if each.quantity in STOCKS]
    assert counts
    for count in counts:
        day = datetime.strptime(count.source["en"].rpartition(", ")[2], "%d %B %Y")
        assert count.last_month <= month_of(f"{day:%Y-%m}"), count


def test_all_faults_of_all_files_are_told_at_once(city: Path) -> None:
    for case in ("an unknown sector", "a word for a basis", "years twice", "another name"):
        FAULTS[case][0](city)
    with pytest.raises(FileError) as refused:
        read_region(city)
    files = {str(fault.values["file"]).rpartition("/")[2] for fault in refused.value.faults}
    assert files == {"region.yaml", "kelurahan.csv", "occupations.csv", "mortality.csv"}


def test_a_fault_of_a_whole_column_is_told_three_times_and_counted(city: Path) -> None:
    everywhere("age_sex.csv", ",modelled,", ",guessed,")(city)
    with pytest.raises(FileError) as refused:
        read_region(city)
    assert len(refused.value.faults) == 4
    assert "the same fault in 21 more rows, the last one in line 25" in refused.value.sentence("en")


def test_a_file_of_a_spreadsheet_is_read_as_it_is_saved(city: Path) -> None:
    path = city / "kelurahan.csv"
    rows = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + rows.encode("utf-8") + b",,,,,\r\n\r\n")
    assert [ward.population for ward in read_region(city).region.kelurahan] == [
        21_000,
        17_000,
        14_000,
        23_000,
        15_000,
    ]


def test_rows_may_stand_in_any_order(city: Path) -> None:
    before = read_region(city).region
    for name in ("deciles.csv", "mortality.csv", "age_sex.csv"):
        head, *rows = (city / name).read_text(encoding="utf-8").splitlines()
        (city / name).write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    after = read_region(city).region
    assert (after.decile_shares, after.mortality) == (before.decile_shares, before.mortality)
    assert (after.age_starts, after.residents) == (before.age_starts, before.residents)


def test_a_folder_is_found_by_path_and_a_name_by_its_closest(city: Path) -> None:
    assert read_region("kota_contoh").path == city.resolve()
    with pytest.raises(InputError, match='"tangsel"'):
        read_region("tangsal")
    with pytest.raises(InputError, match=r"region\.yaml"):
        read_region(city / "deciles.csv")


def test_a_changed_folder_is_read_anew_and_an_unchanged_one_is_not(city: Path) -> None:
    first = read_region(city)
    assert read_region(city) is first
    swap("kelurahan.csv", "Muara", "Muara Baru")(city)
    assert read_region(city).digest != first.digest
    assert read_region(city).region.kelurahan[1].name == "Muara Baru"


def test_a_folder_with_other_line_ends_or_elsewhere_is_the_same(city: Path, tmp_path: Path) -> None:
    first = read_region(city).digest
    path = city / "deciles.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_region(city).digest == first
    moved = tmp_path / "lain" / "kota_contoh"
    moved.parent.mkdir()
    city.rename(moved)
    assert read_region(moved).digest == first


def test_an_own_assumption_stands_before_that_of_the_base(city: Path) -> None:
    found = read_region(city)
    usual = read_region("tangsel").assumptions
    assert found.assumptions["population.employed"].central == 40_000
    assert found.assumptions["population.growth_annual"] == usual["population.growth_annual"]
    assert not {key for key in found.assumptions if key.startswith("mix.")} & set(usual)
