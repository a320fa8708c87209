"""How do words, lines and QR codes get onto one printed page, with letters of our own inside the file?"""

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

FONTS = Path(__file__).with_name("fonts")
A4 = (210.0, 297.0)  # mm, portrait
POINT = 25.4 / 72  # mm
LEADING = 1.2  # height of a line of text, in its size
CAPITAL = 0.714  # height of a capital letter of Noto Sans, in its size
NOTE = 0.73  # the size of a note beside that of its line
QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
_STYLES = {False: "", True: "B"}
_FILES = {False: "NotoSans-Regular.ttf", True: "NotoSans-Bold.ttf"}
_DROPPED = ("So", "Sk", "Cf", "Cc", "Cs", "Co", "Mn", "Me")  # ornaments and what is not seen by itself
_MISSING = "\ufffd"
_GROUPED = re.compile(r"(?<=\d) (?=\d)")  # the inside of a telephone number or a sum is no place to break a line


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it is set: size in points, indent in mm; `mark` hangs in bold to the left of it, `note`
    follows it in smaller letters."""

    text: str
    size: float
    bold: bool = False
    indent: float = 0.0
    mark: str = ""
    note: str = ""

    @property
    def height(self) -> float:
        """How much of the page it takes from the line before, in mm."""
        return self.size * LEADING * POINT

    @property
    def baseline(self) -> float:
        """How far below its top the letters stand, in mm: capitals are in the middle of their line."""
        return self.size * (LEADING + CAPITAL) / 2 * POINT


class Sheet:
    """A page of A4, or several one after the other. All measures are in mm from the upper left corner, sizes of letters
    in points."""

    def __init__(self, *, language: str, title: str, author: str, day: date, landscape: bool = False) -> None:
        self._pdf = FPDF(orientation="landscape" if landscape else "portrait", unit="mm", format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_creation_date(datetime.combine(day, time(), UTC))  # not the clock: same words, same bytes
        self._pdf.set_lang(language)
        for bold, style in _STYLES.items():
            self._pdf.add_font("Noto Sans", style, FONTS / _FILES[bold])
        face = self._pdf.fonts["noto sans"]
        assert isinstance(face, TTFFont)
        self._known = face.cmap
        self._printable: dict[str, str] = {}  # a page that is fitted reads the same texts hundreds of times
        self._pdf.set_title(self.printable(title))
        self._pdf.set_author(self.printable(author))
        self._pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._pdf.add_page()
        self._widths: dict[tuple[str, bool], float] = {}

    def printable(self, text: str) -> str:
        """The text in one line of letters the typeface has: ornaments such as emoji go, other letters become �."""
        if text not in self._printable:
            spaced = "".join(" " if c.isspace() and c != "\u00a0" else c for c in unicodedata.normalize("NFC", text))
            shown = (
                c if ord(c) in self._known else "" if unicodedata.category(c) in _DROPPED else _MISSING for c in spaced
            )
            self._printable[text] = " ".join(word for word in "".join(shown).split(" ") if word)
        return self._printable[text]

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide the text is."""
        key = (text, bold)
        if key not in self._widths:
            self._pdf.set_font("Noto Sans", _STYLES[bold], 100)
            self._widths[key] = float(self._pdf.get_string_width(text)) / 100
        return self._widths[key] * size

    def wrapped(self, text: str, size: float, width: float, bold: bool = False, most: int = 0) -> list[Line]:
        """The text in lines no wider than that, broken between words, and inside a word only when the word alone is
        wider; with `most` at most so many lines, the last one ending with «…» where something is left out."""
        lines: list[str] = []
        for word in _GROUPED.sub("\u00a0", self.printable(text)).split(" "):
            if lines and self.width(f"{lines[-1]} {word}", size, bold) <= width:
                lines[-1] += f" {word}"
                continue
            while self.width(word, size, bold) > width and len(word) > 1:
                end = next(
                    n for n in range(len(word) - 1, 0, -1) if n == 1 or self.width(word[:n], size, bold) <= width
                )
                lines.append(word[:end])
                word = word[end:]
            if word:
                lines.append(word)
        if most and len(lines) > most:
            lines = lines[:most]
            while lines[-1] and self.width(f"{lines[-1]}…", size, bold) > width:
                lines[-1] = lines[-1].rpartition(" ")[0] if " " in lines[-1] else lines[-1][:-1]
            lines[-1] = lines[-1].rstrip(" .,;:–—-") + "…"
        return [Line(line.replace("\u00a0", " "), size, bold) for line in lines]

    def write(self, x: float, y: float, lines: Sequence[Line]) -> float:
        """Sets the lines under each other from there down; gives where the next would begin."""
        for line in lines:
            baseline, left = y + line.baseline, x + line.indent
            if line.mark:
                hung = self.width(line.mark, line.size, True) + self.gap(line.size)
                self._text(left - hung, baseline, line.mark, line.size, True)
            self._text(left, baseline, line.text, line.size, line.bold)
            if line.note:
                after = self.width(line.text, line.size, line.bold) + self.gap(line.size)
                self._text(left + after, baseline, line.note, line.size * NOTE, False)
            y += line.height
        return y

    def gap(self, size: float) -> float:
        """How far a mark and a note stand from their line."""
        return self.width(" ", size, True) * 1.5

    def _text(self, x: float, baseline: float, text: str, size: float, bold: bool) -> None:
        self._pdf.set_font("Noto Sans", _STYLES[bold], size)
        self._pdf.text(x, baseline, text)

    def rule(self, start: tuple[float, float], end: tuple[float, float], *, thick: float, dash: float = 0.0) -> None:
        """A straight line; dashed when `dash` is more than nothing."""
        self._pdf.set_line_width(thick)
        self._pdf.set_dash_pattern(dash=dash, gap=dash)
        self._pdf.line(*start, *end)

    def code(self, url: str, x: float, y: float, side: float) -> None:
        """A QR code whose dark part fills that square; the white around it (`quiet`) is up to the page."""
        self._pdf.image(_png(url, scale=12, border=0), x=x, y=y, w=side, h=side, alt_text=url)

    def new_page(self) -> None:
        """Another page; what is set from now on stands on it."""
        self._pdf.add_page()

    def done(self) -> bytes:
        """The finished file."""
        return bytes(self._pdf.output())


def quiet(url: str, side: float) -> float:
    """How much white a QR code of that side needs around it. ValueError when the url is too long for one."""
    return QUIET * side / int(_qr(url).symbol_size(border=0)[0])


def _png(url: str, *, scale: int, border: int) -> bytes:
    written = io.BytesIO()
    _qr(url).save(written, kind="png", scale=scale, border=border)
    return written.getvalue()


def _qr(url: str) -> segno.QRCode:
    return segno.make(url, micro=False, error="m")
