"""What one person owes and one event pays, provision by provision, and what it would have been otherwise.

The amounts come from the same rules as the model's; this file only orders and words them.
"""

from dataclasses import dataclass
from typing import Any

from jamsos_sim.law.explain_lines import OWED, PAID, Line
from jamsos_sim.law.explain_otherwise import Otherwise, answer, otherwise
from jamsos_sim.law.explain_text import Page, Telling, explanation_text
from jamsos_sim.law.person import Case, Person, checked
from jamsos_sim.law.scholarship import SchoolYear, scholarship_plan
from jamsos_sim.law.status import ValueInForce
from jamsos_sim.messages import DEFAULT_LANGUAGE

SCHOLARSHIPS = ("scholarship_jkm", "scholarship_jkk")
WIDTH = 100
"""Characters in a line of text."""


@dataclass(frozen=True)
class Explanation:
    """The answer for one person: sums, the lines behind them, and the answers had it been otherwise."""

    case: Case
    lines: tuple[Line, ...]
    otherwise: tuple[Otherwise, ...]
    scholarships: tuple[SchoolYear, ...]

    @property
    def owed(self) -> int:
        """Rupiah owed for the month."""
        return sum(line.amount for line in self.lines if line.kind == OWED)

    @property
    def paid(self) -> int:
        """Rupiah the event pays, scholarships to their end included."""
        return sum(line.amount for line in self.lines if line.kind == PAID)

    @property
    def values(self) -> tuple[ValueInForce, ...]:
        """The values of the law behind the lines, with status and confidence."""
        return tuple({value.name: value for line in self.lines for value in line.values}.values())

    @property
    def unverified(self) -> tuple[ValueInForce, ...]:
        """Those of the values that were not checked against the gazetted text, or are assumptions."""
        return tuple({value.name: value for line in self.lines for value in line.unverified}.values())

    def to_json(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """The explanation as one object of plain values, amounts in whole rupiah."""
        return {
            "owed": self.owed,
            "paid": self.paid,
            "lines": [line.to_json(lang) for line in self.lines],
            "scholarships": [year._asdict() for year in self.scholarships],
            "otherwise": [other.to_json(lang) for other in self.otherwise],
            "readings": dict(self.case.readings),
            "unverified": [value.to_json(lang) for value in self.unverified],
        }

    def to_text(self, lang: str = DEFAULT_LANGUAGE, width: int = WIDTH) -> str:
        """The explanation as text to read, no line longer than so many characters."""
        telling = Telling(self.case, self.lines, self.otherwise, self.scholarships)
        return explanation_text(telling, Page(lang, width))


def explain(person: Person) -> Explanation:
    """What a person owes for the month and what the event pays, in the order of reasoning.

    Raises `InputError` with one sentence for whatever the person's description has wrong.
    """
    case = checked(person)
    lines = answer(case)
    has_scholarship = any(line.reason in SCHOLARSHIPS for line in lines)
    plan = scholarship_plan(person.children, case.month, case.law) if has_scholarship else []
    return Explanation(case, lines, tuple(otherwise(case, lines)), tuple(plan))
