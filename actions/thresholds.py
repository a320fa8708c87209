"""Which rule says how many signatures a petition needs? Adopted from a day on; in force, it is never changed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from actions.founding import may_set_up
from civic.events import Event
from civic.municipalities import local, norm_signatures
from civic.people import Role, refuse
from civic.refusals import Reason, Refused
from civic.spelling import clean
from civic.thresholds import BASIS_LIMIT, LATEST, Formula, why_cannot_adopt, why_not_from
from storage.municipalities import Municipality
from storage.people import Person
from storage.thresholds import PetitionRule, rules_of

BASIS_MIN = 5


def ceiling_of(home: Municipality) -> int:
    """No petition needs more signatures than a norm-making initiative there (docs/law.md#thresholds)."""
    return norm_signatures(home.population, capital=home.capital)


async def adopt(
    db: AsyncSession,
    home: Municipality,
    formulas: Sequence[Formula],
    from_on: date,
    basis: str,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> PetitionRule:
    """A rule that holds from that day on, by that act; petitions whose signing is open keep theirs. Refused:
    NOT_YOURS, NOT_FOUND, NOT_A_CHOICE, OUT_OF_RANGE, WRONG_DAY before today, ALREADY_THERE when a rule begins on that
    day, TOO_SHORT, TOO_LONG."""
    may_set_up(home, by, roles)
    today = local(now, home.time_zone).date()
    refuse(why_cannot_adopt(formulas, ceiling_of(home)), least=1, most=ceiling_of(home))
    refuse(why_not_from(from_on, today), first=f"{today:%d.%m.%Y}", last=f"{today + LATEST:%d.%m.%Y}")
    basis = clean(basis)
    if len(basis) < BASIS_MIN:
        raise Refused(Reason.TOO_SHORT, least=BASIS_MIN)
    if len(basis) > BASIS_LIMIT:
        raise Refused(Reason.TOO_LONG, most=BASIS_LIMIT, is_now=len(basis))
    if any(rule.from_on == from_on for rule in await rules_of(db, home.id)):
        raise Refused(Reason.ALREADY_THERE, said=f"{from_on:%d.%m.%Y}")
    rule = PetitionRule(
        municipality_id=home.id,
        from_on=from_on,
        formulas=[
            {"consequence": each.consequence.value, "minimum": each.minimum, "per_mille": each.per_mille}
            for each in formulas
        ],
        basis=basis,
        made_by=by.id,
        made_at=now,
    )
    db.add(rule)
    await db.flush()
    _write(db, Event.RULE_ADOPTED, rule, by, now)
    return rule


async def withdraw(
    db: AsyncSession, home: Municipality, rule: PetitionRule, by: Person, roles: frozenset[Role], now: datetime
) -> None:
    """A rule that has not begun yet will not begin. Refused: NOT_YOURS, NOT_FOUND, IN_FORCE from its first day on."""
    may_set_up(home, by, roles)
    if rule.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    if rule.from_on <= local(now, home.time_zone).date():
        raise Refused(Reason.IN_FORCE)
    _write(db, Event.RULE_WITHDRAWN, rule, by, now)
    await db.delete(rule)
    await db.flush()


def _write(db: AsyncSession, event: Event, rule: PetitionRule, by: Person, now: datetime) -> None:
    numbers = {each.consequence.value: f"{each.minimum}/{each.per_mille}" for each in rule.formula_list}
    from_on = rule.from_on.isoformat()
    journal.write(
        db, event, now, municipality=rule.municipality_id, actor=by.id, object_id=rule.id, from_on=from_on, **numbers
    )
