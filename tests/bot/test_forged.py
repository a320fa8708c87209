"""Can anybody break something by what they send? Mutated presses, links and texts: two thousand in the suite, ten
thousand others in `make bar`."""

import random
from collections.abc import Iterator

import pytest

from handlers.table import table
from sandbox.chats import Json, Person
from talk.form import Answered, FormStep, GoOn
from talk.press import LIMIT, unpack
from tests.bot.buttons import ways_of
from tests.bot.crowd import a_crowd, pour, pressed, refused, rows, state, to, wrote
from tests.conversations.stage import Stage

FORMS = ["a:1777897800000:village:2", "a:1777897800000:consent:yes", "a:1777897800000:language:", "ar"]
FORMS += [f"as:1777897800000:{do}" for do in "pbcxus"]
PRESSES = [way for kind in (*table.presses, *table.forms) for way in ways_of(kind)] + FORMS
LINKS = ["i12", "i3", "i26", "m", "p12", "i"]
TEXTS = [
    "суу",
    "жол оңдоо",
    "таштанды",
    "Чоң-Өзөн",
    "menu",
    "вода",
    "roads",
    "9",
    "12",
    "?",
    "/menu",
    "/me",
    "/help",
    "/issues",
]
TEXTS += ["/cancel", "/start", "/language", "/participate", "-", "hello <b>bold</b> & *stars* _under_"]
NUMBERS = [
    0,
    -1,
    1,
    2**31 - 1,
    2**31,
    2**63 - 1,
    2**63,
    10**18 - 1,
    10**18,
    10**30,
    "٣",
    "1e5",
    "+1",
    " 1",
    "0x1",
    "007",
    "½",
]
SPOILT = [
    ":",
    "::",
    "%",
    "%ZZ",
    "%00",
    "%3A",
    "%ED%A0%80",
    "%F0%9F",
    "\x00",
    "\u202e",
    "ө",
    "👨‍👩‍👧",
    "\ud800",
    "'",
    '"',
    "; DROP TABLE people",
]
SPOILT += ["{", "\\", "\n", " ", "🇰", "ﷺ", "a" * 70, "ө" * 40, "\ufeff", "None", "null", "true"]


def mutated(base: str, dice: random.Random) -> str:
    """The text with one to three things done to it."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at, what = dice.randrange(len(base) + 1), dice.randrange(7)
        if what == 0:
            base = base[:at] + str(dice.choice(SPOILT)) + base[at:]
        elif what == 1:
            base = base[:at] + base[at + dice.randint(1, 3) :]
        elif what == 2:
            base = (
                base[:at]
                + chr(dice.choice((dice.randrange(32, 127), dice.randrange(0x400, 0x500), dice.randrange(0x3000))))
                + base[at + 1 :]
            )
        elif what == 3:
            head, colon, _ = base.rpartition(":")
            base = head + (colon or ":") + str(dice.choice(NUMBERS))
        elif what == 4:
            _, colon, rest = base.partition(":")
            base = dice.choice(PRESSES).partition(":")[0] + colon + rest
        elif what == 5:
            base = base + ":" * dice.randint(1, 3) + str(dice.choice(NUMBERS))
        else:
            base = base * dice.randint(2, 3)
    return base


def may_change(press: str) -> bool:
    """Whether this happens to be a real button that does something; then it is allowed to."""
    meant = unpack(press)
    if meant is None or not table.answers_to(meant):
        return False
    route = table.presses.get(type(meant))
    return (
        isinstance(meant, Answered | FormStep | GoOn)
        or type(meant) in table.forms
        or (route is not None and not route.reads)
    )


def forgeries(dice: random.Random, count: int, people: list[Person], *, changing: bool) -> Iterator[Json]:
    """So many updates with something wrong in them."""
    made = 0
    while made < count:
        person, kind = dice.choice(people), dice.random()
        if kind < 0.4:
            data = mutated(dice.choice(PRESSES), dice)
            if may_change(data) is not changing:
                continue
            yield pressed(person, data)
        elif changing:
            yield (
                pressed(person, dice.choice(PRESSES))
                if kind < 0.7
                else wrote(person, mutated(dice.choice(TEXTS), dice))
            )
        elif kind < 0.65:
            yield wrote(person, "/start " + mutated(dice.choice(LINKS), dice))
        else:
            yield wrote(person, mutated(dice.choice(TEXTS), dice))
        made += 1


async def thrown(stage: Stage, updates: list[Json], caplog: pytest.LogCaptureFixture) -> None:
    """Throws the updates at the bot: everybody is answered, nothing crashes, Telegram accepts every answer."""
    await stage.write("gulnara", "/menu")  # the admin, who would be told of a crash
    for begin in range(0, len(updates), 500):
        part, before = updates[begin : begin + 500], stage.world.calls
        await pour(stage, part)
        calls = stage.calls(before)
        assert refused(calls) == []
        assert to(calls, stage.world.person("gulnara")) == []
        presses = sum("callback_query" in update for update in part)
        assert sum(call.method == "answerCallbackQuery" for call in calls) >= presses - count_of_surrogates(part)
    assert [record.getMessage()[:300] for record in caplog.records if record.levelname == "ERROR"] == []
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM inbox WHERE settled_at IS NULL") == [(0,)]


def count_of_surrogates(updates: list[Json]) -> int:
    """How many updates are no Unicode, so that they are dropped unread; Telegram never sends such."""
    return sum("\\ud800" in ascii(update) for update in updates)


async def mutated_change_nothing(stage: Stage, caplog: pytest.LogCaptureFixture, count: int) -> None:
    """So many are thrown at the bot by forty people, and nothing is changed."""
    crowd = await a_crowd(stage.bot.database, stage.world, 40, key="ak-bulak")
    await pour(stage, [wrote(person, "/menu") for person in (*crowd, stage.world.person("gulnara"))])
    before = await state(stage.bot.database)
    await thrown(stage, list(forgeries(random.Random(count), count, crowd, changing=False)), caplog)
    assert await state(stage.bot.database) == before


async def test_two_thousand_mutated_presses_links_and_texts_change_nothing_and_crash_nothing(
    two_homes: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await mutated_change_nothing(two_homes, caplog, 2_000)


@pytest.mark.slow
async def test_ten_thousand_mutated_presses_links_and_texts_change_nothing_and_crash_nothing(
    two_homes: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await mutated_change_nothing(two_homes, caplog, 10_000)


async def test_a_thousand_real_presses_in_a_senseless_order_crash_nothing(
    two_homes: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """Forms begun, left, answered out of turn, forgotten people who go on pressing."""
    crowd = await a_crowd(two_homes.bot.database, two_homes.world, 40, key="ak-bulak")
    before = await state(two_homes.bot.database)
    await thrown(two_homes, list(forgeries(random.Random(1_000), 1_000, crowd, changing=True)), caplog)
    assert await state(two_homes.bot.database) != before  # they were real
    doubled = "SELECT address FROM accounts GROUP BY messenger, address HAVING COUNT(*) > 1"
    assert await rows(two_homes.bot.database, doubled) == []


def test_the_mutations_reach_what_they_are_meant_to_reach() -> None:
    """Some are no press at all, some a press of nobody, some too long, and some a screen that reads."""
    dice = random.Random(1)
    found = [mutated(dice.choice(PRESSES), dice) for _ in range(5_000)]
    known = [unpack(data) for data in found]
    assert sum(press is None for press in known) > 1_000
    assert sum(press is not None and not may_change(data) for press, data in zip(known, found, strict=True)) > 200
    assert sum(may_change(data) for data in found) > 100
    assert sum(len(data.encode(errors="replace")) > LIMIT for data in found) > 100
