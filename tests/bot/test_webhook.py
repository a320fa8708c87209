"""Whom does the webhook believe, and what does it take for an update?"""

import ast
import gzip
import inspect
import json

import aiohttp

from bot.telegram import updates
from bot.web import BODY_LIMIT
from tests.bot.crowd import post, rows, state, wrote
from tests.conversations.stage import Stage

SECRET = "a-secret-of-the-webhook"
MUCH = 2_000  # deeper than Python's parser goes


async def arrivals(stage: Stage) -> int:
    """How many updates the inbox holds."""
    return int((await rows(stage.bot.database, "SELECT COUNT(*) FROM inbox"))[0][0])


WRONG: list[str | bytes | None] = [
    None,
    "",
    "wrong",
    SECRET[:-1],
    SECRET + "x",
    SECRET.upper(),
    " " + SECRET.replace("-", "_"),
    "сыр сөз",
    SECRET.replace("a", "а"),
    b"\xff\xfe\xfa",
    b"a-secret-of-the-webhook\xc3\x28",
    "k" * 4_000,
]


async def test_a_wrong_secret_is_forbidden_and_nothing_is_kept(stage: Stage) -> None:
    update = wrote(stage.world.person("bakyt"), "/language")
    answers = {repr(secret)[:40]: await post(stage, update, secret=secret) for secret in WRONG}
    assert answers == dict.fromkeys(answers, 403)
    assert await arrivals(stage) == 0
    assert await post(stage, update, secret=SECRET) == 200  # the right one is believed
    assert await arrivals(stage) == 1


async def test_whoever_has_no_secret_does_not_learn_what_is_wrong_with_the_body(stage: Stage) -> None:
    assert await post(stage, b"not json", secret="wrong") == 403
    assert await post(stage, b"not json") == 400


def test_the_secret_is_compared_in_constant_time() -> None:
    """Timing cannot be measured over a network in a test; that no other comparison touches the secret can be seen."""
    tree = ast.parse(inspect.getsource(updates.webhook))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "secret"]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and "compare_digest" in ast.unparse(node)]
    inside = [node for call in calls for node in ast.walk(call) if isinstance(node, ast.Name) and node.id == "secret"]
    assert len(inside) == len(named) == 1


NO_UPDATES = [
    b"",
    b"not json",
    b"{",
    b'"a text"',
    b"12",
    b"null",
    b"[]",
    b'[{"update_id": 1}]',
    b"{}",
    b'{"message": {}}',
    b'{"update_id": null}',
    b'{"update_id": "12"}',
    b'{"update_id": 1.5}',
    b'{"update_id": true}',
    b'{"update_id": [1]}',
    b'{"update_id": ' + b"9" * 5_000 + b"}",
    b'{"update_id": ' + b"9" * 200 + b"}",
    b'{"update_id": 9223372036854775808}',
    b"\xff\xfe\x00",
    b'{"update_id": 1, "message": "\xff"}',
    b"[" * 100_000,
    b'{"update_id": 1, "message": ' + b"[" * MUCH + b"]" * MUCH + b"}",
    b'{"update_id": 1, "message": ' + b'{"a":' * MUCH + b"1" + b"}" * MUCH + b"}",
]


async def test_what_is_no_update_is_a_bad_request(stage: Stage) -> None:
    answers = {f"{body[:40]!r} {len(body)}": await post(stage, body) for body in NO_UPDATES}
    assert answers == dict.fromkeys(answers, 400)
    assert await arrivals(stage) == 0


async def test_however_deep_it_is_nested_it_is_taken_or_refused_but_never_a_fault(stage: Stage) -> None:
    """Reading and writing JSON give up at different depths; an answer of 500 would bring the update for a day."""
    number = 5_000
    statuses = set()
    for depth in (50, 150, 190, 200, 210, 300, *range(880, 1_000, 3)):
        for opening, middle, closing in (("[", "", "]"), ('{"a":', "1", "}")):
            number += 1
            inside = opening * depth + middle + closing * depth
            statuses.add(await post(stage, f'{{"update_id": {number}, "message": {inside}}}'))
    await stage.settled()
    assert statuses == {200, 400}
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM inbox WHERE settled_at IS NULL") == [(0,)]


async def test_a_body_of_the_largest_size_is_read_and_a_larger_one_is_too_large(stage: Stage) -> None:
    frame = len(json.dumps({"update_id": 7, "pad": ""}))
    assert await post(stage, json.dumps({"update_id": 7, "pad": "x" * (BODY_LIMIT - frame)})) == 200
    assert await post(stage, json.dumps({"update_id": 8, "pad": "x" * (BODY_LIMIT - frame + 1)})) == 413
    assert await arrivals(stage) == 1


UNKNOWN: list[dict[str, object]] = [
    {},
    {"message": {}},
    {"message": {"from": {"id": 102}}},
    {"callback_query": {"from": {"id": 102}}},
    {"message": {"from": {"id": "102"}, "chat": []}},
    {"message": {"from": {"id": -(10**30)}, "text": "?"}},
    {"poll": {"id": "1"}},
    {"something_new": {"from": {"id": 102, "is_bot": False, "first_name": "Бакыт"}, "text": "hello"}},
    {"message": 5, "callback_query": None},
    {"message": {"message_id": 1, "date": 1, "text": "no chat", "from": {"id": 102}}},
]


async def test_an_update_of_an_unknown_kind_is_settled_without_a_word(stage: Stage) -> None:
    before, calls = await state(stage.bot.database), stage.world.calls
    for number, update in enumerate(UNKNOWN):
        assert await post(stage, {"update_id": number, **update}) == 200, update
    await stage.settled()
    assert await rows(stage.bot.database, "SELECT COUNT(*), COUNT(answered_at) FROM inbox") == [(len(UNKNOWN),) * 2]
    assert (await state(stage.bot.database), stage.calls(calls)) == (before, [])


async def test_a_compressed_body_cannot_grow_over_the_limit(stage: Stage) -> None:
    assert stage.settings.webhook_url is not None
    headers = {updates.SECRET_HEADER: SECRET, "Content-Encoding": "gzip"}
    bomb = gzip.compress(b'{"update_id": 1, "pad": "' + b"x" * 50_000_000 + b'"}')
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        url = stage.settings.webhook_url + "/telegram/webhook"
        async with session.post(url, data=bomb, headers=headers) as answer:
            assert answer.status == 413
        async with session.post(url, data=b"not gzip", headers=headers) as answer:
            assert answer.status == 400
    assert await arrivals(stage) == 0


async def test_only_post_reaches_the_webhook_and_nothing_else_takes_a_post(stage: Stage) -> None:
    base = str(stage.settings.webhook_url)
    async with aiohttp.ClientSession() as session:
        found = []
        for method, path in (
            ("GET", "/telegram/webhook"),
            ("POST", "/"),
            ("POST", "/telegram/webhook/"),
            ("GET", "/x"),
        ):
            async with session.request(method, base + path) as answer:
                found.append(answer.status)
    assert found == [404, 405, 405, 404]  # to read there is the public page only


async def test_the_health_check_says_whether_the_database_answers(stage: Stage) -> None:
    base = str(stage.settings.webhook_url)
    async with aiohttp.ClientSession() as session, session.get(base + "/health") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})
