"""What does the sandbox write down? The bot's calls, what people were shown, questions asked, and the bot's profile."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.chats import Json, Person


def _words(value: Any) -> str:
    """A text, or the words inside an object of WhatsApp: its body, caption, name of a template or file."""
    if not isinstance(value, dict):
        return str(value or "")
    return next((_words(value[key]) for key in ("body", "text", "caption", "name", "filename") if value.get(key)), "")


@dataclass(slots=True)
class Call:
    """One request the bot made and how it ended."""

    n: int
    at: datetime
    method: str
    chat: int | None
    params: Json
    status: int = 200
    description: str = ""
    retry_after: int | None = None
    result: Any = None
    ms: float = 0.0

    @property
    def sends(self) -> bool:
        """Whether it sent a message to a chat."""
        return self.chat is not None and self.method.startswith(("send", "whatsapp.send"))

    @property
    def summary(self) -> str:
        """The first words of what was sent."""
        for key in ("text", "caption", "question", "callback_query_id", "rich_message"):
            if self.params.get(key):
                return _words(self.params[key])[:80]
        return _words(self.params.get(str(self.params.get("type"))))[:80]


@dataclass(frozen=True, slots=True)
class Alert:
    """What a person sees after a press: a toast, or a window when `show_alert`."""

    text: str
    show_alert: bool
    at: datetime
    url: str | None = None


@dataclass(slots=True)
class Asked:
    """A callback or inline query waiting for the bot."""

    id: str
    person: Person
    at: datetime
    body: Json
    answered: bool = False
    answer: Json | None = None
    waiter: "asyncio.Future[Json] | None" = None


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to, and how that goes."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    ip_address: str | None = None
    last_error_at: int | None = None
    last_error: str | None = None


@dataclass(slots=True)
class Profile:
    """What the bot tells about itself: commands, names, descriptions, by scope and language."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    rights: dict[bool, Json] = field(default_factory=dict)
