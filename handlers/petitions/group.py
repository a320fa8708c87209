"""Who is in an initiative group, what comes next for it, and how does somebody leave it or get replaced?"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from actions.petitions import group as groups
from civic.municipalities import local, norm_signatures
from civic.petitions import (
    FINAL,
    LEAD_AWAY,
    SAYS_WHY,
    TURNED_DOWN,
    PetitionKind,
    State,
    appeal_until,
    group_size,
    hides_text,
    is_member,
    paper_until,
    shown_name,
    takes_paper,
    why_cannot_appeal,
)
from civic.refusals import Reason, Refused
from handlers.petitions.cards import due_on, name_of_petition, read, reads_everything, state_line
from handlers.petitions.group_presses import (
    AppealPetition,
    GroupMember,
    GroupMembers,
    HandLead,
    HandOver,
    InviteMembers,
    LeaveGroup,
    LeaveGroupNow,
    Printing,
    RemoveMember,
    RemoveMemberNow,
    SendPetition,
    TakeLead,
    TakeLeadNow,
    WithdrawPetition,
    WriteNews,
    as_co_ordinator,
    of_own_group,
)
from handlers.petitions.presses import EditPetition, EnterPaper, Group, OpenPetition
from handlers.ways import to_menu
from storage.municipalities import Municipality
from storage.petitions import Member, Petition, get_member, members_of
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
LADDER = (300, 600, 1_000, 5_000)  # signatures for a norm-making initiative (Charter 19.6 note)


# --- the group ---


@routes.press(Group, reads=True, statements=5)
async def group(turn: Turn, press: Group) -> Screen:
    """Members, how many are needed, and for them what comes next."""
    home, petition, _, member, _ = await read(turn, press.petition)
    members = await members_of(turn.db, petition.id)
    orphaned = False
    if member is not None and is_member(member) and not member.leads:
        with suppress(Refused):
            await groups.may_take_over(turn.db, member, members, turn.now)
            orphaned = True
    return group_screen(turn, home, petition, member, members, orphaned=orphaned)


def group_screen(
    turn: Turn,
    home: Municipality,
    petition: Petition,
    member: Member | None,
    members: Sequence[Member],
    *,
    orphaned: bool = False,
) -> Screen:
    """The group as everybody reads it; for its members with their duties. `orphaned`: the reader may lead instead of a
    co-ordinator who is gone."""
    t, numbers = turn.t, home.settings
    least, most = group_size(petition.kind, numbers)
    inside = is_member(member)
    names = [name_of(turn, each) for each in members]
    lead = next((name for name, each in zip(names, members, strict=True) if each.leads), t("group-nobody"))
    everything = reads_everything(turn, member)
    about = petition.about if everything or not hides_text(petition) else {}
    facts = (
        Fact(t("group-fact-kind"), t(f"group-kind-{petition.kind}")),
        Fact(t("group-fact-members"), t("group-members-of", count=len(members), least=least, most=most)),
        Fact(t("group-fact-lead"), lead),
        Fact(t("group-fact-people"), t.number(int(about["people"]))) if about.get("people") else None,
        Fact(t("group-fact-where"), str(about["place"])) if about.get("place") else None,
    )
    listed = "\n".join(f"• {name}" for name in names)  # numbers are for what can be opened
    said = [_next(turn, petition, member, numbers_missing=max(0, least - len(members)))] if inside else []
    said.append(t("group-members-listed", names=listed))
    return Screen(
        title=t("group-title", title=name_of_petition(turn, petition, everything=everything)),
        icon="👥",
        state=state_line(turn, petition, turn.today),
        facts=tuple(fact for fact in facts if fact is not None),
        text="\n\n".join(said),
        folded="\n\n".join(
            part for part in (_decided(turn, petition) if inside else "", _norm(turn, home, petition)) if part
        ),
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=(
            *(_duties(turn, petition, len(members), least, most, leads=member.leads) if inside and member else ()),
            *rows(
                Button(f"⭐ {t('group-take-lead')}", TakeLead(petition.id)) if orphaned else None,
                Button(t("group-to-card"), OpenPetition(petition.id)),
            ),
        ),
        at=Group(petition.id),
    )


def name_of(turn: Turn, member: Member) -> str:
    """First name and initial of a member: public for everybody in a group, also for who hides it when signing."""
    if member.shown_name:
        return member.shown_name
    whole = turn.vault.open(member.name_sealed) if member.name_sealed else None
    return shown_name(whole) if whole else turn.t("group-nameless")


def _next(turn: Turn, petition: Petition, member: Member | None, *, numbers_missing: int) -> str:
    """What comes next, in one or two sentences."""
    t, kind, state = turn.t, petition.kind, petition.state
    if numbers_missing and state not in FINAL:
        writable = state in (State.DRAFT, State.RETURNED)
        return t("group-next-invite" if writable else "group-next-refill", count=numbers_missing)
    due = due_on(petition)
    until = t.day(due) if due is not None else ""
    match state:
        case State.DRAFT | State.RETURNED:
            return t("group-next-send")
        case State.CHECKING | State.APPEALED:
            return t("group-next-checked", until=until)
        case State.REJECTED | State.TAKEN_DOWN if why_cannot_appeal(petition, member) is None:
            ends = appeal_until(petition, turn.municipality.settings) if turn.municipality is not None else None
            day = t.day(local(ends, turn.time_zone).date()) if ends is not None else ""
            return t("group-next-appeal", until=day)
        case State.COMPLETE if petition.hand_over_until is not None:
            return t("group-next-hand-over-until", until=t.day(petition.hand_over_until))
        case State.OPEN | State.COMPLETE if petition.reached:
            return t("group-next-hand-over")
        case State.ENDED if takes_paper(petition, turn.today):
            last = paper_until(petition)
            return t("group-next-late-paper", until=t.day(last) if last is not None else "")
        case State.OPEN:
            return t("group-next-paper" if kind is PetitionKind.NORM else "group-next-gather")
        case State.HANDED_OVER:
            return t("group-next-registered", until=until)
        case State.REGISTERED:
            return t("group-next-answered", until=until)
    return t("group-next-over")


def _decided(turn: Turn, petition: Petition) -> str:
    """The remark with which a text came back, or why it was rejected, and which body is in charge."""
    t = turn.t
    said = []
    if petition.state is State.RETURNED and petition.remark:
        said.append(t("group-remark", words=petition.remark))
    if petition.rejection is not None and petition.state in SAYS_WHY:
        said.append(t("group-why", why=t(f"moderation-why-{petition.rejection}"), words=petition.remark))
        if petition.competent:
            said.append(t("petitions-competent", body=petition.competent))
    if petition.appeal:
        said.append(t("group-appealed", words=petition.appeal))
    return "\n\n".join(said)


def _norm(turn: Turn, home: Municipality, petition: Petition) -> str:
    """Of a norm-making initiative: that it is signed by hand, and the ladder with the step that holds here."""
    if petition.kind is not PetitionKind.NORM:
        return ""
    t = turn.t
    holds = norm_signatures(home.population, capital=home.capital)
    steps = (f"{'▶' if count == holds else '•'} {t(f'group-ladder-{count}')}" for count in LADDER)
    return "\n".join((t("group-by-hand"), "", t("group-ladder", count=holds), *steps))


def _duties(
    turn: Turn, petition: Petition, count: int, least: int, most: int, *, leads: bool
) -> tuple[tuple[Button, ...], ...]:
    """What members can do now, what comes next first."""
    t, number, state, kind = turn.t, petition.id, petition.state, petition.kind
    writable = state in (State.DRAFT, State.RETURNED)
    gathers = state in (State.OPEN, State.COMPLETE)
    wanted = count < least or state not in (State.HANDED_OVER, State.REGISTERED)
    may_grow = count < most and state not in FINAL and wanted
    invite = Button(f"➕ {t('group-invite')}", InviteMembers(number)) if may_grow else None
    send = Button(f"📨 {t('group-send')}", SendPetition(number)) if writable else None
    hand_over = (
        Button(f"📨 {t('group-hand-over')}", HandOver(number))
        if gathers and kind is not PetitionKind.ASSEMBLY
        else None
    )
    first = invite if count < least else send
    late = hand_over if petition.reached else None
    printing = state is State.OPEN and kind is not PetitionKind.ASSEMBLY
    has_news = state in _NEWS_IN and kind is not PetitionKind.ASSEMBLY
    appeal = state in TURNED_DOWN and petition.appeal is None and petition.anonymised_at is None
    return (
        *rows(first, late, Button(f"⚖️ {t('group-appeal')}", AppealPetition(number)) if appeal else None),
        *rows(
            Button(f"✏️ {t('group-edit')}", EditPetition(number)) if writable else None,
            invite if first is not invite else None,
            send if first is not send else None,
            Button(f"🖨 {t('group-print')}", Printing(number))
            if printing or (writable and kind is PetitionKind.NORM)
            else None,
            Button(f"📝 {t('group-enter-paper')}", EnterPaper(number))
            if kind is not PetitionKind.ASSEMBLY and takes_paper(petition, turn.today)
            else None,
            Button(f"📣 {t('group-news')}", WriteNews(number)) if has_news else None,
            hand_over if late is None else None,
            Button(f"👤 {t('group-members')}", GroupMembers(number)) if leads and count > 1 else None,
            width=2,
        ),
        *rows(
            Button(t("group-withdraw"), WithdrawPetition(number)) if leads and state in _TAKEN_BACK_IN else None,
            Button(t("group-leave"), LeaveGroup(number)) if state not in FINAL else None,
            width=2,
        ),
    )


_NEWS_IN = frozenset({State.OPEN, State.COMPLETE, State.HANDED_OVER, State.REGISTERED, State.ANSWERED})
_TAKEN_BACK_IN = frozenset({State.DRAFT, State.CHECKING, State.RETURNED, State.OPEN, State.COMPLETE})


# --- leaving, and what the co-ordinator does ---


@routes.press(LeaveGroup, reads=True, statements=5)
async def leave(turn: Turn, press: LeaveGroup) -> Screen:
    """What becomes of the group, and the question."""
    t = turn.t
    home, petition, member = await of_own_group(turn, press.petition)
    others = [each for each in await members_of(turn.db, petition.id) if each.id != member.id]
    back = Button(t("kit-back"), Group(petition.id))
    if not others:
        way = Button(t("group-withdraw"), WithdrawPetition(petition.id))
        return Screen(
            title=t("group-leave-title"), text=t("group-leave-last"), buttons=rows(way, back), at=Group(petition.id)
        )
    said = [t("group-leave-text", count=len(others), least=group_size(petition.kind, home.settings)[0])]
    if member.leads:
        said.append(t("group-leave-lead", name=name_of(turn, others[0])))
    return Screen(
        title=t("group-leave-title"),
        text="\n\n".join(said),
        note=petition.title,
        buttons=rows(Button(t("group-leave-yes"), LeaveGroupNow(petition.id)), back),
        at=LeaveGroup(petition.id),
    )


@routes.press(LeaveGroupNow, reads=False, statements=9)
async def leave_now(turn: Turn, press: LeaveGroupNow) -> Screen:
    """Out of the group."""
    _, petition, member = await of_own_group(turn, press.petition)
    await groups.leave(turn.db, petition, member, turn.person, turn.now)
    return Screen(text=turn.t("group-left", title=petition.title), buttons=rows(to_menu(turn)), fresh=True)


async def _about(turn: Turn, number: int, member: int) -> tuple[Municipality, Petition, Member, Member]:
    """A member as the co-ordinator sees them. Refused: NOT_FOUND, GROUP_ONLY."""
    home, petition, own = await as_co_ordinator(turn, number)
    other = await get_member(turn.db, petition.id, member)
    if not is_member(other) or other.id == own.id:
        raise Refused(Reason.NOT_FOUND)
    return home, petition, own, other


@routes.press(GroupMembers, reads=True, statements=4)
async def members_to_choose(turn: Turn, press: GroupMembers) -> Screen:
    """The others, each to be tapped: whom to hand the lead to, to replace, to take out."""
    t = turn.t
    _, petition, own = await as_co_ordinator(turn, press.petition)
    others = [each for each in await members_of(turn.db, petition.id) if each.id != own.id]
    return Screen(
        title=t("group-members"),
        icon="👥",
        text=t("group-members-text"),
        note=petition.title,
        choice=tuple(Button(name_of(turn, each), GroupMember(petition.id, each.id)) for each in others),
        buttons=rows(Button(t("kit-back"), Group(petition.id))),
        at=GroupMembers(petition.id),
    )


@routes.press(GroupMember, reads=True, statements=4)
async def one_member(turn: Turn, press: GroupMember) -> Screen:
    """Hand the lead over, replace, take out."""
    t = turn.t
    _, petition, _, other = await _about(turn, press.petition, press.member)
    return Screen(
        title=name_of(turn, other),
        icon="👤",
        text=t("group-member-text"),
        note=petition.title,
        buttons=rows(
            Button(f"⭐ {t('group-hand-lead')}", HandLead(petition.id, other.id)),
            Button(f"🔁 {t('group-replace')}", RemoveMember(petition.id, other.id, replace=True)),
            Button(f"➖ {t('group-remove')}", RemoveMember(petition.id, other.id)),
            Button(t("kit-back"), GroupMembers(petition.id)),
        ),
        at=GroupMember(petition.id, other.id),
    )


@routes.press(HandLead, reads=False, statements=12)
async def hand_lead(turn: Turn, press: HandLead) -> Screen:
    """Somebody else leads from now on."""
    home, petition, own, other = await _about(turn, press.petition, press.member)
    await groups.lead(turn.db, petition, own, other, turn.person, turn.now)
    members = await members_of(turn.db, petition.id)
    lead = turn.t("group-led-by", name=name_of(turn, other))
    return replace(group_screen(turn, home, petition, own, members), lead=lead)


@routes.press(TakeLead, reads=True, statements=5)
async def take_lead(turn: Turn, press: TakeLead) -> Screen:
    """Who led, why one may, what becomes of them, and the question."""
    t = turn.t
    _, petition, own = await of_own_group(turn, press.petition)
    lead = await groups.may_take_over(turn.db, own, await members_of(turn.db, petition.id), turn.now)
    name = name_of(turn, lead) if lead is not None else t("group-nobody")
    return Screen(
        title=t("group-take-lead-title"),
        text=t("group-take-lead-text", name=name, days=LEAD_AWAY.days),
        note=petition.title,
        buttons=rows(
            Button(t("group-take-lead-yes"), TakeLeadNow(petition.id)), Button(t("kit-back"), Group(petition.id))
        ),
        at=TakeLead(petition.id),
    )


@routes.press(TakeLeadNow, reads=False, statements=12)
async def take_lead_now(turn: Turn, press: TakeLeadNow) -> Screen:
    """One leads from now on."""
    home, petition, own = await of_own_group(turn, press.petition)
    await groups.take_over(turn.db, petition, own, turn.person, turn.now)
    members = await members_of(turn.db, petition.id)
    return replace(group_screen(turn, home, petition, own, members), lead=turn.t("group-lead-yours"))


@routes.press(RemoveMember, reads=True, statements=4)
async def remove(turn: Turn, press: RemoveMember) -> Screen:
    """What it means for them, and the question."""
    t = turn.t
    _, petition, _, other = await _about(turn, press.petition, press.member)
    return Screen(
        title=t("group-remove-title"),
        text=t("group-remove-text", name=name_of(turn, other)),
        note=petition.title,
        buttons=rows(
            Button(t("group-remove-yes"), RemoveMemberNow(petition.id, other.id, press.replace)),
            Button(t("kit-back"), GroupMember(petition.id, other.id)),
        ),
        at=RemoveMember(petition.id, other.id, press.replace),
    )


@routes.press(RemoveMemberNow, reads=False, statements=12)
async def remove_now(turn: Turn, press: RemoveMemberNow) -> Screen:
    """Out of the group, and told; then somebody else is invited in their place, if that is wanted."""
    home, petition, own, other = await _about(turn, press.petition, press.member)
    name = name_of(turn, other)
    await groups.remove(turn.db, petition, own, other, turn.person, turn.now)
    lead = turn.t("group-removed", name=name)
    if press.replace:
        return replace(await turn.go(turn, InviteMembers(petition.id)), lead=lead)
    members = await members_of(turn.db, petition.id)
    return replace(group_screen(turn, home, petition, own, members), lead=lead)
