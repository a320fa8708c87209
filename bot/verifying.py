"""Is the journal as it was written? What `python -m bot verify` answers. (docs/proof.md)"""

import re
from collections.abc import Callable

from actions.proof import miscounts
from civic.chain import SHOWN, Flaw
from civic.tallies import Difference, Off
from storage.chain import NOWHERE, chains, unsealed_count
from storage.database import Database
from storage.municipalities import municipalities
from storage.verifying import Bad, Verdict, verify_chain

TOLD_EVERY = 100_000  # entries
_NO_HOME = "(no municipality)"
_HEAD = re.compile(r"([1-9][0-9]{0,17})[: ]([0-9a-f]{16,64})", re.IGNORECASE)
_FLAWS = {
    Flaw.CHANGED: "was changed, or the one before it with its hash",
    Flaw.TWICE: "stands at a number that is taken",
    Flaw.ACTOR: "names somebody else than when it was written",
    Flaw.PUBLISHED: "has another hash than the one that was published",
}
_THINGS = {
    Off.ENTRY: "entries",
    Off.SIGNATURE: "signatures",
    Off.INVENTED: "signatures",
    Off.SHEET: "sheets",
    Off.INVENTED_SHEET: "sheets",
    Off.INVALIDATION: "invalidations",
    Off.INVENTED_INVALIDATION: "invalidations",
}


class CannotVerify(LookupError):
    """The question makes no sense; the message says what was expected."""


async def verify(
    database: Database,
    *,
    key: str | None,
    head: str | None,
    tell: Callable[[str], None],
) -> tuple[list[str], list[str]]:
    """Follows every chain, or that of one municipality; gives a line for each that is whole and one for each that is
    not, or for a petition that is not what comes of it. `head` is one that was published: NUMBER:HASH. `tell`
    hears how far a long chain is followed. Raises CannotVerify."""
    published = _published(head) if head is not None else {}
    fine, broken = [], []
    async with database.snapshot() as db:
        names = {home.id: home.key for home in await municipalities(db)}
        wanted = list(await chains(db))
        if key is not None or published:
            wanted = [_only(names, key)]
        for chain in wanted:
            name = _name(names, chain)
            verdict = await verify_chain(db, chain, published=published, tell=_told(name, tell))
            if verdict.bad is not None:
                broken.append(f"{name}: {_said(verdict, verdict.bad)}.")
                continue
            fine.append(f"{name}: {_all_right(verdict)}")
            if chain != NOWHERE:
                async for each in miscounts(db, chain):
                    broken += [f"{name}: {_differs(each.petition, one)}." for one in each.differences]
        waiting = await unsealed_count(db)
    if published and not broken:
        fine.append("The published head stands in this chain.")
    if waiting:
        fine.append(f"{waiting} entries stand in no chain yet: the bot takes them in when it starts.")
    return fine, broken


def _published(head: str) -> dict[int, str]:
    found = _HEAD.fullmatch(head.strip())
    if found is None:
        raise CannotVerify("--head: expected NUMBER:HASH as it was published, with 16 to 64 characters of the hash")
    return {int(found[1]): found[2].lower()}


def _only(names: dict[int, str], key: str | None) -> int:
    by_key = {name: chain for chain, name in names.items()}
    if key is None and len(by_key) == 1:
        return next(iter(by_key.values()))
    if key not in by_key:
        there = ", ".join(sorted(by_key)) or "none yet"
        wanted = f"there is no municipality «{key}»" if key is not None else "--head needs --municipality"
        raise CannotVerify(f"{wanted}; there are: {there}")
    return by_key[key]


def _name(names: dict[int, str], chain: int) -> str:
    return _NO_HOME if chain == NOWHERE else names.get(chain, f"municipality {chain}")


def _told(name: str, tell: Callable[[str], None]) -> Callable[[int], None]:
    def told(number: int) -> None:
        if number % TOLD_EVERY == 0:
            tell(f"{name}: {number} entries are right so far…")

    return told


def _all_right(verdict: Verdict) -> str:
    if verdict.at is None:
        return "nothing is written yet"
    head = f"{verdict.number} {verdict.hash[:SHOWN]} ({verdict.at:%F %T} UTC)"
    return f"{verdict.number} entries, all right. Head: {head}"


def _said(verdict: Verdict, bad: Bad) -> str:
    if bad.flaw is Flaw.CUT:
        last = f" the last right one is of {verdict.at:%F %T} UTC" if verdict.at is not None else ""
        return f"the chain was cut: its head does not fit from entry {bad.number} on;{last or ' nothing is right'}"
    which = f"{bad.event} of {bad.at:%F %T} UTC" if bad.at is not None else "which cannot be read"
    if bad.flaw is Flaw.MISSING:
        return f"entry {bad.number} is missing; the next one that is there is {which}"
    return f"entry {bad.number} ({which}) {_FLAWS[bad.flaw]}"


def _differs(petition: int, found: Difference) -> str:
    which = f"petition {petition}"
    if found.off is Off.PETITION:
        return f"{which} is not there, and entry {found.entry} speaks of its signatures"
    if found.off is Off.COUNT:
        (bot, paper), (signatures, lines) = found.says, found.should
        return (
            f"{which} counts {bot} in the bot and {paper} on paper, but by the journal it is {signatures} and {lines}"
        )
    if found.off is Off.UNREADABLE:
        return f"what is kept of the signatures of {which} cannot be read"
    things = _THINGS[found.off]
    if found.entry is None:
        return f"{which} has {found.many} {things} of which no entry of the journal speaks"
    return f"{which} has {found.many} {things} missing or not as the journal says, first that of entry {found.entry}"
