"""Which photos, papers and voice notes does the municipality accept from its staff and residents?"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from civic.people import refuse
from civic.refusals import Reason, Refused

LARGEST = 10 * 1024 * 1024  # bytes of a file as it is sent
PAPERS = {"pdf", "docx", "xlsx", "csv", "txt"}  # by the ending of the name; what is inside is looked at as well


class FileKind(StrEnum):
    """What a kept file is."""

    PICTURE = "picture"
    PAPER = "paper"
    VOICE = "voice"


EVERY_KIND = frozenset({FileKind.PICTURE, FileKind.PAPER})  # a voice is taken only where one is asked for


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or file that somebody sent: what the messenger says of it and, once it was fetched and cleaned, what it
    is and what is in it."""

    ref: str
    kind: FileKind
    name: str
    size: int
    content: bytes | None = None
    wrong: Reason | None = None  # why it cannot be had

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters, without the dot."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""


class NotFetched(Exception):
    """A handler needs what is in a file: the turn is put back, the file is fetched, and the turn is taken again."""


def content_of(file: Attachment, kinds: Collection[FileKind] = EVERY_KIND) -> bytes:
    """What is in the file, without what it told of its maker. NotFetched before it was fetched. Refused when it cannot
    be had or is of none of these kinds: FILE_TOO_BIG, FILE_LOST, FILE_NOT_ACCEPTED."""
    refuse(file.wrong or why_cannot_fetch(file), most=LARGEST // 1024 // 1024, kinds=asked_for(kinds))
    if file.content is None:
        raise NotFetched
    if file.kind not in kinds:
        raise Refused(Reason.FILE_NOT_ACCEPTED, kinds=asked_for(kinds))
    return file.content


def asked_for(kinds: Collection[FileKind]) -> str:
    """The kinds of files that are asked for, in one word: «picture», «paper», or «any»."""
    return min(kinds).value if len(kinds) == 1 else "any"


def why_cannot_fetch(file: Attachment) -> Reason | None:
    """A file over the limit is not even fetched."""
    return Reason.FILE_TOO_BIG if file.content is None and file.size > LARGEST else None
