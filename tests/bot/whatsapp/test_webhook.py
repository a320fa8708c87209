"""Whom does the webhook of WhatsApp believe, and what does it take in?"""

import ast
import asyncio
import hashlib
import hmac
import inspect
import io
import json
import logging
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.whatsapp import updates
from bot.whatsapp.hearing import hear
from bot.whatsapp.updates import Status, split_up
from storage import inbox
from storage.database import Database
from tests.bot.whatsapp.bodies import (
    PHONE,
    SECRET,
    USER,
    VERIFY,
    body,
    change,
    contact,
    raw,
    sign,
    status,
    text,
)
from tests.bot.whatsapp.graph import PHONE_ID

Row = tuple[str, str, str]


@dataclass
class Hook:
    """A webhook on this machine, and what came in by it."""

    url: str
    http: aiohttp.ClientSession
    rows: list[Row] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    broken: bool = False

    async def put(self, rows: Sequence[Row]) -> None:
        """Takes arrivals, as long as the database is well."""
        if self.broken:
            raise OSError
        self.rows += rows

    async def note(self, one: Status) -> None:
        """Takes a status."""
        self.statuses.append(one)

    async def post(self, content: bytes, signature: str | None = "right") -> int:
        """Meta delivers these bytes; gives the status of the answer."""
        headers = {}
        if signature is not None:
            headers["X-Hub-Signature-256"] = sign(content) if signature == "right" else signature
        async with self.http.post(self.url, data=io.BytesIO(content), headers=headers) as answer:
            return answer.status


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """The webhook, served."""
    async with aiohttp.ClientSession() as http:
        made = Hook("", http)
        app = web.Application(client_max_size=2 * 1024 * 1024)  # as bot/web.py has it for everything else
        app.router.add_get("/hook", updates.verify(VERIFY))
        app.router.add_post("/hook", updates.receive(SECRET, made.put, made.note, ours={PHONE_ID}))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        yield made
        await runner.cleanup()


# --- the handshake ---


async def test_the_challenge_is_given_back_to_whoever_knows_the_token(hook: Hook) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": VERIFY}
    async with hook.http.get(hook.url, params=asked) as answer:
        assert (answer.status, await answer.text()) == (200, "1158201444")
    for wrong in ({"hub.verify_token": VERIFY[:-1]}, {"hub.verify_token": "сөз"}, {"hub.mode": "unsubscribe"}):
        async with hook.http.get(hook.url, params={**asked, **wrong}) as answer:
            assert (answer.status, await answer.text()) == (403, "")
    async with hook.http.get(hook.url) as answer:
        assert answer.status == 403


# --- signatures ---


async def test_a_body_that_meta_did_not_sign_is_forbidden_and_nothing_is_kept(hook: Hook) -> None:
    content = raw(body(change(text("1", "Салам"))))
    right = sign(content)
    wrong = [
        *(None, "", "sha256=", right.removeprefix("sha256="), right[:-1], right + "0", right.upper(), "sha1=" + right),
        *(sign(content, SECRET + "x"), sign(content + b" "), sign(b""), right.replace("sha256", "sha512"), "k" * 4_000),
    ]
    assert [await hook.post(content, signature) for signature in wrong] == [403] * len(wrong)
    assert await hook.post(content[:-1], right) == 403  # truncated on the way
    assert await hook.post(content.replace("Салам".encode(), "Салак".encode()), right) == 403  # forged
    assert hook.rows == []
    assert await hook.post(content) == 200
    assert len(hook.rows) == 1


async def test_a_signature_beside_another_one_of_other_bytes_or_under_another_name_is_none(hook: Hook) -> None:
    content = raw(body(change(text("1", "Салам"))))
    right, name = sign(content), "X-Hub-Signature-256"

    async def posted(content: bytes, *headers: tuple[str, str]) -> int:
        async with hook.http.post(hook.url, data=content, headers=headers) as answer:
            return answer.status

    old = "sha1=" + hmac.new(SECRET.encode(), content, hashlib.sha1).hexdigest()
    again = json.dumps(json.loads(content), ensure_ascii=True).encode()  # the same meaning in other bytes
    assert json.loads(again) == json.loads(content)
    refused = [
        await posted(content, (name, right), (name, right)),
        await posted(content, (name, right), (name, sign(content, "another"))),
        await posted(content, (name, sign(content, "another")), (name, right)),
        await posted(content, (name, f"{right},{right}")),
        await posted(content, ("X-Hub-Signature", old)),
        await posted(content, ("X-Hub-Signature", right)),
        await posted(content, (name, old)),
        await posted(again, (name, right)),
        await posted(json.dumps(json.loads(content), indent=1).encode(), (name, right)),
        await posted(content + b"\n", (name, right)),
        await posted(b"\xef\xbb\xbf" + content, (name, right)),
    ]
    assert refused == [403] * len(refused)
    assert hook.rows == []
    assert await posted(again, (name, sign(again))) == 200
    assert await posted(content, (name.lower(), right)) == 200, "names of headers know no case"


async def test_a_body_as_large_as_meta_makes_them_is_taken_and_a_larger_one_refused(hook: Hook) -> None:
    many = [text(str(number), "Суу жок " * 4_000) for number in range(48)]
    content = raw(body(change(*many)))
    assert 2.5 * 1024 * 1024 < len(content) < 3.2 * 1024 * 1024
    assert await hook.post(content) == 200
    assert len(hook.rows) == 48
    assert await hook.post(b" " * (updates.BODY_LIMIT + 1)) == 413
    assert len(hook.rows) == 48


async def test_a_signature_that_is_no_text_is_forbidden_like_any_other(hook: Hook) -> None:
    content = raw(body(change(text("1", "Салам"))))
    for signature in ("кол тамга".encode(), b"\xff\xfe\xfa", b"sha256=\xc3\x28"):
        host, _, port = hook.url.removeprefix("http://").removesuffix("/hook").partition(":")
        with socket.create_connection((host, int(port))) as line:
            head = b"POST /hook HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: " + signature
            sent = head + b"\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(content) + content
            line.sendall(sent)
            answer = await asyncio.to_thread(line.recv, 1_000)
        assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 400"))
    assert hook.rows == []


def test_secrets_are_compared_in_constant_time() -> None:
    for function, secret in ((updates.signed, "expected"), (updates.verify, "verify_token")):
        tree = ast.parse(inspect.getsource(function))
        compared = [n for n in ast.walk(tree) if isinstance(n, ast.Compare) and secret in ast.unparse(n)]
        assert [ast.unparse(n) for n in compared if "compare_digest" not in ast.unparse(n)] == []
        assert "hmac.compare_digest" in ast.unparse(tree)


NO_WEBHOOKS = [
    *(b"", b"not json", b"{", b'"text"', b"12", b"null", b"[]", b"{}", b'{"object": "page"}', b"\xff\xfe\x00"),
    *(b"[" * 100_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"object": ["whatsapp_business_account"]}'),
]


async def test_what_is_no_webhook_is_a_bad_request(hook: Hook) -> None:
    assert [await hook.post(content) for content in NO_WEBHOOKS] == [400] * len(NO_WEBHOOKS)
    assert [await hook.post(content, "wrong") for content in NO_WEBHOOKS] == [403] * len(NO_WEBHOOKS)


ODD: list[Any] = [None, 1, "x", [], [1], [None], {}, {"id": 1}, {"value": None}, [{"changes": [{"value": []}]}]]


async def test_what_is_odd_inside_is_left_and_what_is_right_beside_it_taken(hook: Hook) -> None:
    for odd in ODD:
        right = change(text("1", "Салам"))
        told = body(right, {"field": "messages", "value": odd}, change(contacts=odd, statuses=odd, messages=odd))
        told["entry"] += [odd, {"id": "1", "changes": odd}]
        assert await hook.post(raw(told)) == 200
        assert [number for number, _, _ in hook.rows] == ["wamid.1"]
        hook.rows.clear()
        odd_message = {**text("2", "x"), "text": odd, "context": odd}
        for payload in (row[2] for row in split_up(body(change(odd_message)))[0]):
            hear(payload)


# --- intake ---


async def test_every_message_of_every_change_of_every_entry_is_taken(hook: Hook) -> None:
    one = body(change(text("1", "бир"), text("2", "эки")), change(text("3", "үч")))
    other = body(status("delivered"), change(text("4", "төрт")))
    both = {**one, "entry": one["entry"] + other["entry"]}
    assert await hook.post(raw(both)) == 200
    assert [(number, address) for number, address, _ in hook.rows] == [(f"wamid.{n}", USER) for n in "1234"]
    assert [one.state for one in hook.statuses] == ["delivered"]


async def test_two_people_in_one_change_are_told_apart(hook: Hook) -> None:
    other = contact(phone="996700000102", user="KG.2")
    messages = text("1", "бир"), text("2", "эки", phone="996700000102", user=None)
    await hook.post(raw(body(change(*messages, contacts=[contact(), other]))))
    assert [address for _, address, _ in hook.rows] == [USER, "KG.2"]


async def test_it_is_not_answered_200_before_it_is_in_the_inbox(hook: Hook, caplog: pytest.LogCaptureFixture) -> None:
    hook.broken = True
    content = raw(body(change(text("1", "Салам"))))
    assert await hook.post(content) == 500
    hook.broken = False
    assert await hook.post(content) == 200


async def test_a_delivery_that_comes_twice_or_is_replayed_is_one_arrival(database: Database, now: datetime) -> None:
    first, second = change(text("1", "бир")), change(text("2", "эки"))
    for told in (body(second), body(first), body(first, second), body(second)):  # in no sure order
        rows, _ = split_up(told)
        kept = [
            {"messenger": "whatsapp", "number": n, "address": a, "payload": p, "arrived_at": now} for n, a, p in rows
        ]
        async with database.transaction() as db:
            await inbox.put(db, kept)
    async with database.transaction() as db:
        assert [row.number for row in await inbox.waiting(db, limit=10)] == ["wamid.2", "wamid.1"]


async def test_the_name_of_a_person_is_not_kept(hook: Hook) -> None:
    await hook.post(raw(body(change(text("1", "Салам")))))
    assert "Асанова" not in json.loads(hook.rows[0][2]).__repr__()


async def test_what_other_numbers_and_groups_were_told_is_passed_over(hook: Hook) -> None:
    elsewhere = change(text("1", "бир"), metadata={"phone_number_id": "999"})
    group = change({**text("2", "эки"), "group_id": "Y2FwaV9ncm91cDox"})
    assert await hook.post(raw(body(elsewhere, group, {"field": "account_update", "value": {}}))) == 200
    assert hook.rows == []


def test_a_number_no_database_takes_is_left() -> None:
    for wamid in ("", "w" * 5_000, "wa\x00mid", 7, None):
        assert split_up(body(change({**text("1", "x"), "id": wamid})))[0] == []
    for user in ("KG." + "1" * 138, "KG.\ud800"):
        assert split_up(body(change(text("1", "x", user=user))))[0] == []


def test_long_numbers_and_ids_are_kept_and_stay_single() -> None:
    def kept(wamid: str, user: str = USER) -> Row:
        [row], _ = split_up(body(change({**text("1", "x", user=user), "id": wamid}, contacts=[contact(user=user)])))
        return row

    assert kept("w" * 128)[0] == "w" * 128
    long = [kept("w" * length)[0] for length in (129, 130, 129)]
    assert long[0] == long[2] != long[1]
    assert max(map(len, long)) <= 128
    assert json.loads(kept("w" * 129)[2])["message"]["id"] == "w" * 129, "an answer quotes it by its own number"
    longest = "KG." + "1" * 128
    assert kept("wamid.1", longest)[1] == longest


# --- statuses ---


async def test_statuses_are_told_with_their_code_and_only_nobody_there_stops_an_account(
    hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    told = [status("sent"), status("read"), status("failed", 131026), status("failed", 131049, user=None)]
    assert await hook.post(raw(body(*told))) == 200
    assert [(one.state, one.code, one.gone, one.address) for one in hook.statuses] == [
        ("sent", 0, False, USER),
        ("read", 0, False, USER),
        ("failed", 131026, True, USER),
        ("failed", 131049, False, PHONE),
    ]
    assert caplog.messages == [f"a message could not be delivered: code {code}" for code in (131026, 131049)]
    assert PHONE not in caplog.text


def test_faults_of_the_whole_number_go_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    fault = {"code": 130429, "title": "Rate limit hit", "message": "Rate limit hit"}
    assert split_up(body(change(errors=[fault]))) == ([], [])
    assert "code 130429" in caplog.text
