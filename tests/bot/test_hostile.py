"""Is whatever somebody types, in any field of any form, kept and shown as it was typed, in both messengers, and never
taken for markup, a command, a formula or a fault? The forms are found in the table: a new one fails here until it is
said how it begins."""

import itertools
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from actions import announcing, confirming, publications
from actions.announcements import mark_of
from actions.petitions import pressure
from bot.app import words
from bot.site_folder import site_files
from civic.people import Role
from civic.petitions import PetitionKind, State
from civic.publications import PlaceKind
from exports.sheets import Row, as_xlsx
from handlers.announcements.presses import Part
from handlers.municipalities.places_file import columns
from handlers.table import table
from sandbox.chats import Person
from sandbox.inline import inline
from storage.municipalities import find_by_key
from storage.people import Messenger
from storage.vault import Vault
from talk.press import Press, unpack
from tests.announcements import CLERK, a_draft, a_sent_one
from tests.bot.buttons import ways_of
from tests.bot.conftest import Prepared
from tests.bot.crowd import a_crowd, a_neighbour, appointed, do, refused, rows
from tests.bot.test_forms import UNDONE
from tests.bot.test_petition_desk import a_petition
from tests.bot.test_petition_groups import a_group, the_people
from tests.bot.test_proposals import person_of
from tests.bot.walk import Begin, Teller, Walk, looks_around, wrong_with
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import on_stage
from tests.exports.safe import danger_in
from tests.hostile import EVERYTHING, FORMULAS, MARKUP
from tests.proposals import a_proposal

Prepares = Callable[[WhatsAppStage, Person], Awaitable[Begin]]


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared) -> AsyncIterator[WhatsAppStage]:
    """The bot of the aimak in both messengers."""
    prepared(("aimak",), tmp_path)
    pressure._told.clear()  # what this process remembers of other stages on the same day
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as opened:
        assert isinstance(opened, WhatsAppStage)
        yield opened


# --- how each form begins ---


def _at_once(press: str, chooses: dict[str, str] | None = None, **types: str) -> Prepares:
    async def begin(stage: WhatsAppStage, who: Person) -> Begin:
        async with stage.bot.database.transaction() as db:
            await the_people(db, [who])
        return Begin(press, chooses or {}, types)

    return begin


def _proposal(code: str, chooses: dict[str, str] | None = None, *, own: bool = False) -> Prepares:
    """A form about a fresh proposal; another one stands beside it to be merged into."""

    async def begin(stage: WhatsAppStage, who: Person) -> Begin:
        now = stage.world.clock.now()
        [neighbour] = await a_crowd(stage.bot.database, stage.world, 1, first=who.id + 500)
        async with stage.bot.database.transaction() as db:
            home = await find_by_key(db, "ak-bulak")
            assert home is not None
            author = await person_of(db, who if own else neighbour)
            first = await a_proposal(db, author, home, now, text=f"Көчөгө чырак коюлсун {who.id}")
            other = await a_proposal(db, author, home, now, text=f"Арыкты тазалоо керек болуп турат {who.id}")
            return Begin(code.format(first.id), chooses or {}, {"into": str(other.number)})

    return begin


def _draft(code: str, chooses: dict[str, str] | None = None, *, asked: bool = False, sent: bool = False) -> Prepares:
    """A form about an announcement that a colleague wrote."""

    async def begin(stage: WhatsAppStage, who: Person) -> Begin:
        now = stage.world.clock.now()
        [neighbour] = await a_crowd(stage.bot.database, stage.world, 1, first=who.id + 500)
        async with stage.bot.database.transaction() as db:
            home = await find_by_key(db, "ak-bulak")
            assert home is not None
            author = await person_of(db, neighbour)
            draft = await (a_sent_one if sent else a_draft)(db, home, author, now)
            if asked:
                await announcing.ask(db, draft.id, mark_of(draft), author, CLERK, now)
            return Begin(code.format(draft.id), chooses or {})

    return begin


def _group(
    code: str, to: State, chooses: dict[str, str] | None = None, kind: PetitionKind = PetitionKind.PETITION
) -> Prepares:
    """A form about a petition that person leads."""

    async def begin(stage: WhatsAppStage, who: Person) -> Begin:
        number, _, _ = await a_group(stage, [who], kind=kind, to=to)
        return Begin(code.format(number), chooses or {})

    return begin


def _desk(code: str, state: State, chooses: dict[str, str] | None = None, **types: str) -> Prepares:
    """A form of staff about somebody else's petition."""

    async def begin(stage: WhatsAppStage, who: Person) -> Begin:
        [leader] = await a_crowd(stage.bot.database, stage.world, 1, first=who.id + 500)
        number = await a_petition(stage, leader, state=state)
        [(sheet,)] = await rows(stage.bot.database, "SELECT MAX(id) FROM petition_sheets")
        day = stage.world.clock.now()
        said = {
            key: text.format(f"{day:%d.%m.%Y}", f"{day + timedelta(days=100):%d.%m.%Y}") for key, text in types.items()
        }
        return Begin(code.format(number, sheet), chooses or {}, said)

    return begin


async def _at_the_counter(stage: WhatsAppStage, who: Person) -> Begin:
    """Somebody stands there with a code."""
    [neighbour] = await a_crowd(stage.bot.database, stage.world, 1, first=who.id + 500)
    async with stage.bot.database.transaction() as db:
        person, key = await person_of(db, neighbour), stage.settings.secret_key
        assert key is not None
        vault = Vault(key.get_secret_value())
        return Begin("gk", {}, {"code": confirming.code_of(person, stage.world.clock.now(), vault=vault)})


async def _in_a_group(stage: WhatsAppStage, who: Person) -> Begin:
    """A linked group in which something is asked; the options are typed one on each line."""
    group = stage.world.add_group("<b>Көчө</b> & *базар*", who)
    group.bot_status, group.bot_was_here = "member", True
    async with stage.bot.database.transaction() as db:
        [staff] = await the_people(db, [who])
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        place, _ = await publications.link_place(
            db,
            home,
            staff,
            CLERK,
            stage.world.clock.now(),
            messenger=Messenger.TELEGRAM,
            address=str(group.id),
            kind=PlaceKind.GROUP,
            title=group.title or "",
            name="",
        )
        return Begin(f"qon:{place.id}", {}, {"options": "=1+1\n<b>2</b>\n*3* @name"})


async def _places(stage: WhatsAppStage, who: Person) -> Begin:
    """A spreadsheet of villages and streets with names that a spreadsheet would take for formulas."""
    rows = [
        Row({"village_ky": f"{text[:20]} айылы {n}", "street_ky": f"{text[:20]} көчөсү", "residents": n})
        for n, text in enumerate((*FORMULAS, *MARKUP), 1)
    ]
    return Begin("ups", paper=("<b>=1+1.xlsx", as_xlsx(columns(words()), rows, "ky", "=1+1")))


BEGINS: dict[str, list[Prepares]] = {
    "gk": [_at_the_counter],
    "qon": [_in_a_group],
    "kd": [_at_once("kd:3")],
    "kw": [_at_once("kw:4")],
    "kt": [_at_once("kt:21")],
    "kn": [_at_once("kn", {"which": "own"})],
    "km": [_at_once("km:21")],
    "hi": [_at_once("hi")],
    "tel": [_at_once("tel")],
    "res": [_at_once("res")],
    "mv": [_at_once("mv")],
    "gi": [_at_once("gi")],
    "ue": [_at_once("ue")],
    "ua": [_at_once("ua", population="28500")],
    "uce": [
        _at_once("uce:address"),
        _at_once("uce:hours"),
        _at_once("uce:phone", phone="+996 312 62 33 00"),
        _at_once("uce:email", email="aimak@example.kg"),
    ],
    "uf": [_at_once("uf")],
    "unc": [_at_once("unc:assembly_notice_days")],
    "upa": [_at_once("upa", lines="Жаңы-Айыл")],
    "uvp": [_at_once("uvp:1")],
    "uva": [_at_once("uva:1", lines="Жаңы көчө")],
    "uvr": [_at_once("uvr:1", line="Ак-Булак")],
    "usr": [_at_once("usr:1", line="Манас")],
    "ups": [_places],
    "uwa": [_at_once("uwa:2027:0:")],
    "uta": [_at_once("uta")],
    "uxs": [_at_once("uxs:signing")],
    "pun": [_at_once("pun:board"), _at_once("pun:site"), _at_once("pun:event"), _at_once("pun:social")],
    "sw": [_proposal("sw:{}", own=True)],
    "sr": [_proposal("sr:proposal:{}")],
    "sa": [_at_once("sa:", {"place": "0"})],
    "stg": [_proposal("stg:{}")],
    "stn": [_proposal("stn:{}")],
    "sts": [_proposal("sts:{}")],
    "stc": [
        _proposal("stc:{}", {"state": to, "template": "own"}) for to in ("included", "out-of-competence", "rejected")
    ],
    "stm": [_proposal("stm:{}")],
    "ste": [_at_once("ste", {"place": "0"})],
    "stw": [_at_once("stw")],
    "svr": [_proposal("svr:proposal:{}")],
    "ow": [
        _at_once("ow", {"crowd": crowd, "when": "now"})
        for crowd in ("everybody", "villages", "streets", "issue", "staff")
    ],
    "ocp": [_draft("ocp:{}:" + part, {"crowd": "everybody", "when": "now"}) for part in Part],
    "on": [_draft("on:{}", asked=True)],
    "ok": [_draft("ok:{}", sent=True)],
    "otk": [_draft("otk:{}")],
    "en": [_at_once("en", name="Айгүл О'Коннор-Асанова")],
    "ek": [_group("ek:{}", State.OPEN)],
    "eb": [_at_once(f"eb:{kind}:3", {"adult": "yes", "like": "own", "place": "0"}) for kind in PetitionKind],
    "ee": [
        _group("ee:{}", State.DRAFT, {"part": part}, PetitionKind.ASSEMBLY)
        for part in ("title", "demand", "reasons", "where")
    ],
    "eaw": [_group("eaw:{}", State.OPEN)],
    "eaa": [_group("eaa:{}", State.REJECTED)],
    "eas": [_group("eas:{}", State.OPEN)],
    "eds": [_desk("eds:{}", State.CHECKING)],
    "edr": [_desk("edr:{}", State.CHECKING)],
    "edj": [_desk("edj:{}", State.CHECKING, {"why": "out-of-competence"})],
    "edx": [_desk("edx:{}", State.OPEN)],
    "ede": [_desk("ede:{}", State.OPEN, until="{1}")],
    "edg": [_desk("edg:{}", State.HANDED_OVER)],
    "eda": [_desk("eda:{}", State.REGISTERED)],
    "edk": [_desk("edk:{}", State.REGISTERED, on="{0}")],
    "er": [_desk("er:{}", State.OPEN, lines="Айгүл Асанова, -, =1+1 <b>Манас</b>")],
    "erx": [_desk("erx:{}:{}", State.OPEN)],
    "eci": [_desk("eci:{}:", State.OPEN, {"by": "hours"}, since="01.01.2026 00:00")],
}
TELEGRAM_ONLY = {"uf"}  # whoever set the bot up is named by a number of Telegram
LAST = "uxs"  # a stop is the end of some of the others
ENDING = re.compile(r"(-[0-9]+)*(-(ky|ru|en))?(-[0-9]+)*(?=[.])")  # the numbers, language and day in a name
GIVEN = {
    *("board.pdf", "event.pdf", "petition.pdf", "petition.xlsx", "sheet.pdf"),
    *("ak-bulak.xlsx", "ak-bulak-places.xlsx", "ak-bulak-sunushtar.xlsx", "menin-maalymatym.txt"),
    *("index.html", "ru/index.html", "en/index.html", "issues.json", "issues.csv"),
}
A_MINUTE = 15  # messages that WhatsApp lets somebody have at once
FORMS = {kind.code: kind for kind in sorted(table.forms, key=lambda kind: kind.code == LAST)}


def test_of_every_form_it_is_said_how_it_begins() -> None:
    assert {kind.__name__ for code, kind in FORMS.items() if code not in BEGINS} == set()
    assert BEGINS.keys() - FORMS.keys() == set()


async def somebody(stage: WhatsAppStage, form: type[Press], number: int) -> Person:
    """Somebody who may fill in that form, and for whom it has something to ask."""
    if form.code == "hi":
        return a_neighbour(stage.world, number)
    if form.code == "uf":
        return stage.world.person("gulnara")
    [person] = await a_crowd(stage.bot.database, stage.world, 1, first=number)
    if table.forms[form].right is not None or form.code in ("er", "erx"):
        for role in Role:
            await appointed(stage.bot.database, person, role)
    if form in UNDONE:
        query = "SELECT person_id FROM accounts WHERE address = :known"
        [(known,)] = await rows(stage.bot.database, query, known=str(person.id))
        await do(stage.bot.database, UNDONE[form], n=known)
    return person


async def walked(stage: WhatsAppStage, first: int, *messengers: Messenger) -> Walk:
    """Every form, filled in by people of their own, in the messengers in turn; each then looks where it led."""
    tellers = {each: Teller(stage, each) for each in messengers}
    walk = Walk(tellers[messengers[0]], EVERYTHING, first)
    people: list[tuple[Teller, Person]] = []
    turns, ways = itertools.cycle(messengers), [(code, each) for code in FORMS for each in BEGINS[code]]
    for number, (code, prepares) in enumerate(ways, 1_001):
        form, messenger = FORMS[code], next(turns)
        if code in TELEGRAM_ONLY and messenger is not Messenger.TELEGRAM:
            continue
        teller = walk.teller = tellers[messenger]
        who = await somebody(stage, form, number)
        begin = Begin("hi") if code == "hi" else await prepares(stage, who)
        await teller.moves_in(who)
        await walk.fill(who, form, begin)
        walk.wrong += wrong_with(walk, teller, who)
        shown = [way for each in teller.sees(who)[-2:] for way in each.ways]
        await looks_around(walk, teller, who, [way for way in shown if is_read(way)][:3], each=1, most=3)
        people.append((teller, who))
    await stage.bot.clockwork.run_all()
    await stage.settled()
    for teller, who in people:  # letters too
        walk.wrong += wrong_with(walk, teller, who)
    return walk


def is_read(way: str) -> bool:
    """Whether that button only shows something."""
    press = unpack(way)
    return press is not None and type(press) in table.presses and table.presses[type(press)].reads


async def a_reader(stage: WhatsAppStage, teller: Teller, number: int) -> Person:
    """Somebody with every role."""
    [reader] = await a_crowd(stage.bot.database, stage.world, 1, first=number)
    for role in Role:
        await appointed(stage.bot.database, reader, role)
    await teller.moves_in(reader)
    return reader


async def everything_seen(stage: WhatsAppStage, walk: Walk, *, each: int) -> None:
    """Readers with every role go through all that there is to see, in both messengers, and search it."""
    teller, number = Teller(stage, Messenger.TELEGRAM), itertools.count(3_001)
    reader = await a_reader(stage, teller, next(number))
    starts = [press.pack() for press in table.commands.values() if is_read(press.pack())]
    ways = await looks_around(walk, teller, reader, starts, each=each, most=400)
    led = [kind for kind, route in table.presses.items() if route.reads and kind not in set(map(kind_of, ways))]
    await looks_around(walk, teller, reader, [way for kind in led for way in ways_of(kind)], each=0, most=400)
    for kind in table.typed_at:
        await teller.presses(reader, ways_of(kind)[0])
        text, _, _ = walk.hostile(1, 200)
        await teller.says(reader, text)
        await inline(stage.world, reader, walk.sendable(200))
        await stage.settled()
        walk.wrong += wrong_with(walk, teller, reader)
    await teller.says(reader, "/cancel")
    teller = Teller(stage, Messenger.WHATSAPP)
    for first in range(0, len(ways), A_MINUTE):
        reader = await a_reader(stage, teller, next(number))
        await looks_around(walk, teller, reader, ways[first : first + A_MINUTE], each=0, most=A_MINUTE)


async def every_paper(stage: WhatsAppStage, walk: Walk) -> None:
    """What is given away as a file and lies on nobody's way: a petition's list, poster and sheet; the public page."""
    teller, ways = Teller(stage, Messenger.TELEGRAM), list[tuple[Person, str]]()
    reader = await a_reader(stage, teller, 3_901)
    for state in ("open", "registered"):
        query = "SELECT MAX(id) FROM petitions WHERE state = :state"
        [(number,)] = await rows(stage.bot.database, query, state=state)
        ways += [(reader, f"edf:{number}:pdf"), (reader, f"edf:{number}:xlsx")]
    [lead] = await a_crowd(stage.bot.database, stage.world, 1, first=3_902)
    number, _, _ = await a_group(stage, [lead], to=State.OPEN)
    await do(
        stage.bot.database,
        "UPDATE petitions SET title = :title, demand = :demand WHERE id = :id",
        title=walk.hostile(10, 120)[2],
        demand=walk.hostile(10, 1_000)[2],
        id=number,
    )
    ways += [(reader, "pup:event:ru"), (lead, f"etp:{number}:ky"), (lead, f"etp:{number}:ru"), (lead, f"ets:{number}")]
    for who, way in ways:
        await teller.presses(who, way)
        walk.wrong += wrong_with(walk, teller, who)
    made = await site_files(stage.bot.database, words(), stage.world.clock.now(), key=None, bot="sandbox_bot")
    walk.wrong += [f"{name}: {danger}" for name, content in made.items() if (danger := danger_in(name, content))]
    walk.opened |= {content: name for name, content in made.items()}


def kind_of(way: str) -> type[Press]:
    """What kind of press that is."""
    return type(unpack(way))  # type: ignore[return-value]


def all_well(stage: WhatsAppStage, walk: Walk) -> None:
    """Everything was accepted and shown as it was typed, in every field of every form."""
    assert list(dict.fromkeys(walk.wrong)) == []
    assert walk.asked - walk.taken == set()
    assert len(walk.kept) >= len(walk.taken) > len(FORMS)
    given = {ENDING.sub("", name).removeprefix("ak-bulak/") for name in walk.opened.values()}  # alone it has no folder
    assert given >= GIVEN, f"no longer given away: {GIVEN - given}"
    assert refused(stage.calls(0)) == []


async def test_whatever_is_typed_into_any_form_is_shown_as_it_was_typed_in_both_messengers(
    stage: WhatsAppStage,
) -> None:
    walk = await walked(stage, 1, *[Messenger.TELEGRAM] * 3, Messenger.WHATSAPP)
    await everything_seen(stage, walk, each=1)
    await every_paper(stage, walk)
    all_well(stage, walk)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, len(EVERYTHING), 8))
@pytest.mark.parametrize("messenger", list(Messenger))
async def test_every_text_is_shown_as_it_was_typed_into_every_form(
    stage: WhatsAppStage, messenger: Messenger, first: int
) -> None:
    walk = await walked(stage, first, messenger)
    await everything_seen(stage, walk, each=3)
    await every_paper(stage, walk)
    all_well(stage, walk)
