"""Is a file safe to open, whatever people wrote into it? A table without formulas, a page without scripts."""

import csv
import io
import json
import re
import unicodedata
import zipfile

import openpyxl
import pypdfium2

from tests.exports.reading import Page

_FORMULA = re.compile(r"[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"\+?[\d\s().-]+")  # a phone calculates nothing


def danger_in(name: str, content: bytes) -> str:
    """What is wrong with the file; empty when nothing is. A kind that nobody has thought of is wrong too."""
    match name.rpartition(".")[2]:
        case "xlsx":
            return _in_sheet(content)
        case "csv":
            parted = csv.reader(
                io.StringIO(content.decode("utf-8-sig")), delimiter=";" if name.endswith(";.csv") else ","
            )
            cells = [cell for row in parted for cell in row]
            odd = [cell for cell in cells if _FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell)]
            return f"formulas {odd}" if odd else ""
        case "json":
            return "" if json.loads(content) else "nothing in it"
        case "html":
            return _in_page(content)
        case "pdf":
            pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
            return "" if pages else "no pages"
        case "txt":
            odd = sorted({char for char in content.decode("utf-8-sig") if _is_control(char) and char not in "\r\n"})
            return f"control characters {odd}" if odd else ""
    return f"who knows what to look for in {name}?"


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or 0x202A <= ord(char) <= 0x202E or 0x2066 <= ord(char) <= 0x2069


def _in_sheet(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        formulas = [name for name in parts.namelist() if re.search(rb"<f[ >]", parts.read(name))]
    if formulas:
        return f"formulas in {formulas}"
    cells = (cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row)
    odd = [cell.value for cell in cells if cell.data_type == "f"]
    return f"formulas {odd}" if odd else ""


def _in_page(content: bytes) -> str:
    page = Page(content)
    if odd := [tag for tag, _ in page.tags if tag in ("script", "img", "iframe", "object", "base")]:
        return f"tags {odd}"
    if odd := [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "src"]:
        return f"attributes {odd}"
    odd = [link for link in page.links if re.match(r"(?i)\s*(javascript|data|vbscript):", link)]
    return f"links {odd}" if odd else ""
