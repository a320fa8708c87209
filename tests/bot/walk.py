"""How is every form of the bot filled in by itself? One question after the other, each by what it asks for, with
hostile texts wherever somebody may type."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.app import words
from civic.files import FileKind
from civic.spelling import clean
from handlers.answers import a_day, a_file, choice, day_between, number
from handlers.answers import words as a_text
from handlers.petitions.pressure import sealed_words
from handlers.table import table
from sandbox import people as telegram
from sandbox.chats import Json, Person
from sandbox.files import Kept
from sandbox.graphapi import people as whatsapp
from storage.people import Messenger, accounts_at
from storage.vault import Vault
from talk.answers import Answer
from talk.form import Answered, Asking, Do, FormStep, GoOn, play
from talk.press import Press, unpack
from talk.turn import Heard, Links, Turn
from tests import attachments
from tests.bot.crowd import do, pour, pressed, wrote
from tests.bot.whatsapp.graph import read
from tests.bot.whatsapp.test_draw import plain
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.exports.safe import danger_in

CRASHED = [words().speaker(language)("kit-crashed", code="").split(".")[0] for language in ("ky", "ru", "en")]
MARK = re.compile("ж[0-9]+ж")
LONGEST = 4_096  # characters that a messenger lets somebody write
MEANT = {"bold", "italic", "blockquote", "expandable_blockquote", "pre", "code"}  # what the bot itself styles
FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}  # what Telegram makes a link
MANY = 40  # steps of a form
TRIES = 4  # texts that are tried in a row where any text is an answer
SAMPLES: dict[FileKind, Callable[[], bytes]] = {
    FileKind.PICTURE: attachments.photo,
    FileKind.PAPER: attachments.pdf,
    FileKind.VOICE: attachments.voice,
}


@dataclass(frozen=True)
class Seen:
    """One message of the bot as somebody sees it: its words, its buttons, how it is styled, the file with it."""

    text: str
    ways: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    paper: Kept | None = None


@dataclass
class Teller:
    """Acts for people in one messenger, and sees what they see."""

    stage: WhatsAppStage
    messenger: Messenger
    vault: Vault = field(init=False)

    def __post_init__(self) -> None:
        assert self.stage.settings.secret_key is not None
        self.vault = Vault(self.stage.settings.secret_key.get_secret_value())

    def address(self, who: Person) -> str:
        """How the person is known there."""
        return str(who.id) if self.messenger is Messenger.TELEGRAM else self.stage.world.whatsapp.phone(who).user_id

    async def moves_in(self, who: Person) -> None:
        """Somebody made for Telegram speaks this messenger from now on, and has said so much as a hello."""
        if self.messenger is Messenger.WHATSAPP:
            moves = "UPDATE accounts SET messenger = 'whatsapp', address = :new WHERE address = :old"
            await do(self.stage.bot.database, moves, new=self.address(who), old=str(who.id))
        await self.says(who, "/menu" if self.messenger is Messenger.TELEGRAM else "Ашар")

    async def says(self, who: Person, text: str) -> None:
        """Somebody types."""
        if self.messenger is Messenger.TELEGRAM:
            await pour(self.stage, [wrote(who, text)])
        elif text.strip():
            await whatsapp.write(self.stage.world, who, text)
            await self._heard()

    async def presses(self, who: Person, *ways: str) -> None:
        """Somebody presses buttons, also such as were never shown to them."""
        if self.messenger is Messenger.TELEGRAM:
            await pour(self.stage, [pressed(who, way) for way in ways])
            return
        for way in ways:
            last = self.stage.world.whatsapp.last(who)
            await whatsapp.press(self.stage.world, who, last.id, way, stale=True)
            await self._heard()

    async def sends(self, who: Person, kind: FileKind, name: str, caption: str, *, content: bytes = b"") -> None:
        """Somebody sends a file."""
        content, world = content or SAMPLES[kind](), self.stage.world
        by_telegram = self.messenger is Messenger.TELEGRAM
        match kind:
            case FileKind.PICTURE if by_telegram:
                await telegram.photo(world, who, content, caption=caption)
            case FileKind.PICTURE:
                await whatsapp.photo(world, who, content, caption=caption)
            case FileKind.VOICE if by_telegram:
                await telegram.voice(world, who, content)
            case FileKind.VOICE:
                await whatsapp.audio(world, who, content)
            case _ if by_telegram:
                await telegram.document(world, who, content, name, "application/pdf", caption=caption)
            case _:
                await whatsapp.document(world, who, content, name, "application/pdf", caption=caption)
        await self.stage.settled()

    async def shares(self, who: Person) -> None:
        """Somebody shares their own contact."""
        if self.messenger is Messenger.TELEGRAM:
            await telegram.contact(self.stage.world, who, who)
        else:
            await whatsapp.contact(self.stage.world, who, who)
        await self.stage.settled()

    async def _heard(self) -> None:
        await self.stage.world.whatsapp.settled(within=10)
        await self.stage.bot.turns.idle()

    def sees(self, who: Person) -> list[Seen]:
        """All that stands in the person's chat."""
        files = self.stage.world.files
        if self.messenger is Messenger.WHATSAPP:
            return [
                Seen(
                    each.text,
                    tuple(str(way["id"]) for way in [*each.buttons, *each.rows]),
                    paper=files.find(each.media.file_id)
                    if each.media is not None and each.kind == "document"
                    else None,
                )
                for each in self.stage.world.whatsapp.from_bot(who)
            ]
        return [self._seen(post.json) for post in self.stage.world.from_bot(who.id)]

    def _seen(self, post: Json) -> Seen:
        rows = (post.get("reply_markup") or {}).get("inline_keyboard", ())
        return Seen(
            str(post.get("text") or post.get("caption") or ""),
            tuple(str(button["callback_data"]) for row in rows for button in row if "callback_data" in button),
            tuple(entity["type"] for entity in post.get("entities") or post.get("caption_entities") or ()),
            self.stage.world.files.find(post["document"]["file_id"]) if "document" in post else None,
        )


@dataclass(frozen=True)
class Stands:
    """A form under way: its number, and the question that waits or None when all are answered."""

    number: int
    asks: Asking | None


@dataclass(frozen=True)
class Begin:
    """How a form is begun and what is answered where a hostile text is no answer: `chooses` an option by its value,
    `types` these words. What is neither is tried with the first option, the least number, today."""

    press: str
    chooses: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    paper: tuple[str, bytes] | None = None  # where not any paper will do


@dataclass
class Walk:
    """Fills in forms with the texts in turn; remembers what was kept, by the mark at its end."""

    teller: Teller
    texts: Sequence[str]
    first: int = 0
    kept: dict[str, str] = field(default_factory=dict)  # mark -> text as it should be seen
    asked: set[tuple[str, str]] = field(default_factory=set)  # form and question where any text is an answer
    taken: set[tuple[str, str]] = field(default_factory=set)  # where one was
    wrong: list[str] = field(default_factory=list)
    opened: dict[bytes, str] = field(default_factory=dict)  # files that were looked into, with their names
    _next: Iterator[int] = field(init=False)
    _marks: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self._next = itertools.count(self.first)

    def hostile(self, least: int, most: int) -> tuple[str, str, str]:
        """The next text, so long that it fits, with a mark at its end; that mark; and the text as it should be seen."""
        mark = f"ж{next(self._marks)}ж"
        text = self.texts[next(self._next) % len(self.texts)]
        text = f"{text[: max(0, min(most, LONGEST) - len(mark) - 4)]} {mark}"
        while len(clean(text)) < least:
            text = f"{text} {mark}"
        return text, mark, " ".join(clean(text).split())

    def sendable(self, most: int) -> str:
        """The next text as a messenger passes it on, in Unicode that can be written."""
        text = self.texts[next(self._next) % len(self.texts)]
        return text[:most].encode(errors="ignore").decode()

    async def waits(self, who: Person) -> Stands | None:
        """What somebody is asked; None when no form is under way."""
        teller = self.teller
        async with teller.stage.bot.database.transaction() as db:
            address = (str(teller.messenger), teller.address(who))
            account = (await accounts_at(db, [address])).get(address)
            draft = account.person.draft if account is not None else None
            press = unpack(draft.begun_by) if draft is not None else None
            if account is None or draft is None or press is None or draft.dropped_at is not None:
                return None
            now, said = teller.stage.world.clock.now(), words()
            links = Links("sandbox_bot", admins=frozenset({"107"}))
            turn = Turn(account.person, account, db, now, Heard(), said, teller.vault, links, table.go)
            turn.roles = account.person.roles
            played = await play(turn, table.forms[type(press)], press, dict(draft.answers))
            return Stands(draft.number, played.waits)

    async def fill(self, who: Person, form: type[Press], begin: Begin) -> None:
        """The form from its first question to its end."""
        await self.teller.presses(who, begin.press)
        stands, steps = await self.waits(who), 0
        assert stands is not None, f"{form.__name__} did not begin: {self._heard_last(who)}"
        while stands is not None:
            steps += 1
            assert steps < MANY, f"{form.__name__} has no end: {self._heard_last(who)}"
            if stands.asks is None:
                await self.teller.presses(who, FormStep(stands.number, Do.SEND).pack())
                stands = await self.waits(who)
                continue
            asked = stands.asks
            typed, after = await self._typed(who, form, asked)
            stands = after if typed else await self._answer(who, stands, asked, begin)
            assert not _is_still(stands, asked), f"{form.__name__}.{asked.key} took no answer: {self._heard_last(who)}"

    def _heard_last(self, who: Person) -> list[str]:
        return [each.text for each in self.teller.sees(who)[-4:]]

    async def _answer(self, who: Person, stands: Stands, asking: Asking, begin: Begin) -> Stands | None:
        """The question as it stands after an answer of its kind."""
        answer, key = asking.answer, asking.key
        if key in begin.chooses or (key not in begin.types and answer.options):
            value = begin.chooses.get(key, answer.options[0].value if answer.options else "")
            await self.teller.presses(who, Answered(stands.number, key, value).pack())
        elif key in begin.types:
            await self.teller.says(who, begin.types[key])
        elif begin.paper is not None and not asking.optional:
            await self.teller.sends(who, FileKind.PAPER, begin.paper[0], "", content=begin.paper[1])
        elif isinstance(answer, a_file):
            kind = next(kind for kind in (FileKind.PAPER, FileKind.PICTURE, FileKind.VOICE) if kind in answer.kinds)
            name, caption = self.sendable(60).replace("/", ""), self.sendable(400)
            await self.teller.sends(who, kind, f"{name}.pdf", caption)
        elif answer.asks is not None:
            await self.teller.shares(who)
        elif isinstance(answer, number):
            await self.teller.says(who, str(answer.least))
        elif isinstance(answer, day_between):
            await self.teller.says(who, f"{answer.first:%d.%m.%Y}")
        elif isinstance(answer, a_day):
            await self.teller.says(who, f"{answer.today:%d.%m.%Y}")
        elif asking.optional:
            await self.teller.presses(who, Answered(stands.number, key, None).pack())
        return await self.waits(who)

    async def _typed(self, who: Person, form: type[Press], asking: Asking) -> tuple[bool, Stands | None]:
        """Whether a hostile text was an answer, and what stands after it. What is no answer is asked again."""
        answer: Answer[object] = asking.answer
        if isinstance(answer, choice | number | a_day | day_between | a_file) or answer.asks is not None:
            return False, None
        free = isinstance(answer, a_text | sealed_words)
        if free:
            self.asked.add((form.__name__, asking.key))
        least, most = (answer.min, answer.max) if isinstance(answer, a_text) else (1, 500)
        for _ in range(TRIES if free else 1):
            text, mark, seen = self.hostile(least, most)
            await self.teller.says(who, text)
            after = await self.waits(who)
            if not _is_still(after, asking):
                if free:
                    self.kept[mark] = seen
                    self.taken.add((form.__name__, asking.key))
                return True, after
            await self.teller.presses(who, GoOn().pack())  # it was a command, or is refused: the question stands yet
        return False, None


def _is_still(stands: Stands | None, asking: Asking) -> bool:
    return stands is not None and stands.asks is not None and stands.asks.key == asking.key


# --- what is seen ---


def wrong_with(walk: Walk, teller: Teller, who: Person) -> list[str]:
    """What is not as it should be in somebody's chat: a crash, a style that only the writer meant, a control
    character, or a text of the walk that stands there otherwise than it was typed."""
    seen = teller.sees(who)
    whatsapp_reads = teller.messenger is Messenger.WHATSAPP
    whole = "".join(_close(each.text, whatsapp_reads) for each in seen)
    found = []
    for each in seen:
        if any(words in each.text for words in CRASHED):
            found.append(f"crash: {each.text}")
        if set(each.entities) - MEANT - FOUND:
            found.append(f"styled {each.entities}: {each.text}")
        if whatsapp_reads and (runs := [run for run in read(each.text)[1] if run[0] not in MEANT]):
            found.append(f"styled {runs}: {each.text}")
        if odd := [char for char in each.text if char != "\n" and clean(f"x{char}x") == "xx"]:
            found.append(f"control characters {odd}: {each.text}")
        if each.paper is not None and each.paper.data not in walk.opened:
            walk.opened[each.paper.data] = each.paper.name
            if danger := danger_in(each.paper.name, each.paper.data):
                found.append(f"{danger} in {each.paper.name}")
        for mark in MARK.findall(each.text):
            if mark in walk.kept and _close(walk.kept[mark], False) not in whole:
                found.append(f"not as typed: {walk.kept[mark]!r} in {each.text!r}")
    return found


def _close(text: str, whatsapp_reads: bool) -> str:
    """Without white space and as small letters: a sentence begins with a capital."""
    return "".join(plain(read(text)[0] if whatsapp_reads else text).split()).casefold()


async def looks_around(
    walk: Walk, teller: Teller, who: Person, starts: Sequence[str], *, each: int, most: int
) -> list[str]:
    """Follows the buttons that only show something, so many of each kind; gives those that were pressed."""
    waiting, known = list(dict.fromkeys(starts)), set(starts)
    kinds: dict[type[Press], int] = {}
    looked: list[str] = []
    while waiting and len(looked) < most:
        way = waiting.pop(0)
        await teller.presses(who, way)
        looked.append(way)
        walk.wrong += wrong_with(walk, teller, who)
        for found in (way for shown in teller.sees(who) for way in shown.ways):
            press = unpack(found)
            route = table.presses.get(type(press)) if press is not None else None
            if press is None or route is None or not route.reads or found in known:
                continue
            kinds[type(press)] = kinds.get(type(press), 0) + 1
            if kinds[type(press)] <= each:
                known.add(found)
                waiting.append(found)
    return looked
