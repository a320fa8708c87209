"""What stands in a letter now, to which account does it go, and when? And how is it handed over?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import publications
from actions.announcing import PROGRESS
from bot.outcomes import Delivered
from bot.showing import Clock, Door, links_of
from civic.municipalities import local
from civic.people import Notify, roles_at
from civic.post import DAY_IS_FULL, KNOCKED, QUIET_HOURS
from civic.refusals import Refused
from civic.subscriptions import About, Way, about, quiet_ends, subject_of, way_of
from civic.tariffs import open_to_news
from handlers.subscriptions.presses import NewsHere, WhyThis
from storage import opinions
from storage.cards import CARD, Card, letter_before
from storage.municipalities import Municipality
from storage.outbox import Held, Letter, Outcome, for_digest, people_by_template
from storage.people import Account, Messenger, Person, accounts_of, person_with_all
from storage.publications import LinkedPlace
from storage.subscriptions import choice_of, is_muted
from storage.vault import Vault
from talk.routes import Table
from talk.screen import Button, Screen
from talk.turn import Heard, Turn
from talk.words import Words

WAITS = "waits for the person's next message"
DAY, ASKS_AGAIN, COUNTS_EVERY = timedelta(hours=24), timedelta(hours=1), timedelta(seconds=10)
WINDOW = timedelta(hours=23, minutes=55)  # after somebody's message; five minutes for the way of a letter
AT_THE_LATEST = timedelta(hours=1)  # after its time the messenger closes a quick poll that the bot did not close
ONE_AFTER_ANOTHER = timedelta(seconds=1)  # until a second letter about a card is looked at again
OPENS = timedelta(minutes=2)  # until a messenger is looked at again that has not let us in since the start
IN_A_DIGEST = 50  # letters read for one; the screen shows fewer
if TYPE_CHECKING:
    from bot.whatsapp.approving import Templates
    from bot.whatsapp.templates import Filled

EDIT, DELETE = "announcement-edit", "announcement-delete"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter in words, and where it goes."""

    door: Door
    address: str
    screen: Screen
    key: str
    account: int | None = None
    place: LinkedPlace | None = None
    via: str | None = None  # by which of our numbers
    passing: bool = False  # a post of its own, neither pinned nor heard; else it is the list, which stands there once
    asked_for: bool = False  # somebody of the staff pressed for it, so it is pinned again; by itself it only changes
    silent: bool = False
    amends: str | None = None  # what the messenger calls the message that is changed or deleted by it
    corrects: int | None = None  # the letter whose message that is
    begun: str = ""  # the messages of it that went out before another one failed
    pin: bool | None = None  # a card's: pinned from now on, or no more
    takes_away: bool = False  # a card that was taken down
    until: datetime | None = None  # a quick poll's: the messenger closes it then, should the bot not have done so
    filled: "Filled | None" = None  # a template that tells of the letter, which waits for the tap
    covers: tuple[int, ...] = ()  # letters that are in it: a digest's


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done with a letter: it goes out (`kept`), waits until a moment or for something, or is over."""

    kept: Kept | None = None
    outcome: Outcome | None = None
    held: Held | None = None
    not_before: datetime | None = None
    reason: str = ""
    covers: tuple[int, ...] = ()


class Envelopes:
    """Puts letters into words for their readers."""

    def __init__(
        self,
        table: Table,
        words: Words,
        vault: Vault,
        clock: Clock,
        doors: dict[str, Door],
        templates: "Templates | None" = None,
    ) -> None:
        self._table, self._words, self._vault, self._clock, self._doors = table, words, vault, clock, doors
        self._templates = templates
        self._begun, self._counted_at = 0, _NEVER  # people begun with in the last day, as counted then

    def reaches(self, account: Account) -> bool:
        """Whether the messenger of that account is one that this bot speaks."""
        return str(account.messenger) in self._doors

    async def choose(self, db: AsyncSession, letter: Letter) -> Choice:
        """What is done with the letter now. Refused when what it speaks of is gone."""
        if letter.place_id is not None:
            return await self._to_place(db, letter)
        return await self._to_person(db, letter)

    async def send(self, kept: Kept) -> Delivered:
        """Hands it over to the messenger."""
        door, screen = kept.door, kept.screen
        if kept.filled is not None and self._templates is not None:
            return await self._templates.send(kept.address, kept.filled, kept.via)
        if kept.key == opinions.ASKS:
            return await door.poll(kept.address, screen, kept.until)
        if kept.key == opinions.COUNTS:
            return await door.count(kept.address, screen, kept.amends or "")
        if kept.key == CARD and kept.takes_away:
            return await door.take_away(kept.address, screen, kept.amends or "")
        if kept.key == CARD:
            return await door.keep(kept.address, screen, kept.amends, pin=kept.pin)
        if kept.place is not None and not kept.passing:
            return await door.post(kept.address, screen, instead_of=kept.place.post, pin=kept.asked_for)
        if kept.amends is not None and kept.key == DELETE:
            return await door.remove(kept.address, kept.amends, screen, kept.via)
        if kept.amends is not None:
            return await door.amend(kept.address, kept.amends, screen, kept.via)
        if kept.begun:  # what stands there already is as it should be, and the rest follows
            return await door.amend(kept.address, kept.begun, screen, kept.via)
        silent = kept.silent or kept.place is not None
        return await door.deliver(kept.address, screen, kept.via, silent=silent)

    async def close(self, db: AsyncSession, covers: Sequence[int], letter: Letter) -> None:
        """What was in a digest is over with it."""
        if covers:
            inside = update(Letter).where(Letter.id.in_(list(covers)), Letter.done_at.is_(None))
            inside = inside.values(done_at=letter.done_at, outcome=letter.outcome, account_id=letter.account_id)
            await db.execute(inside.execution_options(synchronize_session=False))

    # --- to a channel or group ---

    async def _to_place(self, db: AsyncSession, letter: Letter) -> Choice:
        place = await db.get(LinkedPlace, letter.place_id)
        if place is None or place.unlinked_at is not None or str(place.messenger) not in self._doors:
            return Choice(outcome=Outcome.GONE)
        door = self._doors[str(place.messenger)]
        reader = Person(id=0, language=place.language)
        reader.municipality_id = place.municipality_id
        await publications.set_home(db, reader)
        account = Account(messenger=place.messenger, address=place.address)
        screen = await self._screen(db, letter, reader, account, door)
        if screen is None:
            return Choice(outcome=Outcome.SKIPPED)
        if letter.key in (opinions.ASKS, opinions.COUNTS):
            return await self._opinion(db, letter, Kept(door, place.address, screen, letter.key, place=place))
        if letter.key == CARD:
            return await self._card(db, letter, Kept(door, place.address, screen, letter.key, place=place))
        asked_for = letter.arguments.get("by") is not None
        passing = letter.key != publications.LIST_POST
        kept = Kept(door, place.address, screen, letter.key, place=place, passing=passing, asked_for=asked_for)
        if letter.key in (EDIT, DELETE):  # what stands there is changed or deleted
            sent = await db.get(Letter, int(letter.arguments.get("letter", 0)))
            if sent is None:
                return Choice(outcome=Outcome.GONE)
            if (wait := self._not_yet(sent)) is not None:
                return wait
            kept = replace(kept, amends=sent.message, corrects=sent.id)
        return Choice(replace(kept, begun=letter.message if passing else ""))

    def _not_yet(self, sent: Letter) -> Choice | None:
        """Why a letter that changes another one does not go out now: that one is on its way. One that has not gone out
        comes as it should be now, or not at all."""
        if sent.lease_until is not None:
            return Choice(not_before=self._clock.now() + ONE_AFTER_ANOTHER)
        return Choice(outcome=Outcome.SKIPPED) if sent.done_at is None and not sent.message else None

    async def _card(self, db: AsyncSession, letter: Letter, kept: Kept) -> Choice:
        """The card's message is posted once and changed afterwards, one letter after the other."""
        card = await db.get_one(Card, int(letter.arguments["card"]))
        if await letter_before(db, card, letter):
            return Choice(not_before=self._clock.now() + ONE_AFTER_ANOTHER)
        if card.message is None and card.down_at is not None:
            return Choice(outcome=Outcome.SKIPPED)
        pin = True if card.message is None else False if card.over_at is not None else None
        return Choice(replace(kept, amends=card.message, pin=pin, takes_away=card.down_at is not None, passing=True))

    async def _opinion(self, db: AsyncSession, letter: Letter, kept: Kept) -> Choice:
        """A quick poll is asked once, and counted once it stands there."""
        post = await db.get_one(opinions.OpinionPost, int(letter.arguments["post"]))
        poll = await db.get_one(opinions.OpinionPoll, post.poll_id)
        if letter.key == opinions.ASKS:
            if poll.closed_at is not None or poll.closes_at <= self._clock.now():
                return Choice(outcome=Outcome.SKIPPED)
            return Choice(replace(kept, until=poll.closes_at + AT_THE_LATEST, passing=True))
        if await opinions.asked_before(db, post, letter):
            return Choice(not_before=self._clock.now() + ONE_AFTER_ANOTHER)
        if post.message is None:
            return Choice(outcome=Outcome.SKIPPED)
        return Choice(replace(kept, amends=post.message, passing=True))

    # --- to a person ---

    async def _to_person(self, db: AsyncSession, letter: Letter) -> Choice:
        told = letter.arguments.get("account")  # a letter about one's accounts goes to one of them, whoever uses it now
        own = await db.get(Account, int(told)) if told is not None else None
        person = await person_with_all(db, own.person_id if own is not None else letter.person_id or 0)
        accounts = [a for a in await accounts_of(db, person.id) if a.stopped_at is None] if person is not None else []
        reached = [account for account in accounts if self.reaches(account)]
        if letter.key in (EDIT, DELETE) or (letter.key == PROGRESS and "letter" in letter.arguments):
            return await self._to_amend(db, letter, person, reached)
        reached = [account for account in reached if told is None or account.id == told]
        # what is written to an office is not read where it rests
        reached = [account for account in reached if not account.office_rests] or reached
        if person is None or not reached:
            return Choice(outcome=Outcome.GONE)
        wait, silent = await self._when(db, letter, person)
        if wait is not None:
            return wait
        if not any(self._doors[str(account.messenger)].is_open for account in reached):
            return Choice(not_before=self._clock.now() + OPENS)
        # where they were last heard from, for that is the phone in their hand
        reached = [account for account in reached if self._doors[str(account.messenger)].is_open]
        reached.sort(key=lambda account: (account.seen_at or _NEVER, -account.id), reverse=True)
        opened = [account for account in reached if self._is_open(account)]
        if not opened:
            return await self._knock(db, letter, person, reached[0])
        account = opened[0]
        door = self._doors[str(account.messenger)]
        covers: tuple[int, ...] = ()
        if letter.key == "digest":
            screen, covers = await self._digest(db, letter, person, account, door)
        else:
            screen = await self._screen(db, letter, person, account, door)
        if screen is None:
            return Choice(outcome=Outcome.SKIPPED, covers=covers)
        screen = self._with_why(screen, person, letter)
        kept = Kept(door, account.address, screen, letter.key, account.id, via=account.via, silent=silent)
        stands_there = account.messenger is Messenger.TELEGRAM and letter.account_id == account.id
        return Choice(replace(kept, covers=covers, begun=letter.message if stands_there else ""))

    async def _knock(self, db: AsyncSession, letter: Letter, person: Person, account: Account) -> Choice:
        """Nobody there takes anything but a template: one that tells of the letter, to whoever was told of none for a
        day and to no more people than WhatsApp allows. The letter itself comes after the tap."""
        now = self._clock.now()
        if self._templates is None:
            return Choice(held=Held.WINDOW, reason=WAITS)
        if account.knocked_at is not None and account.knocked_at > now - DAY:
            return Choice(held=Held.WINDOW, reason=KNOCKED)
        most = self._templates.people_a_day
        if not about(letter.key, letter.arguments).essential and not letter.essential:
            most = open_to_news(most)
        if not await self._may_begin(db, now, most):
            return Choice(not_before=now + ASKS_AGAIN, reason=DAY_IS_FULL)
        door = self._doors[str(account.messenger)]
        is_digest = letter.key == "digest"  # its template says nothing of what is in it
        screen = Screen() if is_digest else await self._screen(db, letter, person, account, door)
        if screen is None:
            return Choice(outcome=Outcome.SKIPPED)
        home = await db.get(Municipality, letter.municipality_id)
        assert home is not None
        name = home.name(person.language or "ky")
        filled = self._templates.fill(letter.key, screen, name, person.language, NewsHere())
        if filled is None:
            return Choice(held=Held.WINDOW, reason=WAITS)
        account.knocked_at = now  # before it goes out: nobody is begun with twice, nor too many
        self._begun += 1
        return Choice(Kept(door, account.address, screen, letter.key, account.id, via=account.via, filled=filled))

    async def _may_begin(self, db: AsyncSession, now: datetime, most: int) -> bool:
        """Whether one more person may be begun with within a day. Counted anew from time to time: others count too."""
        if not self._counted_at <= now < self._counted_at + COUNTS_EVERY or self._begun >= most:
            self._begun, self._counted_at = await people_by_template(db, now - DAY), now
        return self._begun < most

    def _is_open(self, account: Account) -> bool:
        """Whether the messenger takes a letter to them now: WhatsApp for a day after their last message."""
        if account.messenger is not Messenger.WHATSAPP:
            return True
        return account.seen_at is not None and account.seen_at > self._clock.now() - WINDOW

    async def _when(self, db: AsyncSession, letter: Letter, person: Person) -> tuple[Choice | None, bool]:
        """Why it does not go out now, if so; and whether it goes without a sound."""
        what = about(letter.key, letter.arguments)
        what = replace(what, essential=what.essential or letter.essential)
        home = await db.get(Municipality, letter.municipality_id)
        assert home is not None
        wants, muted = await _wants(db, what, letter, person)
        at = local(self._clock.now(), home.time_zone)
        numbers, urgent = home.settings, bool(letter.arguments.get("urgent"))
        way = way_of(
            what,
            wants,
            muted=muted,
            urgent=urgent,
            at=at,
            quiet_from=numbers.quiet_from,
            quiet_until=numbers.quiet_until,
        )
        match way:
            case Way.MUTED:
                return Choice(outcome=Outcome.MUTED), False
            case Way.MORNING:
                morning = quiet_ends(at, numbers.quiet_until).astimezone(UTC)
                return Choice(not_before=morning, reason=QUIET_HOURS), False
            case Way.DAILY:
                return Choice(held=Held.DAILY), False
            case Way.WEEKLY:
                return Choice(held=Held.WEEKLY), False
        return None, way is Way.SILENT

    async def _to_amend(
        self, db: AsyncSession, letter: Letter, person: Person | None, reached: Sequence[Account]
    ) -> Choice:
        """A correction goes where the letter went that it corrects, nowhere else."""
        sent = await db.get(Letter, int(letter.arguments.get("letter", 0)))
        if sent is not None and (wait := self._not_yet(sent)) is not None:
            return wait
        account = next((a for a in reached if sent is not None and a.id == sent.account_id), None)
        if sent is None or person is None or account is None:
            return Choice(outcome=Outcome.GONE)
        door = self._doors[str(account.messenger)]
        if not door.is_open:
            return Choice(not_before=self._clock.now() + OPENS)
        if not self._is_open(account):
            return Choice(held=Held.WINDOW, reason=WAITS)
        screen = await self._screen(db, letter, person, account, door)
        if screen is None:
            return Choice(outcome=Outcome.SKIPPED)
        if letter.key in (EDIT, PROGRESS):  # it stands where the letter stood, and came for the same reason
            screen = self._with_why(screen, person, sent)
        kept = Kept(door, account.address, screen, letter.key, account.id, via=account.via, amends=sent.message)
        return Choice(replace(kept, corrects=sent.id if account.messenger is Messenger.TELEGRAM else None))

    def _with_why(self, screen: Screen, person: Person, letter: Letter) -> Screen:
        why = Button(self._words.speaker(person.language)("subscriptions-why"), WhyThis(letter.id))
        return replace(screen, buttons=(*screen.buttons, (why,)))

    async def _digest(
        self, db: AsyncSession, letter: Letter, person: Person, account: Account, door: Door
    ) -> tuple[Screen | None, tuple[int, ...]]:
        """What was kept for somebody, each in the words of today, in one screen; what is true no more is left out."""
        how = Held(letter.arguments["how"])
        kept = await for_digest(
            db, letter.municipality_id, person.id, how, int(letter.arguments["until"]), limit=IN_A_DIGEST
        )
        screens = []
        for one in kept:
            wants, muted = await _wants(db, about(one.key, one.arguments), one, person)
            if muted or wants is Notify.NEVER:  # said after it was kept
                one.done_at, one.outcome = self._clock.now(), Outcome.MUTED
                continue
            try:
                screen = await self._screen(db, one, person, account, door)
            except Refused:
                continue
            if screen is not None:
                screens.append(screen)
        covers = tuple(one.id for one in kept)
        if not screens:
            return None, covers
        turn = self._turn(db, person, account, door)
        digest = await self._table.letters["digest"](turn, {"how": how.value, "screens": screens})
        return _spoken(digest, turn), covers

    async def _screen(
        self, db: AsyncSession, letter: Letter, person: Person, account: Account, door: Door
    ) -> Screen | None:
        turn = self._turn(db, person, account, door)
        return _spoken(await self._table.letters[letter.key](turn, letter.arguments), turn)

    def _turn(self, db: AsyncSession, person: Person, account: Account, door: Door) -> Turn:
        links = links_of(door, person.municipality)
        turn = Turn(person, account, db, self._clock.now(), Heard(), self._words, self._vault, links, self._table.go)
        turn.roles = roles_at(account, person.roles)
        return turn


async def _wants(db: AsyncSession, what: About, letter: Letter, person: Person) -> tuple[Notify, bool]:
    """How often the person wants letters of that topic now, and whether they muted the one thing it is about."""
    if what.topic is None or what.essential:
        return person.notify, False
    subject = subject_of(letter.arguments)
    muted = subject is not None and await is_muted(db, person.id, *subject)
    return await choice_of(db, person, what.topic), muted


def _spoken(screen: Screen | None, turn: Turn) -> Screen | None:
    """The screen, with the language it speaks."""
    return None if screen is None else replace(screen, language=turn.t.language)
