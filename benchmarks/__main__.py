"""`make bench`: turns a second through the whole path, beside a bare echo bot on the same server; commits a second
beside the bare database; latency, memory, start-up. Ratios of medians of interleaved rounds: trust these, not the
absolute figures of one machine."""

import contextlib
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.commits import measure

ROOT = Path(__file__).parent.parent
BROWSE = ["/issues", "2", "1"]
FORM = ["/start", "Кыргызча", "Ак-Булак", "Макулмун"]


@dataclass
class Run:
    """One bot under one load."""

    rate: float
    p50: float
    p95: float
    memory: float = 0.0
    statements: float = 0.0


def _post(url: str, body: object) -> None:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request).read()


def _report(url: str) -> dict[str, float]:
    with urllib.request.urlopen(f"{url}/report") as answer:
        report: dict[str, float] = json.load(answer)
    return report


@contextlib.contextmanager
def _process(
    *command: str, env: dict[str, str] | None = None, log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    out = log.open("wb") if log is not None else subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stderr=out,
        stdout=subprocess.DEVNULL,
        cwd=log.parent if log is not None else ROOT,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, turns: int, within: float = 120) -> dict[str, float]:
    end = time.monotonic() + within
    while time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError):
            report = _report(url)
            if report["answers"] >= turns:
                return report
        time.sleep(0.05)
    raise SystemExit(f"the run did not end in {within:.0f} s: {_report(url)}")


def _measure(url: str, command: tuple[str, ...], env: dict[str, str], says: list[str], folder: Path, turns: int) -> Run:
    """Warm-up, a flood (how many a second), then twenty people who wait for each answer (how long it takes)."""
    log = folder / "bot.log"
    _post(f"{url}/load", {"people": 50, "turns": 200, "says": says, "waits": False})
    with _process(*command, env=env, log=log) as bot:
        _wait(url, 200)
        _post(f"{url}/load", {"people": 500, "turns": turns, "says": says, "waits": False})
        flood = _wait(url, turns)
        _post(f"{url}/load", {"people": 20, "turns": turns // 4, "says": says, "waits": True})
        calm = _wait(url, turns // 4)
        status = Path(f"/proc/{bot.pid}/status")
        memory = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    told = re.search(r"([\d.]+) statements a turn", log.read_text(errors="replace"))
    return Run(
        flood["answers"] / flood["seconds"],
        calm["p50"] * 1_000,
        calm["p95"] * 1_000,
        int(memory[1]) / 1024 if memory else 0.0,
        float(told[1]) if told else 0.0,
    )


def _start_up() -> float:
    """Seconds of `--help`: what everybody waits for who only asks a question."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", "--help"], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - begun


@click.command()
@click.option("--rounds", default=3, help="How often each is measured, in turn.")
@click.option("--turns", default=3_000, help="Updates of each flood.")
def main(rounds: int, turns: int) -> None:
    """Measures and prints."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    runs: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory() as name, _process("benchmarks.fake_api", str(port)):
        folder = Path(name)
        time.sleep(1.5)
        for round_ in range(rounds):
            database = folder / f"bench{round_}.db"
            env = {
                "BOT_TOKEN": "1:bench",
                "TELEGRAM_API_URL": url,
                "DATABASE_URL": f"sqlite:///{database}",
                "HTTP_PORT": str(_free_port()),
                "LOG_LEVEL": "INFO",
                "SECRET_KEY": "a key of thirty-two characters or more",
            }
            subprocess.run(
                [sys.executable, "-m", "bot", "import", str(ROOT / "sandbox" / "aimak.yaml")],
                env={**os.environ, **env},
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            for label, command, bot_env, says in (
                ("echo, as aiogram ships it", ("benchmarks.echo", url), {}, BROWSE),
                ("echo, tuned", ("benchmarks.echo", url, "tuned"), {}, BROWSE),
                ("Ashar, browsing", ("bot", "run"), env, BROWSE),
                ("Ashar, a form's step", ("bot", "run"), env, FORM),
            ):
                runs.setdefault(label, []).append(_measure(url, command, bot_env, says, folder, turns))
                click.echo(f"  round {round_ + 1}: {label}: {runs[label][-1].rate:,.0f} a second", err=True)
        mine, bare = measure(folder)
    _print(runs, mine, bare)


def _print(runs: dict[str, list[Run]], mine: float, bare: float) -> None:
    click.echo(f"\n{'':28}{'turns/s':>9}{'ratio':>8}{'p50 ms':>9}{'p95 ms':>9}{'MB':>7}{'statements':>12}")
    for label, each in runs.items():
        rate = statistics.median(run.rate for run in each)
        ratio = statistics.median(a.rate / b.rate for a, b in zip(each, runs["echo, as aiogram ships it"], strict=True))
        click.echo(
            f"{label:28}{rate:9,.0f}{ratio:8.2f}{statistics.median(r.p50 for r in each):9.1f}"
            f"{statistics.median(r.p95 for r in each):9.1f}{max(r.memory for r in each):7.0f}"
            f"{statistics.median(r.statements for r in each):12.1f}"
        )
    click.echo(f"\ncommits/s: ours {mine:,.0f}, bare sqlite3 {bare:,.0f}, ratio {mine / bare:.2f} (synchronous=FULL)")
    click.echo(f"start-up: `python -m bot --help` {_start_up():.2f} s")


if __name__ == "__main__":
    main()
