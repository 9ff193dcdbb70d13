"""The model's own count of who comes, moves, climbs and goes, in truth; no office of the city sees it."""

from jamsos_sim.model.agents import InformalWorker
from jamsos_sim.model.events import climb_code, move_code
from jamsos_sim.model.ledger import ROW
from jamsos_sim.model.office_work import Office
from jamsos_sim.model.steps.age import arrival_row, reaches_age_limit
from jamsos_sim.model.steps.climb import climb_row
from jamsos_sim.model.steps.move import move_row
from jamsos_sim.model.terms import Rules


class Headcount(Office):
    """Sees people before and after they grow older, move and climb, and books what has changed."""

    def see_age(self, worker: InformalWorker, rules: Rules) -> None:
        """Let a person grow older or arrive, and count it."""
        before, age, elapsed = worker.presence, worker.age, rules.moment.elapsed
        worker.grow_older(rules)
        if worker.presence != before:
            self.book(arrival_row(elapsed), elapsed)
            if elapsed > 0:
                self.tell("arrival", worker, rules)
        elif worker.age > age and reaches_age_limit(worker.age, worker.presence, rules.law):
            self.book(ROW.reached_age_limit, elapsed)
            self.tell("age_limit_reached", worker, rules)

    def see_move(self, worker: InformalWorker, rules: Rules) -> None:
        """Let a person move, and the household climb, and count it."""
        before, decile, elapsed = worker.presence, worker.decile, rules.moment.elapsed
        worker.move(rules)
        if worker.presence != before:
            row = move_row(before, worker.presence)
            self.book(row, elapsed)
            self.tell("move", worker, rules, reason=move_code(row))
        worker.climb(rules)
        if worker.decile != decile:
            row = climb_row(decile, worker.decile)
            self.book(row, elapsed)
            self.tell("decile_step", worker, rules, reason=climb_code(row))
