"""How is the bot run as it runs in earnest: a process of its own, that can be killed?"""

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEY = "a secret of thirty-two characters and more"


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """The environment of a command: these settings, and none of the machine's or of a .env file."""
    plain = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return plain | {name.upper(): str(value) for name, value in settings.items()}


async def command(
    folder: Path, *words: str, stdin: bytes = b"", seconds: float = 60, **settings: object
) -> tuple[int, str, str]:
    """Runs `python -m bot WORDS` in the folder to its end; gives the exit code, what it said and what it complained."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=environment(folder, **settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(seconds):
            said, complained = await process.communicate(stdin)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None
    return process.returncode, said.decode(), complained.decode()


class Process:
    """`python -m bot run` in a folder: started, killed, started again. `log` is all it ever complained."""

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
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        """What stands in the log of all its lives."""
        return self._log.read_text() if self._log.exists() else ""

    async def start(self) -> None:
        """Starts it and waits until it says that it runs."""
        with self._log.open("a") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self._folder,
                env=environment(self._folder, **self.settings),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            line = await self._process.stdout.readline()
        assert line.startswith(b"Ashar runs"), self.log

    async def kill(self) -> None:
        """Kills it where it stands: no goodbye, nothing written."""
        assert self._process is not None
        self._process.kill()
        await self._end()

    async def stop(self) -> int:
        """Asks it to stop and waits; gives its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await self._end()

    async def _end(self) -> int:
        assert self._process is not None
        async with asyncio.timeout(30):
            await self._process.communicate()
        code, self._process = self._process.returncode, None
        assert code is not None
        return code

    async def __aenter__(self) -> "Process":
        return self

    async def __aexit__(self, *failure: object) -> None:
        if self._process is not None:
            await self.kill()
