"""The lean month in plain Mesa: one object for each worker, its luck from the model's stream."""

import mesa
import month as lean
from measured import Columns, main


class Worker(mesa.Agent):  # type: ignore[misc]
    """An informal worker."""

    def __init__(self, model: "City", risk: int) -> None:
        super().__init__(model)
        self.death, self.accident = lean.DEATH[risk] / lean.SCALE, lean.ACCIDENT[risk] / lean.SCALE
        self.aware, self.paid = False, lean.NOT_MEMBER

    def step(self) -> None:  # noqa: C901
        """Hear, enrol or pay, face risk."""
        totals, uniform = self.model.totals, self.random.random
        if not self.aware and uniform() < lean.TO_HEAR / lean.SCALE:
            self.aware = True
            totals["heard"] += 1
        if self.paid == lean.NOT_MEMBER:
            if self.aware and uniform() < lean.TO_ENROL / lean.SCALE:
                self.paid = 1
                totals["newly_enrolled"] += 1
        elif uniform() < lean.TO_LAPSE / lean.SCALE:
            self.paid = lean.NOT_MEMBER
            totals["lapsed"] += 1
        else:
            self.paid += 1
        if self.paid >= 1:
            totals["paid_person_months"] += 1
            totals["contributions"] += lean.CONTRIBUTION
        drawn = uniform()
        if drawn < self.death:
            self.die()
            return
        if drawn < self.death + self.accident:
            totals["accidents"] += 1
            if self.paid >= 1:
                totals["accident_claims"] += 1
                totals["benefits"] += lean.CARE
        totals["aware"] += self.aware

    def die(self) -> None:
        """Leave, and be paid for when covered."""
        totals = self.model.totals
        totals["deaths"] += 1
        if self.paid >= 1:
            totals["death_claims"] += 1
            totals["benefits"] += lean.FULL if self.paid >= lean.FULL_AFTER else lean.FUNERAL
        else:
            totals["deaths_without_cover"] += 1
        self.remove()


class City(mesa.Model):  # type: ignore[misc]
    """All workers of a city."""

    def __init__(self, workers: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.totals = dict.fromkeys(lean.QUANTITIES, 0)
        for _ in range(workers):
            Worker(self, self.random.randrange(lean.CLASSES))

    def step(self) -> None:
        """One month."""
        self.agents.do("step")


def simulate(workers: int, months: int, seed: int) -> Columns:
    """All months; totals by quantity."""
    city = City(workers, seed)
    for _ in range(months):
        city.step()
    return list(city.totals.values())


if __name__ == "__main__":
    main(simulate)
