"""How is a picture kept? Drawn anew, small enough for a phone, upright, and with nothing but what is seen."""

import contextlib
import io
import warnings

from PIL import Image, ImageOps
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

LONGEST_SIDE = 1_600  # pixels: all that a phone or an A4 page shows
MOST_PIXELS = 50_000_000  # a larger one is a bomb: a phone's camera makes up to fifty megapixels
MOST_WHOLE = 13_000_000  # of what cannot be read at a part of its size: as many as a phone's camera usually makes
MOST_OF_WEBP = 8_000_000  # its reader keeps several copies
MOST_OF_A_DRAWING = 1024 * 1024  # bytes of a PNG; a larger one becomes a JPEG on white
FORMATS = [kind.format for kind in (JpegImageFile, PngImageFile, WebPImageFile, GifImageFile)]  # no other is tried

# over the limit pillow only warns, and refuses over twice that; here a bomb is always an error
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def cleaned_picture(content: bytes) -> tuple[str, bytes] | None:
    """The picture as «jpg», or as «png» where it is a small drawing with something transparent; None when it is no
    picture, a broken one, or a bomb. Of several frames the first."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > _most(picture):
                return None
            return _drawn_anew(picture)
    except Exception:  # noqa: BLE001  the decoders have many ways to say that a file is broken
        return None


def _most(picture: Image.Image) -> int:
    """How many pixels it may have before any is unpacked: a camera's JPEG is read at a part of its size, of everything
    else every pixel stands in memory, and a progressive JPEG keeps all that was written until its end."""
    in_parts = picture.format == JpegImageFile.format and not picture.info.get("progressive")
    if picture.format == WebPImageFile.format:
        return MOST_OF_WEBP
    return MOST_PIXELS if in_parts else MOST_WHOLE


def _drawn_anew(picture: Image.Image) -> tuple[str, bytes]:
    part = min(1.0, LONGEST_SIDE / max(picture.size))
    picture.draft(None, (max(1, int(picture.width * part)), max(1, int(picture.height * part))))
    picture.load()
    transparent = picture.has_transparency_data
    wanted = "RGBA" if transparent else "L" if picture.mode in ("1", "L", "I;16") else "RGB"
    if picture.mode != wanted:
        picture = picture.convert(wanted)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    image = picture.copy()  # without the file behind it
    with contextlib.suppress(Exception):  # what the camera wrote may be broken while the picture is not
        image = ImageOps.exif_transpose(image)
    image.info = {}  # pillow would write some of it into the new file
    if transparent and image.getchannel("A").getextrema() != (255, 255):
        drawing = _bytes(image, "PNG", optimize=True)
        if len(drawing) <= MOST_OF_A_DRAWING:
            return "png", drawing
    if transparent:
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    return "jpg", _bytes(image, "JPEG", quality=85, optimize=True)


def _bytes(image: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()
