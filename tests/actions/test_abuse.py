"""What does somebody get who bends the rules: two phones, two texts, a flood, a second life after «delete my data»?"""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import announcements, broadcasts, confirming, groups, people, reports
from actions.petitions import clock, group, invalidating, paper, registering, signing
from civic.announcements import Audience, Crowd
from civic.people import Role
from civic.petitions import PetitionKind, State
from civic.refusals import Reason, Refused
from civic.reports import Complaint, Subject
from civic.subscriptions import Topic
from storage.database import Database
from storage.municipalities import Municipality, villages
from storage.outbox import Letter
from storage.people import Messenger, Person
from storage.petition_desk import lines_counted
from storage.petitions import find_member, get_petition
from storage.reports import open_reports
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_draft, a_named_resident, an_open_petition, signed

CLERK = frozenset({Role.CLERK})


async def letters(db: AsyncSession) -> Counter[str]:
    """How many letters of each kind were posted."""
    return Counter(await db.scalars(select(Letter.key)))


async def by_the_other_messenger(
    db: AsyncSession, home: Municipality, person: Person, now: datetime, *, address: str
) -> Person:
    """The same phone, proven by another messenger: most likely the same person."""
    twin = await a_named_resident(db, home, now, address=address)
    twin.phone_hash = person.phone_hash
    await db.flush()
    return twin


# --- announcements ---


async def test_nobody_computes_a_second_announcement_with_the_mark_of_the_first(
    database: Database, home: Municipality, now: datetime
) -> None:
    """Of a checksum the marks of four texts that differ in two letters give nought together: from that somebody works
    out other words to be sent under a mark that a colleague has agreed to."""
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        said = announcements.Said(
            Topic.ANNOUNCEMENTS, announcements.Words("Чогулуш", "Эртең чогулуш болот."), Audience(Crowd.EVERYBODY)
        )
        draft = await announcements.make(db, home, said, cholpon, CLERK, now)
        together = 0
        for end in ("..", ".!", "!.", "!!"):
            announcements.put(draft, announcements.Words("Чогулуш", f"Эртең чогулуш болот{end}"))
            mark = announcements.mark_of(draft)
            assert len(mark) >= 32, "two texts with the same shorter one are found by trying"
            together ^= int(mark, 16)
        assert together != 0


# --- groups ---


async def test_one_phone_is_one_member_of_a_group_and_removed_it_stays_outside(
    database: Database, home: Municipality, now: datetime
) -> None:
    """The members of the group are all the voices that a request for an assembly has."""
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await a_draft(db, home, bakyt, now, kind=PetitionKind.ASSEMBLY, members=2)
        twin = await by_the_other_messenger(db, home, bakyt, now, address="202")
        with pytest.raises(Refused) as no:
            await group.join(db, petition, twin, home, now)
        assert no.value.reason is Reason.PHONE_IN_GROUP
        aigul = await a_named_resident(db, home, now, address="101")
        theirs = await group.join(db, petition, aigul, home, now)
        await group.remove(db, petition, await find_member(db, petition.id, bakyt.id), theirs, bakyt, now)
        with pytest.raises(Refused) as no:
            await group.join(db, petition, await by_the_other_messenger(db, home, aigul, now, address="201"), home, now)
        assert no.value.reason is Reason.LINK_ENDED


async def test_who_joins_and_leaves_a_group_again_and_again_writes_its_members_one_letter_a_day(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await a_draft(db, home, bakyt, now, members=3)
        restless = await a_named_resident(db, home, now, address="666", name="Тынчы Жоков")
        before = await letters(db)
        for minute in range(20):
            moment = now + timedelta(minutes=minute)
            member = await group.join(db, petition, restless, home, moment)
            await group.leave(db, petition, member, restless, moment)
        told = await letters(db)
        assert {key: told[key] - before[key] for key in ("group-joined", "group-left")} == {
            "group-joined": 1,  # the co-ordinator
            "group-left": 3,  # the whole group
        }
        tomorrow = now + timedelta(days=1)
        await group.join(db, petition, restless, home, tomorrow)
        assert (await letters(db))["group-joined"] == told["group-joined"] + 1


# --- reports ---


async def test_who_reports_deletes_their_data_and_reports_again_hides_nothing_alone(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        for _ in range(home.settings.hide_after_reports):
            somebody = await a_resident(db, home, now, address="666")
            assert await reports.report(db, somebody, home, Subject.PETITION, petition.id, Complaint.SPAM, now)
            await people.forget(db, somebody, now)
        assert petition.hidden_at is None
        assert len(await open_reports(db, Subject.PETITION, petition.id)) == home.settings.hide_after_reports
        for number in range(home.settings.hide_after_reports):
            neighbour = await a_resident(db, home, now, address=f"70{number}")
            await reports.report(db, neighbour, home, Subject.PETITION, petition.id, Complaint.SPAM, now)
        assert petition.hidden_at is not None, "so many people do"


# --- the counter ---


async def test_the_code_of_somebody_who_is_not_there_cannot_be_found_by_trying(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        colleague = await a_resident(db, home, now, address="104", role=Role.CLERK)
        aigul = await a_named_resident(db, home, now, address="101")
        code = confirming.code_of(aigul, now, vault=VAULT)
        reasons = Counter[Reason]()
        for number in range(confirming.WRONG_AT_MOST + 3):
            with pytest.raises(Refused) as no:
                await confirming.shown_by(db, f"{aigul.id}-{number:06}", cholpon, CLERK, now, vault=VAULT)
            reasons[no.value.reason] += 1
        assert reasons == {Reason.WRONG_CODE: confirming.WRONG_AT_MOST, Reason.TOO_OFTEN: 3}
        with pytest.raises(Refused) as no:
            await confirming.confirm(db, code, cholpon, CLERK, now, vault=VAULT)
        assert no.value.reason is Reason.TOO_OFTEN, "the right one comes too late as well"
        assert await confirming.shown_by(db, code, colleague, CLERK, now, vault=VAULT) is aigul
        later = now + confirming.LASTS
        assert await confirming.shown_by(db, code, cholpon, CLERK, later, vault=VAULT) is aigul


# --- paper ---


async def test_who_signs_on_paper_and_then_in_the_bot_counts_once_when_it_is_handed_over(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        ak_bulak, jar, *_ = await villages(db, home.id)
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now, needs=2)
        lead = await find_member(db, petition.id, bakyt.id)
        lines = [paper.Keyed("Айгүл Асанова", ak_bulak.id), paper.Keyed("Токтогул Жумабаев", ak_bulak.id)]
        sheet = await paper.enter(db, petition, lead, bakyt, frozenset(), home, "f" * 64, lines, now, vault=VAULT)
        aigul = await a_named_resident(db, home, now, address="101", name="АСАНОВА Айгүл")
        namesake = await a_named_resident(db, home, now, address="104", name="Токтогул Жумабаев")
        aigul.village_id, namesake.village_id = ak_bulak.id, jar.id
        for person in (aigul, namesake):
            await signed(db, petition, person, home, now)
        assert petition.count == 4
        await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        assert (petition.count, petition.signed, petition.on_paper, sheet.counted) == (3, 2, 1, 1)
        assert [line.name_key for line, _ in await lines_counted(db, petition.id)] == [
            signing.name_key(VAULT, "Токтогул Жумабаев")  # of the other village
        ]


async def test_too_few_are_too_few_without_those_who_signed_on_paper_as_well(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        numbers = []
        for _ in range(2):
            petition = await an_open_petition(db, home, bakyt, now, needs=2)
            lead = await find_member(db, petition.id, bakyt.id)
            line = [paper.Keyed("Бакыт Осмонов", None)]
            await paper.enter(db, petition, lead, bakyt, frozenset(), home, "f" * 64, line, now, vault=VAULT)
            await signed(db, petition, bakyt, home, now)
            assert petition.reached == 1
            numbers.append(petition.id)
        assert await registering.hand_over(db, petition, lead, bakyt, home, now, now.date()) is False
        assert (petition.state, petition.count, petition.on_paper) == (State.OPEN, 1, 0)  # settled, and it stays so
        with pytest.raises(Refused) as no:
            await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        assert (no.value.reason, no.value.details["count"]) == (Reason.TOO_FEW_SIGNATURES, 1)
        await clock.close_due(db, now + timedelta(days=91))
        other = await get_petition(db, home.id, numbers[0])
        assert (other.state, other.count) == (State.ENDED, 1)


# --- taken out of the count ---


async def test_what_staff_took_out_of_the_count_is_not_signed_anew_by_the_other_messenger(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="101")
        await signed(db, petition, aigul, home, now)
        head = await a_resident(db, home, now, address="109", role=Role.HEAD)
        everybody = invalidating.Criteria(unconfirmed=True)
        begun = await invalidating.begin(db, petition, head, STAFF, everybody, "Акча берилген", now)
        await invalidating.go_on(db, begun, home, now)
        twin = await by_the_other_messenger(db, home, aigul, now, address="201")
        with pytest.raises(Refused) as no:
            await signed(db, petition, twin, home, now)
        assert (no.value.reason, petition.count) == (Reason.SAME_PHONE, 0)
        await invalidating.undo(db, begun, head, STAFF, home, now)
        assert petition.count == 1


# --- village groups ---


async def test_whose_a_group_is_does_not_change_while_staff_look_at_it_nor_are_all_municipalities_asked(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        await a_resident(db, town, now, address="104", role=Role.CLERK)
        bakyt = await a_resident(db, home, now, address="102")
        first, other, *_ = await villages(db, home.id)
        request = await groups.ask(
            db, bakyt, now, messenger=Messenger.TELEGRAM, address="-100", title="Биздин көчө", name=""
        )
        assert request is not None
        await groups.name_village(db, bakyt, request.id, home.id, first.id, now)
        for where, village in ((home, other.id), (home, None), (town, None)):
            again = await groups.name_village(db, bakyt, request.id, where.id, village, now)
            assert (again.municipality_id, again.village_id) == (home.id, first.id)
        assert (await letters(db))["group-asks"] == 1
        _, place = await groups.approve(db, home, request.id, cholpon, CLERK, now)
        assert place.village_id == first.id


# --- staff ---


async def test_what_is_for_staff_does_not_reach_somebody_who_belongs_elsewhere_by_now(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        await a_resident(db, home, now, address="103", role=Role.CLERK)
        moved = await a_resident(db, home, now, address="104", role=Role.CLERK)
        people.settle_in(db, moved, town, None, now)
        await db.flush()
        found = await broadcasts.reach(db, home.id, Audience(Crowd.STAFF, roles=("clerk",)), None)
        assert found["at-once"] == 1
