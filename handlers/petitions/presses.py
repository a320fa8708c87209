"""What do the buttons of petitions mean, and whose petitions are read?"""

from dataclasses import dataclass

from civic.refusals import Reason, Refused
from storage.municipalities import Municipality, get_municipality
from storage.petitions import municipality_of_petition
from talk.press import Press
from talk.turn import Turn

PAGE = 6


@dataclass(frozen=True)
class Petitions(Press, code="e"):
    """The petitions of the municipality: `show` is open, office, answered, rejected, all, mine; `order` new, signed."""

    show: str = "open"
    page: int = 0
    issue: int | None = None
    village: int | None = None
    order: str = "new"
    home: int | None = None


@dataclass(frozen=True)
class OpenPetition(Press, code="ep"):
    """The card of a petition; `link` is the link by which somebody came."""

    petition: int
    link: int | None = None


@dataclass(frozen=True)
class PetitionByLink(Press, code="epl"):
    """The same card for whoever came by a link: one that is not public yet opens with the word in its link."""

    petition: int
    link: int | None = None
    word: str = ""


@dataclass(frozen=True)
class WhoSigned(Press, code="ey"):
    """Who signed and lets themselves be shown."""

    petition: int
    page: int = 0


@dataclass(frozen=True)
class PetitionText(Press, code="ex"):
    """Demand and reasons in full, with the photo or paper."""

    petition: int


@dataclass(frozen=True)
class PetitionAnswer(Press, code="exa"):
    """The photo or paper that came with the municipality's answer."""

    petition: int


@dataclass(frozen=True)
class NarrowPetitions(Press, code="ell"):
    """Which issue or village (`by`: i, v)? The rest is as in the list."""

    by: str
    page: int = 0
    show: str = "open"
    issue: int | None = None
    village: int | None = None
    order: str = "new"
    home: int | None = None


@dataclass(frozen=True)
class FoundPetitions(Press, code="els"):
    """What was found by some words."""

    words: str
    home: int | None = None


@dataclass(frozen=True)
class SignPetition(Press, code="es"):
    """Sign; `here` says that one lives on the street it is about."""

    petition: int
    link: int | None = None
    here: bool = False


@dataclass(frozen=True)
class UnsignPetition(Press, code="eu"):
    """Take one's signature back."""

    petition: int


@dataclass(frozen=True)
class Introduce(Press, code="en"):
    """Say under which name one signs; then do what was wanted."""

    then: str = ""


@dataclass(frozen=True)
class FollowPetition(Press, code="ef"):
    """Hear how it goes on without signing."""

    petition: int


@dataclass(frozen=True)
class UnfollowPetition(Press, code="eo"):
    """Not any more."""

    petition: int


@dataclass(frozen=True)
class SharePetition(Press, code="eh"):
    """A link and a text to pass on."""

    petition: int


@dataclass(frozen=True)
class PetitionHistory(Press, code="ew"):
    """Every step of its way, with who opened the list of signers."""

    petition: int
    page: int = 0


@dataclass(frozen=True)
class PetitionVillages(Press, code="ev"):
    """Where the signatures come from."""

    petition: int


@dataclass(frozen=True)
class TellPressure(Press, code="ek"):
    """«I was paid or forced»: goes to the administrators of the installation."""

    petition: int


@dataclass(frozen=True)
class WhatIsNone(Press, code="ei"):
    """What cannot be a petition: the catalogue of reasons for rejection."""


@dataclass(frozen=True)
class BeginPetition(Press, code="eb"):
    """Write a petition of that kind; an empty one asks which."""

    kind: str = ""
    issue: int | None = None


@dataclass(frozen=True)
class EditPetition(Press, code="ee"):
    """Another text for a draft."""

    petition: int


@dataclass(frozen=True)
class Group(Press, code="eg"):
    """The initiative group and its duties."""

    petition: int


@dataclass(frozen=True)
class PetitionDesk(Press, code="ed"):
    """Everything that staff may do about one petition."""

    petition: int


@dataclass(frozen=True)
class PetitionQueue(Press, code="eq"):
    """What waits for staff: to check, to register, to answer, flagged; `what` names the queue."""

    what: str = ""
    page: int = 0


@dataclass(frozen=True)
class EnterPaper(Press, code="er"):
    """A sheet of signatures on paper: its photo and its lines."""

    petition: int


@dataclass(frozen=True)
class CheckReceipt(Press, code="v"):
    """What a receipt tells: whether the signature counts, and nothing of whose it is. Without one it is asked for."""

    receipt: str = ""


async def home_of_petition(turn: Turn, petition: int) -> Municipality:
    """Whose petition is read: one's own municipality's; a guest without one reads any (Typical Plan 2.1). Refused
    (NOT_FOUND) for another's."""
    if turn.municipality is not None:
        return turn.municipality
    home = await municipality_of_petition(turn.db, petition)
    if home is None:
        raise Refused(Reason.NOT_FOUND)
    return await get_municipality(turn.db, home)
