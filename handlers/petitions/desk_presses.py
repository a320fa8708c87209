"""What do the buttons mean by which staff work on petitions, and which petition is it?"""

from dataclasses import dataclass

from civic.petitions import is_of_group_only
from civic.refusals import Reason, Refused
from handlers.petitions.presses import PetitionDesk, PetitionQueue
from storage.municipalities import Municipality
from storage.petitions import Petition, get_petition
from talk.press import Press
from talk.screen import Button
from talk.turn import Turn


@dataclass(frozen=True)
class TakePetition(Press, code="edt"):
    """I decide on it now; nobody else does for a quarter of an hour."""

    petition: int


@dataclass(frozen=True)
class LeavePetition(Press, code="edl"):
    """Somebody else may decide on it."""

    petition: int


@dataclass(frozen=True)
class AskOpening(Press, code="edo"):
    """What opening it for signatures means, and the question whether it is wanted."""

    petition: int


@dataclass(frozen=True)
class OpenSigning(Press, code="edy"):
    """Open it for signatures, with the text that was read (actions.petitions.deciding.text_mark)."""

    petition: int
    seen: str = ""


@dataclass(frozen=True)
class ReturnPetition(Press, code="edr"):
    """Give it back to the group with a remark."""

    petition: int


@dataclass(frozen=True)
class RejectPetition(Press, code="edj"):
    """Reject it for a reason of the catalogue."""

    petition: int


@dataclass(frozen=True)
class ExtendPetition(Press, code="ede"):
    """Gather signatures longer."""

    petition: int


@dataclass(frozen=True)
class TakeDownPetition(Press, code="edx"):
    """Take it down for a reason of the catalogue."""

    petition: int


@dataclass(frozen=True)
class RegisterPetition(Press, code="edg"):
    """Enter its number in the registry."""

    petition: int


@dataclass(frozen=True)
class AnswerPetition(Press, code="eda"):
    """Answer it in words."""

    petition: int


@dataclass(frozen=True)
class EnterKenesh(Press, code="edk"):
    """When the kenesh considers it, and what it decided."""

    petition: int


@dataclass(frozen=True)
class AskSigners(Press, code="edn"):
    """What opening the list of signers means, and in which form."""

    petition: int


@dataclass(frozen=True)
class TakeSigners(Press, code="edf"):
    """The list of signers as a file: `how` is pdf or xlsx."""

    petition: int
    how: str


@dataclass(frozen=True)
class SortPetition(Press, code="eds"):
    """Say on which issue a petition is that its group called «other»."""

    petition: int


@dataclass(frozen=True)
class AskGroup(Press, code="edu"):
    """What opening the names of the group means."""

    petition: int


@dataclass(frozen=True)
class ReadGroup(Press, code="edm"):
    """Who is in the group: full names and addresses."""

    petition: int


@dataclass(frozen=True)
class Sheets(Press, code="ers"):
    """The sheets of paper of a petition."""

    petition: int
    page: int = 0


@dataclass(frozen=True)
class OpenSheet(Press, code="ero"):
    """One sheet: its lines, who entered it, what repeats."""

    petition: int
    sheet: int


@dataclass(frozen=True)
class SheetPhoto(Press, code="erp"):
    """The photo of a sheet, with the names on it; the journal keeps who looked."""

    petition: int
    sheet: int


@dataclass(frozen=True)
class AnotherPerson(Press, code="ern"):
    """A line that repeats a name is another person of that name."""

    petition: int
    sheet: int
    line: int


@dataclass(frozen=True)
class RemoveSheet(Press, code="erx"):
    """A sheet counts no more."""

    petition: int
    sheet: int


@dataclass(frozen=True)
class OpenFlag(Press, code="ecf"):
    """Many signatures by one link in a short time: what was seen."""

    flag: int


@dataclass(frozen=True)
class SettleFlag(Press, code="ecs"):
    """I have looked at it; nothing is wrong."""

    flag: int


@dataclass(frozen=True)
class Invalidate(Press, code="eci"):
    """Take signatures out of the count by what they have in common; `flag` begins with a flagged link."""

    petition: int
    flag: int | None = None


@dataclass(frozen=True)
class OpenInvalidation(Press, code="ecq"):
    """How far it has come."""

    invalidation: int


@dataclass(frozen=True)
class CancelInvalidation(Press, code="ecc"):
    """Take no more out."""

    invalidation: int


@dataclass(frozen=True)
class UndoInvalidation(Press, code="ecu"):
    """Count again what was taken out."""

    invalidation: int


@dataclass(frozen=True)
class Invalidations(Press, code="ecl"):
    """What was taken out of the count of a petition so far."""

    petition: int


def own_home(turn: Turn) -> Municipality:
    """The municipality that staff work for; Refused(NEEDS_MUNICIPALITY) for somebody who belongs to none yet."""
    if turn.municipality is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return turn.municipality


async def ours(turn: Turn, number: int) -> tuple[Municipality, Petition]:
    """The petition of one's own municipality; Refused(NOT_FOUND) for any other, and for one that was never sent."""
    home = own_home(turn)
    petition = await get_petition(turn.db, home.id, number)
    if is_of_group_only(petition):
        raise Refused(Reason.NOT_FOUND)
    return home, petition


def to_desk(turn: Turn, number: int) -> Button:
    """The way back to everything that staff may do about it."""
    return Button(turn.t("kit-back"), PetitionDesk(number))


def to_queue(turn: Turn, what: str = "") -> Button:
    """The way back to what waits."""
    return Button(turn.t("kit-back"), PetitionQueue(what))
