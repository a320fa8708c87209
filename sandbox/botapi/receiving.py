"""How does the bot learn what happened? getUpdates with its offsets and waits, or a webhook."""

import re
import time
from urllib.parse import urlsplit

from sandbox.botapi.reading import Params
from sandbox.botapi.table import method
from sandbox.chats import Json
from sandbox.refusals import OTHER_GET_UPDATES, WEBHOOK_ACTIVE, bad, conflict
from sandbox.world import Webhook, World

LONGEST_WAIT = 50
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECRET = re.compile(r"[A-Za-z0-9_-]*")


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Json]:
    if world.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    offset = params.number("offset") or 0
    limit = params.number("limit") or 100
    limit = limit if 1 <= limit <= 100 else 100
    seconds = min(max(params.number("timeout") or 0, 0), LONGEST_WAIT)
    kinds = params.array("allowed_updates")
    if kinds is not None:
        world.updates.allow(kinds)
    world.polling += 1
    turn = world.polling
    world.updates.wake()  # an older request that still waits has lost
    world.updates.confirm(offset)
    end = time.monotonic() + seconds
    while True:
        if world.webhook is not None:
            raise conflict("terminated by setWebhook request")
        if world.polling != turn:
            raise conflict(OTHER_GET_UPDATES)
        left = end - time.monotonic()
        if len(world.updates) or left <= 0 or world.closing:
            return world.updates.first(limit)
        await world.updates.wait(left)


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    url = (params.text("url") or "").strip()
    if not url:
        return _remove(world, params)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK and parts.hostname not in world.webhook_hosts:
        raise bad(f"bad webhook: the sandbox posts to this machine only, not to {parts.hostname}")
    secret = params.text("secret_token")
    if secret is not None:
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
    most = params.number("max_connections") or 40
    kinds = params.array("allowed_updates")
    if kinds is not None:
        world.updates.allow(kinds)
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook = Webhook(
        url=url,
        secret=secret or None,
        max_connections=min(max(most, 1), 100),
        ip_address=params.text("ip_address"),
    )
    world.updates.wake()
    return True


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    return _remove(world, params)


def _remove(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook = None
    world.updates.wake()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:
    hook = world.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if hook:
        info["max_connections"] = hook.max_connections
        info["ip_address"] = hook.ip_address or "127.0.0.1"
        if hook.last_error_at:
            info["last_error_date"] = hook.last_error_at
            info["last_error_message"] = hook.last_error
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


@method("logOut", "close")
def log_out(world: World, params: Params) -> bool:
    return True
