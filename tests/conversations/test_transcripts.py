"""Every recorded conversation is played again, through the real webhook and the real dispatcher, word for word.

`make talk` records them anew; read the difference before you commit it."""

import os
import re
from pathlib import Path

import pytest

from tests.conversations.by_whatsapp import WhatsAppStage, WithTemplates
from tests.conversations.transcript import play

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("*.talk"))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
async def test_the_conversation_goes_as_it_is_written(file: Path, tmp_path: Path) -> None:
    played = await play(file, tmp_path)
    if os.environ.get("RECORD"):
        file.write_text(played, encoding="utf-8")
    assert played == file.read_text(encoding="utf-8")


# Whatever is done in a transcript is done in WhatsApp as well, unless its head says why it is of Telegram alone; and
# there are no other reasons than these
ALONE = re.compile(r"^Only +Telegram, for (.+)$", re.MULTILINE)
REASONS = {
    "channels and groups that a bot may write in are there alone": {
        "group_card",
        "group_poll",
        "publishing",
        "publishing_strangers",
        "village_group",
    },
    "who founds the first municipality here is named in ADMIN_IDS by a number of Telegram": {"set_up"},
    "months go by, and to who is silent WhatsApp takes a template alone (after_a_day)": {
        "petitions_terms",
        "proposals_overdue",
        "reminders",
    },
}
TEMPLATES = re.compile(r"^Templates +approved by Meta", re.MULTILINE)
BOTH = [file for file in TRANSCRIPTS if not ALONE.search(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("file", BOTH, ids=lambda file: file.stem)
async def test_the_same_is_done_by_whatsapp(file: Path, tmp_path: Path) -> None:
    """The same acts as in the transcript of that name, and what the bot answers there."""
    kind = WithTemplates if TEMPLATES.search(file.read_text(encoding="utf-8")) else WhatsAppStage
    played, record = await play(file, tmp_path, kind), HERE / "whatsapp" / file.name
    if os.environ.get("RECORD"):
        record.write_text(played, encoding="utf-8")
    assert played == record.read_text(encoding="utf-8")


def test_a_transcript_is_of_telegram_alone_for_a_reason_that_holds() -> None:
    found: dict[str, set[str]] = {}
    for file in TRANSCRIPTS:
        for reason in ALONE.findall(file.read_text(encoding="utf-8")):
            found.setdefault(reason, set()).add(file.stem)
    assert found == REASONS


def test_what_is_recorded_for_whatsapp_has_a_transcript() -> None:
    assert {file.name for file in (HERE / "whatsapp").glob("*.talk")} == {file.name for file in BOTH}


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 6
