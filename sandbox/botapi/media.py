"""Pictures, papers, voices and films: uploaded, sent again by file_id, in albums, and fetched back."""

from typing import Any

from sandbox.attachments import fields, keep_upload
from sandbox.botapi.places import writable
from sandbox.botapi.reading import Params
from sandbox.botapi.sending import place, read_caption, send
from sandbox.botapi.table import method
from sandbox.chats import Json
from sandbox.files import Kept
from sandbox.refusals import bad
from sandbox.world import World

LARGEST_DOWNLOAD = 20 * 1024 * 1024
TITLES = {
    "photo": "Photo",
    "document": "Document",
    "voice": "VoiceNote",
    "video": "Video",
    "audio": "Audio",
    "animation": "Animation",
    "video_note": "VideoNote",
    "sticker": "Sticker",
}
ALBUMS = ({"photo", "video", "live_photo"}, {"document"}, {"audio"})


def picked(world: World, params: Params, kind: str, value: Any) -> Kept:
    """The file a request means: an upload, an attach:// name, or a file_id sent again."""
    if value is None:
        upload = params.uploads.get(kind)
        if upload is None:
            raise bad(f"there is no {kind.replace('_', ' ')} in the request")
        return keep_upload(world.files, kind, upload)
    name = str(value)
    if name.startswith("attach://"):
        upload = params.uploads.get(name[len("attach://") :])
        if upload is None:
            raise bad(f"can't parse InputMedia: file {name} is not attached")
        return keep_upload(world.files, kind, upload)
    if name.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")  # the sandbox never leaves this machine
    kept = world.files.find(name)
    if kept is None:
        raise bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if kept.kind != kind:
        raise bad(f"can't use file of type {TITLES[kept.kind]} as {TITLES[kind]}")
    return kept


def content(world: World, params: Params, kind: str) -> Json:
    """File and caption of a send request."""
    kept = picked(world, params, kind, params.text(kind))
    caption = {} if kind in ("video_note", "sticker") else read_caption(world, params)
    body = {**fields(kind, kept, params.values), **caption}
    if params.flag("has_spoiler"):
        body["has_media_spoiler"] = True
    return body


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "photo"))


@method("sendDocument")
def send_document(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "document"))


@method("sendVoice")
def send_voice(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "voice"))


@method("sendVideo")
def send_video(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "video"))


@method("sendAudio")
def send_audio(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "audio"))


@method("sendAnimation")
def send_animation(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "animation"))


@method("sendVideoNote")
def send_video_note(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "video_note"))


@method("sendSticker")
def send_sticker(world: World, params: Params) -> Json:
    return send(world, params, content(world, params, "sticker"))


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> list[Json]:
    items = params.array("media") or []
    if not 2 <= len(items) <= 10:
        raise bad("media group must include 2-10 items" if items else "there are no messages to send")
    chat = writable(world, params)
    kinds = {str(item.get("type")) for item in items}
    if not any(kinds <= album for album in ALBUMS):
        raise bad("can't use the media of the specified type in the album")
    bodies = [media_item(world, params, item) for item in items]
    group = world.new_id()
    sent = []
    for place_in_group, body in enumerate(bodies):
        count = len(bodies) if place_in_group == 0 else 0
        post = place(world, params, chat, {"media_group_id": group, **body}, count=count)
        sent.append(post.json)
    return sent


def media_item(world: World, params: Params, item: Json) -> Json:
    """Message fields of one InputMedia."""
    kind = str(item.get("type"))
    if kind not in TITLES:
        raise bad(f'can\'t parse InputMedia: unsupported type "{kind}"')
    told = Params({key: value for key, value in item.items() if value is not None})
    kept = picked(world, params, kind, item.get("media"))
    body = {**fields(kind, kept, item), **read_caption(world, told)}
    if told.flag("has_spoiler"):
        body["has_media_spoiler"] = True
    return body


@method("getFile")
def get_file(world: World, params: Params) -> Json:
    kept = world.files.find(params.text("file_id") or "")
    if kept is None:
        raise bad("invalid file_id")
    if len(kept.data) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    return {
        "file_id": kept.file_id,
        "file_unique_id": kept.unique_id,
        "file_size": len(kept.data),
        "file_path": kept.path,
    }
