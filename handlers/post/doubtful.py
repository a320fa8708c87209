"""Letters that were on their way when the bot was killed: what they are, and what staff do with them."""

from collections.abc import Sequence
from dataclasses import replace

from actions import doubtful
from civic.municipalities import local
from civic.people import Right
from civic.post import kind_of_letter
from civic.refusals import Refused
from handlers.people.staff import own_home
from handlers.post.presses import DoubtfulPost, OpenDoubtful, PostOffice, SettleDoubtful, SettleDoubtfulNow
from handlers.ways import page_of
from storage.announcements import get_announcement
from storage.outbox import Letter
from storage.post_desk import doubtful_count, doubtful_letter, doubtful_letters
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 8


@routes.press(DoubtfulPost, reads=True, statements=2, right=Right.SET_UP)
async def doubtful_list(turn: Turn, press: DoubtfulPost) -> Screen:
    """What they are and since when; to whom is nobody's business here."""
    t, home = turn.t, own_home(turn)
    count, _ = await doubtful_count(turn.db, home.id)
    shown, page, pages = page_of(count, press.page, PAGE)
    letters = await doubtful_letters(turn.db, home.id, after=shown.start, limit=PAGE) if count else ()
    return Screen(
        title=t("post-doubtful-title", count=count),
        icon="❓",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text=t("post-doubtful-text") if count else t("post-doubtful-none"),
        note=home.name(t.language),
        choice=_choice(turn, letters),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), DoubtfulPost(page - 1)) if page > 0 else None,
            Button(t("kit-next"), DoubtfulPost(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            Button(t("post-send-all"), SettleDoubtful(again=True)) if count else None,
            Button(t("post-leave-all"), SettleDoubtful(again=False)) if count else None,
            Button(t("kit-back"), PostOffice()),
        ),
        at=DoubtfulPost(page),
    )


def _choice(turn: Turn, letters: Sequence[Letter]) -> tuple[Button, ...]:
    t = turn.t
    return tuple(
        Button(f"{t(f'post-letter-{kind_of_letter(each.key)}')} · {_when(turn, each)}", OpenDoubtful(each.id))
        for each in letters
    )


def _when(turn: Turn, letter: Letter) -> str:
    """Day and hour, short enough for a button."""
    assert letter.done_at is not None, "what is in doubt is over"
    return f"{local(letter.done_at, turn.time_zone):%d.%m %H:%M}"


def _since(turn: Turn, letter: Letter) -> str:
    assert letter.done_at is not None, "what is in doubt is over"
    return turn.t.moment(letter.done_at, turn.time_zone)


@routes.press(OpenDoubtful, reads=True, statements=2, right=Right.SET_UP)
async def open_doubtful(turn: Turn, press: OpenDoubtful) -> Screen:
    """What the letter is about, when it was posted, and since when it is in doubt."""
    t, home = turn.t, own_home(turn)
    letter = await doubtful_letter(turn.db, home.id, press.letter)
    title = await _title(turn, letter)
    facts = (
        Fact(t("post-letter-about"), title) if title else None,
        Fact(t("post-letter-posted"), t.moment(letter.posted_at, turn.time_zone)),
        Fact(t("post-letter-since"), _since(turn, letter)),
    )
    return Screen(
        title=t(f"post-letter-{kind_of_letter(letter.key)}"),
        icon="❓",
        facts=tuple(fact for fact in facts if fact is not None),
        text=t("post-letter-text"),
        note=home.name(t.language),
        buttons=rows(
            Button(t("post-send-one"), SettleDoubtful(again=True, letter=letter.id)),
            Button(t("post-leave-one"), SettleDoubtful(again=False, letter=letter.id)),
            Button(t("kit-back"), DoubtfulPost()),
        ),
        at=OpenDoubtful(letter.id),
    )


async def _title(turn: Turn, letter: Letter) -> str:
    """What an announcement is called; of other letters the kind says enough."""
    number = letter.arguments.get("announcement")
    if not isinstance(number, int):
        return ""
    try:
        return (await get_announcement(turn.db, letter.municipality_id, number)).title(turn.t.language)
    except Refused:
        return ""


@routes.press(SettleDoubtful, reads=True, statements=2, right=Right.SET_UP)
async def settle(turn: Turn, press: SettleDoubtful) -> Screen:
    """What it means, with how many readers; then the question."""
    t, home = turn.t, own_home(turn)
    count, newest = await doubtful_count(turn.db, home.id)
    if press.letter:
        count, newest = 1, (await doubtful_letter(turn.db, home.id, press.letter)).id
    if not count:
        return await doubtful_list(turn, DoubtfulPost())
    back = OpenDoubtful(press.letter) if press.letter else DoubtfulPost()
    yes = SettleDoubtfulNow(press.again, press.letter, 0 if press.letter else newest)
    return Screen(
        title=t("post-send-title", count=count) if press.again else t("post-leave-title", count=count),
        icon="❓",
        text=t("post-send-text") if press.again else t("post-leave-text"),
        note=home.name(t.language),
        buttons=rows(
            Button(t("post-send-yes") if press.again else t("post-leave-yes"), yes), Button(t("kit-back"), back)
        ),
        at=press,
    )


@routes.press(SettleDoubtfulNow, reads=False, statements=9, right=Right.SET_UP)
async def settle_now(turn: Turn, press: SettleDoubtfulNow) -> Screen:
    """They wait to be delivered again, or are listed no more."""
    own_home(turn)
    who = (turn.db, turn.person, turn.roles, turn.now)
    if press.again:
        count = await doubtful.send_again(*who, letter=press.letter, until=press.until)
        lead = turn.t("post-sent-again", count=count)
    else:
        count = await doubtful.leave(*who, letter=press.letter, until=press.until)
        lead = turn.t("post-left", count=count)
    return replace(await doubtful_list(turn, DoubtfulPost()), lead=lead)
