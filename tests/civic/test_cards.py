"""Does a card in a group count what is the case, stop at the end, and leave the group in peace in between?"""

from datetime import date, datetime, timedelta

from civic.cards import EDIT_PAUSE, Counter, is_due, petition_counter, proposal_counter, why_cannot_put
from civic.petitions import State
from civic.proposals import State as ProposalState
from civic.refusals import Reason
from storage.petitions import Petition
from storage.proposals import Proposal

NOW = datetime.fromisoformat("2026-05-04T12:00:00+00:00")
TODAY = date(2026, 5, 4)
STEPS = [{"consequence": "answer", "count": 100}, {"consequence": "kenesh", "count": 300}]


def a_petition(signed: int = 0, state: State = State.OPEN, closes_on: date = date(2026, 6, 12)) -> Petition:
    return Petition(signed=signed, on_paper=0, state=state, closes_on=closes_on, steps=STEPS, hidden_at=None)


def test_a_petition_counts_up_to_the_next_threshold_and_stays_at_the_highest() -> None:
    needed = [petition_counter(a_petition(signed), TODAY).needed for signed in (0, 99, 100, 299, 300, 512)]
    assert needed == [100, 100, 300, 300, 300, 300]


def test_signatures_on_paper_are_counted_too() -> None:
    petition = a_petition(40)
    petition.on_paper = 2
    assert petition_counter(petition, TODAY).count == 42


def test_a_petition_that_is_late_is_put_nowhere_and_its_card_waits_until_it_can_say_how_it_ended() -> None:
    last, late = a_petition(closes_on=TODAY), a_petition(closes_on=TODAY - timedelta(days=1))
    assert why_cannot_put(petition_counter(last, TODAY), public=True) is None  # its last day counts
    assert why_cannot_put(petition_counter(late, TODAY), public=True) is Reason.NOT_OPEN
    assert not petition_counter(late, TODAY).over
    assert petition_counter(a_petition(state=State.COMPLETE), TODAY).over


def test_the_days_that_are_left_change_the_card_once_a_day_until_it_is_late() -> None:
    petition = a_petition(closes_on=TODAY + timedelta(days=1))
    marks = [petition_counter(petition, TODAY + timedelta(days=day)).mark for day in range(5)]
    assert len(set(marks)) == 3
    assert marks[2] == marks[3] == marks[4]


def test_a_proposal_is_over_when_it_is_decided_for_good() -> None:
    over = {
        state
        for state in ProposalState
        if proposal_counter(Proposal(support_count=7, state=state, hidden_at=None)).over
    }
    assert over == {
        ProposalState.REJECTED,
        ProposalState.DONE,
        ProposalState.DUPLICATE,
        ProposalState.OUT_OF_COMPETENCE,
        ProposalState.WITHDRAWN,
    }


def test_a_card_is_changed_only_when_it_says_something_else_and_three_seconds_after_the_last_change() -> None:
    before, after = petition_counter(a_petition(5), TODAY), petition_counter(a_petition(6), TODAY)
    almost = NOW + EDIT_PAUSE - timedelta(milliseconds=1)
    assert [is_due(before.mark, NOW, after, at) for at in (NOW, almost, NOW + EDIT_PAUSE)] == [False, False, True]
    assert not is_due(before.mark, NOW, before, NOW + timedelta(days=9))


def test_only_what_everybody_may_read_and_what_still_counts_is_put_before_a_village() -> None:
    counts, over = Counter(1, 10, None, "open", over=False), Counter(1, 10, None, "ended", over=True)
    hidden = Counter(1, 10, None, "open", over=False, hidden=True)
    assert why_cannot_put(counts, public=True) is None
    assert why_cannot_put(over, public=True) is Reason.NOT_OPEN
    assert [why_cannot_put(counts, public=False), why_cannot_put(hidden, public=True)] == [Reason.NOT_FOUND] * 2
