"""What can a person be told to do in WhatsApp from the browser? Verbs of the stage, each one call of people."""

import base64
from collections.abc import Awaitable, Callable

from sandbox.chats import Json, Person
from sandbox.graphapi import people
from sandbox.graphapi.phones import Message
from sandbox.world import World

Verb = Callable[[World, Person, Json], Awaitable[Message | None]]


async def perform(world: World, person: Person, body: Json) -> Json:
    """Do it; raises CannotDo or LookupError with one sentence why not."""
    verb = VERBS.get(str(body.get("do")))
    if verb is None:
        raise people.CannotDo(f"nobody can «{body.get('do')}» in WhatsApp here")
    said = await verb(world, person, body)
    return {"ok": True, "message": None if said is None else said.id}


async def _write(world: World, person: Person, body: Json) -> Message:
    return await people.write(world, person, str(body.get("text") or ""), reply_to=body.get("reply_to") or None)


async def _edit(world: World, person: Person, body: Json) -> Message:
    return await people.edit(world, person, str(body["message"]), str(body.get("text") or ""))


async def _revoke(world: World, person: Person, body: Json) -> Message:
    return await people.revoke(world, person, str(body["message"]))


async def _press(world: World, person: Person, body: Json) -> Message:
    return await people.press(world, person, str(body["message"]), str(body["data"]))


async def _choose(world: World, person: Person, body: Json) -> Message:
    return await people.choose(world, person, str(body["message"]), str(body["data"]))


async def _contact(world: World, person: Person, body: Json) -> Message:
    whose = body.get("whose", person.id)
    other = None if whose == "stranger" else world.person(int(whose))
    return await people.contact(world, person, other, reply_to=body.get("reply_to") or None)


async def _location(world: World, person: Person, body: Json) -> Message:
    where = float(body["latitude"]), float(body["longitude"])
    return await people.location(world, person, *where, reply_to=body.get("reply_to") or None)


async def _photo(world: World, person: Person, body: Json) -> Message:
    return await people.photo(world, person, _bytes(body), caption=str(body.get("caption") or ""))


async def _document(world: World, person: Person, body: Json) -> Message:
    name, mime = str(body.get("name") or "paper"), str(body.get("mime") or "application/octet-stream")
    return await people.document(world, person, _bytes(body), name, mime, caption=str(body.get("caption") or ""))


async def _voice(world: World, person: Person, body: Json) -> Message:
    return await people.audio(world, person, _bytes(body))


async def _react(world: World, person: Person, body: Json) -> Message:
    return await people.react(world, person, str(body["message"]), body.get("emoji") or None)


async def _form(world: World, person: Person, body: Json) -> Message:
    values = {str(name): str(value) for name, value in dict(body.get("answers") or {}).items()}
    return await people.fill_form(world, person, str(body["message"]), values)


async def _read(world: World, person: Person, body: Json) -> None:
    await people.read(world, person)


async def _block(world: World, person: Person, body: Json) -> None:
    await people.block(world, person)


async def _unblock(world: World, person: Person, body: Json) -> None:
    await people.unblock(world, person)


async def _hide_number(world: World, person: Person, body: Json) -> None:
    phone = world.whatsapp.phone(person)
    phone.hides_number = bool(body.get("yes"))
    world.whatsapp.changed(phone)


async def _open_link(world: World, person: Person, body: Json) -> Message | None:
    return await people.open_link(world, person, str(body.get("url") or ""))


VERBS: dict[str, Verb] = {
    "write": _write,
    "edit": _edit,
    "revoke": _revoke,
    "press": _press,
    "choose": _choose,
    "contact": _contact,
    "location": _location,
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "react": _react,
    "form": _form,
    "read": _read,
    "block": _block,
    "unblock": _unblock,
    "hide_number": _hide_number,
    "open_link": _open_link,
}


def _bytes(body: Json) -> bytes:
    text = str(body.get("base64") or "")
    return base64.b64decode(text.partition(",")[2] if text.startswith("data:") else text)
