"""Which quick polls are open, what was answered, and how is one closed before its time?"""

from collections.abc import Sequence
from typing import Any

from actions import opinions
from civic.opinions import Tally, together
from civic.people import Right
from civic.publications import Channel
from handlers.opinions.presses import AskOpinion, CloseOpinion, CloseOpinionNow, OpenOpinion, Opinions
from handlers.publications.presses import OpenChannel, own_home
from handlers.ways import page_of
from storage.municipalities import Municipality
from storage.opinions import OpinionPoll, OpinionPost, get_opinion, opinions_of, posts_of
from storage.publications import LinkedPlace
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

PAGE = 8
routes = Routes()


@routes.press(Opinions, reads=True, statements=1, right=Right.PUBLISH)
async def listed(turn: Turn, press: Opinions) -> Screen:
    """Those that are open first, then the newest."""
    t, home = turn.t, own_home(turn)
    polls = await opinions_of(turn.db, home.id)
    shown, page, pages = page_of(len(polls), press.page, PAGE)
    return Screen(
        title=t("opinions-title"),
        icon="📊",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text=t("opinions-text") if polls else f"{t('opinions-none')}\n\n{t('opinions-text')}",
        note=home.name(t.language),
        choice=tuple(
            Button(f"{'○' if poll.closed_at is None else '✓'} {poll.question}", OpenOpinion(poll.id))
            for poll in polls[shown.start : shown.stop]
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Opinions(page - 1)) if page > 0 else None,
            Button(t("kit-next"), Opinions(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(f"➕ {t('opinions-new')}", AskOpinion()), Button(t("kit-back"), OpenChannel(Channel.SOCIAL))),
        at=Opinions(page),
    )


@routes.press(OpenOpinion, reads=True, statements=2, right=Right.PUBLISH)
async def open_opinion(turn: Turn, press: OpenOpinion) -> Screen:
    """One of them."""
    home = own_home(turn)
    return await opinion_screen(turn, home, await get_opinion(turn.db, home.id, press.opinion))


async def opinion_screen(turn: Turn, home: Municipality, poll: OpinionPoll) -> Screen:
    """The question, until when it is open or what was answered, and in which places."""
    t = turn.t
    posts = await posts_of(turn.db, poll.id)
    tally = together([each for post, _ in posts if (each := post.tally) is not None])
    is_open = poll.closed_at is None
    return Screen(
        title=poll.question,
        icon="📊",
        state=_state(turn, poll, posts),
        facts=tuple(Fact(place.title, _place_state(turn, poll, post)) for post, place in posts),
        text="\n\n".join((answers(turn, poll, tally), t("opinions-not-binding"))),
        note=home.name(t.language),
        buttons=rows(
            Button(t("opinions-close"), CloseOpinion(poll.id)) if is_open else None,
            Button(t("opinions-all"), Opinions()),
        ),
        at=OpenOpinion(poll.id),
    )


def answers(turn: Turn, poll: OpinionPoll, tally: Tally | None) -> str:
    """The options, each with how many chose it and their share, once they were counted."""
    t = turn.t
    if tally is None:
        return "\n".join(f"○ {option}" for option in poll.options)
    lines = [
        t("opinions-line", option=option, count=t.number(tally.counts[i]), per_cent=tally.per_cent(i))
        for i, option in enumerate(poll.options)
    ]
    return "\n".join((*lines, t("opinions-voters", count=t.number(tally.voters))))


def _state(turn: Turn, poll: OpinionPoll, posts: Sequence[tuple[OpinionPost, LinkedPlace]]) -> str:
    t = turn.t
    if poll.closed_at is None:
        return f"○ {t('opinions-open', until=t.moment(poll.closes_at, turn.time_zone))}"
    if any(post.settled_at is None for post, _ in posts):
        return f"⏳ {t('opinions-counting')}"
    return f"✓ {t('opinions-closed', at=t.moment(poll.closed_at, turn.time_zone))}"


def _place_state(turn: Turn, poll: OpinionPoll, post: OpinionPost) -> str:
    t, tally = turn.t, post.tally
    if tally is not None:
        return t("opinions-answered", count=t.number(tally.voters))
    if post.settled_at is not None:
        return f"⚠️ {t('opinions-lost')}"
    return t("opinions-stands" if post.message is not None else "opinions-on-its-way")


@routes.press(CloseOpinion, reads=True, statements=2, right=Right.PUBLISH)
async def ask_to_close(turn: Turn, press: CloseOpinion) -> Screen:
    """It cannot be opened again."""
    t, home = turn.t, own_home(turn)
    poll = await get_opinion(turn.db, home.id, press.opinion)
    if poll.closed_at is not None:
        return await opinion_screen(turn, home, poll)
    return Screen(
        title=poll.question,
        icon="📊",
        text=t("opinions-close-text"),
        note=home.name(t.language),
        buttons=rows(
            Button(t("opinions-close-yes"), CloseOpinionNow(poll.id)), Button(t("kit-back"), OpenOpinion(poll.id))
        ),
        at=CloseOpinion(poll.id),
    )


@routes.press(CloseOpinionNow, reads=False, statements=12, right=Right.PUBLISH)
async def close_now(turn: Turn, press: CloseOpinionNow) -> Screen:
    """It is counted where it stands, after the commit."""
    home = own_home(turn)
    return await opinion_screen(
        turn, home, await opinions.close(turn.db, press.opinion, turn.person, turn.roles, turn.now)
    )


@routes.letter("opinion-done")
async def done(turn: Turn, arguments: dict[str, Any]) -> Screen | None:
    """To whoever asked: what was answered everywhere."""
    home = own_home(turn)
    return await opinion_screen(turn, home, await get_opinion(turn.db, home.id, int(arguments["opinion"])))
