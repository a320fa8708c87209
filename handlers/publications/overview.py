"""Is the list published by all four channels of the Typical Plan 2.2, and what is to be done for each?"""

from collections.abc import Mapping
from datetime import datetime

from civic.people import Right
from civic.publications import Channel, channels_behind, is_behind
from handlers.announcements.presses import Announcements
from handlers.publications.places import social_screen
from handlers.publications.presses import (
    NotePublication,
    OpenChannel,
    PublicationLog,
    TakePaper,
    own_home,
    page_address,
)
from handlers.ways import Publishing, to_tasks
from storage.changes import issues_changed_since, list_changed_at
from storage.municipalities import Municipality
from storage.publications import Publication, newest_publications
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn
from talk.words import LANGUAGES

ICONS = {Channel.SITE: "🌐", Channel.BOARD: "📌", Channel.SOCIAL: "📢", Channel.EVENT: "🤝"}
NAMED = 5  # so many changed issues are named, the others counted
routes = Routes()


@routes.press(Publishing, reads=True, statements=4, right=Right.PUBLISH)
async def publishing(turn: Turn, _: Publishing) -> Screen:
    """The four channels, each with its last date and whether it shows the list as it is now."""
    t, home = turn.t, own_home(turn)
    newest = await newest_publications(turn.db, home.id)
    changed = await list_changed_at(turn.db, home.id)
    behind = _behind(turn, newest, changed)
    if behind:
        state = f"⚠️ {t('publications-some-behind', count=len(behind), of=len(Channel))}"
    else:
        state = f"✓ {t('publications-all-current')}"
    return Screen(
        title=t("publications-title"),
        icon="📣",
        state=state,
        text=await _what_changed(turn, home, newest, changed),
        facts=tuple(
            Fact(f"{ICONS[channel]} {name(turn, channel)}", _state(turn, channel, newest, changed))
            for channel in Channel
        ),
        note=home.name(t.language),
        choice=tuple(Button(name(turn, channel), OpenChannel(channel)) for channel in Channel),
        buttons=rows(
            Button(f"📢 {t('announcements-desk')}", Announcements()),
            Button(t("publications-log"), PublicationLog()),
            to_tasks(turn),
        ),
        at=Publishing(),
    )


def name(turn: Turn, channel: Channel) -> str:
    """What the channel is called."""
    return turn.t(f"publications-channel-{channel}")


def _behind(turn: Turn, newest: Mapping[Channel, Publication], changed: datetime | None) -> tuple[Channel, ...]:
    """The channels to bring up to date; the page that the bot serves itself is always as new as the list."""
    published = {channel: (entry.on, entry.list_of) for channel, entry in newest.items()}
    if turn.links.page:
        published[Channel.SITE] = (turn.today, changed)
    return channels_behind(published, changed)


def _state(turn: Turn, channel: Channel, newest: Mapping[Channel, Publication], changed: datetime | None) -> str:
    """The channel in one line: a word first, then the day and the place."""
    t, entry = turn.t, newest.get(channel)
    if channel is Channel.SITE and turn.links.page:
        return f"✓ {t('publications-site-by-itself')}"
    if entry is None:
        return f"⚠️ {t('publications-not-yet')}"
    if channel in _behind(turn, newest, changed):
        return f"⚠️ {t('publications-behind-since', on=t.day(entry.on), where=entry.where)}"
    return f"✓ {t('publications-current-since', on=t.day(entry.on), where=entry.where)}"


async def _what_changed(
    turn: Turn, home: Municipality, newest: Mapping[Channel, Publication], changed: datetime | None
) -> str:
    """When the list was changed last, and which issues since the oldest publication that is behind."""
    t = turn.t
    if changed is None:
        return ""
    said = [t("publications-list-changed", on=t.moment(changed, home.time_zone))]
    shows = [entry.list_of for entry in newest.values() if is_behind(entry.list_of, changed)]
    known = [moment for moment in shows if moment is not None]
    if known:
        issues = await issues_changed_since(turn.db, home.id, min(known))
        labels = [issue.said("label", t.language) for issue in issues]
        more = len(labels) - NAMED
        named = ", ".join(labels[:NAMED])
        said.append(
            t("publications-changed-more", issues=named, more=more)
            if more > 0
            else t("publications-changed", issues=named)
        )
    return "\n".join(said)


@routes.press(OpenChannel, reads=True, statements=6, right=Right.PUBLISH)
async def open_channel(turn: Turn, press: OpenChannel) -> Screen:
    """What to do for one channel, in the order in which it is done."""
    if press.channel is Channel.SOCIAL:
        return await social_screen(turn)
    home = own_home(turn)
    t, channel = turn.t, press.channel
    newest = await newest_publications(turn.db, home.id)
    changed = await list_changed_at(turn.db, home.id)
    papers: tuple[tuple[Button, ...], ...] = ()
    if channel is Channel.SITE:
        address = await page_address(turn, home, t.language)
        text = f"{t('publications-site-text')}\n\n{address}" if address else t("publications-site-folder")
    else:
        text = t(f"publications-{channel}-text")
        papers = rows(
            *(
                Button(f"📄 {turn.words.speaker(language)('kit-language-name')}", TakePaper(channel, language))
                for language in LANGUAGES
            ),
        )
    return Screen(
        title=name(turn, channel),
        icon=ICONS[channel],
        state=_state(turn, channel, newest, changed),
        text=text,
        note=home.name(t.language),
        buttons=(
            *papers,
            *rows(
                Button(f"✓ {t(f'publications-note-{channel}')}", NotePublication(channel)),
                Button(t("kit-back"), Publishing()),
            ),
        ),
        at=OpenChannel(channel),
    )
