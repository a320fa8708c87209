"""Does the count stay right whatever people do, in whatever order? Random lives of petitions beside a plain model of
what must be."""

import itertools
import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, people
from actions.petitions import invalidating, paper, signing
from bot.verifying import verify
from civic.petitions import Standing, steps_reached
from civic.refusals import Refused
from civic.spelling import clean
from storage.database import Database
from storage.municipalities import Municipality, villages
from storage.people import Messenger, Person, accounts_of
from storage.petitions import (
    Invalidation,
    Line,
    Petition,
    PetitionStep,
    Sheet,
    Signature,
    find_member,
    find_signature,
)
from tests.cast import VAULT
from tests.petitions import STAFF, a_named_resident, an_open_petition

PEOPLE, PETITIONS = 24, 3
PIECE = 50  # operations in one transaction
SURNAMES = ["Асанов", "Бакиров", "Осмонов", "Жумабаев", "Токтоев", "Сыдыков"]


class Village:
    """Some people, some petitions, and somebody who rolls dice."""

    def __init__(self, home: Municipality, dice: random.Random, now: datetime) -> None:
        self.home, self.dice, self.now = home, dice, now
        self.people: list[int] = []
        self.petitions: list[int] = []
        self.staff = 0
        self.places: list[int] = []
        self.number = itertools.count(500_001)
        self.done: dict[str, int] = {}

    async def move_in(self, db: AsyncSession) -> Person:
        number = next(self.number)
        name = f"Айбек {self.dice.choice(SURNAMES)}"
        person = await a_named_resident(db, self.home, self.now, address=str(number), name=name)
        person.village_id = self.dice.choice(self.places)
        self.people.append(person.id)
        return person

    async def act(self, db: AsyncSession) -> None:
        """Something happens; what is refused changes nothing."""
        self.now += timedelta(minutes=self.dice.randint(1, 90))
        what = self.dice.choices(
            ("sign", "unsign", "invalidate", "undo", "paper", "tear", "merge", "forget", "move"),
            weights=(50, 25, 4, 3, 6, 4, 2, 2, 4),
        )[0]
        petition = await db.get_one(Petition, self.dice.choice(self.petitions))
        person = await db.get_one(Person, self.dice.choice(self.people))
        try:
            await getattr(self, what)(db, petition, person)
        except Refused:
            return
        self.done[what] = self.done.get(what, 0) + 1

    async def sign(self, db: AsyncSession, petition: Petition, person: Person) -> None:
        own = await find_signature(db, petition.id, person.id)
        link = None
        if self.dice.random() < 0.3:
            sharer = await db.get_one(Person, self.dice.choice(self.people))
            link = await signing.link_of(db, petition, sharer, self.now)
        await signing.sign(db, petition, own, person, self.home, self.now, self.now.date(), vault=VAULT, link=link)

    async def unsign(self, db: AsyncSession, petition: Petition, person: Person) -> None:
        own = await find_signature(db, petition.id, person.id)
        await signing.unsign(db, petition, own, person, self.home, self.now)

    async def invalidate(self, db: AsyncSession, petition: Petition, _: Person) -> None:
        staff = await db.get_one(Person, self.staff)
        village = self.dice.choice(self.places)
        begun = await invalidating.begin(
            db, petition, staff, STAFF, invalidating.Criteria(village=village), "Текшерүүдөн өтпөдү", self.now
        )
        await invalidating.go_on(db, begun, self.home, self.now)

    async def undo(self, db: AsyncSession, petition: Petition, _: Person) -> None:
        query = select(Invalidation).where(Invalidation.undone_at.is_(None)).order_by(Invalidation.id.desc()).limit(1)
        begun = await db.scalar(query)
        if begun is not None:
            staff = await db.get_one(Person, self.staff)
            await invalidating.undo(db, begun, staff, STAFF, self.home, self.now)

    async def paper(self, db: AsyncSession, petition: Petition, _: Person) -> None:
        staff = await db.get_one(Person, self.staff)
        lines = [
            paper.Keyed(f"Айбек {self.dice.choice(SURNAMES)}{'аеиоу'[n]}", self.dice.choice(self.places))
            for n in range(self.dice.randint(1, 5))
        ]
        await paper.enter(
            db,
            petition,
            None,
            staff,
            STAFF,
            self.home,
            f"{self.dice.getrandbits(256):064x}",
            lines,
            self.now,
            vault=VAULT,
        )

    async def tear(self, db: AsyncSession, petition: Petition, _: Person) -> None:
        staff = await db.get_one(Person, self.staff)
        query = select(Sheet).where(Sheet.petition_id == petition.id).order_by(Sheet.id.desc()).limit(1)
        sheet = await db.scalar(query)
        if sheet is not None:
            await paper.remove(db, petition, sheet, None, staff, STAFF, self.home, "Сүрөтү окулбайт", self.now)

    async def merge(self, db: AsyncSession, _: Petition, person: Person) -> None:
        """Somebody turns out to be the same person as a neighbour who uses the other messenger."""
        other = await db.get_one(Person, self.dice.choice(self.people))
        if other.id == person.id or await find_member(db, self.petitions[0], other.id) is not None:
            return
        [mine], [theirs] = [list(await accounts_of(db, who.id)) for who in (person, other)]
        mine.messenger, theirs.messenger = Messenger.TELEGRAM, Messenger.WHATSAPP
        mine.person, theirs.person = person, other
        await db.flush()
        code = await accounts.make_code(db, person, self.now)
        await accounts.join_by_code(db, theirs, code, self.now)
        await accounts.part(db, mine, theirs.id, self.now)
        self.people.remove(other.id)
        await self.move_in(db)

    async def forget(self, db: AsyncSession, _: Petition, person: Person) -> None:
        await people.forget(db, person, self.now)
        self.people.remove(person.id)
        await self.move_in(db)

    async def move(self, db: AsyncSession, _: Petition, person: Person) -> None:
        """A phone that somebody else had, or a village more."""
        person.village_id = self.dice.choice(self.places)
        if self.dice.random() < 0.3:
            other = await db.get_one(Person, self.dice.choice(self.people))
            person.phone_hash = other.phone_hash


async def check(db: AsyncSession, village: Village) -> None:
    """The counters are what counting anew gives; a phone counts once; each threshold stands where the count is."""
    for number in village.petitions:
        petition = await db.get_one(Petition, number, populate_existing=True)
        counted = Signature.petition_id == number, Signature.standing == Standing.COUNTED
        signed = await db.scalar(select(func.count()).where(*counted))
        phones = await db.scalar(select(func.count(func.distinct(Signature.phone_hash))).where(*counted))
        who = await db.scalar(select(func.count(func.distinct(Signature.person_id))).where(*counted))
        on_paper = await db.scalar(select(func.count()).where(Line.petition_id == number, Line.counts.is_(True)))
        assert (petition.signed, petition.on_paper) == (signed, on_paper)
        assert (phones, who) == (signed, signed)
        assert petition.reached == steps_reached(petition.thresholds, petition.count)
        freed = await db.scalar(
            select(func.count()).where(
                Signature.petition_id == number,
                Signature.standing == Standing.WITHDRAWN,
                Signature.phone_hash.is_not(None),
            )
        )
        assert freed == 0
        crossings = select(PetitionStep.what).where(
            PetitionStep.petition_id == number, PetitionStep.what.in_(["reached", "lost"])
        )
        story = list(await db.scalars(crossings.order_by(PetitionStep.id)))
        turns = ["reached", "lost"] * len(story)
        assert story == turns[: len(story)]  # reached and lost in turn, never twice the same
        assert len(story) % 2 == petition.reached


async def a_village(database: Database, home: Municipality, now: datetime, dice: random.Random) -> Village:
    """Two dozen people and three petitions that need twelve signatures."""
    village = Village(home, dice, now)
    async with database.transaction() as db:
        village.home = home = await db.get_one(Municipality, home.id)
        village.places = [place.id for place in (await villages(db, home.id))[:3]]
        staff = await a_named_resident(db, home, now, address="103", name=clean("Чолпон Жумабаева"))
        village.staff = staff.id
        for _ in range(PETITIONS):
            petition = await an_open_petition(db, home, staff, now, needs=12)
            petition.closes_on = now.date() + timedelta(days=36_500)
            village.petitions.append(petition.id)
        for _ in range(PEOPLE):
            await village.move_in(db)
    return village


@pytest.fixture
async def village(database: Database, home: Municipality, now: datetime) -> Village:
    """The same people and the same dice in every test."""
    return await a_village(database, home, now, random.Random(4))


async def live(database: Database, village: Village, operations: int) -> None:
    for _ in range(operations // PIECE):
        async with database.transaction() as db:
            village.home = await db.get_one(Municipality, village.home.id)
            for _ in range(PIECE):
                await village.act(db)
                await db.flush()
            await check(db, village)


async def test_the_count_never_drifts(database: Database, village: Village) -> None:
    await live(database, village, 500)
    assert min(village.done.values()) >= 3
    assert len(village.done) == 9  # each kind of act has happened
    _, broken = await verify(database, key=None, head=None, tell=lambda _: None)
    assert broken == []


@pytest.mark.slow
async def test_the_count_never_drifts_in_a_hundred_thousand_acts(database: Database, village: Village) -> None:
    acts = 100_000 if database.is_sqlite else 20_000  # a server takes five times as long for each
    await live(database, village, acts)
    assert min(village.done.values()) >= acts / 350
    _, broken = await verify(database, key=None, head=None, tell=lambda _: None)
    assert broken == []
