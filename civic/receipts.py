"""Which receipt did somebody mean who typed it from a screen or a slip of paper?"""

LENGTH = 10
LETTERS = frozenset("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
# Cyrillic letters that look like these, and the two that receipts never hold because they look like another
_ALIKE = str.maketrans("АВСЕНКМРТХУЅЈІ1I", "ABCEHKMPTXYSJLLL")


def receipt_meant(typed: str) -> str | None:
    """The receipt, in whichever alphabet and size of letters, with spaces and hyphens or without; None for what can
    be none."""
    if len(typed) > 4 * LENGTH:
        return None
    plain = "".join(char for char in typed.upper() if char.isalnum()).translate(_ALIKE)
    return plain if len(plain) == LENGTH and LETTERS.issuperset(plain) else None
