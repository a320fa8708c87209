"""What of a file that was sent may be kept? Its content decides what it is, and what it tells of its maker goes."""

from dataclasses import dataclass

from civic.files import LARGEST, FileKind
from civic.spelling import clean
from storage.cleaning.papers import cleaned_paper
from storage.cleaning.pictures import cleaned_picture
from storage.cleaning.voices import cleaned_voice

NAME_LIMIT = 120  # characters


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file as it may be kept."""

    kind: FileKind
    name: str
    content: bytes


def cleaned(content: bytes, name: str) -> Cleaned | None:
    """The file as it may be kept; None when it is nothing that is accepted. Takes up to some seconds of work, so it
    belongs into a thread."""
    if not 0 < len(content) <= LARGEST:
        return None
    kind, found = FileKind.PICTURE, cleaned_picture(content)
    if found is None:
        kind, found = FileKind.VOICE, cleaned_voice(content)
    if found is None:
        kind, found = FileKind.PAPER, cleaned_paper(content, _ending(name))
    if found is not None and len(found[1]) <= LARGEST:
        ending, inside = found
        return Cleaned(kind, name_of(name, ending), inside)
    return None


def name_of(name: str, ending: str) -> str:
    """The name it may be kept under: at most 120 characters, no folders, one line, and the ending it deserves."""
    last = " ".join(clean(name).replace("\\", "/").rpartition("/")[2].split())
    stem = last.rpartition(".")[0] if _ending(last) else last
    stem = stem.strip(" .")[: NAME_LIMIT - len(ending) - 1].strip(" .")
    return f"{stem or 'file'}.{ending}"


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].strip().lower() if "." in name else ""
    return ending if ending.isascii() and ending.isalnum() and len(ending) <= 8 else ""
