"""How does a call travel to the Graph API, and what does its refusal mean?"""

import logging
from enum import Enum

import httpx
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp

META = "https://graph.facebook.com"
_PATIENCE = httpx.Timeout(30, connect=15)
_MEDIA_HOSTS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")


class Means(Enum):
    """What a refusal means for what is to be sent."""

    AGAIN = "again"  # it may go better in a moment
    SLOWER = "slower"  # too much for this one person
    GONE = "gone"  # nobody is there
    CLOSED = "closed"  # a day has passed since the person wrote: only templates may be sent
    TOKEN = "token"  # noqa: S105  our token does not hold any more
    TEMPLATE = "template"  # it is not approved, was paused, or reads otherwise than we think
    OURS = "ours"  # something of ours must be put right: payment, registration, a block
    NO = "no"  # this message, never


# https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
_MEANT: dict[int, Means] = {
    **dict.fromkeys((1, 2, 4, 613, 80007, 130429, 131000, 131016, 131057, 133004, 135000), Means.AGAIN),
    131056: Means.SLOWER,
    131026: Means.GONE,  # no WhatsApp there, its terms not accepted, an ancient version, or our number is blocked
    131047: Means.CLOSED,
    # Meta spares them such messages, or they asked it to; their next message opens the day all the same
    **dict.fromkeys((130472, 131049, 131050), Means.CLOSED),
    **dict.fromkeys((132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018), Means.TEMPLATE),
    **dict.fromkeys((0, 190), Means.TOKEN),
    # permissions, policy, lock, test number, payment, name, registration, spam, quality
    **dict.fromkeys((3, 10, 33, 368, 131005, 131030, 131031, 131037, 131042, 131045, 131048, 131064), Means.OURS),
    **dict.fromkeys(range(200, 300), Means.OURS),
}


def meaning_of(fault: WhatsAppError) -> Means:
    """What a refusal of the Graph API means; an unknown code from a server that is not well may pass."""
    meant = _MEANT.get(fault.code)
    if meant is None and (fault.is_transient or (fault.status_code or 0) >= 500 or fault.status_code == 429):
        return Means.AGAIN
    return meant or Means.NO


def meant_by(code: int) -> Means:
    """What a code means by itself."""
    return _MEANT.get(code, Means.NO)


class Redirected(httpx.AsyncHTTPTransport):
    """Sends what is meant for Meta's Graph API to another address, which stands in for it."""

    def __init__(self, address: str, *, limits: httpx.Limits) -> None:
        super().__init__(limits=limits)
        self._to = httpx.URL(address)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Makes the request, there if it was meant for Meta."""
        if request.url.host == httpx.URL(META).host:
            path = self._to.raw_path.rstrip(b"/") + request.url.raw_path
            request.url = request.url.copy_with(
                scheme=self._to.scheme, host=self._to.host, port=self._to.port, raw_path=path
            )
            request.headers["Host"] = self._to.netloc.decode()
        return await super().handle_async_request(request)


def client(token: str, phone_id: str, address: str) -> tuple[WhatsApp, httpx.AsyncClient]:
    """pywa for that number, and the connections to close when it is done."""
    # they tell the log of every request, at DEBUG with the words in it
    for noisy in ("pywa", "pywa_async", "httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
    session = httpx.AsyncClient(transport=Redirected(address, limits=limits), timeout=_PATIENCE)
    return WhatsApp(phone_id=phone_id, token=token, session=session), session


def may_have_token(address: str, graph: str) -> bool:
    """Whether our token may be shown at the address of a file: Meta's own, or where the Graph API is."""
    url, own = httpx.URL(address), httpx.URL(graph)
    if (url.scheme, url.host, url.port) == (own.scheme, own.host, own.port):
        return True
    return url.scheme == "https" and url.host.endswith(_MEDIA_HOSTS)
