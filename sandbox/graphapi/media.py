"""How do pictures and papers go up and come down? Upload, a short-lived address, download, removal."""

import hashlib
import hmac
from datetime import timedelta

from sandbox.attachments import Upload
from sandbox.chats import Json
from sandbox.graphapi.phones import Media
from sandbox.graphapi.refusals import invalid, no_object
from sandbox.graphapi.whatsapp import WhatsApp

MB = 1024 * 1024
ADDRESS_LASTS = timedelta(minutes=5)
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: dict[str, tuple[str, ...]] = {
    "audio": ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"),
    "document": (
        "text/plain",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        OFFICE + "wordprocessingml.document",
        OFFICE + "spreadsheetml.sheet",
        OFFICE + "presentationml.presentation",
        "image/jpeg",
        "image/png",
        "image/webp",
        "audio/mpeg",
        "audio/ogg",
        "video/mp4",
    ),
    "image": ("image/jpeg", "image/png"),
    "sticker": ("image/webp",),
    "video": ("video/mp4", "video/3gpp"),
}
LARGEST = {"audio": 16 * MB, "document": 100 * MB, "image": 5 * MB, "sticker": 500 * 1024, "video": 16 * MB}
KNOWN = sorted({mime for mimes in TYPES.values() for mime in mimes})


def upload(whatsapp: WhatsApp, values: dict[str, str], file: Upload | None) -> Json:
    """Keep an uploaded file; raises the refusal of a type or size WhatsApp does not take."""
    if values.get("messaging_product") != "whatsapp":
        raise invalid("The parameter messaging_product is required.")
    if file is None:
        raise invalid("Param file must be a file.")
    mime = (values.get("type") or file.mime).split(";")[0].strip()
    if mime not in KNOWN:
        raise invalid(
            f"Param file must be a file with one of the following types: {', '.join(KNOWN)}. "
            f"Received file of type '{mime}'."
        )
    kind = next(kind for kind in ("image", "sticker", "video", "audio", "document") if mime in TYPES[kind])
    if len(file.data) > LARGEST[kind]:
        raise invalid(f"Param file must be at most {LARGEST[kind]} bytes for {mime}; received {len(file.data)}.")
    if not file.data:
        raise invalid("Param file must not be empty.")
    shelf = {"image": "photo", "audio": "audio", "video": "video", "sticker": "sticker"}.get(kind, "document")
    return {"id": whatsapp.keep(shelf, file.data, file.name, mime).id}


def address(whatsapp: WhatsApp, media: Media, base: str) -> Json:
    """What GET /{media id} answers: an address that lasts five minutes."""
    until = int((whatsapp.world.clock.now() + ADDRESS_LASTS).timestamp())
    seal = _seal(whatsapp, media.id, until)
    return {
        "messaging_product": "whatsapp",
        "url": f"{base}/whatsapp_business/attachments/?mid={media.id}&ext={until}&hash={seal}",
        "mime_type": media.mime,
        "sha256": media.sha256,
        "file_size": str(media.size),
        "id": media.id,
    }


def fetch(whatsapp: WhatsApp, media_id: str, until: str, seal: str) -> tuple[Media, bytes] | None:
    """The bytes behind an address; None if it is false or has run out."""
    media = whatsapp.find_media(media_id)
    if media is None or not until.isdigit() or not hmac.compare_digest(seal, _seal(whatsapp, media_id, int(until))):
        return None
    data = whatsapp.data(media)
    if data is None or whatsapp.world.clock.now().timestamp() > int(until):
        return None
    return media, data


def find(whatsapp: WhatsApp, media_id: str, verb: str) -> Media:
    """A medium by id; raises the refusal for an unknown one."""
    media = whatsapp.find_media(media_id)
    if media is None:
        raise no_object(media_id, verb)
    return media


def _seal(whatsapp: WhatsApp, media_id: str, until: int) -> str:
    return hmac.new(whatsapp.app_secret.encode(), f"{media_id}:{until}".encode(), hashlib.sha256).hexdigest()[:32]
