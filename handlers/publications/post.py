"""What does the list say in a channel or group, and as plain words to forward?"""

from collections.abc import Sequence
from typing import Any

from actions.publications import LIST_POST
from civic.issues import Renewal
from civic.people import Right
from civic.publications import Channel
from civic.refusals import Reason, Refused
from exports.listing import Entry, Listing
from handlers.issues.presses import Themes
from handlers.publications.presses import ListCard, NotePublication, OpenChannel, own_home, page_address
from handlers.publications.site import listing_of
from handlers.ways import numbered
from storage.catalogue import catalogue
from storage.municipalities import Municipality
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn
from talk.words import LANGUAGES

THE_LIST = "m"  # the letter of a deep link that opens a municipality's list
POST_ROOM = 3_500  # characters of a post, which holds 4,096 with its title and its law
CARD_ROOM = 2_800  # a card to forward has at most 3,500 with its head and its links
routes = Routes()
routes.link(THE_LIST, numbered(Themes))


@routes.letter(LIST_POST)
async def list_post(turn: Turn, _: dict[str, Any]) -> Screen | None:
    """The list as it stands when it is posted, in the language of the place."""
    home = turn.municipality
    if home is None:
        return None
    listing = await listing_of(turn.db, home, turn.now)
    t = turn.t
    page = await page_address(turn, home, t.language)
    return Screen(
        title=t("publications-post-title"),
        icon="📋",
        state=_state(turn, listing),
        text="\n\n".join((law_line(turn, listing), list_in_words(turn, listing, POST_ROOM))),
        note=home.name(t.language),
        buttons=rows(
            Button(t("publications-post-open"), link=turn.links.deep(f"{THE_LIST}{home.id}")),
            Button(t("publications-post-page"), link=page) if page else None,
        ),
    )


def _state(turn: Turn, listing: Listing) -> str:
    return turn.t("publications-post-state", on=turn.t.day(listing.as_of), count=len(listing.entries))


def law_line(turn: Turn, listing: Listing) -> str:
    """On which law the list rests; while its wording is not compared with the official one, that is said."""
    first = next((entry for entry in listing.entries if not entry.own), None)
    if first is None:
        return turn.t("publications-post-charter")
    law, mark = first.law[turn.t.language], first.mark[turn.t.language]
    return turn.t("publications-post-law", law=f"{law} ({mark})" if mark else law)


def list_in_words(turn: Turn, listing: Listing, room: int) -> str:
    """Every issue by theme with its number, and honestly which of them are overdue; where that is more than `room`
    characters as Telegram counts them, only how many each theme holds."""
    entries, language = listing.numbered(), turn.t.language
    heads = {
        f"{icon} {head}": [f"{number}. {entry.label[language]}" for number, entry in held]
        for icon, head, held in by_theme(turn, listing)
    }
    whole = ["\n".join((head, *lines)) for head, lines in heads.items()]
    behind = _those(entries, Renewal.OVERDUE), _those(entries, Renewal.NEVER)
    if behind[0]:
        whole.append(f"⚠️ {turn.t('publications-post-overdue', numbers=behind[0])}")
    if behind[1]:
        whole.append(f"○ {turn.t('publications-post-never', numbers=behind[1])}")
    said = "\n\n".join(whole)
    if len(said.encode("utf-16-le")) // 2 <= room:
        return said
    return "\n".join(f"{head}: {len(lines)}" for head, lines in heads.items())


def by_theme(turn: Turn, listing: Listing) -> list[tuple[str, str, list[tuple[int, Entry]]]]:
    """The issues with their numbers under their headings, each with an icon: the themes of the law, then the
    charter."""
    entries = listing.numbered()
    groups = []
    for code, labels in listing.themes.items():
        theme = catalogue().themes.get(code)
        held = [(number, entry) for number, entry in entries if entry.theme == code and not entry.own]
        groups.append((theme.icon if theme is not None else "•", labels[turn.t.language], held))
    groups.append(("📜", turn.t("site-charter"), [(number, entry) for number, entry in entries if entry.own]))
    return [group for group in groups if group[2]]


def _those(entries: Sequence[tuple[int, Entry]], state: Renewal) -> str:
    return spans([number for number, entry in entries if entry.state is state])


def spans(numbers: Sequence[int]) -> str:
    """Rising numbers as a person writes them: «1–4, 7, 9–12»."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


@routes.press(ListCard, reads=True, statements=3, right=Right.PUBLISH)
async def list_card(turn: Turn, press: ListCard) -> Screen:
    """The list as plain words that make sense anywhere: what, whose, of which day, and where to read on."""
    home = own_home(turn)
    language = press.language or turn.t.language
    if language not in LANGUAGES:
        raise Refused(Reason.NOT_FOUND)
    t = turn.t
    return Screen(
        title=t("publications-card-title"),
        text=t("publications-card-text"),
        forward=await card_words(turn, home, language),
        buttons=(
            *rows(
                *(
                    Button(turn.words.speaker(other)("kit-language-name"), ListCard(other))
                    for other in LANGUAGES
                    if other != language
                ),
                width=2,
            ),
            *rows(
                Button(f"✓ {t('publications-note-social')}", NotePublication(Channel.SOCIAL)),
                Button(t("kit-back"), OpenChannel(Channel.SOCIAL)),
            ),
        ),
        at=ListCard(press.language),
    )


async def card_words(turn: Turn, home: Municipality, language: str) -> str:
    """The card in that language; the turn goes on in its own."""
    own = turn.t
    turn.speak(language)
    t = turn.t
    listing = await listing_of(turn.db, home, turn.now)
    page = await page_address(turn, home, language)
    parts = (
        f"📋 {t('publications-post-title')}\n{home.name(language)}\n{_state(turn, listing)}\n{law_line(turn, listing)}",
        list_in_words(turn, listing, CARD_ROOM),
        "\n".join(
            line
            for line in (
                t("publications-card-bot", link=turn.links.deep(f"{THE_LIST}{home.id}")),
                t("publications-card-page", link=page) if page else "",
            )
            if line
        ),
    )
    turn.t = own
    return "\n\n".join(parts)
