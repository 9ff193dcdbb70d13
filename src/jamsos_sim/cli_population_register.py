"""What ``jamsos population --population FILE`` prints and keeps: who stands in a register, in safe counts."""

from pathlib import Path

from rich.console import Console

from jamsos_sim.cli_population_show import check_folder, new_folder, write_csv
from jamsos_sim.ensemble_folder import writing
from jamsos_sim.messages import text
from jamsos_sim.population.region_file import read_region
from jamsos_sim.population.register import load_register
from jamsos_sim.report.numbers import Style, number
from jamsos_sim.report.register_people import masked_table, masked_words, register_tables


def show_register(file: Path, region_name: str, lang: str, keep: Path | bool) -> None:
    """Print the people of a register by kecamatan, decile, trade and sex; keep the tables when asked.

    ``keep`` is the folder of the report, true for a new one. Raises `InputError` for a file that is no
    register of the region, and a folder that cannot be written to.
    """
    folder = read_region(region_name)
    kept = keep if isinstance(keep, Path) else new_folder(folder.name)
    if keep:
        check_folder(kept)
    register = load_register(file)
    tables = register_tables(register, folder.region, lang)
    console = Console()
    people = number(register.size, Style(lang))
    said = text("fit.register_size", lang, file=file, region=folder.region.title[lang], people=people)
    console.print(said, markup=False, highlight=False, soft_wrap=True)
    for crossed in tables.values():
        console.print()
        console.print(masked_table(crossed, lang))
    console.print(text("intake.table_note", lang), markup=False, highlight=False)
    if keep:
        names = {name: f"people_by_{name}.csv" for name in tables}
        with writing(kept):
            kept.mkdir(parents=True, exist_ok=True)
            for name, crossed in tables.items():
                write_csv(kept / names[name], masked_words(crossed, lang).reset_index())
        told = text("fit.written", lang, folder=kept, files=", ".join(names.values()))
        Console(stderr=True, soft_wrap=True).print(told, markup=False, highlight=False)
