"""Worked cases of the law: a named sentence, a month, a worker, and what the law answers.

The cases stand beside this file in ``*.yaml``, with the source of each answer. They are data of the package,
so that an installed one can be put to the same questions as the checkout.
"""

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jamsos_sim.law.case_answers import ANSWERS
from jamsos_sim.law.in_force import law_of
from jamsos_sim.units import month_of
from jamsos_sim.yaml_kept import kept


class Case(NamedTuple):
    """One worked case; see the module.

    Attributes
    ----------
    asks:
        The question, by its name in `ANSWERS`.
    readings:
        Readings of the open questions that are not the default.
    """

    name: str
    month: str
    worker: dict[str, Any]
    asks: str
    expected: Any
    source: str
    readings: dict[str, str] | None = None

    def answer(self) -> Any:
        """What the rules answer today."""
        return ANSWERS[self.asks](self.worker, law_of(month_of(self.month), self.readings))


@cache
def worked_cases() -> tuple[Case, ...]:
    """All cases, file by file."""
    sources = sorted(
        (entry for entry in files(__package__).iterdir() if entry.name.endswith(".yaml")),
        key=lambda entry: entry.name,
    )
    texts = [each.read_text(encoding="utf-8") for each in sources]
    return tuple(Case(**case) for each in texts for case in kept(each, "with_types"))
