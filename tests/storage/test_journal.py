"""What did somebody do, newest first, and nobody else?"""

from datetime import datetime, timedelta

from civic.events import Event
from storage.database import Database
from storage.journal import Entry, entries_of


async def test_a_persons_entries_come_newest_first_and_are_theirs(database: Database, now: datetime) -> None:
    acts = [(Event.SETTLED, 1), (Event.CONSENTED, 1), (Event.CONSENTED, 2), (Event.ISSUE_FOLLOWED, 1)]
    async with database.transaction() as db:
        for number, (event, actor) in enumerate(acts):
            db.add(Entry(at=now + timedelta(minutes=number), event=event, actor_id=actor, details={}))
            await db.flush()
        db.add(Entry(at=now, event=Event.FORGOTTEN, actor_id=None, details={}))
    async with database.transaction() as db:
        assert [entry.event for entry in await entries_of(db, 1)] == [
            "issue.followed",
            "person.consented",
            "person.settled",
        ]
        assert [entry.event for entry in await entries_of(db, 1, limit=1)] == ["issue.followed"]
        assert list(await entries_of(db, 3)) == []


async def test_an_entry_of_a_release_long_gone_stays_readable(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        db.add(Entry(at=now, event="petition.hung-up", actor_id=1, details={"n": 300}))
    async with database.transaction() as db:
        kept = (await entries_of(db, 1))[0]
    assert (kept.event, kept.details, kept.at) == ("petition.hung-up", {"n": 300}, now)
