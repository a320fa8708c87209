"""Does the journal tell what happened, and nothing about who somebody is?"""

from datetime import datetime

from sqlalchemy import select

from actions import accounts, issues, journal, people
from civic.events import Event
from civic.people import Notify, Role
from storage.database import Database
from storage.issues import listed_issues
from storage.journal import Entry
from storage.municipalities import Municipality, villages
from storage.people import Messenger
from tests.cast import VAULT, a_resident


async def test_an_entry_says_when_what_where_who_and_about_what(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        journal.write(db, Event.ISSUE_FOLLOWED, now, municipality=1, actor=2, object_id=3, how="weekly", n=5, yes=True)
        journal.write(db, Event.FORGOTTEN, now, municipality=None, actor=None)
    async with database.transaction() as db:
        first, second = (await db.scalars(select(Entry).order_by(Entry.id))).all()
    assert (first.event, first.at, first.municipality_id, first.actor_id, first.object_id, first.details) == (
        "issue.followed",
        now,
        1,
        2,
        3,
        {"how": "weekly", "n": 5, "yes": True},
    )
    assert (second.municipality_id, second.actor_id, second.object_id, second.details) == (None, None, None, {})


async def test_an_act_that_is_undone_leaves_no_entry(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        part = await db.begin_nested()
        journal.write(db, Event.SETTLED, now, municipality=1, actor=2)
        await db.flush()
        await part.rollback()
        journal.write(db, Event.CONSENTED, now, municipality=1, actor=2)
    async with database.transaction() as db:
        assert (await db.scalars(select(Entry.event))).all() == ["person.consented"]


async def test_of_everything_that_somebody_does_the_journal_holds_nothing_personal(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        village = (await villages(db, home.id))[0]
        issue = (await listed_issues(db, home.id))[0]
        cholpon = await a_resident(db, home, now, address="990103", role=Role.CLERK)
        aigul = await a_resident(db, home, now, address="990101")
        people.settle_in(db, aigul, home, village, now)
        people.notify(db, aigul, Notify.DAILY, now)
        people.confirm_resident(db, aigul, cholpon, frozenset({Role.CLERK}), now)
        await issues.follow(db, aigul, issue.id, now)
        await issues.unfollow(db, aigul, issue.id, now)
        other = people.arrive(db, Messenger.WHATSAPP, "KG.990101", now, home)
        await db.flush()
        await accounts.join_by_code(db, other, await accounts.make_code(db, aigul, now), now)
        assert await accounts.part(db, aigul, other.id, now)
        await people.forget(db, aigul, now)
    async with database.transaction() as db:
        entries = (await db.scalars(select(Entry))).all()
    by_residents = {event.value for event in Event if event.value.startswith(("person.", "issue.follow", "issue.unf"))}
    assert {entry.event for entry in entries} == by_residents  # everything that can happen to them did
    told = " ".join(f"{entry.event} {entry.details}" for entry in entries)
    phone = "+996700000990101"
    for personal in ("990101", "990103", phone, VAULT.hash(phone), village.name_ky, home.name_ky, "telegram"):
        assert personal not in told
    assert {str(key) for entry in entries for key in entry.details} == {"version", "basis", "how"}
