"""The accounts of city, insurer and workers, recomputed from the list of events alone.

Wherever a row of the ledger is a count of events or a sum of rupiah, it stands in `BOOKED` as what it counts.
The ledger fills while the model runs and these fill from the list, so that each checks the other.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.model.events import (
    ENDINGS,
    FAILED,
    FAILED_AGAIN,
    FAMILIES,
    FUNDER_PARTIES,
    KIND,
    LATE_HELP,
    LATE_MEMBER,
    MOVES,
    PARTY,
    PASSED_AGAIN,
    PROGRAMMES,
    PROVISIONS,
    QUEUED,
    REASONS,
    RELIEVED,
    SELF_PAYING_MEMBER,
    SPONSORED_MEMBER,
    TRAINED,
    WITH_COMMUNITY,
    WITH_HELP,
    WRONG,
    Events,
)
from jamsos_sim.model.ledger import APPROPRIATIONS, CONTRIBUTIONS, ROW, UNSPENT, Rows, Totals, empty_ledger
from jamsos_sim.model.status import DEATH, TOTAL, WORK_DEATH
from jamsos_sim.model.steps.queue_up import BOUNDS
from jamsos_sim.model.world import Period

COUNT, AMOUNT, DELAY = "count", "amount", "delay"
"""What is summed over events: one each, their rupiah, or their months to the payment."""

PAID = frozenset({"contribution", "claim", "benefit", "scholarship"})
"""Kinds of events that stand in the month of their payment; the others stand in their own."""

Long = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Entry(NamedTuple):
    """Events of one kind that a row of the ledger stands for.

    Attributes
    ----------
    measure:
        `COUNT`, `AMOUNT` or `DELAY`.
    when:
        Column to the values that it may have; others may have any.
    """

    kind: str
    measure: str = COUNT
    when: tuple[tuple[str, tuple[int, ...]], ...] = ()


def entry(kind: str, measure: str = COUNT, **when: int | tuple[int, ...]) -> Entry:
    """An entry whose columns have one value, or one of several."""
    values = {name: given if isinstance(given, tuple) else (given,) for name, given in when.items()}
    return Entry(kind, measure, tuple(values.items()))


def _paid_by(programme: str) -> tuple[Entry, Entry]:
    """What the insurer pays for sponsored people under JKK or JKM."""
    of_programme = tuple(code for code, name in enumerate(PROVISIONS) if name.startswith(programme))
    code, member = PROGRAMMES.index(programme), SPONSORED_MEMBER
    return (
        entry("benefit", AMOUNT, reason=of_programme, member=member),
        entry("scholarship", AMOUNT, reason=code, member=member),
    )


def _claims(programme: str, measure: str) -> tuple[Entry]:
    return (entry("claim", measure, reason=PROGRAMMES.index(programme), member=SPONSORED_MEMBER),)


_CITY, _SELF = PARTY["city"], SELF_PAYING_MEMBER

BOOKED: dict[str, tuple[Entry, ...]] = {
    **{
        Rows._fields[row]: (entry("appropriation", AMOUNT, reason=funder),)
        for funder, row in enumerate(APPROPRIATIONS)
    },
    "appropriation_revision": (entry("revision", AMOUNT),),
    **{
        Rows._fields[row]: (entry("contribution", AMOUNT, payer=FUNDER_PARTIES[funder]),)
        for funder, row in enumerate(CONTRIBUTIONS)
    },
    **{Rows._fields[row]: (entry("unspent", AMOUNT, reason=funder),) for funder, row in enumerate(UNSPENT)},
    "recipient_contributions": (entry("own_part", AMOUNT),),
    "self_contributions": (entry("contribution", AMOUNT, member=_SELF),),
    **{f"{whom}_relief": (entry("relief", AMOUNT, reason=code),) for code, whom in enumerate(RELIEVED)},
    "paid_person_months": (entry("contribution", member=SPONSORED_MEMBER),),
    "late_person_months": (entry("late_transfer"),),
    "rest_unpaid_months": (entry("own_part_unpaid"),),
    "meetings": (entry("meeting"),),
    "outreach_cost": (entry("meeting", AMOUNT, payer=_CITY),),
    "administration_cost": (entry("administration", AMOUNT, payer=_CITY),),
    **{
        f"paid_for_{whom}": (entry("contribution", member=SPONSORED_MEMBER, reason=code),)
        for code, whom in enumerate(WRONG)
        if code > 0
    },
    "unfunded_person_months": (entry("unfunded_month"),),
    "proposed": (entry("proposal"),),
    "attempts": (entry("attempt"),),
    "failed_attempts": (entry("attempt", reason=(FAILED, FAILED_AGAIN)),),
    "returned_attempts": (entry("attempt", reason=(PASSED_AGAIN, FAILED_AGAIN)),),
    "joined_by_group": (entry("proposal", reason=WITH_COMMUNITY),),
    "deliberated": (entry("deliberation"),),
    "struck_by_kelurahan": (entry("deliberation", reason=tuple(range(1, len(ENDINGS)))),),
    "deliberation_cost": (entry("deliberation", AMOUNT, payer=_CITY),),
    "lost_in_handover": (entry("file_lost"),),
    **{
        f"refused_{'identity' if reason == 'nik' else reason}": (entry("refusal", reason=code),)
        for code, reason in enumerate(ENDINGS)
        if reason not in ("eligible", "term_over")
    },
    "insurer_checks": (entry("insurer_check"),),
    "civil_checks": (entry("civil_check"),),
    "ground_checks": (entry("ground_check"),),
    "refresh_cost": (entry("registry_refresh", AMOUNT, payer=_CITY),),
    "insurer_check_cost": (entry("insurer_check", AMOUNT, payer=_CITY),),
    "civil_check_cost": (entry("civil_check", AMOUNT, payer=_CITY),),
    "ground_check_cost": (entry("ground_check", AMOUNT, payer=_CITY),),
    "admitted": (entry("admission"),),
    "subsidies_ended": (entry("place_lost"),),
    "newcomers": (entry("arrival"),),
    "reached_age_limit": (entry("age_limit_reached"),),
    "left_for_formal": (entry("move", reason=MOVES.index("to_formal")), entry("formal_work")),
    "came_from_formal": (entry("move", reason=MOVES.index("from_formal")),),
    "workers_moved_out": (entry("move", reason=MOVES.index("worker_out_of_city")),),
    "others_moved_out": (entry("move", reason=MOVES.index("former_worker_out_of_city")),),
    "retired": (entry("move", reason=MOVES.index("retirement")),),
    "disabled": (entry("accident", reason=TOTAL),),
    "decile_risen": (entry("decile_step", reason=REASONS["decile_step"].index("risen")),),
    "decile_fallen": (entry("decile_step", reason=REASONS["decile_step"].index("fallen")),),
    "deaths": (entry("death"),),
    "worker_deaths": (entry("death", reason=(DEATH, WORK_DEATH)),),
    "work_deaths": (entry("death", reason=WORK_DEATH),),
    "accidents": (entry("accident"),),
    "jkk_cases": _claims("jkk", COUNT),
    "jkk_paid": _paid_by("jkk"),
    "jkk_months_to_payment": _claims("jkk", DELAY),
    "jkm_cases": _claims("jkm", COUNT),
    "jkm_paid": _paid_by("jkm"),
    "jkm_months_to_payment": _claims("jkm", DELAY),
    "self_cases": (entry("claim", member=_SELF),),
    "self_paid": (entry("benefit", AMOUNT, member=_SELF), entry("scholarship", AMOUNT, member=_SELF)),
    "self_months_to_payment": (entry("claim", DELAY, member=_SELF),),
    "scholarships_paid": (entry("scholarship", AMOUNT),),
    "liability_cases": (entry("claim", member=LATE_MEMBER),),
    "liability_paid": (
        entry("benefit", AMOUNT, member=LATE_MEMBER),
        entry("scholarship", AMOUNT, member=LATE_MEMBER),
    ),
    "liability_months_to_payment": (entry("claim", DELAY, member=LATE_MEMBER),),
    "death_grants": (entry("death_grant"),),
    "death_grants_paid": (entry("death_grant", AMOUNT, payer=_CITY),),
    "death_grants_avoided": (entry("death_grant_avoided"),),
    "death_grants_avoided_cost": (entry("death_grant_avoided", AMOUNT),),
    "assisted_claims": (entry("claim_assistance"),),
    "claims_beyond_cadres": (entry("claim_unassisted"),),
    "heirs_queued": (entry("claim_unassisted", reason=QUEUED),),
    "assisted_after_waiting": (entry("claim_assistance", reason=LATE_HELP),),
    "assistance_cost": (entry("claim_assistance", AMOUNT, payer=_CITY),),
    "continued_alone": (entry("self_payment_begun"),),
    "continued_trained": (entry("self_payment_begun", reason=TRAINED),),
    **{f"trained_{course}": (entry("course", reason=code),) for code, course in enumerate(REASONS["course"])},
    "courses_completed": (entry("course_completed"),),
    "trained_to_formal": (entry("formal_work"),),
    "training_cost": (entry("course", AMOUNT, payer=_CITY),),
    **{f"parcels_{group}": (entry("parcel", reason=code),) for code, group in enumerate(REASONS["parcel"])},
    "parcels_cost": (entry("parcel", AMOUNT, payer=_CITY),),
    "contacts": (entry("contact"),),
    "informed_at_contact": (entry("contact", reason=REASONS["contact"].index("informed")),),
    "helped_registrations": (entry("proposal", reason=WITH_HELP),),
    **{f"families_{family}": (entry("death", family=code),) for code, family in enumerate(FAMILIES)},
    "gap_waiting_loss": (entry("gap_loss", AMOUNT),),
    "unprotected_loss": (entry("loss", AMOUNT),),
}
"""Row of the ledger to the events that it sums."""

LATE = dict(zip(BOUNDS, range(ROW.admitted_over_3_months, ROW.admitted_over_12_months + 1), strict=True))
"""Months from proposal to place to the row that counts the people admitted after more than these."""

DERIVED = (
    "scholarships_promised",
    "months_waited",
    "months_waited_for_help",
    *(Rows._fields[row] for row in LATE.values()),
)
"""Rows that follow from several events of one person."""

OF_INCOMES = ("recipients_", "self_payers_", "bereaved_", "injured_")
"""Beginnings of rows that count people and households by their incomes."""

BY_STATE = (
    "starting_workers",
    "covered_person_months",
    "graduated",
    "training_income_gain",
    "parcels_income_gain",
    "occupational_diseases",
    *(name for name in Rows._fields if name.startswith(OF_INCOMES)),
)
"""Rows that count states of people; like the stocks, they are no sums over events."""


def is_meant(events: Events, wanted: Entry) -> Mask:
    """Which events an entry stands for."""
    found: Mask = events.kind == KIND[wanted.kind]
    for name, values in wanted.when:
        found &= np.isin(getattr(events, name), values)
    return found


def ledger_of(events: Events, period: Period) -> Totals:
    """The ledger of a run from its events; rows that are not in `BOOKED` or `DERIVED` are nought.

    Payments after the end of the period are promised and not booked.
    """
    ledger = empty_ledger(period.stop - period.start)
    for name, (months, amounts) in {
        "scholarships_promised": scholarships_promised(events),
        "months_waited": months_waited(events),
        "months_waited_for_help": months_waited_for_help(events),
    }.items():
        _add(ledger[getattr(ROW, name)], months - period.start, amounts)
    admitted, delay = months_waited(events)
    for bound, row in LATE.items():
        _add(ledger[row], admitted[delay > bound] - period.start, np.ones_like(delay[delay > bound]))
    for name, entries in BOOKED.items():
        for wanted in entries:
            found = np.flatnonzero(is_meant(events, wanted))
            months = events.payment_month if wanted.kind in PAID else events.month
            _add(ledger[getattr(ROW, name)], months[found] - period.start, _measured(events, wanted, found))
    return ledger


def scholarships_promised(events: Events) -> tuple[Long, Long]:
    """Months of first payment of the claims, and rupiah of all their scholarships, paid or still to come."""
    claim, scholarship = KIND["claim"], KIND["scholarship"]
    filed, promised = np.flatnonzero(events.kind == claim), np.flatnonzero(events.kind == scholarship)
    # A person has at most one claim of a month.
    keys, promise_keys = (_person_and_month(events, found) for found in (filed, promised))
    order = np.argsort(keys)
    of_claim = filed[order[np.searchsorted(keys[order], promise_keys)]]
    return events.payment_month[of_claim].astype(np.int64), events.amount[promised].astype(np.int64)


def months_waited(events: Events) -> tuple[Long, Long]:
    """Months of admission, and months since the latest proposal of the same person."""
    admission, proposal = KIND["admission"], KIND["proposal"]
    admitted, proposed = np.flatnonzero(events.kind == admission), np.flatnonzero(events.kind == proposal)
    keys = np.sort(_person_and_month(events, proposed))
    own = _person_and_month(events, admitted)
    latest = keys[np.searchsorted(keys, own, side="right") - 1]
    return events.month[admitted].astype(np.int64), own - latest


def months_waited_for_help(events: Events) -> tuple[Long, Long]:
    """Months in which heirs who had waited were helped, and months since the death."""
    late = is_meant(events, entry("claim_assistance", reason=LATE_HELP))
    helped, died = np.flatnonzero(late), np.flatnonzero(events.kind == KIND["death"])
    order = died[np.argsort(events.person[died])]
    own = order[np.searchsorted(events.person[order], events.person[helped])]
    month = events.month[helped].astype(np.int64)
    return month, month - events.month[own]


def _person_and_month(events: Events, found: Long) -> Long:
    return (events.person[found].astype(np.int64) << 32) + events.month[found]


def _measured(events: Events, wanted: Entry, found: Long) -> Long:
    if wanted.measure == COUNT:
        return np.ones(found.size, dtype=np.int64)
    if wanted.measure == AMOUNT:
        return events.amount[found].astype(np.int64)
    return (events.payment_month[found] - events.month[found]).astype(np.int64)


def _add(row: Long, at: npt.NDArray[np.signedinteger[Any]], amounts: Long) -> None:
    is_within = at < row.size
    np.add.at(row, at[is_within], amounts[is_within])
