"""The lean month in Starsim: a module with states of people, its own random distributions, and time steps."""

import month as lean
import numpy as np
import starsim as ss
from measured import Columns, main

HEAR, ENROL, LAPSE = (chance / lean.SCALE for chance in (lean.TO_HEAR, lean.TO_ENROL, lean.TO_LAPSE))


class Programme(ss.Module):  # type: ignore[misc]
    """Hear, enrol or pay, face risk."""

    def __init__(self) -> None:
        super().__init__()
        self.define_states(
            ss.BoolState("aware"),
            ss.BoolState("gone"),
            ss.FloatArr("paid", default=float(lean.NOT_MEMBER)),
            ss.FloatArr("risk", default=ss.randint(low=0, high=lean.CLASSES)),
        )
        self.hears, self.enrols, self.lapses = (ss.bernoulli(p=chance) for chance in (HEAR, ENROL, LAPSE))
        self.luck = ss.random()
        self.totals = dict.fromkeys(lean.QUANTITIES, 0)

    def step(self) -> None:
        """One month."""
        totals = self.totals
        alive = ~self.gone
        heard = self.hears.filter((alive & ~self.aware).uids)
        self.aware[heard] = True
        members, free = (alive & (self.paid >= 1)).uids, (alive & self.aware & (self.paid < 1)).uids
        lapsed, joined = self.lapses.filter(members), self.enrols.filter(free)
        self.paid[members] = self.paid[members] + 1
        self.paid[lapsed] = lean.NOT_MEMBER
        self.paid[joined] = 1
        paying = len(members) - len(lapsed) + len(joined)
        people = alive.uids
        drawn, group = self.luck.rvs(people), np.asarray(self.risk[people]).astype(int)
        death = np.array(lean.DEATH)[group] / lean.SCALE
        dies = drawn < death
        hurt = ~dies & (drawn < death + np.array(lean.ACCIDENT)[group] / lean.SCALE)
        paid = np.asarray(self.paid[people])
        full = np.where(paid >= lean.FULL_AFTER, lean.FULL, lean.FUNERAL)
        amount = np.where(dies, full, lean.CARE)[(dies | hurt) & (paid >= 1)]
        self.gone[people[dies]] = True
        totals["heard"] += len(heard)
        totals["aware"] += int(np.count_nonzero(np.asarray((self.aware & ~self.gone).uids) >= 0))
        totals["newly_enrolled"] += len(joined)
        totals["lapsed"] += len(lapsed)
        totals["paid_person_months"] += paying
        totals["contributions"] += paying * lean.CONTRIBUTION
        totals["deaths"] += int(np.count_nonzero(dies))
        totals["accidents"] += int(np.count_nonzero(hurt))
        totals["death_claims"] += int(np.count_nonzero(dies & (paid >= 1)))
        totals["accident_claims"] += int(np.count_nonzero(hurt & (paid >= 1)))
        totals["benefits"] += int(amount.sum())
        totals["deaths_without_cover"] += int(np.count_nonzero(dies & (paid < 1)))


def simulate(workers: int, months: int, seed: int) -> Columns:
    """All months; totals by quantity."""
    programme = Programme()
    sim = ss.Sim(
        n_agents=workers,
        modules=programme,
        dur=max(months - 1, 1),
        dt=1,
        rand_seed=seed,
        verbose=0,
        copy_inputs=False,
    )
    sim.run()
    return [int(value) for value in programme.totals.values()]


if __name__ == "__main__":
    main(simulate)
