"""Does it reach WhatsApp, whatever WhatsApp says, at the pace it allows, and is nothing lost?"""

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.admins import Trouble
from bot.limits import Bucket, Buckets
from bot.whatsapp.deliver import PAIR, PAIR_BURST, WhatsAppDoor
from bot.whatsapp.graph import Means, client, may_have_token
from bot.whatsapp.updates import split_up
from civic.files import LARGEST, Attachment, FileKind
from civic.refusals import Reason
from handlers.ways import Menu
from sandbox.graphapi.rates import GraphRates, Pace
from sandbox.graphapi.refusals import Refused
from sandbox.people import PIXEL
from talk.screen import Ask, Button, File, Question, Screen
from talk.turn import Heard, Links
from tests.bot.whatsapp.bodies import PHONE, USER, body, change, contact, text
from tests.bot.whatsapp.graph import NUMBER, PHONE_ID, TOKEN, Graph, Json

SCREEN = Screen(title="Тема", buttons=((Button("Артка", Menu()),),))
ASKED = Heard(text="суу", message="wamid.IN")


@dataclass
class Shown:
    """A door to that Graph API, and what its admins were told."""

    graph: Graph
    door: WhatsAppDoor
    told: list[tuple[Trouble, int]] = field(default_factory=list)

    async def tell(self, what: Trouble, code: int) -> None:
        """The admins are told."""
        self.told.append((what, code))

    def arrives(self, *, phone: str | None = PHONE) -> None:
        """Somebody wrote to the bot."""
        who = contact(phone=phone)
        [(_, _, payload)], _ = split_up(body(change(text("IN", "Салам", phone=phone), contacts=[who])))
        self.door.hear(payload)


@pytest.fixture
async def shown(graph: Graph) -> AsyncIterator[Shown]:
    """A door whose pauses are a thousandth of the real ones."""
    api, session = client(TOKEN, PHONE_ID, graph.url)
    made: Shown
    door = WhatsAppDoor(
        api,
        Links(NUMBER),
        graph=graph.url,
        pause=0.0005,
        pair_rates=Buckets(PAIR * 1_000, PAIR_BURST),
        on_trouble=lambda what, code: made.tell(what, code),
    )
    made = Shown(graph, door)
    async with session:
        yield made


# --- what arrives ---


async def test_a_screen_reaches_the_id_or_the_number_and_nothing_else_is_asked(shown: Shown) -> None:
    assert await shown.door.show(USER, ASKED, SCREEN) == "sent"
    assert await shown.door.show(PHONE, ASKED, SCREEN) == "sent"
    by_id, by_number = shown.graph.sent
    assert (by_id["recipient"], by_id.get("to")) == (USER, None)
    assert (by_number["to"], by_number.get("recipient")) == (PHONE, None)
    assert by_id["interactive"]["body"]["text"] == "*Тема*"
    assert len(shown.graph.asked) == 2


async def test_a_line_that_pops_up_quotes_what_was_done(shown: Shown) -> None:
    await shown.door.show(USER, ASKED, SCREEN.with_alert("Бүттү"))
    await shown.door.show(USER, ASKED, SCREEN)
    await shown.door.show(USER, Heard(), SCREEN.with_alert("Бүттү"))
    assert [message.get("context") for message in shown.graph.sent] == [{"message_id": "wamid.IN"}, None, None]
    assert shown.graph.sent[0]["interactive"]["body"]["text"] == "Бүттү\n\n*Тема*"


async def test_files_go_up_before_the_message_that_shows_them(shown: Shown) -> None:
    for name, content, kind in (
        ("жол.png", PIXEL, "image/png"),
        ("тизме.xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("тизме.csv", b"a;b", "text/plain"),
    ):
        assert await shown.door.show(USER, ASKED, Screen(text="Мына", document=File(name, content))) == "sent"
        assert shown.graph.uploads[-1] == (name, kind, content)
        assert shown.graph.sent[-1]["document"] == {
            "id": str(len(shown.graph.uploads)),
            "filename": name,
            "caption": "Мына",
        }


async def test_whose_number_whatsapp_tells_is_not_asked_to_share_it(shown: Shown) -> None:
    asks = Screen(question=Question("Номериңиз?", Ask.CONTACT, "Номер жөнөтүү"))
    shown.arrives()
    await shown.door.show(USER, ASKED, asks)
    shown.arrives(phone=None)
    await shown.door.show(USER, ASKED, asks)
    assert [m["interactive"]["type"] for m in shown.graph.sent] == ["button", "request_contact_info"]


async def test_a_sign_of_life_is_shown_under_the_last_message(shown: Shown) -> None:
    await shown.door.sign_of_life(USER)
    assert shown.graph.asked == []
    shown.arrives()
    await shown.door.sign_of_life(USER)
    [told] = shown.graph.read
    assert (told["message_id"], told["typing_indicator"]) == ("wamid.IN", {"type": "text"})
    shown.graph.faults = [500]
    await shown.door.sign_of_life(USER)  # nobody is told that it failed


async def test_posts_in_channels_fail_in_words(shown: Shown, caplog: pytest.LogCaptureFixture) -> None:
    assert (await shown.door.post("1", SCREEN, instead_of=None, pin=True)).outcome == "failed"
    assert "dropped:" in caplog.text
    assert shown.door.address_of("1", "", "2") == ""


# --- what is refused ---

PASSING: list[object] = [500, 502, 429, {"code": 4}, {"code": 613}, {"code": 80007}, {"code": 130429, "status": 429}]
PASSING += [
    {"code": 131056},
    {"code": 131016, "status": 500},
    {"code": 131000, "status": 500},
    {"code": 1},
    {"code": 2},
]


@pytest.mark.parametrize("fault", PASSING, ids=str)
async def test_what_passes_is_waited_for(shown: Shown, fault: object) -> None:
    shown.graph.faults = [fault] * 3  # type: ignore[list-item]
    assert await shown.door.show(USER, ASKED, SCREEN) == "sent"
    assert (len(shown.graph.asked), len(shown.graph.sent), shown.told) == (4, 1, [])


async def test_what_does_not_pass_is_given_up_after_a_while(shown: Shown) -> None:
    shown.graph.faults = [{"code": 131016, "status": 500}] * 20
    assert await shown.door.show(USER, ASKED, SCREEN) == "failed"
    assert len(shown.graph.asked) == 8


@pytest.mark.parametrize(
    ("code", "outcome", "told"),
    [
        *[(131026, "gone", 0), (131047, "closed", 0), (131049, "closed", 0), (132001, "refused", 1)],
        *((code, "failed", 1) for code in (10, 200, 299, 368, 131005, 131030, 131031, 131042, 131045, 131048)),
        *((code, "failed", 0) for code in (100, 131008, 131009, 131021, 131051, 131053, 999_999)),
    ],
)
async def test_a_refusal_ends_as_the_documentation_means_it(shown: Shown, code: int, outcome: str, told: int) -> None:
    shown.graph.faults = [{"code": code, "message": f"about {PHONE}"}]
    assert await shown.door.show(USER, ASKED, SCREEN) == outcome
    assert (len(shown.graph.asked), len(shown.told), shown.graph.sent) == (1, told, [])


async def test_after_a_refusal_the_rest_of_the_screen_is_not_sent(shown: Shown) -> None:
    shown.graph.faults = [{"code": 131026}]
    long = Screen(text="сөз " * 3_000)
    assert await shown.door.show(USER, ASKED, long) == "gone"
    assert shown.graph.sent == []


async def test_what_failed_on_the_way_goes_on_from_there(shown: Shown) -> None:
    ways = tuple((Button(f"Жол {n}", Menu()),) for n in range(5))
    letter = Screen(title="Тема", picture=File("жол.png", PIXEL), buttons=ways)
    faults: list[tuple[Json, str]] = [({"code": 131016, "status": 500}, "failed"), ({"code": 190}, "later")]
    for fault, outcome in faults:
        shown.graph.sent.clear()
        shown.graph.faults = [None, None, *[fault] * 8]  # after the picture went up and out
        assert (await shown.door.deliver(USER, letter)).outcome == outcome
        shown.graph.faults.clear()
        assert [message["type"] for message in shown.graph.sent] == ["image"]
        other = Screen(title="Башка", picture=File("жол.png", PIXEL), buttons=ways)
        assert (await shown.door.deliver("KG.2", letter)).outcome == "sent"
        assert (await shown.door.deliver(USER, other)).outcome == "sent"
        assert (await shown.door.deliver(USER, letter)).outcome == "sent"
        whole = ["image", "interactive"]
        assert [message["type"] for message in shown.graph.sent] == ["image", *whole, *whole, "interactive"]


async def test_an_answer_waits_for_a_token_and_the_admins_are_told_once(shown: Shown) -> None:
    shown.graph.tokens = {"another"}
    answers = [asyncio.create_task(shown.door.show(f"KG.{n}", ASKED, SCREEN)) for n in range(5)]
    letter = await shown.door.show(USER, Heard(), SCREEN)  # it is the postman who tries again
    await asyncio.sleep(0.2)
    assert letter == "later"
    assert not any(answer.done() for answer in answers)
    assert shown.told == [(Trouble.TOKEN, 190)]
    shown.graph.tokens.add(TOKEN)
    assert await asyncio.gather(*answers) == ["sent"] * 5
    assert {message["recipient"] for message in shown.graph.sent} == {f"KG.{n}" for n in range(5)}


async def test_nothing_that_was_written_nor_any_number_reaches_the_log(
    shown: Shown, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for fault in ({"code": 131026, "message": f"to {PHONE}"}, {"code": 190, "details": TOKEN}, 500, {"code": 131042}):
        shown.graph.faults = [fault]
        await shown.door.show(PHONE, Heard(), Screen(text="Купуя сөз"))
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("bot", "pywa", "httpx", "httpcore"))]
    assert ours
    for secret in (PHONE, TOKEN, "Купуя"):
        assert not [line for line in ours if secret in line]


async def test_a_graph_api_that_is_not_there_is_tried_again(shown: Shown) -> None:
    api, session = client(TOKEN, PHONE_ID, "http://127.0.0.1:9")
    async with session:
        door = WhatsAppDoor(api, Links(NUMBER), pause=0.0001)
        assert await door.show(USER, ASKED, SCREEN) == "failed"


# --- at what pace ---


def test_a_bucket_lets_a_burst_through_and_then_its_rate() -> None:
    now = 0.0
    bucket = Bucket(1 / 6, 45, lambda: now)
    assert [bucket.take() for _ in range(45)] == [0.0] * 45
    assert [round(bucket.take(), 3) for _ in range(3)] == [6, 12, 18]
    now = 18.0
    assert round(bucket.take(), 3) == 6  # who borrowed waits as long as it would have taken
    now += 48 * 6
    assert bucket.is_full
    assert bucket.take() == 0.0


def test_buckets_that_are_full_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(Buckets, "MANY", 10)
    buckets = Buckets(1, 2, lambda: now)
    assert [buckets.take(f"KG.{n}") for n in range(10)] == [0.0] * 10
    assert [buckets.take("KG.1"), buckets.take("KG.1")] == [0.0, 1.0]
    now = 1.0
    assert buckets.take("KG.11") == 0.0
    assert len(buckets._of) == 2
    assert buckets.take("KG.1") == 1.0


def test_the_door_counts_what_one_person_is_sent_as_the_graph_api_does() -> None:
    """Whenever the door would send, the other end takes it, and never does the door wait for nothing."""
    chance, begin = random.Random(131056), datetime(2026, 5, 4, 18, 30, tzinfo=UTC)
    seconds = 0
    pairs, pace = Buckets(PAIR, PAIR_BURST, lambda: float(seconds)), Pace(GraphRates())
    refused = 0
    for _ in range(3_000):
        seconds += chance.choice((0, 0, 0, 1, 1, 2, 3, 5, 8, 60 if chance.random() < 0.1 else 0))
        is_free = pairs.wait("KG.1") < 1e-6
        try:
            pace.take(1, begin + timedelta(seconds=seconds))
        except Refused:
            refused += 1
            assert not is_free
            continue
        assert is_free
        pairs.take("KG.1")
    assert 500 < refused < 2_500


async def test_what_was_sent_before_a_start_is_waited_for_and_no_longer(graph: Graph) -> None:
    api, session = client(TOKEN, PHONE_ID, graph.url)
    async with session:
        door = WhatsAppDoor(api, Links(NUMBER), graph=graph.url, pair_rates=Buckets(20, 45))
        graph.faults = [{"code": 131056}] * 3
        before = time.monotonic()
        assert await door.show(USER, ASKED, SCREEN) == "sent"
        assert 3 / 20 - 0.01 <= time.monotonic() - before < 6 / 20  # a step each, and no pause that grows
        before = time.monotonic()
        assert await door.show("KG.2", ASKED, SCREEN) == "sent"
        assert time.monotonic() - before < 1 / 20


async def test_one_person_waits_for_their_own_pace_only_and_the_number_for_its(graph: Graph) -> None:
    api, session = client(TOKEN, PHONE_ID, graph.url)
    async with session:
        door = WhatsAppDoor(
            api, Links(NUMBER), number_rate=(50, 10), pair_rates=Buckets(20, 2), graph=graph.url, pause=0.001
        )

        async def how_long(*addresses: str) -> float:
            before = time.monotonic()
            await asyncio.gather(*(door.show(address, ASKED, SCREEN) for address in addresses))
            return time.monotonic() - before

        assert await how_long(*["KG.1"] * 6) >= 4 / 20 - 0.01
        assert await how_long("KG.2") < 4 / 20
        await asyncio.sleep(0.3)
        assert await how_long(*(f"KG.3{n}" for n in range(30))) >= 20 / 50 - 0.01
    assert len(graph.sent) == 37


# --- files that come down ---


def paper(ref: str) -> Attachment:
    """Something somebody sent."""
    return Attachment(ref, FileKind.PAPER, "a.pdf", 0)


async def test_a_file_comes_down_whole_through_passing_faults(shown: Shown) -> None:
    shown.graph.media["77"] = PIXEL * 50
    for fault in (200, 500, {"code": 131016, "status": 500}):
        shown.graph.faults = [fault] if fault != 200 else []
        assert await shown.door.fetch(paper("77")) == PIXEL * 50


async def test_a_file_that_is_lost_or_too_big_is_named_so(shown: Shown) -> None:
    shown.graph.media["78"] = b"x" * (LARGEST + 1)
    assert await shown.door.fetch(paper("78")) is Reason.FILE_TOO_BIG
    for ref in ("79", "../app", "", "7?x=1"):
        assert await shown.door.fetch(paper(ref)) is Reason.FILE_LOST


def test_the_token_is_shown_to_meta_only() -> None:
    graph = "https://graph.facebook.com"
    for right in ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", f"{graph}/v26.0/1"):
        assert may_have_token(right, graph)
    for wrong in (
        "http://lookaside.fbsbx.com/x",
        "https://evil.kg/.fbsbx.com",
        "https://fbsbx.com.evil.kg/",
        "file:///",
    ):
        assert not may_have_token(wrong, graph)
    assert may_have_token("http://127.0.0.1:8081/files/1", "http://127.0.0.1:8081")
    assert not may_have_token("http://127.0.0.1:8082/files/1", "http://127.0.0.1:8081")


def test_every_meaning_has_an_end() -> None:
    assert {m.name for m in Means} == {"AGAIN", "SLOWER", "GONE", "CLOSED", "TOKEN", "TEMPLATE", "OURS", "NO"}
