"""Is whatever people write understood or politely not, and shown as it was written, never as markup or as an error?"""

import unicodedata

from bot.app import words
from sandbox import people
from sandbox.chats import Json, Person
from tests.bot.crowd import a_crowd, do, pour, refused, rows, said, shown_to, state, wrote
from tests.conversations.stage import Stage
from tests.hostile import STRANGE

CRASHED = words().speaker("ky")("kit-crashed", code="").split(".")[0]


async def test_whatever_somebody_writes_is_answered_and_telegram_accepts_the_answer(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, len(STRANGE))
    for standing in ("/menu", "/issues", "/start i3", "/me", "/language"):
        await pour(stage, [wrote(person, standing) for person in crowd])
        before, kept = stage.world.calls, await state(stage.bot.database)
        await pour(stage, [wrote(person, text) for person, text in zip(crowd, STRANGE, strict=True)])
        assert refused(stage.calls(before)) == []
        assert [person.id for person in crowd if not shown_to(stage.calls(before), person)] == []
        assert [text for text in said(stage.calls(before)) if CRASHED in text] == []
        assert await state(stage.bot.database) == kept


def markup_of(post_json: Json) -> set[str]:
    """The kinds of formatting in a message that only the bot itself could have put there."""
    by_themselves = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
    return {entity["type"] for entity in post_json.get("entities", [])} - by_themselves


async def test_what_somebody_searched_for_is_repeated_letter_by_letter_without_tricks(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [wrote(aisha, "/issues")])
    for text in STRANGE[:12]:
        await pour(stage, [wrote(aisha, f"жокжок {text}")])
        shown = stage.world.last(aisha.id)
        assert markup_of(shown.json) <= {"bold", "italic"}
        for char in shown.text:
            assert char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"}
            assert not 0x202A <= ord(char) <= 0x202E
            assert not 0x2066 <= ord(char) <= 0x2069
    await pour(stage, [wrote(aisha, "жокжок <b>bold</b> & *stars*")])
    assert "«жокжок <b>bold</b> & *stars*»" in stage.world.last(aisha.id).text


async def test_a_name_from_the_municipality_with_markup_in_it_is_shown_as_it_is(stage: Stage) -> None:
    name = "Асанов <i>А.</i> & Ко_*`[x](y)"
    await do(
        stage.bot.database, "UPDATE issues SET responsible = :n, doing_ky = :n, label_ky = :n WHERE id = 3", n=name
    )
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    for update in ("/start i3", "/issues"):
        await pour(stage, [wrote(aisha, update)])
    await stage.write("bakyt", "/start i3")
    card = stage.world.last(102)
    assert card.text.count(name) == 3
    assert markup_of(card.json) <= {"bold", "italic", "expandable_blockquote"}
    await stage.look_up("bakyt", "Асанов")
    assert refused(stage.calls(0)) == []


async def test_every_kind_of_message_that_is_no_text_is_answered(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    bakyt = stage.world.person("bakyt")
    t = words().speaker("ky")
    for send, answer in (
        (people.photo, t("menu-file-not-asked")),
        (people.voice, t("menu-file-not-asked")),
        (people.video, t("menu-not-understood")),
    ):
        before = stage.world.calls
        await send(stage.world, bakyt)
        await stage.settled()
        assert answer in said(stage.calls(before))[-1]
    for strange in (
        {
            "sticker": {
                "file_id": "1",
                "file_unique_id": "1",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"dice": {"emoji": "🎲", "value": 3}},
        {"location": {"latitude": 42.8, "longitude": 74.6}},
        {"contact": {"phone_number": "+996700000102", "first_name": "Бакыт", "user_id": 102}},
        {"something_of_next_year": {"text": "hello"}},
    ):
        before = stage.world.calls
        await pour(stage, [_without_text(bakyt, strange)])
        assert len(said(stage.calls(before))) == 1, strange
        assert refused(stage.calls(before)) == []


def _without_text(who: Person, inside: Json) -> Json:
    update = wrote(who, "", **inside)
    del update["message"]["text"]
    return update


async def test_a_caption_is_read_like_a_text(stage: Stage) -> None:
    await stage.write("bakyt", "/issues")
    await people.photo(stage.world, stage.world.person("bakyt"), caption="таштанды")
    await stage.settled()
    assert "«таштанды» боюнча табылды: 1" in stage.world.last(102).text


async def test_commands_in_every_shape_are_understood_or_politely_not(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    bot = stage.world.bot.username
    understood = ["/menu", "/MENU", f"/menu@{bot}", "/menu and more", "/menu\u00a0"]
    for text in understood:
        await pour(stage, [wrote(aisha, text)])
        assert stage.world.last(aisha.id).text.startswith("Ак-Булак"), text
    for text in (
        "/",
        "//",
        "/ menu",
        "/menu\nmenu",
        "/мену",
        "/" + "x" * 4_000,
        "/start " + "x" * 4_000,
        "/start \u202e",
        "/start i",
        "/cancel me",
    ):
        before = stage.world.calls
        await pour(stage, [wrote(aisha, text)])
        assert len(said(stage.calls(before))) == 1, text
    assert refused(stage.calls(0)) == []
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM drafts") == [(0,)]


async def test_deep_links_open_what_they_name_and_refuse_the_rest_politely(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [wrote(aisha, "/start i3")])
    card = stage.world.last(aisha.id).text
    no = words().speaker("ky")("refusal-not-found")
    for payload in ("i03", "i3 ", "  i3"):
        await pour(stage, [wrote(aisha, f"/start {payload}")])
        assert stage.world.last(aisha.id).text in (card, no), payload
    for payload in ("i0", "i26", "i99999999999", "i" + "9" * 63, "i-3", "i3x", "x3", "3", "I3", "i٣", "і3", "i3_4"):
        await pour(stage, [wrote(aisha, f"/start {payload}")])
        assert stage.world.last(aisha.id).text == no, payload
