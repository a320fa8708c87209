"""What has somebody begun and not yet finished? One form at a time, with the answers given so far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json

WAS = "~"  # beside the answers: a question that is being changed, and what was answered before


class Draft(Base):
    """A form under way. `begun_by` is the packed press that opened it; a dropped draft is kept a while
    so that «cancel» can be undone."""

    __tablename__ = "drafts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    begun_by: Mapped[str] = mapped_column(String(64))
    answers: Mapped[Json] = mapped_column(JSON, default=dict)
    changed_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]

    def begin(self, packed: str, now: datetime, *, anew: bool) -> bool:
        """Begun now by that press, under a number of its own, in place of whatever was begun before. True when that
        press has begun it before and answers are kept: unless it is `anew`, these stay, and it goes on."""
        if not anew and self.dropped_at is None and self.answers and self.begun_by == packed:
            return True
        self.number, self.begun_by = max(int(now.timestamp() * 1000), self.number + 1), packed
        self.answers, self.changed_at, self.dropped_at = {}, now, None
        return False

    def keep(self, key: str, stored: str | None, now: datetime) -> None:
        """Keeps an answer; of one that was being changed the old one is over."""
        self.answers, self.changed_at = {**self._without(WAS), key: stored}, now

    def change(self, key: str) -> None:
        """That question is asked again; what was answered stands by until it is answered anew."""
        if key in self.answers:
            self.answers = {**self._without(WAS, key), WAS: [key, self.answers[key]]}

    def was(self, key: str) -> list[str | None]:
        """What was answered to a question that is being changed, as a list of one; else an empty one."""
        changed, *stored = self.answers.get(WAS, [None])
        return stored if changed == key else []

    def step_back(self, asked: Sequence[str]) -> None:
        """To the review, where a question was being changed; else to the last of those that were asked."""
        if WAS in self.answers:
            key, stored = self.answers[WAS]
            self.answers = {**self._without(WAS), key: stored}
        elif asked:
            self.answers = self._without(asked[-1])

    def _without(self, *keys: str) -> dict[str, Any]:
        return {key: value for key, value in self.answers.items() if key not in keys}


async def find_draft(db: AsyncSession, person_id: int) -> Draft | None:
    """The person's draft, dropped or not."""
    return await db.get(Draft, person_id)
