"""How is the bot run as it runs in earnest: a process of its own, that can be killed?

It is forked from a helper that has done the imports (`forkserver`), or started anew as people start it (`anew`)."""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from asyncio import subprocess
from pathlib import Path

from tests.bot import forkserver

ROOT = forkserver.ROOT
KEY = "a secret of thirty-two characters and more"


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """The environment of a command: these settings, and none of the machine's or of a .env file."""
    plain = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return plain | {name.upper(): str(value) for name, value in settings.items()}


class Forked:
    """A process that was forked: what the tests need of `asyncio.subprocess.Process`."""

    def __init__(self, pid: int, hears: asyncio.StreamReader, stdout: asyncio.StreamReader | None) -> None:
        self.pid, self._hears, self.stdout = pid, hears, stdout

    def send_signal(self, sign: int) -> None:
        """Sends the process a signal, if it has not ended yet."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, sign)

    async def wait(self) -> int:
        """Waits for its end; gives its exit code."""
        return int(await self._hears.read())


async def _reading(pipe: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(pipe, "rb", buffering=0)
    )
    return reader


async def started(
    words: tuple[str, ...], folder: Path, env: dict[str, str], *, complaints: int, anew: bool
) -> Forked | subprocess.Process:
    """`python -m bot WORDS` in the folder, just started; its standard error goes to that file."""
    if anew:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
    said, says = os.pipe()
    with open(os.devnull, "rb") as nothing:
        hears = forkserver.forks().fork(
            forkserver.Wish(list(words), str(folder), env), nothing.fileno(), says, complaints
        )
    os.close(says)
    heard, stdout = await _reading(hears), await _reading(said)
    return Forked(int(await heard.readline()), heard, stdout)


async def command(
    folder: Path, *words: str, seconds: float = 60, anew: bool = False, **settings: object
) -> tuple[int, str, str]:
    """Runs `python -m bot WORDS` in the folder to its end; gives the exit code, what it said and what it complained."""
    with tempfile.TemporaryFile() as complaints:
        env = environment(folder, **settings)
        process = await started(words, folder, env, complaints=complaints.fileno(), anew=anew)
        assert process.stdout is not None
        try:
            async with asyncio.timeout(seconds):
                said = await process.stdout.read()
                code = await process.wait()
        except TimeoutError:
            process.send_signal(signal.SIGKILL)
            await process.wait()
            raise
        complaints.seek(0)
        return code, said.decode(), complaints.read().decode()


class Process:
    """`python -m bot run` in a folder: started, killed, started again. `log` is all it ever complained."""

    anew = False

    def __init__(self, folder: Path, url: str, token: str, **settings: object) -> None:
        self._folder = folder
        self.settings: dict[str, object] = {
            "bot_token": token,
            "telegram_api_url": url,
            "database_url": f"sqlite:///{folder}/ashar.db",
            "secret_key": KEY,
            "log_level": "DEBUG",
            "admin_ids": 107,
            **settings,
        }
        self._log = folder / "log.txt"
        self._process: Forked | subprocess.Process | None = None

    @property
    def log(self) -> str:
        """What stands in the log of all its lives."""
        return self._log.read_text() if self._log.exists() else ""

    async def start(self) -> None:
        """Starts it and waits until it says that it runs."""
        env = environment(self._folder, **self.settings)
        with self._log.open("a") as log:
            self._process = await started(("run",), self._folder, env, complaints=log.fileno(), anew=self.anew)
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            line = await self._process.stdout.readline()
        assert line.startswith(b"Ashar runs"), self.log

    async def kill(self) -> None:
        """Kills it where it stands: no goodbye, nothing written."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Asks it to stop and waits; gives its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, sign: int) -> int:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.send_signal(sign)
        async with asyncio.timeout(30):
            await self._process.stdout.read()
            code = await self._process.wait()
        self._process = None
        return code

    async def __aenter__(self) -> "Process":
        return self

    async def __aexit__(self, *failure: object) -> None:
        if self._process is not None:
            await self.kill()


class ProcessAnew(Process):
    """The same, each time started as people start it."""

    anew = True
