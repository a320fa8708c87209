"""Does the journal tell what happened, and nothing about who somebody is?"""

import ast
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from actions import accounts, confirming, housekeeping, issues, journal, people
from actions.petitions import signing
from civic.events import Event
from civic.people import Notify, Role
from storage.chain import chains
from storage.database import Database
from storage.issues import listed_issues
from storage.journal import Entry
from storage.municipalities import Municipality, streets_of, villages
from storage.people import Messenger, Person, accounts_at
from storage.verifying import verify_chain
from tests.cast import VAULT, a_guest, a_resident


async def test_an_entry_says_when_what_where_who_and_about_what(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        journal.write(db, Event.ISSUE_FOLLOWED, now, municipality=1, actor=2, object_id=3, how="weekly", n=5, yes=True)
        journal.write(db, Event.FORGOTTEN, now, municipality=None, actor=None)
    async with database.transaction() as db:
        first, second = (await db.scalars(select(Entry).order_by(Entry.id))).all()
    assert (first.event, first.at, first.municipality_id, first.actor_id, first.object_id, first.details) == (
        "issue.followed",
        now,
        1,
        2,
        3,
        {"how": "weekly", "n": 5, "yes": True},
    )
    assert (second.municipality_id, second.actor_id, second.object_id, second.details) == (None, None, None, {})


async def test_an_act_that_is_undone_leaves_no_entry(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        part = await db.begin_nested()
        journal.write(db, Event.SETTLED, now, municipality=1, actor=2)
        await db.flush()
        await part.rollback()
        journal.write(db, Event.CONSENTED, now, municipality=1, actor=2)
    async with database.transaction() as db:
        assert (await db.scalars(select(Entry.event))).all() == ["person.consented"]


async def test_of_everything_that_somebody_does_the_journal_holds_nothing_personal(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        village = (await villages(db, home.id))[0]
        issue = (await listed_issues(db, home.id))[0]
        cholpon = await a_resident(db, home, now, address="990103", role=Role.CLERK)
        aigul = await a_resident(db, home, now, address="990101")
        people.settle_in(db, aigul, home, village, now)
        people.live_on(db, aigul, (await streets_of(db, village.id))[0], now)
        people.notify(db, aigul, Notify.DAILY, now)
        people.confirm_resident(db, aigul, cholpon, frozenset({Role.CLERK}), now)
        await confirming.take_back(db, aigul.id, cholpon, frozenset({Role.CLERK}), now)
        signing.introduce(db, aigul, "Айгүл Асанова", now, vault=VAULT, shown=True)
        await issues.follow(db, aigul, issue.id, now)
        await issues.unfollow(db, aigul, issue.id, now)
        other = people.arrive(db, Messenger.WHATSAPP, "KG.990101", now, home)
        await db.flush()
        await accounts.join_by_code(db, other, await accounts.make_code(db, aigul, now), now)
        first = (await accounts_at(db, [("telegram", "990101")]))["telegram", "990101"]
        other.office_rests = True
        await accounts.confirm_office(db, first, other.id, now)
        assert await accounts.part(db, first, other.id, now)
        await people.forget(db, aigul, now)
    async with database.transaction() as db:
        entries = (await db.scalars(select(Entry))).all()
    by_residents = {event.value for event in Event if event.value.startswith(("person.", "issue.follow", "issue.unf"))}
    assert {entry.event for entry in entries} == by_residents  # everything that can happen to them did
    told = " ".join(f"{entry.event} {entry.details}" for entry in entries)
    phone = "+996700000990101"
    for personal in ("990101", "990103", phone, VAULT.hash(phone), village.name_ky, home.name_ky, "telegram", "Айгүл"):
        assert personal not in told
    assert {str(key) for entry in entries for key in entry.details} == {"version", "basis", "how", "shown"}


# --- the chain stays whole, whoever goes ---


async def flaws(database: Database) -> list[str]:
    """What is bad in any chain."""
    async with database.snapshot() as db:
        verdicts = [await verify_chain(db, chain) for chain in await chains(db)]
    assert verdicts
    assert all(verdict.number for verdict in verdicts)
    return [f"{verdict.chain}: {verdict.bad}" for verdict in verdicts if verdict.bad is not None]


async def of_events(database: Database, *events: Event) -> list[Entry]:
    """The entries of these kinds."""
    async with database.transaction() as db:
        return list(await db.scalars(select(Entry).where(Entry.event.in_(events)).order_by(Entry.id)))


async def test_whoever_is_forgotten_is_named_nowhere_and_the_chain_holds(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        aigul = await a_resident(db, home, now)
        bakyt = await a_resident(db, home, now, address="102")
        people.confirm_resident(db, aigul, cholpon, frozenset({Role.CLERK}), now)
        people.confirm_resident(db, bakyt, cholpon, frozenset({Role.CLERK}), now)
    numbers = {entry.actor_id for entry in await of_events(database, Event.SETTLED, Event.CONSENTED)}
    assert numbers == {cholpon.id, aigul.id, bakyt.id}
    marks = {entry.id: entry.actor_mark for entry in await of_events(database, *Event)}
    async with database.transaction() as db:
        await people.forget(db, (await db.scalars(select(Person).where(Person.id == aigul.id))).one(), now)
    left = await of_events(database, *Event)
    assert {entry.actor_id for entry in left} == {None, cholpon.id, bakyt.id}
    assert [entry.object_id for entry in await of_events(database, Event.RESIDENT_CONFIRMED)] == [None, bakyt.id]
    for entry in left:
        assert (entry.actor_id is None) == (entry.actor_salt is None)
        assert entry.actor_mark == marks.get(entry.id)
    assert await flaws(database) == []


async def test_a_guest_who_is_let_go_leaves_the_chain_whole(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        people.settle_in(db, guest, home, None, now)
    async with database.transaction() as db:
        assert await housekeeping.let_guests_go(db, now + timedelta(days=200)) == 1
    [entry] = await of_events(database, Event.SETTLED)
    assert (entry.actor_id, entry.actor_salt, entry.number) == (None, None, 1)
    assert await flaws(database) == []


async def test_who_joined_is_known_by_the_entry_of_the_joining_and_by_nothing_else(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, stranger = await a_resident(db, home, now), await a_resident(db, home, now, address="666")
        other = people.arrive(db, Messenger.WHATSAPP, "KG.101", now, home)
        await db.flush()
        gone = other.person_id
        people.settle_in(db, other.person, home, None, now)
        await accounts.join_by_code(db, other, await accounts.make_code(db, aigul, now), now)
    [joined] = await of_events(database, Event.ACCOUNTS_JOINED)
    assert (joined.actor_id, joined.object_id) == (aigul.id, gone)
    theirs = [entry.actor_id for entry in await of_events(database, Event.SETTLED)]
    assert theirs == [aigul.id, stranger.id, aigul.id]
    assert await flaws(database) == []
    last = (await of_events(database, Event.SETTLED))[-1].id
    for change, back in (
        (f"actor_id = {stranger.id} WHERE id = {last}", f"actor_id = {aigul.id} WHERE id = {last}"),
        (f"object_id = {stranger.id} WHERE id = {joined.id}", f"object_id = {gone} WHERE id = {joined.id}"),
        (f"actor_id = {stranger.id} WHERE id = {joined.id}", f"actor_id = {aigul.id} WHERE id = {joined.id}"),
    ):
        async with database.transaction() as db:
            await db.execute(text(f"UPDATE journal SET {change}"))
        assert len(await flaws(database)) == 1, change
        async with database.transaction() as db:
            await db.execute(text(f"UPDATE journal SET {back}"))
        assert await flaws(database) == []
    async with database.transaction() as db:
        await people.forget(db, (await db.scalars(select(Person).where(Person.id == aigul.id))).one(), now)
    assert {entry.actor_id for entry in await of_events(database, *Event)} == {None, stranger.id}
    assert {entry.object_id for entry in await of_events(database, Event.ACCOUNTS_JOINED)} == {None}
    assert await flaws(database) == []


# what the entries of each kind may hold: counts, numbers of our own things, codes; never words, names or people
DETAILS = {
    "petition.begun": {"kind"},
    "petition.sent": {"state"},
    "petition.decided": {"state"},
    "petition.sorted": {"issue"},
    "petition.taken-down": {"why"},
    "petition.extended": {"until"},
    "petition.closed": {"count", "enough", "handed_over"},
    "petition.group-left": {"removed", "moved"},
    "petition.group-led": {"taken"},
    "petition.signed": {"receipt", "count"},
    "petition.signature-withdrawn": {"receipt", "count", "forgotten", "joined", "invalidation"},
    "petition.signatures-invalidated": {"invalidation", "found"},
    "petition.signatures-taken-out": {"invalidation", "count", "receipts"},
    "petition.signatures-restored": {"invalidation", "count", "receipts"},
    "petition.paper-entered": {"sheet", "counted", "lines"},
    "petition.paper-removed": {"sheet", "counted", "repeated"},
    "petition.paper-namesake": {"sheet", "line"},
    "petition.handed-over": {"count"},
    "petition.answered": {"accepted"},
    "petition.kenesh": {"decided"},
    "petition.signers-opened": {"how", "office", "count"},
    "petition.signers-anonymised": {"count"},
    "petition.flag-settled": {"flag"},
    "proposal.sent": {"number"},
    "proposal.entered": {"number", "came_by"},
    "proposal.registered": {"appeal"},
    "proposal.assigned": {"assigned"},
    "proposal.sorted": {"issue"},
    "proposal.decided": {"state"},
    "proposal.merged": {"into"},
    "petition.threshold-reached": {"consequence", "threshold", "count"},
    "petition.threshold-lost": {"consequence", "threshold", "count"},
    "text.reported": {"subject", "complaint"},
    "text.hidden": {"subject", "why", "count"},
    "text.reports-settled": {"subject", "removed"},
}
ROOT = Path(__file__).parents[2]


def written() -> dict[str, set[str]]:
    """The details that each call which writes an entry gives it, by the kind of entry."""
    found: dict[str, set[str]] = {}
    for path in (path for folder in ("actions", "handlers") for path in (ROOT / folder).rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            for kind in (
                arg.attr for arg in call.args if isinstance(arg, ast.Attribute) and arg.attr in Event.__members__
            ):
                given = {word.arg or "**" for word in call.keywords} - {"municipality", "actor", "object_id"}
                found.setdefault(Event[kind].value, set()).update(given)
    return found


@pytest.mark.parametrize(
    "event", [each.value for each in Event if each.startswith(("petition.", "proposal.", "text."))]
)
def test_no_entry_of_petitions_and_proposals_has_room_for_words_or_people(event: str) -> None:
    """What they hold is checked too, whatever any test does (conftest)."""
    assert written().get(event, set()) <= DETAILS.get(event, set())
    assert not {"name", "phone", "words", "person", "address", "title"} & DETAILS.get(event, set())
