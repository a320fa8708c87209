"""Each content is kept once, under the print of what was kept; nothing is kept before it was fetched."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from actions import files
from civic.files import LARGEST, Attachment, FileKind, NotFetched
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.files import File, content_of_file, find_file

PHOTO = Attachment("ref", FileKind.PICTURE, "photo.jpg", 3, content=b"abc")


async def test_a_file_is_kept_under_the_print_of_its_content(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        key = await files.keep(db, PHOTO, now)
    assert key == hashlib.sha256(b"abc").hexdigest()
    async with database.transaction() as db:
        kept = await find_file(db, key)
        assert kept is not None
        assert (kept.kind, kept.name, kept.size, kept.kept_at) == (FileKind.PICTURE, "photo.jpg", 3, now)
        assert await content_of_file(db, key) == b"abc"
        assert await content_of_file(db, "0" * 64) is None
        assert await find_file(db, None) is None


async def test_the_same_content_is_kept_once_and_wanted_again(database: Database, now: datetime) -> None:
    later = now + timedelta(days=2)
    async with database.transaction() as db:
        first = await files.keep(db, PHOTO, now)
    async with database.transaction() as db:
        assert await files.keep(db, replace(PHOTO, name="again.jpg"), later) == first
        assert await db.scalar(select(func.count()).select_from(File)) == 1
        kept = await find_file(db, first)
        assert kept is not None
        assert (kept.name, kept.kept_at) == ("photo.jpg", later)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (replace(PHOTO, wrong=Reason.FILE_LOST), Reason.FILE_LOST),
        (replace(PHOTO, wrong=Reason.FILE_NOT_ACCEPTED, content=None), Reason.FILE_NOT_ACCEPTED),
        (replace(PHOTO, size=LARGEST + 1, content=None), Reason.FILE_TOO_BIG),
    ],
)
async def test_what_cannot_be_had_is_refused(
    database: Database, now: datetime, file: Attachment, reason: Reason
) -> None:
    async with database.transaction() as db:
        with pytest.raises(Refused) as no:
            await files.keep(db, file, now)
        assert (no.value.reason, no.value.details) == (reason, {"most": 10, "kinds": "any"})


async def test_what_was_not_fetched_is_wanted(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        with pytest.raises(NotFetched):
            await files.keep(db, replace(PHOTO, content=None), now)
