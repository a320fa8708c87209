"""How is no said? What is not possible, why, and the way on as a button."""

from civic.refusals import Reason, Refused
from handlers.issues.presses import WhoseList
from handlers.people.phone import DeclareResident, ProvePhone
from handlers.people.profile import Move
from handlers.people.welcome import FirstContact
from handlers.petitions.presses import Introduce
from handlers.ways import to_menu
from talk.form import GoOn
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
Clearing = FirstContact | ProvePhone | DeclareResident | Introduce | Move
_FIRST_DO: dict[Reason, type[Clearing]] = {
    Reason.NEEDS_CONSENT: FirstContact,
    Reason.NEEDS_PHONE: ProvePhone,
    Reason.NEEDS_RESIDENT: DeclareResident,
    Reason.NEEDS_NAME: Introduce,
    Reason.NEEDS_VILLAGE: Move,
}
_WITH_MENU = (
    Reason.NOT_FOUND,
    Reason.OLD_QUESTION,
    Reason.LINK_USED,
    Reason.LINK_ENDED,
    Reason.BY_LINK_ONLY,
)  # others only pop up


def _first(kind: type[Clearing], wanted: Press | None) -> Press:
    """The form that clears the way, and after it the very act that was wanted, where that fits on a button."""
    if wanted is None or type(wanted) is kind:
        return kind()
    press = kind(then=wanted.pack())
    try:
        press.pack()
    except ValueError:
        return kind()
    return press


async def refused(turn: Turn, no: Refused) -> Screen:
    """The reason in words and the way on."""
    t = turn.t
    words = t(f"refusal-{no.reason}", **no.details)
    draft = turn.person.draft
    way: Button | None = None
    if no.reason in _FIRST_DO:
        way = Button(t(f"refusal-way-{no.reason}"), _first(_FIRST_DO[no.reason], turn.wanted))
    elif no.reason is Reason.NEEDS_MUNICIPALITY:
        way = Button(t("refusal-way-needs-municipality"), WhoseList())
    elif draft is not None and draft.dropped_at is None:
        way = Button(t("menu-unfinished"), GoOn())
    elif no.reason not in _WITH_MENU:
        return Screen(alert=words)
    return Screen(text=words, buttons=rows(way, to_menu(turn)), fresh=True)


routes.refused = refused
