"""Does a receipt tell, in the bot and on the public page, whether its signature counts, and nothing of whose it is?"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from bot.receipts import BURST
from civic.petitions import Standing
from storage.municipalities import municipalities
from storage.petitions import Invalidation, Petition, Signature
from tests.bot.crowd import rows
from tests.bot.test_site import Answer, ask
from tests.cast import VAULT
from tests.conversations.stage import Stage
from tests.petitions import a_named_resident, an_open_petition, signed


@dataclass(frozen=True)
class Given:
    """A signature with its receipt, and the number of its entry in the journal."""

    receipt: str
    petition: int
    number: int


@pytest.fixture
async def given(stage: Stage) -> Given:
    """Aigul Asanova has signed the petition on the bridge."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        [home] = await municipalities(db)
        bakyt = await a_named_resident(db, home, now, address="7002", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="7001", name="Айгүл Асанова")
        own = await signed(db, petition, aigul, home, now)
    newest = "SELECT number FROM journal WHERE event = 'petition.signed' ORDER BY id DESC LIMIT 1"
    [(number,)] = await rows(stage.bot.database, newest)
    return Given(own.receipt, petition.id, number)


async def stands(stage: Stage, given: Given, standing: Standing, reason: str = "") -> None:
    """From now on the signature stands like that."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        own = (await db.scalars(select(Signature).where(Signature.receipt == given.receipt))).one()
        own.standing = standing
        if reason:
            begun = Invalidation(
                municipality_id=own.municipality_id,
                petition_id=own.petition_id,
                criteria={},
                reason=reason,
                at=now,
                found=1,
            )
            db.add(begun)
            await db.flush()
            own.invalidation_id = begun.id


def told(stage: Stage) -> str:
    """What the bot said last to Bakyt."""
    return stage.world.last(stage.world.person("bakyt").id).text


async def test_the_bot_tells_by_link_by_button_and_by_typed_words(stage: Stage, given: Given) -> None:
    title = (await rows(stage.bot.database, f"SELECT title FROM petitions WHERE id = {given.petition}"))[0][0]
    await stage.write("bakyt", f"/start v{given.receipt}")
    by_link = told(stage)
    assert f"Журналдагы номери: {given.number}" in by_link
    for part in ("✅ Кол эсепке алынган", title, given.receipt):
        assert part in by_link
    await stage.tap("bakyt", "Башкасын текшерүү")
    assert "берилген кодду жазыңыз" in told(stage)
    await stage.write("bakyt", "  ".join(given.receipt.lower()))
    assert told(stage) == by_link
    await stage.write("bakyt", "AAAAAAAAAA")
    assert "табылган жок" in told(stage)


@pytest.mark.parametrize(
    ("standing", "reason", "words"),
    [
        (Standing.COUNTED, "", ["✅ Кол эсепке алынган"]),
        (Standing.WITHDRAWN, "", ["↩ Ээси колун кайтарып алган: 04.05.2026"]),
        (Standing.INVALID, "Бир эле адам жазган", ["✕ Кол эсептен чыгарылган: 04.05.2026", "Бир эле адам жазган"]),
    ],
)
async def test_both_tell_how_the_signature_stands_and_never_whose_it_is(
    stage: Stage, given: Given, log: Callable[[], str], standing: Standing, reason: str, words: list[str]
) -> None:
    await stands(stage, given, standing, reason)
    await stage.write("bakyt", f"/start v{given.receipt}")
    answer = await ask(stage, f"/receipt?code={given.receipt}")
    assert answer.status == 200
    for said in (told(stage), answer.page.text):
        assert [part for part in words if part not in said] == []
        assert str(given.number) in said
        assert [part for part in ("Айгүл", "Асанова", "7001", VAULT.hash("+9967000007001")) if part in said] == []
    assert given.receipt not in log()


async def test_a_petition_that_is_hidden_keeps_its_title(stage: Stage, given: Given) -> None:
    async with stage.bot.database.transaction() as db:
        petition = await db.get_one(Petition, given.petition)
        petition.hidden_at = stage.world.clock.now()
    answer = (await ask(stage, f"/receipt?code={given.receipt}")).page.text
    assert petition.title not in answer
    assert f"№ {given.petition} петиция" in answer


def guarded(answer: Answer) -> None:
    """Nothing keeps the answer, and nothing but this very page takes the form."""
    assert answer.headers["Cache-Control"] == "no-store"
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_the_page_asks_in_each_language_and_is_found_from_the_list(stage: Stage, given: Given) -> None:
    for path, words in (
        ("/receipt", "Колду текшерүү"),
        ("/ru/receipt", "Проверка подписи"),
        ("/en/receipt", "Check a signature"),
    ):
        answer = await ask(stage, path)
        assert (answer.status, words in answer.page.text) == (200, True)
        guarded(answer)
        assert "receipt" in (await ask(stage, path.removesuffix("receipt"))).page.links
        assert {"receipt", "ru/receipt", "en/receipt"} & {link.removeprefix("../") for link in answer.page.links}
    unknown = await ask(stage, "/receipt?code=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    guarded(unknown)
    assert "табылган жок" in unknown.page.text
    assert b"<script" not in unknown.body
    assert re.search(rb'value="&lt;script&gt;', unknown.body)


async def test_whoever_asks_without_a_rest_is_sent_away_for_a_moment(stage: Stage, given: Given) -> None:
    statuses = [(await ask(stage, f"/receipt?code={given.receipt}")).status for _ in range(int(BURST) + 60)]
    assert statuses[: int(BURST)] == [200] * int(BURST)
    assert 429 in statuses
    assert (await ask(stage, "/receipt")).status == 200  # the form itself stays
