"""What must hold for proposals and reports, on values alone?"""

import pytest

from civic.people import CONSENT_VERSION, Basis
from civic.proposals import (
    AGREED,
    ANSWERS,
    FINAL,
    NEXT,
    PROPOSED_A_DAY,
    PROPOSED_AT_ONCE,
    SUPPORTED_AN_HOUR,
    WAITING,
    State,
    needs_words,
    why_cannot_become,
    why_cannot_merge,
    why_cannot_propose,
    why_cannot_register,
    why_cannot_support,
    why_cannot_withdraw,
)
from civic.refusals import Reason
from civic.reports import REPORTED_A_DAY, must_hide, why_cannot_report
from storage.people import Person
from storage.proposals import STATES, Proposal, Stage
from tests.conftest import NOW


def a_person(number: int = 1, *, consent: bool = True, phone: bool = True, home: int | None = 1) -> Person:
    """Somebody; a member of the community is not needed for proposals."""
    person = Person(id=number, municipality_id=home)
    person.consent_version = CONSENT_VERSION if consent else None
    person.phone_hash = "a" * 64 if phone else None
    person.resident_basis = None if number < 100 else Basis.REGISTERED
    return person


def a_proposal(state: State = State.SENT, *, number: int = 1, author: int | None = 9) -> Proposal:
    """A proposal of somebody else."""
    return Proposal(id=number, state=state, author_id=author, hidden_at=None, registry_no=None, is_appeal=False)


def test_every_state_is_waiting_agreed_or_final_and_in_one_stage_of_a_list() -> None:
    assert set(State) == WAITING | AGREED | FINAL
    assert len(WAITING) + len(AGREED) + len(FINAL) == len(State)
    assert set(STATES) == set(Stage)
    shown = [state for states in STATES.values() for state in states]
    assert set(shown) == set(State)
    assert set(State) - WAITING >= ANSWERS


def test_what_is_done_merged_or_withdrawn_is_over_and_everything_else_goes_on_somewhere() -> None:
    over = {state for state in State if not NEXT[state]}
    assert over == {State.DONE, State.DUPLICATE, State.WITHDRAWN}
    assert all(state not in NEXT[state] for state in State)
    assert all(State.SENT not in after for after in NEXT.values())
    reached, ways = {State.SENT}, {State.SENT}
    while ways:
        ways = {after for state in ways for after in NEXT[state]} - reached
        reached |= ways
    assert reached == set(State)


def test_only_waiting_proposals_are_withdrawn_merged_or_registered() -> None:
    mine, other = a_person(9), a_proposal(number=2)
    for state in State:
        proposal = a_proposal(state)
        waits = state in WAITING
        assert (why_cannot_withdraw(proposal, mine) is None) == waits
        assert (why_cannot_merge(proposal, other) is None) == waits
        assert (why_cannot_register(proposal, as_appeal=False) is None) == waits
    assert why_cannot_withdraw(a_proposal(), a_person(1)) is Reason.NOT_YOURS
    assert why_cannot_withdraw(a_proposal(author=None), mine) is Reason.NOT_YOURS


def test_a_proposal_is_merged_into_another_one_that_goes_on() -> None:
    hidden = a_proposal(number=3)
    hidden.hidden_at = NOW
    for into in (a_proposal(), a_proposal(State.DONE, number=2), hidden):
        assert why_cannot_merge(a_proposal(), into) is Reason.CANNOT_MERGE


@pytest.mark.parametrize(
    ("person", "in_a_day", "at_once", "reason"),
    [
        (a_person(consent=False), 0, 0, Reason.NEEDS_CONSENT),
        (a_person(home=None), 0, 0, Reason.NEEDS_MUNICIPALITY),
        (a_person(phone=False), 0, 0, None),
        (a_person(), PROPOSED_A_DAY - 1, PROPOSED_AT_ONCE - 1, None),
        (a_person(), PROPOSED_A_DAY, 0, Reason.TOO_OFTEN),
        (a_person(), 0, PROPOSED_AT_ONCE, Reason.TOO_OFTEN),
    ],
)
def test_who_proposes_agreed_belongs_somewhere_and_does_not_flood(
    person: Person, in_a_day: int, at_once: int, reason: Reason | None
) -> None:
    assert why_cannot_propose(person, in_a_day=in_a_day, at_once=at_once) is reason


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (a_person(consent=False), Reason.NEEDS_CONSENT),
        (a_person(phone=False), Reason.NEEDS_PHONE),
        (a_person(9), Reason.OWN_TEXT),
        (a_person(), None),
    ],
)
def test_who_supports_has_a_proven_phone_and_did_not_write_it(person: Person, reason: Reason | None) -> None:
    assert why_cannot_support(a_proposal(), person) is reason


def test_support_ends_with_the_last_step_with_hiding_and_with_the_fortieth_in_an_hour() -> None:
    for state in State:
        over = Reason.PROPOSAL_OVER if state in FINAL else None
        assert why_cannot_support(a_proposal(state), a_person()) is over
    hidden = a_proposal()
    hidden.hidden_at = NOW
    assert why_cannot_support(hidden, a_person()) is Reason.NOT_FOUND
    assert why_cannot_support(a_proposal(), a_person(), in_an_hour=SUPPORTED_AN_HOUR) is Reason.TOO_OFTEN


def test_no_final_state_without_words_and_no_way_back_without_them() -> None:
    """Typical Plan 1.4."""
    for before in State:
        for after in NEXT[before]:
            if after in FINAL | ANSWERS:
                assert needs_words(a_proposal(before), after)
            assert why_cannot_become(a_proposal(before), after) is None
    answered = a_proposal(State.ACCEPTED)
    answered.answered_at = NOW
    assert not needs_words(answered, State.DONE, has_file=True)
    assert needs_words(answered, State.DONE)
    assert needs_words(a_proposal(), State.DONE, has_file=True)  # a photo alone is no answer
    assert needs_words(a_proposal(), State.ACCEPTED, has_file=True)
    assert not needs_words(a_proposal(), State.UNDER_REVIEW)
    assert needs_words(a_proposal(State.REJECTED), State.UNDER_REVIEW)
    assert needs_words(a_proposal(State.ACCEPTED), State.UNDER_REVIEW)


def test_registered_once_and_an_appeal_once() -> None:
    proposal = a_proposal(State.REGISTERED)
    proposal.registry_no = "1"
    assert why_cannot_register(proposal, as_appeal=False) is Reason.DECIDED_ALREADY
    assert why_cannot_register(proposal, as_appeal=True) is None
    proposal.is_appeal = True
    assert why_cannot_register(proposal, as_appeal=True) is Reason.DECIDED_ALREADY


def test_reports_hide_a_text_from_the_number_on_unless_staff_looked_at_it() -> None:
    assert [must_hide(count, 3, looked_at=False) for count in (2, 3, 4)] == [False, True, True]
    assert not must_hide(100, 3, looked_at=True)
    assert why_cannot_report(a_person(phone=False), own=False, lately=0) is Reason.NEEDS_PHONE
    assert why_cannot_report(a_person(), own=True, lately=0) is Reason.OWN_TEXT
    assert why_cannot_report(a_person(), own=False, lately=REPORTED_A_DAY) is Reason.TOO_OFTEN
    assert why_cannot_report(a_person(), own=False, lately=REPORTED_A_DAY - 1) is None
