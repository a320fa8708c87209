"""Which kinds of answers do the questions ask for? A text, one of a list, a day, a number, a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from actions import files
from civic.files import EVERY_KIND, FileKind, asked_for, content_of
from civic.refusals import Reason, Refused
from civic.spelling import clean, day_meant, fold, meant_by, whole_number
from talk.answers import Answer, Option, Stored, Unfit
from talk.turn import Heard, Turn


@dataclass(frozen=True)
class words(Answer[str]):  # noqa: N801  reads as a word inside a form
    """A text of so many characters."""

    max: int = 1_000
    min: int = 1

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        text = clean(heard.text)
        if not text and not heard.text:
            raise Refused(Reason.WRONG_KIND)
        if len(text) < self.min:
            raise Refused(Reason.TOO_SHORT, least=self.min)
        if len(text) > self.max:
            raise Refused(Reason.TOO_LONG, most=self.max, is_now=len(text))
        return text

    def value(self, stored: str) -> str:
        if not self.min <= len(stored) <= self.max:
            raise Unfit
        return stored


@dataclass(frozen=True)
class choice(Answer[str]):  # noqa: N801
    """One of a list, tapped, or typed as its number or its name (ө ү ң optional, a slip forgiven)."""

    options: Sequence[Option] = field(default=())

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        typed, labels = fold(heard.text), [option.label for option in self.options]
        numbered = typed.isascii() and typed.isdecimal()
        places = [int(typed[:6]) - 1] if numbered else meant_by(typed, labels) if typed else []
        meant = {self.options[place].value for place in places if 0 <= place < len(labels)}
        if len(meant) != 1:  # what could mean two of them is not guessed
            raise Refused(Reason.NOT_A_CHOICE if heard.text else Reason.WRONG_KIND)
        return meant.pop()

    def value(self, stored: str) -> str:
        if all(option.value != stored for option in self.options):
            raise Unfit
        return stored

    def shown(self, stored: str) -> str:
        return next((option.label for option in self.options if option.value == stored), stored)


@dataclass(frozen=True)
class number(Answer[int]):  # noqa: N801
    """A whole number in a range; spaces between its digits do not count."""

    least: int
    most: int

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        given = whole_number("".join(heard.text.split()))
        if given is None or not self.least <= given <= self.most:
            raise Refused(Reason.OUT_OF_RANGE, least=self.least, most=self.most)
        return str(given)

    def value(self, stored: str) -> int:
        given = whole_number(stored)
        if given is None or not self.least <= given <= self.most:
            raise Unfit
        return given


@dataclass(frozen=True)
class a_day(Answer[date]):  # noqa: N801
    """A day up to today, from the first one on where there is one: one of the options (their values are ISO dates), or
    typed as 04.05.2026."""

    today: date
    options: Sequence[Option] = field(default=())
    first: date | None = None

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        near = meant_by(heard.text, [option.label for option in self.options]) if fold(heard.text) else []
        if len(near) == 1:
            return self.options[near[0]].value
        day = day_meant(heard.text, self.today)
        if day is None:
            raise Refused(Reason.NOT_A_DAY if heard.text else Reason.WRONG_KIND)
        if day > self.today:
            raise Refused(Reason.IN_THE_FUTURE)
        if self.first is not None and day < self.first:
            raise Refused(Reason.WRONG_DAY, first=f"{self.first:%d.%m.%Y}", last=f"{self.today:%d.%m.%Y}")
        return day.isoformat()

    def value(self, stored: str) -> date:
        try:
            return date.fromisoformat(stored)
        except ValueError:
            raise Unfit from None

    def shown(self, stored: str) -> str:
        return f"{self.value(stored):%d.%m.%Y}"


@dataclass(frozen=True)
class day_between(Answer[date]):  # noqa: N801
    """A day from the first to the last one, also one to come: one of the options (values are ISO dates), or typed;
    without a year it is in the year of the first."""

    first: date
    last: date
    options: Sequence[Option] = field(default=())

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        near = meant_by(heard.text, [option.label for option in self.options]) if fold(heard.text) else []
        if len(near) == 1:
            return self.options[near[0]].value
        day = day_meant(heard.text, self.first)
        if day is None:
            raise Refused(Reason.NOT_A_DAY if heard.text else Reason.WRONG_KIND)
        if not self.first <= day <= self.last:
            raise Refused(Reason.WRONG_DAY, first=f"{self.first:%d.%m.%Y}", last=f"{self.last:%d.%m.%Y}")
        return day.isoformat()

    def value(self, stored: str) -> date:
        try:
            day = date.fromisoformat(stored)
        except ValueError:
            raise Unfit from None
        if not self.first <= day <= self.last:
            raise Unfit
        return day

    def shown(self, stored: str) -> str:
        return f"{self.value(stored):%d.%m.%Y}"


_MOMENT = re.compile(r"(.+?)[ ,]+(\d{1,2})[:.](\d{2})", re.ASCII)


@dataclass(frozen=True)
class a_moment(Answer[datetime]):  # noqa: N801  reads as a word inside a form
    """A day and an hour in the municipality, typed as 04.05.2026 14:00."""

    zone: str
    now: datetime

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        found = _MOMENT.fullmatch(heard.text.strip())
        day = day_meant(found[1], self.now.astimezone(ZoneInfo(self.zone)).date()) if found else None
        if found is None or day is None or int(found[2]) > 23 or int(found[3]) > 59:
            raise Refused(Reason.NOT_A_MOMENT if heard.text else Reason.WRONG_KIND)
        there = datetime.combine(day, time(int(found[2]), int(found[3])), ZoneInfo(self.zone))
        return there.astimezone(UTC).isoformat()

    def value(self, stored: str) -> datetime:
        try:
            return datetime.fromisoformat(stored)
        except ValueError:
            raise Unfit from None

    def shown(self, stored: str) -> str:
        return f"{self.value(stored).astimezone(ZoneInfo(self.zone)):%d.%m.%Y %H:%M}"


_KEY = 64  # characters of a file's key


@dataclass(frozen=True)
class a_file(Answer[str]):  # noqa: N801
    """A photo or paper of these kinds, which is kept; the form works with its key (storage.files). Words that stand
    under it go on the answer named by `words_to`, within so many characters; where a form has no place for them
    (`takes_words` False) that is said instead of dropping them."""

    kinds: frozenset[FileKind] = EVERY_KIND
    words_to: str = ""
    least_words: int = 0
    most_words: int = 0
    takes_words: bool = True

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        if heard.file is None:
            raise Refused(Reason.NEEDS_FILE, kinds=asked_for(self.kinds))
        content_of(heard.file, self.kinds)
        below = clean(heard.text)
        if below and not self.takes_words:
            raise Refused(Reason.WORDS_APART)
        if below and self.words_to:
            self._put_words(turn, below)
        key = await files.keep(turn.db, heard.file, turn.now)
        says = {FileKind.PICTURE: turn.t("kit-photo"), FileKind.VOICE: turn.t("kit-voice")}
        return key + says.get(heard.file.kind, heard.file.name)

    def _put_words(self, turn: Turn, below: str) -> None:
        draft = turn.person.draft
        assert draft is not None
        before = draft.answers.get(self.words_to) or ""
        whole = f"{before}\n\n{below}" if before else below
        if len(whole) < self.least_words:
            raise Refused(Reason.TOO_SHORT, least=self.least_words)
        if len(whole) > self.most_words:
            raise Refused(Reason.TOO_LONG, most=self.most_words, is_now=len(whole))
        draft.keep(self.words_to, whole, turn.now)

    def value(self, stored: str) -> str:
        if len(stored) < _KEY:
            raise Unfit
        return stored[:_KEY]

    def shown(self, stored: str) -> str:
        return stored[_KEY:]
