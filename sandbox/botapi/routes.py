"""How does a request become an answer? Token, fault, method, types, rate, answer - in this order."""

import asyncio
import contextlib
import inspect
import json
import logging
import time
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from sandbox.attachments import Upload
from sandbox.botapi import (  # noqa: F401 - each fills its part of the table
    about,
    edits,
    media,
    members,
    polls,
    queries,
    receiving,
    rich,
    texts,
)
from sandbox.botapi.reading import Params, check
from sandbox.botapi.table import METHODS, MODELS
from sandbox.breakage import spoiled
from sandbox.chats import Json
from sandbox.faults import DOWNLOAD, Fault, Kind
from sandbox.groups import migrate
from sandbox.refusals import NOT_UTF8, Refusal, bad, forbidden, too_many
from sandbox.world import Call, World

LARGEST_UPLOAD = 50 * 1024 * 1024
QUIET = frozenset({"getupdates"})  # not written into the outbox log


def add_routes(app: web.Application, world: World) -> None:
    """Mount the Bot API on an application."""

    async def call(request: web.Request) -> web.StreamResponse:
        return await _call(world, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return await _download(world, request)

    app.router.add_route("*", "/bot{token}/{method}", call)
    app.router.add_get("/file/bot{token}/{path:.+}", download)


async def answer(world: World, name: str, params: Params) -> Any:
    """The result of one method; raises Refusal."""
    known = METHODS.get(name.lower())
    if known is None:
        model = MODELS.get(name.lower())
        if model is None:
            raise Refusal(404, "Not Found: method not found")
        raise bad(f"the sandbox does not imitate {model.__api_method__}")
    if world.validate and known.model is not None:
        check(known.model, params)
    result = known.handler(world, params)
    if inspect.isawaitable(result):
        result = await result
    return result


async def _call(world: World, request: web.Request) -> web.StreamResponse:
    began = time.perf_counter()
    name = request.match_info["method"]
    wrong = _token_trouble(world, request.match_info["token"])
    if wrong is not None:
        return _reply(wrong.code, wrong.body())
    call: Call | None = None
    fault: Fault | None = None
    status = 200
    try:
        params = await _read(request)
        if name.lower() not in QUIET:
            call = world.record(name, _chat_number(params), params.values)
        fault = world.faults.take(name, _chat_number(params))
        if fault is not None:
            await _before(world, fault, params)
        result = await answer(world, name, params)
        body: Json = {"ok": True, "result": result}
        if call is not None:
            call.result = result
    except Refusal as refusal:
        status, body = refusal.code, refusal.body()
    except Exception:  # a fault of the sandbox itself must look like one
        logging.exception("the sandbox failed at %s", name)
        status, body = 500, Refusal(500, "Internal Server Error: the sandbox failed, see its log").body()
    if call is not None:
        call.status, call.description = status, body.get("description", "")
        call.retry_after = body.get("parameters", {}).get("retry_after")
        call.ms = round((time.perf_counter() - began) * 1000, 1)
        if world.listeners:
            world.tell({"kind": "outbox", "n": call.n})
    if fault is not None:
        broken = await spoiled(world, fault, request, call)
        if broken is not None:
            return broken
    return _reply(status, body)


def _token_trouble(world: World, token: str) -> Refusal | None:
    if token == world.token:
        return None
    number, colon, _ = token.partition(":")
    return Refusal(401, "Unauthorized") if colon and number.isdigit() else Refusal(404, "Not Found")


def _chat_number(params: Params) -> int | None:
    chat = params.values.get("chat_id")
    try:
        return int(chat) if chat is not None else None
    except (TypeError, ValueError):
        return None


class _Spoil(Refusal):
    """Raised so that the method is not carried out; the answer is made in `_after`."""


async def _before(world: World, fault: Fault, params: Params) -> None:
    kind = fault.kind
    if kind is Kind.SLOW:
        await asyncio.sleep(fault.seconds)
    elif kind is Kind.MIGRATE:
        chat = world.chats.get(_chat_number(params) or 0)
        if chat is not None and chat.type != "private" and chat.moved_to is None:
            migrate(world, chat)
    elif kind is Kind.SERVER_ERROR:
        raise Refusal(500, "Internal Server Error")
    elif kind is Kind.TOO_MANY_REQUESTS:
        raise too_many(fault.retry_after)
    elif kind is Kind.FORBIDDEN:
        raise forbidden("bot was blocked by the user")
    elif kind is Kind.DEACTIVATED:
        raise forbidden("user is deactivated")
    elif kind is Kind.BAD_GATEWAY:
        raise _Spoil(502, "Bad Gateway")
    elif kind is Kind.RESET:
        raise _Spoil(0, "connection reset")


async def _read(request: web.Request) -> Params:
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if request.method == "GET" or not request.can_read_body:
        return Params(values)
    if kind == "multipart/form-data":
        return await _read_multipart(request, values)
    raw = await request.read()
    try:
        text = raw.decode()
        if kind == "application/json":
            body = json.loads(text) if text else {}
            if isinstance(body, dict):
                values.update(body)
        else:
            values.update(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        raise bad(NOT_UTF8) from None
    except ValueError:
        raise bad("can't parse JSON object") from None
    return Params(values)


async def _read_multipart(request: web.Request, values: dict[str, Any]) -> Params:
    uploads: dict[str, Upload] = {}
    total = 0
    reader = await request.multipart()
    with contextlib.suppress(StopAsyncIteration):
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader):
                continue
            data = bytes(await part.read(decode=False))
            total += len(data)
            if total > LARGEST_UPLOAD:
                raise Refusal(413, "Request Entity Too Large")
            name = part.name or ""
            if part.filename is not None:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                uploads[name] = Upload(part.filename, mime, data)
            else:
                try:
                    values[name] = data.decode()
                except UnicodeDecodeError:
                    raise bad(NOT_UTF8) from None
    return Params(values, uploads)


async def _download(world: World, request: web.Request) -> web.StreamResponse:
    wrong = _token_trouble(world, request.match_info["token"])
    if wrong is not None:
        return _reply(wrong.code, wrong.body())
    fault = world.faults.take(DOWNLOAD, None)
    if fault is not None:
        try:
            await _before(world, fault, Params({}))
        except Refusal as refusal:
            return await spoiled(world, fault, request, None) or _reply(refusal.code, refusal.body())
    kept = world.files.at(request.match_info["path"])
    if kept is None:
        return _reply(404, Refusal(404, "Not Found").body())
    return web.Response(body=kept.data, content_type="application/octet-stream")


def _reply(status: int, body: Json) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status or 500, content_type="application/json")
