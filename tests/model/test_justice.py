"""How the list is shared out is counted each December; promised scholarships are carried until paid."""

from jamsos_sim.model.ledger import ROW, Totals, empty_ledger
from jamsos_sim.model.steps.justice import count_committed
from tests.model.worlds import COMPARED, ledger, row

NAME = "program_berjalan"


def run() -> Totals:
    return ledger(NAME, 0, COMPARED)


def test_committed_scholarships_are_all_that_was_promised_less_all_that_was_paid() -> None:
    totals = empty_ledger(3)
    totals[ROW.scholarships_promised] = 100, 0, 50
    totals[ROW.scholarships_paid] = 20, 30, 10
    for month in range(3):
        count_committed(totals, month)
    assert row(totals, "scholarships_committed").tolist() == [80, 50, 90]


def test_women_and_ranks_are_counted_in_december_only() -> None:
    for name in ("women_working", "women_enrolled", "enrolled_past_age", "ranks_of_enrolled"):
        by_month = row(run(), name).reshape(-1, 12)
        assert by_month[-1, 11] > 0 and not by_month[:, :11].any()


def test_recipients_grow_older_than_the_age_at_which_they_can_be_registered() -> None:
    past = row(run(), "enrolled_past_age")[11::12]
    listed = row(run(), "vulnerable_enrolled") + row(run(), "enrolled_not_vulnerable")
    assert past[-1] > past[0] and (past < listed[11::12] / 4).all()


def test_women_of_the_list_are_among_its_workers() -> None:
    december = slice(11, None, 12)
    listed = row(run(), "vulnerable_enrolled") + row(run(), "enrolled_not_vulnerable")
    women, working = row(run(), "women_enrolled")[december], row(run(), "women_working")[december]
    assert (women <= working).all() and (women <= listed[december]).all()


def test_a_list_of_poor_workers_has_low_ranks() -> None:
    december = slice(11, None, 12)
    listed = row(run(), "vulnerable_enrolled") + row(run(), "enrolled_not_vulnerable")
    as_by_lot = listed[december] * row(run(), "informal_workers")[december]
    assert (row(run(), "ranks_of_enrolled")[december] < as_by_lot).all()
