"""One person in two messengers: a code made in the one is sent in the other; or the same phone proves it."""

from dataclasses import dataclass, replace
from typing import Any

from actions import accounts
from civic.people import roles_at
from civic.refusals import Reason, Refused
from handlers.ways import Me, to_me, to_menu
from storage.municipalities import find_village
from storage.people import Messenger, Person, accounts_of
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()


@dataclass(frozen=True)
class OtherMessenger(Press, code="mj"):
    """A code for my other messenger."""


@dataclass(frozen=True)
class OpenJoin(Press, code="jo"):
    """Whose code it is, and whether that is me."""

    word: str


@dataclass(frozen=True)
class JoinNow(Press, code="jn"):
    """It is me: join the two."""

    word: str


@dataclass(frozen=True)
class OpenTwin(Press, code="jt"):
    """Whether the person with the same phone in the other messenger is me."""


@dataclass(frozen=True)
class JoinTwin(Press, code="jtn"):
    """It is me: join the two."""


@dataclass(frozen=True)
class NotMe(Press, code="jx"):
    """It was not me who joined that account: away with it."""

    account: int


@dataclass(frozen=True)
class ItIsMe(Press, code="jy"):
    """It was me who joined that account: the office may be used there."""

    account: int


@routes.letter("accounts-joined")
async def joined(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """Somebody joined another messenger to this one; None when it was taken away since. Where there is an office, it
    rests in the new one until it is confirmed here."""
    t = turn.t
    account = next((a for a in await accounts_of(turn.db, turn.person.id) if a.id == told["joined"]), None)
    if account is None:
        return None
    return Screen(
        title=t("join-letter-title"),
        icon="🔗",
        text=t(
            "join-letter-office" if account.office_rests else "join-letter-text",
            messenger=t(f"join-in-{account.messenger}"),
        ),
        buttons=rows(
            Button(t("join-it-is-me"), ItIsMe(account.id)) if account.office_rests else None,
            Button(t("join-not-me"), NotMe(account.id)),
            to_menu(turn),
        ),
        fresh=True,
    )


@routes.letter("account-left")
async def left_behind(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """WhatsApp says that whoever reads this had another number, under which somebody is known; None when the code that
    joins the two ended meanwhile, or did its work."""
    t, code = turn.t, str(told["code"])
    try:
        await accounts.owner_of(turn.db, code, turn.person, turn.now)
    except Refused:
        return None
    return Screen(
        title=t("join-left-title"),
        icon="🔗",
        text=t("join-left-text"),
        buttons=rows(Button(t("join-left-open"), OpenJoin(code)), to_menu(turn)),
        fresh=True,
    )


@routes.press(NotMe, reads=False, statements=8)
async def not_me(turn: Turn, press: NotMe) -> Screen:
    """The account is taken away at once. Refused(NOT_FOUND) unless it joined later than the one spoken with."""
    if not await accounts.part(turn.db, turn.account, press.account, turn.now):
        raise Refused(Reason.NOT_FOUND)
    return Screen(title=turn.t("join-parted"), text=turn.t("join-parted-text"), buttons=rows(to_menu(turn)))


@routes.press(ItIsMe, reads=False, statements=8)
async def it_is_me(turn: Turn, press: ItIsMe) -> Screen:
    """The office may be used in the other messenger as well."""
    await accounts.confirm_office(turn.db, turn.account, press.account, turn.now)
    return Screen(text=turn.t("join-confirmed"), icon="🔗", buttons=rows(to_menu(turn)))


routes.link("l", lambda word: OpenJoin(word) if word else None)


@routes.press(OtherMessenger, reads=False, statements=4)
async def other_messenger(turn: Turn, _: OtherMessenger) -> Screen:
    """A fresh code, the link that carries it, and how long it lasts."""
    t = turn.t
    if not turn.links.elsewhere:
        raise Refused(Reason.NOT_FOUND)
    code = await accounts.make_code(turn.db, turn.person, turn.now)
    links = [links.deep(f"l{code}") for links in turn.links.elsewhere]
    return Screen(
        title=t("join-title"),
        icon="🔗",
        text=t("join-text", minutes=int(accounts.CODE_LASTS.total_seconds() // 60)),
        facts=(Fact(t("join-code"), code),),
        forward="\n".join(links),
        buttons=(*rows(*(Button(t("join-open"), link=link) for link in links[:1])), *rows(to_me(turn))),
        at=Me(),
    )


async def _card(turn: Turn, person: Person, yes: Press) -> Screen:
    """Who that is, as far as they themselves would know it, and the question; it cannot be undone."""
    t = turn.t
    home = person.municipality
    village = await find_village(turn.db, person.municipality_id or 0, person.village_id)
    messengers = {account.messenger for account in await accounts_of(turn.db, person.id)}
    known = ", ".join(t(f"join-in-{m}") for m in Messenger if m in messengers)
    facts = (
        Fact(t("join-messengers"), known) if known else None,
        Fact(t("people-fact-municipality"), home.name(t.language)) if home is not None else None,
        Fact(t(f"people-fact-{village.kind}"), village.name(t.language)) if village is not None else None,
        Fact(t("join-since"), t.day(person.created_at.date())),
    )
    return Screen(
        title=t("join-is-it-you"),
        icon="🔗",
        text=t("join-what-happens" if known else "join-left-what-happens"),
        facts=tuple(fact for fact in facts if fact is not None),
        buttons=rows(Button(t("join-yes"), yes), to_menu(turn)),
        at=Me(),
    )


@routes.press(OpenJoin, reads=True, statements=8)
async def open_join(turn: Turn, press: OpenJoin) -> Screen:
    """The question before the two become one."""
    owner = await accounts.owner_of(turn.db, press.word, turn.person, turn.now)
    return await _card(turn, owner, JoinNow(press.word))


@routes.press(JoinNow, reads=False, statements=40)
async def join_now(turn: Turn, press: JoinNow) -> Screen:
    """One person from now on, in both messengers."""
    return await _as(turn, await accounts.join_by_code(turn.db, turn.account, press.word, turn.now))


@routes.press(OpenTwin, reads=True, statements=8)
async def open_twin(turn: Turn, _: OpenTwin) -> Screen:
    """The same question for somebody with the same proven phone."""
    twin = await accounts.twin_of(turn.db, turn.person, turn.now)
    if twin is None:
        raise Refused(Reason.NOT_FOUND)
    return await _card(turn, twin, JoinTwin())


@routes.press(JoinTwin, reads=False, statements=40)
async def join_twin(turn: Turn, _: JoinTwin) -> Screen:
    """One person from now on, in both messengers."""
    return await _as(turn, await accounts.join_by_phone(turn.db, turn.account, turn.now))


async def _as(turn: Turn, owner: Person) -> Screen:
    """The turn goes on as the joined person."""
    turn.person, turn.roles = owner, roles_at(turn.account, owner.roles)
    turn.speak(owner.language)
    both = len({account.messenger for account in await accounts_of(turn.db, owner.id)}) > 1
    said = turn.t("join-done" if both else "join-left-done")
    if turn.account.office_rests:
        said = turn.t("join-done-office")
    return replace(await turn.go(turn, Me()), lead=said)
