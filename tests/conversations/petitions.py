"""What happened to a petition before a conversation begins: written, sent in, opened, signed by those who are there."""

import re

from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import deciding, group, registering, signing, writing
from civic.petitions import PetitionKind
from storage.municipalities import Municipality, municipalities
from storage.people import Person, accounts_at, person_with_all
from storage.petitions import Petition, find_member, find_signature, get_petition
from tests.bot.crowd import a_crowd
from tests.cast import VAULT
from tests.conversations.stage import BISHKEK, Stage
from tests.petitions import TREES

_CODE, _EXAMPLE = re.compile(r"\b\d+-\d{6}\b"), "12-345678"  # as the question writes one
NAMES = {
    "bakyt": "Бакыт Токтосунов",
    "daniyar": "Данияр Сыдыков",
    "emma": "Эмма Ли",
    "gulnara": "Гүлнара Осмонова",
    "akylbek": "Акылбек Мамытов",
    "cholpon": "Чолпон Жумабаева",
}


async def _person(stage: Stage, db: AsyncSession, who: str) -> Person:
    number = str(stage.world.person(who.lower()).id)
    found = (await accounts_at(db, [("telegram", number)]))["telegram", number]
    person = await person_with_all(db, found.person_id)
    assert person is not None
    if person.name_sealed is None:
        signing.introduce(db, person, NAMES[who.lower()], stage.world.clock.now(), vault=VAULT, shown=True)
    return person


async def begins(stage: Stage, said: re.Match[str]) -> None:
    """«Bakyt and Emma send a petition in»: it waits to be checked; groups of two are enough there."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        leader, other = [await _person(stage, db, who) for who in (said[1], said[2])]
        home = leader.municipality
        assert home is not None
        home.own_settings = {**home.own_settings, "petition_group_min": 2, "petition_public_after": 0}
        petition = await writing.begin(db, PetitionKind.PETITION, TREES, leader, home, now)
        await group.join(db, petition, other, home, now)
        member = await find_member(db, petition.id, leader.id)
        await writing.send(db, petition, member, leader, home, now, now.astimezone(BISHKEK).date())
    await stage.settled()


async def _there(stage: Stage, db: AsyncSession, who: str) -> tuple[Petition, Person, Municipality]:
    person = await _person(stage, db, who)
    home = person.municipality
    assert home is not None
    return await get_petition(db, home.id, 1), person, home


async def goes_on(stage: Stage, said: re.Match[str]) -> None:
    """«Emma signs it», «Gulnara joins the group», «Bakyt hands it over», «Bakyt appeals»."""
    now = stage.world.clock.now()
    today = now.astimezone(BISHKEK).date()
    async with stage.bot.database.transaction() as db:
        petition, person, home = await _there(stage, db, said[1])
        member = await find_member(db, petition.id, person.id)
        match said[2]:
            case "signs it":
                own = await find_signature(db, petition.id, person.id)
                await signing.sign(db, petition, own, person, home, now, today, vault=VAULT)
            case "joins the group":
                await group.join(db, petition, person, home, now)
            case "hands it over":
                await registering.hand_over(db, petition, member, person, home, now, today)
            case "sends it again":
                await writing.send(db, petition, member, person, home, now, today)
            case "asks for a second look":
                await deciding.appeal(db, petition, member, person, TREES.reasons, home, now, today)
    await stage.settled()


async def needs(stage: Stage, said: re.Match[str]) -> None:
    """«It needs 3 signatures», whatever the ladder says."""
    async with stage.bot.database.transaction() as db:
        petition = await db.get(Petition, 1)
        assert petition is not None
        petition.steps = [{"consequence": "answer", "count": int(said[1])}]
        if said[2]:
            petition.steps = [*petition.steps, {"consequence": "kenesh", "count": int(said[1])}]


async def of_a_village(stage: Stage, said: re.Match[str]) -> None:
    """«It is for the village of Bakyt alone»: who lives elsewhere cannot sign."""
    async with stage.bot.database.transaction() as db:
        petition, person, _ = await _there(stage, db, said[1])
        petition.village_id = person.village_id


async def one_phone(stage: Stage, said: re.Match[str]) -> None:
    """«Gulnara proves the phone of Bakyt»: he has given her his second card."""
    async with stage.bot.database.transaction() as db:
        one, other = [await _person(stage, db, who) for who in (said[1], said[2])]
        one.phone_hash = other.phone_hash


async def strict(stage: Stage, said: re.Match[str]) -> None:
    """«Only confirmed members sign there»: the municipality has decided so."""
    async with stage.bot.database.transaction() as db:
        home = (await municipalities(db))[0]
        home.own_settings = {**home.own_settings, "petition_confirmed_only": 1}


async def types_code(stage: Stage, said: re.Match[str]) -> None:
    """«Cholpon types the code of Bakyt», as it stands on his phone."""
    shown = [code for words in stage.words_for(said[2].lower()) for code in _CODE.findall(words) if code != _EXAMPLE]
    await stage.write(said[1].lower(), shown[-1])


async def crowds(stage: Stage, said: re.Match[str]) -> None:
    """«30 people sign it by one link»: people who have never pressed Start, for nobody reads their letters here."""
    now = stage.world.clock.now()
    crowd = await a_crowd(stage.bot.database, stage.world, int(said[1]), first=2_001)
    async with stage.bot.database.transaction() as db:
        petition, leader, home = await _there(stage, db, "bakyt")
        link = await signing.link_of(db, petition, leader, now)
        numbers = [("telegram", str(each.id)) for each in crowd]
        found = await accounts_at(db, numbers)
        for place, key in enumerate(numbers):
            person = found[key].person
            signing.introduce(
                db, person, f"Тургун Асанов{'абвгдежзиклмнопрстуфхцчшщэюя'[place]}", now, vault=VAULT, shown=True
            )
            await signing.sign(
                db, petition, None, person, home, now, now.astimezone(BISHKEK).date(), vault=VAULT, link=link
            )
            found[key].stopped_at = now
    await stage.settled()


ACTS = (
    (r"(\w+) proves the phone of (\w+)", one_phone),
    (r"It is for the village of (\w+) alone", of_a_village),
    (r"Only confirmed members sign there", strict),
    (r"(\w+) types the code of (\w+)", types_code),
    (r"(\w+) and (\w+) send a petition in", begins),
    (r"(\w+) (signs it|joins the group|hands it over|sends it again|asks for a second look)", goes_on),
    (r"It needs (\d+) signatures(, and the kenesh considers it)?", needs),
    (r"(\d+) people sign it by one link", crowds),
)
