"""How does the register of proposals become a spreadsheet for staff, and what does a filled-in one do?"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.issue_sheet import InLanguages, chosen
from actions.proposals import deciding
from civic.municipalities import local
from civic.people import Role
from civic.proposals import ANSWER, COMPETENT, COST, MEASURE, NEXT, PERIOD, REASON_LEAST, REGISTRY, State, needs_words
from civic.sheets import BadSheet, Fault, Flaw
from exports.sheet_reading import Sheet, read
from exports.sheets import Column, Kind, Row, Value
from storage.issues import Listed, listed_issues
from storage.municipalities import Municipality, villages
from storage.people import Person
from storage.proposals import Proposal, every_proposal

TOLD = ("number", "sent_on", "text", "village", "supports", "state", "due_on")  # what the sheet only tells
LIMITS = {
    "registry_no": REGISTRY,
    "answer_ky": ANSWER,
    "answer_ru": ANSWER,
    "cost": COST,
    "period": PERIOD,
    "measure": MEASURE,
    "competent": COMPETENT,
}
FILLED = ("registry_no", "issue", "decision", *list(LIMITS)[1:])  # what staff fill in
KEYS = (*TOLD, *FILLED)
_WIDTHS = {"number": 7, "sent_on": 12, "text": 60, "supports": 9, "due_on": 12, "answer_ky": 50, "answer_ru": 50}
_KINDS = {"number": Kind.NUMBER, "supports": Kind.NUMBER, "sent_on": Kind.DAY, "due_on": Kind.DAY}
MOST_ROWS = 5_000
MOST_CHANGES = 100  # at once: each tells author and supporters, and nobody's turn waits longer than some seconds
# what may be decided in the sheet; registering is done by its number, merging and taking back in the chat
DECISIONS = (
    State.UNDER_REVIEW,
    State.ACCEPTED,
    State.PARTLY_ACCEPTED,
    State.REJECTED,
    State.INCLUDED,
    State.IN_PROGRESS,
    State.DONE,
    State.OUT_OF_COMPETENCE,
)


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """The words of the sheet in every language: headings, notes, and the states."""

    names: Mapping[str, InLanguages]
    notes: Mapping[str, InLanguages]
    states: Mapping[str, InLanguages]


@dataclass(frozen=True, slots=True)
class Filled:
    """What one row changes: a number of the registry, another issue, a decision with its words."""

    proposal: int
    number: int
    registry_no: str = ""
    issue: int | None = None
    decision: State | None = None
    said: deciding.Decision = field(default_factory=deciding.Decision)


def columns(words: RegisterWords) -> tuple[Column, ...]:
    """The columns; only the number must be there, and what is left out changes nothing."""
    return tuple(
        Column(
            key,
            words.names[key],
            width=_WIDTHS.get(key, 22),
            kind=_KINDS.get(key, Kind.TEXT),
            notes=words.notes.get(key, {}),
            needed=key == "number",
        )
        for key in KEYS
    )


def seen(register: Sequence[Proposal]) -> str:
    """A mark of the state of the register: another one after every step of any proposal."""
    states = (f"{each.id} {each.state} {each.registry_no} {each.issue_id} {each.changed_at}" for each in register)
    return hashlib.sha256("\n".join(states).encode()).hexdigest()


async def give(db: AsyncSession, home: Municipality, words: RegisterWords, language: str) -> list[Row]:
    """Every proposal of the municipality by number. No authors and no callers: the sheet travels."""
    places = {each.id: each.name(language) for each in await villages(db, home.id)}
    labels = {each.id: each.said("label", language) for each in await listed_issues(db, home.id)}
    return [
        Row(_cells(each, home, places, labels, words, language), frozenset(TOLD))
        for each in await every_proposal(db, home.id)
    ]


def _cells(
    proposal: Proposal,
    home: Municipality,
    places: Mapping[int, str],
    labels: Mapping[int, str],
    words: RegisterWords,
    language: str,
) -> dict[str, Value]:
    return {
        "number": proposal.number,
        "sent_on": local(proposal.created_at, home.time_zone).date(),
        "text": "" if proposal.removed_because is not None else proposal.text,
        "village": places.get(proposal.village_id or 0, ""),
        "supports": proposal.support_count,
        "state": words.states[proposal.state][language],
        "due_on": proposal.due_on,
        "registry_no": proposal.registry_no or "",
        "issue": labels.get(proposal.issue_id or 0, ""),
        "decision": "",
        "answer_ky": proposal.answer_ky,
        "answer_ru": proposal.answer_ru,
        "cost": proposal.cost,
        "period": proposal.period,
        "measure": proposal.measure,
        "competent": proposal.competent,
    }


async def plan(
    db: AsyncSession, home: Municipality, content: bytes, name: str, words: RegisterWords
) -> tuple[list[Filled], str]:
    """What the filled-in sheet would do, and the mark of the register it was read against. BadSheet names everything
    that is wrong, by row and column; nothing is changed."""
    faults: list[Fault] = []
    try:
        sheet = await asyncio.to_thread(read, content, name, columns(words), most_rows=MOST_ROWS)
    except BadSheet as bad:
        if not isinstance(bad.sheet, Sheet):
            raise
        sheet, faults = bad.sheet, list(bad.faults)
    register = await every_proposal(db, home.id)
    known = {each.number: each for each in register}
    issues = await listed_issues(db, home.id)
    rows: list[Filled] = []
    met: set[int] = set()
    for row in sheet.rows:
        number = row.cells.get("number")
        proposal = known.get(number) if isinstance(number, int) else None
        if proposal is None:
            faults.append(sheet.fault(Flaw.UNKNOWN_CODE, row, "number"))
        elif proposal.number in met:
            faults.append(sheet.fault(Flaw.CODE_TWICE, row, "number"))
        else:
            met.add(proposal.number)
            filled, wrong = _read_row(sheet, row, proposal, issues, words)
            faults += wrong
            if filled is not None:
                rows.append(filled)
    if len(rows) > MOST_CHANGES:
        faults.append(Fault(Flaw.TOO_MANY_CHANGES, details={"most": MOST_CHANGES, "is_now": len(rows)}))
    if faults:
        raise BadSheet(sorted(faults, key=lambda fault: (fault.row, len(fault.letter), fault.letter)), sheet)
    return rows, seen(register)


def _read_row(
    sheet: Sheet, row: Row, proposal: Proposal, issues: Sequence[Listed], words: RegisterWords
) -> tuple[Filled | None, list[Fault]]:
    """What the row changes, None for nothing; and what is wrong with it."""
    wrong: list[Fault] = []

    def said(key: str) -> str:
        return str(row.cells.get(key) or "")

    for key, most in LIMITS.items():
        if len(said(key)) > most:
            wrong.append(sheet.fault(Flaw.TOO_LONG, row, key, most=most, is_now=len(said(key))))
    registry = said("registry_no")
    registry = registry if registry != (proposal.registry_no or "") and "registry_no" in sheet.letters else ""
    if registry and proposal.registry_no is not None:
        wrong.append(sheet.fault(Flaw.CANNOT_CHANGE, row, "registry_no"))
    issue = None
    if said("issue"):
        labels = {str(each.id): {k: each.said("label", k) for k in ("ky", "ru", "en")} for each in issues}
        found = chosen(said("issue"), labels)
        if found is None:
            wrong.append(sheet.fault(Flaw.UNKNOWN_ISSUE, row, "issue", said=said("issue")[:60]))
        elif int(found) != proposal.issue_id:
            issue = int(found)
    decision, more = _decision(sheet, row, proposal, words, said)
    wrong += more
    if wrong or not (registry or issue or decision):
        return None, wrong
    ky, ru = _said_anew(proposal, said)
    decided = deciding.Decision(
        ky=ky,
        ru=ru,
        cost=said("cost") if said("cost") != proposal.cost else "",
        period=said("period") if said("period") != proposal.period else "",
        measure=said("measure"),
        competent=said("competent"),
    )
    return Filled(proposal.id, proposal.number, registry, issue, decision, decided), []


def _said_anew(proposal: Proposal, said: Callable[[str], str]) -> tuple[str, str]:
    """The words of the row, Kyrgyz and Russian. What stands there since the answer before is no reason for another
    decision."""
    given = said("answer_ky"), said("answer_ru")
    return ("", "") if given == (proposal.answer_ky, proposal.answer_ru) else given


def _decision(
    sheet: Sheet, row: Row, proposal: Proposal, words: RegisterWords, said: Callable[[str], str]
) -> tuple[State | None, list[Fault]]:
    if not said("decision"):
        answered = (said("answer_ky"), said("answer_ru")) != (proposal.answer_ky, proposal.answer_ru)
        if answered and {"answer_ky", "answer_ru"} <= sheet.letters.keys():
            return None, [sheet.fault(Flaw.EMPTY_CELL, row, "decision")]
        return None, []
    choices = {state.value: words.states[state] for state in DECISIONS}
    found = chosen(said("decision"), choices)
    if found is None:
        allowed = " / ".join(words.states[state]["ky"] for state in DECISIONS)
        return None, [sheet.fault(Flaw.NOT_A_CHOICE, row, "decision", said=said("decision")[:60], choices=allowed)]
    state = State(found)
    if state not in NEXT[proposal.state]:
        return None, [sheet.fault(Flaw.CANNOT_CHANGE, row, "decision")]
    needed = []
    ky, ru = _said_anew(proposal, said)
    measured = state is State.INCLUDED and len(said("measure")) >= REASON_LEAST  # then the measure says why
    if needs_words(proposal, state) and not measured and len(ky or ru) < REASON_LEAST:
        needed.append("answer_ky")
    if state is State.INCLUDED and len(said("measure")) < REASON_LEAST:
        needed.append("measure")
    if state is State.OUT_OF_COMPETENCE and len(said("competent")) < 2:
        needed.append("competent")
    return state, [sheet.fault(Flaw.EMPTY_CELL, row, key) for key in needed]


async def apply(
    db: AsyncSession,
    home: Municipality,
    rows: Sequence[Filled],
    by: Person,
    roles: frozenset[Role],
    now: datetime,
    today: date,
) -> int:
    """Does what the rows say, by the same actions as in the chat, so that everybody is told; gives how many proposals
    were changed. Refused: what the actions say; then nothing is kept."""
    for row in rows:
        if row.registry_no:
            await deciding.register(
                db, row.proposal, by, roles, home, row.registry_no, today, now, today, as_appeal=False
            )
        if row.issue is not None:
            await deciding.sort(db, row.proposal, row.issue, by, roles, now)
        if row.decision is not None:
            await deciding.decide(db, row.proposal, row.decision, row.said, by, roles, now)
    return len(rows)
