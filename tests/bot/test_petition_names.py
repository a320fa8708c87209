"""Who reads which names: the municipality those of the group and of the signers, residents those who let themselves be
shown; and does everybody see who opened what?"""

from datetime import timedelta

from sqlalchemy import select

from actions.petitions import clock, group, signing
from civic.people import Role
from civic.petitions import PetitionKind, Standing, State
from sandbox.chats import Person
from storage.municipalities import find_by_key
from storage.petitions import Member, Petition, Signature
from tests.bot.crowd import a_crowd, do, pour, pressed, rows
from tests.bot.test_petition_desk import a_petition, known, said_after, staff
from tests.bot.test_petition_groups import a_group
from tests.cast import VAULT
from tests.conversations.stage import Stage

LATER, NOBODYS = "Муну кылууга азырынча эрте", "мындай нерсе жок"
GONE = "петиция башка абалга өттү"
HISTORY_CLERK = "Айыл өкмөтү же мэрия {} · айыл өкмөтүнүн же мэриянын кызматкери"


async def test_staff_read_who_asks_for_an_assembly_and_everybody_sees_that_they_did(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_001)
    deputy = await staff(stage, Role.DEPUTY, Role.MODERATOR, first=4_002)
    lead, member, reader = await a_crowd(stage.bot.database, stage.world, 3)
    number, _, _ = await a_group(stage, [lead, member], kind=PetitionKind.ASSEMBLY)
    await do(stage.bot.database, "UPDATE petitions SET about = :a", a='{"place": "Клуб", "people": "120"}')
    on_it = "FROM streets s JOIN villages v ON v.id = s.village_id WHERE s.id = 1"
    [(village, street)] = await rows(stage.bot.database, f"SELECT v.name_ky, s.name_ky {on_it}")
    lives = "UPDATE people SET street_id = 1, village_id = (SELECT village_id FROM streets WHERE id = 1)"
    await do(stage.bot.database, lives)
    assert any(
        NOBODYS in words for words in await said_after(stage, asel, f"edm:{number}")
    )  # a draft is the group's own
    await do(stage.bot.database, "UPDATE petitions SET state = 'handed-over', handed_over_at = begun_at")

    read = await said_after(stage, asel, f"edm:{number}")
    lines = [line for words in dict.fromkeys(read) for line in words.splitlines() if line[:2] in ("1.", "2.")]
    assert len(lines) == 2
    assert lines[0].endswith(f", {village}, {street} (жетекчиси)")
    assert all(len(line.split(",")[0].split()) == 3 for line in lines)  # number, first name, surname in full
    assert any("Клуб" in words and "120" in words for words in read)
    assert not any(village in words for words in await said_after(stage, deputy, f"edm:{number}"))

    history, *_ = [words for words in await said_after(stage, reader, f"ew:{number}:0") if "🔒" in words]
    assert HISTORY_CLERK.format("демилгелүү топтун толук тизмесин ачты") in history
    await said_after(stage, asel, f"edm:{number}")  # twice a day is one letter
    told = await rows(stage.bot.database, "SELECT person_id, arguments FROM outbox WHERE key = 'petition-list-opened'")
    async with stage.bot.database.transaction() as db:
        assert [row[0] for row in told] == [(await known(db, lead)).id]
    assert "clerk" in told[0][1]

    await do(stage.bot.database, "UPDATE petitions SET anonymised_at = begun_at")
    assert any(GONE in words for words in await said_after(stage, asel, f"edm:{number}"))
    assert not any("Топтун толук тизмеси" in words for words in await said_after(stage, asel, f"ed:{number}"))


async def test_the_history_says_which_office_opened_the_list_and_never_calls_a_member_the_municipality(
    stage: Stage,
) -> None:
    asel = await staff(stage, Role.CLERK, first=4_011)
    head = await staff(stage, Role.HEAD, first=4_012)
    leader = await staff(stage, Role.CLERK, first=4_013)  # works there and is in the group
    number = await a_petition(stage, leader, state=State.HANDED_OVER)
    await pour(stage, [pressed(asel, f"edf:{number}:pdf"), pressed(head, f"edf:{number}:xlsx")])
    await pour(stage, [pressed(asel, f"erp:{number}:1"), pressed(leader, f"erp:{number}:1")])
    history, *_ = [words for words in await said_after(stage, leader, f"ew:{number}:0") if "🔒" in words]
    opened = [line for line in history.splitlines() if "🔒" in line]
    assert [line.partition("🔒 ")[2] for line in opened] == [
        "Топтун мүчөсү кол коюлган барактын сүрөтүн ачты",
        HISTORY_CLERK.format("кол коюлган барактын сүрөтүн ачты"),
        "Айыл өкмөтү же мэрия кол койгондордун тизмесин ачты (XLSX) · айыл өкмөтүнүн башчысы же мэр",
        HISTORY_CLERK.format("кол койгондордун тизмесин ачты (PDF)"),
    ]
    assert all("04.05.2026" in line and ":" in line.partition("🔒")[0] for line in opened)  # to the minute


async def signed_by(stage: Stage, number: int, people: list[Person], *, shown: bool) -> None:
    """They sign one after another, a minute between two, as Айбек А., Айбек Б., and so on."""
    async with stage.bot.database.transaction() as db:
        petition = await db.get_one(Petition, number)
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        for place, each in enumerate(people):
            stage.world.clock.turn_by(timedelta(minutes=1))
            now, person = stage.world.clock.now(), await known(db, each)
            signing.introduce(db, person, f"Айбек {'АБВГДЕЖЗИК'[place]}санов", now, vault=VAULT, shown=shown)
            await signing.sign(db, petition, None, person, home, now, now.date(), vault=VAULT)


async def test_who_let_themselves_be_shown_are_read_by_residents_once_the_petition_is_public(stage: Stage) -> None:
    leader = await staff(stage, first=4_021)
    number = await a_petition(stage, leader, state=State.OPEN)  # he signed it and is shown; one line is on paper
    await do(stage.bot.database, "UPDATE petitions SET state = 'open', public_at = NULL")
    crowd = await a_crowd(stage.bot.database, stage.world, 11)
    await do(stage.bot.database, "UPDATE municipalities SET own_settings = '{\"petition_public_after\": 100}'")
    await signed_by(stage, number, crowd[:9], shown=True)
    await signed_by(stage, number, crowd[9:10], shown=False)
    reader = crowd[10]

    assert any(LATER in words for words in await said_after(stage, reader, f"ey:{number}:0"))
    assert any("Айбек И." in words for words in await said_after(stage, leader, f"ey:{number}:0"))
    await do(stage.bot.database, "UPDATE petitions SET public_at = opened_at")
    first, *_ = [words for words in await said_after(stage, reader, f"ey:{number}:0") if "Айбек" in words]
    assert [line for line in first.splitlines() if ". Айбек" in line] == [
        f"{place}. Айбек {letter}." for place, letter in enumerate("ИЗЖЕДГВБ", 1)
    ]
    assert "Аты көрсөтүлбөгөндөр: 2" in first  # one hides, one is on paper
    second, *_ = [words for words in await said_after(stage, reader, f"ey:{number}:1") if "Айбек" in words]
    assert [line for line in second.splitlines() if line[:1].isdecimal()] == ["9. Айбек А.", "10. Бакыт Т."]

    async with stage.bot.database.transaction() as db:  # taken out of the count, taken back, hidden: no longer shown
        given = list(await db.scalars(select(Signature).order_by(Signature.id)))
        given[1].standing, given[2].standing = Standing.INVALID, Standing.WITHDRAWN
        person = await known(db, crowd[2])
        signing.introduce(db, person, "Айбек Всанов", stage.world.clock.now(), vault=VAULT, shown=False)
        await signing.show_in_lists(db, person)
    left = " ".join(await said_after(stage, reader, f"ey:{number}:0"))
    assert [letter for letter in "АБВГДЕЖЗИ" if f"Айбек {letter}." in left] == list("ГДЕЖЗИ")

    async with stage.bot.database.transaction() as db:
        petition = await db.get_one(Petition, number)
        petition.state, petition.final_at = State.ANSWERED, stage.world.clock.now() - timedelta(days=29)
        await db.flush()
        assert await clock.anonymise_signers(db, stage.world.clock.now()) == 1
    heard = await said_after(stage, reader, f"ey:{number}:0")
    assert any(GONE in words for words in heard)
    assert not any("Айбек" in words for words in heard)
    assert not any("Кимдер кол койду" in words for words in await said_after(stage, reader, f"ep:{number}:"))


async def test_a_group_that_shrank_is_read_as_it_is_now(stage: Stage) -> None:
    asel = await staff(stage, Role.CLERK, first=4_031)
    lead, gone = await a_crowd(stage.bot.database, stage.world, 2)
    number, _, members = await a_group(stage, [lead, gone], to=State.OPEN)
    async with stage.bot.database.transaction() as db:
        member, petition = await db.get_one(Member, members[1]), await db.get_one(Petition, number)
        name = VAULT.open(member.name_sealed or "") or ""
        person = await known(db, gone)
        await group.leave(db, petition, member, person, stage.world.clock.now())
    read = " ".join(await said_after(stage, asel, f"edm:{number}"))
    assert "(жетекчиси)" in read
    assert name
    assert name not in read
