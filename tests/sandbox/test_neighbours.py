"""Do silent neighbours live in the aimak, and does the page stay as small as without them?"""

from datetime import datetime
from pathlib import Path

from actions.broadcasts import reach
from bot.settings import Settings
from civic.announcements import Audience, Crowd
from civic.subscriptions import Topic
from sandbox.chats import NEIGHBOUR, Json
from sandbox.neighbours import SILENT, move_in
from sandbox.run import seed
from sandbox.world import World
from storage.database import open_database
from storage.migrate import migrate
from storage.municipalities import municipalities
from storage.post_now import post_now
from tests.bot.process import KEY


async def test_they_are_residents_who_can_be_written_to_and_are_not_drawn(tmp_path: Path, now: datetime) -> None:
    world = World(rates=None)
    heard: list[Json] = []
    world.listeners.append(heard.append)
    database = open_database(f"sqlite:///{tmp_path}/ashar.db")
    try:
        await migrate(database)
        await seed(database, Settings(_env_file=None, secret_key=KEY), now)
        async with database.transaction() as db:
            home = (await municipalities(db))[0]
            everybody = Audience(Crowd.EVERYBODY)
            before = await reach(db, home.id, everybody, Topic.ANNOUNCEMENTS)
        await move_in(world, database, 2 * SILENT, now)
        async with database.transaction() as db:
            after = await reach(db, home.id, everybody, Topic.ANNOUNCEMENTS)
            assert await post_now(db) == {}
    finally:
        await database.close()
    assert after["at-once"] == before["at-once"] + 2 * SILENT
    theirs = [chat for chat in world.chats.values() if chat.is_neighbours]
    assert len(theirs) == 2 * SILENT
    assert {chat.person.persona for chat in theirs if chat.person is not None} == {NEIGHBOUR}
    assert sum(chat.blocked for chat in theirs) == 2
    world.changed(theirs[0])
    assert heard == []
    world.changed(world.chat(101))
    assert [event["chats"] for event in heard] == [[101]]
