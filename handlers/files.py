"""How is a kept file shown? A photo as a picture, a paper as a document to take away."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from civic.files import FileKind
from storage.files import content_of_file, find_file
from talk.screen import File, Screen


async def with_file(db: AsyncSession, screen: Screen, file_id: str | None) -> Screen:
    """The screen with the kept file: a photo above its text, a paper to take away. As it was when there is none."""
    kept = await find_file(db, file_id)
    if kept is None:
        return screen
    file = File(kept.name, await content_of_file(db, kept.id) or b"")
    return replace(screen, picture=file) if kept.kind is FileKind.PICTURE else replace(screen, document=file)
