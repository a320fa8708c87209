"""What is the case in the sandbox's WhatsApp? The numbers of one business, people's phones, media, templates."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.chats import Json, Person
from sandbox.graphapi import webhooks
from sandbox.graphapi.deliveries import Deliveries
from sandbox.graphapi.flows import Flow
from sandbox.graphapi.phones import TICKS, Media, Message, Phone, new_wamid
from sandbox.graphapi.rates import GraphRates, Pace
from sandbox.graphapi.refusals import UNDELIVERABLE, Refused
from sandbox.graphapi.templates import Template

if TYPE_CHECKING:
    from sandbox.world import World

TOKEN = "EAAsandboxTokenOfAsharNeverLeaves"  # noqa: S105 - opens nothing but this sandbox
APP_SECRET = "sandbox-app-secret-of-ashar"  # noqa: S105
VERIFY_TOKEN = "sandbox-verify-token-of-ashar"  # noqa: S105
PHONE_ID = "106540352242922"
BUSINESS_ID = "102290129340398"
APP_ID = "670843887433847"
NUMBER = "996312000001"
TYPING = timedelta(seconds=25)
KEPT = timedelta(days=30)  # uploaded and received media


class WhatsApp:
    """Everything about WhatsApp; people, clock, files, faults and the outbox are the world's."""

    def __init__(self, world: "World", rates: GraphRates | None, retry: float = 1.0) -> None:
        self.world = world
        self.token, self.app_secret, self.verify_token = TOKEN, APP_SECRET, VERIFY_TOKEN
        self.phone_id, self.business_id, self.app_id = PHONE_ID, BUSINESS_ID, APP_ID
        self.number = NUMBER
        self.numbers = {PHONE_ID: NUMBER}  # of the business; people write to the first until they turn to another
        self.name = "Ashar"
        self.pace = Pace(rates)
        self.deliveries = Deliveries(BUSINESS_ID, APP_SECRET, world.wake, retry)
        self.phones: dict[int, Phone] = {}
        self._addresses: dict[str, Phone] = {}
        self.templates: dict[tuple[str, str], Template] = {}
        self.approves = True  # a template that is submitted, at once; else it waits
        self.flows: dict[str, Flow] = {}
        self.media: dict[str, Media] = {}
        self.allowed: set[str] | None = None  # numbers a test number may write to; None is anybody
        self.expired = False  # the token is no longer good
        self.tells_statuses = True
        self.told_later: frozenset[int] = frozenset({UNDELIVERABLE})  # refusals that come as a failed status
        self._last_n = 0

    def metadata(self, via: str = "") -> Json:
        """The business number in a webhook about what was said by it."""
        via = via or self.phone_id
        return {"display_phone_number": self.numbers[via], "phone_number_id": via}

    def add_number(self, phone_id: str, number: str) -> None:
        """The business has one more number from now on."""
        self.numbers[phone_id] = number

    # who

    def phone(self, who: Person | str | int) -> Phone:
        """Somebody's WhatsApp, by person, username or the person's id; raises LookupError."""
        person = who if isinstance(who, Person) else self.world.person(who)
        found = self.phones.get(person.id)
        if found is None:
            found = Phone(person, person.phone.lstrip("+"), f"KG.{73_000_000_000_000_000 + person.id}")
            self.phones[person.id] = found
            self.list_addresses(found)
        return found

    def list_addresses(self, phone: Phone) -> None:
        """Whatever is sent to this number or id goes to this phone from now on, and nothing else does."""
        self._addresses = {key: each for key, each in self._addresses.items() if each is not phone}
        self._addresses |= {phone.wa_id: phone, phone.user_id: phone}

    def addressee(self, to: str) -> Phone | None:
        """Whose number or business-scoped id this is; None if nobody's here."""
        if len(self.phones) < len(self.world.people):
            for person in self.world.people.values():
                self.phone(person)
        return self._addresses.get(to)

    # what was said

    def messages(self, who: Person | str | int) -> list[Message]:
        """What a person sees in the chat, the oldest first; what never arrived is not there."""
        found = self.phone(who).messages.values()
        return [m for m in found if not m.deleted and (not m.by_bot or m.status in ("delivered", "read"))]

    def from_bot(self, who: Person | str | int) -> list[Message]:
        """The bot's messages that a person sees."""
        return [message for message in self.messages(who) if message.by_bot]

    def last(self, who: Person | str | int) -> Message:
        """The bot's latest message to a person; raises LookupError if there is none."""
        found = self.from_bot(who)
        if not found:
            raise LookupError(f"the bot has said nothing to {self.phone(who).name} on WhatsApp")
        return found[-1]

    async def until(self, true: Callable[[], object], within: float = 5.0) -> None:
        """Wait until `true()` holds; raises TimeoutError."""
        await self.world.until(true, within)

    async def settled(self, within: float = 5.0) -> None:
        """Wait until the bot has taken every event."""
        await self.world.until(lambda: not len(self.deliveries), within)

    def new_message(self, phone: Phone, kind: str, content: Json, *, by_bot: bool) -> Message:
        """A message put into a person's chat."""
        self._last_n += 1
        self.world.version += 1
        message = Message(
            new_wamid(phone.wa_id), self._last_n, by_bot, kind, content, self.world.clock.now(), self.world.version
        )
        return phone.add(message)

    def loose_message(self, phone: Phone, kind: str, content: Json) -> Message:
        """A message with an id that stands in no chat of its own (a reaction)."""
        now = self.world.clock.now()
        return Message(new_wamid(phone.wa_id), 0, True, kind, content, now, self.world.version)

    def begin_typing(self, phone: Phone) -> None:
        """Show that the business is writing: until it has written, for 25 seconds at most."""
        phone.typing_until = self.world.clock.now() + TYPING
        self.world.tell({"kind": "typing", "whatsapp": phone.person.id})

    def changed(self, phone: Phone, message: Message | None = None) -> None:
        """Something on this phone looks different now."""
        self.world.version += 1
        if message is not None:
            message.version = self.world.version
        self.world.told_of_whatsapp(phone.person.id)

    # what the bot is told

    def tell(self, phone: Phone, message: Message) -> None:
        """Queue what a person wrote."""
        message.via = message.via or phone.writes_to or self.phone_id
        body = webhooks.incoming(phone, message, self.numbers[message.via])
        change = webhooks.change(self.metadata(message.via), contacts=[phone.contact()], messages=[body])
        self.deliveries.add(change, phone.person.id)

    def tell_system(self, phone: Phone, body: Json) -> None:
        """Queue a system message: it carries no contacts."""
        self.deliveries.add(webhooks.change(self.metadata(phone.writes_to), messages=[body]), phone.person.id)

    def tell_nobody(self, wa_id: str, refusal: Refused, via: str) -> str:
        """A message to a number without WhatsApp fails; gives the id it had been accepted with."""
        wamid = new_wamid(wa_id)
        failed: Json = {
            "id": wamid,
            "status": "failed",
            "timestamp": webhooks.stamp(self.world.clock.now()),
            "recipient_id": wa_id,
            "errors": [refusal.for_webhook()],
        }
        self.deliveries.add(webhooks.change(self.metadata(via), statuses=[failed]))
        return wamid

    def advance(self, phone: Phone, message: Message, state: str) -> None:
        """The message of the bot has come so far: the person's ticks and the status webhook; never backwards."""
        if message.status == "failed" or (
            state in TICKS and message.status in TICKS and TICKS.index(state) <= TICKS.index(message.status)
        ):
            return
        message.status = state
        self.changed(phone, message)
        if self.tells_statuses or state == "failed":
            status = webhooks.status(phone, message, state, self.world.clock.now())
            contacts = [] if state == "failed" else [phone.contact()]
            change = webhooks.change(self.metadata(message.via), contacts=contacts, statuses=[status])
            self.deliveries.add(change, phone.person.id)

    def deliver(self, phone: Phone, message: Message) -> None:
        """An accepted message goes its way: sent, and delivered unless the person is not reached."""
        if phone.blocked or not phone.registered:
            self.fail(phone, message, Refused(UNDELIVERABLE))
            return
        self.advance(phone, message, "sent")
        if not phone.offline:
            self.advance(phone, message, "delivered")

    def fail(self, phone: Phone, message: Message, refusal: Refused) -> None:
        """An accepted message does not arrive, and the bot is told why."""
        message.error = refusal.for_webhook()
        self.advance(phone, message, "failed")

    # media

    def keep(self, kind: str, data: bytes, name: str, mime: str) -> Media:
        """Store bytes and give them a media id."""
        kept = self.world.files.keep(kind, data, name=name, mime=mime)
        media = Media(
            id=str(secrets.randbelow(9 * 10**14) + 10**14),
            file_id=kept.file_id,
            kind=kind,
            mime=mime,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            name=name,
            at=self.world.clock.now(),
        )
        self.media[media.id] = media
        return media

    def find_media(self, media_id: str) -> Media | None:
        """A medium that is not too old."""
        media = self.media.get(media_id)
        if media is None or self.world.clock.now() - media.at > KEPT:
            return None
        return media

    def data(self, media: Media) -> bytes | None:
        """The bytes of a medium; None if the sandbox had to forget them."""
        kept = self.world.files.find(media.file_id)
        return kept.data if kept is not None else None

    # knobs

    def add_template(self, name: str, language: str, body: str, **parts: object) -> Template:
        """Have a template approved."""
        template = Template(name=name, language=language, body=body, **parts)  # type: ignore[arg-type]
        self.templates[name, language] = template
        return template

    def window(self, who: Person | str | int) -> datetime | None:
        """Until when the bot may write freely to a person; None if they never wrote."""
        return self.phone(who).open_until()

    def reset(self) -> None:
        """Back to the beginning: numbers and templates stay, everything said goes."""
        self.phones.clear()
        self._addresses.clear()
        self.media.clear()
        self.pace.forget()
        self.deliveries.drop()
        self.allowed, self.expired = None, False
