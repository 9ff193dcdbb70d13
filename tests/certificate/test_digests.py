"""A digest stands for values in their order, and for every source that a stored number comes from."""

import ast
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import jamsos_sim
from jamsos_sim.ensemble_digest import digest_of_json, rule_sources, table_digest

PACKAGE = Path(jamsos_sim.__file__).parent
TABLE = pd.DataFrame(
    {
        "name": ["ab", "c", "ab"],
        "count": [1, 2, 3],
        "share": [0.5, np.nan, -0.0],
        "is_hidden": [True, False, True],
    }
)
OTHERS = {
    "other order of rows": TABLE.iloc[[1, 0, 2]],
    "other order of columns": TABLE[["count", "name", "share", "is_hidden"]],
    "other name": TABLE.rename(columns={"count": "counts"}),
    "letters that moved to the next row": TABLE.assign(name=["a", "bc", "ab"]),
    "a missing word": TABLE.assign(name=["ab", None, "ab"]),
    "one more": TABLE.assign(count=[1, 2, 4]),
    "fractions instead of whole numbers": TABLE.astype({"count": "float64"}),
    "whole numbers instead of truth": TABLE.astype({"is_hidden": "int64"}),
    "the last bit": TABLE.assign(share=[np.nextafter(0.5, 1), np.nan, -0.0]),
    "the sign of nothing": TABLE.assign(share=[0.5, np.nan, 0.0]),
    "a number where there was none": TABLE.assign(share=[0.5, 0.0, -0.0]),
    "a row less": TABLE.iloc[:2],
}


@pytest.mark.parametrize("case", OTHERS)
def test_another_table_has_another_digest(case: str) -> None:
    assert table_digest(OTHERS[case]) != table_digest(TABLE)


SAME = {
    "a smaller type": TABLE.astype({"count": "int8"}),
    "a type that may lack values": TABLE.astype({"count": "Int64"}),
    "categories": TABLE.astype({"name": pd.CategoricalDtype(["c", "x", "ab"])}),
    "objects": TABLE.astype({"name": object}),
    "another index": TABLE.set_axis([5, 6, 7]),
    "another way to write no number": TABLE.assign(
        share=np.array([0.5, np.frombuffer(b"\x01\x00\x00\x00\x00\x00\xf8\xff", "<f8")[0], -0.0])
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_the_same_values_have_the_same_digest_however_they_are_held(case: str) -> None:
    assert table_digest(SAME[case]) == table_digest(TABLE)


def test_a_table_keeps_its_digest_in_a_file(tmp_path: Path) -> None:
    for compression in ("zstd", "snappy"):
        TABLE.to_parquet(tmp_path / "table.parquet", compression=compression)
        assert table_digest(pd.read_parquet(tmp_path / "table.parquet")) == table_digest(TABLE)


def test_plain_data_have_one_digest_whatever_the_order_of_their_keys() -> None:
    assert digest_of_json({"a": 1, "b": [2, 3]}) == digest_of_json({"b": [2, 3], "a": 1})
    assert digest_of_json({"a": [2, 3]}) != digest_of_json({"a": [3, 2]})


def imports_of(name: str) -> set[str]:
    """Files of the package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jamsos_sim"):
            module = str(node.module).removeprefix("jamsos_sim").lstrip(".").replace(".", "/")
            found |= {module, *(f"{module}/{each.name}".lstrip("/") for each in node.names)}
    files = {f"{module}.py" for module in found} | {f"{module}/__init__.py" for module in found}
    return {file for file in files if (PACKAGE / file).is_file()}


def test_every_module_from_which_a_table_comes_is_among_the_sources() -> None:
    behind, waiting = set(), ["ensemble.py", "outcomes.py", "outcomes_register.py", "outcomes_targeting.py"]
    while waiting:
        name = waiting.pop()
        if name not in behind:
            behind.add(name)
            waiting.extend(imports_of(name))
    sources = set(rule_sources())
    assert {name for name in behind if not name.startswith("messages/")} <= sources
    assert {"model/kernel.py", "law/benefits.py", "law/tables/death.yaml", "chance.py"} <= sources
    assert {"report/register_families.py", "report/families.py"} <= sources
    assert not {"cli.py", "api.py", "report/chart.py"} & sources
    assert not any(name.startswith(("regions/", "scenarios/", "law/cases/")) for name in sources)
