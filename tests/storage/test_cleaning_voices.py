"""Which voice notes are kept, and what of them goes?"""

import time

import pytest

from civic.files import FileKind
from storage.cleaning import cleaned
from storage.cleaning.voices import MOST_SECONDS, _Page, cleaned_voice
from tests.attachments import AUTHOR, photo, voice


def test_a_voice_keeps_its_sound_and_loses_who_made_it() -> None:
    found = cleaned(voice(), "AUD-2026.oga")
    assert found is not None
    assert (found.kind, found.name) == (FileKind.VOICE, "AUD-2026.ogg")
    assert AUTHOR.encode() not in found.content
    assert b"Phone" not in found.content
    assert all(bytes([second]) * 200 in found.content for second in (1, 2, 3))
    assert cleaned_voice(found.content) == ("ogg", found.content)  # what was cleaned stays as it is


def test_tags_that_fill_several_pages_go_as_well() -> None:
    long = voice(tags=b"OpusTags" + b"\x05\x00\x00\x00Phone" + AUTHOR.encode() * 20)
    found = cleaned_voice(long)
    assert found is not None
    assert AUTHOR.encode() not in found[1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"OggS",
        voice(spoil=True),
        voice()[:-1],
        voice()[:100],
        voice() + b"PK\x03\x04",
        voice() + voice(),
        voice(0),
        voice(MOST_SECONDS + 1),
        voice().replace(b"OpusHead", b"OpusHeax"),
        voice(tags=b"NoTags" * 3),
        photo(),
        b"ID3" + bytes(500),
    ],
    ids=lambda content: f"{len(content)} bytes",
)
def test_what_is_broken_too_long_or_no_voice_is_not_kept(content: bytes) -> None:
    assert cleaned_voice(content) is None


def test_five_minutes_are_kept() -> None:
    assert cleaned_voice(voice(MOST_SECONDS)) is not None


def test_a_note_of_nothing_but_pages_is_refused_at_once() -> None:
    head = _Page(2, 0, 1, 0, bytes([19]), b"OpusHead" + bytes([1, 1]) + bytes(9)).written
    tags = _Page(0, 0, 1, 1, bytes([16]), b"OpusTags" + bytes(8)).written
    empty = _Page(0, 1, 1, 2, b"", b"").written
    began = time.process_time()
    assert cleaned_voice(head + tags + empty * 370_000) is None
    assert time.process_time() - began < 1.5
    assert cleaned_voice(head + tags + empty * 100) is not None
