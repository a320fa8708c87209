"""The list of the law reaches every municipality, and only by the catalogue that names the law (Typical Plan 1.6)."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from actions import issues, municipalities
from civic.refusals import Reason, Refused
from sandbox.run import AIMAK
from storage.catalogue import ISSUES, Catalogue, catalogue
from storage.database import Database
from storage.issues import Issue, kept_issues, whole_issues
from storage.municipalities import Municipality

TODAY = date(2026, 5, 4)
CITY = AIMAK.with_name("city.yaml")


async def _two_homes(db: AsyncSession) -> list[Municipality]:
    files = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in (AIMAK, CITY))
    return [(await municipalities.take_in(db, data, catalogue(), TODAY)).municipality for data in files]


def _law_of(folder: Path, old: str, new: str) -> Catalogue:
    """The shipped list with one thing changed."""
    text = ISSUES.read_text(encoding="utf-8")
    assert old in text
    (folder / "law.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return catalogue(folder / "law.yaml")


async def _issue(db: AsyncSession, home: Municipality, code: str) -> Issue:
    return next(issue for issue in await kept_issues(db, home.id) if issue.code == code)


async def test_a_list_that_says_what_is_known_changes_nothing(database: Database) -> None:
    async with database.transaction() as db:
        await _two_homes(db)
        assert await issues.take_law(db, catalogue(), TODAY) == (0, 2)


async def test_one_corrected_word_changes_one_issue_everywhere_and_leaves_what_the_municipality_wrote(
    database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as db:
        homes = await _two_homes(db)
        before = [(await _issue(db, home, "drinking-water")).doing_ky for home in homes]
        law = _law_of(tmp_path, 'label: {ky: "Ичүүчү суу"', 'label: {ky: "Таза суу"')
        assert await issues.take_law(db, law, TODAY) == (2, 2)
        after = [await _issue(db, home, "drinking-water") for home in homes]
    assert [(issue.label_ky, issue.version, issue.effective_on) for issue in after] == [("Таза суу", 2, TODAY)] * 2
    assert [issue.doing_ky for issue in after] == before
    assert any(before), "there was something to lose"


async def test_the_day_on_which_the_texts_were_compared_reaches_every_statutory_issue(
    database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as db:
        (home, _) = await _two_homes(db)
        law = _law_of(tmp_path, "checked_on: null", "checked_on: 2026-05-01")
        assert await issues.take_law(db, law, TODAY) == (40, 2)
        listed = await whole_issues(db, home.id)
    assert {issue.checked_on for issue in listed if issue.law_code} == {date(2026, 5, 1)}
    assert {issue.checked_on for issue in listed if not issue.law_code} == {None}


async def test_what_the_law_drops_is_retired_and_comes_back_with_the_law(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as db:
        (home, _) = await _two_homes(db)
        law = _law_of(tmp_path, "- code: libraries\n", "- code: reading-rooms\n")
        assert await issues.take_law(db, law, TODAY) == (4, 2)  # one dropped and one added, in two municipalities
        assert (await _issue(db, home, "libraries")).retired_on == TODAY
        assert "libraries" not in {issue.code for issue in await whole_issues(db, home.id)}
        assert await issues.take_law(db, catalogue(), TODAY) == (4, 2)
        assert (await _issue(db, home, "libraries")).retired_on is None


async def test_without_a_law_reference_a_statutory_text_stays_locked(database: Database) -> None:
    async with database.transaction() as db:
        (home, _) = await _two_homes(db)
        issue = await _issue(db, home, "drinking-water")
        words = {"ky": "Башка", "ru": "Другое", "en": "Other"}
        with pytest.raises(Refused) as no:
            issues.reword(issue, label=words, text=words, words=(), law=None, effective_on=TODAY)
        assert no.value.reason is Reason.LOCKED_BY_LAW
        assert (issue.label_ky, issue.version) == ("Ичүүчү суу", 1)
