"""Who works for the municipality: the list, inviting by a one-time link, taking back, and the log of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions import staff
from civic.events import Event
from civic.municipalities import local
from civic.people import Right, Role
from civic.refusals import Reason, Refused
from handlers.answers import choice, words
from handlers.ways import Staff, page_of, to_menu, to_tasks
from storage.changes import authors
from storage.journal import Entry, entries_about
from storage.municipalities import Municipality
from storage.people import Appointment, Invitation
from storage.staff import (
    get_appointment,
    get_invitation,
    invited_names,
    names_of,
    open_invitations,
    staff_of,
)
from talk.answers import Option
from talk.form import Form, ask
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 8
LOGGED = (
    Event.INVITED,
    Event.INVITATION_WITHDRAWN,
    Event.ROLE_TAKEN_UP,
    Event.ROLE_ENDED,
    Event.ROLE_RESTORED,
)
_ABOUT_INVITATION = (Event.INVITED, Event.INVITATION_WITHDRAWN)


@dataclass(frozen=True)
class InviteStaff(Press, code="gi"):
    """Invite somebody to a role."""


@dataclass(frozen=True)
class OpenInvitation(Press, code="gv"):
    """An invitation that somebody may still come by."""

    invitation: int


@dataclass(frozen=True)
class WithdrawInvitation(Press, code="gw"):
    """The link does not work any more."""

    invitation: int


@dataclass(frozen=True)
class OpenAppointment(Press, code="ga"):
    """A role that somebody holds."""

    appointment: int


@dataclass(frozen=True)
class TakeBack(Press, code="gb"):
    """What taking the role back means, and the question whether it is wanted."""

    appointment: int


@dataclass(frozen=True)
class TakeBackNow(Press, code="gx"):
    """Take the role back."""

    appointment: int


@dataclass(frozen=True)
class GiveBack(Press, code="gu"):
    """Undo: the role that was just taken back is held again."""

    appointment: int


@dataclass(frozen=True)
class StaffLog(Press, code="gl"):
    """Who granted, took up and took back which role, and when."""

    page: int = 0


def own_home(turn: Turn) -> Municipality:
    """The municipality that staff work for; Refused(NEEDS_MUNICIPALITY) for somebody who belongs to none yet."""
    if turn.municipality is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return turn.municipality


def to_staff(turn: Turn) -> Button:
    """The way back to the list of staff."""
    return Button(turn.t("kit-back"), Staff())


@routes.press(Staff, reads=True, statements=2, right=Right.GRANT_ROLES)
async def staff_list(turn: Turn, press: Staff) -> Screen:
    """Who holds which role since when, and which links are open until when."""
    t, home = turn.t, own_home(turn)
    held: list[Appointment | Invitation] = [
        *await staff_of(turn.db, home.id),
        *await open_invitations(turn.db, home.id, turn.now),
    ]
    shown, page, pages = page_of(len(held), press.page, PAGE)
    listed = [held[i] for i in shown]
    return Screen(
        title=t("staff-title"),
        icon="👥",
        state=t("staff-page", page=page + 1, pages=pages) if pages > 1 else "",
        text=t("staff-text") if held else t("staff-nobody-yet"),
        facts=tuple(Fact(_name(turn, each), _since(turn, each)) for each in listed),
        note=home.name(t.language),
        choice=tuple(Button(f"{_name(turn, each)} · {t(f'staff-role-{each.role}')}", _opens(each)) for each in listed),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Staff(page - 1)) if page > 0 else None,
            Button(t("kit-next"), Staff(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            Button(f"➕ {t('staff-invite')}", InviteStaff()),
            Button(f"📜 {t('staff-log')}", StaffLog()),
            to_tasks(turn),
        ),
        at=Staff(page),
    )


def _name(turn: Turn, held: Appointment | Invitation) -> str:
    return held.name or turn.t("staff-nameless")


def _since(turn: Turn, held: Appointment | Invitation) -> str:
    t, role = turn.t, turn.t(f"staff-role-{held.role}")
    if isinstance(held, Invitation):
        return t("staff-invited-until", role=role, day=t.day(local(held.ends_at, turn.time_zone).date()))
    return t("staff-since", role=role, day=t.day(local(held.granted_at, turn.time_zone).date()))


def _opens(held: Appointment | Invitation) -> Press:
    return OpenInvitation(held.id) if isinstance(held, Invitation) else OpenAppointment(held.id)


# --- inviting ---


def invite_questions(turn: Turn, _: InviteStaff) -> Form[tuple[Role, str]]:
    """The role, with what each may do, and the name that residents will read."""
    t, home = turn.t, own_home(turn)
    roles = "\n".join(f"• {t(f'staff-role-{role}')}: {t(f'staff-may-{role}')}" for role in Role)
    role = yield from ask(
        "role",
        f"{t('staff-ask-role')}\n\n{roles}",
        choice([Option(role, t(f"staff-role-{role}")) for role in Role]),
    )
    name = yield from ask("name", t("staff-ask-name", place=home.name(t.language)), words(max=staff.NAME_LIMIT, min=2))
    return Role(role), name


async def invited(turn: Turn, _: InviteStaff, told: tuple[Role, str]) -> Screen:
    """The link, shown once, as a text to pass on."""
    t, home, (role, name) = turn.t, own_home(turn), told
    invitation, word = await staff.invite(turn.db, home, role, name, turn.person, turn.roles, turn.now)
    until = t.day(local(invitation.ends_at, turn.time_zone).date())
    title = t(f"staff-role-{role}")
    return Screen(
        title=t("staff-link-ready"),
        icon="🔗",
        text=t("staff-link-text", name=invitation.name, role=title, until=until),
        forward=t(
            "staff-link-forward",
            name=invitation.name,
            role=title,
            place=home.name(t.language),
            until=until,
            link=turn.links.deep(f"g{word}"),
        ),
        buttons=rows(to_staff(turn)),
        at=Staff(),
        fresh=True,
    )


routes.form(
    InviteStaff,
    questions=invite_questions,
    done=invited,
    review=False,
    title="staff-invite-title",
    right=Right.GRANT_ROLES,
)


@routes.press(OpenInvitation, reads=True, statements=1, right=Right.GRANT_ROLES)
async def open_invitation(turn: Turn, press: OpenInvitation) -> Screen:
    """An invitation: to which role, until when, and withdrawing it."""
    t, home = turn.t, own_home(turn)
    invitation = await get_invitation(turn.db, home.id, press.invitation)
    return Screen(
        title=invitation.name,
        state=_state(turn, invitation),
        text=t(f"staff-may-{invitation.role}"),
        note=home.name(t.language),
        buttons=rows(
            Button(t("staff-withdraw"), WithdrawInvitation(invitation.id)) if _stands(turn, invitation) else None,
            to_staff(turn),
        ),
        at=OpenInvitation(invitation.id),
    )


def _stands(turn: Turn, invitation: Invitation) -> bool:
    return invitation.used_at is None and invitation.withdrawn_at is None and turn.now <= invitation.ends_at


def _state(turn: Turn, invitation: Invitation) -> str:
    t = turn.t
    if invitation.used_at is not None:
        return t("staff-link-used")
    if invitation.withdrawn_at is not None:
        return t("staff-link-withdrawn")
    return _since(turn, invitation) if _stands(turn, invitation) else t("staff-link-over")


@routes.press(WithdrawInvitation, reads=False, statements=6, right=Right.GRANT_ROLES)
async def withdraw(turn: Turn, press: WithdrawInvitation) -> Screen:
    """The link is dead from now on."""
    home = own_home(turn)
    invitation = await get_invitation(turn.db, home.id, press.invitation)
    await staff.withdraw(turn.db, invitation, turn.person, turn.roles, turn.now)
    return (await staff_list(turn, Staff())).with_alert(turn.t("staff-withdrawn"))


# --- taking back ---


@routes.press(OpenAppointment, reads=True, statements=1, right=Right.GRANT_ROLES)
async def open_appointment(turn: Turn, press: OpenAppointment) -> Screen:
    """Who holds the role, since when, what they may do, and taking it back."""
    t, home = turn.t, own_home(turn)
    held = await get_appointment(turn.db, home.id, press.appointment)
    ended = held.ended_at
    over = "" if ended is None else t("staff-ended", day=t.day(local(ended, turn.time_zone).date()))
    return Screen(
        title=_name(turn, held),
        state=over or _since(turn, held),
        text=t(f"staff-may-{held.role}"),
        note=home.name(t.language),
        buttons=rows(Button(t("staff-take-back"), TakeBack(held.id)) if ended is None else None, to_staff(turn)),
        at=OpenAppointment(held.id),
    )


@routes.press(TakeBack, reads=True, statements=1, right=Right.GRANT_ROLES)
async def take_back(turn: Turn, press: TakeBack) -> Screen:
    """What they will not be able to do any more, what stays, and the question."""
    t, home = turn.t, own_home(turn)
    held = await get_appointment(turn.db, home.id, press.appointment)
    return Screen(
        title=t("staff-take-back-title"),
        text=t("staff-take-back-text", name=_name(turn, held), role=t(f"staff-role-{held.role}"))
        + (f"\n\n{t('staff-take-back-own')}" if held.person_id == turn.person.id else ""),
        note=home.name(t.language),
        buttons=rows(
            Button(t("staff-take-back-yes"), TakeBackNow(held.id)),
            Button(t("kit-back"), OpenAppointment(held.id)),
        ),
        at=TakeBack(held.id),
    )


@routes.press(TakeBackNow, reads=False, statements=6, right=Right.GRANT_ROLES)
async def take_back_now(turn: Turn, press: TakeBackNow) -> Screen:
    """The role has ended when this is read; it can be undone for a day."""
    t, home = turn.t, own_home(turn)
    held = await get_appointment(turn.db, home.id, press.appointment)
    await staff.take_back(turn.db, held, turn.person, turn.roles, turn.now)
    if held.person_id == turn.person.id:
        return Screen(text=t("staff-own-taken-back"), buttons=rows(to_menu(turn)))
    return Screen(
        text=t("staff-taken-back", name=_name(turn, held), role=t(f"staff-role-{held.role}")),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-undo"), GiveBack(held.id)), to_staff(turn)),
        at=Staff(),
    )


@routes.press(GiveBack, reads=False, statements=5, right=Right.GRANT_ROLES)
async def give_back(turn: Turn, press: GiveBack) -> Screen:
    """The role is held again; after a day only a new invitation helps."""
    t, home = turn.t, own_home(turn)
    held = await get_appointment(turn.db, home.id, press.appointment)
    await staff.give_back(turn.db, held, turn.person, turn.roles, turn.now)
    lead = t("staff-given-back") if held.ended_at is None else t("staff-too-late")
    return replace(await staff_list(turn, Staff()), lead=lead)


# --- the log ---


@routes.press(StaffLog, reads=True, statements=4, right=Right.GRANT_ROLES)
async def staff_log(turn: Turn, press: StaffLog) -> Screen:
    """Who did what with which role and when, newest first."""
    t, home, page = turn.t, own_home(turn), max(0, press.page)
    found = await entries_about(turn.db, home.id, LOGGED, after=page * PAGE, limit=PAGE + 1)
    lines = await _told(turn, home, found[:PAGE])
    return Screen(
        title=t("staff-log-title"),
        icon="📜",
        text="\n\n".join(lines) or t("staff-log-empty"),
        note=home.name(t.language),
        buttons=rows(
            Button(t("kit-previous"), StaffLog(page - 1)) if page > 0 else None,
            Button(t("kit-next"), StaffLog(page + 1)) if len(found) > PAGE else None,
            width=2,
        )
        + rows(to_staff(turn)),
        at=StaffLog(page),
    )


async def _told(turn: Turn, home: Municipality, entries: Sequence[Entry]) -> list[str]:
    t = turn.t
    links = {entry.object_id or 0 for entry in entries if entry.event in _ABOUT_INVITATION}
    held = {entry.object_id or 0 for entry in entries if entry.event not in _ABOUT_INVITATION}
    to_links = await invited_names(turn.db, home.id, links)
    to_held = await names_of(turn.db, home.id, held)
    actors = await authors(turn.db, home.id, {entry.actor_id or 0 for entry in entries})
    lines = []
    for entry in entries:
        names = to_links if entry.event in _ABOUT_INVITATION else to_held
        said = t(
            f"staff-log-{Event(entry.event).key}",
            by=actors.get(entry.actor_id or 0) or t("staff-installer"),
            name=names.get(entry.object_id or 0) or t("staff-nameless"),
            role=t(f"staff-role-{Role(entry.details['role'])}"),
        )
        lines.append(f"{t.moment(entry.at, turn.time_zone)}\n{said}")
    return lines
