"""Is what somebody types read as they were shown it?"""

from types import SimpleNamespace
from typing import cast

import pytest

from bot import last_shown
from bot.last_shown import LastShown
from handlers.ways import Me, Menu
from storage.people import Account, Messenger
from talk.screen import Button, Question, Screen, rows
from talk.turn import Turn


def a_turn(address: str, messenger: Messenger = Messenger.WHATSAPP) -> Turn:
    """A turn of that account, in Russian."""
    account = Account(messenger=messenger, address=address)
    return cast(Turn, SimpleNamespace(account=account, t=SimpleNamespace(language="ru")))


UNDO = Screen(title="Меню", text="Узун сөз", buttons=rows(Button("Кайтаруу", Me()), Button("Мен", Menu())))


def test_the_ways_are_remembered_with_their_numbers_and_no_words_besides() -> None:
    shown, turn = LastShown(), a_turn("101")
    assert shown.of(turn.account) is None
    assert shown.note(turn, UNDO).language == "ru"
    kept = shown.of(turn.account)
    assert kept is not None
    assert (kept.numbered, kept.title, kept.text) == (UNDO.numbered, "", "")
    shown.note(turn, Screen(question=Question("Макулсузбу?", answers=1), buttons=UNDO.buttons))
    asked = shown.of(turn.account)
    assert asked is not None
    assert [way.label for way in asked.numbered] == ["Кайтаруу"]


def test_what_nothing_can_be_typed_at_leaves_the_ways_as_they_stood() -> None:
    shown, turn = LastShown(), a_turn("101")
    shown.note(turn, UNDO)
    for line in (Screen(alert="Болду"), Screen(text="Рахмат"), Screen(results=(UNDO,))):
        shown.note(turn, line)
        assert shown.of(turn.account) == Screen(buttons=UNDO.buttons)


def test_each_account_has_its_own_and_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_shown, "REMEMBERED", 2)
    shown = LastShown()
    turns = [a_turn("101"), a_turn("101", Messenger.TELEGRAM), a_turn("102")]
    for turn in turns:
        shown.note(turn, UNDO)
    assert [shown.of(turn.account) is not None for turn in turns] == [False, True, True]
