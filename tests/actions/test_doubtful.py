"""The post of a municipality as its staff see it, and what they do with letters in doubt."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from actions import doubtful
from civic.announcements import Audience, Crowd
from civic.events import Event
from civic.people import Role
from civic.post import DAY_IS_FULL, LEFT, QUIET_HOURS, Failure, Waits, WhyLater
from civic.refusals import Reason, Refused
from storage.broadcasts import Broadcast, Going, outcomes_of
from storage.database import Database
from storage.jobs import JobRun
from storage.journal import entries_about
from storage.municipalities import Municipality
from storage.outbox import Held, Letter, Outcome, claim
from storage.people import Account, Messenger, Person
from storage.post_desk import (
    Undelivered,
    broadcasts_under_way,
    doubtful_count,
    doubtful_letter,
    doubtful_letters,
    undelivered_post,
    waiting_post,
)
from storage.waiting import what_waits
from tests.cast import a_resident

ADMIN = frozenset({Role.ADMIN})
HOUR = timedelta(hours=1)


class Post:
    """Letters in every state, to one reader."""

    def __init__(self, database: Database, home: Municipality, reader: Person, now: datetime) -> None:
        self.database, self.home, self.reader, self.now = database, home, reader, now
        self.count = 0

    async def letter(self, times: int = 1, **more: Any) -> int:
        """So many letters like that; gives the number of the last."""
        async with self.database.transaction() as db:
            for _ in range(times):
                self.count += 1
                told = {"key": "announcement", "arguments": {}, "posted_at": self.now, "not_before": self.now} | more
                letter = Letter(
                    once=f"{self.home.key}:{self.count}",
                    municipality_id=self.home.id,
                    person_id=self.reader.id,
                    **told,
                )
                db.add(letter)
            await db.flush()
            return letter.id

    async def broadcast(self, going: Going) -> int:
        """One broadcast; gives its number."""
        async with self.database.transaction() as db:
            begun = Broadcast(
                municipality_id=self.home.id,
                key="announcement",
                arguments={},
                audience=Audience(Crowd.EVERYBODY).packed(),
                going=going,
                posted_at=self.now,
                not_before=self.now,
            )
            db.add(begun)
            await db.flush()
            return begun.id

    async def in_doubt(self, times: int = 1, **more: Any) -> int:
        """So many letters in doubt; gives the number of the last."""
        return await self.letter(times, outcome=Outcome.IN_DOUBT, done_at=self.now, **more)


@pytest.fixture
async def post(database: Database, home: Municipality, now: datetime) -> Post:
    """The post of the aimak."""
    async with database.transaction() as db:
        return Post(database, home, await a_resident(db, home, now), now)


@pytest.fixture
async def theirs(database: Database, town: Municipality, now: datetime) -> Post:
    """The post of the town, with one letter in every state."""
    async with database.transaction() as db:
        reader = await a_resident(db, town, now, address="901")
        await db.execute(update(Account).where(Account.person_id == reader.id).values(stopped_at=now))
    post = Post(database, town, reader, now)
    await post.letter()
    await post.letter(outcome=Outcome.FAILED, done_at=now, reason="no connection")
    await post.letter(outcome=Outcome.GONE, done_at=now)
    await post.in_doubt()
    await post.broadcast(Going.RUNNING)
    return post


async def an_admin(post: Post, address: str = "107") -> Person:
    """Somebody who may set up the municipality."""
    async with post.database.transaction() as db:
        return await a_resident(db, post.home, post.now, address=address, role=Role.ADMIN)


async def test_what_every_letter_waits_for_is_counted(post: Post, theirs: Post) -> None:
    later = post.now + HOUR
    await post.letter(2)
    await post.letter(3, lease_until=later)
    await post.letter(4, not_before=later, reason=QUIET_HOURS)
    await post.letter(5, not_before=later)
    await post.letter(6, held=Held.DAILY)
    await post.letter(7, held=Held.WEEKLY)
    await post.letter(8, held=Held.PAUSED)
    await post.letter(1, held=Held.WINDOW, reason="waits for the person's next message")
    await post.letter(1, held=Held.WINDOW, reason="template refused, code 132001")
    await post.letter(2, not_before=later, reason=DAY_IS_FULL)
    await post.letter(3, not_before=later, account_id=1)
    await post.letter(1, not_before=later, account_id=1, tries=1, reason="no connection")
    await post.letter(1, not_before=later, account_id=1, tries=5, reason="no connection")
    await post.letter(9, outcome=Outcome.SENT, done_at=post.now)
    await post.broadcast(Going.RUNNING)
    await post.broadcast(Going.PAUSED)
    await post.broadcast(Going.WRITTEN)
    async with post.database.transaction() as db:
        waiting = await waiting_post(db, post.home.id, post.now)
        assert await broadcasts_under_way(db, post.home.id) == 2
    assert waiting.by_what == {
        Waits.NOW: 2,
        Waits.IN_HAND: 3,
        Waits.QUIET: 4,
        Waits.PLANNED: 5,
        Waits.DAILY: 6,
        Waits.WEEKLY: 7,
        Waits.PAUSED: 8,
        Waits.WINDOW: 2,
        Waits.LATER: 5,
        Waits.AGAIN: 2,
    }
    assert waiting.later == {WhyLater.MESSAGE: 1, WhyLater.TEMPLATE: 1, WhyLater.FULL: 2, WhyLater.RATE: 3}
    assert waiting.count == 44


async def test_what_did_not_arrive_is_told_by_its_reasons(post: Post, theirs: Post) -> None:
    failed = {"outcome": Outcome.FAILED, "done_at": post.now}
    await post.letter(3, reason="no connection", **failed)
    await post.letter(2, reason="Bad Request: chat not found", **failed)
    await post.letter(1, reason="KeyError", **failed)
    await post.letter(4, outcome=Outcome.GONE, done_at=post.now)
    await post.letter(5, reason="no connection", outcome=Outcome.FAILED, done_at=post.now - HOUR)  # long ago
    async with post.database.transaction() as db:
        await db.execute(update(Account).where(Account.person_id == post.reader.id).values(stopped_at=post.now))
        lost = await undelivered_post(db, post.home.id, post.now - timedelta(minutes=1))
    assert lost == Undelivered(
        failed={
            (Failure.CONNECTION, "no connection"): 3,
            (Failure.MESSENGER, "Bad Request: chat not found"): 2,
            (Failure.PROGRAM, "KeyError"): 1,
        },
        gone=4,
        stopped={Messenger.TELEGRAM: 1},
    )
    assert lost.failed_count == 6


async def test_one_letter_in_doubt_is_sent_again_as_if_it_had_never_been(post: Post, theirs: Post) -> None:
    admin, (first, second) = await an_admin(post), [await post.in_doubt(), await post.in_doubt()]
    later = post.now + HOUR
    async with post.database.transaction() as db:
        assert await doubtful.send_again(db, admin, ADMIN, later, letter=first) == 1
    async with post.database.transaction() as db:
        assert await doubtful_count(db, post.home.id) == (1, second)
        assert [letter.id for letter in await doubtful_letters(db, post.home.id, after=0, limit=9)] == [second]
        taken = [letter.id for letter in await claim(db, later, later + HOUR, limit=9)]
        assert first in taken
        assert second not in taken
        [entry] = await entries_about(db, post.home.id, [Event.POST_SENT_AGAIN], after=0, limit=9)
        assert (entry.actor_id, entry.details) == (admin.id, {"count": 1})


async def test_what_is_left_stays_in_doubt_and_is_listed_no_more(post: Post) -> None:
    admin, number = await an_admin(post), await post.broadcast(Going.WRITTEN)
    letter = await post.in_doubt(broadcast_id=number)
    async with post.database.transaction() as db:
        assert await doubtful.leave(db, admin, ADMIN, post.now, letter=letter) == 1
    async with post.database.transaction() as db:
        assert await doubtful_count(db, post.home.id) == (0, 0)
        assert (await outcomes_of(db, number))["in-doubt"] == 1, "the figures of the announcement stay true"
        with pytest.raises(Refused) as no:
            await doubtful_letter(db, post.home.id, letter)
        assert no.value.reason is Reason.NOT_FOUND
        [entry] = await entries_about(db, post.home.id, [Event.POST_LEFT], after=0, limit=9)
        assert entry.details == {"count": 1}


@pytest.mark.parametrize("do", [doubtful.send_again, doubtful.leave], ids=["send", "leave"])
async def test_all_are_those_that_were_there_when_it_was_asked(post: Post, theirs: Post, do: Any) -> None:
    admin, seen, _ = await an_admin(post), await post.in_doubt(5), await post.in_doubt(2)
    async with post.database.transaction() as db:
        assert await do(db, admin, ADMIN, post.now, until=seen) == 5
        assert (await doubtful_count(db, post.home.id))[0] == 2
        assert (await doubtful_count(db, theirs.home.id))[0] == 1


@pytest.mark.parametrize("do", [doubtful.send_again, doubtful.leave], ids=["send", "leave"])
async def test_the_second_of_two_who_decide_is_told_so_and_nobody_decides_on_what_is_not_theirs(
    post: Post, theirs: Post, do: Any
) -> None:
    admin, letter = await an_admin(post), await post.in_doubt()
    async with theirs.database.transaction() as db:
        [foreign] = await doubtful_letters(db, theirs.home.id, after=0, limit=9)
        sent = await db.scalar(select(Letter.id).where(Letter.outcome == Outcome.GONE))
    tried: list[tuple[frozenset[Role], dict[str, int], Reason]] = [
        (ADMIN, {"letter": letter}, Reason.DECIDED_ALREADY),
        (ADMIN, {"until": letter}, Reason.DECIDED_ALREADY),
        (ADMIN, {"letter": foreign.id}, Reason.NOT_FOUND),
        (ADMIN, {"letter": sent or 0}, Reason.NOT_FOUND),
        (ADMIN, {"letter": 2**40}, Reason.NOT_FOUND),
        (ADMIN, {}, Reason.NOT_FOUND),
        (frozenset({Role.CLERK, Role.HEAD, Role.MODERATOR}), {"letter": letter}, Reason.NOT_YOURS),
    ]
    async with post.database.transaction() as db:
        assert await do(db, admin, ADMIN, post.now, letter=letter) == 1
        for roles, which, reason in tried:
            with pytest.raises(Refused) as no:
                await do(db, admin, roles, post.now, **which)
            assert no.value.reason is reason, which
        assert await db.get(Letter, foreign.id, populate_existing=True) is not None
        assert (await doubtful_count(db, theirs.home.id))[0] == 1


async def test_of_what_was_cancelled_nothing_is_sent_again_and_of_what_is_paused_it_rests(post: Post) -> None:
    admin = await an_admin(post)
    cancelled = await post.in_doubt(2, broadcast_id=await post.broadcast(Going.CANCELLED))
    paused = await post.in_doubt(broadcast_id=await post.broadcast(Going.PAUSED))
    newest = await post.in_doubt(broadcast_id=await post.broadcast(Going.WRITTEN))
    async with post.database.transaction() as db:
        assert await doubtful.send_again(db, admin, ADMIN, post.now, until=newest) == 2
    async with post.database.transaction() as db:
        assert await doubtful_count(db, post.home.id) == (2, cancelled)
        assert (await waiting_post(db, post.home.id, post.now)).by_what == {Waits.PAUSED: 1, Waits.NOW: 1}
        letter = await db.get(Letter, paused)
        assert letter is not None
        assert (letter.held, letter.outcome) == (Held.PAUSED, None)
        with pytest.raises(Refused) as no:
            await doubtful.send_again(db, admin, ADMIN, post.now, letter=cancelled)
        assert no.value.reason is Reason.DECIDED_ALREADY
        assert await doubtful.leave(db, admin, ADMIN, post.now, letter=cancelled) == 1


async def test_what_needs_an_administrator_is_counted_for_their_own_municipality(post: Post, theirs: Post) -> None:
    await post.in_doubt(3)
    await post.in_doubt(reason=LEFT)
    async with post.database.transaction() as db:
        db.add(JobRun(name="send-digests", fault="KeyError", faults=2))
        db.add(JobRun(name="close-petitions"))
    async with post.database.transaction() as db:
        ours, other = [await what_waits(db, each.home.id, post.now) for each in (post, theirs)]
    assert (ours.doubtful, ours.faults, ours.groups, ours.invitations, ours.stopped) == (3, 1, 0, 0, 0)
    assert (other.doubtful, other.faults) == (1, 1), "the timetable is everybody's"
