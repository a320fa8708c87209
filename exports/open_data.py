"""How can others use the list: as JSON for programs, as CSV for tables?"""

import csv
import io
import json
import re
from datetime import date

from exports.listing import LANGUAGES, Listing, Where

SCHEMA = 1  # grows when something in the files gets another meaning
# where a cell may begin for an office that does not know of our commas, and what is calculated there
_SUMS = re.compile(r"(?:(?<=[;\n])|^)(?=[ \t\r\"]*[=+\-@])")
PHONE = re.compile(r"\+?[0-9 ()\u00a0-]{3,25}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def as_json(listing: Listing, where: Where) -> bytes:
    """The whole list in three languages with stable codes; days are written as 2026-05-04."""
    home = listing.home
    data = {
        "schema_version": SCHEMA,
        "as_of": _iso(listing.as_of),
        "page": where.address or None,
        "bot": f"https://t.me/{where.bot}" if where.bot else None,
        "languages": list(LANGUAGES),
        "municipality": {
            "key": home.key,
            "kind": home.kind,
            "name": home.name,
            "district": home.district,
            "contacts": home.contacts,
        },
        "themes": [{"code": code, "label": label} for code, label in listing.themes.items()],
        "issues": [
            {
                "number": number,
                "id": entry.id,
                "code": entry.code,
                "origin": "charter" if entry.own else "law",
                "theme": entry.theme,
                "label": entry.label,
                "text": entry.text,
                "law": {
                    "short": entry.law,
                    "reference": entry.reference,
                    "checked_on": _iso(entry.law_checked_on),
                },
                "responsible": {"name": entry.responsible, "post": entry.post, "phone": entry.phone},
                "doing": entry.doing,
                "renewed_on": _iso(entry.renewed_on),
                "renew_until": _iso(entry.renew_until),
                "state": str(entry.state),
                "bot": where.in_bot(entry) or None,
            }
            for number, entry in listing.numbered()
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(listing: Listing) -> bytes:
    """RFC 4180 with a mark of its encoding, which spreadsheets need to read Cyrillic."""
    written = io.StringIO()
    writer = csv.writer(written)
    three = [f"{part}_{language}" for part in ("label", "text", "law", "post", "doing") for language in LANGUAGES]
    first = ["schema_version", "as_of", "municipality", "number", "id", "code", "origin", "theme"]
    last = ["law_checked_on", "responsible", "phone", "renewed_on", "renew_until", "state"]
    writer.writerow([*first, *three, *last])
    for number, entry in listing.numbered():
        parts = (entry.label, entry.text, entry.law, entry.post, entry.doing)
        row = [SCHEMA, _iso(listing.as_of), listing.home.key, number, entry.id, entry.code]
        row += ["charter" if entry.own else "law", entry.theme]
        row += [part.get(language, "") for part in parts for language in LANGUAGES]
        row += [_iso(entry.law_checked_on), entry.responsible, entry.phone]
        row += [_iso(entry.renewed_on), _iso(entry.renew_until), str(entry.state)]
        writer.writerow(_as_text(cell) for cell in row)
    return ("\ufeff" + written.getvalue()).encode()


def _as_text(cell: object) -> object:
    """The cell so that no spreadsheet takes it, or a line of it, for a formula, also where an office parts the table by
    semicolons; a plain phone number stays as it is."""
    return _SUMS.sub("'", cell) if isinstance(cell, str) and not PHONE.fullmatch(cell) else cell
