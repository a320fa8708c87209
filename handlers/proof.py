"""How does the journal show that nothing in it was changed? (docs/proof.md)"""

from datetime import datetime
from typing import Any

from actions.proof import CHAIN_HEAD
from handlers.publications.presses import page_address
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()


@routes.letter(CHAIN_HEAD)
async def head_post(turn: Turn, said: dict[str, Any]) -> Screen | None:
    """The head as it was when it was posted, with the way to check it: number and hash are what `--head` takes."""
    home, t = turn.municipality, turn.t
    if home is None:
        return None
    page = await page_address(turn, home, t.language)
    moment = t.moment(datetime.fromisoformat(said["at"]), home.time_zone)
    return Screen(
        title=t("proof-post-title"),
        icon="🔗",
        text=t("proof-post-text", moment=moment, head=f"{said['number']}:{said['hash']}"),
        note=home.name(t.language),
        buttons=rows(Button(t("publications-post-page"), link=f"{page}#proof") if page else None),
    )
