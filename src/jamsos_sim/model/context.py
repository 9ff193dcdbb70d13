"""What a run holds: the columns of people and communities, and the chances, hazards and policy that act on
them.

Every noun is a `NamedTuple`, so that compiled loops and plain Python read the same fields.
"""

from typing import Annotated, NamedTuple

import numpy as np
import numpy.typing as npt

from jamsos_sim.compiled_addresses import BESIDE_THE_TABLE, addressed, with_same_table
from jamsos_sim.model.cells import Cells
from jamsos_sim.model.events import CLOSED, Diary
from jamsos_sim.model.foreseen import NOTHING_AHEAD, Ahead
from jamsos_sim.model.ledger import Totals
from jamsos_sim.model.living_terms import Earnings, Households
from jamsos_sim.model.support_terms import Support, SupportPolicy

Tiny = npt.NDArray[np.int8]
Short = npt.NDArray[np.int16]
Column = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

NOBODY_LISTED: Long = np.empty(0, dtype=np.int64)


@addressed
class People(NamedTuple):
    """One row for each person: what is true, what the registry says, and how far the person has come."""

    key: Keys
    """Key of the person's luck, made of the world's seed and the person's number."""
    order: Long
    """A draw made once, which decides among equals on a list."""
    birth_month: Column
    """Month of birth."""
    sex: Tiny
    """Sex, as the region's tables count it."""
    kelurahan: Short
    """Ward (kelurahan) of residence."""
    occupation: Tiny
    """Trade."""
    sector: Tiny
    """Sector by which the law tells contributions apart: transport or other."""
    risk_rank: Tiny
    """Rank of the trade by accident risk; 0 is the riskiest."""
    decile: Tiny
    """True welfare decile of the household; 1 is the poorest tenth."""
    decile_since: Short
    """Month in which the household last rose or fell by a decile."""
    income: Column
    """True income of an ordinary month, in rupiah."""
    community: Column
    """The community of workers to which the person belongs."""
    first_child: Column
    """Month of birth of the first child, or of none."""
    second_child: Column
    """Month of birth of the second child, or of none."""
    arrival_month: Column
    """Month in which the person takes up informal work in the city."""
    is_insured_elsewhere: Tiny
    """Whether the person is a member of the insurer through something else."""
    is_misreported: Tiny
    """Whether the record was wrong from the survey on, so that no refresh repairs it."""
    has_valid_nik: Tiny
    """Whether the identity number (NIK) is active."""
    recorded_decile: Tiny
    """Decile in the registry; 0 without a record."""
    recorded_income: Column
    """Monthly income in the registry, in rupiah."""
    age: Tiny
    """Completed years of life."""
    presence: Tiny
    """Where the person is: not arrived, in informal or formal work, retired, left, dead; or no person."""
    gone_since: Short
    """Month of the death or of the move out of the city."""
    is_aware: Tiny
    """Whether the person knows of the programme."""
    status: Tiny
    """How far the person has come: not listed, in deliberation, proposed, in registration, waiting,
    sponsored, self-paying, settled.
    """
    since: Short
    """Month since which the status lasts, or in which it was last decided on."""
    proposed_since: Short
    """Month of the last proposal."""
    failed_since: Short
    """Month of the last attempt that failed at the counter, until the person is proposed."""
    enrolled_since: Short
    """Month of the last admission to the city's list."""
    refusal: Tiny
    """Reason of the last refusal or of the end of the place."""
    is_self_paid: Tiny
    """Whether the person paid the last contribution alone."""
    last_paid_month: Short
    """Last month for which a contribution was paid."""
    run_start_month: Short
    """First month of the unbroken run of paid months."""
    paid_months: Short
    """Months paid in all."""
    stretch_since: Short
    """First month of the present stretch of paid months without any gap."""
    paid_before: Short
    """Last month paid for before that stretch."""
    event: Tiny
    """What befell the person this month: a death, an accident, or nothing."""
    hardship: Tiny
    """Code of the household's hardships (see `jamsos_sim.population.hardship_codes`)."""
    training: Tiny
    """The course that the person has been to."""
    trained_since: Short
    """Month in which the person completed it."""
    income_gain: Column
    """Rupiah a month that it adds to the person's income, as long as it lasts."""
    parcel_month: Short
    """Month of the household's last food parcel."""
    trait_cell: Short
    """First cell of the person's trade and sex; the decile is added (see `jamsos_sim.model.cells`)."""
    kecamatan_cell: Short
    """Cell of the person's kecamatan."""
    year_covered: Tiny
    """Months of this year in which the person was on the list and covered; told in cells at its end."""
    year_paid: Tiny
    """Months of this year that others paid for the person."""
    year_wrong: Tiny
    """Those of them paid although the programme is not meant for the person."""
    year_contributed: Column
    """Rupiah of the contributions of this year, by whomever."""


@addressed
class Communities(NamedTuple):
    """One row for each community of workers (paguyuban, pangkalan, lingkungan)."""

    key: Keys
    """Key of the community's luck."""
    size: Column
    """People in it when the run begins."""
    enrolled: Long
    """Members on the city's list and in informal work, from the end of a month to the next hearing."""
    claim_month: Column
    """Month in which a claim was last filed in it."""
    hearing: Long
    """Threshold below which a draw makes a member hear of the programme this month."""
    application: Long
    """Threshold below which a draw brings a member who knows to the office this month."""


@addressed
class Territory(NamedTuple):
    """One row for each kelurahan: its residents, the poor workers whom the registry showed in it when they
    were last counted, and the heirs whom its cadres have helped this month.
    """

    residents: Long
    poor_workers: Long
    helped: Long


@addressed
class Hazards(NamedTuple):
    """One world's thresholds: death by year, sex and age, and by decile in ppm of it; accidents by trade."""

    death: Annotated[Long, 3]
    fatal_accident: Long
    accident: Long
    by_decile: Long


class Rolls(NamedTuple):
    """Rows of people, nobody twice on a roll; some may no longer be concerned."""

    recipients: Long
    """Recipients, and those on the list whose death has been settled this month;"""
    files: Long
    """whoever else has a status other than `NOT_LISTED`;"""
    failed: Long
    """those whose last attempt failed at the counter;"""
    settled: Long
    """and those whose death was settled in the last month, until they are taken off the list."""

    def with_recipients(self, admitted: Long) -> "Rolls":
        """The rolls with people who are admitted."""
        if not admitted.size:
            return self
        return self._replace(recipients=np.concatenate((self.recipients, admitted)))

    def with_files(self, *proposed: Long) -> "Rolls":
        """The rolls with people who had no status before."""
        if not any(each.size for each in proposed):
            return self
        return self._replace(files=np.concatenate((self.files, *proposed)))

    def with_failed(self, failed: Long) -> "Rolls":
        """The rolls with people who fail for the first time since they last came through."""
        if not failed.size:
            return self
        return self._replace(failed=np.concatenate((self.failed, failed)))


EMPTY_ROLLS = Rolls(NOBODY_LISTED, NOBODY_LISTED, NOBODY_LISTED, NOBODY_LISTED)


@addressed
class City(NamedTuple):
    """All columns of one run: people, communities, kelurahan, hazards; the ledger, the cells and the diary
    that fill; for the kernel what it knows ahead of the run, and who is on which roll.
    """

    people: People
    communities: Communities
    territory: Territory
    hazards: Hazards
    ledger: Totals
    cells: Cells
    diary: Diary = CLOSED
    ahead: Ahead = NOTHING_AHEAD
    rolls: Annotated[Rolls, BESIDE_THE_TABLE] = EMPTY_ROLLS

    def with_rolls(self, rolls: Rolls) -> "City":
        """The same columns with other rolls."""
        return with_same_table(self._replace(rolls=rolls), self)


class Chances(NamedTuple):
    """One world's behaviour: thresholds on the scale of a draw, months, and whole numbers."""

    to_formal: int
    to_informal: int
    moving_out: int
    retirement: int
    retirement_age: int
    decile_down: int
    decile_up: int
    refresh_repair: int
    refresh_closing: int
    refresh_delay_months: int
    hear_at_meeting: int
    hear_from_peers: int
    hear_of_claim: int
    application: int
    meeting_gain: int
    attempt_failure: int
    spillover_gain: int
    return_monthly: int
    group_joins: int
    deliberation_months: int
    deliberation_miss_gone: int
    deliberation_miss_means: int
    desk_months: int
    insurer_months: int
    match_miss: int
    integrated_miss: int
    civil_months: int
    civil_miss: int
    civil_moved_miss: int
    nik_repair: int
    ground_months: int
    ground_miss: int
    handover_months: int
    handover_loss: int
    continue_alone: int
    lapse: int
    pays_rest: int
    death_grant: int
    realised_first_year: int
    realised_mature: int
    helped_first_year: int
    helped_mature: int
    death_delay_months: int
    accident_delay_months: int
    vulnerable_decile: int
    first_year: int


class Severity(NamedTuple):
    """One world's accidents that do not kill: cumulative thresholds of severity, reporting, and sizes."""

    up_to_total: int
    up_to_partial: int
    up_to_functional: int
    light_reported: int
    severe_reported: int
    disease: int
    disease_from_age: int
    disease_reported: int
    traffic: int
    partial_impairment_ppm: int
    functional_impairment_ppm: int
    days_lost: int
    medical_cost: int


class Policy(NamedTuple):
    """What the regulation says in one month, scaled to the number of workers simulated."""

    minimum_age: int
    decile_ceiling: int
    income_ceiling: int
    places: int
    places_next: int
    is_list_month: int
    candidates_ppm: int
    priority: int
    territorial_split: int
    is_count_month: int
    has_deliberation: int
    cadre_capacity: int
    verification_capacity: int
    registration_capacity: int
    registers_groups: int
    insurer_matching: int
    has_civil_matching: int
    ground_check: int
    is_recheck_month: int
    is_refresh_month: int
    has_two_desks: int
    meetings: int
    funds: tuple[int, ...]
    funding_order: tuple[int, ...]
    unit_price: int
    shortfall: int
    transfer_delay: int
    outreach_money: int
    data_money: int
    is_paid_month: int
    paid_months_left: int
    is_fiscal_start: int
    declared_base: int
    share_ppm: int
    subsidy_months: int
    is_renewable: int
    assistance: int
    death_grant: int
    support: SupportPolicy


class Prices(NamedTuple):
    """Rupiah owed for a member this month by sector: by each payer of `jamsos_sim.levers_money.FUNDERS`, by
    the recipient beside it (the rest), by who pays alone; and without relief, all of it and what payers pay.
    """

    other: tuple[int, ...]
    transport: tuple[int, ...]
    rest_other: tuple[int, ...]
    rest_transport: tuple[int, ...]
    self_other: int
    self_transport: int
    unrelieved: int
    unrelieved_share: int


class Costs(NamedTuple):
    """What work costs the city in a world, in rupiah: a record refreshed, a person checked, heirs helped, a
    meeting held, and a recipient administered for a month.
    """

    refresh: int
    insurer_check: int
    civil_check: int
    ground_check: int
    assistance: int
    meeting: int
    administration: int
    deliberation: int


class Terms(NamedTuple):
    """All that acts on people in one month, the law apart."""

    policy: Policy
    prices: Prices
    costs: Costs
    chances: Chances
    severity: Severity
    earnings: Earnings
    households: Households
    support: Support
