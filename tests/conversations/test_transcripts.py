"""Every recorded conversation is played again, through the real webhook and the real dispatcher, word for word.

`make talk` records them anew; read the difference before you commit it."""

import os
from pathlib import Path

import pytest

from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.transcript import play

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("*.talk"))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
async def test_the_conversation_goes_as_it_is_written(file: Path, tmp_path: Path) -> None:
    played = await play(file, tmp_path)
    if os.environ.get("RECORD"):
        file.write_text(played, encoding="utf-8")
    assert played == file.read_text(encoding="utf-8")


# what residents do, done by WhatsApp as well; the rest is of staff, of channels, or of buttons Telegram alone has
RESIDENTS = ("deep_link", "first_contact_en", "first_contact_ky", "first_contact_ru", "me", "restart", "search")


@pytest.mark.parametrize("name", RESIDENTS)
async def test_residents_do_the_same_by_whatsapp(name: str, tmp_path: Path) -> None:
    """The same acts as in the transcript of that name, and what the bot answers there."""
    acts, file = HERE / f"{name}.talk", HERE / "whatsapp" / f"{name}.talk"
    played = await play(acts, tmp_path, WhatsAppStage)
    if os.environ.get("RECORD"):
        file.write_text(played, encoding="utf-8")
    assert played == file.read_text(encoding="utf-8")


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 6
