"""What is compared with: a bare aiogram echo, as aiogram ships it, or tuned (`python -m benchmarks.echo URL tuned`)."""

import asyncio
import gc
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def main(url: str, *, tuned: bool) -> None:
    """Answers every text with itself, for ever."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "-")

    bot = Bot("1:bench", session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    if tuned:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
    await dispatcher.start_polling(bot, handle_signals=False, tasks_concurrency_limit=32 if tuned else None)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], tuned="tuned" in sys.argv))
