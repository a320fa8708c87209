"""How fast may the bot send, and what becomes of a request when something breaks on purpose?"""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from sandbox.faults import Fault, Kind
from sandbox.graphapi import people
from sandbox.graphapi.rates import GraphRates, Pace
from sandbox.graphapi.refusals import Refused
from sandbox.world import World
from tests.sandbox.conftest import NOW
from tests.sandbox.graph import BAKYT, Graph


@pytest.fixture(autouse=True)
async def bakyt_wrote(graph: Graph) -> None:
    await people.write(graph.world, graph.world.person("bakyt"), "Салам")


def taken(pace: Pace, person: int, seconds: float) -> int:
    """The code of the refusal, or 0."""
    try:
        pace.take(person, NOW + timedelta(seconds=seconds))
    except Refused as refusal:
        return refusal.code
    return 0


def test_one_message_in_six_seconds_to_the_same_person_and_a_burst_that_is_paid_back() -> None:
    pace = Pace(GraphRates())
    assert [taken(pace, 1, n / 100) for n in range(46)] == [0] * 45 + [131056]
    assert [taken(pace, 1, seconds) for seconds in (5.9, 6, 6.1, 11.9, 12, 12.1)] == [
        131056,
        0,
        131056,
        131056,
        0,
        131056,
    ]
    assert taken(pace, 2, 12.1) == 0
    assert [taken(pace, 1, 132 + n / 100) for n in range(21)] == [0] * 20 + [131056]  # two minutes pay for twenty
    assert [taken(pace, 1, 1_000 + n / 100) for n in range(46)] == [0] * 45 + [131056]


def test_eighty_messages_a_second() -> None:
    pace = Pace(GraphRates())
    assert [taken(pace, person, 0.5) for person in range(81)] == [0] * 80 + [130429]
    assert taken(pace, 80, 1.6) == 0


async def test_the_pace_runs_on_the_sandbox_clock(graph: Graph) -> None:
    graph.world.whatsapp.pace = Pace(GraphRates(pair_burst=2))
    graph.world.clock.frozen = True
    await graph.text("1")
    await graph.text("2")
    assert (await graph.refused("text", {"body": "3"}))[:2] == (400, 131056)
    graph.world.clock.turn_by(timedelta(seconds=13))
    await graph.text("4")


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (Kind.TOKEN_EXPIRED, 401, 190),
        (Kind.ACCOUNT_LOCKED, 403, 131031),
        (Kind.POLICY_BLOCK, 403, 368),
        (Kind.THROUGHPUT, 429, 130429),
        (Kind.PAIR_RATE, 400, 131056),
        (Kind.WINDOW_CLOSED, 400, 131047),
        (Kind.SPARED, 400, 131049),
        (Kind.UNDELIVERABLE, 400, 131026),
        (Kind.SERVER_ERROR, 500, 131000),
    ],
)
async def test_errors_are_ordered(graph: Graph, kind: Kind, status: int, code: int) -> None:
    graph.world.faults.add(Fault(kind, method="whatsapp.send", chat=102))
    assert (await graph.refused("text", {"body": "x"}))[:2] == (status, code)
    await graph.text("again")


async def test_a_page_of_html_a_reset_and_an_answer_that_never_comes(graph: Graph) -> None:
    faults, whatsapp = graph.world.faults, graph.world.whatsapp
    url = f"{graph.handle.url}/v23.0/{whatsapp.phone_id}/messages"
    headers = {"Authorization": f"Bearer {whatsapp.token}"}
    body = {"messaging_product": "whatsapp", "to": BAKYT, "type": "text", "text": {"body": "x"}}
    faults.add(Fault(Kind.BAD_GATEWAY))
    async with graph.session.post(url, json=body, headers=headers) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    faults.add(Fault(Kind.RESET))
    with pytest.raises(aiohttp.ClientError):
        await graph.session.post(url, json=body, headers=headers)
    assert whatsapp.from_bot("bakyt") == []
    faults.add(Fault(Kind.TIMEOUT_AFTER_ACCEPTING))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await graph.session.post(url, json=body, headers=headers)
    assert len(whatsapp.from_bot("bakyt")) == 1


def test_each_messenger_meets_its_own_faults(world: World) -> None:
    world.faults.add(Fault(Kind.FORBIDDEN))
    assert world.faults.take("whatsapp.send.text", 102) is None
    assert world.faults.take("sendMessage", 102) is not None
    world.faults.add(Fault(Kind.TOKEN_EXPIRED))
    assert world.faults.take("sendMessage", 102) is None
    assert world.faults.take("whatsapp.read", 102) is None
    assert world.faults.take("whatsapp.send.text", 102) is not None


async def test_the_outbox_has_the_calls_of_both_messengers(graph: Graph) -> None:
    await graph.text("Маселе 7")
    await graph.refused("text", {"body": ""})
    calls = [(c.method, c.chat, c.status, c.summary) for c in graph.world.outbox]
    assert calls == [("whatsapp.send.text", 102, 200, "Маселе 7"), ("whatsapp.send.text", 102, 400, "")]
