"""A Bot API that does as little as possible, in a process of its own: hands out updates, counts answers, keeps time.

`python -m benchmarks.fake_api PORT`; POST /load {"people", "turns", "says", "outstanding"} prepares a run,
GET /report tells how it went. Every bot that is measured talks to this same server."""

import asyncio
import json
import sys
import time
from collections import deque
from typing import Any

from aiohttp import web

BATCH = 100


class Load:
    """One run: people who say things in a circle. With `outstanding`, each waits for the answer before going on."""

    def __init__(self) -> None:
        self.first = 1
        self.prepare(0, 0, ["-"], waits=False)

    def prepare(self, people: int, turns: int, says: list[str], *, waits: bool) -> None:
        """`turns` updates by `people`; a new run goes on with the update ids of the last."""
        self.people, self.turns, self.says, self.waits = people, turns, says, waits
        self.said = dict.fromkeys(range(1_000, 1_000 + people), 0)
        self.queue: deque[dict[str, Any]] = deque()
        self.sent_at: dict[int, float] = {}
        self.took: list[float] = []
        self.made = self.answers = 0
        self.begun = self.ended = 0.0
        self.ready = asyncio.Event()
        if waits:
            for person in self.said:
                self._say(person)
        else:
            for i in range(turns):
                self._say(1_000 + i % people)

    def _say(self, person: int) -> None:
        if self.made >= self.turns:
            return
        text = self.says[self.said[person] % len(self.says)]
        self.said[person] += 1
        self.made += 1
        user = {"id": person, "is_bot": False, "first_name": "А"}
        message: dict[str, Any] = {
            "message_id": self.made,
            "date": 1_780_000_000,
            "chat": {"id": person, "type": "private", "first_name": "А"},
            "from": user,
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self.queue.append({"update_id": self.first, "message": message})
        self.first += 1
        self.ready.set()

    async def batch(self, offset: int) -> list[dict[str, Any]]:
        """The next updates, waiting a little for them; what lies below the offset is confirmed."""
        while self.queue and self.queue[0]["update_id"] < offset:
            self.queue.popleft()
        if not self.queue:
            self.ready.clear()
            try:
                await asyncio.wait_for(self.ready.wait(), 0.5)
            except TimeoutError:
                return []
        batch = [self.queue[i] for i in range(min(BATCH, len(self.queue)))]
        now = time.perf_counter()
        self.begun = self.begun or now
        if self.waits:
            for update in batch:
                self.sent_at.setdefault(update["message"]["chat"]["id"], now)
        return batch

    def answered(self, person: int) -> None:
        """A message went to a person: their turn is over."""
        self.answers += 1
        self.ended = time.perf_counter()
        if self.waits:
            begun = self.sent_at.pop(person, None)
            if begun is not None:
                self.took.append(self.ended - begun)
            self._say(person)

    def report(self) -> dict[str, Any]:
        """How far it is, and how fast it went."""
        took = sorted(self.took)
        return {
            "turns": self.turns,
            "answers": self.answers,
            "seconds": self.ended - self.begun if self.ended else 0.0,
            "p50": took[len(took) // 2] if took else 0.0,
            "p95": took[len(took) * 95 // 100] if took else 0.0,
        }


def application() -> web.Application:
    """The server."""
    load = Load()
    message = {"message_id": 1, "date": 1_780_000_000, "chat": {"id": 1, "type": "private"}, "text": "."}
    sent = json.dumps({"ok": True, "result": message}).encode()
    true = b'{"ok":true,"result":true}'
    me = json.dumps(
        {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}}
    ).encode()

    async def call(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given: Any = await (request.json() if request.content_type == "application/json" else request.post())
        body = true
        if method == "getUpdates":
            updates = await load.batch(int(str(given.get("offset") or 0)))
            body = json.dumps({"ok": True, "result": updates}).encode()
        elif method in ("sendMessage", "editMessageText"):
            load.answered(int(str(given["chat_id"])))
            body = sent
        elif method == "getMe":
            body = me
        return web.Response(body=body, content_type="application/json")

    async def prepare(request: web.Request) -> web.Response:
        wanted = await request.json()
        load.prepare(wanted["people"], wanted["turns"], wanted["says"], waits=wanted["waits"])
        return web.json_response({})

    async def report(_: web.Request) -> web.Response:
        return web.json_response(load.report())

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", call)
    app.router.add_post("/load", prepare)
    app.router.add_get("/report", report)
    return app


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]), print=lambda *_: None, access_log=None)
