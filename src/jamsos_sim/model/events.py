"""The list of events of a run (daftar kejadian): one row for everything that happens and every rupiah that
moves.

An event has a month, a person, a kind and a reason; money has payer, receiver and the month in which it is
paid. A person is the row of the world's people and never an identity. Both models write the same list; the
accounts of city and insurer are sums over it (`model.accounts`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.levers_money import FUNDERS
from jamsos_sim.model import ledger
from jamsos_sim.model.month import Moment
from jamsos_sim.model.status import NEVER

Whole = npt.NDArray[np.signedinteger[Any]]

NOBODY = -1
"""Person of an event that is nobody's own, such as a budget decision."""

KINDS = (
    "arrival",
    "age_limit_reached",
    "move",
    "decile_step",
    "appropriation",
    "revision",
    "registry_refresh",
    "list_closed",
    "place_lost",
    "self_payment_begun",
    "meeting",
    "course",
    "course_completed",
    "formal_work",
    "parcel",
    "contact",
    "attempt",
    "proposal",
    "deliberation",
    "insurer_check",
    "civil_check",
    "ground_check",
    "file_lost",
    "refusal",
    "acceptance",
    "turned_away",
    "admission",
    "contribution",
    "own_part",
    "relief",
    "late_transfer",
    "own_part_unpaid",
    "unfunded_month",
    "lapse",
    "administration",
    "unspent",
    "death",
    "accident",
    "loss",
    "gap_loss",
    "claim_assistance",
    "claim_unassisted",
    "death_grant",
    "death_grant_avoided",
    "claim",
    "benefit",
    "scholarship",
)
"""Kinds of events, by code, in the order of the month.

- ``arrival``: somebody new takes up informal work after the run has begun; ``age_limit_reached``: an informal
  worker reaches the age from which on nobody is registered; ``move``: somebody changes to formal work or
  back, leaves the city, or stops working at an old age; ``decile_step``: a household rises or falls by one
- ``appropriation``: a payer's decision on money, original or revised, as the change of what is authorised;
  ``revision``: that of the city's budget within a year; ``unspent``: what a payer has left when the year ends
- ``meeting``, ``administration``: what the city spends on outreach and on its list
- ``registry_refresh``, ``insurer_check``, ``civil_check``, ``ground_check``: what the city spends on its data
- ``list_closed``: a settled death leaves the list
- ``place_lost``: the subsidy ends, for a reason; ``eligible`` means places cut, or a term that can be renewed
- ``self_payment_begun``, ``lapse``: a former recipient goes on alone, or stops paying
- ``course``, ``course_completed``, ``formal_work``: somebody goes to a course, completes
  it, finds formal work by it
- ``parcel``: a food parcel is brought to a family; ``contact``: somebody meets the office for the
  first time by a course or a parcel
- ``attempt``, ``proposal``: somebody comes to the office; somebody's file goes to verification
- ``deliberation``: the ward strikes a candidate off for a reason, or sends the file on (``eligible``)
- ``file_lost``, ``refusal``, ``acceptance``: how verification ends; ``turned_away``: there are no places left
- ``admission``: somebody is given a place
- ``contribution``: a month of cover is paid; of a recipient's, the reason says for whom it should not have
  been; ``own_part``: what the recipient pays of it; ``relief``: what the law lets its
  payer off; ``late_transfer``: that it reaches the insurer late
- ``unfunded_month``: a planned month that nobody had money for; ``own_part_unpaid``: one lost because the
  recipient did not pay the own part
- ``death``, ``accident``: covered or not; of a vulnerable worker's death, what became of the family
- ``loss``: what full cover would have paid a vulnerable worker whom it did not cover; nobody pays it
- ``gap_loss``: what heirs lose because unpaid months started the waiting months again; nobody pays it
- ``claim_assistance``: the ward helps the heirs, in the month of the death or after they have waited;
  ``claim_unassisted``: it would have in the month of the death, had its cadres had time;
  ``death_grant``: the city pays its own grant; ``death_grant_avoided``: it would have, if the insurance had
  not replaced it
- ``claim``: a claim that will be paid; ``benefit``: one provision of it; ``scholarship``: one of its yearly
  payments
"""

KIND = {name: code for code, name in enumerate(KINDS)}

PARTIES = (
    "nobody",
    "city",
    "worker",
    "insurer",
    "family",
    "clinic",
    "registry_office",
    "civil_registry",
    "ward",
    "province",
    "village",
    "csr",
    "baznas",
    "donors",
    "office",
    "trainer",
    "supplier",
)
"""Who pays and who receives, by code."""
PARTY = {name: code for code, name in enumerate(PARTIES)}

FUNDER_PARTIES = tuple(PARTY[funder] for funder in FUNDERS)
"""Code of the party of each payer of contributions for recipients."""

MEMBERS = ("none", "sponsored", "self_paying", "sponsored_late")
"""Whose cover an event falls under, by code: nobody's, the city's, the worker's own, or the city's which its
late transfer has lost and of which it bears the benefit.
"""
NO_MEMBER, SPONSORED_MEMBER, SELF_PAYING_MEMBER, LATE_MEMBER = range(4)

ENDINGS = (
    "eligible",
    "age",
    "decile",
    "income",
    "insured",
    "nik",
    "not_found",
    "duplicate",
    "not_working",
    "term_over",
)
"""Why a file is refused or a place lost, by the codes of `law.eligibility` and `model.status`."""
WRONG = ("meant", "duplicates", "dead", "moved", "retired", "insured", "better_off")
"""For whom the city pays a month, by code; see the ledger's rows ``paid_for_...``."""
MOVES = ("to_formal", "from_formal", "worker_out_of_city", "former_worker_out_of_city", "retirement")
"""How somebody moves, by code, in the order of the ledger's rows."""
RELIEVED = ("city", "other_payers", "own_part", "self_paid")
"""Whom relief lets off, by code, in the order of the ledger's rows."""
PROVISIONS = (
    "jkk_care",
    "jkk_incapacity",
    "jkk_disability",
    "jkk_lump_sum",
    "jkk_periodic",
    "jkk_funeral",
    "jkm_lump_sum",
    "jkm_periodic",
    "jkm_funeral",
    "jkm_within_waiting",
)
"""Provisions that a claim is paid under, by code."""
JKM, JKK = range(2)
PROGRAMMES = ("jkm", "jkk")
"""Insurance of a claim, by code."""
BY_OFFICE, BY_APPLICATION, WITH_HELP, WITH_COMMUNITY = range(4)
UNTRAINED, TRAINED = range(2)
AT_ONCE, LATE_HELP = range(2)
FILED_ALONE, QUEUED = range(2)
PASSED, FAILED, PASSED_AGAIN, FAILED_AGAIN = range(4)

REASONS: Mapping[str, tuple[str, ...]] = {
    "move": MOVES,
    "decile_step": ("risen", "fallen"),
    "appropriation": FUNDERS,
    "unspent": FUNDERS,
    "place_lost": ENDINGS,
    "attempt": ("passed", "failed", "passed_again", "failed_again"),
    "proposal": ("by_office", "by_application", "with_help", "with_community"),
    "deliberation": ENDINGS,
    "self_payment_begun": ("untrained", "trained"),
    "course": ("baking", "massage", "certified"),
    "parcel": ("stunting", "tuberculosis", "disability", "remote"),
    "contact": ("nothing_new", "informed"),
    "refusal": ENDINGS,
    "contribution": WRONG,
    "relief": RELIEVED,
    "death": ("other", "work", "accident", "out_of_informal_work"),
    "accident": ("temporary", "functional", "partial", "total"),
    "loss": ("other", "work", "accident", "out_of_informal_work"),
    "gap_loss": ("other", "work", "accident", "out_of_informal_work"),
    "claim_assistance": ("at_once", "after_waiting"),
    "claim_unassisted": ("filed_alone", "waits"),
    "claim": PROGRAMMES,
    "benefit": PROVISIONS,
    "scholarship": PROGRAMMES,
}
"""Kind to the names of its reasons, by code; other kinds have one reason, 0."""

FAMILIES = tuple(name.removeprefix("families_") for name in ledger.FAMILIES)
"""What became of the family of a vulnerable worker who died, by code; `NEVER` for any other event."""


RECEIVERS = {
    "registry_refresh": PARTY["registry_office"],
    "insurer_check": PARTY["insurer"],
    "civil_check": PARTY["civil_registry"],
    "ground_check": PARTY["ward"],
    "course": PARTY["trainer"],
    "parcel": PARTY["supplier"],
    "meeting": PARTY["office"],
    "administration": PARTY["office"],
    "deliberation": PARTY["ward"],
}
"""Whom the city pays for work, by kind of event."""


def wrong_code(row: int) -> int:
    """Code of `WRONG` for a row of the ledger, or for `NEVER`."""
    return 0 if row == NEVER else row - ledger.ROW.paid_for_duplicates + 1


def move_code(row: int) -> int:
    """Code of `MOVES` for a row of the ledger."""
    return row - ledger.ROW.left_for_formal


def relief_code(row: int) -> int:
    """Code of `RELIEVED` for a row of the ledger."""
    return row - ledger.ROW.city_relief


def climb_code(row: int) -> int:
    """Code of the reasons of a household's step, for a row of the ledger."""
    return row - ledger.ROW.decile_risen


def family_code(row: int) -> int:
    """Code of `FAMILIES` for a row of the ledger, or `NEVER`."""
    return NEVER if row == NEVER else row - ledger.ROW.families_full


class Events(NamedTuple):
    """Columns of a list of events.

    ``month`` is that of the event, or of the decision from which a payment follows; ``payment_month`` that in
    which the money is paid, which may lie beyond the run, or `NEVER`. ``person`` is a row of the world.
    """

    month: Whole
    kind: Whole
    person: Whole
    reason: Whole
    member: Whole
    family: Whole
    payer: Whole
    receiver: Whole
    amount: Whole
    payment_month: Whole


SIZES = {"month": "i4", "person": "i4", "amount": "i8", "payment_month": "i4"}
"""Column to the kind of its whole numbers; others hold codes in one byte."""
PLAIN = dict.fromkeys(Events._fields, 0) | {"person": NOBODY, "family": NEVER, "payment_month": NEVER}
"""An event without anything to say of it."""


def columns_of(values: Mapping[str, npt.ArrayLike], shape: tuple[int, ...]) -> Events:
    """Columns of one shape from values for all events or one for each."""
    return Events(
        *(
            np.broadcast_to(np.asarray(values[name], dtype=SIZES.get(name, "i1")), shape)
            for name in Events._fields
        )
    )


class Diary:
    """Where a run writes its events; a closed one takes none and costs nothing.

    Attributes
    ----------
    is_open:
        Whether events are kept; who must work for an event asks first.
    """

    def __init__(self, is_open: bool) -> None:
        self.is_open = is_open
        self._parts: list[Events] = []
        self._amended: list[tuple[str, int, int, dict[str, int]]] = []
        self._rows: list[dict[str, int]] = []

    def copy(self) -> "Diary":
        """A diary of a run that goes on by itself."""
        twin = Diary(self.is_open)
        twin._parts, twin._rows, twin._amended = list(self._parts), list(self._rows), list(self._amended)
        return twin

    def tell(self, kind: str, month: int, person: int, **said: int) -> None:
        """Write one event; what is not said of it is as in `PLAIN`."""
        if self.is_open:
            self._rows.append(PLAIN | {"kind": KIND[kind], "month": month, "person": person} | said)

    def write(self, kind: str, month: int, persons: npt.NDArray[Any], **said: npt.ArrayLike) -> None:
        """Write one event for each of these people; what is said is one value for all or one for each."""
        if self.is_open and persons.size:
            of_all = PLAIN | {"kind": KIND[kind], "month": month}
            self._parts.append(columns_of({**of_all, "person": persons, **said}, persons.shape))

    def amend(self, kind: str, month: int, person: int, **said: int) -> None:
        """Change what was said of an event, because what came of it is known only later."""
        if self.is_open:
            self._amended.append((kind, month, person, said))

    def events(self) -> Events:
        """Everything written, in an order that does not depend on who wrote first."""
        told = {name: [row[name] for row in self._rows] for name in Events._fields}
        parts = [*self._parts, columns_of(told, (len(self._rows),))]
        joined = Events(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
        for kind, month, person, said in self._amended:
            found = (joined.kind == KIND[kind]) & (joined.month == month) & (joined.person == person)
            for name, value in said.items():
                getattr(joined, name)[found] = value
        order = np.lexsort(joined[::-1])
        return Events(*(column[order] for column in joined))


CLOSED = Diary(is_open=False)
"""The diary of a run of whose events nobody asked."""


def tell_money(city: Any, moment: Moment, kind: str, rows: tuple[int, ...]) -> None:
    """Write what a city's ledger says this month of each payer's money; nothing where it is nought."""
    for funder, row in enumerate(rows):
        amount = int(city.ledger[row, moment.elapsed])
        if amount:
            city.diary.tell(kind, moment.month, NOBODY, reason=funder, amount=amount)
