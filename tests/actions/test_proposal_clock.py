"""Does an appeal's clock run until it is answered, and does everybody who must act hear of it in time?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.proposals import clock, deciding, merging, supporting
from actions.proposals.deciding import Decision
from civic.moderation import Rejection
from civic.people import Role
from civic.proposals import ANSWER, State, deadline_of, owes_answer
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Person
from storage.proposal_queue import deadline, proposals_with_deadline, queue, queue_counts
from storage.proposals import Proposal, steps_of_proposal
from tests.cast import a_resident
from tests.proposals import CLERK, a_proposal

TODAY = date(2026, 5, 4)
DUE = date(2026, 5, 25)  # 14 working days after the fourth, with a holiday on the fifth
BECAUSE = "Ушул себептен"


async def an_appeal(db: Any, author: Person, clerk: Person, home: Municipality, now: datetime) -> Proposal:
    """A proposal that was registered as an appeal on the day it came."""
    proposal = await a_proposal(db, author, home, now)
    return await deciding.register(db, proposal.id, clerk, CLERK, home, "С-1", TODAY, now, TODAY, as_appeal=True)


async def told(db: Any, key: str) -> list[tuple[int | None, Any]]:
    """Who has letters of that key, and of which proposals and how urgent."""
    letters = (await db.scalars(select(Letter).where(Letter.key == key).order_by(Letter.id))).all()
    return [(each.person_id, (each.arguments.get("stage"), each.arguments.get("proposals"))) for each in letters]


async def test_the_clock_of_an_appeal_ends_with_an_answer_and_with_nothing_else(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await a_resident(db, home, now, address="700", role=Role.CLERK)
        proposal = await an_appeal(db, aigul, clerk, home, now)
        for state, said in (
            (State.IN_PROGRESS, Decision()),  # wordless it would never be answered
            (State.DONE, Decision(file_id="a" * 64)),
        ):
            with pytest.raises(Refused) as no:
                await deciding.decide(db, proposal.id, state, said, clerk, CLERK, now)
            assert no.value.reason is Reason.TOO_SHORT
        await deciding.decide(db, proposal.id, State.UNDER_REVIEW, Decision(), clerk, CLERK, now)
        assert deadline_of(proposal) == DUE
        await deciding.decide(db, proposal.id, State.IN_PROGRESS, Decision(ky=BECAUSE), clerk, CLERK, now)
        assert (deadline_of(proposal), proposal.answer("ky"), proposal.answered_at) == (None, BECAUSE, now)
        await deciding.decide(db, proposal.id, State.DONE, Decision(file_id="a" * 64), clerk, CLERK, now)
        assert proposal.answer("ky") == BECAUSE


async def test_an_appeal_whose_work_began_before_without_a_word_is_overdue_all_the_same(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await a_resident(db, home, now, address="700", role=Role.CLERK)
        proposal = await an_appeal(db, aigul, clerk, home, now)
        proposal.state = State.IN_PROGRESS
        await db.flush()
        assert (deadline_of(proposal), owes_answer(proposal)) == (DUE, True)
        late = await queue(db, "late", home.id, clerk.id, DUE + timedelta(days=1), DUE + timedelta(days=3))
        assert [each.id for each in late] == [proposal.id]


async def test_what_is_looked_at_anew_has_the_whole_term_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await a_resident(db, home, now, address="700", role=Role.CLERK)
        proposal = await an_appeal(db, aigul, clerk, home, now)
        await deciding.decide(db, proposal.id, State.REJECTED, Decision(ky=BECAUSE), clerk, CLERK, now)
        assert deadline_of(proposal) is None
        later = datetime(2026, 6, 15, 6, 0, tzinfo=UTC)
        await deciding.decide(db, proposal.id, State.UNDER_REVIEW, Decision(ky=BECAUSE), clerk, CLERK, later)
        assert (deadline_of(proposal), proposal.warned) == (date(2026, 7, 3), 0)


async def test_an_appeal_that_is_merged_takes_its_term_with_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        clerk = await a_resident(db, home, now, address="700", role=Role.CLERK)
        into = await a_proposal(db, bakyt, home, now)
        gone = await an_appeal(db, aigul, clerk, home, now)
        await merging.merge(db, gone.id, into.id, {"ky": BECAUSE}, clerk, CLERK, now)
        assert (deadline_of(gone), into.is_appeal, into.due_on) == (None, True, DUE)
        later = TODAY + timedelta(days=7)
        await deciding.register(db, into.id, clerk, CLERK, home, "С-2", later, now, later, as_appeal=False)
        assert deadline_of(into) == DUE


async def test_the_database_reads_the_same_deadline_as_the_rule(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        authors = [await a_resident(db, home, now, address=str(300 + n)) for n in range(20)]
        made = 0
        for state in State:
            for registry, appeal, answered, removed in (
                (None, False, None, None),
                ("1", False, None, None),
                ("1", True, None, None),
                (None, True, None, None),
                ("1", True, now, None),
                (None, True, None, Rejection.INSULTING),
            ):
                proposal = await a_proposal(db, authors[made // 4], home, now + timedelta(hours=made % 4))
                proposal.state, proposal.registry_no, proposal.is_appeal = state, registry, appeal
                proposal.answered_at, proposal.removed_because = answered, removed
                proposal.due_on = TODAY + timedelta(days=made % 5 - 1) if appeal else None
                made += 1
        await db.flush()
        rows = (await db.execute(select(Proposal, deadline))).all()
        assert len(rows) == made
        assert [(each.id, until) for each, until in rows] == [(each.id, deadline_of(each)) for each, _ in rows]
        near = TODAY + timedelta(days=2)
        counts = await queue_counts(db, home.id, 1, TODAY, near)
        for what, count in counts.items():
            listed = await queue(db, what, home.id, 1, TODAY, near, limit=1_000)
            assert len(listed) == count, what
        late = await queue(db, "late", home.id, 1, TODAY, near, limit=1_000)
        due = await queue(db, "due", home.id, 1, TODAY, near, limit=1_000)
        soon = await proposals_with_deadline(db, home.id, near)
        assert sorted(each.id for each in (*late, *due)) == [each.id for each in soon]
        order = [deadline_of(each) for each in await queue(db, "all", home.id, 1, TODAY, near, limit=1_000)]
        dated = [day for day in order if day is not None]
        assert order == sorted(dated) + [None] * (len(order) - len(dated))


async def test_staff_hear_once_a_day_that_something_new_came(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, address="700", role=Role.CLERK)
        await a_resident(db, home, now, address="701", role=Role.HEAD)
        await a_resident(db, home, now, address="702", role=Role.DEPUTY)
        await a_resident(db, town, now, address="703", role=Role.CLERK)
        aigul = await a_resident(db, home, now)
        for hours in (0, 1, 2):
            await a_proposal(db, aigul, home, now + timedelta(hours=hours))
        assert [who for who, _ in await told(db, "proposals-new")] == [clerk.id]  # the head has clerks for that
        await a_proposal(db, aigul, home, now + timedelta(days=1))
        assert [who for who, _ in await told(db, "proposals-new")] == [clerk.id] * 2


async def test_clerks_are_warned_before_the_head_and_the_author_hears_that_it_is_overdue(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, address="700", role=Role.CLERK)
        head = await a_resident(db, home, now, address="701", role=Role.HEAD)
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        first = await an_appeal(db, aigul, clerk, home, now)
        second = await an_appeal(db, bakyt, clerk, home, now)
        done = await an_appeal(db, bakyt, clerk, home, now)
        await deciding.decide(db, done.id, State.REJECTED, Decision(ky=BECAUSE), clerk, CLERK, now)
        assert await clock.warn_of_deadlines(db, now) == 0
        heard: list[Any] = []
        for day in (20, 21, 22, 25, 26, 27):  # the 23rd and 24th are a weekend
            at = datetime(2026, 5, day, 6, 0, tzinfo=UTC)
            await clock.warn_of_deadlines(db, at)
            await clock.warn_of_deadlines(db, at + timedelta(hours=1))
            heard.append(day)
            heard += [
                (who, stage, numbers)
                for who, (stage, numbers) in (await told(db, "proposals-due"))[
                    len([x for x in heard if type(x) is tuple]) :
                ]
            ]
        both = [first.id, second.id]
        assert heard == [
            20,
            21,
            (clerk.id, 1, both),
            22,
            25,
            (clerk.id, 2, both),
            26,
            (clerk.id, 3, both),
            (head.id, 3, both),
            27,
        ]
        assert (await steps_of_proposal(db, first.id))[0].what == "overdue"
        overdue = (await steps_of_proposal(db, first.id))[0]
        letters = select(Letter.person_id).where(Letter.once.startswith(f"proposal-step-{overdue.id}:"))
        assert list(await db.scalars(letters)) == [aigul.id]


async def test_whose_it_is_to_answer_hears_alone_and_registering_is_asked_for_on_its_last_day(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, address="700", role=Role.CLERK)
        other = await a_resident(db, home, now, address="704", role=Role.CLERK)
        head = await a_resident(db, home, now, address="701", role=Role.HEAD)
        aigul = await a_resident(db, home, now)
        mine = await an_appeal(db, aigul, clerk, home, now)
        await deciding.assign(db, mine.id, other.id, clerk, CLERK, now)
        fresh = await a_proposal(db, aigul, home, now)  # to be registered until the sixth
        await clock.warn_of_deadlines(db, now)
        assert await told(db, "proposals-due") == []
        await clock.warn_of_deadlines(db, datetime(2026, 5, 6, 6, 0, tzinfo=UTC))
        assert await told(db, "proposals-due") == [(clerk.id, (2, [fresh.id])), (other.id, (2, [fresh.id]))]
        await deciding.register(db, fresh.id, clerk, CLERK, home, "С-9", TODAY, now, TODAY, as_appeal=False)
        await clock.warn_of_deadlines(db, datetime(2026, 5, 21, 6, 0, tzinfo=UTC))
        assert (await told(db, "proposals-due"))[2:] == [(other.id, (1, [mine.id]))]
        await clock.warn_of_deadlines(db, datetime(2026, 5, 30, 6, 0, tzinfo=UTC))
        assert (await told(db, "proposals-due"))[3:] == [(other.id, (3, [mine.id])), (head.id, (3, [mine.id]))]


async def test_every_decision_takes_as_many_words_as_a_prepared_answer_has(
    database: Database, home: Municipality, now: datetime
) -> None:
    long = "а" * ANSWER
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await a_resident(db, home, now, address="700", role=Role.CLERK)
        proposal = await a_proposal(db, aigul, home, now)
        for state in set(State) - {State.SENT, State.REGISTERED, State.DUPLICATE, State.WITHDRAWN}:
            proposal.state = State.UNDER_REVIEW if state is not State.UNDER_REVIEW else State.SENT
            said = Decision(ky=long, ru=long, measure=BECAUSE, competent=BECAUSE)
            await deciding.decide(db, proposal.id, state, said, clerk, CLERK, now)
            assert proposal.state is state


async def test_included_in_the_plan_keeps_what_was_answered_before(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, clerk = await a_resident(db, home, now), await a_resident(db, home, now, address="700", role=Role.CLERK)
        proposal = await a_proposal(db, aigul, home, now)
        said = Decision(ky="Коебуз", ru="Поставим", cost="350 000 сом", period="2026", file_id="a" * 64)
        await deciding.decide(db, proposal.id, State.ACCEPTED, said, clerk, CLERK, now)
        later = now + timedelta(days=3)
        await deciding.decide(db, proposal.id, State.INCLUDED, Decision(measure="3-чара"), clerk, CLERK, later)
        kept = (proposal.answer_ky, proposal.answer_ru, proposal.cost, proposal.period, proposal.answer_file_id)
        assert kept == ("Коебуз", "Поставим", "350 000 сом", "2026", "a" * 64)
        assert (proposal.answered_at, proposal.measure) == (now, "3-чара")
        steps = await steps_of_proposal(db, proposal.id)
        assert [(step.what, step.words("ky"), step.cost, step.period) for step in steps[:2]] == [
            ("included", "3-чара", "", ""),
            ("accepted", "Коебуз", "350 000 сом", "2026"),
        ]
        anew = Decision(ky="Каражат табылды", cost="400 000 сом")
        await deciding.decide(db, proposal.id, State.UNDER_REVIEW, Decision(ky=BECAUSE), clerk, CLERK, later)
        await deciding.decide(db, proposal.id, State.ACCEPTED, anew, clerk, CLERK, later)
        assert (proposal.answer_ru, proposal.cost, proposal.period, proposal.answer_file_id) == (
            "",
            "400 000 сом",
            "",
            None,
        )


async def test_the_author_of_the_one_that_stays_is_told_of_a_merger_and_nobody_twice(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt, emma = [await a_resident(db, home, now, address=str(101 + n)) for n in range(3)]
        clerk = await a_resident(db, home, now, address="700", role=Role.CLERK)
        into, gone = await a_proposal(db, aigul, home, now), await a_proposal(db, bakyt, home, now)
        await supporting.support(db, emma, into.id, now)
        await merging.merge(db, gone.id, into.id, {"ky": BECAUSE}, clerk, CLERK, now)
        took_in, merged = [(await steps_of_proposal(db, each.id))[0] for each in (into, gone)]
        found = [
            set(await db.scalars(select(Letter.person_id).where(Letter.once.startswith(f"proposal-step-{step.id}:"))))
            for step in (took_in, merged)
        ]
        assert found == [{aigul.id, emma.id}, {bakyt.id}]
