"""What does the bot answer over HTTP: webhooks, whether it is well, and the public page?"""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from sqlalchemy import text

from storage.database import Database

Handler = Callable[[web.Request], Awaitable[web.Response]]
BODY_LIMIT = 2 * 1024 * 1024  # bytes; an update is far smaller


def application(
    database: Database, webhooks: dict[str, Handler], site: Handler, handshakes: dict[str, Handler] | None = None
) -> web.Application:
    """The web application: `/health`, a POST address for each messenger's webhook (and a GET one where the messenger
    shakes hands first), and the public page everywhere else."""
    app = web.Application(client_max_size=BODY_LIMIT)
    asking: asyncio.Task[None] | None = None

    async def ask() -> None:
        async with database.transaction() as db:
            await db.execute(text("SELECT 1"))

    async def health(_: web.Request) -> web.Response:
        nonlocal asking
        if asking is None or asking.done():  # however many ask at once, the turns wait for one question only
            asking = asyncio.create_task(ask())
        await asyncio.shield(asking)
        return web.json_response({"ok": True})

    app.router.add_get("/health", health)
    for path, handler in webhooks.items():
        app.router.add_post(path, handler)
    for path, handler in (handshakes or {}).items():
        app.router.add_get(path, handler)
    app.router.add_get("/{path:.*}", site)
    return app


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Serves the application; the runner is to be cleaned up. OSError when the port is taken."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
