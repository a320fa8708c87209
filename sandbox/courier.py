"""How do updates reach a webhook? Posted as JSON with the secret, again and again until the bot says 2xx."""

import asyncio
import contextlib
import json
from typing import Any

import aiohttp

from sandbox.botapi.reading import Params
from sandbox.botapi.routes import answer
from sandbox.chats import Json
from sandbox.refusals import Refusal
from sandbox.world import Webhook, World

LONGEST_PAUSE = 60.0
PATIENCE = 60.0


class Courier:
    """Carries pending updates to the webhook, several at once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._main: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch the queue."""
        self._main = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stop at once; what was not taken stays pending."""
        tasks = [*self._under_way.values(), *([self._main] if self._main else [])]
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        world = self._world
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            try:
                while not world.closing:
                    hook = world.webhook
                    if hook is not None:
                        self._send_out(session, hook)
                    await world.updates.wait(30)
            finally:
                for task in self._under_way.values():
                    task.cancel()

    def _send_out(self, session: aiohttp.ClientSession, hook: Webhook) -> None:
        room = hook.max_connections - len(self._under_way)
        if room <= 0:
            return
        for update in self._world.updates.first(room + len(self._under_way)):
            number = update["update_id"]
            if number in self._under_way:
                continue
            task = asyncio.create_task(self._deliver(session, hook, update))
            self._under_way[number] = task
            task.add_done_callback(lambda _, number=number: self._free(number))  # type: ignore[misc]

    def _free(self, number: int) -> None:
        self._under_way.pop(number, None)
        self._world.updates.wake()

    async def _deliver(self, session: aiohttp.ClientSession, hook: Webhook, update: Json) -> None:
        world = self._world
        pause = world.webhook_retry
        while world.webhook is hook and not world.closing:
            if await self._post(session, hook, update):
                world.updates.settle(update["update_id"])
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _post(self, session: aiohttp.ClientSession, hook: Webhook, update: Json) -> bool:
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        try:
            async with session.post(hook.url, data=json.dumps(update), headers=headers) as response:
                body = await response.read()
                if 200 <= response.status < 300:
                    await self._reply(response.content_type, body)
                    return True
                why = f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            why = "Read timeout expired"
        except aiohttp.ClientConnectorError:
            why = "Connection refused"
        except aiohttp.ClientError as error:
            why = f"Connection reset: {error}"
        hook.last_error, hook.last_error_at = why, self._world.clock.stamp()
        return False

    async def _reply(self, kind: str, body: bytes) -> None:
        """A method in the answer of the webhook is carried out, its result told to nobody."""
        if kind != "application/json" or not body.strip():
            return
        with contextlib.suppress(ValueError, Refusal):
            request: Any = json.loads(body)
            if isinstance(request, dict) and isinstance(request.get("method"), str):
                name = request.pop("method")
                call = self._world.record(name, None, request)
                call.result = await answer(self._world, name, Params(request))
