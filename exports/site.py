"""How does the list of issues become a public page, in three languages, with its data beside it? (Typical Plan 2.2)"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from civic.issues import Renewal
from exports.listing import LANGUAGES, Entry, Home, Listing, Where
from exports.open_data import PHONE, as_csv, as_json

DATA = ("issues.json", "issues.csv")  # beside the page, linked at its foot
_TEMPLATES = Path(__file__).with_name("templates")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
Words = Mapping[str, str]  # finished words of one language, by their name in the templates
Files = dict[str, bytes]  # path inside the folder of the page -> what is in the file


def listing_files(listing: Listing, spoken: Mapping[str, Words], where: Where) -> Files:
    """The page of a municipality in every language, and the data of it; `spoken` has the words of each language."""
    files = {"issues.json": as_json(listing, where), "issues.csv": as_csv(listing)}
    numbered = listing.numbered()
    by_law = [row for row in numbered if not row[1].own]
    own = [row for row in numbered if row[1].own]
    themes = [(code, [row for row in by_law if row[1].theme == code]) for code in listing.themes]
    for language, folder in LANGUAGES.items():
        files[f"{folder}index.html"] = _page(
            "list.html",
            language,
            spoken,
            where,
            listing=listing,
            home=listing.home,
            sections=[(code, rows) for code, rows in themes if rows],
            own=own,
            basis=_basis(by_law),
            own_basis=_basis(own),
            references=list(dict.fromkeys(filter(None, (entry.reference[language] for _, entry in numbered)))),
            up=where.link(language, f"../{folder}") if where.neighbours else "",
            data={name: ("../" if folder else "") + name for name in DATA},
        )
    return files


def front_files(homes: Sequence[Home], spoken: Mapping[str, Words], where: Where) -> Files:
    """The list of municipalities in every language; each has a folder of its key."""
    return {
        f"{folder}index.html": _page(
            "homes.html",
            language,
            spoken,
            where,
            homes=[(home, where.link(language, f"{quote(home.key)}/{folder}")) for home in homes],
        )
        for language, folder in LANGUAGES.items()
    }


def receipt_page(
    language: str, spoken: Mapping[str, Words], *, code: str, state: str, facts: Sequence[tuple[str, str]]
) -> bytes:
    """The form that asks for a receipt, below what the last one told; its address is `receipt` in the folder of each
    language."""
    return _page("receipt.html", language, spoken, Where(ending="receipt"), code=code, state=state, facts=facts)


def missing_page(spoken: Mapping[str, Words], way_out: str) -> bytes:
    """What is said in all languages at once where there is no page; `way_out` is the address of the first page."""
    return _environment().get_template("missing.html").render(spoken=spoken, way_out=way_out).encode()


@cache
def style_hash() -> str:
    """The source of the pages' only style, as a Content-Security-Policy names it."""
    style = _environment().get_template("site.css").render()
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def call_links(phones: str) -> list[tuple[str, str]]:
    """Each number of a text with the link that calls it; what is no number has an empty link."""
    found = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;/\n]", phones))):
        digits = re.sub(r"[^+0-9]", "", part)
        found.append((part, f"tel:{digits}" if PHONE.fullmatch(part) and len(digits) > 2 else ""))
    return found


# --- the page ---


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = lambda day: f"{day:%d.%m.%Y}"
    environment.filters["moment"] = lambda moment: f"{moment:%d.%m.%Y %H:%M}"
    environment.filters["sentence"] = _sentence
    environment.filters["calls"] = call_links
    environment.filters["mail"] = lambda text: f"mailto:{text}" if _EMAIL.fullmatch(text) else ""
    return environment


def _sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    return text[:1].upper() + text[1:] + ("" if not text or text[-1] in ".!?…:" else ".")


def _basis(rows: Sequence[tuple[int, Entry]]) -> Entry | None:
    """One of the issues when all rest on the same law with the same mark, so that these stand once; else None."""
    first = rows[0][1] if rows else None
    return first if first and all((e.law, e.mark) == (first.law, first.mark) for _, e in rows) else None


def _page(template: str, language: str, spoken: Mapping[str, Words], where: Where, **more: object) -> bytes:
    page = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            words=spoken[language],
            names={each: words["language"] for each, words in spoken.items()},
            links=where.languages(language),
            addresses={each: where.address + folder for each, folder in LANGUAGES.items()} if where.address else {},
            where=where,
            late=Renewal.OVERDUE,
            **more,
        )
    )
    return page.encode()
