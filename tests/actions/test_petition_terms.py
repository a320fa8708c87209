"""What becomes of a petition after its last day: enough or too few, handed over in time or not, names that go."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import clock, deciding, invalidating, paper, registering, signing, writing
from actions.petitions import group as groups
from civic.moderation import Rejection
from civic.people import Role
from civic.petitions import Membership, PetitionKind, State
from civic.refusals import Reason, Refused
from civic.thresholds import Consequence
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.people import Person
from storage.petition_desk import petitions_waiting
from storage.petitions import Member, Petition, Signature, find_member, find_signature, members_of, steps_of
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_draft, a_named_resident, an_open_petition, signed

FILE = "f" * 64
WHY = "Текшерүүдөн өткөн жок"
ENDS = timedelta(days=91)  # after the beginning of an open petition, its last day is over


async def _letters(db: AsyncSession, person: Person, key: str) -> list[Letter]:
    await db.flush()
    query = select(Letter).where(Letter.person_id == person.id, Letter.key == key).order_by(Letter.id)
    return list((await db.scalars(query)).all())


async def _closed(db: AsyncSession, home: Municipality, now: datetime) -> tuple[Petition, Person, Person]:
    """A petition with the one signature it needs, after its last day; who leads it, and who signed."""
    bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
    aigul = await a_named_resident(db, home, now, address="101")
    petition = await an_open_petition(db, home, bakyt, now, needs=1)
    await signed(db, petition, aigul, home, now)
    assert await clock.close_due(db, now + ENDS) == 1
    return petition, bakyt, aigul


async def _lead(db: AsyncSession, petition: Petition) -> Member:
    return (await members_of(db, petition.id))[0]


# --- enough, too few ---


async def test_what_falls_under_its_threshold_after_the_last_day_has_ended_and_the_group_reads_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, aigul = await _closed(db, home, now)
        later = now + ENDS
        assert (petition.state, petition.hand_over_until) == (State.COMPLETE, later.date() + timedelta(days=30))
        own = await find_signature(db, petition.id, aigul.id)
        await signing.unsign(db, petition, own, aigul, home, later)
        assert (petition.state, petition.final_at, petition.hand_over_until) == (State.ENDED, later, None)
        await db.flush()
        assert [step.what for step in await steps_of(db, petition.id)][:2] == ["ended", "lost"]
        told = [letter.arguments.get("state") for letter in await _letters(db, bakyt, "petition-closed")]
        assert told == ["complete", "ended"]
        # one letter says it all: there is no second one that speaks of signatures being gathered
        assert await _letters(db, bakyt, "petition-lost") == []
        assert await clock.anonymise_signers(db, later + timedelta(days=28)) == 1


async def test_signatures_that_staff_give_back_after_the_last_day_bring_it_back(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, _ = await _closed(db, home, now)
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        later = now + ENDS
        begun = await invalidating.begin(
            db, petition, head, STAFF, invalidating.Criteria(since=now.isoformat()), WHY, later
        )
        await invalidating.go_on(db, begun, home, later)
        assert (petition.state, petition.count) == (State.ENDED, 0)
        undone = later + timedelta(days=20)
        assert await invalidating.undo(db, begun, head, STAFF, home, undone) == 1
        assert (petition.state, petition.final_at) == (State.COMPLETE, None)
        # the time that staff took is not the group's: a whole term from now on
        assert petition.hand_over_until == undone.date() + timedelta(days=30)
        assert await registering.hand_over(db, petition, await _lead(db, petition), bakyt, home, undone, undone.date())
        assert petition.state is State.HANDED_OVER


async def test_whose_names_are_gone_does_not_come_back(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        petition, _, _ = await _closed(db, home, now)
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        later = now + ENDS
        begun = await invalidating.begin(
            db, petition, head, STAFF, invalidating.Criteria(since=now.isoformat()), WHY, later
        )
        await invalidating.go_on(db, begun, home, later)
        gone = later + timedelta(days=28)
        assert await clock.anonymise_signers(db, gone) == 1
        assert await invalidating.undo(db, begun, head, STAFF, home, gone) == 0  # nobody knows whose they were
        assert petition.state is State.ENDED


async def test_sheets_that_were_signed_in_time_are_entered_three_days_more_and_a_sheet_less_ends_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
        petition = await an_open_petition(db, home, bakyt, now, needs=1)
        lead = await _lead(db, petition)
        ended = now + ENDS
        assert await clock.close_due(db, ended) == 1
        assert petition.state is State.ENDED
        lines = [paper.Keyed("Токтогул Жумабаев", None)]

        async def entered(at: datetime) -> None:
            sheet = await paper.enter(db, petition, lead, bakyt, frozenset(), home, FILE, lines, at, vault=VAULT)
            assert (petition.state, petition.on_paper) == (State.COMPLETE, 1)
            with pytest.raises(Refused) as no:  # what repeats was settled: a falling count would tell who signed
                await paper.remove(db, petition, sheet, lead, bakyt, frozenset(), home, "Сүрөтү окулбайт", at)
            assert (no.value.reason, petition.on_paper) == (Reason.TOO_LATE, 1)
            await paper.remove(db, petition, sheet, None, clerk, STAFF, home, "Сүрөтү окулбайт", at)
            assert (petition.state, petition.on_paper, petition.final_at) == (State.ENDED, 0, at)

        assert petition.closes_on == now.date() + timedelta(days=90)
        await entered(ended)
        await entered(now + timedelta(days=93))
        with pytest.raises(Refused) as no:
            await entered(now + timedelta(days=94))
        assert (no.value.reason, no.value.details) == (Reason.PAPER_OVER, {"until": "05.08.2026"})
        assert (petition.state, petition.on_paper) == (State.ENDED, 0)


# --- the term for handing over ---


async def test_what_nobody_hands_over_ends_after_a_reminder_and_its_names_go(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, bakyt, aigul = await _closed(db, home, now)
        last = petition.hand_over_until
        assert last is not None

        def at(day: date) -> datetime:
            return now + (day - now.date())

        assert await clock.watch_hand_overs(db, at(last - timedelta(days=8))) == 0
        assert await _letters(db, bakyt, "petition-hand-over-due") == []
        for days in (7, 3, 0):
            assert await clock.watch_hand_overs(db, at(last - timedelta(days=days))) == 0
        assert len(await _letters(db, bakyt, "petition-hand-over-due")) == 1
        assert await _letters(db, aigul, "petition-hand-over-due") == []
        over = at(last + timedelta(days=1))
        assert await clock.watch_hand_overs(db, over) == 1
        assert await clock.watch_hand_overs(db, over) == 0
        assert (petition.state, petition.reached, petition.final_at) == (State.ENDED, 1, over)
        await db.flush()
        assert next(iter(await steps_of(db, petition.id))).what == "not-handed-over"
        lead = await _lead(db, petition)
        with pytest.raises(Refused) as no:
            await registering.hand_over(db, petition, lead, bakyt, home, over, over.date())
        assert no.value.reason is Reason.TOO_LATE
        assert await clock.anonymise_signers(db, over + timedelta(days=27)) == 0
        assert await clock.anonymise_signers(db, over + timedelta(days=28)) == 1


async def test_what_was_complete_before_there_was_a_term_gets_a_whole_one(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, _, _ = await _closed(db, home, now)
        petition.hand_over_until = None
        long_after = now + timedelta(days=400)
        assert await clock.watch_hand_overs(db, long_after) == 0
        assert petition.hand_over_until == long_after.date() + timedelta(days=30)


# --- a second look, and names that are gone ---


async def test_a_second_look_is_asked_for_only_while_the_names_are_kept(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        for days, refused in ((27, False), (28, True)):
            petition = await a_draft(db, home, bakyt, now, members=5)
            petition.state = State.CHECKING
            lead = await _lead(db, petition)
            await deciding.reject(db, petition, head, STAFF, Rejection.NO_DEMAND, WHY, now)
            at = now + timedelta(days=days)
            await clock.anonymise_signers(db, at)
            if refused:
                with pytest.raises(Refused) as no:
                    await deciding.appeal(db, petition, lead, bakyt, WHY, home, at, at.date())
                assert (no.value.reason, no.value.details) == (Reason.APPEAL_OVER, {"until": "01.06.2026"})
            else:
                await deciding.appeal(db, petition, lead, bakyt, WHY, home, at, at.date())
                assert await clock.anonymise_signers(db, at + timedelta(days=400)) == 0  # it goes on
            assert petition.state is (State.REJECTED if refused else State.APPEALED)
            petition.state = State.WITHDRAWN


# --- the kenesh ---


async def _answered(db: AsyncSession, home: Municipality, now: datetime) -> tuple[Petition, Person, Person]:
    """A petition that was answered and that the kenesh considers; who signed it, and the clerk."""
    bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
    aigul = await a_named_resident(db, home, now, address="101")
    clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
    petition = await an_open_petition(db, home, bakyt, now, needs=1)
    petition.steps = [{"consequence": each.value, "count": 1} for each in Consequence]
    await signed(db, petition, aigul, home, now)
    lead = await find_member(db, petition.id, bakyt.id)
    assert await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
    await registering.register(db, petition, clerk, STAFF, home, "1", now.date(), now, now.date())
    await registering.answer(db, petition, clerk, STAFF, "Макулбуз, жасалат.", now, accepted=True)
    return petition, aigul, clerk


async def test_who_signed_hears_what_the_kenesh_decided_months_after_the_names_are_gone(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, aigul, clerk = await _answered(db, home, now)
        own = await find_signature(db, petition.id, aigul.id)
        assert own is not None
        assert await clock.anonymise_signers(db, now + timedelta(days=28)) == 1
        await db.refresh(own)
        assert (own.person_id, own.name_sealed, own.name_key, own.phone_hash) == (aigul.id, None, None, None)
        assert await clock.anonymise_signers(db, now + timedelta(days=29)) == 0
        # the duty stays in the queue, and whoever enters it is warned a quarter after the registration
        assert [each.id for each in (await petitions_waiting(db, home.id))[0]] == [petition.id]
        await clock.warn_of_deadlines(db, now + timedelta(days=90))
        assert await _letters(db, clerk, "petition-kenesh-due") == []
        for days in (91, 95):
            await clock.warn_of_deadlines(db, now + timedelta(days=days))
        assert len(await _letters(db, clerk, "petition-kenesh-due")) == 1
        decided = now + timedelta(days=100)
        await registering.kenesh(db, petition, clerk, STAFF, decided.date(), "Каражат бөлүндү.", decided)
        assert len(await _letters(db, aigul, "petition-kenesh")) == 1
        aigul.shown_name = "Айгүл А."
        await signing.show_in_lists(db, aigul)  # she is known until she is told, and her name is not written anew
        assert await db.scalar(select(func.count()).where(Signature.shown_name != "")) == 0
        assert (await petitions_waiting(db, home.id))[0] == []
        assert await clock.anonymise_signers(db, decided + timedelta(days=27)) == 0
        assert await clock.anonymise_signers(db, decided + timedelta(days=28)) == 1
        await db.refresh(own)
        assert own.person_id is None


async def test_the_kenesh_is_not_waited_for_longer_than_half_a_year(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        petition, aigul, clerk = await _answered(db, home, now)
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        await clock.anonymise_signers(db, now + timedelta(days=28))
        for days in range(80, 180):
            await clock.warn_of_deadlines(db, now + timedelta(days=days))
        # a quarter later the clerk, after two weeks the head as well, and both when it becomes the last moment
        told = [len(await _letters(db, person, "petition-kenesh-due")) for person in (clerk, head)]
        assert told == [3, 2]
        assert [letter.arguments["last"] for letter in await _letters(db, head, "petition-kenesh-due")] == [
            "",
            "2026-10-31",
        ]
        assert await clock.anonymise_signers(db, now + timedelta(days=179)) == 0
        assert await clock.anonymise_signers(db, now + timedelta(days=180)) == 1
        assert await db.scalar(select(func.count()).where(Signature.person_id == aigul.id)) == 0
        # it is still to be entered, for everybody to read
        assert [each.id for each in (await petitions_waiting(db, home.id))[0]] == [petition.id]
        assert await clock.anonymise_signers(db, now + timedelta(days=400)) == 0


# --- the group ---


async def test_a_group_that_became_too_small_is_not_opened_and_hands_nothing_over(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await a_draft(db, home, bakyt, now, members=5)
        petition.state = State.CHECKING
        [lead, last, *_] = await members_of(db, petition.id)
        last.standing = Membership.LEFT
        with pytest.raises(Refused) as no:
            await deciding.open_signing(db, petition, head, STAFF, home, now, now.date())
        assert (no.value.reason, no.value.details) == (Reason.GROUP_LEFT, {"count": 4, "least": 5})
        assert petition.state is State.CHECKING
        another = await a_named_resident(db, home, now, address="109", name="Асан Үсөнов")
        await groups.join(db, petition, another, home, now)
        await deciding.open_signing(db, petition, head, STAFF, home, now, now.date())
        petition.steps = [{"consequence": "answer", "count": 1}]
        await signed(db, petition, bakyt, home, now)
        (await members_of(db, petition.id))[-1].standing = Membership.LEFT
        with pytest.raises(Refused) as no:
            await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        assert (no.value.reason, no.value.details) == (Reason.GROUP_TOO_SMALL, {"count": 4, "least": 5})


# --- letters that were skipped ---


async def test_a_letter_that_was_not_true_when_it_was_to_go_out_comes_when_it_is_and_no_letter_comes_twice(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        petition = await an_open_petition(db, home, bakyt, now, needs=2)

        async def settle(outcome: Outcome) -> None:
            await db.flush()
            undone = update(Letter).where(Letter.done_at.is_(None))
            told = undone.values(done_at=now, outcome=outcome, by_template=True, message="wamid.1")
            await db.execute(told.execution_options(synchronize_session=False))

        async def waiting() -> list[str]:
            await db.flush()
            fresh = (Letter.done_at.is_(None), Letter.by_template.is_(False), Letter.message == "")
            query = select(Letter.key).where(Letter.person_id == bakyt.id, *fresh)
            return list(await db.scalars(query.order_by(Letter.key)))

        async def back() -> None:
            own = await find_signature(db, petition.id, aigul.id)
            await signing.unsign(db, petition, own, aigul, home, now)

        await settle(Outcome.SENT)
        await signed(db, petition, aigul, home, now)  # one of two
        assert await waiting() == ["petition-milestone"]
        await back()
        await settle(Outcome.SKIPPED)  # at night, when the count had fallen
        await signed(db, petition, aigul, home, now)
        assert await waiting() == ["petition-milestone"]
        await settle(Outcome.SENT)
        await back()
        await signed(db, petition, aigul, home, now)
        assert await waiting() == []  # it was read
        await signed(db, petition, bakyt, home, now)
        assert await waiting() == ["petition-reached"]
        await back()
        await settle(Outcome.SKIPPED)
        await signed(db, petition, aigul, home, now)
        assert await waiting() == ["petition-reached"]
        await settle(Outcome.SENT)
        await back()
        await signed(db, petition, aigul, home, now)
        assert await waiting() == []


# --- calls for an assembly, norm-making initiatives ---


async def test_a_call_for_an_assembly_is_registered_and_answered_in_fourteen_calendar_days(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
        petition = await a_draft(db, home, bakyt, now, kind=PetitionKind.ASSEMBLY, members=11)
        lead = await _lead(db, petition)
        await writing.send(db, petition, lead, bakyt, home, now, now.date())
        assert (petition.state, petition.register_until) == (State.HANDED_OVER, date(2026, 5, 6))
        # registering is a duty of the office, also when somebody has left the group meanwhile
        (await members_of(db, petition.id))[-1].standing = Membership.LEFT
        on = date(2026, 5, 6)
        at = now + timedelta(days=2)
        with pytest.raises(Refused) as no:
            await registering.register(db, petition, clerk, STAFF, home, "7", date(2026, 5, 3), at, at.date())
        assert (no.value.reason, no.value.details["first"]) == (Reason.WRONG_DAY, "04.05.2026")
        await registering.register(db, petition, clerk, STAFF, home, "7", on, at, at.date())
        assert petition.answer_until == date(2026, 5, 20)
        members = [each for each in await members_of(db, petition.id) if each.person_id != bakyt.id]
        over = now + timedelta(days=17)
        await clock.warn_of_deadlines(db, over)
        assert next(iter(await steps_of(db, petition.id))).what == "overdue"
        await registering.answer(db, petition, clerk, STAFF, "Жыйын 1-июнда чакырылат.", over, accepted=True)
        assert (petition.state, petition.accepted, petition.final_at) == (State.ANSWERED, True, over)
        one = await db.get_one(Person, members[0].person_id)
        assert len(await _letters(db, one, "petition-answered")) == 1


async def test_a_norm_making_initiative_goes_from_its_opening_to_the_kenesh(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        home.population = 6_000
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
        aigul = await a_named_resident(db, home, now, address="101")
        petition = await a_draft(db, home, bakyt, now, kind=PetitionKind.NORM, members=7)
        lead = await _lead(db, petition)
        await writing.send(db, petition, lead, bakyt, home, now, now.date())
        await deciding.open_signing(db, petition, clerk, STAFF, home, now, now.date())
        assert [(step.consequence, step.count) for step in petition.thresholds] == [(Consequence.KENESH, 300)]
        assert petition.basis == "Charter 19.6"
        with pytest.raises(Refused) as no:
            await signed(db, petition, aigul, home, now)
        assert no.value.reason is Reason.SIGNED_BY_HAND
        for number, count in enumerate((150, 149)):
            await paper.enter_count(db, petition, lead, bakyt, frozenset(), home, f"{number:064x}", count, now)
        with pytest.raises(Refused) as no:
            await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        assert (no.value.reason, no.value.details) == (Reason.TOO_FEW_SIGNATURES, {"count": 299, "needed": 300})
        ended = now + ENDS
        await clock.close_due(db, ended)
        states = [petition.state]
        await paper.enter_count(db, petition, lead, bakyt, frozenset(), home, FILE, 1, ended)
        assert [*states, petition.state] == [State.ENDED, State.COMPLETE]
        assert await registering.hand_over(db, petition, lead, bakyt, home, ended, ended.date())
        await registering.register(db, petition, clerk, STAFF, home, "12", ended.date(), ended, ended.date())
        await registering.kenesh(db, petition, clerk, STAFF, ended.date(), "Долбоор кабыл алынды.", ended)
        assert (await petitions_waiting(db, home.id))[0] == [petition]  # the answer is owed as well
        await registering.answer(db, petition, clerk, STAFF, "Кеңеш долбоорду кабыл алды.", ended, accepted=True)
        assert (await petitions_waiting(db, home.id))[0] == []
        assert (petition.count, petition.signed, petition.kenesh_decision) == (300, 0, "Долбоор кабыл алынды.")
