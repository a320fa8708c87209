"""A small Graph API that refuses what the real one refuses, and WhatsApp's own reading of a text."""

import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
IMAGES, PAPERS = ("image/jpeg", "image/png"), ("text/plain", "application/pdf")
OFFICE = "application/vnd.openxmlformats-officedocument."
PHONE_ID, TOKEN, NUMBER = "106540352242922", "EAAtoken", "996700000777"
TOWN_ID, TOWN_NUMBER = "106540352242999", "996700000888"  # of one municipality


def size(text: str) -> int:
    """The length in UTF-16 units, the strictest way to count."""
    return len(text.encode("utf-16-le")) // 2


def why_refused(message: Json) -> str | None:
    """What is wrong with a message by the documentation; None when it would be sent."""
    kind = message.get("type")
    inside = message.get(str(kind))
    if message.get("messaging_product") != "whatsapp" or not (message.get("to") or message.get("recipient")):
        return "no product or recipient"
    if not isinstance(inside, dict):
        return f"no {kind}"
    match kind:
        case "text":
            return None if inside["body"].strip() and size(inside["body"]) <= 4_096 else "text length"
        case "image" | "document":
            caption = inside.get("caption", "x")
            return None if inside.get("id") and 0 < size(caption) <= 1_024 else "media"
        case "interactive":
            return _interactive(inside)
    return f"unknown type {kind}"


def _interactive(inside: Json) -> str | None:
    body, action, header = inside.get("body", {}).get("text", ""), inside.get("action", {}), inside.get("header")
    if not body.strip() or size(body) > 1_024:
        return "body length"
    if header is not None and (inside["type"] != "button" or not header[header["type"]].get("id")):
        return "header"
    match inside["type"]:
        case "button":
            replies = [button["reply"] for button in action["buttons"]]
            ids, titles = {r["id"] for r in replies}, {r["title"] for r in replies}
            if not 1 <= len(replies) <= 3 or len(ids) < len(replies) or len(titles) < len(replies):
                return "number of buttons, or one twice"
            return None if all(0 < size(r["title"]) <= 20 and 0 < len(r["id"]) <= 256 for r in replies) else "title"
        case "list":
            sections = action["sections"]
            rows = [row for section in sections for row in section["rows"]]
            if not 1 <= len(rows) <= 10 or len({row["id"] for row in rows}) < len(rows):
                return "number of rows, or one twice"
            if len(sections) > 1 and not all(0 < size(section.get("title", "")) <= 24 for section in sections):
                return "section title"
            if not 0 < size(action["button"]) <= 20 or any(size(row["id"]) > 200 for row in rows):
                return "button or id"
            fits = all(0 < size(r["title"]) <= 24 and 0 < size(r.get("description", "x")) <= 72 for r in rows)
            return None if fits else "row"
        case "cta_url":
            shown = action["parameters"]
            return None if 0 < size(shown["display_text"]) <= 20 and shown["url"].startswith("http") else "link"
        case "location_request_message":
            return None if action == {"name": "send_location"} else "action"
        case "request_contact_info":
            return None if action == {"name": "request_contact_info"} else "action"
    return f"unknown kind {inside['type']}"


# --- how WhatsApp reads a text ---

_STYLES = {"*": "bold", "_": "italic", "~": "struck"}


def read(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What is seen of a text, without the signs that style it, and every styled run as (style, words). As generous as
    any WhatsApp: a sign counts at the edge of a word, around anything that neither begins nor ends with a space."""
    runs = [("code", code) for code in re.findall(r"```.+?```|`[^`\n]+`", text, re.DOTALL)]
    lines = []
    for line in text.split("\n"):
        found = re.match(r"\s*([-*]\s|\d+[.)]\s|>)", line)
        if found:
            runs.append(("list", line))
        lines.append(_styled(line, runs))
    return "\n".join(lines), runs


def _styled(line: str, runs: list[tuple[str, str]]) -> str:
    parts = re.split(r"(https?://\S+)", line)
    for i in range(0, len(parts), 2):
        for sign, style in _STYLES.items():
            pattern = rf"(?<![^\W_]){re.escape(sign)}(?!\s)([^{re.escape(sign)}\n]+?)(?<!\s){re.escape(sign)}(?![^\W_])"

            def seen(match: "re.Match[str]", style: str = style) -> str:
                runs.append((style, match[1]))
                return match[1]

            parts[i] = re.sub(pattern, seen, parts[i])
    return "".join(parts)


# --- a server ---


@dataclass
class Graph:
    """A Graph API on this machine: what it was asked for, and what it shall answer instead of doing its work."""

    sent: list[Json] = field(default_factory=list)
    sent_by: list[str] = field(default_factory=list)  # which of our numbers
    hooks: list[tuple[str, str]] = field(default_factory=list)  # a number, and where its news shall go
    unknown: set[str] = field(default_factory=set)  # numbers that are not there, or not for this token
    uploads: list[tuple[str, str, bytes]] = field(default_factory=list)
    read: list[Json] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    # for the next calls: an error, a bare HTTP status, or nothing
    faults: list[Json | int | None] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    url: str = ""

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application()
        ours = f"/{{v:v[0-9.]+}}/{{phone:{PHONE_ID}|{TOWN_ID}}}"
        app.router.add_get(ours, self._number)
        app.router.add_post(f"{ours}/", self._webhook)
        app.router.add_post(f"{ours}/messages", self._messages)
        app.router.add_post(f"{ours}/media", self._upload)
        app.router.add_get("/{v:v[0-9.]+}/{media}", self._where)
        app.router.add_get("/files/{media}", self._content)
        return app

    def _fault(self, request: web.Request) -> web.Response | None:
        self.asked.append(f"{request.method} {request.path}")
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return error(190, status=401)
        if not self.faults:
            return None
        fault = self.faults.pop(0)
        if fault is None:
            return None
        return web.Response(status=fault, text="<html>") if isinstance(fault, int) else error(**fault)

    async def _number(self, request: web.Request) -> web.Response:
        phone = request.match_info["phone"]
        shown = "+996 700 000 777" if phone == PHONE_ID else "+996 700 000 888"
        if phone in self.unknown:
            return error(100, details="Unsupported get request")
        about = {"display_phone_number": shown, "verified_name": "Ак-Булак айыл өкмөтү", "id": phone}
        return self._fault(request) or web.json_response(about)

    async def _webhook(self, request: web.Request) -> web.Response:
        if request.match_info["phone"] in self.unknown:
            return error(100, details="Unsupported post request")
        told = (await request.json())["webhook_configuration"]["override_callback_uri"]
        self.hooks.append((request.match_info["phone"], told))
        return self._fault(request) or web.json_response({"success": True})

    async def _messages(self, request: web.Request) -> web.Response:
        message = await request.json()
        fault = self._fault(request)
        if fault is not None:
            return fault
        if message.get("status") == "read":
            self.read.append(message)
            return web.json_response({"success": True})
        why = why_refused(message)
        if why is not None:
            return error(131009, details=why)
        self.sent.append(message)
        self.sent_by.append(request.match_info["phone"])
        return web.json_response({"messaging_product": "whatsapp", "messages": [{"id": f"wamid.{len(self.sent)}"}]})

    async def _upload(self, request: web.Request) -> web.Response:
        fault = self._fault(request)
        if fault is not None:
            return fault
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        kind = str(form["type"])
        if kind not in (*IMAGES, *PAPERS) and not kind.startswith(OFFICE):
            return error(100, details="Param file must be a file with one of the following types")
        self.uploads.append((file.filename, kind, file.file.read()))
        return web.json_response({"id": str(len(self.uploads))})

    async def _where(self, request: web.Request) -> web.Response:
        fault, media = self._fault(request), request.match_info["media"]
        if fault is not None:
            return fault
        if media not in self.media:
            return error(100, details="Unsupported get request")
        size_ = len(self.media[media])
        return web.json_response({"url": f"{self.url}/files/{media}", "mime_type": "image/jpeg", "file_size": size_})

    async def _content(self, request: web.Request) -> web.Response:
        return self._fault(request) or web.Response(body=self.media[request.match_info["media"]])


def error(code: int, *, details: str = "", status: int = 400, message: str = "refused") -> web.Response:
    """An error as the Graph API words it."""
    data = {"messaging_product": "whatsapp", "details": details}
    told = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "error_data": data}
    return web.json_response({"error": {**told, "fbtrace_id": "Az8or2yhqkZfEZ"}}, status=status)
