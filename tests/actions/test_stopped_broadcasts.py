"""What is paused or cancelled goes out by no back door: a digest, after somebody's next message, or twice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions import announcing, broadcasts, digests
from civic.announcements import Audience, Crowd
from civic.people import Notify, Role
from storage.announcements import Announcement, was_told
from storage.broadcasts import get_broadcast, outcomes_of
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Held, Letter, claim, join_letters, release_written, settle_lost
from storage.people import Account, Messenger
from tests.actions.test_announcements import a_channel
from tests.announcements import CLERK, a_draft, a_sent_one, arrived, sends, written
from tests.cast import a_resident

HAND = timedelta(minutes=10)


@pytest.fixture
async def sent(database: Database, home: Municipality, now: datetime) -> int:
    """An announcement whose letters are written: to Aigul, who reads by the day, to Bakyt, who is awaited in WhatsApp,
    and to its author Cholpon."""
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        aigul = await a_resident(db, home, now, address="101")
        bakyt = await a_resident(db, home, now, address="102")
        aigul.notify = Notify.DAILY
        draft = await a_draft(db, home, cholpon, now)
        await sends(db, draft, cholpon, now)
        await broadcasts.write_some(db, await get_broadcast(db, home.id, draft.broadcast_id or 0), now)
        theirs = await db.scalar(select(Letter).where(Letter.person_id == bakyt.id))
        own = await db.scalar(select(Account).where(Account.person_id == bakyt.id))
        assert theirs is not None
        assert own is not None
        theirs.held, own.messenger, own.seen_at = Held.WINDOW, Messenger.WHATSAPP, now
        return draft.id


async def test_what_is_paused_goes_out_neither_by_a_digest_nor_after_somebodys_next_message(
    database: Database, home: Municipality, now: datetime, sent: int
) -> None:
    tomorrow = now + timedelta(days=1)
    async with database.transaction() as db:
        announcement = await db.get_one(Announcement, sent)
        cholpon = await a_resident(db, home, now, address="104", role=Role.CLERK)
        waited = sorted(str(held) for held in await db.scalars(select(Letter.held)))
        assert waited == ["None", "daily", "window"]
        await announcing.pause(db, announcement.id, cholpon, CLERK, now)
        assert await release_written(db) == 0
        assert await digests.send_digests(db, tomorrow) == 0
        assert await claim(db, tomorrow, tomorrow + HAND, limit=10) == []
        await announcing.go_on(db, announcement.id, cholpon, CLERK, now)
        assert sorted(str(held) for held in await db.scalars(select(Letter.held))) == waited
        assert await release_written(db) == 1
        assert await digests.send_digests(db, tomorrow) == 1


async def test_what_a_postman_could_not_bring_comes_once_when_a_cancelling_is_undone(
    database: Database, home: Municipality, now: datetime, sent: int
) -> None:
    async with database.transaction() as db:
        announcement = await db.get_one(Announcement, sent)
        cholpon = await a_resident(db, home, now, address="104", role=Role.CLERK)
        [in_hand] = await claim(db, now, now + HAND, limit=10)
        await announcing.cancel(db, announcement.id, cholpon, CLERK, now)
        in_hand.lease_until, in_hand.not_before = None, now + HAND  # the messenger is away
        await db.flush()
        await announcing.restore(db, announcement.id, cholpon, CLERK, now)
        await broadcasts.write_some(db, await get_broadcast(db, home.id, announcement.broadcast_id or 0), now)
        theirs = select(Letter.id).where(Letter.person_id == in_hand.person_id, Letter.done_at.is_(None))
        assert len((await db.scalars(theirs)).all()) == 1


async def test_a_letter_in_hand_that_the_messenger_does_not_take_is_paused_like_the_others(
    database: Database, home: Municipality, now: datetime, sent: int
) -> None:
    later = now + timedelta(hours=1)
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="104", role=Role.CLERK)
        [letter] = await claim(db, now, now + HAND, limit=10)
        await announcing.pause(db, sent, cholpon, CLERK, now)
        await db.refresh(letter)
        letter.lease_until = None
        await db.flush()
        assert await claim(db, later, later + HAND, limit=10) == []
        await announcing.go_on(db, sent, cholpon, CLERK, now)
        assert [each.id for each in await claim(db, later, later + HAND, limit=10)] == [letter.id]


async def test_what_is_told_in_a_channel_is_part_of_the_announcement(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        channel = await a_channel(db, home, cholpon, now)
        there = Audience(Crowd.PLACES, places=(channel.id,))
        first, second = [await a_sent_one(db, home, cholpon, now, there) for _ in range(2)]
        [waits], [also] = [await written(db, each, now) for each in (first, second)]  # the second does not wait
        await announcing.pause(db, first.id, cholpon, CLERK, now)
        assert [letter.id for letter in await claim(db, now, now + HAND, limit=10)] == [also.id]
        await settle_lost(db, now, now + HAND)
        await announcing.go_on(db, first.id, cholpon, CLERK, now)
        [again] = await claim(db, now, now + HAND, limit=10)
        assert again.id == waits.id
        arrived(again, now)
        await db.flush()
        assert await outcomes_of(db, first.broadcast_id or 0) == {"places": 1, "pressed": 0}
        assert await outcomes_of(db, second.broadcast_id or 0) == {"in-doubt": 1, "pressed": 0}
        assert await announcing.recall(db, first.id, cholpon, CLERK, now) == 1


async def test_who_joins_two_accounts_gets_what_is_told_to_both_once(
    database: Database, home: Municipality, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcasts, "PIECE", 1)
    async with database.transaction() as db:
        gone, owner = [await a_resident(db, home, now, address=address) for address in ("201", "202")]
        cholpon = await a_resident(db, home, now, address="203", role=Role.CLERK)
        first, second, third = [await a_sent_one(db, home, cholpon, now) for _ in range(3)]
        numbers = [each.broadcast_id or 0 for each in (first, second, third)]
        for number, pieces in zip(numbers, (1, 2, 2), strict=True):  # the first one has not come to the owner yet
            for _ in range(pieces):
                await broadcasts.write_some(db, await get_broadcast(db, home.id, number), now)
        arrived((await db.scalars(select(Letter).where(Letter.once == f"b{numbers[2]}:{gone.id}"))).one(), now)
        await db.flush()
        await join_letters(db, gone.id, owner.id, now)
        await broadcasts.write_some(db, await get_broadcast(db, home.id, numbers[0]), now)
        left = select(Letter.broadcast_id).where(
            Letter.person_id == owner.id, Letter.outcome.is_distinct_from("skipped")
        )
        assert sorted(number or 0 for number in await db.scalars(left)) == sorted(numbers)
        assert await was_told(db, numbers[0], owner.id)
        come = select(Letter.outcome).where(Letter.person_id == owner.id, Letter.broadcast_id == numbers[2])
        assert sorted(str(outcome) for outcome in await db.scalars(come)) == ["sent", "skipped"]
