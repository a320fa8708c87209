"""«Check my receipt»: is the signature counted? The receipt says nothing of whose it is."""

from actions.petitions.receipts import Receipt, look_up
from civic.municipalities import local
from civic.petitions import Standing
from civic.receipts import LENGTH
from handlers.petitions.presses import CheckReceipt, OpenPetition
from handlers.ways import other_languages, to_menu
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn
from talk.words import Speaker

SIGNS = {Standing.COUNTED: "✅", Standing.WITHDRAWN: "↩", Standing.INVALID: "✕"}
MOST = 2 * LENGTH  # characters of a code in a link or under a button
routes = Routes()


routes.link("v", lambda code: CheckReceipt(code) if len(code) <= MOST and code.isascii() else None)


@routes.press(CheckReceipt, reads=True, statements=2)
async def check_receipt(turn: Turn, press: CheckReceipt) -> Screen:
    """The answer, or the question for the ten letters and digits."""
    if not press.receipt:
        return _screen(turn, turn.t("proof-receipt-ask"))
    found = await look_up(turn.db, press.receipt)
    if found is None:
        return _screen(turn, f"{turn.t('proof-receipt-unknown')}\n\n{turn.t('proof-receipt-ask')}")
    return _answer(turn, found)


@routes.typed(CheckReceipt)
async def type_receipt(turn: Turn, _: CheckReceipt, words: str) -> Screen:
    """A receipt that is typed under the screen is checked."""
    found = await look_up(turn.db, words)
    return _answer(turn, found) if found is not None else _screen(turn, turn.t("proof-receipt-unknown"))


def told_by(t: Speaker, found: Receipt, time_zone: str) -> tuple[str, tuple[Fact, ...]]:
    """What a receipt tells, here and on the public page: the state in one line, and the facts."""
    facts = (
        Fact(t("proof-receipt-petition"), found.title or t("proof-receipt-hidden", number=found.petition)),
        Fact(t("proof-receipt-signed"), t.moment(found.signed_at, time_zone)),
        Fact(t("proof-receipt-number"), str(found.number)) if found.number is not None else None,
        Fact(t("proof-receipt-reason"), found.reason) if found.reason else None,
    )
    changed = t.day(local(found.changed_at, time_zone).date())
    state = f"{SIGNS[found.standing]} {t(f'proof-receipt-is-{found.standing}', on=changed)}"
    return state, tuple(fact for fact in facts if fact is not None)


def _answer(turn: Turn, found: Receipt) -> Screen:
    t = turn.t
    state, facts = told_by(t, found, turn.time_zone)
    return Screen(
        title=t("proof-receipt-title"),
        icon="🧾",
        state=state,
        facts=facts,
        text=t("proof-receipt-nobody"),
        note=found.code,
        buttons=rows(
            Button(t("proof-receipt-open"), OpenPetition(found.petition)) if found.title else None,
            Button(t("proof-receipt-other"), CheckReceipt()),
            to_menu(turn),
        ),
        at=CheckReceipt(found.code),
    )


def _screen(turn: Turn, text: str) -> Screen:
    return Screen(
        title=turn.t("proof-receipt-title"),
        icon="🧾",
        text=text,
        buttons=other_languages(turn, CheckReceipt()) + rows(to_menu(turn)),
        at=CheckReceipt(),
    )
