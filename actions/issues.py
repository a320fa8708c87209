"""What can be done with the list of issues of local importance?"""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, keeping
from civic.events import Event
from civic.issues import is_locked
from civic.people import refuse, why_cannot_follow
from civic.refusals import Reason, Refused
from civic.spelling import fold
from storage.catalogue import Catalogue, ListedIssue
from storage.changes import Change
from storage.issues import Following, Issue, get_issue, kept_issues
from storage.municipalities import Municipality, municipalities
from storage.people import Person
from storage.subscriptions import drop_mute

_INSERT = {
    name: dialect.insert(Following).on_conflict_do_nothing().returning(Following.issue_id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def follow(db: AsyncSession, person: Person, issue_id: int, now: datetime) -> bool:
    """The person follows an issue of their municipality; False when they already did. Refused: NEEDS_CONSENT,
    NOT_FOUND."""
    refuse(why_cannot_follow(person))
    issue = await get_issue(db, person.municipality_id, issue_id)
    row = {
        "person_id": person.id,
        "issue_id": issue.id,
        "municipality_id": issue.municipality_id,
        "since": now,
    }
    new = await db.scalar(_INSERT[db.get_bind().dialect.name].values(row))
    await drop_mute(db, person.id, "issue", issue.id)
    if new is not None:
        journal.write(
            db, Event.ISSUE_FOLLOWED, now, municipality=issue.municipality_id, actor=person.id, object_id=issue.id
        )
    return new is not None


async def unfollow(db: AsyncSession, person: Person, issue_id: int, now: datetime) -> bool:
    """The person does not follow the issue any more; False when they did not. Refused(NOT_FOUND)."""
    issue = await get_issue(db, person.municipality_id, issue_id)
    gone = await db.execute(delete(Following).where(Following.person_id == person.id, Following.issue_id == issue.id))
    if gone.rowcount:  # type: ignore[attr-defined]
        journal.write(
            db,
            Event.ISSUE_UNFOLLOWED,
            now,
            municipality=issue.municipality_id,
            actor=person.id,
            object_id=issue.id,
        )
        return True
    return False


def enlist(
    db: AsyncSession, municipality: Municipality, listed: ListedIssue, catalogue: Catalogue, today: date
) -> Issue:
    """Puts an issue of the catalogue on a municipality's list."""
    issue = Issue(
        municipality_id=municipality.id,
        code=listed.code,
        law_code=listed.code if listed.statutory else None,
        group=listed.theme,
        position=listed.number + (0 if listed.statutory else 100),
        effective_on=catalogue.effective_on,
        law=_law(catalogue, statutory=listed.statutory),
        checked_on=catalogue.checked_on if listed.statutory else None,
        found_by="",
        listed_on=today,
    )
    _take_words(issue, listed.label, listed.text, listed.words)
    db.add(issue)
    return issue


def reword(
    issue: Issue,
    *,
    label: Mapping[str, str],
    text: Mapping[str, str],
    words: tuple[str, ...],
    law: Mapping[str, Mapping[str, str]] | None,
    effective_on: date,
) -> None:
    """New words for an issue, as a new version from that day on. A statutory text is locked: it changes only with
    the reference of the law that changed it (Typical Plan 1.6). Refused(LOCKED_BY_LAW)."""
    if is_locked(issue.law_code) and not (law and all(law.get("short", {}).get(k) for k in ("ky", "ru", "en"))):
        raise Refused(Reason.LOCKED_BY_LAW)
    if law:
        issue.law = {key: dict(value) for key, value in law.items()}
    issue.version, issue.effective_on = (issue.version or 1) + 1, effective_on
    _take_words(issue, label, text, words)


async def take_law(db: AsyncSession, catalogue: Catalogue, today: date) -> tuple[int, int]:
    """Brings the statutory issues of every municipality to the words of the catalogue, which names the law: reworded
    as a new version, added where the law added one, retired where it dropped one. What a municipality wrote (who
    answers, what is being done) stays. Gives how many issues changed, and of how many municipalities."""
    law = _law(catalogue, statutory=True)
    changed, homes = 0, await municipalities(db)
    for home in homes:
        listed = {issue.law_code: issue for issue in await kept_issues(db, home.id) if issue.law_code}
        for code, words in catalogue.issues.items():
            if not words.statutory:
                continue
            issue = listed.pop(code, None)
            if issue is None:
                enlist(db, home, words, catalogue, today)
            elif (issue.law, issue.checked_on, _words_of(issue)) != (
                law,
                catalogue.checked_on,
                (words.label, words.text),
            ):
                before = _written(issue)
                reword(issue, label=words.label, text=words.text, words=words.words, law=law, effective_on=today)
                issue.checked_on = catalogue.checked_on
                after = {name: value for name, value in _written(issue).items() if value != before[name]}
                at = datetime.combine(today, time(12), ZoneInfo(home.time_zone))
                was = {name: before[name] for name in after}
                keeping.note(db, issue, Change.LAW, at, by=None, before=was, after=after)
                if any(name in keeping.WORDS for name in after):
                    await keeping.tell_followers(db, issue, at, today, by=None)
            elif issue.retired_on is None:
                continue
            if issue is not None:
                issue.retired_on = None
            changed += 1
        for issue in listed.values():
            changed += issue.retired_on is None
            issue.retired_on = issue.retired_on or today
    await db.flush()
    return changed, len(homes)


def _written(issue: Issue) -> dict[str, object]:
    return {name: getattr(issue, name) for name in keeping.WORDS} | {"law": issue.law_in("ky", form="reference")}


def _words_of(issue: Issue) -> tuple[dict[str, str], dict[str, str]]:
    return tuple({k: getattr(issue, f"{part}_{k}") for k in ("ky", "ru", "en")} for part in ("label", "text"))  # type: ignore[return-value]


def renew(issue: Issue, on: date) -> None:
    """The information on the issue was checked that day (Typical Plan 2.5), whether or not anything changed."""
    issue.renewed_on = on


def _law(catalogue: Catalogue, *, statutory: bool) -> dict[str, dict[str, str]]:
    source = catalogue.law if statutory else catalogue.charter
    law = {"short": dict(source["short"]), "reference": dict(source["reference"])}
    if statutory:
        law["check"] = dict(source["check_against"])
    return law


def _take_words(issue: Issue, label: Mapping[str, str], text: Mapping[str, str], words: tuple[str, ...]) -> None:
    for language in ("ky", "ru", "en"):
        setattr(issue, f"label_{language}", label[language])
        setattr(issue, f"text_{language}", text[language])
    found_by = {
        piece for words_of in (label.values(), text.values(), words) for one in words_of for piece in fold(one).split()
    }
    issue.found_by = " ".join(sorted(piece for piece in found_by if len(piece) > 1))
