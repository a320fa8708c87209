"""Which photos and papers are kept? Each content once, in the database, so that one back-up holds everything."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

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
    telegram_id: Mapped[str | None] = mapped_column(String(255))  # what Telegram calls it since it went there


def _keeping(dialect: Any) -> Any:
    new = dialect.insert(File)
    return new.on_conflict_do_update(index_elements=["id"], set_={"kept_at": new.excluded.kept_at})


_KEEP = {name: _keeping(dialect) for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))}


async def keep_file(db: AsyncSession, values: dict[str, object]) -> None:
    """Keeps a file. When the same content is kept already, only the moment is new: it is wanted again."""
    await db.execute(_KEEP[db.get_bind().dialect.name].values(values))


async def find_file(db: AsyncSession, file_id: str | None) -> File | None:
    """The file of that key, without its content; None when there is none."""
    return await db.get(File, file_id) if file_id else None


async def content_of_file(db: AsyncSession, file_id: str) -> bytes | None:
    """What is in the file; None when there is none of that key. Whoever asks for the same file again in one transaction
    gets the same bytes, which are read once."""
    read: dict[str, bytes | None] = db.info.setdefault("files", {})
    if file_id not in read:
        read[file_id] = await db.scalar(select(File.content).where(File.id == file_id))
    return read[file_id]


async def note_known(db: AsyncSession, file_id: str, telegram_id: str) -> None:
    """Telegram calls the file so from now on; empty when it does not know it any more."""
    known = update(File).where(File.id == file_id).values(telegram_id=telegram_id[:255] or None)
    await db.execute(known)


async def file_beginning(db: AsyncSession, beginning: str) -> tuple[str, bytes] | None:
    """Name and content of the file whose key begins so, with 16 characters at least; None when there is none."""
    if len(beginning) < 16:
        return None
    found = await db.execute(select(File.name, File.content).where(File.id.startswith(beginning, autoescape=True)))
    row = found.first()
    return (row.name, row.content) if row is not None else None
