"""Who and what is there? People, chats and posts as plain records."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

HISTORY = 500  # posts kept in a chat
NEIGHBOUR = "neighbour"  # somebody who only reads: no phone of theirs is drawn


@dataclass(slots=True, eq=False)
class Person:
    """An imaginary person with a phone."""

    id: int
    first_name: str
    last_name: str | None
    username: str | None
    phone: str
    language_code: str
    persona: str
    deactivated: bool = False

    def user(self) -> Json:
        """The User object others see."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        user["language_code"] = self.language_code
        return user


@dataclass(slots=True, eq=False)
class BotSelf:
    """The bot as Telegram knows it."""

    id: int
    name: str
    username: str
    reads_everything: bool = False  # privacy mode off

    def user(self) -> Json:
        """The User object others see."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(slots=True, eq=False)
class Post:
    """One message in a chat: its Bot API JSON (replaced, never changed in place) and its state."""

    id: int
    json: Json
    by_bot: bool
    version: int
    deleted: bool = False
    edits: int = 0
    inline_id: str | None = None
    below: Json | None = None  # the reply keyboard, its removal or the forced reply it was sent with: no edits then
    bot_reaction: Json | None = None
    reactions: dict[int, str] = field(default_factory=dict)  # person id -> emoji

    @property
    def text(self) -> str:
        """Text or caption, whichever there is."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of the inline keyboard, empty if there is none."""
        markup: Json = self.json.get("reply_markup") or {}
        rows: list[list[Json]] = markup.get("inline_keyboard") or []
        return rows

    def button(self, label: str) -> Json:
        """The first button whose text contains `label`; raises LookupError with what there is."""
        labels = []
        for row in self.buttons:
            for button in row:
                if label in button["text"]:
                    return button
                labels.append(button["text"])
        raise LookupError(f"no button «{label}» among {labels}")


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat with the bot, a group or a channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    person: Person | None = None
    members: dict[int, str] = field(default_factory=dict)  # person id -> status
    bot_status: str = "left"
    bot_was_here: bool = False
    started: bool = False
    blocked: bool = False
    moved_to: int | None = None
    description: str = ""
    posts: dict[int, Post] = field(default_factory=dict)
    last_id: int = 0
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    force_reply: Json | None = None
    menu_button: Json | None = None
    face: Json = field(default_factory=dict)  # the Chat object, made once

    def json(self) -> Json:
        """The Chat object inside messages."""
        if not self.face:
            face: Json = {"id": self.id, "type": self.type}
            if self.person is not None:
                face["first_name"] = self.person.first_name
                if self.person.last_name:
                    face["last_name"] = self.person.last_name
                if self.person.username:
                    face["username"] = self.person.username
            else:
                face["title"] = self.title
                if self.username:
                    face["username"] = self.username
            self.face = face
        return self.face

    @property
    def is_neighbours(self) -> bool:
        """Whether it is the chat of somebody whose phone is not drawn."""
        return self.person is not None and self.person.persona == NEIGHBOUR

    @property
    def is_group(self) -> bool:
        """Whether several people write here."""
        return self.type in ("group", "supergroup")

    def find(self, message_id: int | None) -> Post | None:
        """A post that is still there."""
        post = self.posts.get(message_id) if message_id is not None else None
        return None if post is None or post.deleted else post

    def add(self, post: Post) -> None:
        """Keep a post; the oldest falls out when there are too many."""
        self.posts[post.id] = post
        if len(self.posts) > HISTORY:
            oldest = next(iter(self.posts))
            del self.posts[oldest]

    def clear(self) -> None:
        """Forget what was said; members stay."""
        self.posts.clear()
        self.pinned.clear()
        self.keyboard = self.force_reply = None
