"""Signatures that were given on paper: sheets with their photo, lines keyed in, what repeats shown before it counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.petitions import counting, telling
from actions.petitions.signing import NAME_LIMIT, name_key
from civic.events import Event
from civic.people import Right, Role, may, refuse
from civic.petitions import (
    BEFORE_HAND_OVER,
    REASON_LEAST,
    PetitionKind,
    Standing,
    State,
    is_member,
    paper_until,
    takes_paper,
    why_no_name,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.municipalities import Municipality, get_village
from storage.people import Person
from storage.petitions import Line, Member, Petition, Sheet, Signature
from storage.vault import Vault

LINES = 60  # of one sheet
REPEATS, NAMESAKE = ("signature", "line"), "namesake"  # what a line's `twin` says
COUNT = 200  # signatures on one sheet of a norm-making initiative


@dataclass(frozen=True, slots=True)
class Keyed:
    """A line as somebody keyed it in."""

    name: str
    village: int | None
    street: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line and what it repeats: `signature` in the bot, a `line` on paper, or nothing."""

    line: Keyed
    twin: str


def why_cannot_enter(petition: Petition, member: Member | None, roles: frozenset[Role], today: date) -> Reason | None:
    """Staff at the desk and members of the group enter paper while signatures are gathered, and for a few days more
    (civic/petitions.py: takes_paper)."""
    if not may(roles, Right.DESK) and not is_member(member):
        return Reason.GROUP_ONLY
    if takes_paper(petition, today):
        return None
    gathered = petition.state in BEFORE_HAND_OVER and petition.anonymised_at is None
    return Reason.PAPER_OVER if gathered else Reason.TOO_LATE


def _refuse_unless_entered(
    petition: Petition, member: Member | None, by: Person, roles: frozenset[Role], today: date
) -> None:
    if petition.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    until = paper_until(petition)
    refuse(why_cannot_enter(petition, member, roles, today), until=f"{until:%d.%m.%Y}" if until else "—")


async def look_through(db: AsyncSession, petition: Petition, lines: Sequence[Keyed], *, vault: Vault) -> list[Seen]:
    """What each line repeats: a counted signature in the bot, a counted line on another sheet, or an earlier line of
    this one."""
    keys = [name_key(vault, line.name) for line in lines]
    signed = select(Signature.name_key, Signature.village_id).where(
        Signature.petition_id == petition.id,
        Signature.standing == Standing.COUNTED,
        Signature.name_key.in_(keys),
    )
    written = select(Line.name_key, Line.village_id).where(
        Line.petition_id == petition.id, Line.counts.is_(True), Line.name_key.in_(keys)
    )
    in_bot = [(row[0], row[1]) for row in (await db.execute(signed)).all()]
    on_paper = [(row[0], row[1]) for row in (await db.execute(written)).all()]
    seen: list[Seen] = []
    for line, key in zip(lines, keys, strict=True):
        village = line.village
        twin = "signature" if _stands(in_bot, key, village) else "line" if _stands(on_paper, key, village) else ""
        on_paper.append((key, line.village))
        seen.append(Seen(line, twin))
    return seen


def _stands(known: Sequence[tuple[str | None, int | None]], key: str, village: int | None) -> bool:
    """The same name in the same village; where one of the two names no village, the name alone."""
    return any(key == other and (village == there or None in (village, there)) for other, there in known)


async def enter(
    db: AsyncSession,
    petition: Petition,
    member: Member | None,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    file: str | None,
    lines: Sequence[Keyed],
    now: datetime,
    *,
    vault: Vault,
) -> Sheet:
    """Counts a sheet's lines, except those that repeat what is counted already; the photo stays as evidence. What a
    member of the group enters counts whole until `settle_twins`: by a count that moves or does not they could try who
    signed. Refused: NOT_FOUND, GROUP_ONLY, TOO_LATE, PAPER_OVER, WRONG_KIND for a norm-making initiative, NEEDS_FILE
    without a photo, SHEET_IS_THERE, TOO_MANY_LINES, NOT_A_NAME, OTHER_VILLAGE."""
    await counting.hold(db, petition)  # nobody signs between the look and the count
    _refuse_unless_entered(petition, member, by, roles, today_of(home, now))
    if petition.kind is not PetitionKind.PETITION:
        raise Refused(Reason.WRONG_KIND)
    if file is None:
        raise Refused(Reason.NEEDS_FILE, kinds="picture")
    await _is_new(db, petition, file)
    if not 0 < len(lines) <= LINES:
        raise Refused(Reason.TOO_MANY_LINES, most=LINES, is_now=len(lines))
    lines = [Keyed(" ".join(clean(each.name).split()), each.village, clean(each.street)[:200]) for each in lines]
    for line in lines:
        if len(line.name) > NAME_LIMIT or why_no_name(line.name) is not None:
            raise Refused(Reason.NOT_A_NAME)
        if line.village is not None:
            await get_village(db, home.id, line.village)
        if petition.village_id is not None and line.village != petition.village_id:
            raise Refused(Reason.OTHER_VILLAGE)
    seen = await look_through(db, petition, lines, vault=vault)
    at_once = may(roles, Right.DESK)
    count = sum(not (each.twin and at_once) for each in seen)
    sheet = await _sheet(db, petition, by, roles, file, count, now)
    for number, each in enumerate(seen, 1):
        db.add(
            Line(
                municipality_id=petition.municipality_id,
                petition_id=petition.id,
                sheet_id=sheet.id,
                number=number,
                name_sealed=vault.seal(each.line.name),
                name_key=name_key(vault, each.line.name),
                village_id=each.line.village,
                street=each.line.street,
                counts=not (each.twin and at_once),
                twin=each.twin,
            )
        )
    await _counted(db, petition, home, sheet, by, now, len(seen))
    return sheet


async def enter_count(
    db: AsyncSession,
    petition: Petition,
    member: Member | None,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    file: str | None,
    count: int,
    now: datetime,
) -> Sheet:
    """How many signatures a sheet of a norm-making initiative holds; the bot keeps no line of it, for the law wants
    passports there (Charter 19.8). Refused: NOT_FOUND, GROUP_ONLY, TOO_LATE, PAPER_OVER,
    WRONG_KIND, NEEDS_FILE, SHEET_IS_THERE, OUT_OF_RANGE."""
    await counting.hold(db, petition)
    _refuse_unless_entered(petition, member, by, roles, today_of(home, now))
    if petition.kind is not PetitionKind.NORM:
        raise Refused(Reason.WRONG_KIND)
    if file is None:
        raise Refused(Reason.NEEDS_FILE, kinds="picture")
    await _is_new(db, petition, file)
    if not 0 < count <= COUNT:
        raise Refused(Reason.OUT_OF_RANGE, least=1, most=COUNT)
    sheet = await _sheet(db, petition, by, roles, file, count, now)
    await _counted(db, petition, home, sheet, by, now, count)
    return sheet


async def _is_new(db: AsyncSession, petition: Petition, file: str) -> None:
    """Refused(SHEET_IS_THERE) when the same photo, whatever it is called, is that of a sheet that counts."""
    await counting.hold(db, petition)  # or two would enter it at one moment
    same = select(Sheet.id).where(Sheet.petition_id == petition.id, Sheet.file_id == file, Sheet.removed_at.is_(None))
    if await db.scalar(same.limit(1)) is not None:
        raise Refused(Reason.SHEET_IS_THERE)


async def _sheet(
    db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], file: str, counted: int, now: datetime
) -> Sheet:
    sheet = Sheet(
        municipality_id=petition.municipality_id,
        petition_id=petition.id,
        file_id=file,
        counted=counted,
        entered_by=by.id,
        by_staff=may(roles, Right.DESK),
        entered_at=now,
    )
    db.add(sheet)
    await db.flush()
    return sheet


async def _counted(
    db: AsyncSession, petition: Petition, home: Municipality, sheet: Sheet, by: Person, now: datetime, lines: int
) -> None:
    telling.note(db, petition, Event.PAPER_ENTERED, now, by, sheet=sheet.id, counted=sheet.counted, lines=lines)
    await counting.move(db, petition, home.settings, now, on_paper=sheet.counted)


async def settle_twins(db: AsyncSession, petition: Petition, home: Municipality, now: datetime) -> int:
    """Lines count no more whose name signed in the bot, before or after they were entered, or stands on an earlier
    line: one person, one signature; except where staff said that it is another person. Settled when nobody signs or
    takes back any more, or somebody could come and go under the names of others and take their lines out of the count.
    The caller holds the petition, so nobody signs between the look and the count. Gives how many."""
    if not petition.on_paper or petition.kind is not PetitionKind.PETITION:
        return 0
    same = and_(
        Signature.petition_id == Line.petition_id,
        Signature.standing == Standing.COUNTED,
        Signature.name_key == Line.name_key,
        or_(Signature.village_id == Line.village_id, Signature.village_id.is_(None), Line.village_id.is_(None)),
    )
    counting_lines = (Line.petition_id == petition.id, Line.counts.is_(True))
    in_bot = select(Line).where(*counting_lines, Line.twin != NAMESAKE, exists().where(same))
    again = {line.id: (line, "signature") for line in await db.scalars(in_bot)}
    often = select(Line.name_key).where(*counting_lines).group_by(Line.name_key).having(func.count() > 1)
    on_paper = select(Line).where(*counting_lines, Line.name_key.in_(often)).order_by(Line.id)
    earlier: list[tuple[str | None, int | None]] = []
    for line in await db.scalars(on_paper):
        if line.id in again:
            continue
        if line.twin != NAMESAKE and _stands(earlier, line.name_key or "", line.village_id):
            again[line.id] = (line, "line")
        else:
            earlier.append((line.name_key, line.village_id))
    if not again:
        return 0
    for line, twin in again.values():
        line.counts, line.twin = False, twin
    for sheet_id, count in Counter(line.sheet_id for line, _ in again.values()).items():
        sheet = await db.get_one(Sheet, sheet_id)
        sheet.counted -= count
        telling.note(db, petition, Event.PAPER_REMOVED, now, None, sheet=sheet.id, counted=count, repeated=True)
    telling.step(db, petition, "repeated", now, words=str(len(again)))
    await counting.move(db, petition, home.settings, now, on_paper=-len(again))
    return len(again)


async def name_another(
    db: AsyncSession,
    petition: Petition,
    sheet: Sheet,
    number: int,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    now: datetime,
) -> None:
    """Staff at the desk say that a line which repeats a name is another person of that name: it counts. Refused:
    NOT_YOURS, NOT_FOUND for a line that repeats nothing, TOO_LATE after the hand-over or on a sheet that was
    removed."""
    telling.may_act(petition, by, roles, Right.DESK)
    await counting.hold(db, petition)
    await db.refresh(sheet)
    if petition.state not in BEFORE_HAND_OVER or sheet.removed_at is not None:
        raise Refused(Reason.TOO_LATE)
    which = (Line.sheet_id == sheet.id, Line.petition_id == petition.id, Line.number == number)
    line = await db.scalar(select(Line).where(*which, Line.twin.in_(REPEATS)))
    if line is None:
        raise Refused(Reason.NOT_FOUND)
    more = int(not line.counts)  # what a member of the group entered counts until it is settled
    line.twin, line.counts = NAMESAKE, True
    sheet.counted += more
    telling.note(db, petition, Event.PAPER_NAMESAKE, now, by, sheet=sheet.id, line=number)
    await counting.move(db, petition, home.settings, now, on_paper=more)


def may_remove(petition: Petition, sheet: Sheet, member: Member | None, by: Person, roles: frozenset[Role]) -> bool:
    """Whether the sheet still counts and this person may take it out now."""
    own = is_member(member) and sheet.entered_by == by.id and petition.state is State.OPEN
    at_desk = may(roles, Right.DESK) and petition.state in BEFORE_HAND_OVER
    return sheet.removed_at is None and (own or at_desk)


async def remove(
    db: AsyncSession,
    petition: Petition,
    sheet: Sheet,
    member: Member | None,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    words: str,
    now: datetime,
) -> None:
    """A sheet counts no more, for a reason that is kept; its photo stays. Staff at the desk may until the hand-over,
    and while signatures are gathered whoever entered it: after that it is settled what repeats, which a falling count
    would tell. Refused: NOT_FOUND, GROUP_ONLY, TOO_LATE, also when it was removed, TOO_SHORT, TOO_LONG."""
    if petition.municipality_id != by.municipality_id or sheet.petition_id != petition.id:
        raise Refused(Reason.NOT_FOUND)
    await counting.hold(db, petition)  # before the sheet, in the order of `settle_twins`
    await db.refresh(sheet)
    if not may(roles, Right.DESK) and not (is_member(member) and sheet.entered_by == by.id):
        raise Refused(Reason.GROUP_ONLY)
    if not may_remove(petition, sheet, member, by, roles):
        raise Refused(Reason.TOO_LATE)
    words = telling.reason_of(clean(words), least=REASON_LEAST, most=300)
    await db.flush()
    gone = await db.scalar(
        update(Sheet)
        .where(Sheet.id == sheet.id, Sheet.removed_at.is_(None))
        .values(removed_at=now, removed_by=by.id, removed_because=words)
        .returning(Sheet.id)
        .execution_options(synchronize_session=False)
    )
    if gone is None:
        raise Refused(Reason.TOO_LATE)
    await db.execute(
        update(Line).where(Line.sheet_id == sheet.id).values(counts=False).execution_options(synchronize_session=False)
    )
    await db.refresh(sheet)
    telling.note(db, petition, Event.PAPER_REMOVED, now, by, sheet=sheet.id, counted=sheet.counted)
    await counting.move(db, petition, home.settings, now, on_paper=-sheet.counted)
