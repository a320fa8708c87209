"""Founding a municipality: for those of ADMIN_IDS alone; the founder belongs to it and is led to the checklist."""

from dataclasses import replace

from actions import founding
from actions.founding import About
from civic.founding import Names
from civic.people import Right, Role, refuse
from civic.refusals import Reason
from handlers.municipalities.presses import FoundHome, in_three
from handlers.municipalities.setup import ask_about, set_up
from handlers.ways import SetUp, is_installer
from storage.catalogue import catalogue
from talk.form import Form
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()


def found_questions(turn: Turn, _: FoundHome) -> Form[tuple[Names, About]]:
    """Its name, then its kind, population and district."""
    refuse(None if is_installer(turn) else Reason.NOT_YOURS)
    names = yield from in_three(turn, "name", {})
    return names, (yield from ask_about(turn, None))


async def founded(turn: Turn, _: FoundHome, told: tuple[Names, About]) -> Screen:
    """It is there, with the statutory list; what is still missing stands on the checklist."""
    names, about = told
    was = turn.municipality
    home = await founding.found(
        turn.db, names, about, turn.person, catalogue(), turn.now, turn.today, installs=is_installer(turn)
    )
    turn.roles = frozenset({Role.ADMIN})
    t, name = turn.t, home.name(turn.t.language)
    lead = t("setup-founded", name=name)
    if was is not None:
        lead = f"{lead} {t('setup-founded-moved', was=was.name(t.language))}"
    return replace(await set_up(turn, SetUp()), lead=lead)


routes.form(FoundHome, questions=found_questions, done=founded, title="setup-found", right=Right.SET_UP)
