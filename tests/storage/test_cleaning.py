"""Of a file only what is seen is kept: no place, no author, no macros, nothing that explodes."""

import io
import struct
import subprocess
import sys
import time
import zipfile
import zlib

import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from civic.files import LARGEST, FileKind
from storage.cleaning import cleaned, name_of
from storage.cleaning.papers import MOST_UNPACKED
from tests import attachments
from tests.attachments import AUTHOR

SECRETS = (AUTHOR.encode(), AUTHOR.encode("utf-16-be"), b"GPS", b"42,52", b"Phone X", b"Asanov", b"Exif", b"xmpmeta")


def kept(content: bytes, name: str = "a.bin") -> bytes:
    """What is kept of it; it must be accepted."""
    found = cleaned(content, name)
    assert found is not None
    return found.content


def opened(content: bytes, name: str = "a.bin") -> Image.Image:
    """The picture that is kept, read back."""
    image = Image.open(io.BytesIO(kept(content, name)))
    image.load()
    return image


def secrets_in(content: bytes) -> list[bytes]:
    """What must not be there, but is."""
    return [secret for secret in SECRETS if secret in content]


# --- pictures ---


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_everything_but_what_is_seen(form: str) -> None:
    taken = attachments.photo(form=form)
    assert secrets_in(taken)  # there was something to lose
    found = cleaned(taken, "IMG_2026.HEIC")
    assert found is not None
    assert (found.kind, found.name) == (FileKind.PICTURE, "IMG_2026.jpg")
    assert secrets_in(found.content) == []
    with Image.open(io.BytesIO(found.content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (80, 60), {})
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_drawing_with_something_transparent_stays_a_drawing() -> None:
    about, out = PngInfo(), io.BytesIO()
    about.add_text("Author", AUTHOR)
    attachments.drawing(40, 40, mode="RGBA").save(out, "PNG", pnginfo=about, exif=attachments.camera(), dpi=(72, 72))
    image = opened(out.getvalue())
    assert (image.format, image.mode, image.info) == ("PNG", "RGBA", {})
    assert image.getpixel((39, 0)) == (0, 0, 0, 0)
    assert secrets_in(kept(out.getvalue())) == []


def test_a_large_transparent_picture_is_laid_on_white(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.cleaning.pictures.MOST_OF_A_DRAWING", 100)
    out = io.BytesIO()
    attachments.drawing(400, 400, mode="RGBA").save(out, "PNG")
    image = opened(out.getvalue())
    assert (image.format, image.getpixel((399, 0))) == ("JPEG", (255, 255, 255))


@pytest.mark.parametrize(("orientation", "corner"), [(1, (5, 5)), (3, (55, 35)), (6, (35, 5)), (8, (5, 55))])
def test_a_photo_stands_upright(orientation: int, corner: tuple[int, int]) -> None:
    """The corner that was the upper left one of the chip is where the phone's way of lying puts it."""
    image = opened(attachments.photo(60, 40, orientation=orientation)).convert("RGB")
    assert image.size == ((60, 40) if orientation in (1, 3) else (40, 60))
    red, green, blue = image.getpixel(corner)  # type: ignore[misc]
    assert (green > 200, red > 110, blue > 110) == (True, True, True)  # light green


@pytest.mark.parametrize(("size", "expected"), [((3_200, 800), (1_600, 400)), ((1_000, 4_000), (400, 1_600))])
def test_a_large_photo_becomes_as_large_as_a_phone_shows(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert opened(attachments.photo(*size)).size == expected


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_stays(form: str) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    image = opened(out.getvalue()).convert("RGB")
    assert getattr(image, "n_frames", 1) == 1
    red, _, blue = image.getpixel((10, 10))  # type: ignore[misc]
    assert (red > 200, blue < 60) == (True, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_pictures_of_every_make_are_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(out.getvalue()).size == (30, 20)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8_000, 8_000), (20_000, 5_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused(size: tuple[int, int]) -> None:
    assert cleaned(bomb(*size), "a.png") is None


CHILD = """
import resource, sys
from storage.cleaning import cleaned
sent = sys.stdin.buffer.read()
cleaned(sent[:10], "a.png")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = cleaned(sent, "a.png")
print(found is not None, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    ("form", "mode", "size", "how", "accepted"),
    [
        ("PNG", "RGBA", (4_032, 3_024), {}, True),
        ("PNG", "LA", (4_032, 3_024), {}, True),
        ("WEBP", "RGBA", (2_800, 2_800), {}, True),
        ("JPEG", "RGB", (4_032, 3_024), {"progressive": True, "subsampling": 0}, True),
        ("JPEG", "RGB", (31_000, 1_600), {}, True),
        ("PNG", "RGBA", (7_071, 7_070), {}, False),
        ("JPEG", "RGB", (7_071, 7_070), {"progressive": True}, False),
    ],
)
def test_a_small_file_that_unfolds_to_very_much_takes_no_memory(
    form: str, mode: str, size: tuple[int, int], how: dict[str, bool | int], accepted: bool
) -> None:
    """A process of its own is measured: what the bot's machine has to have free for one picture."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **how)
    assert len(out.getvalue()) < LARGEST // 10
    child = subprocess.run([sys.executable, "-c", CHILD], input=out.getvalue(), capture_output=True, check=True)
    kept_it, grew = child.stdout.split()
    assert kept_it == str(accepted).encode()
    assert int(grew) < (200 if accepted else 5), f"{grew!r} MB"


def test_a_broken_picture_is_refused_and_broken_words_of_the_camera_are_not() -> None:
    whole = attachments.photo(400, 300)
    assert cleaned(whole[: len(whole) // 2], "a.jpg") is None
    place = whole.index(b"Exif\0\0") + 6
    assert opened(whole[:place] + b"\xff" * 40 + whole[place + 40 :]).size == (400, 300)


# --- papers ---


def test_a_document_loses_its_author_and_the_place_of_its_photo() -> None:
    found = cleaned(attachments.docx(), "../../Токтом.docx")
    assert found is not None
    assert (found.kind, found.name) == (FileKind.PAPER, "Токтом.docx")
    with zipfile.ZipFile(io.BytesIO(found.content)) as packed:
        assert "word/document.xml" in packed.namelist()
        assert packed.read("word/document.xml").decode() == "<w>Токтом</w>"
        for name in packed.namelist():
            assert secrets_in(packed.read(name)) == [], name
        with Image.open(packed.open("word/media/image1.jpeg")) as image:
            image.load()
            assert (image.size, dict(image.getexif())) == ((80, 60), {})
        assert {part.date_time[0] for part in packed.infolist()} == {1980}


def test_a_spreadsheet_loses_its_author_and_still_opens() -> None:
    content = kept(attachments.xlsx(), "issues.xlsx")
    book = load_workbook(io.BytesIO(content))
    assert book.active is not None
    assert book.active["A1"].value == "суу"
    assert AUTHOR not in (book.properties.creator, book.properties.lastModifiedBy)
    assert content == kept(content, "again.xlsx")  # cleaned twice it is the same


def test_a_pdf_loses_its_author_and_the_place_of_its_photo_and_still_opens() -> None:
    made = attachments.pdf(with_photo=True)
    made = made.replace(
        b"startxref", b"<?xpacket begin='' id='W5'?><x:xmpmeta>Asanov</x:xmpmeta><?xpacket end='w'?>startxref"
    )
    content = kept(made, "токтом.pdf")
    assert len(content) == len(made)
    assert secrets_in(content) == []
    with pypdfium2.PdfDocument(content) as paper:
        assert len(paper) == 1
        assert paper.get_metadata_dict()["Author"].strip() == ""


def test_a_signed_pdf_stays_as_it_was_signed() -> None:
    signed = attachments.pdf().replace(b"startxref", b"/ByteRange [0 1 2 3]\nstartxref")
    assert kept(signed, "a.pdf") == signed


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        ("аты;саны\nсуу;3".encode(), "a.csv", "аты;саны\nсуу;3".encode()),
        ("аты;саны".encode("cp1251"), "a.csv", "аты;саны".encode("utf-8-sig")),
        ("аты\tсаны".encode("utf-16"), "A.TXT", "аты\tсаны".encode("utf-8-sig")),
    ],
)
def test_plain_text_is_kept_in_utf_8(content: bytes, name: str, expected: bytes) -> None:
    assert kept(content, name) == expected


def packed(*parts: tuple[str, bytes]) -> bytes:
    """A zip of these parts; some of the names may come twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
        for name, inside in parts:
            anew.writestr(zipfile.ZipInfo(name), inside, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def torn() -> bytes:
    """A document with a byte in one of its parts that does not belong there."""
    whole = bytearray(attachments.docx())
    whole[whole.index(b"word/document.xml") + 25] ^= 0xFF
    return bytes(whole)


KINDS, MAIN = ("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")


def locked() -> bytes:
    """A document whose parts say that they are encrypted."""
    whole = bytearray(packed(KINDS, MAIN))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := whole.find(mark, place + 1)) >= 0:
            whole[place + offset] |= 1
    return bytes(whole)


def unseen(inside: bytes, *, packed_as: bytes = b"") -> bytes:
    """A PDF with one object that is packed with others."""
    stream = packed_as or zlib.compress(b"1 0 " + inside)
    about = b"5 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >> stream\n"
    return b"%PDF-1.5\n" + about + stream + b"\nendstream endobj\nstartxref\n0\n%%EOF"


def relations(kind: str) -> tuple[str, bytes]:
    """The part of a document that says what belongs to it: one thing elsewhere."""
    of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="r1" TargetMode="External" Type="{of}/{kind}" Target="http://elsewhere.example/x"/>'
    return "word/_rels/document.xml.rels", f"<Relationships>{one}</Relationships>".encode()


def test_links_of_a_document_and_packed_objects_of_a_pdf_are_kept() -> None:
    assert cleaned(packed(KINDS, MAIN, relations("hyperlink")), "a.docx") is not None
    assert cleaned(unseen(b"<< /Type /Catalog >>"), "a.pdf") is not None


REFUSED = {
    "nothing": (b"", "a.pdf"),
    "too big": (b"%PDF-1.7 startxref" + bytes(LARGEST), "a.pdf"),
    "a program named as a paper": (b"MZ\x90\0" + bytes(100), "a.pdf"),
    "a program named as a table": (b"MZ\x90\0" + bytes(100), "a.csv"),
    "a program named as a photo": (b"\x7fELF" + bytes(100), "a.jpg"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc"),
    "a page": (b"<html><script>alert(1)</script>", "a.html"),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "a.svg"),
    "only spaces": (b" \n\n ", "a.csv"),
    "a pdf cut off": (attachments.pdf()[:200], "a.pdf"),
    "a pdf that runs something": (
        attachments.pdf().replace(b"/Author", b"/S/JavaScript/JS (app.alert(1))/Author"),
        "a.pdf",
    ),
    "a pdf that starts something": (attachments.pdf().replace(b"/Author", b"/S /Launch /Author"), "a.pdf"),
    "a pdf that runs something out of sight": (unseen(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf"),
    "a pdf that starts something under another spelling": (unseen(b"<< /S /La#75nch >>"), "a.pdf"),
    "a pdf whose objects cannot be looked at": (unseen(b"", packed_as=b"?" * 40), "a.pdf"),
    "a template from elsewhere": (packed(KINDS, MAIN, relations("attachedTemplate")), "a.docx"),
    "a picture from elsewhere": (packed(KINDS, MAIN, relations("image")), "a.docx"),
    "relations that cannot be read": (packed(KINDS, MAIN, ("word/_rels/a.rels", b"<Rel")), "a.docx"),
    "an object of an old office": (packed(KINDS, MAIN, ("word/embeddings/oleObject1.bin", b"\xd0\xcf")), "a.docx"),
    "any zip": (packed(("a.txt", b"a")), "a.docx"),
    "a broken zip": (attachments.docx()[:300], "a.docx"),
    "a torn part": (torn(), "a.docx"),
    "a locked document": (locked(), "a.docx"),
    "macros": (packed(KINDS, MAIN, ("word/vbaProject.bin", b"x")), "a.docx"),
    "a template with macros": (
        packed(("[Content_Types].xml", b'<T t="application/vnd.ms-word.document.macroEnabled.main+xml"/>'), MAIN),
        "a.docx",
    ),
    "a part outside": (packed(KINDS, MAIN, ("../../etc/cron.d/x", b"x")), "a.docx"),
    "two parts of a name": (packed(KINDS, MAIN, ("Word/document.xml", b"x")), "a.docx"),
    "laughs": (packed(KINDS, ("word/document.xml", b'<!DOCTYPE l [<!ENTITY a "b">]><w/>')), "a.docx"),
    "a zip bomb": (packed(KINDS, MAIN, *((f"word/{n}.xml", bytes(MOST_UNPACKED // 4)) for n in range(4))), "a.docx"),
    "very many parts": (packed(KINDS, MAIN, *((f"word/{n}.xml", b"") for n in range(2_000))), "a.docx"),
}


BEGINS = b"%PDF-1.7 startxref "


@pytest.mark.parametrize(
    "content",
    [
        BEGINS + b"<?xpacket begin=?>" * 400_000,
        BEGINS + b"\xff\xd8" + b"\xff\xe0\x00\x04\xff\xd8" * 800_000,
        BEGINS + b"/Author (" * 800_000,
        BEGINS + b"/Author <" * 800_000,
    ],
    ids=["packets", "pictures within pictures", "makers", "makers in hex"],
)
def test_marks_that_are_strewn_through_a_file_cost_no_more_than_its_size(content: bytes) -> None:
    """Some megabytes in a few seconds; looking again from every mark would take hours and stop everybody."""
    began = time.process_time()
    assert cleaned(content, "a.pdf") is not None
    assert time.process_time() - began < 15


@pytest.mark.parametrize("why", REFUSED)
def test_it_is_not_accepted(why: str) -> None:
    assert cleaned(*REFUSED[why]) is None


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_not_accepted() -> None:
    assert cleaned(packed(KINDS, MAIN, MAIN), "a.docx") is None


# --- names ---


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Токтом №5.PDF", "Токтом №5.pdf"),
        ("C:\\Users\\Асан\\план.pdf", "план.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "file.pdf"),
        ("a.pdf.exe", "a.pdf.pdf"),
        ("план\u202efdp.exe", "планfdp.pdf"),
        ("эки\nсап.pdf", "эки сап.pdf"),
        ("№ 1.2 план", "№ 1.2 план.pdf"),
        ("ы" * 300 + ".pdf", "ы" * 116 + ".pdf"),
    ],
)
def test_a_name_is_one_line_without_folders(name: str, expected: str) -> None:
    assert name_of(name, "pdf") == expected
