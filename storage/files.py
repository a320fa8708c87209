"""Which photos and papers are kept? Each content once, in the database, so that one back-up holds everything."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, undefer

from civic.files import FileKind
from storage.base import Base, words_of


class File(Base):
    """A photo or paper. The key is the SHA-256 of the content: the same file sent twice is kept once."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[FileKind] = mapped_column(words_of(FileKind))
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    kept_at: Mapped[datetime]


_KEEP = {
    name: dialect.insert(File).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def keep_file(db: AsyncSession, values: dict[str, object]) -> None:
    """Keeps a file, unless the same content is kept already."""
    await db.execute(_KEEP[db.get_bind().dialect.name].values(values))


async def find_file(db: AsyncSession, file_id: str | None) -> File | None:
    """The file of that key, without its content; None when there is none."""
    return await db.get(File, file_id) if file_id else None


async def content_of_file(db: AsyncSession, file_id: str) -> bytes | None:
    """What is in the file; None when there is none of that key."""
    found = await db.get(File, file_id, options=[undefer(File.content)])
    return found.content if found is not None else None
