"""The command line: `python -m bot COMMAND`. Each fault is one line that says what to do."""

import asyncio
import code
import contextlib
import importlib
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import at_meta
from bot.console import EXIT_BAD_FILE, EXIT_BROKEN, EXIT_WRONG_SETTING, do, fail
from bot.settings import Settings, WrongSetting, load

if TYPE_CHECKING:
    from storage.database import Database


async def _bring_up(database: "Database") -> None:
    """Brings an older database to the present shape; DatabaseInUse when a bot of the older release runs on it,
    BadDatabaseUrl when it does not answer."""
    from storage.migrate import is_behind, migrate

    await database.knock()
    if await is_behind(database):
        await database.hold()
        await migrate(database)


def _stopping() -> asyncio.Event:
    """Set by Ctrl-C or a polite kill from now on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(sign, stop.set)
    return stop


@click.group(help="Ashar: the municipality and its residents, in a messenger.")
def main() -> None:
    """The group of all commands."""


main.add_command(at_meta.flows)
main.add_command(at_meta.templates)


@main.command(help="Run on Telegram with BOT_TOKEN from .env; without a token, in the sandbox.")
@click.pass_context
def start(context: click.Context) -> None:
    """What `make run` does."""
    try:
        settings = load()
        has_token = settings.bot_token is not None or settings.whatsapp_token is not None
    except WrongSetting as wrong:
        fail(f"{wrong}. See .env.example.", EXIT_WRONG_SETTING)
    context.invoke(run if has_token else sandbox)


@main.command(help="Run the bot on Telegram (BOT_TOKEN is needed).")
def run() -> None:
    """Runs until stopped."""

    async def job(settings: Settings) -> None:
        from bot.app import running

        async with running(settings) as bot:
            stop = _stopping()
            found = [
                f"https://t.me/{bot.name}" if bot.name else "",
                *(f"https://wa.me/{number}" for number in bot.numbers),
            ]
            click.echo(f"Ashar runs: {' '.join(filter(None, found))} (Ctrl-C stops it)")
            await stop.wait()
            click.echo("Stopping: answers that are on their way are still delivered…", err=True)

    do(job)


@main.command(help="Deliver letters beside a running bot (PostgreSQL only): one more postman.")
def post() -> None:
    """Delivers until stopped."""

    async def job(settings: Settings) -> None:
        from bot.app import posting

        async with posting(settings):
            stop = _stopping()
            click.echo("A postman of Ashar is at work (Ctrl-C stops it)")
            await stop.wait()
            click.echo("Stopping: letters that are on their way are still delivered…", err=True)

    do(job)


@main.command(help="Try it without a token: the bot and a local Telegram with phones in your browser.")
@click.option(
    "--neighbours",
    type=click.IntRange(0, 20_000),
    default=0,
    help="so many silent residents more, to watch an announcement go out",
)
def sandbox(neighbours: int) -> None:
    """Runs the sandbox and the bot in it until stopped."""

    async def job(settings: Settings) -> None:
        from sandbox.run import in_sandbox

        async with in_sandbox(settings, neighbours=neighbours) as address:
            stop = _stopping()
            click.echo(f"\n  Ashar is ready. Open this in your browser:\n\n      {address}\n\n  Ctrl-C stops it.\n")
            await stop.wait()

    do(job)


@main.command(help="Bring the database to the present shape.")
def migrate() -> None:
    """Migrates."""

    async def job(settings: Settings) -> None:
        from storage.database import open_database
        from storage.migrate import migrate as bring

        database = open_database(settings.database_url.get_secret_value())
        try:
            await database.hold()
            before, after = await bring(database)
        finally:
            await database.close()
        click.echo(f"The database is at version {after}" + (f" (was {before})." if before != after else " already."))

    do(job)


@main.command(
    name="import",
    help="Take in municipalities, or a corrected list of the law, from YAML files; or a corrected list of issues from "
    "a spreadsheet, XLSX or CSV, after showing what it would change (docs/operating.md).",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--municipality", "key", help="Whose list the spreadsheet is; not needed where there is only one.")
@click.option("--yes", is_flag=True, help="Apply a spreadsheet without asking.")
def take_in(files: tuple[Path, ...], key: str | None, yes: bool) -> None:
    """Takes every file in, or none."""

    async def job(settings: Settings) -> None:
        from bot.importing import CannotTake, is_sheet, take_files, take_sheet
        from storage.database import open_database

        if len(files) > 1 and any(is_sheet(file) for file in files):
            fail("a spreadsheet is taken in alone: give one file at a time.", EXIT_BAD_FILE)
        database = open_database(settings.database_url.get_secret_value())
        try:
            await _bring_up(database)
            if is_sheet(files[0]):
                told = [await take_sheet(database, files[0], key, ask=not yes)]
            else:
                told = await take_files(database, files, settings.time_zone)
        except CannotTake as no:
            fail(str(no), EXIT_BAD_FILE)
        finally:
            await database.close()
        for line in told:
            click.echo(line)

    do(job)


@main.command(
    help="Write a municipality as the YAML that `import` reads, to a file or to the screen; or its list of issues as a "
    "spreadsheet, to a file named .xlsx or .csv."
)
@click.argument("key", required=False)
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def export(key: str | None, to: Path | None) -> None:
    """Exports one municipality."""

    async def job(settings: Settings) -> None:
        from bot.importing import CannotTake, as_sheet, as_yaml, find_home, is_sheet
        from storage.database import open_database

        database = open_database(settings.database_url.get_secret_value())
        try:
            await _bring_up(database)
            async with database.transaction() as db:
                home = await find_home(db, key)
                content = await (as_sheet(db, home, to) if to is not None and is_sheet(to) else as_yaml(db, home))
        except CannotTake as no:
            fail(str(no), EXIT_BAD_FILE)
        finally:
            await database.close()
        if to is None:
            click.echo(content.decode())
        else:
            to.write_bytes(content)
            click.echo(f"Written: {to}")

    do(job)


@main.command(help="Write the public page with its data as a folder, for the official site.")
@click.argument("key", required=False)
@click.option("--to", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to fill.")
@click.option("--bot", default="", help="The bot's user name for links into it; else asked of Telegram by BOT_TOKEN.")
def export_site(key: str | None, to: Path, bot: str) -> None:
    """Writes the page of one municipality, or of all under a list."""

    async def job(settings: Settings) -> None:
        from bot.app import words
        from bot.site_folder import NoSuchHome, bot_name, site_files, write_files
        from storage.database import open_database

        database = open_database(settings.database_url.get_secret_value())
        try:
            await _bring_up(database)
            name = bot.lstrip("@") or await bot_name(settings)
            files = await site_files(database, words(), datetime.now(UTC), key=key, bot=name)
        except NoSuchHome as wrong:
            fail(str(wrong), EXIT_BAD_FILE)
        finally:
            await database.close()
        try:
            write_files(files, to)
        except OSError as fault:
            fail(f"{to}: the folder cannot be written ({fault.strerror})", EXIT_BAD_FILE)
        click.echo(f"Written: {to / 'index.html'}" + ("" if name else " (without links into the bot: say --bot NAME)"))

    do(job)


@main.command(
    help="Compute the journal anew and say whether every entry stands as it was written; names the first one that does "
    "not. Changes nothing; the bot may run meanwhile (docs/proof.md)."
)
@click.option("--municipality", "key", help="Only that municipality's journal.")
@click.option("--head", help="Also see whether this published head stands in it: NUMBER:HASH.")
def verify(key: str | None, head: str | None) -> None:
    """Verifies the chains of the journal."""

    async def job(settings: Settings) -> None:
        from bot.verifying import CannotVerify
        from bot.verifying import verify as follow
        from storage.database import open_database

        database = open_database(settings.database_url.get_secret_value())
        try:
            await _bring_up(database)
            fine, broken = await follow(database, key=key, head=head, tell=lambda line: click.echo(line, err=True))
        except CannotVerify as no:
            fail(str(no), EXIT_BAD_FILE)
        finally:
            await database.close()
        for line in fine:
            click.echo(line)
        for line in broken:
            click.echo(f"Ashar: {line}", err=True)
        if broken:
            raise SystemExit(EXIT_BROKEN)

    do(job)


@main.command(help="Fill the database with a fictional aimak: villages, staff, residents, the list in use.")
def seed() -> None:
    """Seeds the demonstration data."""

    async def job(settings: Settings) -> None:
        from sandbox.run import seed as fill
        from storage.database import open_database
        from storage.migrate import migrate as bring

        database = open_database(settings.database_url.get_secret_value())
        try:
            await database.hold()
            await bring(database)
            click.echo(await fill(database, settings, datetime.now(UTC)))
        finally:
            await database.close()

    do(job)


@main.command(help="A Python shell with the tables; `await`-able calls go through `do(...)`.")
def shell() -> None:
    """Opens the shell in a transaction that is rolled back at the end, unless `commit()` is called."""
    from storage import chain, tables
    from storage.database import open_database

    try:
        settings = load()
    except WrongSetting as wrong:
        fail(f"{wrong}. See .env.example.", EXIT_WRONG_SETTING)
    database = open_database(settings.database_url.get_secret_value())
    with asyncio.Runner() as runner:
        runner.run(_bring_up(database))
        transaction = database.transaction()
        db = runner.run(transaction.__aenter__())
        names: dict[str, object] = {module.__name__.rpartition(".")[2]: module for module in tables.MODULES}
        with contextlib.suppress(ModuleNotFoundError):  # the builders of the tests, where the checkout is whole
            names["cast"] = importlib.import_module("tests.cast")

        async def commit() -> None:
            await chain.seal(db)
            await db.commit()

        names |= {"db": db, "do": runner.run, "commit": lambda: runner.run(commit())}
        code.interact(
            banner="Ashar's shell. Try: do(municipalities.municipalities(db))\n"
            f"Known: {', '.join(names)}. Nothing is kept without commit().",
            local=names,
            exitmsg="",
        )
        runner.run(db.rollback())
        runner.run(db.close())
        runner.run(database.close())


if __name__ == "__main__":
    main()
