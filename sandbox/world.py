"""What is the case in the sandbox? People, chats, posts, files and the bot's queue; it knows nothing of HTTP."""

import asyncio
import secrets
from collections import OrderedDict, defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from sandbox import cast
from sandbox.chats import BotSelf, Chat, Json, Person, Post
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.graphapi.rates import GraphRates
from sandbox.graphapi.whatsapp import WhatsApp
from sandbox.limits import Limits, Rates
from sandbox.records import Alert, Asked, Call, Profile, Webhook
from sandbox.updates import Updates

if TYPE_CHECKING:
    from sandbox.ballots import Ballot

__all__ = ["TOKEN", "Alert", "Asked", "Call", "ChatRef", "Profile", "Webhook", "World"]

TOKEN = "1:sandbox-token-of-ashar-never-leaves-1"  # noqa: S105 - opens nothing but this sandbox
OUTBOX = 5_000
QUESTIONS = 10_000  # callback and inline queries remembered

ChatRef = Chat | int


class World:
    """The whole state of one sandbox."""

    def __init__(
        self,
        clock: Clock | None = None,
        rates: Rates | None = None,
        *,
        token: str = TOKEN,
        username: str = "ashar_sandbox_bot",
        validate: bool = True,
        webhook_retry: float = 1.0,
    ) -> None:
        self.clock = clock or Clock()
        self.token = token
        self.validate = validate
        self.webhook_retry = webhook_retry
        self.bot = BotSelf(id=int(token.split(":")[0]), name="Ashar", username=username)
        self.updates = Updates(self.wake)
        self.files = Files()
        self.limits = Limits(rates)
        self.faults = Faults()
        self.profile = Profile()
        self.webhook: Webhook | None = None
        self.webhook_hosts: frozenset[str] = frozenset()  # hosts beside this machine updates may be posted to
        self.polling = 0  # getUpdates requests so far; an older one that still waits has lost
        self.closing = False
        self.outbox: deque[Call] = deque(maxlen=OUTBOX)
        self.calls = 0
        self.version = 0
        self.callbacks: OrderedDict[str, Asked] = OrderedDict()
        self.inline: OrderedDict[str, Asked] = OrderedDict()
        self.inline_posts: dict[str, tuple[Chat, Post]] = {}
        self.offered: dict[int, tuple[str, dict[str, Json]]] = {}  # person id -> query and results by id
        self.polls: dict[str, Ballot] = {}
        self.listeners: list[Callable[[Json], None]] = []
        self.letters: Callable[[], Awaitable[dict[str, int]]] | None = None  # how the bot's post stands, if it tells
        self._alerts: defaultdict[int, list[Alert]] = defaultdict(list)
        self._waiters: list[asyncio.Future[None]] = []
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        for person in cast.people():
            self.add_person(person)
        for chat in cast.places():
            self.chats[chat.id] = chat
        self.whatsapp = WhatsApp(self, GraphRates() if rates is not None else None, webhook_retry)
        self.clock.on_turn(self._turned)

    # who and where

    def add_person(self, person: Person) -> Person:
        """Let somebody else live here; their private chat with the bot is not started yet."""
        self.people[person.id] = person
        self.chats[person.id] = Chat(id=person.id, type="private", person=person, bot_status="member")
        return person

    def add_group(self, title: str, *members: Person, kind: str = "group") -> Chat:
        """A new group, supergroup or channel; the first member created it, the bot is not in it."""
        lowest = min(self.chats)
        new_id = min(lowest, -1001000000002) - 1 if kind != "group" else -5000 - len(self.chats)
        statuses = {p.id: cast.CREATOR if n == 0 else cast.MEMBER for n, p in enumerate(members)}
        chat = Chat(id=new_id, type=kind, title=title, members=statuses)
        self.chats[chat.id] = chat
        self.changed(chat)
        return chat

    def person(self, who: str | int) -> Person:
        """Somebody by username ("aigul") or id (101); raises LookupError."""
        if isinstance(who, int):
            if who in self.people:
                return self.people[who]
        else:
            for person in self.people.values():
                if person.username == who:
                    return person
        raise LookupError(f"nobody here is called {who!r}")

    def chat(self, chat: ChatRef) -> Chat:
        """A chat by its id; raises LookupError."""
        if isinstance(chat, Chat):
            return chat
        if chat not in self.chats:
            raise LookupError(f"there is no chat {chat}")
        return self.chats[chat]

    # what was said

    def messages(self, chat: ChatRef) -> list[Post]:
        """All posts of a chat that are still there, the oldest first."""
        return [post for post in self.chat(chat).posts.values() if not post.deleted]

    def from_bot(self, chat: ChatRef) -> list[Post]:
        """The bot's own posts of a chat that are still there, the oldest first."""
        return [post for post in self.messages(chat) if post.by_bot]

    def last(self, chat: ChatRef) -> Post:
        """The bot's latest post in a chat; raises LookupError if it never spoke."""
        posts = self.from_bot(chat)
        if not posts:
            raise LookupError(f"the bot has said nothing in {self.chat(chat).id}")
        return posts[-1]

    def keyboard(self, chat: ChatRef) -> Json | None:
        """The ReplyKeyboardMarkup shown in a chat."""
        return self.chat(chat).keyboard

    def alerts(self, person: Person) -> list[Alert]:
        """What answerCallbackQuery has shown this person, the oldest first."""
        return list(self._alerts[person.id])

    def post(self, chat: Chat, body: Json, *, by_bot: bool) -> Post:
        """Put a message into a chat: gives it an id, a date and a version."""
        chat.last_id += 1
        message: Json = {"message_id": chat.last_id, "date": self.clock.stamp(), "chat": chat.json(), **body}
        self.version += 1
        post = Post(id=chat.last_id, json=message, by_bot=by_bot, version=self.version)
        chat.add(post)
        self._notice(chat)
        return post

    def revise(self, chat: Chat, post: Post, **changes: Any) -> Post:
        """Change a message; a value of None removes the field."""
        message = {**post.json, **changes}
        post.json = {key: value for key, value in message.items() if value is not None}
        post.edits += 1
        self.changed(chat, post)
        return post

    def remove(self, chat: Chat, post: Post) -> None:
        """Delete a message; its record stays for the stage."""
        post.deleted = True
        if post.id in chat.pinned:
            chat.pinned.remove(post.id)
        self.changed(chat, post)

    def alert(self, person: Person, text: str, *, show_alert: bool, url: str | None = None) -> None:
        """Show a person a toast or a window."""
        alert = Alert(text, show_alert, self.clock.now(), url)
        shown = self._alerts[person.id]
        shown.append(alert)
        del shown[:-200]
        self.tell({"kind": "alert", "person": person.id, "text": text, "show_alert": show_alert})
        self.wake()

    def remember(self, asked: Asked, where: OrderedDict[str, Asked]) -> Asked:
        """Keep a query until it is too old to matter."""
        where[asked.id] = asked
        if len(where) > QUESTIONS:
            where.popitem(last=False)
        return asked

    def new_id(self) -> str:
        """An identifier for queries and polls: digits, as Telegram's."""
        return str(secrets.randbelow(9 * 10**17) + 10**17)

    def record(self, method: str, chat: int | None, params: Json) -> Call:
        """Write a request into the outbox log."""
        self.calls += 1
        call = Call(n=self.calls, at=self.clock.now(), method=method, chat=chat, params=params)
        self.outbox.append(call)
        return call

    # who wants to know

    def changed(self, chat: Chat, post: Post | None = None) -> None:
        """Something in this chat looks different now."""
        self.version += 1
        if post is not None:
            post.version = self.version
        self._notice(chat)

    def tell(self, event: Json) -> None:
        """Tell the listeners (the stage's browsers)."""
        for listener in self.listeners:
            listener(event)

    async def until(self, true: Callable[[], object], within: float = 5.0) -> None:
        """Wait until `true()` holds, looking again after every change and now and then; raises TimeoutError."""
        async with asyncio.timeout(within):
            while not true():
                waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiters.append(waiter)
                await asyncio.wait((waiter,), timeout=0.05)

    async def answer(self, chat: ChatRef, after: int = 0, within: float = 5.0) -> Post:
        """Wait for a post of the bot whose id is above `after` and return the latest."""
        place = self.chat(chat)
        await self.until(lambda: any(p.id > after for p in self.from_bot(place)), within)
        return self.last(place)

    def reset(self) -> None:
        """Back to the beginning: people and chats stay, everything said goes."""
        for chat in list(self.chats.values()):
            if chat.id not in self.people and chat.id not in (cast.GROUP, cast.CHANNEL):
                del self.chats[chat.id]
                continue
            chat.clear()
            chat.started = chat.blocked = chat.bot_was_here = False
            chat.moved_to = None
            chat.bot_status = "member" if chat.person else "left"
        for place in cast.places():
            self.chats.setdefault(place.id, place).members = place.members
        for person in self.people.values():
            person.deactivated = False
        for kept in (
            self.callbacks,
            self.inline,
            self.inline_posts,
            self.offered,
            self.polls,
            self._alerts,
            self.outbox,
        ):
            kept.clear()
        self.updates.drop()
        self.files.clear()
        self.faults.clear()
        self.limits.forget()
        self.whatsapp.reset()
        for chat in self.chats.values():
            self.changed(chat)

    def _notice(self, chat: Chat) -> None:
        if self.listeners and not chat.is_neighbours:
            self.tell({"kind": "changed", "version": self.version, "chats": [chat.id]})
        self.wake()

    def told_of_whatsapp(self, person_id: int) -> None:
        """Something on a person's WhatsApp looks different now."""
        if self.listeners:
            self.tell({"kind": "whatsapp", "version": self.version, "person": person_id})
        self.wake()

    def wake(self) -> None:
        """Let everybody who waits in `until` look again."""
        if not self._waiters:
            return
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def _turned(self) -> None:
        self.tell({"kind": "clock", "now": self.clock.now().isoformat()})
        self.updates.wake()
