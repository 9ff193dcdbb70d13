"""The full month by four programs, side by side: ``full_month.py [WORKERS [MESA_MONTHS]]``.

The model to read (Mesa), the month in tuned NumPy (``numpy_month/``), drawing for everybody in every month or
looking ahead as the kernel does, and the kernel do every step of the same month under the current programme:
NumPy and kernel with 250,000 workers over 96 months, Mesa over 96 months with 2,000 workers, and all of them
in the same world of 250,000 over as many of the first months as are asked for (3). All ledgers and yearly
cells must be equal number for number, and those of NumPy and kernel in a small world under every shipped
scenario that the NumPy month knows. The NumPy month that draws for everybody is also timed with NumPy's own
generator, which is quicker and whose people meet another luck.

Told are millions of worker-months a second of one core's processor time, medians of three worlds. Kernel and
the NumPy that looks ahead do so once for a world: ``first`` counts that with the first scenario, ``further``
is another scenario in the same world. Columns or agents are made from the world within that time, but not
within that of the few months. Memory is the most that a process of its own holds beyond the world while it
runs a year (Mesa a month). ``--json=FILE`` keeps the numbers; 0 when all is equal.
"""

import gc
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from kernel import PERIOD, REGION, SCENARIO, SEED, run, seconds, world
from memory import bytes_of_peak, start_of_peak
from numpy_month.luck import Draws, Luck, OrdinaryDraws, WholeDraws
from numpy_month.month import NumpyMonth, run_numpy
from numpy_month.scope import NotInNumpyError

from jamsos_sim.cli_entry import OBJECTS_BETWEEN_COLLECTIONS
from jamsos_sim.model.context import City
from jamsos_sim.model.kernel import Kernel
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.reference import JamsosModel
from jamsos_sim.model.terms import Rules, rules_of
from jamsos_sim.model.world import World
from jamsos_sim.scenario import load_scenario
from jamsos_sim.scenario_names import shipped_scenarios

WORKERS, MESA_MONTHS, WORLDS = 250_000, 3, 3
FEW = 2_000


def drawing_for_all(here: World) -> NumpyMonth:
    """The NumPy month that draws for everybody in every month."""
    return NumpyMonth(here, Luck(here, kind=WholeDraws))


ENGINES = {"mesa": JamsosModel, "numpy_whole": drawing_for_all, "numpy": NumpyMonth, "kernel": Kernel}
MONTHS_OF_MEMORY = {"mesa": 1, "numpy_whole": 12, "numpy": 12, "kernel": 12}


def digest(city: City) -> str:
    """Digest of the numbers of a ledger and of its yearly cells."""
    return hashlib.sha256(city.ledger.tobytes() + city.cells.tobytes()).hexdigest()[:16]


def millions(city: City, months: int, spent: float) -> float:
    """Millions of worker-months a second, of the first months of a run."""
    return float(city.ledger[ROW.informal_workers, :months].sum()) / spent / 1e6


def kernel_rates(here: World, months: list[Rules]) -> tuple[dict[str, float], City]:
    """The kernel's rates in a world whose people nobody has looked ahead for."""
    foreseen = seconds(lambda: here.ahead)
    made: list[Kernel] = []
    spent = seconds(lambda: made.append(Kernel(here)))
    spent += seconds(lambda: run(made[0], months))
    city, count = made[0].city, len(months)
    return {
        "first": millions(city, count, foreseen + spent),
        "further": millions(city, count, spent),
    }, city


def numpy_rates(here: World, months: list[Rules]) -> tuple[dict[str, float], City]:
    """The NumPy month's rates in a world, first and with what was found kept."""
    cities: list[City] = []
    first = seconds(lambda: cities.append(run_numpy(months, here)))
    luck = Luck(here, is_kept=True)
    run_numpy(months, here, luck)
    further = seconds(lambda: cities.append(run_numpy(months, here, luck)))
    count = len(months)
    return {
        "first": millions(cities[0], count, first),
        "further": millions(cities[1], count, further),
    }, cities[1]


def whole_rates(
    here: World, months: list[Rules], kind: type[Draws] = WholeDraws
) -> tuple[dict[str, float], City]:
    """The rates of the NumPy month that draws for everybody, which keeps nothing for another scenario."""
    cities: list[City] = []
    spent = seconds(lambda: cities.append(run_numpy(months, here, Luck(here, kind=kind))))
    rate = millions(cities[0], len(months), spent)
    return {"first": rate, "further": rate}, cities[0]


MEASURED = {"numpy_whole": whole_rates, "numpy": numpy_rates, "kernel": kernel_rates}


def compared(workers: int) -> tuple[dict[str, object], bool]:
    """NumPy and kernel over all months, in several worlds: rates, that of NumPy with its own generator, and
    the worker-months of a world; and whether all books are equal.
    """
    ordinary, worker_months = [], []
    found: dict[str, list[dict[str, float]]] = {engine: [] for engine in MEASURED}
    equal, scenario = True, load_scenario(SCENARIO)
    for number in range(WORLDS):
        here, digests = world(number, workers), {}
        months = rules_of(scenario, here)
        for engine, rates_of in MEASURED.items():
            rates, city = rates_of(here, months)
            found[engine].append(rates)
            digests[engine] = digest(city)
        worker_months.append(int(city.ledger[ROW.informal_workers].sum()))
        ordinary.append(whole_rates(here, months, OrdinaryDraws)[0]["first"])
        equal = equal and len(set(digests.values())) == 1
        print(f"world {number}:", ", ".join(f"{engine} {own}" for engine, own in digests.items()), flush=True)
    rates = {
        engine: {kind: median(each[kind] for each in worlds) for kind in worlds[0]}
        for engine, worlds in found.items()
    }
    told = {"rates": rates, "ordinary": median(ordinary), "worker_months": median(worker_months)}
    return told, equal


def mesa_rates() -> tuple[dict[str, float], bool]:
    """Mesa's rate over all months in a small world, and whether the kernel's ledger is the same."""
    here, scenario = world(0, FEW), load_scenario(SCENARIO)
    months, made = rules_of(scenario, here), []
    spent = seconds(lambda: made.append(JamsosModel(here)))
    spent += seconds(lambda: run(made[0], months))
    rate = millions(made[0].city, len(months), spent)
    return {"first": rate, "further": rate}, digest(made[0].city) == digest(by_kernel(here, months))


def with_mesa(workers: int, count: int) -> tuple[dict[str, float], bool]:
    """All of them over the first months: rates of a run, with columns and agents made before."""
    here = world(0, workers)
    months, luck = rules_of(load_scenario(SCENARIO), here)[:count], Luck(here, is_kept=True)
    run(NumpyMonth(here, luck), months)
    runs = {**{name: engine(here) for name, engine in ENGINES.items()}, "numpy": NumpyMonth(here, luck)}
    spent = {name: seconds(lambda engine=engine: run(engine, months)) for name, engine in runs.items()}
    cities = {name: engine.city for name, engine in runs.items()}
    print(f"after {count} months:", ", ".join(f"{name} {digest(each)}" for name, each in cities.items()))
    rates = {name: millions(cities[name], count, spent[name]) for name in runs}
    return rates, len({digest(city) for city in cities.values()}) == 1


def by_kernel(here: World, months: list[Rules]) -> City:
    """The city at the end of a run of the kernel."""
    kernel = Kernel(here)
    run(kernel, months)
    return kernel.city


def covered() -> tuple[list[str], list[str], bool]:
    """Shipped scenarios in which NumPy gives the kernel's ledger, those that it refuses, and whether all
    others are equal.
    """
    small, equal, refused, differing = world(0, FEW), [], [], []
    for name in shipped_scenarios():
        scenario = load_scenario(name)
        try:
            own = run_numpy(rules_of(scenario, small), small)
        except NotInNumpyError:
            refused.append(name)
            continue
        (equal if digest(own) == digest(by_kernel(small, rules_of(scenario, small))) else differing).append(
            name
        )
    return equal, refused, not differing


def memory(engine: str, workers: int) -> float:
    """Bytes a worker that an engine needs beyond the world; asked in a process of its own."""
    command = [sys.executable, __file__, f"--memory={engine}", str(workers)]
    return float(subprocess.check_output(command, text=True))


def tell_memory(engine: str, workers: int) -> None:
    """Measure the memory of an engine in this process."""
    kind, scenario, small = ENGINES[engine], load_scenario(SCENARIO), world(0, FEW)
    count = MONTHS_OF_MEMORY[engine]
    run(kind(small), rules_of(scenario, small)[:count])
    here = world(0, workers)
    months = rules_of(scenario, here)[:count]
    before = start_of_peak()
    run(kind(here), months)
    print((bytes_of_peak() - before) / workers)


def measured(workers: int, mesa_months: int) -> tuple[dict[str, object], bool]:
    """All numbers, and whether all ledgers are equal."""
    small = world(0, FEW)
    run(Kernel(small), rules_of(load_scenario(SCENARIO), small))  # compile, or load what is compiled
    equal, refused, is_known_equal = covered()
    print(f"NumPy equals the kernel in {len(equal)} shipped scenarios, refuses {', '.join(refused)}")
    told, is_equal = compared(workers)
    whole, is_whole_equal = mesa_rates()
    told["rates"] = {"mesa": whole, **told["rates"]}
    few, is_same = with_mesa(workers, mesa_months)
    bytes_each = {engine: memory(engine, workers) for engine in ENGINES}
    numbers = {
        "workers": workers,
        "mesa_workers": FEW,
        "months": PERIOD.stop - PERIOD.start,
        "mesa_months": mesa_months,
        "region": REGION,
        "seed": SEED,
        **told,
        "few_months": few,
        "bytes": bytes_each,
        "equal": equal,
        "refused": refused,
    }
    return numbers, all((is_known_equal, is_equal, is_whole_equal, is_same))


def show(numbers: dict[str, object]) -> None:
    """Print the table."""
    rates, few, bytes_each = numbers["rates"], numbers["few_months"], numbers["bytes"]
    print(f"{numbers['workers']:,} workers; millions of worker-months a second")
    print("| program | first scenario | further | × Mesa, first | first months only | bytes/worker |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in ENGINES:
        cells = [
            name,
            *(f"{rates[name][kind]:.3g}" for kind in ("first", "further")),
            f"{rates[name]['first'] / rates['mesa']['first']:,.0f}",
            f"{few[name]:.3g}",
            f"{bytes_each[name]:,.0f}",
        ]
        print(f"| {' | '.join(cells)} |")
    for engine in ("numpy_whole", "numpy"):
        for kind in ("first", "further"):
            ratio = rates["kernel"][kind] / rates[engine][kind]
            print(f"kernel / {engine}, {kind} scenario of a world: {ratio:.2f}")
    print(f"NumPy with its own generator: {numbers['ordinary']:.3g}")


def main() -> int:
    """Measure once; 0 when all ledgers are equal."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    words = [each for each in sys.argv[1:] if not each.startswith("--")]
    options = dict(each.removeprefix("--").split("=", 1) for each in sys.argv[1:] if each.startswith("--"))
    workers = int(words[0]) if words else WORKERS
    if "memory" in options:
        tell_memory(options["memory"], workers)
        return 0
    numbers, is_equal = measured(workers, int(words[1]) if len(words) > 1 else MESA_MONTHS)
    show(numbers)
    print("all ledgers equal" if is_equal else "LEDGERS DIFFER")
    if "json" in options:
        Path(options["json"]).write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 0 if is_equal else 1


if __name__ == "__main__":
    sys.exit(main())
