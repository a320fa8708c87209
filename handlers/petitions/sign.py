"""How does one sign, take the signature back, and say under which name one signs?"""

from dataclasses import dataclass, replace

from actions import people
from actions.petitions import signing
from civic.people import has_agreed, refuse
from civic.petitions import goal, why_cannot_sign, why_no_name
from civic.refusals import Reason, Refused
from civic.spelling import clean
from handlers.answers import choice
from handlers.people.welcome import FirstContact
from handlers.petitions.cards import counted, may_sign, name_of_petition, petition_card, read
from handlers.petitions.presses import (
    CheckReceipt,
    Introduce,
    OpenPetition,
    SharePetition,
    SignPetition,
    UnsignPetition,
)
from handlers.refusals import said_by
from handlers.ways import Me, ShowCode, to_menu
from storage.municipalities import Municipality, find_street, get_street
from storage.petitions import Petition
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Form, ask
from talk.routes import Routes
from talk.screen import Bar, Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
# there is no way on from these but reading: they are said beside the petition, with the way back to it
_SAID_HERE = frozenset(
    {
        Reason.ALREADY_SIGNED,
        Reason.SIGNED_BY_HAND,
        Reason.NOT_OPEN,
        Reason.NEEDS_CONFIRMING,
        Reason.OTHER_VILLAGE,
        Reason.SIGNATURE_INVALID,
        Reason.SAME_PHONE,
        Reason.TOO_OFTEN,
        Reason.SIGNED_TOO_OFTEN,
        Reason.LINK_TOO_OFTEN,
        Reason.STOPPED,
        Reason.NOT_SIGNED,
        Reason.HANDED_OVER_ALREADY,
        Reason.PETITION_IS_OVER,
    }
)


@routes.press(SignPetition, reads=False, statements=13)
async def sign(turn: Turn, press: SignPetition) -> Screen:
    """One tap when everything is known; what is missing is said with the way on, and then this is done."""
    t = turn.t
    home, petition, own, _, _ = await read(turn, press.petition)
    if not has_agreed(turn.person):
        return _agree_first(turn, home, petition, press)
    refuse(why_cannot_sign(petition, turn.person, own, today=turn.today, numbers=home.settings))
    if petition.street_id not in (None, turn.person.street_id) and not press.here:
        return await _ask_street(turn, home, petition, press)
    given = await signing.sign(
        turn.db,
        petition,
        own,
        turn.person,
        home,
        turn.now,
        turn.today,
        vault=turn.vault,
        link=press.link,
    )
    moved = await _lives_here_now(turn, petition)
    steps = petition.thresholds
    screen = Screen(
        title=t("petitions-signed-title"),
        icon="✅",
        state=t("petitions-signed-number", number=petition.count),
        facts=(
            Fact(t("petitions-fact-petition"), petition.title),
            Fact(t("petitions-fact-counted"), counted(turn, petition)),
            Fact(t("petitions-fact-receipt"), given.receipt),
        ),
        bar=Bar(petition.count, goal(steps, petition.count)) if steps else None,
        text=t("petitions-signed-text"),
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(
            Button(f"↗️ {t('petitions-share')}", SharePetition(petition.id)),
            Button(f"🧾 {t('petitions-receipt')}", CheckReceipt(given.receipt)),
            Button(t("petitions-unsign"), UnsignPetition(petition.id)),
            Button(t("petitions-open"), OpenPetition(petition.id)),
        ),
        at=OpenPetition(petition.id),
    )
    return screen.with_alert(t("people-street-kept")) if moved else screen


async def _lives_here_now(turn: Turn, petition: Petition) -> bool:
    """Who signed for a street said that they live there: it is kept, and not asked for the next petition."""
    if petition.street_id in (None, turn.person.street_id):
        return False
    street = await find_street(turn.db, turn.person.village_id, petition.street_id)
    if street is not None:
        people.live_on(turn.db, turn.person, street, turn.now)
    return street is not None


def _agree_first(turn: Turn, home: Municipality, petition: Petition, press: SignPetition) -> Screen:
    """A newcomer by a link: the municipality is none of the questions, it is the petition's."""
    t = turn.t
    return Screen(
        title=petition.title,
        icon="✍️",
        text=t("refusal-needs-consent"),
        note=home.name(t.language),
        buttons=rows(
            Button(t("refusal-way-needs-consent"), FirstContact(press.pack(), home.id)),
            Button(t("kit-back"), OpenPetition(petition.id, press.link)),
        ),
        at=OpenPetition(petition.id, press.link),
    )


async def _ask_street(turn: Turn, home: Municipality, petition: Petition, press: SignPetition) -> Screen:
    t = turn.t
    street = (await get_street(turn.db, home.id, petition.street_id or 0)).name(t.language)
    asks = t("petitions-ask-street", street=street)
    if (said := await find_street(turn.db, turn.person.village_id, turn.person.street_id)) is not None:
        asks = f"{asks}\n\n{t('petitions-other-street', street=said.name(t.language))}"
    return Screen(
        title=petition.title,
        icon="✍️",
        text=asks,
        note=home.name(t.language),
        buttons=rows(
            Button(t("petitions-live-here"), replace(press, here=True)),
            Button(t("petitions-live-elsewhere"), OpenPetition(petition.id, press.link)),
        ),
        at=OpenPetition(petition.id, press.link),
    )


@said_by(SignPetition, UnsignPetition)
async def not_signed(turn: Turn, press: SignPetition | UnsignPetition, no: Refused) -> Screen | None:
    """Why not, beside the petition that is meant; whoever has signed sees its card."""
    t = turn.t
    if no.reason not in _SAID_HERE:
        return None
    home, petition, own, member, follows = await read(turn, press.petition)
    if no.reason is Reason.ALREADY_SIGNED:
        card = await petition_card(turn, home, petition, own, member, follows=follows)
        return card.with_alert(t("petitions-signed-already"))
    confirm = Button(t("confirm-button"), ShowCode()) if no.reason is Reason.NEEDS_CONFIRMING else None
    return Screen(
        title=name_of_petition(turn, petition),
        icon="✍️",
        text=t(f"refusal-{no.reason}", **no.details),
        note=home.name(t.language),
        buttons=rows(confirm, Button(t("petitions-open"), OpenPetition(petition.id)), to_menu(turn)),
        at=OpenPetition(petition.id),
    )


@routes.press(UnsignPetition, reads=False, statements=12)
async def unsign(turn: Turn, press: UnsignPetition) -> Screen:
    """Taken back at once, for it can be given again: what that means, and the way to sign again."""
    t = turn.t
    home, petition, own, _, _ = await read(turn, press.petition)
    await signing.unsign(turn.db, petition, own, turn.person, home, turn.now)
    steps = petition.thresholds
    return Screen(
        title=t("petitions-unsigned-title"),
        icon="↩",
        facts=(
            Fact(t("petitions-fact-petition"), name_of_petition(turn, petition)),
            Fact(t("petitions-fact-counted"), counted(turn, petition)),
        ),
        bar=Bar(petition.count, goal(steps, petition.count)) if steps else None,
        text=t("petitions-unsigned-text" if may_sign(turn, petition) else "petitions-unsigned-for-good"),
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(
            Button(f"✍️ {t('petitions-sign-again')}", SignPetition(petition.id)) if may_sign(turn, petition) else None,
            Button(t("petitions-open"), OpenPetition(petition.id)),
        ),
        at=OpenPetition(petition.id),
    )


# --- under which name ---


@dataclass(frozen=True)
class own_name(Answer[str]):  # noqa: N801  reads as a word inside a form
    """First name and surname; kept sealed even in the draft."""

    turn: Turn

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        text = " ".join(clean(heard.text).split())
        if not text:
            raise Refused(Reason.WRONG_KIND)
        if len(text) > signing.NAME_LIMIT:
            raise Refused(Reason.TOO_LONG, most=signing.NAME_LIMIT, is_now=len(text))
        refuse(why_no_name(text))
        return turn.vault.seal(text)

    def value(self, stored: str) -> str:
        name = self.turn.vault.open(stored)
        if name is None:
            raise Unfit
        return name

    def shown(self, stored: str) -> str:
        return self.value(stored)


def name_questions(turn: Turn, press: Introduce) -> Form[tuple[str, bool]]:
    """What a signature here is and is not; then the name; then what strangers see of it."""
    t = turn.t
    if not has_agreed(turn.person):
        raise Refused(Reason.NEEDS_CONSENT)
    asks = t("petitions-ask-name")
    name = yield from ask("name", f"{t('petitions-what-it-is')}\n\n{asks}" if press.then else asks, own_name(turn))
    shown = yield from ask(
        "shown",
        t("petitions-ask-shown"),
        choice([Option("yes", t("petitions-shown-yes")), Option("no", t("petitions-shown-no"))]),
    )
    return name, shown == "yes"


async def named(turn: Turn, _: Introduce, told: tuple[str, bool]) -> Screen:
    """The name is kept; every later signature takes one tap."""
    name, shown = told
    signing.introduce(turn.db, turn.person, name, turn.now, vault=turn.vault, shown=shown)
    await signing.show_in_lists(turn.db, turn.person)
    return replace(await turn.go(turn, Me()), lead=turn.t("petitions-named"))


routes.form(Introduce, questions=name_questions, done=named, review=False, title="petitions-name-title")
