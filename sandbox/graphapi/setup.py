"""What does the business set up through the API? Webhook subscriptions, templates, and what it can read of itself."""

import secrets

import aiohttp

from sandbox.chats import Json
from sandbox.graphapi import flows
from sandbox.graphapi.reading import listed, words
from sandbox.graphapi.refusals import Refused, invalid, missing, no_object
from sandbox.graphapi.templates import CATEGORIES, LANGUAGE, Template, check_gaps
from sandbox.graphapi.whatsapp import WhatsApp

TEMPLATE_EXISTS = 2388024


async def subscribe(whatsapp: WhatsApp, url: str, verify_token: str | None = None) -> None:
    """Post events to `url` from now on, once the bot there has answered the handshake; raises Refused."""
    challenge = str(secrets.randbelow(10**9))
    params = {
        "hub.mode": "subscribe",
        "hub.verify_token": whatsapp.verify_token if verify_token is None else verify_token,
        "hub.challenge": challenge,
    }
    try:
        timeout = aiohttp.ClientTimeout(total=5)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url, params=params) as response:
            answer = (await response.text()).strip()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Refused(2200, message=f"(#2200) Callback verification failed: {type(error).__name__}") from error
    if response.status != 200 or answer != challenge:
        raise Refused(
            2200, message=f"(#2200) Callback verification failed with the following errors: HTTP {response.status}"
        )
    whatsapp.deliveries.subscribe(url)
    whatsapp.world.version += 1
    whatsapp.world.told_of_whatsapp(0)  # the pages show the switch from now on


async def edge(whatsapp: WhatsApp, verb: str, node: str, name: str, values: Json, file: bytes | None = None) -> Json:
    """The answer of an edge other than messages and media; raises Refused."""
    if name == "subscribed_apps" and node == whatsapp.business_id:
        return await _subscribed(whatsapp, verb, values)
    if name == "subscriptions" and node == whatsapp.app_id and verb == "POST":
        await subscribe(whatsapp, str(values.get("callback_url", "")), str(values.get("verify_token", "")))
        return {"success": True}
    if name == "message_templates" and node == whatsapp.business_id:
        return _templates(whatsapp, verb, values)
    if name == "phone_numbers" and node == whatsapp.business_id and verb == "GET":
        return {"data": [_number(whatsapp, phone_id) for phone_id in whatsapp.numbers]}
    if name == "flows" and node == whatsapp.business_id:
        if verb == "POST":
            return flows.make(whatsapp.flows, values)
        return {"data": [flow.told() for flow in whatsapp.flows.values()]}
    if name == "assets" and node in whatsapp.flows and verb == "POST" and file is not None:
        return flows.put(whatsapp.flows[node], file.decode(errors="replace"))
    if name == "publish" and node in whatsapp.flows and verb == "POST":
        return flows.publish(whatsapp.flows[node])
    raise no_object(f"{node}/{name}", verb.lower())


async def node(whatsapp: WhatsApp, verb: str, name: str, values: Json) -> Json:
    """The answer about the number or the account itself; raises Refused."""
    if verb == "GET":
        if name in whatsapp.numbers:
            return _number(whatsapp, name)
        return {"id": whatsapp.business_id, "name": whatsapp.name, "timezone_id": "1", "currency": "USD"}
    hook = values.get("webhook_configuration")
    if verb == "POST" and name in whatsapp.numbers and isinstance(hook, dict):
        address = str(hook.get("override_callback_uri") or "")
        if address:
            await subscribe(whatsapp, address, str(hook.get("verify_token", "")))
        else:
            whatsapp.deliveries.subscribe(None)
        return {"success": True}
    raise no_object(name, verb.lower())


def _number(whatsapp: WhatsApp, phone_id: str) -> Json:
    return {
        "id": phone_id,
        "display_phone_number": f"+{whatsapp.numbers[phone_id]}",
        "verified_name": whatsapp.name,
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
    }


async def _subscribed(whatsapp: WhatsApp, verb: str, values: Json) -> Json:
    if verb == "GET":
        app: Json = {"whatsapp_business_api_data": {"id": whatsapp.app_id, "name": whatsapp.name, "link": ""}}
        hook = whatsapp.deliveries.subscription
        if hook is not None:
            app["override_callback_uri"] = hook.url
        return {"data": [app]}
    if verb == "POST":
        address = str(values.get("override_callback_uri") or "")
        if address:
            await subscribe(whatsapp, address, str(values.get("verify_token", "")))
        return {"success": True}
    whatsapp.deliveries.subscribe(None)
    return {"success": True}


def _templates(whatsapp: WhatsApp, verb: str, values: Json) -> Json:
    if verb == "GET":
        return _listed(whatsapp, values)
    name = words(values, "name", "template", 512)
    if verb == "DELETE":
        gone = [key for key in whatsapp.templates if key[0] == name]
        if not gone:
            raise invalid(f"Message template {name} was not found")
        for key in gone:
            del whatsapp.templates[key]
        return {"success": True}
    return submit(whatsapp, values)


def submit(whatsapp: WhatsApp, values: Json) -> Json:
    """A template is asked for; where Meta `approves`, it may be sent at once."""
    name = words(values, "name", "template", 512)
    template = _made(name, values)
    if (name, template.language) in whatsapp.templates:
        raise Refused(
            100,
            message="Invalid parameter",
            details=f"There is already {template.language} content for {name}.",
            subcode=TEMPLATE_EXISTS,
        )
    template.status = "APPROVED" if whatsapp.approves else "PENDING"
    whatsapp.templates[name, template.language] = template
    return {"id": template.id, "status": template.status, "category": template.category}


def _listed(whatsapp: WhatsApp, values: Json) -> Json:
    """A page of the templates; `after` is how many came before."""
    found = [t for t in whatsapp.templates.values() if values.get("name") in (None, t.name)]
    start, most = int(values.get("after") or 0), int(values.get("limit") or 25)
    told: Json = {"data": [template.json() for template in found[start : start + most]], "paging": {"cursors": {}}}
    if start + most < len(found):
        told["paging"] = {"cursors": {"after": str(start + most)}, "next": "https://graph.facebook.com/…"}
    return told


def _made(name: str, values: Json) -> Template:
    if name != name.lower() or not name.replace("_", "").isalnum():
        raise invalid("Param name must consist of lowercase letters, digits and underscores.")
    template = Template(name=name, language=words(values, "language", "template", 10), body="")
    template.category = words(values, "category", "template", 20).upper()
    if template.category not in CATEGORIES:
        raise invalid("Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}.")
    if not LANGUAGE.fullmatch(template.language):
        raise invalid(f"Param language must be a valid language code - got {template.language}.")
    for component in listed(values, "components", "template"):
        kind = str(component.get("type", "")).upper()
        if kind == "BODY":
            template.body = words(component, "text", "BODY", 1024)
            check_gaps(template.body, component.get("example"))
        elif kind == "FOOTER":
            template.footer = words(component, "text", "FOOTER", 60)
        elif kind == "HEADER" and str(component.get("format")).upper() == "TEXT":
            template.header = words(component, "text", "HEADER", 60)
        elif kind == "HEADER":
            template.header_kind = str(component.get("format")).lower()
        elif kind == "BUTTONS":
            for button in listed(component, "buttons", "BUTTONS"):
                label = words(button, "text", "BUTTONS", 25)
                if str(button.get("type")).upper() == "URL":
                    template.url, template.url_label = words(button, "url", "BUTTONS", 2000), label
                else:
                    template.buttons.append(label)
    if not template.body:
        raise missing("components BODY text")
    return template
