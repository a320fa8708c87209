"""Are the rules of petitions right at their edges?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from civic.moderation import HIDES_TEXT, Rejection
from civic.municipalities import Settings
from civic.people import CONSENT_VERSION, Basis
from civic.petitions import (
    CHANGES_OF_MIND,
    NOT_PUBLIC,
    Membership,
    PetitionKind,
    Standing,
    State,
    goal,
    group_age,
    group_size,
    hides_text,
    is_by_link_only,
    is_open,
    milestone,
    reasons_against,
    shown_name,
    shown_villages,
    steps_reached,
    takes_paper,
    why_cannot_appeal,
    why_cannot_begin,
    why_cannot_change,
    why_cannot_decide,
    why_cannot_hand_over,
    why_cannot_join,
    why_cannot_see_group,
    why_cannot_see_signers,
    why_cannot_send,
    why_cannot_sign,
    why_cannot_unsign,
    why_no_name,
)
from civic.refusals import Reason
from civic.thresholds import Consequence, Step
from storage.people import Person
from storage.petitions import Member, Petition, Signature

TODAY, NOW = date(2026, 5, 4), datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
NUMBERS = Settings()
STEPS = (Step(Consequence.ANSWER, 100), Step(Consequence.KENESH, 300))


def a_person(**more: object) -> Person:
    """A resident of municipality 1 and village 1."""
    said: dict[str, object] = {
        "id": 7,
        "municipality_id": 1,
        "village_id": 1,
        "consent_version": CONSENT_VERSION,
        "consented_at": NOW,
        "phone_hash": "f" * 64,
        "resident_basis": Basis.REGISTERED,
        "resident_municipality_id": 1,
        "confirmed_at": None,
    }
    return Person(**{**said, **more})


def a_petition(**more: object) -> Petition:
    """An open petition of municipality 1."""
    said: dict[str, object] = {
        "municipality_id": 1,
        "kind": PetitionKind.PETITION,
        "state": State.OPEN,
        "closes_on": TODAY,
        "village_id": None,
        "reached": 0,
        "lock_by": None,
        "lock_until": None,
    }
    return Petition(**{**said, **more})


def member(**more: object) -> Member:
    return Member(**{"standing": Membership.ACCEPTED, "leads": False, **more})


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"consent_version": None}, Reason.NEEDS_CONSENT),
        ({"phone_hash": None}, Reason.NEEDS_PHONE),
        ({"resident_basis": None}, Reason.NEEDS_RESIDENT),  # the declaration says «16 or older»: a minor has none
        ({"resident_municipality_id": 2}, Reason.NEEDS_RESIDENT),
        ({}, None),
    ],
)
def test_who_signs_is_a_member_of_the_community_with_a_proven_phone(
    missing: dict[str, object], reason: Reason | None
) -> None:
    person = a_person(**missing)
    assert why_cannot_sign(a_petition(), person, None, today=TODAY, numbers=NUMBERS) == reason
    assert why_cannot_begin(person, drafts=0, begun=0) == reason


def test_where_the_municipality_wants_it_only_confirmed_members_sign() -> None:
    strict = Settings(petition_confirmed_only=1)
    assert why_cannot_sign(a_petition(), a_person(), None, today=TODAY, numbers=strict) is Reason.NEEDS_CONFIRMING
    assert why_cannot_sign(a_petition(), a_person(phone_hash=None), None, today=TODAY, numbers=strict) is (
        Reason.NEEDS_PHONE
    )
    confirmed = a_person(confirmed_at=NOW)
    assert why_cannot_sign(a_petition(), confirmed, None, today=TODAY, numbers=strict) is None


def test_the_last_day_counts_whole_and_the_next_does_not() -> None:
    petition = a_petition()
    assert is_open(petition, TODAY)
    assert not is_open(petition, TODAY + timedelta(days=1))
    late = TODAY + timedelta(days=1)
    assert why_cannot_sign(petition, a_person(), None, today=late, numbers=NUMBERS) is Reason.NOT_OPEN


@pytest.mark.parametrize("state", [state for state in State if state is not State.OPEN])
def test_nobody_signs_what_is_not_open(state: State) -> None:
    petition = a_petition(state=state)
    assert why_cannot_sign(petition, a_person(), None, today=TODAY, numbers=NUMBERS) is Reason.NOT_OPEN


def test_a_norm_making_initiative_is_signed_by_hand() -> None:
    petition = a_petition(kind=PetitionKind.NORM)
    assert why_cannot_sign(petition, a_person(), None, today=TODAY, numbers=NUMBERS) is Reason.SIGNED_BY_HAND


@pytest.mark.parametrize(("lives", "reason"), [(1, None), (2, Reason.OTHER_VILLAGE), (None, Reason.NEEDS_VILLAGE)])
def test_a_petition_of_a_village_is_signed_there(lives: int | None, reason: Reason | None) -> None:
    petition = a_petition(village_id=1)
    assert why_cannot_sign(petition, a_person(village_id=lives), None, today=TODAY, numbers=NUMBERS) == reason


@pytest.mark.parametrize(
    ("standing", "changes", "reason"),
    [
        (Standing.COUNTED, 0, Reason.ALREADY_SIGNED),
        (Standing.INVALID, 0, Reason.SIGNATURE_INVALID),
        (Standing.WITHDRAWN, 1, None),
        (Standing.WITHDRAWN, CHANGES_OF_MIND, Reason.TOO_OFTEN),
    ],
)
def test_once_and_again_after_taking_it_back(standing: Standing, changes: int, reason: Reason | None) -> None:
    own = Signature(standing=standing, changes=changes)
    assert why_cannot_sign(a_petition(), a_person(), own, today=TODAY, numbers=NUMBERS) == reason


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.OPEN, None),
        (State.COMPLETE, None),
        (State.ENDED, None),
        (State.HANDED_OVER, Reason.HANDED_OVER_ALREADY),
        (State.ANSWERED, Reason.HANDED_OVER_ALREADY),
        (State.WITHDRAWN, Reason.PETITION_IS_OVER),
        (State.TAKEN_DOWN, Reason.PETITION_IS_OVER),
    ],
)
def test_a_signature_is_taken_back_until_the_hand_over(state: State, reason: Reason | None) -> None:
    counted = Signature(standing=Standing.COUNTED, changes=0)
    assert why_cannot_unsign(a_petition(state=state), counted) == reason
    assert why_cannot_unsign(a_petition(state=state), None) is Reason.NOT_SIGNED
    assert why_cannot_unsign(a_petition(), Signature(standing=Standing.INVALID)) is Reason.NOT_SIGNED


def test_the_sizes_of_groups_are_those_of_the_charter() -> None:
    assert group_size(PetitionKind.PETITION, NUMBERS) == (5, 15)
    assert group_size(PetitionKind.ASSEMBLY, NUMBERS) == (11, 15)
    assert group_size(PetitionKind.NORM, NUMBERS) == (7, 11)
    assert group_size(PetitionKind.ASSEMBLY, Settings(assembly_group_min=20)) == (20, 20)
    assert (group_age(PetitionKind.NORM, NUMBERS), group_age(PetitionKind.PETITION, NUMBERS)) == (18, 16)


@pytest.mark.parametrize(
    ("kind", "least"), [(PetitionKind.PETITION, 5), (PetitionKind.ASSEMBLY, 11), (PetitionKind.NORM, 7)]
)
def test_a_group_sends_when_it_is_large_enough(kind: PetitionKind, least: int) -> None:
    draft = a_petition(kind=kind, state=State.DRAFT)
    assert why_cannot_send(draft, member(), members=least - 1, numbers=NUMBERS) is Reason.GROUP_TOO_SMALL
    assert why_cannot_send(draft, member(), members=least, numbers=NUMBERS) is None
    assert why_cannot_send(draft, None, members=least, numbers=NUMBERS) is Reason.GROUP_ONLY
    left = member(standing=Membership.LEFT)
    assert why_cannot_change(draft, left) is Reason.GROUP_ONLY
    assert why_cannot_change(a_petition(state=State.CHECKING), member()) is Reason.TOO_LATE


def test_a_full_group_takes_nobody_in_and_an_ended_petition_neither() -> None:
    draft = a_petition(kind=PetitionKind.NORM, state=State.DRAFT)
    assert why_cannot_join(draft, a_person(), members=11, numbers=NUMBERS) is Reason.GROUP_FULL
    assert why_cannot_join(draft, a_person(), members=10, numbers=NUMBERS) is None
    assert why_cannot_join(a_petition(state=State.ENDED), a_person(), members=1, numbers=NUMBERS) is Reason.TOO_LATE


def test_one_decides_at_a_time_and_an_appeal_somebody_else() -> None:
    checking = a_petition(state=State.CHECKING, lock_by=2, lock_until=NOW + timedelta(minutes=1))
    assert why_cannot_decide(checking, 3, NOW) is Reason.LOCKED
    assert why_cannot_decide(checking, 2, NOW) is None
    assert why_cannot_decide(checking, 3, NOW + timedelta(minutes=1)) is None
    appealed = a_petition(state=State.APPEALED, decided_by=2)
    assert why_cannot_decide(appealed, 2, NOW) is Reason.ANOTHER_DECIDES
    assert why_cannot_decide(appealed, 3, NOW) is None
    assert why_cannot_decide(a_petition(), 3, NOW) is Reason.DECIDED_ALREADY


def test_drafts_have_a_limit() -> None:
    assert why_cannot_begin(a_person(), drafts=3, begun=0) is Reason.TOO_MANY
    assert why_cannot_begin(a_person(), drafts=2, begun=6) is Reason.BEGUN_TOO_MANY
    assert why_cannot_begin(a_person(), drafts=2, begun=5) is None


@pytest.mark.parametrize(
    ("reached", "state", "inside", "members", "reason"),
    [
        (0, State.OPEN, True, 5, Reason.TOO_FEW_SIGNATURES),
        (1, State.OPEN, True, 5, None),
        (1, State.COMPLETE, True, 5, None),
        (1, State.COMPLETE, True, 4, Reason.GROUP_TOO_SMALL),
        (1, State.ENDED, True, 5, Reason.TOO_LATE),
        (1, State.HANDED_OVER, True, 5, Reason.TOO_LATE),
        (1, State.OPEN, False, 5, Reason.GROUP_ONLY),
    ],
)
def test_handing_over_needs_the_first_threshold_and_a_whole_group(
    reached: int, state: State, inside: bool, members: int, reason: Reason | None
) -> None:
    who = member() if inside else None
    said = why_cannot_hand_over(a_petition(reached=reached, state=state), who, members=members, numbers=NUMBERS)
    assert said is reason


LAST = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("state", "days_after", "takes"),
    [
        (State.OPEN, -10, True),
        (State.OPEN, 0, True),
        (State.COMPLETE, 3, True),
        (State.ENDED, 3, True),
        (State.COMPLETE, 4, False),
        (State.ENDED, 4, False),
        (State.HANDED_OVER, 0, False),
        (State.TAKEN_DOWN, 0, False),
    ],
)
def test_paper_that_was_signed_in_time_is_entered_for_three_days_more(
    state: State, days_after: int, takes: bool
) -> None:
    petition = a_petition(state=state, closes_on=LAST)
    assert takes_paper(petition, LAST + timedelta(days=days_after)) is takes
    petition.anonymised_at = NOW
    assert takes_paper(petition, LAST) is False  # there is nobody left to compare the names with


@pytest.mark.parametrize(
    ("state", "about", "reason"),
    [
        (State.REJECTED, {}, None),
        (State.TAKEN_DOWN, {}, None),
        (State.ENDED, {}, Reason.TOO_LATE),
        (State.APPEALED, {"appeal": "Карап чыгыңыз"}, Reason.ALREADY_APPEALED),
        (State.REJECTED, {"appeal": "Карап чыгыңыз"}, Reason.ALREADY_APPEALED),
        (State.REJECTED, {"anonymised_at": True}, Reason.APPEAL_OVER),
    ],
)
def test_a_second_look_is_asked_for_once_and_while_the_names_are_there(
    state: State, about: dict[str, Any], reason: Reason | None
) -> None:
    petition = a_petition(state=state)
    petition.appeal = about.get("appeal")
    petition.anonymised_at = NOW if about.get("anonymised_at") else None
    assert why_cannot_appeal(petition, member()) is reason
    assert why_cannot_appeal(petition, None) is Reason.GROUP_ONLY


@pytest.mark.parametrize(
    ("count", "reached", "next_one", "told"),
    [(0, 0, 100, 0), (24, 0, 100, 0), (25, 0, 100, 25), (99, 0, 100, 75), (100, 1, 300, 100), (300, 2, 300, 100)],
)
def test_thresholds_and_milestones_at_their_edges(count: int, reached: int, next_one: int, told: int) -> None:
    assert (steps_reached(STEPS, count), goal(STEPS, count), milestone(STEPS, count)) == (reached, next_one, told)
    assert (steps_reached((), count), goal((), count), milestone((), count)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("full", "shown"),
    [("Айгүл Асанова", "Айгүл А."), ("Айгүл Асанова Бакытовна", "Айгүл А."), ("Айгүл", "Айгүл")],
)
def test_strangers_see_a_first_name_and_a_letter(full: str, shown: str) -> None:
    assert shown_name(full) == shown


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("Айгүл Асанова", True),
        ("Мырза-Али О'Коннор", True),
        ("Асанова А.", True),
        ("Айгүл", False),
        ("+996 700 123456", False),
        ("Айгүл 2", False),
        ("", False),
    ],
)
def test_a_name_for_a_list_has_two_words_of_letters(name: str, fine: bool) -> None:
    assert (why_no_name(name) is None) is fine


def test_small_villages_are_not_told_apart() -> None:
    assert shown_villages([("Ак-Булак", 40), ("Көк-Дөбө", 4), ("Терек", 1)]) == ([("Ак-Булак", 40)], 5)
    # one alone would be the difference to the whole count: the next smallest hides it
    assert shown_villages([("Ак-Булак", 40), ("Көк-Дөбө", 9), ("Терек", 1)]) == ([("Ак-Булак", 40)], 10)
    assert shown_villages([("Ак-Булак", 40), ("Көк-Дөбө", 9)]) == ([("Ак-Булак", 40), ("Көк-Дөбө", 9)], 0)


def test_a_petition_is_found_by_its_link_alone_while_it_gathers_and_too_few_have_signed() -> None:
    opened = {"opened_at": NOW, "public_at": None}
    assert is_by_link_only(a_petition(**opened))
    assert is_by_link_only(a_petition(**opened, state=State.TAKEN_DOWN))
    assert not is_by_link_only(a_petition(opened_at=NOW, public_at=NOW))
    assert not is_by_link_only(a_petition(**opened, handed_over_at=NOW))  # the municipality answers before everybody
    assert not is_by_link_only(a_petition(**opened, kind=PetitionKind.NORM))
    assert not is_by_link_only(a_petition(opened_at=None, public_at=None, state=State.REJECTED))


def test_who_signed_is_the_groups_alone_before_the_petition_is_public_and_nobodys_without_names() -> None:
    inside = Member(standing=Membership.ACCEPTED)
    by_link, public = a_petition(opened_at=NOW, public_at=None), a_petition(opened_at=NOW, public_at=NOW)
    assert why_cannot_see_signers(by_link, None) is Reason.NOT_SENT_YET
    assert why_cannot_see_signers(by_link, Member(standing=Membership.LEFT)) is Reason.NOT_SENT_YET
    assert why_cannot_see_signers(by_link, inside) is why_cannot_see_signers(public, None) is None
    assert (
        why_cannot_see_signers(a_petition(opened_at=NOW, public_at=NOW, anonymised_at=NOW), inside) is Reason.TOO_LATE
    )


@pytest.mark.parametrize("state", list(State))
def test_the_municipality_reads_who_is_in_the_group_from_the_sending_until_the_names_go(state: State) -> None:
    known = why_cannot_see_group(a_petition(state=state))
    writes, gone = {State.DRAFT, State.RETURNED}, {State.WITHDRAWN}
    assert known is (Reason.NOT_SENT_YET if state in writes else Reason.TOO_LATE if state in gone else None)
    assert why_cannot_see_group(a_petition(state=state, anonymised_at=NOW)) is not None


@pytest.mark.parametrize("why", list(Rejection))
def test_strangers_read_a_rejected_text_unless_the_reason_hides_it(why: Rejection) -> None:
    assert hides_text(a_petition(state=State.REJECTED, rejection=why)) is (why in HIDES_TEXT)
    assert hides_text(a_petition(state=State.TAKEN_DOWN, rejection=why))
    assert hides_text(a_petition(hidden_at=NOW))
    assert not hides_text(a_petition(rejection=why))  # opened after a second look


@pytest.mark.parametrize("state", list(State))
def test_until_the_hand_over_it_is_taken_down_for_every_reason_and_then_its_text_is_hidden_for_few(
    state: State,
) -> None:
    gathers, inside = {State.OPEN, State.COMPLETE, State.ENDED}, NOT_PUBLIC | {State.TAKEN_DOWN}
    wanted = set(Rejection) if state in gathers else set() if state in inside else HIDES_TEXT
    assert reasons_against(a_petition(state=state, opened_at=NOW)) == wanted
    private = a_petition(state=State.WITHDRAWN, opened_at=None, handed_over_at=None)
    assert reasons_against(private) == frozenset()  # nobody but its group has read it
