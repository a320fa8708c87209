"""Where was the list published, when and by whom, and how is that noted by hand? (Typical Plan 2.2)"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from actions import publications
from civic.files import FileKind
from civic.municipalities import local
from civic.people import Right
from civic.publications import Channel
from handlers.answers import a_day, a_file, words
from handlers.files import with_file
from handlers.publications.overview import ICONS, name
from handlers.publications.presses import (
    KeepPublication,
    NotePublication,
    OpenPublication,
    PublicationLog,
    WithdrawPublication,
    own_home,
)
from handlers.ways import Publishing, page_of
from storage.changes import authors
from storage.municipalities import Municipality
from storage.publications import Publication, get_publication, publication_count, publications_of
from talk.answers import Option
from talk.form import Form, ask, ask_if_wanted
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

PAGE = 6
routes = Routes()


# --- noting ---


@dataclass(frozen=True)
class Noted:
    """What somebody answered about a publication."""

    where: str
    on: date
    file_id: str | None = None


def questions(turn: Turn, press: NotePublication) -> Form[Noted]:
    """Where, when, and a photo if there is one; a page of a website needs none."""
    t, channel = turn.t, press.channel
    yesterday = turn.today - timedelta(days=1)
    options = (
        Option(turn.today.isoformat(), t("publications-today")),
        Option(yesterday.isoformat(), t("publications-yesterday")),
    )
    where = yield from ask(
        "where",
        t(f"publications-ask-where-{channel}"),
        words(max=publications.WHERE_LIMIT),
        named=t("publications-fact-where"),
    )
    on = yield from ask(
        "on",
        t("publications-ask-when", example=t.day(turn.today)),
        a_day(turn.today, options),
        named=t("publications-fact-when"),
    )
    if channel is Channel.SITE:
        return Noted(where, on)
    photo = yield from ask_if_wanted(
        "photo",
        t("publications-ask-photo"),
        a_file(frozenset({FileKind.PICTURE})),
        named=t("publications-fact-photo"),
    )
    return Noted(where, on, photo)


async def note(turn: Turn, press: NotePublication, noted: Noted) -> Screen:
    """The log has it; of an address the name of the site is shown, and the whole of it is the link."""
    home = own_home(turn)
    site, link = address_of(noted.where)
    entry = await publications.note_publication(
        turn.db,
        home,
        press.channel,
        turn.person,
        turn.roles,
        turn.now,
        on=noted.on,
        where=site or noted.where,
        link=link,
        file_id=noted.file_id,
    )
    return replace(await entry_screen(turn, home, entry), lead=turn.t("publications-noted"))


def address_of(where: str) -> tuple[str, str]:
    """The name of the site and the link, when what somebody typed is an address, with or without https://; else
    nothing."""
    link = where if where.startswith(("https://", "http://")) else f"https://{where}"
    try:
        name = urlsplit(link).hostname or ""
    except ValueError:
        return "", ""
    return (name, link) if "." in name.strip(".") and " " not in where else ("", "")


routes.form(NotePublication, questions=questions, done=note, title="publications-note-title", right=Right.PUBLISH)


# --- the log ---


@routes.press(PublicationLog, reads=True, statements=3, right=Right.PUBLISH)
async def log(turn: Turn, press: PublicationLog) -> Screen:
    """The entries, newest first."""
    t, home = turn.t, own_home(turn)
    count = await publication_count(turn.db, home.id)
    shown, page, pages = page_of(count, press.page, PAGE)
    entries = await publications_of(turn.db, home.id, after=shown.start, limit=PAGE)
    names = await authors(turn.db, home.id, {entry.by for entry in entries if entry.by is not None})
    lines = (
        f"{number}. {t.day(entry.on)} · {name(turn, entry.channel)} · {entry.where} · {_author(turn, entry, names)}"
        for number, entry in enumerate(entries, shown.start + 1)
    )
    return Screen(
        title=t("publications-log-title", count=count),
        icon="🗒",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text="\n\n".join(lines) or t("publications-log-empty"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{t.day(entry.on)} · {name(turn, entry.channel)}", OpenPublication(entry.id)) for entry in entries
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), PublicationLog(page - 1)) if page > 0 else None,
            Button(t("kit-next"), PublicationLog(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), Publishing())),
        at=PublicationLog(page),
    )


def _author(turn: Turn, entry: Publication, names: Mapping[int, str]) -> str:
    if entry.by is None:
        return turn.t("publications-by-bot")
    return names.get(entry.by) or turn.t("publications-by-staff")


@routes.press(OpenPublication, reads=True, statements=4, right=Right.PUBLISH)
async def open_publication(turn: Turn, press: OpenPublication) -> Screen:
    """An entry with its photo."""
    home = own_home(turn)
    return await entry_screen(turn, home, await get_publication(turn.db, home.id, press.entry))


async def entry_screen(turn: Turn, home: Municipality, entry: Publication) -> Screen:
    """One publication: by which channel, where, when, by whom, with its link and photo."""
    t = turn.t
    names = await authors(turn.db, home.id, {entry.by} if entry.by is not None else set())
    facts = (
        Fact(t("publications-fact-where"), entry.where),
        Fact(t("publications-fact-when"), t.day(entry.on)),
        Fact(t("publications-fact-who"), _author(turn, entry, names)),
        Fact(t("publications-fact-link"), entry.link) if entry.link else None,
        Fact(t("publications-fact-noted"), t.day(local(entry.noted_at, home.time_zone).date())),
    )
    screen = Screen(
        title=name(turn, entry.channel),
        icon=ICONS[entry.channel],
        facts=tuple(fact for fact in facts if fact is not None),
        note=home.name(t.language),
        buttons=rows(
            Button(t("publications-withdraw"), WithdrawPublication(entry.id)),
            Button(t("publications-log"), PublicationLog()),
            Button(t("publications-title"), Publishing()),
        ),
        at=OpenPublication(entry.id),
    )
    return await with_file(turn.db, screen, entry.file_id)


@routes.press(WithdrawPublication, reads=False, statements=4, right=Right.PUBLISH)
async def withdraw(turn: Turn, press: WithdrawPublication) -> Screen:
    """Out of the log, and back with one tap."""
    t = turn.t
    entry = await get_publication(turn.db, own_home(turn).id, press.entry)
    publications.withdraw(turn.db, entry, turn.person, turn.roles, turn.now)
    return Screen(
        title=f"{name(turn, entry.channel)}, {t.day(entry.on)}",
        text=t("publications-withdrawn"),
        buttons=rows(Button(t("kit-undo"), KeepPublication(entry.id)), Button(t("publications-log"), PublicationLog())),
    )


@routes.press(KeepPublication, reads=False, statements=7, right=Right.PUBLISH)
async def keep(turn: Turn, press: KeepPublication) -> Screen:
    """The entry stands again."""
    home = own_home(turn)
    entry = await get_publication(turn.db, home.id, press.entry, withdrawn=True)
    publications.put_back(turn.db, entry, turn.person, turn.roles, turn.now)
    return replace(await entry_screen(turn, home, entry), lead=turn.t("publications-kept"))
