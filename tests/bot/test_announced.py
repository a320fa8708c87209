"""Who reads which announcement, from the letter, the list and a link, and what does each screen cost?"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from actions import announcements, announcing, files
from actions.announcements import Words
from civic.announcements import Audience, Crowd
from civic.files import Attachment, FileKind
from civic.people import Role
from handlers.table import table
from sandbox import people as acts
from sandbox.cast import CHANNEL
from storage.municipalities import villages
from tests import attachments
from tests.announcements import WATER
from tests.announcements import said as about_water
from tests.bot.crowd import a_crowd, appointed, pour, pressed, refused, rows, said, to, wrote
from tests.conversations.announced import CLERK, announce, correct, person, recall
from tests.conversations.stage import BISHKEK, Stage

LIGHT = Words("Жарык өчөт", "Эртең саат ондон кечки алтыга чейин жарык болбойт.")
PRESSED = "SELECT COUNT(*) FROM outbox WHERE key = 'announcement' AND pressed_at IS NOT NULL"
NOTHING = "мындай нерсе жок"


async def read(stage: Stage, who: str, words: str) -> str:
    """What somebody is shown last after writing that."""
    before = stage.world.calls
    await stage.write(who, words)
    return "\n".join(said(to(stage.calls(before), stage.world.person(who))))


async def shown(stage: Stage, who: str, press: str) -> str:
    """What somebody is shown after pressing that."""
    before = stage.world.calls
    await stage.forge(who, press)
    return "\n".join(said(to(stage.calls(before), stage.world.person(who))))


def labels(stage: Stage, who: str) -> list[str]:
    """The buttons under the newest message to somebody."""
    posts = [post for post in stage.world.from_bot(stage.world.person(who).id) if post.buttons]
    newest = max(posts, key=lambda post: (post.version, post.id))
    return [button["text"] for row in newest.buttons for button in row]


async def the_villages(stage: Stage) -> list[int]:
    """The villages of the aimak; Bakyt lives in the first."""
    async with stage.bot.database.transaction() as db:
        return [village.id for village in await villages(db, 1)]


async def test_the_list_holds_what_went_out_the_newest_first_and_nothing_for_staff_alone(stage: Stage) -> None:
    assert "Азырынча кулактандыруу жок" in await read(stage, "bakyt", "/announcements")
    await announce(stage, "cholpon", WATER)
    stage.world.clock.turn_by(timedelta(hours=1))
    await announce(stage, "cholpon", LIGHT)
    await announce(
        stage, "cholpon", Words("Чогулуш", "Эртең саат тогузда чогулуш."), Audience(Crowd.STAFF, roles=("clerk",))
    )
    async with stage.bot.database.transaction() as db:  # a draft is nobody's business
        cholpon = await person(stage, db, "cholpon")
        assert cholpon.municipality is not None
        await announcements.make(db, cholpon.municipality, about_water(), cholpon, CLERK, stage.world.clock.now())
    assert "Кулактандыруулар: 2" in await read(stage, "bakyt", "кулактандыруулар")
    first, second = labels(stage, "bakyt")[:2]
    assert ("Жарык өчөт" in first, "Суу өчүрүлөт" in second) == (True, True)
    assert "Кулактандыруулар: 2" in await read(stage, "cholpon", "/announcements")


async def test_what_names_other_villages_can_be_left_out_of_the_list(stage: Stage) -> None:
    first, second, *_ = await the_villages(stage)
    await announce(stage, "cholpon", LIGHT, Audience(Crowd.VILLAGES, (first,)))
    await stage.write("bakyt", "/announcements")
    assert not [label for label in labels(stage, "bakyt") if "Жашаган жерим" in label], "everything is for him"
    await announce(stage, "cholpon", WATER, Audience(Crowd.VILLAGES, (second,)))
    assert "Кулактандыруулар: 2" in await read(stage, "bakyt", "/announcements")
    await stage.tap("bakyt", "Жашаган жерим үчүн")
    listed = [label for label in labels(stage, "bakyt") if "өч" in label]
    assert ["Жарык өчөт" in label for label in listed] == [True]
    await stage.forge("bakyt", f"nva:{second}")  # he wants the news of the other village as well
    assert "Кулактандыруулар: 2" in await shown(stage, "bakyt", "ol:0::1")


async def test_a_link_opens_it_for_guests_and_the_own_municipality_alone(two_homes: Stage) -> None:
    stage = two_homes
    number = await announce(stage, "cholpon", WATER)
    assert "Алдын ала толтуруп алыңыздар" in await read(stage, "bakyt", f"/start t{number}")
    assert WATER.text_ky in await read(stage, "aigul", f"/start t{number}")
    before = stage.world.calls
    await stage.tap("aigul", "Русский")  # who has chosen no language can choose one here
    assert WATER.text_ru in "".join(said(to(stage.calls(before), stage.world.person("aigul"))))
    await stage.tap("aigul", "Объявления")
    assert [label for label in labels(stage, "aigul") if WATER.title_ru in label]
    [elsewhere] = await a_crowd(stage.bot.database, stage.world, 1, first=5_001, key="kok-jar")
    await pour(stage, [wrote(elsewhere, f"/start t{number}"), pressed(elsewhere, f"or:{number}")])
    told = said(to(stage.calls(0), elsewhere))
    assert told
    assert all(NOTHING in words for words in told)
    for strange in ("t", "t0", "t99999", "tx", f"t{2**63}"):
        assert WATER.text_ky not in await read(stage, "bakyt", f"/start {strange}")


async def test_who_moved_away_reads_what_was_sent_to_them_all_the_same(two_homes: Stage) -> None:
    stage = two_homes
    number = await announce(stage, "cholpon", WATER)
    async with stage.bot.database.transaction() as db:
        bakyt = await person(stage, db, "bakyt")
        bakyt.municipality_id, bakyt.village_id = 2, None
    assert WATER.text_ky in await shown(stage, "bakyt", f"oo:{number}")
    assert not [label for label in labels(stage, "bakyt") if "Кулактандыруулар" in label], "the list would be another"


async def test_what_is_for_staff_alone_is_read_by_its_roles_and_not_passed_on(stage: Stage) -> None:
    number = await announce(stage, "cholpon", LIGHT, Audience(Crowd.STAFF, roles=("deputy",)))
    for who in ("bakyt", "aigul", "emma"):  # Emma is of the monitoring group
        assert LIGHT.text_ky not in await read(stage, who, f"/start t{number}")
    assert LIGHT.text_ky in await read(stage, "daniyar", f"/start t{number}")
    assert not [label for label in labels(stage, "daniyar") if "оделиться" in label]
    for who in ("daniyar", "bakyt"):
        assert LIGHT.text_ky not in await shown(stage, who, f"of:{number}")


async def test_opening_it_from_the_letter_is_counted_once_and_reading_it_elsewhere_is_not(stage: Stage) -> None:
    number = await announce(stage, "cholpon", WATER)
    await stage.write("bakyt", f"/start t{number}")
    await stage.forge("bakyt", f"or:{number}")
    assert await rows(stage.bot.database, PRESSED) == [(0,)]
    await stage.forge("bakyt", f"oo:{number}")
    [(at,)] = await rows(stage.bot.database, "SELECT pressed_at FROM outbox WHERE pressed_at IS NOT NULL")
    stage.world.clock.turn_by(timedelta(hours=1))
    await stage.forge("bakyt", f"oo:{number}")
    assert await rows(stage.bot.database, "SELECT pressed_at FROM outbox WHERE pressed_at IS NOT NULL") == [(at,)]
    await stage.write("aigul", "/menu")
    assert WATER.text_ky in await shown(stage, "aigul", f"oo:{number}"), "a guest has no letter, and reads it"
    assert await rows(stage.bot.database, PRESSED) == [(1,)]


@pytest.mark.parametrize(
    ("name", "method"), [("photo.jpg", "sendPhoto"), ("list.pdf", "sendDocument"), ("voice.ogg", "sendVoice")]
)
async def test_picture_paper_and_voice_come_with_the_letter_and_with_the_card(
    stage: Stage, name: str, method: str
) -> None:
    kind, made = {
        "photo.jpg": (FileKind.PICTURE, attachments.photo()),
        "list.pdf": (FileKind.PAPER, attachments.pdf()),
        "voice.ogg": (FileKind.VOICE, attachments.voice()),
    }[name]
    async with stage.bot.database.transaction() as db:
        kept = await files.keep(db, Attachment("f", kind, name, len(made), made), stage.world.clock.now())
    bakyt = stage.world.person("bakyt")
    number = await announce(stage, "cholpon", WATER, file=kept)
    assert [call.method for call in to(stage.calls(0), bakyt) if call.method == method] == [method]
    before = stage.world.calls
    await stage.forge("bakyt", f"or:{number}")
    assert method in [call.method for call in to(stage.calls(before), bakyt)]
    assert refused(stage.calls(0)) == []


async def test_as_plain_words_it_makes_sense_anywhere(stage: Stage) -> None:
    first, *_ = await the_villages(stage)
    number = await announce(stage, "cholpon", WATER, Audience(Crowd.VILLAGES, (first,)), urgent="Түтүк жарылды")
    before = stage.world.calls
    await stage.forge("bakyt", f"of:{number}")
    _, card = said(to(stage.calls(before), stage.world.person("bakyt")))
    on = stage.world.clock.now().strftime("%d.%m.%Y")
    assert card.split("\n") == [
        "📢 Суу өчүрүлөт",
        f"Ак-Булак айыл аймагы · {on}",
        "Кайсы жер үчүн: Ак-Булак",
        "❗ Шашылыш: Түтүк жарылды",
        "",
        WATER.text_ky,
        "",
        f"Ботто окуу: https://t.me/{stage.world.bot.username}?start=t{number}",
    ]
    russian = await shown(stage, "bakyt", f"of:{number}:ru")
    assert "Отключение воды" in russian
    assert "Читать в боте" in russian
    assert "Кулактандырууну бөлүшүү" in russian, "the screen itself stays in the reader's language"


async def test_corrected_and_taken_back_it_says_so_wherever_it_is_read(stage: Stage, log: Callable[[], str]) -> None:
    number = await announce(stage, "cholpon", WATER)
    await correct(stage, "cholpon", number, LIGHT)
    card = await shown(stage, "bakyt", f"or:{number}")
    assert LIGHT.text_ky in card
    assert WATER.text_ky not in card
    assert "Оңдолду" in card
    assert "Оңдолду" in await shown(stage, "bakyt", f"of:{number}")
    assert "Кулактандыруулар: 1" in await read(stage, "bakyt", "/announcements"), "the correction is no other one"
    await recall(stage, "cholpon", number)
    for who in ("bakyt", "aigul"):
        card = await read(stage, who, f"/start t{number}")
        assert LIGHT.title_ky in card
        assert "күчү жок" in card
        assert LIGHT.text_ky not in card
    assert LIGHT.text_ky not in await shown(stage, "bakyt", f"of:{number}")
    assert "Кулактандыруулар: 0" in await read(stage, "bakyt", "/announcements")
    assert "ERROR" not in log()


async def test_one_that_was_stopped_on_its_way_says_so_to_whoever_has_it(stage: Stage) -> None:
    number = await announce(stage, "cholpon", WATER)
    late = await announce(stage, "cholpon", LIGHT, at=stage.world.clock.now() + timedelta(hours=2))
    assert NOTHING in await read(stage, "bakyt", f"/start t{late}"), "it is not out yet"
    async with stage.bot.database.transaction() as db:
        cholpon = await person(stage, db, "cholpon")
        for each in (number, late):
            await announcing.cancel(db, each, cholpon, CLERK, stage.world.clock.now())
    card = await shown(stage, "bakyt", f"oo:{number}")
    assert "Токтотулду" in card
    assert WATER.text_ky not in card
    assert NOTHING in await read(stage, "bakyt", f"/start t{late}"), "nobody has it"


async def test_the_menu_has_a_row_for_announcements_while_they_are_new(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    assert not [label for label in labels(stage, "bakyt") if "Кулактандыруулар" in label]
    await announce(stage, "cholpon", WATER)
    await announce(stage, "cholpon", LIGHT, Audience(Crowd.STAFF, roles=("clerk",)))
    await stage.write("bakyt", "/menu")
    assert [label for label in labels(stage, "bakyt") if "Кулактандыруулар" in label] == ["📢 Кулактандыруулар · 1"]
    stage.world.clock.turn_by(timedelta(days=15))
    await stage.write("bakyt", "/menu")
    assert not [label for label in labels(stage, "bakyt") if "Кулактандыруулар" in label]


async def test_no_screen_of_an_announcement_costs_more_than_it_declares(two_homes: Stage) -> None:
    stage = two_homes
    first, *_ = await the_villages(stage)
    made = attachments.photo()
    async with stage.bot.database.transaction() as db:
        kept = await files.keep(
            db, Attachment("f", FileKind.PICTURE, "p.jpg", len(made), made), stage.world.clock.now()
        )
    one = await announce(stage, "cholpon", WATER, Audience(Crowd.VILLAGES, (first,)), file=kept, urgent="Түтүк жарылды")
    staff = await announce(stage, "cholpon", LIGHT, Audience(Crowd.STAFF, roles=("clerk",)))
    [elsewhere] = await a_crowd(stage.bot.database, stage.world, 1, first=5_001, key="kok-jar")
    await appointed(stage.bot.database, elsewhere, Role.CLERK, "kok-jar")
    people = [stage.world.person(who) for who in ("bakyt", "aigul", "cholpon")] + [elsewhere]
    for who in people:
        stage.world.chat(who.id).started = True
    for way in (
        "m",
        "ol:0::0",
        "ol:0::1",
        "ol:0:1:0",
        *(f"{code}:{n}" for code in ("or", "oo", "of") for n in (one, staff)),
    ):
        await pour(stage, [pressed(who, way) for who in people])
    spent = stage.bot.turns.spent
    own = {kind.code: route.statements for kind, route in table.presses.items() if kind.code in "m ol or oo of".split()}
    assert len(own) == 5
    assert {code: (spent[code], most) for code, most in own.items() if spent[code] > most} == {}
    assert refused(stage.calls(0)) == []


async def test_at_night_it_waits_for_the_morning_over_a_restart_and_comes_once(stage: Stage) -> None:
    bakyt, clock = stage.world.person("bakyt"), stage.world.clock

    def heard() -> list[str]:
        return [words for words in said(to(stage.calls(0), bakyt)) if "өч" in words]

    await stage.write("bakyt", "/menu")
    clock.turn_to(datetime(2026, 5, 4, 22, 0, tzinfo=BISHKEK))
    await announce(stage, "cholpon", WATER)
    await announce(stage, "cholpon", LIGHT, urgent="Чырак бүгүн эле өчөт")
    assert ["Жарык өчөт" in words for words in heard()] == [True], "what is urgent comes at once"
    await stage.restart()
    clock.turn_to(datetime(2026, 5, 5, 7, 59, tzinfo=BISHKEK))
    await stage.settled()
    assert len(heard()) == 1
    for _ in range(2):
        clock.turn_to(datetime(2026, 5, 5, 8, 0, tzinfo=BISHKEK))
        await stage.settled()
        assert [WATER.title_ky in words for words in heard()] == [False, True]
        clock.turn_to(datetime(2026, 5, 4, 21, 30, tzinfo=BISHKEK))  # the machine's clock goes back to the evening
        await stage.restart()
        await stage.settled()
    assert len(heard()) == 2


async def test_a_planned_one_goes_out_at_its_time_though_the_bot_was_down_then(stage: Stage) -> None:
    bakyt, clock = stage.world.person("bakyt"), stage.world.clock
    number = await announce(stage, "cholpon", WATER, at=clock.now() + timedelta(hours=15))
    assert NOTHING in await read(stage, "bakyt", f"/start t{number}")
    clock.turn_by(timedelta(hours=16))
    await stage.restart()
    for _ in range(2):
        await stage.bot.clockwork.run_all()
        await stage.settled()
    assert len([words for words in said(to(stage.calls(0), bakyt)) if WATER.text_ky in words]) == 1
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM outbox WHERE key = 'announcement'") == [(6,)]
    assert await rows(stage.bot.database, "SELECT state FROM announcements") == [("sent",)]
    assert WATER.text_ky in await read(stage, "bakyt", f"/start t{number}")


async def test_in_the_channel_it_leads_over_into_ones_own_conversation_and_is_corrected_there(stage: Stage) -> None:
    await acts.add_bot(stage.world, stage.world.person("gulnara"), CHANNEL)
    await stage.settled()
    [(place,)] = await rows(stage.bot.database, "SELECT id FROM places")
    number = await announce(stage, "cholpon", WATER, Audience(Crowd.EVERYBODY, places=(place,)))
    post = stage.world.from_bot(CHANNEL)[-1]
    assert WATER.text_ky in post.text
    [[button]] = post.buttons
    assert button["url"] == f"https://t.me/{stage.world.bot.username}?start=t{number}"
    assert WATER.text_ky in await read(stage, "aigul", f"/start t{number}")
    await correct(stage, "cholpon", number, LIGHT)
    assert LIGHT.text_ky in stage.world.from_bot(CHANNEL)[-1].text
    assert WATER.text_ky not in stage.world.from_bot(CHANNEL)[-1].text
    await recall(stage, "cholpon", number)
    assert not [each for each in stage.world.from_bot(CHANNEL) if not each.deleted and LIGHT.text_ky in each.text]


async def test_what_is_opened_from_the_letter_is_a_message_of_its_own_and_the_letter_stays_a_letter(
    stage: Stage,
) -> None:
    """Whoever walks on from it keeps their screen when the announcement is corrected or taken back."""
    number = await announce(stage, "cholpon", WATER)
    bakyt = stage.world.person("bakyt")
    letter = next(post for post in stage.world.from_bot(bakyt.id) if "Суу өчүрүлөт" in post.text)
    await stage.tap("bakyt", "Ачуу")
    opened = stage.world.last(bakyt.id)
    assert opened.id != letter.id
    await stage.write("bakyt", "/menu")
    before = {post.id: post.text for post in stage.world.from_bot(bakyt.id) if post.id != letter.id}
    await correct(stage, "cholpon", number, LIGHT)
    assert "Жарык өчөт" in next(post.text for post in stage.world.from_bot(bakyt.id) if post.id == letter.id)
    await recall(stage, "cholpon", number)
    assert letter.id not in {post.id for post in stage.world.from_bot(bakyt.id) if not post.deleted}
    assert {post.id: post.text for post in stage.world.from_bot(bakyt.id) if post.id != letter.id} == before


async def test_two_corrections_in_one_second_leave_the_newer_words(stage: Stage) -> None:
    number = await announce(stage, "cholpon", WATER)
    other = Words("Газ өчөт", "Эртең саат ондон кечки алтыга чейин газ болбойт.")
    await correct(stage, "cholpon", number, LIGHT)
    await correct(stage, "cholpon", number, other)
    bakyt = stage.world.person("bakyt")
    assert "Газ өчөт" in next(post.text for post in stage.world.from_bot(bakyt.id) if "өчөт" in post.text)
