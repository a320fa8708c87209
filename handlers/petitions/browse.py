"""How are petitions read: the list with its filters, search, and one as a card?"""

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

from civic.petitions import State, goal, hides_text, is_by_link_only
from civic.refusals import Reason, Refused
from civic.spelling import whole_number
from handlers.files import with_file
from handlers.issues.presses import WhoseList, home_read, named
from handlers.municipalities.presses import Thresholds
from handlers.petitions.cards import (
    SIGNS,
    name_of_petition,
    petition_card,
    read,
    reads_everything,
    state_line,
)
from handlers.petitions.presses import (
    PAGE,
    BeginPetition,
    CheckReceipt,
    FoundPetitions,
    NarrowPetitions,
    OpenPetition,
    PetitionAnswer,
    PetitionByLink,
    Petitions,
    PetitionText,
    WhatIsNone,
    home_of_petition,
)
from handlers.ways import other_languages, page_of, to_menu
from storage.issues import get_issue, listed_issues
from storage.municipalities import Municipality, get_village, villages
from storage.petition_readers import petitions_like
from storage.petitions import Petition, petitions_of, public_petitions
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
routes.command("petitions", Petitions())
routes.words("menu-petitions", Petitions())
routes.words("menu-word-petition", Petitions())
LINK_WORD = 20  # characters of the word in a link
SHOWN = {
    "open": (State.OPEN, State.COMPLETE),
    "office": (State.HANDED_OVER, State.REGISTERED),
    "answered": (State.ANSWERED,),
    "rejected": (State.REJECTED,),
    "all": None,
    "mine": None,
}
OVER = ("answered", "all")  # from these lists one comes to the rejected: the first one has enough buttons


def linked(rest: str) -> Press | None:
    """The meaning of a deep link: `p12` opens petition 12, `p12_34` does so by link 34, `p12_34_word` and `p12__word`
    also while it is not public."""
    number, by, word = (*rest.split("_", 2), "", "")[:3]
    petition = whole_number(number)
    return PetitionByLink(petition, whole_number(by), word[:LINK_WORD]) if petition is not None else None


routes.link("p", linked)


@routes.press(Petitions, reads=True, statements=5)
async def petitions(turn: Turn, press: Petitions) -> Screen:
    """The list, narrowed down as its buttons say."""
    if turn.municipality is None and press.home is None:
        return await turn.go(turn, WhoseList())
    t, home = turn.t, await home_read(turn, press.home)
    press = replace(press, home=named(turn, home), show=press.show if press.show in SHOWN else "open")
    listed = await _wanted(turn, home, press)
    shown, page, pages = page_of(len(listed), press.page, PAGE)
    press = replace(press, page=page)
    said = await _narrowed(turn, home, press)
    narrowed = bool(said)
    return Screen(
        title=t(f"petitions-list-{press.show}", count=len(listed)),
        icon="✍️",
        state=" · ".join([*said, *([t("issues-page", page=page + 1, pages=pages)] if pages > 1 else [])]),
        text=t("petitions-list-text") if listed else t(f"petitions-none-{'such' if narrowed else press.show}"),
        note=home.name(t.language),
        choice=tuple(in_a_list(turn, listed[i]) for i in shown),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), replace(press, page=page - 1)) if page > 0 else None,
            Button(t("kit-next"), replace(press, page=page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + _filters(turn, press, count=len(listed), narrowed=narrowed),
        at=press,
    )


async def _wanted(turn: Turn, home: Municipality, press: Petitions) -> list[Petition]:
    listed: Sequence[Petition]
    if press.show == "mine":
        listed = await petitions_of(turn.db, home.id, turn.person.id)
    else:
        listed = await public_petitions(turn.db, home.id, states=SHOWN.get(press.show))
    found = [
        each for each in listed if press.issue in (None, each.issue_id) and press.village in (None, each.village_id)
    ]
    return sorted(found, key=lambda each: -each.count) if press.order == "signed" else found


async def _narrowed(turn: Turn, home: Municipality, press: Petitions) -> list[str]:
    """By what the list is narrowed down, in words."""
    said = []
    if press.issue is not None:
        said.append((await get_issue(turn.db, home.id, press.issue)).said("label", turn.t.language))
    if press.village is not None:
        said.append((await get_village(turn.db, home.id, press.village)).name(turn.t.language))
    return said


def in_a_list(turn: Turn, petition: Petition) -> Button:
    """A petition on a button: its state by a sign, its title, how far it has come or why it was rejected."""
    count = ""
    if petition.state is State.REJECTED and petition.rejection is not None:
        count = f" · {turn.t(f'moderation-why-{petition.rejection}')}"
    elif petition.opened_at is not None:
        of = goal(petition.thresholds, petition.count)
        count = f" · {petition.count}/{of}" if of else f" · {petition.count}"
    return Button(f"{SIGNS[petition.state]} {name_of_petition(turn, petition)}{count}", OpenPetition(petition.id))


def _filters(turn: Turn, press: Petitions, *, count: int, narrowed: bool) -> tuple[tuple[Button, ...], ...]:
    t = turn.t
    other = "signed" if press.order == "new" else "new"
    some = count > 1 or narrowed
    return (
        *rows(Button(f"➕ {t('petitions-begin')}", BeginPetition("", press.issue))),
        *rows(
            *(
                Button(t(f"petitions-show-{show}"), replace(press, page=0, show=show))
                for show in SHOWN
                if show != press.show and (show != "rejected" or press.show in OVER)
            ),
            Button(t(f"petitions-order-{other}"), replace(press, page=0, order=other)) if count > 1 else None,
            Button(t("petitions-by-issue"), narrow(press, "i")) if some else None,
            Button(t("petitions-by-village"), narrow(press, "v")) if some else None,
            Button(f"❓ {t('petitions-how-many')}", Thresholds(press.home)),
            Button(f"🧾 {t('petitions-receipt')}", CheckReceipt()),
            width=2,
        ),
        *rows(Button(f"ℹ️ {t('petitions-what-is-none')}", WhatIsNone())),
        *other_languages(turn, press),
        *rows(to_menu(turn)),
    )


def narrow(press: Petitions, by: str) -> NarrowPetitions:
    """The question by what to narrow the list down, which keeps the rest."""
    return NarrowPetitions(by, 0, **{f.name: getattr(press, f.name) for f in fields(press) if f.name != "page"})


@routes.press(NarrowPetitions, reads=True, statements=4)
async def narrow_down(turn: Turn, press: NarrowPetitions) -> Screen:
    """Every issue or village that has petitions, with how many."""
    t, home = turn.t, await home_read(turn, press.home)
    back = Petitions(**{f.name: getattr(press, f.name) for f in fields(press) if f.name not in ("by", "page")})
    by_issue = press.by == "i"
    every = replace(back, issue=None) if by_issue else replace(back, village=None)
    listed = await _wanted(turn, home, every)
    counts = Counter(each.issue_id if by_issue else each.village_id for each in listed)
    if by_issue:
        known = [(each.said("label", t.language), each.id) for each in await listed_issues(turn.db, home.id)]
    else:
        known = [(each.name(t.language), each.id) for each in await villages(turn.db, home.id)]
    options = [Button(f"{t('petitions-every')} · {len(listed)}", every)]
    for label, number in known:
        if counts[number]:
            to = replace(every, issue=number) if by_issue else replace(every, village=number)
            options.append(Button(f"{label} · {counts[number]}", to))
    shown, page, pages = page_of(len(options), press.page, PAGE + 1)
    return Screen(
        title=t("petitions-which-issue" if by_issue else "petitions-which-village"),
        icon="🔎",
        note=home.name(t.language),
        choice=tuple(options[i] for i in shown),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), replace(press, page=page - 1)) if page > 0 else None,
            Button(t("kit-next"), replace(press, page=page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), back)),
        at=replace(press, page=page),
    )


# --- search ---


@routes.typed(Petitions)
async def search(turn: Turn, press: Petitions, words: str) -> Screen:
    """Typed words search every public petition; «№ 12» opens the one that has the number. A number is easily guessed:
    it does not open what is found by its link alone."""
    home = await home_read(turn, press.home)
    number = whole_number(words.strip().lstrip("№#").strip())
    if number is not None:
        try:
            return await _card(turn, OpenPetition(number), word=None)
        except Refused as no:
            if no.reason is not Reason.NOT_FOUND:
                raise
    t, own = turn.t, named(turn, home)
    fit = await petitions_like(turn.db, home.id, words)
    return Screen(
        title=t("issues-found-title", words=words[:60], count=len(fit)) if fit else t("issues-not-found-title"),
        icon="🔎",
        text="" if fit else t("petitions-not-found", words=words[:60]),
        note=home.name(t.language),
        choice=tuple(in_a_list(turn, petition) for petition in fit[:PAGE]),
        buttons=rows(
            Button(t("petitions-show-all"), Petitions("all", home=own)),
            Button(f"➕ {t('petitions-begin')}", BeginPetition()) if not fit else None,
        ),
        at=_found_by(words, own) if fit else Petitions(home=own),
    )


def _found_by(words: str, home: int | None) -> Press:
    for end in range(min(len(words), 20), 0, -1):
        with contextlib.suppress(ValueError):
            press = FoundPetitions(words[:end], home)
            press.pack()
            return press
    return Petitions(home=home)


@routes.press(FoundPetitions, reads=True, statements=3)
async def found(turn: Turn, press: FoundPetitions) -> Screen:
    """The same search again."""
    return await search(turn, Petitions(home=press.home), press.words)


@routes.typed(FoundPetitions)
async def search_again(turn: Turn, press: FoundPetitions, words: str) -> Screen:
    """Other words, another search."""
    return await search(turn, Petitions(home=press.home), words)


@routes.typed(OpenPetition)
async def search_card(turn: Turn, press: OpenPetition, words: str) -> Screen:
    """Typed words under a card search every public petition."""
    home = await home_of_petition(turn, press.petition)
    return await search(turn, Petitions(home=named(turn, home)), words)


# --- one petition ---


@routes.press(OpenPetition, reads=True, statements=7)
async def open_petition(turn: Turn, press: OpenPetition) -> Screen:
    """The card, by a button: of what is in a list, or of what one has read before by its link."""
    home, petition, own, member, follows = await read(turn, press.petition)
    return await petition_card(turn, home, petition, own, member, follows=follows, link=press.link)


@routes.press(PetitionByLink, reads=True, statements=7)
async def by_link(turn: Turn, press: PetitionByLink) -> Screen:
    """The card, by a link: open to everybody once it is public, and before to whoever has the word in the link."""
    return await _card(turn, OpenPetition(press.petition, press.link), word=press.word)


async def _card(turn: Turn, press: OpenPetition, *, word: str | None) -> Screen:
    """The card for whoever may read it. Refused: NOT_FOUND, BY_LINK_ONLY for a stranger without the word of the link;
    links that were passed on before there was a word have none, and go on working."""
    home, petition, own, member, follows = await read(turn, press.petition)
    known = own is not None or follows or reads_everything(turn, member)
    if is_by_link_only(petition) and not known and word != petition.link_word:
        raise Refused(Reason.BY_LINK_ONLY, count=home.settings.petition_public_after)
    return await petition_card(turn, home, petition, own, member, follows=follows, link=press.link)


@routes.press(PetitionText, reads=True, statements=6)
async def text(turn: Turn, press: PetitionText) -> Screen:
    """Demand and reasons in full, with the photo or paper."""
    t = turn.t
    home, petition, _, member, _ = await read(turn, press.petition)
    if hides_text(petition) and not reads_everything(turn, member):
        raise Refused(Reason.NOT_FOUND)
    screen = Screen(
        title=petition.title,
        icon="📄",
        state=state_line(turn, petition, turn.today),
        text=f"{t('petitions-demand')}\n{petition.demand}\n\n{t('petitions-reasons')}\n{petition.reasons}",
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(Button(t("kit-back"), OpenPetition(petition.id))),
        at=press,
    )
    return await with_file(turn.db, screen, petition.file_id)


@routes.press(PetitionAnswer, reads=True, statements=6)
async def answer_file(turn: Turn, press: PetitionAnswer) -> Screen:
    """The photo or paper that came with the municipality's answer."""
    home, petition, _, _, _ = await read(turn, press.petition)
    if petition.answer_file_id is None:
        raise Refused(Reason.NOT_FOUND)
    screen = Screen(
        title=name_of_petition(turn, petition),
        icon="📎",
        state=state_line(turn, petition, turn.today),
        note=home.name(turn.t.language),
        buttons=rows(Button(turn.t("kit-back"), OpenPetition(petition.id))),
        at=press,
    )
    return await with_file(turn.db, screen, petition.answer_file_id)
