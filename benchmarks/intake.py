"""How long the intake of a large register takes: ``python benchmarks/intake.py [ROWS]``, else a million.

The register repeats the example that comes with the package, with an identity number of its own in every row,
and has ten broken rows. CSV, Parquet and XLSX are measured; the time is that of the command line without its
start, and without that of making the files.
"""

import csv
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import xlsxwriter

import jamsos_sim
from jamsos_sim.population.intake import Request, take_in
from jamsos_sim.population.region_file import load_region

EXAMPLE = Path(jamsos_sim.__file__).parent / "regions" / "tangsel" / "example"
MILLION = 1_000_000
BROKEN = 10


def large_register(path: Path, rows: int) -> None:
    """Write a register of invented people."""
    with (EXAMPLE / "register.csv").open(encoding="utf-8", newline="") as file:
        heading, *people = csv.reader(file, delimiter=";")
    good = people[:10]
    nik, decile = heading.index("NIK"), heading.index("Desil")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heading)
        for number in range(rows):
            row = list(good[number % len(good)])
            row[nik] = f"99{number:014d}"
            row[decile] = "0" if number % (rows // BROKEN) == 0 else row[decile]
            writer.writerow(row)


def as_workbook(register: Path, path: Path) -> None:
    """Write a register as the only sheet of a workbook, every cell as text."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    with register.open(encoding="utf-8", newline="") as file:
        for row, cells in enumerate(csv.reader(file, delimiter=";")):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    book.close()


def measure(file: Path, folder: Path) -> None:
    """Take in a file and print what came of it and how long it took."""
    key = folder / "nik.key"
    key.write_text("a key of a benchmark, no secret", encoding="utf-8")
    request = Request(
        file, EXAMPLE / "map.yaml", folder / f"{file.suffix}.parquet", folder / f"{file.suffix}.csv", key
    )
    start = time.perf_counter()
    counts = take_in(request, load_region("tangsel"), "en").counts
    print(f"{file.suffix}: {counts} in {time.perf_counter() - start:.1f} s")


def main() -> None:
    """Measure the three kinds of file."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else MILLION
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large_register(folder / "large.csv", rows)
        measure(folder / "large.csv", folder)
        pd.read_csv(folder / "large.csv", sep=";", dtype=str).to_parquet(folder / "large.parquet")
        measure(folder / "large.parquet", folder)
        as_workbook(folder / "large.csv", folder / "large.xlsx")
        measure(folder / "large.xlsx", folder)


if __name__ == "__main__":
    main()
