"""How does a command of the command line end? Each fault is one line that says what to do, with its exit code."""

import asyncio
import errno
import socket
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

import click

from bot import logs
from bot.settings import Settings, WrongSetting, load

EXIT_BROKEN, EXIT_WRONG_SETTING, EXIT_IN_USE, EXIT_BAD_FILE, EXIT_PORT = 1, 2, 3, 4, 5


def fail(words: str, code: int) -> NoReturn:
    """Ends the command with one line and that exit code."""
    click.echo(f"Ashar: {words}", err=True)
    raise SystemExit(code)


def do(job: Callable[[Settings], Coroutine[Any, Any, None]], **over: Any) -> None:
    """Runs a job with the settings; every expected fault ends as one line and an exit code."""
    from storage.database import BadDatabaseUrl, DatabaseInUse

    try:
        settings = load(**over)
        logs.set_up(settings.log_level)
        asyncio.run(job(settings))
    except WrongSetting as wrong:
        fail(f"{wrong}. See .env.example.", EXIT_WRONG_SETTING)
    except BadDatabaseUrl as wrong:
        fail(f"DATABASE_URL: {wrong}", EXIT_WRONG_SETTING)
    except DatabaseInUse:
        fail("the bot already runs on this database; stop the other one first.", EXIT_IN_USE)
    except OSError as fault:
        if isinstance(fault, socket.gaierror) or fault.errno == errno.EADDRNOTAVAIL:
            fail("HTTP_HOST: expected an address of this machine, like 127.0.0.1 or 0.0.0.0.", EXIT_WRONG_SETTING)
        if fault.errno in (errno.EADDRINUSE, errno.EACCES):
            fail(
                "the port is taken by another program; set HTTP_PORT (and SANDBOX_PORT) to a free one.",
                EXIT_PORT,
            )
        raise
    except KeyboardInterrupt:
        click.echo("", err=True)
