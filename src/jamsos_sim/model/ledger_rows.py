"""The quantities of the ledger, each with what it counts.

A stock is counted at the end of a month, so a year shows its last month; a flow is summed. Money is in
rupiah. Claims stand in the month in which they are paid, contributions in the month for which they are paid.
"""

from typing import NamedTuple


class Rows(NamedTuple):
    """The quantities of the ledger, each with its row."""

    enrolled: int
    """People on the city's list of sponsored members (penerima bantuan iuran)."""
    waiting: int
    """People found eligible who wait for a place."""
    in_verification: int
    """People proposed to the city and not yet verified."""
    in_deliberation: int
    """People proposed whose ward has not deliberated yet."""
    in_registration: int
    """People found eligible whom the Manpower office has not registered yet."""
    verification_backlog: int
    """Files that were due at the verifying desk and did not get their turn: beyond its capacity,"""
    registration_backlog: int
    """files that were due at the registering desk and did not get their turn."""
    queue_over_3_months: int
    """People without a place more than 3 months after their proposal,"""
    queue_over_6_months: int
    """more than 6 months,"""
    queue_over_12_months: int
    """more than 12 months."""
    self_paying: int
    """Former recipients who pay themselves (peserta mandiri)."""
    informal_workers: int
    """Informal workers in the city."""
    former_workers: int
    """People who live in the city and have left informal work: they work formally, or no more."""
    vulnerable_workers: int
    """Informal workers whose true welfare decile is within the region's definition of vulnerable."""
    vulnerable_enrolled: int
    """Vulnerable informal workers on the city's list."""
    enrolled_not_vulnerable: int
    """Informal workers on the city's list who are truly better off than the definition."""
    enrolled_not_found: int
    """People on the city's list who have died, moved away, stopped working or work formally."""
    entitled_workers: int
    """Vulnerable informal workers of an admitted age, insured nowhere else: whom the programme is for."""
    entitled_enrolled: int
    """Vulnerable informal workers on the city's list who are insured nowhere else."""
    entitled_off_register: int
    """Those of the entitled whom the registry does not show as within the criteria."""
    records_within_criteria: int
    """Records of the registry that meet the criteria of age, decile, income and identity number."""
    records_not_vulnerable: int
    """Those of them that stand for nobody, or for somebody whose true decile is above the definition."""
    trained_at_work: int
    """Informal workers who earn more through a completed training."""
    heirs_waiting: int
    """Recipients who died under cover and whose heirs wait for the cadres' help, with the claim not filed."""
    scholarships_committed: int
    """Rupiah of scholarships promised since the run began and not yet paid."""
    women_working: int
    """Women among the informal workers, counted each December,"""
    women_enrolled: int
    """women among the informal workers on the city's list,"""
    enrolled_past_age: int
    """Informal workers on the list who are past the age of registration; counted each December only."""
    ranks_of_enrolled: int
    """and the sum of welfare ranks of all of these, men and women: for each, how many informal workers stand
    in lower deciles, twice, and how many in the same one.
    """
    appropriation: int
    """The fiscal year's appropriation (pagu) for contributions, in its first month of the run; a revision in
    the month of the revision.
    """
    appropriation_revision: int
    """The part of it that a revised budget (APBD-P) added or took away within the year."""
    province_appropriation: int
    """Money for contributions in the fiscal year of the province,"""
    village_appropriation: int
    """of the wards (kelurahan) or villages,"""
    csr_appropriation: int
    """of companies (CSR/TJSL),"""
    baznas_appropriation: int
    """of the alms agency (BAZNAS),"""
    donors_appropriation: int
    """of private donors."""
    city_contributions: int
    """Contributions (iuran) for recipients paid by the city,"""
    province_contributions: int
    """by the province,"""
    village_contributions: int
    """by the wards or villages,"""
    csr_contributions: int
    """by companies,"""
    baznas_contributions: int
    """by the alms agency,"""
    donors_contributions: int
    """by private donors."""
    city_unspent: int
    """Money for contributions left at the end of the fiscal year: of the city, whose treasury keeps it,"""
    province_unspent: int
    """of the province,"""
    village_unspent: int
    """of the wards or villages,"""
    csr_unspent: int
    """of companies,"""
    baznas_unspent: int
    """of the alms agency,"""
    donors_unspent: int
    """of private donors."""
    recipient_contributions: int
    """The rest of the contribution, paid by recipients where only a share is paid for them."""
    self_contributions: int
    """Contributions paid by former recipients themselves."""
    city_relief: int
    """Rupiah of contributions that relief (keringanan iuran) lets the city off,"""
    other_payers_relief: int
    """the other payers for recipients,"""
    own_part_relief: int
    """the recipients, of the rest that they pay themselves,"""
    self_paid_relief: int
    """and former recipients who pay alone."""
    paid_person_months: int
    """Person-months paid for recipients, by whichever payer."""
    late_person_months: int
    """Those of them that reached the insurer after their month."""
    rest_unpaid_months: int
    """Person-months of recipients that were not paid because the recipient did not pay the rest."""
    covered_person_months: int
    """Person-months in which a living person on the city's list is covered by law."""
    paid_for_duplicates: int
    """Person-months paid for a second record of the same person,"""
    paid_for_dead: int
    """for people who have died,"""
    paid_for_moved: int
    """for people who have moved away,"""
    paid_for_retired: int
    """for people who have stopped working,"""
    paid_for_insured: int
    """for people insured elsewhere, or working formally,"""
    paid_for_better_off: int
    """for informal workers who are truly better off than the definition of vulnerable."""
    unfunded_person_months: int
    """Person-months on the list in the planned months that no payer had money for."""
    recipients_strained: int
    """Informal workers on the city's list for whom the contribution would be a strain on their income,"""
    recipients_due: int
    """rupiah that all informal workers on the list would owe if each paid alone,"""
    recipients_earned: int
    """what they earn in the month,"""
    recipients_weighed: int
    """and how many they are; all four at the end of each quarter only."""
    self_payers_strained: int
    """Former recipients in informal work for whom the contribution is a strain on the month's income,"""
    self_payers_due: int
    """rupiah that all of them owe,"""
    self_payers_earned: int
    """what they earn in the month,"""
    self_payers_asked: int
    """how many they are,"""
    self_payers_lapsed: int
    """and those of them who do not pay and lapse."""
    proposed: int
    """People put on a candidate list, or who registered by themselves."""
    attempts: int
    """Attempts to register at the office."""
    failed_attempts: int
    """Attempts that failed administratively."""
    returned_attempts: int
    """Attempts by people whose last attempt had failed."""
    joined_by_group: int
    """People proposed because their community registered together."""
    deliberated: int
    """Candidates over whom their ward deliberated."""
    struck_by_kelurahan: int
    """Candidates whom their ward struck off; their reasons count among the refusals."""
    deliberation_cost: int
    """Rupiah spent by the city on deliberation."""
    lost_in_handover: int
    """Files lost between two desks."""
    refused_age: int
    refused_decile: int
    refused_income: int
    refused_insured: int
    refused_identity: int
    refused_not_found: int
    refused_duplicate: int
    refused_not_working: int
    insurer_checks: int
    """Candidates and recipients matched with the insurer's members."""
    civil_checks: int
    """Candidates and recipients matched with the civil registry."""
    ground_checks: int
    """Candidates and recipients visited."""
    meetings: int
    """Information meetings (sosialisasi) held in communities."""
    outreach_cost: int
    """Rupiah spent by the city on these meetings."""
    administration_cost: int
    """Rupiah spent by the city on administering its list."""
    refresh_cost: int
    """Rupiah spent by the city on refreshing its copy of the registry,"""
    insurer_check_cost: int
    """on matching with the insurer,"""
    civil_check_cost: int
    """on matching with the civil registry,"""
    ground_check_cost: int
    """on visits."""
    admitted: int
    """People who were given a place."""
    months_waited: int
    """Months from proposal to place, summed over the people admitted."""
    admitted_over_3_months: int
    """People given a place more than 3 months after their proposal,"""
    admitted_over_6_months: int
    """more than 6 months,"""
    admitted_over_12_months: int
    """more than 12 months."""
    subsidies_ended: int
    """People who lost their place: gone, no longer eligible, or places cut."""
    graduated: int
    """Those of them who had truly risen above the ceiling, and a check saw it (graduasi)."""
    starting_workers: int
    """Informal workers in the city when the run begins, in its first month."""
    newcomers: int
    """People who take up informal work in the city for the first time: they move in, or begin to work."""
    reached_age_limit: int
    """Informal workers who reach the age from which on nobody is registered; they go on working."""
    left_for_formal: int
    """Informal workers who leave for formal work, by a course or by themselves,"""
    came_from_formal: int
    """former ones who come back from it,"""
    workers_moved_out: int
    """informal workers who move out of the city,"""
    others_moved_out: int
    """former ones who do,"""
    retired: int
    """informal workers who stop working because of their age,"""
    disabled: int
    """and those who stop because an accident has disabled them totally."""
    decile_risen: int
    """People living in the city whose household has risen by a welfare decile,"""
    decile_fallen: int
    """or fallen by one."""
    deaths: int
    """Deaths of informal workers, and of former ones who live in the city."""
    worker_deaths: int
    """Deaths of informal workers among them,"""
    work_deaths: int
    """and deaths by work accident among these."""
    accidents: int
    """Work accidents of informal workers that did not kill, reported or not."""
    occupational_diseases: int
    """Those of them that are occupational diseases (penyakit akibat kerja)."""
    jkk_cases: int
    """Work-accident claims (JKK) of sponsored people, at their first payment."""
    jkk_paid: int
    """Rupiah of JKK paid for sponsored people, scholarships included."""
    jkk_months_to_payment: int
    """Months from accident to first payment, summed over those claims."""
    jkm_cases: int
    """Death claims (JKM) of sponsored people, at their first payment."""
    jkm_paid: int
    """Rupiah of JKM paid for sponsored people, scholarships included."""
    jkm_months_to_payment: int
    """Months from death to first payment, summed over those claims."""
    self_cases: int
    """Claims of former recipients who pay themselves."""
    self_paid: int
    """Rupiah paid on those claims, scholarships included."""
    self_months_to_payment: int
    """Months from death or accident to first payment, summed over those claims."""
    scholarships_paid: int
    """The scholarships (beasiswa) within all these payments."""
    scholarships_promised: int
    """Rupiah of all scholarships, of this year and every later one, that follow from the claims first paid
    in the month.
    """
    assisted_claims: int
    """Deaths of recipients under cover in which the ward helped the heirs with the claim."""
    claims_beyond_cadres: int
    """Those whom the ward would have helped in the month of the death, had its cadres had time."""
    heirs_queued: int
    """Those of them whose heirs do not file by themselves and wait for the cadres."""
    assisted_after_waiting: int
    """Those of the deaths with help in which the heirs had waited for it."""
    months_waited_for_help: int
    """Months from the death to that help, summed over these."""
    assistance_cost: int
    """Rupiah spent by the city on that help."""
    continued_alone: int
    """Recipients whose place ended and who went on paying themselves."""
    continued_trained: int
    """Those of them who earn more through a completed training."""
    trained_baking: int
    """People who went to a baking course,"""
    trained_massage: int
    """to a massage course for blind people,"""
    trained_certified: int
    """to a BNSP-certified course."""
    courses_completed: int
    """People who completed a course, of any kind."""
    trained_to_formal: int
    """People whom a certified course brought into formal work."""
    training_cost: int
    """Rupiah spent by the city on courses, with equipment and internships."""
    training_income_gain: int
    """Rupiah that completed courses added to the income of people at informal work."""
    parcels_stunting: int
    """Food parcels handed out to families with a stunted child,"""
    parcels_tuberculosis: int
    """with a case of tuberculosis,"""
    parcels_disability: int
    """with a disability,"""
    parcels_remote: int
    """in a home that is hard to reach."""
    parcels_cost: int
    """Rupiah spent by the city on food parcels."""
    parcels_income_gain: int
    """Rupiah of food that these parcels spared the families: an income in kind of the month."""
    contacts: int
    """People who met the office for the first time at a course or through a parcel."""
    informed_at_contact: int
    """People who came to know of the programme there."""
    helped_registrations: int
    """People who registered there with the office's help; they count as proposed too."""
    liability_cases: int
    """Claims that the city bears, because its late transfer had left the recipient without cover."""
    liability_paid: int
    """Rupiah paid by the city on those claims, scholarships included."""
    liability_months_to_payment: int
    """Months from death or accident to first payment, summed over those claims."""
    death_grants: int
    """Families of vulnerable workers to whom the city paid its own death grant (santunan kematian kota)."""
    death_grants_paid: int
    """Rupiah of those grants."""
    death_grants_avoided: int
    """Families to whom the city would have paid the grant if the insurance had not replaced it."""
    death_grants_avoided_cost: int
    """Rupiah that these grants would have cost."""
    families_full: int
    """Families of vulnerable workers who died, by what the programme did: full death benefit,"""
    families_funeral_only: int
    """only the funeral grant, inside the first consecutive months of a new member,"""
    families_gap_waiting: int
    """only the funeral grant, because unpaid months had started the waiting months again,"""
    families_work_death: int
    """work-accident death benefit,"""
    families_not_claimed: int
    """covered, but nobody claimed,"""
    families_gap: int
    """on the list, but not covered in that month,"""
    families_insured_elsewhere: int
    """never on the list, insured elsewhere,"""
    families_too_old: int
    """never on the list, past the age of registration,"""
    families_unprotected: int
    """without any protection."""
    gap_waiting_loss: int
    """Rupiah that the families to whom unpaid months left only the funeral grant would have received had the
    waiting months not started again.
    """
    unprotected_loss: int
    """Rupiah that full cover would have paid for deaths and injuries of vulnerable workers whom it did not
    cover.
    """
    bereaved_households: int
    """Households of vulnerable workers who died and whom the programme covered or could have covered,"""
    bereaved_poor_before: int
    """those below the poverty line while the worker lived,"""
    bereaved_poor_without_cover: int
    """those who would be below it afterwards without any benefit,"""
    bereaved_poor: int
    """those who are below it with what was claimed,"""
    bereaved_poor_with_full_cover: int
    """and those who would be below it with full cover."""
    injured_households: int
    """Households of vulnerable workers hurt by an accident, covered or within reach of the programme,"""
    injured_poor_before: int
    """those below the poverty line before the accident,"""
    injured_poor_without_cover: int
    """those who would be below it afterwards without any benefit,"""
    injured_poor: int
    """those who are below it with what was claimed,"""
    injured_poor_with_full_cover: int
    """and those who would be below it with full cover."""
