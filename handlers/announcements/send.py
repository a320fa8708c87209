"""What will residents see, how many of them, for how long does it go out, and off it goes: the preview and its acts."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from actions import announcements, announcing
from civic.announcements import A_SECOND, State, minutes, why_not_plan
from civic.people import Right
from civic.refusals import Reason, Refused
from civic.subscriptions import is_quiet, quiet_ends
from handlers.announcements.cards import announced
from handlers.announcements.presses import (
    AnnouncementDesk,
    Announcements,
    AskSecond,
    CancelAnnouncement,
    ChangeAnnouncement,
    ChangePart,
    DeclineAnnouncement,
    KeepAsTemplate,
    Part,
    PreviewAnnouncement,
    SendAnnouncement,
    own_home,
)
from handlers.announcements.whom import audience_in_words
from handlers.answers import words
from storage.announcements import Announcement, get_announcement, gone_out
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
LANGUAGES = ("ky", "ru")


@routes.press(PreviewAnnouncement, reads=True, statements=12, right=Right.PUBLISH)
async def preview_in(turn: Turn, press: PreviewAnnouncement) -> Screen:
    """Exactly as residents will read it in that language."""
    announcement = await get_announcement(turn.db, own_home(turn).id, press.announcement)
    return await preview(turn, announcement, language=press.language)


async def preview(turn: Turn, announcement: Announcement, *, language: str = "", said: str = "") -> Screen:
    """The announcement as it is delivered, under a lead that says for whom, how many and how long; then what can be
    done with it."""
    language = language if language in LANGUAGES else "ky"
    own, home = turn.t, own_home(turn)
    turn.speak(language)
    screen = await announced(turn, announcement, home)
    turn.t = own
    waits = announcement.state in (State.DRAFT, State.ASKED)
    lead = (
        await _lead(turn, announcement, language)
        if waits
        else own("announcements-preview", language=_named(turn, language))
    )
    return replace(
        screen,
        lead="\n\n".join(part for part in (said, lead) if part),
        buttons=_languages(turn, announcement, language)
        + (_acts(turn, announcement) if waits else rows(Button(own("kit-back"), AnnouncementDesk(announcement.id)))),
        at=PreviewAnnouncement(announcement.id, language),
    )


def _named(turn: Turn, language: str) -> str:
    return turn.words.speaker(language)("kit-language-name")


def _languages(turn: Turn, announcement: Announcement, language: str) -> tuple[tuple[Button, ...], ...]:
    return rows(
        *(
            Button(f"👁 {_named(turn, other)}", PreviewAnnouncement(announcement.id, other))
            for other in LANGUAGES
            if other != language
        )
    )


async def _lead(turn: Turn, announcement: Announcement, language: str) -> str:
    """For whom it is, how many get it at once and in digests, how long that takes, when; what is missing."""
    t, home = turn.t, own_home(turn)
    lines = [t("announcements-preview", language=_named(turn, language))]
    if announcement.remark:
        lines.append(f"⚠️ {t('announcements-remark', words=announcement.remark)}")
    if announcement.corrects is not None:
        first = await get_announcement(turn.db, home.id, announcement.corrects)
        have = await gone_out(turn.db, first.broadcast_id or 0)
        lines.append(f"✏️ {t('announcements-corrects', count=have, minutes=_minutes(turn, have))}")
    else:
        lines.append(f"👥 {t('announcements-whom')}: {await audience_in_words(turn, announcement)}")
        lines += await _reach(turn, announcement)
        lines.append(f"🕓 {_time(turn, announcement)}")
        lines += [f"🌙 {night}"] if (night := in_the_morning(turn, announcement)) else []
    if announcement.state is State.ASKED:
        lines.append(f"⏳ {t('announcements-state-asked')}")
    if not announcement.text_ru:
        lines.append(f"⚠️ {t('announcements-no-russian')}")
    return "\n".join(lines)


def _minutes(turn: Turn, people: int) -> int:
    """How long that takes at the rate that is set."""
    return minutes(people, max(links.a_second for links in (turn.links, *turn.links.elsewhere)) or A_SECOND)


async def _reach(turn: Turn, announcement: Announcement) -> list[str]:
    t = turn.t
    found = await announcing.reach(turn.db, announcement)
    people = found["at-once"] + found["daily"] + found["weekly"]
    unsaid = await announcing.unsaid(turn.db, announcement)
    missed = [f"⚠️ {t('announcements-streets-unknown', count=unsaid)}"] if unsaid else []
    if not people and not found["places"]:
        return [f"⚠️ {t('announcements-nobody')}", *missed]
    lines = [f"📨 {t('announcements-reach', count=people, minutes=_minutes(turn, found['at-once']))}"]
    if found["daily"] or found["weekly"]:
        lines.append(t("announcements-reach-digests", daily=found["daily"], weekly=found["weekly"]))
    lines += missed
    if found["places"]:
        lines.append(t("announcements-reach-places", count=found["places"]))
    return lines + await _cost(turn, announcement)


async def _cost(turn: Turn, announcement: Announcement) -> list[str]:
    """How many are begun with by a template, for how long and how much at most, where that costs anything."""
    links = (turn.links, *turn.links.elsewhere)
    tariff = next((each.tariff for each in links if each.tariff is not None), None)
    found = await announcing.cost(turn.db, announcement, tariff, turn.now) if tariff is not None else None
    if found is None or not found.people:
        return []
    t = turn.t
    if found.days is None:
        return [f"⚠️ {t('announcements-silent-none', count=found.people)}"]
    said = t("announcements-silent", count=found.people, days=found.days)
    if found.cost is not None:
        cost = f"{found.cost:.2f} {found.currency}"
        said += " " + t("announcements-silent-cost", cost=cost if t.language == "en" else cost.replace(".", ","))
    return [f"💬 {said}"]


def _time(turn: Turn, announcement: Announcement) -> str:
    t = turn.t
    if announcement.send_at is None:
        return t("announcements-at-once")
    said = t("announcements-at", at=t.moment(announcement.send_at, own_home(turn).time_zone))
    return said if why_not_plan(announcement.send_at, turn.now) is None else f"{said} {t('announcements-time-passed')}"


def in_the_morning(turn: Turn, announcement: Announcement) -> str:
    """When people get it, in words, where that is after the quiet hours in which it goes out; else empty."""
    home = own_home(turn)
    numbers, at = home.settings, announcement.send_at or turn.now
    there = max(at, turn.now).astimezone(ZoneInfo(home.time_zone))
    if announcement.urgent_because or not is_quiet(there, numbers.quiet_from, numbers.quiet_until):
        return ""
    return turn.t("announcements-quiet", at=turn.t.moment(quiet_ends(there, numbers.quiet_until), home.time_zone))


def _acts(turn: Turn, announcement: Announcement) -> tuple[tuple[Button, ...], ...]:
    """The likely act first: whoever has to ask a second person asks, a second person agrees, anybody else sends."""
    t, number, home = turn.t, announcement.id, own_home(turn)
    mark, first = announcements.mark_of(announcement), announcement.made_by == turn.person.id
    wants, asked = bool(home.settings.announcement_second_person), announcement.state is State.ASKED
    corrects = announcement.corrects is not None
    declined = bool(announcement.remark) and not asked  # the author's turn, until they ask again
    if asked:
        send = t("announcements-agree")
    elif corrects:
        send = t("announcements-correct-yes")
    else:
        send = t("announcements-send") if announcement.send_at is None else t("announcements-plan")
    return rows(
        Button(f"✅ {send}", SendAnnouncement(number, mark)) if not (wants and (first or declined)) else None,
        Button(f"✋ {t('announcements-ask')}", AskSecond(number, mark)) if wants and first and not asked else None,
        Button(f"✖️ {t('announcements-decline')}", DeclineAnnouncement(number)) if asked and not first else None,
        Button(f"➕ {t('announcements-add-russian')}", ChangePart(number, Part.RU))
        if not announcement.text_ru
        else None,
    ) + rows(
        Button(f"✏️ {t('announcements-change')}", ChangeAnnouncement(number)),
        Button(f"📝 {t('announcements-keep')}", KeepAsTemplate(number)) if not corrects else None,
        Button(f"🗑 {t('announcements-drop')}", CancelAnnouncement(number)),
        Button(t("kit-back"), Announcements()),
        width=2,
    )


@routes.press(SendAnnouncement, reads=False, statements=14, right=Right.PUBLISH)
async def send(turn: Turn, press: SendAnnouncement) -> Screen:
    """On its way, or planned for its time; a second person's yes sends it too. Then how far it is."""
    done = await announcing.send(turn.db, press.announcement, press.mark, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    t = turn.t
    if done.corrects is not None:
        return replace(await turn.go(turn, AnnouncementDesk(done.corrects)), lead=t("announcements-was-corrected"))
    lead = t("announcements-is-planned") if done.state is State.PLANNED else t("announcements-is-sent")
    return replace(await turn.go(turn, AnnouncementDesk(done.id)), lead=lead)


# --- the second person ---


@routes.press(AskSecond, reads=False, statements=12, right=Right.PUBLISH)
async def ask_second(turn: Turn, press: AskSecond) -> Screen:
    """The others are asked; it waits for one of them."""
    t = turn.t
    count = await announcing.ask(turn.db, press.announcement, press.mark, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    return _under(t("announcements-asked", count=count), await turn.go(turn, AnnouncementDesk(press.announcement)))


def _under(said: str, screen: Screen) -> Screen:
    """What has just happened stands above what the preview says for itself."""
    return replace(screen, lead="\n\n".join(part for part in (said, screen.lead) if part))


def decline_questions(turn: Turn, press: DeclineAnnouncement) -> Form[str]:
    """Why, in words for the author."""
    home = own_home(turn)
    announcement = yield from fetch(lambda db: get_announcement(db, home.id, press.announcement))
    if announcement.state is not State.ASKED:
        raise Refused(Reason.DECIDED_ALREADY)
    says = turn.t("announcements-ask-remark", title=announcement.title(turn.t.language))
    least, most = announcing.REMARK_LEAST, announcing.REMARK
    return (yield from ask("remark", says, words(min=least, max=most), named=turn.t("announcements-named-remark")))


async def declined(turn: Turn, press: DeclineAnnouncement, remark: str) -> Screen:
    """The author is told, and it is a draft again."""
    await announcing.decline(turn.db, press.announcement, remark, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    return _under(turn.t("announcements-was-declined"), await turn.go(turn, AnnouncementDesk(press.announcement)))


routes.form(
    DeclineAnnouncement,
    questions=decline_questions,
    done=declined,
    review=False,
    title="announcements-decline",
    right=Right.PUBLISH,
)
