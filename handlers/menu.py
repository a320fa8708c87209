"""Where does a conversation stand when nothing else is going on? The main menu, help, and what was not understood."""

import contextlib
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.announcements.presses import PublicAnnouncements
from handlers.issues.presses import Themes
from handlers.issues.search import found_screen
from handlers.participation import Forms
from handlers.people import welcome
from handlers.petitions.presses import FoundPetitions, Petitions
from handlers.proposals.presses import Proposals
from handlers.ways import Me, Menu, SetUp, Tasks, Unchanged, is_installer, to_menu
from storage.announcements import newly_announced
from storage.issues import issues_like
from storage.petition_readers import petitions_like
from talk.form import GoOn
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

NEW = timedelta(days=14)  # so long an announcement is news
routes = Routes()


@dataclass(frozen=True)
class Help(Press, code="h"):
    """What the bot is and how to speak with it."""


@dataclass(frozen=True)
class Courtesy(Press, code="ha"):
    """A greeting, or thanks: people are polite to whoever answers them."""

    thanks: bool = False


routes.command("menu", Menu())
routes.command("help", Help())
routes.words("menu-title-words", Menu())
routes.words("menu-issues", Themes())
routes.words("menu-word-issue", Themes())
routes.words("menu-participation", Forms())
routes.words("menu-me", Me())
routes.words("menu-help", Help())
routes.words("menu-word-hello", Courtesy())
routes.words("menu-word-hello-polite", Courtesy())
routes.words("menu-word-hello-many", Courtesy())
routes.words("menu-word-hello-day", Courtesy())
routes.words("menu-word-hello-morning", Courtesy())
routes.words("menu-word-hello-evening", Courtesy())
routes.words("menu-word-thanks", Courtesy(thanks=True))
routes.words("menu-word-thanks-many", Courtesy(thanks=True))
routes.words("menu-word-thanks-dear", Courtesy(thanks=True))


@routes.press(Menu, reads=True, statements=1)
async def menu(turn: Turn, _: Menu) -> Screen:
    """The main menu: the same words in both messengers, at most eight rows; announcements while there are new ones."""
    t = turn.t
    draft = turn.person.draft
    unfinished = draft is not None and draft.dropped_at is None
    home = turn.municipality
    news = await newly_announced(turn.db, home.id, turn.now - NEW) if home is not None else 0
    return Screen(
        title=home.name(t.language) if home is not None else t("menu-product"),
        text=t("menu-text"),
        buttons=rows(
            Button(f"✎ {t('menu-unfinished')}", GoOn()) if unfinished else None,
            Button(f"📢 {t('announced-all')} · {news}", PublicAnnouncements()) if news else None,
            Button(f"📋 {t('menu-issues')}", Themes()),
            Button(f"💡 {t('menu-proposals')}", Proposals()),
            Button(f"✍️ {t('menu-petitions')}", Petitions()),
            Button(f"🙋 {t('menu-participation')}", Forms()),
            Button(f"👤 {t('menu-me')}", Me()),
            Button(f"📌 {t('tasks-title')}", Tasks()) if turn.roles else None,
        ),
        at=Menu(),
    )


@routes.press(Courtesy, reads=False, statements=1)
async def be_polite(turn: Turn, press: Courtesy) -> Screen:
    """A kind word back, and what one can do; a newcomer who says «Салам» is met as after /start."""
    if not turn.person.language_chosen:
        return await turn.go(turn, welcome.FirstContact())
    return replace(await menu(turn, Menu()), lead=turn.t("menu-welcome-back" if press.thanks else "menu-hello"))


@routes.press(Help, reads=True, statements=0)
async def help_page(turn: Turn, _: Help) -> Screen:
    """What the bot is and how to speak with it."""
    return Screen(
        title=turn.t("menu-help"),
        text=turn.t("menu-help-text"),
        buttons=rows(to_menu(turn)),
        at=Help(),
    )


@routes.press(Unchanged, reads=True, statements=0)
async def unchanged(turn: Turn, _: Unchanged) -> Screen:
    """What has arrived stays as it was, and so does the place where the person stands."""
    return Screen(alert=turn.t("menu-unchanged"))


def began(turn: Turn) -> Press:
    """/start without a link: the first contact for a newcomer, the menu for everybody else; setting up for somebody
    of ADMIN_IDS who belongs to no municipality yet."""
    if turn.municipality is None and is_installer(turn):
        return SetUp()
    return Menu() if turn.person.language_chosen else welcome.FirstContact()


async def not_understood(turn: Turn) -> Screen:
    """Words that name no button: perhaps an issue is meant; else the menu, with what one can do."""
    home = turn.municipality
    if home is not None and turn.heard.text:
        found = await issues_like(turn.db, home.id, turn.heard.text)
        petitions = await petitions_like(turn.db, home.id, turn.heard.text)
        to_petitions = _to_petitions(turn, len(petitions))
        if found:
            screen = found_screen(turn, home, turn.heard.text, found)
            return replace(screen, buttons=rows(to_petitions) + screen.buttons)
        if petitions and to_petitions is not None and to_petitions.press is not None:
            return await turn.go(turn, to_petitions.press)
    if not turn.person.language_chosen and turn.heard.text and turn.person.draft is None:
        return await turn.go(turn, welcome.FirstContact())  # «Салам»: how people begin in WhatsApp
    return replace(await menu(turn, Menu()), lead=turn.t("menu-not-understood"))


def _to_petitions(turn: Turn, count: int) -> Button | None:
    """The way to the petitions that fit the same words, as many letters of them as a press can carry."""
    for end in range(min(len(turn.heard.text), 20), 0, -1):
        with contextlib.suppress(ValueError):
            press = FoundPetitions(turn.heard.text[:end])
            press.pack()
            return Button(f"✍️ {turn.t('menu-petitions')} · {count}", press) if count else None
    return None


async def old_button(turn: Turn) -> Screen:
    """A button whose meaning no release knows any more."""
    return replace(await menu(turn, Menu()), lead=turn.t("menu-old-button"), fresh=True)


routes.otherwise = not_understood
routes.old_button = old_button
routes.began = began
