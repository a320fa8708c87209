"""What can somebody do who means harm: flood, forge, listen at the neighbours', or stand in everybody's way?"""

import asyncio
import json
import stat
import time
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.logs import scrubbed
from bot.settings import Settings, WrongSetting, secret_key
from bot.showing import MOST_WAITING
from bot.telegram.start import TelegramDoorway
from bot.telegram.updates import hear
from civic.spelling import meant_by
from sandbox.faults import Fault, Kind
from storage import inbox
from storage.database import Database, open_database
from storage.vault import Vault
from talk.turn import Heard
from tests.bot.crowd import pour, pressed, rows, said, to, wrote
from tests.conversations.stage import Stage

OPEN = "SELECT COUNT(*) FROM inbox WHERE settled_at IS NULL"


# --- standing in everybody's way ---


async def test_an_arrival_that_cannot_even_be_read_blocks_nobody_behind_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.write("emma", "/help")
    before = stage.world.outbox[-1].n
    real = TelegramDoorway.hear

    def fails(door: TelegramDoorway, payload: str) -> Heard | None:
        if "poison" in payload:
            raise RuntimeError("no reader was ready for this")
        return real(door, payload)

    monkeypatch.setattr(TelegramDoorway, "hear", fails)
    bakyt, emma = stage.world.person("bakyt"), stage.world.person("emma")
    async with asyncio.timeout(10):
        await pour(stage, [wrote(bakyt, "poison"), wrote(emma, "/menu"), wrote(bakyt, "/menu")])
    assert len(said(to(stage.calls(before), emma))) == len(said(to(stage.calls(before), bakyt))) == 1
    assert await rows(stage.bot.database, OPEN) == [(0,)]


async def test_somebody_who_spoke_in_a_group_is_not_written_to_when_the_database_stumbles(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = inbox.settle
    failed: list[bool] = []

    async def stumbles(*given: object) -> None:
        if not failed:
            failed.append(True)
            raise OSError("the disk is full")
        await real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "settle", stumbles)
    heard = wrote(stage.world.person("emma"), "good morning, everybody")
    heard["message"]["chat"] = {"id": -5, "type": "group", "title": "the street"}
    heard["message"]["from"] = {"id": 424_242, "is_bot": False, "first_name": "Neighbour"}
    await pour(stage, [heard])
    assert failed
    assert await rows(stage.bot.database, "SELECT id FROM accounts WHERE address = '424242'") == []
    assert [call for call in stage.calls(0) if call.chat in (-5, 424_242)] == []
    assert await rows(stage.bot.database, OPEN) == [(0,)]


async def test_health_checks_by_the_thousand_do_not_keep_the_turns_waiting(stage: Stage) -> None:
    before = stage.bot.database.statements
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=300)) as session:

        async def ask() -> int:
            async with session.get(f"{stage.settings.webhook_url}/health") as answer:
                return answer.status

        assert set(await asyncio.gather(*(ask() for _ in range(600)))) == {200}
    assert stage.bot.database.statements - before < 300


async def test_what_one_bot_has_taken_a_second_one_does_not_take(database: Database, now: datetime) -> None:
    """On PostgreSQL the claim of a bot is lost with its connection, and then two may run for a while."""
    if database.is_sqlite:
        pytest.skip("the lock file is held as long as the process lives")
    row = {"messenger": "telegram", "address": "102", "payload": "{}", "arrived_at": now}
    async with database.transaction() as db:
        await inbox.put(db, [row | {"number": str(number)} for number in (1, 2)])
    async with database.transaction() as first, database.transaction() as second:
        assert [arrival.number for arrival in await inbox.waiting(first, limit=1)] == ["1"]
        assert [arrival.number for arrival in await inbox.waiting(second, limit=64)] == ["2"]


# --- floods ---


async def test_commands_that_nobody_knows_are_not_remembered(stage: Stage) -> None:
    bakyt = stage.world.person("bakyt")
    await pour(
        stage, [wrote(bakyt, f"/{'х' * 500}{i}") for i in range(40)] + [pressed(bakyt, f"x{i}") for i in range(40)]
    )
    assert all(len(kind) < 20 for kind in stage.bot.turns.spent)
    assert len(stage.bot.turns.spent) < 20


async def test_whoever_floods_a_chat_that_telegram_holds_back_is_shown_the_newest_answers_only(stage: Stage) -> None:
    bakyt, many = stage.world.person("bakyt"), MOST_WAITING * 3
    before = stage.world.outbox[-1].n
    stage.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, chat=bakyt.id, retry_after=2))
    await pour(stage, [wrote(bakyt, "/help") for _ in range(many - 1)] + [wrote(bakyt, "/me")])
    shown = said(to(stage.calls(before), bakyt))
    assert MOST_WAITING <= len(shown) <= MOST_WAITING + 2
    assert shown[-1].startswith("👤")
    await stage.bot.turns.finish()
    lost = "SELECT COUNT(*) FROM inbox WHERE answered_at IS NULL"
    assert await rows(stage.bot.database, lost) == [(0,)]
    signs = [call for call in stage.calls(before) if call.method == "sendChatAction"]
    assert len(signs) <= 3


@pytest.mark.parametrize("typed", ["а̖́" * 1_365, "ак булак айыл " * 290, "а" * 4_096])
def test_a_long_text_is_not_compared_with_every_name_of_the_country(typed: str) -> None:
    names = [f"Ак-Булак айыл аймагы {i}" for i in range(1_500)]
    began = time.process_time()
    assert meant_by(typed, names) == []
    assert time.process_time() - began < 0.1


# --- forged ---


def _owner(**more: object) -> str | None:
    update = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1_777_000_000,
            "chat": {"id": 102, "type": "private"},
            "from": {"id": 102, "is_bot": False, "first_name": "Bakyt"},
            "contact": {"phone_number": "996700000102", "first_name": "Bakyt", "user_id": 102},
            **more,
        },
    }
    heard = hear(json.dumps(update))
    assert heard is not None
    assert heard.contact is not None
    return heard.contact.owner


def test_only_a_contact_by_the_messengers_own_button_has_an_owner() -> None:
    bot = {"id": 9, "is_bot": True, "first_name": "Another bot", "username": "another_bot"}
    sender = {"type": "user", "date": 1, "sender_user": {"id": 102, "is_bot": False, "first_name": "Bakyt"}}
    assert _owner() == "102"
    assert _owner(via_bot=bot) is None
    assert _owner(forward_origin=sender) is None


@pytest.mark.parametrize("host", ["evil.example:8081", "127.0.0.1.evil.example", "localhost@evil.example"])
async def test_a_page_that_gives_this_machine_its_own_name_cannot_act_in_the_sandbox(stage: Stage, host: str) -> None:
    forged = {"Host": host, "Origin": f"http://{host}"}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{stage.url}/stage/reset", headers=forged) as answer:
            assert answer.status == 403
        async with session.get(f"{stage.url}/bot{stage.world.token}/getMe", headers=forged) as answer:
            assert answer.status == 403
        only_origin = {"Origin": "http://evil.example"}  # a plain form or picture of another page
        async with session.post(f"{stage.url}/bot{stage.world.token}/logOut", headers=only_origin) as answer:
            assert answer.status == 403
        async with session.get(f"{stage.url}/stage/state") as answer:
            assert answer.status == 200


# --- what lies on the disk and in the log ---


def test_a_key_that_was_cut_off_is_refused_and_not_taken_for_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/secret.key").touch()
    with pytest.raises(WrongSetting, match="back-up"):
        secret_key(Settings(_env_file=None, secret_key=None))


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(_env_file=None, secret_key=None)
    made = secret_key(settings)
    assert secret_key(settings) == made
    assert Vault(made).open(Vault(secret_key(settings)).seal("+996700000102")) == "+996700000102"
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("data", "data/secret.key")]
    assert modes == [0o700, 0o600]
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret.key"]


async def test_other_users_of_the_machine_cannot_read_the_database(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/ashar.db")
    async with database.transaction() as db:
        await (await db.connection()).exec_driver_sql("CREATE TABLE secrets (it TEXT)")
        files = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    await database.close()
    assert files == dict.fromkeys(("ashar.db", "ashar.db-wal", "ashar.db-shm"), 0o600)


@pytest.mark.parametrize(
    "told", ["can't turn 'суу' into a number", "don't: b'суу'", "it isn't 'суу' nor 'суу'", "'суу don't суу' it can't"]
)
def test_an_apostrophe_does_not_turn_quotations_inside_out(told: str) -> None:
    assert "суу" not in scrubbed(ValueError(told))
