"""Do questions that may be asked together gather the same answers one by one and on a page? With real turns."""

from datetime import date

from civic.refusals import Reason, Refused
from handlers.answers import a_day, a_file, choice, number, words
from storage.municipalities import Municipality
from talk.answers import Option
from talk.form import Asking, Do, Form, FormStep, ask, together
from talk.turn import Heard, Turn
from tests.conftest import NOW
from tests.talk.trial import Report, Somebody, Told, with_questions

DAYS = [Option("2026-05-01", "1-май")]


def paged(turn: Turn, press: Report) -> Form[Told]:
    """One question alone, five together, and one more."""
    what = yield from ask("what", "Эмне болду?", words(), named="Окуя")
    where, deep, on, kind, note = yield from together(
        Asking("where", "Кайсы жерде?", words(min=3, max=40), named="Жери", is_now="Базар"),
        Asking("deep", "Канча сантиметр?", number(1, 300), named="Тереңдиги"),
        Asking("on", "Качан?", a_day(turn.today, DAYS), named="Күнү"),
        Asking("kind", "Кандай жол?", choice([Option("a", "Асфальт"), Option("g", "Шагыл")]), named="Жолу"),
        Asking("note", "Дагы?", words(max=100), optional=True, named="Кошумча"),
    )
    assert isinstance(deep, int)
    assert isinstance(on, date)
    photo = yield from ask("last", "Болдубу?", choice([Option("y", "Ооба")]), named="Соңу")
    return Told(f"{what}, {where}, {deep}, {on:%d.%m}, {kind}", "1", photo, note)


async def begin(aigul: Somebody) -> int:
    """Begins the form and answers its first question; gives the number of the draft."""
    aigul.table = with_questions(Report, paged)
    await aigul.presses(Report())
    await aigul.says("Чуңкур")
    draft = (await aigul.person()).draft
    assert draft is not None
    return int(draft.number)


async def fills(aigul: Somebody, number: int, **answers: str) -> None:
    """Sends the page with these answers."""
    await aigul.does(Heard(press=FormStep(number, Do.FILL).pack(), filled=tuple(answers.items())))


async def old_question(aigul: Somebody, number: int, **answers: str) -> bool:
    """Whether the page is refused as one that asks no more."""
    try:
        await fills(aigul, number, **answers)
    except Refused as no:
        return no.reason is Reason.OLD_QUESTION
    return False


async def test_they_are_asked_one_by_one_and_their_answers_come_in_order(aigul: Somebody) -> None:
    await begin(aigul)
    for text, asked in (
        ("Мектептин жаны", "Канча сантиметр?"),
        ("40", "Качан?"),
        ("1.05.2026", "Кандай жол?"),
        ("шагыл", "Дагы?"),
        ("-", "Болдубу?"),
        ("ооба", ""),
    ):
        await aigul.says(text)
        assert aigul.asked == asked
    await aigul.taps("Жөнөтүү")
    assert aigul.screen.text == "Чуңкур, Мектептин жаны, 40, 01.05, g | None"


async def test_a_page_is_offered_with_the_plain_question_while_four_of_them_are_open(aigul: Somebody) -> None:
    await begin(aigul)
    page = aigul.screen.together
    assert page is not None
    assert aigul.asked == page.fields[0].says == "Кайсы жерде?"
    assert [field.key for field in page.fields] == ["where", "deep", "on", "kind", "note"]
    assert [(field.most, field.is_day, field.is_needed, len(field.options)) for field in page.fields] == [
        (40, False, True, 0),
        (3, False, True, 0),
        (0, True, True, 0),
        (0, False, True, 2),
        (100, False, False, 0),
    ]
    assert page.fields[0].is_now == "Базар"
    await aigul.says("Мектептин жаны")
    assert aigul.screen.together is not None
    await aigul.says("40")
    assert aigul.screen.together is None


async def test_a_page_brings_all_answers_each_read_as_if_it_were_typed(aigul: Somebody) -> None:
    number = await begin(aigul)
    await fills(aigul, number, where=" Мектептин жаны ", deep="40", on="2026-05-01", kind="g", note="")
    assert aigul.asked == "Болдубу?"
    kept = {"what": "Чуңкур", "where": "Мектептин жаны", "deep": "40", "on": "2026-05-01", "kind": "g", "note": None}
    assert await aigul.answers() == kept


async def test_what_is_wrong_is_told_by_name_and_asked_again_and_the_rest_is_kept(aigul: Somebody) -> None:
    number = await begin(aigul)
    after = f"{NOW.year + 1}-05-01"
    await fills(aigul, number, where="x", deep="0", on=after, kind="z", note="терең")
    assert await aigul.answers() == {"what": "Чуңкур", "note": "терең"}
    assert [line.partition(":")[0] for line in aigul.screen.state.splitlines()] == ["Жери", "Тереңдиги", "Күнү", "Жолу"]
    assert aigul.asked == "Кайсы жерде?"
    await aigul.says("Мектеп")
    assert aigul.screen.state == ""


async def test_what_is_left_empty_is_skipped_where_it_may_be_and_asked_where_not(aigul: Somebody) -> None:
    number = await begin(aigul)
    await fills(aigul, number, where="Мектеп", deep=" ", on="2026-05-01", kind="a", note=" ")
    assert (aigul.asked, aigul.screen.state) == ("Канча сантиметр?", "")
    assert (await aigul.answers() or {})["note"] is None


async def test_a_page_sent_again_puts_its_answers_in_place_of_the_earlier_ones(aigul: Somebody) -> None:
    number = await begin(aigul)
    whole = {"where": "Мектеп", "deep": "40", "on": "2026-05-01", "kind": "g", "note": ""}
    await fills(aigul, number, **whole)
    await fills(aigul, number, **{**whole, "where": "Базар", "deep": "нөл"})
    assert aigul.asked == "Канча сантиметр?"
    assert (await aigul.answers() or {})["where"] == "Базар"


async def test_a_page_of_another_draft_or_of_questions_that_nobody_asked_is_an_old_question(aigul: Somebody) -> None:
    number = await begin(aigul)
    before = await aigul.answers()
    assert await old_question(aigul, number - 1, where="Мектеп")
    assert await old_question(aigul, number, last="y", phone="0")  # not asked yet, never asked
    assert await old_question(aigul, number)
    assert await aigul.answers() == before
    await aigul.commands("cancel")
    assert await old_question(aigul, number, where="Мектеп")


async def test_back_and_undo_go_through_a_page_as_through_any_question(aigul: Somebody) -> None:
    number = await begin(aigul)
    await fills(aigul, number, where="Мектеп", deep="40", on="2026-05-01", kind="g", note="")
    await aigul.taps("Артка")
    assert aigul.asked == "Дагы?"
    await aigul.taps("Жокко чыгаруу")
    await aigul.taps("Кайтаруу")
    assert aigul.asked == "Дагы?"
    await aigul.says("-")
    assert aigul.asked == "Болдубу?"


async def test_what_a_page_cannot_ask_is_asked_after_it(aigul: Somebody, home: Municipality) -> None:
    def with_file(turn: Turn, press: Report) -> Form[Told]:
        texts = [Asking(f"text{n}", f"Сөз {n}?", words()) for n in range(4)]
        given = yield from together(texts[0], Asking("file", "Сүрөт?", a_file()), *texts[1:])
        return Told(str(given), "1", "1", None)

    aigul.table = with_questions(Report, with_file)
    await aigul.presses(Report())
    page = aigul.screen.together
    assert page is not None
    assert [field.key for field in page.fields] == ["text0", "text1", "text2", "text3"]
    await aigul.does(Heard(press=page.press, filled=tuple((field.key, "сөз") for field in page.fields)))
    assert (aigul.asked, aigul.screen.together) == ("Сүрөт?", None)
