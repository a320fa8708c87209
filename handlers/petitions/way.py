"""How does a petition go on, where do its signatures come from, and how is it followed and passed on?"""

from datetime import datetime

from actions.petitions import signing
from civic.cards import CardKind
from civic.moderation import HIDES_TEXT, Rejection
from civic.people import Role, has_agreed, refuse
from civic.petitions import PetitionKind, State, hides_text, is_open, shown_villages, why_cannot_see_signers
from civic.refusals import Reason, Refused
from handlers.groups.presses import to_groups
from handlers.petitions.cards import (
    counted,
    issue_of,
    name_of_petition,
    payload_of,
    petition_card,
    read,
    reads_everything,
    state_line,
)
from handlers.petitions.presses import (
    BeginPetition,
    FollowPetition,
    OpenPetition,
    PetitionHistory,
    Petitions,
    PetitionVillages,
    SharePetition,
    UnfollowPetition,
    WhatIsNone,
    WhoSigned,
)
from handlers.ways import page_of
from storage.journal import Entry
from storage.municipalities import Municipality, villages
from storage.petition_readers import times_opened
from storage.petitions import Petition, PetitionStep, shown_signers, signed_by_village, steps_of
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
SIGNERS = 8  # names on one page
STEPS = 6  # of a history on one page
FORWARDED = 300  # characters of a demand that is passed on; the link leads to the rest
NUMBERED = ("reached", "lost", "not-handed-over", State.COMPLETE.value, State.ENDED.value, State.HANDED_OVER.value)
BESIDE = (
    "public",
    "reached",
    "lost",
    "extended",
    "news",
    "kenesh",
    "overdue",
    "invalidated",
    "restored",
    "repeated",
    "not-handed-over",
    "hidden",
)
HOW = ("pdf", "xlsx", "photo", "group", "own")


@routes.press(PetitionHistory, reads=True, statements=6)
async def history(turn: Turn, press: PetitionHistory) -> Screen:
    """Every step with its day and words, and who opened the list of signers, the newest first."""
    t = turn.t
    home, petition, _, member, _ = await read(turn, press.petition)
    silent = hides_text(petition) and not reads_everything(turn, member)
    lines = [(step.at, _step_lines(turn, home, step, silent=silent)) for step in await steps_of(turn.db, petition.id)]
    for entry in await times_opened(turn.db, petition):
        lines.append((entry.at, _opened_line(turn, home, entry)))
    lines.sort(key=lambda pair: pair[0], reverse=True)
    shown, page, pages = page_of(len(lines), press.page, STEPS)
    return Screen(
        title=t("petitions-history-title", number=petition.id),
        icon="🕘",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text="\n\n".join(lines[i][1] for i in shown) or t("petitions-history-none"),
        note=f"{name_of_petition(turn, petition)} · {home.name(t.language)}",
        buttons=rows(
            Button(t("kit-previous"), PetitionHistory(petition.id, page - 1)) if page > 0 else None,
            Button(t("kit-next"), PetitionHistory(petition.id, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), OpenPetition(petition.id))),
        at=PetitionHistory(petition.id, page),
    )


def _when(turn: Turn, home: Municipality, at: datetime) -> str:
    return turn.t.moment(at, home.time_zone)[:10]


def _opened_line(turn: Turn, home: Municipality, entry: Entry) -> str:
    """When which names were opened, and in which office; older entries do not know the office."""
    t, how, office = turn.t, str(entry.details.get("how", "")), str(entry.details.get("office", ""))
    opened = t(f"petitions-opened-{how}") if how in HOW else t("petitions-opened-screen")
    who = t(f"people-role-{office}") if office in set(Role) else ""
    said = (t.moment(entry.at, home.time_zone), f"🔒 {opened}", who)
    return " · ".join(part for part in said if part)


def _step_lines(turn: Turn, home: Municipality, step: PetitionStep, *, silent: bool) -> str:
    t = turn.t
    name = t(f"petitions-step-{step.what}") if step.what in BESIDE else t(f"petitions-state-{step.what}")
    who = t("petitions-by-staff") if step.by_staff else ""
    words = step.words
    if step.what in NUMBERED and words.isdecimal():
        words = t("petitions-step-count", count=int(words))
    elif step.what == State.REGISTERED and words:
        words = t("petitions-step-number", number=words)
    elif silent and not step.by_staff:
        words = ""  # what the group wrote is as hidden as the petition
    head = " · ".join(part for part in (_when(turn, home, step.at), name, who) if part)
    return "\n".join(part for part in (head, words) if part)


@routes.press(PetitionVillages, reads=True, statements=6)
async def by_village(turn: Turn, press: PetitionVillages) -> Screen:
    """How many signed in each village; a handful of people are not shown apart, or one could tell who they are."""
    t = turn.t
    home, petition, _, _, _ = await read(turn, press.petition)
    counts = await signed_by_village(turn.db, petition.id)
    names = {each.id: each.name(t.language) for each in await villages(turn.db, home.id)}
    known = [(names.get(number or 0, t("petitions-no-village")), count) for number, count in counts.items()]
    shown, left = shown_villages(known)
    lines = [t("petitions-village-line", village=name, count=count) for name, count in shown]
    if left:
        lines.append(t("petitions-village-others", count=left))
    return Screen(
        title=t("petitions-villages-title"),
        icon="🏘",
        state=counted(turn, petition),
        text="\n".join([*lines, "", t("petitions-villages-why")]),
        note=f"{name_of_petition(turn, petition)} · {home.name(t.language)}",
        buttons=rows(Button(t("kit-back"), OpenPetition(petition.id))),
        at=press,
    )


@routes.press(WhoSigned, reads=True, statements=4)
async def who_signed(turn: Turn, press: WhoSigned) -> Screen:
    """Those who let themselves be shown, the newest first, and how many are not: hidden, or on paper."""
    t = turn.t
    home, petition, _, member, _ = await read(turn, press.petition)
    if hides_text(petition) and not reads_everything(turn, member):
        raise Refused(Reason.NOT_FOUND)
    refuse(why_cannot_see_signers(petition, member))
    names, count = await shown_signers(turn.db, petition.id, page=max(0, press.page), size=SIGNERS)
    numbers, page, pages = page_of(count, press.page, SIGNERS)
    lines = [f"{number + 1}. {name}" for number, name in zip(numbers, names, strict=True)]
    hidden = petition.count - count
    return Screen(
        title=t("petitions-who-signed-title"),
        icon="🖊",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else counted(turn, petition),
        text="\n".join(lines) or t("petitions-who-signed-none"),
        folded="\n".join(
            part
            for part in (
                t("petitions-who-signed-hidden", count=hidden) if hidden > 0 else "",
                t("petitions-who-signed-why"),
            )
            if part
        ),
        note=f"{name_of_petition(turn, petition)} · {home.name(t.language)}",
        buttons=rows(
            Button(t("kit-previous"), WhoSigned(petition.id, page - 1)) if page > 0 else None,
            Button(t("kit-next"), WhoSigned(petition.id, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            Button(f"🏘 {t('petitions-villages')}", PetitionVillages(petition.id)),
            Button(t("kit-back"), OpenPetition(petition.id)),
        ),
        at=WhoSigned(petition.id, page),
    )


@routes.press(SharePetition, reads=False, statements=10)
async def share(turn: Turn, press: SharePetition) -> Screen:
    """A text that makes sense when it is forwarded, with the reader's own link in it, for both messengers."""
    t = turn.t
    home, petition, _, member, _ = await read(turn, press.petition)
    if hides_text(petition) and not reads_everything(turn, member):
        raise Refused(Reason.NOT_FOUND)
    link = None
    if has_agreed(turn.person):  # of whoever did not agree nothing is kept, and so no link
        link = await signing.link_of(turn.db, petition, turn.person, turn.now)
    payload = payload_of(petition, link)
    stands = petition.public_at is not None and is_open(petition, turn.today)
    issue = await issue_of(turn, home, petition) if petition.issue_id else ""
    links = [turn.links.deep(payload), *(each.deep(payload) for each in turn.links.elsewhere)]
    return Screen(
        title=t("issues-share-title"),
        text=t("petitions-share-text"),
        forward=forwarded(turn, home, petition, links, issue=issue),
        buttons=rows(
            Button(f"↗️ {t('issues-share-choose')}", share=links[0]),
            to_groups(turn, home, CardKind.PETITION, petition.id) if stands else None,
            Button(t("kit-back"), OpenPetition(petition.id)),
        ),
        at=OpenPetition(petition.id),
    )


def forwarded(turn: Turn, home: Municipality, petition: Petition, links: list[str], *, issue: str) -> str:
    """The petition as plain text for any messenger: what, where, on which issue, how far, and the way to it."""
    t, demand = turn.t, petition.demand
    lines = (
        f"{t(f'group-kind-{petition.kind}')} № {petition.id}: «{petition.title}»",
        home.name(t.language),
        f"{t('group-fact-issue')}: {issue}" if issue else "",
        demand if len(demand) <= FORWARDED else demand[:FORWARDED].rsplit(" ", 1)[0] + "…",
        state_line(turn, petition, turn.today),
        counted(turn, petition) if petition.opened_at and petition.kind is not PetitionKind.ASSEMBLY else "",
        t("petitions-forward"),
        *links,
    )
    return "\n".join(line for line in lines if line)


@routes.press(FollowPetition, reads=False, statements=10)
async def follow(turn: Turn, press: FollowPetition) -> Screen:
    """The person hears from now on how it goes on."""
    home, petition, own, member, _ = await read(turn, press.petition)
    new = await signing.follow(turn.db, petition, turn.person, turn.now)
    card = await petition_card(turn, home, petition, own, member, follows=True)
    return card.with_alert(turn.t("petitions-followed" if new else "petitions-followed-already"))


@routes.press(UnfollowPetition, reads=False, statements=10)
async def unfollow(turn: Turn, press: UnfollowPetition) -> Screen:
    """Not any more."""
    home, petition, own, member, _ = await read(turn, press.petition)
    await signing.unfollow(turn.db, petition, turn.person, turn.now)
    card = await petition_card(turn, home, petition, own, member, follows=False)
    return card.with_alert(turn.t("petitions-unfollowed"))


@routes.press(WhatIsNone, reads=True, statements=0)
async def what_is_none(turn: Turn, press: WhatIsNone) -> Screen:
    """The closed catalogue: for nothing else may staff turn a text down, and what they hide."""
    t = turn.t
    parts = []
    for place, reason in enumerate(Rejection, 1):
        hidden = f" {t('moderation-hides')}" if reason in HIDES_TEXT else ""
        parts.append(f"{place}. {t(f'moderation-why-{reason}')}. {t(f'moderation-about-{reason}')}{hidden}")
    return Screen(
        title=t("petitions-what-is-none"),
        icon="ℹ️",
        text="\n\n".join([t("moderation-text"), *parts]),
        buttons=rows(Button(f"➕ {t('petitions-begin')}", BeginPetition()), Button(t("kit-back"), Petitions())),
        at=press,
    )
