"""Which words does a person read? Fluent messages in their language, Kyrgyz where one is missing."""

import logging
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from civic.spelling import clean

LANGUAGES = ("ky", "ru", "en")
AUTHORITATIVE = "ky"
PSEUDO = "xx"  # shows the keys of a screen instead of its words
_log = logging.getLogger(__name__)


class Speaker:
    """The words of one language: `t("issues-list-title", count=20)`."""

    def __init__(self, language: str, bundle: FluentBundle, fallback: "Speaker | None") -> None:
        self.language, self._locale = language, AUTHORITATIVE if language == PSEUDO else language
        self._bundle, self._fallback = bundle, fallback
        self._plain: dict[str, str] = {}

    def __call__(self, key: str, **values: str | int) -> str:
        """The message of that key; KeyError when no language has it. Values are shown as they are, whatever
        characters they hold."""
        if not values and (known := self._plain.get(key)) is not None:
            return known
        if self.language == PSEUDO:
            return f"⟦{key}{''.join(f' {name}={value}' for name, value in values.items())}⟧"
        if not self._bundle.has_message(key):
            if self._fallback is None:
                raise KeyError(key)
            _log.error("words missing: %s in %s", key, self.language)
            return self._fallback(key, **values)
        pattern = self._bundle.get_message(key).value
        assert pattern is not None, key
        safe = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
        shown, errors = self._bundle.format_pattern(pattern, safe)
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        if not values:
            self._plain[key] = str(shown)
        return str(shown)

    def day(self, day: date) -> str:
        """07.10.2025"""
        return f"{day:%d.%m.%Y}"

    def moment(self, moment: datetime, time_zone: str) -> str:
        """07.10.2025, дүйшөмбү, 18:00"""
        there = moment.astimezone(ZoneInfo(time_zone))
        return f"{there:%d.%m.%Y}, {get_day_names('wide', locale=self._locale)[there.weekday()]}, {there:%H:%M}"

    def number(self, number: int) -> str:
        """1 234, with a space that does not break."""
        return str(format_decimal(number, locale=self._locale)).replace(",", "\u00a0")


class Words:
    """All words of the installation, one Fluent file per feature and language."""

    def __init__(self, folder: Path) -> None:
        self._speakers: dict[str, Speaker] = {}
        for language in LANGUAGES:
            bundle = FluentBundle([language], use_isolating=False)
            for file in sorted((folder / language).glob("*.ftl")):
                bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
            self._speakers[language] = Speaker(language, bundle, self._speakers.get(AUTHORITATIVE))
        self._speakers[PSEUDO] = Speaker(PSEUDO, FluentBundle(["ky"]), None)

    def speaker(self, language: str | None) -> Speaker:
        """The speaker of that language; the Kyrgyz one for a language that is not spoken here."""
        return self._speakers.get(language or AUTHORITATIVE) or self._speakers[AUTHORITATIVE]

    def in_all_languages(self, key: str) -> dict[str, str]:
        """The message of a key without variables, in every language."""
        return {language: self._speakers[language](key) for language in LANGUAGES}
