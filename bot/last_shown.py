"""What was somebody shown last, when they type a number or the words of a button?"""

from collections import OrderedDict
from dataclasses import replace

from storage.people import Account
from talk.screen import Screen
from talk.turn import Turn

REMEMBERED = 5_000  # people: whoever was answered last


class LastShown:
    """The ways on that people were shown last. Made anew, a screen may lack one that stood there this time only, such
    as «undo», and the others would have other numbers. In memory: after a start screens are made anew."""

    def __init__(self) -> None:
        self._ways: OrderedDict[tuple[str, str], Screen] = OrderedDict()

    def of(self, account: Account) -> Screen | None:
        """The ways on that stand before them; None when that is not remembered."""
        return self._ways.get((str(account.messenger), account.address))

    def note(self, turn: Turn, screen: Screen) -> Screen:
        """Remembers the ways on of a screen that is about to be shown; gives it with the language it speaks."""
        if screen.results is None and (screen.ways or screen.question):
            key = (str(turn.account.messenger), turn.account.address)
            asked = screen.question and replace(screen.question, text="")
            self._ways[key] = Screen(
                choice=screen.choice, first_number=screen.first_number, question=asked, buttons=screen.buttons
            )
            self._ways.move_to_end(key)
            if len(self._ways) > REMEMBERED:
                self._ways.popitem(last=False)
        return replace(screen, language=turn.t.language)
