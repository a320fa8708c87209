"""Who is told how a petition goes on, and what is written down about it?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox
from civic.events import Event
from civic.people import RIGHTS, Right, Role, refuse, why_not_may
from civic.petitions import is_of_group_only, is_own_rejection
from civic.refusals import Reason, Refused
from storage.people import Person
from storage.petitions import (
    Petition,
    PetitionStep,
    people_of_group,
    people_who_follow,
    people_who_signed,
)
from storage.staff import holders


def may_act(petition: Petition, by: Person, roles: frozenset[Role], right: Right) -> None:
    """Refused: NOT_YOURS without the right, NOT_FOUND for a petition of another municipality, and for one that
    was never sent."""
    refuse(why_not_may(roles, right))
    if petition.municipality_id != by.municipality_id or is_of_group_only(petition):
        raise Refused(Reason.NOT_FOUND)


def note(
    db: AsyncSession,
    petition: Petition,
    event: Event,
    now: datetime,
    by: Person | None,
    **details: str | int | bool | list[str] | None,
) -> None:
    """An entry in the journal about the petition."""
    journal.write(
        db,
        event,
        now,
        municipality=petition.municipality_id,
        actor=by.id if by is not None else None,
        object_id=petition.id,
        **details,
    )


def step(
    db: AsyncSession,
    petition: Petition,
    what: str,
    now: datetime,
    *,
    words: str = "",
    by: Person | None = None,
    by_staff: bool = False,
) -> None:
    """A step of the petition's way that everybody reads."""
    petition.changed_at = now
    db.add(
        PetitionStep(
            municipality_id=petition.municipality_id,
            petition_id=petition.id,
            at=now,
            what=what,
            words=words,
            by=by.id if by is not None else None,
            by_staff=by_staff,
        )
    )


async def tell(
    db: AsyncSession, petition: Petition, people: Iterable[Person], key: str, *, once: str, now: datetime, **told: Any
) -> None:
    """A letter about the petition to each of them, once for that fact."""
    await outbox.post(
        db,
        people,
        key,
        once=f"petition-{petition.id}-{once}",
        municipality=petition.municipality_id,
        now=now,
        petition=petition.id,
        **told,
    )


async def tell_group(
    db: AsyncSession,
    petition: Petition,
    key: str,
    *,
    once: str,
    now: datetime,
    besides: Person | None = None,
    **told: Any,
) -> None:
    """A letter to the members of the group, except to who did it."""
    people = [each for each in await people_of_group(db, petition.id) if besides is None or each.id != besides.id]
    await tell(db, petition, people, key, once=once, now=now, **told)


async def tell_followers(
    db: AsyncSession, petition: Petition, key: str, *, once: str, now: datetime, **told: Any
) -> None:
    """A letter to the members of the group and to whoever follows the petition."""
    await tell(db, petition, await people_of_group(db, petition.id), key, once=once, now=now, **told)
    await tell(db, petition, await people_who_follow(db, petition.id), key, once=once, now=now, **told)


async def tell_everybody(
    db: AsyncSession, petition: Petition, key: str, *, once: str, now: datetime, **told: Any
) -> None:
    """A letter to the group, the followers and everybody who signed; nobody gets two."""
    await tell_followers(db, petition, key, once=once, now=now, **told)
    await tell(db, petition, await people_who_signed(db, petition.id), key, once=once, now=now, **told)


async def tell_staff(
    db: AsyncSession, petition: Petition, right: Right, key: str, *, once: str, now: datetime, **told: Any
) -> None:
    """A letter to everybody of the municipality whose role carries the right."""
    roles = [role for role in Role if right in RIGHTS[role]]
    people = await holders(db, petition.municipality_id, roles)
    await tell(db, petition, people, key, once=once, now=now, **told)


_RUNGS = ((Role.CLERK, Role.MODERATOR), (Role.HEAD,), (Role.ADMIN,))


async def tell_workers(
    db: AsyncSession,
    petition: Petition,
    right: Right,
    key: str,
    *,
    head_too: bool,
    once: str,
    now: datetime,
    **told: Any,
) -> None:
    """A letter to those who do the work and can: clerks and moderators with that right, the head only where nobody else
    has it, an administrator where there is no head. `head_too` adds whoever stands above them. Nobody is told of an
    appeal against their own decision."""
    rungs = []
    for roles in _RUNGS:
        people = await holders(db, petition.municipality_id, [role for role in roles if right in RIGHTS[role]])
        able = [each for each in people if not is_own_rejection(petition, each.id)]
        if able:
            rungs.append(able)
    people_told = {each.id: each for rung in rungs[: 2 if head_too else 1] for each in rung}
    await tell(db, petition, people_told.values(), key, once=once, now=now, **told)


def reason_of(words: str, *, least: int, most: int) -> str:
    """The words of a reason. Refused: TOO_SHORT (no final status without words, Typical Plan 1.4), TOO_LONG."""
    if len(words) < least:
        raise Refused(Reason.TOO_SHORT, least=least)
    if len(words) > most:
        raise Refused(Reason.TOO_LONG, most=most, is_now=len(words))
    return words
