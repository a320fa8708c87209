"""What is done with a file that no question asked for? A spreadsheet from staff is a corrected list of issues; a photo
under a proposal on their desk belongs to its answer."""

from dataclasses import replace

from handlers.issues import sheet
from handlers.proposals import decide, register_sheet
from handlers.proposals.staff import ProposalDesk
from handlers.ways import Menu
from talk.press import unpack
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()


async def sent(turn: Turn) -> Screen | None:
    """The spreadsheet is checked. Of anything else the words are read that stand under it; without any it is said that
    nobody asked for it. It is not fetched."""
    at = unpack(turn.account.at or "")
    if isinstance(at, ProposalDesk):
        answer = await decide.answer_with_file(turn, at)
        if answer is not None:
            return answer
    if register_sheet.is_register(turn):
        return await register_sheet.checked(turn)
    if sheet.is_sheet(turn):
        return await sheet.checked(turn)
    if turn.heard.text:
        return None
    return replace(await turn.go(turn, Menu()), lead=turn.t("menu-file-not-asked"))


routes.sent = sent
