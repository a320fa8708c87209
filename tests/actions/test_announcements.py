"""Who may write an announcement, what must it say, whom does it reach, and who has to agree to it?"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import announcements, announcing, issues, publications, subscriptions
from actions.announcements import Words, mark_of
from civic.announcements import AHEAD, Audience, Crowd, State
from civic.people import Notify, Role
from civic.refusals import Reason, Refused
from civic.subscriptions import Topic
from storage.announcements import (
    Announcement,
    announcement_templates,
    announcements_asked,
    announcements_of,
    get_announcement,
    get_announcement_template,
    public_announcements,
)
from storage.database import Database
from storage.issues import listed_issues
from storage.journal import Entry
from storage.municipalities import Municipality, villages
from storage.outbox import Letter
from storage.people import Account, Messenger, Person
from storage.publications import LinkedPlace
from tests.announcements import (
    CLERK,
    EVERYBODY,
    WATER,
    a_draft,
    a_sent_one,
    said,
    sends,
    wants_second_person,
    written,
)
from tests.cast import a_guest, a_resident
from tests.petitions import a_named_resident, an_open_petition, signed

NOBODY: frozenset[Role] = frozenset()
HOUR = timedelta(hours=1)


async def a_clerk(db: AsyncSession, home: Municipality, now: datetime, *, address: str = "103") -> Person:
    """Cholpon, a clerk, or another one."""
    return await a_resident(db, home, now, address=address, role=Role.CLERK)


async def reason_of(refused: Awaitable[object]) -> Reason:
    """Why it was refused."""
    with pytest.raises(Refused) as no:
        await refused
    return no.value.reason


async def events(db: AsyncSession) -> list[str]:
    """What the journal tells of announcements, in order."""
    await db.flush()
    entries = await db.scalars(select(Entry).where(Entry.event.startswith("announcement.")).order_by(Entry.id))
    return [entry.event.partition(".")[2] for entry in entries]


async def letters(db: AsyncSession, key: str) -> list[int | None]:
    """Who has a letter of that key, in order."""
    return list(await db.scalars(select(Letter.person_id).where(Letter.key == key).order_by(Letter.id)))


async def a_channel(
    db: AsyncSession, home: Municipality, by: Person, now: datetime, *, address: str = "-100"
) -> LinkedPlace:
    """The channel of the municipality."""
    place, _ = await publications.link_place(
        db,
        home,
        by,
        CLERK,
        now,
        messenger=Messenger.TELEGRAM,
        address=address,
        kind="channel",
        title="Ак-Булак",
        name="akbulak",
    )
    return place


# --- a draft ---


async def test_a_draft_says_what_was_decided_and_only_staff_see_it(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        draft = await a_draft(db, home, cholpon, now, urgent=" Түтүк жарылды\u202e ", at=now + HOUR)
        assert (draft.state, draft.made_by, draft.urgent_because) == (State.DRAFT, cholpon.id, "Түтүк жарылды")
        assert announcements.said_of(draft) == said(urgent="Түтүк жарылды", at=now + HOUR)
        assert (draft.title("en"), draft.title("ru")) == ("Суу өчүрүлөт", "Отключение воды")
        assert [each.id for each in await announcements_of(db, home.id)] == [draft.id]
        assert await announcements_of(db, town.id) == []
        assert await public_announcements(db, home.id) == []
        assert await events(db) == ["written"]


async def test_without_russian_words_everybody_reads_kyrgyz_and_half_of_russian_is_too_little(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        only = Words(WATER.title_ky, WATER.text_ky)
        draft = await a_draft(db, home, cholpon, now, words=only)
        assert [draft.title("ru"), draft.text("ru")] == [WATER.title_ky, WATER.text_ky]
        for half in (replace(only, title_ru=WATER.title_ru), replace(only, text_ru=WATER.text_ru)):
            assert await reason_of(a_draft(db, home, cholpon, now, words=half)) is Reason.TOO_SHORT


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"words": replace(WATER, title_ky="Су")}, Reason.TOO_SHORT),
        ({"words": replace(WATER, title_ky="С" * 101)}, Reason.TOO_LONG),
        ({"words": replace(WATER, text_ky="Кыска сөз")}, Reason.TOO_SHORT),
        ({"words": replace(WATER, text_ky="С" * 3_001)}, Reason.TOO_LONG),
        ({"words": replace(WATER, text_ru="W" * 3_001)}, Reason.TOO_LONG),
        ({"words": replace(WATER, title_ky="\u202e\u2066\x07 Су")}, Reason.TOO_SHORT),
        ({"urgent": "жок"}, Reason.TOO_SHORT),  # who calls it urgent says why
        ({"urgent": "   "}, Reason.TOO_SHORT),
        ({"urgent": "С" * 201}, Reason.TOO_LONG),
    ],
)
async def test_words_are_neither_too_short_nor_too_long(
    database: Database, home: Municipality, now: datetime, more: dict[str, Any], reason: Reason
) -> None:
    async with database.transaction() as db:
        assert await reason_of(a_draft(db, home, await a_clerk(db, home, now), now, **more)) is reason
        assert await announcements_of(db, home.id) == []


async def test_only_staff_of_the_municipality_write_send_and_change_its_announcements(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, aigul = await a_clerk(db, home, now), await a_resident(db, home, now)
        stranger = await a_clerk(db, town, now, address="104")
        draft = await a_draft(db, home, cholpon, now)
        mark = mark_of(draft)
        refusals = {
            (aigul, NOBODY): Reason.NOT_YOURS,
            (aigul, frozenset({Role.DEPUTY})): Reason.NOT_YOURS,
            (stranger, CLERK): Reason.NOT_FOUND,
        }
        for (by, roles), reason in refusals.items():
            number = draft.id
            for act in (
                announcements.make(db, home, said(), by, roles, now),
                announcements.change(db, number, said(), by, roles, now),
                announcements.begin_correction(db, number, WATER, by, roles, now),
                announcements.keep_as_template(db, draft, "Суу", by, roles, now),
                announcing.ask(db, number, mark, by, roles, now),
                announcing.decline(db, number, "Убакыты туура эмес", by, roles, now),
                announcing.send(db, number, mark, by, roles, now),
                announcing.pause(db, number, by, roles, now),
                announcing.go_on(db, number, by, roles, now),
                announcing.cancel(db, number, by, roles, now),
                announcing.restore(db, number, by, roles, now),
                announcing.recall(db, number, by, roles, now),
            ):
                assert await reason_of(act) is reason
        assert draft.state is State.DRAFT
        for wanted in (draft.id + 1, 0, -1, 2**40):
            assert await reason_of(get_announcement(db, home.id, wanted)) is Reason.NOT_FOUND
            assert await reason_of(announcing.cancel(db, wanted, cholpon, CLERK, now)) is Reason.NOT_FOUND
        assert await reason_of(get_announcement(db, town.id, draft.id)) is Reason.NOT_FOUND


async def test_an_audience_is_of_things_of_the_municipality_and_names_what_its_kind_needs(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, theirs = await a_clerk(db, home, now), await a_clerk(db, town, now, address="104")
        bakyt = await a_named_resident(db, town, now, address="105")
        village, issue = (await villages(db, town.id))[0], (await listed_issues(db, town.id))[0]
        petition, channel = await an_open_petition(db, town, bakyt, now), await a_channel(db, town, theirs, now)
        own = (await villages(db, home.id))[0]
        for audience in (
            Audience(Crowd.VILLAGES, which=(own.id, village.id)),
            Audience(Crowd.VILLAGES),
            Audience(Crowd.ISSUE, which=(issue.id,)),
            Audience(Crowd.ISSUE, which=(2**40,)),
            Audience(Crowd.PETITION, which=(petition.id,)),
            Audience(Crowd.PETITION),
            Audience(Crowd.EVERYBODY, which=(own.id,)),
            Audience(Crowd.EVERYBODY, roles=("clerk",)),
            Audience(Crowd.EVERYBODY, places=(channel.id,)),
            Audience(Crowd.STAFF),
            Audience(Crowd.STAFF, roles=("king",)),
            Audience(Crowd.PLACES),
            Audience(Crowd.PLACES, places=(channel.id,)),
        ):
            assert await reason_of(a_draft(db, home, cholpon, now, audience)) is Reason.NOT_FOUND, audience
        assert await announcements_of(db, home.id) == []


async def test_a_changed_draft_belongs_to_whoever_changed_it_and_is_agreed_to_anew(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, gulnara = await a_clerk(db, home, now), await a_clerk(db, home, now, address="104")
        await wants_second_person(db, home)
        draft = await a_draft(db, home, cholpon, now)
        seen = mark_of(draft)
        await announcing.ask(db, draft.id, seen, cholpon, CLERK, now)
        new = said(words=replace(WATER, text_ky="Эртең кечке чейин суу берилбейт."))
        await announcements.change(db, draft.id, new, gulnara, CLERK, now)
        assert (draft.state, draft.made_by) == (State.DRAFT, gulnara.id)
        assert await reason_of(sends(db, draft, gulnara, now)) is Reason.NEEDS_SECOND
        assert await reason_of(announcing.send(db, draft.id, seen, cholpon, CLERK, now)) is Reason.WORDS_CHANGED
        await sends(db, draft, cholpon, now)
        assert (draft.state, draft.approved_by) == (State.SENDING, cholpon.id)
        assert await reason_of(announcements.change(db, draft.id, new, cholpon, CLERK, now)) is Reason.DECIDED_ALREADY


async def test_the_mark_of_what_was_seen_is_the_same_tomorrow_and_another_after_any_change(
    database: Database, home: Municipality, now: datetime
) -> None:
    at = (now + HOUR).astimezone(ZoneInfo("Asia/Bishkek"))
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        village = (await villages(db, home.id))[0]
        number = (await a_draft(db, home, cholpon, now, at=at.astimezone(now.tzinfo))).id
        mark = mark_of(await get_announcement(db, home.id, number))
    async with database.transaction() as db:
        draft = await get_announcement(db, home.id, number)
        assert mark_of(draft) == mark
        marks = {mark}
        for new in (
            said(at=now + 2 * HOUR),
            said(urgent="Түтүк жарылды"),
            said(topic=Topic.MEETINGS),
            said(Audience(Crowd.VILLAGES, which=(village.id,))),
            said(words=replace(WATER, title_ru="Вода")),
            said(words=replace(WATER, text_ky="Эртең суу берилбейт.")),
        ):
            await announcements.change(db, number, new, cholpon, CLERK, now)
            marks.add(mark_of(draft))
        assert len(marks) == 7


# --- whom it reaches ---


async def test_it_reaches_whom_it_is_for_each_once_and_nobody_of_another_municipality(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        people = [await a_named_resident(db, home, now, address=str(201 + n)) for n in range(6)]
        cholpon, daniyar = (
            await a_clerk(db, home, now),
            await a_resident(db, home, now, address="104", role=Role.DEPUTY),
        )
        stranger = await a_named_resident(db, town, now, address="105")
        guest = (await a_guest(db, now, address="106", home=home)).person  # has agreed to nothing
        ours = await villages(db, home.id)
        for person, village in zip(people, (0, 0, 1, 1, 2, 2), strict=True):
            person.village_id = ours[village].id
        db.add(Account(person_id=people[0].id, messenger=Messenger.WHATSAPP, address="KG.201"))  # has both messengers
        db.add(Account(person_id=people[1].id, messenger=Messenger.WHATSAPP, address="KG.202"))
        await subscriptions.subscribe_village(db, people[4], ours[0].id, now)  # wants the news of two villages
        await subscriptions.subscribe_village(db, people[0], ours[1].id, now)
        issue = (await listed_issues(db, home.id))[0].id
        for person in (people[3], people[5]):
            await issues.follow(db, person, issue, now)
        petition = await an_open_petition(db, home, people[0], now)
        other = await an_open_petition(db, town, stranger, now)
        for person in people[1:4]:
            await signed(db, petition, person, home, now)
        await signed(db, other, stranger, town, now)
        channel = await a_channel(db, home, cholpon, now)
        first = [person.id for person in people]
        everybody = list(
            await db.scalars(select(Person.id).where(Person.consented_at.is_not(None)).order_by(Person.id))
        )
        at_home = [
            number
            for number in everybody
            if await db.scalar(select(Person.municipality_id).where(Person.id == number)) == home.id
        ]
        expected = {
            EVERYBODY: at_home,
            Audience(Crowd.VILLAGES, which=(ours[0].id, ours[1].id)): [*first[:5]],
            Audience(Crowd.VILLAGES, which=(ours[2].id,)): first[4:],
            Audience(Crowd.ISSUE, which=(issue,)): [first[3], first[5]],
            Audience(Crowd.PETITION, which=(petition.id,)): first[1:4],
            Audience(Crowd.STAFF, roles=("clerk",)): [cholpon.id],
            Audience(Crowd.STAFF, roles=("clerk", "deputy")): [cholpon.id, daniyar.id],
            Audience(Crowd.PLACES, places=(channel.id,)): [],
        }
        for audience, readers in expected.items():
            sent = await a_sent_one(db, home, cholpon, now, audience)
            found = await announcing.reach(db, sent)
            assert found == {"at-once": len(readers), "daily": 0, "weekly": 0, "places": len(audience.places)}
            await db.execute(update(Letter).where(Letter.done_at.is_(None)).values(done_at=now))
            told = await written(db, sent, now)
            assert sorted(each.person_id for each in told if each.person_id is not None) == readers, audience
            assert [each.place_id for each in told if each.person_id is None] == list(audience.places)
        assert guest.id not in at_home
        assert stranger.id not in at_home


async def test_each_hears_as_often_as_they_chose_and_of_what_is_urgent_at_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        readers = [await a_resident(db, home, now, address=str(201 + n)) for n in range(4)]
        for person, how in zip(readers, Notify, strict=True):
            await subscriptions.choose(db, person, Topic.ANNOUNCEMENTS, how, now)
        draft = await a_draft(db, home, cholpon, now)
        assert await announcing.reach(db, draft) == {"at-once": 2, "daily": 1, "weekly": 1, "places": 0}
        await announcements.change(db, draft.id, said(urgent="Түтүк жарылды"), cholpon, CLERK, now)
        assert await announcing.reach(db, draft) == {"at-once": 4, "daily": 0, "weekly": 0, "places": 0}
        await announcements.change(db, draft.id, said(topic=Topic.MEETINGS), cholpon, CLERK, now)
        assert await announcing.reach(db, draft) == {"at-once": 5, "daily": 0, "weekly": 0, "places": 0}


async def test_what_nobody_would_hear_is_not_sent(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        issue = (await listed_issues(db, home.id))[0].id
        draft = await a_draft(db, home, cholpon, now, Audience(Crowd.ISSUE, which=(issue,)))
        assert await reason_of(sends(db, draft, cholpon, now)) is Reason.NOBODY_HEARS
        assert draft.broadcast_id is None


# --- a second person ---


async def test_where_a_second_person_is_wanted_the_others_are_asked_and_one_of_them_sends_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, gulnara = await a_clerk(db, home, now), await a_clerk(db, home, now, address="104")
        akylbek = await a_resident(db, home, now, address="105", role=Role.HEAD)
        await a_resident(db, home, now, address="106", role=Role.DEPUTY)  # may not announce
        await wants_second_person(db, home)
        draft = await a_draft(db, home, cholpon, now)
        assert await reason_of(sends(db, draft, cholpon, now)) is Reason.NEEDS_SECOND
        assert await announcing.ask(db, draft.id, mark_of(draft), cholpon, CLERK, now) == 2
        assert (draft.state, await announcements_asked(db, home.id)) == (State.ASKED, 1)
        assert sorted(await letters(db, "announcement-asks"), key=str) == sorted([gulnara.id, akylbek.id], key=str)
        again = announcing.ask(db, draft.id, mark_of(draft), cholpon, CLERK, now)
        assert await reason_of(again) is Reason.DECIDED_ALREADY
        assert await reason_of(sends(db, draft, cholpon, now)) is Reason.NEEDS_SECOND
        await sends(db, draft, gulnara, now)
        assert (draft.state, draft.made_by, draft.approved_by) == (State.SENDING, cholpon.id, gulnara.id)
        assert await announcements_asked(db, home.id) == 0
        assert await letters(db, "announcement-decided") == [cholpon.id]
        assert await reason_of(sends(db, draft, akylbek, now)) is Reason.DECIDED_ALREADY
        assert await events(db) == ["written", "asked", "sent"]


async def test_who_does_not_agree_says_why_and_it_is_a_draft_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, gulnara = await a_clerk(db, home, now), await a_clerk(db, home, now, address="104")
        await wants_second_person(db, home)
        draft = await a_draft(db, home, cholpon, now)
        early = announcing.decline(db, draft.id, "Убакыты туура эмес", gulnara, CLERK, now)
        assert await reason_of(early) is Reason.DECIDED_ALREADY
        await announcing.ask(db, draft.id, mark_of(draft), cholpon, CLERK, now)
        own = announcing.decline(db, draft.id, "Убакыты туура эмес", cholpon, CLERK, now)
        assert await reason_of(own) is Reason.NEEDS_SECOND
        assert await reason_of(announcing.decline(db, draft.id, "жок", gulnara, CLERK, now)) is Reason.TOO_SHORT
        await announcing.decline(db, draft.id, "Убакыты туура эмес", gulnara, CLERK, now)
        assert (draft.state, draft.remark) == (State.DRAFT, "Убакыты туура эмес")
        assert await letters(db, "announcement-decided") == [cholpon.id]
        await announcing.ask(db, draft.id, mark_of(draft), cholpon, CLERK, now + HOUR)
        assert draft.remark == ""
        assert await letters(db, "announcement-asks") == [gulnara.id] * 2
        assert await events(db) == ["written", "asked", "declined", "asked"]


async def test_where_nobody_else_may_announce_nobody_can_be_asked(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        await a_clerk(db, town, now, address="104")
        draft = await a_draft(db, home, cholpon, now)
        asked = announcing.ask(db, draft.id, mark_of(draft), cholpon, CLERK, now)
        assert await reason_of(asked) is Reason.NEEDS_SECOND
        assert draft.state is State.DRAFT


async def test_what_was_changed_since_it_was_seen_is_neither_asked_about_nor_sent(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        await a_clerk(db, home, now, address="104")
        draft = await a_draft(db, home, cholpon, now)
        seen = mark_of(draft)
        await announcements.change(db, draft.id, said(topic=Topic.PLAN), cholpon, CLERK, now)
        for act in (announcing.ask, announcing.send):
            assert await reason_of(act(db, draft.id, seen, cholpon, CLERK, now)) is Reason.WORDS_CHANGED
        assert draft.state is State.DRAFT


async def test_two_who_send_at_the_same_moment_send_it_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        two = [await a_clerk(db, home, now), await a_clerk(db, home, now, address="104")]
        draft = await a_draft(db, home, two[0], now)
        number, mark = draft.id, mark_of(draft)

    async def send(by: Person) -> str:
        try:
            async with database.transaction() as db:
                await announcing.send(db, number, mark, by, CLERK, now)
                await asyncio.sleep(0.05)  # the other comes meanwhile
        except Refused as no:
            return no.reason.value
        return "sent"

    assert sorted(await asyncio.gather(*map(send, two))) == ["decided-already", "sent"]
    async with database.transaction() as db:
        found = await db.get(Announcement, number)
        assert found is not None
        assert await events(db) == ["written", "sent"]
        assert len(await written(db, found, now)) == 2


async def test_a_time_that_is_over_or_too_far_ahead_is_refused_also_when_it_passed_meanwhile(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        await a_clerk(db, home, now, address="104")
        for at in (now, now - HOUR, now + AHEAD + HOUR):
            assert await reason_of(a_draft(db, home, cholpon, now, at=at)) is Reason.TIME_PASSED
        draft = await a_draft(db, home, cholpon, now, at=now + HOUR)
        later = now + 2 * HOUR
        assert await reason_of(sends(db, draft, cholpon, later)) is Reason.TIME_PASSED
        asked = announcing.ask(db, draft.id, mark_of(draft), cholpon, CLERK, later)
        assert await reason_of(asked) is Reason.TIME_PASSED
        assert draft.state is State.DRAFT


# --- templates ---


async def test_words_are_kept_as_a_template_put_away_and_brought_back(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        draft = await a_draft(db, home, cholpon, now)
        template = await announcements.keep_as_template(db, draft, " Суу өчкөндө ", cholpon, CLERK, now)
        assert (template.name, template.text_ru) == ("Суу өчкөндө", WATER.text_ru)
        await announcements.keep_as_template(db, draft, "Жарык өчкөндө", cholpon, CLERK, now)
        assert [each.name for each in await announcement_templates(db, home.id)] == ["Жарык өчкөндө", "Суу өчкөндө"]
        announcements.put_template_away(db, template, cholpon, CLERK, now, away=True)
        assert [each.name for each in await announcement_templates(db, home.id)] == ["Жарык өчкөндө"]
        announcements.put_template_away(db, template, cholpon, CLERK, now, away=False)
        assert len(await announcement_templates(db, home.id)) == 2
        assert await announcement_templates(db, town.id) == []
        assert await reason_of(get_announcement_template(db, town.id, template.id)) is Reason.NOT_FOUND
        with pytest.raises(Refused):
            announcements.put_template_away(db, template, cholpon, NOBODY, now, away=True)
        assert await reason_of(announcements.keep_as_template(db, draft, "С", cholpon, CLERK, now)) is Reason.TOO_SHORT


async def test_there_are_no_more_templates_than_somebody_reads_through(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        draft = await a_draft(db, home, cholpon, now)
        for number in range(announcements.MOST):
            await announcements.keep_as_template(db, draft, f"Суу {number}", cholpon, CLERK, now)
        more = announcements.keep_as_template(db, draft, "Суу", cholpon, CLERK, now)
        assert await reason_of(more) is Reason.TOO_MANY_LINES
