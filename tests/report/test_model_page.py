"""The model's description and the codebook are those of the code, and a change of the code shows in them."""

from pathlib import Path

import pytest

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.levers import all_levers
from jamsos_sim.model import kernel
from jamsos_sim.model.context import Communities, People
from jamsos_sim.model.ledger import Rows
from jamsos_sim.model.month import MONTH
from jamsos_sim.report import model_page, model_tables
from jamsos_sim.report.markdown import with_parts
from jamsos_sim.report.model_page import PAGES, outdated_pages, page_of_today, write_pages
from jamsos_sim.report.syntax import attribute_docstrings, called_by

CHECKOUT = Path(__file__).resolve().parents[2]


def copy_of_pages(folder: Path) -> Path:
    for name in PAGES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((CHECKOUT / name).read_bytes())
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_what_the_code_says_today(name: str) -> None:
    page = (CHECKOUT / name).read_text(encoding="utf-8")
    assert page == page_of_today(CHECKOUT, name), "run python -m jamsos_sim.report.model_page"


def test_the_schedule_names_every_step_in_its_order_with_its_loops() -> None:
    said = model_tables.schedule()
    places = [said.index(f"{place}. **`{step}`.** ") for place, step in enumerate(MONTH, start=1)]
    assert places == sorted(places)
    for step in MONTH:
        assert called_by(kernel, "Kernel", step), step
    assert "`push_list_columns`" in said


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (model_tables.people_columns, People._fields),
        (model_tables.community_columns, Communities._fields),
        (model_tables.lever_rows, tuple(all_levers())),
        (model_tables.assumption_rows, tuple(load_assumptions())),
        (PAGES["docs/model.md"]["ledger"], Rows._fields),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_part_has_a_row_for_each_name(part: model_page.Part, names: tuple[str, ...]) -> None:
    lines = part().splitlines()
    assert all(sum(line.startswith(f"| `{name}` |") for line in lines) == 1 for name in names)


def test_columns_of_people_say_what_they_are_and_whether_a_run_changes_them() -> None:
    said = model_tables.people_columns()
    assert f"| `status` | int8 | changes | {attribute_docstrings(People)['status']} |" in said
    assert "| `birth_month` | int32 | fixed |" in said


def test_an_outdated_page_is_found_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of_pages(tmp_path)
    monkeypatch.setattr(model_page, "__file__", str(folder / "src" / "jamsos_sim" / "report" / "page.py"))
    page = folder / "docs" / "model.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("| `places` |", "| `tempat` |"), encoding="utf-8"
    )
    assert model_page.main(["--check"]) == 1
    assert "docs/model.md" in capsys.readouterr().err
    assert model_page.main([]) == 0
    assert capsys.readouterr().out.split() == ["docs/model.md"]
    assert page.read_bytes() == (CHECKOUT / "docs/model.md").read_bytes()
    assert model_page.main(["--check"]) == 0
    assert outdated_pages(folder) == write_pages(folder) == []


def test_a_part_without_its_marks_is_not_lost_silently() -> None:
    with pytest.raises(KeyError):
        with_parts("no marks here", {"levers": "a table"})
    page = "before\n<!-- levers -->\nold\n<!-- /levers -->\nafter"
    assert (
        with_parts(page, {"levers": r"a \d"}) == "before\n<!-- levers -->\n\na \\d\n\n<!-- /levers -->\nafter"
    )
