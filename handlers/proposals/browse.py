"""How are proposals read: lists with filters, search, one as a card, its history and its photos?"""

import contextlib
from dataclasses import fields, replace

from civic.proposals import State
from civic.refusals import Reason, Refused
from handlers.files import with_file
from handlers.issues.presses import WhoseList, home_read, named
from handlers.proposals.cards import hidden_card, in_a_list, proposal_card
from handlers.proposals.presses import (
    OTHER,
    PAGE,
    By,
    FoundProposals,
    MakeProposal,
    NarrowProposals,
    OpenProposal,
    ProposalHistory,
    ProposalPicture,
    Proposals,
    StepFile,
    home_of_proposal,
    may_read,
)
from handlers.ways import numbered, other_languages, page_of, to_menu
from storage.changes import authors
from storage.issues import get_issue, listed_issues
from storage.municipalities import Municipality, get_village, villages
from storage.proposals import (
    STATES,
    Beside,
    Order,
    Proposal,
    ProposalStep,
    Stage,
    count_by_issue,
    count_by_state,
    count_by_village,
    files_of_proposal,
    get_proposal,
    get_step,
    listed_proposals,
    proposal_count,
    proposal_numbered,
    proposals_like,
    steps_of_proposal,
)
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
routes.command("proposals", Proposals())
routes.words("menu-proposals", Proposals())
routes.words("menu-word-proposal", Proposals())
routes.link("s", numbered(OpenProposal))
STEPS = 6  # of a history on one page


@routes.press(Proposals, reads=True, statements=5)
async def proposals(turn: Turn, press: Proposals) -> Screen:
    """The list, narrowed down as its buttons say."""
    if turn.municipality is None and press.home is None:
        return await turn.go(turn, WhoseList())
    t, home = turn.t, await home_read(turn, press.home)
    press = replace(press, home=named(turn, home))
    wanted = press.wanted(turn)
    count = await proposal_count(turn.db, home.id, wanted)
    shown, page, pages = page_of(count, press.page, PAGE)
    press = replace(press, page=page)
    listed = await listed_proposals(turn.db, home.id, wanted, order=press.order, after=shown.start, limit=PAGE)
    said = await _narrowed(turn, home, press)
    return Screen(
        title=t("proposals-mine-title" if press.mine else "proposals-list-title", count=count),
        icon="💡",
        state=" · ".join([*said, *([t("issues-page", page=page + 1, pages=pages)] if pages > 1 else [])]),
        text=_above(turn, press, count=count, narrowed=bool(said)),
        note=home.name(t.language),
        choice=tuple(in_a_list(turn, proposal) for proposal in listed),
        first_number=shown.start + 1,
        buttons=_turning(turn, press, page, pages) + _filters(turn, press, count=count, narrowed=bool(said)),
        at=press,
    )


def _above(turn: Turn, press: Proposals, *, count: int, narrowed: bool) -> str:
    t = turn.t
    if count:
        return t("proposals-list-text")
    if press.mine:
        return t("proposals-mine-none")
    return t("proposals-none-such" if narrowed else "proposals-none")


async def _narrowed(turn: Turn, home: Municipality, press: Proposals) -> list[str]:
    """By what the list is narrowed down, in words."""
    t, said = turn.t, []
    if press.issue == OTHER:
        said.append(t("proposals-other"))
    elif press.issue is not None:
        said.append((await get_issue(turn.db, home.id, press.issue)).said("label", t.language))
    if press.village is not None:
        said.append((await get_village(turn.db, home.id, press.village)).name(t.language))
    if press.stage is not None:
        said.append(t(f"proposals-stage-{press.stage}"))
    return said


def _turning(turn: Turn, press: Proposals, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    return rows(
        Button(turn.t("kit-previous"), replace(press, page=page - 1)) if page > 0 else None,
        Button(turn.t("kit-next"), replace(press, page=page + 1)) if page + 1 < pages else None,
        width=2,
    )


def _filters(turn: Turn, press: Proposals, *, count: int, narrowed: bool) -> tuple[tuple[Button, ...], ...]:
    t = turn.t
    other = Order.SUPPORTED if press.order is Order.NEWEST else Order.NEWEST
    some = count > 1 or narrowed
    return (
        *rows(Button(f"✍️ {t('proposals-make')}", MakeProposal(press.issue or None))),
        *rows(
            Button(t(f"proposals-order-{other.name.lower()}"), replace(press, page=0, order=other))
            if count > 1
            else None,
            Button(t("proposals-by-issue"), narrow(press, By.ISSUE)) if some else None,
            Button(t("proposals-by-village"), narrow(press, By.VILLAGE)) if some else None,
            Button(t("proposals-by-stage"), narrow(press, By.STAGE)) if some else None,
            Button(t("proposals-all"), Proposals(home=press.home)) if narrowed or press.mine else None,
            Button(t("proposals-mine"), Proposals(mine=True, home=press.home)) if not press.mine else None,
            width=2,
        ),
        *other_languages(turn, press),
        *rows(to_menu(turn)),
    )


def narrow(press: Proposals, by: By) -> NarrowProposals:
    """The question by what to narrow the list down, which keeps the rest."""
    rest = {f.name: getattr(press, f.name) for f in fields(press) if f.name != "page"}
    return NarrowProposals(by, 0, **rest)


@routes.press(NarrowProposals, reads=True, statements=4)
async def narrow_down(turn: Turn, press: NarrowProposals) -> Screen:
    """Every issue, village or state that has proposals, with how many."""
    t, home = turn.t, await home_read(turn, press.home)
    rest = {f.name: getattr(press, f.name) for f in fields(press) if f.name not in ("by", "page")}
    back = Proposals(0, **rest)
    options = await _options(turn, home, press.by, back)
    shown, page, pages = page_of(len(options), press.page, PAGE + 1)
    return Screen(
        title=t(f"proposals-which-{press.by.name.lower()}"),
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


async def _options(turn: Turn, home: Municipality, by: By, back: Proposals) -> list[Button]:
    t, language = turn.t, turn.t.language
    match by:
        case By.ISSUE:
            wanted = replace(back, issue=None)
            counts = await count_by_issue(turn.db, home.id, wanted.wanted(turn))
            listed = [(each.said("label", language), each.id) for each in await listed_issues(turn.db, home.id)]
            named_ = [(label, replace(wanted, issue=number), counts.get(number, 0)) for label, number in listed]
            named_.append((t("proposals-other"), replace(wanted, issue=OTHER), counts.get(None, 0)))
        case By.VILLAGE:
            wanted = replace(back, village=None)
            counts = await count_by_village(turn.db, home.id, wanted.wanted(turn))
            places = [(each.name(language), each.id) for each in await villages(turn.db, home.id)]
            named_ = [(label, replace(wanted, village=number), counts.get(number, 0)) for label, number in places]
        case By.STAGE:
            wanted = replace(back, stage=None)
            states = await count_by_state(turn.db, home.id, wanted.wanted(turn))
            named_ = [
                (
                    t(f"proposals-stage-{stage}"),
                    replace(wanted, stage=stage),
                    sum(states.get(s, 0) for s in STATES[stage]),
                )
                for stage in Stage
            ]
    every = sum(count for _, _, count in named_)
    found = [Button(f"{label} · {count}", press) for label, press, count in named_ if count]
    return [Button(f"{t('proposals-every')} · {every}", wanted), *found]


# --- search ---


@routes.typed(Proposals)
async def search(turn: Turn, press: Proposals, words: str) -> Screen:
    """Typed words search all proposals; a number opens the one that has it."""
    home = await home_read(turn, press.home)
    number = words.strip().lstrip("№#").strip()
    if number.isascii() and number.isdecimal() and len(number) < 10:
        one = await proposal_numbered(turn.db, home.id, int(number))
        if one is not None:
            return await open_proposal(turn, OpenProposal(one.id))
    return found_screen(turn, home, words, await proposals_like(turn.db, home.id, words))


@routes.typed(OpenProposal)
async def search_card(turn: Turn, press: OpenProposal, words: str) -> Screen:
    """Typed words under a card search all proposals."""
    home = await home_of_proposal(turn, press.proposal)
    return await search(turn, Proposals(home=named(turn, home)), words)


def found_screen(turn: Turn, home: Municipality, words: str, found: list[Proposal]) -> Screen:
    """What was found, best first, or what one can do instead."""
    t, own = turn.t, named(turn, home)
    return Screen(
        title=t("issues-found-title", words=words[:60], count=len(found)) if found else t("issues-not-found-title"),
        icon="🔎",
        text="" if found else t("proposals-not-found", words=words[:60]),
        note=home.name(t.language),
        choice=tuple(in_a_list(turn, proposal) for proposal in found[:PAGE]),
        buttons=rows(
            Button(f"✍️ {t('proposals-make')}", MakeProposal()), Button(t("proposals-all"), Proposals(home=own))
        ),
        at=_found_by(words, own) if found else Proposals(home=own),
    )


def _found_by(words: str, home: int | None) -> Press:
    for end in range(min(len(words), 20), 0, -1):
        with contextlib.suppress(ValueError):
            press = FoundProposals(words[:end], home)
            press.pack()
            return press
    return Proposals(home=home)


@routes.press(FoundProposals, reads=True, statements=4)
async def found(turn: Turn, press: FoundProposals) -> Screen:
    """The same search again."""
    return await search(turn, Proposals(home=press.home), press.words)


@routes.typed(FoundProposals)
async def search_again(turn: Turn, press: FoundProposals, words: str) -> Screen:
    """Other words, another search."""
    return await search(turn, Proposals(home=press.home), words)


# --- one proposal ---


@routes.press(OpenProposal, reads=True, statements=5)
async def open_proposal(turn: Turn, press: OpenProposal) -> Screen:
    """The card: open to everybody."""
    return await proposal_card(turn, press.proposal)


@routes.press(ProposalHistory, reads=True, statements=5)
async def history(turn: Turn, press: ProposalHistory) -> Screen:
    """Every step with its day, its words and who took it, the newest first."""
    t, home = turn.t, await home_of_proposal(turn, press.proposal)
    proposal = await get_proposal(turn.db, home.id, press.proposal)
    if not may_read(turn, proposal) and proposal.removed_because is None:
        return await hidden_card(turn, home, proposal)
    steps = await steps_of_proposal(turn.db, proposal.id)
    shown, page, pages = page_of(len(steps), press.page, STEPS)
    names = await authors(turn.db, home.id, {steps[i].by or 0 for i in shown if steps[i].by_staff})
    files = [steps[i] for i in shown if steps[i].file_id]
    return Screen(
        title=t("proposals-history-title", number=proposal.number),
        icon="🕘",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text="\n\n".join(_step_lines(turn, home, steps[i], names) for i in shown),
        note=home.name(t.language),
        buttons=rows(
            *(
                Button(f"📎 {step_name(turn, step)}, {_when(turn, home, step)}", StepFile(proposal.id, step.id))
                for step in files
            )
        )
        + rows(
            Button(t("kit-previous"), ProposalHistory(proposal.id, page - 1)) if page > 0 else None,
            Button(t("kit-next"), ProposalHistory(proposal.id, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), OpenProposal(proposal.id))),
        at=ProposalHistory(proposal.id, page),
    )


def _when(turn: Turn, home: Municipality, step: ProposalStep) -> str:
    return turn.t.moment(step.at, home.time_zone)[:10]


def step_name(turn: Turn, step: ProposalStep) -> str:
    """What a step led to."""
    t = turn.t
    return t(f"proposals-step-{step.what}") if step.what in set(Beside) else t(f"proposals-state-{step.what}")


def step_words(turn: Turn, step: ProposalStep) -> str:
    """The words of a step; of a registration its number, of an answer its cost and its term."""
    t, words = turn.t, step.words(turn.t.language)
    if step.what == State.REGISTERED and words:
        return t("proposals-registry-number", number=words)
    terms = (
        t("proposals-cost", cost=step.cost) if step.cost else "",
        t("proposals-period", period=step.period) if step.period else "",
    )
    return "\n".join(line for line in (words, *terms) if line)


def _step_lines(turn: Turn, home: Municipality, step: ProposalStep, names: dict[int, str]) -> str:
    t = turn.t
    who = ""
    if step.by_staff:
        who = names.get(step.by or 0) or t("issues-author-staff")
    head = " · ".join(part for part in (_when(turn, home, step), step_name(turn, step), who) if part)
    return "\n".join(part for part in (head, step_words(turn, step)) if part)


@routes.press(ProposalPicture, reads=True, statements=6)
async def picture(turn: Turn, press: ProposalPicture) -> Screen:
    """One of the photos, or the voice note."""
    t, home = turn.t, await home_of_proposal(turn, press.proposal)
    proposal = await get_proposal(turn.db, home.id, press.proposal)
    files = await files_of_proposal(turn.db, proposal.id) if may_read(turn, proposal) else []
    if not 0 <= press.place < len(files):
        raise Refused(Reason.NOT_FOUND)
    screen = Screen(
        title=t("proposals-title", number=proposal.number),
        note=home.name(t.language),
        buttons=rows(
            Button(t("kit-previous"), ProposalPicture(proposal.id, press.place - 1)) if press.place > 0 else None,
            Button(t("kit-next"), ProposalPicture(proposal.id, press.place + 1))
            if press.place + 1 < len(files)
            else None,
            width=2,
        )
        + rows(Button(t("kit-back"), OpenProposal(proposal.id))),
        at=press,
    )
    return await with_file(turn.db, screen, files[press.place].file_id)


@routes.press(StepFile, reads=True, statements=6)
async def step_file(turn: Turn, press: StepFile) -> Screen:
    """What staff put to a step."""
    home = await home_of_proposal(turn, press.proposal)
    proposal = await get_proposal(turn.db, home.id, press.proposal)
    step = await get_step(turn.db, home.id, press.step)
    wrong = step.proposal_id != proposal.id or step.file_id is None or not step.public
    if wrong or not may_read(turn, proposal):
        raise Refused(Reason.NOT_FOUND)
    screen = Screen(
        title=turn.t("proposals-title", number=proposal.number),
        state=step_name(turn, step),
        text=step_words(turn, step),
        note=home.name(turn.t.language),
        buttons=rows(Button(turn.t("kit-back"), ProposalHistory(proposal.id))),
        at=press,
    )
    return await with_file(turn.db, screen, step.file_id)
