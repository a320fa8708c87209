"""What became of a letter, and what follows from it: is it over, held, or tried again?"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import cards, opinions, people, publications
from bot import outcomes
from bot.envelopes import Envelopes, Kept
from bot.outcomes import Delivered
from bot.showing import Clock
from civic.post import KNOCKED
from handlers.files import KeptFile
from storage.broadcasts import Broadcast, Going
from storage.cards import CARD
from storage.files import note_known
from storage.opinions import ASKS, COUNTS
from storage.outbox import LONGEST_NUMBER, Held, Letter, Outcome, letter_called, reopen_digest
from storage.people import Account, accounts_of
from storage.publications import LinkedPlace

POLLS = (ASKS, COUNTS)
MOST_TRIES = 8  # at pauses of 1, 2, 4 … minutes: about two hours of a messenger that is down
LATER = timedelta(minutes=10)  # until what could not even be tried is looked at again


class Noting:
    """Writes into letters what became of them."""

    def __init__(self, envelopes: Envelopes, clock: Clock) -> None:
        self._envelopes, self._clock = envelopes, clock

    async def returned(self, db: AsyncSession, message: str, done: Delivered, via: str, at: datetime | None) -> bool:
        """What the messenger took from that number of ours did not arrive, as it said at that moment. False when it is
        no letter that is known."""
        letter = await letter_called(db, message)
        if letter is None:
            return False
        now = self._clock.now()
        account = await db.get(Account, letter.account_id) if letter.account_id is not None else None
        if done.outcome is outcomes.Outcome.GONE and account is not None:
            people.stop(account, now, via=via, said_at=at)
            if account.stopped_at is None or await self._has_another(db, account):  # it may be tried again
                done = Delivered(outcomes.Outcome.FAILED, reason=done.reason)
        if letter.outcome is Outcome.SENT:
            await self._reopen(db, letter, done, now)
        elif letter.done_at is None and letter.by_template:  # nobody read of it: it waits as before the template
            letter.by_template = False
            if done.outcome is outcomes.Outcome.GONE:
                letter.done_at, letter.outcome = now, Outcome.GONE
            else:
                await self._note_knock(db, letter, done, now)
        letter.message, letter.reason = "", letter.reason if letter.held is Held.PAUSED else done.reason[:80]
        return True

    async def _reopen(self, db: AsyncSession, letter: Letter, done: Delivered, now: datetime) -> None:
        covers = await reopen_digest(db, letter) if letter.key == "digest" else ()
        letter.done_at = letter.outcome = None
        letter.tries -= 1  # it counted as one that arrived
        if not await self._goes_on(db, letter, done, now):
            letter.done_at, letter.outcome = now, Outcome(done.outcome.value)
            await self._envelopes.close(db, covers, letter)
            return
        broadcast = await db.get(Broadcast, letter.broadcast_id) if letter.broadcast_id is not None else None
        if letter.done_at is None and broadcast is not None and broadcast.going is Going.PAUSED:
            letter.held, letter.reason = Held.PAUSED, letter.held.value if letter.held is not None else ""

    async def note(self, db: AsyncSession, letter: Letter, kept: Kept, done: Delivered) -> None:
        """What became of a letter that was sent off."""
        now = self._clock.now()
        letter.account_id, letter.reason = kept.account, done.reason[:80]
        await self._note_messages(db, letter, kept, done)
        if kept.filled is not None and done.outcome is not outcomes.Outcome.GONE:
            await self._note_knock(db, letter, done, now)
            return
        if await self._goes_on(db, letter, done, now):
            return
        account = await db.get(Account, kept.account) if kept.account is not None else None
        if done.outcome is outcomes.Outcome.GONE and account is not None:
            people.stop(account, now)
            if kept.amends is None and await self._has_another(db, account):
                return  # it goes there; a change of a message that stands where they are gone does not
        missing = done.outcome is outcomes.Outcome.MISSING
        letter.done_at, letter.outcome = now, Outcome.SKIPPED if missing else Outcome(done.outcome.value)
        await self._envelopes.close(db, kept.covers, letter)
        if kept.place is not None:
            await self._note_place(db, letter, kept, done, now)

    async def _note_messages(self, db: AsyncSession, letter: Letter, kept: Kept, done: Delivered) -> None:
        """Where the letter stands now, be it only a part of it; where one stands that it changed, and came anew; and
        what the messenger calls the file that went along."""
        file = kept.screen.document or kept.screen.picture
        if done.file is not None and isinstance(file, KeptFile):
            await note_known(db, file.key, done.file)
        if kept.filled is not None or not done.message:
            return
        letter.message = done.message[:LONGEST_NUMBER]
        sent = await db.get(Letter, kept.corrects) if kept.corrects is not None else None
        if sent is not None:
            sent.message = letter.message

    async def _has_another(self, db: AsyncSession, gone: Account) -> bool:
        """Whether whoever is gone from one messenger can be written to in another."""
        others = await accounts_of(db, gone.person_id)
        return any(each.id != gone.id and each.stopped_at is None and self._envelopes.reaches(each) for each in others)

    async def _goes_on(self, db: AsyncSession, letter: Letter, done: Delivered, now: datetime) -> bool:
        """Whether the letter is tried again, later or after the reader's next message. What was cancelled meanwhile is
        not, and what was paused meanwhile stays so."""
        match done.outcome:
            case outcomes.Outcome.CLOSED:
                hold(letter, now)
            case outcomes.Outcome.LATER:
                letter.not_before = now + (timedelta(seconds=done.wait) if done.wait else LATER)
            case outcomes.Outcome.FAILED if not done.final and letter.tries + 1 < MOST_TRIES:
                _try_again(letter, now)
            case outcomes.Outcome.IN_DOUBT if letter.broadcast_id is None and letter.tries + 1 < MOST_TRIES:
                # one that comes twice does less harm than one that never comes; the first time at once
                _try_again(letter, now)
                letter.not_before = now if letter.tries == 1 else letter.not_before
            case _:
                letter.tries += 1
                return False
        broadcast = await db.get(Broadcast, letter.broadcast_id) if letter.broadcast_id is not None else None
        if broadcast is not None and broadcast.going is Going.CANCELLED:
            letter.done_at, letter.outcome = now, Outcome.CANCELLED
        return True

    async def _note_knock(self, db: AsyncSession, letter: Letter, done: Delivered, now: datetime) -> None:
        """A template has told of the letter, which waits for the tap. One that did not go out has begun nothing, but
        whom Meta spares is not tried again for a day."""
        account = await db.get(Account, letter.account_id)
        match done.outcome:
            case outcomes.Outcome.SENT:
                letter.reason, letter.by_template = KNOCKED, True
                letter.message = done.message[:LONGEST_NUMBER]
                hold(letter, now)
                return
            case outcomes.Outcome.CLOSED:
                hold(letter, now)
                return
            case outcomes.Outcome.LATER:
                letter.not_before = now + (timedelta(seconds=done.wait) if done.wait else LATER)
            case outcomes.Outcome.FAILED if letter.tries + 1 < MOST_TRIES:
                _try_again(letter, now)
            case _:
                hold(letter, now)  # nothing is lost: it comes with their next message
        if account is not None:
            account.knocked_at = None

    async def _note_place(self, db: AsyncSession, letter: Letter, kept: Kept, done: Delivered, now: datetime) -> None:
        place = await db.get(LinkedPlace, kept.place.id if kept.place is not None else 0)
        if place is None:
            return
        if letter.outcome is Outcome.GONE:
            publications.lost(db, place, now)
        if letter.key in POLLS:
            await _note_poll(db, letter, done, now)
        elif letter.key == CARD:
            await self._note_card(db, int(letter.arguments["card"]), done, now)
        elif letter.outcome is Outcome.SENT and not kept.passing:
            link = kept.door.address_of(place.address, place.name, done.message)
            await publications.posted(db, place, letter, done.message or None, link, now)

    async def _note_card(self, db: AsyncSession, card: int, done: Delivered, now: datetime) -> None:
        match done.outcome:
            case outcomes.Outcome.SENT:
                await cards.landed(db, card, done.message or None)
            case outcomes.Outcome.MISSING:
                await cards.vanished(db, card, now)
            case outcomes.Outcome.FAILED:
                await cards.failed(db, card, now)


async def _note_poll(db: AsyncSession, letter: Letter, done: Delivered, now: datetime) -> None:
    post = int(letter.arguments["post"])
    if letter.key == ASKS and done.outcome is outcomes.Outcome.SENT:
        await opinions.stands(db, post, done.message)
    elif done.tally is not None:
        await opinions.counted(db, post, done.tally, now)
    else:
        await opinions.lost(db, post, now)


def _try_again(letter: Letter, now: datetime) -> None:
    letter.tries += 1
    letter.not_before = now + timedelta(minutes=2 ** (letter.tries - 1))
    if letter.held is Held.WINDOW:
        letter.held = None


def hold(letter: Letter, now: datetime) -> None:
    """From now on the letter waits for its reader's next message, after a pause that staff ordered meanwhile."""
    letter.not_before = now.replace(microsecond=0)  # messengers tell the moments of messages in whole seconds
    if letter.held is Held.PAUSED:
        letter.reason = Held.WINDOW.value
    else:
        letter.held = Held.WINDOW
