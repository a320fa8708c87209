"""«Милдеттерим»: what waits for somebody who works for the municipality, each with one button to the thing itself."""

from collections.abc import Sequence

from civic.issues import Renewal
from civic.people import Right, Role, may
from civic.publications import channels_behind
from civic.workdays import watched_years
from handlers.announcements.presses import Announcements
from handlers.groups.presses import GroupRequests
from handlers.issues.keep import state_of
from handlers.issues.staff import KeepList
from handlers.municipalities.presses import Calendar, Stops
from handlers.municipalities.workdays import missing
from handlers.petitions.presses import PetitionQueue
from handlers.petitions.waiting import petition_tasks
from handlers.post.presses import PostOffice
from handlers.proposals.staff import ProposalQueue
from handlers.proposals.waiting import waiting as proposals_waiting
from handlers.ways import ConfirmSomebody, Publishing, SetUp, Staff, Tasks, to_menu
from storage.changes import list_changed_at
from storage.issues import whole_issues
from storage.municipalities import Municipality
from storage.publications import last_published
from storage.staff import name_of
from storage.waiting import what_waits
from storage.workdays import DayException, calendar_with, exceptions
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
routes.command("tasks", Tasks())
routes.words("tasks-title", Tasks())


@routes.press(Tasks, reads=True, statements=12, right=Right.SEE_TASKS)
async def tasks(turn: Turn, _: Tasks) -> Screen:
    """What is overdue first, then what is due, then what else can be done."""
    t, home, roles = turn.t, turn.municipality, turn.roles
    waits: list[Button] = []
    own_days = await exceptions(turn.db, home.id) if home is not None and may(roles, Right.MODERATE) else ()
    if home is not None:
        waits += await petition_tasks(turn, home, days=calendar_with(own_days))
        waits += await proposals_waiting(turn, home)
    if home is not None and may(roles, Right.KEEP_ISSUES):
        waits += await _renewals(turn, home)
    if home is not None and may(roles, Right.PUBLISH):
        published, changed = await last_published(turn.db, home.id), await list_changed_at(turn.db, home.id)
        behind = [c for c in channels_behind(published, changed) if not (c == "site" and turn.links.page)]
        if behind:
            waits.append(Button(f"⚠️ {t('tasks-channels-behind')} · {len(behind)}", Publishing()))
    if home is not None:
        waits += await _counted(turn, home)
    if home is not None and may(roles, Right.ANSWER):
        waits += _days(turn, own_days)
    name = await name_of(turn.db, home.id, turn.person.id) if home is not None else ""
    held = ", ".join(t(f"people-role-{role}") for role in Role if role in roles)
    return Screen(
        title=t("tasks-title"),
        icon="📌",
        state=t("tasks-waits", count=len(waits)) if waits else f"✓ {t('tasks-nothing')}",
        facts=(Fact(name or t("tasks-you"), held),),
        text="" if may(roles, Right.KEEP_ISSUES) else t("tasks-not-yet"),
        note=home.name(t.language) if home is not None else "",
        choice=tuple(waits),
        buttons=rows(
            Button(f"📋 {t('tasks-list')}", KeepList()) if may(roles, Right.KEEP_ISSUES) else None,
            Button(f"🗂 {t('petitions-desk-queue-title')}", PetitionQueue()) if may(roles, Right.MODERATE) else None,
            Button(f"💡 {t('menu-proposals')}", ProposalQueue("all")) if may(roles, Right.ANSWER) else None,
            Button(f"🪪 {t('confirm-somebody')}", ConfirmSomebody()) if _confirms(home, roles) else None,
            Button(f"📣 {t('tasks-publish')}", Publishing()) if may(roles, Right.PUBLISH) else None,
            Button(f"👥 {t('tasks-staff')}", Staff()) if may(roles, Right.GRANT_ROLES) else None,
            Button(f"📅 {t('workdays-title')}", Calendar()) if may(roles, Right.ANSWER) else None,
            Button(f"⛔ {t('stops-title')}", Stops()) if may(roles, Right.STOP) else None,
            Button(f"⚙️ {t('tasks-set-up')}", SetUp()) if may(roles, Right.SET_UP) else None,
            to_menu(turn),
            width=2,
        ),
        at=Tasks(),
    )


def _confirms(home: Municipality | None, roles: frozenset[Role]) -> bool:
    wanted = home is not None and bool(home.settings.petition_confirmed_only)
    return wanted and may(roles, Right.CONFIRM_RESIDENTS)


async def _counted(turn: Turn, home: Municipality) -> list[Button]:
    """What waits and needs no more than its number here, for whoever may do something about it."""
    t, counted = turn.t, await what_waits(turn.db, home.id, turn.now)
    return [
        Button(f"{sign} {t(key)} · {count}", way)
        for sign, key, count, right, way in (
            ("📢", "announcements-tasks", counted.announcements, Right.PUBLISH, Announcements("asked")),
            ("👥", "groups-waiting", counted.groups, Right.PUBLISH, GroupRequests()),
            ("⏳", "tasks-invitations", counted.invitations, Right.GRANT_ROLES, Staff()),
            ("⛔", "tasks-stopped", counted.stopped, Right.STOP, Stops()),
            ("⚠️", "post-needs-look", counted.doubtful + counted.faults, Right.SET_UP, PostOffice()),
        )
        if count and may(turn.roles, right)
    ]


async def _renewals(turn: Turn, home: Municipality) -> list[Button]:
    """The issues whose half-year is over, and those where it soon will be (Typical Plan 2.5)."""
    t, numbers = turn.t, home.settings
    states = [state_of(turn, issue, numbers) for issue in await whole_issues(turn.db, home.id)]
    overdue = sum(state in (Renewal.OVERDUE, Renewal.NEVER) for state in states)
    soon = states.count(Renewal.DUE_SOON)
    return [
        Button(f"{sign} {t(key)} · {count}", KeepList(due=True))
        for sign, key, count in (("⚠️", "tasks-overdue", overdue), ("⏳", "tasks-due-soon", soon))
        if count
    ]


def _days(turn: Turn, own: Sequence[DayException]) -> list[Button]:
    """The years whose moving holidays nobody entered: terms in working days would be counted wrong."""
    return [
        Button(f"⏳ {turn.t('tasks-days-missing')} · {year}", Calendar(year))
        for year in watched_years(turn.today)
        if missing(turn, own, year)
    ]
