"""How is somebody answered who greets the bot, thanks it, or names in one word what they want?"""

import pytest

from tests.bot.crowd import pour, rows, said, to, wrote
from tests.conversations.stage import Stage


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Саламатсызбы!", "Саламатсызбы!"),
        ("салам алейкум", "Саламатсызбы!"),
        ("Здравствуйте.", "Саламатсызбы!"),  # in one's own language, whichever one greets in
        ("Рахмат 🙏", "Арзыбайт."),
        ("спасибо большое!!", "Арзыбайт."),
    ],
)
async def test_a_kind_word_gets_a_kind_word_and_the_menu(stage: Stage, words: str, answer: str) -> None:
    since, bakyt = stage.world.calls, stage.world.person("bakyt")
    await pour(stage, [wrote(bakyt, words)])
    [shown] = said(to(stage.calls(since), bakyt))
    assert shown.startswith(answer)
    assert "Ак-Булак айыл аймагы" in shown


async def test_who_greets_first_is_met_as_a_newcomer(stage: Stage) -> None:
    since, aigul = stage.world.calls, stage.world.person("aigul")
    await pour(stage, [wrote(aigul, "Салам")])
    [shown] = said(to(stage.calls(since), aigul))
    assert "Тилди тандаңыз" in shown


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("маселе", "Жергиликтүү маанидеги маселелер"),
        ("Сунуш", "Сунуштар"),
        ("петиция", "Кол топтолуп жаткан петициялар"),
        ("ОБЪЯВЛЕНИЕ", "Кулактандыруулар"),
    ],
)
async def test_one_word_in_the_singular_opens_what_it_names(stage: Stage, word: str, title: str) -> None:
    since, bakyt = stage.world.calls, stage.world.person("bakyt")
    await pour(stage, [wrote(bakyt, word)])
    [shown] = said(to(stage.calls(since), bakyt))
    assert title in shown.splitlines()[0]


@pytest.mark.parametrize("word", ["Токтот", "СТОП!", "stop", "Отписаться", "«жазылуудан чыгуу»", "Unsubscribe."])
async def test_a_word_of_the_three_languages_ends_the_letters_even_while_a_question_waits_for_free_text(
    stage: Stage, word: str
) -> None:
    await stage.write("bakyt", "/menu")
    await stage.forge("bakyt", "sa:1")  # a proposal on the first issue
    bakyt = stage.world.person("bakyt")
    assert "Өз сөзүңүз менен жазыңыз" in stage.world.last(bakyt.id).text
    await stage.write("bakyt", word)
    how = "SELECT notify FROM people p JOIN accounts a ON a.person_id = p.id WHERE a.address = :a"
    assert await rows(stage.bot.database, how, a=str(bakyt.id)) == [("never",)]
    [(kept,)] = await rows(stage.bot.database, "SELECT answers FROM drafts")
    assert word not in kept
