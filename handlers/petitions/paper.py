"""How are signatures on paper entered: the photo of a sheet first, then its lines; and how is a sheet taken out?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from actions.petitions import paper, registering, telling
from actions.petitions.paper import Keyed, Seen
from civic.events import Event
from civic.files import FileKind
from civic.municipalities import local
from civic.people import Right, may, refuse
from civic.petition_lines import LINES, Place, Written, read_lines
from civic.petitions import REASON_LEAST, PetitionKind, is_member, is_of_group_only, paper_until
from civic.refusals import Reason, Refused
from handlers.answers import a_file, number, words
from handlers.files import with_file
from handlers.petitions.cards import counted
from handlers.petitions.decide import sure
from handlers.petitions.desk_presses import AnotherPerson, OpenSheet, RemoveSheet, SheetPhoto, Sheets, own_home, to_desk
from handlers.petitions.presses import EnterPaper, Group
from handlers.ways import page_of
from storage.changes import authors
from storage.municipalities import Municipality, Village, villages
from storage.petition_desk import get_sheet, lines_of, sheets_of
from storage.petitions import Member, Petition, find_member, get_petition
from storage.petitions import Sheet as PaperSheet
from talk.answers import Answer, Stored, Unfit
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
PAGE = 8
SHOWN = 3_000  # characters of the lines in the preview
NAMESAKES = 12  # lines of a sheet of which staff can say that they are another person
FAULTS = 8  # lines that are named at once


async def _entered_by(turn: Turn, petition_id: int) -> tuple[Municipality, Petition, Member | None]:
    """The petition, to staff at the desk and to members of its group; Refused(GROUP_ONLY) for all others, NOT_FOUND for
    staff when it was never sent."""
    home = own_home(turn)
    petition = await get_petition(turn.db, home.id, petition_id)
    member = await find_member(turn.db, petition.id, turn.person.id)
    if not may(turn.roles, Right.DESK) and not is_member(member):
        raise Refused(Reason.GROUP_ONLY)
    if is_of_group_only(petition) and not is_member(member):
        raise Refused(Reason.NOT_FOUND)
    return home, petition, member


@dataclass(frozen=True)
class the_lines(Answer[list[Written]]):  # noqa: N801  reads as a word inside a form
    """The lines of a sheet; when one cannot be read, none is taken, and each fault is named by its number."""

    villages: tuple[Place, ...]
    only: int | None

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        if not heard.text.strip():
            raise Refused(Reason.WRONG_KIND)
        found, faults = read_lines(heard.text, self.villages, only=self.only)
        if len(found) + len(faults) > LINES:
            raise Refused(Reason.TOO_MANY_LINES, most=LINES, is_now=len(found) + len(faults))
        if faults:
            t = turn.t
            named = [
                t(
                    "petitions-desk-line-fault",
                    line=each.line,
                    said=each.said,
                    why=t(f"petitions-desk-flaw-{each.flaw}"),
                )
                for each in faults[:FAULTS]
            ]
            more = [t("petitions-desk-line-more", count=len(faults) - FAULTS)] if len(faults) > FAULTS else []
            raise Refused(Reason.BAD_LINES, faults="\n".join(named + more))
        return json.dumps([[each.name, each.village, each.street] for each in found], ensure_ascii=False)

    def value(self, stored: str) -> list[Written]:
        known = {place.number for place in self.villages} | {None}
        try:
            lines = [Written(str(name), village, str(street)) for name, village, street in json.loads(stored)]
        except (ValueError, TypeError):
            raise Unfit from None
        if any(line.village not in known for line in lines):
            raise Unfit
        return lines

    def shown(self, stored: str) -> str:
        return str(len(self.value(stored)))


# --- enter ---


@dataclass(frozen=True, slots=True)
class Entered:
    """A sheet as it was keyed in: its photo, and its lines, or for a norm-making initiative its count."""

    file: str
    lines: tuple[Written, ...] = ()
    count: int = 0


def questions(turn: Turn, press: EnterPaper) -> Form[Entered]:
    """The photo, the lines, and what of them will count."""
    t = turn.t
    home, petition, member = yield from fetch(lambda _: _entered_by(turn, press.petition))
    until = paper_until(petition)
    refuse(
        paper.why_cannot_enter(petition, member, turn.roles, turn.today),
        until=turn.t.day(until) if until is not None else "—",
    )
    if petition.kind is PetitionKind.ASSEMBLY:
        raise Refused(Reason.WRONG_KIND)
    photo = yield from ask("photo", t("petitions-desk-ask-photo"), a_file(frozenset({FileKind.PICTURE})))
    if petition.kind is PetitionKind.NORM:
        count = yield from ask("count", t("petitions-desk-ask-count", most=paper.COUNT), number(1, paper.COUNT))
        yield from sure(
            t("petitions-desk-count-sure", count=count, now=petition.on_paper), t("petitions-desk-enter-yes")
        )
        return Entered(photo, count=count)
    places = yield from fetch(lambda db: villages(db, home.id))
    known = tuple(Place(each.id, tuple({each.name(language) for language in ("ky", "ru")})) for each in places)
    example = t("petitions-desk-ask-lines", village=places[0].name(t.language) if places else "", most=LINES)
    lines = yield from ask("lines", example, the_lines(known, petition.village_id))
    keyed = [Keyed(each.name, each.village, each.street) for each in lines]
    seen = yield from fetch(lambda db: paper.look_through(db, petition, keyed, vault=turn.vault))
    yield from sure(_preview(turn, places, seen), t("petitions-desk-enter-yes"))
    return Entered(photo, tuple(lines))


def _preview(turn: Turn, places: Sequence[Village], seen: Sequence[Seen]) -> str:
    """What will count, line by line. Whether a name repeats one in the bot, and so how many do, is told to staff only:
    who signed there may have hidden their name, and a member of the group could try names one by one."""
    t, tells = turn.t, may(turn.roles, Right.DESK)
    again = sum(bool(each.twin) for each in seen)
    head = t("petitions-desk-lines-group", lines=len(seen))
    if tells:
        head = t("petitions-desk-lines-sure", count=len(seen) - again, again=again, lines=len(seen))
    named = {each.id: each.name(t.language) for each in places}
    shown = []
    for place, each in enumerate(seen, 1):
        where = ", ".join(part for part in (named.get(each.line.village or 0, ""), each.line.street) if part)
        mark = f" ⚠️ {t(f'petitions-desk-twin-{each.twin}')}" if each.twin and tells else ""
        shown.append(f"{place}. {each.line.name}{f' · {where}' if where else ''}{mark}")
    if len("\n".join(shown)) > SHOWN:
        shown = [line for line in shown if "⚠️" in line] or shown[:20]
    return f"{head}\n\n" + "\n".join(shown)[:SHOWN]


async def entered(turn: Turn, press: EnterPaper, told: Entered) -> Screen:
    """Counted; the photo stays as evidence."""
    t = turn.t
    home, petition, member = await _entered_by(turn, press.petition)
    if petition.kind is PetitionKind.NORM:
        sheet = await paper.enter_count(
            turn.db, petition, member, turn.person, turn.roles, home, told.file, told.count, turn.now
        )
    else:
        lines = [Keyed(each.name, each.village, each.street) for each in told.lines]
        sheet = await paper.enter(
            turn.db, petition, member, turn.person, turn.roles, home, told.file, lines, turn.now, vault=turn.vault
        )
    return Screen(
        lead=t("petitions-desk-entered", count=sheet.counted),
        title=petition.title,
        icon="📝",
        text=counted(turn, petition),
        note=f"{t('petitions-desk-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(
            Button(f"📝 {t('petitions-desk-enter-more')}", EnterPaper(petition.id)),
            Button(f"📄 {t('petitions-desk-sheets')}", Sheets(petition.id)),
            _back(turn, petition),
        ),
        at=Sheets(petition.id),
    )


routes.form(EnterPaper, questions=questions, done=entered, review=False, title="petitions-desk-enter-title")


def _back(turn: Turn, petition: Petition) -> Button:
    if may(turn.roles, Right.DESK):
        return to_desk(turn, petition.id)
    return Button(turn.t("kit-back"), Group(petition.id))


# --- sheets ---


@routes.press(Sheets, reads=True, statements=4)
async def sheets(turn: Turn, press: Sheets) -> Screen:
    """Every sheet with what it counts for, and the tally with its parts."""
    t = turn.t
    home, petition, _ = await _entered_by(turn, press.petition)
    found, norm = await sheets_of(turn.db, petition.id), petition.kind is PetitionKind.NORM
    shown, page, pages = page_of(len(found), press.page, PAGE)
    return Screen(
        title=t("petitions-desk-sheets-title", count=sum(each.removed_at is None for each in found)),
        icon="📄",
        state=t("petitions-desk-page", page=page + 1, pages=pages) if pages > 1 else "",
        facts=(Fact(t("petitions-desk-fact-counted"), counted(turn, petition)),),
        text=f"«{petition.title}»" if found else t("petitions-desk-no-sheets"),
        note=home.name(t.language),
        choice=tuple(
            Button(_row(turn, i + 1, found[i], norm=norm), OpenSheet(petition.id, found[i].id)) for i in shown
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Sheets(petition.id, page - 1)) if page > 0 else None,
            Button(t("kit-next"), Sheets(petition.id, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(_back(turn, petition)),
        at=Sheets(petition.id, page),
    )


def _row(turn: Turn, place: int, sheet: PaperSheet, *, norm: bool) -> str:
    t = turn.t
    day = t.day(local(sheet.entered_at, turn.time_zone).date())
    if sheet.removed_at is not None:
        return t("petitions-desk-sheet-removed-row", number=place, day=day)
    if not (may(turn.roles, Right.DESK) or norm):
        return t("petitions-desk-sheet-row-group", number=place, day=day)
    return t("petitions-desk-sheet-row", number=place, day=day, count=sheet.counted)


@routes.press(OpenSheet, reads=True, statements=6)
async def open_sheet(turn: Turn, press: OpenSheet) -> Screen:
    """Who entered it and when, how many lines count, which repeat; its names are on the photo only."""
    t = turn.t
    home, petition, member = await _entered_by(turn, press.petition)
    sheet = await get_sheet(turn.db, petition.id, press.sheet)
    lines = await lines_of(turn.db, sheet.id)
    names = await authors(turn.db, home.id, {sheet.entered_by or 0, sheet.removed_by or 0})
    who = (
        t("petitions-desk-by-staff", name=names.get(sheet.entered_by or 0, ""))
        if sheet.by_staff
        else t("petitions-desk-by-group")
    )
    at_desk = may(turn.roles, Right.DESK)  # others do not learn what repeats, nor how much: they could try names
    again = [line.number for line in lines if line.twin in paper.REPEATS] if at_desk else []
    may_remove = paper.may_remove(petition, sheet, member, turn.person, turn.roles)
    counts = f"✓ {t('petitions-desk-sheet-counts', count=sheet.counted)}" if at_desk or not lines else ""
    state = t("petitions-desk-sheet-removed", why=sheet.removed_because) if sheet.removed_at is not None else ""
    return Screen(
        title=t("petitions-desk-sheet-title"),
        icon="📄",
        state=f"✕ {state}" if state else counts,
        facts=(
            Fact(t("petitions-desk-fact-entered"), t.moment(sheet.entered_at, turn.time_zone)),
            Fact(t("petitions-desk-fact-by"), who),
            *((Fact(t("petitions-desk-fact-lines"), str(len(lines))),) if lines else ()),
            *((Fact(t("petitions-desk-fact-again"), ", ".join(map(str, again))),) if again else ()),
        ),
        text=f"«{petition.title}»",
        note=home.name(t.language),
        buttons=rows(
            Button(f"🖼 {t('petitions-desk-sheet-photo')}", SheetPhoto(petition.id, sheet.id))
            if sheet.file_id
            else None,
            Button(f"✕ {t('petitions-desk-sheet-remove')}", RemoveSheet(petition.id, sheet.id)) if may_remove else None,
        )
        + rows(
            *(
                Button(t("petitions-desk-another", line=line), AnotherPerson(petition.id, sheet.id, line))
                for line in (again[:NAMESAKES] if may_remove else ())
            ),
            width=2,
        )
        + rows(
            Button(t("kit-back"), Sheets(petition.id)),
        ),
        at=OpenSheet(petition.id, sheet.id),
    )


@routes.press(AnotherPerson, reads=False, statements=20, right=Right.DESK)
async def another_person(turn: Turn, press: AnotherPerson) -> Screen:
    """The line counts from now on; the journal says who said so."""
    home, petition, _ = await _entered_by(turn, press.petition)
    sheet = await get_sheet(turn.db, petition.id, press.sheet)
    await paper.name_another(turn.db, petition, sheet, press.line, turn.person, turn.roles, home, turn.now)
    screen = await open_sheet(turn, OpenSheet(petition.id, sheet.id))
    return screen.with_alert(turn.t("petitions-desk-another-counts", line=press.line))


@routes.press(SheetPhoto, reads=False, statements=12)
async def sheet_photo(turn: Turn, press: SheetPhoto) -> Screen:
    """The photo, with the names on it: who looked is in the journal, like every opening of the list."""
    t = turn.t
    home, petition, member = await _entered_by(turn, press.petition)
    sheet = await get_sheet(turn.db, petition.id, press.sheet)
    if petition.anonymised_at is not None:
        raise Refused(Reason.TOO_LATE)
    if is_member(member) or not may(turn.roles, Right.SEE_SIGNERS):  # of the group that gathered these signatures
        telling.note(turn.db, petition, Event.SIGNERS_OPENED, turn.now, turn.person, how="own", count=sheet.counted)
    else:
        await registering.opened_list(turn.db, petition, turn.person, turn.roles, "photo", turn.now)
    screen = Screen(
        title=t("petitions-desk-sheet-title"),
        icon="📄",
        text=t("petitions-desk-photo-text"),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-back"), OpenSheet(petition.id, sheet.id))),
        at=OpenSheet(petition.id, sheet.id),
        fresh=True,
    )
    return await with_file(turn.db, screen, sheet.file_id)


def remove_questions(turn: Turn, press: RemoveSheet) -> Form[str]:
    """Why it counts no more, and by how much the tally falls."""
    t = turn.t
    _, petition, member = yield from fetch(lambda _: _entered_by(turn, press.petition))
    sheet = yield from fetch(lambda db: get_sheet(db, petition.id, press.sheet))
    if not paper.may_remove(petition, sheet, member, turn.person, turn.roles):
        raise Refused(Reason.TOO_LATE)
    why = yield from ask("words", t("petitions-desk-ask-remove"), words(min=REASON_LEAST, max=300))
    after = petition.count - sheet.counted
    says = t("petitions-desk-remove-sure", count=sheet.counted, now=petition.count, after=after)
    yield from sure(f"{says}\n\n«{why}»", t("petitions-desk-remove-yes"))
    return why


async def removed(turn: Turn, press: RemoveSheet, why: str) -> Screen:
    """The sheet counts no more; its photo stays."""
    home, petition, member = await _entered_by(turn, press.petition)
    sheet = await get_sheet(turn.db, petition.id, press.sheet)
    await paper.remove(turn.db, petition, sheet, member, turn.person, turn.roles, home, why, turn.now)
    return (await sheets(turn, Sheets(petition.id))).with_alert(turn.t("petitions-desk-sheet-gone"))


routes.form(RemoveSheet, questions=remove_questions, done=removed, review=False, title="petitions-desk-remove-title")
