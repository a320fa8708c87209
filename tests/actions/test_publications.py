"""Are channels and groups linked to whom they belong, do posts follow the list, and is every publication noted?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import keeping, publications
from civic.people import Role
from civic.publications import QUIET, Channel
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.issues import whole_issues
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Messenger, Person
from storage.publications import (
    LinkedPlace,
    Publication,
    get_place,
    get_publication,
    last_published,
    lately_unlinked,
    linked_places,
    newest_publications,
    place_at,
    publication_count,
    publications_of,
)
from tests.cast import a_resident

CLERK = frozenset({Role.CLERK})
TODAY = date(2026, 5, 4)
MINUTE = timedelta(minutes=1)


async def a_clerk(db: AsyncSession, home: Municipality, now: datetime, *, address: str = "103") -> Person:
    """Cholpon, a clerk."""
    return await a_resident(db, home, now, address=address, role=Role.CLERK)


async def a_place(
    db: AsyncSession, home: Municipality, by: Person, now: datetime, *, address: str = "-100"
) -> LinkedPlace:
    """A channel that the clerk links."""
    place, _ = await publications.link_place(
        db,
        home,
        by,
        CLERK,
        now,
        messenger=Messenger.TELEGRAM,
        address=address,
        kind="channel",
        title="Ак-Булак",
        name="akbulak",
    )
    return place


async def letters(db: AsyncSession) -> list[Letter]:
    """Every letter, in the order in which they were posted."""
    return list(await db.scalars(select(Letter).order_by(Letter.id)))


async def stands(db: AsyncSession, place: LinkedPlace, now: datetime) -> None:
    """The newest letter to the place was delivered."""
    letter = (await letters(db))[-1]
    letter.done_at = now
    await publications.posted(db, place, letter, "77", "https://t.me/akbulak/77", now)
    await db.flush()


async def test_a_place_is_linked_once_and_keeps_its_post_when_it_comes_back(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        place = await a_place(db, home, cholpon, now)
        assert (await a_place(db, home, cholpon, now)).id == place.id
        place.post = "77"
        publications.lost(db, place, now)
        await db.flush()
        assert await linked_places(db, home.id) == []
        assert [gone.id for gone in await lately_unlinked(db, home.id, now)] == [place.id]
        again = await a_place(db, home, cholpon, now)
        assert (again.id, again.post, again.unlinked_at) == (place.id, "77", None)


async def test_what_one_municipality_linked_another_cannot_take_or_touch(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, other = await a_clerk(db, home, now), await a_clerk(db, town, now, address="203")
        place = await a_place(db, home, cholpon, now)
        with pytest.raises(Refused) as no:
            await a_place(db, town, other, now)
        assert no.value.reason is Reason.TAKEN
        with pytest.raises(Refused) as no:
            await a_place(db, home, other, now, address="-200")
        assert no.value.reason is Reason.NOT_FOUND
        with pytest.raises(Refused) as no:
            publications.unlink_place(db, place, other, CLERK, now)
        assert no.value.reason is Reason.NOT_FOUND
        with pytest.raises(Refused):
            publications.set_language(place, "ru", other, CLERK)
        with pytest.raises(Refused):
            await get_place(db, town.id, place.id)
        with pytest.raises(Refused):
            await publications.post_list(db, home, other, CLERK, now)
        publications.unlink_place(db, place, cholpon, CLERK, now)
        await db.flush()
        with pytest.raises(Refused):
            await publications.relink_place(db, place.id, other, CLERK, now)
        theirs = await a_place(db, town, other, now)
        assert theirs.id != place.id
        with pytest.raises(Refused) as no:
            await publications.relink_place(db, place.id, cholpon, CLERK, now)
        assert no.value.reason is Reason.TAKEN
        assert await letters(db) == []


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.MODERATOR, Role.DEPUTY, Role.MONITORING})])
async def test_without_the_right_nothing_is_published(
    database: Database, home: Municipality, now: datetime, roles: frozenset[Role]
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        place = await a_place(db, home, cholpon, now)
        entry = await publications.note_publication(
            db, home, Channel.BOARD, cholpon, CLERK, now, on=TODAY, where="Дарбаза"
        )
        acts: tuple[Callable[[], None], ...] = (
            lambda: publications.unlink_place(db, place, cholpon, roles, now),
            lambda: publications.set_language(place, "ru", cholpon, roles),
            lambda: publications.withdraw(db, entry, cholpon, roles, now),
            lambda: publications.put_back(db, entry, cholpon, roles, now),
        )
        for act in acts:
            with pytest.raises(Refused) as no:
                act()
            assert no.value.reason is Reason.NOT_YOURS
        with pytest.raises(Refused) as no:
            await publications.post_list(db, home, cholpon, roles, now)
        assert no.value.reason is Reason.NOT_YOURS
        with pytest.raises(Refused) as no:
            await publications.note_publication(db, home, Channel.BOARD, cholpon, roles, now, on=TODAY, where="Дарбаза")
        assert no.value.reason is Reason.NOT_YOURS


async def test_a_group_that_moves_keeps_its_link_but_not_its_post(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        place = await a_place(db, home, cholpon, now, address="-5001")
        place.post = "7"
        publications.lost(db, place, now)  # the messenger says both, in any order
        await db.flush()
        await publications.moved(db, Messenger.TELEGRAM, "-5001", "-100777", now + MINUTE)
        await db.flush()
        found = await place_at(db, Messenger.TELEGRAM, "-100777")
        assert found is not None
        assert (found.id, found.post) == (place.id, None)
        await publications.moved(db, Messenger.TELEGRAM, "-9", "-100778", now)
        assert await place_at(db, Messenger.TELEGRAM, "-100778") is None


async def test_whoever_presses_twice_posts_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        place, other = await a_place(db, home, cholpon, now), await a_place(db, home, cholpon, now, address="-2")
        await publications.post_list(db, home, cholpon, CLERK, now, only=place.id)
        await publications.post_list(db, home, cholpon, CLERK, now + timedelta(seconds=1))
        waiting = await letters(db)
        assert [letter.place_id for letter in waiting] == [place.id, other.id], "one waits there already"
        for letter in waiting:
            letter.done_at = now
        await publications.post_list(db, home, cholpon, CLERK, now + timedelta(seconds=2))
        assert len(await letters(db)) == 4


async def test_a_pinned_post_follows_ten_edits_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        place, unposted = await a_place(db, home, cholpon, now), await a_place(db, home, cholpon, now, address="-2")
        assert await publications.post_list(db, home, cholpon, CLERK, now, only=place.id) == 1
        await stands(db, place, now)
        assert await publications.bring_up_to_date(db, now + 30 * MINUTE) == 0, "nothing was changed"
        water = (await whole_issues(db, home.id))[0]
        for minute in range(1, 11):
            at = now + minute * MINUTE
            await keeping.edit(db, water, {"doing_ky": f"Иш {minute}"}, cholpon, CLERK, at, TODAY)
            await db.flush()
            assert await publications.bring_up_to_date(db, at) == 0, "the list is not quiet yet"
        at = now + 10 * MINUTE + QUIET
        assert [await publications.bring_up_to_date(db, at + n * MINUTE) for n in range(3)] == [1, 0, 0]
        assert [letter.place_id for letter in await letters(db)] == [place.id, place.id]
        assert unposted.post is None


async def test_a_pinned_post_follows_a_renewal_and_information_that_runs_out(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        place = await a_place(db, home, cholpon, now)
        issues = await whole_issues(db, home.id)
        await keeping.renew(db, issues, cholpon, CLERK, now - MINUTE, TODAY)
        await publications.post_list(db, home, cholpon, CLERK, now)
        await stands(db, place, now)
        november = datetime(2026, 11, 4, 6, tzinfo=now.tzinfo)
        assert await publications.bring_up_to_date(db, november) == 0, "the last day is still in time"
        assert await publications.bring_up_to_date(db, november + timedelta(days=1)) == 1
        assert await publications.bring_up_to_date(db, november + timedelta(days=2)) == 0
        await keeping.renew(db, issues[:1], cholpon, CLERK, november + timedelta(days=2), date(2026, 11, 6))
        await db.flush()
        assert await publications.bring_up_to_date(db, november + timedelta(days=2, hours=1)) == 1


async def test_a_post_is_noted_with_its_link_and_the_list_it_shows(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        place = await a_place(db, home, cholpon, now)
        water = (await whole_issues(db, home.id))[0]
        await keeping.edit(db, water, {"doing_ky": "Кудук казылды"}, cholpon, CLERK, now - MINUTE, TODAY)
        await db.flush()
        await publications.post_list(db, home, cholpon, CLERK, now)
        await stands(db, place, now)
        [entry] = await publications_of(db, home.id)
        assert (entry.channel, entry.where, entry.link) == (Channel.SOCIAL, "Ак-Булак", "https://t.me/akbulak/77")
        assert (entry.by, entry.list_of, place.post) == (cholpon.id, now - MINUTE, "77")


async def test_the_log_holds_who_where_and_when_and_an_entry_comes_and_goes(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)

        async def noted(where: str, on: date, channel: Channel = Channel.BOARD) -> Publication:
            return await publications.note_publication(
                db, home, channel, cholpon, CLERK, now, on=on, where=where, link="", file_id=None
            )

        old, new = await noted("Мектеп", date(2026, 4, 1)), await noted("  Айыл өкмөтү ", TODAY)
        event = await noted("Жыйын", TODAY, Channel.EVENT)
        assert [e.where for e in await publications_of(db, home.id)] == ["Жыйын", "Айыл өкмөтү", "Мектеп"]
        assert {c: e.id for c, e in (await newest_publications(db, home.id)).items()} == {
            Channel.BOARD: new.id,
            Channel.EVENT: event.id,
        }
        publications.withdraw(db, new, cholpon, CLERK, now)
        await db.flush()
        assert (await newest_publications(db, home.id))[Channel.BOARD].id == old.id
        assert await publication_count(db, home.id) == 2
        with pytest.raises(Refused):
            await get_publication(db, home.id, new.id)
        back = await get_publication(db, home.id, new.id, withdrawn=True)
        publications.put_back(db, back, cholpon, CLERK, now)
        await db.flush()
        assert await publication_count(db, home.id) == 3
        assert await publications_of(db, town.id) == []
        with pytest.raises(Refused):
            await get_publication(db, town.id, new.id)
        said = [str(entry.event) for entry in await db.scalars(select(Entry).order_by(Entry.id)) if entry.actor_id]
        assert said[-5:] == ["list.published"] * 3 + ["list.publication-withdrawn", "list.published"]


@pytest.mark.parametrize(
    ("on", "where", "reason"),
    [
        (TODAY + timedelta(days=1), "Дарбаза", Reason.IN_THE_FUTURE),
        (TODAY, " \u202e ", Reason.TOO_SHORT),
        (TODAY, "б" * 201, Reason.TOO_LONG),
    ],
)
async def test_what_cannot_be_is_not_noted(
    database: Database, home: Municipality, now: datetime, on: date, where: str, reason: Reason
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        with pytest.raises(Refused) as no:
            await publications.note_publication(db, home, Channel.BOARD, cholpon, CLERK, now, on=on, where=where)
        assert no.value.reason is reason
        assert await publications_of(db, home.id) == []


async def test_what_was_hung_up_before_the_last_change_does_not_show_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        water = (await whole_issues(db, home.id))[0]
        await keeping.edit(db, water, {"doing_ky": "Кудук казылды"}, cholpon, CLERK, now, TODAY)
        await db.flush()
        for on in (date(2026, 5, 3), TODAY):
            await publications.note_publication(db, home, Channel.BOARD, cholpon, CLERK, now, on=on, where="Дарбаза")
            shown = (await last_published(db, home.id))[Channel.BOARD]
            assert shown == (on, now if on == TODAY else None)
