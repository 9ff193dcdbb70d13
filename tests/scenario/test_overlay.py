"""An overlay says only what it changes, from the month in which it changes it."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.errors import InputError
from jamsos_sim.levers import Levers
from jamsos_sim.scenario import Scenario, load_scenario, read_scenario
from jamsos_sim.units import month_label, month_of

HEAD = "name: draf\ntitle: {id: Draf, en: Draft}\ndiffers_from: program_berjalan\n"


def draft(clauses: str = "", more: str = "") -> Scenario:
    return read_scenario(HEAD + (f"clauses:\n{clauses}" if clauses else "") + more, "draf")


def places(scenario: Scenario, *months: str) -> list[int]:
    return [scenario.levers_at(month_of(month)).places for month in months]


def test_name_title_and_differs_from_are_enough() -> None:
    scenario = draft()
    parent = load_scenario("program_berjalan")
    assert scenario.chain == ("draf", "program_berjalan")
    assert scenario.about == {}
    assert scenario.title == {"id": "Draf", "en": "Draft"}
    months = range(month_of("2023-01"), month_of("2031-01"))
    assert [scenario.levers_at(month) for month in months] == [parent.levers_at(month) for month in months]


def test_a_scalar_acts_from_the_month_in_which_its_clause_is_in_force() -> None:
    scenario = draft("  kuota: {in_force: 2026-07, sets: {places: 30_000}}\n")
    assert places(scenario, "2026-06", "2026-07", "2030-12") == [25_000, 30_000, 30_000]


def test_a_dated_map_acts_from_its_first_month_and_not_before() -> None:
    scenario = draft("  kuota: {in_force: 2026-07, sets: {places: {2027-01: 1, 2028: 2}}}\n")
    assert places(scenario, "2026-07", "2026-12", "2027-01", "2027-12", "2028-01") == [
        25_000,
        25_000,
        1,
        1,
        2,
    ]


def test_a_clause_replaces_all_later_values_of_the_scenario_it_changes() -> None:
    scenario = draft("  kuota: {in_force: 2023-06, sets: {places: 7}}\n")
    assert places(scenario, "2023-05", "2023-06", "2024-01", "2025-01") == [15_000, 7, 7, 7]


def test_quoted_and_unquoted_months_and_bare_years_mean_the_same() -> None:
    ways = ("2027-01", '"2027-01"', "2027", '"2027"')
    scenarios = [draft(f"  kuota: {{in_force: {way}, sets: {{places: {{{way}: 5}}}}}}\n") for way in ways]
    assert [places(scenario, "2026-12", "2027-01") for scenario in scenarios] == [[25_000, 5]] * len(ways)


def test_a_clause_of_the_same_name_replaces_the_inherited_one() -> None:
    replaced = draft(
        "  bulan_iuran: {in_force: 2023-01, sets: {budget.months_paid: 6, budget.first_paid_month: 7}}\n"
    )
    assert replaced.levers_at(month_of("2023-01")).budget.months_paid == 6
    assert replaced.clauses["bulan_iuran"].scenario == "draf"
    with pytest.raises(InputError, match=r"budget\.first_paid_month"):
        draft("  bulan_iuran: {in_force: 2023-01, sets: {budget.months_paid: 6}}\n")


def test_null_removes_an_inherited_clause(tmp_path: Path) -> None:
    text = "name: draf\ntitle: {id: a, en: b}\ndiffers_from: tambah_kuota\nclauses: {kuota: null}\n"
    scenario = read_scenario(text, "draf", tmp_path)
    assert "kuota" not in scenario.clauses
    assert places(scenario, "2028-01") == [25_000]
    assert scenario.levers_at(month_of("2028-01")).budget.appropriation == 6_720_000_000


def test_the_last_file_of_the_chain_decides(tmp_path: Path) -> None:
    text = "name: draf\ntitle: {id: a, en: b}\ndiffers_from: tambah_kuota\n"
    text += "clauses: {batas: {in_force: 2027-07, sets: {places: 28_000}}}\n"
    scenario = read_scenario(text, "draf", tmp_path)
    assert scenario.chain == ("draf", "tambah_kuota", "program_berjalan")
    assert places(scenario, "2026-12", "2027-01", "2027-07", "2028-01") == [25_000, 30_000, 28_000, 28_000]


def test_readings_and_assumptions_are_inherited_and_overlaid(tmp_path: Path) -> None:
    first = HEAD.replace("draf", "induk") + "reading: {U3: keeps}\n"
    first += "assumptions: {mobility.retirement_age: {low: 58, central: 60, high: 62}}\n"
    (tmp_path / "induk.yaml").write_text(first, encoding="utf-8")
    plain = read_scenario(HEAD.replace("program_berjalan", "induk"), "draf", tmp_path)
    assert plain.readings == {"U3": "keeps"}
    assert plain.assumptions["mobility.retirement_age"].central == 60
    own = HEAD.replace("program_berjalan", "induk") + "reading: {U3: resets_on_lapse}\n"
    assert read_scenario(own, "draf", tmp_path).readings == {"U3": "resets_on_lapse"}


def test_a_revised_budget_changes_the_appropriation_within_its_year() -> None:
    scenario = draft("  apbd_p: {in_force: 2026-10, sets: {budget.appropriation: 5_000_000_000}}\n")
    amounts = [scenario.levers_at(month_of(month)).budget.appropriation for month in ("2026-09", "2026-10")]
    assert amounts == [4_200_000_000, 5_000_000_000]


def test_the_origin_of_a_value_is_its_clause_and_its_basis_in_that_month() -> None:
    scenario = load_scenario("raperda_oktober_2025")
    history = scenario.sources_at(month_of("2025-06"))
    assert history["places"].basis == "published"
    assert history["budget.appropriation"].basis == "assumption"
    later = scenario.sources_at(month_of("2027-03"))
    assert later["places"].basis == "assumption"
    assert month_label(later["places"].since) == "2025-01"
    assert later["coordination.desks"].clause.name == "koordinasi_dinas"
    assert later["coordination.desks"].basis == "draft"
    assert later["coordination.desks"].clause.scenario == "raperda_oktober_2025"


def test_a_month_before_the_first_value_is_refused() -> None:
    with pytest.raises(InputError, match="2023-01"):
        load_scenario("program_berjalan").levers_at(month_of("2022-12"))


def test_a_scenario_and_its_levers_never_change() -> None:
    scenario = draft()
    with pytest.raises(AttributeError):
        scenario.name = "lain"
    with pytest.raises(ValueError, match="frozen"):
        scenario.levers_at(month_of("2026-01")).places = 1


def test_a_scenario_keeps_the_text_of_every_file_of_its_chain_and_travels_to_another_process() -> None:
    scenario = load_scenario("raperda_data_terpadu")
    assert tuple(scenario.texts) == scenario.chain
    assert scenario.text.startswith("# yaml-language-server")
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_an_article_may_be_a_number_or_text() -> None:
    first = "  a: {pasal: 5, in_force: 2027, sets: {places: 1}}\n"
    second = '  b: {pasal: "5 ayat (2)", in_force: 2027, sets: {outreach.meetings: 0}}\n'
    assert [draft(first + second).clauses[name].pasal for name in "ab"] == ["5", "5 ayat (2)"]


dated_places = st.dictionaries(
    st.integers(month_of("2026-01"), month_of("2030-12")), st.integers(0, 50_000), min_size=1, max_size=6
)


@settings(max_examples=30, deadline=None)
@given(dated_places, st.randoms())
def test_levers_follow_the_dates_whatever_their_order_in_the_file(dated: dict[int, int], random) -> None:
    entries = list(dated.items())
    random.shuffle(entries)
    written = ", ".join(f"{month_label(month)}: {value:_}" for month, value in entries)
    clause = f"  kuota: {{in_force: 2026-01, sets: {{places: {{{written}}}}}}}\n"
    scenario, again = draft(clause), draft(clause)
    for month in range(month_of("2023-01"), month_of("2031-01")):
        starts = [start for start in dated if start <= month]
        inherited = 25_000 if month >= month_of("2025-01") else None
        expected = dated[max(starts)] if starts else inherited
        levers = scenario.levers_at(month)
        assert isinstance(levers, Levers)
        assert levers == again.levers_at(month)
        assert expected is None or levers.places == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["kuota", "pagu", "meja"]), min_size=3, max_size=3, unique=True))
def test_the_order_of_clauses_in_a_file_changes_nothing(order: list[str]) -> None:
    clauses = {
        "kuota": "  kuota: {in_force: 2026-03, sets: {places: 9}}\n",
        "pagu": "  pagu: {in_force: 2026-01, sets: {budget.appropriation: {2026: 1, 2029: 2}}}\n",
        "meja": "  meja: {in_force: 2028-02, sets: {coordination.desks: shared}}\n",
    }
    shuffled, plain = draft("".join(clauses[name] for name in order)), draft("".join(clauses.values()))
    months = range(month_of("2026-01"), month_of("2031-01"))
    assert [shuffled.levers_at(month) for month in months] == [plain.levers_at(month) for month in months]
    assert [month_label(month) for month in shuffled.changes_after(month_of("2025-12"))] == [
        "2026-01",
        "2026-03",
        "2028-02",
        "2029-01",
    ]
