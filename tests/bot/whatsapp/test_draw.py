"""Is every screen accepted by WhatsApp, whatever is in it, and shown whole, with every way on?"""

import logging
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.whatsapp.draw import BODY_LIMIT, DRAWN, SEND_CONTACT, TEXT_LIMIT, Call, Says, draw
from bot.whatsapp.hearing import hear
from bot.whatsapp.text import LOOKALIKES, NO_WIDTH
from bot.whatsapp.updates import split_up
from civic.spelling import clean
from handlers.petitions.presses import FoundPetitions
from handlers.ways import Me, Menu
from sandbox.people import PIXEL
from talk.screen import Ask, Bar, Button, Fact, File, Question, Screen, rows
from tests.bot.test_draw import SCREENS, close
from tests.bot.whatsapp.bodies import body, change, message
from tests.bot.whatsapp.graph import read, size, why_refused


def texts(calls: list[Call]) -> list[str]:
    """What is read in the chat, in its order, as it is sent."""
    found = []
    for call in calls:
        body = call.body.get("body")
        found.append(body["text"] if isinstance(body, dict) else str(body or call.body.get("caption") or ""))
    return found


def tappable(calls: list[Call]) -> list[tuple[str, str]]:
    """(id, label) of everything that can be tapped."""
    found = []
    for action in (call.body["action"] for call in calls if call.kind == "interactive"):
        found += [(button["reply"]["id"], button["reply"]["title"]) for button in action.get("buttons", [])]
        for section in action.get("sections", []):
            found += [(row["id"], f"{row['title']} {row.get('description', '')}".strip()) for row in section["rows"]]
    return found


def hidden(calls: list[Call]) -> list[tuple[str, str]]:
    """The title and the description of every row that is seen in an opened list only."""
    actions = [call.body["action"] for call in calls if call.kind == "interactive"]
    rows = [row for action in actions for section in action.get("sections", []) for row in section["rows"]]
    return [(row["title"], row.get("description", "")) for row in rows]


def plain(text: str) -> str:
    """The text without what stands in for WhatsApp's own signs."""
    for sign, shown in LOOKALIKES.items():
        text = text.replace(shown, sign).replace(f"%{ord(sign):02X}", sign)
    return close(text.replace(NO_WIDTH, ""))


def bare(text: str) -> str:
    """Without white space and without any sign that may style."""
    return "".join(c for c in plain(text) if c not in "*_")


def refused(calls: list[Call]) -> list[str | None]:
    """What WhatsApp would refuse of it."""
    sent = []
    for call in calls:
        inside: dict[str, Any] = call.with_media("7") if call.upload else call.body
        message = {"messaging_product": "whatsapp", "recipient": "KG.1", "type": call.kind, call.kind: inside}
        sent.append(why_refused(message))
    return [why for why in sent if why]


def check(screen: Screen, calls: list[Call], *, phone_known: bool = False) -> None:
    """Accepted, whole, and with every way on."""
    assert refused(calls) == []
    together = bare("".join(texts(calls)))
    numbers = dict(enumerate(screen.numbered, screen.first_number))
    for title, rest in hidden(calls):  # what a list hides stands in the text, whole, under the number that opens it
        number = title.partition(". ")[0]
        way = numbers.get(int(number)) if number.isascii() and number.isdecimal() else None
        line = f"{number}. {way.label}" if way is not None else title + rest.removesuffix("…")
        assert bare(clean(line)) in together, line
    asked = screen.question.text if screen.question else ""
    facts = [part for fact in screen.facts for part in (fact.label, fact.value)]
    whole = (screen.lead, screen.title, screen.state, screen.text, *facts, asked, screen.folded, screen.note)
    for part in (*whole, screen.alert, screen.forward):
        assert bare(clean(part)) in together, part
    seen = tappable(calls)
    own = screen.question is not None and screen.question.asks is Ask.CONTACT and phone_known
    assert len(seen) == sum(way.press is not None for way in screen.ways) + own
    everything = together + bare("".join(label for _, label in seen))
    for way in screen.ways:
        assert bare(clean(way.label)) in everything or any(bare(label)[:20] in bare(way.label) for _, label in seen), (
            way
        )
    kinds = [call.body.get("type") for call in calls]
    if screen.question is not None and screen.question.asks is not None:
        wanted = "location_request_message" if screen.question.asks is Ask.LOCATION else "request_contact_info"
        assert (wanted in kinds) or own


@given(screen=SCREENS, phone_known=st.booleans())
@settings(max_examples=300, derandomize=True, deadline=None)
def test_every_screen_is_accepted_and_shown_whole(screen: Screen, phone_known: bool) -> None:
    calls = draw(screen, phone_known=phone_known)
    check(screen, calls, phone_known=phone_known)


# --- nothing is lost ---

BASE = Screen(title="Тема", buttons=((Button("Артка", Menu()),),))
WITH: dict[str, Screen] = {
    "title": replace(BASE, title="Башка"),
    "icon": replace(BASE, icon="📋"),
    "state": replace(BASE, state="жаңы"),
    "text": replace(BASE, text="сөз"),
    "folded": replace(BASE, folded="сөз"),
    "facts": replace(BASE, facts=(Fact("ким", "Асанов"),)),
    "bar": replace(BASE, bar=Bar(3, 10)),
    "choice": replace(BASE, choice=(Button("Суу", Me()),)),
    "first_number": replace(BASE, choice=(Button("Суу", Me()),), first_number=8),
    "question": replace(BASE, question=Question("Кайсы айыл?")),
    "note": replace(BASE, note="Ак-Булак"),
    "forward": replace(BASE, forward="сөз"),
    "picture": replace(BASE, picture=File("a.png", PIXEL)),
    "document": replace(BASE, document=File("a.txt", b"1")),
    "buttons": replace(BASE, buttons=()),
    "alert": replace(BASE, alert="сөз"),
    "lead": replace(BASE, lead="сөз"),
}
# where one stands, which nobody sees; what only a messenger that redraws and has a keyboard below needs; inline mode;
# native forms, tested in test_flows.py; the language, by which the door chooses the words of lists
ELSEWHERE = {"at", "fresh", "puts_keyboard_away", "results", "together", "language"}


def test_every_part_of_a_screen_is_known_to_the_drawing_and_tried_here() -> None:
    assert {f.name for f in fields(Screen)} == DRAWN == WITH.keys() | ELSEWHERE


@pytest.mark.parametrize("part", WITH)
def test_each_part_of_a_screen_can_be_seen(part: str) -> None:
    check(WITH[part], draw(WITH[part]))
    without = replace(WITH[part], first_number=1) if part == "first_number" else BASE
    assert draw(WITH[part]) != draw(without)


def test_what_has_no_place_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    draw(Screen(results=(BASE, BASE)))
    ways = (Button("Бөлүшүү", share="https://a.kg"), Button("Издөө", inline="суу"))
    draw(replace(BASE, buttons=(ways,)))
    assert [line.split(":")[0] for line in caplog.messages] == ["dropped", "dropped"]


def test_a_screen_with_nothing_to_say_is_no_message() -> None:
    for nothing in ("", " ", "\u202e\x00", "\ud800"):
        assert draw(Screen(title=nothing, text=nothing, puts_keyboard_away="Кабыл алынды")) == []


# --- ways on ---


def a_choice(length: int, *actions: str, label: str = "Суу") -> Screen:
    """A list of that length with those actions below it."""
    choice = tuple(Button(f"{label} {i}", Me()) for i in range(1, length + 1))
    return Screen(title="Тема", choice=choice, buttons=tuple((Button(action, Menu()),) for action in actions))


def shapes(calls: list[Call]) -> list[tuple[str, int]]:
    """The kind of each message and how much there is to tap on it."""
    return [(str(call.body.get("type") or call.kind), len(tappable([call]))) for call in calls]


def test_three_ways_are_buttons_ten_a_list_and_more_are_two_messages() -> None:
    assert shapes(draw(a_choice(0, "Артка"))) == [("button", 1)]
    assert shapes(draw(a_choice(2, "Артка"))) == [("button", 3)]
    assert shapes(draw(a_choice(3, "Артка"))) == [("list", 4)]
    assert shapes(draw(a_choice(8, "Артка", "Менюга"))) == [("list", 10)]
    assert shapes(draw(a_choice(8, "Кийинки", "Артка", "Менюга"))) == [("list", 8), ("button", 3)]
    assert shapes(draw(a_choice(8, *"АБВГ"))) == [("list", 8), ("list", 4)]
    assert shapes(draw(a_choice(11, "Артка"))) == [("list", 9), ("button", 3)]
    assert shapes(draw(a_choice(23, "Артка"))) == [("list", 10), ("list", 10), ("list", 4)]
    assert shapes(draw(a_choice(0, *"АБВГДЕЖЗИЙК"))) == [("list", 8), ("button", 3)]  # none holds one row only


def test_a_label_too_long_for_a_button_makes_a_list_and_is_cut_at_a_word() -> None:
    screen = a_choice(2, label="Көчөлөрдү жарыктандыруу маселеси")
    [call] = draw(screen)
    first, second = call.body["action"]["sections"][0]["rows"]
    assert (first["title"], first["description"]) == ("1. Көчөлөрдү", "жарыктандыруу маселеси 1")
    assert first["id"] != second["id"]  # the same press twice
    assert "1. Көчөлөрдү жарыктандыруу маселеси 1" in texts([call])[0].replace(NO_WIDTH, "")


def test_what_somebody_typed_comes_back_whole_even_when_it_ends_like_our_own_mark() -> None:
    presses = [FoundPetitions(words) for words in ("дом #12", "дом #12", "дом", "дом ", "#1")]
    [call] = draw(Screen(text="x", buttons=rows(*(Button(f"Жол {n}", press) for n, press in enumerate(presses)))))
    ids = [row["id"] for row in call.body["action"]["sections"][0]["rows"]]
    assert len(set(ids)) == len(ids)
    heard = []
    for id_ in ids:
        reply = {"type": "list_reply", "list_reply": {"id": id_, "title": "x"}}
        [(_, _, payload)], _ = split_up(body(change(message("1", "interactive", reply))))
        found = hear(payload)
        assert found is not None
        heard.append(found.press)
    assert heard == [press.pack() for press in presses]


def test_the_numbers_of_a_list_stand_in_the_text_for_who_cannot_open_it() -> None:
    screen = replace(a_choice(5, "Артка"), first_number=9)
    [call] = draw(screen, says=Says("Тандоо", "Дагы", "Номерин жазыңыз"))
    rows = "9. Суу 1\n10. Суу 2\n11. Суу 3\n12. Суу 4\n13. Суу 5\n\n14. Артка"
    assert texts([call])[0].replace(NO_WIDTH, "").endswith(rows)
    assert (call.body["action"]["button"], call.body["footer"]["text"]) == ("Тандоо", "Номерин жазыңыз")
    assert [section["title"] for section in call.body["action"]["sections"]] == ["9–13", "⋯"]
    assert tappable([call])[-1][1] == "14. Артка"


def test_below_a_question_only_its_answers_have_numbers_for_one_may_be_the_answer() -> None:
    answers = ("Макулмун", "Окуп эле турам", "Артка", "Жокко чыгаруу")
    screen = replace(a_choice(0, *answers), question=Question("Макулсузбу?", answers=2))
    [call] = draw(screen)
    said = texts([call])[0].replace(NO_WIDTH, "")
    assert said.endswith("Макулсузбу?\n\n1. Макулмун\n2. Окуп эле турам\n• Артка\n• Жокко чыгаруу")
    assert [label for _, label in tappable([call])] == ["1. Макулмун", "2. Окуп эле турам", "Артка", "Жокко чыгаруу"]


def test_two_lists_are_told_apart_by_their_buttons_and_by_the_numbers_over_them() -> None:
    first, second = draw(a_choice(10, *"АБВГДЕЖ"), says=Says("Тандоо", "Дагы", "Номерин жазыңыз"))
    assert [call.body["action"]["button"] for call in (first, second)] == ["Тандоо", "Дагы"]
    assert texts([second]) == ["👇 11–17"]
    assert [("footer" in call.body) for call in (first, second)] == [True, False]  # said once
    assert "11. А\n12. Б" in texts([first])[0].replace(NO_WIDTH, "")


def test_one_link_alone_is_a_button_and_beside_others_a_line() -> None:
    link = Button("Барак", link="https://a.kg/x_y?a=1")
    [call] = draw(Screen(text="Окуңуз", buttons=((link,),)))
    assert call.body["action"]["parameters"] == {"display_text": "Барак", "url": "https://a.kg/x_y?a=1"}
    [call] = draw(replace(BASE, buttons=((link,), (Button("Артка", Menu()),))))
    assert texts([call]) == ["*Тема*\n\nБарак: https://a.kg/x_y?a=1"]
    [call] = draw(Screen(text="Чалыңыз", buttons=((Button("Чалуу", link="tel:112"),),)))
    assert (call.kind, texts([call])) == ("text", ["Чалыңыз\n\nЧалуу: tel:112"])


def test_what_is_passed_on_opens_whatsapp_with_the_words() -> None:
    screen = Screen(
        title="Тема", buttons=((Button("Бөлүшүү", share="https://a.kg/?x=1&y=2"), Button("Артка", Menu())),)
    )
    assert "Бөлүшүү: https://wa.me/?text=https%3A%2F%2Fa.kg%2F%3Fx%3D1%26y%3D2" in texts(draw(screen))[0]


def test_a_number_that_whatsapp_tells_is_sent_with_a_button_else_it_is_asked_for() -> None:
    asks = Question("Номериңиз?", Ask.CONTACT, "Номер жөнөтүү")
    screen = replace(BASE, title="", question=asks)
    [call] = draw(screen, phone_known=True)
    assert tappable([call]) == [(SEND_CONTACT, "Номер жөнөтүү"), (Menu().pack(), "Артка")]
    ask, ways = draw(screen, phone_known=False)
    assert (ask.body["type"], texts([ask])) == ("request_contact_info", ["Номериңиз?"])
    assert [label for _, label in tappable([ways])] == ["Артка"]


# --- files ---


def test_a_file_stands_over_the_buttons_or_under_its_words_or_ahead_of_a_list() -> None:
    for kind, file in (("image", {"picture": File("a.png", PIXEL)}), ("document", {"document": File("а.txt", b"1")})):
        [call] = draw(replace(BASE, **file))  # type: ignore[arg-type]
        assert (call.body["type"], call.body["header"]["type"]) == ("button", kind)
        assert call.with_media("7")["header"][kind]["id"] == "7"
        [call] = draw(replace(BASE, buttons=(), **file))  # type: ignore[arg-type]
        assert (call.kind, call.body["caption"]) == (kind, "*Тема*")
        ahead, listed = draw(replace(a_choice(5), **file))  # type: ignore[arg-type]
        assert (ahead.kind, "caption" in ahead.body, listed.body["type"]) == (kind, False, "list")
        long = replace(BASE, text="сөз " * 400, **file)  # type: ignore[arg-type]
        assert [call.kind for call in draw(long)] == [kind, "text", "interactive"]


# --- long texts ---


@pytest.mark.parametrize("length", [BODY_LIMIT - 5, BODY_LIMIT, TEXT_LIMIT, TEXT_LIMIT + 1, 3 * TEXT_LIMIT])
def test_a_long_text_is_whole_and_its_end_has_the_buttons(length: int) -> None:
    for text in ("ө" * length, ("Бир сүйлөм бар. " * length)[:length]):
        calls = draw(Screen(title="Тема", text=text, buttons=BASE.buttons))
        assert refused(calls) == []
        assert close("".join(texts(calls))) == f"*Тема*{close(text)}"
        assert [call.kind for call in calls[:-1]] == ["text"] * (len(calls) - 1)
        assert [label for _, label in tappable([calls[-1]])] == ["Артка"]
        for call in calls[:-1]:
            assert not text.startswith("Бир") or texts([call])[0].endswith("бар.")


def test_what_is_bold_stays_bold_through_the_cuts() -> None:
    title = "Узун аталыш " * 200
    calls = draw(Screen(title=title, text="сөз", buttons=BASE.buttons))
    assert refused(calls) == []
    runs = [run for text in texts(calls) for run in read(text)[1]]
    assert {style for style, _ in runs} == {"bold"}
    assert close("".join(words for _, words in runs)) == close(title)
    assert all(size(text) <= TEXT_LIMIT for text in texts(calls))


def test_a_voice_stands_alone_for_it_has_no_words_beside_it() -> None:
    calls = draw(Screen(title="Сунуш № 1", document=File("voice.ogg", b"OggS")))
    assert [call.kind for call in calls] == ["audio", "text"]
    assert calls[0].body == {}
