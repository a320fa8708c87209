"""How far is an announcement, and what can staff do about one that is on its way: pause, cancel, correct, recall?"""

from dataclasses import replace

from actions import announcing
from civic.announcements import GOING, SEEN, Audience, Crowd, State, why_not_recall
from civic.people import Right, refuse
from handlers.announcements.presses import (
    AnnouncementDesk,
    Announcements,
    AskCancel,
    AskRecall,
    CancelAnnouncement,
    ContinueAnnouncement,
    CorrectAnnouncement,
    KeepAsTemplate,
    PauseAnnouncement,
    PreviewAnnouncement,
    RecallAnnouncement,
    RestoreAnnouncement,
    ShareAnnouncement,
    Undelivered,
    own_home,
)
from handlers.announcements.send import in_the_morning, preview
from handlers.announcements.whom import ICONS, audience_in_words
from storage.announcements import Announcement, faults_of, get_announcement, gone_out
from storage.broadcasts import outcomes_of
from storage.changes import authors
from storage.outbox import Outcome
from talk.routes import Routes
from talk.screen import Bar, Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
# in this order they are shown; what is nought is left out, but for the first two
SHOWN = (
    "sent",
    "waiting",
    "places",
    "digest",
    "window",
    "gone",
    "failed",
    "in-doubt",
    "muted",
    "skipped",
    "cancelled",
    "pressed",
)
FAULTS = (Outcome.GONE, Outcome.FAILED, Outcome.IN_DOUBT)


async def figures(turn: Turn, announcement: Announcement) -> tuple[Fact, ...]:
    """What became of its letters, in numbers."""
    return _facts(turn, await outcomes_of(turn.db, announcement.broadcast_id or 0))


def _facts(turn: Turn, found: dict[str, int]) -> tuple[Fact, ...]:
    t = turn.t
    return tuple(
        Fact(t(f"announcements-figure-{word}"), t.number(found.get(word, 0)))
        for word in SHOWN
        if found.get(word) or word in SHOWN[:2]
    )


@routes.press(AnnouncementDesk, reads=True, statements=11, right=Right.PUBLISH)
async def desk(turn: Turn, press: AnnouncementDesk) -> Screen:
    """One announcement: the preview while it is a draft, else how far it is. Pressed again it is as it is now."""
    return replace(await desk_card(turn, press.announcement), fresh=press.apart)


async def desk_card(turn: Turn, number: int, *, lead: str = "") -> Screen:
    """What staff see of one announcement. Refused(NOT_FOUND)."""
    announcement = await get_announcement(turn.db, own_home(turn).id, number)
    if announcement.state in (State.DRAFT, State.ASKED):
        return await preview(turn, announcement, said=lead)
    return await _progress(turn, announcement, lead)


async def _progress(turn: Turn, announcement: Announcement, lead: str) -> Screen:
    t, home = turn.t, own_home(turn)
    found = await outcomes_of(turn.db, announcement.broadcast_id) if announcement.broadcast_id is not None else {}
    people = {each for each in (announcement.made_by, announcement.approved_by) if each is not None}
    names = await authors(turn.db, home.id, people)
    done = sum(count for word, count in found.items() if word not in ("pressed", "waiting", "window", "digest"))
    whole = sum(count for word, count in found.items() if word != "pressed")
    bar = None
    if announcement.state in (State.SENDING, State.PAUSED):
        reach = await announcing.reach(turn.db, announcement)
        whole = max(whole, sum(reach.values()))
        bar = Bar(done, whole)
    said = [Fact(t("announcements-whom"), await audience_in_words(turn, announcement))]
    if announcement.sent_at is not None or announcement.send_at is not None:
        at = announcement.sent_at or announcement.send_at
        assert at is not None
        said.append(Fact(t("announcements-when"), t.moment(at, home.time_zone)))
    by = ", ".join(names.get(each) or t("announcements-somebody") for each in _order(announcement))
    named = t("announcements-written-by") if announcement.approved_by is None else t("announcements-by")
    said.append(Fact(named, by or t("announcements-somebody")))
    night = in_the_morning(turn, announcement) if announcement.state is State.SENDING else ""
    return Screen(
        lead=lead,
        title=announcement.title(t.language),
        icon="📢",
        state=f"{ICONS[announcement.state]} {t(f'announcements-state-{announcement.state}')}",
        facts=(*said, *(_facts(turn, found) if announcement.broadcast_id is not None else ())),
        bar=bar,
        text=f"🌙 {night}" if night else "",
        note=home.name(t.language),
        buttons=await _acts(turn, announcement, found),
        at=AnnouncementDesk(announcement.id),
    )


def _order(announcement: Announcement) -> list[int]:
    """Who wrote it, then who agreed."""
    return [each for each in (announcement.made_by, announcement.approved_by) if each is not None]


async def _acts(turn: Turn, announcement: Announcement, found: dict[str, int]) -> tuple[tuple[Button, ...], ...]:
    t, number, state = turn.t, announcement.id, announcement.state
    able = announcement.broadcast_id is not None and announcement.corrects is None
    public = able and Audience.unpacked(announcement.audience).crowd is not Crowd.STAFF
    restore = state is State.CANCELLED and await announcing.can_restore(turn.db, announcement)
    recall = able and not restore and why_not_recall(state, announcement.sent_at, turn.now) is None
    undelivered = any(found.get(word.value) for word in FAULTS)
    return rows(
        Button(f"🔄 {t('announcements-refresh')}", AnnouncementDesk(number)) if state in GOING else None,
        Button(f"⏸ {t('announcements-pause')}", PauseAnnouncement(number)) if state is State.SENDING else None,
        Button(f"▶️ {t('announcements-continue')}", ContinueAnnouncement(number)) if state is State.PAUSED else None,
        Button(f"✖️ {t('announcements-cancel')}", AskCancel(number)) if state in GOING else None,
        Button(t("kit-undo"), RestoreAnnouncement(number)) if restore else None,
        Button(f"✏️ {t('announcements-correct')}", CorrectAnnouncement(number)) if able and state in SEEN else None,
        Button(f"↩️ {t('announcements-recall')}", AskRecall(number)) if recall else None,
        Button(f"⚠️ {t('announcements-undelivered')}", Undelivered(number)) if undelivered else None,
        Button(f"📄 {t('announcements-card')}", ShareAnnouncement(number)) if public and state in SEEN else None,
        Button(f"👁 {t('announcements-see')}", PreviewAnnouncement(number, t.language)) if able else None,
        Button(f"📝 {t('announcements-keep')}", KeepAsTemplate(number)),
        Button(t("kit-back"), Announcements()),
        width=2,
    )


# --- pause, go on ---


@routes.press(PauseAnnouncement, reads=False, statements=16, right=Right.PUBLISH)
async def pause(turn: Turn, press: PauseAnnouncement) -> Screen:
    """Nothing further goes out; «go on» stands in the answer."""
    await announcing.pause(turn.db, press.announcement, turn.person, turn.roles, turn.now)
    return await _again(turn, press.announcement, turn.t("announcements-paused"))


@routes.press(ContinueAnnouncement, reads=False, statements=16, right=Right.PUBLISH)
async def go_on(turn: Turn, press: ContinueAnnouncement) -> Screen:
    """What was paused goes out."""
    await announcing.go_on(turn.db, press.announcement, turn.person, turn.roles, turn.now)
    return await _again(turn, press.announcement, turn.t("announcements-continued"))


async def _again(turn: Turn, number: int, alert: str) -> Screen:
    await turn.db.flush()
    screen = await desk_card(turn, number)
    return replace(screen, bar=None).with_alert(alert)


# --- cancel ---


@routes.press(AskCancel, reads=True, statements=3, right=Right.PUBLISH)
async def ask_cancel(turn: Turn, press: AskCancel) -> Screen:
    """How many have it already: that cannot be undone by cancelling."""
    t, home = turn.t, own_home(turn)
    announcement = await get_announcement(turn.db, home.id, press.announcement)
    have = await gone_out(turn.db, announcement.broadcast_id or 0)
    return Screen(
        title=t("announcements-cancel-title"),
        icon="✖️",
        state=f"«{announcement.title(t.language)}»",
        text=t("announcements-cancel-some", count=have) if have else t("announcements-cancel-none"),
        note=home.name(t.language),
        buttons=rows(
            Button(f"✖️ {t('announcements-cancel-yes')}", CancelAnnouncement(announcement.id)),
            Button(t("kit-back"), AnnouncementDesk(announcement.id)),
        ),
        at=AskCancel(announcement.id),
    )


@routes.press(CancelAnnouncement, reads=False, statements=16, right=Right.PUBLISH)
async def cancel(turn: Turn, press: CancelAnnouncement) -> Screen:
    """Nobody else gets it; while nobody has it «undo» stands in the answer."""
    await announcing.cancel(turn.db, press.announcement, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    return await desk_card(turn, press.announcement, lead=turn.t("announcements-cancelled"))


@routes.press(RestoreAnnouncement, reads=False, statements=12, right=Right.PUBLISH)
async def restore(turn: Turn, press: RestoreAnnouncement) -> Screen:
    """It is as it was before it was cancelled."""
    await announcing.restore(turn.db, press.announcement, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    return await desk_card(turn, press.announcement, lead=turn.t("announcements-restored"))


# --- recall ---


@routes.press(AskRecall, reads=True, statements=4, right=Right.PUBLISH)
async def ask_recall(turn: Turn, press: AskRecall) -> Screen:
    """In how many chats it is deleted, and that this cannot be undone."""
    t, home = turn.t, own_home(turn)
    announcement = await get_announcement(turn.db, home.id, press.announcement)
    refuse(why_not_recall(announcement.state, announcement.sent_at, turn.now))
    return Screen(
        title=t("announcements-recall-title"),
        icon="↩️",
        state=f"«{announcement.title(t.language)}»",
        text=t("announcements-recall-text", count=await gone_out(turn.db, announcement.broadcast_id or 0)),
        note=home.name(t.language),
        buttons=rows(
            Button(f"↩️ {t('announcements-recall-yes')}", RecallAnnouncement(announcement.id)),
            Button(t("kit-back"), AnnouncementDesk(announcement.id)),
        ),
        at=AskRecall(announcement.id),
    )


@routes.press(RecallAnnouncement, reads=False, statements=16, right=Right.PUBLISH)
async def recall(turn: Turn, press: RecallAnnouncement) -> Screen:
    """It is deleted where it stands."""
    count = await announcing.recall(turn.db, press.announcement, turn.person, turn.roles, turn.now)
    return await desk_card(turn, press.announcement, lead=turn.t("announcements-recalled", count=count))


# --- what did not arrive ---


@routes.press(Undelivered, reads=True, statements=3, right=Right.PUBLISH)
async def undelivered(turn: Turn, press: Undelivered) -> Screen:
    """Why it did not reach some people, with how many for each reason. Nobody is named."""
    t, home = turn.t, own_home(turn)
    announcement = await get_announcement(turn.db, home.id, press.announcement)
    found = await faults_of(turn.db, announcement.broadcast_id or 0)
    return Screen(
        title=t("announcements-undelivered"),
        icon="⚠️",
        state=f"«{announcement.title(t.language)}»",
        text="\n\n".join(t(f"announcements-about-{word}") for word in FAULTS if word in {each[0] for each in found})
        or t("announcements-all-arrived"),
        facts=tuple(
            Fact(t(f"announcements-figure-{outcome}") + (f" ({reason})" if reason else ""), t.number(count))
            for outcome, reason, count in found
        ),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-back"), AnnouncementDesk(announcement.id))),
        at=Undelivered(announcement.id),
    )
