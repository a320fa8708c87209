"""What is done with a file that no question asked for? A spreadsheet from staff is a corrected list of issues."""

from dataclasses import replace

from handlers.issues import sheet
from handlers.ways import Menu
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()


async def sent(turn: Turn) -> Screen:
    """The spreadsheet is checked; of anything else it is said that nobody asked for it, and it is not fetched."""
    if sheet.is_sheet(turn):
        return await sheet.checked(turn)
    return replace(await turn.go(turn, Menu()), lead=turn.t("menu-file-not-asked"))


routes.sent = sent
