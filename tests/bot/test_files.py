"""A photo or paper is fetched when a handler wants it: cleaned, kept once, in its turn, and at nobody else's cost."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot import fetching
from bot.telegram import fetch
from bot.telegram.updates import hear
from civic.files import LARGEST, Attachment, FileKind
from sandbox import people
from sandbox.chats import Json
from sandbox.faults import DOWNLOAD, Fault, Kind
from sandbox.files import Kept
from sandbox.world import Call, World
from talk.turn import Heard
from tests import attachments
from tests.bot.conftest import Prepared
from tests.bot.crowd import a_crowd, do, keep_time, pour, rows, said, seconds_of, to, wrote
from tests.bot.filing import filing, known
from tests.conftest import NOW
from tests.conversations.stage import Stage, on_stage

KEPT = "SELECT COUNT(*) FROM files"
OPEN = "SELECT COUNT(*) FROM inbox WHERE settled_at IS NULL"


@pytest.fixture
async def desk(tmp_path: Path, prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The bot of the aimak with the feature that asks for files; Bakyt and Cholpon are asked for one."""
    monkeypatch.setattr("bot.app.table", filing())
    prepared(("aimak",), tmp_path)
    with known():
        async with on_stage(tmp_path, NOW, homes=()) as stage:
            keep_time(stage)
            for who in ("bakyt", "cholpon"):
                await stage.write(who, "/report")
            yield stage


async def sends(stage: Stage, who: str, content: bytes, name: str = "", *, caption: str = "") -> None:
    """Somebody sends a photo, or with a name a file; the answer is not waited for."""
    person = stage.world.person(who)
    if name:
        await people.document(stage.world, person, content, name, "application/octet-stream", caption=caption)
    else:
        await people.photo(stage.world, person, content, caption=caption)


async def answered(stage: Stage, who: str) -> str:
    """The bot's last word to somebody, once all is done."""
    await stage.settled()
    return stage.world.last(stage.world.person(who).id).text


def fetches(stage: Stage) -> list[Call]:
    """How often the bot has asked for a file."""
    return [call for call in stage.calls(0) if call.method == "getFile"]


# --- a good day ---


async def test_a_photo_answers_the_question_and_is_kept_clean(desk: Stage) -> None:
    await sends(desk, "bakyt", attachments.photo(2_000, 1_000))
    assert "Бул эмне?" in await answered(desk, "bakyt")
    await desk.write("bakyt", "Чуңкур")
    assert "Файл:" in desk.world.last(102).text
    assert "сүрөт" in desk.world.last(102).text
    [(kind, name, content)] = await rows(desk.bot.database, "SELECT kind, name, content FROM files")
    assert (kind, name) == ("picture", "photo.jpg")
    with Image.open(io.BytesIO(content)) as kept:
        assert (kept.size, len(kept.getexif())) == ((1_600, 800), 0)
    await desk.tap("bakyt", "Жөнөтүү")
    shown = desk.world.last(102)
    assert "Кабыл алынды: Чуңкур" in str(shown.json["caption"])
    assert shown.json["photo"][-1]["file_size"] == len(content)


async def test_a_paper_is_named_as_it_was_and_given_back(desk: Stage) -> None:
    await sends(desk, "bakyt", attachments.docx(), "C:\\Менин\\Токтом №5.DOCX")
    assert "Бул эмне?" in await answered(desk, "bakyt")
    await desk.write("bakyt", "Токтом")
    assert "Токтом №5.docx" in desk.world.last(102).text
    await desk.tap("bakyt", "Жөнөтүү")
    assert desk.world.last(102).json["document"]["file_name"] == "Токтом №5.docx"


async def test_a_picture_sent_as_a_file_is_a_picture(desk: Stage) -> None:
    await desk.write("bakyt", "/portrait")
    await sends(desk, "bakyt", attachments.photo(form="PNG"), "IMG_1.jpeg")
    assert "Сүрөт бар" in await answered(desk, "bakyt")


async def test_the_same_content_is_kept_once(desk: Stage) -> None:
    for who in ("bakyt", "cholpon"):
        await sends(desk, who, attachments.photo())
    await desk.settled()
    assert await rows(desk.bot.database, KEPT) == [(1,)]
    assert await rows(desk.bot.database, "SELECT COUNT(*) FROM drafts WHERE answers LIKE '%file%'") == [(2,)]


async def test_a_photo_that_is_not_wanted_can_be_skipped(desk: Stage) -> None:
    await desk.write("bakyt", "/portrait")
    await desk.tap("bakyt", "Өткөрүп жиберүү")
    assert "Сүрөт жок" in desk.world.last(102).text


def test_what_is_heard_of_a_file() -> None:
    world = World()
    sizes = [
        {"file_id": f"p{n}", "file_unique_id": "u", "width": n, "height": n, "file_size": n} for n in (90, 800, 320)
    ]
    paper = {"file_id": "d", "file_unique_id": "u", "file_name": "/cancel\u202e.pdf", "mime_type": "image/png"}
    film = {"file_id": "g", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}

    def heard(**more: object) -> Heard:
        update = wrote(world.person("bakyt"), "", **more)
        del update["message"]["text"]
        said = hear(json.dumps(update))
        assert said is not None
        return said

    photo = heard(photo=sizes, caption="/start").file
    assert photo == Attachment("p800", FileKind.PICTURE, "photo.jpg", 800)
    assert heard(photo=sizes, caption="/start").command == ""  # words below a photo are no command
    assert heard(document=paper).file == Attachment("d", FileKind.PICTURE, "/cancel.pdf", 0)
    assert heard(document={"file_id": "d", "file_unique_id": "u"}).file == Attachment("d", FileKind.PAPER, "", 0)
    assert heard(document=paper, animation=film).file is None
    said = {"file_id": "v", "file_unique_id": "u", "duration": 3, "file_size": 9}
    assert heard(voice=said).file == Attachment("v", FileKind.VOICE, "voice.ogg", 9)
    assert heard(audio=said | {"title": "Ыр"}).file == Attachment("v", FileKind.VOICE, "voice.ogg", 9)
    assert heard(sticker=None, video=film | {"mime_type": "video/mp4"}).file is None


# --- what is said when it cannot be had ---


async def test_words_in_place_of_a_file(desk: Stage) -> None:
    await desk.write("bakyt", "Мына")
    assert "Сүрөт же файл жөнөтүңүз" in desk.world.last(102).text
    await desk.write("bakyt", "/portrait")
    await desk.write("bakyt", "Мына")
    assert "Сүрөт жөнөтүңүз" in desk.world.last(102).text


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\0 a program", "Токтом.pdf"), (b"\xd0\xcf\x11\xe0 old", "a.doc"), (b"<svg/>", "a.svg")],
)
async def test_what_is_not_accepted_is_said_and_the_question_stays(desk: Stage, content: bytes, name: str) -> None:
    await sends(desk, "bakyt", content, name)
    words = await answered(desk, "bakyt")
    assert "Мындай файл кабыл алынбайт" in words
    assert "Файлыңызды жөнөтүңүз" in words
    assert await rows(desk.bot.database, KEPT) == [(0,)]


async def test_a_paper_is_no_answer_to_the_question_for_a_photo(desk: Stage) -> None:
    await desk.write("bakyt", "/portrait")
    await sends(desk, "bakyt", attachments.pdf(), "photo.jpg")
    assert "Бул сүрөт эмес" in await answered(desk, "bakyt")
    assert await rows(desk.bot.database, KEPT) == [(0,)]


async def test_a_file_over_the_limit_is_not_even_fetched(desk: Stage) -> None:
    await sends(desk, "bakyt", b"%PDF-" + bytes(LARGEST), "a.pdf")
    assert "эң көбү 10 МБ" in await answered(desk, "bakyt")
    assert fetches(desk) == []


async def test_a_file_that_is_larger_than_was_told_is_read_to_the_limit_only(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = desk.world.files.at

    def swollen(path: str) -> Kept:
        kept = at(path)
        assert kept is not None
        return replace(kept, data=bytes(LARGEST + 1))

    monkeypatch.setattr(desk.world.files, "at", swollen)
    await sends(desk, "bakyt", attachments.pdf(), "a.pdf")
    assert "эң көбү 10 МБ" in await answered(desk, "bakyt")
    assert len(fetches(desk)) == 1


async def test_a_file_that_telegram_has_no_more_is_asked_for_again(desk: Stage) -> None:
    await sends(desk, "bakyt", attachments.photo())
    desk.world.files.clear()
    assert "Файл бизге жетпей калды" in await answered(desk, "bakyt")
    await sends(desk, "bakyt", attachments.photo())
    assert "Бул эмне?" in await answered(desk, "bakyt")


async def test_an_address_that_leads_nowhere_is_a_lost_file(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.world.files, "at", lambda _: None)
    await sends(desk, "bakyt", attachments.photo())
    assert "Файл бизге жетпей калды" in await answered(desk, "bakyt")
    assert len(fetches(desk)) == 1


@pytest.mark.parametrize("method", ["getFile", DOWNLOAD])
@pytest.mark.parametrize("kind", [Kind.BAD_GATEWAY, Kind.SERVER_ERROR, Kind.RESET, Kind.TOO_MANY_REQUESTS])
async def test_a_passing_fault_is_tried_again(desk: Stage, kind: Kind, method: str) -> None:
    desk.world.faults.add(Fault(kind, method=method, retry_after=1))
    await sends(desk, "bakyt", attachments.photo())
    assert "Бул эмне?" in await answered(desk, "bakyt")
    assert desk.world.faults.waiting() == []


async def test_a_telegram_that_stays_down_ends_in_words(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "TRIES", 2)
    desk.world.faults.add(Fault(Kind.BAD_GATEWAY, method=DOWNLOAD, times=9))
    await sends(desk, "bakyt", attachments.photo())
    assert "Файл бизге жетпей калды" in await answered(desk, "bakyt")


# --- in its turn ---


async def test_what_a_person_does_after_the_file_waits_for_it_and_others_do_not(desk: Stage) -> None:
    desk.world.faults.add(Fault(Kind.SLOW, method=DOWNLOAD, seconds=1.6))
    bakyt, emma = desk.world.person("bakyt"), desk.world.person("emma")
    began = time.monotonic()
    await sends(desk, "bakyt", attachments.photo())
    await people.write(desk.world, bakyt, bakyt.id, "Чуңкур")
    await people.write(desk.world, bakyt, bakyt.id, "/help")
    await people.write(desk.world, emma, emma.id, "/help")
    before = desk.world.calls
    await desk.settled()
    theirs, his = to(desk.calls(before), emma), to(desk.calls(before), bakyt)
    assert seconds_of(desk.world, theirs[0]) - began < 1
    first = next(call for call in his if call.method == "sendMessage")
    assert seconds_of(desk.world, first) - began > 1.5
    words = said(his)
    assert ["Бул эмне?" in words[0], "Чуңкур" in words[1], "Жардам" in words[2]] == [True, True, True]
    assert his[0].method == "sendChatAction"  # a sign of life


async def test_two_files_of_one_person_come_in_their_order(desk: Stage) -> None:
    desk.world.faults.add(Fault(Kind.SLOW, method=DOWNLOAD, seconds=0.5))
    await sends(desk, "bakyt", attachments.photo())
    await sends(desk, "bakyt", attachments.pdf(), "экинчи.pdf", caption="Экинчиси")
    assert "Экинчиси" in await answered(desk, "bakyt")  # its caption answers the second question
    assert len(fetches(desk)) == 1


async def test_turns_of_the_same_batch_are_not_harmed(desk: Stage) -> None:
    crowd = await a_crowd(desk.bot.database, desk.world, 6)
    await sends(desk, "bakyt", attachments.photo())
    updates: list[Json] = [wrote(person, "/help") for person in crowd]
    await pour(desk, updates)
    await desk.settled()
    assert [len(desk.world.from_bot(person.id)) for person in crowd] == [1] * 6
    assert "Бул эмне?" in desk.world.last(102).text


async def test_what_was_written_before_the_file_was_wanted_is_written_once(desk: Stage) -> None:
    await desk.write("bakyt", "/cancel")
    crowd = await a_crowd(desk.bot.database, desk.world, 3)
    await sends(desk, "bakyt", attachments.photo(), caption="жаз")
    await pour(desk, [wrote(person, "/help") for person in crowd])
    assert "байт" in await answered(desk, "bakyt")
    spoken = "SELECT language FROM people JOIN accounts ON person_id = people.id WHERE address = '102'"
    assert await rows(desk.bot.database, spoken) == [("ru",)]
    assert await rows(desk.bot.database, OPEN) == [(0,)]
    assert [len(desk.world.from_bot(person.id)) for person in crowd] == [1] * 3


async def test_only_so_many_are_fetched_at_a_time(desk: Stage) -> None:
    crowd = await a_crowd(desk.bot.database, desk.world, fetching.AT_A_TIME + 4)
    await pour(desk, [wrote(person, "/report") for person in crowd])
    desk.world.faults.add(Fault(Kind.SLOW, method="getFile", seconds=0.8, times=fetching.AT_A_TIME))
    for person in crowd:
        await people.photo(desk.world, person, attachments.photo())
    await asyncio.sleep(0.5)
    assert len(fetches(desk)) == fetching.AT_A_TIME
    await desk.settled()
    assert len(fetches(desk)) == len(crowd)
    assert all("Бул эмне?" in desk.world.last(person.id).text for person in crowd)


async def test_a_flood_of_files_that_nobody_asked_for_fetches_none(desk: Stage) -> None:
    crowd = await a_crowd(desk.bot.database, desk.world, 20)
    file = {"file_id": "x" * 40, "file_unique_id": "x", "file_size": 9_000_000, "width": 4_000, "height": 3_000}
    flood = [wrote(person, "", photo=[file]) for person in crowd for _ in range(10)]
    for update in flood:
        del update["message"]["text"]
    await pour(desk, flood)
    assert fetches(desk) == []
    assert await rows(desk.bot.database, KEPT) == [(0,)]
    assert all("Файл сурабадык" in desk.world.last(person.id).text for person in crowd)


async def test_who_answers_one_question_with_file_after_file_waits_soon_and_nobody_else_does(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "AN_HOUR", 2)
    for number in range(4):
        await desk.write("bakyt", "/report")
        await sends(desk, "bakyt", attachments.photo(100 + number, 100))
        said_last = await answered(desk, "bakyt")
        assert ("Бир аз күтө туруңуз" in said_last) is (number > 1)
    assert await rows(desk.bot.database, KEPT) == [(2,)]
    await sends(desk, "cholpon", attachments.photo(300, 100))
    assert "Бул эмне?" in await answered(desk, "cholpon")


async def test_what_one_person_fills_the_disk_with_in_a_day_is_bounded(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "A_DAY", 1)
    for number in range(2):
        await desk.write("bakyt", "/report")
        await sends(desk, "bakyt", attachments.photo(100 + number, 100))
        assert ("Бир аз күтө туруңуз" in await answered(desk, "bakyt")) is (number > 0)
    await sends(desk, "cholpon", attachments.photo(300, 100))
    assert "Бул эмне?" in await answered(desk, "cholpon")


# --- stopped in between ---


async def test_a_file_that_ends_the_process_again_and_again_is_put_aside_in_words(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill is staged as a stop in the midst of the cleaning: the try was counted and does not come to an end."""
    begun = asyncio.Event()

    async def never_ends(*_: object) -> None:
        begun.set()
        await asyncio.sleep(3_600)

    monkeypatch.setattr(fetching.Fetching, "_cleaned", never_ends)
    await sends(desk, "bakyt", attachments.photo())
    await asyncio.wait_for(begun.wait(), 10)
    assert await rows(desk.bot.database, "SELECT tries FROM inbox WHERE settled_at IS NULL") == [(1,)]
    await do(desk.bot.database, f"UPDATE inbox SET tries = {fetching.TRIES} WHERE settled_at IS NULL")
    begun.clear()
    await asyncio.wait_for(desk.restart(), 20)
    assert "бул кодду айтыңыз" in (await answered(desk, "bakyt")).lower()
    assert await rows(desk.bot.database, OPEN) == [(0,)]
    assert not begun.is_set(), "it is not begun with again"
    await desk.write("bakyt", "/menu")
    assert desk.world.last(102).text


async def test_a_stop_during_a_fetch_does_not_hang_and_loses_nothing(desk: Stage) -> None:
    bakyt = desk.world.person("bakyt")
    desk.world.faults.add(Fault(Kind.SLOW, method=DOWNLOAD, seconds=60))
    await sends(desk, "bakyt", attachments.photo())
    await people.write(desk.world, bakyt, bakyt.id, "Чуңкур")
    await desk.world.until(lambda: len(fetches(desk)) == 1)
    await asyncio.sleep(0.1)
    assert await rows(desk.bot.database, OPEN) == [(2,)]  # a kill at this moment would lose nothing either
    assert await rows(desk.bot.database, KEPT) == [(0,)]
    began = time.monotonic()
    await desk.restart()
    assert time.monotonic() - began < 5
    assert "Чуңкур" in await answered(desk, "bakyt")
    assert len(fetches(desk)) == 2
    assert await rows(desk.bot.database, OPEN) == [(0,)]
