"""What is stopped for everybody, in a hurry: signing, beginning petitions, making proposals; with a public notice."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox
from civic.events import Event
from civic.people import RIGHTS, Right, Role, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import clean
from civic.stops import Stoppable
from storage.municipalities import Municipality
from storage.people import Person
from storage.staff import holders
from storage.stops import Stop, get_stop, lift_stop, put_stop

NOTICE_MIN, NOTICE_LIMIT = 10, 500
_MAY_STOP = [role for role in Role if Right.STOP in RIGHTS[role]]


def _may_stop(home: Municipality, by: Person, roles: frozenset[Role]) -> None:
    refuse(why_not_may(roles, Right.STOP))
    if by.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)


async def stop(
    db: AsyncSession,
    home: Municipality,
    what: Stoppable,
    notice: tuple[str, str],
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> Stop:
    """Nobody can do it from now on; whoever tries reads the notice (Kyrgyz, and Russian where there is one). The other
    staff who may stop get a letter. Refused: NOT_YOURS, NOT_FOUND, TOO_SHORT, TOO_LONG, STOPPED_ALREADY."""
    _may_stop(home, by, roles)
    ky, ru = (clean(each) for each in notice)
    if len(ky) < NOTICE_MIN:
        raise Refused(Reason.TOO_SHORT, least=NOTICE_MIN)
    if max(len(ky), len(ru)) > NOTICE_LIMIT:
        raise Refused(Reason.TOO_LONG, most=NOTICE_LIMIT, is_now=max(len(ky), len(ru)))
    number = await put_stop(db, home.id, what, (ky, ru), by.id, now)
    if number is None:
        raise Refused(Reason.STOPPED_ALREADY)
    await _tell(db, Event.STOPPED, "stop-set", home, what, number, by, now)
    return await get_stop(db, home.id, number)


async def lift(
    db: AsyncSession, home: Municipality, what: Stoppable, by: Person, roles: frozenset[Role], now: datetime
) -> Stop:
    """It goes on. The other staff who may stop get a letter. Refused: NOT_YOURS, NOT_FOUND, LIFTED_ALREADY."""
    _may_stop(home, by, roles)
    number = await lift_stop(db, home.id, what, by.id, now)
    if number is None:
        raise Refused(Reason.LIFTED_ALREADY)
    await _tell(db, Event.STOP_LIFTED, "stop-lifted", home, what, number, by, now)
    return await get_stop(db, home.id, number)


async def _tell(
    db: AsyncSession,
    event: Event,
    letter: str,
    home: Municipality,
    what: Stoppable,
    number: int,
    by: Person,
    now: datetime,
) -> None:
    journal.write(db, event, now, municipality=home.id, actor=by.id, object_id=number, what=what.value)
    others = [person for person in await holders(db, home.id, _MAY_STOP) if person.id != by.id]
    once = f"{letter}:{number}"
    await outbox.post(db, others, letter, once=once, municipality=home.id, now=now, stop=number)
