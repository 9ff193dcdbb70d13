"""A run beside the work of a notebook: the cell ends at once, the run goes on in a thread."""

import threading
from pathlib import Path
from typing import Unpack

from jamsos_sim.api import Settings, base_of, carried_out, plan_of
from jamsos_sim.api_results import Results
from jamsos_sim.ensemble import Plan
from jamsos_sim.ensemble import StoppedError as StoppedWorldsError
from jamsos_sim.ensemble_hands import Hands
from jamsos_sim.errors import StoppedError, spoken_language
from jamsos_sim.messages import text
from jamsos_sim.scenario import Scenario

PATIENCE = 0.2
"""Seconds of a wait for the run; without a limit an interrupt would wait too, on Windows."""


class Running:
    """A run that goes on while its notebook is used for something else; see `start`."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        self._hands = Hands(settings.get("threads"), settings.get("cluster"))
        self._plan = plan
        self._settings = settings
        self._results: Results | None = None
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="jamsos run", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._results = carried_out(self._plan, base_of(self._plan), self._settings, self._hands)
        except StoppedWorldsError:
            out = self._settings.get("out")
            self._fault = StoppedError(None if out is None else Path(out))
        except BaseException as fault:  # it is raised where somebody asks for the results
            self._fault = fault

    @property
    def is_done(self) -> bool:
        """Whether the run has ended, well or not."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """End the run; worlds that are done stay in its folder."""
        self._hands.stop.set()
        self._thread.join()

    def results(self) -> Results:
        """Wait for the run; what it has shown.

        Raises what the run has raised: `InputError` for bad input, `StoppedError` after `stop`. An interrupt
        ends the waiting alone; the run goes on.
        """
        while not self.is_done:
            self._thread.join(PATIENCE)
        if self._results is None:
            raise self._fault or AssertionError("a run has ended with neither results nor a fault")
        return self._results

    def __repr__(self) -> str:
        state = "done" if self._results is not None else "ended_early" if self.is_done else "going_on"
        return text(f"notebooks.run_{state}", spoken_language())


def start(*scenarios: str | Path | Scenario, **settings: Unpack[Settings]) -> Running:
    """Begin to simulate scenarios and return at once, so that a notebook stays free.

    Scenarios and settings as for `simulate`; a bar of progress is shown unless ``progress`` is false. Raises
    `InputError` for bad input at once, as far as it is seen before the run.
    """
    shown: Settings = {"progress": True, **settings}
    return Running(plan_of(scenarios, shown), shown)
