"""Who is this person to the municipality, and what may they do?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from civic.refusals import Reason, Refused

if TYPE_CHECKING:
    from storage.people import Account, Person


class Level(StrEnum):
    """How sure the municipality is of a person, lowest first."""

    GUEST = "guest"
    PHONE = "phone"
    RESIDENT = "resident"
    CONFIRMED = "confirmed"


class Basis(StrEnum):
    """Why somebody is a member of the local community (Model Charter 5.1 and 5.2, docs/law.md#membership)."""

    REGISTERED = "registered"
    OVER_A_YEAR = "over-a-year"


class Notify(StrEnum):
    """How often the bot may write by itself."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Role(StrEnum):
    """What somebody does for the municipality."""

    CLERK = "clerk"
    MODERATOR = "moderator"
    HEAD = "head"
    DEPUTY = "deputy"
    MONITORING = "monitoring"
    ADMIN = "admin"


class Right(StrEnum):
    """What staff may do; one word for each kind of staff action."""

    SEE_TASKS = "see-tasks"
    CONFIRM_RESIDENTS = "confirm-residents"
    KEEP_ISSUES = "keep-issues"
    PUBLISH = "publish"
    SET_UP = "set-up"
    GRANT_ROLES = "grant-roles"
    MODERATE = "moderate"  # decide on petitions and proposals before they are public, and on reports
    DESK = "desk"  # enter what came on paper or by voice
    ANSWER = "answer"  # register, assign, answer
    SEE_SIGNERS = "see-signers"  # open lists of signers; each time is in the journal
    INVALIDATE = "invalidate"  # take signatures out of the count, take a petition down, extend its deadline
    STOP = "stop"  # stop signing or creating for everybody


_STAFF = frozenset({Right.SEE_TASKS})
_MODERATOR = _STAFF | {Right.MODERATE, Right.INVALIDATE, Right.STOP}
_CLERK = _STAFF | {
    Right.CONFIRM_RESIDENTS,
    Right.KEEP_ISSUES,
    Right.PUBLISH,
    Right.MODERATE,
    Right.DESK,
    Right.ANSWER,
    Right.SEE_SIGNERS,
}
_HEAD = _CLERK | _MODERATOR

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: _CLERK,
    Role.MODERATOR: _MODERATOR,
    Role.HEAD: _HEAD,
    Role.DEPUTY: _STAFF,
    Role.MONITORING: _STAFF,
    Role.ADMIN: _HEAD | {Right.SET_UP, Right.GRANT_ROLES},
}

_LEVELS = list(Level)
CHANGES_HANDS = timedelta(days=180)  # of silence after which a number may be somebody else's: operators sell them again
JOINED_LATELY = timedelta(days=7)  # so long whoever was there before may take a joined account away first

# raise it when the words of people-consent-text change in substance: everybody is asked again (docs/law.md#consent)
CONSENT_VERSION = 1


def has_agreed(person: "Person") -> bool:
    """Whether the person agreed to the consent text as it stands today; agreeing to an older text does not count."""
    return person.consent_version == CONSENT_VERSION


def level(person: "Person") -> Level:
    """The highest level whose every condition the person meets: a phone the messenger proved, then membership
    that they declared, then staff who confirmed it."""
    if person.phone_hash is None:
        return Level.GUEST
    if person.resident_basis is None or person.resident_municipality_id != person.municipality_id:
        return Level.PHONE
    return Level.RESIDENT if person.confirmed_at is None else Level.CONFIRMED


def why_below(person: "Person", wanted: Level) -> Reason | None:
    """What the person still lacks for the wanted level, the first thing first; None when nothing."""
    if not has_agreed(person):
        return Reason.NEEDS_CONSENT
    has = level(person)
    if _LEVELS.index(has) >= _LEVELS.index(wanted):
        return None
    return Reason.NEEDS_PHONE if has is Level.GUEST else Reason.NEEDS_RESIDENT


def why_cannot_follow(person: "Person") -> Reason | None:
    """Following asks for consent only: something is kept about the person from then on."""
    return None if has_agreed(person) else Reason.NEEDS_CONSENT


def why_cannot_declare(person: "Person") -> Reason | None:
    """Membership is declared by somebody with a proven phone who belongs to a municipality."""
    if not has_agreed(person):
        return Reason.NEEDS_CONSENT
    if person.municipality_id is None:
        return Reason.NEEDS_MUNICIPALITY
    return Reason.NEEDS_PHONE if person.phone_hash is None else None


def why_not_own_contact(contact_of: str | None, sender: str) -> Reason | None:
    """A contact proves a phone only when the messenger says that it is the sender's own."""
    return None if contact_of is not None and contact_of == sender else Reason.FOREIGN_CONTACT


def refuse(reason: Reason | None, **details: str | int) -> None:
    """Raises Refused when a rule gave a reason; nothing otherwise."""
    if reason is not None:
        raise Refused(reason, **details)


def why_cannot_end(role: Role, *, own: bool, held_by: Sequence[Role]) -> Reason | None:
    """LAST_ADMIN when the only administrator of a municipality would end their own role: nobody could grant roles
    any more. `held_by` are the roles that are held there now, one for each holder."""
    return Reason.LAST_ADMIN if role is Role.ADMIN and own and held_by.count(Role.ADMIN) <= 1 else None


def came_later(account: "Account", than: "Account") -> bool:
    """Whether an account joined somebody later than another account of theirs was there."""
    return account.joined_at is not None and (than.joined_at is None or account.joined_at > than.joined_at)


def may_have_changed_hands(account: "Account", now: datetime) -> bool:
    """Whether an account that is known by a telephone number alone was silent so long that somebody else may hold the
    number by now."""
    silent = account.seen_at is not None and now - account.seen_at > CHANGES_HANDS
    return account.messenger.knows_by_number and account.address.isdigit() and silent


def is_fresh_proof(person: "Person", now: datetime) -> bool:
    """Whether the person's phone was proven so lately that it is theirs still."""
    return person.phone_proven_at is not None and now - person.phone_proven_at <= CHANGES_HANDS


def roles_at(account: "Account", roles: frozenset[Role]) -> frozenset[Role]:
    """The roles that may be used by this account: none while the office rests there."""
    return frozenset() if account.office_rests else roles


def why_cannot_forget_all(account: "Account", now: datetime) -> Reason | None:
    """An account that was joined lately takes nothing from whoever was there before: they were told, and have a week to
    remove it. Nor does one that may not use the office."""
    if account.office_rests:
        return Reason.OFFICE_RESTS
    lately = account.joined_at is not None and now < account.joined_at + JOINED_LATELY
    return Reason.JOINED_LATELY if lately else None


def may(roles: frozenset[Role], right: Right) -> bool:
    """Whether somebody with these roles may do that."""
    return any(right in RIGHTS[role] for role in roles)


def why_not_may(roles: frozenset[Role], right: Right) -> Reason | None:
    """NOT_YOURS when none of the roles carries the right."""
    return None if may(roles, right) else Reason.NOT_YOURS
