"""How is the sandbox reached? One aiohttp application on loopback: Bot API, Graph API, stage, and the phones page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from sandbox import stage
from sandbox.botapi.routes import LARGEST_UPLOAD, add_routes
from sandbox.courier import Courier
from sandbox.graphapi import routes as graph
from sandbox.world import World

HERE = ("127.0.0.1", "localhost", "::1")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Handle:
    """A running sandbox."""

    world: World
    host: str
    port: int
    runner: web.AppRunner

    @property
    def url(self) -> str:
        """What goes into TELEGRAM_API_URL and WHATSAPP_API_URL."""
        return f"http://{self.host}:{self.port}"

    async def close(self) -> None:
        """Stop serving; waiting requests are let go."""
        await self.runner.cleanup()


@web.middleware
async def _only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page of the internet must not act here, whatever name it gives this machine (DNS rebinding)."""
    origin = request.headers.get("Origin")
    here = urlsplit(f"//{request.host}").hostname in HERE and (origin is None or urlsplit(origin).hostname in HERE)
    return await handler(request) if here else web.Response(status=403)


def build(world: World) -> web.Application:
    """The application with everything mounted."""
    app = web.Application(client_max_size=LARGEST_UPLOAD + 1024 * 1024, middlewares=[_only_here])
    add_routes(app, world)
    graph.add_routes(app, world)
    stage.add_routes(app, world)
    courier = Courier(world)

    async def begin(_: web.Application) -> None:
        world.closing = False
        courier.start()
        await world.whatsapp.deliveries.open()

    async def end(_: web.Application) -> None:
        world.closing = True
        world.updates.wake()
        world.tell({"kind": "closing"})
        await courier.stop()
        await world.whatsapp.deliveries.close()

    app.on_startup.append(begin)
    app.on_shutdown.append(end)
    return app


async def serve(world: World, host: str = "127.0.0.1", port: int = 0) -> Handle:
    """Listen on loopback; port 0 takes any free one."""
    runner = web.AppRunner(build(world), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port, backlog=1024)
    await site.start()
    chosen = runner.addresses[0][1]
    return Handle(world=world, host=host, port=chosen, runner=runner)
