"""How do staff sort a petition that its group called «other»? (Typical Plan 1.3)"""

from actions.petitions import deciding
from civic.people import Right
from civic.petitions import WRITABLE
from civic.refusals import Reason, Refused
from handlers.petitions.desk_presses import SortPetition, ours
from handlers.petitions.presses import PetitionDesk
from handlers.petitions.write import ask_issue
from talk.form import Form, fetch
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()


def questions(turn: Turn, press: SortPetition) -> Form[int | None]:
    """The theme, then the issue; «other» leaves it as it is."""
    home, petition = yield from fetch(lambda _: ours(turn, press.petition))
    if petition.state in WRITABLE:
        raise Refused(Reason.NOT_SENT_YET)
    if petition.issue_id is not None:
        raise Refused(Reason.DECIDED_ALREADY)
    return (yield from ask_issue(turn, home, None))


async def sorted_out(turn: Turn, press: SortPetition, issue: int | None) -> Screen:
    """It stands with its issue from now on."""
    _, petition = await ours(turn, press.petition)
    if issue is None:
        return await turn.go(turn, PetitionDesk(petition.id))
    await deciding.sort(turn.db, petition, turn.person, turn.roles, issue, turn.now)
    return (await turn.go(turn, PetitionDesk(petition.id))).with_alert(turn.t("petitions-desk-sorted"))


routes.form(
    SortPetition,
    questions=questions,
    done=sorted_out,
    review=False,
    title="petitions-desk-sort-title",
    right=Right.MODERATE,
)
