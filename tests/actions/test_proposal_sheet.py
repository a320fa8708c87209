"""Does the register of proposals come back as it went, and does a filled-in one do what the chat does?"""

from datetime import datetime

import pytest
from sqlalchemy import select

from actions import proposal_sheet
from actions.proposals import deciding, sending
from bot.spoken import words
from civic.people import Role
from civic.proposals import State
from civic.refusals import Refused
from civic.sheets import BadSheet, Flaw
from exports.sheet_reading import read
from exports.sheets import Row, as_xlsx
from handlers.proposals.register_sheet import register_words
from storage.database import Database
from storage.municipalities import Municipality
from storage.proposals import Proposal, every_proposal, steps_of_proposal
from tests.cast import a_resident

CLERK = frozenset({Role.CLERK})
WORDS = register_words(words())
HOSTILE = "=cmd|' /C calc'!A1 жол оңдолсун"


async def some(database: Database, home: Municipality, now: datetime) -> None:
    """Two proposals, one of which looks like a formula."""
    async with database.transaction() as db:
        author = await a_resident(db, home, now, address="101")
        for text in (HOSTILE, "Мектептин алдына жарык чырак орнотулсун"):
            await sending.send(db, author, home, sending.Said(text, "ky"), now)
        await a_resident(db, home, now, address="103", role=Role.CLERK)


def filled(given: list[Row], **cells: str) -> bytes:
    """The sheet with the first proposal's row filled in."""
    given[0] = Row({**given[0].cells, **cells}, given[0].locked)
    return as_xlsx(proposal_sheet.columns(WORDS), given, "ky", "Реестр")


async def test_the_register_comes_back_unchanged_and_changes_nothing(
    database: Database, home: Municipality, now: datetime
) -> None:
    await some(database, home, now)
    async with database.transaction() as db:
        given = await proposal_sheet.give(db, home, WORDS, "ky")
        content = filled(given)
        assert read(content, "x.xlsx", proposal_sheet.columns(WORDS)).rows[0].cells["text"] == HOSTILE
        rows, mark = await proposal_sheet.plan(db, home, content, "x.xlsx", WORDS)
        assert rows == []
        assert mark == proposal_sheet.seen(await every_proposal(db, home.id))


async def test_what_is_filled_in_is_done_as_in_the_chat(database: Database, home: Municipality, now: datetime) -> None:
    await some(database, home, now)
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, address="105", role=Role.CLERK)
        content = filled(
            await proposal_sheet.give(db, home, WORDS, "ky"),
            registry_no="С-1",
            issue="Муниципалдык жолдор",
            decision="Четке кагылды",
            answer_ky="Быйыл каражат каралган эмес.",
        )
        rows, _ = await proposal_sheet.plan(db, home, content, "x.xlsx", WORDS)
        assert await proposal_sheet.apply(db, home, rows, clerk, CLERK, now, now.date()) == 1
        first, second = await every_proposal(db, home.id)
        assert (first.registry_no, first.state, first.answer_ky) == (
            "С-1",
            State.REJECTED,
            "Быйыл каражат каралган эмес.",
        )
        assert first.issue_id is not None
        assert (second.registry_no, second.state) == (None, State.SENT)


@pytest.mark.parametrize(
    ("cells", "flaw", "key"),
    [
        ({"decision": "Четке кагылды"}, Flaw.EMPTY_CELL, "answer_ky"),
        ({"decision": "Планга киргизилди", "answer_ky": "Киргизилди, рахмат"}, Flaw.EMPTY_CELL, "measure"),
        ({"decision": "Башка орган жооптуу", "answer_ky": "Фонддун иши"}, Flaw.EMPTY_CELL, "competent"),
        ({"decision": "Жөнөтүлдү"}, Flaw.NOT_A_CHOICE, "decision"),
        ({"answer_ky": "Рахмат, карайбыз"}, Flaw.EMPTY_CELL, "decision"),
        ({"issue": "Айда жүрүү"}, Flaw.UNKNOWN_ISSUE, "issue"),
        ({"registry_no": "9" * 61}, Flaw.TOO_LONG, "registry_no"),
    ],
)
async def test_what_is_wrong_is_named_by_its_cell_and_nothing_is_kept(
    database: Database, home: Municipality, now: datetime, cells: dict[str, str], flaw: Flaw, key: str
) -> None:
    await some(database, home, now)
    async with database.transaction() as db:
        content = filled(await proposal_sheet.give(db, home, WORDS, "ky"), **cells)
        with pytest.raises(BadSheet) as bad:
            await proposal_sheet.plan(db, home, content, "x.xlsx", WORDS)
        [fault] = bad.value.faults
        assert (fault.flaw, fault.row, fault.key) == (flaw, 2, key)
        assert set(await db.scalars(select(Proposal.state))) == {State.SENT}


async def test_a_resident_cannot_apply_a_sheet(database: Database, home: Municipality, now: datetime) -> None:
    await some(database, home, now)
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now, address="102")
        content = filled(await proposal_sheet.give(db, home, WORDS, "ky"), registry_no="С-1")
        rows, _ = await proposal_sheet.plan(db, home, content, "x.xlsx", WORDS)
        with pytest.raises(Refused):
            await proposal_sheet.apply(db, home, rows, bakyt, frozenset(), now, now.date())


async def test_the_answer_of_before_is_no_reason_for_another_decision_and_russian_words_are(
    database: Database, home: Municipality, now: datetime
) -> None:
    await some(database, home, now)
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, address="105", role=Role.CLERK)
        first = (await every_proposal(db, home.id))[0]
        accepted = deciding.Decision(ky="Күзүндө коебуз", cost="6 000 сом")
        await deciding.decide(db, first.id, State.ACCEPTED, accepted, clerk, CLERK, now)

        async def planned(**cells: str) -> list[proposal_sheet.Filled]:
            content = filled(await proposal_sheet.give(db, home, WORDS, "ky"), **cells)
            return (await proposal_sheet.plan(db, home, content, "x.xlsx", WORDS))[0]

        with pytest.raises(BadSheet) as bad:
            await planned(decision="Аткарылды")
        assert [(fault.flaw, fault.key) for fault in bad.value.faults] == [(Flaw.EMPTY_CELL, "answer_ky")]
        [included] = await planned(decision="Планга киргизилди", measure="3-чара")
        assert (included.said.ky, included.said.cost) == ("", "")
        rows = await planned(decision="Аткарылды", answer_ky="", answer_ru="Поставили новую")
        await proposal_sheet.apply(db, home, rows, clerk, CLERK, now, now.date())
        step = (await steps_of_proposal(db, first.id))[0]
        assert (step.what, step.words("ky"), first.answer_ky) == ("done", "Поставили новую", "Күзүндө коебуз")


async def test_more_changes_than_one_turn_bears_are_refused_in_words(
    database: Database, home: Municipality, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some(database, home, now)
    monkeypatch.setattr(proposal_sheet, "MOST_CHANGES", 1)
    async with database.transaction() as db:
        given = await proposal_sheet.give(db, home, WORDS, "ky")
        given[1] = Row({**given[1].cells, "registry_no": "С-2"}, given[1].locked)
        with pytest.raises(BadSheet) as bad:
            await proposal_sheet.plan(db, home, filled(given, registry_no="С-1"), "x.xlsx", WORDS)
        assert [(fault.flaw, fault.details) for fault in bad.value.faults] == [
            (Flaw.TOO_MANY_CHANGES, {"most": 1, "is_now": 2})
        ]
        rows, _ = await proposal_sheet.plan(
            db, home, filled(await proposal_sheet.give(db, home, WORDS, "ky"), registry_no="С-1"), "x.xlsx", WORDS
        )
        assert len(rows) == 1
