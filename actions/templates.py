"""Write, change and put away answers that staff use again and again."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from actions.proposals.telling import fitting
from civic.events import Event
from civic.people import Right, Role, refuse, why_not_may
from civic.proposals import ANSWER, LEAST
from civic.refusals import Reason, Refused
from storage.municipalities import Municipality
from storage.people import Person
from storage.templates import AnswerTemplate, templates_of

TITLE = 60  # characters
MOST = 50  # of one municipality: more nobody reads through


async def write(
    db: AsyncSession,
    home: Municipality,
    template: AnswerTemplate | None,
    title: str,
    ky: str,
    ru: str,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> AnswerTemplate:
    """A new template, or new words for one. Refused: NOT_YOURS, NOT_FOUND, TOO_SHORT, TOO_LONG, TOO_MANY_LINES for the
    fifty-first."""
    refuse(why_not_may(roles, Right.ANSWER))
    if by.municipality_id != home.id or (template is not None and template.municipality_id != home.id):
        raise Refused(Reason.NOT_FOUND)
    if template is None:
        there = len(await templates_of(db, home.id))
        if there >= MOST:
            raise Refused(Reason.TOO_MANY_LINES, most=MOST, is_now=there + 1)
        template = AnswerTemplate(municipality_id=home.id)
        db.add(template)
    template.title = fitting(title, least=2, most=TITLE)
    template.words_ky = fitting(ky, least=LEAST, most=ANSWER)
    template.words_ru = fitting(ru, least=0, most=ANSWER)
    template.made_by, template.made_at, template.removed_at = by.id, now, None
    await db.flush()
    journal.write(db, Event.TEMPLATE_WRITTEN, now, municipality=home.id, actor=by.id, object_id=template.id)
    return template


def put_away(
    db: AsyncSession, template: AnswerTemplate, by: Person, roles: frozenset[Role], now: datetime, *, away: bool
) -> None:
    """It is offered no more, or again. Refused: NOT_YOURS, NOT_FOUND."""
    refuse(why_not_may(roles, Right.ANSWER))
    if template.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    template.removed_at = now if away else None
    journal.write(
        db, Event.TEMPLATE_WRITTEN, now, municipality=template.municipality_id, actor=by.id, object_id=template.id
    )
