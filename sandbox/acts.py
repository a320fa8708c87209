"""What can a person be told to do from the browser? Verbs of the stage, each one call of sandbox.people."""

import base64
import binascii
from collections.abc import Awaitable, Callable

from sandbox import people
from sandbox.chats import Json, Person, Post
from sandbox.graphapi import acts as whatsapp
from sandbox.world import World

Verb = Callable[[World, Person, int, Json], Awaitable[Json]]


async def perform(world: World, body: Json) -> Json:
    """Do it; the answer says ok and what became of it, or one sentence why not."""
    verb = VERBS.get(str(body.get("do")))
    in_whatsapp = body.get("messenger") == "whatsapp"
    if verb is None and not in_whatsapp:
        return {"ok": False, "error": f"nobody can «{body.get('do')}» here"}
    try:
        person = world.person(int(body["person"]))
        if verb is None or in_whatsapp:
            return await whatsapp.perform(world, person, body)
        chat = int(body.get("chat") or person.id)
        return {"ok": True, "message": None, **await verb(world, person, chat, body)}
    except people.CannotDo as error:
        return {"ok": False, "error": str(error)}
    except LookupError as error:
        return {"ok": False, "error": str(error.args[0]) if error.args else "it is not there"}
    except (ValueError, TypeError, binascii.Error) as error:
        return {"ok": False, "error": f"that was not understood: {error}"}


async def _start(world: World, person: Person, chat: int, body: Json) -> Json:
    return _said(await people.start(world, person, str(body.get("payload") or "")))


async def _write(world: World, person: Person, chat: int, body: Json) -> Json:
    reply_to = int(body["reply_to"]) if body.get("reply_to") else None
    return _said(await people.write(world, person, chat, str(body.get("text") or ""), reply_to=reply_to))


async def _press(world: World, person: Person, chat: int, body: Json) -> Json:
    asked = await people.press(world, person, chat, int(body["message"]), str(body["data"]), stale=True)
    return {"callback": asked.id}


async def _contact(world: World, person: Person, chat: int, body: Json) -> Json:
    whose = body.get("whose", person.id)
    other = None if whose == "stranger" else world.person(int(whose))
    return _said(await people.contact(world, person, other, chat))


async def _location(world: World, person: Person, chat: int, body: Json) -> Json:
    where = float(body["latitude"]), float(body["longitude"])
    return _said(await people.location(world, person, *where, chat))


async def _photo(world: World, person: Person, chat: int, body: Json) -> Json:
    caption, name = str(body.get("caption") or ""), str(body.get("name") or "photo.jpg")
    return _said(await people.photo(world, person, _bytes(body), chat=chat, caption=caption, name=name))


async def _document(world: World, person: Person, chat: int, body: Json) -> Json:
    name, mime = str(body.get("name") or "paper"), str(body.get("mime") or "application/octet-stream")
    caption = str(body.get("caption") or "")
    return _said(await people.document(world, person, _bytes(body), name, mime, chat=chat, caption=caption))


async def _voice(world: World, person: Person, chat: int, body: Json) -> Json:
    return _said(await people.voice(world, person, _bytes(body), chat=chat))


async def _video(world: World, person: Person, chat: int, body: Json) -> Json:
    return _said(await people.video(world, person, _bytes(body), chat=chat))


async def _vote(world: World, person: Person, chat: int, body: Json) -> Json:
    options = [int(option) for option in body.get("options") or []]
    await people.vote(world, person, chat, int(body["message"]), options)
    return {}


async def _block(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.block(world, person)
    return {}


async def _unblock(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.unblock(world, person)
    return {}


async def _inline(world: World, person: Person, chat: int, body: Json) -> Json:
    query, offset = str(body.get("query") or ""), str(body.get("offset") or "")
    answer = await people.inline(world, person, query, offset, chat)
    return {"results": answer.results, "next_offset": answer.next_offset, "button": answer.button}


async def _choose(world: World, person: Person, chat: int, body: Json) -> Json:
    return _said(await people.choose(world, person, chat, str(body["result"])))


async def _add_bot(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.add_bot(world, person, chat, payload=str(body.get("payload") or ""))
    return {}


async def _remove_bot(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.remove_bot(world, person, chat)
    return {}


async def _promote_bot(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.promote_bot(world, person, chat)
    return {}


async def _demote_bot(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.promote_bot(world, person, chat, administrator=False)
    return {}


async def _edit(world: World, person: Person, chat: int, body: Json) -> Json:
    return _said(await people.edit(world, person, chat, int(body["message"]), str(body.get("text") or "")))


async def _delete_account(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.delete_account(world, person)
    return {}


async def _react(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.react(world, person, chat, int(body["message"]), body.get("emoji") or None)
    return {}


async def _join(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.join(world, person, chat)
    return {}


async def _leave(world: World, person: Person, chat: int, body: Json) -> Json:
    await people.leave(world, person, chat)
    return {}


VERBS: dict[str, Verb] = {
    "start": _start,
    "write": _write,
    "press": _press,
    "contact": _contact,
    "location": _location,
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "video": _video,
    "vote": _vote,
    "block": _block,
    "unblock": _unblock,
    "inline": _inline,
    "choose": _choose,
    "add_bot": _add_bot,
    "remove_bot": _remove_bot,
    "promote_bot": _promote_bot,
    "demote_bot": _demote_bot,
    "edit": _edit,
    "delete_account": _delete_account,
    "react": _react,
    "join": _join,
    "leave": _leave,
}


def _said(post: Post) -> Json:
    return {"message": {**post.json, "version": post.version, "deleted": post.deleted}}


def _bytes(body: Json) -> bytes:
    text = str(body.get("base64") or "")
    if text.startswith("data:"):
        text = text.partition(",")[2]
    return base64.b64decode(text)
