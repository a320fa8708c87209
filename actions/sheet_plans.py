"""What would a corrected spreadsheet change in the list of issues, what is wrong with it, and how is it applied?"""

import asyncio
import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import keeping
from actions.issue_sheet import SAID, SheetWords, chosen, code_for, columns, one_line, places, themes
from civic.issues import is_locked
from civic.people import Role
from civic.refusals import Reason, Refused
from civic.sheets import BadSheet, Fault, Flaw
from civic.spelling import fold
from exports.sheet_reading import Sheet, read
from exports.sheets import Row
from storage.catalogue import catalogue
from storage.issues import Issue, kept_issues
from storage.municipalities import Municipality
from storage.people import Person

MOST_ROWS = 1_000  # no list is so long, and a longer file would keep everybody waiting
_FAR = 10**9  # a place behind all others
InLanguages = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Addition:
    """An issue that would come to the list."""

    code: str
    theme: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become different, by the codes of issues. `changed` has what stands in each field before and after,
    `order` is that of the charter issues afterwards, `labels` what each issue is called, and `seen` marks the state of
    the list for which all this was found."""

    seen: str
    added: tuple[Addition, ...] = ()
    changed: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    renewed: Mapping[str, date] = field(default_factory=dict)
    retired: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    labels: Mapping[str, InLanguages] = field(default_factory=dict)
    left: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""
        return not (self.added or self.changed or self.renewed or self.retired or self.restored or self.moved)


def seen(kept: Sequence[Issue]) -> str:
    """A mark of the state of the list: another one after every change of any issue."""
    states = (
        f"{i.id} {i.version} {i.position} {i.renewed_on} {i.retired_on}" for i in sorted(kept, key=lambda i: i.id)
    )
    return hashlib.sha256("\n".join(states).encode()).hexdigest()


async def read_sheet(
    db: AsyncSession, home: Municipality, content: bytes, name: str, words: SheetWords, today: date
) -> Plan:
    """What the file would change on the list of that municipality; nothing is changed yet. An issue that is not in
    the file, and a column that is not, stay as they are. BadSheet names everything that is wrong."""
    faults: list[Fault] = []
    try:
        sheet = await asyncio.to_thread(read, content, name, columns(words), most_rows=MOST_ROWS)
    except BadSheet as bad:
        if not isinstance(bad.sheet, Sheet):
            raise
        sheet, faults = bad.sheet, list(bad.faults)
    plan, more = _Planning(await kept_issues(db, home.id), sheet, words, today).plan()
    known = {(fault.row, fault.letter) for fault in faults}
    faults += [fault for fault in more if (fault.row, fault.letter) not in known]
    if faults:
        raise BadSheet(sorted(faults, key=lambda fault: (fault.row, len(fault.letter), fault.letter)), sheet)
    return plan


class _Planning:
    """Goes through the rows once, gathering what would change and what is wrong."""

    def __init__(self, kept: Sequence[Issue], sheet: Sheet, words: SheetWords, today: date) -> None:
        self.kept, self.sheet, self.words, self.today = kept, sheet, words, today
        self.by_code = {issue.code: issue for issue in kept}
        self.places = places(kept)
        self.faults: list[Fault] = []
        self.added: list[Addition] = []
        self.changed: dict[str, dict[str, tuple[str, str]]] = {}
        self.renewed: dict[str, date] = {}
        self.off: dict[str, bool] = {}  # on or off the list, where that changes
        self.wanted: dict[str, int] = {}  # the place that the file gives to a charter issue
        self.labels: dict[str, InLanguages] = {
            issue.code: {k: issue.said("label", k) for k in keeping.LANGUAGES} for issue in kept
        }
        own = [issue for issue in kept if not is_locked(issue.law_code)]
        self.named = {fold(issue.label_ky): issue.code for issue in own}

    def plan(self) -> tuple[Plan, list[Fault]]:
        """What the whole file comes to."""
        met: dict[str, int] = {}
        for row in self.sheet.rows:
            code = str(row.cells.get("code") or "").lower()
            if "code" not in row.cells:
                continue  # what stands there cannot be read, and that is named already
            if code and code in met:
                self.wrong(Flaw.CODE_TWICE, row, "code", code=code[:60], first=met[code])
            elif code in self.by_code:
                self.compare(row, self.by_code[code])
            elif not code or self._is_model(code):
                self.add(row, code)
            else:
                self.wrong(Flaw.UNKNOWN_CODE, row, "code", code=code[:60])
            met.setdefault(code, row.number)
        order, moved = self._order()
        touched = {*self.changed, *self.renewed, *self.off, *moved}
        return Plan(
            seen=seen(self.kept),
            added=tuple(self.added),
            changed=self.changed,
            renewed={code: day for code, day in self.renewed.items() if code not in self.changed},
            retired=tuple(code for code, off in self.off.items() if off),
            restored=tuple(code for code, off in self.off.items() if not off),
            moved=tuple(moved),
            order=tuple(order),
            labels=self.labels,
            left=sum(issue.code not in touched for issue in self.kept),
        ), self.faults

    def wrong(self, flaw: Flaw, row: Row, key: str, **details: str | int) -> None:
        """Notes a fault at the cell."""
        where = self.sheet.fault(flaw, row, key)
        self.faults.append(replace(where, details=details))

    # --- an issue that is there ---

    def compare(self, row: Row, issue: Issue) -> None:
        """What the row would change of the issue."""
        locked = is_locked(issue.law_code)
        self._words(row, issue, locked=locked)
        theme = self._choice(row, "theme", {issue.group: {"": issue.group}, **themes()}) or issue.group
        if theme != issue.group:
            if locked:
                self.wrong(Flaw.LOCKED, row, "theme")
            self.changed.setdefault(issue.code, {})["group"] = issue.group, theme
        origin = "law" if locked else "charter"
        if (self._choice(row, "origin", self._of("law", "charter")) or origin) != origin:
            self.wrong(Flaw.CANNOT_CHANGE, row, "origin")
        off = issue.retired_on is not None
        wanted = self._choice(row, "retired", self._of("yes", "no"))
        if wanted is not None and (wanted == "yes") != off:
            self.off[issue.code] = not off
            if locked:
                self.wrong(Flaw.LOCKED, row, "retired")
        place, now = row.cells.get("place"), self.places.get(issue.code)
        if isinstance(place, int) and place != now:
            if locked and now is not None:
                self.wrong(Flaw.LOCKED, row, "place")
            self.wanted[issue.code] = place
        if "renewed_on" in row.cells:
            self._renewal(row, issue)

    def _words(self, row: Row, issue: Issue, *, locked: bool) -> None:
        for name in (*keeping.WORDS, *SAID):
            if name not in row.cells:
                continue
            before, after = one_line(name, getattr(issue, name)), self._said(row, name, locked=locked, issue=issue)
            if after == before or (locked and name in keeping.WORDS and not after):
                continue
            if locked and name in keeping.WORDS:
                self.wrong(Flaw.LOCKED, row, name)
            elif self._fits(row, name, after):
                self.changed.setdefault(issue.code, {})[name] = before, after

    def _said(self, row: Row, name: str, *, locked: bool = False, issue: Issue | None = None) -> str:
        """What the cell says; of a charter issue, what nobody translated is read in Kyrgyz."""
        said = one_line(name, str(row.cells.get(name) or ""))
        part, _, language = name.partition("_")
        if said or locked or part not in ("label", "text") or language == "ky":
            return said
        kyrgyz = row.cells.get(f"{part}_ky", getattr(issue, f"{part}_ky", ""))
        return one_line(name, str(kyrgyz or ""))

    def _fits(self, row: Row, name: str, said: str) -> bool:
        most = keeping.limit(name)
        if said and not row.cells.get(name):
            return True  # Kyrgyz words in place of a translation are judged where they stand
        if len(said) > most:
            self.wrong(Flaw.TOO_LONG, row, name, most=most, is_now=len(said))
        elif not said and name in ("label_ky", "text_ky"):
            self.wrong(Flaw.EMPTY_CELL, row, name)
        else:
            return True
        return False

    def _renewal(self, row: Row, issue: Issue) -> None:
        day, before = row.cells["renewed_on"], issue.renewed_on
        if isinstance(day, date) and day > self.today:
            self.wrong(Flaw.IN_THE_FUTURE, row, "renewed_on", today=f"{self.today:%d.%m.%Y}")
        elif before is not None and (not isinstance(day, date) or day < before):
            self.wrong(Flaw.OLDER_DAY, row, "renewed_on", before=f"{before:%d.%m.%Y}")
        elif isinstance(day, date) and day != before:
            self.renewed[issue.code] = day

    def _of(self, *codes: str) -> dict[str, InLanguages]:
        return {code: self.words.choices[code] for code in codes}

    def _choice(self, row: Row, key: str, choices: Mapping[str, InLanguages]) -> str | None:
        """The choice that the cell names; None for an empty cell, and for a wrong one, which is noted."""
        said = str(row.cells.get(key) or "")
        found = chosen(said, choices) if said else None
        if said and found is None:
            labels = (labels.get("ky") or code for code, labels in choices.items())
            self.wrong(Flaw.NOT_A_CHOICE, row, key, said=said[:60], choices=" / ".join(labels))
        return found

    # --- an issue that comes ---

    def _is_model(self, code: str) -> bool:
        listed = catalogue().issues.get(code)
        return listed is not None and not listed.statutory

    def add(self, row: Row, code: str) -> None:
        """A charter issue of the Model Charter by its code, or one in the community's own words without a code."""
        listed = catalogue().issues.get(code)
        model: dict[str, str] = {}
        if listed is not None:
            model |= {f"label_{k}": v for k, v in listed.label.items()} | {
                f"text_{k}": v for k, v in listed.text.items()
            }
        said = {name: self._said(row, name) or model.get(name, "") for name in (*keeping.WORDS, *SAID)}
        fits = [self._fits(row, name, value) for name, value in said.items()]
        choices = themes()
        theme = self._choice(row, "theme", choices) or (listed.theme if listed is not None else "")
        if not theme and not row.cells.get("theme"):
            self.wrong(Flaw.EMPTY_CELL, row, "theme")
        if self._choice(row, "origin", self._of("law", "charter")) == "law":
            self.wrong(Flaw.LOCKED, row, "origin")
        if self._choice(row, "retired", self._of("yes", "no")) == "yes":
            self.wrong(Flaw.CANNOT_CHANGE, row, "retired")
        day = row.cells.get("renewed_on")
        if isinstance(day, date) and day > self.today:
            self.wrong(Flaw.IN_THE_FUTURE, row, "renewed_on", today=f"{self.today:%d.%m.%Y}")
        called = fold(said["label_ky"])
        if called and called in self.named:
            self.wrong(Flaw.LABEL_TAKEN, row, "label_ky", code=self.named[called])
        if not all(fits):
            return
        code = code or code_for(row_label(said), {*self.by_code, *self.labels, *catalogue().issues})
        self.named[called] = code
        self.labels[code] = {k: said[f"label_{k}"] for k in keeping.LANGUAGES}
        self.added.append(Addition(code, theme, said))
        place = row.cells.get("place")
        if isinstance(place, int):
            self.wanted[code] = place

    # --- their order ---

    def _order(self) -> tuple[list[str], list[str]]:
        """The charter issues in the order that the file wants, and which of those that are there must move for it."""
        own = [i for i in self.kept if not is_locked(i.law_code) and not self.off.get(i.code, i.retired_on is not None)]
        present = [issue.code for issue in sorted(own, key=lambda issue: (issue.position, issue.id))]
        all_codes = present + [each.code for each in self.added]
        now: dict[str, int] = {}
        for before, code in zip([None, *present], present, strict=False):  # what is put back stands where it stood
            now[code] = self.places.get(code, now[before] if before is not None else 0)

        def rank(code: str) -> tuple[int, int, int]:
            stands = now.get(code, _FAR)
            place = self.wanted.get(code, stands)
            aside = 0 if place == stands else -1 if place < stands else 1  # it takes the place of what stands there
            return place, aside, all_codes.index(code)

        order = sorted(all_codes, key=rank)
        return order, [code for code in out_of_order(present, order) if code in present]


def row_label(said: Mapping[str, str]) -> str:
    """The label of which a code is made: the English one where it is one, else the Kyrgyz."""
    english = said.get("label_en", "")
    return english if english.isascii() and english else said["label_ky"]


def out_of_order(now: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The fewest that must move so that `now` becomes `wanted`, in the order of `wanted`: those outside its longest
    run that rises. What is not in `now` yet stands at its end."""
    at = {code: number for number, code in enumerate([*now, *(code for code in wanted if code not in now)])}
    ends: list[int] = []  # by length of a rising run, the lowest place at which one of that length ends
    runs: list[list[str]] = []
    for code in wanted:
        length = bisect_left(ends, at[code])
        run = [*(runs[length - 1] if length else []), code]
        ends[length : length + 1] = [at[code]]
        runs[length : length + 1] = [run]
    staying = set(runs[-1]) if runs else set()
    return [code for code in wanted if code not in staying]


async def apply(
    db: AsyncSession, home: Municipality, plan: Plan, by: Person | None, roles: frozenset[Role], now: datetime
) -> None:
    """Does what was planned, each change as a version with its author; None: the installation itself. What is changed
    counts as renewed today (Typical Plan 2.5). Refused: LIST_CHANGED when the list is not the one any more for which it
    was planned, NOT_YOURS, NOT_FOUND, and what keeping refuses."""
    query = select(Issue).where(Issue.municipality_id == home.id).order_by(Issue.id).with_for_update()
    kept = (await db.scalars(query, execution_options={"populate_existing": True})).all()
    if seen(kept) != plan.seen:
        raise Refused(Reason.LIST_CHANGED)
    issues, today = {issue.code: issue for issue in kept}, keeping.today_of(home, now)
    for code in plan.restored:
        await keeping.restore(db, issues[code], by, roles, now)
    for code, fields in plan.changed.items():
        new = {name: after for name, (_, after) in fields.items()}
        await keeping.edit(db, issues[code], new, by, roles, now, today)
    for code, day in plan.renewed.items():
        await keeping.renew(db, [issues[code]], by, roles, now, day)
    for each in plan.added:
        law = _resting_on(each.code)
        issues[each.code] = await keeping.add(
            db, home, each.fields, each.theme, by, roles, now, law=law, code=each.code
        )
    for code in plan.retired:
        await keeping.retire(db, issues[code], by, roles, now, today)
    await db.flush()
    for code, place in _moves(issues.values(), plan.order):
        await keeping.move(db, issues[code], place, by, roles, now)
    await db.flush()


def _resting_on(code: str) -> dict[str, InLanguages]:
    charter = catalogue().charter
    if code in catalogue().issues:
        return {"short": charter["short"], "reference": charter["reference"]}
    return {"short": charter["own"], "reference": charter["own"]}


def _moves(issues: Iterable[Issue], order: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The moves, one after the other, that bring the charter issues into that order: each goes right behind the one
    that it is to follow."""
    own = sorted(
        (i for i in issues if i.retired_on is None and not is_locked(i.law_code)), key=lambda i: (i.position, i.id)
    )
    stands = [issue.code for issue in own]
    for code in out_of_order(stands, order):
        before = order[: order.index(code)]
        stands.remove(code)
        place = stands.index(before[-1]) + 1 if before else 0
        stands.insert(place, code)
        yield code, place + 1
