"""Where are pictures and papers kept? In memory, by file_id, handed out again by getFile and by path."""

import itertools
import secrets
import struct
from dataclasses import dataclass

KEPT_BYTES = 256 * 1024 * 1024

FOLDERS = {
    "photo": ("photos", "jpg"),
    "document": ("documents", "bin"),
    "voice": ("voice", "oga"),
    "video": ("videos", "mp4"),
    "audio": ("music", "mp3"),
    "animation": ("animations", "mp4"),
    "video_note": ("video_notes", "mp4"),
    "sticker": ("stickers", "webp"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file."""

    file_id: str
    unique_id: str
    kind: str
    data: bytes
    name: str
    mime: str
    path: str
    width: int = 0
    height: int = 0


class Files:
    """All files of the sandbox; the oldest go when there are too many bytes."""

    def __init__(self) -> None:
        self._by_id: dict[str, Kept] = {}
        self._by_path: dict[str, Kept] = {}
        self._numbers = itertools.count(1)
        self._bytes = 0

    def keep(self, kind: str, data: bytes, *, name: str, mime: str, width: int = 0, height: int = 0) -> Kept:
        """Store bytes and give them a file_id."""
        folder, ending = FOLDERS.get(kind, ("documents", "bin"))
        if "." in name:
            ending = name.rsplit(".", 1)[1][:10] or ending
        kept = Kept(
            file_id=f"sbx-{kind}-{secrets.token_urlsafe(18)}",
            unique_id=secrets.token_urlsafe(9),
            kind=kind,
            data=data,
            name=name,
            mime=mime,
            path=f"{folder}/file_{next(self._numbers)}.{ending}",
            width=width,
            height=height,
        )
        self._by_id[kept.file_id] = kept
        self._by_path[kept.path] = kept
        self._bytes += len(data)
        while self._bytes > KEPT_BYTES and len(self._by_id) > 1:
            self._forget(next(iter(self._by_id)))
        return kept

    def find(self, file_id: str) -> Kept | None:
        """The file with this file_id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> Kept | None:
        """The file under this file_path."""
        return self._by_path.get(path)

    def clear(self) -> None:
        """Forget all files."""
        self._by_id.clear()
        self._by_path.clear()
        self._bytes = 0

    def _forget(self, file_id: str) -> None:
        kept = self._by_id.pop(file_id)
        self._by_path.pop(kept.path, None)
        self._bytes -= len(kept.data)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP picture; None if it is none of them."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    return None


def _webp_size(data: bytes) -> tuple[int, int]:
    if data[12:16] == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return 512, 512


def _jpeg_size(data: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return 640, 480  # a JPEG by its first bytes; tests send such stubs
