"""The list of issues of local importance, as a resident reads it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from actions import issues
from civic.issues import Renewal, renew_until, renewal
from civic.refusals import Reason, Refused
from handlers.ways import Followed, numbered, other_languages, page_of, to_me, to_menu
from storage.catalogue import Theme, catalogue
from storage.issues import (
    Issue,
    Listed,
    followed_issues,
    get_issue,
    get_issue_read_by,
    issues_like,
    listed_issues,
    municipality_of_issue,
    whole_issues,
)
from storage.municipalities import Municipality, get_municipality, municipalities
from talk.answers import Option, choice
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 7
EVERY = ""  # every theme


@dataclass(frozen=True)
class WhoseList(Press, code="iw"):
    """Which municipality's list to read, asked of a guest where there are several."""

    page: int = 0


@dataclass(frozen=True)
class Themes(Press, code="is"):
    """The list by theme."""

    home: int | None = None


@dataclass(frozen=True)
class IssueList(Press, code="il"):
    """The issues of a theme (or of all), a page at a time."""

    theme: str = EVERY
    page: int = 0
    home: int | None = None


@dataclass(frozen=True)
class OpenIssue(Press, code="i"):
    """The card of an issue."""

    issue: int


@dataclass(frozen=True)
class FollowIssue(Press, code="if"):
    """Be told when the issue changes."""

    issue: int


@dataclass(frozen=True)
class UnfollowIssue(Press, code="iu"):
    """Not any more."""

    issue: int


@dataclass(frozen=True)
class ShareIssue(Press, code="ish"):
    """A link and a text to pass on."""

    issue: int


routes.command("issues", Themes())
routes.link("i", numbered(OpenIssue))


async def home_read(turn: Turn, home: int | None) -> Municipality:
    """Whose list is read: one's own; a guest without a municipality reads any, for the list is open to all
    (Typical Plan 2.1). Refused: NOT_FOUND for another's than one's own, NEEDS_MUNICIPALITY when none is named."""
    own = turn.municipality
    if own is not None:
        if home is not None and home != own.id:
            raise Refused(Reason.NOT_FOUND)
        return own
    if home is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return await get_municipality(turn.db, home)


async def home_of_issue(turn: Turn, issue: int) -> Municipality:
    """Whose list the issue is read on, by the same rule."""
    if turn.municipality is not None:
        return turn.municipality
    return await home_read(turn, await municipality_of_issue(turn.db, issue) or 0)


def _named(turn: Turn, home: Municipality) -> int | None:
    return None if turn.municipality is not None else home.id


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
    named = _named(turn, home)
    count: dict[str, int] = {}
    for issue in listed:
        count[issue.group] = count.get(issue.group, 0) + 1
    listed_themes = [
        Button(
            f"{theme.icon} {theme.label[_spoken(turn)]} · {count[theme.code]}",
            IssueList(theme.code, 0, named),
        )
        for theme in catalogue().themes.values()
        if theme.code in count
    ]
    listed_themes.append(Button(f"{t('issues-all')} · {len(listed)}", IssueList(EVERY, 0, named)))
    return Screen(
        title=t("issues-list-title", count=len(listed)),
        icon="📋",
        text=t("issues-list-text") if listed else t("issues-list-empty"),
        note=home.name(t.language),
        choice=tuple(listed_themes),
        buttons=other_languages(turn, Themes(named)) + rows(to_menu(turn)),
        at=Themes(named),
    )


def _spoken(turn: Turn) -> str:
    return turn.t.language if turn.t.language in ("ky", "ru", "en") else "ky"


@routes.press(IssueList, reads=True, statements=2)
async def issue_list(turn: Turn, press: IssueList) -> Screen:
    """The issues of a theme, numbered on through the pages."""
    t = turn.t
    home = await home_read(turn, press.home)
    named = _named(turn, home)
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
        choice=tuple(_open(turn, listed[i]) for i in shown),
        first_number=shown.start + 1,
        buttons=_turning(turn, page, pages, lambda to: IssueList(press.theme, to, named))
        + rows(Button(t("kit-back"), Themes(named))),
        at=IssueList(press.theme, page, named),
    )


def _theme_title(turn: Turn, theme: Theme | None, count: int) -> str:
    name = theme.label[_spoken(turn)] if theme is not None else turn.t("issues-all")
    return f"{name} ({count})"


def _open(turn: Turn, issue: Issue | Listed) -> Button:
    return Button(issue.said("label", turn.t.language), OpenIssue(issue.id))


@routes.press(OpenIssue, reads=True, statements=3)
async def open_issue(turn: Turn, press: OpenIssue) -> Screen:
    """The card of an issue: open to everybody, before any question."""
    home = await home_of_issue(turn, press.issue)
    issue, follows = await get_issue_read_by(turn.db, home.id, press.issue, reader=turn.person.id)
    return issue_card(turn, home, issue, follows=follows)


def issue_card(turn: Turn, home: Municipality, issue: Issue, *, follows: bool) -> Screen:
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
        state=_freshness(turn, home, issue),
        text=text[:1].upper() + text[1:] + ".",
        facts=tuple(fact for fact in facts if fact is not None),
        folded=f"{t('issues-doing')}\n{doing}" if doing else "",
        note=home.name(language),
        buttons=rows(follow, Button(f"↗️ {t('issues-share')}", ShareIssue(issue.id)), width=2)
        + other_languages(turn, OpenIssue(issue.id))
        + rows(Button(t("kit-back"), IssueList(issue.group, 0, _named(turn, home)))),
        at=OpenIssue(issue.id),
    )


def _freshness(turn: Turn, home: Municipality, issue: Issue) -> str:
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


@routes.press(Followed, reads=True, statements=1)
async def followed(turn: Turn, _: Followed) -> Screen:
    """The issues the person follows, of the municipality they belong to."""
    listed = await followed_issues(turn.db, turn.person.id, turn.person.municipality_id)
    return Screen(
        title=turn.t("issues-followed-title", count=len(listed)),
        icon="🔔",
        text="" if listed else turn.t("issues-followed-none"),
        choice=tuple(_open(turn, issue) for issue in listed),
        buttons=rows(Button(turn.t("issues-whole-list"), Themes()), to_me(turn)),
        at=Followed(),
    )


@routes.press(FollowIssue, reads=False, statements=6)
async def follow(turn: Turn, press: FollowIssue) -> Screen:
    """The person is told from now on when the issue changes."""
    new = await issues.follow(turn.db, turn.person, press.issue, turn.now)
    card = await open_issue(turn, OpenIssue(press.issue))
    return card.with_alert(turn.t("issues-followed" if new else "issues-followed-already"))


@routes.press(UnfollowIssue, reads=False, statements=6)
async def unfollow(turn: Turn, press: UnfollowIssue) -> Screen:
    """Not any more."""
    await issues.unfollow(turn.db, turn.person, press.issue, turn.now)
    card = await open_issue(turn, OpenIssue(press.issue))
    return card.with_alert(turn.t("issues-unfollowed"))


@routes.press(ShareIssue, reads=True, statements=3)
async def share(turn: Turn, press: ShareIssue) -> Screen:
    """A text that makes sense when it is forwarded, with the link in it."""
    t = turn.t
    home = await home_of_issue(turn, press.issue)
    issue = await get_issue(turn.db, home.id, press.issue)
    link = turn.links.deep(f"i{issue.id}")
    label = issue.said("label", t.language)
    return Screen(
        title=t("issues-share-title"),
        text=t("issues-share-text"),
        forward=forwarded(turn, home, issue),
        buttons=rows(
            Button(f"↗️ {t('issues-share-choose')}", link=f"https://t.me/share/url?url={link}"),
            Button(f"🔎 {t('issues-share-inline')}", inline=label),
            Button(t("kit-back"), OpenIssue(issue.id)),
        ),
        at=ShareIssue(issue.id),
    )


def forwarded(turn: Turn, home: Municipality, issue: Issue) -> str:
    """The issue as plain text for any messenger: title, what is being done, who answers, link."""
    t = turn.t
    lines = (
        issue.said("label", t.language),
        home.name(t.language),
        issue.said("doing", t.language) or issue.said("text", t.language),
        issue.responsible and f"{t('issues-fact-responsible')}: {issue.responsible}, {issue.phone}".rstrip(", "),
        turn.links.deep(f"i{issue.id}"),
    )
    return "\n".join(line for line in lines if line)


@routes.typed(Themes)
async def search_themes(turn: Turn, press: Themes, words: str) -> Screen:
    """Typed words search the whole list."""
    home = await home_read(turn, press.home)
    return found_screen(turn, home, words, await issues_like(turn.db, home.id, words))


@routes.typed(IssueList)
async def search_list(turn: Turn, press: IssueList, words: str) -> Screen:
    """Typed words search the whole list, not this page only."""
    return await search_themes(turn, Themes(press.home), words)


@routes.typed(OpenIssue)
async def search_card(turn: Turn, press: OpenIssue, words: str) -> Screen:
    """Typed words under a card search the whole list."""
    home = await home_of_issue(turn, press.issue)
    return found_screen(turn, home, words, await issues_like(turn.db, home.id, words))


@routes.typed(WhoseList)
async def search_home(turn: Turn, _: WhoseList, words: str) -> Screen:
    """The typed name of a municipality opens its list."""
    options = [
        Option(str(home.id), home.name(language))
        for home in await municipalities(turn.db)
        for language in ("ky", "ru", "en")
    ]
    number = choice(options).read(turn, replace(turn.heard, text=words))
    return await themes(turn, Themes(int(number or 0)))


def found_screen(turn: Turn, home: Municipality, words: str, found: list[Issue]) -> Screen:
    """What was found, best first, or how to look on."""
    t = turn.t
    named = _named(turn, home)
    return Screen(
        title=t("issues-found-title", words=words[:60], count=len(found)) if found else t("issues-not-found-title"),
        icon="🔎",
        text="" if found else t("issues-not-found-text", words=words[:60]),
        note=home.name(t.language),
        choice=tuple(_open(turn, issue) for issue in found[:PAGE]),
        buttons=rows(Button(t("issues-whole-list"), Themes(named))),
        at=Found(words[:20], named) if found else Themes(named),
    )


@dataclass(frozen=True)
class Found(Press, code="iq"):
    """What was found by some words."""

    words: str
    home: int | None = None


@routes.press(Found, reads=True, statements=2)
async def found(turn: Turn, press: Found) -> Screen:
    """The same search again."""
    return await search_themes(turn, Themes(press.home), press.words)


@routes.typed(Found)
async def search_again(turn: Turn, press: Found, words: str) -> Screen:
    """Other words, another search."""
    return await search_themes(turn, Themes(press.home), words)


async def inline(turn: Turn, query: str) -> Screen:
    """`@bot water`: cards to put into any chat. Without words, the first of the list."""
    home = turn.municipality
    if home is None:
        return Screen(results=())
    found = await issues_like(turn.db, home.id, query) if query.strip() else await _first(turn, home)
    results = (
        Screen(
            title=issue.said("label", turn.t.language),
            state=home.name(turn.t.language),
            text=forwarded(turn, home, issue),
            at=OpenIssue(issue.id),
        )
        for issue in found[:20]
    )
    return Screen(results=tuple(results))


async def _first(turn: Turn, home: Municipality) -> list[Issue]:
    return list(await whole_issues(turn.db, home.id))


routes.inline_answer = inline
