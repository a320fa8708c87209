"""What does it cost, and how long does it take, to write to people whose messenger counts and charges for it?

WhatsApp takes letters to somebody for a day after their last message for nothing. Later only templates may be sent;
each costs, and so many people may be begun with within 24 hours."""

from dataclasses import dataclass
from decimal import Decimal

KEPT_BACK = 10  # of the people a day, one in so many is kept for letters that somebody would lose a right without


def open_to_news(people_a_day: int) -> int:
    """With how many of the people a day news may begin: an announcement to a whole town must not use up the day of
    whoever has to hear that the time of their meeting changed."""
    return people_a_day - people_a_day // KEPT_BACK


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the installation is allowed and charged: with how many people it may begin within 24 hours, and what one
    such message costs, where it is known."""

    people_a_day: int
    price: Decimal | None = None
    currency: str = ""  # ISO 4217


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many people of an audience only a template reaches, on how many days, and for how much at most. `days` is
    None when nobody may be begun with at all."""

    people: int
    days: int | None
    cost: Decimal | None
    currency: str


def estimate(people: int, tariff: Tariff, *, begun: int = 0) -> Estimate:
    """What it takes to write to so many people by template, when within the last 24 hours `begun` others were. One
    who presses the button or has written meanwhile costs nothing more, so it is the most it can be."""
    cost = None if tariff.price is None else tariff.price * people
    return Estimate(people, _days(people, open_to_news(tariff.people_a_day), begun), cost, tariff.currency)


def _days(people: int, a_day: int, begun: int) -> int | None:
    """Today counts: whoever fits into what is left of it is written to at once."""
    if people == 0:
        return 0
    if a_day <= 0:
        return None
    left = max(a_day - begun, 0)
    return 1 if people <= left else 1 + -(-(people - left) // a_day)
