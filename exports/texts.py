"""How does data become a text file that opens readably on any phone and old computer?"""

from collections.abc import Iterable, Sequence


def text_file(
    title: str, facts: Iterable[tuple[str, str]], sections: Iterable[tuple[str, Sequence[str]]] = ()
) -> bytes:
    """A UTF-8 text with a mark of its encoding and line ends of the old kind: a title, labelled facts, then lists
    under their headings (an empty one shows a dash)."""
    lines = [title, "", *(f"{label}: {value or '—'}" for label, value in facts)]
    for heading, items in sections:
        lines += ["", heading, *(f"- {item}" for item in items or ("—",))]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
