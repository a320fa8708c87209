"""What do the buttons mean by which people choose what the bot writes to them?"""

from dataclasses import dataclass

from civic.people import Notify
from civic.subscriptions import Topic
from talk.press import Press


@dataclass(frozen=True)
class Notifications(Press, code="mn"):
    """How often the bot may write by itself, and of what."""


@dataclass(frozen=True)
class NewsHere(Press, code="nh"):
    """The button under a template: what waited may come now."""


@dataclass(frozen=True)
class LettersByWord(Press, code="ny"):
    """Somebody typed «stop» or «start»."""

    on: bool


@dataclass(frozen=True)
class NotifyMe(Press, code="mns"):
    """From now on this often, of everything."""

    how: Notify


@dataclass(frozen=True)
class Topics(Press, code="nt"):
    """Every topic with how often one hears of it."""


@dataclass(frozen=True)
class OpenTopic(Press, code="no"):
    """One topic: what belongs to it and how often one wants it."""

    topic: Topic


@dataclass(frozen=True)
class ChooseTopic(Press, code="nc"):
    """From now on this often of the topic; without a word as often as of everything."""

    topic: Topic
    how: Notify | None = None


@dataclass(frozen=True)
class OtherVillages(Press, code="nv"):
    """The villages whose news one can have beside one's own."""

    page: int = 0


@dataclass(frozen=True)
class TakeVillage(Press, code="nva"):
    """That village's news too."""

    village: int
    page: int = 0


@dataclass(frozen=True)
class LeaveVillage(Press, code="nvx"):
    """That village's news no more."""

    village: int
    page: int = 0


@dataclass(frozen=True)
class Muted(Press, code="nm"):
    """What one wants to hear no more of, each of which can come again."""

    page: int = 0


@dataclass(frozen=True)
class MuteThing(Press, code="nq"):
    """No more of this one petition, proposal or issue."""

    subject: str
    number: int


@dataclass(frozen=True)
class UnmuteThing(Press, code="nu"):
    """It comes again."""

    subject: str
    number: int


@dataclass(frozen=True)
class WhyThis(Press, code="nw"):
    """Why a letter came, and how to stop such ones."""

    letter: int
