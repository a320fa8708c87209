"""What do people in a channel or group see of a quick poll?"""

from typing import Any

from civic.municipalities import local
from civic.refusals import Reason, Refused
from handlers.opinions.desk import answers
from storage.opinions import OpinionPoll, OpinionPost
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()


async def _poll(turn: Turn, arguments: dict[str, Any]) -> tuple[OpinionPoll, OpinionPost]:
    post = await turn.db.get_one(OpinionPost, int(arguments["post"]))
    poll = await turn.db.get_one(OpinionPoll, post.poll_id)
    if poll.municipality_id != turn.person.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    return poll, post


@routes.letter("opinion-ask")
async def asks(turn: Turn, arguments: dict[str, Any]) -> Screen:
    """The question behind its mark: not binding, and open until when; and the options. The messenger's own poll is made
    of it."""
    poll, _ = await _poll(turn, arguments)
    mark = turn.t("opinions-mark", on=turn.t.day(local(poll.closes_at, turn.time_zone).date()))
    return Screen(title=f"{mark} {poll.question}", choice=tuple(Button(option) for option in poll.options))


@routes.letter("opinion-count")
async def counts(turn: Turn, _: dict[str, Any]) -> Screen:
    """What stands under the closed poll: the way to the bot, where proposals are made and petitions signed."""
    return Screen(buttons=rows(Button(turn.t("groups-card-read"), link=f"https://t.me/{turn.links.bot}")))


@routes.letter("opinion-result")
async def result(turn: Turn, arguments: dict[str, Any]) -> Screen:
    """What was answered there, and that nothing was decided by it."""
    poll, post = await _poll(turn, arguments)
    home = turn.municipality
    assert home is not None
    t = turn.t
    return Screen(
        title=poll.question,
        icon="📊",
        state=t("opinions-result"),
        text=f"{answers(turn, poll, post.tally)}\n\n{t('opinions-not-binding')}",
        note=home.name(t.language),
    )
