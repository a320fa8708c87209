"""How do people choose what the bot writes to them by itself: of everything, of a topic, of other villages?"""

from actions import subscriptions
from civic.people import Notify, has_agreed
from civic.refusals import Reason, Refused
from civic.subscriptions import Topic
from handlers.subscriptions.presses import (
    ChooseTopic,
    LeaveVillage,
    LettersByWord,
    Muted,
    MuteThing,
    Notifications,
    NotifyMe,
    OpenTopic,
    OtherVillages,
    TakeVillage,
    Topics,
    UnmuteThing,
)
from handlers.subscriptions.things import name_of_thing
from handlers.ways import Menu, page_of, to_me
from storage.municipalities import Municipality, Village, villages
from storage.subscriptions import muted_things, own_choices, villages_of
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 7


def _agreed(turn: Turn) -> None:
    if not has_agreed(turn.person):
        raise Refused(Reason.NEEDS_CONSENT)


def _undo(turn: Turn, press: Press | None) -> tuple[tuple[Button, ...], ...]:
    return rows(Button(turn.t("kit-undo"), press) if press is not None else None)


# --- everything ---


@routes.press(Notifications, reads=True, statements=3)
async def notifications(turn: Turn, _: Notifications) -> Screen:
    """How often of everything, what differs from that, when it is quiet, and what always comes."""
    return await _all(turn)


@routes.press(NotifyMe, reads=False, statements=6)
async def notify_me(turn: Turn, press: NotifyMe) -> Screen:
    """From now on this often; «undo» stands in the answer."""
    before = subscriptions.choose_for_all(turn.db, turn.person, press.how, turn.now)
    said = turn.t("subscriptions-chosen", what=turn.t("subscriptions-all"), how=turn.t(f"people-notify-{press.how}"))
    return await _all(turn, lead=said, undo=NotifyMe(before) if before is not press.how else None)


routes.words("subscriptions-word-stop", LettersByWord(False))
routes.words("subscriptions-word-unsubscribe", LettersByWord(False))
routes.words("subscriptions-word-start", LettersByWord(True))


@routes.press(LettersByWord, reads=False, statements=8)
async def by_word(turn: Turn, press: LettersByWord) -> Screen:
    """«Stop» as people type it, and as the foot of a template tells them to: no letters but the essential ones. Whoever
    has nothing to take back by «start» wants to begin, and reads the menu: a guest, and who gets letters as they chose
    them."""
    if not has_agreed(turn.person) or (press.on and turn.person.notify is not Notify.NEVER):
        return await turn.go(turn, Menu())
    if press.on:
        return await notify_me(turn, NotifyMe(Notify.AT_ONCE))
    await subscriptions.choose_nothing(turn.db, turn.person, turn.now)
    await turn.db.flush()
    return await _all(turn, lead=turn.t("subscriptions-stopped"))


async def _all(turn: Turn, *, lead: str = "", undo: Press | None = None) -> Screen:
    _agreed(turn)
    t, person = turn.t, turn.person
    own = await own_choices(turn.db, person.id)
    taken = await villages_of(turn.db, person.id)
    muted = len(await muted_things(turn.db, person))
    home = turn.municipality
    places = t(f"subscriptions-villages-{home.kind}") if home is not None else ""
    return Screen(
        lead=lead,
        title=t("people-notifications"),
        icon="🔔",
        state=f"{t('subscriptions-all')}: {t(f'people-notify-{person.notify}')}",
        text=t("subscriptions-text"),
        facts=(
            *(
                Fact(t(f"subscriptions-topic-{topic}"), t(f"people-notify-{own[topic]}"))
                for topic in Topic
                if topic in own
            ),
            *((Fact(places, ", ".join(_place(turn, *each) for each in taken)),) if taken and places else ()),
            *((Fact(t("subscriptions-muted"), t.number(muted)),) if muted else ()),
            *_together(turn, {person.notify, *own.values()}),
            Fact(t("subscriptions-quiet"), _quiet(turn, home)),
        ),
        folded=t("subscriptions-always"),
        buttons=_undo(turn, undo)
        + rows(
            *(
                Button(("✓ " if person.notify is how else "") + t(f"people-notify-{how}"), NotifyMe(how))
                for how in Notify
            ),
            width=2,
        )
        + rows(
            Button(t("subscriptions-topics"), Topics()),
            Button(places, OtherVillages()) if places else None,
            Button(f"🔕 {t('subscriptions-muted')}", Muted()) if muted else None,
            to_me(turn),
        ),
        at=Notifications(),
    )


def _together(turn: Turn, chosen: set[Notify]) -> tuple[Fact, ...]:
    """When what was kept for a digest comes, for whoever has chosen one."""
    if turn.municipality is None or not chosen & {Notify.DAILY, Notify.WEEKLY}:
        return ()
    hour = f"{turn.municipality.settings.digest_hour:02}:00"
    return (Fact(turn.t("subscriptions-together"), turn.t("subscriptions-together-at", hour=hour)),)


def _quiet(turn: Turn, home: Municipality | None) -> str:
    """The quiet hours of the municipality in words."""
    numbers = home.settings if home is not None else None
    if numbers is None or numbers.quiet_from == numbers.quiet_until:
        return turn.t("subscriptions-quiet-none")
    hours = f"{numbers.quiet_from:02}:00–{numbers.quiet_until:02}:00"
    return turn.t("subscriptions-quiet-hours", hours=hours)


# --- a topic ---


@routes.press(Topics, reads=True, statements=1)
async def topics(turn: Turn, _: Topics) -> Screen:
    """Each topic with how often it comes."""
    _agreed(turn)
    t, person = turn.t, turn.person
    own = await own_choices(turn.db, person.id)
    return Screen(
        title=t("subscriptions-topics"),
        icon="🔔",
        text=t("subscriptions-topics-text"),
        choice=tuple(
            Button(
                f"{t(f'subscriptions-topic-{topic}')} · {t(f'people-notify-{own.get(topic, person.notify)}')}",
                OpenTopic(topic),
            )
            for topic in Topic
        ),
        buttons=rows(Button(t("kit-back"), Notifications())),
        at=Topics(),
    )


@routes.press(OpenTopic, reads=True, statements=1)
async def open_topic(turn: Turn, press: OpenTopic) -> Screen:
    """What belongs to the topic, and how often one wants it."""
    return await _topic(turn, press.topic)


@routes.press(ChooseTopic, reads=False, statements=4)
async def choose_topic(turn: Turn, press: ChooseTopic) -> Screen:
    """From now on this often; «undo» stands in the answer."""
    before = await subscriptions.choose(turn.db, turn.person, press.topic, press.how, turn.now)
    t = turn.t
    how = t(f"people-notify-{press.how}") if press.how is not None else t("subscriptions-as-all")
    said = t("subscriptions-chosen", what=t(f"subscriptions-topic-{press.topic}"), how=how)
    undo = ChooseTopic(press.topic, before) if before is not press.how else None
    return await _topic(turn, press.topic, lead=said, undo=undo)


async def _topic(turn: Turn, topic: Topic, *, lead: str = "", undo: Press | None = None) -> Screen:
    _agreed(turn)
    t, person = turn.t, turn.person
    own = (await own_choices(turn.db, person.id)).get(topic)
    return Screen(
        lead=lead,
        title=t(f"subscriptions-topic-{topic}"),
        icon="🔔",
        state=t("subscriptions-now", how=t(f"people-notify-{own or person.notify}")),
        text=t(f"subscriptions-about-{topic}"),
        buttons=_undo(turn, undo)
        + rows(
            *(
                Button(("✓ " if own is how else "") + t(f"people-notify-{how}"), ChooseTopic(topic, how))
                for how in Notify
            ),
            width=2,
        )
        + rows(
            Button(("✓ " if own is None else "") + t("subscriptions-as-all"), ChooseTopic(topic)),
            Button(t("kit-back"), Topics()),
        ),
        at=OpenTopic(topic),
    )


# --- other villages ---


@routes.press(OtherVillages, reads=True, statements=2)
async def other_villages(turn: Turn, press: OtherVillages) -> Screen:
    """Every village but one's own, marked where one has its news: a tap takes it, a second one leaves it."""
    return await _villages(turn, press.page)


@routes.press(TakeVillage, reads=False, statements=5)
async def take_village(turn: Turn, press: TakeVillage) -> Screen:
    """Its news come too from now on."""
    village = await subscriptions.subscribe_village(turn.db, turn.person, press.village, turn.now)
    screen = await _villages(turn, press.page)
    return screen.with_alert(turn.t("subscriptions-village-taken", village=village.name(turn.t.language)))


@routes.press(LeaveVillage, reads=False, statements=4)
async def leave_village(turn: Turn, press: LeaveVillage) -> Screen:
    """Not any more."""
    await subscriptions.unsubscribe_village(turn.db, turn.person, press.village)
    return (await _villages(turn, press.page)).with_alert(turn.t("subscriptions-village-left"))


def _place(turn: Turn, village: Village, whose: Municipality) -> str:
    """Its name, with that of its municipality where it is not one's own."""
    name = village.name(turn.t.language)
    return name if whose.id == turn.person.municipality_id else f"{name} ({whose.name(turn.t.language)})"


async def _villages(turn: Turn, page: int) -> Screen:
    _agreed(turn)
    t, home, person = turn.t, turn.municipality, turn.person
    if home is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    taken = await villages_of(turn.db, person.id)
    known = {village.id for village, _ in taken}
    others = [village for village in await villages(turn.db, home.id) if village.id != person.village_id]
    listed = [(village.id, _place(turn, village, whose)) for village, whose in taken if whose.id != home.id]
    listed += [(village.id, village.name(t.language)) for village in others]
    shown, page, pages = page_of(len(listed), page, PAGE)
    return Screen(
        title=t(f"subscriptions-villages-{home.kind}"),
        icon="🏘",
        state=t("subscriptions-villages-taken", count=len(taken)) if taken else "",
        text=t(f"subscriptions-villages-text-{home.kind}"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"✓ {name}", LeaveVillage(number, page))
            if number in known
            else Button(name, TakeVillage(number, page))
            for number, name in (listed[i] for i in shown)
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), OtherVillages(page - 1)) if page > 0 else None,
            Button(t("kit-next"), OtherVillages(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), Notifications())),
        at=OtherVillages(page),
    )


# --- what is muted ---


@routes.press(Muted, reads=True, statements=1)
async def muted(turn: Turn, press: Muted) -> Screen:
    """What one hears no more of; a tap lets it come again."""
    return await _muted(turn, press.page)


@routes.press(MuteThing, reads=False, statements=6)
async def mute_thing(turn: Turn, press: MuteThing) -> Screen:
    """No more of it; «undo» stands in the answer."""
    await subscriptions.mute(turn.db, turn.person, press.subject, press.number, turn.now)
    return await _muted(turn, 0, lead=turn.t("subscriptions-mute-done"), undo=UnmuteThing(press.subject, press.number))


@routes.press(UnmuteThing, reads=False, statements=3)
async def unmute_thing(turn: Turn, press: UnmuteThing) -> Screen:
    """It comes again; «undo» stands in the answer."""
    gone = await subscriptions.unmute(turn.db, turn.person, press.subject, press.number)
    undo = MuteThing(press.subject, press.number) if gone else None
    return await _muted(turn, 0, lead=turn.t("subscriptions-unmute-done"), undo=undo)


async def _muted(turn: Turn, page: int, *, lead: str = "", undo: Press | None = None) -> Screen:
    _agreed(turn)
    t = turn.t
    things = await muted_things(turn.db, turn.person)
    shown, page, pages = page_of(len(things), page, PAGE)
    return Screen(
        lead=lead,
        title=t("subscriptions-muted-title", count=len(things)),
        icon="🔕",
        text=t("subscriptions-muted-text") if things else t("subscriptions-muted-none"),
        choice=tuple(
            Button(name_of_thing(turn, *things[i]), UnmuteThing(things[i][0].subject, things[i][0].subject_id))
            for i in shown
        ),
        first_number=shown.start + 1,
        buttons=_undo(turn, undo)
        + rows(
            Button(t("kit-previous"), Muted(page - 1)) if page > 0 else None,
            Button(t("kit-next"), Muted(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("subscriptions-settings"), Notifications())),
        at=Muted(page),
    )
