"""What courses, parcels and first contacts write into the list of events."""

from jamsos_sim.model.context import City, Long, Terms
from jamsos_sim.model.events import PARTY, RECEIVERS, WITH_HELP
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import BAKING, FORMAL, NOT_LISTED
from jamsos_sim.model.steps.support_parcels import GROUPS, cost_of_parcel
from jamsos_sim.model.steps.support_training import course_cost


def tell_courses(city: City, moment: Moment, terms: Terms, trained: Long) -> None:
    """Write who went to a course, who completed it, and whom it brought into formal work."""
    people, diary, month = city.people, city.diary, moment.month
    if not diary.is_open:
        return
    kinds = people.training[trained].tolist()
    spent = {"payer": PARTY["city"], "receiver": RECEIVERS["course"], "payment_month": month}
    amounts = [course_cost(kind, terms.policy.support, terms.support) for kind in kinds]
    reasons = [kind - BAKING for kind in kinds]
    diary.write("course", month, trained, reason=reasons, amount=amounts, **spent)
    diary.write("course_completed", month, trained[people.trained_since[trained] == month])
    diary.write("formal_work", month, trained[people.presence[trained] == FORMAL])


def tell_parcels(city: City, moment: Moment, terms: Terms, families: Long, group: int) -> None:
    """Write to which families of a group a parcel was brought."""
    if not city.diary.is_open:
        return
    spent = {"payer": PARTY["city"], "receiver": RECEIVERS["parcel"], "payment_month": moment.month}
    amounts = [cost_of_parcel(code, terms.support) for code in city.people.hardship[families].tolist()]
    reason = GROUPS.index(group)
    city.diary.write("parcel", moment.month, families, reason=reason, amount=amounts, **spent)


def tell_contacts(city: City, moment: Moment, met: Long, was: tuple[Long, Long]) -> None:
    """Write who met the office for the first time, who came to know and who registered, by what they were:
    aware, and how far in the programme.
    """
    people, (aware, status) = city.people, was
    city.diary.write("contact", moment.month, met, reason=people.is_aware[met] - aware)
    registered = met[(people.status[met] != NOT_LISTED) & (status == NOT_LISTED)]
    city.diary.write("proposal", moment.month, registered, reason=WITH_HELP)
