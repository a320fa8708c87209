"""What do people read when something is announced, corrected or recalled?"""

from dataclasses import replace
from typing import Any

from civic.announcements import SEEN, Audience, Crowd, State
from civic.refusals import Reason, Refused
from handlers.announcements.cards import announced, whose
from storage.announcements import Announcement, announcement_read
from storage.municipalities import Municipality, get_municipality
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()


async def _told(turn: Turn, told: dict[str, Any]) -> tuple[Announcement, Municipality]:
    """The announcement and whose it is: somebody may read the news of a village elsewhere."""
    found = await announcement_read(turn.db, int(told["announcement"]))
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found, await get_municipality(turn.db, found.municipality_id)


def _is_for(turn: Turn, found: Announcement) -> bool:
    """What is for staff is read by those who hold one of its roles at that hour."""
    audience = Audience.unpacked(found.audience)
    if audience.crowd is not Crowd.STAFF:
        return True
    ours = turn.person.municipality_id == found.municipality_id
    return ours and not turn.roles.isdisjoint(audience.roles)


@routes.letter("announcement")
async def announcement(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """The announcement itself, unless it was cancelled or recalled since; what is for staff to nobody else."""
    found, home = await _told(turn, told)
    if found.state not in (State.PLANNED, *SEEN) or not _is_for(turn, found):
        return None
    return await announced(turn, found, home, keeps_files=turn.account.messenger.keeps_files)


@routes.letter("announcement-edit")
async def corrected(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """The announcement as it is right now, in the place of what was sent; where no message can be changed, it says
    that it takes the place of the earlier one, without its picture or paper, which stands there already."""
    found, home = await _told(turn, told)
    if found.state not in SEEN or not _is_for(turn, found):
        return None
    there = turn.account.messenger
    screen = await announced(turn, found, home, keeps_files=there.keeps_files)
    if there.changes_messages:
        return screen
    return replace(screen, picture=None, document=None, lead=turn.t("announced-instead"))


@routes.letter("announcement-delete")
async def recalled(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """What stands where the message cannot be deleted: that it does not hold any more."""
    found, home = await _told(turn, told)
    return taken_back(turn, found, home)


def taken_back(turn: Turn, announcement: Announcement, home: Municipality) -> Screen:
    """That it does not hold any more, by its title alone: nobody reads its words by mistake."""
    t = turn.t
    return Screen(
        title=t("announced-recalled-title"),
        icon="↩️",
        text=t("announced-recalled-text", title=announcement.title(t.language)),
        note=whose(turn, announcement, home),
    )
