"""What is on a person's WhatsApp? Their number and id, and the messages exchanged with the business."""

import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.chats import HISTORY, Json, Person

WINDOW = timedelta(hours=24)
TICKS = ("accepted", "sent", "delivered", "read")


def new_wamid(wa_id: str) -> str:
    """An identifier of a message, as WhatsApp writes them."""
    return "wamid." + b64encode(f"{wa_id}:{secrets.token_hex(16)}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, paper or recording known to WhatsApp; its bytes lie in the sandbox's files."""

    id: str
    file_id: str
    kind: str
    mime: str
    sha256: str
    size: int
    name: str
    at: datetime


@dataclass(slots=True, eq=False)
class Message:
    """One message as the person sees it; `content` is the part of the Cloud API's JSON that its type names."""

    id: str
    n: int
    by_bot: bool
    kind: str
    content: Json
    at: datetime
    version: int
    replies_to: str | None = None
    forwarded: bool = False
    deleted: bool = False  # taken back by the person
    status: str = "accepted"
    error: Json | None = None
    media: Media | None = None
    words: str = ""  # what a template says once its gaps are filled
    quick: list[Json] = field(default_factory=list)  # the quick replies of a template: id and title
    link: Json | None = None  # the one button that opens an address: title and url
    reactions: dict[str, str] = field(default_factory=dict)  # "bot" or "person" -> emoji
    tracker: str | None = None
    via: str = ""  # the phone number id of the business by which it was said; empty: the first

    @property
    def text(self) -> str:
        """What is written in the bubble: text, caption or body; empty for a bare picture or place."""
        if self.kind == "text":
            return str(self.content.get("body", ""))
        if self.kind == "template":
            return self.words
        if self.kind == "interactive":
            reply = self.content.get("button_reply") or self.content.get("list_reply")
            if reply:
                return str(reply["title"])
            return str((self.content.get("body") or {}).get("text", ""))
        if self.kind == "button":
            return str(self.content.get("text", ""))
        return str(self.content.get("caption") or "")

    @property
    def header(self) -> str:
        """The text above the body of an interactive message."""
        header: Json = self.content.get("header") or {}
        return str(header.get("text", "")) if self.kind == "interactive" else ""

    @property
    def footer(self) -> str:
        """The grey line below the body."""
        return str((self.content.get("footer") or {}).get("text", "")) if self.kind == "interactive" else ""

    @property
    def buttons(self) -> list[Json]:
        """Reply buttons below the bubble, each with id and title."""
        if self.kind == "template":
            return self.quick
        found = (self.content.get("action") or {}).get("buttons") or [] if self.kind == "interactive" else []
        return [dict(button["reply"]) for button in found]

    @property
    def rows(self) -> list[Json]:
        """The rows of a list over all its sections, each with id, title and perhaps description."""
        sections = (self.content.get("action") or {}).get("sections") or [] if self.kind == "interactive" else []
        return [dict(row) for section in sections for row in section.get("rows", [])]

    @property
    def opens(self) -> str:
        """The label that opens the list; empty when there is none."""
        return str((self.content.get("action") or {}).get("button") or "") if self.kind == "interactive" else ""

    @property
    def asks_location(self) -> bool:
        """Whether a button below sends the person's place."""
        return self.kind == "interactive" and self.content.get("type") == "location_request_message"

    @property
    def asks_contact(self) -> bool:
        """Whether a button below sends the person's own number."""
        return self.kind == "interactive" and self.content.get("type") == "request_contact_info"

    @property
    def flow(self) -> Json | None:
        """The parameters of the native form this message opens."""
        if self.kind != "interactive" or self.content.get("type") != "flow":
            return None
        found: Json = self.content["action"]["parameters"]
        return found


@dataclass(slots=True, eq=False)
class Phone:
    """One person's WhatsApp and their chat with the business."""

    person: Person
    wa_id: str
    user_id: str
    hides_number: bool = False  # goes by a username: no number in webhooks
    registered: bool = True  # has WhatsApp at all
    blocked: bool = False
    offline: bool = False  # sent, but not delivered until back
    writes_to: str = ""  # the phone number id of the business; empty: the first
    wrote_at: datetime | None = None
    wrote_to: dict[str, datetime] = field(default_factory=dict)  # when, by the other numbers of the business
    typing_until: datetime | None = None
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the profile."""
        return " ".join(filter(None, (self.person.first_name, self.person.last_name)))

    def contact(self) -> Json:
        """The person in `contacts` of a webhook; without the number if they hide it."""
        profile: Json = {"name": self.name}
        if self.hides_number:
            profile["username"] = self.person.username
        contact: Json = {"profile": profile, "user_id": self.user_id}
        if not self.hides_number:
            contact["wa_id"] = self.wa_id
        return contact

    def open_until(self) -> datetime | None:
        """When the customer service window closes; None if the person never wrote."""
        return self.wrote_at + WINDOW if self.wrote_at else None

    def is_open(self, now: datetime, via: str = "") -> bool:
        """Whether anything but a template may be sent at `now` by that number (empty: the first) of the business."""
        wrote = self.wrote_to.get(via) if via else self.wrote_at
        return wrote is not None and now < wrote + WINDOW

    def wrote(self, at: datetime) -> None:
        """The person wrote to the number they write to."""
        if self.writes_to:
            self.wrote_to[self.writes_to] = at
        else:
            self.wrote_at = at

    def add(self, message: Message) -> Message:
        """Keep a message; the oldest falls out when there are too many."""
        self.messages[message.id] = message
        if len(self.messages) > HISTORY:
            del self.messages[next(iter(self.messages))]
        return message

    def find(self, wamid: str) -> Message | None:
        """The message of that id, whoever wrote it."""
        return self.messages.get(wamid)
