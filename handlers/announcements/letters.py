"""What do staff read when an announcement waits for a second person, was decided, or has gone out?"""

from dataclasses import replace
from typing import Any

from civic.announcements import State
from civic.people import Right, may
from handlers.announcements.presses import AnnouncementDesk
from handlers.announcements.progress import desk_card, figures
from handlers.announcements.whom import audience_in_words
from storage.announcements import Announcement, get_announcement
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()


async def _for_staff(turn: Turn, told: dict[str, Any]) -> Announcement | None:
    if not may(turn.roles, Right.PUBLISH):
        return None
    return await get_announcement(turn.db, turn.person.municipality_id, int(told["announcement"]))


def _letter(turn: Turn, found: Announcement, title: str, text: str) -> Screen:
    t, home = turn.t, turn.municipality
    return Screen(
        title=title,
        icon="📢",
        state=f"«{found.title(t.language)}»",
        text=text,
        note=home.name(t.language) if home is not None else "",
        buttons=rows(Button(t("announcements-look"), AnnouncementDesk(found.id, apart=True))),
    )


@routes.letter("announcement-asks")
async def asks(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """Somebody wants a second person to agree; nothing when it was decided meanwhile."""
    found = await _for_staff(turn, told)
    if found is None or found.state is not State.ASKED or found.made_by == turn.person.id:
        return None
    t = turn.t
    text = t("announcements-asks-text", whom=await audience_in_words(turn, found))
    return _letter(turn, found, t("announcements-asks-title"), text)


@routes.letter("announcement-decided")
async def decided(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """The second person agreed, and it goes out; or did not, and said why."""
    found = await _for_staff(turn, told)
    if found is None:
        return None
    t = turn.t
    if told.get("agreed"):
        return _letter(turn, found, t("announcements-agreed-title"), t("announcements-agreed-text"))
    return _letter(turn, found, t("announcements-declined-title"), f"«{found.remark}»")


@routes.letter("announcement-done")
async def done(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """It has gone out: the figures."""
    found = await _for_staff(turn, told)
    if found is None or found.state is not State.SENT or found.broadcast_id is None:
        return None
    screen = _letter(turn, found, turn.t("announcements-done-title"), "")
    return replace(screen, facts=await figures(turn, found))


@routes.letter("announcement-progress")
async def progress(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """How far it is, in one message that changes by itself; in the end what became of it."""
    found = await _for_staff(turn, told)
    if found is None or found.broadcast_id is None:
        return None
    card, look = await desk_card(turn, found.id), AnnouncementDesk(found.id, apart=True)
    return replace(card, buttons=rows(Button(turn.t("announcements-look"), look)), at=None)
