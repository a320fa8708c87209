"""Who must be reminded that the list is to be renewed? (Typical Plan 2.5)"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from civic.issues import reminder_stage
from civic.people import Role
from storage.issues import IssueReminder, whole_issues
from storage.municipalities import Municipality, municipalities
from storage.staff import holders

OFFICE_OPENS = 9  # o'clock in the municipality: before that, the letter waits
_ONCE = {
    name: dialect.insert(IssueReminder).on_conflict_do_nothing().returning(IssueReminder.id, IssueReminder.issue_id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def remind_of_renewals(db: AsyncSession, now: datetime) -> int:
    """Reminds staff of every issue once when five calendar months are over, once when six are, and then once a week;
    of what is overdue the head too. One letter to each of them, however many issues. Gives how many issues."""
    return sum([await _remind(db, home, now) for home in await municipalities(db)])


async def _remind(db: AsyncSession, home: Municipality, now: datetime) -> int:
    today = now.astimezone(ZoneInfo(home.time_zone)).date()
    numbers = home.settings
    wanted = [
        {"issue_id": issue.id, "cycle": str(issue.renewed_on or "never"), "stage": stage, "at": now}
        for issue in await whole_issues(db, home.id)
        if (
            stage := reminder_stage(
                issue.renewed_on,
                issue.listed_on,
                today,
                months=numbers.info_refresh_months,
                warn_months=numbers.info_warn_months,
            )
        )
    ]
    if not wanted:
        return 0
    stage_of = {row["issue_id"]: str(row["stage"]) for row in wanted}
    new = (await db.execute(_ONCE[db.get_bind().dialect.name].values(wanted))).all()
    if not new:
        return 0
    overdue = [issue for _, issue in new if stage_of[issue] != "warn"]
    office = await holders(db, home.id, [Role.CLERK]) or await holders(db, home.id, [Role.ADMIN])
    heads = await holders(db, home.id, [Role.HEAD])
    opens = datetime.combine(today, time(OFFICE_OPENS), ZoneInfo(home.time_zone))
    for people, issues in ((office, [issue for _, issue in new]), (heads, overdue)):
        if issues:
            await outbox.post(
                db,
                [person for person in people if people is office or person not in office],
                "renewals-due",
                once=f"renewals-due:{home.id}:{max(number for number, _ in new)}",
                municipality=home.id,
                now=now,
                not_before=max(now, opens),
                issues=issues,
            )
    return len(new)
