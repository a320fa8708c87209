"""«Me»: language, village, and what the bot knows about somebody."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, people
from civic.people import Level, Role, has_agreed, level, refuse, why_cannot_forget_all
from civic.petitions import BEFORE_HAND_OVER, Standing
from civic.refusals import Reason, Refused
from handlers.answers import choice
from handlers.people.join import OpenTwin, OtherMessenger
from handlers.people.phone import DeclareResident, ProvePhone
from handlers.people.welcome import FirstContact, ask_home, language_options, settle
from handlers.petitions.presses import Introduce, Petitions
from handlers.subscriptions.presses import Notifications
from handlers.ways import Followed, Me, MyData, ShowCode, SpeakLanguage, page_of, to_me, to_menu
from storage.municipalities import Municipality, find_street, find_village, streets_of
from storage.petitions import everything_signed, groups_elsewhere
from talk.answers import Option
from talk.form import Form, ask, fetch
from talk.press import Press, unpack
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

STREETS_SHOWN = 8
routes = Routes()


@dataclass(frozen=True)
class Languages(Press, code="ml"):
    """Choose a language."""


@dataclass(frozen=True)
class Move(Press, code="mv"):
    """Change village or municipality; then do what was wanted."""

    then: str = ""


@dataclass(frozen=True)
class ForgetMe(Press, code="mf"):
    """What forgetting means, and the question whether it is wanted."""


@dataclass(frozen=True)
class ForgetMeNow(Press, code="mfy"):
    """Forget me."""


@dataclass(frozen=True)
class MyStreet(Press, code="mst"):
    """The streets of my village, to say on which I live."""

    page: int = 0


@dataclass(frozen=True)
class SetStreet(Press, code="mss"):
    """I live there; 0: I do not say."""

    street: int


routes.command("me", Me())
routes.command("language", Languages())


@routes.press(Me, reads=True, statements=6)
async def me(turn: Turn, _: Me) -> Screen:
    """Who I am to the municipality and what I can change."""
    t, person, home = turn.t, turn.person, turn.municipality
    village = await find_village(turn.db, person.municipality_id or 0, person.village_id)
    has = level(person)
    roads = await streets_of(turn.db, village.id) if village is not None and has_agreed(person) else []
    road = next((each for each in roads if each.id == person.street_id), None)
    twin = await accounts.twin_of(turn.db, person, turn.now) if turn.links.elsewhere else None
    agreed = has_agreed(person)
    roles = ", ".join(t(f"people-role-{role}") for role in Role if role in turn.roles)
    name = turn.vault.open(person.name_sealed or "")
    facts = [
        Fact(t("people-fact-language"), t("kit-language-name")),
        Fact(t("people-fact-municipality"), home.name(t.language)) if home is not None else None,
        Fact(t(f"people-fact-{village.kind}"), village.name(t.language)) if village is not None else None,
        Fact(t("people-fact-street"), road.name(t.language)) if road is not None else None,
        Fact(t("people-fact-notify"), t(f"people-notify-{person.notify}")) if agreed else None,
        Fact(t("people-fact-roles"), roles) if roles else None,
        Fact(t("petitions-fact-name"), f"{name} ({person.shown_name or t('petitions-name-hidden')})") if name else None,
    ]
    return Screen(
        title=t("menu-me"),
        icon="👤",
        state=t(f"people-level-{has}") if agreed else t("people-not-joined"),
        facts=tuple(fact for fact in facts if fact is not None),
        buttons=rows(
            Button(t("people-join"), FirstContact()) if not agreed else None,
            Button(t("people-prove-phone"), ProvePhone()) if agreed and has is Level.GUEST else None,
            Button(t("people-declare"), DeclareResident()) if has is Level.PHONE else None,
            Button(f"🪪 {t('confirm-button')}", ShowCode())
            if has is Level.RESIDENT and _wants_confirming(home)
            else None,
            Button(f"🔗 {t('join-twin')}", OpenTwin()) if twin else None,
        )
        + rows(
            Button(f"🌐 {t('people-language')}", Languages()),
            Button(f"🏡 {t('people-move')}", Move()) if agreed else None,
            Button(f"🛣 {t('people-street')}", MyStreet()) if roads else None,
            Button(f"🔔 {t('people-notifications')}", Notifications()) if agreed else None,
            Button(f"📋 {t('issues-followed-button')}", Followed()) if agreed else None,
            Button(f"✍️ {t('petitions-mine')}", Petitions("mine")) if agreed else None,
            Button(t("petitions-name-button"), Introduce()) if name else None,
            Button(f"🔗 {t('join-button')}", OtherMessenger()) if agreed and turn.links.elsewhere else None,
            Button(t("people-my-data"), MyData()),
            Button(t("people-forget-me"), ForgetMe()),
            width=2,
        )
        + rows(to_menu(turn)),
        at=Me(),
    )


def _wants_confirming(home: Municipality | None) -> bool:
    """Without reading the other numbers: a wrong one among them takes nobody's «Me» away."""
    return home is not None and bool(home.own_settings.get("petition_confirmed_only"))


@routes.press(Languages, reads=True, statements=0)
async def languages(turn: Turn, _: Languages) -> Screen:
    """The languages, each by its own name."""
    options = [Button(option.label, SpeakLanguage(option.value)) for option in language_options(turn)]
    return Screen(title=turn.t("people-language"), icon="🌐", buttons=rows(*options, to_me(turn)), at=Languages())


@routes.press(SpeakLanguage, reads=False)
async def speak_language(turn: Turn, press: SpeakLanguage) -> Screen:
    """Everything from now on in that language."""
    if all(option.value != press.language for option in language_options(turn)):
        raise Refused(Reason.NOT_FOUND)
    people.speak(turn.person, press.language)
    turn.speak(press.language)
    screen = await turn.go(turn, unpack(press.back) or Me())
    return screen.with_alert(turn.t("people-language-changed"))


@routes.press(ForgetMe, reads=True, statements=1)
async def forget_me(turn: Turn, _: ForgetMe) -> Screen:
    """What goes, what stays, how many signatures are taken back, and the question."""
    refuse(why_cannot_forget_all(turn.account, turn.now))
    t, signed = turn.t, await everything_signed(turn.db, turn.person.id)
    taken_back = sum(
        signature.standing is Standing.COUNTED and petition.state in BEFORE_HAND_OVER for signature, petition in signed
    )
    return Screen(
        title=t("people-forget-me"),
        text=t("people-forget-text"),
        facts=(Fact(t("people-forget-signatures"), t.number(taken_back)),) if taken_back else (),
        buttons=rows(Button(turn.t("people-forget-yes"), ForgetMeNow()), to_me(turn)),
        at=ForgetMe(),
    )


@routes.press(ForgetMeNow, reads=False, statements=30)
async def forget_me_now(turn: Turn, _: ForgetMeNow) -> Screen:
    """Everything that identifies the person is gone when this is read."""
    refuse(why_cannot_forget_all(turn.account, turn.now))
    await people.forget(turn.db, turn.person, turn.now)
    return Screen(title=turn.t("people-forgotten"), text=turn.t("people-forgotten-text"))


def move_questions(turn: Turn, _: Move) -> Form[tuple[Municipality, int | None]]:
    """The municipality where there are several, and the village."""
    if not has_agreed(turn.person):
        raise Refused(Reason.NEEDS_CONSENT)
    home, village = yield from ask_home(turn)
    if turn.person.municipality_id not in (None, home.id):
        says: str = yield from fetch(lambda db: _what_moving_does(db, turn, home))
        yield from ask("sure", says, choice([Option("yes", turn.t("people-move-yes"))]))
    return home, village


async def _what_moving_does(db: AsyncSession, turn: Turn, home: Municipality) -> str:
    """Read before it is done: signatures stay and can be taken back, groups, membership and roles do not move along."""
    t, person = turn.t, turn.person
    counted = [each for each, _ in await everything_signed(db, person.id) if each.standing is Standing.COUNTED]
    groups = await groups_elsewhere(db, person.id, home.id)
    lines = (
        t("people-move-elsewhere", place=home.name(t.language)),
        t("people-move-signatures", count=len(counted)) if counted else "",
        t("people-move-groups", count=groups) if groups else "",
        t("people-move-membership") if person.resident_basis is not None else "",
        t("people-move-roles") if person.roles else "",
    )
    return "\n\n".join(line for line in lines if line)


async def moved(turn: Turn, _: Move, told: tuple[Municipality, int | None]) -> Screen:
    """The person belongs there from now on."""
    home, village = told
    await settle(turn, home, await find_village(turn.db, home.id, village))
    return (await me(turn, Me())).with_alert(turn.t("people-moved"))


@routes.press(MyStreet, reads=True, statements=1)
async def my_street(turn: Turn, press: MyStreet) -> Screen:
    """The streets of one's own village, by name."""
    t, person = turn.t, turn.person
    if person.village_id is None or not has_agreed(person):
        raise Refused(Reason.NEEDS_VILLAGE)
    roads = await streets_of(turn.db, person.village_id)
    shown, page, pages = page_of(len(roads), press.page, STREETS_SHOWN)
    return Screen(
        title=t("people-street"),
        icon="🛣",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text=t("people-street-ask"),
        choice=tuple(
            Button(f"{'✓ ' if road.id == person.street_id else ''}{road.name(t.language)}", SetStreet(road.id))
            for road in roads[shown.start : shown.stop]
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), MyStreet(page - 1)) if page > 0 else None,
            Button(t("kit-next"), MyStreet(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("people-street-none"), SetStreet(0)) if person.street_id is not None else None, to_me(turn)),
        at=MyStreet(page),
    )


@routes.press(SetStreet, reads=False, statements=10)
async def set_street(turn: Turn, press: SetStreet) -> Screen:
    """News of that street come from now on, or none of any street."""
    road = await find_street(turn.db, turn.person.village_id, press.street) if press.street else None
    if press.street and road is None:
        raise Refused(Reason.NOT_FOUND)
    people.live_on(turn.db, turn.person, road, turn.now)
    return (await me(turn, Me())).with_alert(turn.t("people-street-kept" if road else "people-street-gone"))


routes.form(Move, questions=move_questions, done=moved, review=False, title="people-move")
