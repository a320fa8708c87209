"""Who is in a chat, and what is the chat? Questions about groups, channels and their members."""

from sandbox.botapi.places import HERE, find_chat, find_user, require_presence, writable
from sandbox.botapi.reading import Params
from sandbox.botapi.table import method
from sandbox.cast import ADMINISTRATOR, CREATOR, MEMBER
from sandbox.chats import Chat, Json, Person
from sandbox.groups import set_bot_status, set_member_status
from sandbox.refusals import bad
from sandbox.standing import standing
from sandbox.world import World

PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]


@method("getChat")
def get_chat(world: World, params: Params) -> Json:
    chat = find_chat(world, params)
    if chat.type == "private" and not chat.started:
        raise bad("chat not found")
    if chat.type != "private":
        require_presence(chat)
    full: Json = {
        **chat.json(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.username:
        full["active_usernames"] = [chat.username]
    if chat.description:
        full["description"] = chat.description
    if chat.is_group:
        full["permissions"] = dict.fromkeys(PERMISSIONS, True)
    pinned = chat.find(chat.pinned[-1]) if chat.pinned else None
    if pinned is not None:
        full["pinned_message"] = {k: v for k, v in pinned.json.items() if k != "reply_to_message"}
    return full


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Json:
    chat = find_chat(world, params)
    if chat.type != "private":
        require_presence(chat)
    if params.number("user_id") == world.bot.id:
        return standing(world.bot.user(), chat.bot_status)
    person = find_user(world, params)
    if chat.type == "private":
        if chat.person is not person:
            raise bad("user not found")
        return standing(person.user(), MEMBER)
    if chat.type == "channel" and chat.bot_status != ADMINISTRATOR:
        raise bad("member list is inaccessible")
    return standing(person.user(), chat.members.get(person.id, "left"))


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = find_chat(world, params)
    if chat.type == "private":
        raise bad("there are no administrators in the private chat")
    require_presence(chat)
    found = [
        standing(world.people[key].user(), status)
        for key, status in chat.members.items()
        if status in (CREATOR, ADMINISTRATOR)
    ]
    if chat.bot_status == ADMINISTRATOR:
        found.append(standing(world.bot.user(), ADMINISTRATOR))
    return found


@method("getChatMemberCount", "getChatMembersCount")
def get_chat_member_count(world: World, params: Params) -> int:
    chat = find_chat(world, params)
    if chat.type == "private":
        return 2
    require_presence(chat)
    return sum(status in HERE for status in chat.members.values()) + 1


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    chat = find_chat(world, params)
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    require_presence(chat)
    set_bot_status(world, chat, "left", by=world.bot.user())
    return True


@method("banChatMember", "kickChatMember")
def ban_chat_member(world: World, params: Params) -> bool:
    chat, person = _administered(world, params)
    if chat.members.get(person.id) in (CREATOR, ADMINISTRATOR):
        raise bad(
            "can't remove chat owner" if chat.members[person.id] == CREATOR else "user is an administrator of the chat"
        )
    set_member_status(world, chat, person, "kicked", by=world.bot.user())
    return True


@method("unbanChatMember")
def unban_chat_member(world: World, params: Params) -> bool:
    chat, person = _administered(world, params)
    status = chat.members.get(person.id, "left")
    if status in (CREATOR, ADMINISTRATOR):
        raise bad("can't remove chat owner" if status == CREATOR else "user is an administrator of the chat")
    if status == "kicked" or (status in HERE and not params.flag("only_if_banned")):
        set_member_status(world, chat, person, "left", by=world.bot.user())
    return True


@method("setChatTitle")
def set_chat_title(world: World, params: Params) -> bool:
    chat = _own(world, params)
    title = (params.text("title") or "").strip()
    if not 1 <= len(title) <= 128:
        raise bad("chat title is empty" if not title else "chat title is too long")
    if title == chat.title:
        raise bad("chat title is not modified")
    chat.title, chat.face = title, {}
    body: Json = {"new_chat_title": title}
    body |= {"sender_chat": chat.json()} if chat.type == "channel" else {"from": world.bot.user()}
    world.post(chat, body, by_bot=True)
    return True


@method("setChatDescription")
def set_chat_description(world: World, params: Params) -> bool:
    chat = _own(world, params)
    text = params.text("description") or ""
    if text == chat.description:
        raise bad("chat description is not modified")
    chat.description = text[:255]
    world.changed(chat)
    return True


@method("exportChatInviteLink")
def export_chat_invite_link(world: World, params: Params) -> str:
    chat = _own(world, params)
    return f"https://t.me/+sandbox{abs(chat.id)}"


@method("createChatInviteLink")
def create_chat_invite_link(world: World, params: Params) -> Json:
    chat = _own(world, params)
    return {
        "invite_link": f"https://t.me/+sandbox{abs(chat.id)}-{world.new_id()[-6:]}",
        "creator": world.bot.user(),
        "creates_join_request": params.flag("creates_join_request"),
        "is_primary": False,
        "is_revoked": False,
    }


def _own(world: World, params: Params) -> Chat:
    chat = writable(world, params)
    if chat.type == "private":
        raise bad("can't change private chat")
    if chat.bot_status != ADMINISTRATOR:
        raise bad("not enough rights")
    return chat


def _administered(world: World, params: Params) -> tuple[Chat, Person]:
    chat = writable(world, params)
    if chat.type == "private":
        raise bad("can't change member status in private chats")
    if chat.bot_status != ADMINISTRATOR:
        raise bad("not enough rights to restrict/unrestrict chat member")
    return chat, find_user(world, params)
