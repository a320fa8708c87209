"""Do proposals hold in the running bot: what each screen costs, double taps, other people's phones, hostile texts?"""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, text, update

from actions import reports
from actions.proposals import deciding, merging, supporting
from actions.proposals.deciding import Decision
from civic.moderation import Rejection
from civic.people import Role
from civic.proposals import State
from civic.reports import Complaint, Subject
from handlers.table import table
from sandbox.chats import Person
from storage.files import keep_file
from storage.municipalities import find_by_key, streets, villages
from storage.people import Person as Somebody
from storage.people import accounts_at
from storage.proposals import Proposal, ProposalStep, Support
from tests.attachments import pdf, photo, voice
from tests.bot.buttons import ways_of
from tests.bot.crowd import a_crowd, appointed, pour, pressed, refused, shown_to, wrote
from tests.bot.test_strange_texts import CRASHED, markup_of
from tests.conversations.stage import Stage
from tests.hostile import STRANGE
from tests.proposals import CLERK, TEXT, a_proposal

OPEN = ["s", "sf", "sq", "sp", "sh", "sm", "sz", "su", "sx", "sl", "sn", "ss"]


async def person_of(db: Any, who: Person) -> Somebody:
    """The person behind a Telegram account."""
    return (await accounts_at(db, [("telegram", str(who.id))]))["telegram", str(who.id)].person


async def a_lively_one(stage: Stage, author: Person, supporter: Person, clerk: Person) -> int:
    """A proposal with everything on it: place, photos, a voice, supports, an answer, a duplicate, a file of a step."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        for key, kind, name, content in (
            ("a" * 64, "picture", "a.jpg", photo()),
            ("b" * 64, "voice", "b.ogg", voice()),
            ("c" * 64, "paper", "c.pdf", pdf()),
        ):
            await keep_file(
                db, {"id": key, "kind": kind, "name": name, "size": len(content), "content": content, "kept_at": now}
            )
        village = (await villages(db, home.id))[0]
        street = next(each for each in await streets(db, home.id) if each.village_id == village.id)
        who, other, staff = [await person_of(db, each) for each in (author, supporter, clerk)]
        more = {"issue": 3, "village": village.id, "street": street.id, "location": (42.87, 74.6)}
        main = await a_proposal(db, who, home, now, text=TEXT * 20, photos=("a" * 64,), voice="b" * 64, **more)
        twin = await a_proposal(db, other, home, now, text="Мектеп көчөсүн жарыктандыруу керек")
        await supporting.support(db, staff, twin.id, now)
        await merging.merge(db, twin.id, main.id, {"ky": "Ушул эле сунуш"}, staff, CLERK, now)
        said = Decision(ky="Ооба. " * 200, cost="1 сом", period="2026", measure="Чырак орнотуу", file_id="c" * 64)
        await deciding.decide(db, main.id, State.INCLUDED, said, staff, CLERK, now)
        return main.id


async def test_no_screen_of_a_lively_proposal_costs_more_than_it_says(stage: Stage) -> None:
    author, supporter, clerk, reader = await a_crowd(stage.bot.database, stage.world, 4)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    number = await a_lively_one(stage, author, supporter, clerk)
    async with stage.bot.database.transaction() as db:
        step = await db.scalar(select(ProposalStep.id).where(ProposalStep.file_id.is_not(None)))
    guest = stage.world.person("aigul")
    stage.world.chat(guest.id).started = True
    kinds = [kind for kind in table.presses if kind.code in OPEN]
    for who in (author, clerk, reader, guest):
        for kind in kinds:
            ways = (
                [*ways_of(kind), f"{kind.code}:{number}"] if kind.code not in ("s", "sf", "sq", "sz") else ways_of(kind)
            )
            ways += [f"sz:{number}:{step}"] if kind.code == "sz" else []
            await pour(stage, [pressed(who, way) for way in ways])
    spent, most = stage.bot.turns.spent, {kind.code: table.presses[kind].statements for kind in kinds}
    assert {code: (spent[code], many) for code, many in most.items() if spent[code] > many} == {}
    assert refused(stage.calls(0)) == []


async def test_what_supports_and_follows_writes_and_a_second_tap_is_answered_politely(stage: Stage) -> None:
    author, supporter, clerk, reader = await a_crowd(stage.bot.database, stage.world, 4)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    number = await a_lively_one(stage, author, supporter, clerk)

    async def alerts(*ways: str) -> list[str]:
        said = []
        for way in ways:
            before = stage.world.calls
            await pour(stage, [pressed(reader, f"{way}:{number}")])
            said += [str(c.params["text"]) for c in stage.calls(before) if c.method == "answerCallbackQuery"]
        return [words.split(".")[0] for words in said]

    assert await alerts("su", "su", "sx", "sx", "sl", "sl", "sn", "sn") == [
        "Колдооңуз эсептелди",
        "Сиз бул сунушту колдогонсуз",
        "Колдооңуз кайтарылып алынды",
        "Сиз бул сунушту колдогон эмессиз",
        "Жазылдыңыз",
        "Жазылдыңыз",
        "Жазылуудан чыктыңыз",
        "Жазылуудан чыктыңыз",
    ]


async def test_twenty_taps_in_one_moment_count_once_and_are_all_answered(stage: Stage) -> None:
    author, supporter, clerk, reader = await a_crowd(stage.bot.database, stage.world, 4)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    number = await a_lively_one(stage, author, supporter, clerk)
    before = stage.world.calls
    await asyncio.gather(*(pour(stage, [pressed(reader, f"su:{number}")]) for _ in range(20)))
    answered = [call for call in stage.calls(before) if call.method == "answerCallbackQuery"]
    assert len(answered) == 20
    async with stage.bot.database.transaction() as db:
        count = await db.scalar(select(func.count()).where(Support.proposal_id == number))
        assert (count, await db.scalar(select(Proposal.support_count).where(Proposal.id == number))) == (3, 3)


async def test_a_second_account_with_the_same_phone_is_told_why_it_does_not_count(stage: Stage) -> None:
    author, supporter, clerk, reader = await a_crowd(stage.bot.database, stage.world, 4)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    number = await a_lively_one(stage, author, supporter, clerk)
    async with stage.bot.database.transaction() as db:
        theirs = (await person_of(db, supporter)).phone_hash
        await db.execute(
            update(Somebody).where(Somebody.id == (await person_of(db, reader)).id).values(phone_hash=theirs)
        )
    before = stage.world.calls
    await pour(stage, [pressed(reader, f"su:{number}")])
    said = [str(c.params["text"]) for c in stage.calls(before) if c.method == "answerCallbackQuery"]
    assert said == ["Ушул телефон номери менен бул сунуш мурда колдолгон. Бир номер бир жолу эсептелет."]


async def test_a_hidden_text_is_read_by_its_author_alone_and_a_removed_one_by_nobody_else(stage: Stage) -> None:
    author, supporter, clerk, reader = await a_crowd(stage.bot.database, stage.world, 4)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    number = await a_lively_one(stage, author, supporter, clerk)
    ways = ["s", f"sp:{number}", f"sh:{number}", f"sm:{number}", f"sm:{number}:1", f"ss:{number}", "sq:чырак:"]

    async def seen(who: Person) -> bool:
        before = stage.world.calls
        await pour(stage, [pressed(who, way) for way in ways])
        shown = str([call.params for call in stage.calls(before)])
        media = [call for call in stage.calls(before) if call.method in ("sendPhoto", "sendVoice")]
        return "чырак" in shown.replace("sq:чырак", "").replace("«чырак»", "") or bool(media)

    assert await seen(reader)
    async with stage.bot.database.transaction() as db:
        await db.execute(update(Proposal).where(Proposal.id == number).values(hidden_at=stage.world.clock.now()))
    assert [await seen(who) for who in (reader, clerk, author)] == [False, False, True]
    async with stage.bot.database.transaction() as db:
        staff = await person_of(db, clerk)
        now = stage.world.clock.now()
        await reports.remove(db, staff, CLERK, Subject.PROPOSAL, number, Rejection.INSULTING, "Адамды кордойт", now)
    before = stage.world.calls
    await stage.settled()
    await pour(stage, [pressed(reader, f"sp:{number}"), pressed(reader, f"sh:{number}")])
    assert not await seen(reader)
    assert "Адамды кордойт" in str([call.params for call in stage.calls(before)])


async def test_hostile_texts_are_kept_and_shown_as_they_are_and_never_as_markup(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, len(STRANGE))
    before = stage.world.calls
    for update_ in ("sa:3",):
        await pour(stage, [pressed(person, update_) for person in crowd])
    await pour(stage, [wrote(person, said) for person, said in zip(crowd, STRANGE, strict=True)])
    for answer in ("Өзүмдүкүн жазам", "-", "-", "1", "1", "Жөнөтүү"):
        await pour(stage, [wrote(person, answer) for person in crowd])
    async with stage.bot.database.transaction() as db:
        kept = list(await db.scalars(select(Proposal.text).order_by(Proposal.id)))
    assert len(kept) >= 12
    assert [char for words in kept for char in words if char in "\x00\x07\x1b\u202e\u2066\u200f"] == []
    assert refused(stage.calls(before)) == []
    reader = stage.world.person("bakyt")
    await pour(stage, [pressed(reader, f"{way}:{n + 1}") for n in range(len(kept)) for way in ("sp", "sh", "ss")])
    await pour(stage, [pressed(reader, f"s:{page}") for page in range(5)])
    assert refused(stage.calls(before)) == []
    assert CRASHED not in str([call.params for call in stage.calls(before)])
    assert [
        post
        for post in stage.world.from_bot(reader.id)
        if markup_of(post.json) - {"bold", "italic", "expandable_blockquote"}
    ] == []


async def test_nobody_of_another_municipality_reads_supports_or_reports_a_proposal(two_homes: Stage) -> None:
    author, supporter, clerk = await a_crowd(two_homes.bot.database, two_homes.world, 3)
    [stranger] = await a_crowd(two_homes.bot.database, two_homes.world, 1, first=5_001, key="kok-jar")
    await appointed(two_homes.bot.database, clerk, Role.CLERK)
    number = await a_lively_one(two_homes, author, supporter, clerk)
    before = two_homes.world.calls
    codes = ["sp", "sh", "sm", "ss", "su", "sx", "sl", "sn", "sw"]
    await pour(two_homes, [pressed(stranger, f"{code}:{number}") for code in codes])
    await pour(two_homes, [wrote(stranger, f"/start s{number}"), wrote(stranger, "/proposals"), wrote(stranger, TEXT)])
    await pour(two_homes, [pressed(stranger, f"sr:proposal:{number}"), wrote(stranger, "Башка себеп")])
    said = str([call.params for call in shown_to(two_homes.calls(before), stranger)])
    assert "чырак коюлсун" not in said.replace(f"«{TEXT}»", "")
    async with two_homes.bot.database.transaction() as db:
        assert await db.scalar(text("SELECT count(*) FROM reports")) == 0
        assert await db.scalar(select(Proposal.support_count).where(Proposal.id == number)) == 2


async def test_a_letter_about_a_text_that_was_hidden_meanwhile_is_not_sent(stage: Stage) -> None:
    author, supporter, clerk, reader = await a_crowd(stage.bot.database, stage.world, 4)
    now = stage.world.clock.now() + timedelta(minutes=1)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        who, other, staff, third = [await person_of(db, each) for each in (author, supporter, clerk, reader)]
        proposal = await a_proposal(db, who, home, now)
        await supporting.support(db, other, proposal.id, now)
        await deciding.decide(db, proposal.id, State.UNDER_REVIEW, Decision(), staff, CLERK, now)
        await reports.report(db, third, home, Subject.PROPOSAL, proposal.id, Complaint.RUDE, now)
        proposal.hidden_at = now
    stage.world.clock.turn_by(timedelta(minutes=2))
    before = stage.world.calls
    await stage.settled()
    assert [bool(shown_to(stage.calls(before), each)) for each in (author, supporter)] == [True, False]
