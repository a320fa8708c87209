"""How do staff enter what somebody said by phone, at the desk or on paper?"""

from dataclasses import dataclass

from actions.proposals import sending
from civic.files import FileKind
from civic.people import Right
from civic.proposals import CALLER, LEAST, MOST, CameBy
from handlers.answers import a_file, choice, words
from handlers.proposals.desk import desk_card
from handlers.proposals.staff import EnterProposal, home_worked_for
from storage.issues import listed_issues
from storage.municipalities import villages
from talk.answers import Option
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()
NONE = "0"


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, how it came, and by whom."""

    said: sending.Said
    came_by: CameBy
    caller: str


def questions(turn: Turn, _: EnterProposal) -> Form[Told]:
    """How it came, who it was, what they said, on which issue, where, a photo."""
    t, home = turn.t, home_worked_for(turn)
    ways = [each for each in CameBy if each is not CameBy.BOT]
    options = [Option(each.value, t(f"desk-came-{each}")) for each in ways]
    way = yield from ask("way", t("desk-ask-way"), choice(options), named=t("desk-way"))
    caller = yield from ask_if_wanted("caller", t("desk-ask-caller"), words(max=CALLER), named=t(f"desk-caller-{way}"))
    text = yield from ask("text", t("desk-ask-text"), words(min=LEAST, max=MOST), named=t("proposals-named-text"))
    listed = yield from fetch(lambda db: listed_issues(db, home.id))
    issues = [Option(NONE, t("desk-unsorted")), *(Option(str(i.id), i.said("label", t.language)) for i in listed)]
    issue = yield from ask("issue", t("desk-ask-issue"), choice(issues), named=t("proposals-fact-issue"))
    places = yield from fetch(lambda db: villages(db, home.id))
    near = [
        Option(NONE, t(f"proposals-everywhere-{home.kind}")),
        *(Option(str(v.id), v.name(t.language)) for v in places),
    ]
    place = yield from ask("place", t("desk-ask-place"), choice(near), named=t("proposals-fact-place"))
    a_photo = a_file(frozenset({FileKind.PICTURE}), words_to="text", most_words=MOST)
    photo = yield from ask_if_wanted("photo", t("desk-ask-photo"), a_photo, named=t("proposals-named-photo", number=1))
    said = sending.Said(
        text,
        "ru" if t.language == "ru" else "ky",
        issue=int(issue) or None,
        village=int(place) or None,
        photos=(photo,) if photo is not None else (),
    )
    return Told(said, CameBy(way), caller or "")


async def entered(turn: Turn, _: EnterProposal, told: Told) -> Screen:
    """It has its number, which the caller can be told at once."""
    home = home_worked_for(turn)
    proposal = await sending.enter(
        turn.db,
        turn.person,
        turn.roles,
        home,
        told.said,
        told.came_by,
        told.caller,
        turn.now,
        vault=turn.vault,
    )
    await turn.db.flush()
    return await desk_card(turn, proposal.id, lead=turn.t("desk-entered", number=proposal.number))


routes.form(EnterProposal, questions=questions, done=entered, title="desk-enter-title", right=Right.DESK)
