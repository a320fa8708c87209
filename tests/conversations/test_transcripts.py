"""Every recorded conversation is played again, through the real webhook and the real dispatcher, word for word.

`make talk` records them anew; read the difference before you commit it."""

import os
from pathlib import Path

import pytest

from tests.conversations.transcript import play

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.talk"))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
async def test_the_conversation_goes_as_it_is_written(file: Path, tmp_path: Path) -> None:
    played = await play(file, tmp_path)
    if os.environ.get("RECORD"):
        file.write_text(played, encoding="utf-8")
    assert played == file.read_text(encoding="utf-8")


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 6
