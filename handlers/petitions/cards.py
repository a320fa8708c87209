"""What does a petition look like: its card, as everybody reads it?"""

from datetime import date

from civic.people import Right, may
from civic.petitions import (
    BEFORE_HAND_OVER,
    FINAL,
    NOT_PUBLIC,
    SAYS_WHY,
    WITH_STAFF,
    PetitionKind,
    Standing,
    State,
    goal,
    hides_text,
    is_by_link_only,
    is_member,
    is_of_group_only,
    is_open,
    is_second_look,
    why_cannot_see_signers,
)
from civic.refusals import Reason, Refused
from civic.reports import Subject
from civic.stops import Stoppable
from civic.thresholds import CHARTER
from handlers.issues.presses import OpenIssue
from handlers.petitions.presses import (
    CheckReceipt,
    FollowPetition,
    Group,
    OpenPetition,
    PetitionAnswer,
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
    WhoSigned,
    home_of_petition,
)
from handlers.proposals.presses import ReportText
from handlers.ways import other_languages
from storage.issues import get_issue
from storage.municipalities import Municipality, get_municipality, get_street, get_village
from storage.petitions import Member, Petition, Signature, petition_kept_by, petition_read_by
from storage.stops import stop_of
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
    """The petition with the reader's place in it. Refused(NOT_FOUND): another municipality's for whoever neither
    signed nor follows it, one that is not public to whoever is neither in its group nor staff, and one that was never
    sent to whoever is not in its group. By its link a petition is read before it is listed."""
    home = await home_of_petition(turn, number)
    try:
        petition, own, member, follows = await petition_read_by(turn.db, home.id, number, turn.person.id)
    except Refused:
        petition, own, member, follows = await petition_kept_by(turn.db, number, turn.person.id)
        home = await get_municipality(turn.db, petition.municipality_id)
        turn.roles = frozenset()  # held at home, of no effect on what belongs to another place
    inside = petition.state in NOT_PUBLIC and not is_second_look(petition)  # which its signers follow by its card
    never_public = inside or (petition.state is State.WITHDRAWN and not _was_sent_on(petition))
    if is_of_group_only(petition) and not is_member(member):
        raise Refused(Reason.NOT_FOUND)
    if never_public and not reads_everything(turn, member):
        raise Refused(Reason.NOT_FOUND)
    return home, petition, own, member, follows


def _was_sent_on(petition: Petition) -> bool:
    return petition.opened_at is not None or petition.handed_over_at is not None


def reads_everything(turn: Turn, member: Member | None) -> bool:
    """Whether the reader is in the group or works on petitions: they read what others do not."""
    return is_member(member) or any(may(turn.roles, right) for right in STAFF_READ)


def name_of_petition(turn: Turn, petition: Petition, *, everything: bool = False) -> str:
    """Its title; of one whose text is hidden its number only."""
    return petition.title if everything or not hides_text(petition) else turn.t("petitions-number", number=petition.id)


def payload_of(petition: Petition, link: int | None = None) -> str:
    """What a link to the petition carries: whose link it is, and before it is public the word that opens it."""
    by = "" if link is None else str(link)
    if is_by_link_only(petition) and petition.link_word:
        return f"p{petition.id}_{by}_{petition.link_word}"
    return f"p{petition.id}_{by}" if by else f"p{petition.id}"


def state_line(turn: Turn, petition: Petition, today: date) -> str:
    """The state in one line, always with the same sign; «overdue» where the municipality is late."""
    t, state = turn.t, petition.state
    until = due_on(petition)
    if until is not None and today > until:
        return f"⚠️ {t(f'petitions-state-{state}')}. {t('petitions-overdue', until=t.day(until))}"
    if state is State.OPEN and petition.closes_on is not None:
        return f"{SIGNS[state]} {t('petitions-open-until', until=t.day(petition.closes_on))}"
    words = f"{SIGNS[state]} {t(f'petitions-state-{how_it_ended(petition)}')}"
    return f"{words}. {t('petitions-until', until=t.day(until))}" if until is not None else words


def how_it_ended(petition: Petition) -> str:
    """The state in a word; of one that ended with enough signatures: that nobody handed it over."""
    late = petition.state is State.ENDED and petition.reached
    return "not-handed-over" if late else petition.state.value


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


async def issue_of(turn: Turn, home: Municipality, petition: Petition) -> str:
    """On which issue of local importance it is; «other» until staff have sorted it."""
    if petition.issue_id is None:
        return turn.t("group-other")
    return (await get_issue(turn.db, home.id, petition.issue_id)).said("label", turn.t.language)


def _basis(turn: Turn, petition: Petition) -> str:
    """By which act the number of signatures holds: a rule of the municipality as it was typed, or the Model Charter."""
    _, charter, clause = petition.basis.partition(CHARTER)
    return turn.t("participation-charter", clause=clause) if charter else petition.basis


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
    t, everything = turn.t, reads_everything(turn, member)
    steps, hidden = petition.thresholds, hides_text(petition)
    shows_count = petition.kind is not PetitionKind.ASSEMBLY and petition.opened_at is not None
    stop = await stop_of(turn.db, home.id, Stoppable.SIGNING) if may_sign(turn, petition) else None
    signed = own is not None and own.standing is Standing.COUNTED
    return Screen(
        lead=lead,
        title=name_of_petition(turn, petition, everything=everything),
        icon="✍️",
        state=state_line(turn, petition, turn.today),
        facts=await _facts(turn, home, petition, own, shows_count=shows_count, tells=everything or not hidden),
        bar=Bar(petition.count, goal(steps, petition.count)) if shows_count and steps else None,
        text="\n\n".join(
            part
            for part in (
                stop.notice(t.language) if stop is not None else "",
                *_notices(turn, home, petition, own),
                t("petitions-hidden") if hidden else "",
                _beginning(petition) if everything or not hidden else "",
            )
            if part
        ),
        folded=_outcome(turn, petition),
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=_acts(turn, petition, own, member, signed=signed, follows=follows, link=link, stopped=stop is not None)
        + other_languages(turn, OpenPetition(petition.id, link))
        + rows(Button(t("kit-back"), Petitions(home=home.id if turn.municipality is None else None))),
        at=OpenPetition(petition.id, link),
    )


def _beginning(petition: Petition) -> str:
    said = f"{petition.demand}\n\n{petition.reasons}"
    return said if len(said) <= EXCERPT else said[:EXCERPT].rsplit(" ", 1)[0] + "…"


async def _facts(
    turn: Turn, home: Municipality, petition: Petition, own: Signature | None, *, shows_count: bool, tells: bool
) -> tuple[Fact, ...]:
    t, about = turn.t, petition.about if tells else {}
    since = petition.opened_at
    counts = ""
    if shows_count and since is not None:
        day = t.moment(since, home.time_zone)[:10]
        counts = f"{counted(turn, petition)}. {t('petitions-since', day=day)}"
    facts = (
        Fact(t("petitions-fact-kind"), t(f"group-kind-{petition.kind}"))
        if petition.kind is not PetitionKind.PETITION
        else None,
        Fact(t("petitions-fact-counted"), counts) if counts else None,
        *(
            Fact(t(f"petitions-fact-{one.consequence}"), t("petitions-needed", count=one.count))
            for one in petition.thresholds
        ),
        Fact(t("petitions-fact-basis"), _basis(turn, petition)) if petition.basis and petition.thresholds else None,
        Fact(t("petitions-fact-for"), await territory(turn, home, petition)),
        Fact(t("group-fact-issue"), await issue_of(turn, home, petition)),
        Fact(t("group-fact-where"), str(about["place"])) if about.get("place") else None,
        Fact(t("group-fact-people"), str(about["people"])) if about.get("people") else None,
        Fact(t("petitions-fact-registry"), petition.registry_no) if petition.registry_no else None,
        Fact(t("petitions-fact-receipt"), own.receipt)
        if own is not None and own.standing is Standing.COUNTED
        else None,
    )
    return tuple(fact for fact in facts if fact is not None)


def _notices(turn: Turn, home: Municipality, petition: Petition, own: Signature | None) -> list[str]:
    """What one should know before one reads on: by link only, on paper only, confirmed only, one's own signature."""
    t, said = turn.t, []
    if petition.kind is PetitionKind.PETITION and petition.state is State.OPEN and petition.public_at is None:
        said.append(t("petitions-by-link", count=home.settings.petition_public_after))
    if petition.kind is PetitionKind.NORM and is_open(petition, turn.today):
        said.append(t("petitions-by-hand"))
    if may_sign(turn, petition) and home.settings.petition_confirmed_only:
        said.append(t("petitions-confirmed-only"))
    if petition.state in NOT_PUBLIC and not is_second_look(petition):
        said.append(t("petitions-group-sees"))
    if own is not None and own.standing is Standing.COUNTED:
        said.append(t("petitions-you-signed"))
    elif own is not None and own.standing is Standing.INVALID:
        said.append(t("refusal-signature-invalid"))
    return said


def may_sign(turn: Turn, petition: Petition) -> bool:
    """Whether signatures are gathered in the bot now, from people who belong where the reader does."""
    here = turn.municipality is None or turn.municipality.id == petition.municipality_id
    return here and petition.kind is PetitionKind.PETITION and is_open(petition, turn.today)


def _outcome(turn: Turn, petition: Petition) -> str:
    """The municipality's words: the answer, the kenesh's decision, why it was rejected or taken down."""
    t = turn.t
    said: list[str] = []
    if petition.answer and petition.answered_at is not None:
        if petition.accepted is not None:
            outcome = f"{'accepted' if petition.accepted else 'refused'}-{petition.kind}"
            said.append(t(f"petitions-outcome-{outcome}"))
        said.append(f"{t('petitions-answer')}\n{petition.answer_in(t.language)}")
    if petition.kenesh_on is not None:
        said.append(f"{t('petitions-kenesh', day=t.day(petition.kenesh_on))}\n{petition.kenesh_decision}".strip())
    if petition.rejection is not None and petition.state in SAYS_WHY:
        why = t("petitions-why", why=t(f"moderation-why-{petition.rejection}"))
        said.append(f"{why}\n{petition.remark}".strip())
        if petition.competent:
            said.append(t("petitions-competent", body=petition.competent))
    elif petition.remark and petition.state in (State.RETURNED, State.WITHDRAWN):
        said.append(f"{t('petitions-remark')}\n{petition.remark}")
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
    stopped: bool,
) -> tuple[tuple[Button, ...], ...]:
    t, number = turn.t, petition.id
    signs = may_sign(turn, petition) and not stopped and own_may_sign(own)
    public = petition.state not in NOT_PUBLIC
    readable = reads_everything(turn, member) or not hides_text(petition)
    follow = (
        Button(f"🔕 {t('petitions-unfollow')}", UnfollowPetition(number))
        if follows
        else Button(f"🔔 {t('petitions-follow')}", FollowPetition(number))
    )
    staff = any(may(turn.roles, right) for right in STAFF_READ)
    mine = is_member(member)
    return (
        *rows(Button(f"✍️ {t('petitions-sign')}", SignPetition(number, link)) if signs else None),
        *rows(
            Button(f"👥 {t('petitions-group')}", Group(number)) if mine else None,
            Button(f"📄 {t('petitions-text')}", PetitionText(number)) if readable else None,
            Button(f"↗️ {t('petitions-share')}", SharePetition(number)) if public and readable else None,
            Button(f"📎 {t('petitions-answer-file')}", PetitionAnswer(number)) if petition.answer_file_id else None,
            follow if public and not signed and not mine and (follows or petition.state not in FINAL) else None,
            Button(f"🕘 {t('petitions-history')}", PetitionHistory(number)),
            _who_signed(turn, petition, member, readable=readable),
            Button(f"📋 {t('petitions-issue')}", OpenIssue(petition.issue_id)) if petition.issue_id else None,
            Button(f"👥 {t('petitions-group')}", Group(number)) if not mine else None,
            Button(f"🧾 {t('petitions-receipt')}", CheckReceipt(own.receipt)) if own is not None else None,
            width=2,
        ),
        *rows(
            Button(t("petitions-unsign"), UnsignPetition(number))
            if signed and petition.handed_over_at is None and petition.state in BEFORE_HAND_OVER
            else None,
            Button(t("petitions-pressure"), TellPressure(number)) if public and petition.opened_at else None,
            Button(f"⚑ {t('petitions-report')}", ReportText(Subject.PETITION, number))
            if public and not hides_text(petition) and not mine
            else None,
            Button(f"🗂 {t('petitions-desk')}", PetitionDesk(number)) if staff else None,
        ),
    )


def _who_signed(turn: Turn, petition: Petition, member: Member | None, *, readable: bool) -> Button | None:
    """Names where they may be read, from there by village; where they may not, by village alone."""
    if petition.signed and readable and why_cannot_see_signers(petition, member) is None:
        return Button(f"🖊 {turn.t('petitions-who-signed')}", WhoSigned(petition.id))
    return Button(f"🏘 {turn.t('petitions-villages')}", PetitionVillages(petition.id)) if petition.count else None


def own_may_sign(own: Signature | None) -> bool:
    """Whether one's own signature leaves room for signing: there is none, or it was taken back."""
    return own is None or own.standing is Standing.WITHDRAWN


def needs_staff(petition: Petition) -> bool:
    """Whether it waits for the municipality."""
    return petition.state in WITH_STAFF
