"""Is there something to see in the sandbox: petitions and proposals in every state?"""

from pathlib import Path

from sqlalchemy import func, select

from bot.settings import Settings
from civic.petitions import PetitionKind, State
from civic.proposals import State as Stage
from sandbox.run import live, seed
from storage.database import open_database
from storage.migrate import migrate
from storage.outbox import Letter
from storage.petitions import Petition
from storage.proposals import Proposal
from tests.conftest import NOW


async def test_the_aimak_has_petitions_in_every_state_and_proposals_worth_reading(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/lives.db")
    await migrate(database)
    settings = Settings(_env_file=None, secret_key="a secret of thirty-two characters and more")
    await seed(database, settings, NOW)
    await live(database, settings, NOW)
    async with database.transaction() as db:
        assert set(await db.scalars(select(Petition.state))) == set(State)
        assert set(await db.scalars(select(Petition.kind))) == set(PetitionKind)
        lights = await db.scalar(select(Petition).where(Petition.title.startswith("Манас")))
        assert lights is not None
        assert (lights.signed, lights.on_paper, lights.reached) == (126, 40, 1)
        shown = {Stage.SENT, Stage.REGISTERED, Stage.UNDER_REVIEW, Stage.ACCEPTED, Stage.INCLUDED, Stage.DONE}
        assert set(await db.scalars(select(Proposal.state))) >= shown
        assert await db.scalar(select(func.count()).select_from(Letter)) == 0  # nobody is told of what is long past
    await database.close()
