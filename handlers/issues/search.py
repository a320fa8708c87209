"""How is an issue found by words, typed here or in any chat?"""

import contextlib
from dataclasses import replace

from handlers.answers import choice
from handlers.issues.browse import themes, to_issue
from handlers.issues.follow import forwarded
from handlers.issues.presses import (
    PAGE,
    Found,
    IssueList,
    OpenIssue,
    Themes,
    WhoseList,
    home_of_issue,
    home_read,
    named,
)
from storage.issues import (
    Issue,
    issues_like,
    whole_issues,
)
from storage.municipalities import Municipality, municipalities
from talk.answers import Option
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()


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
    number = await choice(options).read(turn, replace(turn.heard, text=words))
    return await themes(turn, Themes(int(number or 0)))


def found_screen(turn: Turn, home: Municipality, words: str, found: list[Issue]) -> Screen:
    """What was found, best first, or how to look on."""
    t = turn.t
    own = named(turn, home)
    return Screen(
        title=t("issues-found-title", words=words[:60], count=len(found)) if found else t("issues-not-found-title"),
        icon="🔎",
        text="" if found else t("issues-not-found-text", words=words[:60]),
        note=home.name(t.language),
        choice=tuple(to_issue(turn, issue) for issue in found[:PAGE]),
        buttons=rows(Button(t("issues-whole-list"), Themes(own))),
        at=found_by(words, own) if found else Themes(own),
    )


def found_by(words: str, home: int | None) -> Press:
    """The search as a press: as many of the words' letters as a press can carry."""
    for end in range(min(len(words), 20), 0, -1):
        with contextlib.suppress(ValueError):
            press = Found(words[:end], home)
            press.pack()
            return press
    return Themes(home)


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
