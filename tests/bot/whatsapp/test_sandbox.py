"""Do the door and a WhatsApp that checks everything understand each other, there and back?"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from pydantic import SecretStr

from bot.limits import Buckets
from bot.settings import Settings
from bot.whatsapp.start import WhatsApp, open_whatsapp
from bot.whatsapp.updates import Status, moved
from civic.files import Attachment, FileKind
from handlers.ways import Me, Menu
from sandbox.graphapi import people
from sandbox.graphapi.deliveries import Bundle
from sandbox.people import PIXEL
from sandbox.server import Handle, serve
from sandbox.world import World
from talk.screen import Ask, Button, Question, Screen
from talk.turn import Contact, Heard
from tests.bot.test_draw import SCREENS

ASKED = Heard(text="суу", message=None)
MENU = Screen(title="Тема", choice=(Button("Суу", Me()),), buttons=((Button("Артка", Menu()),),))


@dataclass
class Both:
    """The bot's door and the sandbox it opens on, joined by the webhook."""

    handle: Handle
    whatsapp: WhatsApp
    rows: dict[str, tuple[str, str]] = field(default_factory=dict)
    statuses: list[Status] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.handle.world

    async def put(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Takes arrivals, each once, as the inbox does."""
        for number, address, payload in rows:
            self.rows.setdefault(number, (address, payload))

    async def note(self, status: Status) -> None:
        """Takes a status."""
        self.statuses.append(status)

    async def settled(self) -> None:
        """Waits until the bot has taken everything."""
        async with asyncio.timeout(5):
            while len(self.world.whatsapp.deliveries):
                await asyncio.sleep(0.005)

    async def heard(self, who: str) -> Heard | None:
        """What was understood of what somebody did last."""
        await self.settled()
        address, payload = list(self.rows.values())[-1]
        assert address == self.world.whatsapp.phone(who).user_id
        return self.whatsapp.door.hear(payload)


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    """The sandbox without limits; Aigul and Bakyt have written to the bot."""
    world = World(rates=None, webhook_retry=0.01)
    handle = await serve(world, "127.0.0.1", 0)
    whatsapp = world.whatsapp
    given_by_meta: dict[str, Any] = {
        "whatsapp_token": SecretStr(whatsapp.token),
        "whatsapp_phone_id": whatsapp.phone_id,
        "whatsapp_app_secret": SecretStr(whatsapp.app_secret),
        "whatsapp_verify_token": SecretStr(whatsapp.verify_token),
        "whatsapp_api_url": handle.url,
    }
    async with open_whatsapp(Settings(_env_file=None, **given_by_meta)) as opened:
        made = Both(handle, opened)
        opened.door._pairs = Buckets(10_000, 10_000)  # nobody can wait here for the pace of one person
        verify, receive = opened.webhook(made.put, made.note)
        app = web.Application()
        app.router.add_get("/whatsapp/webhook", verify)
        app.router.add_post("/whatsapp/webhook", receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await opened.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/whatsapp/webhook")
        for name in ("aigul", "bakyt"):
            await people.write(world, world.person(name), "Салам")
        await made.settled()
        yield made
        await runner.cleanup()
    await handle.close()


def user(both: Both, name: str = "aigul") -> str:
    """Somebody's business-scoped id."""
    return both.world.whatsapp.phone(name).user_id


@given(screen=SCREENS)
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
async def test_every_screen_is_accepted(both: Both, screen: Screen) -> None:
    before = both.world.calls
    assert await both.whatsapp.door.show(user(both), ASKED, screen) == "sent"
    calls = [call for call in both.world.outbox if call.n > before]
    assert [call.description for call in calls if call.status != 200] == []


async def test_what_is_tapped_comes_back_as_the_press_that_was_drawn(both: Both) -> None:
    aigul = both.world.person("aigul")
    await both.whatsapp.door.show(user(both), ASKED, MENU)
    await people.tap(both.world, aigul, "Суу")
    found = await both.heard("aigul")
    assert found is not None
    assert found.press == Me().pack()
    many = Screen(title="Тема", choice=tuple(Button(f"Суу {n}", Me()) for n in range(9)), buttons=MENU.buttons)
    await both.whatsapp.door.show(user(both), ASKED, many)
    await people.tap(both.world, aigul, "Суу 7")
    found = await both.heard("aigul")
    assert found is not None
    assert found.press == Me().pack()


async def test_a_number_is_proven_by_whatsapp_whether_it_is_shown_or_hidden(both: Both) -> None:
    aigul, asks = both.world.person("aigul"), Screen(question=Question("Номер?", Ask.CONTACT, "Номер жөнөтүү"))
    number = both.world.whatsapp.phone("aigul").wa_id
    await both.heard("bakyt")
    for row in both.rows.values():
        both.whatsapp.door.hear(row[1])
    await both.whatsapp.door.show(user(both), ASKED, asks)
    await people.tap(both.world, aigul, "Номер жөнөтүү")
    found = await both.heard("aigul")
    assert found is not None
    assert found.contact == Contact(number, user(both))
    both.world.whatsapp.phone("aigul").hides_number = True
    await people.write(both.world, aigul, "Салам")
    await both.heard("aigul")
    await both.whatsapp.door.show(user(both), ASKED, asks)
    asked = both.world.whatsapp.last("aigul")
    assert asked.asks_contact
    await people.contact(both.world, aigul, aigul, reply_to=asked.id)
    found = await both.heard("aigul")
    assert found is not None
    assert found.contact == Contact(number, user(both))
    await people.contact(both.world, aigul, both.world.person("bakyt"))
    found = await both.heard("aigul")
    assert found is not None
    assert found.contact == Contact(both.world.whatsapp.phone("bakyt").wa_id, None)


async def test_a_link_opens_the_chat_with_words_the_bot_understands(both: Both) -> None:
    await people.open_link(both.world, both.world.person("aigul"), both.whatsapp.door.links.deep("i12"))
    found = await both.heard("aigul")
    assert found is not None
    assert (found.command, found.payload) == ("start", "i12")


async def test_photos_and_papers_come_down_as_they_were(both: Both) -> None:
    aigul = both.world.person("aigul")
    await people.photo(both.world, aigul, PIXEL, caption="Жол")
    found = await both.heard("aigul")
    assert found is not None
    assert found.file is not None
    assert await both.whatsapp.door.fetch(found.file) == PIXEL
    await people.document(both.world, aigul, b"%PDF-1.4 x", "токтом.pdf")
    found = await both.heard("aigul")
    assert found is not None
    assert isinstance(found.file, Attachment)
    assert (found.file.kind, found.file.name) == (FileKind.PAPER, "токтом.pdf")
    assert await both.whatsapp.door.fetch(found.file) == b"%PDF-1.4 x"


@pytest.mark.parametrize("bundle", list(Bundle))
async def test_bundled_repeated_backward_and_wrongly_signed_deliveries_lose_and_double_nothing(
    both: Both, bundle: Bundle
) -> None:
    world, before = both.world, len(both.rows)
    deliveries = world.whatsapp.deliveries
    deliveries.hold()
    for n in range(10):
        await people.write(world, world.person("aigul" if n % 2 else "bakyt"), f"{n}")
    deliveries.duplicate = deliveries.missign = 1
    deliveries.release(backwards=True, bundle=bundle)
    await both.settled()
    deliveries.replay(3)
    await both.settled()
    texts = [both.whatsapp.door.hear(payload) for _, payload in list(both.rows.values())[before:]]
    assert sorted(heard.text for heard in texts if heard) == [str(n) for n in range(10)]


async def test_a_changed_number_is_told_with_both_addresses(both: Both) -> None:
    old = user(both)
    for hides in (False, True):
        both.world.whatsapp.phone("aigul").hides_number = hides
        await people.change_number(both.world, both.world.person("aigul"), f"+99670090010{int(hides)}")
        await both.settled()
        change = moved(list(both.rows.values())[-1][1])
        assert change is not None
        assert (change.address, change.now.address) == (old, user(both))
        old = user(both)


async def test_who_blocked_the_number_is_gone_and_who_was_silent_for_a_day_is_closed(both: Both) -> None:
    await people.block(both.world, both.world.person("aigul"))
    await both.whatsapp.door.show(user(both), ASKED, MENU)
    await both.settled()
    assert [(s.address, s.gone) for s in both.statuses if s.state == "failed"] == [(user(both), True)]
    both.world.whatsapp.phone("bakyt").wrote_at = None
    assert await both.whatsapp.door.show(user(both, "bakyt"), ASKED, MENU) == "closed"
