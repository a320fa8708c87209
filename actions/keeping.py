"""What can staff do to keep the list of issues alive? Every change becomes a version with its author."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox
from civic.events import Event
from civic.issues import is_locked
from civic.people import Right, Role, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import fold
from storage.changes import Change, IssueChange
from storage.issues import Issue, kept_issues, people_who_follow_issue, whole_issues
from storage.municipalities import Municipality
from storage.people import Person

LANGUAGES = ("ky", "ru", "en")
WORDS = tuple(f"{part}_{language}" for part in ("label", "text") for language in LANGUAGES)
SAID = ("responsible", *(f"post_{k}" for k in LANGUAGES), "phone", *(f"doing_{k}" for k in LANGUAGES), "file_id")
NEWS = (*WORDS, *(f"doing_{language}" for language in LANGUAGES), "file_id")  # what those who follow an issue are told
LABEL_LIMIT = 20  # characters of a button
LIMITS = {"label": LABEL_LIMIT, "text": 1_000, "responsible": 200, "post": 200, "phone": 40, "doing": 3_000}
Fields = Mapping[str, str | None]


def limit(field: str) -> int:
    """How many characters fit into a field of an issue, like `doing_ky`."""
    return LIMITS[field.partition("_")[0]]


def _may_keep(issue: Issue | None, by: Person | None, roles: frozenset[Role]) -> None:
    if by is None:  # the installation itself, from a file
        return
    refuse(why_not_may(roles, Right.KEEP_ISSUES))
    if by.municipality_id is None or (issue is not None and issue.municipality_id != by.municipality_id):
        raise Refused(Reason.NOT_FOUND)


def why_locked(issue: Issue) -> None:
    """Refused(LOCKED_BY_LAW) for a statutory issue, whose words and place only the law changes (Typical Plan 1.6)."""
    if is_locked(issue.law_code):
        raise Refused(Reason.LOCKED_BY_LAW)


def today_of(home: Municipality, now: datetime) -> date:
    """The date in the municipality."""
    return now.astimezone(ZoneInfo(home.time_zone)).date()


def note(
    db: AsyncSession,
    issue: Issue,
    kind: Change,
    at: datetime,
    *,
    by: int | None,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    """Adds a version to the issue's history. The issue must have its number (be flushed)."""
    if kind not in (Change.ADDED, Change.LAW):  # new words from the law have counted already
        issue.version = (issue.version or 1) + 1
    db.add(
        IssueChange(
            municipality_id=issue.municipality_id,
            issue_id=issue.id,
            number=issue.version,
            kind=kind,
            at=at,
            by=by,
            before=dict(before),
            after=dict(after),
        )
    )
    journal.write(
        db,
        Event.ISSUE_CHANGED,
        at,
        municipality=issue.municipality_id,
        actor=by,
        object_id=issue.id,
        kind=kind.value,
        version=issue.version,
    )


async def edit(
    db: AsyncSession,
    issue: Issue,
    fields: Fields,
    by: Person | None,
    roles: frozenset[Role],
    now: datetime,
    today: date,
) -> bool:
    """Gives an issue new contents; what differs becomes one version, and the information counts as renewed today
    (Typical Plan 2.5). Whoever follows the issue is told when its words or what is being done are new. `by` is None
    for the installation itself, here and below. False when nothing differs. Refused: NOT_YOURS, NOT_FOUND,
    LOCKED_BY_LAW for the words of a statutory issue (1.6), TOO_LONG, TOO_SHORT for a charter issue without Kyrgyz
    words."""
    _may_keep(issue, by, roles)
    before = {name: getattr(issue, name) for name in fields}
    after = {name: value for name, value in fields.items() if before[name] != value}
    if not after:
        return False
    if is_locked(issue.law_code) and any(name in WORDS or name == "group" for name in after):
        raise Refused(Reason.LOCKED_BY_LAW)
    _check(after)
    for name, value in after.items():
        setattr(issue, name, value)
    if any(name in WORDS for name in after):
        issue.found_by = findable(issue)
    kept = {name: before[name] for name in after}
    if issue.renewed_on != today:
        kept["renewed_on"] = _day(issue.renewed_on)
        after["renewed_on"] = _day(today)
        issue.renewed_on = today
    note(db, issue, Change.EDITED, now, by=_who(by), before=kept, after=after)
    if any(after.get(name) for name in NEWS):
        await tell_followers(db, issue, now, today, by=_who(by))
    return True


async def tell_followers(db: AsyncSession, issue: Issue, now: datetime, today: date, *, by: int | None) -> None:
    """Whoever follows the issue reads the news of it, once a day however often it is changed; not who changed it."""
    last = 0
    while people := await people_who_follow_issue(db, issue.id, after=last):
        last = people[-1].id
        await outbox.post(
            db,
            [person for person in people if person.id != by],
            "issue-news",
            once=f"issue-news-{issue.id}-{today.isoformat()}",
            municipality=issue.municipality_id,
            now=now,
            issue=issue.id,
        )


def _check(fields: Fields) -> None:
    for name, value in fields.items():
        if name in ("file_id", "group") or value is None:
            continue
        if len(value) > limit(name):
            raise Refused(Reason.TOO_LONG, most=limit(name), is_now=len(value))
        if not value and name in ("label_ky", "text_ky"):
            raise Refused(Reason.TOO_SHORT, least=1)


def _who(by: Person | None) -> int | None:
    return by.id if by is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def findable(issue: Issue) -> str:
    """The folded words by which search finds an issue: those of its label and text."""
    pieces = {piece for name in WORDS for piece in fold(getattr(issue, name) or "").split()}
    return " ".join(sorted(piece for piece in pieces if len(piece) > 1))


async def add(
    db: AsyncSession,
    home: Municipality,
    fields: Fields,
    theme: str,
    by: Person | None,
    roles: frozenset[Role],
    now: datetime,
    *,
    law: Mapping[str, Mapping[str, str]],
    code: str = "",
) -> Issue:
    """Adds an issue that the community took up by its own charter (Model Charter 11.1), at the end of the list.
    `fields` holds at least `label_ky` and `text_ky`; missing Russian and English words are the Kyrgyz ones. `law` is
    what it rests on, `short` and as a `reference` in every language.
    Refused: NOT_YOURS, NOT_FOUND, TOO_LONG, TOO_SHORT."""
    _may_keep(None, by, roles)
    if by is not None and by.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    _check({"label_ky": "", "text_ky": "", **fields})
    kept, today = await kept_issues(db, home.id), today_of(home, now)
    codes = {issue.code for issue in kept}
    number = len(kept) + 1
    while not code or code in codes:
        code, number = f"own-{number}", number + 1
    issue = Issue(
        municipality_id=home.id,
        code=code,
        law_code=None,
        group=theme,
        position=max((issue.position for issue in kept), default=100) + 1,
        effective_on=today,
        law={form: dict(words) for form, words in law.items()},
        listed_on=today,
        renewed_on=today,
        version=1,
        found_by="",
    )
    for name in (*WORDS, *SAID[:-1]):
        part, _, language = name.partition("_")
        missing = fields.get(f"{part}_ky") if language and part in ("label", "text") else ""
        setattr(issue, name, fields.get(name) or missing or "")
    issue.file_id = fields.get("file_id")
    issue.found_by = findable(issue)
    db.add(issue)
    await db.flush()
    note(db, issue, Change.ADDED, now, by=_who(by), before={}, after={k: v for k, v in fields.items() if v})
    return issue


async def retire(
    db: AsyncSession, issue: Issue, by: Person | None, roles: frozenset[Role], now: datetime, on: date
) -> bool:
    """Takes a charter issue off the list; its history stays. False when it is off already. Refused: LOCKED_BY_LAW for
    a statutory one (Typical Plan 1.6), NOT_YOURS, NOT_FOUND."""
    _may_keep(issue, by, roles)
    why_locked(issue)
    if issue.retired_on is not None:
        return False
    issue.retired_on = on
    note(db, issue, Change.RETIRED, now, by=_who(by), before={"retired_on": None}, after={"retired_on": _day(on)})
    return True


async def restore(db: AsyncSession, issue: Issue, by: Person | None, roles: frozenset[Role], now: datetime) -> bool:
    """Puts a retired issue back on the list; False when it is there. Refused: NOT_YOURS, NOT_FOUND."""
    _may_keep(issue, by, roles)
    if issue.retired_on is None:
        return False
    before = {"retired_on": _day(issue.retired_on)}
    issue.retired_on = None
    note(db, issue, Change.RESTORED, now, by=_who(by), before=before, after={"retired_on": None})
    return True


async def move(
    db: AsyncSession, issue: Issue, place: int, by: Person | None, roles: frozenset[Role], now: datetime
) -> tuple[int, int]:
    """Moves a charter issue to that place among the charter issues, counted from 1; gives the places before and
    after. The statutory ones come first and keep the order of the law. Refused: LOCKED_BY_LAW, NOT_YOURS,
    NOT_FOUND."""
    _may_keep(issue, by, roles)
    why_locked(issue)
    own = [each for each in await whole_issues(db, issue.municipality_id) if not is_locked(each.law_code)]
    if issue not in own:
        raise Refused(Reason.NOT_FOUND)
    was = own.index(issue) + 1
    place = min(max(1, place), len(own))
    if place != was:
        own.remove(issue)
        own.insert(place - 1, issue)
        for number, each in enumerate(own):
            each.position = 101 + number
        note(db, issue, Change.MOVED, now, by=_who(by), before={"place": was}, after={"place": place})
    return was, place


async def renew(
    db: AsyncSession, issues: Sequence[Issue], by: Person | None, roles: frozenset[Role], now: datetime, today: date
) -> int:
    """The information on these issues was checked today, and nothing had to be changed: that is a renewal with a
    name and a date as well (Typical Plan 2.5). Gives how many were not renewed today already. Refused: NOT_YOURS,
    NOT_FOUND."""
    renewed = 0
    for issue in issues:
        _may_keep(issue, by, roles)
        if issue.renewed_on == today:
            continue
        before = {"renewed_on": _day(issue.renewed_on)}
        issue.renewed_on = today
        note(db, issue, Change.RENEWED, now, by=_who(by), before=before, after={"renewed_on": _day(today)})
        renewed += 1
    return renewed


async def own_renewals(
    db: AsyncSession, municipality_id: int, by: Person, first: int, last: int
) -> Sequence[IssueChange]:
    """The renewals of that person in that range of numbers, in that municipality."""
    query = select(IssueChange).where(
        IssueChange.municipality_id == municipality_id,
        IssueChange.by == by.id,
        IssueChange.kind == Change.RENEWED,
        IssueChange.id.between(min(first, 2**31), min(last, 2**31)),
    )
    return (await db.scalars(query.limit(100))).all()


async def undo_renewal(
    db: AsyncSession, changes: Sequence[IssueChange], by: Person, roles: frozenset[Role], now: datetime
) -> int:
    """Takes back renewals of one's own that nothing followed; gives how many. Refused(NOT_YOURS)."""
    refuse(why_not_may(roles, Right.KEEP_ISSUES))
    undone = 0
    numbers = {change.issue_id for change in changes}
    about = {issue.id: issue for issue in await db.scalars(select(Issue).where(Issue.id.in_(numbers)))}
    for change in changes:
        issue = about.get(change.issue_id)
        if issue is None or change.kind is not Change.RENEWED or change.by != by.id or issue.version != change.number:
            continue
        if issue.municipality_id != by.municipality_id:
            continue
        day = change.before.get("renewed_on")
        issue.renewed_on = date.fromisoformat(day) if day else None
        note(db, issue, Change.RENEWED, now, by=by.id, before=change.after, after=change.before)
        undone += 1
    return undone
