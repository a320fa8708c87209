"""Does what staff do about an announcement reach people's chats, and what does each of their screens cost?"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from actions import announcements, announcing, broadcasts
from actions.announcements import mark_of
from civic.announcements import Audience, Crowd, State
from civic.people import Role
from handlers.announcements.presses import PreviewAnnouncement
from handlers.table import table
from sandbox import people as acts
from sandbox.chats import Post
from sandbox.faults import Fault, Kind
from storage.announcements import Announcement, get_announcement
from storage.broadcasts import get_broadcast
from storage.people import Appointment
from tests.announcements import CLERK, WATER, a_draft, said, wants_second_person
from tests.bot import crowd
from tests.bot.crowd import a_crowd, pour, pressed, refused, to
from tests.conversations.announced import announce, person
from tests.conversations.stage import Stage

BOTH = {"Макулмун, жөнөтүү", "Макул эмесмин"}  # what a second person can answer
OURS = "o od op oc os oq oh og ox oxy oxu oz ozy ou ot oto otx oty".split()


async def draft_of(stage: Stage, who: str, *, asks_second: bool = False) -> tuple[int, str]:
    """A draft of somebody of the staff: its number, and the mark of what is seen."""
    async with stage.bot.database.transaction() as db:
        clerk = await person(stage, db, who)
        assert clerk.municipality is not None
        if asks_second:
            await wants_second_person(db, clerk.municipality)
        draft = await a_draft(db, clerk.municipality, clerk, stage.world.clock.now())
        await announcements.keep_as_template(db, draft, "Суу өчкөндө", clerk, CLERK, stage.world.clock.now())
        return draft.id, mark_of(draft)


async def state_of(stage: Stage, number: int) -> State:
    """How far it is."""
    async with stage.bot.database.transaction() as db:
        return (await get_announcement(db, 1, number)).state


def chats_with(stage: Stage, words: str) -> int:
    """In how many of the residents' chats those words stand now."""
    people = ("bakyt", "daniyar", "emma")
    posts = [[p for p in stage.world.from_bot(stage.world.person(who).id) if not p.deleted] for who in people]
    return sum(any(words in post.text for post in each) for each in posts)


async def test_what_is_paused_reaches_nobody_until_it_is_continued(stage: Stage) -> None:
    number, mark = await draft_of(stage, "cholpon")
    async with stage.bot.database.transaction() as db:
        clerk = await person(stage, db, "cholpon")
        await announcing.send(db, number, mark, clerk, CLERK, stage.world.clock.now())
        await announcing.pause(db, number, clerk, CLERK, stage.world.clock.now())
    await stage.settled()
    assert chats_with(stage, "суу берилбейт") == 0
    await stage.forge("cholpon", f"og:{number}")
    await stage.settled()
    assert chats_with(stage, "суу берилбейт") == 2, "Bakyt and Emma; Daniyar reads Russian"
    assert chats_with(stage, "воды не будет") == 1


async def test_an_old_button_does_not_send_what_was_changed_since(stage: Stage) -> None:
    number, mark = await draft_of(stage, "cholpon")
    await stage.forge("cholpon", f"os:{number}:{mark[:8]}")
    assert await state_of(stage, number) is State.DRAFT
    await stage.forge("cholpon", f"os:{number}:{mark}")
    assert await state_of(stage, number) is State.SENDING


async def test_who_sends_at_night_reads_that_people_get_it_in_the_morning(stage: Stage) -> None:
    number, _ = await draft_of(stage, "cholpon")

    async def read() -> str:
        await stage.settled()
        await stage.forge("cholpon", f"od:{number}")
        return stage.world.last(stage.world.person("cholpon").id).text

    async def is_urgent(why: str) -> None:
        async with stage.bot.database.transaction() as db:
            (await get_announcement(db, 1, number)).urgent_because = why

    in_the_morning = "Тургундарга жетет: 05.05.2026, шейшемби, 08:00, тынч убак бүткөндө."
    assert in_the_morning not in await read()
    stage.world.clock.turn_to(datetime(2026, 5, 4, 17, tzinfo=UTC))  # 23 o'clock there
    assert in_the_morning in await read()
    await is_urgent("Суу түнү өчөт")
    assert in_the_morning not in await read()
    await is_urgent("")
    async with stage.bot.database.transaction() as db:
        mark = mark_of(await get_announcement(db, 1, number))
    await stage.forge("cholpon", f"os:{number}:{mark}")
    assert in_the_morning in await read()


async def test_each_of_the_two_persons_is_offered_what_they_may_do_at_that_moment(stage: Stage) -> None:
    number, mark = await draft_of(stage, "cholpon", asks_second=True)

    async def offered(who: str) -> set[str]:
        await stage.settled()
        await stage.forge(who, f"op:{number}:ky")
        labels = (way["text"] for row in stage.world.last(stage.world.person(who).id).buttons for way in row)
        return {label.partition(" ")[2] for label in labels} & {"Азыр жөнөтүү", "Макулдук суроо", *BOTH}

    async with stage.bot.database.transaction() as db:
        clerk, head = await person(stage, db, "cholpon"), await person(stage, db, "akylbek")
    assert [await offered(who) for who in ("cholpon", "akylbek")] == [{"Макулдук суроо"}, {"Азыр жөнөтүү"}]
    async with stage.bot.database.transaction() as db:
        await announcing.ask(db, number, mark, clerk, CLERK, stage.world.clock.now())
    assert [await offered(who) for who in ("cholpon", "akylbek")] == [set(), BOTH]
    async with stage.bot.database.transaction() as db:
        await announcing.decline(db, number, "Убактысы туура эмес", head, CLERK, stage.world.clock.now())
    assert [await offered(who) for who in ("cholpon", "akylbek")] == [{"Макулдук суроо"}, set()]


async def test_who_sends_it_sees_how_far_it_is_in_one_message_that_changes(stage: Stage) -> None:
    await a_crowd(stage.bot.database, stage.world, 70)
    number, mark = await draft_of(stage, "cholpon")
    cholpon = stage.world.person("cholpon")
    async with stage.bot.database.transaction() as db:
        clerk = await person(stage, db, "cholpon")
        await announcing.send(db, number, mark, clerk, CLERK, stage.world.clock.now())
    while await state_of(stage, number) is not State.SENT:
        stage.world.clock.turn_by(timedelta(seconds=5))
        async with stage.bot.database.transaction() as db:
            await announcing.settle(db, stage.world.clock.now())
        await asyncio.sleep(0.3)
    await stage.settled()
    posts = [post for post in stage.world.from_bot(cholpon.id) if "Жетти:" in post.text]
    going = [post for post in posts if post.edits]
    assert len(going) == 1, "the figures at the end are a letter of their own"
    assert "Жөнөтүлдү" in going[0].text
    assert len(posts) == 2


async def test_what_is_for_staff_does_not_reach_who_was_dismissed_meanwhile(stage: Stage) -> None:
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        clerk, deputy = await person(stage, db, "cholpon"), await person(stage, db, "daniyar")
        assert clerk.municipality is not None
        audience = Audience(Crowd.STAFF, roles=(Role.DEPUTY.value,))
        draft = await announcements.make(db, clerk.municipality, said(audience), clerk, CLERK, now)
        await announcing.send(db, draft.id, mark_of(draft), clerk, CLERK, now)
        for held in await db.scalars(select(Appointment).where(Appointment.person_id == deputy.id)):
            held.ended_at = now
        await broadcasts.write_some(db, await get_broadcast(db, clerk.municipality_id, draft.broadcast_id or 0), now)
    since = stage.world.calls
    await stage.settled()
    assert to(stage.calls(since), stage.world.person("daniyar")) == []


async def test_what_is_recalled_is_gone_from_peoples_chats(stage: Stage) -> None:
    number = await announce(stage, "cholpon", WATER)
    assert chats_with(stage, "суу берилбейт") == 2
    await stage.forge("cholpon", f"ozy:{number}")
    await stage.settled()
    assert chats_with(stage, "суу берилбейт") == 0
    assert await state_of(stage, number) is State.RECALLED


async def test_what_was_cancelled_halfway_can_be_taken_back_from_those_who_have_it(stage: Stage) -> None:
    number = await announce(stage, "cholpon", WATER)
    async with stage.bot.database.transaction() as db:  # as if the last one had not gone out yet
        (await get_announcement(db, 1, number)).state = State.SENDING
    await stage.forge("cholpon", f"oxy:{number}")
    assert await state_of(stage, number) is State.CANCELLED
    await stage.tap("cholpon", "Кайтарып алуу")
    await stage.tap("cholpon", "Кайтарып алуу")
    await stage.settled()
    assert chats_with(stage, "суу берилбейт") == 0
    assert await state_of(stage, number) is State.RECALLED


async def test_no_screen_of_the_desk_costs_more_than_it_declares(stage: Stage) -> None:
    number, mark = await draft_of(stage, "cholpon")
    second, seen = await draft_of(stage, "cholpon", asks_second=True)
    cholpon, akylbek = stage.world.person("cholpon"), stage.world.person("akylbek")
    for who in (cholpon, akylbek):
        stage.world.chat(who.id).started = True
    ways = f"o o:asked:0 od:{number} op:{number}:ru oc:{number} oq:{number}:{mark} oxy:{second} oxu:{second}".split()
    await pour(stage, [pressed(cholpon, way) for way in ways])
    ways = f"od:{number} os:{number}:{mark} od:{number} oh:{number} og:{number} ox:{number} oz:{number}".split()
    await pour(stage, [pressed(akylbek, way) for way in ways])
    await stage.settled()
    ways = f"od:{number} ou:{number} op:{number}:ky ozy:{number} ot oto:1 otx:1 oty:1".split()
    await pour(stage, [pressed(akylbek, way) for way in ways])
    assert seen
    spent = stage.bot.turns.spent
    declared = {kind.code: route.statements for kind, route in table.presses.items() if kind.code in OURS}
    assert set(declared) == set(OURS)
    assert {code: (spent[code], most) for code, most in declared.items() if spent[code] > most} == {}
    assert refused(stage.calls(0)) == []
    assert await state_of(stage, number) is State.RECALLED


async def test_what_is_for_staff_alone_is_not_offered_to_be_passed_on(stage: Stage) -> None:
    number = await announce(stage, "cholpon", WATER, Audience(Crowd.STAFF, roles=("clerk",)))
    await stage.forge("cholpon", f"od:{number}")
    labels = [button["text"] for row in stage.world.last(stage.world.person("cholpon").id).buttons for button in row]
    assert "👁 Окуу" in labels
    assert not [label for label in labels if "📄" in label]


async def test_the_progress_message_says_at_last_what_was_done_and_looking_at_it_opens_another(stage: Stage) -> None:
    await a_crowd(stage.bot.database, stage.world, 150)
    number, mark = await draft_of(stage, "cholpon")
    cholpon = stage.world.person("cholpon")
    stage.world.faults.add(Fault(Kind.SLOW, method="sendMessage", seconds=0.6, times=400))

    def shown() -> Post:
        return next(post for post in stage.world.from_bot(cholpon.id) if "Жетти" in post.text)

    async def act(verb: Callable[..., Awaitable[Announcement]], *more: str) -> None:
        async with stage.bot.database.transaction() as db:
            clerk = await person(stage, db, "cholpon")
            await verb(db, number, *more, clerk, CLERK, stage.world.clock.now())

    async def tick() -> None:
        stage.world.clock.turn_by(timedelta(seconds=5))
        async with stage.bot.database.transaction() as db:
            await announcing.settle(db, stage.world.clock.now())

    await act(announcing.send, mark)
    await tick()
    await stage.world.until(lambda: any("Жетти" in post.text for post in stage.world.from_bot(cholpon.id)), within=10)
    first = shown().id
    await acts.press(stage.world, cholpon, cholpon.id, first, f"od:{number}:1", stale=True)

    def desks() -> list[int]:
        return [post.id for post in stage.world.from_bot(cholpon.id) if "⏸" in str(post.buttons)]

    await stage.world.until(lambda: len(desks()) == 1, within=10)
    assert first not in desks()
    await act(announcing.pause)
    stage.world.clock.turn_by(announcing.FOLLOWS)
    stage.bot.postman.wake()
    await stage.world.until(lambda: "Токтоп турат" in shown().text, within=10)
    await act(announcing.cancel)
    stage.world.clock.turn_by(announcing.FOLLOWS)
    stage.bot.postman.wake()
    await stage.world.until(lambda: "Жокко чыгарылды" in shown().text, within=10)
    stage.world.faults.clear()
    assert shown().id == first


async def test_the_preview_counts_its_minutes_by_the_rate_that_is_set(stage: Stage) -> None:
    number, _ = await draft_of(stage, "cholpon")
    preview = PreviewAnnouncement(number, "ky").pack()
    before = stage.world.calls
    await stage.forge("cholpon", preview)
    stage.settings = stage.settings.model_copy(update={"telegram_a_second": 0.1})
    await stage.restart()
    await stage.forge("cholpon", preview)
    shown = crowd.said(to(stage.calls(before), stage.world.person("cholpon")))
    quick, slow = (text for text in shown if "мүнөт" in text)
    assert ("1 мүнөт" in quick, "2 мүнөт" in slow) == (True, True)
