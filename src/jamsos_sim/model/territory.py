"""Places by territory: quotas of the kelurahan, and the order by which the least covered come first.

A quota is a first claim, not a wall: every kelurahan fills its quota from its own people in the regulation's
order; what it cannot fill goes to the others in the order of the whole city. Nobody loses a place because a
kelurahan has more than its quota. Offices count residents by the published table and poor workers by the
registry, in January and when a split by them begins.
"""

import numpy as np

from jamsos_sim.compiled import rule
from jamsos_sim.model.columns import touches
from jamsos_sim.model.context import Chances, City, Column, Long, Policy, Territory
from jamsos_sim.model.flags import rows_where
from jamsos_sim.model.queue import LAST_RANK, Queue, last_admitted, queue_key
from jamsos_sim.model.status import BY_POOR_WORKERS, BY_POPULATION, KELURAHAN_FORMULA, WHOLE_CITY
from jamsos_sim.population.workers import NO_RECORD

STEPS_OF_COVERAGE = 200
"""Steps in which the formula measures the covered share of a kelurahan: half a per cent each."""


@rule
def is_recorded_poor(recorded_decile: int, chances: Chances) -> bool:
    """Whether the registry shows a poor worker: within the deciles of vulnerable workers."""
    return bool(recorded_decile != NO_RECORD and recorded_decile <= chances.vulnerable_decile)


@rule
def coverage_rank(ahead: int, place: int, poor_workers: int) -> int:
    """Rank by the covered share that a kelurahan would reach with a person.

    Parameters: people of the kelurahan who are ahead already; the person's place in the queue of the
    kelurahan, from 0; its recorded poor workers.
    """
    return min(LAST_RANK, (ahead + place + 1) * STEPS_OF_COVERAGE // max(1, poor_workers))


def weights_of(territory: Territory, policy: Policy) -> Long:
    """What each kelurahan counts for when places are split."""
    if policy.territorial_split == BY_POPULATION:
        return territory.residents
    if policy.territorial_split == BY_POOR_WORKERS:
        return territory.poor_workers
    return np.ones_like(territory.residents)


def quotas(places: int, weights: Long) -> Long:
    """Places split in proportion to weights; those left over by rounding go to the largest remainders, then
    to the lower number. Without any weight the split is equal.
    """
    if weights.sum() == 0:
        weights = np.ones_like(weights)
    total, shares = int(weights.sum()), places * weights
    whole: Long = shares // total
    by_remainder = np.argsort(-(shares % total), kind="stable")
    whole[by_remainder[: places - int(whole.sum())]] += 1
    return whole


def has_quotas(policy: Policy) -> bool:
    """Whether places are split over the kelurahan at all."""
    return bool(policy.territorial_split != WHOLE_CITY)


def is_by_order_alone(policy: Policy) -> bool:
    """Whether the first of a queue come first, whichever kelurahan they live in."""
    return policy.priority != KELURAHAN_FORMULA and not has_quotas(policy)


def by_kelurahan(city: City, persons: Long | Column) -> Long:
    """How many of these people live in each kelurahan."""
    counts: Long = np.bincount(city.people.kelurahan[persons], minlength=city.territory.residents.size)
    return counts


def count_poor_columns(city: City, chances: Chances) -> None:
    """Count the poor workers whom the registry shows in each kelurahan."""
    recorded = city.people.recorded_decile
    poor = rows_where((recorded != NO_RECORD) & (recorded <= chances.vulnerable_decile))
    city.territory.poor_workers[:] = by_kelurahan(city, poor)


def places_in_kelurahan(city: City, queue: Queue) -> Long:
    """Place of each person in the queue of the own kelurahan, from 0."""
    in_order = np.argsort(queue.keys)
    kelurahan = city.people.kelurahan[queue.persons[in_order]]
    grouped = np.argsort(kelurahan, kind="stable")
    count = by_kelurahan(city, queue.persons)
    first = np.repeat(np.cumsum(count) - count, count)
    places = np.empty(queue.keys.size, dtype=np.int64)
    places[in_order[grouped]] = np.arange(queue.keys.size) - first
    return places


def by_formula(city: City, policy: Policy, queue: Queue, ahead: Long) -> Queue:
    """The queue as the formula by kelurahan orders it, or as it is under any other order.

    ``ahead`` counts, by kelurahan, the people who come before this queue anyway.
    """
    if policy.priority != KELURAHAN_FORMULA:
        return queue
    return Queue(formula_keys(city, queue.persons, places_in_kelurahan(city, queue), ahead), queue.persons)


@touches("people.kelurahan", "people.order", "territory.poor_workers")
def formula_keys(city: City, persons: Long, places: Long, ahead: Long) -> Long:
    """Keys by the formula of people with these places in the queues of their kelurahan."""
    people, poor_workers = city.people, city.territory.poor_workers
    keys = np.empty(persons.size, dtype=np.int64)
    for row in range(persons.size):
        person = persons[row]
        kelurahan = people.kelurahan[person]
        rank = coverage_rank(ahead[kelurahan], places[row], poor_workers[kelurahan])
        keys[row] = queue_key(rank, people.order[person], person)
    return keys


def first_within(city: City, queue: Queue, room: Long, count: int) -> Long:
    """The first ``count`` of a queue, those first for whom their kelurahan has room."""
    kelurahan = city.people.kelurahan[queue.persons]
    grouped = np.argsort(kelurahan, kind="stable")
    is_within = np.zeros(queue.keys.size, dtype=np.bool_)
    stops = np.cumsum(by_kelurahan(city, queue.persons))
    for number, stop in enumerate(stops.tolist()):
        members = grouped[0 if number == 0 else stops[number - 1] : stop]
        keys = queue.keys[members]
        is_within[members] = keys <= last_admitted(keys, int(room[number]))
    within = Queue(queue.keys[is_within], queue.persons[is_within])
    beyond = Queue(queue.keys[~is_within], queue.persons[~is_within])
    first = within.first(count)
    return np.concatenate([first, beyond.first(count - first.size)])


def first_for_places(city: City, policy: Policy, queue: Queue, enrolled: Long, count: int) -> Long:
    """Who of a waiting list is admitted where kelurahan matter: the first ``count`` by the regulation's order
    and the quotas.
    """
    ahead = by_kelurahan(city, enrolled)
    ordered = by_formula(city, policy, queue, ahead)
    if not has_quotas(policy):
        return ordered.first(count)
    return first_within(
        city, ordered, quotas(policy.places, weights_of(city.territory, policy)) - ahead, count
    )
