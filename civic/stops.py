"""What can staff stop for everybody, in a hurry?"""

from enum import StrEnum


class Stoppable(StrEnum):
    """What can be stopped: signing petitions, beginning them, making proposals."""

    SIGNING = "signing"
    PETITIONS = "petitions"
    PROPOSALS = "proposals"
