"""Who writes to the bot in these tests? A crowd of residents, their updates as Telegram writes them, and a look
into the tables."""

import hashlib
import io
import itertools
import json
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp
from sqlalchemy import select, text

from bot.app import WEBHOOK_PATH
from bot.telegram.updates import SECRET_HEADER, row_of
from civic.people import Role
from sandbox.chats import Json, Person
from sandbox.world import Call, World
from storage.database import Database
from storage.municipalities import Municipality, find_by_key
from storage.people import Account, Appointment, accounts_at
from storage.tables import metadata
from tests.cast import a_resident
from tests.conversations.stage import Stage

_numbers = itertools.count(1_000_001)
_moments: dict[int, dict[int, float]] = {}  # world -> number of a call -> when it was answered


def keep_time(stage: Stage) -> None:
    """From now on `seconds_of` knows when each call of the bot was answered: the sandbox's clock stands still."""
    moments = _moments.setdefault(id(stage.world), {})
    moments.clear()

    def note(event: Json) -> None:
        if event.get("kind") == "outbox":
            moments[event["n"]] = time.monotonic()

    stage.world.listeners.append(note)


def seconds_of(world: World, call: Call) -> float:
    """When the call was answered, in seconds of the machine's steady clock."""
    return _moments[id(world)][call.n]


# --- who ---


def a_neighbour(world: World, number: int) -> Person:
    """Somebody with a phone who has pressed Start once."""
    person = Person(
        id=number,
        first_name=f"Тургун {number}",
        last_name=None,
        username=f"resident{number}",
        phone=f"+996700{number:06}",
        language_code="ky",
        persona="resident",
    )
    world.add_person(person)
    world.chat(number).started = True
    return person


async def a_crowd(database: Database, world: World, size: int, *, first: int = 1_001, key: str = "") -> list[Person]:
    """So many residents of a municipality (the first one, or that of the key), known to the bot and silent so far."""
    crowd = [a_neighbour(world, first + i) for i in range(size)]
    async with database.transaction() as db:
        homes = select(Municipality).order_by(Municipality.id)
        home = (await db.scalars(homes.where(Municipality.key == key) if key else homes)).first()
        assert home is not None
        for person in crowd:
            await a_resident(db, home, world.clock.now(), address=str(person.id))
    return crowd


async def appointed(database: Database, person: Person, role: Role, home: str = "ak-bulak") -> None:
    """From now on the person holds that role."""
    async with database.transaction() as db:
        municipality = await find_by_key(db, home)
        account = (await accounts_at(db, [("telegram", str(person.id))]))["telegram", str(person.id)]
        assert municipality is not None
        db.add(
            Appointment(
                municipality_id=municipality.id,
                person_id=account.person_id,
                role=role,
                name="Жумабаева Чолпон",
                granted_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )


async def numbers_of(database: Database, people: Iterable[Person]) -> dict[int, int]:
    """The number each person has in the database, by their Telegram number."""
    async with database.transaction() as db:
        found = (await db.execute(select(Account.address, Account.person_id))).all()
    known = {int(address): number for address, number in found}
    return {person.id: known[person.id] for person in people}


# --- what they do ---


def pressed(who: Person, data: str, *, message: int = 1) -> Json:
    """An update: a button was pressed."""
    number = next(_numbers)
    chat = {"id": who.id, "type": "private", "first_name": who.first_name}
    shown = {"message_id": message, "date": 1_777_000_000, "chat": chat, "text": "…"}
    query = {"id": str(number), "from": who.user(), "chat_instance": "1", "message": shown, "data": data}
    return {"update_id": number, "callback_query": query}


def wrote(who: Person, words: str, **more: object) -> Json:
    """An update: somebody wrote."""
    number = next(_numbers)
    chat = {"id": who.id, "type": "private", "first_name": who.first_name}
    message = {"message_id": number, "date": 1_777_000_000, "chat": chat, "from": who.user(), "text": words, **more}
    return {"update_id": number, "message": message}


async def pour(stage: Stage, updates: Sequence[Json]) -> None:
    """All updates into the inbox in one go, as long polling does, and every answer shown."""
    rows = [row for row in map(row_of, updates) if row is not None]
    assert len(rows) == len(updates)
    await stage.bot.turns.put("telegram", rows)
    await stage.bot.turns.idle()


async def post(
    stage: Stage, body: bytes | str | Json, *, secret: str | bytes | None = "a-secret-of-the-webhook"
) -> int:
    """One POST to the webhook; gives the status."""
    headers: dict[str, str] = {"Content-Type": "application/json"}
    if secret is not None:
        headers[SECRET_HEADER] = secret if isinstance(secret, str) else secret.decode("utf-8", "surrogateescape")
    assert stage.settings.webhook_url is not None
    async with aiohttp.ClientSession() as session:
        raw = json.dumps(body) if isinstance(body, dict) else body
        data = io.BytesIO(raw.encode() if isinstance(raw, str) else raw)
        async with session.post(stage.settings.webhook_url + WEBHOOK_PATH, data=data, headers=headers) as answer:
            return answer.status


# --- what became of it ---


async def rows(database: Database, query: str, **values: object) -> list[tuple[Any, ...]]:
    """The rows of a query, as tuples."""
    async with database.transaction() as db:
        return [tuple(row) for row in (await db.execute(text(query), values)).all()]


async def do(database: Database, statement: str, **values: object) -> None:
    """Changes something in the database behind the bot's back."""
    async with database.transaction() as db:
        await db.execute(text(statement), values)


UNWATCHED = {"inbox": None, "accounts": ("id", "person_id", "messenger", "address")}


async def state(database: Database) -> dict[str, str]:
    """A print of each table's content. The inbox and where conversations stand are not part of it."""
    prints = {}
    async with database.transaction() as db:
        for name, table in sorted(metadata.tables.items()):
            wanted = UNWATCHED.get(name, tuple(column.name for column in table.columns))
            if wanted is None:
                continue
            columns = [table.c[column] for column in wanted]
            kept = (await db.execute(select(*columns).order_by(*table.primary_key.columns))).all()
            prints[name] = f"{len(kept)} {hashlib.sha256(repr([tuple(row) for row in kept]).encode()).hexdigest()[:16]}"
    return prints


def to(calls: Iterable[Call], person: Person) -> list[Call]:
    """The calls that showed something in a person's chat."""
    return [call for call in calls if call.chat == person.id]


def shown_to(calls: Iterable[Call], person: Person) -> list[Call]:
    """The calls whose outcome the person sees: done, or so already."""
    return [call for call in to(calls, person) if call.status == 200 or "not modified" in call.description]


# what a message has become in the meantime: the answer comes as a new one, or is there already
HARMLESS = (
    "message is not modified",
    "query is too old",
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
)


def refused(calls: Iterable[Call]) -> list[str]:
    """What Telegram did not accept, apart from the harmless no's."""
    return [
        f"{call.method}: {call.status} {call.description} {call.summary!r}"
        for call in calls
        if call.status != 200 and not any(words in call.description for words in HARMLESS)
    ]


def said(calls: Iterable[Call]) -> list[str]:
    """The words of the messages sent and redrawn, in their order."""
    return [str(call.params["text"]) for call in calls if call.method in ("sendMessage", "editMessageText")]
