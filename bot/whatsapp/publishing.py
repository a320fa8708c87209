"""How is our native form put up at Meta? Once for each account; a release that changes it puts up another."""

import httpx
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp

from bot.settings import Settings, WrongSetting, whatsapp_numbers
from bot.whatsapp.flows import Json, flow_json, flow_name
from bot.whatsapp.graph import Means, client, meaning_of

_CATEGORY = "OTHER"


async def put_up(settings: Settings) -> str:
    """The number of the published form: of the one that is there already, of a draft that waited, or of a new one.
    WrongSetting in words where Meta does not take it."""
    token, phone, account = settings.whatsapp_token, settings.whatsapp_phone_id, settings.whatsapp_business_id
    if token is None or phone is None or account is None:
        raise WrongSetting("WHATSAPP_TOKEN, WHATSAPP_PHONE_ID, WHATSAPP_BUSINESS_ID: expected all three")
    first = next(iter(whatsapp_numbers(settings)))
    whatsapp, session = client(token.get_secret_value(), first, settings.whatsapp_api_url)
    async with session:
        try:
            return await _published(whatsapp, account)
        except WhatsAppError as no:
            name = "WHATSAPP_TOKEN" if meaning_of(no) is Means.TOKEN else "WHATSAPP_BUSINESS_ID"
            raise WrongSetting(f"{name}: Meta does not take the form (code {no.code}: {no.message})") from None
        except httpx.HTTPError as fault:
            raise WrongSetting(f"WHATSAPP_API_URL: it cannot be reached ({type(fault).__name__})") from None


async def _published(whatsapp: WhatsApp, account: str) -> str:
    there = (await whatsapp.api.get_flows(waba_id=account, fields=("id", "name", "status")))["data"]
    ours = next((flow for flow in there if flow["name"] == flow_name()), None)
    if ours is None:
        made = await whatsapp.api.create_flow(
            waba_id=account, name=flow_name(), categories=(_CATEGORY,), flow_json=flow_json(), publish=True
        )
        _checked(made)
        return str(made["id"])
    if ours["status"] == "DRAFT":
        _checked(await whatsapp.api.update_flow_json(flow_id=ours["id"], flow_json=flow_json()))
        await whatsapp.api.publish_flow(flow_id=ours["id"])
    elif ours["status"] != "PUBLISHED":
        raise WrongSetting(f"WHATSAPP_FLOW: Meta holds the form back ({ours['status']}); see the WhatsApp manager")
    return str(ours["id"])


def _checked(answer: Json) -> None:
    """Raises WrongSetting when Meta finds fault with the form: it is a fault of this release."""
    for fault in answer.get("validation_errors") or ():
        raise WrongSetting(f"WHATSAPP_FLOW: Meta finds fault with the form of this release: {fault.get('message')}")
