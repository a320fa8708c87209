"""What happened to proposals before a conversation begins: sent, registered, supported, reported."""

import re

from actions import reports
from actions.proposals import deciding, sending, supporting
from civic.people import Role
from civic.reports import Complaint, Subject
from storage.proposals import proposal_numbered
from tests.conversations.announced import person
from tests.conversations.stage import BISHKEK, Stage

CLERK = frozenset({Role.CLERK})


async def proposes(stage: Stage, said: re.Match[str]) -> None:
    """«Bakyt proposes: Чырак коюлсун, деди»: sent, and what follows from that."""
    async with stage.bot.database.transaction() as db:
        author = await person(stage, db, said[1])
        assert author.municipality is not None
        proposed = sending.Said(said[2], author.language)
        await sending.send(db, author, author.municipality, proposed, stage.world.clock.now())
    await stage.settled()


async def goes_on(stage: Stage, said: re.Match[str]) -> None:
    """«Emma supports № 1», «Emma reports № 1», «Cholpon registers № 1 as an appeal»."""
    now = stage.world.clock.now()
    today = now.astimezone(BISHKEK).date()
    async with stage.bot.database.transaction() as db:
        who = await person(stage, db, said[1])
        home = who.municipality
        assert home is not None
        proposal = await proposal_numbered(db, home.id, int(said[3]))
        assert proposal is not None
        match said[2]:
            case "supports":
                await supporting.support(db, who, proposal.id, now)
            case "reports":
                await reports.report(db, who, home, Subject.PROPOSAL, proposal.id, Complaint.RUDE, now)
            case "registers":
                appeal = bool(said[4])
                number = f"С-{said[3]}"
                await deciding.register(db, proposal.id, who, CLERK, home, number, today, now, today, as_appeal=appeal)
    await stage.settled()


ACTS = (
    (r"(\w+) proposes: (.+)", proposes),
    (r"(\w+) (supports|reports|registers) № (\d+)( as an appeal)?", goes_on),
)
