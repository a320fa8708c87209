"""How does a Graph request become an answer? Token, fault, node and edge, answer - in this order."""

import asyncio
import contextlib
import hmac
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.attachments import Upload
from sandbox.breakage import spoiled
from sandbox.chats import Json
from sandbox.faults import Fault, Kind
from sandbox.graphapi import media, messages, setup
from sandbox.graphapi.refusals import (
    BLOCKED_FOR_NOW,
    LOCKED,
    PAIR_RATE,
    REENGAGE,
    SPARED,
    THROUGHPUT,
    UNDELIVERABLE,
    Refused,
    expired,
    invalid,
    no_object,
)
from sandbox.graphapi.whatsapp import WhatsApp
from sandbox.world import Call, World

ORDERED: dict[Kind, Callable[[], Refused]] = {
    Kind.TOKEN_EXPIRED: expired,
    Kind.ACCOUNT_LOCKED: lambda: Refused(LOCKED),
    Kind.POLICY_BLOCK: lambda: Refused(BLOCKED_FOR_NOW),
    Kind.THROUGHPUT: lambda: Refused(THROUGHPUT),
    Kind.TOO_MANY_REQUESTS: lambda: Refused(THROUGHPUT),
    Kind.PAIR_RATE: lambda: Refused(PAIR_RATE),
    Kind.WINDOW_CLOSED: lambda: Refused(REENGAGE),
    Kind.SPARED: lambda: Refused(SPARED),
    Kind.UNDELIVERABLE: lambda: Refused(UNDELIVERABLE),
    Kind.SERVER_ERROR: lambda: Refused(131000, message="An unknown error has occurred."),
}


def add_routes(app: web.Application, world: World) -> None:
    """Mount the Graph API on an application."""

    def bound(handler: Callable[[World, web.Request], Awaitable[web.StreamResponse]]) -> Any:
        async def call(request: web.Request) -> web.StreamResponse:
            return await handler(world, request)

        return call

    app.router.add_route("*", r"/v{version:\d+\.\d+}/{node:[^/]+}{slash:/?}", bound(_node))
    app.router.add_route("*", r"/v{version:\d+\.\d+}/{node:[^/]+}/{edge:\w+}{slash:/?}", bound(_edge))
    app.router.add_get("/whatsapp_business/attachments/", bound(_download))


async def _edge(world: World, request: web.Request) -> web.StreamResponse:
    whatsapp = world.whatsapp
    edge, node, verb = request.match_info["edge"], request.match_info["node"], request.method
    if (edge, verb) == ("messages", "POST"):

        async def send(values: Json, file: Upload | None) -> Json:
            _own(node, whatsapp, "post")
            return await messages.post(whatsapp, values, "" if node == whatsapp.phone_id else node)

        return await _answer(world, request, "whatsapp.send", send)
    if (edge, verb) == ("media", "POST"):

        async def upload(values: Json, file: Upload | None) -> Json:
            _own(node, whatsapp, "post")
            return media.upload(whatsapp, values, file)

        return await _answer(world, request, "whatsapp.upload", upload)

    async def manage(values: Json, file: Upload | None) -> Json:
        return await setup.edge(whatsapp, verb, node, edge, values, None if file is None else file.data)

    return await _answer(world, request, f"whatsapp.{edge}", manage)


async def _node(world: World, request: web.Request) -> web.StreamResponse:
    whatsapp = world.whatsapp
    node, verb = request.match_info["node"], request.method
    base = f"{request.scheme}://{request.host}"

    async def read(values: Json, file: Upload | None) -> Json:
        if node in (*whatsapp.numbers, whatsapp.business_id):
            return await setup.node(whatsapp, verb, node, values)
        if verb == "GET" and node in whatsapp.flows:
            return whatsapp.flows[node].told()
        if verb == "GET":
            return media.address(whatsapp, media.find(whatsapp, node, "get"), base)
        if verb == "DELETE":
            del whatsapp.media[media.find(whatsapp, node, "delete").id]
            return {"success": True}
        raise no_object(node, verb.lower())

    return await _answer(world, request, "whatsapp.media", read)


async def _download(world: World, request: web.Request) -> web.StreamResponse:
    whatsapp = world.whatsapp
    if _token_trouble(whatsapp, request) is not None:
        return web.Response(status=401)
    fault = world.faults.take("whatsapp.download", None)
    if fault is not None:
        if fault.kind in ORDERED:
            return _reply(ORDERED[fault.kind]())
        if fault.kind is Kind.SLOW:
            await asyncio.sleep(fault.seconds)
        broken = await spoiled(world, fault, request, None)
        if broken is not None:
            return broken
    found = media.fetch(whatsapp, *(request.query.get(key, "") for key in ("mid", "ext", "hash")))
    if found is None:
        return web.Response(status=404, text="Not Found")
    return web.Response(body=found[1], content_type=found[0].mime)


async def _answer(
    world: World, request: web.Request, name: str, work: Callable[[Json, Upload | None], Awaitable[Json]]
) -> web.StreamResponse:
    began = time.perf_counter()
    wrong = _token_trouble(world.whatsapp, request)
    if wrong is not None:
        return _reply(wrong)
    call: Call | None = None
    fault: Fault | None = None
    refusal: Refused | None = None
    body: Json = {}
    try:
        values, file = await _read(request)
        person = _person(world.whatsapp, values)
        if name == "whatsapp.send":
            name = "whatsapp.read" if "status" in values else f"{name}.{values.get('type') or 'text'}"
        call = world.record(name, person, values if file is None else {**values, "file": file.name})
        fault = world.faults.take(name, person)
        if fault is not None and fault.kind in ORDERED:
            raise ORDERED[fault.kind]()
        if fault is not None and fault.kind is Kind.SLOW:
            await asyncio.sleep(fault.seconds)
        if fault is None or fault.kind not in (Kind.RESET, Kind.BAD_GATEWAY):
            body = await work(values, file)
        call.result = body
    except Refused as error:
        refusal = error
    except Exception:  # a fault of the sandbox itself must look like one
        logging.exception("the sandbox failed at %s", name)
        refusal = Refused(131000, "the sandbox failed, see its log")
    if call is not None:
        call.status = refusal.status if refusal else 200
        call.description = f"{refusal.message} {refusal.details}".strip() if refusal else ""
        if refusal:
            call.result = {"code": refusal.code}
        if fault is not None and fault.kind in (Kind.RESET, Kind.BAD_GATEWAY):
            call.status, call.description = (502, "Bad Gateway") if fault.kind is Kind.BAD_GATEWAY else (0, "reset")
        call.ms = round((time.perf_counter() - began) * 1000, 1)
        if world.listeners:
            world.tell({"kind": "outbox", "n": call.n})
    if fault is not None:
        broken = await spoiled(world, fault, request, call)
        if broken is not None:
            return broken
    return _reply(refusal) if refusal else _json(body)


def _own(node: str, whatsapp: WhatsApp, verb: str) -> None:
    if node not in whatsapp.numbers:
        raise no_object(node, verb)


def _token_trouble(whatsapp: WhatsApp, request: web.Request) -> Refused | None:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    given = given or request.query.get("access_token", "")
    if whatsapp.expired:
        return expired()
    if not given:
        return Refused(190, message="An access token is required to request this resource.")
    if not hmac.compare_digest(given.encode(), whatsapp.token.encode()):
        return Refused(190, message="Invalid OAuth access token - Cannot parse access token")
    return None


def _person(whatsapp: WhatsApp, values: Json) -> int | None:
    to = str(values.get("recipient") or values.get("to") or "")
    phone = whatsapp.addressee(to.lstrip("+")) if to else None
    return phone.person.id if phone is not None else None


async def _read(request: web.Request) -> tuple[Json, Upload | None]:
    values: Json = dict(request.query)
    if request.method in ("GET", "HEAD") or not request.can_read_body:
        return values, None
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request, values)
    raw = await request.read()
    if request.content_type == "application/x-www-form-urlencoded":
        return values | dict(await request.post()), None
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise invalid("The request body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise invalid("The request body must be a JSON object.")
    return values | body, None


async def _read_multipart(request: web.Request, values: Json) -> tuple[Json, Upload | None]:
    file: Upload | None = None
    reader = await request.multipart()
    with contextlib.suppress(StopAsyncIteration):
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader):
                continue
            data = bytes(await part.read(decode=False))
            if part.filename is not None:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                file = Upload(part.filename, mime, data)
            else:
                values[part.name or ""] = data.decode(errors="replace")
    return values, file


def _json(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


def _reply(refusal: Refused) -> web.Response:
    return _json(refusal.body(), refusal.status)
