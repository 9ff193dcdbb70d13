"""How far a run is, how fast it goes, and how long it still takes: in a script and in a notebook."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jamsos_sim.ensemble import Advance, Plan
from jamsos_sim.errors import spoken_language
from jamsos_sim.messages import text
from jamsos_sim.report.numbers import Style, number, scale_of, scale_word

if TYPE_CHECKING:
    from tqdm.auto import tqdm

SECONDS_PER_MINUTE = 60
SHORTEST = 1e-3


@contextmanager
def with_progress(plan: Plan, is_shown: bool) -> Iterator[Advance]:
    """A bar of the months of a plan with rate and time left; what it yields moves it on."""
    if not is_shown:
        yield lambda months: None
        return
    from tqdm.auto import tqdm

    lang, lock = spoken_language(), threading.Lock()
    total, unit = plan.worlds * len(plan.scenarios) * plan.months, text("notebooks.bar_unit", lang)
    with tqdm(total=total, unit=unit) as bar:

        def advance(months: int) -> None:
            with lock:
                bar.update(months)
                if bar.n and not bar.disable:
                    bar.set_postfix_str(pace(plan, _speed(bar), lang), refresh=False)

        yield advance


def _speed(bar: "tqdm") -> float:
    """Months a second; a run that ends before the bar is drawn again has only its mean."""
    state = bar.format_dict
    return float(state["rate"] or state["n"] / max(state["elapsed"], SHORTEST))


def pace(plan: Plan, speed: float, lang: str) -> str:
    """How fast a run goes: worlds a minute and worker-months a second.

    Parameters
    ----------
    speed:
        Simulated months a second, of all scenarios and worlds together.
    """
    worlds = SECONDS_PER_MINUTE * speed / (len(plan.scenarios) * plan.months)
    workers = speed * _people(plan)
    scale = scale_of([workers])
    written = f"{number(workers / scale.size, Style(lang))} {scale_word(scale, lang)}".strip()
    return text("cli.rate", lang, worlds=number(worlds, Style(lang)), workers=written)


def _people(plan: Plan) -> float:
    """Workers of a world at the start, in the city on the average."""
    if plan.register is not None:
        return plan.register.size
    if plan.workers is not None:
        return plan.workers
    known = plan.region.assumptions
    return known["population.employed"].central * known["population.informal_share"].central
