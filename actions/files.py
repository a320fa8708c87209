"""What is kept of the photos and papers that people send? Each content once, as it was cleaned."""

import hashlib
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from civic.files import Attachment, FileKind, content_of
from storage.files import keep_file


async def keep(db: AsyncSession, attachment: Attachment, now: datetime) -> str:
    """Keeps a file that was fetched, unless its content is kept already; gives its key, the SHA-256 of the content.
    NotFetched, and what `content_of` refuses."""
    content = content_of(attachment, frozenset(FileKind))
    key = hashlib.sha256(content).hexdigest()
    kept = {"kind": attachment.kind, "name": attachment.name, "size": len(content), "content": content}
    await keep_file(db, {"id": key, "kept_at": now, **kept})
    return key
