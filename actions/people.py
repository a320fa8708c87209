"""What can people do about themselves: begin, agree, prove, declare, be forgotten?"""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, reports
from actions.petitions import leaving
from actions.proposals import supporting
from civic.events import Event
from civic.people import (
    CONSENT_VERSION,
    Basis,
    Notify,
    Right,
    Role,
    has_agreed,
    refuse,
    why_cannot_declare,
    why_not_may,
)
from civic.refusals import Reason, Refused
from storage import inbox
from storage.drafts import Draft
from storage.groups import forget_requests
from storage.issues import Following
from storage.municipalities import Municipality, Street, Village
from storage.outbox import forget_letters
from storage.people import (
    Account,
    Appointment,
    Invitation,
    JoinCode,
    Messenger,
    Person,
    accounts_at,
    accounts_of,
    set_loaded,
)
from storage.subscriptions import forget_subscriptions
from storage.vault import Vault


def arrive(db: AsyncSession, messenger: Messenger, address: str, now: datetime, home: Municipality | None) -> Account:
    """A new guest with one account. They belong to `home` at once: the municipality whose own number they wrote to, or
    the only one of the installation."""
    person = Person(created_at=now, language="ky", language_chosen=False, notify=Notify.AT_ONCE)
    person.municipality_id = home.id if home is not None else None
    account = Account(messenger=messenger, address=address, person=person)
    set_loaded(person, "municipality", home)
    db.add_all((person, account))
    return account


def find_home(person: Person, home: Municipality | None) -> None:
    """A guest who has not said where they belong belongs to the municipality whose number they wrote to."""
    if person.municipality_id is None and home is not None:
        person.municipality_id = home.id
        set_loaded(person, "municipality", home)


def speak(person: Person, language: str) -> None:
    """From now on the bot speaks that language with the person."""
    person.language, person.language_chosen = language, True


def settle_in(
    db: AsyncSession, person: Person, municipality: Municipality, village: Village | None, now: datetime
) -> None:
    """The person belongs to that municipality (and village) from now on. What they declared as a resident of
    another one does not move with them. Refused(NOT_FOUND) for a village of another municipality."""
    if village is not None and village.municipality_id != municipality.id:
        raise Refused(Reason.NOT_FOUND)
    if person.municipality_id != municipality.id:
        person.resident_basis = person.resident_municipality_id = person.resident_declared_at = None
        person.confirmed_at = person.confirmed_by = None
        person.roles = frozenset()  # held where they belonged until now; those held here are read with their next turn
    person.municipality_id = municipality.id
    moves = person.village_id != (village.id if village is not None else None)
    person.village_id, person.street_id = village.id if village else None, None if moves else person.street_id
    set_loaded(person, "municipality", municipality)
    journal.write(db, Event.SETTLED, now, municipality=municipality.id, actor=person.id)


def live_on(db: AsyncSession, person: Person, street: Street | None, now: datetime) -> None:
    """The person lives on that street, or does not want to say on which. Refused: NEEDS_CONSENT, NOT_FOUND for a street
    of another village than theirs."""
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    if street is not None and (street.village_id != person.village_id or person.village_id is None):
        raise Refused(Reason.NOT_FOUND)
    if person.street_id == (street.id if street is not None else None):
        return
    person.street_id = street.id if street is not None else None
    journal.write(db, Event.STREET_SAID, now, municipality=person.municipality_id, actor=person.id)


def agree(db: AsyncSession, person: Person, now: datetime) -> None:
    """The person agreed that what the consent text of this version names is kept."""
    person.consent_version, person.consented_at = CONSENT_VERSION, now
    journal.write(
        db,
        Event.CONSENTED,
        now,
        municipality=person.municipality_id,
        actor=person.id,
        version=CONSENT_VERSION,
    )


def notify(db: AsyncSession, person: Person, how: Notify, now: datetime) -> None:
    """How often the bot may write by itself."""
    person.notify = how
    journal.write(db, Event.NOTIFY_CHANGED, now, municipality=person.municipality_id, actor=person.id, how=how.value)


def prove_phone(
    db: AsyncSession, person: Person, phone: str, now: datetime, *, vault: Vault, keep_number: bool
) -> None:
    """The messenger proved that the phone (international form) is the person's own. A keyed hash is kept, and the
    number itself, sealed, when the person agreed to that. Refused(NEEDS_CONSENT) before any consent."""
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    person.phone_hash, person.phone_proven_at = vault.hash(phone), now
    person.phone_sealed = vault.seal(phone) if keep_number else None
    journal.write(db, Event.PHONE_PROVEN, now, municipality=person.municipality_id, actor=person.id)


def declare_resident(db: AsyncSession, person: Person, basis: Basis, now: datetime) -> None:
    """The person declares to be a member of the local community: 16 or older, and registered in the municipality
    or living there for over a year (Model Charter 5.1, 5.2; docs/law.md#membership). Refused with what is missing."""
    refuse(why_cannot_declare(person))
    person.resident_basis, person.resident_declared_at = basis, now
    person.resident_municipality_id = person.municipality_id
    person.confirmed_at = person.confirmed_by = None
    journal.write(
        db, Event.RESIDENT_DECLARED, now, municipality=person.municipality_id, actor=person.id, basis=basis.value
    )


def confirm_resident(db: AsyncSession, person: Person, by: Person, roles: frozenset[Role], now: datetime) -> None:
    """Staff confirm that a declared resident of their municipality is one. Refused: NOT_YOURS without the right,
    NOT_FOUND for somebody of another municipality, NEEDS_RESIDENT before the declaration."""
    refuse(why_not_may(roles, Right.CONFIRM_RESIDENTS))
    if person.municipality_id is None or person.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    if person.resident_basis is None:
        raise Refused(Reason.NEEDS_RESIDENT)
    person.confirmed_at, person.confirmed_by = now, by.id
    journal.write(
        db, Event.RESIDENT_CONFIRMED, now, municipality=person.municipality_id, actor=by.id, object_id=person.id
    )


async def forget(db: AsyncSession, person: Person, now: datetime) -> None:
    """Everything that identifies the person goes at once: accounts, phone, village, roles, followings, the draft.
    A nameless row stays so that counts stay; the journal keeps what happened, without who."""
    municipality = person.municipality_id
    for account in await accounts_of(db, person.id):
        await inbox.forget_sender(db, account.messenger, account.address)
    await forget_letters(db, person.id)
    await forget_subscriptions(db, person.id)
    await forget_requests(db, [person.id], now)
    await leaving.forget(db, person, now)
    await supporting.forget(db, person)
    await reports.forget(db, person)
    await db.execute(update(Invitation).where(Invitation.used_by == person.id).values(used_by=None, name=""))
    for table in (Account, Following, Appointment, Draft, JoinCode):
        await db.execute(delete(table).where(table.person_id == person.id).execution_options(synchronize_session=False))
    await journal.forget(db, [person.id])
    for gone in [thing for thing in db if isinstance(thing, Account | Draft) and thing.person_id == person.id]:
        db.expunge(gone)
    for name in ("village_id", "street_id", "phone_hash", "phone_sealed", "phone_proven_at", "resident_declared_at"):
        setattr(person, name, None)
    person.resident_basis = person.resident_municipality_id = person.confirmed_by = person.confirmed_at = None
    person.consent_version, person.consented_at = None, None
    person.language, person.language_chosen, person.notify = "ky", False, Notify.NEVER
    person.forgotten_at = now
    journal.write(db, Event.FORGOTTEN, now, municipality=municipality, actor=None)


def stop(account: Account, now: datetime, *, via: str = "", said_at: datetime | None = None) -> None:
    """The messenger says that this account cannot be written to any more, from that number of ours: whoever blocked
    one of them and writes to another is there. So is whoever wrote after it was said (in whole seconds)."""
    if via not in ("", account.via or via):
        return
    if said_at is None or account.seen_at is None or said_at >= account.seen_at.replace(microsecond=0):
        account.stopped_at = now


async def move_account(
    db: AsyncSession, messenger: Messenger, address: str, to: str, phone: str, now: datetime, *, vault: Vault
) -> bool:
    """The messenger says that somebody has another address from now on. A phone that was proven is proven anew, by the
    messenger's own word, or no more. False when nobody is at the old address, or somebody at the new one already."""
    found = await accounts_at(db, [(messenger.value, address), (messenger.value, to)])
    account = found.get((messenger.value, address))
    if account is None or (messenger.value, to) in found:
        return False
    account.address, account.stopped_at = to, None
    person = account.person
    if person.phone_hash is not None:
        person.phone_hash = person.phone_sealed = person.phone_proven_at = None
        if phone:
            prove_phone(db, person, f"+{phone.lstrip('+')}", now, vault=vault, keep_number=False)
    await db.flush()
    return True
