"""Is somebody with two messengers one person: what is begun in one goes on in the other, whoever they were there?"""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from sandbox.graphapi import people
from sandbox.people import PIXEL
from tests.bot.conftest import Prepared
from tests.bot.crowd import do, refused, rows
from tests.bot.whatsapp.hooks import a_text, held, post, told_by
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
    assert "Кызматтык милдетиңиз бул жерде да иштеши үчүн" in both.world.whatsapp.last("cholpon").text
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


async def phone_only(stage: WhatsAppStage, who: str) -> None:
    """What is known of somebody in WhatsApp is known by their phone, as from before WhatsApp told ids."""
    theirs = stage.world.whatsapp.phone(who)
    await do(
        stage.bot.database,
        "UPDATE accounts SET address = :phone WHERE address = :id",
        phone=theirs.wa_id,
        id=theirs.user_id,
    )


OWNERS = "SELECT person_id, address FROM accounts WHERE messenger = 'whatsapp' AND address IN (:phone, :id)"


async def known(stage: WhatsAppStage, who: str) -> list[Any]:
    """Who somebody is in WhatsApp, and by which address."""
    theirs = stage.world.whatsapp.phone(who)
    return list(await rows(stage.bot.database, OWNERS, phone=theirs.wa_id, id=theirs.user_id))


async def test_who_was_known_by_the_phone_is_the_same_person_when_the_id_comes(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    [(person, _)] = await known(both, "bakyt")
    await phone_only(both, "bakyt")
    before = told_by(both, "bakyt", a_text("phone", "/menu"), user=False)
    for told in (before, told_by(both, "bakyt", a_text("both", "/me")), before):
        assert await post(both, told) == 200
    assert await known(both, "bakyt") == [(person, both.world.whatsapp.phone("bakyt").user_id)]
    hidden = told_by(both, "bakyt", a_text("hidden", "/me"), phone=False)
    assert await post(both, hidden) == 200
    assert await known(both, "bakyt") == [(person, both.world.whatsapp.phone("bakyt").user_id)]


async def test_the_phone_and_the_id_in_one_body_are_one_person(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    [(person, _)] = await known(both, "bakyt")
    await phone_only(both, "bakyt")
    told, more = (
        told_by(both, "bakyt", a_text(number, "/menu"), user=user) for number, user in (("1", False), ("2", True))
    )
    told["entry"] += more["entry"]
    assert await post(both, told) == 200
    assert await known(both, "bakyt") == [(person, both.world.whatsapp.phone("bakyt").user_id)]


async def changes_number_unheard(stage: WhatsAppStage, *words: str) -> list[Any]:
    """Bakyt, known in both messengers, changes his number and writes from the new one; gives the bodies, the system
    message first."""
    await stage.write("bakyt", f"/start l{await code_of(stage, 'bakyt')}")
    await stage.tap("bakyt", "Ооба, бириктирүү")
    stage.world.whatsapp.deliveries.hold()
    await people.change_number(stage.world, stage.world.person("bakyt"), "+996700999888")
    for each in words:
        stage.world.clock.turn_by(5)
        await people.write(stage.world, stage.world.person("bakyt"), each)
    return held(stage)


async def test_who_changes_the_number_and_writes_first_stays_who_they_are(both: WhatsAppStage) -> None:
    system, *wrote = await changes_number_unheard(both, "/me", "Салам")
    [before] = await rows(both.bot.database, "SELECT person_id FROM accounts WHERE messenger = 'whatsapp'")
    for told in (*wrote, system):
        assert await post(both, told) == 200
    await both.write("bakyt", "/me")
    assert await rows(both.bot.database, "SELECT person_id FROM accounts WHERE messenger = 'whatsapp'") == [before]
    assert "Ак-Булак" in both.world.whatsapp.last("bakyt").text


async def test_a_changed_number_and_words_from_it_in_one_body_in_any_order(both: WhatsAppStage) -> None:
    system, wrote = await changes_number_unheard(both, "/me")
    [before] = await rows(both.bot.database, "SELECT person_id FROM accounts WHERE messenger = 'whatsapp'")
    assert await post(both, {**wrote, "entry": wrote["entry"] + system["entry"]}) == 200
    assert await rows(both.bot.database, "SELECT person_id FROM accounts WHERE messenger = 'whatsapp'") == [before]


async def test_who_registered_anew_before_the_number_was_told_is_offered_to_be_joined_in_words(
    both: WhatsAppStage,
) -> None:
    system, begun = await changes_number_unheard(both, "Салам")
    [(before,)] = await rows(both.bot.database, "SELECT person_id FROM accounts WHERE messenger = 'whatsapp'")
    await post(both, begun)
    both.world.whatsapp.deliveries.release()
    for label in ("Кыргызча", "Ак-Булак", "Макулмун"):
        await both.tap("bakyt", label)
    await post(both, system)
    assert "Номериңиз алмашыптыр" in both.world.whatsapp.last("bakyt").text
    await both.tap("bakyt", "Карап көрүү")
    assert "Бул сизби?" in both.world.whatsapp.last("bakyt").text
    await both.tap("bakyt", "Ооба, бириктирүү")
    found = await rows(both.bot.database, "SELECT DISTINCT person_id FROM accounts WHERE messenger = 'whatsapp'")
    assert found == [(before,)]


# --- in the middle of a form ---


def whatsapp_says(stage: WhatsAppStage) -> str:
    """What Bakyt read last in WhatsApp."""
    return stage.world.whatsapp.last("bakyt").text


def telegram_says(stage: WhatsAppStage) -> str:
    """What Bakyt read last in Telegram."""
    return stage.world.last(stage.world.person("bakyt").id).text


def another_picture() -> bytes:
    """A picture that is no other one."""
    made = io.BytesIO()
    Image.new("RGB", (30, 20), "yellow").save(made, "PNG")
    return made.getvalue()


async def test_a_form_goes_from_whatsapp_to_telegram_and_back_with_every_answer_and_photo(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    await both.write("bakyt", "Меню")
    await both.tap("bakyt", "Сунуштар")
    await both.tap("bakyt", "Сунуш киргизүү")
    await both.write("bakyt", "жарык")
    text = "Мектептин алдындагы көчөгө чырак орнотулсун, балдар караңгыда кайтат"
    await both.write("bakyt", text)
    await both.send("bakyt", "park.jpg", PIXEL, photo=True)
    assert "Дагы сүрөт барбы? Калганы: 2" in whatsapp_says(both)

    await Stage.write(both, "bakyt", "/menu")
    await Stage.tap(both, "bakyt", "Баштаганды улантуу")
    assert "Дагы сүрөт барбы? Калганы: 2" in telegram_says(both)
    await Stage.send(both, "bakyt", "light.jpg", another_picture(), photo=True)
    await Stage.tap(both, "bakyt", "Өткөрүп жиберүү")  # a third photo
    await Stage.tap(both, "bakyt", "Өткөрүп жиберүү")  # a voice note
    assert "Бул кайсы жерге тиешелүү?" in telegram_says(both)

    await both.write("bakyt", "Меню")
    await both.tap("bakyt", "Баштаганды улантуу")
    await both.write("bakyt", "Үч-Терек")
    await both.write("bakyt", "-")  # no street
    assert "ким үчүн" in whatsapp_says(both)
    await both.write("bakyt", "балдар")
    said = "\n".join(both.words_for("bakyt")[-2:])  # every answer, and what can be done below it
    assert text in said
    assert "Үч-Терек" in said
    await both.tap("bakyt", "Жөнөтүү")
    found = await rows(
        both.bot.database,
        "SELECT p.text, (SELECT COUNT(*) FROM proposal_files f WHERE f.proposal_id = p.id) FROM proposals p",
    )
    assert found == [(text, 2)]
    assert await rows(both.bot.database, "SELECT COUNT(*) FROM drafts") == [(0,)]
    assert refused(both.calls(0)) == []


async def test_words_are_no_answer_to_a_question_that_the_other_messenger_has_gone_past(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    await both.write("bakyt", "Меню")
    await both.tap("bakyt", "Сунуштар")
    await both.tap("bakyt", "Сунуш киргизүү")
    await Stage.write(both, "bakyt", "/menu")
    await Stage.tap(both, "bakyt", "Баштаганды улантуу")
    await Stage.write(both, "bakyt", "жарык")
    assert "Эмне жакшырышы керек" in telegram_says(both)
    # in WhatsApp the question what it is about still stands there
    await both.write("bakyt", "Көчөлөрдү жарыктандыруу жөнүндө")
    assert "Экинчи мессенджерде андан ары өткөнсүз" in whatsapp_says(both)
    assert "Эмне жакшырышы керек" in whatsapp_says(both)
    answers = "SELECT answers FROM drafts"
    [(kept,)] = await rows(both.bot.database, answers)
    assert "Көчөлөрдү" not in kept
    await both.write("bakyt", "Көчөлөрдү жарыктандыруу керек, караңгы")  # an answer to what is asked here now
    assert "Сүрөт жөнөтүңүз" in whatsapp_says(both)
    # and the other way round, when all is answered: the words in Telegram still answer the text
    await Stage.write(both, "bakyt", "Баарыңыздарга рахмат, бүттү")
    assert "Экинчи мессенджерде андан ары өткөнсүз" in telegram_says(both)
    await Stage.write(both, "bakyt", "Меню")
    assert "Ак-Булак айыл аймагы" in telegram_says(both), "words that mean a place of their own are understood anywhere"


# --- my data, all of it ---


async def test_my_data_names_both_accounts_wherever_it_is_asked_for(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    bakyt = both.world.person("bakyt")
    addresses = (f"telegram: {bakyt.id}", f"whatsapp: {both.world.whatsapp.phone('bakyt').user_id}")
    await both.write("bakyt", "/me")
    await both.tap("bakyt", "Менин маалыматтарым")
    shelf = both.world.whatsapp
    media = shelf.find_media(shelf.last("bakyt").content["header"]["document"]["id"])
    assert media is not None
    in_whatsapp = (shelf.data(media) or b"").decode()
    assert [address for address in addresses if address not in in_whatsapp] == []
    await Stage.write(both, "bakyt", "/me")
    await Stage.tap(both, "bakyt", "Менин маалыматтарым")
    kept = both.world.files.find(both.world.last(bakyt.id).json["document"]["file_id"])
    assert kept is not None
    in_telegram = kept.data.decode()
    assert [address for address in addresses if address not in in_telegram] == []


async def test_forget_me_in_telegram_forgets_in_whatsapp_too_and_nothing_is_sent_there(both: WhatsAppStage) -> None:
    await both.write("bakyt", f"/start l{await code_of(both, 'bakyt')}")
    await both.tap("bakyt", "Ооба, бириктирүү")
    before = len(both.world.whatsapp.from_bot("bakyt"))
    await Stage.write(both, "bakyt", "/me")
    await Stage.tap(both, "bakyt", "Маалыматты өчүрүү")
    await Stage.tap(both, "bakyt", "Ооба, өчүрүү")
    address = both.world.whatsapp.phone("bakyt").user_id
    for table in ("accounts", "inbox"):
        left = await rows(both.bot.database, f"SELECT COUNT(*) FROM {table} WHERE address = :address", address=address)
        assert left == [(0,)], table
    assert len(both.world.whatsapp.from_bot("bakyt")) == before
    await both.write("bakyt", "/me")
    assert "Тилди тандаңыз" in whatsapp_says(both) or "катталган эмессиз" in whatsapp_says(both)


async def test_who_reads_in_whatsapp_how_channels_are_linked_is_led_to_telegram(both: WhatsAppStage) -> None:
    cholpon = both.world.person("cholpon")
    await both.write("cholpon", "/menu")
    owner = "SELECT person_id FROM accounts WHERE messenger = 'telegram' AND address = :t"
    joins = f"UPDATE accounts SET person_id = ({owner}) WHERE messenger = 'whatsapp' AND address = :w"
    await do(both.bot.database, joins, t=str(cholpon.id), w=both.world.whatsapp.phone("cholpon").user_id)
    await both.forge("cholpon", "puh")
    said = "".join(message.text + str(message.buttons) for message in both.world.whatsapp.from_bot(cholpon))
    assert "https://t.me/ashar_sandbox_bot?startgroup" in said
    assert "@ashar_sandbox_bot" in said
