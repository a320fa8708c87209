"""What does the browser ask? State, messages, events and the knobs of the sandbox, as JSON on /stage."""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox import acts, ballots
from sandbox.chats import NEIGHBOUR, Chat, Json, Post
from sandbox.commands import commands_for
from sandbox.faults import Fault, Kind
from sandbox.graphapi import stage as whatsapp_stage
from sandbox.groups import PRESENT
from sandbox.world import Call, World

PAGE = Path(__file__).parent / "web"
ZONE = ZoneInfo("Asia/Bishkek")
HEARTBEAT = 5.0
LATELY = timedelta(seconds=5)  # over which the pace is measured
Handler = Callable[[World, web.Request], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application, world: World) -> None:
    """Mount the stage and the phones page."""

    def bound(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def call(request: web.Request) -> web.StreamResponse:
            origin = request.headers.get("Origin")
            if origin and urlsplit(origin).netloc != request.host:
                return reply({"ok": False, "error": "only the sandbox's own page may act here"}, status=403)
            try:
                return await handler(world, request)
            except (LookupError, ValueError, TypeError) as error:
                return reply({"ok": False, "error": str(error) or type(error).__name__}, status=400)

        return call

    app.router.add_get("/stage/state", bound(state))
    app.router.add_get("/stage/messages", bound(messages))
    app.router.add_get("/stage/whatsapp", bound(whatsapp))
    app.router.add_get("/stage/events", bound(events))
    app.router.add_post("/stage/act", bound(act))
    app.router.add_get("/stage/clock", bound(clock))
    app.router.add_post("/stage/clock", bound(turn_clock))
    app.router.add_get("/stage/outbox", bound(outbox))
    app.router.add_get("/stage/post", bound(post))
    app.router.add_post("/stage/faults", bound(add_fault))
    app.router.add_delete("/stage/faults", bound(clear_faults))
    app.router.add_get("/stage/file", bound(file))
    app.router.add_post("/stage/reset", bound(reset))
    app.router.add_get("/{path:.*}", page)


def reply(body: Json, status: int = 200) -> web.Response:
    """JSON, never kept by the browser."""
    text = json.dumps(body, ensure_ascii=False)
    return web.json_response(text=text, status=status, headers={"Cache-Control": "no-store"})


async def state(world: World, request: web.Request) -> web.StreamResponse:
    """People, chats, the bot, the clock and the faults still to come."""
    ballots.close_due(world)
    people = [
        {**p.user(), "phone": p.phone, "persona": p.persona, "deactivated": p.deactivated}
        for p in world.people.values()
        if p.persona != NEIGHBOUR
    ]
    return reply(
        {
            "version": world.version,
            **_time(world),
            "bot": {"id": world.bot.id, "name": world.bot.name, "username": world.bot.username},
            "people": people,
            "chats": [_chat(world, chat) for chat in world.chats.values() if not chat.is_neighbours],
            "faults": [_fault(fault) for fault in world.faults.waiting()],
            "whatsapp": whatsapp_stage.state(world),
        }
    )


async def messages(world: World, request: web.Request) -> web.StreamResponse:
    """The posts of a chat that changed since a version."""
    chat = world.chat(int(request.query["chat"]))
    since = int(request.query.get("since") or 0)
    pinned = chat.find(chat.pinned[-1]) if chat.pinned else None
    return reply(
        {
            "version": world.version,
            "messages": [_post(post) for post in chat.posts.values() if post.version > since],
            "keyboard": chat.keyboard,
            "force_reply": chat.force_reply,
            "pinned": pinned.id if pinned is not None else None,
        }
    )


async def whatsapp(world: World, request: web.Request) -> web.StreamResponse:
    """The messages on a person's WhatsApp that changed since a version."""
    since = int(request.query.get("since") or 0)
    return reply(whatsapp_stage.messages(world, int(request.query["person"]), since))


async def events(world: World, request: web.Request) -> web.StreamResponse:
    """A stream of what happens, for as long as the browser listens."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    queue: asyncio.Queue[Json] = asyncio.Queue(maxsize=10_000)

    def listen(event: Json) -> None:
        if not queue.full():
            queue.put_nowait(event)

    world.listeners.append(listen)
    try:
        await response.write(b": here\n\n")
        while not world.closing:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    first = await queue.get()
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if first["kind"] == "closing":
                break
            lines = [f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in _gather(first, queue)]
            await response.write("".join(lines).encode())
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        world.listeners.remove(listen)
    return response


async def act(world: World, request: web.Request) -> web.StreamResponse:
    """Let a person do something."""
    body = await request.json()
    return reply(await acts.perform(world, body))


async def clock(world: World, request: web.Request) -> web.StreamResponse:
    """What time it is."""
    return reply(_time(world))


async def turn_clock(world: World, request: web.Request) -> web.StreamResponse:
    """Turn the clock to a moment, by seconds, or back to the machine's time."""
    body = await request.json()
    if body.get("reset"):
        world.clock.reset()
    elif "to" in body:
        to = datetime.fromisoformat(body["to"])
        world.clock.turn_to(to if to.tzinfo else to.replace(tzinfo=ZONE))
    else:
        world.clock.turn_by(float(body["by_seconds"]))
    ballots.close_due(world)
    return reply(_time(world))


async def outbox(world: World, request: web.Request) -> web.StreamResponse:
    """The bot's requests after number n, the oldest first."""
    since = int(request.query.get("since") or 0)
    limit = int(request.query.get("limit") or 500)
    found: list[Json] = []
    for call in reversed(world.outbox):
        if call.n <= since or len(found) >= limit:
            break
        found.append(_call(call))
    return reply({"calls": found[::-1]})


async def post(world: World, request: web.Request) -> web.StreamResponse:
    """How fast the bot sends (messages a second in the last seconds), what became of its last calls, and how its post
    stands: letters that wait, are held, went out, are in doubt."""
    since = world.clock.now() - LATELY
    sent = sum(call.at > since and call.status == 200 and call.sends for call in world.outbox)
    became = Counter({200: "sent", 429: "again"}.get(call.status, "bad") for call in world.outbox)
    letters = await world.letters() if world.letters is not None else None
    return reply({"a_second": round(sent / LATELY.total_seconds(), 1), "calls": became, "letters": letters})


async def add_fault(world: World, request: web.Request) -> web.StreamResponse:
    """Order a fault."""
    body = await request.json()
    chat = body.get("chat")
    fault = Fault(
        kind=Kind(body["kind"]),
        method=body.get("method") or None,
        chat=int(chat) if chat not in (None, "") else None,
        times=int(body.get("times") or 1),
        retry_after=int(body.get("retry_after") or 3),
        seconds=float(body.get("seconds") or 2),
    )
    world.faults.add(fault)
    return reply({"ok": True, "faults": [_fault(each) for each in world.faults.waiting()]})


async def clear_faults(world: World, request: web.Request) -> web.StreamResponse:
    """Order nothing any more."""
    world.faults.clear()
    return reply({"ok": True, "faults": []})


async def file(world: World, request: web.Request) -> web.StreamResponse:
    """The bytes of a stored file."""
    kept = world.files.find(request.query.get("id", ""))
    if kept is None:
        return reply({"ok": False, "error": "there is no such file"}, status=404)
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    kind = kept.mime if kept.mime.split("/")[0] in ("image", "audio", "video") else "application/octet-stream"
    if kept.mime in ("application/pdf", "text/plain", "text/csv", "text/calendar"):
        kind = kept.mime
    if kind == "image/svg+xml":
        kind = "application/octet-stream"
    return web.Response(body=kept.data, content_type=kind, headers=headers)


async def reset(world: World, request: web.Request) -> web.StreamResponse:
    """Everything back to the beginning."""
    world.reset()
    world.tell({"kind": "reset", "version": world.version})
    return reply({"ok": True, "version": world.version})


async def page(request: web.Request) -> web.StreamResponse:
    """A file of the phones page."""
    wanted = (PAGE / (request.match_info["path"] or "index.html")).resolve()
    if not wanted.is_relative_to(PAGE.resolve()) or not wanted.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(wanted, headers={"Cache-Control": "no-cache"})


def _time(world: World) -> Json:
    now = world.clock.now().astimezone(ZONE)
    return {"now": now.isoformat(timespec="seconds"), "turned_seconds": round(world.clock.turned.total_seconds())}


def _chat(world: World, chat: Chat) -> Json:
    body: Json = {"key": str(chat.id), "id": chat.id, "type": chat.type}
    if chat.person is not None:
        body |= {"title": world.bot.name, "people": [chat.id], "blocked": chat.blocked, "started": chat.started}
        body["commands"] = commands_for(world, chat.person, chat)
        body["menu_button"] = chat.menu_button or world.profile.menu_button
        texts, language = world.profile.texts, chat.person.language_code
        body["description"] = texts.get(("description", language)) or texts.get(("description", ""), "")
        return body
    present = [key for key, status in chat.members.items() if status in PRESENT]
    body |= {"title": chat.title, "people": present, "members": chat.members, "bot": chat.bot_status}
    body["commands"] = commands_for(world, world.people[present[0]], chat) if present else []
    body["moved_to"] = chat.moved_to
    return body


def _post(post: Post) -> Json:
    body = {**post.json, "version": post.version, "deleted": post.deleted}
    if post.below is not None:
        body["reply_markup"] = post.below
    reactions = [{"person": person, "emoji": emoji} for person, emoji in post.reactions.items()]
    if post.bot_reaction:
        reactions.append({"person": None, "emoji": post.bot_reaction.get("emoji", "")})
    if reactions:
        body["reactions"] = reactions
    return body


def _fault(fault: Fault) -> Json:
    return {
        "kind": fault.kind.value,
        "method": fault.method,
        "chat": fault.chat,
        "times": fault.times,
        "retry_after": fault.retry_after,
        "seconds": fault.seconds,
    }


def _call(call: Call) -> Json:
    return {
        "n": call.n,
        "at": call.at.astimezone(ZONE).isoformat(timespec="milliseconds"),
        "method": call.method,
        "chat": call.chat,
        "status": call.status,
        "description": call.description,
        "retry_after": call.retry_after,
        "ms": call.ms,
        "summary": call.summary,
    }


def _gather(first: Json, queue: "asyncio.Queue[Json]") -> list[Json]:
    """What waits in the queue, with neighbouring changes made one."""
    waiting: list[Any] = [first]
    with contextlib.suppress(asyncio.QueueEmpty):
        while True:
            waiting.append(queue.get_nowait())
    changed = [event for event in waiting if event["kind"] == "changed"]
    calls = [event for event in waiting if event["kind"] == "outbox"]
    told = [event for event in waiting if event["kind"] not in ("changed", "outbox")]
    if changed:
        chats = sorted({chat for event in changed for chat in event["chats"]})
        told.insert(0, {"kind": "changed", "version": changed[-1]["version"], "chats": chats})
    if calls:
        told.append(calls[-1])
    return told
