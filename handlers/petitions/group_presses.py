"""What do the buttons of initiative groups mean, and who may press them?"""

from dataclasses import dataclass

from civic.petitions import is_member
from civic.refusals import Reason, Refused
from handlers.petitions.cards import read
from storage.municipalities import Municipality
from storage.petitions import Member, Petition
from talk.press import Press
from talk.turn import Turn


@dataclass(frozen=True)
class GroupInvitation(Press, code="egi"):
    """Into which group a link invites."""

    word: str


@dataclass(frozen=True)
class JoinGroup(Press, code="ega"):
    """Accept; `adult` says that one is of the age that the kind of petition wants."""

    word: str
    adult: bool = False


@dataclass(frozen=True)
class DeclineGroup(Press, code="egd"):
    """Say no to the invitation."""

    word: str


@dataclass(frozen=True)
class InviteMembers(Press, code="egl"):
    """The group's link and an invitation to pass on."""

    petition: int


@dataclass(frozen=True)
class NewGroupLink(Press, code="egn"):
    """Another link; the old one is worth nothing."""

    petition: int


@dataclass(frozen=True)
class GroupMembers(Press, code="egw"):
    """The members, for the co-ordinator to choose one."""

    petition: int


@dataclass(frozen=True)
class GroupMember(Press, code="egm"):
    """What the co-ordinator can do about a member."""

    petition: int
    member: int


@dataclass(frozen=True)
class RemoveMember(Press, code="egr"):
    """Ask before a member is taken out; `replace` invites somebody else afterwards."""

    petition: int
    member: int
    replace: bool = False


@dataclass(frozen=True)
class RemoveMemberNow(Press, code="egx"):
    """Take the member out."""

    petition: int
    member: int
    replace: bool = False


@dataclass(frozen=True)
class HandLead(Press, code="egc"):
    """Hand the lead over to that member."""

    petition: int
    member: int


@dataclass(frozen=True)
class TakeLead(Press, code="egv"):
    """What follows when one leads instead of a co-ordinator who is gone."""

    petition: int


@dataclass(frozen=True)
class TakeLeadNow(Press, code="egz"):
    """Lead from now on."""

    petition: int


@dataclass(frozen=True)
class LeaveGroup(Press, code="egq"):
    """Ask before one leaves the group."""

    petition: int


@dataclass(frozen=True)
class LeaveGroupNow(Press, code="egy"):
    """Leave the group."""

    petition: int


@dataclass(frozen=True)
class SendPetition(Press, code="ea"):
    """What follows when the petition is sent in."""

    petition: int


@dataclass(frozen=True)
class SendPetitionNow(Press, code="ean"):
    """Send it in."""

    petition: int


@dataclass(frozen=True)
class WithdrawPetition(Press, code="eaw"):
    """Take the whole petition back, with a reason."""

    petition: int


@dataclass(frozen=True)
class AppealPetition(Press, code="eaa"):
    """Ask for a second look at a rejection."""

    petition: int


@dataclass(frozen=True)
class WriteNews(Press, code="eas"):
    """Write to everybody who signed or follows."""

    petition: int


@dataclass(frozen=True)
class HandOver(Press, code="eah"):
    """What follows when the signatures are handed over."""

    petition: int


@dataclass(frozen=True)
class HandOverNow(Press, code="eao"):
    """Hand them over."""

    petition: int


@dataclass(frozen=True)
class Printing(Press, code="et"):
    """What can be printed: poster and sheet."""

    petition: int


@dataclass(frozen=True)
class PrintPoster(Press, code="etp"):
    """The poster as a file to print, in that language."""

    petition: int
    language: str = "ky"


@dataclass(frozen=True)
class PrintSheet(Press, code="ets"):
    """The sheet for signatures on paper."""

    petition: int


async def of_own_group(turn: Turn, number: int) -> tuple[Municipality, Petition, Member]:
    """The petition for a member of its group. Refused: NOT_FOUND, GROUP_ONLY."""
    home, petition, _, member, _ = await read(turn, number)
    if member is None or not is_member(member):
        raise Refused(Reason.GROUP_ONLY)
    return home, petition, member


async def as_co_ordinator(turn: Turn, number: int) -> tuple[Municipality, Petition, Member]:
    """The petition for whoever leads its group. Refused: NOT_FOUND, GROUP_ONLY."""
    home, petition, member = await of_own_group(turn, number)
    if not member.leads:
        raise Refused(Reason.GROUP_ONLY)
    return home, petition, member
