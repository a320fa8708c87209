"""Do pictures and papers go up, come down the same, and go out again by their file_id?"""

import io

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import (
    BufferedInputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
)

from sandbox import people
from sandbox.chats import Person
from sandbox.files import picture_size
from sandbox.people import PIXEL
from sandbox.world import World


def png(width: int, height: int) -> bytes:
    return PIXEL[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + PIXEL[24:]


async def fetched(bot: Bot, file_id: str) -> bytes:
    told = await bot.get_file(file_id)
    assert told.file_path is not None
    target = io.BytesIO()
    await bot.download_file(told.file_path, target)
    return target.getvalue()


async def test_a_document_goes_up_and_comes_down(bot: Bot, world: World, aigul: Person) -> None:
    data = bytes(range(256)) * 100
    file = BufferedInputFile(data, "токтом №5.pdf")
    sent = await bot.send_document(aigul.id, file, caption="<b>Токтом</b>", parse_mode="HTML")
    assert sent.document is not None
    assert sent.document.file_size == len(data)
    assert sent.document.file_name == "токтом №5.pdf"
    assert sent.caption == "Токтом"
    assert await fetched(bot, sent.document.file_id) == data


async def test_a_file_id_is_sent_again_without_uploading(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_photo(aigul.id, BufferedInputFile(png(800, 600), "a.png"))
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [(320, 240), (800, 600)]
    again = await bot.send_photo(aigul.id, sent.photo[-1].file_id)
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


async def test_what_a_person_sends_can_be_fetched(bot: Bot, world: World, aigul: Person) -> None:
    await people.photo(world, aigul, png(100, 50), caption="чуңкур")
    await people.document(world, aigul, b"paper", "арыз.txt", "text/plain")
    await people.voice(world, aigul, b"OggS voice")
    messages = [u.message for u in await bot.get_updates() if u.message]
    photo, document, voice = messages
    assert photo.photo is not None
    assert (photo.photo[-1].width, photo.caption) == (100, "чуңкур")
    assert document.document is not None
    assert document.document.mime_type == "text/plain"
    assert voice.voice is not None
    assert await fetched(bot, photo.photo[-1].file_id) == png(100, 50)
    assert await fetched(bot, document.document.file_id) == b"paper"
    assert await fetched(bot, voice.voice.file_id) == b"OggS voice"


async def test_every_kind_of_media(bot: Bot, aigul: Person) -> None:
    file = BufferedInputFile(b"data", "file.bin")
    voice = await bot.send_voice(aigul.id, file, duration=3)
    video = await bot.send_video(aigul.id, file, caption="v")
    audio = await bot.send_audio(aigul.id, file, title="Гимн")
    animation = await bot.send_animation(aigul.id, file)
    note = await bot.send_video_note(aigul.id, file)
    sticker = await bot.send_sticker(aigul.id, file)
    assert voice.voice is not None
    assert voice.voice.duration == 3
    assert video.video is not None
    assert audio.audio is not None
    assert audio.audio.title == "Гимн"
    assert animation.animation is not None
    assert note.video_note is not None
    assert sticker.sticker is not None
    with pytest.raises(TelegramBadRequest, match="can't use file of type VoiceNote as Video"):
        await bot.send_video(aigul.id, voice.voice.file_id)


async def test_an_album(bot: Bot, world: World, aigul: Person) -> None:
    photo = BufferedInputFile(png(10, 10), "a.png")
    media = [InputMediaPhoto(media=photo, caption="*бир*", parse_mode="Markdown"), InputMediaPhoto(media=photo)]
    sent = await bot.send_media_group(aigul.id, media=list(media))
    assert len({m.media_group_id for m in sent}) == 1
    assert [m.caption for m in sent] == ["бир", None]
    assert len(world.from_bot(aigul.id)) == 2


async def test_albums_that_are_refused(bot: Bot, aigul: Person) -> None:
    file = BufferedInputFile(b"data", "file.bin")
    with pytest.raises(TelegramBadRequest, match="media group must include 2-10 items"):
        await bot.send_media_group(aigul.id, media=[InputMediaDocument(media=file)])
    with pytest.raises(TelegramBadRequest, match="can't use the media of the specified type in the album"):
        await bot.send_media_group(aigul.id, media=[InputMediaDocument(media=file), InputMediaAudio(media=file)])


async def test_media_are_edited_in_place(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_photo(aigul.id, BufferedInputFile(png(10, 10), "a.png"), caption="бир")
    media = InputMediaDocument(media=BufferedInputFile(b"data", "file.bin"), caption="эки")
    edited = await bot.edit_message_media(media, chat_id=aigul.id, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.photo, edited.caption) == (None, "эки")
    assert edited.document is not None
    renamed = await bot.edit_message_caption(chat_id=aigul.id, message_id=sent.message_id, caption="үч")
    assert isinstance(renamed, Message)
    assert renamed.caption == "үч"
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", chat_id=aigul.id, message_id=sent.message_id)


async def test_files_that_are_refused(bot: Bot, world: World, aigul: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(aigul.id, BufferedInputFile(b"", "a.pdf"))
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(aigul.id, BufferedInputFile(b"no picture", "a.png"))
    with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(aigul.id, BufferedInputFile(png(9000, 9000), "a.png"))
    with pytest.raises(TelegramBadRequest, match="wrong remote file identifier specified"):
        await bot.send_photo(aigul.id, "AgACAgIAAxkBAAI")
    with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
        await bot.send_photo(aigul.id, "https://example.kg/a.png")
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await bot.get_file("nothing")


async def test_sizes_that_are_too_big(bot: Bot, world: World, aigul: Person) -> None:
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(aigul.id, BufferedInputFile(b"x" * (50 * 1024 * 1024 + 1), "a.bin"))
    big = world.files.keep("document", b"x" * (20 * 1024 * 1024 + 1), name="a.bin", mime="x/y")
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(big.file_id)


def test_picture_sizes_are_read() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x01\x02\x03\x04" + b"\0" * 12
    assert picture_size(png(3, 4)) == (3, 4)
    assert picture_size(jpeg) == (0x0304, 0x0102)
    assert picture_size(b"GIF89a\x05\x00\x06\x00") == (5, 6)
    assert picture_size(b"text") is None
