"""Does the bot come into groups and channels, hear what it may, and leave?"""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from sandbox import acts, people
from sandbox.cast import CHANNEL, GROUP
from sandbox.chats import Person
from sandbox.people import CannotDo
from sandbox.world import World


async def heard(bot: Bot) -> list[str]:
    updates = await bot.get_updates()
    texts = [u.message.text or "" for u in updates if u.message and u.message.text]
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return texts


async def test_the_bot_is_added_and_told(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, aigul, GROUP, payload="village-3")
    changed, service, started = await bot.get_updates()
    assert changed.my_chat_member is not None
    assert changed.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert service.message.new_chat_members is not None
    assert service.message.new_chat_members[0].id == world.bot.id
    assert started.message is not None
    assert started.message.text == "/start@ashar_sandbox_bot village-3"
    assert (await bot.get_chat(GROUP)).title == "Ак-Булак айылы: кошуналар"
    assert await bot.get_chat_member_count(GROUP) == 7
    await bot.send_message(GROUP, "Саламатсыздарбы")


async def test_privacy_mode_in_groups(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, world.person("bakyt"), GROUP)
    world.updates.drop()
    sent = await bot.send_message(GROUP, "hello")
    await people.write(world, aigul, GROUP, "gossip")
    await people.write(world, aigul, GROUP, "/issues")
    await people.write(world, aigul, GROUP, "/issues@another_bot")
    await people.write(world, aigul, GROUP, "/issues@ashar_sandbox_bot")
    await people.write(world, aigul, GROUP, "a reply", reply_to=sent.message_id)
    assert await heard(bot) == ["/issues", "/issues@ashar_sandbox_bot", "a reply"]
    await people.promote_bot(world, world.person("bakyt"), GROUP)
    await people.write(world, aigul, GROUP, "gossip")
    assert await heard(bot) == ["gossip"]


async def test_only_administrators_give_the_bot_rights_and_take_them(bot: Bot, world: World, aigul: Person) -> None:
    gulnara = world.person("gulnara")
    await people.add_bot(world, gulnara, CHANNEL)
    with pytest.raises(CannotDo, match="only administrators may give and take rights"):
        await people.promote_bot(world, aigul, CHANNEL, administrator=False)
    await people.promote_bot(world, gulnara, CHANNEL, administrator=False)
    with pytest.raises(TelegramBadRequest, match="need administrator rights in the channel chat"):
        await bot.send_message(CHANNEL, "x")
    assert (await acts.perform(world, {"do": "promote_bot", "person": gulnara.id, "chat": CHANNEL}))["ok"]
    await bot.send_message(CHANNEL, "x")


async def test_a_kicked_bot_may_not_speak(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, aigul, GROUP)
    with pytest.raises(CannotDo, match="only administrators"):
        await people.remove_bot(world, aigul, GROUP)
    await people.remove_bot(world, world.person("bakyt"), GROUP)
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was kicked from the supergroup chat"):
        await bot.send_message(GROUP, "x")
    with pytest.raises(TelegramForbiddenError):
        await bot.get_chat(GROUP)
    last = (await bot.get_updates(offset=-1))[0].my_chat_member
    assert last is not None
    assert last.new_chat_member.status == "kicked"


async def test_the_bot_leaves(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, aigul, GROUP)
    assert await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP, "x")
    await people.add_bot(world, aigul, GROUP)
    await bot.send_message(GROUP, "back")


async def test_a_channel(bot: Bot, world: World) -> None:
    akylbek = world.person("akylbek")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(CHANNEL, "x")
    await people.add_bot(world, akylbek, CHANNEL)
    sent = await bot.send_message(CHANNEL, "Жарыя")
    assert sent.sender_chat is not None
    assert sent.from_user is None
    await people.write(world, akylbek, CHANNEL, "Өзүм жаздым")
    post = (await bot.get_updates(offset=-1))[0].channel_post
    assert post is not None
    assert post.text == "Өзүм жаздым"
    with pytest.raises(CannotDo, match="only administrators write in a channel"):
        await people.write(world, world.person("aigul"), CHANNEL, "x")
    forwarded = await bot.forward_message(CHANNEL, CHANNEL, sent.message_id)
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "channel"


async def test_members_and_administrators(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, world.person("bakyt"), GROUP, administrator=True)
    statuses = [(await bot.get_chat_member(GROUP, key)).status for key in (101, 102, 106, 107, 1)]
    assert statuses == ["member", "creator", "left", "administrator", "administrator"]
    assert {m.user.id for m in await bot.get_chat_administrators(GROUP)} == {102, 107, 1}
    with pytest.raises(TelegramBadRequest, match="user not found"):
        await bot.get_chat_member(GROUP, 555)
    with pytest.raises(TelegramBadRequest, match="there are no administrators in the private chat"):
        await bot.get_chat_administrators(aigul.id)


async def test_people_are_banned_and_let_in_again(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, world.person("bakyt"), GROUP)
    with pytest.raises(TelegramBadRequest, match="not enough rights to restrict/unrestrict chat member"):
        await bot.ban_chat_member(GROUP, aigul.id)
    await people.promote_bot(world, world.person("bakyt"), GROUP)
    await bot.ban_chat_member(GROUP, aigul.id)
    with pytest.raises(CannotDo, match="was banned"):
        await people.join(world, aigul, GROUP)
    with pytest.raises(TelegramBadRequest, match="can't remove chat owner"):
        await bot.ban_chat_member(GROUP, 102)
    await bot.unban_chat_member(GROUP, aigul.id)
    await people.join(world, aigul, GROUP)
    await people.leave(world, aigul, GROUP)
    assert (await bot.get_chat_member(GROUP, aigul.id)).status == "left"


async def test_the_messages_of_others_are_deleted_by_administrators_only(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, world.person("bakyt"), GROUP)
    said = await people.write(world, aigul, GROUP, "spam")
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(GROUP, said.id)
    with pytest.raises(TelegramBadRequest, match="not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(GROUP, said.id)
    await people.promote_bot(world, world.person("bakyt"), GROUP)
    await bot.pin_chat_message(GROUP, said.id)
    assert await bot.delete_message(GROUP, said.id)
    assert (await bot.get_chat(GROUP)).pinned_message is None


async def test_a_group_that_moves_by_itself(bot: Bot, world: World, aigul: Person) -> None:
    group = world.add_group("Көчө", aigul, world.person("bakyt"))
    await people.add_bot(world, aigul, group)
    moved = people.migrate(world, group)
    assert (moved.type, moved.members) == ("supergroup", group.members)
    assert (await bot.send_message(moved.id, "x")).chat.id == moved.id


async def test_title_and_description(bot: Bot, world: World, aigul: Person) -> None:
    await people.add_bot(world, world.person("bakyt"), GROUP, administrator=True)
    await bot.set_chat_title(GROUP, "Кошуналар")
    await bot.set_chat_description(GROUP, "Айылдын иштери")
    chat = await bot.get_chat(GROUP)
    assert (chat.title, chat.description) == ("Кошуналар", "Айылдын иштери")
    with pytest.raises(TelegramBadRequest, match="chat title is not modified"):
        await bot.set_chat_title(GROUP, "Кошуналар")
    assert (await bot.create_chat_invite_link(GROUP)).invite_link.startswith("https://t.me/+")
