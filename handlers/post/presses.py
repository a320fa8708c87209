"""What do the buttons about the timetable and the post mean?"""

from dataclasses import dataclass

from talk.press import Press


@dataclass(frozen=True)
class PostOffice(Press, code="y"):
    """What happens by itself and how the post stands, at a glance."""


@dataclass(frozen=True)
class Timetable(Press, code="yt"):
    """Every job with how it stands."""

    page: int = 0


@dataclass(frozen=True)
class OpenJob(Press, code="yo"):
    """One job: its last run, what it did, when it runs next, what went wrong."""

    job: str


@dataclass(frozen=True)
class WaitingPost(Press, code="yw"):
    """How many letters wait, and for what."""


@dataclass(frozen=True)
class UndeliveredPost(Press, code="yf"):
    """What did not arrive and why, and who is not written to any more."""


@dataclass(frozen=True)
class DoubtfulPost(Press, code="yd"):
    """The letters of which nobody knows whether they went out."""

    page: int = 0


@dataclass(frozen=True)
class OpenDoubtful(Press, code="ydo"):
    """One of them."""

    letter: int


@dataclass(frozen=True)
class SettleDoubtful(Press, code="yds"):
    """What sending one of them (0: all) again means, or leaving it, and the question whether that is wanted."""

    again: bool
    letter: int = 0


@dataclass(frozen=True)
class SettleDoubtfulNow(Press, code="ydx"):
    """Send that one again, or all up to that number; or leave it."""

    again: bool
    letter: int = 0
    until: int = 0
