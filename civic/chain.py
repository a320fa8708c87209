"""How is what happened chained together, so that nothing can be changed unseen? (docs/proof.md)

Each entry of the journal carries a hash of itself and of the hash before it. Who did it goes into the hash as a mark
that is keyed by a salt of that entry alone: without the salt the mark says nothing, and the chain still holds."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from civic.events import Event

FIRST = "0" * 64  # stands where the hash of an entry before the first would
ABOUT_PEOPLE = frozenset(  # their object is a person
    {Event.RESIDENT_CONFIRMED.value, Event.RESIDENT_UNCONFIRMED.value, Event.ACCOUNTS_JOINED.value}
)
SHOWN = 16  # characters of a hash that are shown where there is no room for all; nobody finds a second one by chance


class Flaw(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    MISSING = "missing"
    TWICE = "twice"
    CUT = "cut"  # the head knows of entries that are not there, or of others
    ACTOR = "actor"  # it was somebody else
    PUBLISHED = "published"  # a head that was published is not the one of this chain


def new_salt() -> str:
    """A salt for one entry."""
    return secrets.token_hex(16)


def mark_of(salt: str, actor: int | None, person: int | None) -> str:
    """Who did it, and to whom where the entry is about a person: worth nothing without the salt."""
    said = f"{actor or ''}:{person or ''}"
    return hmac.digest(salt.encode(), said.encode(), "sha256").hex()


def person_in(event: str, object_id: int | None) -> int | None:
    """The person an entry is about, if it is about one."""
    return object_id if event in ABOUT_PEOPLE else None


def body_of(at: datetime, event: str, object_id: int | None, details: Mapping[str, Any], mark: str | None) -> bytes:
    """The entry in the one form in which it is hashed: when (UTC, to the microsecond), what, about which thing (a
    person stands in the mark only), details, and the mark."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    thing = None if event in ABOUT_PEOPLE else object_id
    said = [moment, event, thing, details, mark or ""]
    return json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def hash_of(before: str, chain: int, number: int, body: bytes) -> str:
    """The hash of the entry with that number of that chain, which holds the hash before it."""
    return hashlib.sha256(f"{before}\n{chain}\n{number}\n".encode() + body).hexdigest()
