"""How do staff get the register of proposals as a spreadsheet, and send it back filled in?"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from actions import files, proposal_sheet
from civic.files import FileKind, content_of
from civic.people import Right, may
from civic.proposals import State
from civic.refusals import Reason, Refused
from civic.sheets import BadSheet, Fault, Flaw
from exports.sheets import as_xlsx
from handlers.proposals.staff import GiveRegister, ProposalQueue, home_worked_for
from storage.files import file_beginning
from storage.proposals import every_proposal
from talk.press import Press, unpack
from talk.routes import Routes
from talk.screen import Button, File, Screen, rows
from talk.turn import Turn
from talk.words import LANGUAGES, Speaker, Words

routes = Routes()
MOST_FAULTS, MOST_LINES = 10, 20
_KEY = 16  # characters of a file's key and of the state of the register that ride on a button
NAME = "sunushtar"  # how the file is called, by which it is known when it comes back
NOTED = ("registry_no", "issue", "decision", "answer_ky", "answer_ru", "measure", "competent")


@dataclass(frozen=True)
class ApplyRegister(Press, code="stz"):
    """Do what the sheet says: the beginning of its key, and of the mark of the register it was checked against."""

    file: str
    seen: str


def register_words(words: Words) -> proposal_sheet.RegisterWords:
    """The words of the sheet, from those of the installation."""
    speakers = {language: words.speaker(language) for language in LANGUAGES}
    return proposal_sheet.RegisterWords(
        names={key: {k: t(f"desk-column-{_dashed(key)}") for k, t in speakers.items()} for key in proposal_sheet.KEYS},
        notes={key: {k: t(f"desk-column-note-{_dashed(key)}") for k, t in speakers.items()} for key in NOTED},
        states={state: {k: t(f"proposals-state-{state}") for k, t in speakers.items()} for state in State},
    )


def _dashed(key: str) -> str:
    return key.replace("_", "-")


@routes.press(GiveRegister, reads=True, statements=3, right=Right.ANSWER)
async def give_register(turn: Turn, _: GiveRegister) -> Screen:
    """The whole register as a file, and how to send it back."""
    t, home = turn.t, home_worked_for(turn)
    words = register_words(turn.words)
    language = t.language if t.language in LANGUAGES else "ky"
    given = await proposal_sheet.give(turn.db, home, words, language)
    made = asyncio.to_thread(as_xlsx, proposal_sheet.columns(words), given, language, t("desk-register-title"), stay=1)
    return Screen(
        title=t("desk-register-title"),
        icon="📄",
        text=t("desk-register-text"),
        note=home.name(t.language),
        document=File(f"{home.key}-{NAME}.xlsx", await made),
        buttons=_ways(turn),
        at=GiveRegister(),
    )


def _ways(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return rows(Button(f"💡 {turn.t('menu-proposals')}", ProposalQueue("all")))


def is_register(turn: Turn) -> bool:
    """Whether somebody who may answer sent the register back: under its screen, or under the name it was given."""
    file = turn.heard.file
    if file is None or file.ending not in ("xlsx", "csv") or not may(turn.roles, Right.ANSWER):
        return False
    return NAME in file.name or isinstance(unpack(turn.account.at or ""), GiveRegister)


async def checked(turn: Turn) -> Screen:
    """What is wrong with the sheet, or what it would do, to be confirmed. Refused when the file cannot be had."""
    t, home, file = turn.t, home_worked_for(turn), turn.heard.file
    assert file is not None
    content = content_of(file, {FileKind.PAPER})
    try:
        filled, mark = await proposal_sheet.plan(turn.db, home, content, file.name, register_words(turn.words))
    except BadSheet as bad:
        return _faulty(turn, bad.faults)
    if not filled:
        return Screen(title=t("sheets-nothing"), icon="📄", note=home.name(t.language), buttons=_ways(turn), fresh=True)
    key = await files.keep(turn.db, file, turn.now)
    return Screen(
        title=t("sheets-check-title"),
        icon="📄",
        text="\n".join(plan_lines(t, filled)),
        note=home.name(t.language),
        buttons=rows(
            Button(f"✓ {t('sheets-apply')}", ApplyRegister(key[:_KEY], mark[:_KEY])),
            Button(t("kit-cancel"), ProposalQueue("all")),
        ),
        fresh=True,
    )


def plan_lines(t: Speaker, filled: Sequence[proposal_sheet.Filled]) -> list[str]:
    """What would happen to each proposal, in a line."""
    lines = []
    for row in filled[:MOST_LINES]:
        parts = [
            f"{t('desk-registry')} {row.registry_no}" if row.registry_no else "",
            t("desk-sort") if row.issue is not None else "",
            t(f"proposals-state-{row.decision}") if row.decision is not None else "",
        ]
        lines.append(f"№ {row.number}: {', '.join(part for part in parts if part)}")
    if len(filled) > MOST_LINES:
        lines.append(f"… + {len(filled) - MOST_LINES}")
    return lines


def _faulty(turn: Turn, faults: Sequence[Fault]) -> Screen:
    t = turn.t
    lines = [_fault_line(t, fault) for fault in faults[:MOST_FAULTS]]
    more = len(faults) - len(lines)
    return Screen(
        title=t("sheets-faults-title", count=len(faults)),
        icon="⚠️",
        text="\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)) + f"\n\n{t('sheets-send-corrected')}",
        state=t("sheets-faults-more", shown=len(lines), count=len(faults)) if more > 0 else "",
        note=home_worked_for(turn).name(t.language),
        buttons=_ways(turn),
        fresh=True,
    )


def _fault_line(t: Speaker, fault: Fault) -> str:
    known = fault.flaw in (Flaw.UNKNOWN_CODE, Flaw.CANNOT_CHANGE, Flaw.CODE_TWICE)
    what = t(f"desk-flaw-{fault.flaw}") if known else t(f"sheets-flaw-{fault.flaw}", **fault.details)
    heading = t(f"desk-column-{_dashed(fault.key)}") if fault.key in proposal_sheet.KEYS else fault.heading
    if not fault.letter:
        return f"{heading}: {what}" if heading else what[:1].upper() + what[1:]
    return t("sheets-at-heading", row=fault.row, letter=fault.letter, heading=heading, what=what)


@routes.press(ApplyRegister, reads=False, statements=400, right=Right.ANSWER)
async def apply_register(turn: Turn, press: ApplyRegister) -> Screen:
    """Done, when the register is still as it was when the file was checked. Refused: LIST_CHANGED, FILE_LOST."""
    t, home = turn.t, home_worked_for(turn)
    kept = await file_beginning(turn.db, press.file)
    if kept is None:
        raise Refused(Reason.FILE_LOST)
    name, content = kept
    if proposal_sheet.seen(await every_proposal(turn.db, home.id))[:_KEY] != press.seen:
        raise Refused(Reason.LIST_CHANGED)  # it may have been pressed twice
    filled, _ = await proposal_sheet.plan(turn.db, home, content, name, register_words(turn.words))
    count = await proposal_sheet.apply(turn.db, home, filled, turn.person, turn.roles, turn.now, turn.today)
    return Screen(
        title=t("desk-register-applied", count=count),
        icon="✓",
        text="\n".join(plan_lines(t, filled)),
        note=home.name(t.language),
        buttons=_ways(turn),
    )
