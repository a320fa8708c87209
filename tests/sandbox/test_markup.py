"""Does marked-up text become the entities Telegram makes of it?"""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendMessage, SendRichMessage
from aiogram.types import (
    EphemeralMessageParameters,
    InputRichBlockParagraph,
    InputRichBlockSectionHeading,
    InputRichMessage,
    MessageEntity,
)

from sandbox.chats import Person
from sandbox.markup import formatted
from sandbox.world import World

Found = list[tuple[str, int, int]]


def found(text: str, mode: str | None) -> tuple[str, Found]:
    plain, entities = formatted(text, mode, None)
    return plain, [(e["type"], e["offset"], e["length"]) for e in entities]


@pytest.mark.parametrize(
    ("source", "plain", "entities"),
    [
        ("<b>a</b> &lt;&amp;&gt; &#1179;", "a <&> қ", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        (
            "<u>a</u><s>b</s><tg-spoiler>c</tg-spoiler>",
            "abc",
            [("underline", 0, 1), ("strikethrough", 1, 1), ("spoiler", 2, 1)],
        ),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a\nb</blockquote>", "a\nb", [("blockquote", 0, 3)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<code>1.5</code>", "1.5", [("code", 0, 3)]),
        ("🙂<b>x</b>", "🙂x", [("bold", 2, 1)]),
        ("  <b> a </b> ", "a", [("bold", 0, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ('<tg-time unix="1777900000">бүгүн</tg-time>', "бүгүн", [("date_time", 0, 5)]),
        ("<b></b>a", "a", []),
    ],
)
def test_html(source: str, plain: str, entities: Found) -> None:
    assert found(source, "HTML") == (plain, entities)


@pytest.mark.parametrize(
    ("source", "plain", "entities"),
    [
        (
            "*a* _b_ __c__ ~d~ ||e||",
            "a b c d e",
            [("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1), ("spoiler", 8, 1)],
        ),
        ("*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("_a __b___", "a b", [("italic", 0, 3), ("underline", 2, 1)]),
        (r"1\. a \- b", "1. a - b", []),
        ("[a](https://x.kg/\\))", "a", [("text_link", 0, 1)]),
        ("```python\nx = 1\n```", "x = 1", [("pre", 0, 5)]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 3)]),
        (">a\n>b||\nc", "a\nb\nc", [("expandable_blockquote", 0, 3)]),
        ("![👍](tg://emoji?id=5368324170671202286)", "👍", [("custom_emoji", 0, 2)]),
    ],
)
def test_markdown_v2(source: str, plain: str, entities: Found) -> None:
    assert found(source, "MarkdownV2") == (plain, entities)


def test_links_commands_and_mentions_are_found_by_themselves() -> None:
    text = "/start @aigul #суу https://a.kg/x?y=1. ashar.kg a@b.kg <b>"
    assert found(text, None)[1] == [
        ("bot_command", 0, 6),
        ("mention", 7, 6),
        ("hashtag", 14, 4),
        ("url", 19, 18),
        ("url", 39, 8),
        ("email", 48, 6),
    ]
    assert found("<code>/start</code>", "HTML")[1] == [("code", 0, 6)]


async def test_mentions_without_a_username(bot: Bot, world: World, aigul: Person) -> None:
    text = '<a href="tg://user?id=102">Бакыт</a> <a href="tg://user?id=555">Ким</a>'
    sent = await bot.send_message(aigul.id, text, parse_mode="HTML")
    assert sent.entities is not None
    assert [(e.type, e.user.first_name if e.user else None) for e in sent.entities] == [("text_mention", "Бакыт")]


async def test_entities_instead_of_markup(bot: Bot, aigul: Person) -> None:
    entities = [MessageEntity(type="italic", offset=0, length=2), MessageEntity(type="bold", offset=0, length=2)]
    sent = await bot.send_message(aigul.id, "<b", entities=entities)
    assert sent.text == "<b"
    assert sent.entities is not None
    assert [e.type for e in sent.entities] == ["bold", "italic"]


async def test_rich_messages_of_blocks(bot: Bot, world: World, aigul: Person) -> None:
    rich = InputRichMessage(
        blocks=[InputRichBlockSectionHeading(text="Токтом", size=1), InputRichBlockParagraph(text="Жарык болот")]
    )
    sent = await bot(SendRichMessage(chat_id=aigul.id, rich_message=rich))
    assert sent.rich_message is not None
    assert [block.type for block in sent.rich_message.blocks] == ["heading", "paragraph"]


async def test_what_would_reach_other_eyes_is_refused(bot: Bot, aigul: Person) -> None:
    whisper = EphemeralMessageParameters(receiver_user_id=aigul.id)
    with pytest.raises(TelegramBadRequest, match="the sandbox does not imitate ephemeral_message_parameters"):
        await bot(SendMessage(chat_id=aigul.id, text="x", ephemeral_message_parameters=whisper))
