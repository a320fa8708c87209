"""Is every screen accepted by Telegram, whatever is in it, and shown whole and as it was written?"""

import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass, fields, replace

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.drawing import split, units
from bot.telegram.deliver import TelegramDoor
from bot.telegram.draw import CAPTION_LIMIT, DRAWN, TEXT_LIMIT
from bot.telegram.session import Session
from civic.spelling import clean
from handlers.ways import Me, Menu
from sandbox.people import PIXEL
from sandbox.server import serve
from sandbox.world import Asked, Call, World
from talk.screen import Ask, Bar, Button, Fact, File, Question, Screen
from talk.turn import Heard
from tests.bot.crowd import refused

DIRECTION = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c"}
FAMILY, RAINBOW, THUMB, FLAG, KEYCAP, SCOTLAND = "👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇰🇬", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"
PIECES = [
    *("a", "ө", " ", "\n", ". ", "\n\n", "𝔘", "é", "e\u0301", "\r\n", "\t", "\u2028", "\u200b", "\ufeff", "ﷺ"),
    *("<b>", "</b>", "<a href='tg://user?id=1'>", "&lt;", "&", "*", "_", "`", "[x](http://a.kg)", "||", "```", "\\"),
    *(FAMILY, RAINBOW, THUMB, FLAG, KEYCAP, SCOTLAND, "\u200d", "\ufe0f"),
    *("\u202e", "\u2066", "\u200f", "\x00", "\x1b[31m", "\ud83d", "\udfff", "\ue000", "\x7f", "\x85"),
    *("@admin", "/start", "#tag", "https://x.kg/?a=1&b=2", "$KGS", "+996 700 000 101", "суу жок"),
]
words = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
some = words | words | st.just("Тема")
long = st.builds(lambda piece, times: (piece * times)[:9_000], words, st.integers(1, 2_000)) | some
buttons = st.builds(Button, some, st.sampled_from([Menu(), Me()])) | st.builds(Button, some, inline=some)
SCREENS = st.builds(
    Screen,
    title=some,
    icon=st.sampled_from(["", "📋", FAMILY]),
    state=some,
    text=long,
    folded=long | st.just(""),
    facts=st.lists(st.builds(Fact, some, some), max_size=3).map(tuple),
    bar=st.none() | st.builds(Bar, st.integers(0, 10**9), st.integers(0, 10**9)),
    choice=st.lists(buttons, max_size=8).map(tuple),
    first_number=st.integers(1, 10**6),
    question=st.none() | st.builds(Question, long, st.none() | st.sampled_from(Ask), some, st.integers(0, 3)),
    note=some,
    forward=long | st.just(""),
    picture=st.none() | st.none() | st.just(File("poster.png", PIXEL)),
    document=st.none() | st.none() | st.just(File("менин маалыматтарым.txt", b"...")),
    buttons=st.lists(st.lists(buttons, max_size=3).map(tuple), max_size=4).map(tuple),
    alert=some | long,
    fresh=st.booleans(),
    puts_keyboard_away=some | st.just(""),
    lead=some | st.just(""),
).filter(lambda screen: not (screen.document or screen.picture) or screen.question is None)


@dataclass
class Shown:
    """A door to a Telegram that checks everything, and what went through it."""

    world: World
    door: TelegramDoor

    async def show(self, screen: Screen, heard: Heard | None = None) -> list[Call]:
        """The calls that show the screen to Aigul; by default she has written."""
        before = self.world.calls
        await self.door.show("101", heard or Heard(), screen)
        return [call for call in self.world.outbox if call.n > before]

    def a_press(self, message: int | None = None) -> Heard:
        """Aigul has pressed a button under that message (the last one)."""
        person, world = self.world.person("aigul"), self.world
        asked = world.remember(Asked(world.new_id(), person, world.clock.now(), {}), world.callbacks)
        return Heard(press="m", message=f"{asked.id}:{message or world.last(101).id}")


@pytest.fixture
async def shown() -> AsyncIterator[Shown]:
    """A local Telegram in which Aigul has started the bot."""
    world = World(rates=None)
    handle = await serve(world, "127.0.0.1", 0)
    session = Session(api=TelegramAPIServer.from_base(handle.url))
    world.chat(101).started = True
    yield Shown(world, TelegramDoor(Bot(world.token, session=session)))
    await (await session.create_session()).close()
    await handle.close()


def texts(calls: list[Call]) -> list[str]:
    """What is read in the chat, in its order."""
    return [str(call.params.get("text") or call.params.get("caption") or "") for call in calls if call.chat]


def close(text: str) -> str:
    """Without white space, which may go where a long text is cut."""
    return "".join(text.split())


def labels(calls: list[Call]) -> list[str]:
    """The words on every button."""
    found = []
    for call in calls:
        markup = call.params.get("reply_markup") or {}
        assert isinstance(markup, dict)
        for row in markup.get("inline_keyboard") or markup.get("keyboard") or []:
            found += [button["text"] for button in row]
    return found


def check(screen: Screen, calls: list[Call]) -> None:
    """Accepted, short enough, literal, whole, and with every button."""
    assert refused(calls) == []
    together = close("".join(texts(calls)))
    for call in calls:
        text, caption = str(call.params.get("text") or ""), str(call.params.get("caption") or "")
        assert units(text) <= (200 if call.method == "answerCallbackQuery" else TEXT_LIMIT)
        assert units(caption) <= CAPTION_LIMIT
        assert "parse_mode" not in call.params
        assert not [
            c for c in text + caption if c != "\n" and (unicodedata.category(c) in {"Cc", "Cs"} or c in DIRECTION)
        ]
    title = f"{screen.icon} {screen.title}" if screen.title else ""
    facts = [part for fact in screen.facts for part in (f"{fact.label}:", fact.value)]
    asked = screen.question.text if screen.question else ""
    for part in (
        screen.lead,
        title,
        screen.state,
        screen.text,
        *facts,
        asked,
        screen.folded,
        screen.note,
        screen.forward,
    ):
        assert close(clean(part)) in together, part
    seen = labels(calls)
    asked_by_button = screen.question is not None and screen.question.asks is not None
    assert len(seen) == len(screen.ways) + asked_by_button
    for way in screen.ways:
        assert any(clean(way.label)[:50] in label for label in seen), way


quickly = settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
thoroughly = settings(quickly, max_examples=3_000, derandomize=False)


async def written(shown: Shown, screen: Screen) -> None:
    """Somebody wrote, and is answered by the screen."""
    calls = await shown.show(screen)
    check(screen, calls)
    assert bool(calls) is bool(texts(calls))


async def pressed(shown: Shown, screen: Screen) -> None:
    """Somebody pressed a button, and the screen is drawn over its message."""
    await shown.show(Screen(title="Башкы меню", buttons=((Button("Тема", Menu()),),)))
    calls = await shown.show(screen, shown.a_press())
    check(screen, calls)
    [answered] = [call for call in calls if call.method == "answerCallbackQuery"]
    assert clean(str(answered.params.get("text", ""))) in clean(screen.alert)


@given(screen=SCREENS)
@quickly
async def test_every_screen_is_accepted_and_shown_whole(shown: Shown, screen: Screen) -> None:
    await written(shown, screen)


@given(screen=SCREENS)
@quickly
async def test_every_screen_is_accepted_and_shown_whole_over_the_message_that_was_pressed(
    shown: Shown, screen: Screen
) -> None:
    await pressed(shown, screen)


@pytest.mark.slow
@given(screen=SCREENS, over=st.booleans())
@thoroughly
async def test_three_thousand_screens_are_accepted_and_shown_whole(shown: Shown, screen: Screen, over: bool) -> None:
    await (pressed if over else written)(shown, screen)


@given(results=st.lists(SCREENS, max_size=60).map(tuple))
@settings(quickly, max_examples=20)
async def test_every_inline_result_is_accepted(shown: Shown, results: tuple[Screen, ...]) -> None:
    world = shown.world
    asked = world.remember(Asked(world.new_id(), world.person("aigul"), world.clock.now(), {}), world.inline)
    calls = await shown.show(Screen(results=results), Heard(inline="суу", message=asked.id))
    assert refused(calls) == []
    assert asked.answer is not None
    assert len(asked.answer["results"]) == min(50, len(results))


# --- long texts ---


def test_a_long_text_is_cut_at_a_paragraph_else_a_line_else_a_sentence_else_a_space() -> None:
    for mark, inside in (("\n\n", "\n"), ("\n", ". "), (". ", " "), (" ", "-")):
        sentence = inside.join(["сөз"] * 40)
        parts = [part for part, _ in split(mark.join([sentence] * 60), (), TEXT_LIMIT)]
        assert len(parts) > 1
        assert {part.rstrip(".") for part in parts} == {
            mark.join([sentence] * n) for n in {p.count(mark) + 1 for p in parts}
        }


@pytest.mark.parametrize("length", [TEXT_LIMIT - 1, TEXT_LIMIT, TEXT_LIMIT + 1, 2 * TEXT_LIMIT, 2 * TEXT_LIMIT + 1])
async def test_the_limit_is_met_to_the_unit(shown: Shown, length: int) -> None:
    for letter, width in (("ө", 1), ("𝔘", 2)):
        calls = await shown.show(Screen(text=letter * (length // width)))
        assert refused(calls) == []
        assert "".join(texts(calls)) == letter * (length // width)
        assert len(calls) == -(-(length // width * width) // TEXT_LIMIT)


@pytest.mark.parametrize("cluster", [FAMILY, RAINBOW, THUMB, FLAG, KEYCAP, SCOTLAND, "e\u0301\u0323", "𝔘"], ids=ascii)
def test_what_is_read_as_one_sign_is_not_cut(cluster: str) -> None:
    cluster = unicodedata.normalize("NFC", cluster)
    for lead in range(len(cluster) * 2 + 3):
        text = "x" * lead + cluster * 3_000
        parts = [part for part, _ in split(text, (), TEXT_LIMIT)]
        assert "".join(parts) == text
        for part in parts:
            assert units(part) <= TEXT_LIMIT
            assert part.replace(cluster, "").strip("x") == ""


ENDLESS = ["👨\u200d", "\u200d", "\ufe0f", "e" + "\u0301" * 9_000, "🇰", "👍" + "🏽" * 5_000]


@pytest.mark.parametrize("endless", ENDLESS, ids=lambda text: ascii(text[:2]))
def test_a_sign_without_an_end_is_cut_all_the_same(endless: str) -> None:
    text = (endless * 9_000)[:9_000]
    parts = [part for part, _ in split(text, (), TEXT_LIMIT)]
    assert "".join(parts) == text
    assert len(parts) <= -(-units(text) // (TEXT_LIMIT - 200))


@given(text=long, begin=st.integers(0, 4_000), length=st.integers(1, 9_000))
@quickly
def test_what_is_bold_stays_bold_through_the_cuts_and_nothing_else_becomes_so(
    text: str, begin: int, length: int
) -> None:
    text = clean(text)
    encoded = text.encode("utf-16-le")
    try:
        bold = encoded[2 * begin : 2 * (begin + length)].decode("utf-16-le")
    except UnicodeDecodeError:
        return  # entities begin and end between signs
    if not bold:
        return
    found = ""
    for part, entities in split(text, [("bold", begin, units(bold))], TEXT_LIMIT):
        for entity in entities:
            at, long_ = int(entity["offset"]), int(entity["length"])
            found += part.encode("utf-16-le")[2 * at : 2 * (at + long_)].decode("utf-16-le")
    assert close(found) == close(bold)


async def test_a_caption_that_is_too_long_follows_as_a_message_with_the_buttons(shown: Shown) -> None:
    for file in ({"document": File("a.txt", b"1")}, {"picture": File("a.png", PIXEL)}):
        screen = Screen(title="Тема", text="сөз " * 300, buttons=((Button("Артка", Menu()),),), **file)  # type: ignore[arg-type]
        first, second = await shown.show(screen)
        assert (first.method[:4], second.method) == ("send", "sendMessage")
        assert "caption" not in first.params
        assert labels([first]) == []
        assert labels([second]) == ["Артка"]
        check(screen, [first, second])


async def test_a_short_caption_rides_on_the_file(shown: Shown) -> None:
    screen = Screen(title="Тема", text="сөз", document=File("a.txt", b"1"), buttons=((Button("Артка", Menu()),),))
    [call] = await shown.show(screen)
    assert (call.params["caption"], labels([call])) == ("Тема\n\nсөз", ["Артка"])


# --- nothing is lost ---

BASE = Screen(title="Тема", buttons=((Button("Артка", Menu()),),))
WITH: dict[str, Screen] = {
    "title": replace(BASE, title="Башка"),
    "icon": replace(BASE, icon="📋"),
    "state": replace(BASE, state="жаңы"),
    "text": replace(BASE, text="сөз"),
    "folded": replace(BASE, folded="сөз"),
    "facts": replace(BASE, facts=(Fact("ким", "Асанов"),)),
    "bar": replace(BASE, bar=Bar(3, 10)),
    "choice": replace(BASE, choice=(Button("Суу", Me()),)),
    "first_number": replace(BASE, choice=(Button("Суу", Me()),), first_number=8),
    "question": replace(BASE, question=Question("Кайсы айыл?")),
    "note": replace(BASE, note="Ак-Булак"),
    "forward": replace(BASE, forward="сөз"),
    "picture": replace(BASE, picture=File("a.png", PIXEL)),
    "document": replace(BASE, document=File("a.txt", b"1")),
    "buttons": replace(BASE, buttons=()),
    "alert": replace(BASE, alert="сөз"),
    "fresh": replace(BASE, fresh=True),
    "puts_keyboard_away": replace(BASE, puts_keyboard_away="сөз"),
    "lead": replace(BASE, lead="сөз"),
}
# where one stands, which nobody sees; inline mode, tested above; what only WhatsApp has, told in the log, and what only
# WhatsApp needs
ELSEWHERE = {"at", "results", "together", "language"}


def test_every_part_of_a_screen_is_known_to_the_drawing_and_tried_here() -> None:
    assert {f.name for f in fields(Screen)} == DRAWN == WITH.keys() | ELSEWHERE


@pytest.mark.parametrize("part", WITH)
async def test_each_part_of_a_screen_can_be_seen(shown: Shown, part: str) -> None:
    async def seen(screen: Screen) -> list[tuple[str, dict[str, object]]]:
        await shown.show(Screen(title="Башкы меню"))
        calls = await shown.show(screen, shown.a_press(shown.world.last(101).id))
        check(screen, calls)
        varying = ("callback_query_id", "message_id", "document", "photo")
        return [(call.method, {k: v for k, v in call.params.items() if k not in varying}) for call in calls]

    without = replace(WITH[part], first_number=1) if part == "first_number" else BASE
    assert sorted(map(str, await seen(WITH[part]))) != sorted(map(str, await seen(without)))


async def test_an_empty_screen_with_buttons_still_shows_its_buttons(shown: Shown) -> None:
    for nothing in ("", " ", "\u202e\x00", "\ud800"):
        screen = Screen(title=nothing, text=nothing, buttons=((Button("Артка", Menu()),),))
        calls = await shown.show(screen)
        assert labels(calls) == ["Артка"]
        check(screen, calls)


async def test_a_line_that_pops_up_comes_alone_when_there_is_nothing_else_and_as_words_when_nothing_was_pressed(
    shown: Shown,
) -> None:
    await shown.show(BASE)
    [call] = await shown.show(Screen(alert="Бүттү"), shown.a_press())
    assert (call.method, call.params["text"], call.params["show_alert"]) == ("answerCallbackQuery", "Бүттү", True)
    [call] = await shown.show(Screen(alert="Бүттү"))
    assert (call.method, call.params["text"]) == ("sendMessage", "Бүттү")
    calls = await shown.show(Screen(alert="Бүттү", document=File("a.txt", b"1")), shown.a_press())
    assert sorted(call.method for call in calls) == ["answerCallbackQuery", "sendDocument"]
