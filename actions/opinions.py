"""How is a quick poll asked in groups and channels, and how is it counted? It decides nothing and binds nobody."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox
from civic.events import Event
from civic.opinions import LASTS, QUESTION_LEAST, QUESTION_MOST, Tally, why_wrong_options
from civic.people import Right, Role, may, refuse, why_not_may
from civic.refusals import Reason, Refused
from storage.municipalities import Municipality
from storage.opinions import (
    ASKS,
    COUNTS,
    TELLS,
    OpinionPoll,
    OpinionPost,
    close_once,
    due_opinions,
    get_opinion,
    posts_of,
    unsettled,
)
from storage.outbox import Rank, put_letters
from storage.people import Person, person_with_all
from storage.publications import get_place


async def begin(
    db: AsyncSession,
    home: Municipality,
    question: str,
    options: Sequence[str],
    days: int,
    places: Sequence[int],
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> OpinionPoll:
    """Staff ask something in linked groups and channels, for so many days. Refused: NOT_YOURS, NOT_FOUND (a place that
    is not linked, or another municipality's), TOO_SHORT, TOO_LONG, WRONG_OPTIONS, LONG_OPTION, SAME_OPTION,
    NOT_A_CHOICE for another time than those offered or for no place at all."""
    refuse(why_not_may(roles, Right.PUBLISH))
    if by.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    if len(question) < QUESTION_LEAST:
        raise Refused(Reason.TOO_SHORT, least=QUESTION_LEAST)
    if len(question) > QUESTION_MOST:
        raise Refused(Reason.TOO_LONG, most=QUESTION_MOST, is_now=len(question))
    refuse(why_wrong_options(options))
    if days not in LASTS or not places:
        raise Refused(Reason.NOT_A_CHOICE)
    stands = [await get_place(db, home.id, number) for number in dict.fromkeys(places)]
    poll = OpinionPoll(
        municipality_id=home.id,
        question=question,
        options=list(options),
        asked_at=now,
        asked_by=by.id,
        closes_at=now + timedelta(days=days),
    )
    db.add(poll)
    await db.flush()
    posts = [OpinionPost(poll_id=poll.id, place_id=place.id) for place in stands]
    db.add_all(posts)
    journal.write(db, Event.OPINION_ASKED, now, municipality=home.id, actor=by.id, object_id=poll.id, places=len(posts))
    await db.flush()
    for post in posts:
        await _post(db, poll, post, ASKS, now)
    return poll


async def close(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> OpinionPoll:
    """Staff end it before its time; it is counted where it stands. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY when
    it is over."""
    refuse(why_not_may(roles, Right.PUBLISH))
    poll = await get_opinion(db, by.municipality_id, number)
    if not await _close(db, poll, now):
        raise Refused(Reason.DECIDED_ALREADY)
    home = poll.municipality_id
    journal.write(db, Event.OPINION_CLOSED, now, municipality=home, actor=by.id, object_id=poll.id)
    return poll


async def close_due(db: AsyncSession, now: datetime) -> int:
    """Whatever has had its time is closed and counted, even if nobody looks. Gives how many."""
    closed = 0
    for poll in await due_opinions(db, now):
        closed += await _close(db, poll, now)
    return closed


async def _close(db: AsyncSession, poll: OpinionPoll, now: datetime) -> bool:
    if not await close_once(db, poll, now):
        return False
    for post, _ in await posts_of(db, poll.id):
        if post.settled_at is None:
            await _post(db, poll, post, COUNTS, now)
    await db.refresh(poll)
    await _tell(db, poll, now)  # it may have been lost everywhere by now
    return True


async def stands(db: AsyncSession, number: int, message: str) -> None:
    """The poll was posted, under that number of the messenger's."""
    post = await db.get_one(OpinionPost, number)
    post.message = message or None


async def counted(db: AsyncSession, number: int, tally: Tally, now: datetime) -> None:
    """The messenger closed it and told the counts, once: the place reads them, and when all are in, whoever asked."""
    post, poll = await _in_turn(db, number)
    if post.settled_at is not None or len(tally.counts) != len(poll.options):
        await lost(db, number, now)
        return
    post.counts, post.voters, post.settled_at = list(tally.counts), tally.voters, now
    await _post(db, poll, post, TELLS, now)
    await _tell(db, poll, now)


async def lost(db: AsyncSession, number: int, now: datetime) -> None:
    """Nothing can be counted there any more: it never came there, somebody deleted it, or the bot was taken out."""
    post, poll = await _in_turn(db, number)
    if post.settled_at is None:
        post.settled_at = now
        await _tell(db, poll, now)


async def _in_turn(db: AsyncSession, number: int) -> tuple[OpinionPost, OpinionPoll]:
    """The post as it is while nobody else settles one of that poll: of two postmen one must see that it is last."""
    post = await db.get_one(OpinionPost, number)
    poll = await db.get_one(OpinionPoll, post.poll_id, with_for_update=True)
    await db.refresh(post)
    return post, poll


async def _tell(db: AsyncSession, poll: OpinionPoll, now: datetime) -> None:
    """Whoever asked, when the last place is in; while it runs, a place that is lost is seen on its screen."""
    await db.flush()
    if poll.closed_at is None or await unsettled(db, poll.id):
        return
    asked = await person_with_all(db, poll.asked_by or 0)
    if asked is not None and asked.municipality_id == poll.municipality_id and may(asked.roles, Right.PUBLISH):
        once = f"opinion-done:{poll.id}"
        home = poll.municipality_id
        await outbox.post(db, [asked], "opinion-done", once=once, municipality=home, now=now, opinion=poll.id)


async def _post(db: AsyncSession, poll: OpinionPoll, post: OpinionPost, key: str, now: datetime) -> None:
    letter = {
        "once": f"{key}:{post.id}",
        "municipality_id": poll.municipality_id,
        "place_id": post.place_id,
        "key": key,
        "arguments": {"post": post.id},
        "posted_at": now,
        "not_before": now,
        "tries": 0,
        "rank": Rank.NEWS.value,
        "essential": False,
    }
    await put_letters(db, [letter])
