"""How is the list read: by theme, page by page, and one issue as a card?"""

from collections.abc import Callable

from civic.issues import Renewal, renew_until, renewal
from civic.people import Right, may
from civic.refusals import Reason, Refused
from handlers.files import with_file
from handlers.issues.presses import (
    EVERY,
    PAGE,
    FollowIssue,
    IssueFile,
    IssueHistory,
    IssueList,
    OpenIssue,
    ShareIssue,
    Themes,
    UnfollowIssue,
    WhoseList,
    home_of_issue,
    home_read,
    named,
)
from handlers.issues.staff import KeepIssue
from handlers.petitions.presses import Petitions
from handlers.proposals.presses import Proposals
from handlers.ways import numbered, other_languages, page_of, to_menu
from storage.catalogue import Theme, catalogue
from storage.issues import (
    Issue,
    Listed,
    get_issue_read_by,
    listed_issues,
)
from storage.municipalities import Municipality, municipalities
from storage.petition_readers import petitions_on_issue
from storage.proposals import Wanted, proposal_count
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
routes.command("issues", Themes())
routes.link("i", numbered(OpenIssue))


@routes.press(WhoseList, reads=True, statements=1)
async def whose_list(turn: Turn, press: WhoseList) -> Screen:
    """The municipalities of the installation."""
    t = turn.t
    homes = await municipalities(turn.db)
    if not homes:
        raise Refused(Reason.NOT_SET_UP)
    shown, page, pages = page_of(len(homes), press.page, 8)
    return Screen(
        title=t("issues-whose-title"),
        choice=tuple(Button(homes[i].name(t.language), Themes(homes[i].id)) for i in shown),
        first_number=shown.start + 1,
        buttons=_turning(turn, page, pages, WhoseList) + other_languages(turn, WhoseList(page)),
        at=WhoseList(page),
    )


def _turning(turn: Turn, page: int, pages: int, make: Callable[[int], Press]) -> tuple[tuple[Button, ...], ...]:
    return rows(
        Button(turn.t("kit-previous"), make(page - 1)) if page > 0 else None,
        Button(turn.t("kit-next"), make(page + 1)) if page + 1 < pages else None,
        width=2,
    )


@routes.press(Themes, reads=True, statements=2)
async def themes(turn: Turn, press: Themes) -> Screen:
    """The list by theme, with how many issues each holds."""
    if turn.municipality is None and press.home is None:
        return await whose_list(turn, WhoseList())
    t = turn.t
    home = await home_read(turn, press.home)
    listed = await listed_issues(turn.db, home.id)
    own = named(turn, home)
    count: dict[str, int] = {}
    for issue in listed:
        count[issue.group] = count.get(issue.group, 0) + 1
    listed_themes = [
        Button(
            f"{theme.icon} {theme.label[_spoken(turn)]} · {count[theme.code]}",
            IssueList(theme.code, 0, own),
        )
        for theme in catalogue().themes.values()
        if theme.code in count
    ]
    listed_themes.append(Button(f"{t('issues-all')} · {len(listed)}", IssueList(EVERY, 0, own)))
    return Screen(
        title=t("issues-list-title", count=len(listed)),
        icon="📋",
        text=t("issues-list-text") if listed else t("issues-list-empty"),
        note=home.name(t.language),
        choice=tuple(listed_themes),
        buttons=other_languages(turn, Themes(own)) + rows(to_menu(turn)),
        at=Themes(own),
    )


def _spoken(turn: Turn) -> str:
    return turn.t.language if turn.t.language in ("ky", "ru", "en") else "ky"


@routes.press(IssueList, reads=True, statements=2)
async def issue_list(turn: Turn, press: IssueList) -> Screen:
    """The issues of a theme, numbered on through the pages."""
    t = turn.t
    home = await home_read(turn, press.home)
    own = named(turn, home)
    theme = catalogue().themes.get(press.theme)
    if theme is None and press.theme != EVERY:
        raise Refused(Reason.NOT_FOUND)
    listed = [issue for issue in await listed_issues(turn.db, home.id) if theme is None or issue.group == theme.code]
    shown, page, pages = page_of(len(listed), press.page, PAGE)
    return Screen(
        title=_theme_title(turn, theme, len(listed)),
        icon=theme.icon if theme is not None else "📋",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text="" if listed else t("issues-list-empty"),
        note=home.name(t.language),
        choice=tuple(to_issue(turn, listed[i]) for i in shown),
        first_number=shown.start + 1,
        buttons=_turning(turn, page, pages, lambda to: IssueList(press.theme, to, own))
        + rows(Button(t("kit-back"), Themes(own))),
        at=IssueList(press.theme, page, own),
    )


def _theme_title(turn: Turn, theme: Theme | None, count: int) -> str:
    name = theme.label[_spoken(turn)] if theme is not None else turn.t("issues-all")
    return f"{name} ({count})"


def to_issue(turn: Turn, issue: Issue | Listed) -> Button:
    return Button(issue.said("label", turn.t.language), OpenIssue(issue.id))


@routes.press(OpenIssue, reads=True, statements=5)
async def open_issue(turn: Turn, press: OpenIssue) -> Screen:
    """The card of an issue: open to everybody, before any question."""
    home = await home_of_issue(turn, press.issue)
    issue, follows = await get_issue_read_by(turn.db, home.id, press.issue, reader=turn.person.id)
    proposed = await proposal_count(turn.db, home.id, Wanted(issue=issue.id))
    petitions = await petitions_on_issue(turn.db, home.id, issue.id)
    return issue_card(turn, home, issue, follows=follows, proposed=proposed, petitions=petitions)


@routes.press(IssueFile, reads=True, statements=4)
async def issue_file(turn: Turn, press: IssueFile) -> Screen:
    """The photo or paper that staff put to what is being done."""
    t = turn.t
    home = await home_of_issue(turn, press.issue)
    issue, _ = await get_issue_read_by(turn.db, home.id, press.issue, reader=turn.person.id)
    if issue.file_id is None:
        raise Refused(Reason.NOT_FOUND)
    screen = Screen(
        title=issue.said("label", t.language),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-back"), OpenIssue(issue.id))),
        at=IssueFile(issue.id),
    )
    return await with_file(turn.db, screen, issue.file_id)


def issue_card(turn: Turn, home: Municipality, issue: Issue, *, follows: bool, proposed: int, petitions: int) -> Screen:
    """What the issue is, by which law, who answers for it, what is being done, and how fresh that is."""
    t, language = turn.t, turn.t.language
    text = issue.said("text", language)
    law = issue.law_in(language)
    check = issue.law_in(language, form="check") if issue.checked_on is None else ""
    responsible = ", ".join(part for part in (issue.responsible, issue.said("post", language)) if part)
    phone = issue.phone or home.contact("phone", language)
    facts = (
        Fact(t("issues-fact-law"), f"{law} ({check})" if check else law),
        Fact(t("issues-fact-responsible"), responsible or t("issues-nobody-yet")),
        Fact(t("issues-fact-contact"), phone) if phone else None,
        Fact(t("issues-fact-renewed"), t.day(issue.renewed_on)) if issue.renewed_on is not None else None,
    )
    doing = issue.said("doing", language)
    follow = (
        Button(f"🔕 {t('issues-unfollow')}", UnfollowIssue(issue.id))
        if follows
        else Button(f"🔔 {t('issues-follow')}", FollowIssue(issue.id))
    )
    return Screen(
        title=issue.said("label", language),
        state=freshness(turn, home, issue),
        text=text[:1].upper() + text[1:] + ".",
        facts=tuple(fact for fact in facts if fact is not None),
        folded=f"{t('issues-doing')}\n{doing}" if doing else "",
        note=home.name(language),
        buttons=rows(follow, Button(f"↗️ {t('issues-share')}", ShareIssue(issue.id)), width=2)
        + rows(
            Button(f"💡 {t('issues-proposals')} · {proposed}", Proposals(issue=issue.id, home=named(turn, home))),
            Button(f"✍️ {t('menu-petitions')} · {petitions}", Petitions("all", issue=issue.id, home=named(turn, home)))
            if petitions
            else None,
        )
        + rows(
            Button(f"📷 {t('issues-file')}", IssueFile(issue.id)) if issue.file_id else None,
            Button(f"🕘 {t('issues-history')}", IssueHistory(issue.id)) if issue.version > 1 else None,
            width=2,
        )
        + rows(
            Button(f"✏️ {t('issues-keep')}", KeepIssue(issue.id)) if may(turn.roles, Right.KEEP_ISSUES) else None,
        )
        + other_languages(turn, OpenIssue(issue.id))
        + rows(Button(t("kit-back"), IssueList(issue.group, 0, named(turn, home)))),
        at=OpenIssue(issue.id),
    )


def freshness(turn: Turn, home: Municipality, issue: Issue) -> str:
    """The renewal in one line: at least once in half a year (Typical Plan 2.5)."""
    numbers = home.settings
    state = renewal(
        issue.renewed_on, turn.today, months=numbers.info_refresh_months, warn_months=numbers.info_warn_months
    )
    if state is Renewal.NEVER or issue.renewed_on is None:
        return f"○ {turn.t('issues-never-renewed')}"
    until = turn.t.day(renew_until(issue.renewed_on, numbers.info_refresh_months))
    if state is Renewal.OVERDUE:
        return f"⚠️ {turn.t('issues-overdue', until=until)}"
    return f"✓ {turn.t('issues-fresh', until=until)}"
