"""What people decide about an open petition: gathered longer, taken back, taken down; and «I was paid or forced»."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import reports
from actions.petitions import clock, deciding, pressure, registering, signing, writing
from civic.moderation import HIDES_TEXT, Rejection
from civic.people import Role
from civic.petitions import PRESSURES_A_DAY, PetitionKind, State
from civic.refusals import Reason, Refused
from civic.reports import Complaint, Subject
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Person
from storage.petitions import Petition, Pressure, find_member, public_petitions, steps_of
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_named_resident, an_open_petition, signed

MODERATOR = frozenset({Role.MODERATOR})
WHY = "Жамааттын суранычы боюнча."


async def test_gathering_longer_needs_the_right_a_reason_and_a_later_day(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        last, today = petition.closes_on, now.date()
        assert last is not None
        later = last + timedelta(days=30)
        for by, roles, until, words, reason in (
            (bakyt, frozenset[Role](), later, WHY, Reason.NOT_YOURS),
            (head, STAFF, last, WHY, Reason.WRONG_DAY),
            (head, STAFF, today + timedelta(days=400), WHY, Reason.WRONG_DAY),
            (head, STAFF, later, "", Reason.TOO_SHORT),
        ):
            with pytest.raises(Refused) as refused:
                await deciding.extend(db, petition, by, roles, until, words, now, today)
            assert refused.value.reason is reason
        assert petition.closes_on == last
        ended = now + timedelta(days=91)
        assert await clock.close_due(db, ended) == 1
        await deciding.extend(db, petition, head, STAFF, later, WHY, ended, ended.date())
        assert (petition.state, petition.closes_on, petition.final_at) == (State.OPEN, later, None)
        await db.flush()
        step = next(iter(await steps_of(db, petition.id)))
        assert (step.what, step.words) == ("extended", WHY)


async def test_the_co_ordinator_takes_it_back_with_words_and_nobody_signs_it_then(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        petition = await an_open_petition(db, home, bakyt, now)
        await signed(db, petition, aigul, home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        for member, person, words, reason in (
            (None, aigul, WHY, Reason.GROUP_ONLY),
            (lead, bakyt, "", Reason.TOO_SHORT),
        ):
            with pytest.raises(Refused) as refused:
                await writing.withdraw(db, petition, member, person, words, now)
            assert refused.value.reason is reason
        await writing.withdraw(db, petition, lead, bakyt, WHY, now)
        assert (petition.state, petition.remark) == (State.WITHDRAWN, WHY)
        other = await a_named_resident(db, home, now, address="109", name="Асан Үсөнов")
        with pytest.raises(Refused):
            await signed(db, petition, other, home, now)
        with pytest.raises(Refused) as again:
            await writing.withdraw(db, petition, lead, bakyt, WHY, now)
        assert again.value.reason is Reason.TOO_LATE


async def test_taken_down_it_says_why_and_only_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        why = Rejection.PRIVATE_MATTER
        for by, roles, words, reason in (
            (bakyt, frozenset[Role](), WHY, Reason.NOT_YOURS),
            (head, STAFF, "", Reason.TOO_SHORT),
        ):
            with pytest.raises(Refused) as refused:
                await deciding.take_down(db, petition, by, roles, why, words, now)
            assert refused.value.reason is reason
        await deciding.take_down(db, petition, head, STAFF, why, WHY, now)
        assert (petition.state, petition.rejection, petition.remark) == (State.TAKEN_DOWN, why, WHY)
        with pytest.raises(Refused) as again:
            await deciding.take_down(db, petition, head, STAFF, why, WHY, now)
        assert again.value.reason is Reason.TOO_LATE


async def _open(db: AsyncSession, home: Municipality, now: datetime) -> tuple[Petition, Person, Person]:
    """An open petition with one signature of the two it needs, its leader and the head."""
    bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
    head = await a_resident(db, home, now, address="105", role=Role.HEAD)
    petition = await an_open_petition(db, home, bakyt, now, needs=2)
    await signed(db, petition, bakyt, home, now)
    return petition, bakyt, head


async def test_taken_down_as_not_ours_it_names_the_body_in_charge(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, _, head = await _open(db, home, now)
        why = Rejection.OUT_OF_COMPETENCE
        with pytest.raises(Refused) as no:
            await deciding.take_down(db, petition, head, STAFF, why, WHY, now)
        assert no.value.reason is Reason.TOO_SHORT
        await deciding.take_down(db, petition, head, STAFF, why, WHY, now, competent="Билим берүү бөлүмү")
        assert (petition.state, petition.competent) == (State.TAKEN_DOWN, "Билим берүү бөлүмү")


async def test_a_take_down_that_somebody_else_undoes_gives_back_the_days_that_were_left(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, head = await _open(db, home, now)
        moderator = await a_resident(db, home, now, address="106", role=Role.MODERATOR)
        lead = await find_member(db, petition.id, bakyt.id)
        steps, opened, down = list(petition.steps), petition.opened_at, now + timedelta(days=60)
        await deciding.take_down(db, petition, head, STAFF, Rejection.PRIVATE_MATTER, WHY, down)
        asked = down + timedelta(days=20)
        await deciding.appeal(db, petition, lead, bakyt, WHY, home, asked, asked.date())
        assert (petition.state, petition.final_at) == (State.APPEALED, None)
        with pytest.raises(Refused) as no:
            await deciding.open_signing(db, petition, head, STAFF, home, asked, asked.date())
        assert no.value.reason is Reason.ANOTHER_DECIDES
        with pytest.raises(Refused) as no:  # whoever signed it signed this text
            await deciding.give_back(db, petition, moderator, MODERATOR, WHY, asked)
        assert no.value.reason is Reason.SIGNED_TEXT
        await deciding.open_signing(db, petition, moderator, MODERATOR, home, asked, asked.date())
        assert (petition.state, petition.steps, petition.opened_at) == (State.OPEN, steps, opened)
        assert petition.closes_on == asked.date() + timedelta(days=30)
        assert (petition.count, petition.rejection, petition.remark) == (1, None, "")
        aigul = await a_named_resident(db, home, now, address="101")
        await signing.sign(db, petition, None, aigul, home, asked, asked.date(), vault=VAULT)
        assert petition.reached == 1
        await deciding.take_down(db, petition, head, STAFF, Rejection.PRIVATE_MATTER, WHY, asked)
        with pytest.raises(Refused) as no:
            await deciding.appeal(db, petition, lead, bakyt, WHY, home, asked, asked.date())
        assert no.value.reason is Reason.ALREADY_APPEALED


async def test_a_take_down_that_somebody_else_confirms_stays_one(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, head = await _open(db, home, now)
        moderator = await a_resident(db, home, now, address="106", role=Role.MODERATOR)
        lead = await find_member(db, petition.id, bakyt.id)
        await deciding.take_down(db, petition, head, STAFF, Rejection.PRIVATE_MATTER, WHY, now)
        await deciding.appeal(db, petition, lead, bakyt, WHY, home, now, now.date())
        await deciding.reject(db, petition, moderator, MODERATOR, Rejection.AGAINST_LAW, WHY, now)
        assert (petition.state, petition.rejection, petition.final_at) == (
            State.TAKEN_DOWN,
            Rejection.AGAINST_LAW,
            now,
        )


async def test_after_the_hand_over_nobody_ends_the_time_for_the_answer_by_taking_it_down(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, head = await _open(db, home, now)
        aigul = await a_named_resident(db, home, now, address="101")
        await signed(db, petition, aigul, home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        assert await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        for why in set(Rejection) - HIDES_TEXT:
            with pytest.raises(Refused) as no:
                await deciding.take_down(db, petition, head, STAFF, why, WHY, now, competent="Билим берүү бөлүмү")
            assert no.value.reason is Reason.TEXT_ONLY
        await deciding.take_down(db, petition, head, STAFF, Rejection.INSULTING, WHY, now)
        assert (petition.state, petition.hidden_at, petition.final_at) == (State.HANDED_OVER, now, None)
        assert petition.register_until is not None
        with pytest.raises(Refused) as no:
            await deciding.take_down(db, petition, head, STAFF, Rejection.ADVERTISING, WHY, now)
        assert no.value.reason is Reason.DECIDED_ALREADY
        assert await public_petitions(db, home.id) == []
        hidden = select(Letter.person_id).where(Letter.key == "petition-hidden")
        assert {bakyt.id, aigul.id} <= set(await db.scalars(hidden))
        await registering.register(db, petition, head, STAFF, home, "9", now.date(), now, now.date())
        await registering.answer(db, petition, head, STAFF, "Жооп ушул.", now, accepted=False)
        told = select(Letter.person_id).where(Letter.key == "petition-answered")
        assert {bakyt.id, aigul.id} <= set(await db.scalars(told))


async def test_of_what_is_over_only_the_text_is_hidden_and_it_keeps_the_reason_why_it_ended(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, head = await _open(db, home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        aigul = await a_named_resident(db, home, now, address="101")
        await signed(db, petition, aigul, home, now)
        await writing.withdraw(db, petition, lead, bakyt, WHY, now)
        with pytest.raises(Refused) as no:
            await deciding.take_down(db, petition, head, STAFF, Rejection.AGAINST_LAW, WHY, now)
        assert no.value.reason is Reason.TEXT_ONLY
        said = "Бирөөнүн дареги жазылган."
        await deciding.take_down(db, petition, head, STAFF, Rejection.PERSONAL_DATA, said, now)
        assert (petition.state, petition.remark, petition.hidden_at) == (State.WITHDRAWN, WHY, now)
        await db.flush()
        step = next(iter(await steps_of(db, petition.id)))
        assert (step.what, step.words) == ("hidden", said)
        told = select(Letter.person_id).where(Letter.key == "petition-hidden")
        heard = set(await db.scalars(told))
        assert bakyt.id in heard
        assert aigul.id not in heard  # she waits for nothing any more


async def test_a_reported_text_that_was_removed_and_opened_again_may_be_reported_and_removed_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, head = await _open(db, home, now)
        moderator = await a_resident(db, home, now, address="106", role=Role.MODERATOR)
        [aigul, aman] = [await a_named_resident(db, home, now, address=each) for each in ("101", "107")]
        lead = await find_member(db, petition.id, bakyt.id)
        about = (Subject.PETITION, petition.id)
        why = Rejection.INSULTING
        await reports.report(db, aigul, home, *about, Complaint.RUDE, now)
        await reports.remove(db, head, STAFF, *about, why, WHY, now)
        with pytest.raises(Refused) as no:
            await reports.report(db, aman, home, *about, Complaint.RUDE, now)
        assert no.value.reason is Reason.NOT_FOUND  # staff have nothing to decide
        await deciding.appeal(db, petition, lead, bakyt, WHY, home, now, now.date())
        await deciding.open_signing(db, petition, moderator, MODERATOR, home, now, now.date())
        assert await reports.report(db, aman, home, *about, Complaint.RUDE, now)
        await reports.keep(db, moderator, MODERATOR, *about, now)
        await reports.remove(db, head, STAFF, *about, why, WHY, now)
        assert petition.state is State.TAKEN_DOWN


async def test_what_was_read_is_what_is_opened_also_its_place_its_file_and_its_kind(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, _, _ = await _open(db, home, now)
        marks = [deciding.text_mark(petition)]
        for name, value in (
            ("title", "Башка аталыш"),
            ("demand", "Башка талап кылынат"),
            ("reasons", "Башка себеп айтылат"),
            ("kind", PetitionKind.NORM),
            ("village_id", 7),
            ("street_id", 7),
            ("issue_id", 7),
            ("file_id", "e" * 64),
            ("about", {"people": 40}),
        ):
            with db.no_autoflush:
                setattr(petition, name, value)
                marks.append(deciding.text_mark(petition))
        assert len(set(marks)) == len(marks)
        await db.rollback()


async def test_who_was_paid_or_forced_is_heard_by_the_installation_and_not_by_the_municipality(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        admin = await a_resident(db, home, now, address="107")
        await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)

        async def tell() -> None:
            words = "Мага акча беришти."
            await pressure.tell(db, petition, aigul, words, now, vault=VAULT, administrators=frozenset({"107"}))

        for _ in range(PRESSURES_A_DAY):
            await tell()
        with pytest.raises(Refused) as refused:
            await tell()
        assert refused.value.reason is Reason.TOO_OFTEN
        readers = await db.scalars(select(Letter.person_id).where(Letter.key == "pressure-told"))
        assert set(readers) == {admin.id}
        moments = select(Letter.posted_at, Letter.not_before).where(Letter.key == "pressure-told").distinct()
        [(posted, goes)] = (await db.execute(moments)).all()
        assert posted == now.replace(hour=0, minute=0), "the minute would lead to who did something in it"
        assert (goes.minute, goes > now) == (0, True)
        told = (await db.scalars(select(Pressure))).first()
        assert told is not None
        assert "акча" not in told.told_sealed
        assert "акча" not in str([entry.details for entry in await db.scalars(select(Entry))])


async def test_it_is_found_by_its_link_alone_until_so_many_have_signed(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        home.own_settings = {**home.own_settings, "petition_public_after": 2}
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        for count, name in enumerate(("Асан Үсөнов", "Үсөн Асанов"), start=1):
            assert await public_petitions(db, home.id) == []
            person = await a_named_resident(db, home, now, address=f"12{count}", name=name)
            await signed(db, petition, person, home, now)
        assert [each.id for each in await public_petitions(db, home.id)] == [petition.id]
