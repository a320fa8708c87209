"""What did the people of the fictional aimak ask for before the demonstration begins? Petitions and proposals in every
state, played by the bot's own actions at the days on which they would have happened."""

import io
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from actions.files import keep
from actions.keeping import today_of
from actions.petitions import clock, deciding, group, paper, registering, signing, writing
from actions.proposals import deciding as proposals_deciding
from actions.proposals import sending, supporting
from civic.files import Attachment, FileKind
from civic.moderation import Rejection
from civic.people import CONSENT_VERSION, Basis, Notify, Role
from civic.petitions import PetitionKind, group_size
from civic.proposals import ForWhom
from civic.proposals import State as Stage
from civic.thresholds import Consequence
from storage.issues import whole_issues
from storage.municipalities import Municipality, villages
from storage.outbox import Letter
from storage.people import Person, set_loaded
from storage.petitions import Petition, find_member, find_signature
from storage.thresholds import PetitionRule
from storage.vault import Vault
from storage.workdays import DayException

FILE = Path(__file__).with_name("lives.yaml")
ROLES = frozenset({Role.HEAD})
Story = Mapping[str, Any]


class Neighbours:
    """People of the aimak who only ever signed something: each with a name, a village and a phone of their own."""

    def __init__(self, db: AsyncSession, home: Municipality, told: Story, vault: Vault, places: Sequence[int]) -> None:
        self._db, self._home, self._vault, self._places = db, home, vault, places
        names = itertools.product(told["surnames"], told["first_names"])
        self._names = itertools.cycle(sorted(names, key=lambda pair: hash_of(pair[0] + pair[1])))
        self._numbers = itertools.count(1)
        self.all: list[Person] = []

    async def some(self, count: int, now: datetime, *, village: int | None = None) -> list[Person]:
        """So many people, new ones where those known are too few."""
        fitting = [each for each in self.all if village is None or each.village_id == village]
        while len(fitting) < count:
            person = self._new(now, village)
            fitting.append(person)
        await self._db.flush()
        return fitting[:count]

    def _new(self, now: datetime, village: int | None) -> Person:
        number = next(self._numbers)
        surname, first = next(self._names)
        feminine = first[-1] in "аүыгтелр" and first in _WOMEN
        person = Person(
            created_at=now,
            language="ky",
            language_chosen=True,
            notify=Notify.NEVER,
            municipality_id=self._home.id,
            village_id=village or self._places[number % len(self._places)],
            consent_version=CONSENT_VERSION,
            consented_at=now,
            phone_hash=self._vault.hash(f"+99655500{number:04}"),
            phone_proven_at=now,
            resident_basis=Basis.REGISTERED,
            resident_municipality_id=self._home.id,
            resident_declared_at=now,
        )
        set_loaded(person, "municipality", self._home)
        self._db.add(person)
        signing.introduce(
            self._db,
            person,
            f"{first} {surname}{'а' if feminine else ''}",
            now,
            vault=self._vault,
            shown=number % 5 != 0,
        )
        self.all.append(person)
        return person


_WOMEN = {
    *"Гүлзат Айнура Жылдыз Венера Салтанат Бермет Асел Чынара Нургүл Айжан Бактыгүл Перизат".split(),
}


def hash_of(text: str) -> int:
    """The same number for the same text on every machine."""
    number = 0
    for letter in text:
        number = (number * 131 + ord(letter)) % 1_000_003
    return number


async def fill(db: AsyncSession, home: Municipality, people: Mapping[str, Person], vault: Vault, now: datetime) -> None:
    """Fills the aimak with petitions and proposals. Nobody is told anew of what is long past."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    places = await villages(db, home.id)
    by_name = {place.name_ky: place.id for place in places}
    issues = {issue.code: issue.id for issue in await whole_issues(db, home.id)}
    neighbours = Neighbours(db, home, told, vault, [place.id for place in places])
    first = now - timedelta(days=int(told["rule"]["days_ago"]))
    db.add(
        PetitionRule(
            municipality_id=home.id,
            from_on=today_of(home, first),
            formulas=[
                {"consequence": what.value, "minimum": int(told["rule"][what.value]), "per_mille": 0}
                for what in Consequence
            ],
            basis=told["rule"]["basis"],
            made_by=people["gulnara"].id,
            made_at=first,
        )
    )
    for day, name in told["feasts"].items():
        db.add(DayException(municipality_id=home.id, day=day, works=False, name_ky=name, name_ru=name))
    signing.introduce(db, people["bakyt"], "Бакыт Токтосунов", first, vault=vault, shown=True)
    play = _Petitions(db, home, people, vault, now, neighbours, by_name, issues)
    for story in told["petitions"]:
        await play.petition(story)
    await play.assembly(told["assembly"])
    await play.norm(told["norm"])
    for story in told["proposals"]:
        await _proposal(db, home, people, now, neighbours, by_name, issues, story)
    await clock.close_due(db, now)
    await db.flush()
    await db.execute(delete(Letter))


class _Petitions:
    """Plays the lives of petitions."""

    def __init__(
        self,
        db: AsyncSession,
        home: Municipality,
        people: Mapping[str, Person],
        vault: Vault,
        now: datetime,
        neighbours: Neighbours,
        places: Mapping[str, int],
        issues: Mapping[str, int],
    ) -> None:
        self._db, self._home, self._people, self._vault, self._now = db, home, people, vault, now
        self._neighbours, self._places, self._issues = neighbours, places, issues

    async def _begun(self, story: Story, kind: PetitionKind, leader: Person, at: datetime) -> Petition:
        db, home = self._db, self._home
        text = writing.Text(
            title=story["title"],
            demand=story["demand"],
            reasons=story["reasons"],
            language="ky",
            issue=self._issues[story["issue"]] if story["issue"] else None,
            village=self._places[story["village"]] if story.get("village") else None,
            about={name: story[name] for name in ("place", "people") if name in story},
        )
        petition = await writing.begin(db, kind, text, leader, home, at)
        least, _ = group_size(kind, home.settings)
        members = [each for each in await self._neighbours.some(least + 1, at) if each.id != leader.id]
        for member in members[: least - 1]:
            await group.join(db, petition, member, home, at)
        return petition

    async def petition(self, story: Story) -> None:
        """A petition from its beginning to where it stands now."""
        db, home, staff = self._db, self._home, self._people["akylbek"]
        began = self._now - timedelta(days=story["began"])
        leader = self._people["bakyt"] if story["ends"] in ("open", "returned", "draft") else None
        leader = leader or (await self._neighbours.some(40, began))[20 + story["began"] % 20]
        petition = await self._begun(story, PetitionKind.PETITION, leader, began)
        if story["ends"] == "draft":
            return
        member = await find_member(db, petition.id, leader.id)
        sent = began + timedelta(hours=20)
        await writing.send(db, petition, member, leader, home, sent, today_of(home, sent))
        checked = sent + timedelta(hours=22)
        match story["ends"]:
            case "checking":
                return
            case "returned":
                await deciding.give_back(db, petition, staff, ROLES, story["words"], checked)
                return
            case "rejected" | "appealed":
                why = Rejection(story["why"])
                await deciding.reject(
                    db, petition, staff, ROLES, why, story["words"], checked, competent=story.get("competent", "")
                )
                asked = checked + timedelta(days=1)
                if story["ends"] == "appealed":
                    await deciding.appeal(
                        db, petition, member, leader, story["appeal"], home, asked, today_of(home, asked)
                    )
                return
        await deciding.open_signing(db, petition, staff, ROLES, home, checked, today_of(home, checked))
        await self._signed(petition, story, checked)
        await self._after(petition, story, leader, checked)

    async def _signed(self, petition: Petition, story: Story, opened: datetime) -> None:
        db, home, count = self._db, self._home, int(story["signatures"])
        room = min(timedelta(days=25), self._now - opened) / (count + 1)
        signers = await self._neighbours.some(count, opened, village=petition.village_id)
        for number, person in enumerate(signers, 1):
            at = opened + number * room
            own = await find_signature(db, petition.id, person.id)
            await signing.sign(db, petition, own, person, home, at, today_of(home, at), vault=self._vault)
        if story.get("paper"):
            at = opened + timedelta(days=5)
            names = self._neighbours
            lines = [
                paper.Keyed(f"{first} {surname}", self._places["Жаңы-Турмуш"], "Эмгек")
                for first, surname in _on_paper(int(story["paper"]))
            ]
            assert names.all
            await paper.enter(
                db,
                petition,
                None,
                self._people["cholpon"],
                frozenset({Role.CLERK}),
                home,
                await self._photo(at),
                lines,
                at,
                vault=self._vault,
            )

    async def _after(self, petition: Petition, story: Story, leader: Person, opened: datetime) -> None:
        db, home, staff = self._db, self._home, self._people["akylbek"]
        member = await find_member(db, petition.id, leader.id)
        over = opened + timedelta(days=30)
        match story["ends"]:
            case "withdrawn":
                await writing.withdraw(db, petition, member, leader, story["words"], over)
            case "taken-down":
                await deciding.take_down(
                    db,
                    petition,
                    staff,
                    ROLES,
                    Rejection(story["why"]),
                    story["words"],
                    opened + timedelta(days=9),
                    competent=story.get("competent", ""),
                )
            case "handed-over" | "registered" | "answered":
                handed = self._now - timedelta(hours=6) if story["ends"] == "handed-over" else over
                await registering.hand_over(db, petition, member, leader, home, handed, today_of(home, handed))
        if story["ends"] in ("registered", "answered"):
            noted = over + timedelta(days=1)
            if story["ends"] == "registered":
                noted = self._now - timedelta(days=19)  # the answer is due in a day or two
                petition.handed_over_at = noted
            day = today_of(home, noted)
            await registering.register(db, petition, staff, ROLES, home, story["number"], day, noted, day)
        if story["ends"] == "answered":
            answered = over + timedelta(days=15)
            await registering.answer(db, petition, staff, ROLES, story["words"], answered, accepted=story["accepted"])
            on = today_of(home, answered + timedelta(days=10))
            await registering.kenesh(db, petition, staff, ROLES, on, story["kenesh"], answered + timedelta(days=10))

    async def _photo(self, at: datetime) -> str:
        """A photo of a sheet, as far as a demonstration needs one; that of another day shows other signatures."""
        day = at.toordinal()
        picture = Image.new("RGB", (1000, 1400), "#f4f1e8")
        pen = ImageDraw.Draw(picture)
        for row in range(22):
            y = 120 + row * 56
            pen.line((60, y, 940, y), fill="#8a8a8a", width=2)
            if row < 21:
                for x in range(90, 860, 14):
                    pen.line(
                        (x, y + 36 - (x * 7 + row * 13 + day) % 17, x + 10, y + 40 - (x * 5 + row) % 15),
                        fill="#27408b",
                        width=3,
                    )
        for x in (60, 120, 520, 760, 940):
            pen.line((x, 120, x, 120 + 21 * 56), fill="#8a8a8a", width=2)
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=70)
        content = data.getvalue()
        return await keep(self._db, Attachment("", FileKind.PICTURE, "барак.jpg", len(content), content), at)

    async def assembly(self, story: Story) -> None:
        """A request to call an assembly that waits for its answer."""
        db, home = self._db, self._home
        began = self._now - timedelta(days=story["began"])
        leader = (await self._neighbours.some(30, began))[25]
        petition = await self._begun(story, PetitionKind.ASSEMBLY, leader, began)
        member = await find_member(db, petition.id, leader.id)
        await writing.send(db, petition, member, leader, home, began, today_of(home, began))
        noted = began + timedelta(hours=20)
        day = today_of(home, noted)
        staff = self._people["akylbek"]
        await registering.register(db, petition, staff, ROLES, home, story["number"], day, noted, day)

    async def norm(self, story: Story) -> None:
        """A norm-making initiative whose sheets are being filled."""
        db, home, staff = self._db, self._home, self._people["akylbek"]
        began = self._now - timedelta(days=story["began"])
        leader = (await self._neighbours.some(30, began))[28]
        petition = await self._begun(story, PetitionKind.NORM, leader, began)
        member = await find_member(db, petition.id, leader.id)
        await writing.send(db, petition, member, leader, home, began, today_of(home, began))
        await deciding.open_signing(db, petition, staff, ROLES, home, began, today_of(home, began))
        for number, count in enumerate(story["paper"], 1):
            at = began + timedelta(days=7 * number)
            photo = await self._photo(at)
            await paper.enter_count(db, petition, member, leader, frozenset(), home, photo, count, at)


def _on_paper(count: int) -> list[tuple[str, str]]:
    """Names that stand on paper only."""
    firsts = ["Сейде", "Зуура", "Калича", "Турсун", "Бүбү", "Айша", "Батма", "Үпөл"]
    surnames = ["Ашимова", "Дөлөтова", "Сулайманова", "Керимбаева", "Байтикова"]
    return list(itertools.islice(((first, surname) for surname in surnames for first in firsts), count))


async def _proposal(
    db: AsyncSession,
    home: Municipality,
    people: Mapping[str, Person],
    now: datetime,
    neighbours: Neighbours,
    places: Mapping[str, int],
    issues: Mapping[str, int],
    story: Story,
) -> None:
    """A proposal from its beginning to where it stands now."""
    began = now - timedelta(days=story["began"])
    author, *others = (await neighbours.some(80, began))[story["began"] % 30 :]
    said = sending.Said(
        text=story["text"],
        language=story.get("language", "ky"),
        issue=issues[story["issue"]] if story["issue"] else None,
        village=places[story["village"]],
        for_whom=ForWhom(story["for_whom"]),
    )
    proposal = await sending.send(db, author, home, said, began)
    for number, person in enumerate(others[: story["supports"]], 1):
        await supporting.support(db, person, proposal.id, began + timedelta(minutes=37 * number))
    if "number" not in story:
        return
    staff, at = people["cholpon"], began + timedelta(hours=20)
    roles, day = frozenset({Role.CLERK}), today_of(home, at)
    await proposals_deciding.register(
        db, proposal.id, staff, roles, home, story["number"], day, at, day, as_appeal="cost" in story
    )
    ends = Stage(story["ends"])
    if ends is Stage.REGISTERED:
        return
    words = story.get("words", "")
    decision = proposals_deciding.Decision(
        ky=words,
        cost=story.get("cost", ""),
        period=story.get("period", ""),
        measure=story.get("measure", ""),
        competent=story.get("competent", ""),
    )
    await proposals_deciding.decide(db, proposal.id, ends, decision, staff, roles, at + timedelta(days=8))
