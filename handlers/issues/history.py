"""How did an issue come to be what it is? Every change with its date and author, open to everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actions import keeping
from civic.people import Right, may
from civic.refusals import Reason, Refused
from handlers.issues.keep import kept_card
from handlers.issues.presses import IssueHistory, OpenIssue, home_of_issue
from handlers.issues.staff import PutBack, kept
from handlers.ways import page_of
from storage.catalogue import catalogue
from storage.changes import Change, IssueChange, authors, change_count, changes_of, get_change
from storage.issues import get_issue
from storage.municipalities import Municipality
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 6
LONG = 400  # characters of a value on the screen; more of it is folded


@dataclass(frozen=True)
class OpenChange(Press, code="hc"):
    """One change of an issue: what stood before, what after."""

    issue: int
    change: int


def _author(turn: Turn, change: IssueChange, names: Mapping[int, str]) -> str:
    if change.by is None:
        return turn.t("issues-author-file")
    return names.get(change.by) or turn.t("issues-author-staff")


@routes.press(IssueHistory, reads=True, statements=5)
async def history(turn: Turn, press: IssueHistory) -> Screen:
    """The changes of an issue, newest first."""
    t = turn.t
    home = await home_of_issue(turn, press.issue)
    issue = await get_issue(turn.db, home.id, press.issue)
    count = await change_count(turn.db, issue.id)
    shown, page, pages = page_of(count, press.page, PAGE)
    changes = await changes_of(turn.db, issue.id, after=shown.start, limit=PAGE)
    names = await authors(turn.db, home.id, {change.by for change in changes if change.by is not None})
    lines = [
        f"{shown.start + n + 1}. {_when(turn, home, change)} · {t(f'issues-change-{change.kind}')} · "
        f"{_author(turn, change, names)}"
        for n, change in enumerate(changes)
    ]
    return Screen(
        title=t("issues-history-title", label=issue.said("label", t.language)),
        icon="🕘",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text="\n".join(lines) or t("issues-history-none"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{t(f'issues-change-{change.kind}')}, {_when(turn, home, change)}", OpenChange(issue.id, change.id))
            for change in changes
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), IssueHistory(issue.id, page - 1)) if page > 0 else None,
            Button(t("kit-next"), IssueHistory(issue.id, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), OpenIssue(issue.id))),
        at=IssueHistory(issue.id, page),
    )


def _when(turn: Turn, home: Municipality, change: IssueChange) -> str:
    return turn.t.moment(change.at, home.time_zone)[:10]


@routes.press(OpenChange, reads=True, statements=5)
async def open_change(turn: Turn, press: OpenChange) -> Screen:
    """One change: when, by whom, and each field before and after."""
    t = turn.t
    home = await home_of_issue(turn, press.issue)
    issue = await get_issue(turn.db, home.id, press.issue)
    change = await get_change(turn.db, home.id, press.change)
    if change is None or change.issue_id != issue.id:
        raise Refused(Reason.NOT_FOUND)
    names = await authors(turn.db, home.id, {change.by} if change.by is not None else set())
    facts = [
        Fact(t("issues-change-at"), t.moment(change.at, home.time_zone)),
        Fact(t("issues-change-by"), _author(turn, change, names)),
        Fact(t("issues-change-version"), t.number(change.number)),
    ]
    parts = []
    for name in change.after:
        before, after = (_value(turn, name, values.get(name)) for values in (change.before, change.after))
        parts.append(f"{t(f'issues-field-{_key(name)}')}\n− {before}\n+ {after}")
    whole = "\n\n".join(parts)
    return Screen(
        title=t(f"issues-change-{change.kind}"),
        icon="🕘",
        state=issue.said("label", t.language),
        facts=tuple(facts),
        text=whole if len(whole) <= LONG else "",
        folded=whole if len(whole) > LONG else "",
        note=home.name(t.language),
        buttons=rows(
            Button(f"↩️ {t('issues-put-back')}", PutBack(issue.id, change.id))
            if change.kind is Change.EDITED and may(turn.roles, Right.KEEP_ISSUES)
            else None,
            Button(t("kit-back"), IssueHistory(issue.id)),
        ),
        at=OpenChange(issue.id, change.id),
    )


@routes.press(PutBack, reads=False, statements=12, right=Right.KEEP_ISSUES)
async def put_back(turn: Turn, press: PutBack) -> Screen:
    """What stood before that change stands again, as a new version: nothing of the history is lost."""
    issue = await kept(turn, press.issue)
    change = await get_change(turn.db, issue.municipality_id, press.change)
    if change is None or change.issue_id != issue.id or change.kind is not Change.EDITED:
        raise Refused(Reason.NOT_FOUND)
    before = {name: value for name, value in change.before.items() if name != "renewed_on"}
    new = await keeping.edit(turn.db, issue, before, turn.person, turn.roles, turn.now, turn.today)
    await turn.db.flush()
    return await kept_card(turn, issue, lead=turn.t("keep-put-back" if new else "keep-same"))


def _key(name: str) -> str:
    return name.replace("_", "-")


def _value(turn: Turn, name: str, value: object) -> str:
    if value in (None, ""):
        return turn.t("issues-field-empty")
    if name.endswith("_on"):
        return turn.t.day(date.fromisoformat(str(value)))
    if name == "file_id":
        return turn.t("issues-field-file-there")
    if name == "group":
        theme = catalogue().themes.get(str(value))
        return theme.label.get(turn.t.language, theme.label["ky"]) if theme is not None else str(value)
    return str(value)
