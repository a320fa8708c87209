"""Can the sandbox's time be turned, and does it run on?"""

from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot

from sandbox.chats import Person
from sandbox.clock import Clock
from sandbox.world import World

MAY = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def test_the_clock_runs_on_after_a_turn() -> None:
    clock = Clock(at=MAY)
    first = clock.now()
    assert timedelta() <= first - MAY < timedelta(seconds=1)
    assert clock.now() > first
    assert clock.turn_to(MAY + timedelta(days=30)) >= MAY + timedelta(days=30)


def test_a_frozen_clock_moves_only_when_turned() -> None:
    clock = Clock(at=MAY, frozen=True)
    assert clock.now() == clock.now() == MAY
    assert clock.turn_by(90) == MAY + timedelta(seconds=90)
    assert clock.turn_by(timedelta(hours=-1)) == MAY + timedelta(seconds=90) - timedelta(hours=1)


def test_reset_gives_the_machines_time() -> None:
    clock = Clock(at=MAY)
    clock.reset()
    assert clock.turned == timedelta()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="aware datetimes only"):
        Clock().turn_to(datetime(2026, 5, 4))  # noqa: DTZ001


async def test_messages_carry_the_sandbox_time(bot: Bot, world: World, aigul: Person) -> None:
    world.clock.turn_to(MAY + timedelta(days=100))
    sent = await bot.send_message(aigul.id, "later")
    assert abs(sent.date - (MAY + timedelta(days=100))) < timedelta(seconds=2)
