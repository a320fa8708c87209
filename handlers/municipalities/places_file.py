"""Villages and streets as a spreadsheet: taken away, filled in, sent back; looked over before it is saved."""

import asyncio
import json
from dataclasses import dataclass, replace

from actions import place_sheet
from actions.place_sheet import Told
from civic.files import FileKind, content_of
from civic.people import Right
from civic.refusals import Reason, Refused
from civic.sheets import BadSheet
from exports.sheets import Column, as_xlsx
from handlers.issues.sheet import MOST_FAULTS, fault_lines
from handlers.municipalities.presses import Places, PlaceSheet, SendPlaces
from handlers.municipalities.villages import places
from handlers.people.staff import own_home
from talk.answers import Answer, Stored
from talk.form import Form, ask
from talk.routes import Routes
from talk.screen import Button, File, Screen, rows
from talk.turn import Heard, Turn
from talk.words import LANGUAGES, Words

routes = Routes()
MOST_SHOWN = 30


def columns(words: Words) -> tuple[Column, ...]:
    """The columns with their headings in every language."""
    speakers = {language: words.speaker(language) for language in LANGUAGES}
    return place_sheet.columns(
        {
            key: {language: t(f"setup-column-{key.replace('_', '-')}") for language, t in speakers.items()}
            for key in place_sheet.KEYS
        }
    )


@routes.press(PlaceSheet, reads=True, statements=2, right=Right.SET_UP)
async def give_places(turn: Turn, _: PlaceSheet) -> Screen:
    """The spreadsheet with what is there, to be filled in."""
    t, home = turn.t, own_home(turn)
    given = await place_sheet.give_sheet(turn.db, home)
    language = t.language if t.language in LANGUAGES else "ky"
    content = as_xlsx(columns(turn.words), given, language, t(f"setup-step-places-{home.kind}"))
    return Screen(
        title=t(f"setup-step-places-{home.kind}"),
        icon="📄",
        text=t("setup-sheet-text"),
        note=home.name(t.language),
        document=File(f"{home.key}-places.xlsx", content),
        buttons=rows(Button(f"📤 {t('setup-sheet-send')}", SendPlaces()), Button(t("kit-back"), Places())),
        at=PlaceSheet(),
    )


@dataclass(frozen=True)
class places_in_file(Answer[list[Told]]):  # noqa: N801  reads as a word inside a form
    """A spreadsheet of villages and streets. What it says is kept, not the file."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """What the file says; Refused(BAD_SHEET) with every fault by row and column."""
        if heard.file is None:
            raise Refused(Reason.NEEDS_FILE, kinds="paper")
        content = content_of(heard.file, {FileKind.PAPER})
        try:
            told = await asyncio.to_thread(place_sheet.read_sheet, content, heard.file.name, columns(turn.words))
        except BadSheet as bad:
            lines = fault_lines(turn.t, bad.faults[:MOST_FAULTS])
            if len(bad.faults) > len(lines):
                lines.append(turn.t("sheets-faults-more", shown=len(lines), count=len(bad.faults)))
            raise Refused(Reason.BAD_SHEET, faults="\n".join(lines)) from None
        return json.dumps([[each.village, each.residents, *each.streets] for each in told], ensure_ascii=False)

    def value(self, stored: str) -> list[Told]:
        """The villages with their streets."""
        told = []
        for village, *rest in json.loads(stored):
            residents = rest.pop(0) if rest and not isinstance(rest[0], dict) else None  # kept by an earlier release
            told.append(Told(village, tuple(rest), residents))
        return told

    def shown(self, stored: str) -> str:
        """The villages, each with how many streets it has, and residents where the file says so."""
        told = self.value(stored)
        lines = [
            f"{n}. {each.village['ky']} · {len(each.streets)}" + (f" · 👥 {each.residents}" if each.residents else "")
            for n, each in enumerate(told[:MOST_SHOWN], 1)
        ]
        return "\n".join(["", *lines, *(["…"] if len(told) > MOST_SHOWN else [])])


def questions(turn: Turn, _: SendPlaces) -> Form[list[Told]]:
    """The file."""
    home = own_home(turn)
    named = turn.t(f"setup-step-places-{home.kind}")
    return (yield from ask("file", turn.t("setup-sheet-ask"), places_in_file(), named=named))


async def sent(turn: Turn, _: SendPlaces, told: list[Told]) -> Screen:
    """They are there; nothing was removed."""
    new, streets = await place_sheet.take(turn.db, own_home(turn), told, turn.person, turn.roles, turn.now)
    lead = turn.t("setup-sheet-taken", villages=new, streets=streets)
    await turn.db.flush()
    return replace(await places(turn, Places()), lead=lead)


routes.form(SendPlaces, questions=questions, done=sent, title="setup-sheet-send", right=Right.SET_UP)
