"""How do the bot and the local Telegram and WhatsApp run together, and who is already there?"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from actions import issues, municipalities, people
from bot.app import WHATSAPP_PATH, running, words
from bot.settings import Settings, secret_key
from bot.whatsapp.approving import PREFIX
from bot.whatsapp.flows import flow_json, flow_name
from bot.whatsapp.templates import METAS, TEMPLATES, to_submit
from civic.people import Basis, Role
from sandbox import cast, lives
from sandbox.clock import Clock
from sandbox.graphapi import flows
from sandbox.graphapi.setup import submit, subscribe
from sandbox.graphapi.whatsapp import WhatsApp
from sandbox.limits import Rates
from sandbox.neighbours import move_in
from sandbox.server import serve
from sandbox.world import World
from storage.catalogue import catalogue
from storage.database import Database
from storage.issues import listed_issues
from storage.municipalities import Municipality, villages
from storage.municipalities import municipalities as municipalities_of
from storage.people import Account, Appointment, Messenger, Person, accounts_at
from storage.post_now import post_now
from storage.vault import Vault

AIMAK = Path(__file__).with_name("aimak.yaml")
DATABASE = Path("data/sandbox.db")
# who is known already when the demonstration begins; Aigul is not, so that the first contact can be tried
KNOWN = {
    "bakyt": (0, None),
    "cholpon": (0, Role.CLERK),
    "daniyar": (1, Role.DEPUTY),
    "emma": (2, Role.MONITORING),
    "akylbek": (0, Role.HEAD),
    "gulnara": (0, Role.ADMIN),
}


@contextlib.asynccontextmanager
async def in_sandbox(settings: Settings, *, neighbours: int = 0) -> AsyncIterator[str]:
    """The bot in a sandbox that begins anew, with so many silent neighbours, until the block ends; gives the address of
    the phones."""
    world = World(clock=Clock(), rates=Rates())
    handle = await serve(world, "127.0.0.1", settings.sandbox_port)  # fails while another sandbox runs
    for leftover in DATABASE.parent.glob(f"{DATABASE.name}*"):
        leftover.unlink()
    own = settings.model_copy(
        update={
            "bot_token": SecretStr(world.token),
            "telegram_api_url": handle.url,
            "database_url": SecretStr(f"sqlite:///{DATABASE}"),
            "webhook_url": None,
            **whatsapp_settings(world.whatsapp, handle.url),
            "admin_ids": (str(world.person("gulnara").id),),
        }
    )
    try:
        async with running(own, clock=world.clock) as bot:
            have_started(world)
            await seed(bot.database, own, world.clock.now(), whatsapp=world.whatsapp)
            await live(bot.database, own, world.clock.now())
            await move_in(world, bot.database, neighbours, world.clock.now())
            world.letters = partial(_letters, bot.database)
            await subscribe(world.whatsapp, f"http://127.0.0.1:{bot.port}{WHATSAPP_PATH}")
            jobs: set[asyncio.Task[int]] = set()

            def wind() -> None:
                """Whoever turns the clock sees at once what happens by itself."""
                task = asyncio.get_running_loop().create_task(bot.clockwork.run_all())
                bot.postman.wake()
                jobs.add(task)
                task.add_done_callback(jobs.discard)

            world.clock.on_turn(wind)
            yield handle.url
    finally:
        await handle.close()


async def _letters(database: Database) -> dict[str, int]:
    async with database.transaction() as db:
        return await post_now(db)


def whatsapp_settings(whatsapp: WhatsApp, address: str) -> dict[str, Any]:
    """What the bot needs to take this WhatsApp for Meta's."""
    return {
        "whatsapp_token": SecretStr(whatsapp.token),
        "whatsapp_phone_id": whatsapp.phone_id,
        "whatsapp_business_id": whatsapp.business_id,
        "whatsapp_flow": published_form(whatsapp),
        "whatsapp_templates": approved_templates(whatsapp),
        "whatsapp_price": "2.50 KGS",
        "whatsapp_app_secret": SecretStr(whatsapp.app_secret),
        "whatsapp_verify_token": SecretStr(whatsapp.verify_token),
        "whatsapp_api_url": address,
    }


def published_form(whatsapp: WhatsApp) -> str:
    """The number of the bot's native form, put up at this Meta as `python -m bot flows --publish` does it."""
    made = flows.make(
        whatsapp.flows, {"name": flow_name(), "categories": ["OTHER"], "flow_json": flow_json(), "publish": True}
    )
    assert made["success"], made["validation_errors"]
    return str(made["id"])


def approved_templates(whatsapp: WhatsApp) -> str:
    """The prefix of our templates, approved at this Meta as `python -m bot templates --submit` asks for it."""
    for template in TEMPLATES.values():
        for language in METAS:
            submit(whatsapp, to_submit(template, language, words(), PREFIX))
    return PREFIX


def have_started(world: World) -> None:
    """Whoever is known already has pressed Start once: the bot may write to them."""
    for key in KNOWN:
        world.chat(world.person(key).id).started = True


async def seed(database: Database, settings: Settings, now: datetime, *, whatsapp: WhatsApp | None = None) -> str:
    """Fills the database with the fictional aimak and its people, in Telegram and, if given, in WhatsApp as well; a
    second time changes nothing. Tells what is in."""
    vault = Vault(secret_key(settings))
    async with database.transaction() as db:
        data = yaml.safe_load(AIMAK.read_text(encoding="utf-8"))
        taken = await municipalities.take_in(db, data, catalogue(), now.date())
        for number, key in enumerate(KNOWN):
            person = await _settle(db, taken.municipality, key, vault, now - timedelta(days=40 - number))
            if whatsapp is not None and person is not None:
                address = whatsapp.phone(key).user_id
                db.add(Account(messenger=Messenger.WHATSAPP, address=address, person_id=person.id))
    return f"{taken.municipality.name_ky}: villages {taken.villages}, streets {taken.streets}, issues {taken.issues}"


async def live(database: Database, settings: Settings, now: datetime) -> None:
    """The people of the fictional aimak have asked for this and that before the demonstration begins."""
    async with database.transaction() as db:
        home = (await municipalities_of(db))[0]
        addresses = {(str(Messenger.TELEGRAM), str(each.id)): each.username or "" for each in cast.people()}
        found = await accounts_at(db, addresses)
        people_known = {addresses[at]: account.person for at, account in found.items()}
        await lives.fill(db, home, people_known, Vault(secret_key(settings)), now)


async def _settle(db: AsyncSession, home: Municipality, key: str, vault: Vault, now: datetime) -> Person | None:
    somebody = next(person for person in cast.people() if person.username == key)
    village, role = KNOWN[key]
    address = str(somebody.id)
    if await accounts_at(db, [(Messenger.TELEGRAM, address)]):
        return None
    account = people.arrive(db, Messenger.TELEGRAM, address, now, home)
    await db.flush()
    person = account.person
    people.speak(person, somebody.language_code)
    people.settle_in(db, person, home, (await villages(db, home.id))[village], now)
    people.agree(db, person, now)
    people.prove_phone(db, person, somebody.phone, now, vault=vault, keep_number=False)
    people.declare_resident(db, person, Basis.REGISTERED, now)
    if role is not None:
        name = f"{somebody.last_name} {somebody.first_name}"
        db.add(Appointment(municipality_id=home.id, person_id=person.id, role=role, granted_at=now, name=name))
    for issue in (await listed_issues(db, home.id))[3:6]:
        await issues.follow(db, person, issue.id, now)
    return person
