"""What does the browser see of WhatsApp? The state of the phones and their messages, ready to be drawn."""

from sandbox.chats import Json
from sandbox.graphapi import flows
from sandbox.graphapi.phones import Media, Message, Phone
from sandbox.world import World


def state(world: World) -> Json:
    """The business, whether the bot listens there, and what is the case with every phone."""
    whatsapp = world.whatsapp
    phones = {}
    for person in world.people.values():
        phone = whatsapp.phone(person)
        until = phone.open_until()
        phones[str(person.id)] = {
            "blocked": phone.blocked,
            "hides_number": phone.hides_number,
            "open_until": until.isoformat(timespec="seconds") if until else None,
        }
    hook = whatsapp.deliveries.subscription
    return {
        "name": whatsapp.name,
        "number": whatsapp.number,
        "listening": hook is not None,
        "trouble": hook.last_error if hook is not None else None,
        "phones": phones,
    }


def messages(world: World, person_id: int, since: int) -> Json:
    """The messages on somebody's phone that changed since a version; a failed one never reached it."""
    phone = world.whatsapp.phone(person_id)
    changed = [m for m in phone.messages.values() if m.version > since and _seen(m)]
    return {"version": world.version, "messages": [_view(world, message, phone) for message in changed]}


def _seen(message: Message) -> bool:
    return message.kind != "request_welcome" and (not message.by_bot or message.status in ("delivered", "read"))


def _view(world: World, message: Message, phone: Phone) -> Json:
    content = message.content
    view: Json = {
        "id": message.id,
        "n": message.n,
        "version": message.version,
        "own": not message.by_bot,
        "kind": message.kind,
        "date": int(message.at.timestamp()),
        "status": message.status,
        "text": message.text,
        "reactions": message.reactions,
        "deleted": message.deleted,
    }
    extra: Json = {
        "header": message.header,
        "footer": message.footer,
        "buttons": message.buttons,
        "link": message.link,
        "asks_location": message.asks_location,
        "asks_contact": message.asks_contact,
        "media": _medium(message.media),
    }
    if message.rows:
        extra |= {"opens": message.opens, "sections": content["action"]["sections"]}
    if message.flow:
        extra["form"] = {"opens": message.flow["flow_cta"], "parts": flows.shown(world.whatsapp.flows, message.flow)}
    if message.kind == "location":
        extra["location"] = content
    if message.kind == "contacts":
        extra["contacts"] = content["list"]
    if message.replies_to:
        replied = phone.find(message.replies_to)
        extra["answers"] = {"id": message.replies_to, "text": replied.text if replied else ""}
        extra["answers"]["own"] = replied is not None and not replied.by_bot
    return view | {name: value for name, value in extra.items() if value}


def _medium(media: Media | None) -> Json | None:
    if media is None:
        return None
    return {"file_id": media.file_id, "mime": media.mime, "name": media.name, "size": media.size}
