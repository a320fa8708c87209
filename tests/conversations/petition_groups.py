"""Who introduced themselves before a conversation begins, and the many neighbours whom a group needs."""

import re
from dataclasses import replace

from actions.petitions import deciding, group, registering, signing, writing
from civic.moderation import Rejection
from civic.petitions import PetitionKind
from storage.municipalities import get_municipality, municipalities
from storage.people import accounts_at
from storage.petitions import find_member, get_petition, petitions_of
from tests.cast import VAULT
from tests.conversations.stage import BISHKEK, Stage
from tests.petitions import STAFF, TREES, a_named_resident

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


async def seen_after(stage: Stage, said: re.Match[str]) -> None:
    """«Everybody sees it after 2 signatures»: until then a petition is found by its link."""
    async with stage.bot.database.transaction() as db:
        home = (await municipalities(db))[0]
        home.own_settings = {**home.own_settings, "petition_public_after": int(said[1])}


async def answers(stage: Stage, said: re.Match[str]) -> None:
    """«Cholpon registers and answers it»."""
    who, now = str(stage.world.person(said[1].lower()).id), stage.world.clock.now()
    today = now.astimezone(BISHKEK).date()
    async with stage.bot.database.transaction() as db:
        staff = (await accounts_at(db, [("telegram", who)]))["telegram", who].person
        petition = await get_petition(db, staff.municipality_id, 1)
        home = await get_municipality(db, petition.municipality_id)
        await registering.register(db, petition, staff, STAFF, home, "04-12", today, now, today)
        words = "Үч жарык сентябрга чейин орнотулат."
        await registering.answer(db, petition, staff, STAFF, words, now, accepted=True)
    await stage.settled()


async def insults(stage: Stage, said: re.Match[str]) -> None:
    """«Emma writes another, and Cholpon rejects it as an insult»."""
    lead, clerk = (str(stage.world.person(name.lower()).id) for name in (said[1], said[2]))
    now = stage.world.clock.now()
    text = replace(
        TREES, title="Бухгалтер — ууру, кетсин!", demand="Ууру бухгалтерди тез арада кетирүүнү талап кылабыз."
    )
    async with stage.bot.database.transaction() as db:
        found = await accounts_at(db, [("telegram", lead), ("telegram", clerk)])
        writer, staff = found["telegram", lead].person, found["telegram", clerk].person
        home = await get_municipality(db, staff.municipality_id or 0)
        home.own_settings = {**home.own_settings, "petition_group_min": 1}
        petition = await writing.begin(db, PetitionKind.PETITION, text, writer, home, now)
        member = await find_member(db, petition.id, writer.id)
        await writing.send(db, petition, member, writer, home, now, now.astimezone(BISHKEK).date())
        words = "Адамды далилсиз ууру деп атоого болбойт."
        await deciding.reject(db, petition, staff, STAFF, Rejection.INSULTING, words, now)
    await stage.settled()


ACTS = (
    (r"Everybody sees it after (\d+) signatures", seen_after),
    (r"(\w+) registers and answers it", answers),
    (r"(\w+) writes another, and (\w+) rejects it as an insult", insults),
    (r"(\w+) has signed before as (.+)", introduced),
    (r"(\w+) rejects it", rejects),
    (r"(\w+) lets people sign it", opens),
    (r"(\d+) neighbours join the group of (\w+)", neighbours),
)
