"""Can what staff print be read: by people in three languages, and its codes by a phone?"""

import pypdfium2
import pytest
import zxingcpp

from sandbox.cast import people
from talk.words import LANGUAGES
from tests.bot.crowd import pour, pressed, refused
from tests.conversations.stage import Stage

PAGE = "https://ak-bulak.example"


@pytest.mark.parametrize("channel", ["board", "event"])
async def test_a_paper_is_one_sheet_whose_codes_lead_to_the_list(stage: Stage, channel: str) -> None:
    stage.settings = stage.settings.model_copy(update={"public_url": PAGE})
    await stage.restart()
    cholpon = next(person for person in people() if person.username == "cholpon")
    await pour(stage, [pressed(cholpon, f"pup:{channel}:{language}") for language in LANGUAGES])
    sent = [post.json["document"] for post in stage.world.from_bot(cholpon.id) if "document" in post.json]
    assert [paper["file_name"] for paper in sent] == [f"{channel}-{ly}-2026-05-04.pdf" for ly in LANGUAGES]
    titles = ("Жергиликтүү маанидеги", "Перечень вопросов", "List of issues")
    folders = ("/", "/ru/", "/en/")
    for paper, title, label, folder in zip(
        sent, titles, ("Көрүстөндөр", "Кладбища", "Cemeteries"), folders, strict=True
    ):
        kept = stage.world.files.find(paper["file_id"])
        assert kept is not None
        [sheet] = pypdfium2.PdfDocument(kept.data)
        words = " ".join(sheet.get_textpage().get_text_range().split())
        assert title in words
        assert label in words
        codes = sorted(code.text for code in zxingcpp.read_barcodes(sheet.render(scale=3).to_pil()))
        bot = f"https://t.me/{stage.world.bot.username}?start=m1"
        assert codes == (sorted([bot, PAGE + folder]) if channel == "board" else [bot, bot])
    assert refused(stage.calls(0)) == []


async def test_the_code_opens_the_list_of_that_municipality_before_any_question(two_homes: Stage) -> None:
    await two_homes.write("aigul", "/start m1")
    assert "Ак-Булак айыл аймагы" in two_homes.world.last(two_homes.world.person("aigul").id).text
    await two_homes.write("bakyt", "/start m2")
    assert "Бул жерде мындай нерсе жок" in two_homes.world.last(two_homes.world.person("bakyt").id).text
