"""What can staff do with proposals and with reports, what may they not, and does no count ever drift?"""

import random
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from actions import people, reports
from actions.proposals import deciding, merging, supporting
from actions.proposals.deciding import Decision
from civic.moderation import Rejection
from civic.people import Role
from civic.petitions import State as PetitionState
from civic.proposals import NEXT, State, deadline_of
from civic.refusals import Reason, Refused
from civic.reports import REPORTED_A_DAY, Complaint, Subject
from storage.database import Database
from storage.issues import listed_issues
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Person
from storage.proposal_queue import queue, queue_counts
from storage.proposals import (
    Beside,
    Proposal,
    ProposalStep,
    duplicates_of,
    get_proposal,
    notes_of_proposal,
    objection_to,
    people_told,
    steps_of_proposal,
    supporter_counts,
)
from storage.reports import hidden_texts, open_reports, reported_texts
from tests.cast import a_resident
from tests.petitions import a_named_resident, an_open_petition
from tests.proposals import CLERK, MODERATOR, a_proposal

TODAY = date(2026, 5, 4)
BECAUSE = "Ушул себептен"
SAID = {
    State.INCLUDED: Decision(measure="Чырак орнотуу, 3-бөлүк"),
    State.OUT_OF_COMPETENCE: Decision(ky=BECAUSE, competent="Улуттук энергохолдинг"),
}


async def staff_of(db: Any, home: Municipality, now: datetime, *, role: Role = Role.CLERK) -> Person:
    """A member of staff."""
    return await a_resident(db, home, now, address=str(700 + list(Role).index(role)), role=role)


async def test_every_step_leads_only_where_the_rules_let_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    by_decision = set(State) - {State.SENT, State.REGISTERED, State.DUPLICATE, State.WITHDRAWN}
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        proposal = await a_proposal(db, aigul, home, now)
        for before in State:
            for after in State:
                proposal.state = before
                said = SAID.get(after, Decision(ky=BECAUSE))
                try:
                    await deciding.decide(db, proposal.id, after, said, clerk, CLERK, now)
                except Refused as no:
                    allowed = no.reason is not Reason.DECIDED_ALREADY
                else:
                    allowed = True
                assert allowed == (after in NEXT[before] and after in by_decision), (before, after)


async def test_no_decision_without_words_and_what_is_done_may_be_shown_instead(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        proposal = await a_proposal(db, aigul, home, now)

        async def refused(state: State, said: Decision) -> Reason | None:
            try:
                await deciding.decide(db, proposal.id, state, said, clerk, CLERK, now)
            except Refused as no:
                return no.reason
            return None

        wordless = Decision(ky="  \u200e ", cost="1 000 сом")
        for state in (State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED, State.OUT_OF_COMPETENCE, State.DONE):
            assert await refused(state, wordless) is Reason.TOO_SHORT, state
        assert await refused(State.INCLUDED, Decision(ky=BECAUSE)) is Reason.TOO_SHORT  # as which measure?
        assert await refused(State.OUT_OF_COMPETENCE, Decision(ky=BECAUSE)) is Reason.TOO_SHORT  # and who is in charge?
        assert await refused(State.ACCEPTED, Decision(ky="а" * 3_001)) is Reason.TOO_LONG
        assert await refused(State.ACCEPTED, Decision(ky=BECAUSE, cost="1" * 121)) is Reason.TOO_LONG
        assert await refused(State.DONE, Decision(file_id="a" * 64)) is Reason.TOO_SHORT  # nobody has answered it yet
        assert await refused(State.ACCEPTED, Decision(ky=BECAUSE)) is None
        assert await refused(State.DONE, Decision(file_id="a" * 64)) is None
        assert proposal.state is State.DONE


async def test_an_answer_stops_the_clock_and_is_read_in_both_languages(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        proposal = await a_proposal(db, aigul, home, now)
        assert deadline_of(proposal) == date(2026, 5, 6)
        await deciding.register(db, proposal.id, clerk, CLERK, home, "С-12", TODAY, now, TODAY, as_appeal=True)
        assert (proposal.state, proposal.registry_no, proposal.is_appeal) == (State.REGISTERED, "С-12", True)
        assert deadline_of(proposal) == date(2026, 5, 25)  # 14 working days with a holiday on the fifth
        said = Decision(ky="Күзүндө коебуз", ru="Поставим осенью", cost="350 000 сом", period="2026-жылдын күзү")
        await deciding.decide(db, proposal.id, State.ACCEPTED, said, clerk, CLERK, now)
        assert deadline_of(proposal) is None
        assert [proposal.answer(language) for language in ("ky", "ru", "en")] == [said.ky, said.ru, said.ky]
        assert (proposal.cost, proposal.period, proposal.answered_by) == (said.cost, said.period, clerk.id)
        again = Decision(ky="Каражат табылган жок")
        await deciding.decide(db, proposal.id, State.UNDER_REVIEW, again, clerk, CLERK, now)
        assert proposal.answered_at is None
        assert deadline_of(proposal) == date(2026, 5, 25)
        letters = select(Letter.person_id).where(Letter.key == "proposal-step")
        assert list(await db.scalars(letters)) == [aigul.id] * 3


async def test_what_is_registered_once_may_become_an_appeal_and_nothing_else(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        proposal = await a_proposal(db, aigul, home, now)

        async def register(number: str, *, on: date = TODAY, as_appeal: bool = False) -> Reason | None:
            try:
                await deciding.register(
                    db, proposal.id, clerk, CLERK, home, number, on, now, TODAY, as_appeal=as_appeal
                )
            except Refused as no:
                return no.reason
            return None

        assert await register("") is Reason.TOO_SHORT
        assert await register("1", on=TODAY + timedelta(days=1)) is Reason.IN_THE_FUTURE
        assert await register("1") is None
        assert deadline_of(proposal) is None
        assert await register("2") is Reason.DECIDED_ALREADY
        assert await register("2", as_appeal=True) is None
        assert (proposal.registry_no, deadline_of(proposal)) == ("2", date(2026, 5, 25))
        assert await register("3", as_appeal=True) is Reason.DECIDED_ALREADY


async def test_nobody_without_the_right_and_nobody_of_elsewhere_does_anything_with_a_proposal(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        stranger = await a_resident(db, town, now, address="900", role=Role.CLERK)
        one, two = await a_proposal(db, aigul, home, now), await a_proposal(db, aigul, home, now)
        because = {"ky": BECAUSE}

        def acts(by: Person, roles: frozenset[Role]) -> list[Callable[[], Awaitable[object]]]:
            rights = (by, roles)
            return [
                lambda: deciding.decide(db, one.id, State.REJECTED, Decision(ky=BECAUSE), *rights, now),
                lambda: deciding.register(db, one.id, *rights, home, "1", TODAY, now, TODAY, as_appeal=False),
                lambda: deciding.assign(db, one.id, None, *rights, now),
                lambda: deciding.note(db, one.id, "эскертүү", *rights, now),
                lambda: deciding.sort(db, one.id, None, *rights, now),
                lambda: merging.merge(db, one.id, two.id, because, *rights, now),
                lambda: reports.keep(db, *rights, Subject.PROPOSAL, one.id, now),
                lambda: reports.remove(db, *rights, Subject.PROPOSAL, one.id, Rejection.INSULTING, BECAUSE, now),
            ]

        for by, roles, reason in (
            (bakyt, frozenset[Role](), Reason.NOT_YOURS),
            (bakyt, frozenset({Role.DEPUTY, Role.MONITORING}), Reason.NOT_YOURS),
            (stranger, CLERK | MODERATOR, Reason.NOT_FOUND),
        ):
            for act in acts(by, roles):
                with pytest.raises(Refused) as no:
                    await act()
                assert no.value.reason is reason
        assert [one.state, two.state, one.hidden_at] == [State.SENT, State.SENT, None]


async def test_it_is_given_to_staff_who_may_answer_and_they_are_told(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        head, deputy = [await staff_of(db, home, now, role=role) for role in (Role.HEAD, Role.DEPUTY)]
        proposal = await a_proposal(db, aigul, home, now)
        await deciding.assign(db, proposal.id, head.id, clerk, CLERK, now)
        assert proposal.officer_id == head.id
        told = select(Letter.person_id).where(Letter.key == "proposal-assigned")
        assert list(await db.scalars(told)) == [head.id]
        for nobody in (deputy.id, aigul.id, 999):
            with pytest.raises(Refused) as no:
                await deciding.assign(db, proposal.id, nobody, clerk, CLERK, now)
            assert no.value.reason is Reason.NOT_FOUND
        assert [step.what for step in await steps_of_proposal(db, proposal.id)] == ["sent"]  # not for everybody
        assert [step.what for step in await steps_of_proposal(db, proposal.id, every=True)] == ["assigned", "sent"]


async def test_notes_are_for_staff_and_sorting_tells_nobody(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        proposal = await a_proposal(db, aigul, home, now)
        await deciding.note(db, proposal.id, "Энергетиктерге чалдым", clerk, CLERK, now)
        assert [each.text for each in await notes_of_proposal(db, proposal.id)] == ["Энергетиктерге чалдым"]
        issue = (await listed_issues(db, home.id))[2].id
        assert await deciding.sort(db, proposal.id, issue, clerk, CLERK, now) is True
        assert await deciding.sort(db, proposal.id, issue, clerk, CLERK, now) is False
        assert proposal.issue_id == issue
        assert list(await db.scalars(select(Letter.id).where(Letter.key != "proposals-new"))) == []
        written = (await db.scalars(select(Entry).where(Entry.object_id == proposal.id))).all()
        assert "Энергетик" not in str([entry.details for entry in written])


# --- merging ---


async def test_merged_supporters_count_once_each_and_everybody_is_told(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt, emma, cholpon = [await a_resident(db, home, now, address=str(101 + n)) for n in range(4)]
        quiet = await a_resident(db, home, now, address="106")
        quiet.phone_hash = None
        clerk = await staff_of(db, home, now)
        into = await a_proposal(db, aigul, home, now)
        gone = await a_proposal(db, bakyt, home, now)
        third = await a_proposal(db, quiet, home, now)
        for person, proposal in ((aigul, gone), (emma, gone), (emma, into), (cholpon, gone)):
            await supporting.support(db, person, proposal.id, now)
        await merging.merge(db, third.id, gone.id, {"ky": BECAUSE}, clerk, CLERK, now)
        assert gone.support_count == 3
        await merging.merge(db, gone.id, into.id, {"ru": "То же самое"}, clerk, CLERK, now)
        # Emma once, Cholpon, and Bakyt who proposed it; Aigul does not support her own
        assert (into.support_count, gone.support_count) == (3, 0)
        assert await supporter_counts(db, [into.id, gone.id]) == {into.id: 3}
        await db.refresh(third)
        assert [each.id for each in await duplicates_of(db, into.id)] == [gone.id, third.id]
        told = [person.id for person in await people_told(db, into)]
        assert told == [aigul.id, bakyt.id, emma.id, cholpon.id, quiet.id]
        last = (await steps_of_proposal(db, gone.id))[0]
        letters = select(Letter.person_id).where(Letter.once.startswith(f"proposal-step-{last.id}:"))
        assert set(await db.scalars(letters)) == {aigul.id, bakyt.id, emma.id, cholpon.id, quiet.id}
        for one, other, reason in (
            (gone, into, Reason.DECIDED_ALREADY),
            (into, into, Reason.CANNOT_MERGE),
            (into, gone, Reason.CANNOT_MERGE),
        ):
            with pytest.raises(Refused) as no:
                await merging.merge(db, one.id, other.id, {"ky": BECAUSE}, clerk, CLERK, now)
            assert no.value.reason is reason


async def test_no_count_drifts_whatever_people_and_staff_do(
    database: Database, home: Municipality, now: datetime
) -> None:
    """Support, withdrawal, following, merging, forgetting: what the count says is what the rows say."""
    chance = random.Random(2026)
    async with database.transaction() as db:
        clerk = await staff_of(db, home, now)
        crowd = [await a_resident(db, home, now, address=str(300 + n)) for n in range(12)]
        crowd[1].phone_hash = crowd[0].phone_hash
        proposals = [await a_proposal(db, crowd[n % 12], home, now + timedelta(days=n // 2)) for n in range(10)]
    numbers, present = [each.id for each in proposals], [person.id for person in crowd]
    merged = forgotten = 0
    for turn in range(600 if database.is_sqlite else 300):
        async with database.transaction() as db:
            person = await db.get(Person, chance.choice(present))
            one, other = chance.sample(numbers, 2)
            assert person is not None
            at = now + timedelta(hours=turn)
            dice = chance.random()
            try:
                if dice < 0.6:
                    await supporting.support(db, person, one, at)
                elif dice < 0.9:
                    await supporting.unsupport(db, person, one, at)
                elif dice < 0.97:
                    await supporting.follow(db, person, one, at)
                elif dice < 0.985 and merged < 6:
                    await merging.merge(db, one, other, {"ky": BECAUSE}, clerk, CLERK, at)
                    merged += 1
                elif forgotten < 4:
                    await people.forget(db, person, at)
                    present.remove(person.id)
                    forgotten += 1
            except Refused:
                await db.rollback()
    async with database.transaction() as db:
        counts = {row[0]: row[1] for row in await db.execute(select(Proposal.id, Proposal.support_count))}
        rows = await supporter_counts(db, numbers)
        assert counts == {number: rows.get(number, 0) for number in numbers}
        assert (merged > 1, forgotten > 0, sum(rows.values()) > 5) == (True, True, True)
        twice = "SELECT count(*) FROM proposal_supports GROUP BY proposal_id, phone_hash HAVING count(*) > 1"
        assert (await db.execute(text(twice))).all() == []


# --- reports ---


async def test_so_many_reports_hide_a_text_until_staff_have_looked(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        author, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        crowd = [await a_resident(db, home, now, address=str(300 + n)) for n in range(7)]
        crowd[1].phone_hash = crowd[0].phone_hash
        proposal = await a_proposal(db, author, home, now)

        async def told(person: Person) -> bool:
            return await reports.report(db, person, home, Subject.PROPOSAL, proposal.id, Complaint.RUDE, now)

        assert [await told(crowd[n]) for n in (0, 0, 1, 2)] == [True, False, False, True]
        assert proposal.hidden_at is None
        assert await told(crowd[3]) is True
        assert proposal.hidden_at == now
        assert await hidden_texts(db, home.id) == (1, now)
        assert await reported_texts(db, home.id, Subject.PROPOSAL) == {proposal.id: 3}
        await reports.keep(db, clerk, CLERK, Subject.PROPOSAL, proposal.id, now)
        assert proposal.hidden_at is None
        assert await open_reports(db, Subject.PROPOSAL, proposal.id) == []
        assert [await told(crowd[n]) for n in (4, 5, 6)] == [True, True, True]
        assert proposal.hidden_at is None  # they looked at this very text
        proposal.text += " жана дагы бир сөз"
        last = await a_resident(db, home, now, address="399")
        assert await told(last) is True
        assert proposal.hidden_at == now


async def test_moderators_and_the_author_hear_of_a_hidden_text_and_the_author_may_object_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        author, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        moderator, head = [await staff_of(db, home, now, role=role) for role in (Role.MODERATOR, Role.HEAD)]
        crowd = [await a_resident(db, home, now, address=str(300 + n)) for n in range(3)]
        proposal = await a_proposal(db, author, home, now)

        async def objects(person: Person) -> Reason | None:
            try:
                await reports.object_to_hiding(db, person, proposal.id, "Бул шылдың эмес, чындык", now)
            except Refused as no:
                return no.reason
            return None

        assert await objects(author) is Reason.DECIDED_ALREADY  # nothing is hidden
        for person in crowd:
            await reports.report(db, person, home, Subject.PROPOSAL, proposal.id, Complaint.RUDE, now)
        told = select(Letter.person_id).where(Letter.key == "text-hidden").order_by(Letter.id)
        own = select(Letter.person_id).where(Letter.key == "proposal-step")
        assert set(await db.scalars(told)) == {clerk.id, moderator.id}  # the head is not asked first
        assert list(await db.scalars(own)) == [author.id]
        assert await objects(crowd[0]) is Reason.NOT_YOURS
        assert await objects(author) is None
        assert await objects(author) is Reason.OBJECTED_ALREADY
        assert len(list(await db.scalars(told))) == 4
        objection = await objection_to(db, proposal)
        assert objection is not None
        assert (objection.words("ky"), objection.public) == ("Бул шылдың эмес, чындык", False)
        await reports.keep(db, head, MODERATOR, Subject.PROPOSAL, proposal.id, now + timedelta(hours=1))
        assert await objection_to(db, proposal) is None
        assert await objects(author) is Reason.DECIDED_ALREADY


async def test_a_removed_text_says_why_and_its_author_is_told(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        author, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        proposal = await a_proposal(db, author, home, now)
        with pytest.raises(Refused) as no:
            await reports.remove(db, clerk, CLERK, Subject.PROPOSAL, proposal.id, Rejection.INSULTING, "ой", now)
        assert no.value.reason is Reason.TOO_SHORT
        await reports.remove(db, clerk, CLERK, Subject.PROPOSAL, proposal.id, Rejection.INSULTING, BECAUSE, now)
        assert (proposal.hidden_at, proposal.removed_because) == (now, Rejection.INSULTING)
        step = (await steps_of_proposal(db, proposal.id))[0]
        assert (step.what, step.words("ky"), step.by) == (Beside.REMOVED, BECAUSE, clerk.id)
        told = select(Letter.person_id).where(Letter.key == "proposal-step")
        assert list(await db.scalars(told)) == [author.id]
        for what in ("new", "late", "due", "mine", "all", "going"):
            assert await queue(db, what, home.id, clerk.id, TODAY, TODAY + timedelta(days=9)) == [], what
        counts = await queue_counts(db, home.id, clerk.id, TODAY, TODAY + timedelta(days=9))
        assert {what: count for what, count in counts.items() if count} == {"closed": 1}
        assert deadline_of(proposal) is None
        for act in (
            lambda: reports.keep(db, clerk, CLERK, Subject.PROPOSAL, proposal.id, now),
            lambda: supporting.support(db, clerk, proposal.id, now),
        ):
            with pytest.raises(Refused):
                await act()


async def test_one_does_not_report_ones_own_nor_an_eleventh_text_on_one_day(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        authors = [await a_resident(db, home, now, address=str(300 + n)) for n in range(6)]
        texts = [await a_proposal(db, authors[n // 2], home, now) for n in range(REPORTED_A_DAY + 1)]
        bakyt = await a_resident(db, home, now, address="102")
        stranger = await a_resident(db, town, now, address="900")
        reasons = []
        for person, proposal in [*((bakyt, each) for each in texts), (authors[0], texts[0]), (stranger, texts[0])]:
            where = town if person is stranger else home
            try:
                await reports.report(db, person, where, Subject.PROPOSAL, proposal.id, Complaint.SPAM, now)
            except Refused as no:
                reasons.append(no.reason)
        assert reasons == [Reason.TOO_OFTEN, Reason.OWN_TEXT, Reason.NOT_FOUND]


async def test_every_step_of_staff_is_in_the_history_with_who_took_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await staff_of(db, home, now)
        proposal = await a_proposal(db, aigul, home, now)
        for state in (State.UNDER_REVIEW, State.ACCEPTED, State.INCLUDED, State.IN_PROGRESS, State.DONE):
            await deciding.decide(db, proposal.id, state, SAID.get(state, Decision(ky=BECAUSE)), clerk, CLERK, now)
        steps = (await db.scalars(select(ProposalStep).order_by(ProposalStep.id))).all()
        assert [(step.what, step.by_staff) for step in steps] == [
            ("sent", False),
            *((what, True) for what in ("under-review", "accepted", "included", "in-progress", "done")),
        ]
        assert (await get_proposal(db, home.id, proposal.id)).measure == "Чырак орнотуу, 3-бөлүк"
        decided = select(Entry.event).where(Entry.actor_id == clerk.id, Entry.object_id == proposal.id)
        assert list(await db.scalars(decided)) == ["proposal.decided"] * 5


async def test_a_petition_is_hidden_kept_and_taken_down_in_the_same_way(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="500")
        petition = await an_open_petition(db, home, bakyt, now)
        moderator = await staff_of(db, home, now, role=Role.MODERATOR)
        crowd = [await a_resident(db, home, now, address=str(300 + n)) for n in range(4)]
        with pytest.raises(Refused) as no:
            await reports.report(db, bakyt, home, Subject.PETITION, petition.id, Complaint.RUDE, now)
        assert no.value.reason is Reason.OWN_TEXT  # of its own group
        for person in crowd[:3]:
            assert await reports.report(db, person, home, Subject.PETITION, petition.id, Complaint.FALSE, now)
        hidden_at = petition.hidden_at
        assert hidden_at == now
        assert await reported_texts(db, home.id, Subject.PROPOSAL) == {}
        await reports.keep(db, moderator, MODERATOR, Subject.PETITION, petition.id, now)
        await reports.report(db, crowd[3], home, Subject.PETITION, petition.id, Complaint.FALSE, now)
        assert petition.hidden_at is None
        why = Rejection.PERSONAL_DATA
        await reports.remove(db, moderator, MODERATOR, Subject.PETITION, petition.id, why, BECAUSE, now)
        assert (petition.state, petition.rejection, petition.remark) == (PetitionState.TAKEN_DOWN, why, BECAUSE)
        assert await open_reports(db, Subject.PETITION, petition.id) == []
