"""Who may grant roles, who gets them, and how do they end?"""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import people, staff
from civic.people import Right, Role, may
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Appointment, Invitation, Messenger, Person, accounts_at, roles_of
from storage.staff import get_invitation, open_invitations, staff_of
from tests.cast import a_guest, a_resident

ADMIN = frozenset({Role.ADMIN})
NAME = "Асанова Бермет"


async def an_admin(db: AsyncSession, home: Municipality, now: datetime, address: str = "107") -> Person:
    """An administrator of that municipality."""
    return await a_resident(db, home, now, address=address, role=Role.ADMIN)


async def a_link(db: AsyncSession, home: Municipality, now: datetime, role: Role = Role.CLERK) -> tuple[Person, str]:
    """An administrator and the word of a link that they made."""
    admin = await an_admin(db, home, now)
    _, word = await staff.invite(db, home, role, NAME, admin, ADMIN, now)
    return admin, word


async def one_of(db: AsyncSession, home: Municipality, role: Role) -> Appointment:
    """Who holds that role now, the newest."""
    return [each for each in await staff_of(db, home.id) if each.role is role][-1]


# --- inviting ---


async def test_a_link_is_kept_as_a_hash_and_stands_for_seven_days(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        _, word = await a_link(db, home, now)
        kept = (await db.scalars(select(Invitation))).one()
        assert word not in str({column.name: getattr(kept, column.name) for column in Invitation.__table__.columns})
        assert (await staff.invited_by(db, word, now + timedelta(days=7))).id == kept.id
        with pytest.raises(Refused) as no:
            await staff.invited_by(db, word, now + timedelta(days=7, seconds=1))
        assert no.value.reason is Reason.LINK_ENDED
        with pytest.raises(Refused) as no:
            await staff.invited_by(db, word[:-1], now)
        assert no.value.reason is Reason.NOT_FOUND


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_only_an_administrator_grants_and_takes_back(
    database: Database, home: Municipality, now: datetime, role: Role
) -> None:
    async with database.transaction() as db:
        admin = await an_admin(db, home, now)
        other = await a_resident(db, home, now, address="102", role=role)
        invitation, _ = await staff.invite(db, home, role, NAME, admin, ADMIN, now)
        held = await one_of(db, home, Role.ADMIN)
        theirs = frozenset({role})
        for act in (
            staff.invite(db, home, Role.ADMIN, NAME, other, theirs, now),
            staff.withdraw(db, invitation, other, theirs, now),
            staff.take_back(db, held, other, theirs, now),
            staff.give_back(db, held, other, theirs, now),
        ):
            with pytest.raises(Refused) as no:
                await act
            assert no.value.reason is Reason.NOT_YOURS


async def test_an_administrator_of_another_municipality_reaches_nothing_here(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await an_admin(db, home, now)
        stranger = await an_admin(db, town, now, address="109")
        invitation, _ = await staff.invite(db, home, Role.CLERK, NAME, admin, ADMIN, now)
        held = await one_of(db, home, Role.ADMIN)
        for act in (
            staff.invite(db, home, Role.ADMIN, NAME, stranger, ADMIN, now),
            staff.withdraw(db, invitation, stranger, ADMIN, now),
            staff.take_back(db, held, stranger, ADMIN, now),
            staff.give_back(db, held, stranger, ADMIN, now),
            get_invitation(db, town.id, invitation.id),
        ):
            with pytest.raises(Refused) as no:
                await act
            assert no.value.reason is Reason.NOT_FOUND
        assert [each.role for each in await staff_of(db, town.id)] == [Role.ADMIN]
        assert list(await open_invitations(db, town.id, now)) == []


@pytest.mark.parametrize(
    ("name", "reason"), [("А", Reason.TOO_SHORT), (" \u202e ", Reason.TOO_SHORT), ("А" * 81, Reason.TOO_LONG)]
)
async def test_a_name_is_between_two_and_eighty_characters(
    database: Database, home: Municipality, now: datetime, name: str, reason: Reason
) -> None:
    async with database.transaction() as db:
        admin = await an_admin(db, home, now)
        with pytest.raises(Refused) as no:
            await staff.invite(db, home, Role.CLERK, name, admin, ADMIN, now)
        assert no.value.reason is reason


# --- taking up ---


async def test_a_link_gives_its_role_once_under_the_name_and_tells_whoever_invited(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin, word = await a_link(db, home, now)
        person = await a_resident(db, home, now, address="102")
        held = await staff.take_up(db, word, person, home, now)
        assert (held.role, held.name, held.granted_by) == (Role.CLERK, NAME, admin.id)
        assert person.roles == {Role.CLERK} == await roles_of(db, person.id, home.id)
        [letter] = await db.scalars(select(Letter))
        assert (letter.key, letter.person_id) == ("role-taken-up", admin.id)
        assert NAME not in str(letter.arguments)
        other = await a_resident(db, home, now, address="103")
        for who in (person, other):
            with pytest.raises(Refused) as no:
                await staff.take_up(db, word, who, home, now)
            assert no.value.reason is Reason.LINK_USED
        assert other.roles == frozenset()


async def test_of_two_who_come_by_one_link_at_the_same_moment_one_gets_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        _, word = await a_link(db, home, now)
        for address in ("102", "103", "104", "105"):
            await a_resident(db, home, now, address=address)

    async def comes(address: str) -> Reason | None:
        try:
            async with database.transaction() as db:
                person = (await accounts_at(db, [(Messenger.TELEGRAM, address)]))[Messenger.TELEGRAM, address].person
                await staff.invited_by(db, word, now)
                await asyncio.sleep(0)
                await staff.take_up(db, word, person, home, now)
        except Refused as no:
            return no.reason
        return None

    came = await asyncio.gather(*map(comes, ("102", "103", "104", "105")))
    assert sorted(map(str, came)) == sorted(map(str, [None, *[Reason.LINK_USED] * 3]))
    async with database.transaction() as db:
        assert [each.role for each in await staff_of(db, home.id)].count(Role.CLERK) == 1


async def test_a_link_that_was_withdrawn_is_dead_and_one_that_was_used_cannot_be_withdrawn(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin, word = await a_link(db, home, now)
        invitation = await staff.invited_by(db, word, now)
        assert await staff.withdraw(db, invitation, admin, ADMIN, now)
        assert not await staff.withdraw(db, invitation, admin, ADMIN, now)
        person = await a_resident(db, home, now, address="102")
        with pytest.raises(Refused) as no:
            await staff.take_up(db, word, person, home, now)
        assert no.value.reason is Reason.LINK_ENDED
        second, word = await staff.invite(db, home, Role.HEAD, NAME, admin, ADMIN, now)
        await staff.take_up(db, word, person, home, now)
        with pytest.raises(Refused) as no:
            await staff.withdraw(db, second, admin, ADMIN, now)
        assert no.value.reason is Reason.LINK_USED


async def test_taking_up_needs_consent_and_the_link_stands_until_then(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        _, word = await a_link(db, home, now)
        guest = (await a_guest(db, now, address="101", home=home)).person
        with pytest.raises(Refused) as no:
            await staff.take_up(db, word, guest, home, now)
        assert no.value.reason is Reason.NEEDS_CONSENT
        people.agree(db, guest, now)
        assert (await staff.take_up(db, word, guest, home, now)).person_id == guest.id


async def test_who_takes_up_a_role_elsewhere_belongs_there_and_their_old_role_rests(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        _, word = await a_link(db, home, now)
        person = await a_resident(db, town, now, address="102", role=Role.ADMIN)
        person.roles = ADMIN
        await staff.take_up(db, word, person, home, now)
        assert (person.municipality_id, person.village_id, person.resident_basis) == (home.id, None, None)
        assert person.roles == {Role.CLERK}
        assert not may(person.roles, Right.GRANT_ROLES)
        assert await roles_of(db, person.id, town.id) == ADMIN


async def test_moving_by_oneself_leaves_the_roles_behind_at_once(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        person = await an_admin(db, home, now)
        person.roles = ADMIN
        people.settle_in(db, person, home, None, now)
        assert person.roles == ADMIN
        people.settle_in(db, person, town, None, now)
        assert person.roles == frozenset()


# --- taking back ---


async def test_a_role_ends_at_once_even_within_one_batch_and_its_name_stays(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin, word = await a_link(db, home, now)
        person = await a_resident(db, home, now, address="102")
        held = await staff.take_up(db, word, person, home, now)
        assert await staff.take_back(db, held, admin, ADMIN, now)
        assert person.roles == frozenset()
        assert not await staff.take_back(db, held, admin, ADMIN, now)
        assert (held.name, held.ended_at) == (NAME, now)
    async with database.transaction() as db:
        key = (Messenger.TELEGRAM, "102")
        assert (await accounts_at(db, [key]))[key].person.roles == frozenset()


async def test_an_administrator_who_was_let_go_does_not_come_back_by_a_link_of_their_own(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin, word = await a_link(db, home, now, role=Role.ADMIN)
        person = await a_resident(db, home, now, address="102")
        held = await staff.take_up(db, word, person, home, now)
        _, own = await staff.invite(db, home, Role.ADMIN, NAME, person, ADMIN, now)
        _, others = await staff.invite(db, home, Role.CLERK, NAME, admin, ADMIN, now)
        await staff.take_back(db, held, admin, ADMIN, now)
        with pytest.raises(Refused) as no:
            await staff.take_up(db, own, person, home, now)
        assert no.value.reason is Reason.LINK_ENDED
        assert (await staff.invited_by(db, others, now)).role is Role.CLERK


async def test_taking_back_can_be_undone_for_a_day(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        admin, word = await a_link(db, home, now)
        person = await a_resident(db, home, now, address="102")
        held = await staff.take_up(db, word, person, home, now)
        assert not await staff.give_back(db, held, admin, ADMIN, now)
        await staff.take_back(db, held, admin, ADMIN, now)
        assert await staff.give_back(db, held, admin, ADMIN, now + timedelta(days=1))
        assert person.roles == {Role.CLERK}
        await staff.take_back(db, held, admin, ADMIN, now)
        assert not await staff.give_back(db, held, admin, ADMIN, now + timedelta(days=1, seconds=1))
        assert held.ended_at == now


async def test_the_only_administrator_stays_and_one_of_two_may_go(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        first = await an_admin(db, home, now)
        own = await one_of(db, home, Role.ADMIN)
        with pytest.raises(Refused) as no:
            await staff.take_back(db, own, first, ADMIN, now)
        assert no.value.reason is Reason.LAST_ADMIN
        await an_admin(db, home, now, address="102")
        assert await staff.take_back(db, own, first, ADMIN, now)


async def test_whoever_is_forgotten_leaves_no_name_among_the_staff(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        _, word = await a_link(db, home, now)
        person = await a_resident(db, home, now, address="102")
        await staff.take_up(db, word, person, home, now)
        await people.forget(db, person, now)
    async with database.transaction() as db:
        assert NAME not in [*await db.scalars(select(Appointment.name)), *await db.scalars(select(Invitation.name))]
        with pytest.raises(Refused) as no:
            await staff.invited_by(db, word, now)
        assert no.value.reason is Reason.LINK_USED


async def test_the_journal_knows_every_step_and_no_name(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        admin, word = await a_link(db, home, now)
        person = await a_resident(db, home, now, address="102")
        held = await staff.take_up(db, word, person, home, now)
        await staff.take_back(db, held, admin, ADMIN, now)
        await staff.give_back(db, held, admin, ADMIN, now)
        invitation, _ = await staff.invite(db, home, Role.HEAD, NAME, admin, ADMIN, now)
        await staff.withdraw(db, invitation, admin, ADMIN, now)
        await db.flush()
        entries = list(await db.scalars(select(Entry).where(Entry.event.startswith("role.")).order_by(Entry.id)))
        assert [(str(entry.event), entry.actor_id) for entry in entries] == [
            ("role.invited", admin.id),
            ("role.taken-up", person.id),
            ("role.ended", admin.id),
            ("role.restored", admin.id),
            ("role.invited", admin.id),
            ("role.invitation-withdrawn", admin.id),
        ]
        assert all(NAME not in str(entry.details) and word not in str(entry.details) for entry in entries)
