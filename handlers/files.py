"""How is a kept file shown? A photo as a picture, a paper as a document to take away."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from civic.files import FileKind
from storage.files import content_of_file, find_file
from talk.screen import File, Screen


@dataclass(frozen=True, slots=True)
class KeptFile(File):
    """A file of storage, with its key there; `known` is what Telegram calls it, once it went there. Then `bytes` may be
    empty."""

    key: str = ""
    known: str = ""


async def with_file(db: AsyncSession, screen: Screen, file_id: str | None, *, keeps_files: bool = False) -> Screen:
    """The screen with the kept file: a photo above its text, a paper to take away. As it was when there is none. To a
    messenger that `keeps_files` and knows this one it goes without its content: thousands of letters read it once."""
    kept = await find_file(db, file_id)
    if kept is None:
        return screen
    known = kept.telegram_id or ""
    content = b"" if known and keeps_files else await content_of_file(db, kept.id) or b""
    file = KeptFile(kept.name, content, kept.id, known)
    return replace(screen, picture=file) if kept.kind is FileKind.PICTURE else replace(screen, document=file)
