"""Who introduced themselves before a conversation begins, and the many neighbours whom a group needs."""

import re

from actions.petitions import deciding, group, signing
from civic.moderation import Rejection
from storage.municipalities import get_municipality
from storage.people import accounts_at
from storage.petitions import get_petition, petitions_of
from tests.cast import VAULT
from tests.conversations.stage import BISHKEK, Stage
from tests.petitions import STAFF, a_named_resident

NEIGHBOURS = (
    "Азамат Исаков",
    "Бегимай Садырова",
    "Жылдыз Токтогулова",
    "Кубат Алиев",
    "Мээрим Бекова",
    "Нурбек Сатаров",
    "Перизат Орозова",
    "Руслан Маматов",
    "Сезим Абдыкадырова",
    "Талант Жусупов",
)
FIRST = 7_001  # the Telegram number of the first of them


async def introduced(stage: Stage, said: re.Match[str]) -> None:
    """«Bakyt has signed before as Бакыт Токтосунов»: the bot knows the name."""
    who = str(stage.world.person(said[1].lower()).id)
    async with stage.bot.database.transaction() as db:
        person = (await accounts_at(db, [("telegram", who)]))["telegram", who].person
        signing.introduce(db, person, said[2], stage.world.clock.now(), vault=VAULT, shown=True)


async def neighbours(stage: Stage, said: re.Match[str]) -> None:
    """«6 neighbours join the group of Bakyt», the one of his newest petition: people who read no letters here."""
    who, now = str(stage.world.person(said[2].lower()).id), stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        lead = (await accounts_at(db, [("telegram", who)]))["telegram", who].person
        petition = (await petitions_of(db, lead.municipality_id, lead.id))[0]
        home = await get_municipality(db, petition.municipality_id)
        for place, name in enumerate(NEIGHBOURS[: int(said[1])]):
            address = str(FIRST + place)
            person = await a_named_resident(db, home, now, address=address, name=name)
            (await accounts_at(db, [("telegram", address)]))["telegram", address].stopped_at = now
            await group.join(db, petition, person, home, now)
    await stage.settled()


async def rejects(stage: Stage, said: re.Match[str]) -> None:
    """«Cholpon rejects it»: another body is in charge."""
    who, why = str(stage.world.person(said[1].lower()).id), Rejection.OUT_OF_COMPETENCE
    words, body = "Мектептин короосун район карайт.", "Райондук билим берүү бөлүмү"
    async with stage.bot.database.transaction() as db:
        staff = (await accounts_at(db, [("telegram", who)]))["telegram", who].person
        petition = await get_petition(db, staff.municipality_id, 1)
        await deciding.reject(db, petition, staff, STAFF, why, words, stage.world.clock.now(), competent=body)
    await stage.settled()


async def opens(stage: Stage, said: re.Match[str]) -> None:
    """«Cholpon lets people sign it»: signatures are gathered from now on."""
    who, now = str(stage.world.person(said[1].lower()).id), stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        staff = (await accounts_at(db, [("telegram", who)]))["telegram", who].person
        petition = await get_petition(db, staff.municipality_id, 1)
        home = await get_municipality(db, petition.municipality_id)
        today = now.astimezone(BISHKEK).date()
        await deciding.open_signing(db, petition, staff, STAFF, home, now, today)
    await stage.settled()


ACTS = (
    (r"(\w+) has signed before as (.+)", introduced),
    (r"(\w+) rejects it", rejects),
    (r"(\w+) lets people sign it", opens),
    (r"(\d+) neighbours join the group of (\w+)", neighbours),
)
