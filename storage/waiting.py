"""How much waits for the staff of a municipality, beside petitions, proposals and the list?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, TextClause, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from civic.announcements import State
from civic.groups import RequestState
from storage.announcements import Announcement
from storage.groups import PlaceRequest
from storage.jobs import JobRun
from storage.people import Invitation
from storage.post_desk import in_doubt
from storage.stops import Stop


@dataclass(frozen=True)
class Waiting:
    """How many of each there are."""

    announcements: int  # that wait for a second person
    groups: int  # that somebody asked to link
    invitations: int  # that nobody has taken up yet
    stopped: int  # things that are stopped for everybody
    doubtful: int  # letters of which nobody knows whether they went out
    faults: int  # jobs of the timetable that failed the last time


async def what_waits(db: AsyncSession, municipality_id: int, now: datetime) -> Waiting:
    """All of it in one question."""
    home = municipality_id
    query = select(
        _count(Announcement.municipality_id == home, Announcement.state == State.ASKED).label("announcements"),
        _count(PlaceRequest.municipality_id == home, PlaceRequest.state == RequestState.WAITING).label("groups"),
        _count(
            Invitation.municipality_id == home,
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.ends_at > now,
        ).label("invitations"),
        _count(Stop.municipality_id == home, Stop.lifted_at.is_(None)).label("stopped"),
        _count(*in_doubt(home)).label("doubtful"),
        _count(JobRun.fault != "").label("faults"),
    )
    return Waiting(**(await db.execute(query)).one()._mapping)


def _count(*which: ColumnElement[bool] | TextClause) -> ScalarSelect[int]:
    return select(func.count()).where(*which).scalar_subquery()
