"""What is worked out once for a world is kept there, and worlds do not wait for each other."""

import threading

from jamsos_sim.model.world import Once

PATIENCE = 20


class Asked:
    """Something of which a value is worked out only when all parties are at it at the same time."""

    together = threading.Barrier(2, timeout=PATIENCE)

    @Once
    def value(self) -> object:
        """A new thing each time that it is worked out."""
        self.together.wait()
        return object()


def ask(each: Asked, found: list[object]) -> None:
    found.append(each.value)


def test_two_worlds_are_worked_out_at_the_same_time_and_each_once() -> None:
    worlds, found = [Asked(), Asked()], list[object]()
    threads = [threading.Thread(target=ask, args=(each, found)) for each in worlds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
    # Asked again alone, a value that is not kept would wait for another thread in vain.
    assert {id(each.value) for each in worlds} == {id(value) for value in found}
    assert len(found) == len(worlds)
