"""What do staff and whoever added the bot hear of a group?"""

from typing import Any

from civic.groups import RequestState
from civic.people import Right, may
from handlers.groups.presses import LookAtRequest, OpenRequest
from handlers.groups.requests import SIGNS, village_name
from handlers.ways import Tasks
from storage.groups import request_of, request_to
from storage.municipalities import find_village, get_municipality
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()


@routes.letter("group-asks")
async def asks(turn: Turn, arguments: dict[str, Any]) -> Screen | None:
    """A group waits to be linked; None when it does no more, or the reader decides nothing any more."""
    home = turn.municipality
    if home is None or not may(turn.roles, Right.PUBLISH):
        return None
    request = await request_to(turn.db, home.id, int(arguments["request"]))
    if request.state is not RequestState.WAITING:
        return None
    t = turn.t
    village = await find_village(turn.db, home.id, request.village_id)
    return Screen(
        title=t("groups-letter-asks"),
        icon="👥",
        facts=(
            Fact(t("groups-fact-group"), request.title),
            Fact(t("groups-fact-whose"), village_name(turn, home, village.name(t.language) if village else None)),
        ),
        note=home.name(t.language),
        buttons=rows(Button(t("groups-letter-look"), LookAtRequest(request.id)), Button(t("tasks-title"), Tasks())),
    )


@routes.letter("group-decided")
async def decided(turn: Turn, arguments: dict[str, Any]) -> Screen | None:
    """What became of the request of whoever added the bot."""
    request = await request_of(turn.db, turn.person.id, int(arguments["request"]))
    if request.municipality_id is None:
        return None
    t, home = turn.t, await get_municipality(turn.db, request.municipality_id)
    return Screen(
        title=request.title,
        icon="👥",
        state=f"{SIGNS[request.state]} {t(f'groups-state-{request.state}')}",
        text=t(f"groups-means-{request.state}"),
        note=home.name(t.language),
        buttons=rows(Button(t("groups-letter-look"), OpenRequest(request.id))),
    )
