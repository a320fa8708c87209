"""Does the running bot serve the public page: right, safe, cached, and at no cost to the turns?"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import event, update

from actions import municipalities
from bot.app import words
from bot.site_folder import NoSuchHome, site_files, write_files
from exports.listing import LANGUAGES
from storage.catalogue import catalogue
from storage.database import Database
from storage.issues import Issue
from storage.municipalities import Municipality
from tests.bot.crowd import rows
from tests.conftest import NOW
from tests.conversations.stage import Stage
from tests.exports.reading import Page

HTML, GUARDS = "text/html; charset=utf-8", ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def page(self) -> Page:
        """The page in it."""
        return Page(self.body)

    @property
    def kind(self) -> str:
        """The content type."""
        return self.headers.get("Content-Type", "")


async def ask(stage: Stage, path: str, method: str = "GET", **headers: str) -> Answer:
    """What the bot answers at that path."""
    base = str(stage.settings.webhook_url)
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, base + path, headers={**PLAIN, **headers}, allow_redirects=False) as answer,
    ):
        return Answer(answer.status, answer.headers, await answer.read())


@contextmanager
def reads_of(database: Database, table: str) -> Iterator[list[str]]:
    """The statements that read from a table meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if f"FROM {table}" in statement:
            said.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield said
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def change(stage: Stage, **columns: object) -> None:
    """Changes the issue of drinking water behind the bot's back."""
    async with stage.bot.database.transaction() as db:
        await db.execute(update(Issue).where(Issue.code == "drinking-water").values(**columns))


async def test_the_list_is_read_at_the_plain_address_and_in_each_language(stage: Stage) -> None:
    for language, folder in LANGUAGES.items():
        answer = await ask(stage, f"/{folder}")
        assert (answer.status, answer.kind) == (200, HTML)
        assert answer.page.all("html") == [{"lang": language}]
        assert len(answer.page.all("article")) == 25
        assert len(answer.body) <= 30 * 1024
    issue = (await rows(stage.bot.database, "SELECT id FROM issues WHERE code = 'drinking-water'"))[0][0]
    shown = (await ask(stage, "/")).page
    assert f"https://t.me/{stage.bot.name}?start=i{issue}" in shown.links
    assert f"i{issue}" in [article["id"] for article in shown.all("article")]
    assert "22.04.2026 (кийинки мөөнөтү: 22.10.2026)" in shown.text


async def test_the_data_stand_beside_the_page(stage: Stage) -> None:
    as_json, as_csv = await ask(stage, "/issues.json"), await ask(stage, "/issues.csv")
    assert (as_json.kind, as_csv.kind) == ("application/json; charset=utf-8", "text/csv; charset=utf-8")
    data = json.loads(as_json.body)
    assert (data["municipality"]["key"], len(data["issues"]), data["as_of"]) == ("ak-bulak", 25, "2026-05-04")
    assert len(as_csv.body.decode("utf-8-sig").splitlines()) == 26
    assert as_json.headers["Access-Control-Allow-Origin"] == "*"


async def test_nothing_of_residents_or_staff_of_the_bot_is_on_the_page_or_in_the_data(stage: Stage) -> None:
    served = "".join([(await ask(stage, path)).body.decode() for path in ("/", "/issues.json", "/issues.csv")])
    everybody = stage.world.people.values()
    known = [f"{person.first_name} {person.last_name}" for person in everybody]
    known += [f"{person.last_name} {person.first_name}" for person in everybody]
    known += [person.phone or "" for person in everybody]
    assert len(known) == 21
    assert [part for part in known if part in served] == []
    assert [part for part in known if part.replace("+", "").replace(" ", "") in served.replace(" ", "")] == []


async def test_every_answer_is_guarded(stage: Stage) -> None:
    for path in ("/", "/en/", "/issues.json", "/nowhere", "/ru"):
        answer = await ask(stage, path)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert all(answer.headers.get(name) for name in GUARDS), path
        assert "Set-Cookie" not in answer.headers


async def test_who_has_the_page_already_is_told_so(stage: Stage) -> None:
    for coding in ("identity", "gzip"):
        first = await ask(stage, "/", **{"Accept-Encoding": coding})
        assert first.headers["Cache-Control"] == "public, max-age=60"
        mark = first.headers["ETag"]
        for known in (mark, f'"other", {mark}', "*"):
            again = await ask(stage, "/", **{"Accept-Encoding": coding, "If-None-Match": known})
            assert (again.status, again.body, again.headers["ETag"]) == (304, b"", mark)
        assert (await ask(stage, "/", **{"Accept-Encoding": coding, "If-None-Match": '"other"'})).status == 200
    assert (await ask(stage, "/ru/", **{"If-None-Match": mark})).status == 200


async def test_it_is_sent_packed_to_who_can_unpack(stage: Stage) -> None:
    plain, packed = await ask(stage, "/"), await ask(stage, "/", **{"Accept-Encoding": "gzip, deflate"})
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert int(packed.headers["Content-Length"]) < len(plain.body) / 3
    assert packed.body == plain.body  # unpacked by the client
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


async def test_head_tells_the_same_without_the_page(stage: Stage) -> None:
    for path in ("/", "/issues.csv", "/nowhere"):
        whole, head = await ask(stage, path), await ask(stage, path, "HEAD")
        assert (head.status, head.body, head.kind) == (whole.status, b"", whole.kind)
        assert head.headers.get("ETag") == whole.headers.get("ETag")
        assert head.headers["Content-Length"] == str(len(whole.body))


NOWHERE = ["/nowhere", "/nowhere/", "/kok-jar/", "/ky/", "/ak-bulak/xx/", "/../.env", "/%2e%2e/.env", "/ru/ru/", "/%00"]
NOWHERE += ["//evil.example", "/ak-bulak//", "/<script>", "/telegram/webhook", "/issues.xml", "/" + "a" * 4_000]


@pytest.mark.parametrize("path", NOWHERE)
async def test_what_is_not_there_is_said_in_three_languages(stage: Stage, path: str) -> None:
    answer = await ask(stage, path)
    assert (answer.status, answer.kind) == (404, HTML)
    for said in ("Мындай барак жок", "Такой страницы нет", "There is no such page"):
        assert said in answer.page.text
    assert set(answer.page.links) == {"/"}
    assert "script" not in [tag for tag, _ in answer.page.tags]


async def test_a_forgotten_slash_is_put_and_leads_to_no_other_site(two_homes: Stage) -> None:
    for path, to in (("/ru", "ru/"), ("/ak-bulak", "ak-bulak/"), ("/ak-bulak/en", "en/")):
        answer = await ask(two_homes, path)
        assert (answer.status, answer.headers["Location"]) == (301, to)
    assert (await ask(two_homes, "//ru")).status == 404


async def test_a_crowd_costs_one_read_of_the_database(stage: Stage) -> None:
    paths = ["/", "/ru/", "/en/", "/issues.json", "/issues.csv", "/ak-bulak/", "/nowhere", "/ak-bulak/ru/"]
    await stage.bot.clockwork.stop()  # which reads the list too
    with reads_of(stage.bot.database, "issues") as lists, reads_of(stage.bot.database, "municipalities") as homes:
        answers = await asyncio.gather(*(ask(stage, paths[n % len(paths)]) for n in range(200)))
        assert (len(lists), len(homes)) == (1, 1)
    assert {answer.status for answer in answers} == {200, 404}


async def test_a_change_is_on_the_page_half_a_minute_later(stage: Stage) -> None:
    first = await ask(stage, "/")
    await change(stage, doing_ky="Жаңы скважина ачылды.")
    stage.world.clock.turn_by(29)
    assert (await ask(stage, "/")).headers["ETag"] == first.headers["ETag"]
    stage.world.clock.turn_by(2)
    changed = await ask(stage, "/", **{"If-None-Match": first.headers["ETag"]})
    assert (changed.status, "Жаңы скважина ачылды." in changed.page.text) == (200, True)
    stage.world.clock.turn_by(60)
    assert (await ask(stage, "/", **{"If-None-Match": changed.headers["ETag"]})).status == 304  # read anew, the same


async def test_what_time_brings_is_shown_and_what_is_retired_is_not(stage: Stage) -> None:
    await change(stage, retired_on=NOW.date())
    assert "Ичүүчү суу" not in (await ask(stage, "/")).page.text
    await change(stage, retired_on=None)
    stage.world.clock.turn_by(200 * 86_400)
    shown = (await ask(stage, "/")).page.text
    assert "22.04.2026 (мөөнөтү өттү: 22.10.2026)" in shown
    assert "Барактагы маалыматтын күнү: 20.11.2026" in shown


async def test_hostile_words_in_the_database_stay_words(stage: Stage) -> None:
    await change(stage, doing_ky='"><script>alert(1)</script>\u202e\x07', responsible="<b onclick=x>", phone="=1+1")
    shown = (await ask(stage, "/")).page
    assert '"><script>alert(1)</script> Жооптуу <b onclick=x>' in shown.text
    assert "script" not in [tag for tag, _ in shown.tags]
    assert "'=1+1" in (await ask(stage, "/issues.csv")).body.decode()


async def test_two_municipalities_are_listed_and_never_mixed(two_homes: Stage) -> None:
    front = (await ask(two_homes, "/")).page
    assert (len(front.all("article")), [link for link in front.links if link not in ("ru/", "en/")]) == (
        0,
        ["ak-bulak/", "kok-jar/"],
    )
    assert (await ask(two_homes, "/issues.json")).status == 404
    pages = {key: (await ask(two_homes, f"/{key}/ru/")).page for key in ("ak-bulak", "kok-jar")}
    assert "Ак-Булакский айылный аймак" in pages["ak-bulak"].text
    assert "город Кок-Жар" in pages["kok-jar"].text
    assert ("Кок-Жар" in pages["ak-bulak"].text, "Ак-Булак" in pages["kok-jar"].text) == (False, False)
    ids = {key: {article["id"] for article in page.all("article")} for key, page in pages.items()}
    assert ids["ak-bulak"].isdisjoint(ids["kok-jar"])
    assert [len(each) for each in ids.values()] == [25, 22]
    assert "../../ru/" in pages["kok-jar"].links
    await two_homes.bot.clockwork.stop()
    with reads_of(two_homes.bot.database, "issues") as lists:
        await asyncio.gather(*(ask(two_homes, f"/{key}/") for key in ("ak-bulak", "kok-jar", "nowhere") * 30))
        assert lists == []  # both were read a moment ago


async def test_an_installation_without_a_municipality_says_so(tmp_path: Path) -> None:
    async with Stage(tmp_path, NOW, homes=()) as empty:
        answer = await ask(empty, "/")
        assert (answer.status, answer.page.all("article")) == (200, [])
        assert "Тизме азырынча толтурула элек" in answer.page.text


async def test_with_an_address_of_its_own_the_page_says_it(stage: Stage) -> None:
    stage.settings = stage.settings.model_copy(update={"public_url": "https://aimak.example.kg/ashar"})
    await stage.restart()
    shown = (await ask(stage, "/ru/")).page
    assert {"rel": "canonical", "href": "https://aimak.example.kg/ashar/ru/"} in shown.all("link")
    assert (await ask(stage, "/nowhere")).page.links == ["https://aimak.example.kg/ashar/"] * 3
    assert json.loads((await ask(stage, "/issues.json")).body)["page"] == "https://aimak.example.kg/ashar/"


# --- as a folder ---


async def test_the_folder_holds_what_the_bot_serves(two_homes: Stage, tmp_path: Path) -> None:
    database, spoken = two_homes.bot.database, words()
    made = await site_files(database, spoken, NOW, key=None, bot=two_homes.bot.name)
    write_files(made, tmp_path / "site")
    for folder in ("", "en/", "kok-jar/", "ak-bulak/ru/"):
        served = (await ask(two_homes, f"/{folder}")).page
        written = Page((tmp_path / "site" / folder / "index.html").read_bytes())
        title = spoken.speaker({"en/": "en", "ak-bulak/ru/": "ru"}.get(folder, "ky"))("proof-receipt-title")
        text = served.text.replace(f" {title} ", " ")  # a folder cannot be asked, so the link to that is left out
        links = [link for link in served.links if link != "receipt"]
        assert (written.text, len(written.links)) == (text, len(links))
    assert (tmp_path / "site/kok-jar/issues.csv").read_bytes() == (await ask(two_homes, "/kok-jar/issues.csv")).body
    one = await site_files(database, spoken, NOW, key="kok-jar", bot="")
    assert sorted(one) == ["en/index.html", "index.html", "issues.csv", "issues.json", "ru/index.html"]
    with pytest.raises(NoSuchHome, match="«nowhere»; there are: ak-bulak, kok-jar"):
        await site_files(database, spoken, NOW, key="nowhere", bot="")


async def test_a_municipality_whose_key_is_cyrillic_is_reached(database: Database, home: Municipality) -> None:
    data = {"municipality": {"key": "көк-жар", "kind": "city", "name": {"ky": "Көк-Жар"}, "population": 10}}
    async with database.transaction() as db:
        await municipalities.take_in(db, data, catalogue(), NOW.date())
    made = await site_files(database, words(), NOW, key=None, bot="")
    assert "көк-жар/index.html" in made
    assert "%D0%BA%D3%A9%D0%BA-%D0%B6%D0%B0%D1%80/index.html" in Page(made["index.html"]).links
