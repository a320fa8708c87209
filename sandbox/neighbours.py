"""Who else lives in the village when one wants to see a broadcast on its way? Silent residents, each with a phone."""

from datetime import datetime

from actions import people
from sandbox.chats import NEIGHBOUR, Person
from sandbox.world import World
from storage.database import Database
from storage.municipalities import municipalities as municipalities_of
from storage.municipalities import villages
from storage.people import Messenger

FIRST = 1_000_001  # their numbers begin here
PIECE = 1_000  # people in one transaction
SILENT = 40  # one in so many has blocked the bot, as in life


async def move_in(world: World, database: Database, size: int, now: datetime) -> None:
    """So many neighbours live in the aimak, agreed long ago and wait for news; a fortieth of them
    has blocked the bot."""
    for start in range(0, size, PIECE):
        numbers = range(FIRST + start, FIRST + min(size, start + PIECE))
        for number in numbers:
            _has_phone(world, number)
        async with database.transaction() as db:
            home = (await municipalities_of(db))[0]
            places = await villages(db, home.id)
            arrived = [people.arrive(db, Messenger.TELEGRAM, str(number), now, home).person for number in numbers]
            await db.flush()
            for place, person in enumerate(arrived):
                people.speak(person, "ky")
                people.settle_in(db, person, home, places[place % len(places)], now)
                people.agree(db, person, now)


def _has_phone(world: World, number: int) -> None:
    world.add_person(
        Person(
            id=number,
            first_name=f"№ {number - FIRST + 1}",
            last_name=None,
            username=None,
            phone=f"+99670{number}",
            language_code="ky",
            persona=NEIGHBOUR,
        )
    )
    chat = world.chat(number)
    chat.started, chat.blocked = True, (number - FIRST) % SILENT == SILENT - 1
