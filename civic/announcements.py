"""Who hears an announcement, who must agree to it, and when may it be corrected or taken back?"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from civic.refusals import Reason

TEXT_LEAST, TEXT = 10, 3_000  # characters; beside the title there must be room in one message
TITLE_LEAST, TITLE = 3, 100
URGENT_LEAST, URGENT = 5, 200  # of the reason
RECALL_WITHIN = timedelta(hours=48)  # Telegram lets bots delete messages that are not older
AHEAD = timedelta(days=60)  # so long before its time an announcement can be planned
A_SECOND = 25  # letters that go out in a second where no rate is set, a little below what Telegram permits


class Crowd(StrEnum):
    """Whom an announcement is for."""

    EVERYBODY = "everybody"  # residents and others who belong to the municipality
    VILLAGES = "villages"
    STREETS = "streets"  # whoever said that they live there
    ISSUE = "issue"  # who follows the issue
    PETITION = "petition"  # whose signatures count
    STAFF = "staff"  # by role
    PLACES = "places"  # linked channels and groups, nobody else


class State(StrEnum):
    """How far an announcement is."""

    DRAFT = "draft"
    ASKED = "asked"  # waits for a second person
    PLANNED = "planned"  # goes out at its time
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"  # before everybody got it
    RECALLED = "recalled"


SEEN = (State.SENDING, State.PAUSED, State.SENT)  # everybody whom it concerns may read it
GOING = (State.PLANNED, State.SENDING, State.PAUSED)  # it is on its way or will be


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for: `which` holds the villages, the issue, the petition, or nothing; `roles` those of staff."""

    crowd: Crowd
    which: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    places: tuple[int, ...] = ()  # channels and groups that get it as well

    def packed(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "crowd": self.crowd.value,
            "which": list(self.which),
            "roles": list(self.roles),
            "places": list(self.places),
        }

    @staticmethod
    def unpacked(kept: Mapping[str, Any]) -> "Audience":
        """As it was kept."""
        return Audience(
            Crowd(kept["crowd"]),
            tuple(kept.get("which", ())),
            tuple(kept.get("roles", ())),
            tuple(kept.get("places", ())),
        )


def has_begun(state: State, send_at: datetime | None, now: datetime) -> bool:
    """Whether people have it or had it: it goes out, has gone out, or was taken back after that. One that is planned
    goes out at its time, though its state follows a little later."""
    planned = state is State.PLANNED and send_at is not None and send_at <= now
    return planned or state in (*SEEN, State.RECALLED)


def concerns(audience: Audience, villages: Collection[int], street: int | None = None) -> bool:
    """Whether it is for one of these villages too, or for that street; only what names villages or streets can be for
    others alone. Who never said on which street they live sees what is for any: it may be for theirs."""
    if audience.crowd is Crowd.STREETS:
        return street is None or street in audience.which
    return audience.crowd is not Crowd.VILLAGES or not set(audience.which).isdisjoint(villages)


def why_not_send(state: State, *, wants_second: bool, author: int | None, sender: int) -> Reason | None:
    """Why somebody cannot send an announcement out: it is sent already, or the municipality wants a second person and
    this is the first."""
    if state not in (State.DRAFT, State.ASKED):
        return Reason.DECIDED_ALREADY
    return Reason.NEEDS_SECOND if wants_second and author == sender else None


def why_not_plan(send_at: datetime | None, now: datetime) -> Reason | None:
    """Why it cannot go out at that time: it is over, or too far ahead. None as a time is «at once»."""
    return None if send_at is None or now < send_at <= now + AHEAD else Reason.TIME_PASSED


def minutes(recipients: int, a_second: float) -> int:
    """How many minutes it takes until the last of so many people has it, at least one."""
    return max(1, math.ceil(recipients / (a_second * 60)))


def why_not_recall(state: State, sent_at: datetime | None, now: datetime) -> Reason | None:
    """Why what was sent cannot be deleted from people's chats any more. What was cancelled halfway can be: some have
    it."""
    if state not in (*SEEN, State.CANCELLED) or sent_at is None:
        return Reason.NOT_SENT_YET
    return Reason.RECALL_OVER if now - sent_at > RECALL_WITHIN else None
