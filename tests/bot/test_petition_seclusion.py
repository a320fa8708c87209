"""Who reads a petition that was never sent, and what of a hidden one do strangers read?"""

from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import leaving
from bot.spoken import words
from civic.people import Role
from civic.petitions import PetitionKind, State
from civic.refusals import Reason, Refused
from handlers.petitions.desk_presses import ours
from handlers.petitions.presses import EnterPaper, Group, OpenPetition, PetitionDesk, PetitionText
from handlers.table import table
from storage.database import Database
from storage.municipalities import Municipality
from storage.people import accounts_at
from talk.press import Press
from talk.turn import Heard, Links, Turn
from tests.cast import VAULT, a_resident
from tests.petitions import TREES, a_draft, a_named_resident, an_open_petition


async def turn_of(db: AsyncSession, address: str, now: datetime, press: Press | None = None) -> Turn:
    """A turn of whoever is at that address."""
    account = (await accounts_at(db, [("telegram", address)]))["telegram", address]
    heard = Heard(press=press.pack() if press is not None else "")
    turn = Turn(account.person, account, db, now, heard, words(), VAULT, Links("bot"), table.go)
    turn.roles = account.person.roles
    return turn


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
async def test_nobody_outside_the_group_reads_what_was_never_sent(
    database: Database, home: Municipality, now: datetime, state: State
) -> None:
    staff = [Role.ADMIN, Role.HEAD, Role.CLERK, Role.MODERATOR]
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await a_draft(db, home, bakyt, now, members=3)
        for number, role in enumerate(staff):
            await a_resident(db, home, now, address=f"20{number}", role=role)
        petition.state = state
    ways = (OpenPetition(petition.id), Group(petition.id), PetitionText(petition.id), PetitionDesk(petition.id))
    async with database.transaction() as db:
        for number, role in enumerate(staff):
            for way in (*ways, EnterPaper(petition.id)):
                with pytest.raises(Refused) as no:
                    await table.answer(await turn_of(db, f"20{number}", now, way))
                assert no.value.reason in (Reason.NOT_FOUND, Reason.NOT_YOURS, Reason.GROUP_ONLY), (role, way)
            with pytest.raises(Refused) as no:
                await ours(await turn_of(db, f"20{number}", now), petition.id)
            assert no.value.reason is Reason.NOT_FOUND
        shown = await table.answer(await turn_of(db, "102", now, ways[0]))
        assert TREES.title in shown.title


async def test_staff_read_what_was_sent_and_withdrawn_after_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await a_draft(db, home, bakyt, now, members=3)
        petition.state, petition.decided_at = State.RETURNED, now
        await a_resident(db, home, now, address="200", role=Role.CLERK)
        await leaving.forget(db, bakyt, now)
        petition.state = State.WITHDRAWN
    async with database.transaction() as db:
        _, found = await ours(await turn_of(db, "200", now), petition.id)
        assert found.id == petition.id


async def test_the_place_of_a_hidden_request_is_hidden_too(
    database: Database, home: Municipality, now: datetime
) -> None:
    insult = "Акмактын үйүнүн алдында"
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now, kind=PetitionKind.ASSEMBLY)
        petition.about = {"place": insult, "people": "30"}
        await a_resident(db, home, now, address="104")
        await a_resident(db, home, now, address="105", role=Role.MODERATOR)
    for hidden, who, reads in ((False, "104", True), (True, "104", False), (True, "105", True), (True, "102", True)):
        async with database.transaction() as db:
            petition = await db.merge(petition)
            petition.hidden_at = now if hidden else None
            for way in (OpenPetition(petition.id), Group(petition.id)):
                shown = await table.answer(await turn_of(db, who, now, way))
                assert (insult in [fact.value for fact in shown.facts]) is reads, (hidden, who, way)
