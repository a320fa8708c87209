"""What does a petition look like: its card, as everybody reads it?"""

from datetime import date

from civic.people import Right, may
from civic.petitions import (
    FINAL,
    NOT_PUBLIC,
    WITH_STAFF,
    PetitionKind,
    Standing,
    State,
    goal,
    is_member,
    is_open,
)
from civic.refusals import Reason, Refused
from handlers.petitions.presses import (
    FollowPetition,
    Group,
    OpenPetition,
    PetitionDesk,
    PetitionHistory,
    Petitions,
    PetitionText,
    PetitionVillages,
    SharePetition,
    SignPetition,
    TellPressure,
    UnfollowPetition,
    UnsignPetition,
    home_of_petition,
)
from handlers.ways import other_languages
from storage.municipalities import Municipality, get_street, get_village
from storage.petitions import Member, Petition, Signature, petition_read_by
from talk.screen import Bar, Button, Fact, Screen, rows
from talk.turn import Turn

SIGNS = {
    State.DRAFT: "✎",
    State.CHECKING: "⏳",
    State.RETURNED: "↩",
    State.REJECTED: "✕",
    State.APPEALED: "⏳",
    State.OPEN: "✍️",
    State.COMPLETE: "✓",
    State.ENDED: "○",
    State.HANDED_OVER: "📨",
    State.REGISTERED: "📨",
    State.ANSWERED: "✅",
    State.WITHDRAWN: "↩",
    State.TAKEN_DOWN: "✕",
}
STAFF_READ = (Right.MODERATE, Right.ANSWER, Right.DESK, Right.INVALIDATE)
EXCERPT = 700  # characters of demand and reasons on the card


async def read(turn: Turn, number: int) -> tuple[Municipality, Petition, Signature | None, Member | None, bool]:
    """The petition with the reader's place in it. Refused(NOT_FOUND): another municipality's, and one that is not
    public to whoever is neither in its group nor staff. By its link a petition is read before it is listed."""
    home = await home_of_petition(turn, number)
    petition, own, member, follows = await petition_read_by(turn.db, home.id, number, turn.person.id)
    staff = any(may(turn.roles, right) for right in STAFF_READ)
    if not staff and not is_member(member) and (petition.state in NOT_PUBLIC or petition.hidden_at is not None):
        raise Refused(Reason.NOT_FOUND)
    return home, petition, own, member, follows


def state_line(turn: Turn, petition: Petition, today: date) -> str:
    """The state in one line, always with the same sign; «overdue» where the municipality is late."""
    t, state = turn.t, petition.state
    until = due_on(petition)
    if until is not None and today > until:
        return f"⚠️ {t(f'petitions-state-{state}')}. {t('petitions-overdue', until=t.day(until))}"
    if state is State.OPEN and petition.closes_on is not None:
        return f"{SIGNS[state]} {t('petitions-open-until', until=t.day(petition.closes_on))}"
    words = f"{SIGNS[state]} {t(f'petitions-state-{state}')}"
    return f"{words}. {t('petitions-until', until=t.day(until))}" if until is not None else words


def due_on(petition: Petition) -> date | None:
    """By which day the municipality must act next."""
    match petition.state:
        case State.CHECKING | State.APPEALED:
            return petition.check_until
        case State.HANDED_OVER:
            return petition.register_until
        case State.REGISTERED:
            return petition.answer_until
    return None


def counted(turn: Turn, petition: Petition) -> str:
    """How the count is made up: «166: 126 in the bot, 40 on paper»."""
    t = turn.t
    if petition.kind is PetitionKind.NORM:
        return t("petitions-counted-paper", count=petition.on_paper)
    if not petition.on_paper:
        return t("petitions-counted", count=petition.signed)
    return t("petitions-counted-both", count=petition.count, signed=petition.signed, paper=petition.on_paper)


async def territory(turn: Turn, home: Municipality, petition: Petition) -> str:
    """For whom it is: the whole municipality, a village, a street."""
    t, language = turn.t, turn.t.language
    if petition.village_id is None:
        return home.name(language)
    village = (await get_village(turn.db, home.id, petition.village_id)).name(language)
    if petition.street_id is None:
        return t("petitions-for-village", village=village)
    street = (await get_street(turn.db, home.id, petition.street_id)).name(language)
    return t("petitions-for-street", village=village, street=street)


async def petition_card(
    turn: Turn,
    home: Municipality,
    petition: Petition,
    own: Signature | None,
    member: Member | None,
    *,
    follows: bool,
    link: int | None = None,
    lead: str = "",
) -> Screen:
    """The card: state, how it counts, for whom, what is demanded, and what the reader can do, the likely act first."""
    t, today = turn.t, turn.today
    steps = petition.thresholds
    shows_count = petition.kind is not PetitionKind.ASSEMBLY and petition.opened_at is not None
    hidden = petition.hidden_at is not None or petition.state is State.TAKEN_DOWN
    facts = (
        Fact(t("petitions-fact-counted"), counted(turn, petition)) if shows_count else None,
        *(Fact(t(f"petitions-fact-{one.consequence}"), t("petitions-needed", count=one.count)) for one in steps),
        Fact(t("petitions-fact-for"), await territory(turn, home, petition)),
        Fact(t("petitions-fact-registry"), petition.registry_no) if petition.registry_no else None,
    )
    said = f"{petition.demand}\n\n{petition.reasons}"
    text = t("petitions-hidden") if hidden else said[:EXCERPT] + ("…" if len(said) > EXCERPT else "")
    signed = own is not None and own.standing is Standing.COUNTED
    return Screen(
        lead=lead,
        title=t("petitions-hidden-title", number=petition.id) if hidden else petition.title,
        icon="✍️",
        state=state_line(turn, petition, today),
        facts=tuple(fact for fact in facts if fact is not None),
        bar=Bar(petition.count, goal(steps, petition.count)) if shows_count and steps else None,
        text=text,
        folded=_outcome(turn, petition),
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=_acts(turn, petition, own, member, signed=signed, follows=follows, link=link)
        + other_languages(turn, OpenPetition(petition.id, link))
        + rows(Button(t("kit-back"), Petitions(home=home.id if turn.municipality is None else None))),
        at=OpenPetition(petition.id, link),
    )


def _outcome(turn: Turn, petition: Petition) -> str:
    """The municipality's words: the answer, the kenesh's decision, why it was rejected or taken down."""
    t = turn.t
    said: list[str] = []
    if petition.answer and petition.answered_at is not None:
        said.append(f"{t('petitions-answer')}\n{petition.answer_in(t.language)}")
    if petition.kenesh_on is not None:
        said.append(f"{t('petitions-kenesh', day=t.day(petition.kenesh_on))}\n{petition.kenesh_decision}".strip())
    if petition.rejection is not None and petition.state in (State.REJECTED, State.APPEALED, State.TAKEN_DOWN):
        said.append(f"{t(f'moderation-why-{petition.rejection}')}\n{petition.remark}".strip())
        if petition.competent:
            said.append(t("petitions-competent", body=petition.competent))
    elif petition.remark and petition.state in (State.RETURNED, State.WITHDRAWN):
        said.append(petition.remark)
    return "\n\n".join(said)


def _acts(
    turn: Turn,
    petition: Petition,
    own: Signature | None,
    member: Member | None,
    *,
    signed: bool,
    follows: bool,
    link: int | None,
) -> tuple[tuple[Button, ...], ...]:
    t, number = turn.t, petition.id
    may_sign = petition.kind is PetitionKind.PETITION and is_open(petition, turn.today)
    public = petition.state not in NOT_PUBLIC
    follow = (
        Button(f"🔕 {t('petitions-unfollow')}", UnfollowPetition(number))
        if follows
        else Button(f"🔔 {t('petitions-follow')}", FollowPetition(number))
    )
    staff = any(may(turn.roles, right) for right in STAFF_READ)
    return (
        *rows(Button(f"✍️ {t('petitions-sign')}", SignPetition(number, link)) if may_sign and not signed else None),
        *rows(
            Button(f"📄 {t('petitions-text')}", PetitionText(number)),
            Button(f"↗️ {t('petitions-share')}", SharePetition(number)) if public else None,
            follow if public and not signed and petition.state not in FINAL else None,
            Button(f"🕘 {t('petitions-history')}", PetitionHistory(number)),
            Button(f"🏘 {t('petitions-villages')}", PetitionVillages(number)) if petition.count else None,
            Button(f"👥 {t('petitions-group')}", Group(number)),
            width=2,
        ),
        *rows(
            Button(t("petitions-unsign"), UnsignPetition(number))
            if signed and petition.handed_over_at is None
            else None,
            Button(t("petitions-pressure"), TellPressure(number)) if public and petition.opened_at else None,
            Button(f"🗂 {t('petitions-desk')}", PetitionDesk(number)) if staff else None,
        ),
    )


def needs_staff(petition: Petition) -> bool:
    """Whether it waits for the municipality."""
    return petition.state in WITH_STAFF
