"""Which photos and papers does the municipality accept from its staff and residents?"""

from dataclasses import dataclass
from enum import StrEnum

from civic.refusals import Reason, Refused

LARGEST = 10 * 1024 * 1024  # bytes of a file as it is sent
PAPERS = {"pdf", "docx", "xlsx", "csv"}  # by the ending of the name; what is inside is looked at as well


class FileKind(StrEnum):
    """What a kept file is."""

    PICTURE = "picture"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or file that somebody sent: what the messenger says of it and, once it was fetched, what is in it."""

    ref: str
    kind: FileKind
    name: str
    size: int
    content: bytes | None = None
    wrong: Reason | None = None  # why it could not be fetched

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters, without the dot."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""


class NotFetched(Exception):
    """A handler needs what is in a file: the turn is put back, the file is fetched, and the turn is taken again."""


def content_of(file: Attachment) -> bytes:
    """What is in the file. NotFetched before it was fetched; Refused when it cannot be had."""
    if file.wrong is not None:
        raise Refused(file.wrong, most=LARGEST // 1024 // 1024)
    if file.content is None:
        raise NotFetched
    return file.content


def why_cannot_fetch(file: Attachment) -> Reason | None:
    """A file over the limit is not even fetched."""
    return Reason.FILE_TOO_BIG if file.size > LARGEST else None
