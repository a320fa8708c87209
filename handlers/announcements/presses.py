"""What do the buttons of announcements mean, and whose announcements are these?"""

from dataclasses import dataclass
from enum import StrEnum

from civic.refusals import Reason, Refused
from storage.municipalities import Municipality
from talk.press import Press
from talk.turn import Turn

# --- for everybody ---


@dataclass(frozen=True)
class PublicAnnouncements(Press, code="ol"):
    """What the municipality announced, the newest first; `home` for a guest without a municipality, `mine` leaves out
    what is for other villages alone."""

    page: int = 0
    home: int | None = None
    mine: bool = False


@dataclass(frozen=True)
class ReadAnnouncement(Press, code="or"):
    """One announcement, opened from the list."""

    announcement: int


@dataclass(frozen=True)
class OpenAnnouncement(Press, code="oo"):
    """One announcement, opened from the letter that told of it, which is counted once."""

    announcement: int


@dataclass(frozen=True)
class ShareAnnouncement(Press, code="of"):
    """The announcement as plain words to forward anywhere."""

    announcement: int
    language: str = ""


# --- for staff ---


class Part(StrEnum):
    """What of an announcement is changed alone."""

    KY = "ky"
    RU = "ru"
    FILE = "file"
    AUDIENCE = "audience"
    URGENT = "urgent"
    TIME = "time"
    TOPIC = "topic"


@dataclass(frozen=True)
class Announcements(Press, code="o"):
    """Every announcement of the municipality for its staff: all of them, or those that wait for a second person."""

    what: str = "all"
    page: int = 0


@dataclass(frozen=True)
class WriteAnnouncement(Press, code="ow"):
    """A new announcement, from a template if one is named."""

    template: int | None = None


@dataclass(frozen=True)
class AnnouncementDesk(Press, code="od"):
    """One announcement with everything that staff may do about it: the preview, or how far it is. `apart`: in a message
    of its own, for the one that was pressed changes by itself."""

    announcement: int
    apart: bool = False


@dataclass(frozen=True)
class PreviewAnnouncement(Press, code="op"):
    """Exactly as residents will read it in that language."""

    announcement: int
    language: str = ""


@dataclass(frozen=True)
class ChangeAnnouncement(Press, code="oc"):
    """Which part of a draft is changed?"""

    announcement: int


@dataclass(frozen=True)
class ChangePart(Press, code="ocp"):
    """That part of a draft is asked anew."""

    announcement: int
    part: Part


@dataclass(frozen=True)
class SendAnnouncement(Press, code="os"):
    """It goes out, at once or at its time: what was seen, and nothing that was changed since."""

    announcement: int
    mark: str


@dataclass(frozen=True)
class AskSecond(Press, code="oq"):
    """The others are asked to agree to what was seen."""

    announcement: int
    mark: str


@dataclass(frozen=True)
class DeclineAnnouncement(Press, code="on"):
    """I do not agree, and say why."""

    announcement: int


@dataclass(frozen=True)
class PauseAnnouncement(Press, code="oh"):
    """No further letter goes out until it is continued."""

    announcement: int


@dataclass(frozen=True)
class ContinueAnnouncement(Press, code="og"):
    """What was paused goes out again."""

    announcement: int


@dataclass(frozen=True)
class AskCancel(Press, code="ox"):
    """Before it is cancelled: how many have it already."""

    announcement: int


@dataclass(frozen=True)
class CancelAnnouncement(Press, code="oxy"):
    """Nobody else gets it; a draft is put away."""

    announcement: int


@dataclass(frozen=True)
class RestoreAnnouncement(Press, code="oxu"):
    """Undo: nobody had it yet, and it goes out after all."""

    announcement: int


@dataclass(frozen=True)
class CorrectAnnouncement(Press, code="ok"):
    """New words for what was sent."""

    announcement: int


@dataclass(frozen=True)
class AskRecall(Press, code="oz"):
    """Before it is recalled: in how many chats it is deleted."""

    announcement: int


@dataclass(frozen=True)
class RecallAnnouncement(Press, code="ozy"):
    """It is deleted wherever it was sent."""

    announcement: int


@dataclass(frozen=True)
class Undelivered(Press, code="ou"):
    """Why it did not reach some people."""

    announcement: int


@dataclass(frozen=True)
class KeepAsTemplate(Press, code="otk"):
    """Its words can be begun from again."""

    announcement: int


@dataclass(frozen=True)
class AnnouncementTemplates(Press, code="ot"):
    """The words that are announced again and again."""


@dataclass(frozen=True)
class OpenAnnouncementTemplate(Press, code="oto"):
    """A template with its words."""

    template: int


@dataclass(frozen=True)
class RemoveAnnouncementTemplate(Press, code="otx"):
    """It is offered no more."""

    template: int


@dataclass(frozen=True)
class RestoreAnnouncementTemplate(Press, code="oty"):
    """Undo: it is offered again."""

    template: int


def own_home(turn: Turn) -> Municipality:
    """The municipality somebody announces for; Refused(NEEDS_MUNICIPALITY) without one."""
    if turn.municipality is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return turn.municipality
