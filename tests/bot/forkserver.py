"""How is a bot started in a test without waiting for its imports? By a fork of a process that has done them.

Three seconds of a start are imports and the reading of the words, and they are the same each time. Here a helper, one
for each worker of the tests, does them once; it has no threads, no event loop and no connections. For every start it
forks: the child takes the folder, the environment and the files it was given, and runs `bot` as `python -m bot` does.
It is a process as real as any: it is killed by its number, and its exit code is its own."""

import contextlib
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LARGEST = 64_000  # bytes of a wish: an environment and a few words
FILES = 4  # what comes with a wish: stdin, stdout, stderr, and the pipe that hears of the child


@dataclass(frozen=True)
class Wish:
    """A process that is to be: its words, folder and environment."""

    words: list[str]
    folder: str
    environment: dict[str, str]


class Forks:
    """The helper, seen from the tests."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._helper = subprocess.Popen(
                [sys.executable, "-m", "tests.bot.forkserver", str(theirs.fileno())],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def fork(self, wish: Wish, stdin: int, stdout: int, stderr: int) -> int:
        """Starts such a process; gives a pipe that says its number in one line and, when it has ended, its exit code
        in another (minus the signal, if it was killed)."""
        hears, says = os.pipe()
        try:
            content = json.dumps([wish.words, wish.folder, wish.environment]).encode()
            socket.send_fds(self._line, [content], [stdin, stdout, stderr, says])
        finally:
            os.close(says)
        return hears

    def end(self) -> None:
        """Ends the helper, and with it whatever still runs."""
        self._line.close()
        self._helper.wait(timeout=20)


@cache
def forks() -> Forks:
    """The helper of this worker, started when it is asked for first."""
    return Forks()


def end() -> None:
    """Ends the helper of this worker, if there is one."""
    if forks.cache_info().currsize:
        forks().end()
        forks.cache_clear()


# --- the helper itself ---


def learn() -> None:
    """Imports what a running bot has imported, and reads its words."""
    import aiogram  # noqa: F401

    import bot.app
    import bot.telegram.start
    import bot.verifying
    import storage.migrate  # noqa: F401

    bot.app.words()


def serve(line: socket.socket) -> Wish | None:
    """Forks whenever it is told to, until nobody is left to tell it. Gives a wish in the child that is to grant it."""
    looks = select.poll()
    looks.register(line, select.POLLIN)
    children: dict[int, tuple[int, int]] = {}
    while True:
        for ready, _ in looks.poll():
            if ready in children:
                looks.unregister(ready)
                child, says = children.pop(ready)
                _tell(says, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
                os.close(ready)
                os.close(says)
                continue
            content, given, _, _ = socket.recv_fds(line, LARGEST, FILES)
            if not content:
                for child, _ in children.values():
                    os.kill(child, signal.SIGKILL)
                return None
            says = given[-1]
            child = os.fork()
            if not child:
                line.detach()
                return granted(Wish(*json.loads(content)), given)
            _tell(says, child)
            for each in given[:-1]:
                os.close(each)
            hears = os.pidfd_open(child)
            children[hears] = child, says
            looks.register(hears, select.POLLIN)


def _tell(says: int, what: int) -> None:
    with contextlib.suppress(BrokenPipeError):  # a test that failed does not listen any more
        os.write(says, b"%d\n" % what)


def granted(wish: Wish, given: list[int]) -> Wish:
    """The child becomes what was wished for: nothing of the helper's is left open."""
    os.setsid()
    for number, each in enumerate(given[:-1]):
        os.dup2(each, number)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(wish.folder)
    os.environ.clear()
    os.environ.update(wish.environment)
    return wish


def main() -> None:
    """Learns, serves, and in each child runs the bot."""
    line = socket.socket(fileno=int(sys.argv[1]))
    learn()
    assert len(os.listdir("/proc/self/task")) == 1, "only a process of one thread may fork"
    gc.collect()
    gc.freeze()
    wish = serve(line)
    if wish is not None:
        sys.argv = ["bot", *wish.words]
        runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
