"""Is the native form put up at Meta once, and is every trouble with it told in words?"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot.__main__ import main
from bot.settings import Settings, WrongSetting
from bot.whatsapp.flows import flow_json, flow_name
from bot.whatsapp.publishing import put_up
from sandbox.graphapi import flows
from sandbox.server import Handle, serve
from sandbox.world import World


@pytest.fixture
async def handle() -> AsyncIterator[Handle]:
    """A Graph API without any form."""
    opened = await serve(World(rates=None), "127.0.0.1", 0)
    yield opened
    await opened.close()


def settings_of(handle: Handle, **changed: Any) -> Settings:
    """What put_up needs."""
    meta = handle.world.whatsapp
    own: dict[str, Any] = {
        "whatsapp_token": SecretStr(meta.token),
        "whatsapp_phone_id": meta.phone_id,
        "whatsapp_business_id": meta.business_id,
        "whatsapp_api_url": handle.url,
    }
    return Settings(_env_file=None, **{**own, **changed})


async def test_the_form_is_put_up_once(handle: Handle) -> None:
    number = await put_up(settings_of(handle))
    [flow] = handle.world.whatsapp.flows.values()
    assert (flow.id, flow.status, flow.name) == (number, "PUBLISHED", flow_name())
    assert flow.content == json.loads(flow_json())
    assert await put_up(settings_of(handle)) == number
    assert len(handle.world.whatsapp.flows) == 1


async def test_a_draft_that_was_left_is_filled_and_published(handle: Handle) -> None:
    left = flows.Flow("123456789", flow_name(), faults=["broken"])
    handle.world.whatsapp.flows[left.id] = left
    assert await put_up(settings_of(handle)) == left.id
    assert (left.status, left.faults, left.content) == ("PUBLISHED", [], json.loads(flow_json()))


async def test_trouble_is_told_in_words(handle: Handle) -> None:
    for changed, named in (
        ({"whatsapp_token": SecretStr("another-token")}, "WHATSAPP_TOKEN"),
        ({"whatsapp_business_id": "55555"}, "WHATSAPP_BUSINESS_ID"),
        ({"whatsapp_business_id": None}, "WHATSAPP_BUSINESS_ID: expected"),
        ({"whatsapp_api_url": "http://127.0.0.1:9"}, "WHATSAPP_API_URL"),
    ):
        with pytest.raises(WrongSetting, match=named):
            await put_up(settings_of(handle, **changed))
    handle.world.whatsapp.flows["1"] = flows.Flow("1", flow_name(), status="DEPRECATED")
    with pytest.raises(WrongSetting, match="DEPRECATED"):
        await put_up(settings_of(handle))


async def test_the_command_shows_the_form_or_puts_it_up(handle: Handle, monkeypatch: pytest.MonkeyPatch) -> None:
    meta = handle.world.whatsapp
    env = {
        "WHATSAPP_TOKEN": meta.token,
        "WHATSAPP_PHONE_ID": meta.phone_id,
        "WHATSAPP_BUSINESS_ID": meta.business_id,
        "WHATSAPP_API_URL": handle.url,
    }
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    shown = await asyncio.to_thread(CliRunner().invoke, main, ["flows"])
    assert (shown.exit_code, json.loads(shown.stdout)) == (0, json.loads(flow_json()))
    assert "--publish" in shown.stderr
    assert meta.flows == {}
    made = await asyncio.to_thread(CliRunner().invoke, main, ["flows", "--publish"])
    assert (made.exit_code, made.stdout.strip()) == (0, f"WHATSAPP_FLOW={next(iter(meta.flows))}")
