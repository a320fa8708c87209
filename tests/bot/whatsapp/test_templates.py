"""Are the templates what Meta takes, is it told how they stand there, and is each submitted once?"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot.__main__ import main
from bot.app import words
from bot.settings import Settings, WrongSetting
from bot.whatsapp.approving import PREFIX, look_up, submit
from bot.whatsapp.templates import (
    BODY,
    FOOTER,
    LABEL,
    METAS,
    OF_LETTER,
    OTHER,
    TEMPLATES,
    VALUE,
    fits_letter,
    fitting,
    gaps_in,
    languages_for,
    to_submit,
    words_of,
)
from civic.subscriptions import LETTERS
from sandbox.server import Handle, serve
from sandbox.world import World
from tests.hostile import EVERYTHING

ALL = len(TEMPLATES) * len(METAS)
PAGE = 100  # that the bot asks Meta for at a time


@pytest.fixture
async def handle() -> AsyncIterator[Handle]:
    """A Graph API that knows none of our templates."""
    opened = await serve(World(rates=None), "127.0.0.1", 0)
    opened.world.whatsapp.templates.clear()
    yield opened
    await opened.close()


def settings_of(handle: Handle, **changed: Any) -> Settings:
    """An installation that writes by that Graph API."""
    meta = handle.world.whatsapp
    own: dict[str, Any] = {
        "whatsapp_token": SecretStr(meta.token),
        "whatsapp_phone_id": meta.phone_id,
        "whatsapp_business_id": meta.business_id,
        "whatsapp_api_url": handle.url,
    }
    return Settings(_env_file=None, **{**own, **changed})


# --- what is submitted ---


def test_every_template_fits_into_what_meta_takes_in_every_language() -> None:
    for template in TEMPLATES.values():
        for language in METAS:
            asked = to_submit(template, language, words(), PREFIX)
            body, footer, buttons = asked["components"]
            assert len(body["text"]) <= BODY - VALUE * len(template.gaps)
            assert (len(footer["text"]) <= FOOTER, len(buttons["buttons"][0]["text"]) <= LABEL) == (True, True)
            assert gaps_in(body["text"]) == len(template.gaps) == len(body["example"]["body_text"][0])
            assert asked["language"] == METAS[language]


def test_every_letter_has_a_template_and_no_template_is_of_a_letter_that_is_not_there() -> None:
    assert set(OF_LETTER) - set(LETTERS) == set()
    assert set(OF_LETTER.values()) | {OTHER} == set(TEMPLATES)
    for key in LETTERS:
        assert fits_letter(key)[-1].name == OTHER


def test_a_template_in_another_language_is_better_than_none() -> None:
    assert languages_for("ky") == ("ky", "ru", "en")
    assert languages_for("en") == ("en", "ru", "ky")
    assert languages_for(None)[0] == "ky"


@pytest.mark.parametrize("text", EVERYTHING)
def test_whatever_fills_a_gap_is_one_line_that_is_not_empty(text: str) -> None:
    value = fitting(text)
    assert 0 < len(value) <= VALUE
    assert "\n" not in value
    assert "\t" not in value
    assert "    " not in value


# --- how they stand at Meta ---


async def test_what_meta_does_not_know_is_submitted_once_and_may_be_sent_then(handle: Handle) -> None:
    found = await look_up(settings_of(handle), words())
    assert (len(found), {state.status for state in found}, any(state.usable for state in found)) == (ALL, {""}, False)
    found = await submit(settings_of(handle), words())
    assert (len(found), all(state.usable for state in found)) == (ALL, True)
    assert len(handle.world.whatsapp.templates) == ALL
    before = {key: template.id for key, template in handle.world.whatsapp.templates.items()}
    await submit(settings_of(handle), words())
    assert {key: template.id for key, template in handle.world.whatsapp.templates.items()} == before


async def test_ours_are_found_among_more_than_one_page_of_others(handle: Handle) -> None:
    for number in range(PAGE + 20):
        handle.world.whatsapp.add_template(f"of_others_{number}", "ru", "Привет")
    found = await submit(settings_of(handle), words())
    assert all(state.usable for state in found)


async def test_other_words_are_told_and_other_gaps_are_not_sent(handle: Handle) -> None:
    await submit(settings_of(handle), words())
    known = handle.world.whatsapp.templates
    known[f"{PREFIX}_digest", "ru"].body = "Для вас есть новое от {{1}}, нажмите кнопку."
    known[f"{PREFIX}_news", "ru"].body = "Для вас есть новое."
    known[f"{PREFIX}_work", "ru"].status = "PAUSED"
    stands = {(s.template.name, s.language): s for s in await look_up(settings_of(handle), words())}
    digest, news, work = stands["digest", "ru"], stands["news", "ru"], stands["work", "ru"]
    assert (digest.usable, digest.same_words) == (True, False)
    assert (news.usable, news.same_gaps) == (False, False)
    assert work.usable is False


async def test_trouble_is_told_in_words(handle: Handle) -> None:
    for changed, named in (
        ({"whatsapp_token": SecretStr("another-token")}, "WHATSAPP_TOKEN"),
        ({"whatsapp_business_id": "55555"}, "WHATSAPP_BUSINESS_ID"),
        ({"whatsapp_business_id": None}, "WHATSAPP_BUSINESS_ID: expected"),
        ({"whatsapp_api_url": "http://127.0.0.1:9"}, "WHATSAPP_API_URL"),
    ):
        with pytest.raises(WrongSetting, match=named):
            await look_up(settings_of(handle, **changed), words())


async def test_the_command_prints_what_to_submit_submits_it_and_tells_how_it_stands(
    handle: Handle, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = await asyncio.to_thread(CliRunner().invoke, main, ["templates"])
    assert printed.exit_code == 0
    assert words_of(TEMPLATES["digest"], "ky", words()).splitlines()[0] in printed.stdout
    assert "WHATSAPP_BUSINESS_ID" in printed.stderr
    meta = handle.world.whatsapp
    env = {
        "WHATSAPP_TOKEN": meta.token,
        "WHATSAPP_PHONE_ID": meta.phone_id,
        "WHATSAPP_BUSINESS_ID": meta.business_id,
        "WHATSAPP_API_URL": handle.url,
    }
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    meta.approves = False
    sent = await asyncio.to_thread(CliRunner().invoke, main, ["templates", "--submit"])
    assert sent.exit_code == 0
    assert f"{PREFIX}_digest  ky_KG: waits for Meta" in sent.stdout
    assert f"0 of {ALL} may be sent." in sent.stdout
    assert f"WHATSAPP_TEMPLATES={PREFIX}" in sent.stderr
    for template in meta.templates.values():
        template.status = "APPROVED"
    told = await asyncio.to_thread(CliRunner().invoke, main, ["templates"])
    assert f"{ALL} of {ALL} may be sent." in told.stderr
