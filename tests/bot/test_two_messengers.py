"""Is somebody with two messengers one person: what is begun in one goes on in the other, whoever they were there?"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.graphapi import people
from tests.bot.conftest import Prepared
from tests.bot.crowd import refused, rows
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import Stage, on_stage


@pytest.fixture
async def both(tmp_path: Path, prepared: Prepared) -> AsyncIterator[WhatsAppStage]:
    """The bot of the aimak in both messengers; its people are known in Telegram only."""
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as opened:
        assert isinstance(opened, WhatsAppStage)
        yield opened


async def code_of(stage: WhatsAppStage, who: str) -> str:
    """The code that the bot gives in Telegram for the other messenger."""
    await Stage.write(stage, who, "/me")
    await Stage.tap(stage, who, "Экинчи мессенджер")
    link = next(
        post.text for post in reversed(stage.world.from_bot(stage.world.person(who).id)) if "wa.me" in post.text
    )
    assert link.startswith(f"https://wa.me/{stage.world.whatsapp.number}?text=")
    return link.rpartition("l")[2]


async def test_a_form_begun_in_telegram_is_finished_in_whatsapp(both: WhatsAppStage) -> None:
    word = await code_of(both, "bakyt")
    await Stage.write(both, "bakyt", "/me")
    await Stage.tap(both, "bakyt", "Жашаган жерим")
    await both.write("bakyt", f"/start l{word}")
    assert "Бул сизби?" in both.world.whatsapp.last("bakyt").text
    await both.tap("bakyt", "Ооба, бириктирүү")
    assert "эми эки мессенджерде тең бир адамсыз" in both.world.whatsapp.last("bakyt").text
    await both.write("bakyt", "Меню")
    await both.tap("bakyt", "Баштаганды улантуу")
    assert "Кайсы айылда жашайсыз?" in both.world.whatsapp.last("bakyt").text
    await both.write("bakyt", "Үч-Терек")
    found = await rows(
        both.bot.database,
        "SELECT v.name_ky, a.messenger FROM people p JOIN accounts a ON a.person_id = p.id "
        "JOIN villages v ON v.id = p.village_id WHERE p.id = "
        "(SELECT person_id FROM accounts WHERE messenger = 'whatsapp') ORDER BY a.messenger",
    )
    assert found == [("Үч-Терек", "telegram"), ("Үч-Терек", "whatsapp")]
    await Stage.write(both, "bakyt", "/me")
    assert "Үч-Терек" in both.world.last(both.world.person("bakyt").id).text
    assert refused(both.calls(0)) == []


async def test_a_code_that_was_used_is_worth_nothing_to_the_next_one(both: WhatsAppStage) -> None:
    word = await code_of(both, "bakyt")
    for who in ("bakyt", "emma"):
        await both.write(who, f"/start l{word}")
        if who == "bakyt":
            await both.tap(who, "Ооба, бириктирүү")
    await both.forge("emma", f"jn:{word}")
    assert await rows(both.bot.database, "SELECT COUNT(*) FROM accounts WHERE messenger = 'whatsapp'") == [(2,)]
    owners = await rows(
        both.bot.database, "SELECT COUNT(DISTINCT person_id) FROM accounts WHERE messenger = 'whatsapp'"
    )
    assert owners == [(2,)]


async def test_forget_me_in_whatsapp_forgets_in_telegram_too(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    await both.write("bakyt", "/me")
    await both.tap("bakyt", "Маалыматты өчүрүү")
    assert "жакында эле кошулган" in both.world.whatsapp.last("bakyt").text, "who was there before may remove it first"
    both.world.clock.turn_by(timedelta(days=7))
    await both.write("bakyt", "/me")
    await both.tap("bakyt", "Маалыматты өчүрүү")
    await both.tap("bakyt", "Ооба, өчүрүү")
    bakyt = both.world.person("bakyt")
    addresses = {str(bakyt.id), both.world.whatsapp.phone("bakyt").user_id}
    left = {address for (address,) in await rows(both.bot.database, "SELECT address FROM accounts")}
    assert left
    assert not left & addresses


async def test_an_office_works_in_the_second_messenger_when_it_is_confirmed_in_the_first(both: WhatsAppStage) -> None:
    await both.write("cholpon", f"/start l{await code_of(both, 'cholpon')}")
    await both.tap("cholpon", "Ооба, бириктирүү")
    assert "Кызматтык милдетиңиз бул жерде иштеши үчүн" in both.world.whatsapp.last("cholpon").text
    await both.forge("cholpon", "t")
    assert both.world.whatsapp.last("cholpon").text.startswith("Кызматтык милдетиңиз бул жерде иштебейт.")
    both.world.clock.turn_by(timedelta(minutes=1))
    await Stage.tap(both, "cholpon", "Мен: ырастоо")
    await both.forge("cholpon", "t")
    assert "Милдеттерим" in both.world.whatsapp.last("cholpon").text


async def test_the_same_phone_in_both_is_asked_about_and_joined(both: WhatsAppStage) -> None:
    await both.write("bakyt", "/start")
    for label in ("Кыргызча", "Ак-Булак", "Макулмун"):
        await both.tap("bakyt", label)
    await both.write("bakyt", "/me")
    await both.tap("bakyt", "Номерди ырастоо")
    await both.tap("bakyt", "Номер жөнөтүү")
    await both.tap("bakyt", "Жок")
    await both.write("bakyt", "/me")
    await both.tap("bakyt", "Номериңиз бар экен")
    await both.tap("bakyt", "Ооба, бириктирүү")
    owners = await rows(
        both.bot.database,
        "SELECT COUNT(DISTINCT person_id) FROM accounts WHERE address IN (:one, :two)",
        one=str(both.world.person("bakyt").id),
        two=both.world.whatsapp.phone("bakyt").user_id,
    )
    assert owners == [(1,)]


async def test_somebody_who_changes_their_number_in_whatsapp_stays_who_they_are(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    before = await rows(both.bot.database, "SELECT person_id FROM accounts WHERE messenger = 'whatsapp'")
    await people.change_number(both.world, both.world.person("bakyt"), "+996700999888")
    await both.settled()
    await both.write("bakyt", "/me")
    assert await rows(both.bot.database, "SELECT person_id FROM accounts WHERE messenger = 'whatsapp'") == before
