"""People and their communities as agents of the model to read."""

import mesa

from jamsos_sim import chance
from jamsos_sim.law.coverage import Membership, after_payment
from jamsos_sim.law.eligibility import Record, is_social_aid_open
from jamsos_sim.law.selectors import MEMBER_NONE
from jamsos_sim.model.context import City
from jamsos_sim.model.status import (
    ACCIDENT,
    DEAD,
    FORMAL,
    INFORMAL,
    LEFT,
    NEVER,
    NOT_LISTED,
    SPONSORED,
)
from jamsos_sim.model.steps.age import age_in, presence_after_arrival
from jamsos_sim.model.steps.budget_lines import is_held
from jamsos_sim.model.steps.claim import Case
from jamsos_sim.model.steps.climb import decile_after, income_after, step_of_year
from jamsos_sim.model.steps.come_again import comes_again
from jamsos_sim.model.steps.contribute import is_new_stretch, keeps_paying, pays_rest
from jamsos_sim.model.steps.cover import Cover, arrival_of, cover_of
from jamsos_sim.model.steps.deliberate import (
    Neighbour,
    decile_in_deliberation,
    deliberation_reason,
    first_status,
)
from jamsos_sim.model.steps.earn import Burden, burden_of, continue_threshold, lapse_threshold, monthly_income
from jamsos_sim.model.steps.examine import Drawn, Subject, examination, is_visited
from jamsos_sim.model.steps.face_risk import OLDEST, death_threshold, event_of
from jamsos_sim.model.steps.hear import application_threshold, hearing_threshold, is_moved
from jamsos_sim.model.steps.household import Home, children_born, home_of, with_parcel
from jamsos_sim.model.steps.injury import Luck, is_disease, luck_of
from jamsos_sim.model.steps.move import is_here, mobility_of, presence_after_move
from jamsos_sim.model.steps.prices import whole_price
from jamsos_sim.model.steps.propose import is_barred, may_apply
from jamsos_sim.model.steps.refresh_registry import (
    Entry,
    months_since_change,
    recorded_after_refresh,
    status_after_subsidy,
)
from jamsos_sim.model.steps.support_contact import learns_at_contact
from jamsos_sim.model.steps.support_parcels import Family, is_in_need, parcel_income_at_end, parcel_income_in
from jamsos_sim.model.steps.support_training import (
    Invitee,
    gain_in_continuing,
    income_gain_in,
    income_gain_of,
    may_be_trained,
    takes_formal_work,
)
from jamsos_sim.model.terms import Rules
from jamsos_sim.units import MONTHS_PER_YEAR, year_of


class Community(mesa.Agent):
    """A stand, market or neighbourhood of 20 to 50 workers, in which news travels (paguyuban, pangkalan)."""

    def __init__(self, model: mesa.Model, city: City, number: int) -> None:
        super().__init__(model)
        self.key = int(city.communities.key[number])
        self.size = int(city.communities.size[number])
        self.members: list[InformalWorker] = []
        self.claim_month = NEVER
        self.hearing = 0
        self.application = 0

    def gather(self, rules: Rules) -> None:
        """What the community does to its members: outreach comes, friends tell, a claim is talked about."""
        month, chances = rules.moment.month, rules.terms.chances
        enrolled = sum(member.status == SPONSORED and member.presence == INFORMAL for member in self.members)
        meets = int(is_held(chance.draw(self.key, month, chance.DECISION_MEETING), rules.terms.policy))
        has_claim = self.claim_month == month - 1
        self.hearing = hearing_threshold(meets, enrolled, self.size, has_claim, chances)
        self.application = application_threshold(meets, chances)


class InformalWorker(mesa.Agent):
    """An informal worker (pekerja informal): ages, moves, hears, applies, pays, faces risk."""

    def __init__(self, model: mesa.Model, city: City, number: int, community: Community) -> None:
        super().__init__(model)
        row = {name: column[number] for name, column in city.people._asdict().items()}
        self.number = number
        self.community = community
        community.members.append(self)
        self.key = int(row["key"])
        self.order = int(row["order"])
        self.birth_month = int(row["birth_month"])
        self.sex = int(row["sex"])
        self.occupation = int(row["occupation"])
        self.sector = int(row["sector"])
        self.kelurahan = int(row["kelurahan"])
        self.risk_rank = int(row["risk_rank"])
        self.decile = int(row["decile"])
        self.income = self.first_income = int(row["income"])
        self.children = (int(row["first_child"]), int(row["second_child"]))
        self.arrival_month = int(row["arrival_month"])
        self.is_insured_elsewhere = int(row["is_insured_elsewhere"]) == 1
        self.is_misreported = int(row["is_misreported"]) == 1
        self.has_valid_nik = int(row["has_valid_nik"])
        self.recorded_decile = int(row["recorded_decile"])
        self.recorded_income = int(row["recorded_income"])
        self.is_aware = int(row["is_aware"]) == 1
        self.presence = int(row["presence"])
        self.gone_since = int(row["gone_since"])
        self.status = int(row["status"])
        self.refusal = int(row["refusal"])
        self.membership = Membership(NEVER, NEVER, 0)
        self.is_self_paid = False
        self.stretch_since = self.paid_before = NEVER
        self.age = 0
        self.since = self.proposed_since = self.enrolled_since = self.decile_since = NEVER
        self.failed_since = NEVER
        self.event = NEVER
        self.hardship = int(row["hardship"])
        self.training = int(row["training"])
        self.trained_since = self.parcel_month = NEVER
        self.income_gain = 0
        self.year_covered = self.year_paid = self.year_wrong = self.year_contributed = 0
        self.trait_cell, self.kecamatan_cell = int(row["trait_cell"]), int(row["kecamatan_cell"])

    @property
    def cells(self) -> tuple[int, int]:
        """The person's cells (see `jamsos_sim.model.cells`)."""
        return self.trait_cell + self.decile, self.kecamatan_cell

    def draw(self, month: int, decision: int) -> int:
        """The person's draw for a decision of a month."""
        return chance.draw(self.key, month, decision)

    def recurring_draw(self, month: int, decision: int) -> int:
        """The person's draw for a decision that is asked of everybody in every month."""
        return chance.recurring_draw(self.key, month, decision)

    def grow_older(self, rules: Rules) -> None:
        month = rules.moment.month
        self.age = age_in(self.birth_month, month)
        self.presence = presence_after_arrival(self.presence, self.arrival_month, month)

    def move(self, rules: Rules) -> None:
        if is_here(self.presence):
            month = rules.moment.month
            drawn = self.recurring_draw(month, chance.DECISION_MOVE)
            presence = presence_after_move(self.presence, self.age, drawn, mobility_of(rules.terms.chances))
            self.be_at(presence, month)

    def climb(self, rules: Rules) -> None:
        """Rise or fall by a decile with the household, at most once a year."""
        month, chances = rules.moment.month, rules.terms.chances
        drawn = self.draw(month - month % MONTHS_PER_YEAR, chance.DECISION_DECILE_STEP)
        step = step_of_year(drawn, chances.decile_down, chances.decile_up)
        is_now = step.deciles != 0 and step.month == month % MONTHS_PER_YEAR and month > self.arrival_month
        after = decile_after(self.decile, step.deciles)
        if is_now and is_here(self.presence) and after != self.decile:
            share_ppm = rules.terms.earnings.step_ppm
            self.income = income_after(self.income, self.first_income, step.deciles, share_ppm)
            self.decile, self.decile_since = after, month

    def be_at(self, presence: int, month: int) -> None:
        """Be somewhere from a month on; who dies or leaves is gone since then."""
        self.presence = presence
        if presence in (DEAD, LEFT):
            self.gone_since = month

    def correct_record(self, rules: Rules) -> None:
        """The registry is refreshed; a wrong record may be put right."""
        came = max(self.arrival_month, self.decile_since)
        since = months_since_change(self.presence, self.gone_since, came, rules.moment)
        entry = Entry(self.recorded_decile, self.decile, self.is_misreported, self.presence, since)
        drawn = self.draw(rules.moment.month, chance.DECISION_REFRESH)
        self.recorded_decile = recorded_after_refresh(entry, drawn, rules.terms.chances)

    @property
    def record(self) -> Record:
        """What the registries say of this person, memberships apart."""
        return Record(self.age, self.recorded_decile, self.recorded_income, MEMBER_NONE, self.has_valid_nik)

    def be_examined(self, rules: Rules) -> int:
        """Be checked as candidate or recipient: `ELIGIBLE` or a reason; what came to light is put right."""
        month = rules.moment.month
        subject = Subject(
            self.presence,
            self.decile,
            self.is_insured_elsewhere or self.presence == FORMAL,
            self.status == SPONSORED,
            self.record,
        )
        drawn = Drawn(
            self.draw(month, chance.DECISION_GROUND_VISIT),
            self.draw(month, chance.DECISION_GROUND),
            self.draw(month, chance.DECISION_CIVIL),
            self.draw(month, chance.DECISION_NIK_REPAIR),
            self.draw(month, chance.DECISION_MATCH),
        )
        result = examination(subject, drawn, rules.terms, rules.law)
        self.recorded_decile, self.has_valid_nik = result.recorded_decile, result.has_valid_nik
        return result.reason

    def is_visited(self, rules: Rules) -> bool:
        """Whether a check of this month comes with a visit."""
        drawn = self.draw(rules.moment.month, chance.DECISION_GROUND_VISIT)
        return is_visited(drawn, rules.terms.policy)

    def hear(self, rules: Rules) -> None:
        if self.is_aware or self.presence != INFORMAL:
            return
        self.is_aware = self.recurring_draw(rules.moment.month, chance.DECISION_HEAR) < self.community.hearing

    def is_barred(self, month: int) -> bool:
        """Whether a refusal still stands in the person's way."""
        return is_barred(self.refusal, month - self.since)

    def comes_to_the_office(self, rules: Rules) -> bool:
        """Whether this person tries to register this month."""
        month = rules.moment.month
        if not self.is_free_to_come(month):
            return False
        drawn = self.recurring_draw(month, chance.DECISION_APPLY)
        if drawn >= self.community.application:
            return False
        return is_moved(drawn, self.recurring_draw(month, chance.DECISION_HEAR), rules.terms.chances)

    @property
    def support_order(self) -> int:
        """A draw of a lifetime that decides among equals in the queues of the support programmes."""
        return self.draw(0, chance.DECISION_SUPPORT_ORDER)

    def may_be_trained(self, course: int, rules: Rules) -> bool:
        """Whether the office may invite this person to a course."""
        invitee = Invitee(self.presence, self.training, self.age, self.recorded_decile, self.hardship)
        return may_be_trained(invitee, course, rules.terms.policy, rules.law)

    def attend(self, course: int, rules: Rules) -> None:
        """Go to a course; who completes it earns more, or finds formal work."""
        month, policy, support = rules.moment.month, rules.terms.policy.support, rules.terms.support
        self.training = course
        if self.draw(month, chance.DECISION_COMPLETE) >= support.completion:
            return
        self.trained_since, self.income_gain = month, income_gain_of(course, policy, support)
        drawn = self.draw(month, chance.DECISION_FORMAL_WORK)
        if takes_formal_work(course, drawn, policy, support):
            self.be_at(FORMAL, month)

    def income_gain_in(self, rules: Rules) -> int:
        """Rupiah that training adds to this person's income this month."""
        return income_gain_in(rules.moment.month, self.trained_since, self.income_gain, rules.terms.support)

    def may_get_parcel(self, group: int, rules: Rules) -> bool:
        """Whether the family belongs to a group of families in need and has had no parcel this month."""
        family = Family(self.presence, self.hardship, *self.children, self.recorded_decile)
        if self.parcel_month == rules.moment.month or not is_social_aid_open(self.recorded_decile, rules.law):
            return False
        return is_in_need(family, group, rules.moment.month)

    def learn_at_contact(self, rules: Rules) -> None:
        """Hear of the programme from the office's people."""
        drawn = self.draw(rules.moment.month, chance.DECISION_HEAR_AT_CONTACT)
        if learns_at_contact(self.presence, self.is_aware, drawn, rules.terms.support):
            self.is_aware = True

    def registers_with_help(self, rules: Rules) -> bool:
        """Whether this person registers at once with the office's help."""
        if not may_apply(self.presence, self.status, self.is_aware, self.is_barred(rules.moment.month)):
            return False
        drawn = self.draw(rules.moment.month, chance.DECISION_HELPED_REGISTRATION)
        return drawn < rules.terms.support.registration_help

    def comes_again(self, rules: Rules) -> bool:
        """Whether this person comes again after an attempt that failed."""
        month = rules.moment.month
        if self.failed_since == NEVER or not self.is_free_to_come(month):
            return False
        drawn = self.draw(month, chance.DECISION_RETURN)
        return comes_again(self.failed_since, month, drawn, rules.terms.chances)

    def joins_group(self, rules: Rules) -> bool:
        """Whether this person joins when the community registers together."""
        month = rules.moment.month
        if not self.is_free_to_come(month):
            return False
        return self.draw(month, chance.DECISION_GROUP) < rules.terms.chances.group_joins

    def is_free_to_come(self, month: int) -> bool:
        """Whether this person could come to the office at all."""
        return may_apply(self.presence, self.status, self.is_aware, self.is_barred(month))

    def be_proposed(self, rules: Rules) -> None:
        self.status = first_status(rules.terms.policy)
        self.since = self.proposed_since = rules.moment.month
        self.failed_since = NEVER

    def be_discussed(self, rules: Rules) -> int:
        """Be deliberated over in the ward: `ELIGIBLE` or a reason; what came to light is put right."""
        drawn = self.draw(rules.moment.month, chance.DECISION_DELIBERATION)
        neighbour = Neighbour(self.presence, self.decile, self.recorded_decile)
        self.recorded_decile = decile_in_deliberation(neighbour, drawn, rules.terms.chances)
        return deliberation_reason(neighbour, drawn, rules.terms)

    def spared(self, rules: Rules) -> int:
        """Rupiah that a parcel of this month spares the family."""
        return parcel_income_in(rules.moment.month, self.parcel_month, rules.terms.support)

    def burden(self, rules: Rules, spared: int) -> Burden:
        """What this month's contribution would weigh on the person, paid alone, with what is spared."""
        drawn = self.draw(rules.moment.month, chance.DECISION_MONTHLY_INCOME)
        earned = monthly_income(self.income, self.income_gain_in(rules), drawn, rules.terms.earnings)
        return burden_of(self.sector, earned + spared, rules.terms.prices)

    def home(self, rules: Rules) -> Home:
        """The person's household: who lives in it, and from what."""
        households, children = rules.terms.households, children_born(*self.children, rules.moment.month)
        size, earner = self.draw(0, chance.DECISION_HOUSEHOLD), self.draw(0, chance.DECISION_OTHER_EARNER)
        usual = self.income + self.income_gain_in(rules)
        return with_parcel(home_of(usual, children, size, earner, households), self.spared(rules))

    def lose_place(self, reason: int, rules: Rules) -> None:
        """The subsidy ends; some go on paying themselves."""
        terms, drawn = rules.terms, self.draw(rules.moment.month, chance.DECISION_CONTINUE)
        spared = parcel_income_at_end(rules.moment.month, self.parcel_month, terms.support)
        go_on = continue_threshold(self.burden(rules, spared), terms.chances.continue_alone, terms.earnings)
        go_on += gain_in_continuing(self.income_gain_in(rules), terms.support)
        self.status = status_after_subsidy(self.presence, reason, drawn, go_on)
        self.refusal = reason
        self.since = rules.moment.month

    def become_paid(self, rules: Rules, is_self_paid: bool) -> None:
        """Somebody has paid this month's contribution."""
        if is_new_stretch(self.membership.last_paid_month, rules.moment.month):
            self.stretch_since, self.paid_before = rules.moment.month, self.membership.last_paid_month
        self.membership = after_payment(self.membership, rules.moment.month, rules.law)
        self.is_self_paid = is_self_paid

    def pays_rest(self, rules: Rules) -> bool:
        """Whether the recipient pays the own part of this month's contribution, if there is one."""
        drawn, terms = self.draw(rules.moment.month, chance.DECISION_PAY_REST), rules.terms
        income = self.burden(rules, self.spared(rules)).income
        whole = Burden(whole_price(self.sector, terms.policy, terms.prices), income)
        return pays_rest(self.presence, drawn, whole, terms)

    def cover(self, rules: Rules) -> Cover:
        """What the membership is worth this month."""
        arrival = arrival_of(self.is_self_paid, self.stretch_since, self.paid_before, rules.terms.policy)
        return cover_of(self.membership, arrival, self.age, rules.moment.month, rules.law)

    def pay_alone(self, rules: Rules) -> int:
        """Pay as a self-payer, or lapse; rupiah paid."""
        terms, burden = rules.terms, self.burden(rules, self.spared(rules))
        lapse = lapse_threshold(burden, terms.chances.lapse, terms.earnings)
        if not keeps_paying(self.presence, self.draw(rules.moment.month, chance.DECISION_LAPSE), lapse):
            self.status = NOT_LISTED
            return 0
        self.become_paid(rules, is_self_paid=True)
        return burden.price

    def face_risk(self, rules: Rules, city: City) -> None:
        """Meet the month's death or accident."""
        self.event = NEVER
        if not is_here(self.presence):
            return
        month, hazards = rules.moment.month, city.hazards
        year = year_of(month) - rules.terms.chances.first_year
        usual = int(hazards.death[year, self.sex, min(self.age, OLDEST)])
        self.event = event_of(
            self.recurring_draw(month, chance.DECISION_RISK),
            self.presence,
            death_threshold(usual, int(hazards.by_decile[self.decile])),
            int(hazards.fatal_accident[self.occupation]),
            int(hazards.accident[self.occupation]),
        )
        if self.event not in (NEVER, ACCIDENT):
            self.be_at(DEAD, month)

    def case(self, rules: Rules) -> Case:
        """The person as a case of the insurer."""
        month = rules.moment.month
        return Case(
            self.event,
            self.cover(rules),
            self.status,
            self.decile,
            month - self.enrolled_since,
            self.is_self_paid,
            self.is_insured_elsewhere,
            self.age >= rules.law.maximum_age,
            is_disease(self.event, self.luck(rules), self.age, rules.terms.severity),
            False,
        )

    def luck(self, rules: Rules) -> Luck:
        """The person's draws of the month's death or accident."""
        return luck_of(self.key, rules.moment.month)
