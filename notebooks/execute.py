"""Execute notebooks in place so that two runs give the same bytes: what git shows as changed is the news.

Run it through ``python dev.py notebooks [FILE...]``; without names every notebook of this folder is executed.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).resolve().parent
SECONDS_PER_CELL = 300
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def execute(path: Path) -> None:
    """Execute one notebook and put it in its place only when every cell has succeeded.

    Cells are named by their position, and whatever changes from run to run or machine to machine is left out:
    times, the version of the interpreter, the state of widgets.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.clear()
    notebook.metadata.update(METADATA)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(FOLDER)}},
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute()
    notebook.metadata.clear()
    notebook.metadata.update(METADATA)
    for position, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{position:02d}"
        cell.metadata.pop("execution", None)
    nbformat.validate(notebook)
    fresh = path.with_suffix(".new")
    fresh.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    fresh.replace(path)


def main(names: list[str]) -> int:
    """Execute the named notebooks, or all; the first cell that fails ends it with that cell's own message."""
    paths = [Path(name).resolve() for name in names] or sorted(FOLDER.glob("*.ipynb"))
    for path in paths:
        print(path.name, flush=True)
        try:
            execute(path)
        except (OSError, CellExecutionError) as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
