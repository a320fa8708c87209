"""How does an announcement read, as a letter and as plain words?"""

from datetime import date

from civic.announcements import Audience, Crowd
from civic.municipalities import local
from handlers.announcements.presses import OpenAnnouncement
from handlers.files import with_file
from storage.announcements import Announcement
from storage.municipalities import Municipality, streets, villages
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

THE_LETTER = "t"  # of a deep link that opens an announcement


async def announced(turn: Turn, announcement: Announcement, home: Municipality, *, keeps_files: bool = False) -> Screen:
    """The announcement as people get it, in the language of the turn: nothing but this function says how it looks, in
    the preview as in the letter, which may go where the messenger `keeps_files`."""
    t = turn.t
    screen = Screen(
        title=announcement.title(t.language),
        icon="📢",
        state=_state(turn, announcement, home),
        text=announcement.text(t.language),
        facts=tuple(Fact(t("announced-for"), named) for named in [await places(turn, announcement)] if named),
        note=whose(turn, announcement, home),
        buttons=rows(_open(turn, announcement)),
    )
    return await with_file(turn.db, screen, announcement.file_id, keeps_files=keeps_files)


def _open(turn: Turn, announcement: Announcement) -> Button:
    words = turn.t("announced-open")
    if not turn.person.id:  # in a channel or group one goes over into one's own conversation
        return Button(words, link=turn.links.deep(f"{THE_LETTER}{announcement.id}"))
    return Button(words, OpenAnnouncement(announcement.id))


def _state(turn: Turn, announcement: Announcement, home: Municipality) -> str:
    t, lines = turn.t, []
    if announcement.urgent_because:
        lines.append(f"❗ {t('announced-urgent', why=announcement.urgent_because)}")
    if announcement.corrected_at is not None or announcement.corrects is not None:
        at = local(announcement.corrected_at or turn.now, home.time_zone)
        lines.append(f"✏️ {t('announced-corrected', on=t.day(at.date()))}")
    return "\n".join(lines)


def whose(turn: Turn, announcement: Announcement, home: Municipality) -> str:
    """Who announced it and on which day: it makes sense a month later."""
    return f"{home.name(turn.t.language)} · {turn.t.day(day_of(turn, announcement, home))}"


def day_of(turn: Turn, announcement: Announcement, home: Municipality) -> date:
    """The day on which it went out, or is to."""
    at = announcement.sent_at or announcement.send_at or turn.now
    return local(at, home.time_zone).date()


async def places(turn: Turn, announcement: Announcement) -> str:
    """The villages or streets it is for, if it is for some alone."""
    audience, t = Audience.unpacked(announcement.audience), turn.t
    if audience.crowd not in (Crowd.VILLAGES, Crowd.STREETS):
        return ""
    listed = await villages(turn.db, announcement.municipality_id)
    if audience.crowd is Crowd.VILLAGES:
        return ", ".join(village.name(t.language) for village in listed if village.id in audience.which)
    roads = [road for road in await streets(turn.db, announcement.municipality_id) if road.id in audience.which]
    around = {road.village_id for road in roads}
    return t(
        "announced-streets",
        village=", ".join(village.name(t.language) for village in listed if village.id in around),
        streets=", ".join(road.name(t.language) for road in roads),
    )


async def in_plain_words(turn: Turn, announcement: Announcement, home: Municipality, language: str) -> str:
    """The announcement as a card to forward: it makes sense anywhere and a month later. The turn goes on in its own
    language."""
    own = turn.t
    turn.speak(language)
    t = turn.t
    state = _state(turn, announcement, home)
    named = await places(turn, announcement)
    links = [turn.links, *turn.links.elsewhere]
    said = "\n".join(
        (
            f"📢 {announcement.title(language)}",
            whose(turn, announcement, home),
            *((f"{t('announced-for')}: {named}",) if named else ()),
            *((state,) if state else ()),
            "",
            announcement.text(language),
            "",
            *(t("announced-card-open", link=each.deep(f"{THE_LETTER}{announcement.id}")) for each in links),
        )
    )
    turn.t = own
    return said
