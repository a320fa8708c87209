"""How does the bot ask many at once? Native polls, sent and stopped."""

from sandbox import ballots
from sandbox.ballots import Ballot
from sandbox.botapi.keyboards import read_inline
from sandbox.botapi.places import find_post, writable
from sandbox.botapi.reading import Params
from sandbox.botapi.sending import place
from sandbox.botapi.table import method
from sandbox.chats import Json
from sandbox.markup import formatted, units
from sandbox.refusals import bad
from sandbox.world import World

QUESTION_UNITS, OPTION_UNITS, MOST_OPTIONS = 300, 100, 12
SHORTEST_PERIOD, LONGEST_PERIOD = 5, 2_628_000


@method("sendPoll")
def send_poll(world: World, params: Params) -> Json:
    question, _ = formatted(params.text("question") or "", params.text("question_parse_mode"), None)
    if not question:
        raise bad("poll question must be non-empty")
    if units(question) > QUESTION_UNITS:
        raise bad(f"poll question length must not exceed {QUESTION_UNITS}")
    options = _options(params)
    chat = writable(world, params)
    anonymous = params.flag("is_anonymous", True)
    if chat.type == "channel" and not anonymous:
        raise bad("non-anonymous polls can't be sent to channel chats")
    quiz = params.text("type") == "quiz"
    correct = params.array("correct_option_ids")
    if correct is None and params.number("correct_option_id") is not None:
        correct = [params.number("correct_option_id")]
    if quiz and (not correct or any(not 0 <= int(n) < len(options) for n in correct)):
        raise bad("wrong correct option ID specified")
    close_at = _close_at(world, params)
    ballot = Ballot(
        id=world.new_id(),
        question=question,
        options=options,
        anonymous=anonymous,
        quiz=quiz,
        many=params.flag("allows_multiple_answers"),
        revoting=params.flag("allows_revoting", not quiz),
        hidden=params.flag("hide_results_until_closes"),
        members_only=params.flag("members_only"),
        correct=[int(n) for n in correct or []],
        explanation=params.text("explanation"),
        description=params.text("description"),
        open_period=params.number("open_period"),
        close_at=close_at,
        closed=params.flag("is_closed"),
    )
    post = place(world, params, chat, {"poll": ballot.json(with_description=True)})
    ballot.chat, ballot.post = chat, post
    world.polls[ballot.id] = ballot
    return post.json


@method("stopPoll")
def stop_poll(world: World, params: Params) -> Json:
    chat = writable(world, params)
    post = find_post(chat, params, "message with poll to stop not found")
    poll = post.json.get("poll")
    if poll is None:
        raise bad("message is not a poll")
    ballot: Ballot | None = world.polls.get(poll["id"])
    if ballot is None or not post.by_bot:
        raise bad("poll can't be stopped")
    if ballot.closed:
        raise bad("poll has already been closed")
    ballots.close(world, ballot)
    world.revise(chat, post, reply_markup=read_inline(params, chat))
    return ballot.json()


def _options(params: Params) -> list[str]:
    given = params.array("options") or []
    if not given:
        raise bad("poll must have at least 1 option")
    if len(given) > MOST_OPTIONS:
        raise bad(f"poll can't have more than {MOST_OPTIONS} options")
    options = []
    for option in given:
        text = str(option.get("text", "") if isinstance(option, dict) else option).strip()
        if not text:
            raise bad("poll options must be non-empty")
        if units(text) > OPTION_UNITS:
            raise bad(f"poll options length must not exceed {OPTION_UNITS}")
        options.append(text)
    return options


def _close_at(world: World, params: Params) -> int | None:
    period, date = params.number("open_period"), params.number("close_date")
    now = world.clock.stamp()
    if period is not None and date is not None:
        raise bad("open_period and close_date can't be used together")
    if period is None and date is None:
        return None
    seconds = period if period is not None else (date or 0) - now
    if not SHORTEST_PERIOD <= seconds <= LONGEST_PERIOD:
        raise bad("poll open period is invalid" if period is not None else "poll close date is invalid")
    return now + seconds
