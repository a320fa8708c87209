"""Photos and papers for the tests, made anew each time, with everything in them that must not be kept."""

import io
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from openpyxl import Workbook
from PIL import Image, ImageDraw
from PIL.Image import Exif

AUTHOR = "Асанов Бакыт"
PLACE = (42.0, 52.0, 33.0)  # degrees, minutes, seconds in the camera's own way
_READY = Path(__file__).parent / "conversations" / "files"
_GPS, _MODEL, _ORIENTATION = 0x8825, 0x0110, 0x0112
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="42,52.55N"/></x:xmpmeta>'


def camera(orientation: int = 1) -> Exif:
    """What a phone writes into a photo: its model, how it was held, and where it was."""
    exif = Exif()
    exif[_MODEL], exif[_ORIENTATION] = "Phone X", orientation
    exif.get_ifd(_GPS).update({1: "N", 2: PLACE, 3: "E", 4: (74.0, 36.0, 10.0)})
    return exif


def drawing(width: int, height: int, *, mode: str = "RGB") -> Image.Image:
    """A picture whose left half is green and whose upper half is lighter, so that it is seen how it lies."""
    image = Image.new(mode, (width, height), "white" if mode != "RGBA" else (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill="darkgreen")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill="lightgreen")
    return image


def photo(width: int = 80, height: int = 60, *, form: str = "JPEG", orientation: int = 1) -> bytes:
    """A photo as a phone makes it, with the place where it was taken."""
    out = io.BytesIO()
    drawing(width, height).save(out, form, exif=camera(orientation), comment=AUTHOR.encode(), xmp=_XMP)
    return out.getvalue()


def xlsx() -> bytes:
    """A spreadsheet by an author."""
    book, out = Workbook(), io.BytesIO()
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    assert book.active is not None
    book.active["A1"] = "суу"
    book.save(out)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    """A document by an author of a company, with a photo; `more` are further parts, «_» for «/» in their names."""
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dc = "http://purl.org/dc/elements/1.1/"
    parts: dict[str, bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"/>'.encode(),
        "word/document.xml": "<w>Токтом</w>".encode(),
        "word/media/image1.jpeg": photo(),
        "docProps/core.xml": f'<c xmlns="{core}" xmlns:dc="{dc}"><dc:creator>{AUTHOR}</dc:creator></c>'.encode(),
        "docProps/app.xml": f"<P><Company>{AUTHOR}</Company></P>".encode(),
        **{name.replace("_", "/"): inside for name, inside in more.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, inside in parts.items():
            packed.writestr(name, inside)
    return out.getvalue()


def pdf(*, with_photo: bool = False) -> bytes:
    """A page by an author, perhaps with a photo on it."""
    page = FPDF()
    page.set_author(AUTHOR)
    page.set_creator("Asanov's office")
    page.set_creation_date(datetime(2026, 5, 4, tzinfo=UTC))
    page.add_page()
    if with_photo:
        page.image(io.BytesIO(photo()))
    return bytes(page.output())


def voice(seconds: int = 3, *, tags: bytes = b"", spoil: bool = False) -> bytes:
    """A voice note as a messenger records it, whose tags name its maker; `spoil` breaks a checksum."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    told = f"ARTIST={AUTHOR}".encode()
    tags = tags or b"OpusTags" + struct.pack("<I", 5) + b"Phone" + struct.pack("<II", 1, len(told)) + told
    pages = [_ogg(2, 0, 0, head), _ogg(0, 0, 1, tags)]
    for second in range(1, seconds + 1):
        last = second == seconds
        pages.append(_ogg(4 if last else 0, second * 48_000, second + 1, bytes([second % 251]) * 200))
    whole = bytearray(b"".join(pages))
    if spoil:
        whole[-1] ^= 1
    return bytes(whole)


def _ogg(kind: int, granule: int, number: int, content: bytes) -> bytes:
    """A page of an Ogg stream, with the checksum computed bit by bit as RFC 3533 says."""
    laces = bytes([255] * (len(content) // 255) + [len(content) % 255])
    head = struct.pack("<4sBBqII", b"OggS", 0, kind, granule, 7, number)
    body = bytes([len(laces)]) + laces + content
    crc = 0
    for byte in head + bytes(4) + body:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return head + struct.pack("<I", crc) + body


def called(name: str) -> bytes:
    """What is in the file of that name: the one of tests/conversations/files, else a new one of that ending."""
    ready = _READY / name
    if ready.exists():
        return ready.read_bytes()
    another = 100 if name == "second.jpg" else 80  # a photo of another sheet
    makes = {
        "jpg": lambda: photo(another),
        "png": lambda: photo(form="PNG"),
        "pdf": pdf,
        "docx": docx,
        "xlsx": xlsx,
        "ogg": voice,
    }
    return makes[name.rpartition(".")[2]]() if name.rpartition(".")[2] in makes else name.encode()
