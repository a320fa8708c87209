"""The checklist of setting up: what is there and what is missing; names, kind, population, district, contacts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import phonenumbers

from actions import founding
from actions.founding import About
from civic.founding import LANGUAGES, POPULATION_LIMIT, Contact, Counted, Names, Step, steps_done
from civic.municipalities import Kind
from civic.people import Right
from civic.refusals import Reason, Refused
from civic.spelling import clean
from handlers.answers import choice, number
from handlers.issues.staff import KeepList
from handlers.municipalities.presses import (
    Calendar,
    ClearContact,
    Contacts,
    EditAbout,
    EditContact,
    EditNames,
    FoundHome,
    NumberGroups,
    Places,
    Rules,
    Stops,
    in_three,
    to_set_up,
)
from handlers.people.phone import e164
from handlers.people.staff import own_home
from handlers.people.welcome import FirstContact
from handlers.post.presses import PostOffice
from handlers.ways import Publishing, SetUp, Staff, is_installer, other_languages, to_menu, to_tasks
from storage.issues import listed_issues
from storage.municipalities import Municipality, municipality_count, streets, villages
from storage.publications import linked_places
from storage.staff import staff_of
from talk.answers import Answer, Option, Stored
from talk.form import Form, ask, ask_if_wanted
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
CAPITAL = "capital"
OPENS: dict[Step, Press] = {
    Step.NAMES: EditNames(),
    Step.ABOUT: EditAbout(),
    Step.PLACES: Places(),
    Step.CONTACTS: Contacts(),
    Step.NUMBERS: NumberGroups(),
    Step.CHANNELS: Publishing(),
    Step.STAFF: Staff(),
    Step.ISSUES: KeepList(),
}
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


@routes.press(SetUp, reads=True, statements=5, right=Right.SET_UP)
async def set_up(turn: Turn, _: SetUp) -> Screen:
    """The steps with what is there; each opens its form and can be changed later."""
    t, home = turn.t, turn.municipality
    if home is None:
        return await _before_any(turn)
    places, count = await villages(turn.db, home.id), len(await streets(turn.db, home.id))
    counted = Counted(
        villages=len(places),
        channels=len(await linked_places(turn.db, home.id)),
        staff=len(await staff_of(turn.db, home.id)),
        issues=len(await listed_issues(turn.db, home.id)),
    )
    city = home.kind is Kind.CITY
    done = steps_done(_names(home), home.district, home.contacts, counted, city=city)
    told = {
        Step.NAMES: home.name(t.language),
        Step.ABOUT: _about(turn, home),
        Step.PLACES: t(f"setup-count-places-{home.kind}", villages=counted.villages, streets=count),
        Step.CONTACTS: home.contact(Contact.PHONE, t.language),
        Step.NUMBERS: t("setup-count-numbers", count=len(home.own_settings)),
        Step.CHANNELS: t("setup-count", count=counted.channels),
        Step.STAFF: t("setup-count", count=counted.staff),
        Step.ISSUES: t("setup-count", count=counted.issues),
    }
    return Screen(
        title=t("setup-title"),
        icon="⚙️",
        state=t("setup-all-done") if len(done) == len(Step) else t("setup-done", done=len(done), of=len(Step)),
        text=t("setup-text"),
        facts=tuple(
            Fact(f"{'✓' if step in done else '○'} {_label(turn, home, step)}", _told(turn, step, told, done))
            for step in Step
        ),
        note=home.name(t.language),
        choice=tuple(Button(_label(turn, home, step), OPENS[step]) for step in Step),
        buttons=rows(
            Button(f"✍️ {t('thresholds-rules')}", Rules()),
            Button(f"📅 {t('workdays-title')}", Calendar()),
            Button(f"⛔ {t('stops-title')}", Stops()),
            Button(f"🕰 {t('post-open')}", PostOffice()),
            width=2,
        )
        + rows(Button(f"➕ {t('setup-found')}", FoundHome()) if is_installer(turn) else None)
        + rows(to_tasks(turn), to_menu(turn), width=2),
        at=SetUp(),
    )


def _label(turn: Turn, home: Municipality, step: Step) -> str:
    return turn.t(f"setup-step-places-{home.kind}") if step is Step.PLACES else turn.t(f"setup-step-{step}")


def _told(turn: Turn, step: Step, told: Mapping[Step, str], done: frozenset[Step]) -> str:
    return told[step] if step in done else turn.t(f"setup-missing-{step}")


async def _before_any(turn: Turn) -> Screen:
    """For somebody of ADMIN_IDS who belongs to no municipality yet: the first thing there is to do."""
    t = turn.t
    some = await municipality_count(turn.db) > 0
    return Screen(
        title=t("setup-title"),
        icon="⚙️",
        text=t("setup-choose-or-found") if some else t("setup-nothing-yet"),
        buttons=rows(
            Button(f"➕ {t('setup-found')}", FoundHome()),
            Button(t("setup-choose"), FirstContact()) if some else None,
        )
        + other_languages(turn, SetUp()),
        at=SetUp(),
    )


def _names(home: Municipality) -> Names:
    return {language: getattr(home, f"name_{language}") for language in LANGUAGES}


def _about(turn: Turn, home: Municipality) -> str:
    t = turn.t
    kind = t(f"setup-kind-{CAPITAL if home.capital else home.kind}")
    district = str(home.district.get(t.language) or home.district.get("ky") or "")
    people = t("setup-residents", count=home.population, shown=t.number(home.population))
    return ", ".join(part for part in (kind, people, district) if part)


# --- names, kind, population, district ---


def names_questions(turn: Turn, _: EditNames) -> Form[Names]:
    """The name in three languages."""
    return (yield from in_three(turn, "name", _names(own_home(turn))))


async def named(turn: Turn, _: EditNames, told: Names) -> Screen:
    """It is called so from now on."""
    await founding.rename(turn.db, own_home(turn), told, turn.person, turn.roles, turn.now)
    return await _saved(turn)


async def _saved(turn: Turn) -> Screen:
    await turn.db.flush()
    return replace(await set_up(turn, SetUp()), lead=turn.t("setup-saved"))


def ask_about(turn: Turn, home: Municipality | None) -> Form[About]:
    """Kind, population and district; with what is known of the municipality, if it is there already."""
    t = turn.t
    options = [Option(kind, t(f"setup-kind-{kind}")) for kind in (*Kind, CAPITAL)]
    hint = f"\n\n{t('setup-now', value=_about(turn, home))}" if home is not None else ""
    kind = yield from ask("kind", t("setup-ask-kind") + hint, choice(options), named=t("setup-named-kind"))
    population = yield from ask(
        "population", t("setup-ask-population") + hint, number(1, POPULATION_LIMIT), named=t("setup-named-population")
    )
    district = yield from in_three(turn, "district", home.district if home is not None else {}, needed=False)
    return About(Kind.CITY if kind == CAPITAL else Kind(kind), kind == CAPITAL, population, district)


def about_questions(turn: Turn, _: EditAbout) -> Form[About]:
    """Kind, population and district."""
    return (yield from ask_about(turn, own_home(turn)))


async def described(turn: Turn, _: EditAbout, told: About) -> Screen:
    """It is so from now on."""
    await founding.describe(turn.db, own_home(turn), told, turn.person, turn.roles, turn.now)
    return await _saved(turn)


routes.form(
    EditNames, questions=names_questions, done=named, review=False, title="setup-step-names", right=Right.SET_UP
)
routes.form(
    EditAbout, questions=about_questions, done=described, review=False, title="setup-step-about", right=Right.SET_UP
)


# --- contacts ---


@dataclass(frozen=True)
class OfficePhone(Answer[str]):
    """The phone of an office, kept as it is written internationally."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """The number; Refused(BAD_OFFICE_PHONE) when no such number can exist."""
        try:
            known = phonenumbers.parse(e164(heard.text))
        except Refused:
            raise Refused(Reason.BAD_OFFICE_PHONE) from None
        return str(phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

    def value(self, stored: str) -> str:
        """The number."""
        return stored


@dataclass(frozen=True)
class Email(Answer[str]):
    """An e-mail address."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """The address; Refused(BAD_EMAIL) when it is none."""
        given = clean(heard.text)
        if len(given) > 120 or not _EMAIL.fullmatch(given):
            raise Refused(Reason.BAD_EMAIL)
        return given

    def value(self, stored: str) -> str:
        """The address."""
        return stored


@routes.press(Contacts, reads=True, statements=0, right=Right.SET_UP)
async def contacts(turn: Turn, _: Contacts) -> Screen:
    """The contacts in every language in which they are written."""
    t, home = turn.t, own_home(turn)
    return Screen(
        title=t("setup-step-contacts"),
        icon="☎️",
        text=t("setup-contacts-text"),
        facts=tuple(Fact(t(f"setup-named-{each}"), _contact(turn, home, each)) for each in Contact),
        note=home.name(t.language),
        choice=tuple(Button(t(f"setup-named-{each}"), EditContact(each)) for each in Contact),
        buttons=rows(
            Button(t("setup-no-email"), ClearContact(Contact.EMAIL)) if home.contacts.get(Contact.EMAIL) else None,
            to_set_up(turn),
        ),
        at=Contacts(),
    )


def _contact(turn: Turn, home: Municipality, contact: Contact) -> str:
    value = home.contacts.get(contact, "")
    said = value if isinstance(value, str) else "\n".join(value[k] for k in LANGUAGES if value.get(k))
    return said or turn.t("setup-not-there")


def contact_questions(turn: Turn, press: EditContact) -> Form[str | Names]:
    """Words in three languages for an address and hours; one number or address for the others."""
    t, home = turn.t, own_home(turn)
    known = home.contacts.get(press.contact) or ""
    if press.contact.in_languages:
        present = known if isinstance(known, dict) else {"ky": known}
        return (yield from in_three(turn, press.contact, present))
    says = t(f"setup-ask-{press.contact}")
    kind = OfficePhone() if press.contact is Contact.PHONE else Email()
    if not known:
        return (yield from ask(press.contact, says, kind))
    says = f"{says}\n\n{t('setup-is-now', value=str(known))}"
    return (yield from ask_if_wanted(press.contact, says, kind)) or str(known)


async def contact_told(turn: Turn, press: EditContact, told: str | Names) -> Screen:
    """It stands on every card from now on."""
    return await _contact_is(turn, press.contact, told)


async def _contact_is(turn: Turn, contact: Contact, value: str | Names) -> Screen:
    founding.set_contact(turn.db, own_home(turn), contact, value, turn.person, turn.roles, turn.now)
    return replace(await contacts(turn, Contacts()), lead=turn.t("setup-saved"))


@routes.press(ClearContact, reads=False, statements=2, right=Right.SET_UP)
async def clear_contact(turn: Turn, press: ClearContact) -> Screen:
    """There is none any more."""
    return await _contact_is(turn, press.contact, "")


routes.form(
    EditContact,
    questions=contact_questions,
    done=contact_told,
    review=False,
    title="setup-step-contacts",
    right=Right.SET_UP,
)
