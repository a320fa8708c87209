"""What does somebody get who bends the rules: two phones, two texts, a flood, a second life after «delete my data»?"""

from datetime import datetime

from actions import announcements
from civic.announcements import Audience, Crowd
from civic.people import Role
from civic.subscriptions import Topic
from storage.database import Database
from storage.municipalities import Municipality
from tests.cast import a_resident

CLERK = frozenset({Role.CLERK})


# --- announcements ---


async def test_nobody_computes_a_second_announcement_with_the_mark_of_the_first(
    database: Database, home: Municipality, now: datetime
) -> None:
    """Of a checksum the marks of four texts that differ in two letters give nought together: from that somebody works
    out other words to be sent under a mark that a colleague has agreed to."""
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        said = announcements.Said(
            Topic.ANNOUNCEMENTS, announcements.Words("Чогулуш", "Эртең чогулуш болот."), Audience(Crowd.EVERYBODY)
        )
        draft = await announcements.make(db, home, said, cholpon, CLERK, now)
        together = 0
        for end in ("..", ".!", "!.", "!!"):
            announcements.put(draft, announcements.Words("Чогулуш", f"Эртең чогулуш болот{end}"))
            mark = announcements.mark_of(draft)
            assert len(mark) >= 32, "two texts with the same shorter one are found by trying"
            together ^= int(mark, 16)
        assert together != 0
