"""Is every letter delivered once, to whom it is for, when they want it, whatever happens to the postman?"""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from actions import broadcasts, digests, outbox, subscriptions
from civic.announcements import Audience, Crowd
from civic.people import Notify, Role
from civic.subscriptions import Topic
from storage.broadcasts import Broadcast, Going, outcomes_of
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.people import Account, Appointment, Person
from storage.subscriptions import Mute, Subscription
from tests.bot.post_office import Office, an_office, has_phone
from tests.cast import a_resident

EVERYBODY = Audience(Crowd.EVERYBODY)


async def a_village(office: Office, home: Municipality, size: int, *, first: int = 2_001) -> list[Person]:
    """So many residents with phones."""
    async with office.database.transaction() as db:
        people = [await a_resident(db, home, office.clock.now(), address=str(first + number)) for number in range(size)]
    for number, person in enumerate(people):
        has_phone(office, person, str(first + number))
    return people


async def announce(office: Office, home: Municipality, **more: Any) -> int:
    """A broadcast to everybody; gives its number."""
    async with office.database.transaction() as db:
        begun = await broadcasts.begin(
            db,
            home.id,
            "announcement",
            EVERYBODY,
            office.clock.now(),
            topic=Topic.ANNOUNCEMENTS,
            by=None,
            **more,
        )
        return begun.id


async def figures(office: Office, broadcast: int) -> dict[str, int]:
    """What became of a broadcast."""
    async with office.database.transaction() as db:
        return {word: count for word, count in (await outcomes_of(db, broadcast)).items() if count}


async def test_a_broadcast_reaches_everybody_once(database: Database, home: Municipality, now: datetime) -> None:
    async with an_office(database, now) as office:
        people = await a_village(office, home, 120)
        number = await announce(office, home)
        await office.idle()
        assert Counter(call.chat for call in office.sent()) == Counter(range(2_001, 2_001 + len(people)))
        assert await figures(office, number) == {"sent": 120}
        async with database.transaction() as db:
            broadcast = await db.get(Broadcast, number)
            assert broadcast is not None
            assert (broadcast.going, broadcast.cursor) == (Going.WRITTEN, max(person.id for person in people))
            named = select(func.count()).where(Letter.message != "", Letter.account_id.is_not(None))
            assert await db.scalar(named) == 120


async def test_each_gets_it_as_they_want_it(database: Database, home: Municipality, now: datetime) -> None:
    async with an_office(database, now) as office:
        at_once, daily, weekly, never, own = await a_village(office, home, 5)
        async with database.transaction() as db:
            for person, how in ((daily, Notify.DAILY), (weekly, Notify.WEEKLY), (never, Notify.NEVER)):
                await db.execute(update(Person).where(Person.id == person.id).values(notify=how))
            await db.execute(update(Person).where(Person.id == own.id).values(notify=Notify.NEVER))
            db.add(Subscription(person_id=own.id, topic=Topic.ANNOUNCEMENTS, how=Notify.AT_ONCE, since=now))
            assert await broadcasts.reach(db, home.id, EVERYBODY, Topic.ANNOUNCEMENTS) == {
                "at-once": 2,
                "daily": 1,
                "weekly": 1,
                "places": 0,
            }
        number = await announce(office, home)
        await office.idle()
        assert {call.chat for call in office.sent()} == {2_001, 2_005}
        assert await figures(office, number) == {"sent": 2, "digest": 2}
        assert at_once.id != never.id


async def test_a_digest_is_one_message_with_what_is_still_true(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        [reader] = await a_village(office, home, 1)
        async with database.transaction() as db:
            await db.execute(update(Person).values(notify=Notify.DAILY))
            told: tuple[tuple[str, dict[str, Any]], ...] = (
                ("a", {"says": "Биринчи"}),
                ("b", {"over": True}),
                ("c", {"says": "Экинчи"}),
            )
            for once, says in told:
                await outbox.post(db, [reader], "petition-milestone", once=once, municipality=home.id, now=now, **says)
        await office.idle()
        assert office.sent() == []
        async with database.transaction() as db:
            newest = await db.scalar(select(func.max(Letter.id)))
            await outbox.post(
                db, [reader], "digest", once="d", municipality=home.id, now=now, how="daily", until=newest
            )
        await office.idle()
        assert [call.params["text"] for call in office.sent()] == ["Экинчи\nБиринчи"]
        async with database.transaction() as db:
            assert {letter.outcome for letter in await db.scalars(select(Letter))} == {Outcome.SENT}


async def test_what_somebody_muted_after_it_was_kept_is_in_no_digest(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        silent, choosy = await a_village(office, home, 2)
        async with database.transaction() as db:
            await db.execute(update(Person).values(notify=Notify.DAILY))
            for petition in (7, 8):
                told: dict[str, Any] = {"petition": petition, "says": str(petition)}
                once = f"p{petition}"
                everybody = [silent, choosy]
                await outbox.post(db, everybody, "petition-milestone", once=once, municipality=home.id, now=now, **told)
        await office.idle()
        async with database.transaction() as db:
            await subscriptions.choose_nothing(db, await db.get_one(Person, silent.id), now)
            db.add(Mute(person_id=choosy.id, subject="petition", subject_id=7, since=now))
        office.clock.time = evening = now + timedelta(days=1)
        async with database.transaction() as db:
            assert await digests.send_digests(db, evening) == 2
        await office.idle()
        assert [(call.chat, call.params["text"]) for call in office.sent()] == [(2_002, "8")]
        async with database.transaction() as db:
            muted = select(func.count()).where(Letter.outcome == Outcome.MUTED, Letter.key == "petition-milestone")
            assert await db.scalar(muted) == 3


async def test_one_broadcast_that_cannot_be_written_keeps_no_other_letter_waiting(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        [person] = await a_village(office, home, 1)
        number = await announce(office, home, not_before=now + timedelta(hours=1))
        async with database.transaction() as db:
            broadcast = await db.get_one(Broadcast, number)
            broadcast.audience = {**broadcast.audience, "crowd": "of a later release"}
            broadcast.not_before = now
            once: dict[str, Any] = {"once": "own", "municipality": home.id, "says": "own"}
            await outbox.post(db, [person], "accounts-joined", now=now, **once)
        await office.idle()
        assert [call.params["text"] for call in office.sent()] == ["own"]


async def test_letters_that_wait_for_their_hour_keep_nobody_behind_them_waiting(
    database: Database, home: Municipality, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcasts, "PIECE", 5)
    monkeypatch.setattr(broadcasts, "AHEAD", 10)
    async with database.transaction() as db:
        for number in range(30):
            await a_resident(db, home, now, address=str(3_001 + number))
        told: dict[str, Any] = {"topic": Topic.ANNOUNCEMENTS, "by": None}
        broadcast = await broadcasts.begin(db, home.id, "announcement", EVERYBODY, now, **told)
        assert [await broadcasts.write_some(db, broadcast, now) for _ in range(3)] == [5, 5, 0]
        # the day's number of people whom WhatsApp lets us begin with is used up: they wait for an hour
        await db.execute(update(Letter).values(not_before=now + timedelta(hours=1)))
        assert await broadcasts.write_some(db, broadcast, now) == 5


async def test_staff_are_told_of_their_work_whatever_they_chose_for_news(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        people = await a_village(office, home, 2)
        audience = Audience(Crowd.STAFF, roles=("clerk",))
        async with database.transaction() as db:
            for person, how in zip(people, (Notify.NEVER, Notify.WEEKLY), strict=True):
                db.add(Appointment(person_id=person.id, municipality_id=home.id, role=Role.CLERK, granted_at=now))
                await db.execute(update(Person).where(Person.id == person.id).values(notify=how))
            reach = await broadcasts.reach(db, home.id, audience, Topic.ANNOUNCEMENTS)
            assert reach == {"at-once": 2, "daily": 0, "weekly": 0, "places": 0}
            told: dict[str, Any] = {"topic": Topic.ANNOUNCEMENTS, "by": None}
            begun = await broadcasts.begin(db, home.id, "announcement", audience, now, **told)
        await office.idle()
        assert await figures(office, begun.id) == {"sent": 2}


async def test_in_the_quiet_hours_news_waits_and_what_is_urgent_or_essential_does_not(
    database: Database, home: Municipality, now: datetime
) -> None:
    night = datetime.fromisoformat("2026-05-04T22:30:00+06:00")
    async with an_office(database, night) as office:
        [person] = await a_village(office, home, 1)
        async with database.transaction() as db:
            letters: tuple[tuple[str, str, dict[str, Any]], ...] = (
                ("petition-milestone", "news", {}),
                ("accounts-joined", "essential", {}),
                ("announcement", "urgent", {"urgent": True}),
            )
            for key, once, more in letters:
                await outbox.post(db, [person], key, once=once, municipality=home.id, now=night, says=once, **more)
        await office.idle()
        told_now = {call.params["text"]: call.params.get("disable_notification") for call in office.sent()}
        assert told_now == {"essential": True, "urgent": None}  # at night only what is urgent makes a sound
        office.clock.time = datetime.fromisoformat("2026-05-05T07:59:00+06:00")
        await office.idle()
        assert len(office.sent()) == 2
        office.clock.time = datetime.fromisoformat("2026-05-05T08:00:00+06:00")
        await office.idle()
        assert [call.params["text"] for call in office.sent()][2:] == ["news"]


async def test_what_was_muted_after_it_was_posted_does_not_come(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        [person] = await a_village(office, home, 1)
        async with database.transaction() as db:
            db.add(Mute(person_id=person.id, subject="petition", subject_id=7, since=now))
            for petition in (7, 8):
                told: dict[str, Any] = {"petition": petition, "says": str(petition)}
                once = f"p{petition}"
                await outbox.post(db, [person], "petition-milestone", once=once, municipality=home.id, now=now, **told)
        await office.idle()
        assert [call.params["text"] for call in office.sent()] == ["8"]
        async with database.transaction() as db:
            assert await db.scalar(select(Letter.outcome).where(Letter.once.like("p7:%"))) is Outcome.MUTED


async def test_who_blocked_the_bot_is_left_alone_after_the_first_refusal(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        people = await a_village(office, home, 4)
        office.world.chat(2_003).blocked = True
        first = await announce(office, home)
        await office.idle()
        assert await figures(office, first) == {"sent": 3, "gone": 1}
        async with database.transaction() as db:
            stopped = select(Account.person_id).where(Account.stopped_at.is_not(None))
            assert list(await db.scalars(stopped)) == [people[2].id]
        calls = office.world.calls
        second = await announce(office, home)
        await office.idle()
        assert await figures(office, second) == {"sent": 3}
        assert 2_003 not in {call.chat for call in office.world.outbox if call.n > calls}


async def test_of_several_letters_in_hand_for_somebody_who_blocked_the_bot_one_is_refused(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        await a_village(office, home, 2)
        office.world.chat(2_001).blocked = True
        for _ in range(3):
            await announce(office, home)
        await office.idle()
        tried = [call.status for call in office.world.outbox if call.chat == 2_001]
        assert tried == [403]
        assert len([call for call in office.world.outbox if call.chat == 2_002 and call.status == 200]) == 3


async def test_paused_it_rests_and_cancelled_it_is_over(database: Database, home: Municipality, now: datetime) -> None:
    async with an_office(database, now) as office:
        await a_village(office, home, 30)
        later = now + timedelta(hours=1)
        number = await announce(office, home, not_before=later)
        await office.idle()
        assert office.sent() == []
        async with database.transaction() as db:
            broadcast = await db.get(Broadcast, number)
            assert broadcast is not None
            await broadcasts.pause(db, broadcast)
        office.clock.time = later
        await office.idle()
        assert office.sent() == []
        async with database.transaction() as db:
            broadcast = await db.get(Broadcast, number)
            assert broadcast is not None
            await broadcasts.write_some(db, broadcast, later)  # as if it had been paused in the middle
            await broadcasts.pause(db, broadcast)
            await broadcasts.go_on(db, broadcast)
            await broadcasts.pause(db, broadcast)
            assert await broadcasts.cancel(db, broadcast, later) == 30
        await office.idle()
        assert office.sent() == []
        assert await figures(office, number) == {"cancelled": 30}


@pytest.mark.parametrize("kills", [5])
async def test_killed_in_the_middle_nobody_is_missed_or_told_twice(
    database: Database, home: Municipality, now: datetime, kills: int
) -> None:
    """Whoever was in hand when the postman was killed may have got the letter or not: they are in doubt, and listed."""
    async with an_office(database, now) as office:
        people = await a_village(office, home, 200)
        number = await announce(office, home)
        for kill in range(kills):
            reached = len(people) * (kill + 1) // (kills + 2)
            await office.world.until(lambda reached=reached: len(office.sent()) >= reached, within=20)  # type: ignore[misc]
            await office.kill()
            office.hire()
            if not database.is_sqlite:
                office.clock.time += timedelta(minutes=11)  # others might work there: a lease must run out first
        await office.idle()
        got = Counter(call.chat for call in office.sent())
        assert max(got.values()) == 1
        told = await figures(office, number)
        assert told["sent"] + told.get("in-doubt", 0) == len(people)
        assert told.get("in-doubt", 0) <= kills * 40
        async with database.transaction() as db:
            doubt = select(Account.address).join(Letter, Letter.person_id == Account.person_id)
            doubted = {int(a) for a in await db.scalars(doubt.where(Letter.outcome == Outcome.IN_DOUBT))}
        assert set(range(2_001, 2_201)) - set(got) <= doubted  # nobody else was missed


async def test_a_reminder_in_hand_when_the_postman_was_killed_is_sent_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        [person] = await a_village(office, home, 1)
        await office.kill()
        async with database.transaction() as db:
            await outbox.post(db, [person], "accounts-joined", once="x", municipality=home.id, now=now)
            await db.execute(update(Letter).values(lease_until=now))
        office.hire()
        await office.idle()
        assert len(office.sent()) == 1


async def test_several_postmen_share_the_work_and_send_nothing_twice(
    database: Database, home: Municipality, now: datetime
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one postman")
    async with an_office(database, now) as office:
        people = await a_village(office, home, 150)
        office.hire()
        office.hire()
        number = await announce(office, home)
        await office.idle()
        await asyncio.sleep(0.5)
        await office.idle()
        assert Counter(call.chat for call in office.sent()) == Counter(range(2_001, 2_001 + len(people)))
        assert await figures(office, number) == {"sent": 150}


async def test_a_correction_changes_the_message_and_a_recall_deletes_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        [person] = await a_village(office, home, 1)
        await announce(office, home, says="Саат ондо")
        await office.idle()
        async with database.transaction() as db:
            sent = (await db.scalars(select(Letter))).one()
            for key, once in (("announcement-edit", "e"), ("announcement-delete", "d")):
                told: dict[str, Any] = {"letter": sent.id, "says": "Саат он бирде"}
                await outbox.post(db, [person], key, once=once, municipality=home.id, now=now, **told)
        await office.idle()
        assert [call.params["message_id"] for call in office.sent("editMessageText")] == [int(sent.message)]
        assert [call.params["message_id"] for call in office.sent("deleteMessage")] == [int(sent.message)]
        assert len(office.sent()) == 1


async def test_letters_to_people_themselves_go_before_a_broadcast(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now) as office:
        await office.kill()
        people = await a_village(office, home, 100)
        number = await announce(office, home, says="баарына")
        async with database.transaction() as db:
            broadcast = await db.get(Broadcast, number)
            assert broadcast is not None
            await broadcasts.write_some(db, broadcast, now)
            await outbox.post(
                db, [people[-1]], "accounts-joined", once="x", municipality=home.id, now=now, says="өзүнө"
            )
        office.hire()
        await office.idle()
        order = [call.params["text"] for call in office.sent()]
        assert order.index("өзүнө") < 40
