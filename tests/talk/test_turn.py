"""What does a turn tell its handler?"""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from storage.municipalities import Municipality
from storage.people import Account, Person
from talk.turn import Heard, Links, Turn
from talk.words import Words
from tests.cast import VAULT
from tests.talk.trial import table

EVENING = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)  # in Bishkek already 5 May


def a_turn(words: Words, person: Person, moment: datetime = EVENING) -> Turn:
    account = Account(person=person, address="101")
    return Turn(person, account, AsyncSession(), moment, Heard(), words, VAULT, Links("trial_bot"), table.go)


def test_today_is_the_date_in_the_persons_municipality(kit_words: Words) -> None:
    away = Municipality(time_zone="America/New_York")
    assert a_turn(kit_words, Person(municipality=away)).today == date(2026, 5, 4)
    assert a_turn(kit_words, Person(municipality=Municipality(time_zone="Asia/Bishkek"))).today == date(2026, 5, 5)


def test_who_has_no_municipality_yet_lives_by_the_clock_of_bishkek(kit_words: Words) -> None:
    turn = a_turn(kit_words, Person(municipality=None))
    assert (turn.municipality, turn.time_zone, turn.today) == (None, "Asia/Bishkek", date(2026, 5, 5))


@pytest.mark.parametrize(("language", "back"), [("ky", "Артка"), ("ru", "Назад"), ("en", "Back"), ("uz", "Артка")])
def test_a_turn_speaks_the_persons_language(kit_words: Words, language: str, back: str) -> None:
    assert a_turn(kit_words, Person(language=language)).t("kit-back") == back


def test_a_turn_may_change_its_language_half_way(kit_words: Words) -> None:
    turn = a_turn(kit_words, Person(language="ky"))
    turn.speak("en")
    assert (turn.t.language, turn.t("kit-back"), turn.person.language) == ("en", "Back", "ky")


def test_a_deep_link_opens_the_bot_at_its_payload() -> None:
    assert Links("ak_bulak_bot").deep("i12") == "https://t.me/ak_bulak_bot?start=i12"
