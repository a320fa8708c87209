"""Is what is not needed any more let go, to the minute, and nothing else?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from actions import files, housekeeping, outbox, people, staff
from civic.files import Attachment, FileKind
from civic.people import Role
from civic.petitions import Membership
from civic.publications import Channel
from handlers.petitions.presses import TellPressure
from storage import inbox
from storage.changes import Change, IssueChange
from storage.database import Database
from storage.drafts import Draft
from storage.files import File
from storage.inbox import Arrival
from storage.issues import Issue
from storage.journal import Entry, entries_of
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Account, Appointment, Invitation, Person
from storage.petitions import Member
from storage.publications import Publication
from tests.cast import a_guest, a_resident
from tests.petitions import a_draft, a_named_resident

MINUTE = timedelta(minutes=1)


async def test_arrivals_go_three_days_after_they_were_settled_and_answered(database: Database, now: datetime) -> None:
    ages = {"old": timedelta(days=3) + MINUTE, "young": timedelta(days=3) - MINUTE}
    async with database.transaction() as db:
        await inbox.put(
            db,
            [
                {"messenger": "telegram", "number": number, "address": "101", "payload": "Салам", "arrived_at": now}
                for number in (*ages, "open", "unanswered")
            ],
        )
        rows = {waiting.number: waiting.id for waiting in await inbox.waiting(db, limit=10)}
        await inbox.settle(
            db,
            [
                *(
                    {"row": rows[number], "when": now - age, "screen": None, "done": now - age}
                    for number, age in ages.items()
                ),
                {"row": rows["unanswered"], "when": now - ages["old"], "screen": "menu", "done": None},
            ],
        )
    async with database.transaction() as db:
        assert await housekeeping.empty_inbox(db, now) == 1
        assert await housekeeping.empty_inbox(db, now) == 0
        assert (await db.scalars(select(Arrival.number).order_by(Arrival.id))).all() == ["young", "open", "unanswered"]


async def test_what_came_by_whatsapp_is_remembered_for_longer_than_meta_repeats_it(
    database: Database, now: datetime
) -> None:
    for days, gone in ((timedelta(days=8) - MINUTE, 0), (timedelta(days=8) + MINUTE, 1)):
        async with database.transaction() as db:
            told = {
                "messenger": "whatsapp",
                "number": f"wamid.{gone}",
                "address": "KG.1",
                "payload": "",
                "arrived_at": now,
            }
            await inbox.put(db, [told])
            [row] = await inbox.waiting(db, limit=10)
            await inbox.settle(db, [{"row": row.id, "when": now - days, "screen": None, "done": now - days}])
        async with database.transaction() as db:
            assert await housekeeping.empty_inbox(db, now) == gone


async def test_cancelled_drafts_go_after_a_week_and_unfinished_ones_after_ninety_days(
    database: Database, now: datetime
) -> None:
    drafts = {
        "cancelled a week ago": (timedelta(days=7) + MINUTE, timedelta(days=7) + MINUTE),
        "cancelled just now": (timedelta(days=30), MINUTE),
        "cancelled six days ago": (timedelta(days=7), timedelta(days=7) - MINUTE),
        "left for ninety days": (timedelta(days=90) + MINUTE, None),
        "left for less": (timedelta(days=90) - MINUTE, None),
        TellPressure(5).pack(): (timedelta(hours=1) + MINUTE, None),
        TellPressure(6).pack(): (timedelta(hours=1) - MINUTE, None),
    }
    async with database.transaction() as db:
        for number, (what, (changed, dropped)) in enumerate(drafts.items()):
            person = (await a_guest(db, now, address=str(number))).person_id
            draft = Draft(person_id=person, number=number, begun_by=what, answers={}, changed_at=now - changed)
            draft.dropped_at = None if dropped is None else now - dropped
            db.add(draft)
    async with database.transaction() as db:
        assert await housekeeping.drop_old_drafts(db, now) == 3
        assert await housekeeping.drop_old_drafts(db, now) == 0
        assert (await db.scalars(select(Draft.begun_by).order_by(Draft.number))).all() == [
            "cancelled just now",
            "cancelled six days ago",
            "left for less",
            TellPressure(6).pack(),
        ]
        assert await db.scalar(select(func.count()).select_from(Person)) == 7


async def test_guests_who_never_agreed_go_after_half_a_year_with_all_that_is_theirs(
    database: Database, home: Municipality, now: datetime
) -> None:
    half_a_year = timedelta(days=180)
    async with database.transaction() as db:
        old = await a_guest(db, now - half_a_year - MINUTE, address="101", home=home)
        people.settle_in(db, old.person, home, None, now)
        db.add(Draft(person_id=old.person_id, number=1, begun_by="rep", answers={}, changed_at=now))
        young = await a_guest(db, now - half_a_year + MINUTE, address="102", home=home)
        agreed = await a_resident(db, home, now - half_a_year - MINUTE, address="103")
        forgotten = await a_resident(db, home, now - half_a_year - MINUTE, address="104")
        await people.forget(db, forgotten, now)
    async with database.transaction() as db:
        assert await housekeeping.let_guests_go(db, now) == 1
        assert await housekeeping.let_guests_go(db, now) == 0
        left = set((await db.scalars(select(Person.id))).all())
        assert left == {young.person_id, agreed.id, forgotten.id}
        assert set((await db.scalars(select(Account.address))).all()) == {"102", "103"}
        assert (await db.scalars(select(Draft))).all() == []


async def test_what_a_guest_did_stays_in_the_journal_and_is_never_told_of_whoever_comes_next(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        old = await a_guest(db, now - timedelta(days=200), address="101", home=home)
        people.settle_in(db, old.person, home, None, now - timedelta(days=200))
    async with database.transaction() as db:
        await housekeeping.let_guests_go(db, now)
        new = await a_guest(db, now, address="102", home=home)  # SQLite gives the free number again
        assert list(await entries_of(db, new.person_id)) == []
        assert (await db.execute(select(Entry.event, Entry.actor_id))).all() == [("person.settled", None)]


async def test_a_guest_with_a_role_is_kept(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        clerk = await a_guest(db, now - timedelta(days=200), address="101", home=home)
        db.add(Appointment(municipality_id=home.id, person_id=clerk.person_id, role=Role.CLERK, granted_at=now))
    async with database.transaction() as db:
        assert await housekeeping.let_guests_go(db, now) == 0
        assert await db.scalar(select(func.count()).select_from(Person)) == 1


async def test_a_guest_goes_with_the_letters_to_them(database: Database, home: Municipality, now: datetime) -> None:
    """Somebody of ADMIN_IDS who founded a municipality, invited its administrator and never agreed to anything."""
    async with database.transaction() as db:
        founder = (await a_guest(db, now - timedelta(days=200), address="107", home=home)).person
        await outbox.post(db, [founder], "role-taken-up", once="x", municipality=home.id, now=now)
    async with database.transaction() as db:
        assert await housekeeping.let_guests_go(db, now) == 1
        assert (await db.scalars(select(Letter))).all() == []


async def test_a_guest_at_whom_something_still_points_is_forgotten_and_keeps_nobody_else(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="109", name="Бакыт Осмонов")
        petition = await a_draft(db, home, bakyt, now, members=1)
        ago = now - timedelta(days=200)
        kept, gone = (
            await a_guest(db, ago, address="101", home=home),
            await a_guest(db, ago, address="102", home=home),
        )
        places = {"municipality_id": home.id, "petition_id": petition.id, "person_id": kept.person_id}
        db.add(Member(**places, standing=Membership.DECLINED, since=ago, leads=False, began=False))
    async with database.transaction() as db:
        assert await housekeeping.let_guests_go(db, now) == 2
    async with database.transaction() as db:
        assert await housekeeping.let_guests_go(db, now) == 0
        assert await db.get(Person, gone.person_id) is None
        assert (await db.get_one(Person, kept.person_id)).forgotten_at == now
        assert list(await db.scalars(select(Account.address))) == ["109"]
        assert [each.person_id for each in await db.scalars(select(Member).order_by(Member.id))] == [bakyt.id, None]


async def test_the_name_in_an_invitation_goes_ninety_days_after_the_link_ended(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="107", role=Role.ADMIN)
        roles = frozenset({Role.ADMIN})
        await staff.invite(db, home, Role.CLERK, "Асанова Бермет", admin, roles, now - timedelta(days=98))
        await staff.invite(db, home, Role.CLERK, "Жумабаева Чолпон", admin, roles, now - timedelta(days=97))
        held, _ = await staff.invite(db, home, Role.HEAD, "Мамытов Акылбек", admin, roles, now - timedelta(days=200))
        held.used_at = now - timedelta(days=199)
    async with database.transaction() as db:
        assert await housekeeping.drop_old_invitations(db, now) == 1
        assert sorted(await db.scalars(select(Invitation.name))) == ["Жумабаева Чолпон", "Мамытов Акылбек"]


async def test_files_that_nothing_refers_to_go_after_a_day(
    database: Database, home: Municipality, now: datetime
) -> None:
    async def kept(content: bytes, age: timedelta) -> str:
        return await files.keep(db, Attachment("", FileKind.PAPER, "a.pdf", 1, content), now - age)

    day, old = timedelta(days=1), timedelta(days=400)
    async with database.transaction() as db:
        names = ("issue", "before", "after", "publication", "draft")
        wanted = {name: await kept(name.encode(), old) for name in names}
        wanted["young"] = await kept(b"young", day - MINUTE)
        await kept(b"unwanted", day + MINUTE)
        await kept(b"wanted by nobody any more", old)
        issue = (await db.scalars(select(Issue))).first()
        assert issue is not None
        issue.file_id = wanted["issue"]
        what = {"municipality_id": home.id, "issue_id": issue.id, "kind": Change.EDITED, "at": now}
        db.add(IssueChange(**what, number=2, before={"file_id": wanted["before"]}, after={"file_id": None}))
        db.add(IssueChange(**what, number=3, before={"phone": ""}, after={"file_id": wanted["after"], "phone": "1"}))
        shown = {"channel": Channel.BOARD, "on": now.date(), "where": "Айыл өкмөтү", "noted_at": now}
        db.add(Publication(municipality_id=home.id, file_id=wanted["publication"], **shown))
        db.add(Publication(municipality_id=home.id, **shown))
        person = await a_resident(db, home, now)
        answers = {"file": f"{wanted['draft']}a.pdf", "note": "суу"}
        db.add(Draft(person_id=person.id, number=1, begun_by="x", answers=answers, changed_at=now))
    async with database.transaction() as db:
        assert await housekeeping.drop_unwanted_files(db, now) == 2
        assert await housekeeping.drop_unwanted_files(db, now) == 0
        assert set(await db.scalars(select(File.id))) == set(wanted.values())


@pytest.mark.parametrize(
    "job",
    [
        housekeeping.empty_inbox,
        housekeeping.drop_old_drafts,
        housekeeping.drop_unwanted_files,
        housekeeping.let_guests_go,
    ],
)
async def test_a_job_with_nothing_to_do_does_nothing(database: Database, now: datetime, job: object) -> None:
    async with database.transaction() as db:
        assert await job(db, now) == 0  # type: ignore[operator]
