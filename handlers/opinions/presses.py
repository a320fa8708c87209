"""What do the buttons about quick polls mean?"""

from dataclasses import dataclass

from talk.press import Press


@dataclass(frozen=True)
class Opinions(Press, code="qo"):
    """The quick polls of the municipality, those that are open first."""

    page: int = 0


@dataclass(frozen=True)
class AskOpinion(Press, code="qon"):
    """Ask for an opinion: in that place, or where I choose."""

    place: int | None = None


@dataclass(frozen=True)
class OpenOpinion(Press, code="qoo"):
    """One quick poll: where it stands, until when, what was answered."""

    opinion: int


@dataclass(frozen=True)
class CloseOpinion(Press, code="qoc"):
    """What closing means, and the question."""

    opinion: int


@dataclass(frozen=True)
class CloseOpinionNow(Press, code="qox"):
    """Close it before its time."""

    opinion: int
