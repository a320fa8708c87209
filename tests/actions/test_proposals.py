"""What can residents do with proposals, and does the count always say how many support one?"""

import asyncio
import contextlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import accounts, people, reports
from actions.proposals import deciding, sending, supporting
from actions.proposals.deciding import Decision
from civic.people import Role
from civic.proposals import FINAL, LEAST, MOST, PROPOSED_A_DAY, CameBy, ForWhom, State
from civic.refusals import Reason, Refused
from civic.reports import Complaint, Subject
from storage.database import Database
from storage.issues import listed_issues
from storage.municipalities import Municipality, villages
from storage.outbox import Letter
from storage.people import Messenger, Person, accounts_at
from storage.proposals import (
    Order,
    Wanted,
    count_by_state,
    files_of_proposal,
    get_proposal,
    listed_proposals,
    people_told,
    proposal_count,
    proposals_like,
    similar_proposals,
    steps_of_proposal,
    supporter_counts,
)
from storage.reports import open_reports
from tests.cast import VAULT, a_guest, a_resident
from tests.proposals import CLERK, TEXT, a_proposal

TODAY = date(2026, 5, 4)


async def letters(db: Any, key: str = "proposal-step") -> list[int | None]:
    """To whom letters of that key were posted, in order."""
    return list(await db.scalars(select(Letter.person_id).where(Letter.key == key).order_by(Letter.id)))


# --- sending ---


async def test_a_proposal_has_a_number_of_its_municipality_and_a_first_step_at_once(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        elsewhere = await a_resident(db, town, now, address="900")
        first = await a_proposal(db, aigul, home, now)
        second = await a_proposal(db, aigul, home, now, text=TEXT + " экинчи")
        other = await a_proposal(db, elsewhere, town, now)
        assert [first.number, second.number, other.number] == [1, 2, 1]
        assert (first.state, first.came_by, first.support_count) == (State.SENT, CameBy.BOT, 0)
        assert first.register_until == date(2026, 5, 6)  # the fifth is a holiday
        assert [(step.what, step.by_staff) for step in await steps_of_proposal(db, first.id)] == [("sent", False)]
        assert await letters(db) == []  # who did it need not be told


async def test_what_is_of_elsewhere_or_says_nothing_is_no_proposal(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        foreign_issue = (await listed_issues(db, town.id))[0].id
        foreign_village = (await villages(db, town.id))[0].id
        for said, reason in (
            ({"issue": foreign_issue}, Reason.NOT_FOUND),
            ({"village": foreign_village}, Reason.NOT_FOUND),
            ({"text": "а" * (LEAST - 1)}, Reason.TOO_SHORT),
            ({"text": "\u202e" * 50}, Reason.TOO_SHORT),
            ({"text": "а" * (MOST + 1)}, Reason.TOO_LONG),
        ):
            with pytest.raises(Refused) as no:
                await a_proposal(db, aigul, home, now, **said)
            assert no.value.reason is reason
        with pytest.raises(Refused) as no:
            await a_proposal(db, aigul, town, now)
        assert no.value.reason is Reason.NOT_FOUND


async def test_without_consent_nobody_proposes_supports_follows_or_reports(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        proposal = await a_proposal(db, await a_resident(db, home, now), home, now)
        guest = (await a_guest(db, now, address="102", home=home)).person
        for act in (
            lambda: a_proposal(db, guest, home, now),
            lambda: supporting.support(db, guest, proposal.id, now),
            lambda: supporting.follow(db, guest, proposal.id, now),
            lambda: reports.report(db, guest, home, Subject.PROPOSAL, proposal.id, Complaint.SPAM, now),
        ):
            with pytest.raises(Refused) as no:
                await act()
            assert no.value.reason is Reason.NEEDS_CONSENT


async def test_a_third_proposal_within_a_minute_and_a_sixth_on_one_day_are_too_many(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        sent = 0
        for minute in (0, 0, 0, 2, 4, 6, 8):
            with contextlib.suppress(Refused):
                await a_proposal(db, aigul, home, now + timedelta(minutes=minute), text=f"{TEXT} {minute} {sent}")
                sent += 1
        assert sent == PROPOSED_A_DAY
        assert await proposal_count(db, home.id, Wanted()) == PROPOSED_A_DAY
        await a_proposal(db, aigul, home, now + timedelta(days=1, minutes=9))


async def test_staff_enter_what_a_caller_said_and_only_staff_can_read_who_it_was(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, role=Role.CLERK)
        said = sending.Said(text=TEXT, language="ky", for_whom=ForWhom.CHILDREN)
        proposal = await sending.enter(
            db, clerk, CLERK, home, said, CameBy.PHONE, "Асанов Бакыт, 0700 000 001", now, vault=VAULT
        )
        assert (proposal.author_id, proposal.entered_by, proposal.came_by) == (None, clerk.id, CameBy.PHONE)
        assert VAULT.open(proposal.caller_sealed or "") == "Асанов Бакыт, 0700 000 001"
        assert "Асанов" not in (proposal.caller_sealed or "")
        for roles, where, way, reason in (
            (frozenset[Role](), home, CameBy.VISIT, Reason.NOT_YOURS),
            (CLERK, town, CameBy.VISIT, Reason.NOT_FOUND),
            (CLERK, home, CameBy.BOT, Reason.WRONG_KIND),
        ):
            with pytest.raises(Refused) as no:
                await sending.enter(db, clerk, roles, where, said, way, "", now, vault=VAULT)
            assert no.value.reason is reason


async def test_photos_come_before_the_voice_and_a_fourth_photo_is_left_out(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        keys = [letter * 64 for letter in "abcd"]
        proposal = await a_proposal(db, aigul, home, now, photos=(keys[0], keys[0], *keys[1:]), voice="e" * 64)
        found = [(each.file_id[0], each.is_voice) for each in await files_of_proposal(db, proposal.id)]
        assert found == [("a", False), ("b", False), ("e", True)]


# --- supporting ---


async def test_a_person_and_a_phone_are_counted_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        proposal = await a_proposal(db, await a_resident(db, home, now), home, now)
        bakyt = await a_resident(db, home, now, address="102")
        twin = await a_resident(db, home, now, address="103")
        twin.phone_hash = bakyt.phone_hash
        assert await supporting.support(db, bakyt, proposal.id, now) is True
        assert await supporting.support(db, bakyt, proposal.id, now) is False
        with pytest.raises(Refused) as no:
            await supporting.support(db, twin, proposal.id, now)
        assert no.value.reason is Reason.PHONE_COUNTED
        assert proposal.support_count == 1
        assert await supporting.unsupport(db, bakyt, proposal.id, now) is True
        assert await supporting.unsupport(db, bakyt, proposal.id, now) is False
        assert await supporting.support(db, twin, proposal.id, now) is True
        assert proposal.support_count == 1


async def test_one_does_not_support_ones_own_what_is_over_or_what_is_of_elsewhere(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        elsewhere = await a_resident(db, town, now, address="900")
        unproven = await a_resident(db, home, now, address="104")
        unproven.phone_hash = None
        proposal = await a_proposal(db, aigul, home, now)
        for person, reason in (
            (aigul, Reason.OWN_TEXT),
            (elsewhere, Reason.NOT_FOUND),
            (unproven, Reason.NEEDS_PHONE),
        ):
            with pytest.raises(Refused) as no:
                await supporting.support(db, person, proposal.id, now)
            assert no.value.reason is reason
        await sending.withdraw(db, aigul, proposal.id, "Мен муну башкача сунуштайм", now)
        with pytest.raises(Refused) as no:
            await supporting.support(db, bakyt, proposal.id, now)
        assert no.value.reason is Reason.PROPOSAL_OVER


async def test_two_hundred_taps_at_once_by_one_person_are_one_support(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        proposal = (await a_proposal(db, await a_resident(db, home, now), home, now)).id
        bakyt = (await a_resident(db, home, now, address="102")).id

    async def tap() -> bool:
        async with database.transaction() as db:
            person = await db.get(Person, bakyt)
            assert person is not None
            return await supporting.support(db, person, proposal, now)

    answers = await asyncio.gather(*(tap() for _ in range(200)))
    assert sorted(answers) == [False] * 199 + [True]
    async with database.transaction() as db:
        assert await supporter_counts(db, [proposal]) == {proposal: 1}
        assert (await get_proposal(db, home.id, proposal)).support_count == 1


async def test_a_phone_that_two_accounts_share_wins_one_race(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        proposal = (await a_proposal(db, await a_resident(db, home, now), home, now)).id
        crowd = [await a_resident(db, home, now, address=str(200 + n)) for n in range(10)]
        for person in crowd:
            person.phone_hash = crowd[0].phone_hash

    async def tap(number: int) -> bool:
        async with database.transaction() as db:
            person = await db.get(Person, number)
            assert person is not None
            with contextlib.suppress(Refused):
                return await supporting.support(db, person, proposal, now)
        return False

    assert sum(await asyncio.gather(*(tap(person.id) for person in crowd))) == 1


async def test_who_supports_or_follows_hears_of_every_step_once_and_who_took_it_does_not(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        emma = await a_resident(db, home, now, address="103")
        clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
        proposal = await a_proposal(db, aigul, home, now)
        await supporting.support(db, bakyt, proposal.id, now)
        await supporting.follow(db, bakyt, proposal.id, now)
        await supporting.follow(db, emma, proposal.id, now)
        assert await supporting.follow(db, emma, proposal.id, now) is False
        await supporting.follow(db, clerk, proposal.id, now)
        await deciding.decide(db, proposal.id, State.UNDER_REVIEW, Decision(), clerk, CLERK, now)
        assert await letters(db) == [aigul.id, bakyt.id, emma.id]
        await supporting.unfollow(db, emma, proposal.id, now)
        assert [person.id for person in await people_told(db, proposal)] == [aigul.id, bakyt.id, clerk.id]


async def test_its_author_takes_it_back_with_a_reason_until_it_is_decided(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
        proposal = await a_proposal(db, aigul, home, now)
        await supporting.support(db, bakyt, proposal.id, now)
        for person, words, reason in (
            (bakyt, "Мен баш тартам", Reason.NOT_YOURS),
            (aigul, "жок", Reason.TOO_SHORT),
        ):
            with pytest.raises(Refused) as no:
                await sending.withdraw(db, person, proposal.id, words, now)
            assert no.value.reason is reason
        await sending.withdraw(db, aigul, proposal.id, "Чырак коюлуп калды", now)
        step = (await steps_of_proposal(db, proposal.id))[0]
        assert (proposal.state, step.words("ru")) == (State.WITHDRAWN, "Чырак коюлуп калды")
        assert await letters(db) == [bakyt.id]
        other = await a_proposal(db, aigul, home, now)
        await deciding.decide(db, other.id, State.ACCEPTED, Decision(ky="Күзүндө коебуз"), clerk, CLERK, now)
        with pytest.raises(Refused) as no:
            await sending.withdraw(db, aigul, other.id, "Кереги жок болуп калды", now)
        assert no.value.reason is Reason.PROPOSAL_OVER


# --- what becomes of people ---


async def test_after_forgetting_the_text_stays_without_its_author_and_supports_go(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        proposal = await a_proposal(db, aigul, home, now, photos=("a" * 64,), voice="b" * 64)
        await supporting.support(db, bakyt, proposal.id, now)
        await reports.report(db, bakyt, home, Subject.PROPOSAL, proposal.id, Complaint.OTHER, now)
        await people.forget(db, bakyt, now)
        await people.forget(db, aigul, now)
    async with database.transaction() as db:
        kept = await get_proposal(db, home.id, proposal.id)
        assert (kept.text, kept.author_id, kept.support_count) == (TEXT, None, 0)
        assert [each.is_voice for each in await files_of_proposal(db, kept.id)] == [False]
        [said] = await open_reports(db, Subject.PROPOSAL, kept.id)
        assert (said.person_id, said.phone_hash) == (None, None)
        assert [step.by for step in await steps_of_proposal(db, kept.id)] == [None]


async def test_two_who_become_one_count_once_and_do_not_support_their_own(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        author = await a_resident(db, home, now, address="109")
        aigul = await a_resident(db, home, now)
        twin = await a_resident(db, home, now, address="102")
        account = (await accounts_at(db, [("telegram", "102")]))[("telegram", "102")]
        account.messenger = Messenger.WHATSAPP
        both, one, own = [await a_proposal(db, who, home, now) for who in (author, author, aigul)]
        for person, proposal in ((aigul, both), (twin, both), (twin, one), (twin, own)):
            await supporting.support(db, person, proposal.id, now)
            await supporting.follow(db, person, proposal.id, now)
        for person in (aigul, twin):
            await reports.report(db, person, home, Subject.PROPOSAL, both.id, Complaint.RUDE, now)
        await db.flush()
        code = await accounts.make_code(db, aigul, now)
        await db.flush()
        await accounts.join_by_code(db, account, code, now)
    async with database.transaction() as db:
        counts = [(await get_proposal(db, home.id, each.id)).support_count for each in (both, one, own)]
        assert counts == [1, 1, 0]
        assert await supporter_counts(db, [both.id, one.id, own.id]) == {both.id: 1, one.id: 1}
        assert len(await open_reports(db, Subject.PROPOSAL, both.id)) == 1


# --- lists and search ---


async def test_lists_filter_count_and_order_and_show_nothing_of_elsewhere(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        stranger = await a_resident(db, town, now, address="900")
        issue = (await listed_issues(db, home.id))[3].id
        village = (await villages(db, home.id))[1].id
        light = await a_proposal(db, aigul, home, now, issue=issue)
        road = await a_proposal(db, aigul, home, now, text="Көпүрөнү оңдоо керек болуп турат", village=village)
        await a_proposal(db, stranger, town, now)
        await supporting.support(db, bakyt, light.id, now)

        async def found(order: Order = Order.NEWEST, **wanted: Any) -> list[int]:
            listed = await listed_proposals(db, home.id, Wanted(**wanted), order=order)
            assert await proposal_count(db, home.id, Wanted(**wanted)) == len(listed)
            return [each.id for each in listed]

        assert await found() == [road.id, light.id]
        assert await found(Order.SUPPORTED) == [light.id, road.id]
        assert await found(issue=issue) == [light.id]
        assert await found(issue=0) == [road.id]
        assert await found(village=village) == [road.id]
        assert await found(states=FINAL) == []
        assert await found(by=bakyt.id) == []
        assert await count_by_state(db, home.id, Wanted()) == {State.SENT: 2}
        light.hidden_at = now
        await db.flush()
        assert await found() == [road.id]
        assert await found(by=aigul.id) == [road.id, light.id]
        assert [each.id for each in await proposals_like(db, home.id, "копуро ондоо")] == [road.id]
        assert await proposals_like(db, home.id, "чырак") == []


async def test_much_the_same_is_found_before_it_is_sent_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        light = await a_proposal(db, aigul, home, now)
        await a_proposal(db, aigul, home, now, text="Көпүрөнү оңдоо керек болуп турат")
        again = "мектеп алдына чырак коюлсун балдар үчүн"
        found = await similar_proposals(db, home.id, again, issue_id=None, besides=bakyt.id)
        assert [each.id for each in found] == [light.id]
        assert await similar_proposals(db, home.id, again, issue_id=None, besides=aigul.id) == []
        assert await similar_proposals(db, home.id, "Спорт аянтчасы жасалсын", issue_id=None, besides=None) == []
