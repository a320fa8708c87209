"""For which reasons may staff turn a text of residents down? A closed catalogue that everybody can read."""

from enum import StrEnum


class Rejection(StrEnum):
    """Why staff may reject a petition or proposal: the published catalogue. Other reasons there are none."""

    OUT_OF_COMPETENCE = "out-of-competence"
    AGAINST_LAW = "against-law"
    INSULTING = "insulting"
    PERSONAL_DATA = "personal-data"
    PRIVATE_MATTER = "private-matter"
    ADVERTISING = "advertising"
    SAME_AS_ANOTHER = "same-as-another"
    NO_DEMAND = "no-demand"


# what nobody should read, not even as a rejected text
HIDES_TEXT = frozenset({Rejection.INSULTING, Rejection.PERSONAL_DATA, Rejection.ADVERTISING})
