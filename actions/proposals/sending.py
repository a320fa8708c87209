"""How does a proposal reach the municipality, by the bot or by staff who enter it, and how is it taken back?"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.proposals import clock, telling
from civic.events import Event
from civic.people import Right, Role, refuse, why_not_may
from civic.proposals import (
    AT_ONCE,
    CALLER,
    DAY,
    LEAST,
    MOST,
    PHOTOS,
    REASON_LEAST,
    REASON_MOST,
    CameBy,
    ForWhom,
    State,
    why_cannot_propose,
    why_cannot_withdraw,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean, fold
from civic.stops import Stoppable
from storage.issues import get_issue
from storage.municipalities import Municipality, get_street, get_village
from storage.people import Person
from storage.proposals import Proposal, ProposalFile, ProposalNumber, proposal_to_change, proposed_since
from storage.stops import stop_of
from storage.vault import Vault
from storage.workdays import workdays_of


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody proposes. `issue` None is «other»: staff sort it. `photos` and `voice` are keys of kept files."""

    text: str
    language: str
    issue: int | None = None
    village: int | None = None
    street: int | None = None
    location: tuple[float, float] | None = None
    for_whom: ForWhom | None = None
    photos: tuple[str, ...] = field(default=())
    voice: str | None = None


def _next_number(dialect: object) -> object:
    new = dialect.insert(ProposalNumber)  # type: ignore[attr-defined]
    return new.on_conflict_do_update(
        index_elements=["municipality_id"], set_={"last": ProposalNumber.last + 1}
    ).returning(ProposalNumber.last)


_NUMBER = {name: _next_number(dialect) for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))}


async def send(db: AsyncSession, person: Person, home: Municipality, said: Said, now: datetime) -> Proposal:
    """The person proposes something to their municipality. Refused: NOT_FOUND for whatever is of elsewhere, STOPPED,
    what `why_cannot_propose` says, TOO_SHORT, TOO_LONG."""
    await check(db, person, home, now)
    proposal = await _new(db, home, said, now)
    proposal.author_id = person.id
    await db.flush()
    await _arrived(db, proposal, said, now, person, by_staff=False)
    await clock.tell_of_new(db, home, person, today_of(home, now), now)
    telling.note(db, proposal, Event.PROPOSAL_SENT, now, person, number=proposal.number)
    return proposal


async def enter(
    db: AsyncSession,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    said: Said,
    came_by: CameBy,
    caller: str,
    now: datetime,
    *,
    vault: Vault,
) -> Proposal:
    """Staff enter what somebody said by phone, at the desk or on paper. `caller`, a name and a phone, is kept sealed,
    so that they can be answered. Refused: NOT_YOURS, NOT_FOUND, WRONG_KIND for the bot as a way, TOO_SHORT,
    TOO_LONG."""
    refuse(why_not_may(roles, Right.DESK))
    if by.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    if came_by is CameBy.BOT:
        raise Refused(Reason.WRONG_KIND)
    caller = telling.fitting(caller, least=0, most=CALLER)
    proposal = await _new(db, home, said, now)
    proposal.came_by, proposal.entered_by = came_by, by.id
    proposal.caller_sealed = vault.seal(caller) if caller else None
    await db.flush()
    await _arrived(db, proposal, said, now, by, by_staff=True)
    await clock.tell_of_new(db, home, by, today_of(home, now), now)
    telling.note(db, proposal, Event.PROPOSAL_ENTERED, now, by, number=proposal.number, came_by=came_by.value)
    return proposal


async def check(db: AsyncSession, person: Person, home: Municipality, now: datetime) -> None:
    """Whether the person may propose something there now: to be asked before anything is written. Refused: NOT_FOUND,
    STOPPED, what `why_cannot_propose` says."""
    refuse(why_cannot_propose(person))
    if person.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    stop = await stop_of(db, home.id, Stoppable.PROPOSALS)
    if stop is not None:
        raise Refused(Reason.STOPPED, notice=stop.notice(person.language))
    in_a_day = await proposed_since(db, person.id, now - DAY)
    refuse(why_cannot_propose(person, in_a_day=in_a_day, at_once=await proposed_since(db, person.id, now - AT_ONCE)))


async def _new(db: AsyncSession, home: Municipality, said: Said, now: datetime) -> Proposal:
    if said.issue is not None:
        await get_issue(db, home.id, said.issue)
    if said.village is not None:
        await get_village(db, home.id, said.village)
    if said.street is not None and (await get_street(db, home.id, said.street)).village_id != said.village:
        raise Refused(Reason.NOT_FOUND)
    text = telling.fitting(said.text, least=LEAST, most=MOST)
    days = await workdays_of(db, home.id)
    latitude, longitude = said.location or (None, None)
    number = await db.scalar(_NUMBER[db.get_bind().dialect.name].values(municipality_id=home.id, last=1))  # type: ignore[attr-defined]
    proposal = Proposal(
        municipality_id=home.id,
        number=number,
        issue_id=said.issue,
        text=text,
        language=said.language,
        village_id=said.village,
        street_id=said.street,
        latitude=latitude,
        longitude=longitude,
        for_whom=said.for_whom,
        came_by=CameBy.BOT,
        found_by=findable(text),
        created_at=now,
        changed_at=now,
        state=State.SENT,
        register_until=days.after(today_of(home, now), home.settings.appeal_register_working_days),
        support_count=0,
    )
    db.add(proposal)
    return proposal


async def _arrived(
    db: AsyncSession, proposal: Proposal, said: Said, now: datetime, by: Person, *, by_staff: bool
) -> None:
    files = [(key, False) for key in dict.fromkeys(said.photos[:PHOTOS])]
    files += [(said.voice, True)] if said.voice is not None and said.voice not in said.photos else []
    for key, is_voice in files:
        db.add(
            ProposalFile(
                municipality_id=proposal.municipality_id, proposal_id=proposal.id, file_id=key, is_voice=is_voice
            )
        )
    await telling.step(db, proposal, State.SENT.value, now, by=by, by_staff=by_staff, told=False)


def findable(text: str) -> str:
    """The folded words by which search finds a proposal."""
    return " ".join(sorted({piece for piece in fold(text).split() if len(piece) > 1}))


async def withdraw(db: AsyncSession, person: Person, proposal_id: int, words: str, now: datetime) -> Proposal:
    """Its author takes a proposal back and says why; supporters are told. Refused: NOT_FOUND, NOT_YOURS, PROPOSAL_OVER,
    TOO_SHORT, TOO_LONG."""
    proposal = await proposal_to_change(db, person.municipality_id, proposal_id)
    refuse(why_cannot_withdraw(proposal, person))
    words = telling.fitting(clean(words), least=REASON_LEAST, most=REASON_MOST)
    proposal.state = State.WITHDRAWN
    await telling.step(
        db, proposal, State.WITHDRAWN.value, now, by=person, words=telling.in_language(words, person.language)
    )
    telling.note(db, proposal, Event.PROPOSAL_WITHDRAWN, now, person)
    return proposal
