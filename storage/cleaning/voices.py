"""How is a voice note kept? Ogg with Opus, as messengers record it, without what its maker wrote beside the sound."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

MOST_PAGES = 20_000  # one for every packet of five minutes; more are there to keep the bot busy
MOST_SECONDS = 5 * 60  # whoever has more to say writes it, or comes
_MARK, _HEAD, _TAGS = b"OggS", b"OpusHead", b"OpusTags"
_PAGE = struct.Struct("<4sBBqIII")  # mark, version, what kind, granule position, stream, number, checksum
_A_SECOND = 48_000  # granules: Opus counts at that rate whatever was recorded (RFC 7845, 4)
_CONTINUED, _FIRST = 1, 2
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_NO_TAGS = _TAGS + struct.pack("<II", 0, 0)  # no maker, no words


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of an Ogg stream (RFC 3533, 6)."""

    kind: int
    granule: int
    stream: int
    number: int
    laces: bytes
    content: bytes

    @property
    def written(self) -> bytes:
        """The page with its checksum."""
        body = bytes([len(self.laces)]) + self.laces + self.content
        head = [_MARK, 0, self.kind, self.granule, self.stream, self.number]
        return _PAGE.pack(*head, _checksum(_PAGE.pack(*head, 0) + body)) + body


def cleaned_voice(content: bytes) -> tuple[str, bytes] | None:
    """The voice note as «ogg»; None when it is none, is broken or longer than five minutes."""
    try:
        pages = list(_pages(content))
    except (ValueError, struct.error, IndexError):
        return None
    sound = _sound(pages)
    if sound is None or not 0 < max(page.granule for page in sound) <= MOST_SECONDS * _A_SECOND:
        return None
    first = pages[0]
    tags = _Page(0, 0, first.stream, 1, bytes([len(_NO_TAGS)]), _NO_TAGS)
    kept = [first, tags, *(replace(page, number=number) for number, page in enumerate(sound, 2))]
    return "ogg", b"".join(page.written for page in kept)


def _pages(content: bytes) -> Iterator[_Page]:
    """The pages of one stream, in order. ValueError where anything is not as it must be."""
    place, stream, seen = 0, None, 0
    while place < len(content):
        seen += 1
        if seen > MOST_PAGES:
            raise ValueError("more pages than sound")
        mark, version, kind, granule, number, sequence, checksum = _PAGE.unpack_from(content, place)
        count = content[place + _PAGE.size]
        laces = content[place + _PAGE.size + 1 : place + _PAGE.size + 1 + count]
        begins = place + _PAGE.size + 1 + count
        ends = begins + sum(laces)
        if mark != _MARK or version != 0 or len(laces) != count or ends > len(content):
            raise ValueError("no page")
        page = _Page(kind, granule, number, sequence, laces, content[begins:ends])
        if stream not in (None, number) or page.written[22:26] != struct.pack("<I", checksum):
            raise ValueError("another stream, or broken")
        stream, place = number, ends
        yield page


def _sound(pages: list[_Page]) -> list[_Page] | None:
    """The pages after the head and the tags; None when it is no Opus."""
    if len(pages) < 3 or not pages[0].kind & _FIRST or not _is_head(pages[0].content):
        return None
    if any(page.kind & _FIRST for page in pages[1:]) or not pages[1].content.startswith(_TAGS):
        return None
    place = 1
    while pages[place].laces[-1:] == b"\xff":  # the tags go on; the sound begins on a page of its own (RFC 7845, 3)
        place += 1
        if place == len(pages) or not pages[place].kind & _CONTINUED:
            return None
    sound = pages[place + 1 :]
    return sound if sound and not sound[0].kind & _CONTINUED else None


def _is_head(content: bytes) -> bool:
    """Whether it begins Opus of one or two channels."""
    return len(content) >= 19 and content.startswith(_HEAD) and content[8] < 16 and content[9] in (1, 2)


def _checksum(page: bytes) -> int:
    """The checksum of Ogg: that of zip with the bits the other way round and nothing turned over."""
    turned = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)
