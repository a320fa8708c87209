"""What waits for staff among petitions: one row each with its sign and the days that are left; and letters about it."""

from dataclasses import replace
from datetime import date
from typing import Any

from civic.people import Right, may
from civic.petitions import State
from handlers.municipalities.presses import Stops
from handlers.petitions.cards import counted, due_on, state_line
from handlers.petitions.desk_presses import OpenFlag, own_home
from handlers.petitions.presses import PetitionDesk, PetitionQueue, Petitions
from handlers.petitions.waiting import RIGHTS, Waits, waiting
from handlers.ways import page_of, to_tasks
from storage.petition_desk import get_flag, owes_kenesh
from storage.petitions import Petition, get_petition
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 6
TITLE = 60  # characters of a title in a row


@routes.press(PetitionQueue, reads=True, statements=4, right=Right.MODERATE)
async def queue(turn: Turn, press: PetitionQueue) -> Screen:
    """What waits, the most urgent first; an unknown queue is all of them."""
    t, home = turn.t, own_home(turn)
    what = press.what if press.what in RIGHTS else ""
    found = await waiting(turn, home, what)
    shown, page, pages = page_of(len(found), press.page, PAGE)
    title = t(f"petitions-desk-queue-{what}") if what else t("petitions-desk-queue-title")
    return Screen(
        title=f"{title}: {len(found)}",
        icon="🗂",
        state=t("petitions-desk-page", page=page + 1, pages=pages) if pages > 1 else "",
        text=t("petitions-desk-queue-text") if found else t("petitions-desk-queue-empty"),
        note=home.name(t.language),
        choice=tuple(Button(_row(turn, found[i], what), found[i].press) for i in shown),
        first_number=shown.start + 1,
        buttons=(
            *rows(
                Button(t("kit-previous"), PetitionQueue(what, page - 1)) if page > 0 else None,
                Button(t("kit-next"), PetitionQueue(what, page + 1)) if page + 1 < pages else None,
                width=2,
            ),
            *rows(
                Button(f"✍️ {t('petitions-desk-all')}", Petitions("all")),
                Button(f"⛔ {t('stops-title')}", Stops()) if may(turn.roles, Right.STOP) else None,
                to_tasks(turn),
            ),
        ),
        at=PetitionQueue(what, page),
    )


def _row(turn: Turn, each: Waits, what: str) -> str:
    t, title = turn.t, each.petition.title
    short = title[:TITLE] + ("…" if len(title) > TITLE else "")
    said = "" if what else f"{t(f'petitions-desk-queue-{each.what}')} · "
    return f"{each.sign} {said}{left_in_words(turn, each.left)} · {short}"  # the end may have no room on a button


def left_in_words(turn: Turn, left: int | None) -> str:
    """How many working days are left, or that the day is over."""
    if left is None:
        return turn.t("petitions-desk-no-deadline")
    if left < 0:
        return turn.t("petitions-desk-overdue", count=-left)
    return turn.t("petitions-desk-today") if left == 0 else turn.t("petitions-desk-left", count=left)


# --- letters ---


async def _letter(turn: Turn, told: dict[str, Any], right: Right, title: str) -> tuple[Petition, Screen] | None:
    """A letter to staff about a petition; None when the role is not theirs any more."""
    home = turn.municipality
    if home is None or not may(turn.roles, right):
        return None
    t, petition = turn.t, await get_petition(turn.db, home.id, int(told["petition"]))
    press: Press = PetitionDesk(petition.id)
    screen = Screen(
        title=title,
        icon="🗂",
        state=state_line(turn, petition, turn.today),
        text=f"«{petition.title}»\n{petition.demand[:300]}",
        folded=t("petitions-desk-letter-why", role=t(f"petitions-desk-right-{right}")),
        note=f"{t('petitions-desk-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(Button(t("petitions-desk-open-desk"), press)),
        at=press,
    )
    return petition, screen


@routes.letter("petition-new")
async def petition_new(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """A petition, or an appeal, waits to be checked; nobody hears of what was decided in between."""
    made = await _letter(turn, told, Right.MODERATE, turn.t("petitions-desk-letter-new"))
    if made is None or made[0].state not in (State.CHECKING, State.APPEALED):
        return None
    return made[1]


@routes.letter("petition-handed-over")
async def petition_handed_over(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """Signatures were handed over, or a request for an assembly came in: to be registered."""
    made = await _letter(turn, told, Right.ANSWER, turn.t("petitions-desk-letter-handed-over"))
    return made[1] if made is not None and made[0].state is State.HANDED_OVER else None


_STAGES = {1: "soon", 2: "today", 3: "over"}


@routes.letter("petition-due")
async def petition_due(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """A deadline is near, is today, or is over; nobody hears of it when it was met or moved."""
    until, stage = date.fromisoformat(str(told["until"])), int(told["stage"])
    day = turn.t.day(until)
    right = Right(told.get("needs", Right.SEE_TASKS))
    made = await _letter(turn, told, right, turn.t(f"petitions-desk-letter-due-{_STAGES[stage]}", day=day))
    return made[1] if made is not None and due_on(made[0]) == until else None


@routes.letter("petition-kenesh-due")
async def kenesh_due(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """The decision of the kenesh is not entered, and whoever signed waits for it; nobody hears of it when it is."""
    t = turn.t
    made = await _letter(turn, told, Right.ANSWER, t("petitions-desk-letter-kenesh-due"))
    if made is None or not owes_kenesh(made[0]):
        return None
    due = t("petitions-desk-kenesh-due", day=t.day(date.fromisoformat(str(told["due"]))))
    last = t("petitions-desk-kenesh-last", day=t.day(date.fromisoformat(str(told["last"])))) if told["last"] else ""
    return replace(made[1], text="\n\n".join(part for part in (made[1].text, due, last) if part))


@routes.letter("petition-flagged")
async def petition_flagged(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """Many signatures came by one link in a short time; who passed it on is not said."""
    home = turn.municipality
    if home is None or not may(turn.roles, Right.INVALIDATE):
        return None
    flag = await get_flag(turn.db, home.id, int(told["flag"])) if "flag" in told else None
    if flag is not None and flag.settled_at is not None:
        return None
    made = await _letter(turn, told, Right.INVALIDATE, turn.t("petitions-desk-letter-flagged"))
    if made is None:
        return None
    petition, screen = made
    press = OpenFlag(flag.id) if flag is not None else PetitionQueue("flagged")
    return Screen(
        title=screen.title,
        icon="🚩",
        state=counted(turn, petition),
        text=screen.text,
        folded=screen.folded,
        note=screen.note,
        buttons=rows(Button(turn.t("petitions-desk-open-flag"), press)),
        at=press,
    )
