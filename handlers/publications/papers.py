"""What stands on the paper for the notice board and for events?"""

from civic.issues import Renewal
from civic.people import Right
from civic.publications import Channel
from civic.refusals import Reason, Refused
from exports import paper
from exports.listing import Entry
from handlers.publications.overview import name
from handlers.publications.post import THE_LIST, by_theme, law_line
from handlers.publications.presses import NotePublication, OpenChannel, TakePaper, own_home, page_address
from handlers.publications.site import listing_of
from storage.municipalities import Municipality
from talk.routes import Routes
from talk.screen import Button, File, Screen, rows
from talk.turn import Turn
from talk.words import LANGUAGES

_DRAWN = {Channel.BOARD: paper.board, Channel.EVENT: paper.hand_out}
routes = Routes()


@routes.press(TakePaper, reads=True, statements=3, right=Right.PUBLISH)
async def take_paper(turn: Turn, press: TakePaper) -> Screen:
    """The list as a file to print, in that language; the screen speaks the reader's own."""
    home = own_home(turn)
    if press.channel not in _DRAWN or press.language not in LANGUAGES:
        raise Refused(Reason.NOT_FOUND)
    own = turn.t
    turn.speak(press.language)
    notice = await notice_of(turn, home)
    turn.t = own
    t = turn.t
    return Screen(
        title=f"{name(turn, press.channel)}, {turn.words.speaker(press.language)('kit-language-name')}",
        text=t(f"publications-{press.channel}-next"),
        document=File(f"{press.channel}-{press.language}-{turn.today}.pdf", _DRAWN[press.channel](notice)),
        buttons=rows(
            Button(f"✓ {t(f'publications-note-{press.channel}')}", NotePublication(press.channel)),
            Button(t("kit-back"), OpenChannel(press.channel)),
        ),
        at=OpenChannel(press.channel),
    )


async def notice_of(turn: Turn, home: Municipality) -> paper.Notice:
    """The list as a paper shows it, in the language the turn speaks, with codes that lead to it."""
    t, language = turn.t, turn.t.language
    listing = await listing_of(turn.db, home, turn.now)
    page = await page_address(turn, home, language)
    groups = (
        paper.Group(head, tuple(_printed(turn, number, entry) for number, entry in held))
        for _, head, held in by_theme(turn, listing)
    )
    contacts = (home.contact(kind, language) for kind in ("address", "phone", "email", "hours"))
    codes = [paper.Code(t("publications-paper-bot"), turn.links.deep(f"{THE_LIST}{home.id}"))]
    if page:
        codes.append(paper.Code(t("publications-paper-page"), page))
    return paper.Notice(
        language=language,
        place=home.name(language),
        title=t("publications-post-title"),
        subtitle=law_line(turn, listing),
        groups=tuple(groups),
        contacts=tuple(contact for contact in contacts if contact),
        codes=tuple(codes),
        as_of=t("publications-paper-as-of", on=t.day(listing.as_of)),
        appeal=t("publications-paper-appeal"),
        day=listing.as_of,
    )


def _printed(turn: Turn, number: int, entry: Entry) -> paper.Entry:
    t, language = turn.t, turn.t.language
    text = entry.text[language]
    # the phone before the post: what has no room loses its end
    who = ", ".join(part for part in (entry.responsible, entry.phone, entry.post[language]) if part)
    state = ""
    if entry.state is Renewal.OVERDUE and entry.renew_until is not None:
        state = t("issues-overdue", until=t.day(entry.renew_until))
    elif entry.state is Renewal.NEVER:
        state = t("issues-never-renewed")
    return paper.Entry(number, entry.label[language], text[:1].upper() + text[1:], state, who, entry.doing[language])
