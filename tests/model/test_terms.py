"""What a scenario means is resolved once for all worlds of one scale, and alike in each."""

from jamsos_sim.model.terms import WHOLE_CITY, resolved_months, rules_of
from jamsos_sim.scenario import load_scenario
from tests.model.worlds import world


def test_whole_cities_share_what_a_scenario_means_and_differ_in_their_people() -> None:
    scenario = load_scenario("program_berjalan")
    ours, theirs = (rules_of(scenario, world(number, None, "2023-12")) for number in (0, 1))
    assert len(ours) == len(theirs) == 12
    assert all(one.terms.policy is other.terms.policy for one, other in zip(ours, theirs, strict=True))
    assert ours[0].terms.chances != theirs[0].terms.chances


def test_another_scale_and_another_scenario_are_resolved_by_themselves() -> None:
    where = world(0, 300, "2023-12")
    base, draft = load_scenario("program_berjalan"), load_scenario("tambah_kuota")
    whole = resolved_months(base, where.period, where.scale._replace(simulated=where.scale.city))
    small = resolved_months(base, where.period, where.scale)
    assert (
        whole[0].policy.places
        > small[0].policy.places
        == where.scale.of(base.levers_at(where.period.start).places)
    )
    other = resolved_months(draft, where.period, where.scale)
    assert [each.moment for each in other] == [each.moment for each in small]
    kept = [resolved_months(draft, where.period, WHOLE_CITY) for _ in range(2)]
    assert kept[0] is kept[1] is not resolved_months(base, where.period, WHOLE_CITY)
