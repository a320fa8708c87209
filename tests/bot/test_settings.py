"""Is a wrong setting named with what was expected, and never with its value?"""

import logging
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bot.settings import Settings, WrongSetting, has_whatsapp, load, tariff, whatsapp_numbers
from civic.tariffs import Tariff

SECRET = "hunter2hunter2"
WRONG: dict[str, list[str]] = {
    "BOT_TOKEN": [
        SECRET,
        "123:",
        f":{SECRET}",
        f"123456:{SECRET} x",
        f"abc:{SECRET}",
        f"123456:{SECRET}ө",
        f"1:{SECRET}\n",
    ],
    "TELEGRAM_API_URL": ["api.telegram.org", f"ftp://{SECRET}", "https://", f"{SECRET}"],
    "TELEGRAM_A_SECOND": ["0", "-1", "many", "20000", SECRET],
    "TELEGRAM_CHAT_A_SECOND": ["0", SECRET],
    "TELEGRAM_GROUP_A_MINUTE": ["0", SECRET],
    "TELEGRAM_PAID_BROADCAST": ["perhaps", SECRET],
    "WEBHOOK_URL": ["ashar.example.kg", f"ftp://{SECRET}", "https://"],
    "WEBHOOK_SECRET": ["x", "x" * 15, f"{SECRET} with a space", "сыр сөз", SECRET * 20, f"{SECRET}\n"],
    "WHATSAPP_TOKEN": ["short", f"{SECRET} x", f"{SECRET}\n", "сыр-сөз-сыр-сөз"],
    "WHATSAPP_PHONE_ID": [
        *(SECRET, "+996700000200", "12", "106540352242922,", f"106540352242922,{SECRET}", "106540352242922:"),
        *("106540352242922:ak bulak", "ak-bulak:106540352242922", "106540352242922;106540352242923"),
        *("106540352242922,106540352242922:ak-bulak", "106540352242922:kok-jar,106540352242923:kok-jar"),
    ],
    "WHATSAPP_BUSINESS_ID": [SECRET, "12 345 678"],
    "WHATSAPP_FLOW": [SECRET, "ashar-1", "12"],
    "WHATSAPP_TEMPLATES": [SECRET.upper(), "9ashar", "ашар", "a b", "x" * 41, f"{SECRET}-"],
    "WHATSAPP_DAILY_PEOPLE": ["-1", "many", "10000001", SECRET],
    "WHATSAPP_PRICE": [SECRET, "0.02", "USD 0.02", "0.02 usd", "-1 USD", "0.1234567 USD"],
    "WHATSAPP_APP_SECRET": ["short", f"{SECRET} x"],
    "WHATSAPP_VERIFY_TOKEN": ["short", f"{SECRET} x"],
    "WHATSAPP_API_URL": ["graph.facebook.com", SECRET],
    "DATABASE_URL": [SECRET, f"mysql://root:{SECRET}@db/ashar", "/data/ashar.db", f"sqlite:{SECRET}"],
    "ADMIN_IDS": [
        *("gulnara", "107,x", "107;108", "1.5", SECRET, "whatsapp:", "whatsapp:12", "whatsapp:gulnara"),
        *("viber:107", "whatsapp:KG.", "KG.13491208655302741918"),
    ],
    "SECRET_KEY": [SECRET, "x" * 31],
    "PUBLIC_URL": ["ashar.example.kg", SECRET],
    "HTTP_PORT": ["0", "65536", "-1", "http", "8080.5", SECRET],
    "SANDBOX_PORT": ["0", "65536", "http", SECRET],
    "LOG_LEVEL": ["LOUD", "10", SECRET],
    "TIME_ZONE": ["Bishkek", "../../etc/passwd", "UTC+6", SECRET],
}
RIGHT: dict[str, list[str]] = {
    "BOT_TOKEN": ["1:sandbox-token-of-ashar-never-leaves-1", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw8"],
    "TELEGRAM_API_URL": ["http://127.0.0.1:8081", "https://api.example.kg/telegram/"],
    "WEBHOOK_URL": ["https://ashar.example.kg", "https://ashar.example.kg/hooks/", "http://127.0.0.1:8080"],
    "WEBHOOK_SECRET": ["x" * 16, "A-Z_09-A-Z_09-A-Z_09"],
    "WHATSAPP_TOKEN": ["EAAG" + "x" * 200],
    "WHATSAPP_PHONE_ID": [
        *("106540352242922", "106540352242922:ak-bulak", "106540352242922, 106540352242923:ak-bulak"),
        "106540352242922,106540352242923,106540352242924:kok-jar",
    ],
    "WHATSAPP_TEMPLATES": ["ashar", "ak_bulak_2"],
    "WHATSAPP_DAILY_PEOPLE": ["0", "1000", "100000"],
    "WHATSAPP_PRICE": ["0.0250 USD", "2,5 KGS", "3 KGS"],
    "WHATSAPP_API_URL": ["http://127.0.0.1:8081/graph"],
    "DATABASE_URL": [
        "sqlite:///data/x.db",
        "sqlite+aiosqlite:///x",
        "postgresql://u:p@h/n",
        "postgresql+asyncpg://u:p@h/n",
    ],
    "ADMIN_IDS": [
        *("107", "107,108", " 107 , 108 ,", "107,", "telegram:107", "whatsapp:+996700123456"),
        "107, whatsapp:996700123456,whatsapp:KG.13491208655302741918",
    ],
    "SECRET_KEY": ["x" * 32],
    "HTTP_PORT": ["1", "65535"],
    "LOG_LEVEL": ["debug", "WARNING"],
    "TIME_ZONE": ["Asia/Tokyo", "UTC"],
}


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder without a .env, and none of the machine's own settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)


def test_every_setting_that_can_be_wrong_is_tried() -> None:
    free = {"HTTP_HOST"}  # any name may be a host; whether it is one shows when the port is opened
    assert WRONG.keys() | free == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_is_named_with_what_was_expected_and_not_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as caught:
        load()
    told = str(caught.value)
    assert re.fullmatch(rf"{name}: expected .{{10,}}", told)
    assert SECRET not in told
    assert caught.value.__suppress_context__  # a trace would show the value


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in RIGHT.items() for value in values])
def test_a_right_value_is_taken(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    default = getattr(load(), name.lower())
    monkeypatch.setenv(name, value)
    assert getattr(load(), name.lower()) != default


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("106540352242922,12", "what stands at place 2 is not like that"),
        ("106540352242922,106540352242922:ak-bulak", "one of them stands there twice"),
        ("106540352242922:kok-jar,106540352242923:kok-jar", "one of the municipalities stands there twice"),
    ],
)
def test_what_is_wrong_with_several_numbers_is_said(value: str, said: str) -> None:
    with pytest.raises(WrongSetting, match=f"WHATSAPP_PHONE_ID: expected .+{said}"):
        load(whatsapp_phone_id=value)


def test_each_number_of_whatsapp_is_shared_or_of_one_municipality() -> None:
    assert whatsapp_numbers(load()) == {}
    numbers = whatsapp_numbers(load(whatsapp_phone_id="106540352242922, 106540352242923:ak-bulak"))
    assert numbers == {"106540352242922": "", "106540352242923": "ak-bulak"}


def test_an_empty_value_is_the_default() -> None:
    Path(".env").write_text("".join(f"{name.upper()}=\n" for name in Settings.model_fields))
    assert load() == Settings(_env_file=None)


def test_the_example_names_every_setting_and_is_right_as_it_stands(nowhere: Path) -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)
    (nowhere / ".env").write_text(example)
    assert load() == Settings(_env_file=None)


def test_the_environment_counts_more_than_the_file(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / ".env").write_text("HTTP_PORT=1111\nSANDBOX_PORT=2222\n")
    monkeypatch.setenv("HTTP_PORT", "3333")
    assert (load().http_port, load().sandbox_port) == (3333, 2222)


def test_secrets_do_not_show_when_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", f"123456:{SECRET}")
    monkeypatch.setenv("WEBHOOK_SECRET", f"{SECRET}-and-more")
    monkeypatch.setenv("SECRET_KEY", SECRET * 3)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ashar:{SECRET}@db/ashar")
    settings = load()
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert settings.bot_token is not None
    assert SECRET in settings.bot_token.get_secret_value()  # they are there


def test_whatsapp_is_set_up_whole_or_not_at_all() -> None:
    whole = {
        "whatsapp_token": SECRET,
        "whatsapp_phone_id": "106540352242922",
        "whatsapp_app_secret": SECRET,
        "whatsapp_verify_token": SECRET,
    }
    assert has_whatsapp(load(**whole))
    assert not has_whatsapp(load())
    for name in list(whole)[1:]:
        with pytest.raises(WrongSetting) as wrong:
            has_whatsapp(load(**{key: value for key, value in whole.items() if key != name}))
        assert str(wrong.value).startswith(f"{name.upper()}: expected ")
        assert SECRET not in str(wrong.value)


def test_templates_need_the_account_and_may_have_a_price() -> None:
    whole = {
        "whatsapp_token": SECRET,
        "whatsapp_phone_id": "106540352242922",
        "whatsapp_app_secret": SECRET,
        "whatsapp_verify_token": SECRET,
        "whatsapp_business_id": "102290129340398",
        "whatsapp_templates": "ashar",
    }
    assert tariff(load(**whole)) == Tariff(250)
    priced = load(**whole, whatsapp_daily_people=1_000, whatsapp_price="2,5 KGS")
    assert tariff(priced) == Tariff(1_000, Decimal("2.5"), "KGS")
    for name in ("whatsapp_templates", "whatsapp_token"):
        assert tariff(load(**{key: value for key, value in whole.items() if key != name})) is None
    with pytest.raises(WrongSetting, match=r"WHATSAPP_BUSINESS_ID: expected .+ WHATSAPP_TEMPLATES is set"):
        tariff(load(**{key: value for key, value in whole.items() if key != "whatsapp_business_id"}))
