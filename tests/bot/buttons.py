"""Which buttons can be pressed? Every kind of press with samples of what rides on it."""

from dataclasses import MISSING, fields

from talk.press import Press

# A press with every field given, for each that cannot be pressed with its defaults. A new press without a line here
# fails the test below.
FULL = {
    "i": ["i:3", "i:24", "i:9999"],
    "if": ["if:3", "if:3", "if:9999"],
    "iu": ["iu:3", "iu:3", "iu:9999"],
    "ish": ["ish:3", "ish:9999"],
    "iq": ["iq:жол:", "iq:zzzz:"],
    "pf": [f"pf:{form}" for form in ("meetings", "hearings", "norms", "deputies")],
    "mls": ["mls:ru:is%3A", "mls:en:", "mls:ky:m", "mls:xx:"],
    "mns": ["mns:daily", "mns:never"],
}
MORE = {"il": ["il:water:0:", "il::3:", "il:nothing::"], "is": ["is:1", "is:9"], "iw": ["iw:99"], "hi": ["hi:if%3A3"]}
LAST = "mfy"  # forgetting is the end of everything else


def ways_of(kind: type[Press]) -> list[str]:
    """The presses of a kind that the test tries."""
    bare = [kind.code] if all(f.default is not MISSING for f in fields(kind)) else []  # type: ignore[arg-type]
    return bare + FULL.get(kind.code, []) + MORE.get(kind.code, [])
