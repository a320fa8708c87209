"""How are announcements read: the list, and one as a card, from a letter, the list or a link?"""

from collections.abc import Sequence
from dataclasses import replace

from civic.announcements import Audience, Crowd, State, concerns, has_begun
from civic.people import Right, may
from civic.refusals import Reason, Refused
from handlers.announcements.cards import THE_LETTER, announced, day_of, whose
from handlers.announcements.presses import OpenAnnouncement, PublicAnnouncements, ReadAnnouncement, ShareAnnouncement
from handlers.announcements.told import taken_back
from handlers.issues.presses import WhoseList, home_read, named
from handlers.subscriptions.presses import Notifications
from handlers.ways import numbered, other_languages, page_of, to_menu
from storage.announcements import (
    Announcement,
    announcement_read,
    has_anything_gone_out,
    note_pressed,
    public_announcements,
    was_told,
)
from storage.municipalities import Municipality, get_municipality
from storage.subscriptions import villages_of
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

PAGE = 7
routes = Routes()
routes.command("announcements", PublicAnnouncements())
routes.words("announced-title-words", PublicAnnouncements())
routes.words("menu-word-announcement", PublicAnnouncements())
routes.link(THE_LETTER, numbered(ReadAnnouncement))


@routes.press(PublicAnnouncements, reads=True, statements=4)
async def announcements(turn: Turn, press: PublicAnnouncements) -> Screen:
    """What everybody may read, the newest first; what is for other villages alone can be left out."""
    if turn.municipality is None and press.home is None:
        return await turn.go(turn, WhoseList())
    t, home = turn.t, await home_read(turn, press.home)
    everything = await public_announcements(turn.db, home.id)
    own = await _for_me(turn, everything)
    listed = own if press.mine else everything
    shown, page, pages = page_of(len(listed), press.page, PAGE)
    press = replace(press, home=named(turn, home), page=page)
    lines = [t("announced-mine")] if press.mine else []
    return Screen(
        title=t("announced-title", count=len(listed)),
        icon="📢",
        state=" · ".join([*lines, *([t("issues-page", page=page + 1, pages=pages)] if pages > 1 else [])]),
        text="" if listed else t("announced-none"),
        note=home.name(t.language),
        choice=tuple(_in_a_list(turn, listed[i], home) for i in shown),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), replace(press, page=page - 1)) if page > 0 else None,
            Button(t("kit-next"), replace(press, page=page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            Button(t("announced-show-all"), replace(press, page=0, mine=False)) if press.mine else None,
            Button(f"🏡 {t('announced-show-mine')}", replace(press, page=0, mine=True))
            if not press.mine and len(own) < len(everything)
            else None,
        )
        + other_languages(turn, press)
        + rows(to_menu(turn)),
        at=press,
    )


async def _for_me(turn: Turn, listed: Sequence[Announcement]) -> Sequence[Announcement]:
    """Those for the reader's village and street, or another village whose news they chose; all, where no village
    is known."""
    if turn.person.village_id is None:
        return listed
    wanted = {turn.person.village_id} | {village.id for village, _ in await villages_of(turn.db, turn.person.id)}
    return [each for each in listed if concerns(Audience.unpacked(each.audience), wanted, turn.person.street_id)]


def _in_a_list(turn: Turn, announcement: Announcement, home: Municipality) -> Button:
    sign = "❗ " if announcement.urgent_because else "✏️ " if announcement.corrected_at is not None else ""
    t = turn.t
    label = f"{sign}{announcement.title(t.language)} · {t.day(day_of(turn, announcement, home))}"
    return Button(label, ReadAnnouncement(announcement.id))


# --- one announcement ---


@routes.press(ReadAnnouncement, reads=True, statements=7)
async def read(turn: Turn, press: ReadAnnouncement) -> Screen:
    """One announcement, from the list or by its link."""
    return await _card(turn, *await readable(turn, press.announcement))


@routes.press(OpenAnnouncement, reads=False, statements=8)
async def opened(turn: Turn, press: OpenAnnouncement) -> Screen:
    """The same from the letter, which is counted once; the way to hear less of such things stays. It comes as a message
    of its own: the letter stays what it is, for it may be corrected or taken back."""
    announcement, home = await readable(turn, press.announcement)
    if announcement.broadcast_id is not None and turn.person.id:
        await note_pressed(turn.db, announcement.broadcast_id, turn.person.id, turn.now)
    screen = await _card(turn, announcement, home)
    settings = rows(Button(f"🔔 {turn.t('subscriptions-settings')}", Notifications()))
    return replace(screen, buttons=screen.buttons[:-1] + settings + screen.buttons[-1:], fresh=True)


async def readable(turn: Turn, number: int) -> tuple[Announcement, Municipality]:
    """The announcement and whose it is. Refused(NOT_FOUND): one that nobody has yet, another municipality's unless it
    was sent to the reader (their village's elsewhere), and what is for staff alone to anybody else."""
    found = await announcement_read(turn.db, number)
    if found is None or found.corrects is not None or not await _is_out(turn, found):
        raise Refused(Reason.NOT_FOUND)
    own, audience = turn.municipality, Audience.unpacked(found.audience)
    ours = own is not None and own.id == found.municipality_id
    if audience.crowd is Crowd.STAFF:
        able = ours and (may(turn.roles, Right.PUBLISH) or not turn.roles.isdisjoint(audience.roles))
    else:
        able = own is None or ours or await was_told(turn.db, found.broadcast_id or 0, turn.person.id)
    if not able:
        raise Refused(Reason.NOT_FOUND)
    return found, own if ours and own is not None else await get_municipality(turn.db, found.municipality_id)


async def _is_out(turn: Turn, found: Announcement) -> bool:
    if found.state is State.CANCELLED and found.broadcast_id is not None:
        return await has_anything_gone_out(turn.db, found.broadcast_id)
    return has_begun(found.state, found.send_at, turn.now)


async def _card(turn: Turn, announcement: Announcement, home: Municipality) -> Screen:
    """The announcement with the ways on that a reader has; of one that was taken back or stopped only that it was."""
    t = turn.t
    stands = announcement.state not in (State.RECALLED, State.CANCELLED)
    if announcement.state is State.RECALLED:
        screen = taken_back(turn, announcement, home)
    elif announcement.state is State.CANCELLED:
        screen = Screen(
            title=announcement.title(t.language),
            icon="📢",
            state=f"✖️ {t('announced-stopped')}",
            text=t("announced-stopped-text"),
            note=whose(turn, announcement, home),
        )
    else:
        screen = await announced(turn, announcement, home)
    here = ReadAnnouncement(announcement.id)
    staff_only = Audience.unpacked(announcement.audience).crowd is Crowd.STAFF
    elsewhere = turn.municipality is not None and turn.municipality.id != home.id
    return replace(
        screen,
        buttons=rows(
            Button(f"↗️ {t('announced-share')}", ShareAnnouncement(announcement.id))
            if stands and not staff_only
            else None,
            Button(f"📢 {t('announced-all')}", PublicAnnouncements(0, named(turn, home))) if not elsewhere else None,
        )
        + other_languages(turn, here)
        + rows(to_menu(turn)),
        at=here,
    )
