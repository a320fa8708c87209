"""What is set in .env, and is it right?"""

import contextlib
import os
import re
import secrets
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from civic.municipalities import zone
from civic.tariffs import Tariff

SHORTEST_KEY = 32  # characters
_EXPECTED = {
    "BOT_TOKEN": "the token BotFather gave, like 123456789:AA… (digits, a colon, letters)",
    "TELEGRAM_API_URL": "an address that begins with http:// or https://",
    "TELEGRAM_A_SECOND": "messages a second to everybody together, 0.1 to 10000; Telegram allows 30",
    "TELEGRAM_CHAT_A_SECOND": "messages a second to one person, 0.1 to 10000; Telegram allows 1",
    "TELEGRAM_GROUP_A_MINUTE": "messages a minute to one group, 1 to 600000; Telegram allows 20",
    "TELEGRAM_PAID_BROADCAST": "true or false",
    "WEBHOOK_URL": "an address that begins with https:// (http:// on this machine only), or nothing for long polling",
    "WHATSAPP_TOKEN": "the permanent token of the system user in Meta Business, one word",
    "WHATSAPP_PHONE_ID": "the number of the phone number in the WhatsApp manager, digits only; several are parted by "
    "commas, and one of a single municipality is followed by a colon and its key, like 106540352242922:ak-bulak",
    "WHATSAPP_BUSINESS_ID": "the number of the WhatsApp Business account, digits only, or nothing",
    "WHATSAPP_FLOW": "the number that `python -m bot flows --publish` tells, digits only, or nothing",
    "WHATSAPP_TEMPLATES": "a word of small Latin letters, digits and _, at most 40, with which the names of our "
    "templates begin, like ashar; or nothing: no templates. WHATSAPP_BUSINESS_ID is needed with it",
    "WHATSAPP_DAILY_PEOPLE": "with how many people Meta lets us begin in 24 hours: 250, 1000, 2000, 10000, 100000 (the "
    "WhatsApp manager shows it), up to 10000000",
    "WHATSAPP_PRICE": "the price of one template message and the three letters of its currency, like 0.0250 USD, or "
    "nothing",
    "WHATSAPP_APP_SECRET": "the secret of the app (App settings, Basic), one word",
    "WHATSAPP_VERIFY_TOKEN": "a word of your own, at least 8 characters, that is typed into Meta's webhook page too",
    "WHATSAPP_API_URL": "an address that begins with http:// or https://",
    "WEBHOOK_SECRET": "16 to 256 of the characters A-Z a-z 0-9 _ -",
    "DATABASE_URL": "sqlite:///data/ashar.db or postgresql://user:password@host/name",
    "ADMIN_IDS": "Telegram numbers of the admins, or whatsapp: and a telephone number or the ID that «My data» tells, "
    "parted by commas, like 123456789,whatsapp:996700123456",
    "SECRET_KEY": "at least 32 characters, or nothing: then one is made and kept beside the database",
    "PUBLIC_URL": "an address that begins with http:// or https://, or nothing",
    "HTTP_HOST": "an address of this machine, like 127.0.0.1 or 0.0.0.0",
    "HTTP_PORT": "a number from 1 to 65535",
    "SANDBOX_PORT": "a number from 1 to 65535",
    "LOG_LEVEL": "one of DEBUG, INFO, WARNING, ERROR",
    "TIME_ZONE": "a time zone like Asia/Bishkek",
}


class _Odd(ValueError):
    """What was expected of a setting, in words of its own."""


class WrongSetting(ValueError):
    """A setting is wrong: its name and what was expected. Never its value, which may be a secret."""


class Settings(BaseSettings):
    """Every setting with its default; .env.example says a sentence on each."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_a_second: float = Field(30, ge=0.1, le=10_000)
    telegram_chat_a_second: float = Field(1, ge=0.1, le=10_000)
    telegram_group_a_minute: float = Field(20, ge=1, le=600_000)
    telegram_paid_broadcast: bool = False
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    whatsapp_token: SecretStr | None = None
    whatsapp_phone_id: str | None = None
    whatsapp_business_id: str | None = None
    whatsapp_flow: str | None = None
    whatsapp_templates: str | None = None
    whatsapp_daily_people: int = Field(250, ge=0, le=10_000_000)
    whatsapp_price: str | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    whatsapp_api_url: str = "https://graph.facebook.com"
    database_url: SecretStr = SecretStr("sqlite:///data/ashar.db")
    admin_ids: Annotated[tuple[str, ...], NoDecode] = ()  # each with its messenger: telegram:107
    secret_key: SecretStr | None = None
    public_url: str | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=1, le=65535)
    sandbox_port: int = Field(8081, ge=1, le=65535)
    log_level: str = "INFO"
    time_zone: str = "Asia/Bishkek"

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[0-9]{1,16}:[A-Za-z0-9_-]{3,128}", value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("telegram_api_url", "public_url", "webhook_url", "whatsapp_api_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            raise ValueError
        return value.rstrip("/") if value else value

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("whatsapp_token", "whatsapp_app_secret", "whatsapp_verify_token")
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]{8,1024}", value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("whatsapp_phone_id")
    @classmethod
    def _our_numbers(cls, value: str | None) -> str | None:
        parts = [part.strip() for part in value.split(",")] if value is not None else []
        for place, part in enumerate(parts, 1):
            if not re.fullmatch(r"[0-9]{5,32}(:[\w-]{1,40})?", part):
                raise _Odd(f"{_EXPECTED['WHATSAPP_PHONE_ID']}; what stands at place {place} is not like that")
        numbers, _, keys = zip(*(part.partition(":") for part in parts), strict=True) if parts else ((), (), ())
        if len(set(numbers)) < len(numbers):
            raise _Odd("every number once, shared by all or for one municipality; one of them stands there twice")
        if len(set(filter(None, keys))) < len(list(filter(None, keys))):
            raise _Odd("one number for a municipality; one of the municipalities stands there twice")
        return ",".join(parts) or None

    @field_validator("whatsapp_business_id", "whatsapp_flow")
    @classmethod
    def _metas_number(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[0-9]{5,32}", value):
            raise ValueError
        return value

    @field_validator("whatsapp_templates")
    @classmethod
    def _prefix(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value):
            raise ValueError
        return value

    @field_validator("whatsapp_price")
    @classmethod
    def _price(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,6})? [A-Z]{3}", value):
            raise ValueError
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        if not re.match(r"(sqlite|postgresql|postgres)(\+\w+)?://", value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        parts = value.replace(" ", "").split(",") if isinstance(value, str) else value
        assert isinstance(parts, list | tuple)
        return tuple(_admin(str(part)) for part in parts if part)

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError
        return value.upper()

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        zone(value)
        return value


def _admin(named: str) -> str:
    found = re.fullmatch(r"(?:telegram:)?([0-9]{1,16})|whatsapp:(?:\+?([0-9]{8,15})|([A-Z]{2}\.[!-~]{1,125}))", named)
    if found is None:
        raise ValueError
    return f"telegram:{found[1]}" if found[1] else f"whatsapp:{found[2] or found[3]}"


def admins_in(settings: Settings, messenger: str) -> frozenset[str]:
    """What ADMIN_IDS names in that messenger: addresses, in WhatsApp telephone numbers too."""
    named = (each.partition(":") for each in settings.admin_ids)
    return frozenset(address for where, _, address in named if where == messenger)


def whatsapp_numbers(settings: Settings) -> dict[str, str]:
    """Every number of WHATSAPP_PHONE_ID with the key of its municipality; empty for one that all share."""
    parts = (part.partition(":") for part in (settings.whatsapp_phone_id or "").split(",") if part)
    return {number: key for number, _, key in parts}


def has_whatsapp(settings: Settings) -> bool:
    """Whether WhatsApp is set up. WrongSetting when only a part of it is."""
    if settings.whatsapp_token is None:
        return False
    for name in ("whatsapp_phone_id", "whatsapp_app_secret", "whatsapp_verify_token"):
        if getattr(settings, name) is None:
            raise WrongSetting(f"{name.upper()}: expected {_EXPECTED[name.upper()]}, for WHATSAPP_TOKEN is set")
    return True


def tariff(settings: Settings) -> Tariff | None:
    """What writing by templates is allowed and costs; None without WHATSAPP_TEMPLATES. WrongSetting when they are on
    and the account is not named whose they are."""
    if settings.whatsapp_templates is None or not has_whatsapp(settings):
        return None
    if settings.whatsapp_business_id is None:
        raise WrongSetting(
            f"WHATSAPP_BUSINESS_ID: expected {_EXPECTED['WHATSAPP_BUSINESS_ID'].partition(',')[0]}, "
            "for WHATSAPP_TEMPLATES is set"
        )
    price, _, currency = (settings.whatsapp_price or "").partition(" ")
    return Tariff(settings.whatsapp_daily_people, Decimal(price.replace(",", ".")) if price else None, currency)


def load(**over: Any) -> Settings:
    """The settings of .env and the environment; WrongSetting names the wrong one and what was expected."""
    try:
        return Settings(**over)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name, fault = str(first["loc"][0]).upper(), first.get("ctx", {}).get("error")
        expected = fault if isinstance(fault, _Odd) else _EXPECTED.get(name, "another value")
        raise WrongSetting(f"{name}: expected {expected}") from None


def secret_key(settings: Settings) -> str:
    """The key that phones are hashed and sealed with: the one set, else one made on the first start and kept in
    data/secret.key, readable by this user only."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    file = Path("data/secret.key")
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=file.parent, prefix=".key-"
        ) as made:  # which this user alone may read
            made.write(secrets.token_urlsafe(48))
            made.flush()
            os.fsync(made.fileno())
            with contextlib.suppress(FileExistsError):  # another process was quicker: its key counts
                os.link(made.name, file)
    key = file.read_text(encoding="utf-8").strip()
    if len(key) < SHORTEST_KEY:
        raise WrongSetting(f"SECRET_KEY: {file} is damaged; put the key from the back-up there")
    return key
