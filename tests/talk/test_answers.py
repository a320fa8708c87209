"""What counts as an answer? Tapped, typed as a number, as a name, as its beginning, or with a slip."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from civic.refusals import Reason, Refused
from handlers.answers import choice, day_between, words
from handlers.municipalities.thresholds import per_cent, shown_share
from handlers.municipalities.workdays import idle_day
from storage.people import Account, Person
from talk.answers import Option, Stored, Unfit
from talk.turn import Heard, Links, Turn
from talk.words import Words
from tests.cast import VAULT
from tests.talk.trial import table

VILLAGES = choice(
    [
        Option("1", "Ак-Булак"),
        Option("2", "Жаңы-Турмуш"),
        Option("3", "Көк-Дөбө"),
        Option("4", "Үч-Терек"),
        Option("5", "Чоң-Өзөн"),
    ]
)


@pytest.fixture
def turn(kit_words: Words) -> Turn:
    account = Account(person=Person(language="ky"), address="101")
    moment = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
    return Turn(
        account.person, account, AsyncSession(), moment, Heard(), kit_words, VAULT, Links("trial_bot"), table.go
    )


async def typed(turn: Turn, answer: choice, text: str) -> Stored | Reason:
    """What is kept of typed words, or why they are no answer."""
    try:
        return await answer.read(turn, Heard(text=text))
    except Refused as no:
        return no.reason


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Көпүрө бузулду", "Көпүрө бузулду"),
        ("  Көпүрө\x00 бузулду \n", "Көпүрө бузулду"),
        ("үйү", "үйү"),
        ("0123456789" * 2, "0123456789" * 2),
    ],
)
async def test_words_are_kept_cleaned(turn: Turn, text: str, kept: str) -> None:
    assert await words(min=3, max=20).read(turn, Heard(text=text)) == kept


async def test_words_that_are_too_short_or_too_long_are_refused_with_the_bounds(turn: Turn) -> None:
    with pytest.raises(Refused) as no:
        await words(min=3, max=20).read(turn, Heard(text=" үй "))
    assert (no.value.reason, no.value.details) == (Reason.TOO_SHORT, {"least": 3})
    with pytest.raises(Refused) as no:
        await words(min=3, max=20).read(turn, Heard(text="ө" * 21))
    assert (no.value.reason, no.value.details) == (Reason.TOO_LONG, {"most": 20, "is_now": 21})


async def test_nothing_but_characters_that_cannot_be_kept_is_too_short(turn: Turn) -> None:
    with pytest.raises(Refused) as no:
        await words().read(turn, Heard(text="\x00\u202e"))
    assert no.value.reason is Reason.TOO_SHORT


async def test_a_picture_is_no_words(turn: Turn) -> None:
    with pytest.raises(Refused) as no:
        await words().read(turn, Heard())
    assert no.value.reason is Reason.WRONG_KIND


def test_kept_words_that_no_longer_fit_are_unfit() -> None:
    assert words(min=3, max=5).value("жолдо") == "жолдо"
    for unfit in ("жо", "жолдор"):
        with pytest.raises(Unfit):
            words(min=3, max=5).value(unfit)


@pytest.mark.parametrize(("text", "kept"), [("1", "1"), ("5", "5"), (" 3 ", "3"), ("3.", "3"), ("№4", "4")])
async def test_a_choice_may_be_typed_as_its_number(turn: Turn, text: str, kept: str) -> None:
    assert await typed(turn, VILLAGES, text) == kept


@pytest.mark.parametrize("text", ["0", "6", "-", "1000000", "9" * 400, "٣", "1 2", "1.5"])
async def test_a_number_that_is_not_on_the_list_is_no_choice(turn: Turn, text: str) -> None:
    assert await typed(turn, VILLAGES, text) is Reason.NOT_A_CHOICE


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Көк-Дөбө", "3"),
        ("көк дөбө", "3"),
        ("КОК ДОБО", "3"),
        ("кок-добо", "3"),
        ("«Чоң-Өзөн»", "5"),
        ("жаны турмуш", "2"),
        ("уч терек", "4"),
    ],
)
async def test_a_choice_may_be_typed_as_its_name_also_without_the_kyrgyz_letters(
    turn: Turn, text: str, kept: str
) -> None:
    assert await typed(turn, VILLAGES, text) == kept


@pytest.mark.parametrize(
    ("text", "kept"), [("дөбө", "3"), ("тер", "4"), ("жаны", "2"), ("ак б", "1"), ("турмуш жа", "2"), ("озон", "5")]
)
async def test_the_beginning_of_its_words_is_enough(turn: Turn, text: str, kept: str) -> None:
    assert await typed(turn, VILLAGES, text) == kept


@pytest.mark.parametrize(("text", "kept"), [("Көк-Дөвө", "3"), ("Чоң-Өзөм", "5"), ("Жаңы-Турмуж", "2")])
async def test_a_slip_is_forgiven(turn: Turn, text: str, kept: str) -> None:
    assert await typed(turn, VILLAGES, text) == kept


@pytest.mark.parametrize("text", ["Бишкек", "к", "айыл", "суу жок", "?", "көк терек"])
async def test_what_is_none_of_them_is_refused(turn: Turn, text: str) -> None:
    assert await typed(turn, VILLAGES, text) is Reason.NOT_A_CHOICE


async def test_a_picture_is_no_choice(turn: Turn) -> None:
    with pytest.raises(Refused) as no:
        await VILLAGES.read(turn, Heard())
    assert no.value.reason is Reason.WRONG_KIND


TWINS = choice([Option("a", "Ак-Булак"), Option("b", "Ак-Булуң"), Option("c", "Көк-Жар"), Option("d", "Көк-Жар")])


@pytest.mark.parametrize("text", ["ак", "ак бул", "Ак-Бул", "Ак-Булэр", "кок жар", "Көк-Жар", "көк"])
async def test_what_could_mean_two_of_them_is_not_guessed(turn: Turn, text: str) -> None:
    assert await typed(turn, TWINS, text) is Reason.NOT_A_CHOICE


@pytest.mark.parametrize(
    ("text", "kept"), [("Ак-Булак", "a"), ("ак булун", "b"), ("ак булу", "b"), ("ак булах", "a"), ("4", "d")]
)
async def test_what_means_one_of_two_alike_is_understood(turn: Turn, text: str, kept: str) -> None:
    assert await typed(turn, TWINS, text) == kept


async def test_a_whole_name_wins_over_a_longer_one_that_begins_with_it(turn: Turn) -> None:
    both = choice([Option("long", "Суу түтүгү"), Option("short", "Суу")])
    assert await typed(turn, both, "суу") == "short"
    assert await typed(turn, both, "суу т") == "long"


async def test_a_choice_without_options_refuses_everything(turn: Turn) -> None:
    assert [await typed(turn, choice(), text) for text in ("1", "Ак-Булак")] == [
        Reason.NOT_A_CHOICE,
        Reason.NOT_A_CHOICE,
    ]


def test_a_kept_choice_is_shown_by_its_name_and_unfit_once_it_is_off_the_list() -> None:
    assert (VILLAGES.value("3"), VILLAGES.shown("3")) == ("3", "Көк-Дөбө")
    with pytest.raises(Unfit):
        VILLAGES.value("6")


async def test_a_choice_named_by_a_picture_alone_is_not_chosen_by_saying_nothing(turn: Turn) -> None:
    thumb = choice([Option("yes", "👍"), Option("no", "Жок")])
    assert [await typed(turn, thumb, text) for text in ("", "?", "🙂", "1")] == [
        Reason.WRONG_KIND,
        Reason.NOT_A_CHOICE,
        Reason.NOT_A_CHOICE,
        "yes",
    ]


NEXT_YEAR = (date(2027, 1, 1), date(2027, 12, 31))


async def said(turn: Turn, answer: day_between | per_cent, text: str) -> Stored | Reason:
    """What is kept of a typed day or share, or why it is none."""
    try:
        return await answer.read(turn, Heard(text=text))
    except Refused as no:
        return no.reason


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("16.05", "2027-05-16"),
        ("16.05.2027", "2027-05-16"),
        ("1.1.27", "2027-01-01"),
        ("31/12", "2027-12-31"),
        ("31.12.2026", Reason.WRONG_DAY),
        ("01.01.2028", Reason.WRONG_DAY),
        ("29.02", Reason.NOT_A_DAY),
        ("эртең", Reason.NOT_A_DAY),
        ("", Reason.WRONG_KIND),
    ],
)
async def test_a_day_between_two_may_lie_ahead_and_is_in_the_year_of_the_first(
    turn: Turn, text: str, kept: Stored | Reason
) -> None:
    assert await said(turn, day_between(*NEXT_YEAR), text) == kept


def test_a_kept_day_that_lies_outside_by_now_is_asked_for_again() -> None:
    from_today = day_between(date(2026, 5, 5), date(2026, 5, 31))
    assert from_today.value("2026-05-05") == date(2026, 5, 5)
    for stored in ("2026-05-04", "2026-06-01", "tomorrow"):
        with pytest.raises(Unfit):
            from_today.value(stored)


async def test_only_a_day_off_is_made_a_working_one(turn: Turn) -> None:
    days = {"06.05": Reason.WORKS_ANYWAY, "05.05": "2026-05-05", "09.05": "2026-05-09", "10.05": "2026-05-10"}
    answer = idle_day(date(2026, 1, 1), date(2026, 12, 31))
    assert {text: await said(turn, answer, text) for text in days} == days


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1", "10"),
        ("1,5", "15"),
        ("1.5 %", "15"),
        ("0,1", "1"),
        ("100", "1000"),
        ("100,1", Reason.NOT_A_PER_CENT),
        ("0", Reason.NOT_A_PER_CENT),
        ("1,55", Reason.NOT_A_PER_CENT),
        ("-1", Reason.NOT_A_PER_CENT),
        ("٣", Reason.NOT_A_PER_CENT),
        ("бир", Reason.NOT_A_PER_CENT),
        ("", Reason.NOT_A_PER_CENT),
    ],
)
async def test_a_share_is_a_per_cent_with_at_most_one_decimal(turn: Turn, text: str, kept: Stored | Reason) -> None:
    assert await said(turn, per_cent(), text) == kept


def test_a_share_is_shown_as_it_is_written_in_each_language() -> None:
    assert [shown_share(each) for each in (1, 10, 15, 1_000)] == ["0,1", "1", "1,5", "100"]
    assert (shown_share(15, "ru"), shown_share(15, "en")) == ("1,5", "1.5")
