"""How does a person find and share something of the bot's in any chat? Inline queries and chosen results."""

import asyncio
from dataclasses import dataclass, field

from sandbox.attachments import fields
from sandbox.chats import Json, Person, Post
from sandbox.groups import CannotDo
from sandbox.markup import formatted
from sandbox.refusals import Refusal
from sandbox.sending import check_may_write, say
from sandbox.world import Asked, ChatRef, World


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot offered."""

    query: str
    results: list[Json] = field(default_factory=list)
    next_offset: str = ""
    button: Json | None = None


async def inline(
    world: World,
    person: Person,
    query: str,
    offset: str = "",
    chat: ChatRef | None = None,
    within: float = 5.0,
) -> InlineAnswer:
    """Type «@bot query» in a chat and wait for the bot's results; raises CannotDo if none come in time."""
    place = world.chat(person.id if chat is None else chat)
    kind = "sender" if place.type == "private" else place.type
    body: Json = {"id": world.new_id(), "from": person.user(), "query": query[:256], "offset": offset}
    body["chat_type"] = kind
    asked = Asked(id=body["id"], person=person, at=world.clock.now(), body=body)
    asked.waiter = asyncio.get_running_loop().create_future()
    world.remember(asked, world.inline)
    if world.updates.add("inline_query", body) is None:
        raise CannotDo("the bot has not asked for inline queries")
    try:
        async with asyncio.timeout(within):
            answer = await asked.waiter
    except TimeoutError:
        raise CannotDo("the bot did not answer the inline query in time") from None
    world.offered[person.id] = (query, {result["id"]: result for result in answer["results"]})
    return InlineAnswer(query, answer["results"], answer["next_offset"], answer["button"])


async def choose(world: World, person: Person, chat: ChatRef, result_id: str) -> Post:
    """Send one of the results offered last into a chat, as the person's own message via the bot."""
    query, results = world.offered.get(person.id, ("", {}))
    result = results.get(result_id)
    if result is None:
        raise CannotDo("the bot has not offered this result")
    place = world.chat(chat)
    check_may_write(person, place)
    content = {**_content(world, result), "via_bot": world.bot.user()}
    markup = result.get("reply_markup")
    chosen: Json = {"result_id": result_id, "from": person.user(), "query": query}
    if markup:
        content["reply_markup"] = markup
        chosen["inline_message_id"] = f"inline{world.new_id()}"
    post = say(world, person, place, content)
    if markup:
        post.inline_id = chosen["inline_message_id"]
        world.inline_posts[post.inline_id] = (place, post)
    world.updates.add("chosen_inline_result", chosen)
    return post


def _content(world: World, result: Json) -> Json:
    given: Json = result.get("input_message_content") or {}
    try:
        if "message_text" in given:
            return _worded("text", "entities", given["message_text"], given, given.get("entities"))
        if "phone_number" in given:
            return {"contact": given}
        if "title" in given and "address" in given:
            place = {key: given[key] for key in ("latitude", "longitude")}
            return {"venue": {"location": place, "title": given["title"], "address": given["address"]}} | {
                "location": place
            }
        if "latitude" in given:
            return {"location": {key: given[key] for key in ("latitude", "longitude")}}
        return _media(world, result)
    except Refusal as refusal:
        raise CannotDo(f"the result cannot be sent: {refusal.description}") from None


def _media(world: World, result: Json) -> Json:
    kind = str(result["type"])
    kind = {"gif": "animation", "mpeg4_gif": "animation"}.get(kind, kind)
    file_id = next((str(v) for k, v in result.items() if k.endswith("_file_id")), "")
    kept = world.files.find(file_id)
    if kept is None:
        raise CannotDo(f"a result of type {result['type']} without a file_id is not imitated")
    caption = result.get("caption")
    worded = _worded("caption", "caption_entities", caption, result, result.get("caption_entities")) if caption else {}
    return {**fields(kind, kept), **worded}


def _worded(field_name: str, entities_name: str, text: str, told: Json, entities: list[Json] | None) -> Json:
    plain, found = formatted(text, told.get("parse_mode"), entities)
    return {field_name: plain, **({entities_name: found} if found else {})}
