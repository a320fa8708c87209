"""Do initiative groups hold in the running bot: what each screen costs, who may press what, hostile texts, PDFs?"""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.petitions import deciding, group, signing, writing
from civic.moderation import Rejection
from civic.petitions import Membership, PetitionKind, State
from civic.thresholds import Consequence
from handlers.petitions.group_presses import TakeLeadNow
from handlers.table import table
from sandbox.chats import Person
from storage.journal import Entry
from storage.municipalities import Municipality, find_by_key
from storage.outbox import Letter
from storage.people import Person as Somebody
from storage.people import accounts_at
from storage.petitions import Member, Petition, find_member, get_petition, members_of
from tests.bot.crowd import a_crowd, pour, pressed, refused, shown_to, state, wrote
from tests.bot.test_strange_texts import CRASHED, markup_of
from tests.cast import VAULT
from tests.conversations.stage import Stage
from tests.hostile import STRANGE
from tests.petitions import STAFF, TREES
from tests.proposals import a_proposal

NAMES = [
    f"Асан {name}" for name in "Абдиев Бакиров Вахидов Гапаров Далиев Еркинов Жумаев Закиров Исаев Каримов".split()
]
READS = "eg egw egl egq ea eah et etp ets".split()


async def the_people(db: Any, crowd: list[Person]) -> list[Somebody]:
    """The people behind Telegram accounts, each with a name."""
    found = await accounts_at(db, [("telegram", str(each.id)) for each in crowd])
    people = [found["telegram", str(each.id)].person for each in crowd]
    for place, person in enumerate(people):
        signing.introduce(db, person, NAMES[place % len(NAMES)], person.created_at, vault=VAULT, shown=True)
    return people


async def a_group(
    stage: Stage, crowd: list[Person], *, kind: PetitionKind = PetitionKind.PETITION, to: State = State.DRAFT
) -> tuple[int, str, list[int]]:
    """A petition whose group the crowd is, in that state: its number, the word of its link, its members."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        lead, *others = await the_people(db, crowd)
        petition = await writing.begin(db, kind, TREES, lead, home, now)
        for other in others:
            await group.join(db, petition, other, home, now)
        await _brought_to(db, home, petition, lead, to, stage)
        members = await members_of(db, petition.id)
        return petition.id, petition.group_word, [member.id for member in members]


async def _brought_to(db: Any, home: Municipality, petition: Petition, lead: Somebody, to: State, stage: Stage) -> None:
    now = stage.world.clock.now()
    staff = await db.get_one(Somebody, lead.id)
    if to is State.DRAFT:
        return
    petition.state = State.CHECKING
    match to:
        case State.RETURNED:
            await deciding.give_back(db, petition, staff, STAFF, "Талабын тактаңыз", now)
        case State.REJECTED:
            why = Rejection.OUT_OF_COMPETENCE
            await deciding.reject(db, petition, staff, STAFF, why, "Башка орган", now, competent="Билим берүү бөлүмү")
        case State.OPEN | State.COMPLETE:
            petition.steps = [{"consequence": Consequence.ANSWER.value, "count": 300}]
            petition.opened_at, petition.closes_on = now, now.date() + timedelta(days=90)
            petition.reached = 1  # as if enough had signed
            petition.state = to


@pytest.mark.parametrize(
    "to", [State.DRAFT, State.CHECKING, State.RETURNED, State.REJECTED, State.OPEN, State.COMPLETE]
)
async def test_no_screen_of_a_group_costs_more_than_it_says_or_writes(stage: Stage, to: State) -> None:
    lead, member, stranger = await a_crowd(stage.bot.database, stage.world, 3)
    guest = stage.world.person("aigul")
    stage.world.chat(guest.id).started = True
    for kind in PetitionKind:
        number, word, members = await a_group(stage, [lead, member], kind=kind, to=to)
        ways = [f"{code}:{number}" for code in READS] + [f"egi:{word}", f"etp:{number}:ru"]
        ways += [f"{code}:{number}:{each}" for code in ("egm", "egr") for each in members]
        await pour(stage, [wrote(who, "/menu") for who in (lead, member, stranger, guest)])
        before = await state(stage.bot.database)
        for who in (lead, member, stranger, guest):
            await pour(stage, [pressed(who, way) for way in ways])
        assert await state(stage.bot.database) == before
    spent = stage.bot.turns.spent
    most = {
        kind.code: route.statements
        for kind, route in table.presses.items()
        if kind.code in {*READS, "egi", "egm", "egr"}
    }
    assert {code: (spent[code], many) for code, many in most.items() if spent[code] > many} == {}
    assert refused(stage.calls(0)) == []
    assert CRASHED not in str([call.params for call in stage.calls(0)])


async def test_what_a_group_does_writes_and_costs_no_more_than_it_says(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 7)
    newcomer, another = crowd[5:]
    number, word, members = await a_group(stage, crowd[:5])
    async with stage.bot.database.transaction() as db:
        await the_people(db, crowd)
    lead = crowd[0]

    async def does(who: Person, way: str) -> None:
        before = await state(stage.bot.database)
        await pour(stage, [pressed(who, way)])
        assert await state(stage.bot.database) != before, way

    await does(newcomer, f"egd:{word}")
    await does(newcomer, f"ega:{word}")
    await does(another, f"ega:{word}")
    await does(newcomer, f"egy:{number}")
    await does(lead, f"egx:{number}:{members[4]}:1")
    await does(lead, f"egn:{number}")
    await does(lead, f"ean:{number}")
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        petition = await get_petition(db, home.id, number)
        assert petition.state is State.CHECKING
        first = await db.get_one(Somebody, (await members_of(db, number))[0].person_id)
        await _brought_to(db, home, petition, first, State.OPEN, stage)
    await does(lead, f"egc:{number}:{members[1]}")
    await does(lead, f"eao:{number}")
    spent = stage.bot.turns.spent
    codes = "egd ega egy egx egn ean egc eao".split()
    most = {kind.code: route.statements for kind, route in table.presses.items() if kind.code in codes}
    assert {code: (spent[code], many) for code, many in most.items() if spent[code] > many} == {}


async def test_a_member_leads_when_the_co_ordinator_has_not_been_seen_for_two_weeks(stage: Stage) -> None:
    lead, member, stranger = await a_crowd(stage.bot.database, stage.world, 3)
    number, _, (led, other) = await a_group(stage, [lead, member])

    async def leads() -> list[tuple[int, bool]]:
        async with stage.bot.database.transaction() as db:
            return [(each.id, each.leads) for each in await members_of(db, number)]

    def offered(who: Person) -> bool:
        return f"egv:{number}" in str([call.params for call in shown_to(stage.calls(0), who)][-1:])

    await pour(stage, [wrote(each, "/menu") for each in (lead, member, stranger)])
    for days, may in ((13, False), (1, True)):
        stage.world.clock.turn_by(timedelta(days=days))
        await pour(stage, [pressed(member, f"eg:{number}")])
        assert offered(member) is may
        before = await state(stage.bot.database)
        ways = [f"egv:{number}"] if may else [f"egv:{number}", f"egz:{number}"]
        await pour(stage, [pressed(member, way) for way in ways] + [pressed(stranger, f"egz:{number}")])
        assert await state(stage.bot.database) == before
    assert await leads() == [(led, True), (other, False)]
    await pour(stage, [pressed(member, f"egz:{number}"), pressed(member, f"egz:{number}")])
    assert await leads() == [(other, True), (led, False)]
    await pour(stage, [pressed(lead, f"egz:{number}")])  # who was away stays a member, and does not take it back
    assert await leads() == [(other, True), (led, False)]
    assert stage.bot.turns.spent["egz"] <= table.presses[TakeLeadNow].statements
    async with stage.bot.database.transaction() as db:
        told = (await db.execute(select(Letter.person_id, Letter.key).where(Letter.key == "group-lead-taken"))).all()
        who = await db.scalar(select(Member.person_id).where(Member.id == led))
        assert [tuple(row) for row in told] == [(who, "group-lead-taken")]
        written = select(Entry.details).where(Entry.event == "petition.group-led")
        assert [each["taken"] for each in await db.scalars(written)] == [True]


async def test_a_stranger_reads_nothing_of_a_draft_and_changes_nothing_of_any(stage: Stage) -> None:
    lead, member, stranger = await a_crowd(stage.bot.database, stage.world, 3)
    for to in (State.DRAFT, State.OPEN):
        number, _, members = await a_group(stage, [lead, member], to=to)
        codes = "ee egl egn egq egy ea ean eaw eaa eas eah eao et ets".split()
        ways = [f"{code}:{number}" for code in codes] + [f"etp:{number}:ky"]
        ways += [f"{code}:{number}:{each}" for code in ("egm", "egr", "egx", "egc") for each in members]
        await pour(stage, [wrote(stranger, "/menu")])
        before, calls = await state(stage.bot.database), stage.world.calls
        await pour(stage, [pressed(stranger, way) for way in ways])
        assert await state(stage.bot.database) == before
        shown = str([call.params for call in shown_to(stage.calls(calls), stranger)])
        assert TREES.title not in shown
    # and a member who does not lead takes nobody out
    before = await state(stage.bot.database)
    await pour(stage, [pressed(member, f"egx:{number}:{members[0]}"), pressed(member, f"egn:{number}")])
    assert await state(stage.bot.database) == before


async def test_the_old_link_of_a_group_is_worth_nothing(stage: Stage) -> None:
    lead, stranger = await a_crowd(stage.bot.database, stage.world, 2)
    number, word, _ = await a_group(stage, [lead])
    async with stage.bot.database.transaction() as db:
        await the_people(db, [stranger])
    await pour(stage, [pressed(lead, f"egn:{number}")])
    await pour(stage, [wrote(stranger, f"/start e{word}"), pressed(stranger, f"ega:{word}")])
    async with stage.bot.database.transaction() as db:
        fresh = (await get_petition(db, 1, number)).group_word
        assert len(await members_of(db, number)) == 1
    assert fresh != word
    await pour(stage, [wrote(stranger, f"/start e{fresh}"), pressed(stranger, f"ega:{fresh}")])
    async with stage.bot.database.transaction() as db:
        assert len(await members_of(db, number)) == 2


async def test_nobody_of_another_municipality_comes_into_a_group(two_homes: Stage) -> None:
    [lead] = await a_crowd(two_homes.bot.database, two_homes.world, 1)
    [stranger] = await a_crowd(two_homes.bot.database, two_homes.world, 1, first=5_001, key="kok-jar")
    number, word, _ = await a_group(two_homes, [lead])
    async with two_homes.bot.database.transaction() as db:
        [person] = await the_people(db, [stranger])
    await pour(two_homes, [wrote(stranger, f"/start e{word}"), pressed(stranger, f"ega:{word}")])
    await pour(two_homes, [pressed(stranger, f"egd:{word}"), pressed(stranger, f"eg:{number}")])
    async with two_homes.bot.database.transaction() as db:
        assert await find_member(db, number, person.id) is None


async def _says_no(stage: Stage) -> None:
    [lead] = await a_crowd(stage.bot.database, stage.world, 1)
    _, word, _ = await a_group(stage, [lead])
    guest = stage.world.person("aigul")
    stage.world.chat(guest.id).started = True
    await pour(stage, [wrote(guest, f"/start e{word}")])
    before, calls = await state(stage.bot.database), stage.world.calls
    await pour(stage, [pressed(guest, f"egd:{word}")])
    assert await state(stage.bot.database) == before
    [told] = [call.params["text"] for call in shown_to(stage.calls(calls), guest)]
    assert told.startswith("Сиз баш тарттыңыз. Сиз тууралуу эч нерсе сакталган жок.")


async def test_a_guest_says_no_and_nothing_is_kept_of_it(stage: Stage) -> None:
    await _says_no(stage)


async def test_a_guest_says_no_where_there_are_several_municipalities(two_homes: Stage) -> None:
    await _says_no(two_homes)


async def test_an_initiative_takes_in_only_who_says_that_they_are_of_age(stage: Stage) -> None:
    lead, member = await a_crowd(stage.bot.database, stage.world, 2)
    number, word, _ = await a_group(stage, [lead], kind=PetitionKind.NORM)
    async with stage.bot.database.transaction() as db:
        [person] = await the_people(db, [member])
    await pour(stage, [pressed(member, f"ega:{word}")])
    async with stage.bot.database.transaction() as db:
        assert await find_member(db, number, person.id) is None
    await pour(stage, [pressed(member, f"ega:{word}:1")])
    async with stage.bot.database.transaction() as db:
        own = await find_member(db, number, person.id)
        assert own is not None
        assert own.standing is Membership.ACCEPTED


# --- hostile texts ---


async def test_hostile_texts_go_through_every_field_and_are_shown_as_they_are(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, len(STRANGE))
    async with stage.bot.database.transaction() as db:
        await the_people(db, crowd)
    before = stage.world.calls
    await pour(stage, [pressed(person, "eb:assembly:3") for person in crowd])
    await pour(stage, [wrote(person, "1") for person in crowd])  # what cannot be one was read
    for _ in ("title", "demand", "reasons"):
        await pour(stage, [wrote(person, said) for person, said in zip(crowd, STRANGE, strict=True)])
        await pour(stage, [wrote(person, "Он белгиден ашык сөз") for person in crowd])  # where that was none
    for answer in ("120", "Айылдын клубу", "1", "-", "Жөнөтүү"):
        await pour(stage, [wrote(person, answer) for person in crowd])
    async with stage.bot.database.transaction() as db:
        kept = list(await db.scalars(select(Petition).order_by(Petition.id)))
    words = "".join(each.title + each.demand + each.reasons for each in kept)
    assert len(kept) >= 10
    assert [char for char in words if char in "\x00\x07\x1b\u202e\u2066\u200f"] == []
    for person, petition in zip(crowd, kept, strict=False):
        await pour(stage, [pressed(person, f"{code}:{petition.id}") for code in ("eg", "egl", "ep", "egq", "eaw")])
        await pour(stage, [wrote(person, STRANGE[petition.id % len(STRANGE)])])
    assert refused(stage.calls(before)) == []
    assert CRASHED not in str([call.params for call in stage.calls(before)])
    for person in crowd:
        for post in stage.world.from_bot(person.id):
            assert markup_of(post.json) <= {"bold", "italic", "expandable_blockquote", "blockquote", "pre", "code"}


async def test_news_with_a_hostile_text_is_previewed_and_goes_out_once(stage: Stage) -> None:
    lead, member = await a_crowd(stage.bot.database, stage.world, 2)
    for text in STRANGE[:8]:
        number, _, _ = await a_group(stage, [lead, member], to=State.OPEN)
        async with stage.bot.database.transaction() as db:  # otherwise three drafts would be too many
            (await get_petition(db, 1, number)).begun_at -= timedelta(days=60)
        before = stage.world.calls
        await pour(stage, [pressed(lead, f"eas:{number}"), wrote(lead, text)])
        await pour(stage, [wrote(lead, "1")])
        assert refused(stage.calls(before)) == []
        assert CRASHED not in str([call.params for call in stage.calls(before)])


# --- on paper ---


async def test_poster_and_sheets_are_one_page_with_whatever_the_title_says(stage: Stage) -> None:
    lead, member = await a_crowd(stage.bot.database, stage.world, 2)
    number, _, _ = await a_group(stage, [lead, member], to=State.OPEN)
    for text in (TREES.title, *STRANGE):
        async with stage.bot.database.transaction() as db:
            petition = await get_petition(db, 1, number)
            petition.title, petition.demand = text[:120], text[:1_000]
        before = stage.world.calls
        await pour(stage, [pressed(lead, f"etp:{number}:ky"), pressed(lead, f"ets:{number}")])
        files = [call for call in stage.calls(before) if call.method == "sendDocument"]
        assert len(files) == 2, text


async def test_whoever_writes_what_others_wrote_is_offered_theirs_before_anything_is_kept(stage: Stage) -> None:
    lead, member, writer = await a_crowd(stage.bot.database, stage.world, 3)
    number, _, _ = await a_group(stage, [lead, member], to=State.OPEN)
    async with stage.bot.database.transaction() as db:
        (await get_petition(db, 1, number)).public_at = stage.world.clock.now()
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        someone, _ = await the_people(db, [member, writer])
        proposal = await a_proposal(db, someone, home, stage.world.clock.now(), text=TREES.demand)
    await pour(stage, [pressed(writer, "eb:petition:3"), wrote(writer, "1"), wrote(writer, TREES.title)])
    await pour(stage, [wrote(writer, TREES.demand)])
    shown = stage.world.last(writer.id).text
    assert f"№ {number}. {TREES.title}" in shown
    assert f"№ {proposal.number}. {TREES.demand}" in shown
    await pour(stage, [wrote(writer, "Өзүмдүкүн жазам"), wrote(writer, TREES.reasons)])
    await pour(stage, [wrote(writer, answer) for answer in ("1", "-")])
    async with stage.bot.database.transaction() as db:
        assert len(list(await db.scalars(select(Petition)))) == 1  # the answers are checked first
    await pour(stage, [wrote(writer, "Жөнөтүү")])
    async with stage.bot.database.transaction() as db:
        assert len(list(await db.scalars(select(Petition)))) == 2
