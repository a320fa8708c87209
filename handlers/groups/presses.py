"""What do the buttons about groups mean?"""

from dataclasses import dataclass

from civic.cards import CardKind
from civic.people import Right, may
from storage.municipalities import Municipality
from talk.press import Press
from talk.screen import Button
from talk.turn import Turn


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


@dataclass(frozen=True)
class PlaceCards(Press, code="qc"):
    """The cards with live counters that stand in a channel or group."""

    place: int


@dataclass(frozen=True)
class ChooseCard(Press, code="qcn"):
    """What could be put there: petitions that gather signatures, proposals that are not decided."""

    place: int
    page: int = 0


@dataclass(frozen=True)
class PlacesForCard(Press, code="qcg"):
    """In which channel or group it could stand."""

    kind: CardKind
    number: int


@dataclass(frozen=True)
class LookAtCard(Press, code="qcl"):
    """How it would stand there."""

    place: int
    kind: CardKind
    number: int


@dataclass(frozen=True)
class PutCard(Press, code="qcp"):
    """Put it there."""

    place: int
    kind: CardKind
    number: int


@dataclass(frozen=True)
class OpenCard(Press, code="qco"):
    """One card as it stands there."""

    card: int


@dataclass(frozen=True)
class TakeCardDown(Press, code="qcd"):
    """Take it away."""

    card: int


@dataclass(frozen=True)
class PutCardBack(Press, code="qcb"):
    """Undo: put the same there again."""

    card: int


def to_groups(turn: Turn, home: Municipality, kind: CardKind, number: int) -> Button | None:
    """The way on for staff who want it before the whole village, from where it is passed on."""
    if not may(turn.roles, Right.PUBLISH) or turn.person.municipality_id != home.id:
        return None
    return Button(f"📌 {turn.t('groups-card-new')}", PlacesForCard(kind, number))
