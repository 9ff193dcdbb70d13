"""Every quantity and every state variable says what it is, for the codebook and the model's description."""

import pytest

from jamsos_sim.messages import LANGUAGES, catalogue
from jamsos_sim.model.cells import CellRows
from jamsos_sim.model.context import Communities, People
from jamsos_sim.model.ledger import Rows
from jamsos_sim.outcomes_cells import CELLS_ALONE
from jamsos_sim.report.codebook import INDICATORS, TABLE_COLUMNS, codebook, unit_of
from jamsos_sim.report.syntax import attribute_docstrings

MESSAGES = catalogue()
WHERE_TO_WRITE = (
    "describe it in src/jamsos_sim/messages/quantities.toml: [quantities.{name}], one line id, one line en; "
    "then run python -m jamsos_sim.report.model_page"
)


@pytest.mark.parametrize("name", Rows._fields)
def test_every_row_of_the_ledger_is_described_in_both_languages(name: str) -> None:
    said = MESSAGES.get(f"quantities.{name}", {})
    assert set(said) == set(LANGUAGES), WHERE_TO_WRITE.format(name=name)
    assert all(meaning.endswith(".") for meaning in said.values())


@pytest.mark.parametrize("name", sorted({*Rows._fields, *CellRows._fields}))
def test_the_unit_of_every_row_is_known(name: str) -> None:
    assert f"quantities.unit_{unit_of(name)}" in MESSAGES, "see unit_of in report/codebook.py"


@pytest.mark.parametrize("kind", [People, Communities])
def test_every_state_variable_has_a_line_below_it(kind: type) -> None:
    words = attribute_docstrings(kind)
    missing = [name for name in kind._fields if not words[name].endswith(".")]
    assert missing == [], 'write """Its meaning.""" below each of them in model/context.py'


def test_nothing_is_described_that_is_not_there() -> None:
    groups = ("kind_", "unit_", "head_", "part_", "column_", "indicator_", "cell_")
    described = {key.removeprefix("quantities.") for key in MESSAGES if key.startswith("quantities.")}
    rows = {name for name in described if not name.startswith(groups)}
    assert rows == set(Rows._fields)
    columns = {name.removeprefix("column_") for name in described if name.startswith("column_")}
    assert columns == set(TABLE_COLUMNS)
    cells = {name.removeprefix("cell_") for name in described if name.startswith("cell_")}
    assert cells == set(CellRows._fields) - set(Rows._fields)
    shares = {name.removeprefix("indicator_") for name in described if name.startswith("indicator_")}
    assert shares == {*INDICATORS, *CELLS_ALONE}


def test_the_codebook_says_different_things_in_different_languages() -> None:
    indonesian, english = codebook("id"), codebook("en")
    assert indonesian["name"].tolist() == english["name"].tolist()
    assert not (indonesian["meaning"] == english["meaning"]).any()
