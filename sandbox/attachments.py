"""How is a file shown in a message? Uploads become stored photos, papers, voices and films."""

from dataclasses import dataclass

from sandbox.chats import Json
from sandbox.files import Files, Kept, picture_size
from sandbox.refusals import bad

LARGEST_PHOTO = 10 * 1024 * 1024
DOCUMENT_FIELDS = ("file_id", "file_unique_id", "file_size", "file_name", "mime_type")
MIMES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "animation": "video/mp4",
    "video_note": "video/mp4",
    "sticker": "image/webp",
}


@dataclass(slots=True)
class Upload:
    """A file on its way in."""

    name: str
    mime: str
    data: bytes


def keep_upload(files: Files, kind: str, upload: Upload) -> Kept:
    """Store an uploaded file as a photo, a document and so on."""
    data = upload.data
    if not data:
        raise bad("file must be non-empty")
    width = height = 0
    if kind == "photo":
        if len(data) > LARGEST_PHOTO:
            raise bad(
                f"file of size {len(data)} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
            )
        size = picture_size(data)
        if size is None:
            raise bad("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > 10_000 or width * 20 < height or height * 20 < width:
            raise bad("PHOTO_INVALID_DIMENSIONS")
    mime = MIMES.get(kind) or (upload.mime or "application/octet-stream").split(";")[0]
    return files.keep(kind, data, name=upload.name, mime=mime, width=width, height=height)


def fields(kind: str, kept: Kept, told: Json | None = None) -> Json:
    """The message fields that show a stored file."""
    told = told or {}
    if kind == "photo":
        return {"photo": _sizes(kept)}
    shown: Json = {"file_id": kept.file_id, "file_unique_id": kept.unique_id, "file_size": len(kept.data)}
    if kind in ("document", "video", "audio", "animation"):
        shown["file_name"] = kept.name
    if kind not in ("video_note", "sticker"):
        shown["mime_type"] = kept.mime
    if kind in ("voice", "video", "audio", "animation", "video_note"):
        shown["duration"] = int(told.get("duration") or 0) or 1
    if kind in ("video", "animation"):
        shown["width"] = int(told.get("width") or 0) or 320
        shown["height"] = int(told.get("height") or 0) or 240
    if kind == "video_note":
        shown["length"] = int(told.get("length") or 0) or 240
    if kind == "audio":
        for key in ("performer", "title"):
            if told.get(key):
                shown[key] = told[key]
    if kind == "sticker":
        shown |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    if kind == "animation":
        return {"animation": shown, "document": {k: v for k, v in shown.items() if k in DOCUMENT_FIELDS}}
    return {kind: shown}


def _sizes(kept: Kept) -> list[Json]:
    """Two sizes, as clients get them; both lead to the same bytes."""
    full: Json = {
        "file_id": kept.file_id,
        "file_unique_id": kept.unique_id,
        "file_size": len(kept.data),
        "width": kept.width,
        "height": kept.height,
    }
    longest = max(kept.width, kept.height)
    if longest <= 320:
        return [full]
    small = {
        **full,
        "file_unique_id": kept.unique_id + "s",
        "width": max(1, kept.width * 320 // longest),
        "height": max(1, kept.height * 320 // longest),
    }
    return [small, full]
