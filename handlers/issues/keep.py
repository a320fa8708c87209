"""How do staff keep the list alive: what is due, one issue as they see it, «checked, nothing changed»?"""

from dataclasses import dataclass
from typing import Any

from actions import keeping
from civic.issues import Renewal, is_locked, renewal
from civic.municipalities import Settings
from civic.people import Right, may
from handlers.issues.browse import freshness
from handlers.issues.presses import IssueHistory, OpenIssue
from handlers.issues.staff import (
    AddIssue,
    EditDoing,
    EditWho,
    EditWords,
    GiveSheet,
    KeepIssue,
    KeepList,
    MoveIssue,
    RemoveFile,
    RestoreIssue,
    RetiredIssues,
    RetireIssue,
    home_kept,
    kept,
)
from handlers.ways import page_of, to_tasks
from storage.changes import change_count, renewals_by
from storage.files import find_file
from storage.issues import Issue, kept_issues, whole_issues
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 8
LETTER_LINES = 15
_SIGNS = {Renewal.OVERDUE: "⚠️", Renewal.NEVER: "⚠️", Renewal.DUE_SOON: "⏳", Renewal.FRESH: "✓"}


@dataclass(frozen=True)
class RenewIssue(Press, code="kr"):
    """Checked, nothing changed: one issue."""

    issue: int


@dataclass(frozen=True)
class RenewAll(Press, code="ka"):
    """What it means to say that of every issue, and the question."""


@dataclass(frozen=True)
class RenewAllNow(Press, code="kan"):
    """Every issue was checked, and nothing changed."""


@dataclass(frozen=True)
class UndoRenewals(Press, code="ku"):
    """Take back the renewals from this change on, up to that one."""

    first: int
    last: int


def state_of(turn: Turn, issue: Issue, numbers: Settings) -> Renewal:
    """How fresh the information on the issue is today."""
    return renewal(
        issue.renewed_on, turn.today, months=numbers.info_refresh_months, warn_months=numbers.info_warn_months
    )


@routes.press(KeepList, reads=True, statements=2, right=Right.KEEP_ISSUES)
async def keep_list(turn: Turn, press: KeepList) -> Screen:
    """The whole list as staff see it: what is overdue first, each with its sign, and the sign explained."""
    t, home = turn.t, home_kept(turn)
    numbers = home.settings
    listed = await whole_issues(turn.db, home.id)
    states = {issue.id: state_of(turn, issue, numbers) for issue in listed}
    order = [Renewal.OVERDUE, Renewal.NEVER, Renewal.DUE_SOON, Renewal.FRESH]
    wanted = sorted(listed, key=lambda issue: (order.index(states[issue.id]), issue.position))
    if press.due:
        wanted = [issue for issue in wanted if states[issue.id] is not Renewal.FRESH]
    shown, page, pages = page_of(len(wanted), press.page, PAGE)
    count = {state: sum(each is state for each in states.values()) for state in Renewal}
    return Screen(
        title=t("keep-due-title", count=len(wanted)) if press.due else t("keep-list-title", count=len(wanted)),
        icon="📋",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        facts=tuple(
            Fact(f"{sign} {name}", t.number(number))
            for sign, name, number in (
                ("⚠️", t("keep-overdue"), count[Renewal.OVERDUE] + count[Renewal.NEVER]),
                ("⏳", t("keep-due-soon"), count[Renewal.DUE_SOON]),
                ("✓", t("keep-fresh"), count[Renewal.FRESH]),
            )
            if number
        ),
        text=t("keep-nothing-due") if press.due and not wanted else t("keep-list-text"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{_SIGNS[states[wanted[i].id]]} {wanted[i].said('label', t.language)}", KeepIssue(wanted[i].id))
            for i in shown
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), KeepList(press.due, page - 1)) if page > 0 else None,
            Button(t("kit-next"), KeepList(press.due, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            Button(f"✓ {t('keep-renew-all')}", RenewAll()) if listed else None,
            Button(f"📋 {t('issues-whole-list')}", KeepList()) if press.due else None,
            Button(f"➕ {t('keep-add')}", AddIssue()),
            Button(f"📄 {t('sheets-get')}", GiveSheet()) if not press.due else None,
            Button(t("keep-retired"), RetiredIssues()) if not press.due else None,
            to_tasks(turn),
        ),
        at=KeepList(press.due, page),
    )


@routes.press(RetiredIssues, reads=True, statements=1, right=Right.KEEP_ISSUES)
async def retired(turn: Turn, _: RetiredIssues) -> Screen:
    """What was taken off the list and may be put back."""
    t, home = turn.t, home_kept(turn)
    gone = [issue for issue in await kept_issues(turn.db, home.id) if issue.retired_on is not None]
    return Screen(
        title=t("keep-retired-title", count=len(gone)),
        text="" if gone else t("keep-retired-none"),
        choice=tuple(Button(issue.said("label", t.language), KeepIssue(issue.id)) for issue in gone),
        buttons=rows(Button(t("kit-back"), KeepList())),
        at=RetiredIssues(),
    )


@routes.press(KeepIssue, reads=True, statements=4, right=Right.KEEP_ISSUES)
async def keep_issue(turn: Turn, press: KeepIssue) -> Screen:
    """One issue with everything that staff may do about it."""
    return await kept_card(turn, await kept(turn, press.issue))


async def kept_card(turn: Turn, issue: Issue, *, lead: str = "", undo: Press | None = None) -> Screen:
    """The card that staff work on, the likely act first."""
    t, home = turn.t, home_kept(turn)
    off, locked = issue.retired_on is not None, is_locked(issue.law_code)
    file = await find_file(turn.db, issue.file_id)
    said = [
        turn.words.speaker(language)("kit-language-name")
        for language in ("ky", "ru", "en")
        if getattr(issue, f"doing_{language}")
    ]
    facts = (
        Fact(t("keep-kind"), t("keep-kind-law") if locked else t("keep-kind-charter")),
        Fact(t("issues-fact-responsible"), ", ".join(p for p in (issue.responsible, issue.post_ky) if p) or "—"),
        Fact(t("issues-fact-contact"), issue.phone or "—"),
        Fact(t("keep-languages"), ", ".join(said) or t("keep-nothing-said")),
        Fact(t("keep-file"), file.name if file is not None else "—"),
        Fact(t("keep-versions"), t.number(await change_count(turn.db, issue.id))),
    )
    if off:
        acts = rows(Button(t("keep-restore"), RestoreIssue(issue.id)))
    else:
        acts = rows(
            Button(f"✓ {t('keep-renew')}", RenewIssue(issue.id)) if issue.renewed_on != turn.today else None,
            Button(f"✏️ {t('keep-edit-doing')}", EditDoing(issue.id)),
            Button(f"👤 {t('keep-edit-who')}", EditWho(issue.id)),
            Button(f"✏️ {t('keep-edit-words')}", EditWords(issue.id)) if not locked else None,
            Button(t("keep-move"), MoveIssue(issue.id)) if not locked else None,
            Button(t("keep-remove-file"), RemoveFile(issue.id)) if file is not None else None,
            Button(t("keep-retire"), RetireIssue(issue.id)) if not locked else None,
        )
    return Screen(
        lead=lead,
        title=issue.said("label", t.language),
        icon="✏️",
        state=t("keep-is-retired", day=t.day(issue.retired_on)) if issue.retired_on else freshness(turn, home, issue),
        facts=facts,
        folded=issue.said("doing", t.language),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-undo"), undo) if undo is not None else None)
        + acts
        + rows(
            Button(f"🕘 {t('issues-history')}", IssueHistory(issue.id)),
            Button(f"👁 {t('keep-as-resident')}", OpenIssue(issue.id)) if not off else None,
            Button(t("kit-back"), KeepList()),
            width=2,
        ),
        at=KeepIssue(issue.id),
    )


@routes.press(RenewIssue, reads=False, statements=8, right=Right.KEEP_ISSUES)
async def renew_issue(turn: Turn, press: RenewIssue) -> Screen:
    """Renewed by a name and a date; «undo» stands in the answer."""
    issue = await kept(turn, press.issue)
    done = await keeping.renew(turn.db, [issue], turn.person, turn.roles, turn.now, turn.today)
    await turn.db.flush()
    ids = await renewals_by(turn.db, turn.person.id, turn.now)
    undo = UndoRenewals(ids[0], ids[-1]) if done and ids else None
    return await kept_card(turn, issue, lead=turn.t("keep-renewed" if done else "keep-renewed-already"), undo=undo)


@routes.press(RenewAll, reads=True, statements=1, right=Right.KEEP_ISSUES)
async def renew_all(turn: Turn, _: RenewAll) -> Screen:
    """What is said by it, in numbers, and the question."""
    t, home = turn.t, home_kept(turn)
    old = [issue for issue in await whole_issues(turn.db, home.id) if issue.renewed_on != turn.today]
    empty = sum(not (issue.doing_ky or issue.responsible) for issue in old)
    lines = [t("keep-renew-all-text", count=len(old)), *([t("keep-renew-all-empty", count=empty)] if empty else [])]
    return Screen(
        title=t("keep-renew-all"),
        text="\n".join(lines) if old else t("keep-nothing-due"),
        buttons=rows(
            Button(t("keep-renew-all-yes", count=len(old)), RenewAllNow()) if old else None,
            Button(t("kit-back"), KeepList()),
        ),
        at=RenewAll(),
    )


@routes.press(RenewAllNow, reads=False, statements=60, right=Right.KEEP_ISSUES)
async def renew_all_now(turn: Turn, _: RenewAllNow) -> Screen:
    """Every issue that was not renewed today is; «undo» stands in the answer."""
    home = home_kept(turn)
    listed = await whole_issues(turn.db, home.id)
    done = await keeping.renew(turn.db, listed, turn.person, turn.roles, turn.now, turn.today)
    await turn.db.flush()
    ids = await renewals_by(turn.db, turn.person.id, turn.now)
    t = turn.t
    return Screen(
        title=t("keep-renewed-all", count=done),
        text=t("keep-renewed-all-text") if done else t("keep-nothing-due"),
        note=home.name(t.language),
        buttons=rows(
            Button(t("kit-undo"), UndoRenewals(ids[0], ids[-1])) if done and ids else None,
            Button(f"📋 {t('issues-whole-list')}", KeepList()),
            to_tasks(turn),
        ),
        at=KeepList(),
    )


@routes.press(UndoRenewals, reads=False, statements=60, right=Right.KEEP_ISSUES)
async def undo_renewals(turn: Turn, press: UndoRenewals) -> Screen:
    """As it was before; what others did since stays."""
    home = home_kept(turn)
    changes = await keeping.own_renewals(turn.db, home.id, turn.person, press.first, press.last)
    undone = await keeping.undo_renewal(turn.db, changes, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    said = turn.t("keep-undone", count=undone)
    if len(changes) == 1:
        return await kept_card(turn, await kept(turn, changes[0].issue_id), lead=said)
    return (await keep_list(turn, KeepList())).with_alert(said)


@routes.letter("renewals-due")
async def renewals_due(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """What is due among those the letter is about; None when all were renewed since."""
    t, home = turn.t, turn.municipality
    if home is None or not may(turn.roles, Right.KEEP_ISSUES):
        return None
    numbers = home.settings
    about = set(told["issues"])
    states = {
        issue: state_of(turn, issue, numbers) for issue in await whole_issues(turn.db, home.id) if issue.id in about
    }
    due = [issue for issue, state in states.items() if state is not Renewal.FRESH]
    if not due:
        return None
    lines = [f"{_SIGNS[states[issue]]} {issue.said('label', t.language)}" for issue in due]
    overdue = sum(states[issue] in (Renewal.OVERDUE, Renewal.NEVER) for issue in due)
    return Screen(
        title=t("keep-letter-title", count=len(due)),
        icon="⏳",
        state=f"⚠️ {t('keep-overdue')}: {overdue}" if overdue else "",
        text="\n".join(lines[:LETTER_LINES])
        + (f"\n… + {len(lines) - LETTER_LINES}" if len(lines) > LETTER_LINES else ""),
        note=f"{home.name(t.language)}. {t('keep-letter-why')}",
        buttons=rows(
            Button(t("keep-letter-open"), KeepList(due=True))
            if len(due) > 1
            else Button(t("keep-letter-open"), KeepIssue(due[0].id))
        ),
        fresh=True,
    )
