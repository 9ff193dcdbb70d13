"""The lean month as this project writes it: scalar rules in one compiled loop, chance by address."""

import month as lean
import numpy as np
from measured import Columns, main

from jamsos_sim import chance
from jamsos_sim.compiled import compiled, rule


@rule
def benefit(is_death: bool, months_paid: int) -> int:
    """Rupiah for a death or an accident."""
    if months_paid < 1:
        return 0
    if not is_death:
        return lean.CARE
    return lean.FULL if months_paid >= lean.FULL_AFTER else lean.FUNERAL


@rule
def paid_after(paid: int, is_aware: bool, enrol: int, lapse: int) -> int:
    """Months paid after this month's enrolment, lapse and payment."""
    if paid == lean.NOT_MEMBER:
        return 1 if is_aware and enrol < lean.TO_ENROL else lean.NOT_MEMBER
    return lean.NOT_MEMBER if lapse < lean.TO_LAPSE else paid + 1


@compiled
def simulate_month(keys, risk, aware, paid, month, death, accident, totals):  # noqa: C901, PLR0913
    """One month of all workers."""
    heard = knowing = enrolled = lapsed = paying = 0
    deaths = accidents = death_claims = accident_claims = benefits = uncovered = 0
    for person in range(keys.size):
        before = paid[person]
        if before == lean.DEAD:
            continue
        key = keys[person]
        if aware[person] == 0 and chance.draw(key, month, lean.HEAR) < lean.TO_HEAR:
            aware[person] = 1
            heard += 1
        after = before
        if before != lean.NOT_MEMBER or aware[person]:
            enrol = chance.draw(key, month, lean.ENROL) if before == lean.NOT_MEMBER else 0
            lapse = chance.draw(key, month, lean.LAPSE) if before != lean.NOT_MEMBER else 0
            after = paid_after(before, aware[person] == 1, enrol, lapse)
        enrolled += before == lean.NOT_MEMBER and after == 1
        lapsed += before >= 1 and after == lean.NOT_MEMBER
        paying += after >= 1
        drawn, group = chance.draw(key, month, lean.RISK), risk[person]
        if drawn < death[group] + accident[group]:
            is_death = drawn < death[group]
            amount = benefit(is_death, after)
            deaths += is_death
            accidents += not is_death
            death_claims += is_death and amount > 0
            accident_claims += not is_death and amount > 0
            uncovered += is_death and amount == 0
            benefits += amount
            if is_death:
                after = lean.DEAD
        paid[person] = after
        knowing += after != lean.DEAD and aware[person] == 1
    found = (heard, knowing, enrolled, lapsed, paying, paying * lean.CONTRIBUTION, deaths, accidents)
    for place, value in enumerate(found):
        totals[place] += value
    for place, value in enumerate((death_claims, accident_claims, benefits, uncovered)):
        totals[8 + place] += value


def simulate(workers: int, months: int, seed: int) -> Columns:
    """All months; totals by quantity."""
    keys = chance.keys_of(seed, workers)
    risk = (chance.draws(keys, 0, 63) % lean.CLASSES).astype(np.int8)
    aware, paid = np.zeros(workers, np.int8), np.full(workers, lean.NOT_MEMBER, np.int16)
    death, accident = np.array(lean.DEATH), np.array(lean.ACCIDENT)
    totals = np.zeros(len(lean.QUANTITIES), dtype=np.int64)
    for month in range(1, months + 1):
        simulate_month(keys, risk, aware, paid, month, death, accident, totals)
    return totals.tolist()


if __name__ == "__main__":
    main(simulate)
