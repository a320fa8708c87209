"""Coming by a one-time link: whose municipality, which role, under which name; taking it up."""

from dataclasses import dataclass
from typing import Any

from actions import accounts, staff
from civic.people import Right, Role, has_agreed, may
from handlers.people.staff import OpenAppointment
from handlers.people.welcome import FirstContact
from handlers.ways import is_installer, other_languages, to_menu, to_tasks
from storage.municipalities import Municipality, get_municipality
from storage.people import Invitation
from storage.staff import get_appointment
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()


@dataclass(frozen=True)
class TakeUp(Press, code="gt"):
    """The role that a link offers."""

    word: str


@dataclass(frozen=True)
class TakeUpNow(Press, code="gy"):
    """Take up the role of the link."""

    word: str


routes.link("g", lambda word: TakeUp(word) if 0 < len(word) <= 16 else None)


@routes.press(TakeUp, reads=True, statements=2)
async def take_up(turn: Turn, press: TakeUp) -> Screen:
    """Whose municipality it is, which role, under which name; who belongs elsewhere reads that they would move."""
    t = turn.t
    invitation = await staff.invited_by(turn.db, press.word, turn.now)
    home = await get_municipality(turn.db, invitation.municipality_id)
    accept: Press = TakeUpNow(press.word)
    if not has_agreed(turn.person):  # a few questions come first; the municipality is none of them
        accept = FirstContact(accept.pack(), home.id)
    return Screen(
        title=t("staff-offer-title"),
        icon="🤝",
        text="\n\n".join(_before(turn, home)),
        facts=_facts(turn, invitation, home),
        buttons=rows(Button(t("staff-accept"), accept))
        + other_languages(turn, TakeUp(press.word))
        + rows(to_menu(turn)),
        at=TakeUp(press.word),
    )


def _facts(turn: Turn, invitation: Invitation, home: Municipality) -> tuple[Fact, ...]:
    t = turn.t
    return (
        Fact(t("staff-fact-home"), home.name(t.language)),
        Fact(t("staff-fact-role"), t(f"staff-role-{invitation.role}")),
        Fact(t("staff-fact-name"), invitation.name),
        Fact(t("staff-fact-may"), t(f"staff-may-{invitation.role}")),
    )


def _before(turn: Turn, home: Municipality) -> list[str]:
    """What is good to know before accepting."""
    t, own = turn.t, turn.municipality
    said = [t("staff-offer-text")]
    if own is not None and own.id != home.id:
        said.append(t("staff-offer-moves", now=own.name(t.language), then=home.name(t.language)))
    if not has_agreed(turn.person):
        said.append(t("staff-offer-consent"))
    return said


@routes.press(TakeUpNow, reads=False, statements=10)
async def take_up_now(turn: Turn, press: TakeUpNow) -> Screen:
    """The role is held when this is read."""
    t = turn.t
    invitation = await staff.invited_by(turn.db, press.word, turn.now)
    home = await get_municipality(turn.db, invitation.municipality_id)
    held = await staff.take_up(turn.db, press.word, turn.person, home, turn.now)
    accounts.wake_office(turn.db, turn.account, turn.person, turn.now)  # an administrator gave this link
    turn.roles = turn.person.roles | (frozenset({Role.ADMIN}) if is_installer(turn) else frozenset())
    return Screen(
        title=t("staff-taken-up"),
        icon="🤝",
        text=t(f"staff-now-{held.role}"),
        facts=_facts(turn, invitation, home)[:3],
        note=home.name(t.language),
        buttons=rows(to_tasks(turn), to_menu(turn)),
        fresh=True,
    )


@routes.letter("role-taken-up")
async def role_taken_up(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """To whoever invited: the link was used, by the person under that name."""
    t, home = turn.t, turn.municipality
    if home is None:
        return None
    held = await get_appointment(turn.db, home.id, int(told["appointment"]))
    still_theirs = is_installer(turn) or may(turn.roles, Right.GRANT_ROLES)
    if held.ended_at is not None or not still_theirs:
        return None
    role = t(f"staff-role-{held.role}")
    return Screen(
        text=t("staff-letter-taken-up", name=held.name, role=role),
        note=home.name(t.language),
        buttons=rows(Button(t("staff-open"), OpenAppointment(held.id))),
    )
