"""Builders of proposals for the tests: no surprises, every value can be given."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.proposals import sending
from civic.people import Role
from storage.municipalities import Municipality
from storage.people import Person
from storage.proposals import Proposal

TEXT = "Мектептин алдына жөө жүргүнчүлөр үчүн жарык чырак коюлсун"
CLERK = frozenset({Role.CLERK})
MODERATOR = frozenset({Role.MODERATOR})


async def a_proposal(
    db: AsyncSession, author: Person, home: Municipality, now: datetime, *, text: str = TEXT, **more: Any
) -> Proposal:
    """A proposal as its author has just sent it."""
    return await sending.send(db, author, home, sending.Said(text=text, language="ky", **more), now)
