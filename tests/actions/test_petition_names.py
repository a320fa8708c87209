"""After the names have gone, does anything still say who signed a petition?"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from actions import broadcasts, files, housekeeping
from actions.petitions import clock, paper, registering, signing, telling, writing
from actions.petitions.paper import Keyed
from civic.announcements import Audience, Crowd
from civic.files import Attachment, FileKind
from civic.people import Role
from storage.broadcasts import outcomes_of
from storage.database import Database
from storage.files import File
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.petitions import Link, Signature, find_member, members_of
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_named_resident, an_open_petition, signed

KEPT = timedelta(days=28)


async def test_with_the_names_go_the_letters_about_it_and_the_photos_of_its_sheets(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now, needs=1)
        aigul = await a_named_resident(db, home, now, address="101")
        await signing.link_of(db, petition, aigul, now)
        await signed(db, petition, aigul, home, now)
        other = await an_open_petition(db, home, aigul, now, needs=5)
        await signed(db, other, aigul, home, now)
        await telling.tell_everybody(db, other, "petition-kenesh", once="kenesh", now=now)
        [lead, *_] = await members_of(db, petition.id)
        photo = await files.keep(db, Attachment("", FileKind.PICTURE, "1.jpg", 1, b"names by hand"), now)
        lines = [Keyed("Сүйүн Эралиев", None)]
        sheet = await paper.enter(db, petition, lead, bakyt, frozenset(), home, photo, lines, now, vault=VAULT)
        await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        await registering.register(db, petition, head, STAFF, home, "1", now.date(), now, now.date())
        await registering.answer(db, petition, head, STAFF, "Макулбуз, жасалат.", now, accepted=True)
        told = select(Letter.arguments["petition"].as_integer()).where(Letter.person_id == aigul.id)
        assert set(await db.scalars(told)) == {petition.id, other.id}
        assert await housekeeping.drop_unwanted_files(db, now + KEPT) == 0
        assert await clock.anonymise_signers(db, now + KEPT) == 1
        assert set(await db.scalars(told)) == {other.id}
        assert list(await db.scalars(select(Letter).where(Letter.once.startswith(f"petition-{petition.id}-")))) == []
        signers = select(Signature.petition_id).where(Signature.person_id == aigul.id)
        assert list(await db.scalars(signers)) == [other.id]
        assert list(await db.scalars(select(Link.person_id))) == [None]
        await db.refresh(sheet)
        assert (sheet.file_id, sheet.counted) == (None, 1)
        assert await housekeeping.drop_unwanted_files(db, now + KEPT) == 1
        assert await db.scalar(select(func.count()).select_from(File)) == 0


async def test_an_announcement_to_the_signers_keeps_its_figures_when_they_lose_their_names(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        for address, name in (("101", "Айгүл Асанова"), ("104", "Чынара Токтоева")):
            await signed(db, petition, await a_named_resident(db, home, now, address=address, name=name), home, now)
        signers = Audience(Crowd.PETITION, which=(petition.id,))
        sent = await broadcasts.begin(db, home.id, "announcement", signers, now, topic=None, by=None, announcement=7)
        everybody = Audience(Crowd.EVERYBODY)
        other = await broadcasts.begin(db, home.id, "announcement", everybody, now, topic=None, by=None, announcement=8)
        for each in (sent, other):
            await broadcasts.write_some(db, each, now)
        was_sent = {"done_at": now, "outcome": Outcome.SENT, "account_id": 1, "message": "5"}
        await db.execute(update(Letter).where(Letter.broadcast_id.is_not(None)).values(**was_sent))
        lead = await find_member(db, petition.id, bakyt.id)
        await writing.withdraw(db, petition, lead, bakyt, "Кереги жок болду.", now)
        assert await clock.anonymise_signers(db, now + KEPT) == 1
        columns = (Letter.person_id, Letter.account_id, Letter.message, Letter.once)
        left = (await db.execute(select(*columns).where(Letter.broadcast_id == sent.id).order_by(Letter.id))).all()
        assert [tuple(row)[:3] for row in left] == [(None, None, "")] * 2
        assert all(row.once.startswith(f"b{sent.id}:nobody-") for row in left)
        assert await outcomes_of(db, sent.id) == {"pressed": 0, "sent": 2}
        theirs = await db.scalars(select(Letter.person_id).where(Letter.broadcast_id == other.id))
        assert None not in set(theirs)


async def test_what_people_were_told_goes_after_eight_weeks_where_nothing_counts_it_or_must_not_come_twice(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        for once, key, broadcast, age in (
            ("proposal-step-1:1", "proposal-step", None, 57),
            ("proposal-step-2:1", "proposal-step", None, 55),
            ("waits:1", "proposal-step", None, None),
            ("petition-5-milestone-25:1", "petition-milestone", None, 57),
            ("announcement-edit-7-1:1", "announcement-edit", None, 57),
            ("b1:1", "announcement", 1, 57),
        ):
            done = now - timedelta(days=age) if age is not None else None
            posted = {"posted_at": now - timedelta(days=90), "not_before": now, "done_at": done}
            what: dict[str, Any] = {
                "once": once,
                "key": key,
                "arguments": {},
                "broadcast_id": broadcast,
                "person_id": aigul.id,
            }
            db.add(Letter(municipality_id=home.id, **what, **posted))
        place = {"municipality_id": home.id, "key": "chain-head", "arguments": {}, "posted_at": now, "not_before": now}
        db.add(Letter(once="chain-head:1", done_at=now - timedelta(days=99), **place))
    async with database.transaction() as db:
        assert await housekeeping.drop_old_letters(db, now) == 1
        left = set(await db.scalars(select(Letter.once)))
        assert "proposal-step-1:1" not in left
        assert len(left) == 6
