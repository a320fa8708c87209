"""What the tests of the kit share: the codes and words of the trial bot, and somebody who speaks with it."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.municipalities import Municipality
from talk.press import Press
from talk.words import LANGUAGES, Words
from tests.cast import a_guest
from tests.talk.trial import OWN_CODES, Somebody

LOCALES = Path(__file__).parents[2] / "locales"
OWN_WORDS = {
    "ky": "trial-report = Чуңкур\ntrial-day = Күн\ntrial-home = Башкы бет\ntrial-roads = Көчөлөр\n",
    "ru": "trial-report = Яма\ntrial-day = День\ntrial-home = Главная\ntrial-roads = Улицы\n",
    "en": "trial-report = Pothole\ntrial-day = Day\ntrial-home = Home page\ntrial-roads = Streets\n",
}


@pytest.fixture(autouse=True)
def _trial_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The presses of the trial bot are known during a test of the kit only."""
    for code, kind in OWN_CODES.items():
        monkeypatch.setitem(Press.known, code, kind)


@pytest.fixture(scope="session")
def kit_words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """The real words of the kit and of the refusals, and those of the trial bot."""
    folder = tmp_path_factory.mktemp("locales")
    for language in LANGUAGES:
        (folder / language).mkdir()
        for name in ("kit.ftl", "refusals.ftl"):
            shutil.copy(LOCALES / language / name, folder / language / name)
        (folder / language / "trial.ftl").write_text(OWN_WORDS[language], encoding="utf-8")
    return Words(folder)


@pytest.fixture
async def aigul(database: Database, home: Municipality, kit_words: Words, now: datetime) -> Somebody:
    """Aigul, whom the bot has just met, in Ak-Bulak."""
    async with database.transaction() as db:
        await a_guest(db, now, home=home)
    return Somebody(database, kit_words, now)
