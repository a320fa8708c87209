"""Which words does the installation speak? Read once in a process, for that takes a second."""

import functools
from pathlib import Path

from talk.words import Words

LOCALES = Path(__file__).parent.parent / "locales"


@functools.cache
def words() -> Words:
    """The words of the installation."""
    return Words(LOCALES)
