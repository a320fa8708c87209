"""How is a paper kept? A PDF, a document or spreadsheet without macros, or plain text, without its maker's data."""

import io
import re
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # it has no types

MOST_PARTS = 2_000  # of a document
MOST_UNPACKED = 64 * 1024 * 1024  # bytes: what unpacks to more is a bomb
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a part's date; the earliest that a zip can hold

_JPEG = re.compile(rb"\xff\xd8(?=\xff[\xe0-\xef\xdb\xfe])")
# what stands before the pixels and is none of them: EXIF (with the place), XMP, IPTC, previews, comments
_ASIDE = {0xFE, *range(0xE0, 0xF0)} - {0xE0, 0xE2, 0xEE}  # these three say how the colours are meant
_XMP_BEGINS, _XMP_ENDS = b"<?xpacket begin=", b"<?xpacket end="
_MADE_BY = re.compile(rb"(/(?:Author|Creator|Producer|Company)\s{0,3}\()((?:\\.|[^\\()]){0,400})(\))", re.DOTALL)
_MADE_BY_IN_HEX = re.compile(rb"(/(?:Author|Creator|Producer|Company)\s{0,3}<)([0-9A-Fa-f\s]{0,1600})(>)")
_RUNS = re.compile(rb"/(?:JavaScript|Launch)\b")
_HEX_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter in a PDF name may be written so
_STREAM = re.compile(rb"\bstream\r?\n")
_ABOUT = 1_000  # bytes before a stream in which it is said what it is
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

_OFFICE = "http://schemas.openxmlformats.org"
_EMPTY = {
    "core": f'<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"/>',
    "app": f'<Properties xmlns="{_OFFICE}/officeDocument/2006/extended-properties"/>',
    "custom": f'<Properties xmlns="{_OFFICE}/officeDocument/2006/custom-properties"/>',
}


def cleaned_paper(content: bytes, ending: str) -> tuple[str, bytes] | None:
    """The paper as «pdf», «docx», «xlsx», «csv» or «txt»; None when it is none of these, is broken or is dangerous.
    The ending of its name counts for plain text only, which has no other mark."""
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        try:
            return _office(content)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
            return None  # broken, or locked with a password
    return _text(content, ending) if ending in ("csv", "txt") else None


def _pdf(content: bytes) -> tuple[str, bytes] | None:
    plain = _HEX_LETTER.sub(_letter, content)
    if b"startxref" not in content or _RUNS.search(plain) or (b"ObjStm" in plain and _runs_inside(content)):
        return None
    # a signature covers every byte; whoever signed a paper wants to be known as its maker
    return "pdf", content if b"/ByteRange" in content else _without_its_maker(content)


def _runs_inside(content: bytes) -> bool:
    """Whether one of the objects that are packed together runs something, or cannot be looked at: what is locked,
    packed twice or very large."""
    left = MOST_UNPACKED
    for begin in _STREAM.finditer(content):
        about = _HEX_LETTER.sub(_letter, content[max(0, begin.start() - _ABOUT) : begin.start()])
        if b"ObjStm" not in about.rpartition(b"obj")[2]:
            continue
        unpacking = zlib.decompressobj()
        try:
            inside = unpacking.decompress(content[begin.end() :], left)
        except zlib.error:
            return True
        left -= len(inside)
        if not unpacking.eof or left <= 0 or _RUNS.search(_HEX_LETTER.sub(_letter, inside)):
            return True
    return False


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _without_its_maker(content: bytes) -> bytes:
    """What stands in plain sight is overwritten at its own length: the places in a PDF must not move."""
    content = _without_packets(content)
    content = _MADE_BY.sub(lambda found: found[1] + b" " * len(found[2]) + found[3], content)
    content = _MADE_BY_IN_HEX.sub(lambda found: found[1] + b" " * len(found[2]) + found[3], content)
    return _without_places(content)


def _without_packets(content: bytes) -> bytes:
    """What is said about the paper inside its XMP packets is overwritten. Each byte is looked at once or twice, however
    the marks are strewn: a pattern would look at all that follows from every one of them."""
    clean = bytearray(content)
    begins = content.find(_XMP_BEGINS)
    while begins >= 0:
        ends = content.find(_XMP_ENDS, begins)
        if ends < 0:
            break
        inside = content.find(b"?>", begins, ends) + 2
        if inside > 1:
            clean[inside:ends] = b" " * (ends - inside)
        begins = content.find(_XMP_BEGINS, ends)
    return bytes(clean)


def _without_places(content: bytes) -> bytes:
    """The photos inside keep their pixels and lose what their camera wrote beside them."""
    clean = bytearray(content)
    place = 0
    for begin in _JPEG.finditer(content):
        if begin.start() < place:
            continue  # inside what was walked over already: a preview, or a trap of marks within marks
        place = begin.end()
        while content[place : place + 1] == b"\xff" and content[place + 1 : place + 2] not in (b"\xda", b"\xd9", b""):
            length = int.from_bytes(content[place + 2 : place + 4], "big")
            end = place + 2 + length
            if length < 2 or end > len(content):
                break
            if content[place + 1] in _ASIDE:
                clean[place + 4 : end] = bytes(length - 2)
            place = end
    return bytes(clean)


def _office(content: bytes) -> tuple[str, bytes] | None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [part for part in packed.infolist() if not part.is_dir()]
        names = [part.filename for part in parts]
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            return None
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
            return None  # packed in a way that no office does
        if len({name.lower() for name in names}) < len(names) or not all(map(_may_be_part, names)):
            return None
        kind = next((k for k, main in _MAIN.items() if {"[Content_Types].xml", main} <= set(names)), None)
        if kind is None or b"macroenabled" in packed.read("[Content_Types].xml").lower():
            return None
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
            for part in parts:
                inside = _about_its_maker(part.filename) or _without_places(packed.read(part))
                if part.filename.endswith((".xml", ".rels")) and _ENTITY.search(inside):
                    return None  # no office writes them; they are there to explode
                if part.filename.endswith(".rels") and _fetches(inside):
                    return None
                anew.writestr(zipfile.ZipInfo(part.filename, _LONG_AGO), inside, zipfile.ZIP_DEFLATED)
    return kind, out.getvalue()


def _fetches(relations: bytes) -> bool:
    """Whether the document fetches something from elsewhere when it is opened, a template or a picture; a link that a
    reader may follow is none. ValueError where it cannot be read."""
    try:
        found = fromstring(relations)
    except ParseError as broken:
        raise ValueError from broken
    outside = [each for each in found if each.get("TargetMode", "").lower() == "external"]
    return any(not each.get("Type", "").endswith("/hyperlink") for each in outside)


def _about_its_maker(name: str) -> bytes:
    """What stands in place of a part that tells who made the document; nothing for any other part."""
    about = re.fullmatch(r"docProps/(core|app|custom)\.xml", name)
    kind = about[1] if about is not None else "core" if name.endswith(".psmdcp") else ""
    return _EMPTY.get(kind, "").encode()


_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def _may_be_part(name: str) -> bool:
    inside = not name.startswith("/") and ".." not in name.split("/") and "\\" not in name
    small = name.lower()
    object_of_old = "oleobject" in small or ("/embeddings/" in small and not small.endswith(".xlsx"))  # a chart's table
    return inside and "vbaproject" not in small and "activex" not in small and not object_of_old


def _text(content: bytes, ending: str) -> tuple[str, bytes] | None:
    """Plain text in UTF-8; what another office program wrote in UTF-16 or in the Windows way is written anew."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip() or any(c < " " and c not in "\t\r\n" for c in text):
            return None
        return ending, content if encoding == "utf-8" else text.encode("utf-8-sig")
    return None
