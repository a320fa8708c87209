"""Does a conversation gather its answers, whatever people do in between? With real turns on a real database."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.refusals import Reason, Refused
from handlers.answers import words
from storage.database import Database
from storage.drafts import Draft
from storage.municipalities import Municipality, streets, villages
from talk.form import Answered, Do, Form, FormStep, GoOn, ask, ask_if_wanted
from talk.press import Press
from talk.screen import Ask, Fact
from talk.turn import Heard, Turn
from tests.talk.trial import (
    CloseRoad,
    Declare,
    Home,
    OpenRoad,
    PickDay,
    Rate,
    Report,
    SayPhone,
    Somebody,
    Told,
    with_questions,
)

GOES_ON = (
    "Мурда жазганыңыз сакталып турат: ошол жерден улантыңыз. Башынан баштайм десеңиз, «Жокко чыгаруу» дегенди басыңыз."
)
BACK, CANCEL, UNDO, SEND, SKIP = "Артка", "Жокко чыгаруу", "Кайтаруу", "Жөнөтүү", "Өткөрүп жиберүү"


async def village_of(database: Database, home: Municipality, name: str) -> str:
    """The number of the village of that name, as the form keeps it."""
    async with database.transaction() as db:
        return next(str(place.id) for place in await villages(db, home.id) if place.name_ky == name)


async def refusal(aigul: Somebody, press: Press) -> Reason:
    """The reason why this press is refused."""
    with pytest.raises(Refused) as no:
        await aigul.presses(press)
    return no.value.reason


async def fill_in(aigul: Somebody) -> None:
    """Answers every question of the report: at its end every answer is shown."""
    await aigul.presses(Report())
    for text in ("Көпүрө бузулду", "Көк-Дөбө", "Талаа", "-"):
        await aigul.says(text)


# --- asking ---


async def test_a_form_asks_its_first_question_and_can_be_cancelled_but_not_gone_back_from(aigul: Somebody) -> None:
    screen = await aigul.presses(Report())
    assert (screen.title, aigul.asked, aigul.labels) == ("Чуңкур", "Эмне болду?", [CANCEL])
    assert isinstance(screen.at, GoOn)


async def test_a_form_without_a_title_cannot_be_cancelled_before_the_first_answer(aigul: Somebody) -> None:
    await aigul.presses(Rate())
    assert aigul.labels == ["Жакшы", "Жаман"]


async def test_an_answer_leads_to_the_next_question_from_where_there_is_a_way_back(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    assert aigul.asked == "Кайсы айылда?"
    assert aigul.labels == ["Ак-Булак", "Жаңы-Турмуш", "Көк-Дөбө", "Үч-Терек", "Чоң-Өзөн", BACK, CANCEL]


async def test_answers_are_kept_by_the_key_of_their_question(
    aigul: Somebody, database: Database, home: Municipality
) -> None:
    await fill_in(aigul)
    async with database.transaction() as db:
        street = next(str(each.id) for each in await streets(db, home.id) if each.name_ky == "Талаа")
    village = await village_of(database, home, "Көк-Дөбө")
    assert await aigul.answers() == {"what": "Көпүрө бузулду", "village": village, "street": street, "note": None}


async def test_what_is_no_answer_is_said_and_the_question_is_asked_again(aigul: Somebody) -> None:
    await aigul.presses(Report())
    screen = await aigul.says("үй")
    assert (aigul.asked, screen.state) == ("Эмне болду?", "Өтө кыска. Кеминде 3 белги жазыңыз.")
    assert await aigul.answers() == {}
    await aigul.says("Көпүрө бузулду")
    screen = await aigul.says("Бишкек")
    assert (aigul.asked, screen.state[:23]) == ("Кайсы айылда?", "Мындай жооп тизмеде жок")


async def test_a_picture_is_no_answer_to_a_question_of_words(aigul: Somebody) -> None:
    await aigul.presses(Report())
    screen = await aigul.does(Heard())
    assert (aigul.asked, screen.state[:31]) == ("Эмне болду?", "Бул суроого мындай жооп туура к")


async def test_up_to_five_answers_are_buttons_and_more_are_a_numbered_list_with_pages(aigul: Somebody) -> None:
    await aigul.presses(Report())
    screen = await aigul.says("Көпүрө бузулду")
    assert (len(screen.choice), len(screen.buttons)) == (0, 6)
    screen = await aigul.presses(PickDay())
    assert [way.label for way in screen.choice] == [f"{day}-май" for day in range(1, 9)]
    assert ([way.label for row in screen.buttons for way in row], screen.first_number) == (["Кийинки", CANCEL], 1)
    screen = await aigul.taps("Кийинки")
    assert [way.label for way in screen.choice] == [f"{day}-май" for day in range(9, 17)]
    assert ([way.label for row in screen.buttons for way in row], screen.first_number) == (
        ["Мурунку", "Кийинки", CANCEL],
        9,
    )
    screen = await aigul.taps("Кийинки")
    assert [way.label for way in screen.choice] == [f"{day}-май" for day in range(17, 21)]
    assert ([way.label for row in screen.buttons for way in row], screen.first_number) == (["Мурунку", CANCEL], 17)


async def test_on_any_page_a_number_means_what_it_stands_before(aigul: Somebody) -> None:
    await aigul.presses(PickDay())
    await aigul.taps("Кийинки")
    assert (await aigul.says("19")).title == "Күнү: d19"


@pytest.mark.parametrize("page", ["99", "x", "", "-1", "9" * 15])
async def test_a_page_that_is_not_there_is_the_nearest_one(aigul: Somebody, page: str) -> None:
    await aigul.presses(PickDay())
    draft = (await aigul.person()).draft
    assert draft is not None
    screen = await aigul.presses(FormStep(draft.number, Do.PAGE, page))
    assert screen.first_number == (17 if page.startswith("9") else 1)


# --- checking, changing, sending ---


async def test_before_it_is_sent_every_answer_is_shown_with_a_way_to_change_it(aigul: Somebody) -> None:
    await fill_in(aigul)
    assert aigul.screen.state == "Жөнөтөрдөн мурун текшериңиз"
    assert aigul.screen.facts == (
        Fact("Окуя", "Көпүрө бузулду"),
        Fact("Айыл", "Көк-Дөбө"),
        Fact("Көчө", "Талаа"),
        Fact("Дагы эмне айтасыз?", "жооп жок"),
    )
    assert aigul.labels == [
        SEND,
        "Өзгөртүү: Окуя",
        "Өзгөртүү: Айыл",
        "Өзгөртүү: Көчө",
        "Өзгөртүү: note",
        BACK,
        CANCEL,
    ]


async def test_what_is_sent_is_done_once_and_the_draft_is_gone(
    aigul: Somebody, database: Database, home: Municipality
) -> None:
    await fill_in(aigul)
    send = aigul.way(SEND)
    screen = await aigul.presses(send)
    assert (screen.title, screen.text) == ("Кабыл алынды", "Көпүрө бузулду | None")
    person = await aigul.person()
    assert person.draft is None
    assert str(person.village_id) == await village_of(database, home, "Көк-Дөбө")
    assert await refusal(aigul, send) is Reason.OLD_QUESTION


async def test_back_forgets_the_last_answer_only(aigul: Somebody) -> None:
    await fill_in(aigul)
    await aigul.taps(BACK)
    assert aigul.asked == "Дагы эмне айтасыз?"
    await aigul.taps(BACK)
    assert aigul.asked == "Кайсы көчөдө?"
    answers = await aigul.answers()
    assert answers is not None
    assert list(answers) == ["what", "village"]


async def test_changing_one_answer_asks_that_question_only(aigul: Somebody) -> None:
    await fill_in(aigul)
    await aigul.taps("Өзгөртүү: Окуя")
    assert aigul.asked == "Эмне болду?"
    await aigul.says("Чырак күйбөйт")
    assert [fact.value for fact in aigul.screen.facts] == ["Чырак күйбөйт", "Көк-Дөбө", "Талаа", "жооп жок"]


async def test_an_answer_that_became_unfit_is_asked_again_and_the_others_stay(aigul: Somebody) -> None:
    await fill_in(aigul)
    await aigul.taps("Өзгөртүү: Айыл")
    await aigul.says("Үч-Терек")  # where there is no street «Талаа»
    assert aigul.asked == "Кайсы көчөдө?"
    assert aigul.labels[:-2] == ["Айчүрөк", "Күн-Чыгыш", "Мурап", "Семетей", "Терек"]
    await aigul.says("Мурап")
    assert [fact.value for fact in aigul.screen.facts] == ["Көпүрө бузулду", "Үч-Терек", "Мурап", "жооп жок"]


async def test_an_earlier_question_may_be_answered_again_on_its_old_message(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    other = aigul.way("Үч-Терек")
    await aigul.taps("Көк-Дөбө")
    await aigul.taps("Талаа")
    await aigul.presses(other)
    assert aigul.asked == "Кайсы көчөдө?"


async def test_what_may_be_skipped_is_skipped_by_a_button_or_a_dash(aigul: Somebody) -> None:
    for way in (SKIP, "-", " – ", "—"):
        await fill_in(aigul)
        await aigul.taps(BACK)
        assert aigul.labels == [SKIP, BACK, CANCEL]
        await (aigul.taps(way) if way == SKIP else aigul.says(way))
        assert aigul.screen.facts[-1] == Fact("Дагы эмне айтасыз?", "жооп жок")


async def test_what_may_be_skipped_may_be_answered_too(aigul: Somebody) -> None:
    await fill_in(aigul)
    await aigul.taps(BACK)
    await aigul.says("Балдар жыгылып жатат")
    assert (await aigul.taps(SEND)).text == "Көпүрө бузулду | Балдар жыгылып жатат"


async def test_a_dash_does_not_skip_a_question_that_must_be_answered(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("-")
    assert (aigul.asked, await aigul.answers()) == ("Эмне болду?", {})


async def test_a_form_without_a_last_look_is_done_with_its_last_answer(aigul: Somebody) -> None:
    await aigul.presses(Rate())
    assert (await aigul.taps("Жакшы")).title == "Бааңыз: good"
    person = await aigul.person()
    assert (person.draft, person.consent_version) == (None, 1)


async def test_the_messengers_own_button_is_put_away_after_the_answer(aigul: Somebody) -> None:
    screen = await aigul.presses(SayPhone())
    assert screen.question is not None
    assert (screen.question.asks, screen.question.button) == (Ask.CONTACT, "Номер жөнөтүү")
    assert (await aigul.says("+996700000101")).puts_keyboard_away == ""
    screen = await aigul.shares("+996700000101")
    assert (aigul.asked, screen.puts_keyboard_away) == ("Атыңыз ким?", "Кабыл алынды.")
    assert (await aigul.says("Айгүл")).title == "Айгүл +996700000101"


async def test_a_shared_contact_answers_the_form_also_when_another_screen_was_opened_meanwhile(
    aigul: Somebody,
) -> None:
    await aigul.presses(SayPhone())
    await aigul.presses(Home())
    await aigul.shares("+996700000101")
    assert aigul.asked == "Атыңыз ким?"


# --- words that are no answer ---


async def test_the_name_of_a_button_may_be_typed_inside_a_form(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    await aigul.says("артка")
    assert aigul.asked == "Эмне болду?"
    assert (await aigul.says("жокко чыгаруу")).lead.startswith("Токтотулду.")


async def test_the_name_of_a_feature_leads_there_when_it_is_no_answer_and_the_form_stays(aigul: Somebody) -> None:
    await aigul.presses(PickDay())
    assert (await aigul.says("Башкы бет")).title == "Башкы меню"
    await aigul.presses(GoOn())
    assert aigul.asked == "Кайсы күнү?"


async def test_words_typed_on_another_screen_are_no_answer(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.presses(OpenRoad(12))
    assert (await aigul.says("Көпүрө бузулду")).text == "12-жолдон издейм: Көпүрө бузулду"
    assert await aigul.answers() == {}


async def test_other_words_at_the_last_look_show_it_again(aigul: Somebody) -> None:
    await fill_in(aigul)
    looked_at = aigul.screen.facts
    assert (await aigul.says("дагы бир сөз")).facts == looked_at
    assert (await aigul.says("Башкы бет")).title == "Башкы меню"


# --- cancelling ---


async def test_what_was_cancelled_can_be_taken_up_where_it_was_left(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    screen = await aigul.taps(CANCEL)
    assert (screen.title, screen.lead[:11], aigul.labels[0]) == ("Башкы меню", "Токтотулду.", UNDO)
    assert (await aigul.says("Көк-Дөбө")).text == "түшүнбөдүм: Көк-Дөбө"
    await aigul.presses(FormStep(await number_of(aigul), Do.PICK_UP))
    assert aigul.asked == "Кайсы айылда?"
    assert await aigul.answers() == {"what": "Көпүрө бузулду"}


async def number_of(aigul: Somebody) -> int:
    """The number of the draft."""
    draft = (await aigul.person()).draft
    assert draft is not None
    return draft.number


async def test_the_command_cancel_does_the_same_and_a_second_time_there_is_nothing_to_cancel(aigul: Somebody) -> None:
    await aigul.presses(Report())
    screen = await aigul.commands("cancel")
    assert (screen.title, aigul.labels[0]) == ("Башкы меню", UNDO)
    screen = await aigul.commands("cancel")
    assert (screen.title, screen.lead) == ("Башкы меню", "Жокко чыгара турган эч нерсе жок.")
    assert UNDO not in aigul.labels


async def test_a_cancelled_form_does_not_listen_to_its_old_buttons(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    tap, back = aigul.way("Көк-Дөбө"), aigul.way(BACK)
    await aigul.taps(CANCEL)
    assert [await refusal(aigul, press) for press in (tap, back, GoOn())] == [Reason.OLD_QUESTION] * 3


# --- old, forged and strange presses ---


async def test_a_press_that_begins_a_form_takes_the_place_of_the_unfinished_one(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    tap, cancel = aigul.way("Көк-Дөбө"), aigul.way(CANCEL)
    await aigul.presses(PickDay())
    assert (aigul.asked, await aigul.answers()) == ("Кайсы күнү?", {})
    assert [await refusal(aigul, press) for press in (tap, cancel)] == [Reason.OLD_QUESTION] * 2
    assert aigul.asked == "Кайсы күнү?"


async def test_the_press_that_began_a_form_goes_on_with_it_and_says_so(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    kept, asked = await aigul.answers(), aigul.asked
    await aigul.presses(Home())
    screen = await aigul.presses(Report())
    assert (aigul.asked, await aigul.answers()) == (asked, kept)
    assert screen.state == GOES_ON
    await aigul.taps(CANCEL)
    await aigul.presses(Report())
    assert await aigul.answers() == {}


async def test_a_form_that_only_waits_to_be_sent_is_shown_again_not_sent(aigul: Somebody) -> None:
    await fill_in(aigul)
    screen = await aigul.presses(Report())
    assert screen.lead == GOES_ON
    assert aigul.way(SEND) is not None


async def test_forms_begun_in_the_same_moment_have_numbers_of_their_own(aigul: Somebody) -> None:
    aigul.pace = timedelta()
    await aigul.presses(PickDay())
    first = aigul.way("1-май")
    await aigul.does(Heard(press=PickDay().pack()), Heard(press=PickDay().pack()))
    assert await refusal(aigul, first) is Reason.OLD_QUESTION
    assert (await aigul.taps("2-май")).title == "Күнү: d2"


async def test_the_undo_of_a_form_that_was_begun_anew_is_refused(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.taps(CANCEL)
    undo = aigul.way(UNDO)
    await aigul.presses(Report())
    assert await refusal(aigul, undo) is Reason.OLD_QUESTION


async def test_nobody_who_began_nothing_can_go_on(aigul: Somebody) -> None:
    presses = (GoOn(), FormStep(1, Do.PICK_UP), FormStep(1, Do.SEND), Answered(1, "what", "x"))
    assert [await refusal(aigul, press) for press in presses] == [Reason.OLD_QUESTION] * 4


async def test_an_answer_that_is_not_on_the_list_cannot_be_forged(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    number = await number_of(aigul)
    forged = (
        Answered(number, "village", "999999"),
        Answered(number, "village", None),  # skipping what must be answered
        Answered(number, "what", "жок"),  # words are typed and never tapped
        Answered(number, "street", "1"),  # not asked yet
        Answered(number, "secret", "1"),
    )
    assert [await refusal(aigul, press) for press in forged] == [Reason.OLD_QUESTION] * 5
    assert await aigul.answers() == {"what": "Көпүрө бузулду"}


async def test_a_forged_send_before_the_last_answer_asks_on(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    await aigul.presses(FormStep(await number_of(aigul), Do.SEND))
    assert aigul.asked == "Кайсы айылда?"
    assert (await aigul.person()).village_id is None


async def test_a_forged_back_or_change_of_nothing_changes_nothing(aigul: Somebody) -> None:
    await aigul.presses(Report())
    await aigul.presses(FormStep(await number_of(aigul), Do.BACK))
    assert aigul.asked == "Эмне болду?"
    await aigul.says("Көпүрө бузулду")
    await aigul.presses(FormStep(await number_of(aigul), Do.CHANGE, "secret"))
    assert (aigul.asked, await aigul.answers()) == ("Кайсы айылда?", {"what": "Көпүрө бузулду"})


# --- releases and restarts: every act of these tests is in a session of its own ---


async def test_a_release_that_reorders_its_questions_breaks_no_draft(aigul: Somebody) -> None:
    def reordered(turn: Turn, press: Report) -> Form[Told]:
        when = yield from ask("when", "Качан?", words())
        note = yield from ask_if_wanted("note", "Дагы эмне айтасыз?", words())
        what = yield from ask("what", "Эмне болду?", words(), named="Окуя")
        return Told(what, "1", when, note)

    await aigul.presses(Report())
    await aigul.says("Көпүрө бузулду")
    aigul.table = with_questions(Report, reordered)
    await aigul.presses(GoOn())
    assert aigul.asked == "Качан?"
    await aigul.says("Кечээ")
    await aigul.says("-")
    assert [fact.value for fact in aigul.screen.facts] == ["Кечээ", "жооп жок", "Көпүрө бузулду"]


async def test_a_release_with_stricter_questions_asks_what_no_longer_fits(aigul: Somebody) -> None:
    def stricter(turn: Turn, press: Report) -> Form[Told]:
        what = yield from ask("what", "Кыскача эмне болду?", words(max=8))
        note = yield from ask("note", "Түшүндүрүңүз", words())
        return Told(what, "1", "1", note)

    await fill_in(aigul)
    aigul.table = with_questions(Report, stricter)
    await aigul.presses(GoOn())
    assert aigul.asked == "Кыскача эмне болду?"
    await aigul.says("Көпүрө")
    assert aigul.asked == "Түшүндүрүңүз"  # was skipped, and may not be any more


async def test_a_draft_of_a_form_that_no_release_knows_any_more_is_an_old_question(aigul: Somebody) -> None:
    await aigul.presses(Report())
    async with aigul.database.transaction() as db:
        draft = (await db.scalars(select(Draft))).one()
        draft.begun_by = "gone:1"
    assert await refusal(aigul, GoOn()) is Reason.OLD_QUESTION
    assert (await aigul.commands("cancel")).title == "Башкы меню"


# --- what was wanted ---


async def test_what_was_wanted_is_done_after_the_form_with_its_words_above(aigul: Somebody) -> None:
    await aigul.presses(Rate(then=OpenRoad(12).pack()))
    screen = await aigul.taps("Жакшы")
    assert (screen.title, screen.lead) == ("12-жол", "Бааңыз: good")
    assert (await aigul.person()).draft is None


async def test_what_was_wanted_may_be_another_form(aigul: Somebody) -> None:
    await aigul.presses(Rate(then=PickDay().pack()))
    await aigul.taps("Жакшы")
    assert (aigul.asked, aigul.screen.lead) == ("Кайсы күнү?", "Бааңыз: good")
    assert (await aigul.says("3")).title == "Күнү: d3"


@pytest.mark.parametrize("then", ["gone:1", "t-road:x", "%%%", "", "t-road"])
async def test_a_wish_that_means_nothing_any_more_is_left_out(aigul: Somebody, then: str) -> None:
    await aigul.presses(Rate(then=then))
    screen = await aigul.taps("Жакшы")
    assert (screen.title, screen.lead) == ("Бааңыз: good", "")


async def test_a_refusal_of_what_was_wanted_does_not_undo_the_form(aigul: Somebody) -> None:
    await aigul.presses(Rate(then=OpenRoad(101).pack()))
    screen = await aigul.taps("Жакшы")
    assert screen.lead == "Бааңыз: good"
    assert screen.text.startswith("Бул жерде мындай нерсе жок")
    person = await aigul.person()
    assert (person.consent_version, person.draft) == (1, None)


async def test_a_refusal_undoes_what_was_half_done_after_the_form_and_nothing_else(aigul: Somebody) -> None:
    await aigul.presses(Rate(then=CloseRoad(101).pack()))  # makes the person speak Russian, then refuses
    screen = await aigul.taps("Жакшы")
    assert screen.text.endswith("ky бүтпөгөнү жок")
    person = await aigul.person()
    assert (person.consent_version, person.language) == (1, "ky")


async def test_a_form_that_is_refused_at_once_leaves_no_draft_behind(aigul: Somebody) -> None:
    await aigul.presses(Rate(then=Declare().pack()))
    screen = await aigul.taps("Жакшы")
    assert screen.text.endswith("ky бүтпөгөнү жок")
    assert (await aigul.person()).draft is None


async def test_after_such_a_refusal_the_very_next_words_are_heard_as_nothing_special(aigul: Somebody) -> None:
    await aigul.presses(Rate(then=Declare().pack()))
    screen = await aigul.does(Heard(press=aigul.way("Жакшы").pack()), Heard(text="2019-жылдан бери"))
    assert screen.text == "түшүнбөдүм: 2019-жылдан бери"
