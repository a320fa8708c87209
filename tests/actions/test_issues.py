"""Who may follow what, and when do the words of an issue change?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from actions import issues, people
from actions.issues import enlist, renew, reword
from civic.refusals import Reason, Refused
from storage.catalogue import catalogue
from storage.database import Database
from storage.issues import Following, Issue, issues_like, whole_issues
from storage.journal import Entry
from storage.municipalities import Municipality
from tests.cast import a_guest, a_resident

LAW = {part: {"ky": "№ 5 Мыйзам", "ru": "Закон № 5", "en": "Law No 5"} for part in ("short", "reference", "check")}
NEW: dict[str, Any] = {
    "label": {"ky": "Таза суу", "ru": "Чистая вода", "en": "Clean water"},
    "text": {"ky": "таза суу менен камсыз кылуу", "ru": "снабжение чистой водой", "en": "supply of clean water"},
    "words": ("фильтр",),
    "effective_on": date(2026, 5, 1),
}


async def issue_of(database: Database, home: Municipality, code: str = "drinking-water") -> Issue:
    """The issue of that code."""
    async with database.transaction() as db:
        return next(issue for issue in await whole_issues(db, home.id) if issue.code == code)


# --- following ---


async def test_who_follows_an_issue_follows_it_once_however_often_they_press(
    database: Database, home: Municipality, now: datetime
) -> None:
    water = await issue_of(database, home)
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        assert [await issues.follow(db, aigul, water.id, now) for _ in range(3)] == [True, False, False]
    async with database.transaction() as db:
        kept = (await db.scalars(select(Following))).one()
        entries = (await db.scalars(select(Entry).where(Entry.event == "issue.followed"))).all()
    assert (kept.person_id, kept.issue_id, kept.municipality_id, kept.since) == (aigul.id, water.id, home.id, now)
    assert [(entry.actor_id, entry.object_id, entry.municipality_id) for entry in entries] == [
        (aigul.id, water.id, home.id)
    ]


async def test_following_needs_consent_and_nothing_more(database: Database, home: Municipality, now: datetime) -> None:
    water = await issue_of(database, home)
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        with pytest.raises(Refused) as no:
            await issues.follow(db, guest, water.id, now)
        assert no.value.reason is Reason.NEEDS_CONSENT
        assert (await db.scalars(select(Following))).all() == []
        people.agree(db, guest, now)
        assert await issues.follow(db, guest, water.id, now)


async def test_an_issue_of_another_municipality_cannot_be_followed(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    elsewhere = await issue_of(database, town)
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        for act in (issues.follow, issues.unfollow):
            with pytest.raises(Refused) as no:
                await act(db, aigul, elsewhere.id, now)
            assert no.value.reason is Reason.NOT_FOUND
        assert (await db.scalars(select(Following))).all() == []


async def test_who_does_not_follow_any_more_is_not_followed_by_it_either_and_the_neighbour_stays(
    database: Database, home: Municipality, now: datetime
) -> None:
    water, roads = await issue_of(database, home), await issue_of(database, home, "municipal-roads")
    async with database.transaction() as db:
        aigul, bakyt = [await a_resident(db, home, now, address=address) for address in ("101", "102")]
        for person in (aigul, bakyt):
            for issue in (water, roads):
                await issues.follow(db, person, issue.id, now)
        assert [await issues.unfollow(db, aigul, water.id, now) for _ in range(2)] == [True, False]
    async with database.transaction() as db:
        kept = (await db.execute(select(Following.person_id, Following.issue_id))).all()
        events = (await db.scalars(select(Entry.event).order_by(Entry.id))).all()
    assert sorted(map(tuple, kept)) == sorted([(aigul.id, roads.id), (bakyt.id, water.id), (bakyt.id, roads.id)])
    assert events.count("issue.unfollowed") == 1


async def test_who_took_back_their_consent_may_still_stop_following(
    database: Database, home: Municipality, now: datetime
) -> None:
    water = await issue_of(database, home)
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        await issues.follow(db, aigul, water.id, now)
        aigul.consent_version = None
        assert await issues.unfollow(db, aigul, water.id, now)


# --- words ---


async def test_a_text_of_the_law_is_locked_without_the_law_that_changed_it(
    database: Database, home: Municipality
) -> None:
    water = await issue_of(database, home)
    before = {column.key: getattr(water, column.key) for column in Issue.__mapper__.column_attrs}
    laws: Sequence[Any] = (None, {}, {"short": {}}, {"short": {"ky": "№ 5", "ru": "№ 5", "en": ""}}, {"reference": LAW})
    for law in laws:
        with pytest.raises(Refused) as no:
            reword(water, **NEW, law=law)
        assert no.value.reason is Reason.LOCKED_BY_LAW
    assert {column.key: getattr(water, column.key) for column in Issue.__mapper__.column_attrs} == before


async def test_with_the_law_that_changed_it_a_text_becomes_a_new_version_from_that_day(
    database: Database, home: Municipality
) -> None:
    async with database.transaction() as db:
        water = next(issue for issue in await whole_issues(db, home.id) if issue.code == "drinking-water")
        reword(water, **NEW, law=LAW)
    async with database.transaction() as db:
        kept = await db.get_one(Issue, water.id)
        assert (kept.version, kept.effective_on, kept.law_in("ky")) == (2, date(2026, 5, 1), "№ 5 Мыйзам")
        assert [kept.said("label", k) for k in ("ky", "ru", "en")] == ["Таза суу", "Чистая вода", "Clean water"]
        assert kept.said("text", "ru") == "снабжение чистой водой"
        assert (kept.code, kept.law_code, kept.responsible) == ("drinking-water", "drinking-water", "Турдубеков Эрмек")


async def test_a_text_of_the_charter_belongs_to_the_municipality_and_keeps_its_source(
    database: Database, home: Municipality
) -> None:
    trees = await issue_of(database, home, "charter-trees")
    source = trees.law
    reword(trees, **NEW, law=None)
    reword(trees, **NEW, law=None)
    assert (trees.version, trees.law, trees.label_ky) == (3, source, "Таза суу")


async def test_a_reworded_issue_is_found_by_its_new_words_and_no_longer_by_the_old_ones(
    database: Database, home: Municipality
) -> None:
    async with database.transaction() as db:
        assert [issue.code for issue in await issues_like(db, home.id, "кудук")] == ["drinking-water"]
        assert await issues_like(db, home.id, "фильтр") == []
        water = next(issue for issue in await whole_issues(db, home.id) if issue.code == "drinking-water")
        reword(water, **NEW, law=LAW)
    async with database.transaction() as db:
        assert [issue.code for issue in await issues_like(db, home.id, "фильтр")] == ["drinking-water"]
        assert await issues_like(db, home.id, "кудук") == []


async def test_an_issue_put_on_the_list_carries_the_words_and_the_source_of_the_catalogue(
    database: Database, home: Municipality
) -> None:
    listed = catalogue()
    async with database.transaction() as db:
        places = enlist(db, home, listed.issues["charter-public-places"], listed, date(2026, 5, 1))
    water, kept = await issue_of(database, home), await issue_of(database, home, "charter-public-places")
    assert kept.id == places.id
    assert (water.law_code, kept.law_code) == ("drinking-water", None)
    assert (water.position, kept.position) == (4, 104)
    assert (water.law_in("ky"), kept.law_in("ky")) == ("№ 123 Мыйзамдын 27-беренеси", "Типтүү Уставдын 11.2-пункту")
    assert (water.version, kept.version, kept.label_en) == (1, 1, "Public places")
    assert "колонка" in water.found_by.split()


def test_renewing_keeps_the_day_and_changes_no_version() -> None:
    issue = Issue(version=3, label_ky="Суу")
    renew(issue, date(2026, 5, 4))
    assert (issue.renewed_on, issue.version, issue.label_ky) == (date(2026, 5, 4), 3, "Суу")
