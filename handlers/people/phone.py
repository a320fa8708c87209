"""Proving a phone and declaring membership of the local community."""

from dataclasses import dataclass, replace

import phonenumbers

from actions import people
from civic.people import Basis, has_agreed, refuse, why_cannot_declare, why_not_own_contact
from civic.refusals import Reason, Refused
from handlers.answers import choice
from handlers.ways import Me
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Form, ask
from talk.press import Press
from talk.routes import Routes
from talk.screen import Ask, Screen
from talk.turn import Heard, Turn

routes = Routes()


@dataclass(frozen=True)
class ProvePhone(Press, code="tel"):
    """Prove one's phone by the messenger's own button; then do what was wanted."""

    then: str = ""


@dataclass(frozen=True)
class DeclareResident(Press, code="res"):
    """Declare membership of the local community; then do what was wanted."""

    then: str = ""


@dataclass(frozen=True)
class OwnPhone(Answer[str]):
    """The person's own phone, shared with the messenger's button; kept sealed even in the draft."""

    turn: Turn
    asks: Ask | None = Ask.CONTACT

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """The sealed number; Refused for typed digits, somebody else's contact, or an impossible number."""
        if heard.contact is None:
            raise Refused(Reason.NEEDS_PHONE_BUTTON)
        refuse(why_not_own_contact(heard.contact.owner, turn.account.address))
        return turn.vault.seal(e164(heard.contact.phone))

    def value(self, stored: str) -> str:
        """The number in international form."""
        phone = self.turn.vault.open(stored)
        if phone is None:
            raise Unfit
        return phone


def e164(number: str) -> str:
    """The number in international form; Refused(BAD_PHONE) when no such number can exist. Messengers leave the
    plus out; numbers without a country are Kyrgyz ones."""
    digits = "".join(c for c in number if c.isdigit())
    for text in (number, f"+{digits}"):
        try:
            parsed = phonenumbers.parse(text, "KG")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    raise Refused(Reason.BAD_PHONE)


def phone_questions(turn: Turn, _: ProvePhone) -> Form[tuple[str, bool]]:
    """The contact, then whether the number itself may be kept."""
    t = turn.t
    if not has_agreed(turn.person):
        raise Refused(Reason.NEEDS_CONSENT)
    phone = yield from ask("phone", t("people-ask-phone"), OwnPhone(turn))
    keep = yield from ask(
        "keep",
        t("people-ask-keep-phone"),
        choice([Option("no", t("people-keep-phone-no")), Option("yes", t("people-keep-phone-yes"))]),
    )
    return phone, keep == "yes"


async def phone_done(turn: Turn, _: ProvePhone, told: tuple[str, bool]) -> Screen:
    """The phone is proven."""
    phone, keep = told
    people.prove_phone(turn.db, turn.person, phone, turn.now, vault=turn.vault, keep_number=keep)
    return replace(await turn.go(turn, Me()), lead=turn.t("people-phone-proven"))


def resident_questions(turn: Turn, _: DeclareResident) -> Form[Basis | None]:
    """Age and basis in one question: nothing is asked that the charter does not need (5.3)."""
    refuse(why_cannot_declare(turn.person))
    t = turn.t
    age = turn.municipality.settings.member_min_age if turn.municipality is not None else 16
    basis = yield from ask(
        "basis",
        t("people-ask-resident", age=age),
        choice(
            [
                Option(Basis.REGISTERED, t("people-resident-registered")),
                Option(Basis.OVER_A_YEAR, t("people-resident-over-a-year")),
                Option("none", t("people-resident-neither")),
            ]
        ),
    )
    return None if basis == "none" else Basis(basis)


async def resident_done(turn: Turn, press: DeclareResident, basis: Basis | None) -> Screen:
    """The declaration is kept; somebody who is no member stays what they are."""
    if basis is None:
        raise Refused(Reason.NEEDS_MEMBERSHIP)
    people.declare_resident(turn.db, turn.person, basis, turn.now)
    return replace(await turn.go(turn, Me()), lead=turn.t("people-resident-declared"))


routes.form(ProvePhone, questions=phone_questions, done=phone_done, review=False, title="people-phone-title")
routes.form(
    DeclareResident,
    questions=resident_questions,
    done=resident_done,
    review=False,
    title="people-resident-title",
)
