"""Do channels and groups stay linked as long as they should, does the pinned post follow, and is the bot silent?"""

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest

from actions.publications import LIST_POST, bring_up_to_date
from bot.drawing import units
from bot.telegram.draw import TEXT_LIMIT, page_of
from handlers.publications.log import address_of
from handlers.publications.post import CARD_ROOM, POST_ROOM, card_words, list_in_words, spans
from handlers.publications.site import listing_of
from handlers.table import table
from sandbox import people
from sandbox.cast import CHANNEL, GROUP
from sandbox.chats import Chat, Json
from sandbox.faults import Fault, Kind
from scheduler.timetable import TIMETABLE
from storage.municipalities import find_by_key
from storage.people import Account, Messenger, Person
from talk.turn import Heard, Links, Turn
from talk.words import LANGUAGES
from tests.bot.crowd import pour, pressed, refused, rows, said, to
from tests.conversations.stage import Stage

LATER = timedelta(minutes=10)
LINKED = "SELECT address, unlinked_at IS NULL FROM places ORDER BY id"


async def linked(stage: Stage) -> dict[str, bool]:
    """Every place that was ever linked, and whether it is now."""
    return {str(address): bool(now) for address, now in await rows(stage.bot.database, LINKED)}


async def posted_in(stage: Stage, who: str = "gulnara", chat: int = CHANNEL) -> Chat:
    """The channel or group, with the bot in it and the list posted by somebody of the staff."""
    await people.add_bot(stage.world, stage.world.person(who), chat)
    await stage.settled()
    await stage.tap(who, "Азыр жарыялоо")
    return stage.world.chat(chat)


async def after_a_change(stage: Stage) -> None:
    """Cholpon renews an issue, and the timetable comes round."""
    stage.world.clock.turn_by(LATER)
    await pour(stage, [pressed(stage.world.person("cholpon"), "kr:2")])
    stage.world.clock.turn_by(LATER)
    [job] = [job for job in TIMETABLE if job.does is bring_up_to_date]  # heads of the journal: test_proof.py
    await stage.bot.clockwork.run(job)
    await stage.settled()


async def test_the_list_is_pinned_once_and_its_post_changed(stage: Stage) -> None:
    channel = await posted_in(stage)
    [post] = stage.world.from_bot(CHANNEL)
    assert channel.pinned == [post.id]
    await after_a_change(stage)
    await after_a_change(stage)
    assert [(p.id, p.edits) for p in stage.world.from_bot(CHANNEL)] == [(post.id, 1)], "one renewal, one edit"
    assert channel.pinned == [post.id]
    assert len(await rows(stage.bot.database, "SELECT id FROM publications")) == 1, "a renewal alone is no publication"


async def test_a_post_that_somebody_deleted_is_posted_and_pinned_anew(stage: Stage) -> None:
    channel = await posted_in(stage)
    [old] = stage.world.from_bot(CHANNEL)
    stage.world.remove(channel, old)
    await after_a_change(stage)
    [new] = stage.world.from_bot(CHANNEL)
    assert new.id > old.id
    assert channel.pinned == [new.id]


async def test_a_post_survives_a_telegram_that_is_down(stage: Stage) -> None:
    stage.world.faults.add(Fault(Kind.BAD_GATEWAY, method="sendMessage", chat=CHANNEL))
    await posted_in(stage)
    assert len(stage.world.from_bot(CHANNEL)) == 1
    outcomes = "SELECT outcome FROM outbox WHERE place_id IS NOT NULL"
    assert await rows(stage.bot.database, outcomes) == [("sent",)]


async def test_a_group_that_becomes_a_supergroup_stays_linked(stage: Stage) -> None:
    gulnara = stage.world.person("gulnara")
    group = stage.world.add_group("Кошуналар", gulnara)
    await posted_in(stage, chat=group.id)
    moved = people.migrate(stage.world, group)
    await stage.settled()
    assert await linked(stage) == {str(moved.id): True}
    await after_a_change(stage)
    [post] = stage.world.from_bot(moved.id)
    assert "Жергиликтүү маанидеги маселелердин тизмеси" in post.text


async def test_a_move_that_only_telegrams_refusal_tells_is_followed(stage: Stage) -> None:
    group = stage.world.add_group("Кошуналар", stage.world.person("gulnara"))
    await posted_in(stage, chat=group.id)
    stage.world.faults.add(Fault(Kind.MIGRATE, method="editMessageText", chat=group.id))
    await after_a_change(stage)
    assert group.moved_to is not None
    assert len(stage.world.from_bot(group.moved_to)) == 1


async def test_a_bot_that_was_thrown_out_or_silenced_unseen_unlinks_quietly(
    stage: Stage, log: Callable[[], str]
) -> None:
    channel, group = await posted_in(stage), await posted_in(stage, chat=GROUP)
    channel.bot_status, group.bot_status = "member", "kicked"  # and no update said so
    await after_a_change(stage)
    assert await linked(stage) == {str(CHANNEL): False, str(GROUP): False}
    before = stage.world.calls
    await after_a_change(stage)
    assert [call for call in stage.calls(before) if call.chat in (CHANNEL, GROUP)] == []
    assert "ERROR" not in log()


async def test_a_stranger_whom_the_bot_cannot_write_to_is_tried_once_and_finds_the_way_in_the_group(
    stage: Stage, log: Callable[[], str]
) -> None:
    aigul = stage.world.person("aigul")
    group = stage.world.add_group("Достор", aigul)
    await people.add_bot(stage.world, aigul, group)
    await stage.settled()
    assert [(call.method, call.status) for call in stage.calls(0) if call.chat in (aigul.id, group.id)] == [
        ("sendMessage", 403),
        ("sendMessage", 200),
    ]
    assert [len(stage.world.from_bot(chat)) for chat in (aigul.id, group.id)] == [0, 1]
    assert await linked(stage) == {}
    assert "ERROR" not in log()
    await stage.write("aigul", "/start")
    assert len(to(stage.calls(0), aigul)) == 2, "she may come later all the same"


async def test_what_bots_and_people_behind_a_group_do_is_nobodys_act(stage: Stage) -> None:
    admin = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    me, chat = stage.world.bot.user(), stage.world.chat(GROUP).json()
    body: Json = {"chat": chat, "from": admin, "date": 1_777_000_000}
    body |= {"old_chat_member": {"status": "left", "user": me}, "new_chat_member": {"status": "member", "user": me}}
    moved = {"message_id": 1, "date": 1, "chat": chat, "from": admin, "migrate_to_chat_id": -1009}
    before = await rows(stage.bot.database, "SELECT count(*) FROM people")
    await pour(stage, [{"update_id": 9_000_001, "my_chat_member": body}, {"update_id": 9_000_002, "message": moved}])
    assert [call for call in stage.calls(0) if call.chat in (GROUP, admin["id"])] == []
    assert await rows(stage.bot.database, "SELECT count(*) FROM people") == before
    assert await linked(stage) == {}


async def test_the_bot_is_silent_in_groups(stage: Stage) -> None:
    bakyt = stage.world.person("bakyt")
    await people.add_bot(stage.world, bakyt, GROUP, administrator=True, payload="i3")
    for words in ("Саламатсыздарбы", "/start", "/issues@ashar_sandbox_bot", "суу"):
        await people.write(stage.world, bakyt, GROUP, words)
    await stage.settled()
    assert [call for call in stage.calls(0) if call.chat == GROUP] == []


async def test_a_group_where_the_bot_may_not_pin_gets_the_post_all_the_same(
    stage: Stage, log: Callable[[], str]
) -> None:
    group = await posted_in(stage, chat=GROUP)
    assert len(stage.world.from_bot(GROUP)) == 1
    assert group.pinned == []
    assert "ERROR" not in log()
    await people.promote_bot(stage.world, stage.world.person("gulnara"), GROUP)
    await stage.settled()
    stage.world.clock.turn_by(LATER)
    await stage.tap("gulnara", "Азыр жаңыртуу")
    assert group.pinned == [stage.world.from_bot(GROUP)[0].id], "whoever gave the right presses again"
    group.pinned.clear()
    await after_a_change(stage)
    assert group.pinned == [], "what staff unpinned is changed, and not pinned again by itself"


async def test_no_screen_of_places_and_the_log_costs_more_than_it_declares(stage: Stage) -> None:
    await posted_in(stage)
    await posted_in(stage, chat=GROUP)
    gulnara = stage.world.person("gulnara")
    for way in "puc:social pua pul:1 pug:1:ru pux:1 puk:1 puy: puy:2 puo:0 puz:1 puw:1 puq:1 pu puc:site puf:".split():
        await pour(stage, [pressed(gulnara, way)])
        await stage.bot.postman.idle()
    spent = stage.bot.turns.spent
    declared = {k.code: r.statements for k, r in table.presses.items() if k.code.startswith("pu") and k.code in spent}
    assert set(declared) >= set("puc pua pul pug pux puk puy puo puz puw puq pu puf".split())
    assert {code: (spent[code], most) for code, most in declared.items() if spent[code] > most} == {}
    assert refused(stage.calls(0)) == [
        "pinChatMessage: 400 Bad Request: not enough rights to manage pinned messages in the chat ''"
    ]


async def test_the_post_and_the_card_fit_whatever_is_on_the_list(stage: Stage) -> None:
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        listing = await listing_of(db, home, stage.world.clock.now())
        shipped = len(listing.entries)
        own = next(entry for entry in listing.entries if entry.own)
        more = [dataclasses.replace(own, id=1_000 + n, label=dict.fromkeys(LANGUAGES, "ң" * 20)) for n in range(300)]
        for language in LANGUAGES:
            reader = Person(id=0, language=language)
            reader.municipality = home
            account = Account(messenger=Messenger.TELEGRAM, address="-100")
            turn = Turn(
                reader,
                account,
                db,
                stage.world.clock.now(),
                Heard(),
                stage.bot.turns._words,
                stage.bot.turns._vault,
                Links("ashar_bot", page="https://ak-bulak.example"),
                table.go,
            )
            screen = await table.letters[LIST_POST](turn, {})
            assert screen is not None
            assert units(page_of(screen).text) <= TEXT_LIMIT
            assert all(f"\n{number}. " in screen.text for number in range(1, shipped + 1))
            assert [bool(way.link) for way in screen.ways] == [True, True]
            assert units(await card_words(turn, home, language)) <= 3_500
            thirty_two = dataclasses.replace(listing, entries=[*listing.entries, *more[: 32 - shipped]])
            assert "\n32. " in list_in_words(turn, thirty_two, CARD_ROOM)
            crowded = dataclasses.replace(listing, entries=[*listing.entries, *more])
            short = list_in_words(turn, crowded, POST_ROOM)
            assert units(short) < 1_000
            assert short.endswith(": 305")


async def test_the_page_that_the_bot_serves_itself_is_never_behind(stage: Stage) -> None:
    stage.settings = stage.settings.model_copy(update={"public_url": "https://ak-bulak.example"})
    await stage.restart()
    await pour(stage, [pressed(stage.world.person("gulnara"), way) for way in ("pu", "puc:site")])
    overview, site = said(stage.calls(0))[-2:]
    assert "Расмий сайт: ✓" in overview
    assert "3/4" in overview
    assert "\nhttps://ak-bulak.example/\n" in site


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("ak-bulak.kg/tizme", "ak-bulak.kg"),
        ("https://www.ak-bulak.kg", "www.ak-bulak.kg"),
        ("айыл-окмоту.кг", "айыл-окмоту.кг"),
        ("Айыл өкмөтү, 1-кабат", ""),
        ("1.этаж сол", ""),
        ("https://[", ""),
        ("тактада.", ""),
    ],
)
def test_an_address_is_told_from_other_words(typed: str, site: str) -> None:
    name, link = address_of(typed)
    assert name == site
    assert link.startswith("https://") is bool(site)


def test_rising_numbers_are_written_as_people_write_them() -> None:
    assert spans([1, 2, 3, 5, 7, 8, 10, 11, 12, 13]) == "1–3, 5, 7, 8, 10–13"
    assert spans([]) == ""
