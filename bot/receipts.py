"""How does the public page answer «is my signature counted?», for everybody and at little cost?"""

from collections.abc import Mapping

from aiohttp import web

from actions.petitions.receipts import look_up
from bot.limits import Bucket
from exports.listing import LANGUAGES
from exports.site import Words, receipt_page
from handlers.petitions.receipts import told_by
from storage.database import Database
from storage.municipalities import get_municipality
from talk.words import Words as Spoken

PAGE = "receipt"  # the last part of its address, in the folder of each language
RATE, BURST = 5.0, 30.0  # questions a second of all readers together, and at once after a pause
_LONGEST = 40  # characters that are looked at


class Receipts:
    """The page with the form and its answer. The code stands in no log and in no cache."""

    def __init__(
        self, database: Database, words: Spoken, spoken: Mapping[str, Words], guards: Mapping[str, str]
    ) -> None:
        self._database, self._words, self._spoken = database, words, spoken
        self._bucket = Bucket(RATE, BURST)
        guarded = guards["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'")
        self._guards = {**guards, "Content-Security-Policy": guarded, "Cache-Control": "no-store"}

    async def answer(self, request: web.Request) -> web.Response:
        """The form; with a code, what its receipt tells; 429 when too many ask at once."""
        folder = request.match_info["path"].removesuffix(PAGE).rstrip("/").rpartition("/")[2]
        language = next((name for name, place in LANGUAGES.items() if place == f"{folder}/"), "ky")
        code = request.query.get("code", "").strip()[:_LONGEST]
        status, state = 200, ""
        facts: list[tuple[str, str]] = []
        if code and self._too_many():
            status, state = 429, self._words.speaker(language)("proof-receipt-later")
        elif code:
            state, facts = await self._look_up(code, language)
        page = receipt_page(language, self._spoken, code=code, state=state, facts=facts)
        return web.Response(status=status, body=page, content_type="text/html", charset="utf-8", headers=self._guards)

    def _too_many(self) -> bool:
        """Whether the question is one too many; those that are sent away do not count."""
        if self._bucket.left < 1:
            return True
        self._bucket.take()
        return False

    async def _look_up(self, code: str, language: str) -> tuple[str, list[tuple[str, str]]]:
        t = self._words.speaker(language)
        async with self._database.snapshot() as db:
            found = await look_up(db, code)
            if found is None:
                return t("proof-receipt-unknown"), []
            home = await get_municipality(db, found.municipality)
        state, facts = told_by(t, found, home.time_zone)
        return state, [(fact.label, fact.value) for fact in facts]
