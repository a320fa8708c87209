"""Do people hear of what they chose, is every choice theirs alone, and does it go with them?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, founding, issues, keeping, outbox, people, subscriptions
from actions.petitions import signing
from actions.proposals import supporting
from civic.people import Notify, Role
from civic.refusals import Reason, Refused
from civic.subscriptions import Topic
from storage.database import Database
from storage.issues import Issue, listed_issues, whole_issues
from storage.journal import Entry
from storage.municipalities import Municipality, Village, villages
from storage.outbox import Letter
from storage.people import Account, Messenger, Person, accounts_at
from storage.petitions import Petition
from storage.proposals import Proposal
from storage.subscriptions import (
    Mute,
    Subscription,
    VillageSubscription,
    choice_of,
    is_muted,
    muted_things,
    own_choices,
    villages_of,
)
from tests.cast import a_guest, a_resident
from tests.petitions import a_named_resident, an_open_petition
from tests.proposals import a_proposal

CLERK = frozenset({Role.CLERK})
DAY = timedelta(days=1)


async def reason_of(refused: object) -> Reason:
    """Why it was refused."""
    with pytest.raises(Refused) as no:
        await refused  # type: ignore[misc]
    return no.value.reason


async def names_of(db: AsyncSession, person: Person) -> list[str]:
    """The villages whose news somebody takes."""
    return [village.name_ky for village, _ in await villages_of(db, person.id)]


async def issue_of(db: AsyncSession, home: Municipality, number: int = 0) -> Issue:
    """An issue of the list."""
    return (await whole_issues(db, home.id))[number]


async def told(db: AsyncSession, key: str = "issue-news") -> list[tuple[int | None, int]]:
    """Who is told of which issue, in order."""
    await db.flush()
    letters = await db.scalars(select(Letter).where(Letter.key == key).order_by(Letter.id))
    return [(letter.person_id, int(letter.arguments["issue"])) for letter in letters]


# --- how often ---


async def test_a_topic_is_as_everything_until_one_chooses_for_it_and_again_when_one_takes_that_back(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        assert subscriptions.choose_for_all(db, aigul, Notify.DAILY, now) is Notify.AT_ONCE
        assert await subscriptions.choose(db, aigul, Topic.POLLS, Notify.AT_ONCE, now) is None
        assert await subscriptions.choose(db, aigul, Topic.POLLS, Notify.NEVER, now + DAY) is Notify.AT_ONCE
        assert [await choice_of(db, aigul, topic) for topic in (Topic.POLLS, Topic.PLAN)] == [
            Notify.NEVER,
            Notify.DAILY,
        ]
        assert await choice_of(db, bakyt, Topic.POLLS) is Notify.AT_ONCE
        assert await subscriptions.choose(db, aigul, Topic.POLLS, None, now + DAY) is Notify.NEVER
        assert await choice_of(db, aigul, Topic.POLLS) is Notify.DAILY
        assert await subscriptions.choose(db, aigul, Topic.POLLS, None, now + DAY) is None
        assert await own_choices(db, aigul.id) == {}


async def test_undoing_brings_back_what_was_chosen_before(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        for how in (Notify.WEEKLY, None):
            await subscriptions.choose(db, aigul, Topic.ISSUES, how, now)
            before = await subscriptions.choose(db, aigul, Topic.ISSUES, Notify.NEVER, now)
            await subscriptions.choose(db, aigul, Topic.ISSUES, before, now)
            assert (await own_choices(db, aigul.id)).get(Topic.ISSUES) is how


async def test_nothing_is_chosen_or_muted_without_consent(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        village, issue = (await villages(db, home.id))[0], await issue_of(db, home)
        with pytest.raises(Refused) as no:
            subscriptions.choose_for_all(db, guest, Notify.NEVER, now)
        assert no.value.reason is Reason.NEEDS_CONSENT
        for act in (
            subscriptions.choose(db, guest, Topic.PLAN, Notify.NEVER, now),
            subscriptions.subscribe_village(db, guest, village.id, now),
            subscriptions.mute(db, guest, "issue", issue.id, now),
        ):
            assert await reason_of(act) is Reason.NEEDS_CONSENT
        for table in (Subscription, VillageSubscription, Mute):
            assert (await db.scalars(select(table))).all() == []
        assert guest.notify is Notify.AT_ONCE


async def test_the_journal_does_not_tell_what_somebody_wants_to_read(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, issue = await a_resident(db, home, now), await issue_of(db, home)
        await db.flush()
        before = len((await db.scalars(select(Entry.id))).all())
        await subscriptions.choose(db, aigul, Topic.POLLS, Notify.NEVER, now)
        await subscriptions.subscribe_village(db, aigul, (await villages(db, home.id))[1].id, now)
        await subscriptions.mute(db, aigul, "issue", issue.id, now)
        await db.flush()
        assert len((await db.scalars(select(Entry.id))).all()) == before


# --- villages ---


async def test_other_villages_of_ones_municipality_can_be_taken_and_left_again(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        first, second = (await villages(db, home.id))[:2]
        for village in (second, first, first):  # a second tap changes nothing
            await subscriptions.subscribe_village(db, aigul, village.id, now)
        assert await names_of(db, aigul) == [first.name_ky, second.name_ky]
        assert await names_of(db, bakyt) == []
        assert not await subscriptions.unsubscribe_village(db, bakyt, first.id)
        assert await subscriptions.unsubscribe_village(db, aigul, first.id)
        assert not await subscriptions.unsubscribe_village(db, aigul, first.id)
        assert await names_of(db, aigul) == [second.name_ky]
        foreign = (await villages(db, town.id))[0]
        for number in (foreign.id, 9_999, 0, -1, 2**40):
            assert await reason_of(subscriptions.subscribe_village(db, aigul, number, now)) is Reason.NOT_FOUND
            assert not await subscriptions.unsubscribe_village(db, aigul, number)


async def test_who_moves_away_keeps_the_news_of_a_village_and_can_leave_it_from_there(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, village = await a_resident(db, home, now), (await villages(db, home.id))[0]
        await subscriptions.subscribe_village(db, aigul, village.id, now)
        people.settle_in(db, aigul, town, None, now)
        assert [(each.id, whose.id) for each, whose in await villages_of(db, aigul.id)] == [(village.id, home.id)]
        assert await subscriptions.unsubscribe_village(db, aigul, village.id)


async def test_a_village_that_is_removed_takes_along_who_wanted_its_news(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, admin = await a_resident(db, home, now), await a_resident(db, home, now, address="104", role=Role.ADMIN)
        village = (await villages(db, home.id))[0]
        number = village.id
        await subscriptions.subscribe_village(db, aigul, number, now)
        await founding.remove_village(db, home, village, admin, frozenset({Role.ADMIN}), now)
        await db.flush()
        assert await db.get(Village, number) is None
        assert await names_of(db, aigul) == []


# --- one thing ---


async def test_one_petition_proposal_or_issue_is_muted_for_oneself_only_and_comes_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_named_resident(db, home, now, address="102")
        petition = await an_open_petition(db, home, bakyt, now)
        proposal = await a_proposal(db, bakyt, home, now)
        things: tuple[tuple[str, Petition | Proposal | Issue], ...] = (
            ("petition", petition),
            ("proposal", proposal),
            ("issue", await issue_of(db, home)),
        )
        for place, (subject, thing) in enumerate(things):
            later = now + timedelta(minutes=place)
            assert await subscriptions.mute(db, aigul, subject, thing.id, later)
            assert not await subscriptions.mute(db, aigul, subject, thing.id, later)
            assert await is_muted(db, aigul.id, subject, thing.id)
            assert not await is_muted(db, bakyt.id, subject, thing.id)
        assert [(mute.subject, thing) for mute, thing in await muted_things(db, aigul)] == [*reversed(things)]
        assert await subscriptions.unmute(db, aigul, "petition", petition.id)
        assert not await subscriptions.unmute(db, aigul, "petition", petition.id)
        assert [mute.subject for mute, _ in await muted_things(db, aigul)] == ["issue", "proposal"]


async def test_what_is_not_there_or_belongs_elsewhere_cannot_be_muted_unless_it_was_written_about(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, theirs = await a_resident(db, home, now), await issue_of(db, town)
        for subject, number in (("issue", theirs.id), ("issue", 9_999), ("village", 1), ("petition", 2**40), ("", 1)):
            assert await reason_of(subscriptions.mute(db, aigul, subject, number, now)) is Reason.NOT_FOUND
        await outbox.post(db, [aigul], "issue-news", once="a", municipality=town.id, now=now, issue=theirs.id)
        assert await subscriptions.mute(db, aigul, "issue", theirs.id, now)
        [(mute, thing)] = await muted_things(db, aigul)
        assert (mute.subject_id, thing) == (theirs.id, None), "what it says is not shown from elsewhere"


async def test_who_follows_something_anew_hears_of_it_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_named_resident(db, home, now, address="102")
        petition = await an_open_petition(db, home, bakyt, now)
        proposal, issue = await a_proposal(db, bakyt, home, now), await issue_of(db, home)
        for subject, number in (("petition", petition.id), ("proposal", proposal.id), ("issue", issue.id)):
            await subscriptions.mute(db, aigul, subject, number, now)
        await issues.follow(db, aigul, issue.id, now)
        await signing.follow(db, petition, aigul, now)
        await supporting.follow(db, aigul, proposal.id, now)
        assert await muted_things(db, aigul) == []


async def test_a_letter_is_shown_to_whom_it_was_written_and_to_nobody_else(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        issue = await issue_of(db, home)
        await outbox.post(db, [aigul], "issue-news", once="a", municipality=home.id, now=now, issue=issue.id)
        number = await db.scalar(select(Letter.id))
        assert number is not None
        assert (await subscriptions.own_letter(db, aigul, number)).key == "issue-news"
        for person, wanted in ((bakyt, number), (aigul, number + 1), (aigul, -1), (aigul, 2**40)):
            assert await reason_of(subscriptions.own_letter(db, person, wanted)) is Reason.NOT_FOUND


# --- forgetting, joining ---


async def chose_everything(db: AsyncSession, person: Person, home: Municipality, now: datetime) -> None:
    """A topic, a village and an issue."""
    await subscriptions.choose(db, person, Topic.PLAN, Notify.WEEKLY, now)
    await subscriptions.subscribe_village(db, person, (await villages(db, home.id))[0].id, now)
    await subscriptions.mute(db, person, "issue", (await issue_of(db, home)).id, now)


async def test_nothing_is_left_of_what_somebody_wanted_to_hear_when_they_are_forgotten(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        for person in (aigul, bakyt):
            await chose_everything(db, person, home, now)
        await people.forget(db, aigul, now)
        await db.flush()
        for whose in (Subscription.person_id, VillageSubscription.person_id, Mute.person_id):
            assert list(await db.scalars(select(whose))) == [bakyt.id]


async def test_two_messengers_of_one_person_keep_what_either_chose_and_the_owners_word_where_both_did(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        new = people.arrive(db, Messenger.WHATSAPP, "KG.1", now, home).person
        people.agree(db, new, now)
        await db.flush()
        first, second = (await villages(db, home.id))[:2]
        await chose_everything(db, aigul, home, now)
        await chose_everything(db, new, home, now)
        await subscriptions.choose(db, new, Topic.PLAN, Notify.NEVER, now)
        await subscriptions.choose(db, new, Topic.POLLS, Notify.DAILY, now)
        await subscriptions.subscribe_village(db, new, second.id, now)
        code = await accounts.make_code(db, aigul, now)
    async with database.transaction() as db:
        account: Account = (await accounts_at(db, [("whatsapp", "KG.1")]))["whatsapp", "KG.1"]
        owner = await accounts.join_by_code(db, account, code, now)
    async with database.transaction() as db:
        assert await own_choices(db, owner.id) == {Topic.PLAN: Notify.WEEKLY, Topic.POLLS: Notify.DAILY}
        assert await names_of(db, owner) == [first.name_ky, second.name_ky]
        assert len(await muted_things(db, owner)) == 1
        assert {row.person_id for row in await db.scalars(select(Subscription))} == {owner.id}


# --- news of an issue ---


async def followed_by(db: AsyncSession, issue: Issue, *who: Person, now: datetime) -> None:
    """They follow the issue."""
    for person in who:
        await issues.follow(db, person, issue.id, now)


async def test_who_follows_an_issue_is_told_once_a_day_when_staff_change_it_but_not_who_did(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        water, roads = await issue_of(db, home, 0), await issue_of(db, home, 1)
        await followed_by(db, water, aigul, cholpon, now=now)
        await followed_by(db, roads, bakyt, now=now)
        for hours, words in ((0, "Кудук казылды"), (1, "Кудук казылып бүттү")):
            at = now + timedelta(hours=hours)
            await keeping.edit(db, water, {"doing_ky": words}, cholpon, CLERK, at, at.date())
        assert await told(db) == [(aigul.id, water.id)]
        tomorrow = now + DAY
        await keeping.edit(db, water, {"doing_ru": "Колодец готов"}, cholpon, CLERK, tomorrow, tomorrow.date())
        assert await told(db) == [(aigul.id, water.id)] * 2


@pytest.mark.parametrize(
    "fields",
    [{"phone": "+996 700 000 999"}, {"responsible": "Асанов А."}, {"doing_ky": ""}, {"file_id": None}],
    ids=["phone", "responsible", "emptied", "no file"],
)
async def test_a_new_telephone_or_an_emptied_field_is_no_news(
    database: Database, home: Municipality, now: datetime, fields: dict[str, str | None]
) -> None:
    async with database.transaction() as db:
        aigul, water = await a_resident(db, home, now), await issue_of(db, home)
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        water.file_id, water.doing_ky = "a" * 64, "Кудук казылды"
        await followed_by(db, water, aigul, now=now)
        assert await keeping.edit(db, water, fields, cholpon, CLERK, now, now.date())
        assert await told(db) == []


async def test_a_mere_renewal_is_no_news(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        aigul, water = await a_resident(db, home, now), await issue_of(db, home)
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        water.renewed_on = None
        await followed_by(db, water, aigul, now=now)
        assert await keeping.renew(db, [water], cholpon, CLERK, now, now.date()) == 1
        assert await told(db) == []


async def test_everybody_who_follows_is_told_however_many_they_are(
    database: Database, home: Municipality, now: datetime
) -> None:
    """Letters are written in pieces: one statement holds so many values only."""
    async with database.transaction() as db:
        issue = (await listed_issues(db, home.id))[0].id
        crowd = [Person(created_at=now, language="ky", notify=Notify.AT_ONCE) for _ in range(1_001)]
        for person in crowd:
            person.municipality_id = home.id
            people.agree(db, person, now)
        db.add_all(crowd)
        await db.flush()
        for person in crowd:
            await issues.follow(db, person, issue, now)
        water = await issue_of(db, home)
        await keeping.edit(db, water, {"doing_ky": "Кудук казылды"}, None, frozenset(), now, now.date())
        assert [person for person, _ in await told(db)] == [person.id for person in crowd]


async def test_whoever_stops_everything_hears_of_no_topic_that_they_chose_either(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now, address="101")
        await subscriptions.choose(db, aigul, Topic.PETITIONS, Notify.AT_ONCE, now)
        await subscriptions.choose_nothing(db, aigul, now)
        assert await choice_of(db, aigul, Topic.PETITIONS) is Notify.NEVER
        guest = await a_guest(db, now, address="102", home=home)
        with pytest.raises(Refused):
            await subscriptions.choose_nothing(db, guest.person, now)
