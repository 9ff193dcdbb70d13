"""More of a good thing never takes from anybody: same luck, more meetings, more places."""

import itertools

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsos_sim.model.context import Policy
from jamsos_sim.model.queue import Queue, queue_key
from jamsos_sim.model.status import INFORMAL, SPONSORED
from jamsos_sim.model.steps.admit import admissions
from jamsos_sim.scenario import Scenario
from tests.model.worlds import (
    MONTHLY_PRICE,
    clause,
    draft,
    draft_ledger,
    months_of,
    quantities_that_differ,
    row,
    world_under,
)

WORKERS, LAST = 2_000, "2027-12"
PLENTY = """budget.appropriation: 10_000_000_000_000, verification.capacity_per_month: 10_000_000,
  registration.capacity_per_month: 10_000_000"""
NOTHING_HIDDEN = """
  registry.stale_share: {low: 0, central: 0, high: 0}
  registry.misreported_share: {low: 0, central: 0, high: 0}
  registry.unrecorded_share: {low: 0, central: 0, high: 0}
  mobility.to_formal_annual: {low: 0, central: 0, high: 0}
  mobility.decile_up_annual: {low: 0, central: 0, high: 0}
  mobility.decile_down_annual: {low: 0, central: 0, high: 0}
  verification.integrated_miss: {low: 0, central: 0, high: 0}
"""

Statuses = npt.NDArray[np.bool_]


def town_hall(meetings: float) -> Scenario:
    """No lists of the office: everybody comes alone, and place, money and desk are there for all.

    Registries are right and nobody moves to formal work, so that a file gets the same answer in every month.
    """
    levers = (
        f"places: 10_000_000, {PLENTY}, list.cohort_months: [], "
        "verification.insurer_matching: integrated, coordination.desks: shared, "
        f"eligibility.income_ceiling: null, eligibility.minimum_age: 15, outreach.meetings: {meetings}"
    )
    return draft(f"{clause(levers)}assumptions:{NOTHING_HIDDEN}")


def enrolled_and_aware(meetings: float) -> tuple[Statuses, Statuses, Statuses]:
    """Month by person: who is enrolled, who knows of the programme, and who is alive and at work."""
    scenario = town_hall(meetings)
    where = world_under(scenario, 0, WORKERS, LAST)
    count, found = len(where.workers.birth_month), []
    for _, kernel in months_of(scenario, where):
        people = kernel.city.people
        row_of_month = np.zeros((3, count), dtype=np.bool_)
        seen = people.status.size
        row_of_month[0, :seen] = people.status == SPONSORED
        row_of_month[1, :seen] = people.is_aware == 1
        row_of_month[2, :seen] = people.presence == INFORMAL
        found.append(row_of_month)
    enrolled, aware, present = np.stack(found, axis=1)
    return enrolled, aware, present


def test_more_meetings_never_take_enrolment_or_knowledge_from_anybody() -> None:
    runs = [enrolled_and_aware(meetings) for meetings in (0.0, 0.05, 0.4, 1.0)]
    for fewer, more in itertools.pairwise(runs):
        alive = fewer[2]
        assert np.array_equal(alive, more[2])
        for before, after in zip(fewer[:2], more[:2], strict=True):
            assert np.all(after[alive] >= before[alive])
            assert after[-1].sum() > before[-1].sum()


def test_help_with_claims_takes_neither_place_nor_claim_from_anybody() -> None:
    body = clause(f"places: 10_000_000, {PLENTY}")
    runs = [
        draft_ledger(clause(f"places: 10_000_000, {PLENTY}, claims.assistance_share: {share}"))
        for share in (0.0, 0.3, 1.0)
    ]
    assert not quantities_that_differ(draft_ledger(body), runs[0])
    for less, more in itertools.pairwise(runs):
        assert row(more, "families_not_claimed").sum() < row(less, "families_not_claimed").sum()
        assert np.all(row(more, "jkm_cases").cumsum() >= row(less, "jkm_cases").cumsum())
        assert np.all(row(more, "assisted_claims") >= row(less, "assisted_claims"))
        assert row(more, "jkm_paid").sum() > row(less, "jkm_paid").sum()


def test_more_places_never_admit_fewer() -> None:
    runs = [
        draft_ledger(clause(f"places: {places}, {PLENTY}"))
        for places in (5_000, 15_000, 25_000, 40_000, 80_000)
    ]
    for fewer, more in itertools.pairwise(runs):
        assert np.all(row(more, "enrolled") >= row(fewer, "enrolled"))
        assert np.all(row(more, "admitted").cumsum() >= row(fewer, "admitted").cumsum())
        assert row(more, "covered_person_months").sum() > row(fewer, "covered_person_months").sum()


def test_more_money_never_pays_for_fewer() -> None:
    runs = [
        draft_ledger(clause(f"budget.appropriation: {money}_000_000"))
        for money in (500, 1_500, 2_500, 4_200, 9_000)
    ]
    for less, more in itertools.pairwise(runs):
        assert np.all(row(more, "city_contributions").cumsum() >= row(less, "city_contributions").cumsum())


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2**32 - 1)), max_size=60), st.data())
def test_whoever_is_admitted_is_admitted_with_more_places_too(
    people: list[tuple[int, int]], data: st.DataObject
) -> None:
    keys = np.array([queue_key(rank, order, at) for at, (rank, order) in enumerate(people)], dtype=np.int64)
    persons = np.arange(len(people))
    shuffled = np.array(data.draw(st.permutations(range(len(people)))), dtype=np.int64)
    places = data.draw(st.integers(-2, len(people) + 2))
    queue, mixed = Queue(keys, persons), Queue(keys[shuffled], persons[shuffled])
    admitted = set(queue.first(places).tolist())
    assert len(admitted) == max(0, min(places, len(people)))
    assert admitted <= set(queue.first(places + 1).tolist())
    assert admitted == set(mixed.first(places).tolist())
    assert admitted.isdisjoint(queue.rest(places).tolist())
    assert len(admitted) + queue.rest(places).size == len(people)
    by_hand = sorted(range(len(people)), key=lambda at: (people[at][0], people[at][1] >> 4, at))
    assert admitted == set(by_hand[: max(0, places)])


def policy(places: int, months_left: int) -> Policy:
    """A policy of which admission reads places and paid months left."""
    zeros = dict.fromkeys(Policy._fields, 0)
    return Policy(**{**zeros, "places": places, "paid_months_left": months_left})


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.integers(0, 40_000),
    st.integers(-(10**9), 10**10),
    st.integers(0, 40_000),
    st.integers(0, 12),
    st.integers(0, 10_000),
)
def test_admission_grows_with_places_and_money_and_stays_within_both(
    enrolled: int, money: int, places: int, months: int, more: int
) -> None:
    price = MONTHLY_PRICE
    carried = money // price
    count = admissions(enrolled, carried, policy(places, months))
    assert 0 <= count <= max(0, places - enrolled)
    assert count <= admissions(enrolled, carried, policy(places + more, months))
    assert count <= admissions(enrolled, (money + more * price) // price, policy(places, months))
    if count:
        assert (enrolled + count) * price * months <= money


def test_without_paid_months_left_nobody_is_admitted() -> None:
    assert admissions(0, 10**9, policy(1_000, 0)) == 0
    assert admissions(0, 10**9, policy(1_000, 1)) == 1_000
