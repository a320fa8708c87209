"""What staff announce while residents look on: written, sent, corrected, taken back."""

import re
from typing import Any

from actions import announcements, announcing, people
from actions.announcements import Said, Words, mark_of
from civic.announcements import Audience, Crowd
from civic.people import Notify, Role
from civic.subscriptions import Topic
from storage.announcements import announcements_of
from storage.municipalities import get_municipality, villages
from storage.people import Person, accounts_at
from tests.announcements import wants_second_person
from tests.conversations.stage import Stage

CLERK = frozenset({Role.CLERK})
EVERYBODY = Audience(Crowd.EVERYBODY)


async def person(stage: Stage, db: Any, who: str) -> Person:
    """Somebody as the database knows them."""
    number = str(stage.world.person(who.lower()).id)
    return (await accounts_at(db, [("telegram", number)]))["telegram", number].person


async def announce(
    stage: Stage,
    who: str,
    words: Words,
    audience: Audience = EVERYBODY,
    topic: Topic = Topic.ANNOUNCEMENTS,
    **more: Any,
) -> int:
    """Somebody of the staff announces it; gives its number."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        clerk = await person(stage, db, who)
        assert clerk.municipality is not None
        one = await announcements.make(db, clerk.municipality, Said(topic, words, audience, **more), clerk, CLERK, now)
        await announcing.send(db, one.id, mark_of(one), clerk, CLERK, now)
        number = one.id
    await stage.settled()
    return number


async def correct(stage: Stage, who: str, number: int, words: Words) -> None:
    """New words stand where the announcement was sent."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        clerk = await person(stage, db, who)
        new = await announcements.begin_correction(db, number, words, clerk, CLERK, now)
        await announcing.send(db, new.id, mark_of(new), clerk, CLERK, now)
    await stage.settled()


async def recall(stage: Stage, who: str, number: int) -> None:
    """It is deleted where it was sent."""
    async with stage.bot.database.transaction() as db:
        await announcing.recall(db, number, await person(stage, db, who), CLERK, stage.world.clock.now())
    await stage.settled()


# --- in transcripts ---


def _words(said: str) -> Words:
    """«Суу өчүрүлөт. Эртең … | Отключение воды. Завтра …»: a title, then the text, in Kyrgyz and in Russian."""
    ky, _, ru = said.partition(" | ")
    (title_ky, _, text_ky), (title_ru, _, text_ru) = ky.partition(". "), ru.partition(". ")
    return Words(title_ky, text_ky, title_ru, text_ru)


async def _newest(stage: Stage, title: str) -> int:
    async with stage.bot.database.transaction() as db:
        return next(each.id for each in await announcements_of(db, 1) if each.title_ky == title and not each.corrects)


async def _announces(stage: Stage, said: re.Match[str]) -> None:
    audience = EVERYBODY
    if said[2]:
        async with stage.bot.database.transaction() as db:
            listed = await villages(db, 1)
        audience = Audience(Crowd.VILLAGES, tuple(each.id for each in listed if each.name_ky in said[2].split(", ")))
    await announce(stage, said[1], _words(said[4]), audience, urgent=said[3] or "")


async def _corrects(stage: Stage, said: re.Match[str]) -> None:
    await correct(stage, said[1], await _newest(stage, said[2]), _words(said[3]))


async def _recalls(stage: Stage, said: re.Match[str]) -> None:
    await recall(stage, said[1], await _newest(stage, said[2]))


async def _alone(stage: Stage, said: re.Match[str]) -> None:
    wanted = said[1].lower().split(" and ")
    async with stage.bot.database.transaction() as db:
        for who in ("bakyt", "cholpon", "daniyar", "emma", "akylbek", "gulnara"):
            if who not in wanted:
                people.notify(db, await person(stage, db, who), Notify.NEVER, stage.world.clock.now())


async def _second(stage: Stage, said: re.Match[str]) -> None:
    async with stage.bot.database.transaction() as db:
        await wants_second_person(db, await get_municipality(db, 1))


ACTS = (
    (r"The municipality asks for a second person from now on", _second),
    (r"(\w+) announces(?: to (.+?))?(?:, urgently because (.+?))?: (.+)", _announces),
    (r"(\w+) corrects «(.+)»: (.+)", _corrects),
    (r"(\w+) takes «(.+)» back", _recalls),
    (r"Of those here only (\w+ and \w+) want to hear of announcements", _alone),
)
