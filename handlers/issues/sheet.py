"""How does staff get the list as a spreadsheet, and send it back corrected?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions import files, issue_sheet, sheet_plans
from civic.files import FileKind, content_of
from civic.people import Right, may
from civic.refusals import Reason, Refused
from civic.sheets import BadSheet, Fault, Flaw
from exports.sheets import as_xlsx
from handlers.issues.staff import GiveSheet, KeepList, home_kept
from handlers.ways import to_tasks
from storage.files import file_beginning
from storage.issues import kept_issues
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, File, Screen, rows
from talk.turn import Turn
from talk.words import LANGUAGES, Speaker, Words

routes = Routes()
MOST_FAULTS = 10  # shown at once; who has more knows what to look for
MOST_LINES = 12
_KEY = 16  # characters of a file's key and of the state of the list that ride on a button


@dataclass(frozen=True)
class ApplySheet(Press, code="ksa"):
    """Do what the spreadsheet says: the beginning of its key, and of the mark of the list it was checked against."""

    file: str
    seen: str


def sheet_words(words: Words) -> issue_sheet.SheetWords:
    """The words of the sheet, from those of the installation."""
    speakers = {language: words.speaker(language) for language in LANGUAGES}
    return issue_sheet.SheetWords(
        names={key: {k: t(f"sheets-column-{_dashed(key)}") for k, t in speakers.items()} for key in issue_sheet.KEYS},
        notes={key: {k: t(f"sheets-note-{_dashed(key)}") for k, t in speakers.items()} for key in issue_sheet.NOTED},
        choices={key: {k: t(f"sheets-is-{key}") for k, t in speakers.items()} for key in issue_sheet.CHOICES},
    )


def _dashed(key: str) -> str:
    return key.replace("_", "-")


# --- what is wrong, and what would change, in words ---


def fault_lines(t: Speaker, faults: Sequence[Fault]) -> list[str]:
    """Every fault in a line: its row and column, and what is wrong there."""
    return [_fault_line(t, fault) for fault in faults]


def _fault_line(t: Speaker, fault: Fault) -> str:
    what = t(f"sheets-flaw-{fault.flaw}", **fault.details)
    heading = t(f"sheets-column-{_dashed(fault.key)}") if fault.key in issue_sheet.KEYS else fault.heading
    if not fault.letter:
        return f"{heading}: {what}" if heading else what[:1].upper() + what[1:]
    if not heading:
        return t("sheets-at-cell", row=fault.row, letter=fault.letter, what=what)
    return t("sheets-at-heading", row=fault.row, letter=fault.letter, heading=heading, what=what)


def plan_lines(t: Speaker, plan: sheet_plans.Plan) -> list[str]:
    """What would change, by kind: a line with the count, then the issues."""
    changed = [
        f"{_label(t, plan, code)}: {', '.join(t(f'sheets-column-{_column(name)}') for name in fields)}"
        for code, fields in plan.changed.items()
    ]
    renewed = [f"{_label(t, plan, code)}: {t.day(day)}" for code, day in plan.renewed.items()]
    parts = (
        (t("sheets-added", count=len(plan.added)), [_label(t, plan, each.code) for each in plan.added]),
        (t("sheets-changed", count=len(changed)), changed),
        (t("sheets-renewed", count=len(renewed)), renewed),
        (t("sheets-retired", count=len(plan.retired)), [_label(t, plan, code) for code in plan.retired]),
        (t("sheets-restored", count=len(plan.restored)), [_label(t, plan, code) for code in plan.restored]),
        (t("sheets-moved", count=len(plan.moved)), [_label(t, plan, code) for code in plan.moved]),
    )
    lines: list[str] = []
    for head, issues in parts:
        if issues:
            lines += [head, *(f"• {issue}" for issue in issues[:MOST_LINES])]
            lines += [f"… + {len(issues) - MOST_LINES}"] if len(issues) > MOST_LINES else []
    return [*lines, t("sheets-left", count=plan.left)]


def _column(name: str) -> str:
    return "theme" if name == "group" else _dashed(name)


def _label(t: Speaker, plan: sheet_plans.Plan, code: str) -> str:
    label = plan.labels[code]
    return label.get(t.language) or label["ky"]


# --- the conversation ---


@routes.press(GiveSheet, reads=True, statements=1, right=Right.KEEP_ISSUES)
async def give_sheet(turn: Turn, _: GiveSheet) -> Screen:
    """The whole list as a file, and how to send it back."""
    t, home = turn.t, home_kept(turn)
    language = t.language if t.language in LANGUAGES else "ky"
    words = sheet_words(turn.words)
    given = await issue_sheet.give_sheet(turn.db, home, words, language)
    content = as_xlsx(issue_sheet.columns(words), given, language, t("sheets-title"), stay=issue_sheet.STAY)
    return Screen(
        title=t("sheets-title"),
        icon="📄",
        text=t("sheets-text"),
        note=home.name(t.language),
        document=File(f"{home.key}.xlsx", content),
        buttons=_ways(turn),
        at=GiveSheet(),
    )


def _ways(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return rows(Button(f"📋 {turn.t('issues-whole-list')}", KeepList()), to_tasks(turn))


def is_sheet(turn: Turn) -> bool:
    """Whether the person sent what may be a spreadsheet, and keeps the list."""
    file = turn.heard.file
    return file is not None and file.ending in ("xlsx", "xls", "csv") and may(turn.roles, Right.KEEP_ISSUES)


async def checked(turn: Turn) -> Screen:
    """A spreadsheet was sent: what is wrong with it, or what it would change, to be confirmed. Refused:
    NEEDS_MUNICIPALITY, and when the file cannot be had."""
    t, home, file = turn.t, home_kept(turn), turn.heard.file
    assert file is not None
    if file.ending == "xls":
        return _faulty(turn, [Fault(Flaw.OLD_KIND)])
    content = content_of(file, {FileKind.PAPER})
    try:
        plan = await sheet_plans.read_sheet(turn.db, home, content, file.name, sheet_words(turn.words), turn.today)
    except BadSheet as bad:
        return _faulty(turn, bad.faults)
    if plan.is_empty:
        return Screen(title=t("sheets-nothing"), icon="📄", note=home.name(t.language), buttons=_ways(turn), fresh=True)
    key = await files.keep(turn.db, file, turn.now)
    return Screen(
        title=t("sheets-check-title"),
        icon="📄",
        text="\n".join(plan_lines(t, plan)),
        note=home.name(t.language),
        buttons=rows(
            Button(f"✓ {t('sheets-apply')}", ApplySheet(key[:_KEY], plan.seen[:_KEY])),
            Button(t("kit-cancel"), KeepList()),
        ),
        fresh=True,
    )


def _faulty(turn: Turn, faults: Sequence[Fault]) -> Screen:
    t = turn.t
    lines = fault_lines(t, faults[:MOST_FAULTS])
    more = len(faults) - len(lines)
    return Screen(
        title=t("sheets-faults-title", count=len(faults)),
        icon="⚠️",
        text="\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)) + f"\n\n{t('sheets-send-corrected')}",
        state=t("sheets-faults-more", shown=len(lines), count=len(faults)) if more > 0 else "",
        note=home_kept(turn).name(t.language),
        buttons=_ways(turn),
        fresh=True,
    )


@routes.press(ApplySheet, reads=False, statements=400, right=Right.KEEP_ISSUES)
async def apply_sheet(turn: Turn, press: ApplySheet) -> Screen:
    """Done, when the list is still as it was when the file was checked. Refused: LIST_CHANGED, FILE_LOST,
    NEEDS_MUNICIPALITY."""
    t, home = turn.t, home_kept(turn)
    kept = await file_beginning(turn.db, press.file)
    if kept is None:
        raise Refused(Reason.FILE_LOST)
    name, content = kept
    state = sheet_plans.seen(await kept_issues(turn.db, home.id))
    if state[:_KEY] != press.seen:
        raise Refused(Reason.LIST_CHANGED)  # which pops up over what is shown: it may have been pressed twice
    try:
        words = sheet_words(turn.words)
        plan = await sheet_plans.read_sheet(turn.db, home, content, name, words, turn.today)
        await sheet_plans.apply(turn.db, home, plan, turn.person, turn.roles, turn.now)
    except BadSheet as bad:
        return replace(_faulty(turn, bad.faults), fresh=False)
    return Screen(
        title=t("sheets-applied"),
        icon="✓",
        text="\n".join(plan_lines(t, plan)),
        note=home.name(t.language),
        buttons=_ways(turn),
    )
