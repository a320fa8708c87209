"""«I was paid or forced to sign»: how is it told, and how do the administrators of the installation read it?"""

from dataclasses import dataclass
from typing import Any

from actions.petitions import pressure
from civic.people import has_agreed
from civic.petitions import PRESSURE
from civic.refusals import Reason, Refused
from civic.spelling import clean
from handlers.petitions.cards import read
from handlers.petitions.presses import OpenPetition, TellPressure
from handlers.ways import is_installer
from storage.petition_readers import pressure_told
from talk.answers import Answer, Stored, Unfit
from talk.form import Form, ask_if_wanted, fetch
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()


@dataclass(frozen=True)
class sealed_words(Answer[str]):  # noqa: N801  reads as a word inside a form
    """A text that nobody else reads; kept sealed even in the draft."""

    turn: Turn

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        text = clean(heard.text)
        if not text:
            raise Refused(Reason.WRONG_KIND)
        if len(text) > PRESSURE:
            raise Refused(Reason.TOO_LONG, most=PRESSURE, is_now=len(text))
        return turn.vault.seal(text)

    def value(self, stored: str) -> str:
        text = self.turn.vault.open(stored)
        if text is None:
            raise Unfit
        return text

    def shown(self, stored: str) -> str:
        return self.value(stored)


def pressure_questions(turn: Turn, press: TellPressure) -> Form[str]:
    """What happened, if one wants to say more; first where it goes and what is kept."""
    if not has_agreed(turn.person):
        raise Refused(Reason.NEEDS_CONSENT)
    yield from fetch(lambda _: read(turn, press.petition))
    t = turn.t
    asks = t("petitions-ask-pressure", most=PRESSURE)
    words = yield from ask_if_wanted("words", asks, sealed_words(turn), named=t("petitions-named-pressure"))
    return words or ""


async def told(turn: Turn, press: TellPressure, words: str) -> Screen:
    """Told; the card, where the signature can be taken back."""
    t = turn.t
    home, petition, _, _, _ = await read(turn, press.petition)
    admins = turn.links.admins.union(*(each.admins for each in turn.links.elsewhere))
    await pressure.tell(turn.db, petition, turn.person, words, turn.now, vault=turn.vault, administrators=admins)
    return Screen(
        title=t("petitions-pressure-told"),
        icon="🤝",
        text=t("petitions-pressure-next"),
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(Button(t("petitions-open"), OpenPetition(petition.id))),
        at=OpenPetition(petition.id),
    )


routes.form(TellPressure, questions=pressure_questions, done=told, title="petitions-pressure-title")


@routes.letter("pressure-told")
async def letter(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """To whoever set the installation up: which petition, and what was told."""
    found = await pressure_told(turn.db, int(told["pressure"])) if is_installer(turn) else None
    if found is None:
        return None
    t = turn.t
    pressed, petition, home = found
    return Screen(
        title=t("petitions-letter-pressure"),
        icon="⚠️",
        state=f"№ {petition.id}: {petition.title}",
        text=turn.vault.open(pressed.told_sealed) or t("petitions-pressure-no-words"),
        note=home.name(t.language),
        folded=t("petitions-letter-pressure-why"),
    )
