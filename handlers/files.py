"""How is a kept file shown? A photo as a picture, a paper as a document to take away."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from civic.files import FileKind
from storage.files import content_of_file, find_file
from talk.screen import File, Screen


async def shown(db: AsyncSession, file_id: str | None) -> File | None:
    """The kept file as a screen carries it; None when there is none of that key."""
    kept = await find_file(db, file_id)
    content = await content_of_file(db, kept.id) if kept is not None else None
    return File(kept.name, content) if kept is not None and content is not None else None


async def with_file(db: AsyncSession, screen: Screen, file_id: str | None) -> Screen:
    """The screen with the kept file: a photo above its text, a paper to take away. As it was when there is none."""
    kept = await find_file(db, file_id)
    file = await shown(db, file_id)
    if kept is None or file is None:
        return screen
    return replace(screen, picture=file) if kept.kind is FileKind.PICTURE else replace(screen, document=file)
