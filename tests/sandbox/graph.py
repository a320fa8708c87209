"""How do the tests of the local WhatsApp speak with it? Raw Graph requests, and a web server that plays the bot."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.chats import Json
from sandbox.graphapi.webhooks import sign
from sandbox.server import Handle
from sandbox.world import World

BAKYT = "996700000102"


@dataclass
class Graph:
    """Requests with the token of the sandbox; every answer is its status and its JSON."""

    handle: Handle
    session: aiohttp.ClientSession

    @property
    def world(self) -> World:
        return self.handle.world

    async def ask(self, verb: str, path: str, **more: Any) -> tuple[int, Json]:
        headers = {"Authorization": f"Bearer {more.pop('token', self.world.whatsapp.token)}"}
        url = f"{self.handle.url}/v23.0/{path}"
        async with self.session.request(verb, url, headers=headers, **more) as answer:
            body: Json = await answer.json(content_type=None)
            return answer.status, body

    async def send(self, kind: str, content: Any, to: str = BAKYT, **more: Any) -> tuple[int, Json]:
        who: Json = {"recipient": to} if "." in to else {"to": to}
        body = {"messaging_product": "whatsapp", **who, "type": kind, kind: content, **more}
        return await self.ask("POST", f"{self.world.whatsapp.phone_id}/messages", json=body)

    async def text(self, words: str, to: str = BAKYT) -> str:
        """Say something and give its id; fails the test if it is refused."""
        status, body = await self.send("text", {"body": words}, to)
        assert status == 200, body
        return str(body["messages"][0]["id"])

    async def refused(self, kind: str, content: Any, to: str = BAKYT) -> tuple[int, int, str]:
        """HTTP status, code and details of a refusal (the message where there are no details)."""
        status, body = await self.send(kind, content, to)
        assert "error" in body, body
        error = body["error"]
        assert error["type"] == "OAuthException"
        assert error["fbtrace_id"]
        return status, error["code"], error.get("error_data", {}).get("details") or error["message"]


@dataclass
class Ear:
    """The bot's webhook: answers the handshake, checks signatures and remembers what it heard."""

    verify_token: str
    secret: str
    url: str = ""
    heard: list[Json] = field(default_factory=list)
    forged: int = 0
    answers: list[int] = field(default_factory=list)

    async def shake(self, request: web.Request) -> web.Response:
        query = request.query
        good = query.get("hub.mode") == "subscribe" and query.get("hub.verify_token") == self.verify_token
        return web.Response(text=query["hub.challenge"]) if good else web.Response(status=403)

    async def hear(self, request: web.Request) -> web.Response:
        raw = await request.read()
        if request.headers.get("X-Hub-Signature-256") != sign(raw, self.secret):
            self.forged += 1
            return web.Response(status=401)
        if self.answers and (status := self.answers.pop(0)) != 200:
            return web.Response(status=status)
        self.heard.append(json.loads(raw))
        await asyncio.sleep(0)
        return web.Response()

    def values(self) -> list[Json]:
        """The value of every change in every entry, as they came."""
        return [change["value"] for body in self.heard for entry in body["entry"] for change in entry["changes"]]

    def messages(self) -> list[Json]:
        return [message for value in self.values() for message in value.get("messages", [])]

    def statuses(self) -> list[Json]:
        return [status for value in self.values() for status in value.get("statuses", [])]
