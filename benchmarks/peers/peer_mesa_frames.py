"""The lean month in mesa-frames: one Polars table of workers, luck from NumPy's generator of the model."""

import month as lean
import numpy as np
import polars as pl
from measured import Columns, main
from mesa_frames import AgentSetPolars, ModelDF

HEAR, ENROL, LAPSE = (chance / lean.SCALE for chance in (lean.TO_HEAR, lean.TO_ENROL, lean.TO_LAPSE))


class Workers(AgentSetPolars):  # type: ignore[misc]
    """All informal workers."""

    def __init__(self, model: "City", workers: int) -> None:
        super().__init__(model)
        risk = model.random.integers(0, lean.CLASSES, workers)
        death = np.array(lean.DEATH)[risk] / lean.SCALE
        accident = np.array(lean.ACCIDENT)[risk] / lean.SCALE
        columns = {"unique_id": np.arange(workers), "death": death, "hit": death + accident}
        state = {"aware": np.zeros(workers, bool), "paid": np.full(workers, lean.NOT_MEMBER, np.int16)}
        self.add(pl.DataFrame({**columns, **state}))

    def step(self) -> None:
        """Hear, enrol or pay, face risk."""
        random, size = self.model.random, len(self)
        drawn = {name: random.random(size) for name in ("u_hear", "u_enrol", "u_lapse", "u_risk")}
        aware, paid = pl.col("aware"), pl.col("paid")
        after = (
            pl.when((paid == lean.NOT_MEMBER) & pl.col("knows") & (pl.col("u_enrol") < ENROL))
            .then(1)
            .when(paid == lean.NOT_MEMBER)
            .then(lean.NOT_MEMBER)
            .when(pl.col("u_lapse") < LAPSE)
            .then(lean.NOT_MEMBER)
            .otherwise(paid + 1)
            .cast(pl.Int16)
        )
        dies, covered = pl.col("u_risk") < pl.col("death"), pl.col("after") >= 1
        hurt = ~dies & (pl.col("u_risk") < pl.col("hit"))
        full = pl.when(pl.col("after") >= lean.FULL_AFTER).then(lean.FULL).otherwise(lean.FUNERAL)
        benefit = pl.when(dies & covered).then(full).when(hurt & covered).then(lean.CARE).otherwise(0)
        table = self.agents.with_columns(**{name: pl.Series(values) for name, values in drawn.items()})
        table = table.with_columns(knows=aware | (pl.col("u_hear") < HEAR)).with_columns(after=after)
        found = table.select(
            (pl.col("knows") & ~aware).sum().alias("heard"),
            (pl.col("knows") & ~dies).sum().alias("aware"),
            ((paid == lean.NOT_MEMBER) & covered).sum().alias("newly_enrolled"),
            ((paid != lean.NOT_MEMBER) & ~covered).sum().alias("lapsed"),
            covered.sum().alias("paid_person_months"),
            (covered.sum().cast(pl.Int64) * lean.CONTRIBUTION).alias("contributions"),
            dies.sum().alias("deaths"),
            hurt.sum().alias("accidents"),
            (dies & covered).sum().alias("death_claims"),
            (hurt & covered).sum().alias("accident_claims"),
            benefit.cast(pl.Int64).sum().alias("benefits"),
            (dies & ~covered).sum().alias("deaths_without_cover"),
        )
        for name, value in found.row(0, named=True).items():
            self.model.totals[name] += value
        kept = ["unique_id", "death", "hit", pl.col("knows").alias("aware"), pl.col("after").alias("paid")]
        self.agents = table.filter(~dies).select(kept)


class City(ModelDF):  # type: ignore[misc]
    """All workers of a city."""

    def __init__(self, workers: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.totals = dict.fromkeys(lean.QUANTITIES, 0)
        self.agents += Workers(self, workers)

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
