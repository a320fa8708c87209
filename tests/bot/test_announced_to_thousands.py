"""Does an announcement reach everybody once, at the messenger's pace, while answers stay quick and the bot is killed?

In earnest (`make bar`): ten thousand accounts at Telegram's rates. In the suite: the same, with fewer people."""

import asyncio
import contextlib
import random
import statistics
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions import announcements, announcing, files
from bot.postman import IN_HAND
from civic.announcements import Audience, Crowd
from civic.files import Attachment, FileKind
from civic.people import Role
from civic.subscriptions import Topic
from sandbox import people
from sandbox.chats import Json, Person
from sandbox.limits import Rates
from sandbox.run import KNOWN, have_started
from sandbox.world import World
from storage.database import Database
from storage.municipalities import find_by_key
from storage.people import accounts_at
from tests import attachments
from tests.bot.crowd import rows
from tests.bot.process import Process
from tests.bot.test_killed import a_village
from tests.conversations.stage import free_port

TITLE = "Эртең жарык өчөт"
TELEGRAM = Rates()
CLERK = frozenset({Role.CLERK})


class Watch:
    """What Telegram saw: whom the announcement reached, when each message went out, how long each press waited, every
    429 and every 403."""

    def __init__(self, world: World) -> None:
        self._world, self._since = world, dict[int, float]()
        self.told: dict[int, int] = {}
        self.went: list[float] = []
        self.last = 0.0
        self.waited: list[float] = []
        self.too_many = 0
        self.stopped: dict[int, int] = {}
        world.listeners.append(self._note)

    def _note(self, event: Json) -> None:
        if event.get("kind") != "outbox":
            return
        call = next(one for one in reversed(self._world.outbox) if one.n == event["n"])
        now = time.monotonic()
        if call.status == 429:
            self.too_many += 1
        if call.chat in self._since and call.method == "editMessageText":
            self.waited.append(now - self._since.pop(call.chat))
        if call.chat is None or not call.method.startswith("send"):
            return
        self.went.append(now)
        if call.status == 403:
            self.stopped[call.chat] = self.stopped.get(call.chat, 0) + 1
        elif call.status == 200 and TITLE in str(call.params.get("text", call.params.get("caption", ""))):
            self.told[call.chat] = self.told.get(call.chat, 0) + 1
            self.last = now

    async def presses(self, person: Person) -> None:
        """The person presses a button of an old menu and sees the answer."""
        self._since[person.id] = time.monotonic()
        old = self._world.from_bot(person.id)[0]
        await people.press(self._world, person, person.id, old.id, "m", stale=True)
        await self._world.until(lambda: person.id not in self._since, within=30)

    def rate(self) -> float:
        """Messages a second until the last person was told, those that Telegram refused among them."""
        went = [moment for moment in self.went if moment <= self.last]
        return (len(went) - 1) / (self.last - went[0])


async def announce(world: World, database: Database, crowd: list[Person], picture: bytes = b"") -> int:
    """A clerk announces something to everybody, so urgent that no quiet hour holds it; gives its broadcast."""
    async with database.transaction() as db:
        now = world.clock.now()
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        account = (await accounts_at(db, [("telegram", str(crowd[0].id))]))["telegram", str(crowd[0].id)]
        clerk = account.person
        words = announcements.Words(TITLE, "Эртең саат ондон кечки алтыга чейин жарык болбойт.")
        file = Attachment("f", FileKind.PICTURE, "p.jpg", len(picture), picture)
        kept = await files.keep(db, file, now) if picture else None
        said = announcements.Said(Topic.ANNOUNCEMENTS, words, Audience(Crowd.EVERYBODY), urgent="Жарык өчөт", file=kept)
        one = await announcements.make(db, home, said, clerk, CLERK, now)
        await announcing.send(db, one.id, announcements.mark_of(one), clerk, CLERK, now)
        assert one.broadcast_id is not None
        return one.broadcast_id


@contextlib.asynccontextmanager
async def an_announcement(
    folder: Path, size: int, rates: Rates, picture: bytes = b""
) -> AsyncIterator[tuple[World, Database, list[Person], Watch, Process, int]]:
    """So many residents, rates that are enforced, and an announcement that waits for the bot to start."""
    async with a_village(folder, size) as (world, url, database, crowd):
        world.limits.rates = rates
        have_started(world)
        broadcast = await announce(world, database, crowd, picture)
        watch = Watch(world)
        pace = {"telegram_a_second": rates.overall_a_second, "telegram_chat_a_second": rates.private_a_second}
        async with Process(folder, url, world.token, http_port=free_port(), log_level="INFO", **pace) as bot:
            yield world, database, crowd, watch, bot, broadcast


async def all_is_out(database: Database, broadcast: int, *, within: float) -> None:
    """Waits until nobody of the audience waits for their letter."""
    letters = "SELECT COUNT(*) FROM outbox WHERE broadcast_id = :b AND done_at IS NULL"
    going = "SELECT going FROM broadcasts WHERE id = :b"
    async with asyncio.timeout(within):
        while (await rows(database, going, b=broadcast)) != [("written",)] or (
            await rows(database, letters, b=broadcast)
        ) != [(0,)]:
            await asyncio.sleep(0.5)


async def at_its_pace(folder: Path, size: int, rates: Rates, picture: bytes = b"") -> None:
    """Nobody is missed, no limit is broken, the permitted rate is used, and whoever presses has an answer at once. A
    picture goes up once."""
    async with an_announcement(folder, size, rates, picture) as (world, database, crowd, watch, bot, broadcast):
        gone = crowd[5:15]
        for person in gone[:5]:
            world.chat(person.id).blocked = True
        for person in gone[5:]:
            person.deactivated = True
        await bot.start()
        out = asyncio.create_task(all_is_out(database, broadcast, within=60 + 2 * size / rates.overall_a_second))
        dice = random.Random(1)
        await world.until(lambda: len(watch.told) > 5, within=30)
        while not out.done():
            await watch.presses(dice.choice(crowd[15:]))
            await asyncio.sleep(0.2 * dice.random())
        await out
        busy, watch.waited = watch.waited, []
        for person in crowd[-10:]:
            await watch.presses(person)
        assert await bot.stop() == 0
        staff = [world.person(key) for key in KNOWN if key != "aigul"]
        assert watch.told == {person.id: 1 for person in (*crowd, *staff) if person not in gone}
        assert watch.stopped == {person.id: 1 for person in gone}  # after the first refusal nobody tries again
        assert watch.too_many == 0
        assert len(busy) >= 10
        rate, wait = watch.rate() / rates.overall_a_second, statistics.quantiles(busy, n=20)[-1]
        print(f"{size} people: {rate:.3f} of the permitted rate; of {len(busy)} answers p95 {wait:.3f} s")  # noqa: T201
        # six seconds beside the other tests of a busy machine: a pause of theirs weighs more than in six minutes
        assert rate >= (0.97 if size >= 1_000 else 0.9)
        assert len(world.files._by_id) == bool(picture)
        # a machine that is slow to answer while nothing else goes out is not held against the announcement
        assert wait <= max(1, 3 * max(watch.waited)), sorted(busy)[-5:]


async def killed_on_the_way(folder: Path, size: int, rates: Rates, *, kills: int) -> None:
    """Nobody is missed, nobody is told twice; in doubt is at most what was in the postman's hand, and it says so."""
    async with an_announcement(folder, size, rates) as (_, database, crowd, watch, bot, broadcast):
        step = size // (kills + 1)
        for turn in range(1, kills + 1):
            await bot.start()
            async with asyncio.timeout(60):
                while len(watch.told) < turn * step:
                    await asyncio.sleep(0.01)
            await bot.kill()
        await bot.start()
        await all_is_out(database, broadcast, within=60 + 2 * size / rates.overall_a_second)
        assert await bot.stop() == 0
        became = dict(
            await rows(
                database,
                "SELECT person_id, outcome FROM outbox WHERE broadcast_id = :b",
                b=broadcast,
            )
        )
        doubt = [outcome for outcome in became.values() if outcome == "in-doubt"]
        assert set(became.values()) <= {"sent", "in-doubt"}
        assert len(doubt) <= kills * IN_HAND
        assert set(watch.told.values()) == {1}  # nobody twice
        assert len(became) >= size
        missed = {person.id for person in crowd} - watch.told.keys()
        assert len(missed) <= len(doubt)  # whoever was not told is listed as in doubt
        assert watch.too_many == 0


async def test_it_goes_out_at_the_permitted_rate_and_answers_stay_quick(tmp_path: Path) -> None:
    await at_its_pace(tmp_path, 120, Rates(overall_a_second=20, overall_burst=20))


async def test_killed_on_the_way_nobody_is_missed_and_nobody_told_twice(tmp_path: Path) -> None:
    await killed_on_the_way(tmp_path, 300, Rates(overall_a_second=100, overall_burst=100), kills=1)


async def test_with_a_picture_it_goes_out_at_the_same_rate(tmp_path: Path) -> None:
    await at_its_pace(tmp_path, 200, Rates(overall_a_second=20, overall_burst=20), attachments.photo(1_600, 1_200))


@pytest.mark.slow
async def test_ten_thousand_get_a_picture_at_telegrams_rate(tmp_path: Path) -> None:
    await at_its_pace(tmp_path, 10_000, TELEGRAM, attachments.photo(1_600, 1_200))


@pytest.mark.slow
async def test_ten_thousand_get_it_at_telegrams_rate_and_answers_stay_quick(tmp_path: Path) -> None:
    await at_its_pace(tmp_path, 10_000, TELEGRAM)


@pytest.mark.slow
async def test_killed_five_times_while_ten_thousand_get_it(tmp_path: Path) -> None:
    await killed_on_the_way(tmp_path, 10_000, Rates(overall_a_second=200, overall_burst=200), kills=5)
