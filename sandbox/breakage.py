"""How does an answer break on its way? A page of HTML, a reset connection, or silence - in both messengers alike."""

import asyncio
import socket
import struct

from aiohttp import web

from sandbox.faults import Fault, Kind
from sandbox.world import Call, World

BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>"
    "</center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


async def spoiled(world: World, fault: Fault, request: web.Request, call: Call | None) -> web.StreamResponse | None:
    """What goes out in place of the true answer; None if this fault lets it pass."""
    if fault.kind is Kind.BAD_GATEWAY:
        return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
    if fault.kind is Kind.RESET:
        transport = request.transport
        if transport is not None:
            pipe = transport.get_extra_info("socket")
            if pipe is not None:  # linger 0: a reset instead of a polite end
                pipe.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        return web.Response()
    if fault.kind is Kind.TIMEOUT_AFTER_ACCEPTING:
        if call is not None:
            call.description = "accepted, but the answer never came"
        # aiohttp has no event for a client that left
        while not world.closing and request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        return web.Response()
    return None
