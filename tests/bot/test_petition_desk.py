"""Do staff work on petitions as they may: one decides at a time, once, and every look at names is written down?"""

import io
from datetime import timedelta

import openpyxl
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import invalidating, paper, registering, signing
from actions.petitions.paper import Keyed
from civic.people import Role
from civic.petitions import PetitionKind, Standing, State
from exports.signers import Signer, checksum
from handlers.table import table
from sandbox.chats import Person
from storage.municipalities import get_municipality
from storage.people import Account, accounts_at
from storage.people import Person as Known
from storage.petitions import Flag, Invalidation, Petition, Signature, find_member
from tests.bot.crowd import a_crowd, appointed, do, pour, pressed, refused, rows, said, to, wrote
from tests.cast import VAULT
from tests.conversations.stage import BISHKEK, Stage
from tests.petitions import TREES, an_open_petition

LOCKED = "Муну азыр башка кызматкер карап жатат"
DECIDED = "Бул боюнча чечим чыгып калды"


async def staff(stage: Stage, *roles: Role, first: int, home: str = "ak-bulak") -> Person:
    """Somebody of that municipality with these roles."""
    [person] = await a_crowd(stage.bot.database, stage.world, 1, first=first, key=home)
    for role in roles:
        await appointed(stage.bot.database, person, role, home)
    return person


async def known(db: AsyncSession, person: Person) -> Known:
    return (await accounts_at(db, [("telegram", str(person.id))]))["telegram", str(person.id)].person


async def a_petition(
    stage: Stage, leader: Person, *, state: State = State.CHECKING, kind: PetitionKind = PetitionKind.PETITION
) -> int:
    """A petition of that person in that state, with a sheet of paper when signatures were gathered; its number."""
    now = stage.world.clock.now()
    today = now.astimezone(BISHKEK).date()
    async with stage.bot.database.transaction() as db:
        person = await known(db, leader)
        home = await get_municipality(db, person.municipality_id or 0)
        signing.introduce(db, person, "Бакыт Токтосунов", now, vault=VAULT, shown=True)
        petition = await an_open_petition(db, home, person, now, needs=1, kind=kind)
        if kind is PetitionKind.PETITION:
            await signing.sign(db, petition, None, person, home, now, today, vault=VAULT)
        member = await find_member(db, petition.id, person.id)
        if kind is PetitionKind.PETITION:
            lines = [Keyed("Айгүл Асанова", None, "=1+1")]
            await paper.enter(db, petition, member, person, frozenset(), home, "f" * 64, lines, now, vault=VAULT)
        neighbours = update(Account).where(Account.address.startswith("8"))  # nobody reads what they are told
        await db.execute(neighbours.values(stopped_at=now))
        if state is State.CHECKING:
            petition.state, petition.check_until = state, today + timedelta(days=3)
        if state in (State.HANDED_OVER, State.REGISTERED):
            await registering.hand_over(db, petition, member, person, home, now, today)
        if state is State.REGISTERED:
            clerk = frozenset({Role.CLERK})
            await registering.register(db, petition, person, clerk, home, "04-12", today, now, today)
        return petition.id


async def said_after(stage: Stage, who: Person, *presses: str) -> list[str]:
    """What the person is told, alerts too, after these presses one by one."""
    since = stage.world.calls
    for press in presses:
        await pour(stage, [pressed(who, press)])
    calls = stage.calls(since)
    alerts = [str(call.params.get("text") or "") for call in calls if call.method == "answerCallbackQuery"]
    return [*said(to(calls, who)), *alerts]


async def test_of_two_clerks_the_one_who_came_first_decides_and_after_a_quarter_of_an_hour_the_other_may(
    stage: Stage,
) -> None:
    asel = await staff(stage, Role.CLERK, first=4_001)
    bermet = await staff(stage, Role.CLERK, first=4_002)
    number = await a_petition(stage, await staff(stage, first=4_003))
    await pour(stage, [pressed(asel, f"edt:{number}"), pressed(bermet, f"edt:{number}")])
    [(holder,)] = await rows(stage.bot.database, "SELECT lock_by FROM petitions")
    for press in (f"edt:{number}", f"edo:{number}", f"edy:{number}", f"edr:{number}", f"edj:{number}"):
        assert any(LOCKED in words for words in await said_after(stage, bermet, press)), press
    stage.world.clock.turn_by(timedelta(minutes=16))
    assert not any(LOCKED in words for words in await said_after(stage, bermet, f"edt:{number}"))
    assert await rows(stage.bot.database, "SELECT lock_by FROM petitions") != [(holder,)]


async def test_two_clerks_who_press_open_at_the_same_moment_open_it_once(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_011)
    bermet = await staff(stage, Role.CLERK, first=4_012)
    number = await a_petition(stage, await staff(stage, first=4_013))
    await pour(stage, [pressed(who, f"edy:{number}") for who in (asel, bermet, asel)])
    decided = await rows(stage.bot.database, "SELECT actor_id FROM journal WHERE event = 'petition.decided'")
    assert len(decided) == 1
    assert await rows(stage.bot.database, "SELECT state FROM petitions") == [("open",)]
    assert any(DECIDED in words for words in await said_after(stage, bermet, f"edy:{number}"))


async def test_an_old_button_opens_no_text_that_was_changed_since_it_was_read(stage: Stage) -> None:
    """Given back by a colleague, bettered and sent anew: what stands under the button is not what was read."""
    asel = await staff(stage, Role.CLERK, first=4_015)
    number = await a_petition(stage, await staff(stage, first=4_016))
    await pour(stage, [pressed(asel, f"edo:{number}")])
    keyboard = stage.world.last(asel.id).json["reply_markup"]["inline_keyboard"]
    [opens] = [button["callback_data"] for row in keyboard for button in row if "edy:" in button["callback_data"]]
    await do(stage.bot.database, "UPDATE petitions SET demand = demand || ' Акимди кетирели!'")
    assert any("тексти өзгөрдү" in words for words in await said_after(stage, asel, opens))
    assert await rows(stage.bot.database, "SELECT state FROM petitions") == [("checking",)]
    await do(stage.bot.database, "UPDATE petitions SET demand = replace(demand, ' Акимди кетирели!', '')")
    await pour(stage, [pressed(asel, opens)])
    assert await rows(stage.bot.database, "SELECT state FROM petitions") == [("open",)]


async def test_a_confirmation_that_is_pressed_twice_is_done_once(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_021)
    number = await a_petition(stage, await staff(stage, first=4_022), state=State.REGISTERED)
    await pour(stage, [pressed(asel, f"ed:{number}"), wrote(asel, "Быйыл күзүндө тигебиз.")])
    [(draft,)] = await rows(stage.bot.database, "SELECT number FROM drafts")
    for answer in ("russian:", "accepted:yes", "file:"):
        await pour(stage, [pressed(asel, f"a:{draft}:{answer}")])
    await pour(stage, [pressed(asel, f"a:{draft}:sure:yes")] * 3)
    answered = await rows(stage.bot.database, "SELECT details FROM journal WHERE event = 'petition.answered'")
    assert len(answered) == 1
    [(words, state)] = await rows(stage.bot.database, "SELECT answer, state FROM petitions")
    assert (words, state) == ("Быйыл күзүндө тигебиз.", "answered")


async def test_an_answer_is_typed_only_where_one_is_due(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_031)
    number = await a_petition(stage, await staff(stage, first=4_032), state=State.HANDED_OVER)
    await pour(stage, [pressed(asel, f"ed:{number}"), wrote(asel, "Быйыл күзүндө тигебиз.")])
    assert await rows(stage.bot.database, "SELECT number FROM drafts WHERE dropped_at IS NULL") == []


async def test_the_queue_counts_working_days_by_the_calendar_of_the_municipality(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_035)
    await a_petition(stage, await staff(stage, first=4_036), state=State.REGISTERED)
    assert await first_of(stage, asel) == "1. ⏳ Петицияга жооп · 14 иш күнү калды"
    day_off = "INSERT INTO day_exceptions (municipality_id, day, works, name_ky, name_ru) VALUES (1, :d, :w, 'x', '')"
    await do(stage.bot.database, day_off, d="2026-05-20", w=False)
    assert await first_of(stage, asel) == "1. ⏳ Петицияга жооп · 13 иш күнү калды"
    stage.world.clock.turn_by(timedelta(days=17))  # Thursday; the 25th is a Monday
    assert await first_of(stage, asel) == "1. 🔴 Петицияга жооп · 2 иш күнү калды"
    stage.world.clock.turn_by(timedelta(days=5))
    assert await first_of(stage, asel) == "1. ⚠️ Петицияга жооп · кечикти: 1 иш күнү"


async def first_of(stage: Stage, who: Person) -> str:
    """The first row of the queue, without the title."""
    since = stage.world.calls
    await pour(stage, [pressed(who, "eq::0")])
    shown = [call.params.get("reply_markup") for call in to(stage.calls(since), who)]
    return str(next(one for one in shown if one)["inline_keyboard"][0][0]["text"]).partition(" · Манас")[0]


EVERY = [kind for kind in (*table.presses, *table.forms) if kind.code[:2] in ("ed", "er", "ec")]
STAFFS = [kind for kind in EVERY if (table.presses.get(kind) or table.forms[kind]).right is not None]


def ways(number: int, code: str) -> str:
    """The press of that code on a real petition, sheet, flag or invalidation, which all have that number."""
    return {"edf": f"edf:{number}:pdf", "ers": f"ers:{number}:0"}.get(
        code, f"{code}:{number}:1" if code in ("ero", "erp", "erx") else f"{code}:{number}"
    )


async def test_residents_deputies_and_staff_of_elsewhere_reach_nothing(two_homes: Stage) -> None:
    leader = await staff(two_homes, first=4_041)
    number = await a_petition(two_homes, leader, state=State.HANDED_OVER)
    resident = await staff(two_homes, first=4_042)
    deputy = await staff(two_homes, Role.DEPUTY, Role.MONITORING, first=4_043)
    elsewhere = await staff(two_homes, *Role, first=4_044, home="kok-jar")
    before = await rows(two_homes.bot.database, "SELECT * FROM petitions")
    for kind in EVERY:
        for who in (resident, deputy, elsewhere, *((leader,) if kind in STAFFS else ())):
            heard = " ".join(await said_after(two_homes, who, ways(number, kind.code)))
            assert TREES.title not in heard, (kind, who.id)
            assert "Токтосунов" not in heard, (kind, who.id)
    assert await rows(two_homes.bot.database, "SELECT * FROM petitions") == before
    opened = "SELECT COUNT(*) FROM journal WHERE event = 'petition.signers-opened'"
    assert await rows(two_homes.bot.database, opened) == [(0,)]
    assert refused(two_homes.calls(0)) == []


async def test_no_screen_of_the_desk_costs_more_statements_than_it_declares(stage: Stage) -> None:
    head = await staff(stage, Role.HEAD, first=4_051)
    leader = await staff(stage, first=4_052)
    checking = await a_petition(stage, leader)
    for press in (f"ed:{checking}", f"edt:{checking}", f"ed:{checking}", f"edo:{checking}", f"edl:{checking}"):
        await pour(stage, [pressed(head, press)])
    await pour(stage, [pressed(head, f"edy:{checking}")])
    handed = await a_petition(stage, leader, state=State.REGISTERED)
    for press in ("eq::0", "t", f"ed:{handed}", f"edn:{handed}", f"edf:{handed}:pdf", f"edf:{handed}:xlsx"):
        await pour(stage, [pressed(head, press)])
    for press in (f"edu:{handed}", f"edm:{handed}"):
        await pour(stage, [pressed(head, press)])
    for press in (f"ers:{handed}:0", f"ero:{handed}:2", f"erp:{handed}:2"):
        await pour(stage, [pressed(head, press)])
    async with stage.bot.database.transaction() as db:
        petition = await db.get(Petition, checking)
        assert petition is not None
        common = {"municipality_id": petition.municipality_id, "petition_id": checking, "at": stage.world.clock.now()}
        db.add(Flag(link_id=1, kind="burst", window="2026-05-04T12", count=25, **common))
        db.add(Invalidation(criteria={"village": 1}, reason="…", by=1, found=2, done=1, **common))
    for press in ("ecf:1", "ecs:1", "ecq:1", "ecc:1", "ecu:1", f"ecl:{checking}", "eq:flagged:0"):
        await pour(stage, [pressed(head, press)])
    declared = {kind.code: route.statements for kind, route in table.presses.items()}
    spent = stage.bot.turns.spent
    ours = {kind.code for kind in EVERY if kind in table.presses} | {"eq", "t"}
    assert ours <= set(spent)
    assert {code: (spent[code], declared[code]) for code in ours if spent[code] > declared[code]} == {}
    assert refused(stage.calls(0)) == []


async def test_the_list_of_signers_names_everybody_once_and_the_journal_says_who_took_it(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_061)
    leader = await staff(stage, first=4_062)
    number = await a_petition(stage, leader, state=State.HANDED_OVER)
    await pour(stage, [pressed(asel, f"edf:{number}:xlsx")])
    [sent] = [post.json["document"] for post in stage.world.from_bot(asel.id) if "document" in post.json]
    kept = stage.world.files.find(sent["file_id"])
    assert kept is not None
    sheet, about = openpyxl.load_workbook(io.BytesIO(kept.data)).worksheets
    day = stage.world.clock.now().astimezone(BISHKEK).date()
    listed = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert [row[:3] for row in listed] == [(1, "бот", "Бакыт Токтосунов"), (2, "кагаз", "Айгүл Асанова")]
    assert any("Бакыт Токтосунов" in str(row[1].value) for row in about.iter_rows())  # the group stands on it too
    texts = [[str(cell or "") for cell in row[1:5]] for row in listed]
    signers = [Signer(kind, name, village, street, day) for kind, name, village, street in texts]
    assert checksum(signers) in {cell.value for row in about.iter_rows() for cell in row}
    journal = "SELECT details, actor_id FROM journal WHERE event = 'petition.signers-opened'"
    [(details, actor)] = await rows(stage.bot.database, journal)
    assert '"xlsx"' in details
    assert "Токтосунов" not in details
    assert actor is not None


async def test_hundreds_are_taken_out_in_pieces_with_progress_and_put_back(stage: Stage) -> None:
    head = await staff(stage, Role.HEAD, first=4_071)
    number = await a_petition(stage, await staff(stage, first=4_072))
    await do(stage.bot.database, "UPDATE petitions SET state = 'open'")
    crowd = await a_crowd(stage.bot.database, stage.world, 260, first=5_001)
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        found = await accounts_at(db, [("telegram", str(each.id)) for each in crowd])
        petition = await db.get(Petition, number)
        assert petition is not None
        home = await get_municipality(db, petition.municipality_id)
        for account in found.values():
            signing.introduce(db, account.person, "Тургун Асанов", now, vault=VAULT, shown=False)
            account.stopped_at = now
            await signing.sign(db, petition, None, account.person, home, now, now.date(), vault=VAULT)
    await pour(stage, [pressed(head, f"eci:{number}:")])
    [(draft,)] = await rows(stage.bot.database, "SELECT number FROM drafts")
    await pour(stage, [pressed(head, f"a:{draft}:by:unconfirmed"), pressed(head, f"a:{draft}:since:")])
    await pour(stage, [wrote(head, "Бир дүкөндөн коюлган")])
    since = stage.world.calls
    await pour(stage, [pressed(head, f"a:{draft}:sure:yes")] * 2)
    assert any(f"{invalidating.PIECE} / 261" in words for words in said(to(stage.calls(since), head)))
    assert await rows(stage.bot.database, "SELECT found, done FROM petition_invalidations") == [(261, 200)]
    await stage.bot.clockwork.run_all()
    assert await rows(stage.bot.database, "SELECT done, finished_at IS NULL FROM petition_invalidations") == [(261, 0)]
    assert await rows(stage.bot.database, "SELECT signed, on_paper FROM petitions") == [(0, 1)]
    await pour(stage, [pressed(head, "ecu:1")] * 2)
    assert await rows(stage.bot.database, "SELECT signed, on_paper FROM petitions") == [(261, 1)]
    async with stage.bot.database.transaction() as db:
        standing = await db.scalars(select(Signature.standing))
        assert set(standing) == {Standing.COUNTED}


async def test_a_norm_making_initiative_has_counts_by_sheet_and_no_list(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_081)
    leader = await staff(stage, first=4_082)
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        person = await known(db, leader)
        home = await get_municipality(db, person.municipality_id or 0)
        signing.introduce(db, person, "Бакыт Токтосунов", now, vault=VAULT, shown=True)
        number = (await an_open_petition(db, home, person, now, needs=5, kind=PetitionKind.NORM)).id
    await pour(stage, [pressed(asel, f"er:{number}")])
    [(draft,)] = await rows(stage.bot.database, "SELECT number FROM drafts")
    await do(stage.bot.database, "UPDATE drafts SET answers = :a", a=f'{{"photo": "{"a" * 64}сүрөт"}}')
    await pour(stage, [wrote(asel, "201"), wrote(asel, "12"), pressed(asel, f"a:{draft}:sure:yes")])
    assert await rows(stage.bot.database, "SELECT on_paper, signed FROM petitions") == [(12, 0)]
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM petition_lines") == [(0,)]
    await pour(stage, [pressed(asel, f"edf:{number}:pdf")])
    opened = "SELECT COUNT(*) FROM journal WHERE event = 'petition.signers-opened'"
    assert await rows(stage.bot.database, opened) == [(0,)]
