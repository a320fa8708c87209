"""Which handler answers a turn? Buttons, commands, links, spoken words, typed words, and what nobody understands."""

import pytest

from civic.refusals import Reason, Refused
from talk.routes import Routes, Table
from talk.screen import Screen
from talk.turn import Heard
from tests.talk.trial import CloseRoad, Home, OpenRoad, Report, Somebody, routes, table

# what a turn means does not depend on the database that keeps it
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_button_does_what_it_means(aigul: Somebody) -> None:
    assert (await aigul.presses(OpenRoad(12))).title == "12-жол"


@pytest.mark.parametrize("packed", ["t-road", "t-road:x", "gone:1", "\x00", "t-road:" + "9" * 19, "🙂"])
async def test_a_forged_or_forgotten_button_is_an_old_button(aigul: Somebody, packed: str) -> None:
    assert (await aigul.does(Heard(press=packed))).text == "эски баскыч"


async def test_a_press_that_no_feature_of_this_release_answers_is_an_old_button(aigul: Somebody) -> None:
    smaller = Routes()
    smaller.press(Home, reads=True)(table.presses[Home].handler)
    smaller.old_button = table.old_button
    aigul.table = Table(smaller, home=Home())
    assert (await aigul.presses(OpenRoad(12))).text == "эски баскыч"
    assert aigul.table.answers_to(Home())
    assert not aigul.table.answers_to(OpenRoad(12))
    assert not aigul.table.answers_to(Report())


async def test_a_command_means_a_press_and_an_unknown_one_is_not_understood(aigul: Somebody) -> None:
    assert (await aigul.commands("road")).title == "1-жол"
    assert (await aigul.commands("kayda")).text == "түшүнбөдүм: kayda"


async def test_start_begins_and_start_with_a_link_opens_what_it_names(aigul: Somebody) -> None:
    assert (await aigul.commands("start")).title == "Башкы меню"
    assert (await aigul.commands("start", "r12")).title == "12-жол"


@pytest.mark.parametrize("payload", ["x12", "r", "r12x", "r-1", "r 1", "r1" + "0" * 15, "r٣", "12", "\x00"])
async def test_a_link_to_nothing_is_not_found(aigul: Somebody, payload: str) -> None:
    with pytest.raises(Refused) as no:
        await aigul.commands("start", payload)
    assert no.value.reason is Reason.NOT_FOUND


@pytest.mark.parametrize("text", ["Көчөлөр", "кочолор", "Улицы", "streets", "  STREETS! "])
async def test_the_name_of_a_feature_may_be_said_in_any_language(aigul: Somebody, text: str) -> None:
    assert (await aigul.says(text)).title == "1-жол"


async def test_a_number_typed_at_a_list_opens_what_stands_there_under_that_number(aigul: Somebody) -> None:
    await aigul.presses(OpenRoad(12))
    assert (await aigul.says("12")).title == "8-жол"


async def test_the_numbers_go_on_through_what_can_be_done_below_the_list(aigul: Somebody) -> None:
    await aigul.presses(OpenRoad(12))
    assert (await aigul.says("14")).title == "Башкы меню"
    assert (await aigul.says("2")).question is not None  # «Баалоо», the second of the menu


@pytest.mark.parametrize("text", ["1", "10", "15", "0", "9" * 30, "№ 12"])
async def test_a_number_that_is_not_on_the_list_opens_nothing(aigul: Somebody, text: str) -> None:
    await aigul.presses(OpenRoad(12))
    assert (await aigul.says(text)).text == f"12-жолдон издейм: {text}"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("манас кочосу", "7-жол"),
        ("достук кочосу", "8-жол"),  # without the mark before it and the count behind it
        ("Достук көчөсү · 210", "8-жол"),
        ("Көчөнү жабуу", "12-жол жабылды"),
        ("меню", "Башкы меню"),
    ],
)
async def test_the_name_of_a_button_may_be_typed_instead_of_tapped(aigul: Somebody, text: str, title: str) -> None:
    await aigul.presses(OpenRoad(12))
    assert (await aigul.says(text)).title == title


async def test_other_words_are_for_the_screen_that_stands_or_else_not_understood(aigul: Somebody) -> None:
    assert (await aigul.says("чуңкур")).text == "түшүнбөдүм: чуңкур"
    await aigul.presses(OpenRoad(12))
    assert (await aigul.says("чуңкур")).text == "12-жолдон издейм: чуңкур"
    await aigul.presses(Home())
    assert (await aigul.says("чуңкур")).text == "түшүнбөдүм: чуңкур"


async def test_words_typed_where_the_screen_is_gone_are_still_heard(aigul: Somebody) -> None:
    async def gone(turn: object, press: OpenRoad) -> Screen:
        raise Refused(Reason.NOT_FOUND)

    await aigul.presses(OpenRoad(12))
    later = Table(routes, home=Home())
    later.presses[OpenRoad] = type(later.presses[OpenRoad])(gone, reads=True, statements=3)
    aigul.table = later
    assert (await aigul.says("Меню")).text == "12-жолдон издейм: Меню"


async def test_a_press_that_changes_something_is_not_done_again_to_show_where_somebody_stands(
    aigul: Somebody,
) -> None:
    await aigul.presses(CloseRoad(12))
    assert (await aigul.says("12-жол жабылды")).text == "түшүнбөдүм: 12-жол жабылды"


async def test_a_picture_without_words_is_not_understood(aigul: Somebody) -> None:
    await aigul.presses(OpenRoad(12))
    assert (await aigul.does(Heard())).text == "түшүнбөдүм: "


async def test_words_after_the_bots_name_in_any_chat_are_looked_up(aigul: Somebody) -> None:
    assert (await aigul.does(Heard(inline=""))).title == "издеген: "
    assert (await aigul.does(Heard(inline="суу"))).title == "издеген: суу"
