"""Does each command say in one line what is wrong, with its own exit code, and keep out of the way of the others?"""

import asyncio
import contextlib
import logging
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from actions import journal
from bot.__main__ import main
from bot.app import running
from bot.console import EXIT_BAD_FILE, EXIT_BROKEN, EXIT_IN_USE, EXIT_PORT, EXIT_WRONG_SETTING
from bot.settings import Settings, WrongSetting
from civic.events import Event
from sandbox.server import Handle, serve
from sandbox.world import World
from storage.database import open_database
from tests.bot.process import KEY, ROOT, Process, ProcessAnew, command, environment
from tests.conversations.stage import free_port

SECRET = "hunter2hunter2"
COMMANDS = sorted(main.commands)
AIMAK = ROOT / "sandbox" / "aimak.yaml"


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to stand in; logging is put back afterwards."""
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
async def telegram() -> AsyncIterator[Handle]:
    """A local Telegram."""
    handle = await serve(World(rates=None), "127.0.0.1", 0)
    yield handle
    await handle.close()


def told(*words: str, **settings: object) -> Result:
    """What a command says, run in this process."""
    wanted = {name.upper(): str(value) for name, value in settings.items()}
    names = {"BOT_TOKEN", "DATABASE_URL", "SECRET_KEY", "TELEGRAM_API_URL", "WEBHOOK_URL"}
    runner = CliRunner(env={name: wanted.get(name) for name in names | wanted.keys()})
    return runner.invoke(main, words)


def one_line(result: Result) -> str:
    """The one line a fault is told in."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    *logged, line = result.stderr.strip().splitlines()
    logged = [each for each in logged if " INFO " not in each]
    assert len(logged) <= 1, logged  # the log may say what Telegram said
    assert line.startswith("Ashar: ")
    assert "Traceback" not in result.output
    assert SECRET not in result.output
    return line


# --- help ---


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_every_command_says_what_it_does(words: list[str]) -> None:
    result = told(*words)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 4


def test_help_migrate_and_export_do_without_the_heavy_libraries(tmp_path: Path) -> None:
    """`import aiogram` costs three seconds and 164 MB (architecture.md, «Facts already tried»)."""
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from bot.__main__ import main\n"
        "for words in (['--help'], ['run', '--help'], ['migrate'], ['export', 'nobody'], ['verify']):\n"
        "    CliRunner().invoke(main, words)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'aiogram', 'aiohttp', 'pywa', 'sandbox'}))\n"
    )
    env = environment(tmp_path, database_url=f"sqlite:///{tmp_path}/a.db")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"
    assert (tmp_path / "a.db").exists()  # the migration has run


# --- wrong settings: exit code 2 ---


def test_without_a_token_run_says_so() -> None:
    result = told("run", database_url="sqlite:///a.db")
    assert (result.exit_code, one_line(result)[:17]) == (EXIT_WRONG_SETTING, "Ashar: BOT_TOKEN:")


async def test_a_token_in_a_wrong_form_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    code, said, complained = await command(tmp_path, "run", bot_token=f"{SECRET}")
    assert (code, said) == (EXIT_WRONG_SETTING, "")
    assert complained.count("\n") == 1
    assert complained.startswith("Ashar: BOT_TOKEN: expected the token BotFather gave")
    assert SECRET not in complained


async def test_a_token_that_telegram_does_not_know_is_named(telegram: Handle, tmp_path: Path) -> None:
    for token in (f"1:{SECRET}{SECRET}", f"2:{SECRET}{SECRET}"):
        result = await asyncio.to_thread(
            told,
            "run",
            bot_token=token,
            telegram_api_url=telegram.url,
            database_url="sqlite:///a.db",
            http_port=free_port(),
        )
        assert result.exit_code == EXIT_WRONG_SETTING
        assert one_line(result).startswith("Ashar: BOT_TOKEN: Telegram does not know this token")


def test_a_telegram_that_cannot_be_reached_is_named_without_its_password() -> None:
    for url in ("http://127.0.0.1:1", f"http://user:{SECRET}@127.0.0.1:1", "http://no-such-host.invalid"):
        result = told("run", bot_token=f"1:{SECRET}", telegram_api_url=url, database_url="sqlite:///a.db")
        assert result.exit_code == EXIT_WRONG_SETTING
        assert one_line(result).startswith("Ashar: TELEGRAM_API_URL: ")


async def test_a_webhook_address_that_telegram_does_not_take_is_named(telegram: Handle) -> None:
    settings = {"telegram_api_url": telegram.url, "database_url": "sqlite:///a.db", "http_port": free_port()}
    for url in ("https://ashar.example.kg", f"https://user:{SECRET}@ashar.example.kg"):
        result = await asyncio.to_thread(told, "run", bot_token=telegram.world.token, webhook_url=url, **settings)
        assert result.exit_code == EXIT_WRONG_SETTING
        assert one_line(result).startswith("Ashar: WEBHOOK_URL: ")


async def test_a_start_that_fails_late_leaves_nothing_at_work(telegram: Handle, tmp_path: Path) -> None:
    """Whoever went on would open the database again, and nobody would close it."""
    before = asyncio.all_tasks()
    settings = Settings(
        _env_file=None,
        bot_token=telegram.world.token,
        telegram_api_url=telegram.url,
        database_url=f"sqlite:///{tmp_path}/a.db",
        secret_key=KEY,
        http_port=free_port(),
        webhook_url="https://ashar.example.kg",  # refused when everything else runs already
    )
    with pytest.raises(WrongSetting, match="WEBHOOK_URL"):
        async with running(settings):
            pass
    names = {task.get_name() for task in asyncio.all_tasks() - before}
    assert names & {"turns", "postman", "claim", "clock", "polling", "introduction"} == set()
    assert [thread.name for thread in threading.enumerate() if "_connection_worker" in thread.name] == []


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ashar:{SECRET}@127.0.0.1:1/ashar",
        f"postgresql://ashar:{SECRET}@no-such-host.invalid/ashar",
        f"postgresql://ashar:{SECRET}@127.0.0.1:port/ashar",
        f"postgresql://ashar:{SECRET}@[::1/ashar",
        f"sqlite://{SECRET}",
        "sqlite:////proc/nowhere/ashar.db",
        "sqlite:///folder",
        "sqlite:///letter.txt",
    ],
)
@pytest.mark.parametrize("words", ["migrate", "run"])
def test_a_database_that_cannot_be_used_is_named_without_its_password(words: str, url: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.txt").write_text("Dear neighbours, this is no database at all.\n" * 100)
    result = told(words, database_url=url, bot_token=f"1:{SECRET}")
    assert result.exit_code == EXIT_WRONG_SETTING
    assert one_line(result).startswith("Ashar: ")
    assert "DATABASE_URL" in one_line(result)


def test_a_host_that_is_none_is_told_in_one_line() -> None:
    result = told("sandbox", http_host="no such host", sandbox_port=free_port())
    assert result.exit_code in (EXIT_WRONG_SETTING, EXIT_PORT)
    assert "HTTP_HOST" in one_line(result)


# --- two at a time: exit codes 3 and 5 ---


async def test_a_second_process_on_the_same_database_refuses_with_a_sentence_and_the_first_stops_politely(
    telegram: Handle, tmp_path: Path
) -> None:
    world, url = telegram.world, f"sqlite:///{tmp_path}/ashar.db"
    async with ProcessAnew(tmp_path, telegram.url, telegram.world.token, http_port=free_port()) as bot:
        await bot.start()
        for words in ("run", "migrate"):
            code, said, complained = await command(
                tmp_path,
                words,
                anew=True,
                database_url=url,
                http_port=free_port(),
                telegram_api_url=telegram.url,
                bot_token=world.token,
            )
            assert (code, said) == (EXIT_IN_USE, "")
            assert (
                complained.splitlines()[-1] == "Ashar: the bot already runs on this database; stop the other one first."
            )
            assert "Traceback" not in complained
        spoken = [call.method for call in telegram.world.outbox]
        assert spoken.count("getMe") == 1  # the second one did not even speak with Telegram
        assert await bot.stop() == 0
        assert [line for line in bot.log.splitlines() if "Error" in line or "Traceback" in line] == [], bot.log
    code, _, complained = await command(tmp_path, "migrate", database_url=url)
    assert code == 0, complained


async def test_a_port_that_is_taken_is_told_in_one_line(telegram: Handle, tmp_path: Path) -> None:
    with contextlib.closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = await asyncio.to_thread(
            told,
            "run",
            bot_token=telegram.world.token,
            telegram_api_url=telegram.url,
            database_url="sqlite:///a.db",
            http_port=other.getsockname()[1],
        )
    assert result.exit_code == EXIT_PORT
    assert "port" in one_line(result)


# --- import and export: exit code 4 ---

GOOD = "municipality: {key: x, kind: aimak, name: {ky: Х}, population: 10"
BROKEN: dict[str, bytes] = {
    "no-yaml.yaml": b"municipality: [1, 2\n  name: x",
    "two-colons.yaml": b"municipality: key: x",
    "bytes.yaml": b"\xff\xfe\x00municipality",
    "tab.yaml": b"municipality:\n\tkey: x",
    "empty.yaml": b"",
    "list.yaml": b"- 1\n- 2",
    "word.yaml": b"municipality",
    "no-key.yaml": b"municipality: {kind: aimak}",
    "bad-key.yaml": b"municipality: {key: 'a b', kind: aimak}",
    "no-name.yaml": b"municipality: {key: x, kind: aimak, population: 10}",
    "kind.yaml": GOOD.replace("aimak", "empire").encode() + b"}",
    "population.yaml": GOOD.replace("10", "many").encode() + b"}",
    **{
        f"{name}.yaml": f"{GOOD}, {more}}}".encode()
        for name, more in {
            "settings": "settings: {petition_days: long}",
            "settings-list": "settings: [1]",
            "contacts": "contacts: by the bridge",
            "zone": "time_zone: Bishkek",
            "field": "colour: red",
            "villages": "villages: [1]",
            "street": "villages: [{name: A, streets: [[]]}]",
            "issue": "issues: [{code: dragons}]",
            "issue-list": "issues: [{code: [1]}]",
            "responsible": "issues: [{code: drinking-water, responsible: Asanov}]",
            "future": "issues: [{code: drinking-water, renewed_on: 2999-01-01}]",
        }.items()
    },
}


def taken_in(database: Path) -> list[str]:
    """The municipalities that stand in the database."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        return [key for (key,) in db.execute("SELECT key FROM municipalities")]


def test_a_broken_file_is_named_with_the_place_and_nothing_is_saved(tmp_path: Path) -> None:
    for name, content in BROKEN.items():
        file = tmp_path / name
        file.write_bytes(content)
        result = told("import", str(AIMAK), str(file), database_url=f"sqlite:///{tmp_path}/a.db")
        assert isinstance(result.exception, SystemExit), (name, result.exception)
        assert (name, result.exit_code) == (name, EXIT_BAD_FILE)
        assert name in result.stderr
        assert "othing was saved" in result.stderr
        assert "Traceback" not in result.output
        assert taken_in(tmp_path / "a.db") == []  # not even the good one that came first


def test_where_the_text_breaks_the_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("municipality:\n  key: x\n  name: {ky: [\n")
    result = told("import", str(file), database_url=f"sqlite:///{tmp_path}/a.db")
    assert "broken.yaml, line 4:" in result.stderr


async def test_import_of_a_broken_file_exits_with_4_and_of_a_good_one_with_0(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("municipality: {key: x}")
    url = f"sqlite:///{tmp_path}/a.db"
    code, said, complained = await command(tmp_path, "import", "broken.yaml", database_url=url)
    assert (code, said) == (EXIT_BAD_FILE, "")
    assert "broken.yaml: municipality/kind: expected one of aimak, city" in complained
    code, said, _ = await command(tmp_path, "import", str(AIMAK), database_url=url)
    assert (code, said.splitlines()[0][:30]) == (0, "Ак-Булак айыл аймагы: new, vil")


def test_a_file_that_is_not_there_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    result = told("import", "nowhere.yaml", database_url=f"sqlite:///{tmp_path}/a.db")
    assert result.exit_code == 2
    assert "nowhere.yaml" in result.stderr
    assert not (tmp_path / "a.db").exists()


def test_export_of_a_municipality_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    assert one_line(told("export", database_url=url)).endswith("there is none yet")
    assert told("import", str(AIMAK), database_url=url).exit_code == 0
    result = told("export", "kok-jar", database_url=url)
    assert result.exit_code == EXIT_BAD_FILE
    assert one_line(result).endswith("there are: ak-bulak")
    assert "key: ak-bulak" in told("export", database_url=url).stdout


async def test_the_public_page_is_written_as_a_folder_with_links_into_the_bot(telegram: Handle, tmp_path: Path) -> None:
    url, folder = f"sqlite:///{tmp_path}/a.db", tmp_path / "site"
    settings = {"database_url": url, "telegram_api_url": telegram.url}
    await asyncio.to_thread(told, "import", str(AIMAK), database_url=url)
    for words, token, name in (
        ((), "", ""),
        (("--bot", "@ak_bulak_bot"), "", "ak_bulak_bot"),
        ((), telegram.world.token, telegram.world.bot.username),
    ):
        result = await asyncio.to_thread(
            told, "export-site", "ak-bulak", "--to", str(folder), *words, **settings, bot_token=token
        )
        assert (result.exit_code, f"Written: {folder}/index.html" in result.stdout) == (0, True), result.output
        found = re.findall(r'href="https://t.me/(\w+)\?start=i\d+"', (folder / "ru/index.html").read_text())
        assert (set(found), "without links into the bot" in result.stdout) == ({name} - {""}, not name)
    result = await asyncio.to_thread(told, "export-site", "nobody", "--to", str(folder), database_url=url)
    assert result.exit_code == EXIT_BAD_FILE
    assert one_line(result).endswith("there is no municipality «nobody»; there are: ak-bulak")
    (tmp_path / "file").write_text("in the way")
    result = await asyncio.to_thread(told, "export-site", "--to", str(tmp_path / "file/site"), database_url=url)
    assert (result.exit_code, "cannot be written" in one_line(result)) == (EXIT_BAD_FILE, True)


# --- the journal: exit code 1 ---


def with_journal(folder: Path) -> tuple[str, sqlite3.Connection]:
    """The address of a database with two municipalities and a few entries, and a way to change it behind the bot."""

    async def write() -> None:
        database = open_database(url)
        now = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
        for of in (1, 1, 2, 1, None):
            async with database.transaction() as db:
                journal.write(db, Event.ISSUE_FOLLOWED, now, municipality=of, actor=7, object_id=3)
        await database.close()

    url = f"sqlite:///{folder}/a.db"
    assert told("import", str(AIMAK), str(AIMAK.with_name("city.yaml")), database_url=url).exit_code == 0
    asyncio.run(write())
    return url, sqlite3.connect(folder / "a.db", isolation_level=None, check_same_thread=False)


def test_a_journal_that_stands_as_it_was_written_is_told_with_its_heads(tmp_path: Path) -> None:
    url, db = with_journal(tmp_path)
    with contextlib.closing(db):
        result = told("verify", database_url=url)
        heads = dict(db.execute("SELECT chain, hash FROM journal_heads").fetchall())
        db.execute("INSERT INTO journal (at, event, details) VALUES ('2026-01-01 00:00:00', 'old', '{}')")
        old = told("verify", database_url=url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"(no municipality): 1 entries, all right. Head: 1 {heads[0][:16]} (2026-05-04 12:30:00 UTC)",
        f"ak-bulak: 3 entries, all right. Head: 3 {heads[1][:16]} (2026-05-04 12:30:00 UTC)",
        f"kok-jar: 1 entries, all right. Head: 1 {heads[2][:16]} (2026-05-04 12:30:00 UTC)",
    ]
    assert (old.exit_code, old.stdout.splitlines()[-1][:36]) == (0, "1 entries stand in no chain yet: the")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            "UPDATE journal SET object_id = 4 WHERE municipality_id = 1 AND number = 2",
            "Ashar: ak-bulak: entry 2 (issue.followed of @) was changed, or the one before it with its hash.",
        ),
        (
            "DELETE FROM journal WHERE municipality_id = 1 AND number = 2",
            "Ashar: ak-bulak: entry 2 is missing; the next one that is there is issue.followed of @.",
        ),
        (
            "UPDATE journal SET actor_id = 8 WHERE municipality_id = 2",
            "Ashar: kok-jar: entry 1 (issue.followed of @) names somebody else than when it was written.",
        ),
        (
            "DELETE FROM journal WHERE municipality_id = 1 AND number = 3",
            "Ashar: ak-bulak: the chain was cut: its head does not fit from entry 3 on; the last right one is of @.",
        ),
        (
            "DELETE FROM journal WHERE municipality_id = 2",
            "Ashar: kok-jar: the chain was cut: its head does not fit from entry 1 on; nothing is right.",
        ),
        (
            "UPDATE journal SET at = 'кечээ' WHERE municipality_id = 1 AND number = 1",
            "Ashar: ak-bulak: entry 1 (which cannot be read) was changed, or the one before it with its hash.",
        ),
    ],
)
def test_the_first_bad_entry_is_named_and_the_exit_code_is_1(tmp_path: Path, change: str, words: str) -> None:
    url, db = with_journal(tmp_path)
    with contextlib.closing(db):
        db.execute(change)
    result = told("verify", database_url=url)
    assert (result.exit_code, result.stderr) == (EXIT_BROKEN, words.replace("@", "2026-05-04 12:30:00 UTC") + "\n")
    assert len(result.stdout.splitlines()) == 2  # the other chains are right
    other = "kok-jar" if "ak-bulak" in words else "ak-bulak"
    assert told("verify", "--municipality", other, database_url=url).exit_code == 0


def test_a_head_that_was_published_is_looked_for(tmp_path: Path) -> None:
    url, db = with_journal(tmp_path)
    with contextlib.closing(db):
        [(second,)] = db.execute("SELECT hash FROM journal WHERE municipality_id = 1 AND number = 2").fetchall()
    asked = ("verify", "--municipality", "ak-bulak", "--head")
    for head in (f"2:{second}", f"2:{second[:16].upper()}"):
        result = told(*asked, head, database_url=url)
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "The published head stands in this chain.")
    result = told(*asked, f"1:{second}", database_url=url)
    assert (result.exit_code, "entry 1 " in one_line(result)) == (EXIT_BROKEN, True)
    assert "another hash than the one that was published" in one_line(result)
    assert told(*asked, f"4:{second}", database_url=url).exit_code == EXIT_BROKEN
    for head in ("2", "2:abc", f"0:{second}", f"2:{second}0", "2:" + "g" * 64):
        result = told(*asked, head, database_url=url)
        assert (result.exit_code, "expected NUMBER:HASH" in one_line(result)) == (EXIT_BAD_FILE, True)
    assert "--head needs --municipality" in one_line(told("verify", "--head", f"2:{second}", database_url=url))
    assert "there are: ak-bulak, kok-jar" in one_line(told("verify", "--municipality", "x", database_url=url))


async def test_entries_of_an_older_release_are_chained_when_the_bot_starts(telegram: Handle, tmp_path: Path) -> None:
    url, db = await asyncio.to_thread(with_journal, tmp_path)
    db.execute("UPDATE journal SET number = NULL, hash = NULL, actor_salt = NULL, actor_mark = NULL")
    db.execute("DELETE FROM journal_heads")
    db.close()
    async with Process(tmp_path, telegram.url, telegram.world.token, database_url=url, http_port=free_port()) as bot:
        await bot.start()
        code, said, complained = await command(tmp_path, "verify", database_url=url)  # while the bot runs
        assert (code, complained) == (0, "")
        assert [line.split(",")[0] for line in said.splitlines()] == [
            "(no municipality): 1 entries",
            "ak-bulak: 3 entries",
            "kok-jar: 1 entries",
        ]
        assert await bot.stop() == 0
    assert "the journal becomes a chain: 5 of 5 entries" in bot.log


def test_nothing_of_the_machine_leaks_into_the_tests_own_processes() -> None:
    assert {"BOT_TOKEN", "DATABASE_URL"}.isdisjoint(environment(Path()))
    assert KEY not in os.environ.values()


async def test_a_second_postman_needs_postgresql_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    code, _, complaint = await command(tmp_path, "post", database_url=url, bot_token="1:x-x-x", secret_key=KEY)
    assert (code, complaint.count("\n")) == (2, 1)
    assert "on SQLite the bot is one process; a second one needs PostgreSQL" in complaint
