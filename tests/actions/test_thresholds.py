"""The municipality adopts how many signatures a petition needs."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from actions import thresholds
from actions.petitions import deciding
from civic.events import Event
from civic.people import Role
from civic.petitions import State
from civic.refusals import Reason, Refused
from civic.thresholds import Consequence, Formula
from storage.database import Database
from storage.journal import entries_about
from storage.municipalities import Municipality, Village, villages
from storage.petitions import Petition
from storage.thresholds import get_rule, rule_on, rules_of
from tests.cast import a_resident
from tests.petitions import TREES, a_draft, a_named_resident, checked

ADMIN = frozenset({Role.ADMIN})
ACT = "Кеңештин токтому № 14"
ANSWER = [Formula(Consequence.ANSWER, 100)]
BOTH = [Formula(Consequence.ANSWER, 50, 10), Formula(Consequence.KENESH, 300)]
TODAY = date(2026, 5, 4)
JUNE = date(2026, 6, 1)


async def test_a_rule_holds_from_its_day_on_and_the_one_before_until_then(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        assert await rule_on(db, home.id, TODAY) is None
        first = await thresholds.adopt(db, home, ANSWER, TODAY, ACT, admin, ADMIN, now)
        second = await thresholds.adopt(db, home, BOTH, JUNE, "Токтом № 20", admin, ADMIN, now)
        days = (TODAY - timedelta(days=1), TODAY, JUNE - timedelta(days=1), JUNE, JUNE + timedelta(days=900))
        held = [await rule_on(db, home.id, day) for day in days]
        assert held == [None, first, first, second, second]
        assert second.formula_list == tuple(BOTH)
        written = await entries_about(db, home.id, [Event.RULE_ADOPTED])
        assert written[0].details == {"from_on": "2026-06-01", "answer": "50/10", "kenesh": "300/0"}


async def test_the_day_is_the_one_in_the_municipality(database: Database, home: Municipality, now: datetime) -> None:
    late = now.replace(hour=19)  # 01:00 on 5 May in Bishkek
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        with pytest.raises(Refused) as no:
            await thresholds.adopt(db, home, ANSWER, TODAY, ACT, admin, ADMIN, late)
        assert (no.value.reason, no.value.details["first"]) == (Reason.WRONG_DAY, "05.05.2026")


async def test_only_a_rule_to_come_can_be_withdrawn(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        in_force = await thresholds.adopt(db, home, ANSWER, TODAY, ACT, admin, ADMIN, now)
        coming = await thresholds.adopt(db, home, BOTH, JUNE, ACT, admin, ADMIN, now)
        with pytest.raises(Refused) as no:
            await thresholds.withdraw(db, home, in_force, admin, ADMIN, now)
        assert no.value.reason is Reason.IN_FORCE
        await thresholds.withdraw(db, home, coming, admin, ADMIN, now)
        assert list(await rules_of(db, home.id)) == [in_force]
        assert [entry.event for entry in await entries_about(db, home.id, [Event.RULE_WITHDRAWN])] == [
            Event.RULE_WITHDRAWN
        ]


async def test_a_rule_may_not_be_withdrawn_from_its_first_day_on(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        tomorrow = await thresholds.adopt(db, home, ANSWER, TODAY + timedelta(days=1), ACT, admin, ADMIN, now)
        with pytest.raises(Refused) as no:
            await thresholds.withdraw(db, home, tomorrow, admin, ADMIN, now + timedelta(days=1))
        assert no.value.reason is Reason.IN_FORCE


@pytest.mark.parametrize(
    ("formulas", "from_on", "basis", "reason"),
    [
        (ANSWER, TODAY - timedelta(days=1), ACT, Reason.WRONG_DAY),
        (ANSWER, date(2029, 1, 1), ACT, Reason.WRONG_DAY),
        (ANSWER, TODAY, "№ 1", Reason.TOO_SHORT),
        (ANSWER, TODAY, "№" * 301, Reason.TOO_LONG),
        ([Formula(Consequence.ANSWER, 601)], TODAY, ACT, Reason.OUT_OF_RANGE),  # 14 870 residents: 600 at most
        ([Formula(Consequence.KENESH, 100)], TODAY, ACT, Reason.NOT_A_CHOICE),
    ],
)
async def test_a_rule_that_cannot_be_is_refused(
    database: Database,
    home: Municipality,
    now: datetime,
    formulas: list[Formula],
    from_on: date,
    basis: str,
    reason: Reason,
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        with pytest.raises(Refused) as no:
            await thresholds.adopt(db, home, formulas, from_on, basis, admin, ADMIN, now)
        assert (no.value.reason, list(await rules_of(db, home.id))) == (reason, [])


async def test_two_rules_do_not_begin_on_one_day(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        await thresholds.adopt(db, home, ANSWER, JUNE, ACT, admin, ADMIN, now)
        with pytest.raises(Refused) as no:
            await thresholds.adopt(db, home, BOTH, JUNE, ACT, admin, ADMIN, now)
        assert no.value.reason is Reason.ALREADY_THERE


async def test_only_who_sets_the_municipality_up_adopts_and_withdraws(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        head = await a_resident(db, home, now, address="102", role=Role.HEAD)
        elsewhere = await a_resident(db, town, now, address="103", role=Role.ADMIN)
        coming = await thresholds.adopt(db, home, ANSWER, JUNE, ACT, admin, ADMIN, now)
        for person, roles, reason in (
            (head, frozenset({Role.HEAD}), Reason.NOT_YOURS),
            (elsewhere, ADMIN, Reason.NOT_FOUND),
        ):
            with pytest.raises(Refused) as no:
                await thresholds.adopt(db, home, ANSWER, TODAY, ACT, person, roles, now)
            assert no.value.reason is reason
            with pytest.raises(Refused) as no:
                await thresholds.withdraw(db, home, coming, person, roles, now)
            assert no.value.reason is reason
        with pytest.raises(Refused) as no:
            await get_rule(db, town.id, coming.id)
        assert no.value.reason is Reason.NOT_FOUND
        with pytest.raises(Refused) as no:
            await thresholds.withdraw(db, town, coming, elsewhere, ADMIN, now)
        assert no.value.reason is Reason.NOT_FOUND


async def _opened(
    db: AsyncSession, home: Municipality, now: datetime, *, village: Village | None, on: date
) -> Petition:
    """Somebody's petition for that place, opened on that day."""
    place = f"{village.id if village else 0:02}{on:%m%d}"
    leader = await a_named_resident(db, home, now, address=f"61{place}", name="Бакыт Осмонов")
    staff = await a_resident(db, home, now, address=f"62{place}")
    text = replace(TREES, village=village.id if village else None)
    petition = await a_draft(db, home, leader, now, text=text, members=2)
    petition.state = State.CHECKING
    await checked(db, petition, staff, home, now, on)
    return petition


def _needed(petition: Petition) -> dict[str, int]:
    return {step.consequence.value: step.count for step in petition.thresholds}


async def test_a_petition_needs_its_share_of_the_residents_of_its_village_by_the_rule_of_the_day_it_was_opened(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        home.own_settings = {"petition_group_min": 2}
        admin = await a_resident(db, home, now, role=Role.ADMIN)
        large, small, unknown, *_ = await villages(db, home.id)
        large.population, small.population, unknown.population = 7_050, 30, None
        assert _needed(await _opened(db, home, now, village=large, on=TODAY)) == {"answer": 600}  # nothing is adopted
        assert _needed(await _opened(db, home, now, village=small, on=TODAY)) == {"answer": 30}  # more there are not
        await thresholds.adopt(db, home, BOTH, TODAY + timedelta(days=1), ACT, admin, ADMIN, now)
        on = TODAY + timedelta(days=1)
        whole = await _opened(db, home, now, village=None, on=on)
        first = await _opened(db, home, now, village=large, on=on)
        others = [await _opened(db, home, now, village=place, on=on) for place in (small, unknown)]
        # one per cent of 14 870, of 7 050; fifty at least, where so many live; never over the ladder
        assert [_needed(each) for each in (whole, first, *others)] == [
            {"answer": 149, "kenesh": 300},
            {"answer": 71, "kenesh": 300},
            {"answer": 30, "kenesh": 30},
            {"answer": 50, "kenesh": 300},
        ]
        assert (first.basis, await deciding.residents_of(db, others[1], home)) == (ACT, None)
        await thresholds.adopt(db, home, ANSWER, JUNE, "Токтом № 20", admin, ADMIN, now)
        large.population = 200
        later = await _opened(db, home, now, village=large, on=JUNE)
        assert (_needed(later), later.basis) == ({"answer": 100}, "Токтом № 20")
        await db.flush()
        await db.refresh(first)
        assert (_needed(first), first.basis) == ({"answer": 71, "kenesh": 300}, ACT)  # frozen
