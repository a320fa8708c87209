"""How does one stand by a proposal: support it, follow it, pass it on, take it back, report it?"""

from collections.abc import Sequence
from dataclasses import replace

from actions import reports
from actions.proposals import sending, supporting
from civic.cards import CardKind
from civic.people import refuse
from civic.proposals import REASON_LEAST, REASON_MOST, why_cannot_withdraw
from civic.refusals import Reason, Refused
from civic.reports import Complaint, Subject, why_cannot_report
from handlers.answers import choice, words
from handlers.groups.presses import to_groups
from handlers.petitions.presses import OpenPetition
from handlers.proposals.cards import beginning, is_supported, proposal_card
from handlers.proposals.presses import (
    FollowProposal,
    ObjectToHiding,
    OpenProposal,
    ReportText,
    ShareProposal,
    SupportProposal,
    UnfollowProposal,
    UnsupportProposal,
    WithdrawProposal,
    home_of_proposal,
)
from handlers.ways import to_menu
from storage.municipalities import Municipality
from storage.petitions import get_petition
from storage.proposals import Proposal, get_proposal
from talk.answers import Option
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
FORWARDED = 300  # characters of a text that is passed on; the link leads to the rest


@routes.press(SupportProposal, reads=False, statements=12)
async def support(turn: Turn, press: SupportProposal) -> Screen:
    """The person is counted once, and hears how it goes on."""
    new = await supporting.support(turn.db, turn.person, press.proposal, turn.now)
    await turn.db.flush()
    card = await proposal_card(turn, press.proposal)
    return card.with_alert(turn.t("proposals-supported" if new else "proposals-supported-already"))


@routes.press(UnsupportProposal, reads=False, statements=9)
async def unsupport(turn: Turn, press: UnsupportProposal) -> Screen:
    """Not any more."""
    gone = await supporting.unsupport(turn.db, turn.person, press.proposal, turn.now)
    await turn.db.flush()
    card = await proposal_card(turn, press.proposal)
    return card.with_alert(turn.t("proposals-unsupported" if gone else "proposals-not-supported"))


@routes.press(FollowProposal, reads=False, statements=8)
async def follow(turn: Turn, press: FollowProposal) -> Screen:
    """The person is told from now on how it goes on."""
    await supporting.follow(turn.db, turn.person, press.proposal, turn.now)
    card = await proposal_card(turn, press.proposal)
    return card.with_alert(turn.t("proposals-followed"))


@routes.press(UnfollowProposal, reads=False, statements=8)
async def unfollow(turn: Turn, press: UnfollowProposal) -> Screen:
    """Not any more."""
    await supporting.unfollow(turn.db, turn.person, press.proposal, turn.now)
    card = await proposal_card(turn, press.proposal)
    return card.with_alert(turn.t("proposals-unfollowed"))


@routes.press(ShareProposal, reads=True, statements=3)
async def share(turn: Turn, press: ShareProposal) -> Screen:
    """A text that makes sense when it is forwarded, with the link in it."""
    t, home = turn.t, await home_of_proposal(turn, press.proposal)
    proposal = await _shown(turn, home, press.proposal)
    links = [each.deep(f"s{proposal.id}") for each in (turn.links, *turn.links.elsewhere)]
    return Screen(
        title=t("issues-share-title"),
        text=t("issues-share-text"),
        forward=forwarded(turn, home, proposal, links),
        buttons=rows(
            Button(f"↗️ {t('issues-share-choose')}", share=links[0]),
            to_groups(turn, home, CardKind.PROPOSAL, proposal.id) if is_supported(proposal) else None,
            Button(t("kit-back"), OpenProposal(proposal.id)),
        ),
        at=ShareProposal(proposal.id),
    )


def forwarded(turn: Turn, home: Municipality, proposal: Proposal, links: Sequence[str]) -> str:
    """The proposal as plain text for any messenger, with the way to it in each of them."""
    t = turn.t
    lines = (
        t("proposals-title", number=proposal.number),
        home.name(t.language),
        beginning(proposal.text, FORWARDED),
        f"{t('proposals-fact-support')}: {t.number(proposal.support_count)}",
        t("proposals-forward"),
        *links,
    )
    return "\n".join(lines)


async def _shown(turn: Turn, home: Municipality, number: int) -> Proposal:
    """The proposal, if everybody reads it. Refused(NOT_FOUND)."""
    proposal = await get_proposal(turn.db, home.id, number)
    if proposal.hidden_at is not None:
        raise Refused(Reason.NOT_FOUND)
    return proposal


# --- taking it back ---


def withdraw_questions(turn: Turn, press: WithdrawProposal) -> Form[str]:
    """Why: supporters read it."""
    home = yield from fetch(lambda _: home_of_proposal(turn, press.proposal))
    proposal = yield from fetch(lambda db: get_proposal(db, home.id, press.proposal))
    refuse(why_cannot_withdraw(proposal, turn.person))
    t = turn.t
    return (
        yield from ask(
            "why",
            t("proposals-ask-withdraw", count=proposal.support_count),
            words(min=REASON_LEAST, max=REASON_MOST),
            named=t("proposals-why"),
        )
    )


async def withdrawn(turn: Turn, press: WithdrawProposal, why: str) -> Screen:
    """Taken back; the card says why."""
    await sending.withdraw(turn.db, turn.person, press.proposal, why, turn.now)
    return await proposal_card(turn, press.proposal, lead=turn.t("proposals-withdrawn"))


routes.form(WithdrawProposal, questions=withdraw_questions, done=withdrawn, title="proposals-withdraw-title")


# --- something is wrong with a text ---


def report_questions(turn: Turn, press: ReportText) -> Form[Complaint]:
    """What is wrong with it."""
    t = turn.t
    refuse(why_cannot_report(turn.person, own=False, lately=0))
    if turn.municipality is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    options = [Option(each.value, t(f"reports-complaint-{each}")) for each in Complaint]
    return Complaint((yield from ask("complaint", t("reports-ask"), choice(options), named=t("reports-what"))))


def object_questions(turn: Turn, press: ObjectToHiding) -> Form[str]:
    """Why it should be read again: staff read that when they look."""
    home = yield from fetch(lambda _: home_of_proposal(turn, press.proposal))
    proposal = yield from fetch(lambda db: get_proposal(db, home.id, press.proposal))
    refuse((yield from fetch(lambda db: reports.why_cannot_object_now(db, turn.person, proposal))))
    answer = words(min=REASON_LEAST, max=REASON_MOST)
    return (yield from ask("why", turn.t("proposals-ask-object"), answer, named=turn.t("proposals-why")))


async def objected(turn: Turn, press: ObjectToHiding, why: str) -> Screen:
    """Staff have it; until they looked, the proposal stays hidden."""
    await reports.object_to_hiding(turn.db, turn.person, press.proposal, why, turn.now)
    return await proposal_card(turn, press.proposal, lead=turn.t("proposals-objected"))


routes.form(ObjectToHiding, questions=object_questions, done=objected, title="proposals-object-title")


async def reported(turn: Turn, press: ReportText, complaint: Complaint) -> Screen:
    """It is counted; staff look when there are enough."""
    home = turn.municipality
    assert home is not None
    new = await reports.report(turn.db, turn.person, home, press.subject, press.number, complaint, turn.now)
    await turn.db.flush()
    lead = turn.t("reports-thanks" if new else "reports-already")
    if press.subject is Subject.PROPOSAL:
        return await proposal_card(turn, press.number, lead=lead)
    if (await get_petition(turn.db, home.id, press.number)).hidden_at is not None:
        return Screen(text=lead, buttons=rows(to_menu(turn)), fresh=True)
    return replace(await turn.go(turn, OpenPetition(press.number)), lead=lead)


routes.form(ReportText, questions=report_questions, done=reported, review=False, title="reports-title")
