"""Does an announcement with a file stand in every chat as it should: sent, corrected where it stands, taken away
whole?"""

from datetime import timedelta

import pytest
from aiohttp import ClientTimeout

from actions import files
from actions.announcements import Words
from civic.announcements import Audience, Crowd
from civic.files import Attachment, FileKind
from sandbox import people as acts
from sandbox.cast import CHANNEL
from sandbox.chats import Post
from sandbox.faults import Fault, Kind
from tests import attachments
from tests.announcements import WATER
from tests.bot.crowd import a_crowd, do, refused, rows
from tests.conversations.announced import announce, correct, recall
from tests.conversations.stage import Stage

BAKYT = 102
LIGHT = Words("Жарык өчөт", "Эртең саат ондон кечки алтыга чейин жарык болбойт.")
LONG = Words("Суу өчүрүлөт", "Эртең суу берилбейт. " * 60)  # longer than a caption may be
FILES = {
    "photo": ("photo.jpg", FileKind.PICTURE, attachments.photo()),
    "document": ("list.pdf", FileKind.PAPER, attachments.pdf()),
    "voice": ("voice.ogg", FileKind.VOICE, attachments.voice()),
}


async def keep(stage: Stage, kind: str) -> str:
    """A file of that kind is kept; gives its key."""
    name, what, made = FILES[kind]
    async with stage.bot.database.transaction() as db:
        return await files.keep(db, Attachment("f", what, name, len(made), made), stage.world.clock.now())


async def linked(stage: Stage) -> int:
    """The bot is in the channel; gives the number of the place."""
    await acts.add_bot(stage.world, stage.world.person("gulnara"), CHANNEL)
    await stage.settled()
    [(place,)] = await rows(stage.bot.database, "SELECT id FROM places")
    return int(place)


def standing(stage: Stage, chat: int) -> list[Post]:
    """The announcement's messages in a chat that nobody deleted."""
    return [post for post in stage.world.from_bot(chat) if not post.deleted and ("📢" in words(post) or of(post))]


def of(post: Post) -> str:
    """Which file stands in a message, if any."""
    return next((kind for kind in FILES if kind in post.json), "")


def words(post: Post) -> str:
    """The words of a message or under a file."""
    return str(post.text or post.json.get("caption") or "")


def shapes(stage: Stage, chat: int) -> list[tuple[str, str]]:
    """What stands in a chat: the file, if any, and the title in the words, if any."""
    titles = {text.title_ky for text in (WATER, LIGHT, LONG)}
    return [(of(post), next((t for t in titles if t in words(post)), "")) for post in standing(stage, chat)]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("first", [WATER, LONG], ids=["short", "long"])
async def test_corrected_twice_and_taken_back_nothing_of_it_is_left_and_nothing_stands_twice(
    stage: Stage, kind: str, first: Words
) -> None:
    place = await linked(stage)
    audience = Audience(Crowd.EVERYBODY, places=(place,))
    number = await announce(stage, "cholpon", first, audience, file=await keep(stage, kind))
    sent = {chat: [post.id for post in standing(stage, chat)] for chat in (BAKYT, CHANNEL)}
    for new in (LIGHT, LONG, WATER):
        stage.world.clock.turn_by(timedelta(minutes=5))
        await correct(stage, "cholpon", number, new)
        whole = [(kind, ""), ("", new.title_ky)] if new is LONG else [(kind, new.title_ky)]
        for chat in (BAKYT, CHANNEL):
            assert shapes(stage, chat) == whole
            assert standing(stage, chat)[0].id == sent[chat][0], "the file stands where it stood"
            assert new.text_ky.strip() in "".join(words(post) for post in standing(stage, chat))
    await recall(stage, "cholpon", number)
    assert (shapes(stage, BAKYT), shapes(stage, CHANNEL)) == ([], [])
    assert refused(stage.calls(0)) == []


async def test_what_had_to_be_sent_anew_is_found_by_the_next_correction_and_the_recall(stage: Stage) -> None:
    number = await announce(stage, "cholpon", LONG, file=await keep(stage, "photo"))
    photo, _ = standing(stage, BAKYT)
    stage.world.remove(stage.world.chat(BAKYT), photo)  # Bakyt has no use for the picture
    await correct(stage, "cholpon", number, LIGHT)
    [anew] = standing(stage, BAKYT)
    assert (of(anew), LIGHT.text_ky in words(anew)) == ("photo", True)
    await correct(stage, "cholpon", number, WATER)
    [still] = standing(stage, BAKYT)
    assert (still.id, WATER.text_ky in words(still)) == (anew.id, True)
    await recall(stage, "cholpon", number)
    assert standing(stage, BAKYT) == []


async def test_a_correction_and_a_recall_in_one_breath_leave_nothing(stage: Stage) -> None:
    number = await announce(stage, "cholpon", WATER, file=await keep(stage, "photo"))
    stage.world.remove(stage.world.chat(BAKYT), standing(stage, BAKYT)[0])
    stage.world.faults.add(Fault(Kind.SLOW, method="sendPhoto", chat=BAKYT, seconds=0.3))
    settled, stage.settled = stage.settled, _nothing  # type: ignore[method-assign]
    await correct(stage, "cholpon", number, LIGHT)
    stage.settled = settled  # type: ignore[method-assign]
    await recall(stage, "cholpon", number)
    assert standing(stage, BAKYT) == []


async def _nothing() -> None:
    pass


async def test_of_two_messages_only_the_one_that_failed_is_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.calls._TRIES", 1)
    stage.world.faults.add(Fault(Kind.SERVER_ERROR, method="sendMessage", chat=BAKYT, times=2))
    number = await announce(stage, "cholpon", LONG, file=await keep(stage, "photo"))
    assert shapes(stage, BAKYT) == [("photo", "")]
    for _ in range(2):
        stage.world.clock.turn_by(timedelta(minutes=10))
        await stage.bot.postman.idle()
    assert shapes(stage, BAKYT) == [("photo", ""), ("", LONG.title_ky)]
    await recall(stage, "cholpon", number)
    assert standing(stage, BAKYT) == []


async def test_what_went_out_in_part_is_taken_back_as_well(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.calls._TRIES", 1)
    stage.world.faults.add(Fault(Kind.SERVER_ERROR, method="sendMessage", chat=BAKYT, times=9))
    number = await announce(stage, "cholpon", LONG, file=await keep(stage, "photo"))
    assert shapes(stage, BAKYT) == [("photo", "")]
    await recall(stage, "cholpon", number)
    assert standing(stage, BAKYT) == []


async def test_a_file_goes_up_once_and_is_named_from_then_on_over_a_restart(stage: Stage) -> None:
    await a_crowd(stage.bot.database, stage.world, 60)
    key = await keep(stage, "photo")
    await announce(stage, "cholpon", WATER, file=key)
    sent = [call for call in stage.calls(0) if call.method == "sendPhoto"]
    assert len(sent) > 60
    assert sum("photo" not in call.params or "bytes" in str(call.params["photo"]) for call in sent) <= 1
    assert len(stage.world.files._by_id) == 1
    await stage.restart()
    before = stage.world.calls
    await announce(stage, "cholpon", LIGHT, file=key)
    assert len([call for call in stage.calls(before) if call.method == "sendPhoto"]) == len(sent)
    assert len(stage.world.files._by_id) == 1


async def test_a_file_that_telegram_does_not_know_any_more_goes_up_again(stage: Stage) -> None:
    key = await keep(stage, "photo")
    await announce(stage, "cholpon", WATER, file=key)
    [(known,)] = await rows(stage.bot.database, "SELECT telegram_id FROM files")
    await stage.restart()  # nothing is remembered but what stands in the database
    stage.world.files._forget(known)
    await announce(stage, "cholpon", LIGHT, file=key)
    for _ in range(3):
        stage.world.clock.turn_by(timedelta(seconds=2))
        await stage.bot.postman.idle()
    assert shapes(stage, BAKYT) == [("photo", WATER.title_ky), ("photo", LIGHT.title_ky)]
    assert await rows(stage.bot.database, "SELECT telegram_id FROM files") != [(known,)]


async def test_what_may_have_arrived_is_not_sent_again_and_stands_in_doubt(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.session._PATIENCE", ClientTimeout(total=1))
    [reader] = await a_crowd(stage.bot.database, stage.world, 1)
    stage.world.faults.add(Fault(Kind.TIMEOUT_AFTER_ACCEPTING, method="sendMessage", chat=reader.id))
    await announce(stage, "cholpon", WATER)
    stage.world.clock.turn_by(timedelta(minutes=20))
    await stage.bot.postman.idle()
    assert len([post for post in stage.world.from_bot(reader.id) if WATER.title_ky in words(post)]) == 1
    assert await rows(stage.bot.database, "SELECT outcome, reason FROM outbox WHERE outcome = 'in-doubt'") == [
        ("in-doubt", "no answer")
    ]


async def test_what_telegram_refuses_for_good_is_over_at_once_and_says_why(stage: Stage) -> None:
    [reader] = await a_crowd(stage.bot.database, stage.world, 1)
    key = await keep(stage, "photo")
    await do(stage.bot.database, "UPDATE files SET content = :content", content=b"no picture at all")
    await announce(stage, "cholpon", WATER, file=key)
    letters = "SELECT DISTINCT outcome, tries, reason <> '' FROM outbox WHERE key = 'announcement'"
    assert await rows(stage.bot.database, letters) == [("failed", 1, 1)]
    assert len([call for call in stage.calls(0) if call.chat == reader.id]) == 1
