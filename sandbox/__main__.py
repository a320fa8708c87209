"""How is the sandbox started by hand? `python -m sandbox --port 8081`."""

import argparse
import asyncio
import contextlib
import logging

from sandbox.limits import Rates
from sandbox.server import serve
from sandbox.world import TOKEN, World


async def run(port: int, token: str, rates: Rates | None, validate: bool) -> None:
    """Serve until interrupted."""
    world = World(rates=rates, token=token, validate=validate)
    handle = await serve(world, "127.0.0.1", port)
    logging.info("the phones are on %s", handle.url)
    logging.info("the bot needs TELEGRAM_API_URL=%s and the token %s", handle.url, token)
    own = world.whatsapp
    logging.info("and for WhatsApp WHATSAPP_API_URL=%s WHATSAPP_TOKEN=%s", handle.url, own.token)
    logging.info("WHATSAPP_PHONE_ID=%s WHATSAPP_BUSINESS_ID=%s", own.phone_id, own.business_id)
    logging.info("WHATSAPP_APP_SECRET=%s WHATSAPP_VERIFY_TOKEN=%s", own.app_secret, own.verify_token)
    try:
        await asyncio.Event().wait()
    finally:
        await handle.close()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--rates", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--validate", action=argparse.BooleanOptionalAction, default=True)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rates = Rates() if given.rates else None
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(given.port, given.token, rates, given.validate))


if __name__ == "__main__":
    main()
