"""Who may send an announcement, for when, how long does it take, and until when can it be taken back?"""

from datetime import UTC, datetime, timedelta

import pytest

from civic.announcements import (
    AHEAD,
    GOING,
    RECALL_WITHIN,
    SEEN,
    Audience,
    Crowd,
    State,
    concerns,
    has_begun,
    minutes,
    why_not_plan,
    why_not_recall,
    why_not_send,
)
from civic.refusals import Reason

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
CHOLPON, GULNARA = 7, 8
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("state", [State.DRAFT, State.ASKED])
@pytest.mark.parametrize(
    ("wants_second", "author", "sender", "reason"),
    [
        (False, CHOLPON, CHOLPON, None),
        (False, CHOLPON, GULNARA, None),
        (True, CHOLPON, GULNARA, None),
        (True, CHOLPON, CHOLPON, Reason.NEEDS_SECOND),
        (True, None, CHOLPON, None),  # its author was forgotten: whoever sends it is another person
    ],
)
def test_whoever_wrote_it_sends_it_unless_the_municipality_wants_a_second_person(
    state: State, wants_second: bool, author: int | None, sender: int, reason: Reason | None
) -> None:
    assert why_not_send(state, wants_second=wants_second, author=author, sender=sender) is reason


def test_what_was_sent_or_put_away_is_not_sent_again() -> None:
    for wants_second in (False, True):
        found = {
            state: why_not_send(state, wants_second=wants_second, author=CHOLPON, sender=GULNARA) for state in State
        }
        assert {state for state, reason in found.items() if reason is None} == {State.DRAFT, State.ASKED}
        assert set(found.values()) == {None, Reason.DECIDED_ALREADY}


@pytest.mark.parametrize(
    ("send_at", "reason"),
    [
        (None, None),  # at once
        (NOW - SECOND, Reason.TIME_PASSED),
        (NOW, Reason.TIME_PASSED),
        (NOW + SECOND, None),
        (NOW + AHEAD, None),
        (NOW + AHEAD + SECOND, Reason.TIME_PASSED),
    ],
)
def test_it_is_planned_for_a_time_that_is_to_come_and_not_too_far_ahead(
    send_at: datetime | None, reason: Reason | None
) -> None:
    assert why_not_plan(send_at, NOW) is reason


@pytest.mark.parametrize(
    ("recipients", "takes"),
    [(0, 1), (1, 1), (1_500, 1), (1_501, 2), (10_000, 7), (50_000, 34)],
)
def test_the_last_of_so_many_people_has_it_after_so_many_minutes(recipients: int, takes: int) -> None:
    assert minutes(recipients, 25) == takes


@pytest.mark.parametrize("state", list(State))
def test_it_can_be_recalled_while_it_goes_out_and_for_two_days_after(state: State) -> None:
    late = NOW + RECALL_WITHIN + SECOND
    found = [why_not_recall(state, NOW, at) for at in (NOW, NOW + RECALL_WITHIN, late)]
    went_out = state in (*SEEN, State.CANCELLED)  # halfway: some have it
    assert found == ([None, None, Reason.RECALL_OVER] if went_out else [Reason.NOT_SENT_YET] * 3)
    assert why_not_recall(state, None, NOW) is Reason.NOT_SENT_YET


def test_what_people_may_read_is_not_what_can_still_be_stopped() -> None:
    assert set(SEEN) == {State.SENDING, State.PAUSED, State.SENT}
    assert set(GOING) == {State.PLANNED, State.SENDING, State.PAUSED}


@pytest.mark.parametrize(
    "audience",
    [
        Audience(Crowd.EVERYBODY),
        Audience(Crowd.EVERYBODY, places=(1, 2)),
        Audience(Crowd.VILLAGES, which=(3, 1)),
        Audience(Crowd.STAFF, roles=("clerk", "head")),
        Audience(Crowd.PLACES, places=(4,)),
    ],
)
def test_an_audience_is_the_same_after_it_was_kept(audience: Audience) -> None:
    assert Audience.unpacked(audience.packed()) == audience


def test_an_audience_that_was_kept_before_there_were_places_is_read_as_well() -> None:
    assert Audience.unpacked({"crowd": "petition", "which": [5]}) == Audience(Crowd.PETITION, which=(5,))


@pytest.mark.parametrize(
    ("state", "send_at", "begun"),
    [
        (State.DRAFT, None, False),
        (State.ASKED, NOW - SECOND, False),
        (State.PLANNED, NOW + SECOND, False),
        (State.PLANNED, NOW, True),  # it goes out, though nobody has noted it yet
        (State.SENDING, None, True),
        (State.PAUSED, None, True),
        (State.SENT, NOW - SECOND, True),
        (State.CANCELLED, None, False),
        (State.RECALLED, None, True),  # who has read it reads that it does not hold
    ],
)
def test_it_is_read_from_the_moment_it_goes_out(state: State, send_at: datetime | None, begun: bool) -> None:
    assert has_begun(state, send_at, NOW) is begun


def test_only_what_names_villages_or_streets_can_be_for_others_alone() -> None:
    villages = Audience(Crowd.VILLAGES, (1, 2))
    assert [concerns(villages, wanted) for wanted in ({1}, {2, 9}, {9}, set[int]())] == [True, True, False, False]
    assert concerns(Audience(Crowd.EVERYBODY), {9})
    assert concerns(Audience(Crowd.ISSUE, (9,)), {1})
    streets = Audience(Crowd.STREETS, (1, 2))
    assert [concerns(streets, {9}, street) for street in (1, 9, None)] == [True, False, True]
