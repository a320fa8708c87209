"""How is the public page served to a crowd, at no cost to the turns?"""

import asyncio
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.receipts import PAGE, Receipts
from bot.showing import Clock
from exports.listing import Home, Listing, Where
from exports.site import front_files, listing_files, missing_page, style_hash
from handlers.publications.site import home_of, page_of, site_words
from storage.database import Database
from storage.municipalities import Municipality, municipalities
from talk.words import Words

READ_EVERY = timedelta(seconds=30)  # at most so often the database is asked for a list
MOST_KEPT = 50  # municipalities whose pages are kept ready, some 200 KB each
_TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
_FRONT = ""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent: plain and packed, with the mark by which a browser knows that it has it already."""

    name: str
    plain: bytes
    packed: bytes
    mark: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read, when, and the files made of it."""

    read_at: datetime
    made_of: tuple[Listing | tuple[Home, ...], Where]
    files: Mapping[str, _File]


class Site:
    """The public pages. With one municipality `/` is its list; with several it is the list of municipalities, and
    each has a folder of its key."""

    def __init__(
        self,
        database: Database,
        words: Words,
        clock: Clock,
        *,
        bot: str,
        whatsapp: Mapping[str, str] | None = None,
        public_url: str | None,
    ) -> None:
        self._database, self._clock, self._bot = database, clock, bot
        self._whatsapp = (
            whatsapp if whatsapp is not None else {}
        )  # the telephone number of the bot, by the key of the municipality
        self._address = f"{public_url}/" if public_url else ""
        self._spoken = site_words(words)
        self._missing = missing_page(self._spoken, self._address or "/")
        self._homes: dict[str, Municipality] = {}
        self._kept: dict[str, _Kept] = {}
        self._reading = asyncio.Lock()
        self._guards = {
            "Content-Security-Policy": f"default-src 'none'; style-src {style_hash()}; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "public, max-age=60",
            "Vary": "Accept-Encoding",
        }
        self._receipts = Receipts(database, words, self._spoken, self._guards)

    async def answer(self, request: web.Request) -> web.Response:
        """The page or file at the address; what is not there is said in words, in all languages."""
        path = request.match_info["path"]
        if path.rpartition("/")[2] == PAGE:
            return await self._receipts.answer(request)
        file = await self._find(path)
        if file is not None:
            return self._send(request, file)
        if not path.endswith("/") and await self._find(f"{path}/") is not None:
            folder = quote(path.rpartition("/")[2])  # relative: a web server before us may have taken a part away
            return web.Response(status=301, headers={**self._guards, "Location": f"{folder}/"})
        return web.Response(
            status=404, body=self._missing, content_type="text/html", charset="utf-8", headers=self._guards
        )

    def _send(self, request: web.Request, file: _File) -> web.Response:
        packs = "gzip" in request.headers.get("Accept-Encoding", "").lower()
        mark = f"{file.mark}-gz" if packs else file.mark
        headers = {**self._guards, "ETag": f'"{mark}"'}
        known = {etag.value for etag in request.if_none_match or ()}
        if known & {mark, "*"}:
            return web.Response(status=304, headers=headers)
        ending = file.name.rpartition(".")[2]
        if packs:
            headers["Content-Encoding"] = "gzip"
        if ending != "html":
            headers["Access-Control-Allow-Origin"] = "*"  # open data: other sites may show them
        return web.Response(
            body=file.packed if packs else file.plain, content_type=_TYPES[ending], charset="utf-8", headers=headers
        )

    async def _find(self, path: str) -> _File | None:
        name = f"{path}index.html" if not path or path.endswith("/") else path
        front = await self._fresh(_FRONT)
        if name in front.files:
            return front.files[name]
        key, _, name = name.partition("/")
        if key not in self._homes:
            return None
        files = front.files if len(self._homes) == 1 else (await self._fresh(key)).files
        return files.get(name)

    async def _fresh(self, key: str) -> _Kept:
        """What is kept under the key of a municipality, read again when it is older than READ_EVERY; however many
        ask at once, one reads."""
        async with self._reading:
            kept, now = self._kept.get(key), self._clock.now()
            if kept is not None and abs(now - kept.read_at) < READ_EVERY:  # abs: a clock that is put back stops nothing
                return kept
            async with self._database.transaction() as db:
                made_of = await (self._read_home(db, key, now) if key else self._read_front(db, now))
            if kept is not None and kept.made_of == made_of:
                files = kept.files
            else:
                files = await asyncio.to_thread(self._made, *made_of)
            self._kept.pop(key, None)  # the one read longest ago stays first
            self._kept[key] = _Kept(now, made_of, files)
            if len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            return self._kept[key]

    async def _read_front(self, db: AsyncSession, now: datetime) -> tuple[Listing | tuple[Home, ...], Where]:
        homes = await municipalities(db)
        self._homes = {home.key: home for home in homes}
        alone = homes[0].key if len(homes) == 1 else ""
        where = Where(self._bot, self._address, whatsapp=self._number(alone))
        return (await page_of(db, homes[0], now) if len(homes) == 1 else tuple(map(home_of, homes))), where

    async def _read_home(self, db: AsyncSession, key: str, now: datetime) -> tuple[Listing, Where]:
        address = f"{self._address}{quote(key)}/" if self._address else ""
        where = Where(self._bot, address, neighbours=True, whatsapp=self._number(key))
        return await page_of(db, self._homes[key], now), where

    def _number(self, key: str) -> str:
        return self._whatsapp.get(key) or self._whatsapp.get("", "")

    def _made(self, shown: Listing | tuple[Home, ...], where: Where) -> dict[str, _File]:
        if isinstance(shown, Listing):
            files = listing_files(shown, self._spoken, where)
        else:
            files = front_files(shown, self._spoken, where)
        return {
            name: _File(name, content, gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()[:20])
            for name, content in files.items()
        }
