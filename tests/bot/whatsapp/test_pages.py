"""Are several questions answered on one page of WhatsApp, and does the plain conversation always do as well?

Through the real webhook, the real turns and a real database, against the sandbox."""

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.graphapi import flows, people
from sandbox.graphapi.phones import Message
from storage.catalogue import catalogue
from storage.people import Account, Messenger, accounts_at
from tests.bot.conftest import Prepared
from tests.bot.crowd import rows
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import Stage, on_stage

RIGHT = ["Стадион", "", "", "Айылдын стадионун күтүү", "", "", "Маданият, эс алуу"]
OLD = "Бул суроо эскирип калган"


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared) -> AsyncIterator[WhatsAppStage]:
    """The aimak, where Cholpon, a clerk, is known in WhatsApp too and adds an issue in her own words."""
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as opened:
        assert isinstance(opened, WhatsAppStage)
        await know(opened)
        yield opened


async def know(stage: WhatsAppStage) -> None:
    """Cholpon is known in WhatsApp as the one she is in Telegram."""
    cholpon = stage.world.person("cholpon")
    async with stage.bot.database.transaction() as db:
        [account] = (await accounts_at(db, [(Messenger.TELEGRAM, str(cholpon.id))])).values()
        address = stage.world.whatsapp.phone(cholpon).user_id
        db.add(Account(messenger=Messenger.WHATSAPP, address=address, person_id=account.person_id))


async def begin(stage: WhatsAppStage) -> Message:
    """Begins the form; gives the message that offers the page."""
    await stage.write("cholpon", "/tasks")
    await stage.tap("cholpon", "Тизмени жүргүзүү")
    await stage.tap("cholpon", "Маселе кошуу")
    await stage.write("cholpon", "Өз сөзүбүз менен")
    return offered(stage)[-1]


def offered(stage: WhatsAppStage) -> list[Message]:
    """The messages that offer a page."""
    return [letter for letter in stage.world.whatsapp.from_bot("cholpon") if letter.flow]


def said(stage: WhatsAppStage, last: int = 1) -> str:
    """What the bot wrote last."""
    return "\n".join(letter.text for letter in stage.world.whatsapp.from_bot("cholpon")[-last:])


async def send(stage: WhatsAppStage, letter: Message, answers: dict[str, Any]) -> None:
    """Sends whatever one likes as the answers of a form."""
    await people.answer_form(stage.world, stage.world.person("cholpon"), letter.id, answers)
    await stage.settled()


def filled(stage: WhatsAppStage, letter: Message, label: str, text: str) -> dict[str, Any]:
    """What the form sends when what is needed is filled in."""
    values = {"short_1": label, "long_4": text, "choice_7": next(iter(catalogue().themes))}
    return flows.filled(stage.world.whatsapp.flows, letter.flow or {}, values)


async def kept(stage: WhatsAppStage) -> dict[str, Any]:
    """What is kept of the answers."""
    found = await rows(stage.bot.database, "SELECT answers FROM drafts")
    answers: dict[str, Any] = json.loads(found[0][0]) if isinstance(found[0][0], str) else found[0][0]
    return answers


async def labels(stage: WhatsAppStage) -> list[str]:
    """The issues that were added."""
    return [row[0] for row in await rows(stage.bot.database, "SELECT label_ky FROM issues WHERE law_code IS NULL")]


async def test_a_page_brings_every_answer_at_once_and_spares_what_the_conversation_would_cost(
    stage: WhatsAppStage,
) -> None:
    await begin(stage)
    before = len(stage.world.whatsapp.messages("cholpon"))
    await stage.fill_in("cholpon", RIGHT)
    assert "Жөнөтөрдөн мурун текшериңиз" in said(stage, 2)
    in_one = len(stage.world.whatsapp.messages("cholpon")) - before
    await stage.tap("cholpon", "Жөнөтүү")
    assert "Стадион" in await labels(stage)
    await begin(stage)
    before = len(stage.world.whatsapp.messages("cholpon"))
    await Stage.fill_in(stage, "cholpon", RIGHT)  # one by one
    assert "Жөнөтөрдөн мурун текшериңиз" in said(stage, 2)
    assert len(stage.world.whatsapp.messages("cholpon")) - before - in_one >= 5


async def test_who_does_not_open_the_page_just_answers_and_it_is_offered_while_it_is_worth_it(
    stage: WhatsAppStage,
) -> None:
    await begin(stage)
    assert "жообуңузду ушул жерге жазыңыз" in offered(stage)[-1].text
    await stage.write("cholpon", "Стадион")
    assert len(offered(stage)) == 2
    assert "орусча" in offered(stage)[-1].text.lower()
    for _ in range(2):
        await stage.write("cholpon", "-")
    assert len(offered(stage)) == 4
    assert flows.shown(stage.world.whatsapp.flows, offered(stage)[-1].flow or {})[0]["text"] == (
        "Толук тексти, уставда жазылгандай. Кыргызча."
    )
    await stage.write("cholpon", "Айылдын стадионун күтүү")
    assert len(offered(stage)) == 4  # three questions are left
    await stage.tap("cholpon", "Артка")
    await stage.fill_in("cholpon", RIGHT[3:])
    assert (await kept(stage))["theme"]
    assert "Жөнөтөрдөн мурун текшериңиз" in said(stage, 2)


async def test_what_is_wrong_is_said_in_words_and_asked_again_and_what_is_right_is_kept(stage: WhatsAppStage) -> None:
    letter = await begin(stage)
    whole = filled(stage, letter, "x", "y")
    await send(stage, letter, {**whole, "short_1": "Айылдагы чоң стадион жана парк", "choice_7": "мындай тема жок"})
    answers = await kept(stage)
    assert (answers["text_ky"], answers.get("label_ky"), answers.get("theme")) == ("y", None, None)
    assert "Кыска аты (кыргызча): " in said(stage)
    assert "Тема: " in said(stage)
    await stage.write("cholpon", "Стадион")
    await stage.write("cholpon", "1")
    assert "Жөнөтөрдөн мурун текшериңиз" in said(stage, 2)


async def test_a_page_sent_twice_puts_the_later_answers_in_place_of_the_earlier_ones(stage: WhatsAppStage) -> None:
    letter = await begin(stage)
    await stage.fill_in("cholpon", RIGHT)
    whole = filled(stage, letter, "Парк", "Паркты күтүү")
    await send(stage, letter, whole)
    assert "Парк" in said(stage, 2)
    assert (await kept(stage))["label_ky"] == "Парк"
    await stage.tap("cholpon", "Жөнөтүү")
    await send(stage, letter, whole)  # of a form that is long done
    assert OLD in said(stage)
    assert (await labels(stage)).count("Парк") == 1


async def test_a_page_of_an_earlier_form_and_forged_ones_are_harmless_and_answered(stage: WhatsAppStage) -> None:
    old, listed = await begin(stage), await labels(stage)
    whole = filled(stage, old, "Парк", "Паркты күтүү")
    await stage.write("cholpon", "Жокко чыгаруу")
    letter = await begin(stage)
    before, now = (str((each.flow or {})["flow_token"]) for each in (old, letter))
    assert before != now
    foreign = {"key_1": "phone", "kind_1": "short", "short_1": "0", "key_2": "notify", "kind_2": "long", "long_2": "x"}
    for forged in (
        {**whole, "flow_token": before},
        {**foreign, "flow_token": now},
        {"flow_token": "as:1:f:"},
        {"flow_token": "ki:4:x"},
        {**whole, "flow_token": "\x00" * 2_000},
        {"flow_token": 7},
        {},
    ):
        letters = len(stage.world.whatsapp.from_bot("cholpon"))
        await send(stage, letter, forged)
        assert len(stage.world.whatsapp.from_bot("cholpon")) > letters, forged
        assert (await kept(stage)).keys() == {"which"}, forged
    assert await labels(stage) == listed


async def test_without_a_form_at_meta_there_are_only_questions(
    tmp_path: Path, prepared: Prepared, caplog: pytest.LogCaptureFixture
) -> None:
    class Plain(WhatsAppStage):
        def more_settings(self) -> dict[str, Any]:
            return super().more_settings() | {"whatsapp_flow": None}

    prepared(("aimak",), tmp_path)
    caplog.set_level(logging.INFO)
    async with on_stage(tmp_path, NOW, homes=(), kind=Plain) as plain:
        assert isinstance(plain, Plain)
        await know(plain)
        with pytest.raises(IndexError):
            await begin(plain)
        assert "Кыска аты" in said(plain)
        assert "Баракты" not in said(plain)
        assert "dropped: a page of questions, for WHATSAPP_FLOW is not set" in caplog.text


async def test_when_meta_blocks_the_form_the_plain_question_comes(
    stage: WhatsAppStage, caplog: pytest.LogCaptureFixture
) -> None:
    for flow in stage.world.whatsapp.flows.values():
        flow.status = "BLOCKED"
    with pytest.raises(IndexError):
        await begin(stage)
    assert "Кыска аты" in said(stage)
    assert "dropped: a page of questions, for WhatsApp does not take WHATSAPP_FLOW" in caplog.text
    await stage.write("cholpon", "Стадион")
    assert (await kept(stage))["label_ky"] == "Стадион"


async def test_telegram_asks_one_by_one_and_says_so_in_the_log(
    stage: WhatsAppStage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await Stage.write(stage, "cholpon", "/tasks")
    await Stage.tap(stage, "cholpon", "Тизмени жүргүзүү")
    await Stage.tap(stage, "cholpon", "Маселе кошуу")
    await Stage.write(stage, "cholpon", "Өз сөзүбүз менен")
    assert "Баракты" not in stage.world.last(stage.world.person("cholpon").id).text
    assert "dropped: a page of questions, for Telegram has no forms" in caplog.text
