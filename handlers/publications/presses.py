"""What do the buttons of publishing mean?"""

from dataclasses import dataclass

from civic.people import Right, refuse, why_not_may
from civic.publications import Channel
from civic.refusals import Reason, Refused
from exports.listing import LANGUAGES
from storage.municipalities import Municipality, municipality_count
from talk.press import Press
from talk.turn import Turn


@dataclass(frozen=True)
class OpenChannel(Press, code="puc"):
    """One of the four channels: what to take, how to do it, what was done last."""

    channel: Channel


@dataclass(frozen=True)
class TakePaper(Press, code="pup"):
    """The notice board or the hand-out as a file to print."""

    channel: Channel
    language: str = "ky"


@dataclass(frozen=True)
class NotePublication(Press, code="pun"):
    """I published it: where, when, with a link or a photo."""

    channel: Channel


@dataclass(frozen=True)
class ListCard(Press, code="puf"):
    """The list as plain words to forward anywhere."""

    language: str = ""


@dataclass(frozen=True)
class HowToLink(Press, code="puh"):
    """How a channel or group is linked."""


@dataclass(frozen=True)
class OpenPlace(Press, code="pul"):
    """A linked channel or group."""

    place: int


@dataclass(frozen=True)
class UnlinkPlace(Press, code="pux"):
    """Post nothing there any more."""

    place: int


@dataclass(frozen=True)
class RelinkPlace(Press, code="puk"):
    """Undo: it is linked again."""

    place: int


@dataclass(frozen=True)
class SpeakThere(Press, code="pug"):
    """From now on the list is posted there in this language."""

    place: int
    language: str


@dataclass(frozen=True)
class AskToPost(Press, code="pua"):
    """Before it is posted to many people: in how many places."""


@dataclass(frozen=True)
class PostList(Press, code="puy"):
    """Post the list now, in one place or in all of them; a pinned post is changed."""

    place: int | None = None


@dataclass(frozen=True)
class PublicationLog(Press, code="puo"):
    """Where the list was published, newest first."""

    page: int = 0


@dataclass(frozen=True)
class OpenPublication(Press, code="puz"):
    """An entry of the log, with its photo."""

    entry: int


@dataclass(frozen=True)
class WithdrawPublication(Press, code="puw"):
    """It was noted by mistake."""

    entry: int


@dataclass(frozen=True)
class KeepPublication(Press, code="puq"):
    """Undo: the entry stands again."""

    entry: int


def own_home(turn: Turn) -> Municipality:
    """The municipality somebody publishes for. Refused: NOT_YOURS, NEEDS_MUNICIPALITY."""
    refuse(why_not_may(turn.roles, Right.PUBLISH))
    if turn.municipality is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return turn.municipality


async def page_address(turn: Turn, home: Municipality, language: str) -> str:
    """The address of the municipality's public page in that language; empty while the bot has none."""
    if not turn.links.page:
        return ""
    alone = await municipality_count(turn.db) <= 1
    return f"{turn.links.page}/{'' if alone else f'{home.key}/'}{LANGUAGES.get(language, '')}"
