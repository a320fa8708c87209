"""Which petitions wait for a member of staff, how urgently, and where is each dealt with?"""

from collections.abc import Sequence
from dataclasses import dataclass

from civic.people import Right, may
from civic.petitions import FEW_DAYS
from civic.workdays import Workdays
from handlers.petitions.desk_presses import OpenFlag
from handlers.petitions.presses import PetitionDesk, PetitionQueue
from storage.municipalities import Municipality
from storage.petition_desk import KENESH, petitions_waiting, queues_of
from storage.petitions import Petition
from storage.workdays import workdays_of
from talk.press import Press
from talk.screen import Button
from talk.turn import Turn

FLAGGED = "flagged"
RIGHTS = {
    "check": Right.MODERATE,
    "appeal": Right.MODERATE,
    "register": Right.ANSWER,
    "answer": Right.ANSWER,
    KENESH: Right.ANSWER,
    FLAGGED: Right.INVALIDATE,
}


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing to do: the queue, the petition, the working days left (None: no deadline), and where it is done."""

    what: str
    petition: Petition
    left: int | None
    press: Press

    @property
    def sign(self) -> str:
        """⚠️ overdue, 🔴 near, ⏳ in time; words stand beside it."""
        if self.left is None:
            return "🚩" if self.what == FLAGGED else "⏳"
        return "⚠️" if self.left < 0 else "🔴" if self.left <= FEW_DAYS else "⏳"

    @property
    def urgency(self) -> int:
        """Overdue first, then the nearest deadline, then what has none."""
        return 1_000 if self.left is None else self.left


async def waiting(turn: Turn, home: Municipality, what: str = "", *, days: Workdays | None = None) -> list[Waits]:
    """What waits for the rights of the person (in one queue only), the most urgent first. `days` is the calendar where
    it is known already."""
    found: list[Waits] = []
    mine = {name for name, right in RIGHTS.items() if may(turn.roles, right) and what in ("", name)}
    if not mine:
        return []
    petitions, flagged = await petitions_waiting(turn.db, home.id)
    days = days or (await workdays_of(turn.db, home.id) if petitions else None)
    for petition in petitions:
        for place in queues_of(petition):
            later = place.what == KENESH and place.until is not None and place.until > turn.today
            if place.what not in mine or later or days is None:
                continue
            left = None if place.until is None else days.until(place.until, turn.today)
            if place.until is not None and place.until < turn.today:
                left = min(-1, left or 0)  # over, even when no working day has passed since
            found.append(Waits(place.what, petition, left, PetitionDesk(petition.id)))
    if FLAGGED in mine:
        found += [Waits(FLAGGED, petition, None, OpenFlag(flag.id)) for flag, petition in flagged]
    return sorted(found, key=lambda each: each.urgency)


async def petition_tasks(turn: Turn, home: Municipality, *, days: Workdays | None = None) -> list[Button]:
    """A button for each queue in which something waits: to the queue, or to the thing itself when it is one."""
    found = await waiting(turn, home, days=days)
    queues: dict[str, list[Waits]] = {}
    for each in found:
        queues.setdefault(each.what, []).append(each)
    return [_task(turn, what, waits) for what, waits in queues.items()]


def _task(turn: Turn, what: str, waits: Sequence[Waits]) -> Button:
    press = waits[0].press if len(waits) == 1 else PetitionQueue(what)
    return Button(f"{waits[0].sign} {turn.t(f'petitions-desk-queue-{what}')} · {len(waits)}", press)
