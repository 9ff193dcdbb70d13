"""The lines that concern the family: scholarships of the children, and to whom a death benefit goes."""

from jamsos_sim.law.explain_lines import PAID, Line, Rupiah, Word, line_of
from jamsos_sim.law.person import NO_ONE, Case
from jamsos_sim.law.scholarship import children_with_scholarship, scholarship_left
from jamsos_sim.law.selectors import HEIRS


def scholarship_lines(case: Case, reason: str) -> list[Line]:
    """The scholarship of each child that receives one, summed to its end, and who is left out."""
    law, ages = case.law, case.person.children
    chosen = children_with_scholarship(ages, law)
    lines = []
    if len(ages) > len(chosen):
        lines.append(line_of(case, PAID, "scholarship_limit", 0, limit=law.scholarship_maximum_children))
    if ages and law.scholarship_once:
        return [*lines, line_of(case, PAID, "scholarship_once", law.scholarship_once)]
    words = {"end": law.scholarship_end_age, "start": law.scholarship_start_age}
    for child in chosen:
        amount = scholarship_left(ages[child], law)
        lines.append(line_of(case, PAID, reason, amount, age=ages[child], child=child, **words))
    return lines


def heir_lines(case: Case, funeral: int) -> list[Line]:
    """Who receives a death benefit, or what becomes of it without heirs."""
    heir = case.person.heir or HEIRS[0]
    if heir == NO_ONE:
        return [line_of(case, PAID, "no_heir", 0, funeral=Rupiah(funeral))]
    return [line_of(case, PAID, "heir", 0, heir=Word(f"law.to_heir_{heir}"))]
