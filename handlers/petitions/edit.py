"""How does a group change its draft: one part at a time, without writing the rest again?"""

from dataclasses import replace

from actions.petitions import writing
from civic.files import EVERY_KIND, FileKind
from civic.people import refuse
from civic.petitions import PetitionKind, why_cannot_change
from handlers.answers import a_file, choice, number, words
from handlers.petitions.group_presses import of_own_group
from handlers.petitions.presses import EditPetition, Group
from handlers.petitions.write import MOST_PEOPLE, PLACE, ask_issue, ask_part, ask_place
from storage.petitions import Petition
from talk.answers import Option
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()
WORDED = ("title", "demand", "reasons")


def questions(turn: Turn, press: EditPetition) -> Form[writing.Text]:
    """Which part, then that part anew."""
    home, petition, member = yield from fetch(lambda _: of_own_group(turn, press.petition))
    refuse(why_cannot_change(petition, member))
    t, text = turn.t, text_of(petition)
    options = [Option(part, t(f"group-named-{part}")) for part in WORDED]
    options += [Option(part, t(f"group-fact-{part}")) for part in _parts(petition)]
    part = yield from ask("part", t("group-ask-part"), choice(options))
    match part:
        case "theme":
            return replace(text, issue=(yield from ask_issue(turn, home, None)))
        case "place":
            village, street = yield from ask_place(turn, home, petition.kind)
            return replace(text, village=village, street=street)
        case "people" | "where":
            return replace(text, about=(yield from _about(turn, petition, part)))
        case "file" | "draft":
            return replace(text, file=(yield from _file(turn, petition, part)))
        case "no-file":
            return replace(text, file=None)
    is_now = {"title": petition.title, "demand": petition.demand, "reasons": petition.reasons}[part]
    said = yield from ask_part(turn, petition.kind, part, is_now=is_now)
    match part:
        case "title":
            return replace(text, title=said)
        case "demand":
            return replace(text, demand=said)
    return replace(text, reasons=said)


def _parts(petition: Petition) -> list[str]:
    """What can be changed besides the words."""
    if petition.kind is PetitionKind.NORM:
        return ["theme", "draft"]
    more = ["people", "where"] if petition.kind is PetitionKind.ASSEMBLY else []
    return ["theme", "place", *more, "file", *(["no-file"] if petition.file_id is not None else [])]


def text_of(petition: Petition) -> writing.Text:
    """What the petition says now."""
    return writing.Text(
        petition.title,
        petition.demand,
        petition.reasons,
        petition.language,
        petition.issue_id,
        petition.village_id,
        petition.street_id,
        petition.file_id,
        {key: str(value) for key, value in petition.about.items()},
    )


def _about(turn: Turn, petition: Petition, part: str) -> Form[dict[str, str]]:
    t, about = turn.t, {key: str(value) for key, value in petition.about.items()}
    if part == "people":
        about["people"] = str((yield from ask("people", t("group-ask-people"), number(1, MOST_PEOPLE))))
    else:
        about["place"] = yield from ask("where", t("group-ask-where"), words(max=PLACE, min=3))
    return about


def _file(turn: Turn, petition: Petition, part: str) -> Form[str]:
    norm = petition.kind is PetitionKind.NORM
    return (
        yield from ask("file", turn.t(f"group-ask-{part}"), a_file(frozenset({FileKind.PAPER}) if norm else EVERY_KIND))
    )


async def done(turn: Turn, press: EditPetition, text: writing.Text) -> Screen:
    """Saved; the group's screen again."""
    _, petition, member = await of_own_group(turn, press.petition)
    await writing.edit(turn.db, petition, member, turn.person, text, turn.now)
    await turn.db.flush()
    return replace(await turn.go(turn, Group(petition.id)), lead=turn.t("group-edited"))


routes.form(EditPetition, questions=questions, done=done, review=False, title="group-edit-title")
