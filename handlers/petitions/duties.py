"""What does an initiative group do with its petition: send it in, take it back, appeal, write news, hand it over?"""

from dataclasses import replace

from actions.petitions import deciding, registering, writing
from actions.petitions import group as groups
from civic.municipalities import local
from civic.people import refuse
from civic.petitions import (
    LEAST,
    NEWS,
    REASON_LEAST,
    REASON_MOST,
    SIGNED,
    PetitionKind,
    State,
    appeal_until,
    group_size,
    why_cannot_appeal,
    why_cannot_hand_over,
    why_cannot_send,
)
from civic.refusals import Reason, Refused
from handlers.answers import choice, words
from handlers.petitions.cards import counted, state_line
from handlers.petitions.group_presses import (
    AppealPetition,
    HandOver,
    HandOverNow,
    InviteMembers,
    SendPetition,
    SendPetitionNow,
    WithdrawPetition,
    WriteNews,
    as_co_ordinator,
    of_own_group,
)
from handlers.petitions.presses import Group
from handlers.ways import to_menu
from storage.municipalities import Municipality
from storage.petition_circles import readers_count
from storage.petitions import Petition, members_of
from storage.workdays import workdays_of
from talk.answers import Option
from talk.form import Form, ask, fetch
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
YES = "yes"


def _done(turn: Turn, petition: Petition, words: str) -> Screen:
    """What was done, and the way to the group."""
    t = turn.t
    return Screen(
        title=petition.title,
        icon="📨",
        state=state_line(turn, petition, turn.today),
        text=words,
        buttons=rows(Button(f"👥 {t('group-to-group')}", Group(petition.id)), to_menu(turn)),
        at=Group(petition.id),
    )


async def _group_again(turn: Turn, number: int, lead: str) -> Screen:
    """The group's screen, with what was just done on top."""
    await turn.db.flush()
    return replace(await turn.go(turn, Group(number)), lead=lead)


# --- sending in ---


@routes.press(SendPetition, reads=True, statements=9)
async def send(turn: Turn, press: SendPetition) -> Screen:
    """What follows: who reads it, until when, that the text stands then, how many signatures it would need today of how
    many people; and the question."""
    t = turn.t
    home, petition, member = await of_own_group(turn, press.petition)
    count, numbers = len(await members_of(turn.db, petition.id)), home.settings
    reason = why_cannot_send(petition, member, members=count, numbers=numbers)
    refuse(reason, **writing.group_details(petition, numbers, count))
    days = await workdays_of(turn.db, home.id)
    assembly = petition.kind is PetitionKind.ASSEMBLY
    working = numbers.appeal_register_working_days if assembly else numbers.petition_moderation_working_days
    until = t.day(days.after(turn.today, working))
    text = t(f"group-send-text-{petition.kind}", until=until, days=numbers.assembly_request_days)
    return Screen(
        title=t("group-send-title"),
        icon="📨",
        facts=() if assembly else await _needed(turn, home, petition),
        text=f"{text}\n\n{t('group-send-names', count=count)}",
        note=petition.title,
        buttons=_yes_or_back(turn, t("group-send-yes"), SendPetitionNow(petition.id), petition.id),
        at=SendPetition(petition.id),
    )


async def _needed(turn: Turn, home: Municipality, petition: Petition) -> tuple[Fact, ...]:
    """How many signatures by the rule of today, and how many people live there."""
    t = turn.t
    steps, _ = await deciding.thresholds_for(turn.db, petition, home, turn.today)
    residents = await deciding.residents_of(turn.db, petition, home)
    return (
        *(Fact(t(f"petitions-fact-{one.consequence}"), t("petitions-needed", count=one.count)) for one in steps),
        Fact(t("petitions-fact-residents"), t.number(residents) if residents else t("petitions-residents-unknown")),
    )


def _yes_or_back(turn: Turn, label: str, yes: Press, number: int) -> tuple[tuple[Button, ...], ...]:
    return rows(Button(label, yes), Button(turn.t("kit-back"), Group(number)))


@routes.press(SendPetitionNow, reads=False, statements=12)
async def send_now(turn: Turn, press: SendPetitionNow) -> Screen:
    """With the municipality from now on."""
    home, petition, member = await of_own_group(turn, press.petition)
    await writing.send(turn.db, petition, member, turn.person, home, turn.now, turn.today)
    return _done(turn, petition, turn.t("group-sent"))


# --- taking it back ---


def withdraw_questions(turn: Turn, press: WithdrawPetition) -> Form[str]:
    """Why: everybody reads it; and how many signatures count no more."""
    _, petition, _ = yield from fetch(lambda _: as_co_ordinator(turn, press.petition))
    if petition.state not in (State.DRAFT, State.CHECKING, State.RETURNED, State.OPEN, State.COMPLETE):
        raise Refused(Reason.TOO_LATE)
    t = turn.t
    says = t("group-ask-withdraw", title=petition.title)
    if petition.state in SIGNED:
        says = f"{says}\n\n{t('group-withdraw-signed', count=petition.count)}"
    return (yield from ask("why", says, words(min=REASON_LEAST, max=REASON_MOST), named=t("group-named-reason")))


async def withdrawn(turn: Turn, press: WithdrawPetition, why: str) -> Screen:
    """Taken back for good."""
    _, petition, member = await of_own_group(turn, press.petition)
    await writing.withdraw(turn.db, petition, member, turn.person, why, turn.now)
    return await _group_again(turn, petition.id, turn.t("group-withdrawn"))


routes.form(WithdrawPetition, questions=withdraw_questions, done=withdrawn, title="group-withdraw-title")


# --- a second look ---


def appeal_questions(turn: Turn, press: AppealPetition) -> Form[str]:
    """Why the rejection was wrong, in words; it can be asked once."""
    home, petition, member = yield from fetch(lambda _: of_own_group(turn, press.petition))
    until = appeal_until(petition, home.settings)
    day = turn.t.day(local(until, home.time_zone).date()) if until is not None else "—"
    refuse(why_cannot_appeal(petition, member), until=day)
    t, why = turn.t, turn.t(f"moderation-why-{petition.rejection}") if petition.rejection is not None else ""
    says = f"{t(f'group-ask-appeal-{petition.state}')}\n\n{t('group-why', why=why, words=petition.remark)}"
    return (yield from ask("why", says, words(min=REASON_LEAST, max=REASON_MOST), named=t("group-named-appeal")))


async def appealed(turn: Turn, press: AppealPetition, why: str) -> Screen:
    """Somebody else looks at it."""
    home, petition, member = await of_own_group(turn, press.petition)
    await deciding.appeal(turn.db, petition, member, turn.person, why, home, turn.now, turn.today)
    return await _group_again(turn, petition.id, turn.t("group-appeal-sent"))


routes.form(AppealPetition, questions=appeal_questions, done=appealed, title="group-appeal-title")


# --- news to who signed ---


def news_questions(turn: Turn, press: WriteNews) -> Form[str]:
    """The words, then how they will be read and by how many."""
    home, petition, member = yield from fetch(lambda _: of_own_group(turn, press.petition))
    yield from fetch(lambda db: groups.may_write_news(db, petition, member, home, turn.now))
    t = turn.t
    days = home.settings.petition_news_days
    text = yield from ask("news", t("group-ask-news", most=NEWS, days=days), words(min=LEAST, max=NEWS))
    count = yield from fetch(lambda db: readers_count(db, petition.id))
    preview = t("group-news-preview", count=count, title=petition.title, words=text)
    yield from ask("sure", preview, choice([Option(YES, t("group-news-send"))]))
    return text


async def written(turn: Turn, press: WriteNews, text: str) -> Screen:
    """On its way to everybody who signed or follows."""
    home, petition, member = await of_own_group(turn, press.petition)
    await groups.news(turn.db, petition, member, turn.person, home, text, turn.now)
    return await _group_again(turn, petition.id, turn.t("group-news-sent"))


routes.form(WriteNews, questions=news_questions, done=written, review=False, title="group-news-title")


# --- handing over ---


@routes.press(HandOver, reads=True, statements=6)
async def hand_over(turn: Turn, press: HandOver) -> Screen:
    """What it means, what happens next and when; and the question. A group that became too small invites first."""
    t = turn.t
    home, petition, member = await of_own_group(turn, press.petition)
    steps, numbers = petition.thresholds, home.settings
    members = len(await members_of(turn.db, petition.id))
    if why_cannot_hand_over(petition, member, members=members, numbers=numbers) is Reason.GROUP_TOO_SMALL:
        return _invite_first(turn, petition, group_size(petition.kind, numbers)[0], members)
    registering.refuse_hand_over(petition, member, home, members)
    days = await workdays_of(turn.db, home.id)
    registered = days.after(turn.today, numbers.appeal_register_working_days)
    answered = days.after(registered, numbers.appeal_answer_working_days)
    return Screen(
        title=t("group-hand-over-title"),
        icon="📨",
        facts=(
            Fact(t("petitions-fact-counted"), counted(turn, petition)),
            *(Fact(t(f"petitions-fact-{one.consequence}"), t("petitions-needed", count=one.count)) for one in steps),
        ),
        text="\n\n".join(
            (
                t("group-hand-over-text-norm" if petition.kind is PetitionKind.NORM else "group-hand-over-text"),
                t("group-hand-over-next", registered=t.day(registered), answered=t.day(answered)),
            )
        ),
        note=petition.title,
        buttons=_yes_or_back(turn, t("group-hand-over-yes"), HandOverNow(petition.id), petition.id),
        at=HandOver(petition.id),
    )


def _invite_first(turn: Turn, petition: Petition, least: int, members: int) -> Screen:
    t = turn.t
    return Screen(
        title=t("group-hand-over-title"),
        icon="👥",
        text=t("refusal-group-too-small", count=members, least=least),
        note=petition.title,
        buttons=_yes_or_back(turn, f"➕ {t('group-invite')}", InviteMembers(petition.id), petition.id),
        at=HandOver(petition.id),
    )


@routes.press(HandOverNow, reads=False, statements=12)
async def hand_over_now(turn: Turn, press: HandOverNow) -> Screen:
    """With the municipality from now on; nobody signs or takes back any more. Or the true count, when too few are left
    without the names on paper that signed in the bot as well."""
    home, petition, member = await of_own_group(turn, press.petition)
    if await registering.hand_over(turn.db, petition, member, turn.person, home, turn.now, turn.today):
        return _done(turn, petition, turn.t("group-handed-over"))
    needed = petition.thresholds[0].count
    return _done(turn, petition, turn.t("group-hand-over-twins", counted=counted(turn, petition), needed=needed))
