"""For whom is an announcement, in words, and by which sign does its state show in a list?"""

from civic.announcements import Audience, Crowd, State
from handlers.announcements.cards import places
from storage.announcements import Announcement
from storage.issues import get_issue
from storage.municipalities import villages
from storage.petitions import get_petition
from storage.publications import linked_places
from talk.turn import Turn

ICONS = {
    State.DRAFT: "✏️",
    State.ASKED: "⏳",
    State.PLANNED: "🕓",
    State.SENDING: "📨",
    State.PAUSED: "⏸",
    State.SENT: "✅",
    State.CANCELLED: "✖️",
    State.RECALLED: "↩️",
}


async def audience_in_words(turn: Turn, announcement: Announcement) -> str:
    """For whom it is: the crowd with the names of villages, issue, petition or roles, then channels and groups."""
    t, home = turn.t, announcement.municipality_id
    audience = Audience.unpacked(announcement.audience)
    named: list[str] = []
    match audience.crowd:
        case Crowd.VILLAGES:
            named = [each.name(t.language) for each in await villages(turn.db, home) if each.id in audience.which]
        case Crowd.STREETS:
            named = [await places(turn, announcement)]
        case Crowd.ISSUE:
            named = [(await get_issue(turn.db, home, each)).said("label", t.language) for each in audience.which]
        case Crowd.PETITION:
            named = [f"«{(await get_petition(turn.db, home, each)).title}»" for each in audience.which]
        case Crowd.STAFF:
            named = [t(f"announcements-role-{role}") for role in audience.roles]
    said = t(f"announcements-crowd-{audience.crowd}") + (f": {', '.join(named)}" if named else "")
    if not audience.places:
        return said
    titles = [place.title for place in await linked_places(turn.db, home) if place.id in audience.places]
    return f"{said}; {', '.join(titles)}" if titles else said
