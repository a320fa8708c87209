"""What stands in which list of petitions, and what do strangers read of it: rejected, withdrawn, reported, sorted?"""

import pytest

from actions import reports
from actions.petitions import deciding, writing
from civic.moderation import Rejection
from civic.people import Role
from civic.petitions import DEMAND, REASONS, TITLE, PetitionKind, State
from civic.refusals import Reason, Refused
from civic.reports import Complaint, Subject
from sandbox.chats import Person
from storage.issues import get_issue
from storage.municipalities import find_by_key
from storage.people import Person as Somebody
from storage.petition_circles import similar_petitions
from storage.petition_readers import petitions_on_issue
from storage.petitions import Petition, members_of, public_petitions
from tests.bot.crowd import a_crowd, do, pour, pressed, rows, said, to, wrote
from tests.bot.test_petition_desk import a_petition, known, said_after, staff
from tests.bot.test_petition_groups import a_group
from tests.conversations.stage import Stage
from tests.petitions import STAFF, TREES

WHY = "Сөгүнгөн сөздөр бар."
REJECTED, ALL = "e:rejected:0:::new:", "e:all:0:::new:"


def listed(stage: Stage, who: Person, since: int) -> list[str]:
    """The buttons that the person got last."""
    shown = [call.params.get("reply_markup") for call in to(stage.calls(since), who)]
    keyboard = next(one for one in reversed(shown) if one)["inline_keyboard"]
    return [button["text"] for row in keyboard for button in row]


async def buttons_after(stage: Stage, who: Person, press: str) -> list[str]:
    since = stage.world.calls
    await pour(stage, [pressed(who, press)])
    return listed(stage, who, since)


@pytest.mark.parametrize("why", [Rejection.INSULTING, Rejection.NO_DEMAND])
async def test_a_rejected_petition_is_found_with_its_reason_and_read_where_the_reason_allows_it(
    stage: Stage, why: Rejection
) -> None:
    leader = await staff(stage, first=4_003)
    number = await a_petition(stage, leader)
    [stranger] = await a_crowd(stage.bot.database, stage.world, 1)
    async with stage.bot.database.transaction() as db:
        petition, person = await db.get_one(Petition, number), await known(db, leader)
        petition.opened_at = petition.public_at = None
        await deciding.reject(db, petition, person, STAFF, why, WHY, stage.world.clock.now())
    hidden = why is Rejection.INSULTING
    name = f"Петиция № {number}" if hidden else TREES.title
    label = {Rejection.INSULTING: "Кордоо же кастык", Rejection.NO_DEMAND: "Эмне талап"}[why]
    for show in (REJECTED, ALL):
        assert any(each.startswith(f"1. ✕ {name} · {label}") for each in await buttons_after(stage, stranger, show))
    assert not any(name in each for each in await buttons_after(stage, stranger, "e:open:0:::new:"))
    card = " ".join(await said_after(stage, stranger, f"ep:{number}:"))
    assert label in card
    assert WHY in card
    for words in (TREES.demand, TREES.reasons, TREES.title):
        assert (words in card) is not hidden
    text = " ".join(await said_after(stage, stranger, f"ex:{number}"))
    assert (TREES.demand in text) is not hidden
    await pour(stage, [pressed(stranger, REJECTED)])
    since = stage.world.calls
    await pour(stage, [wrote(stranger, "бак-дарак")])  # nor do the words that nobody may read find it
    assert any(name in each for each in listed(stage, stranger, since)) is not hidden


@pytest.mark.parametrize("kind", [PetitionKind.ASSEMBLY, PetitionKind.NORM])
async def test_a_draft_that_its_group_withdrew_is_nowhere(stage: Stage, kind: PetitionKind) -> None:
    [lead, stranger] = await a_crowd(stage.bot.database, stage.world, 2)
    number, _, _ = await a_group(stage, [lead], kind=kind)
    async with stage.bot.database.transaction() as db:
        petition, [member] = await db.get_one(Petition, number), await members_of(db, number)
        petition.issue_id = 3
        person = await db.get_one(Somebody, member.person_id)
        await writing.withdraw(db, petition, member, person, "Кереги жок болуп калды", stage.world.clock.now())
        assert await public_petitions(db, petition.municipality_id) == []
        assert await petitions_on_issue(db, petition.municipality_id, 3) == 0
    assert not any(TREES.title in each for each in await buttons_after(stage, stranger, ALL))
    async with (
        stage.bot.database.transaction() as db
    ):  # once handed over or opened, it is everybody's, withdrawn or not
        petition = await db.get_one(Petition, number)
        petition.opened_at = stage.world.clock.now()
        await db.flush()
        assert await petitions_on_issue(db, petition.municipality_id, 3) == 1
    assert any(TREES.title in each for each in await buttons_after(stage, stranger, ALL))


async def reported(stage: Stage, number: int, *, first: int = 5_001) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 2, first=first)
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        for each in crowd:
            person = await known(db, each)
            await reports.report(db, person, home, Subject.PETITION, number, Complaint.RUDE, stage.world.clock.now())


@pytest.mark.parametrize("state", [State.OPEN, State.REGISTERED, State.ANSWERED])
async def test_only_who_may_take_petitions_down_removes_a_reported_one_also_when_it_is_over(
    stage: Stage, state: State
) -> None:
    leader = await staff(stage, first=4_003)
    asel, head = await staff(stage, Role.CLERK, first=4_001), await staff(stage, Role.HEAD, first=4_002)
    [stranger] = await a_crowd(stage.bot.database, stage.world, 1)
    finished = state is State.ANSWERED
    number = await a_petition(stage, leader, state=State.REGISTERED if finished else state)
    if finished:
        await do(
            stage.bot.database, "UPDATE petitions SET state = 'answered', answered_at = begun_at, answer = 'Ооба.'"
        )
    await reported(stage, number)
    shown = await buttons_after(stage, asel, f"svo:petition:{number}")
    assert any("✓" in each for each in shown)
    assert not any("🗑" in each for each in shown)
    assert any("🗑" in each for each in await buttons_after(stage, head, f"svo:petition:{number}"))
    no = " ".join(await said_after(stage, asel, f"svr:petition:{number}"))
    assert "сизге ачык эмес" in no  # at once, not when everything is written
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM drafts") == [(0,)]

    await pour(stage, [pressed(head, f"svr:petition:{number}")])
    [(draft,)] = await rows(stage.bot.database, "SELECT number FROM drafts")
    await pour(stage, [pressed(head, f"a:{draft}:why:insulting"), wrote(head, WHY), wrote(head, "Жөнөтүү")])
    [(stands, hidden)] = await rows(stage.bot.database, "SELECT state, hidden_at IS NOT NULL FROM petitions")
    assert (stands, hidden) == ("taken-down" if state is State.OPEN else state.value, True)
    card = " ".join(await said_after(stage, stranger, f"ep:{number}:"))
    assert TREES.title not in card
    assert ("Ооба." in card) is finished  # what came of it stays
    history = " ".join(await said_after(stage, stranger, f"ew:{number}:0"))
    assert WHY in history
    again = " ".join(await said_after(stage, head, f"svr:petition:{number}", f"svk:petition:{number}"))
    assert "чечим чыгып калды" in again
    with pytest.raises(Refused) as refused:
        await reported(stage, number, first=5_011)
    assert refused.value.reason is Reason.NOT_FOUND


async def test_staff_sort_what_its_group_called_other_and_everybody_finds_it_under_its_issue(stage: Stage) -> None:
    leader = await staff(stage, first=4_003)
    asel, deputy = await staff(stage, Role.CLERK, first=4_001), await staff(stage, Role.DEPUTY, first=4_002)
    [stranger] = await a_crowd(stage.bot.database, stage.world, 1)
    number = await a_petition(stage, leader, state=State.REGISTERED)
    card = " ".join(await said_after(stage, stranger, f"ep:{number}:"))
    assert "Маселе: Башка" in card
    assert "сизге ачык эмес" in " ".join(await said_after(stage, deputy, f"eds:{number}"))
    assert "📋 Маселесин тандоо" in await buttons_after(stage, asel, f"ed:{number}")
    async with stage.bot.database.transaction() as db:
        known_issue = await get_issue(db, 1, 3)
        issue, group, label = known_issue.id, known_issue.group, known_issue.said("label", "ky")
    await pour(stage, [pressed(asel, f"eds:{number}")])
    [(draft,)] = await rows(stage.bot.database, "SELECT number FROM drafts")
    await pour(stage, [pressed(asel, f"a:{draft}:theme:{group}"), pressed(asel, f"a:{draft}:issue:{issue}")])
    assert await rows(stage.bot.database, "SELECT issue_id FROM petitions") == [(issue,)]
    assert f"Маселе: {label}" in " ".join(await said_after(stage, stranger, f"ep:{number}:"))
    assert "📋 Маселени ачуу" in await buttons_after(stage, stranger, f"ep:{number}:")
    assert label in " ".join(await said_after(stage, stranger, f"eh:{number}"))
    assert f"Маселе: {label}" in " ".join(await said_after(stage, asel, f"ed:{number}"))
    assert "чечим чыгып калды" in " ".join(await said_after(stage, asel, f"eds:{number}"))
    entry = "SELECT COUNT(*) FROM journal WHERE event = 'petition.sorted'"
    assert await rows(stage.bot.database, entry) == [(1,)]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State.OPEN, "Кол топтолууда"),
        (State.COMPLETE, "Керектүү кол топтолду"),
        (State.HANDED_OVER, "Айыл өкмөтүнө же мэрияга тапшырылды"),
        (State.REGISTERED, "Катталды, каралууда"),
        (State.ANSWERED, "Жооп берилди"),
    ],
)
async def test_who_writes_the_same_is_shown_how_far_others_are_and_may_join_theirs(
    stage: Stage, state: State, says: str
) -> None:
    leader = await staff(stage, first=4_003)
    number = await a_petition(stage, leader, state=State.OPEN)
    values = {"s": state.value}
    await do(stage.bot.database, "UPDATE petitions SET state = :s, public_at = opened_at", **values)
    [writer] = await a_crowd(stage.bot.database, stage.world, 1)
    await do(stage.bot.database, "UPDATE people SET name_sealed = (SELECT max(name_sealed) FROM people)")
    await pour(stage, [pressed(writer, "eb:petition:3"), wrote(writer, "1"), wrote(writer, TREES.title)])
    await pour(stage, [wrote(writer, TREES.demand)])
    assert f"№ {number}. {TREES.title}\n{says}. Кол койгондор: 2" in stage.world.last(writer.id).text
    since = stage.world.calls
    await pour(stage, [wrote(writer, f"Петиция № {number}"), wrote(writer, "Жөнөтүү")])
    read = stage.world.last(writer.id).text
    assert ("макул болсоңуз, ушул жерден кошулуңуз" in read) is (state is State.OPEN)
    assert TREES.demand in read
    assert any("✍️ Кол коюу" in each for each in listed(stage, writer, since)) is (state is State.OPEN)
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM petitions") == [(1,)]  # nothing of the writer's own
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM drafts WHERE dropped_at IS NULL") == [(0,)]


async def test_what_ended_or_was_turned_down_is_offered_to_nobody(stage: Stage) -> None:
    number = await a_petition(stage, await staff(stage, first=4_003), state=State.OPEN)
    for state in (State.ENDED, State.WITHDRAWN, State.TAKEN_DOWN, State.REJECTED):
        async with stage.bot.database.transaction() as db:
            petition = await db.get_one(Petition, number)
            petition.state, petition.public_at = state, petition.opened_at
            await db.flush()
            assert await similar_petitions(db, petition.municipality_id, f"{TREES.title} {TREES.demand}") == []


async def test_a_text_that_is_too_long_is_said_so_and_asked_for_again(stage: Stage) -> None:
    [writer] = await a_crowd(stage.bot.database, stage.world, 1)
    await staff(stage, first=4_003)
    await a_petition(stage, await staff(stage, first=4_004), state=State.OPEN)
    await do(stage.bot.database, "UPDATE people SET name_sealed = (SELECT max(name_sealed) FROM people)")
    await pour(stage, [pressed(writer, "eb:petition:3"), wrote(writer, "1")])
    for part, most in (("title", TITLE), ("demand", DEMAND), ("reasons", REASONS)):
        for length, taken in ((most + 1, False), (most, True)):
            since = stage.world.calls
            await pour(stage, [wrote(writer, "ы" * length)])
            answer = " ".join(said(to(stage.calls(since), writer)))
            assert (f"{most + 1}" in answer.replace("\xa0", "").replace(" ", "")) is not taken, part
            [(answers,)] = await rows(stage.bot.database, "SELECT answers FROM drafts")
            assert (f'"{part}"' in answers) is taken
