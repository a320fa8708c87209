"""The same stage for people who speak by WhatsApp: the same acts, done as a phone with WhatsApp does them."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from pydantic import SecretStr

from bot.app import WHATSAPP_PATH
from bot.whatsapp import deliver
from civic.pages import MOST
from sandbox.graphapi import flows, people, templates
from sandbox.graphapi.phones import Message
from sandbox.run import approved_templates, published_form
from sandbox.world import Call
from tests.conversations.stage import RECEIPT, Stage, bare

# two low lines beside each other are written so that WhatsApp does not take them for a sign
ONE_TIME = re.compile(
    r"(?:(?<=text=Ashar%20)|(?<=Ashar%2520)|(?<=\?start=))([ge](?:%5F|[\w-]){16}|p\d+(?:%5F|_)\d*(?:%5F|_)[0-9a-f]{10})"
)


class WhatsAppStage(Stage):
    """People act in WhatsApp; the bot speaks both messengers."""

    speaks_whatsapp = True

    def more_settings(self) -> dict[str, Any]:
        """The number of the sandbox's WhatsApp."""
        meta = self.world.whatsapp
        return {
            "whatsapp_token": SecretStr(meta.token),
            "whatsapp_phone_id": meta.phone_id,
            "whatsapp_business_id": meta.business_id,
            "whatsapp_flow": published_form(meta),
            "whatsapp_app_secret": SecretStr(meta.app_secret),
            "whatsapp_verify_token": SecretStr(meta.verify_token),
            "whatsapp_api_url": self.url,
        }

    async def start(self) -> None:
        """Starts the bot, and tells the sandbox's WhatsApp where it listens. Nobody waits here for six seconds after
        the forty-fifth message, as Meta demands."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(deliver, "PAIR_BURST", 10_000)
            await super().start()
        self.world.whatsapp.deliveries.subscribe(f"http://127.0.0.1:{self.bot.port}{WHATSAPP_PATH}")

    async def settled(self) -> None:
        """Waits until everything that people did is answered."""
        await self.world.whatsapp.settled(within=10)
        await super().settled()

    async def write(self, who: str, text: str) -> None:
        """Somebody writes; a deep link is a text that the link has put into the field."""
        if text.startswith("/start"):
            payload = text[7:].strip()
            text = f"Ашар {payload}".strip()
        await people.write(self.world, self.world.person(who), text)
        await self.settled()

    async def tap(self, who: str, label: str, *, oldest: bool = False) -> None:
        """Somebody presses a button, chooses a row of a list, or types what is only written there."""
        person = self.world.person(who)
        shown = self.world.whatsapp.from_bot(person)
        for message in shown if oldest else reversed(shown):
            found = _way(message, label)
            if found is not None:
                act = people.press if any(button["id"] == found for button in message.buttons) else people.choose
                await act(self.world, person, message.id, found)
                await self.settled()
                return
            if bare(label) in bare(message.text):
                await people.write(self.world, person, label)
                await self.settled()
                return
        raise LookupError(f"{who} sees no way «{label}»: {[message.text for message in shown[-2:]]}")

    async def forge(self, who: str, data: str) -> None:
        """Somebody sends a button that the bot never showed."""
        person = self.world.person(who)
        await people.press(self.world, person, self.world.whatsapp.last(person).id, data, stale=True)
        await self.settled()

    async def send(self, who: str, name: str, content: bytes, *, photo: bool = False, words: str = "") -> None:
        """Somebody sends a photo or a file, with words below it."""
        person = self.world.person(who)
        if photo:
            await people.photo(self.world, person, content, caption=words, name=name)
        elif name.endswith(".ogg"):
            await people.audio(self.world, person, content)
        else:
            await people.document(self.world, person, content, name, "application/octet-stream", caption=words)
        await self.settled()

    async def open_link(self, who: str, whose: str) -> None:
        """Somebody sends the words of the one-time link that the bot showed another person last."""
        sent = [ONE_TIME.search(letter.text) for letter in self.world.whatsapp.from_bot(whose)]
        await self.write(who, f"/start {unquote([found[1] for found in sent if found][-1])}")

    def words_for(self, who: str) -> list[str]:
        """What the bot has told somebody, the newest last."""
        return [letter.text for letter in self.world.whatsapp.from_bot(self.world.person(who))]

    async def share_place(self, who: str, latitude: float, longitude: float) -> None:
        """Somebody sends a place on the map."""
        await people.location(self.world, self.world.person(who), latitude, longitude)
        await self.settled()

    async def fill_in(self, who: str, answers: list[str]) -> None:
        """Somebody opens the newest form and fills its inputs in their order, an option by its words."""
        person = self.world.person(who)
        letter = next(letter for letter in reversed(self.world.whatsapp.from_bot(person)) if letter.flow)
        inputs = [part for part in flows.shown(self.world.whatsapp.flows, letter.flow or {}) if "name" in part]
        values = {part["name"]: _typed(part, words) for part, words in zip(inputs, answers, strict=False)}
        await people.fill_form(self.world, person, letter.id, values)
        await self.settled()

    async def share_contact(self, who: str, whose: str) -> None:
        """Somebody sends a contact: their own, another person's, or a stranger's."""
        person = self.world.person(who)
        await people.contact(self.world, person, None if whose == "stranger" else self.world.person(whose))
        await self.settled()


def _typed(part: dict[str, Any], words: str) -> str:
    """What an input holds when those words are chosen or typed."""
    options = part.get("data-source", ())
    return next((str(option["id"]) for option in options if option["title"] == words), words)


def _way(message: Message, label: str) -> str | None:
    """What the way of that label carries; labels may be cut to fit."""
    wanted = bare(label)
    for way in [*message.buttons, *message.rows]:
        title = bare(way["title"])
        if title == wanted or (way["title"].endswith("…") and wanted.startswith(title)):
            return str(way["id"])
    return None


class WithTemplates(WhatsAppStage):
    """Meta has approved our templates, and lets so many people be begun with in a day."""

    daily = 1_000

    def more_settings(self) -> dict[str, Any]:
        """Templates are on."""
        return {
            **super().more_settings(),
            "whatsapp_templates": approved_templates(self.world.whatsapp),
            "whatsapp_daily_people": self.daily,
            "whatsapp_price": "2.50 KGS",
        }


def shown(stage: Stage, call: Call, lead: str) -> list[str]:
    """A call to the Graph API as a transcript shows it."""
    params, kind = call.params, call.method.removeprefix("whatsapp.send.")
    if kind == call.method:
        return []
    content = params.get(kind, {})
    match kind:
        case "text":
            return _lines(lead, content["body"])
        case "interactive":
            return _interactive(lead, content)
        case "image" | "document" | "audio":
            sign = {"image": "🖼", "document": "📎", "audio": "🎤"}[kind]
            return _lines(f"{lead}{sign} ", content.get("caption", ""))
        case "template":
            filled = templates.fill(stage.world.whatsapp.templates, content)
            labels = " ".join(f"[{button['title']}]" for button in filled.quick)
            return [*_lines(f"{lead}✉ ", filled.text), f"        {labels}"]
    return [f"{lead}({kind})"]


def _interactive(lead: str, content: dict[str, Any]) -> list[str]:
    header = content.get("header", {}).get("text", "")
    footer = content.get("footer", {}).get("text", "")
    text = "\n".join(part for part in (header, content["body"]["text"], footer) if part)
    sign = {"image": "🖼 ", "document": "📎 "}.get(content.get("header", {}).get("type", ""), "")
    lines, action = _lines(lead + sign, text), content["action"]
    if content["type"] == "button":
        lines.append("        " + " ".join(f"[{button['reply']['title']}]" for button in action["buttons"]))
    elif content["type"] == "list":
        lines.append(f"        [≡ {action['button']}]")
        for section in action["sections"]:
            if section.get("title"):
                lines.append(f"          · {section['title']}")
            for row in section["rows"]:
                more = f" — {row['description']}" if row.get("description") else ""
                lines.append(f"          {row['title']}{more}")
    elif content["type"] == "flow":
        lines.append(f"        [{action['parameters']['flow_cta']} ✎]")
        data = action["parameters"]["flow_action_payload"]["data"]
        for number in range(1, MOST + 1):
            if data[f"is_seen_{number}"]:
                lines += _lines("          ✎ ", data[f"says_{number}"])
    elif content["type"] == "cta_url":
        lines.append(f"        [{action['parameters']['display_text']} ↗]")
    return lines


def _lines(lead: str, text: str) -> list[str]:
    first, *rest = ONE_TIME.sub(lambda found: f"{found[1][0]}…", text).split("\n")
    lines = [RECEIPT.sub("…", line) for line in (f"{lead}{first}", *(f"        {line}".rstrip() for line in rest))]
    return [line if line.strip() else "        ·" for line in lines]
