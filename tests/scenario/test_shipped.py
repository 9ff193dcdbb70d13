"""The shipped scenarios: valid, one history, nothing invented, and the published numbers in it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from jamsos_sim.law.contributions import base_of_income, contribution_owed
from jamsos_sim.law.in_force import law_of
from jamsos_sim.law.selectors import PAYER_APBD, SECTOR_OTHER
from jamsos_sim.levers import all_levers
from jamsos_sim.scenario import available_scenarios, load_scenario, shipped_scenarios
from jamsos_sim.scenario_names import find_scenario, shipped_folder
from jamsos_sim.units import month_of

NAMES = (
    "bauran_dana",
    "bulan_dikurangi",
    "dasar_lebih_tinggi",
    "desil_diperluas",
    "desil_dipersempit",
    "klaim_didampingi",
    "mandiri_setelah_bantuan",
    "meja_bersama",
    "musyawarah_kelurahan",
    "orang_dikurangi",
    "pelatihan_paket",
    "pemangkasan_anggaran",
    "program_berjalan",
    "raperda_data_terpadu",
    "raperda_oktober_2025",
    "santunan_kota_dipertahankan",
    "tambah_kuota",
    "tanpa_program",
    "tempat_per_wilayah",
    "transfer_terlambat",
)
CHECKOUT = Path(__file__).resolve().parents[2]
REFORM = month_of("2026-01")
BAND_ONE = 1_000_000


def levers(name: str, month: str):
    return load_scenario(name).levers_at(month_of(month))


def price(month: str) -> int:
    return contribution_owed(BAND_ONE, PAYER_APBD, SECTOR_OTHER, law_of(month_of(month)))


def test_the_scenarios_are_shipped_and_valid() -> None:
    assert set(NAMES) <= set(shipped_scenarios())
    assert [load_scenario(name).name for name in NAMES] == list(NAMES)


def test_every_scenario_of_the_repository_is_looked_at_here() -> None:
    """One that its author saved beside them and that git does not know is left alone."""
    git = shutil.which("git")
    if git is None or not (CHECKOUT / ".git").exists():
        pytest.skip("this is no clone")
    listed = subprocess.run(
        [git, "ls-files", "scenarios/*.yaml"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert {Path(line).stem for line in listed.stdout.splitlines()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_history_before_2026_is_the_same_in_every_scenario(name: str) -> None:
    base, scenario = load_scenario("program_berjalan"), load_scenario(name)
    months = range(month_of("2023-01"), REFORM)
    assert [scenario.levers_at(month) for month in months] == [base.levers_at(month) for month in months]


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"program_berjalan"}))
def test_every_scenario_but_the_first_changes_something_from_2026_on(name: str) -> None:
    base, scenario = load_scenario("program_berjalan"), load_scenario(name)
    months = range(REFORM, month_of("2031-01"))
    assert any(scenario.levers_at(month) != base.levers_at(month) for month in months)


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_explains_itself_in_both_languages(name: str) -> None:
    scenario = load_scenario(name)
    assert set(scenario.title) == set(scenario.about) == {"id", "en"}
    assert all(set(clause.about) == {"id", "en"} for clause in scenario.clauses.values())
    assert scenario.title["id"] != scenario.title["en"]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_begins_with_the_line_that_editors_read(name: str) -> None:
    assert load_scenario(name).text.splitlines()[0] == "# yaml-language-server: $schema=schema.json"


@pytest.mark.parametrize("name", NAMES)
def test_no_future_number_of_places_or_money_pretends_to_be_published(name: str) -> None:
    origins = load_scenario(name).sources_at(month_of("2028-06"))
    assert {origins["places"].basis, origins["budget.appropriation"].basis} == {"assumption"}


def test_the_places_of_the_back_cast_are_the_published_ones() -> None:
    places = [levers("program_berjalan", month).places for month in ("2023-01", "2024-12", "2025-09")]
    assert places == [15_000, 15_418, 25_000]


@pytest.mark.parametrize("month", ["2023-12", "2024-12", "2025-12", "2026-12", "2030-12"])
def test_the_appropriation_of_the_current_programme_pays_all_places_for_the_months_bought(month: str) -> None:
    now = levers("program_berjalan", month)
    assert now.places * price(month) * now.budget.months_paid <= now.budget.appropriation


def test_the_draft_changes_only_what_the_meeting_of_october_2025_made_public() -> None:
    draft, base = load_scenario("raperda_oktober_2025"), load_scenario("program_berjalan")
    own = [clause for clause in draft.clauses.values() if clause.scenario == draft.name]
    assert {lever for clause in own for lever in clause.sets} == {
        "verification.insurer_matching",
        "coordination.desks",
    }
    assert {clause.basis for clause in own} == {"draft"}
    assert {clause.pasal for clause in own} == {None}
    assert draft.levers_at(month_of("2026-12")) == base.levers_at(month_of("2026-12"))
    assert draft.levers_at(month_of("2027-01")).coordination.desks == "shared"


def test_integrated_data_are_fresher_and_differ_from_the_draft_in_nothing_else() -> None:
    fresh, draft = levers("raperda_data_terpadu", "2027-01"), levers("raperda_oktober_2025", "2027-01")
    assert (fresh.registry.refresh_months, fresh.verification.repeat_months) == (1, 3)
    assert fresh.verification.insurer_matching == "integrated"
    assert fresh.eligibility == draft.eligibility
    assert fresh.budget == draft.budget
    assert fresh.coordination == draft.coordination


@pytest.mark.parametrize("month", ["2027-06", "2028-06", "2030-06"])
def test_more_places_come_with_exactly_their_money(month: str) -> None:
    more = levers("tambah_kuota", month)
    assert more.budget.appropriation == more.places * more.budget.months_paid * price(month)


def test_a_draft_with_a_budget_of_its_own_asks_for_exactly_what_it_pays() -> None:
    now, law = levers("dasar_lebih_tinggi", "2028-06"), law_of(month_of("2028-06"))
    base = base_of_income(now.contribution.declared_base or BAND_ONE, law)
    owed = contribution_owed(base, PAYER_APBD, SECTOR_OTHER, law)
    assert now.budget.appropriation == now.places * now.budget.months_paid * owed


def test_the_budget_cut_halves_the_money_and_keeps_the_places() -> None:
    cut, base = levers("pemangkasan_anggaran", "2026-06"), levers("program_berjalan", "2026-06")
    assert 2 * cut.budget.appropriation == base.budget.appropriation
    assert cut.places == base.places


def test_fewer_months_and_fewer_people_are_two_answers_to_the_same_cut() -> None:
    cut = levers("pemangkasan_anggaran", "2026-06")
    for name, rule in (("bulan_dikurangi", "fewer_months"), ("orang_dikurangi", "fewer_people")):
        now = levers(name, "2026-06")
        assert now.budget.shortfall == rule
        assert now == cut.model_copy(update={"budget": now.budget})
        assert now.budget == cut.budget.model_copy(update={"shortfall": rule})


def test_without_a_programme_there_are_neither_places_nor_money_nor_meetings() -> None:
    none = levers("tanpa_program", "2026-01")
    assert (none.places, none.budget.appropriation, none.outreach.meetings) == (0, 0, 0.0)


def test_every_lever_of_the_list_is_set_by_the_first_scenario() -> None:
    assert set(load_scenario("program_berjalan").sources_at(month_of("2023-01"))) == set(all_levers())


def test_a_scenario_here_is_found_before_a_shipped_one_of_the_same_name(write, folder) -> None:
    own = "name: tambah_kuota\ntitle: {id: Punya kami, en: Ours}\ndiffers_from: program_berjalan\n"
    path = write(own, "scenarios/tambah_kuota.yaml")
    assert load_scenario("tambah_kuota").title["en"] == "Ours"
    assert available_scenarios()["tambah_kuota"] == path
    assert set(available_scenarios()) == set(shipped_scenarios())


def test_a_name_beside_the_file_that_names_it_comes_first(write, folder) -> None:
    write("name: induk\ntitle: {id: a, en: here}\ndiffers_from: program_berjalan\n", "scenarios/induk.yaml")
    write("name: induk\ntitle: {id: a, en: b}\ndiffers_from: tambah_kuota\n", "lain/induk.yaml")
    path = write("name: draf\ntitle: {id: a, en: b}\ndiffers_from: induk\n", "lain/draf.yaml")
    assert load_scenario(path).chain == ("draf", "induk", "tambah_kuota", "program_berjalan")
    assert load_scenario("induk").chain == ("induk", "program_berjalan")


def test_a_shipped_scenario_is_found_from_anywhere(folder) -> None:
    assert find_scenario("program_berjalan") == shipped_folder() / "program_berjalan.yaml"
