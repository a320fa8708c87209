"""On which days does a municipality not work? Staff enter holidays that move and working days that were transferred."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from civic.events import Event
from civic.people import Right, Role, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import clean
from civic.workdays import why_not_working
from storage.municipalities import Municipality
from storage.people import Person
from storage.workdays import YEARS, DayException, put_exception

NAME_LIMIT = 120


def _may_keep(municipality_id: int, by: Person, roles: frozenset[Role]) -> None:
    refuse(why_not_may(roles, Right.ANSWER))
    if by.municipality_id != municipality_id:
        raise Refused(Reason.NOT_FOUND)


async def set_day(
    db: AsyncSession,
    home: Municipality,
    day: date,
    name: tuple[str, str],
    by: Person,
    roles: frozenset[Role],
    now: datetime,
    *,
    works: bool,
) -> DayException:
    """The day is a day off, or a working one, from now on, with its name in Kyrgyz and Russian; what was said of it
    before is replaced. Terms that run already keep the day they were given. Refused: NOT_YOURS, NOT_FOUND, WRONG_DAY
    beyond the years of the calendar, WORKS_ANYWAY, TOO_SHORT, TOO_LONG."""
    _may_keep(home.id, by, roles)
    if day.year not in YEARS:
        raise Refused(Reason.WRONG_DAY, first=f"01.01.{YEARS[0]}", last=f"31.12.{YEARS[-1]}")
    if works:
        refuse(why_not_working(day))
    ky, ru = (clean(each) for each in name)
    if len(ky) < 2:
        raise Refused(Reason.TOO_SHORT, least=2)
    if max(len(ky), len(ru)) > NAME_LIMIT:
        raise Refused(Reason.TOO_LONG, most=NAME_LIMIT, is_now=max(len(ky), len(ru)))
    kept = await put_exception(db, home.id, day, (ky, ru), works=works)
    _write(db, Event.DAY_SET, kept, by, now)
    return kept


async def remove_day(db: AsyncSession, kept: DayException, by: Person, roles: frozenset[Role], now: datetime) -> None:
    """The day is again what the week and the fixed holidays say. Refused: NOT_YOURS, NOT_FOUND."""
    _may_keep(kept.municipality_id, by, roles)
    _write(db, Event.DAY_REMOVED, kept, by, now)
    await db.delete(kept)
    await db.flush()


def _write(db: AsyncSession, event: Event, kept: DayException, by: Person, now: datetime) -> None:
    day, works = kept.day.isoformat(), kept.works
    journal.write(
        db, event, now, municipality=kept.municipality_id, actor=by.id, object_id=kept.id, day=day, works=works
    )
