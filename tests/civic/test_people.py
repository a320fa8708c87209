"""What must hold before somebody may follow, declare, confirm? On people that no database has seen."""

from datetime import UTC, datetime

import pytest

from civic.people import (
    RIGHTS,
    Basis,
    Level,
    Right,
    Role,
    level,
    may,
    refuse,
    why_below,
    why_cannot_declare,
    why_cannot_follow,
    why_not_may,
    why_not_own_contact,
)
from civic.refusals import Reason, Refused
from storage.people import Person

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
AK_BULAK, KOK_JAR = 1, 2


def a_person(
    *,
    agreed: bool = True,
    phone: bool = True,
    home: int | None = AK_BULAK,
    resident_of: int | None = AK_BULAK,
    confirmed: bool = False,
) -> Person:
    return Person(
        consent_version=1 if agreed else None,
        phone_hash="f" * 64 if phone else None,
        municipality_id=home,
        resident_basis=Basis.REGISTERED if resident_of else None,
        resident_municipality_id=resident_of,
        confirmed_at=NOW if confirmed else None,
    )


@pytest.mark.parametrize(
    ("person", "stands"),
    [
        (a_person(phone=False, resident_of=None), Level.GUEST),
        (a_person(resident_of=None), Level.PHONE),
        (a_person(), Level.RESIDENT),
        (a_person(confirmed=True), Level.CONFIRMED),
    ],
)
def test_the_ladder_of_levels(person: Person, stands: Level) -> None:
    assert level(person) is stands


@pytest.mark.parametrize(
    ("person", "stands"),
    [
        (a_person(phone=False, confirmed=True), Level.GUEST),
        (a_person(resident_of=None, confirmed=True), Level.PHONE),
        (a_person(resident_of=KOK_JAR, confirmed=True), Level.PHONE),
        (a_person(home=None, resident_of=AK_BULAK), Level.PHONE),
    ],
)
def test_a_rung_that_is_missing_cannot_be_skipped(person: Person, stands: Level) -> None:
    assert level(person) is stands


@pytest.mark.parametrize("wanted", list(Level))
def test_without_consent_nobody_has_any_level(wanted: Level) -> None:
    assert why_below(a_person(agreed=False, confirmed=True), wanted) is Reason.NEEDS_CONSENT


def test_what_is_missing_for_a_level_is_said_the_first_thing_first() -> None:
    guest, phone, resident, confirmed = (
        a_person(phone=False, resident_of=None),
        a_person(resident_of=None),
        a_person(),
        a_person(confirmed=True),
    )
    missing = {
        wanted: [why_below(person, wanted) for person in (guest, phone, resident, confirmed)] for wanted in Level
    }
    assert missing == {
        Level.GUEST: [None, None, None, None],
        Level.PHONE: [Reason.NEEDS_PHONE, None, None, None],
        Level.RESIDENT: [Reason.NEEDS_PHONE, Reason.NEEDS_RESIDENT, None, None],
        Level.CONFIRMED: [Reason.NEEDS_PHONE, Reason.NEEDS_RESIDENT, Reason.NEEDS_RESIDENT, None],
    }


def test_following_needs_consent_and_nothing_else() -> None:
    assert why_cannot_follow(a_person(phone=False, resident_of=None)) is None
    assert why_cannot_follow(a_person(agreed=False)) is Reason.NEEDS_CONSENT


def test_declaring_membership_needs_consent_then_a_municipality_then_a_phone() -> None:
    assert why_cannot_declare(a_person(agreed=False, home=None, phone=False)) is Reason.NEEDS_CONSENT
    assert why_cannot_declare(a_person(home=None, phone=False)) is Reason.NEEDS_MUNICIPALITY
    assert why_cannot_declare(a_person(phone=False)) is Reason.NEEDS_PHONE
    assert why_cannot_declare(a_person(resident_of=None)) is None


def test_a_contact_proves_a_phone_only_when_it_is_the_senders_own() -> None:
    assert why_not_own_contact("101", "101") is None


@pytest.mark.parametrize("contact_of", [None, "", "102", " 101", "1010"])
def test_a_contact_of_somebody_else_or_of_nobody_proves_nothing(contact_of: str | None) -> None:
    assert why_not_own_contact(contact_of, "101") is Reason.FOREIGN_CONTACT


def test_the_rights_of_every_role() -> None:
    tasks = frozenset({Right.SEE_TASKS})
    office = tasks | {Right.CONFIRM_RESIDENTS, Right.KEEP_ISSUES, Right.PUBLISH}
    office |= {Right.MODERATE, Right.DESK, Right.ANSWER, Right.SEE_SIGNERS}
    moderator = tasks | {Right.MODERATE, Right.INVALIDATE, Right.STOP}
    assert {role: RIGHTS[role] for role in Role} == {
        Role.CLERK: office,
        Role.HEAD: office | moderator,
        Role.ADMIN: office | moderator | {Right.SET_UP, Right.GRANT_ROLES},
        Role.MODERATOR: moderator,
        Role.DEPUTY: tasks,
        Role.MONITORING: tasks,
    }


def test_one_role_that_carries_the_right_is_enough() -> None:
    assert may(frozenset({Role.DEPUTY, Role.CLERK}), Right.CONFIRM_RESIDENTS)
    assert why_not_may(frozenset({Role.DEPUTY, Role.CLERK}), Right.CONFIRM_RESIDENTS) is None


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.DEPUTY, Role.MONITORING, Role.MODERATOR})])
def test_without_such_a_role_the_answer_is_not_yours(roles: frozenset[Role]) -> None:
    assert not may(roles, Right.CONFIRM_RESIDENTS)
    assert why_not_may(roles, Right.CONFIRM_RESIDENTS) is Reason.NOT_YOURS


def test_a_rule_with_a_reason_becomes_a_refusal_that_carries_its_details() -> None:
    with pytest.raises(Refused) as no:
        refuse(Reason.TOO_LONG, most=80, is_now=81)
    assert (no.value.reason, no.value.details, str(no.value)) == (
        Reason.TOO_LONG,
        {"most": 80, "is_now": 81},
        "too-long",
    )


def test_a_rule_without_a_reason_refuses_nothing() -> None:
    refuse(None, most=80)
