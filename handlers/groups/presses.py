"""What do the buttons about groups mean?"""

from dataclasses import dataclass

from talk.press import Press


@dataclass(frozen=True)
class OpenRequest(Press, code="q"):
    """My request to link a group: whose it is, and what became of it. `home` is another municipality than my own; 0
    lets me choose one."""

    request: int
    home: int | None = None


@dataclass(frozen=True)
class GreetGroup(Press, code="qb"):
    """What the bot says in a group that it was just added to, by somebody it cannot write to."""

    request: int


@dataclass(frozen=True)
class NameVillage(Press, code="qv"):
    """It is that village's group; without one, the whole municipality's."""

    request: int
    home: int
    village: int | None = None


@dataclass(frozen=True)
class GroupRequests(Press, code="ql"):
    """The groups that wait for staff to link them."""

    page: int = 0


@dataclass(frozen=True)
class LookAtRequest(Press, code="qr"):
    """One group that waits: who asks, for which village."""

    request: int


@dataclass(frozen=True)
class ApproveRequest(Press, code="qa"):
    """Link it."""

    request: int


@dataclass(frozen=True)
class DeclineRequest(Press, code="qd"):
    """Do not link it."""

    request: int


@dataclass(frozen=True)
class WhoseIsPlace(Press, code="qp"):
    """Choose whose a linked channel or group is."""

    place: int


@dataclass(frozen=True)
class SetPlaceVillage(Press, code="qs"):
    """It is that village's; without one, the whole municipality's."""

    place: int
    village: int | None = None
