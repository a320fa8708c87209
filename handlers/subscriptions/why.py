"""Why did a letter come, and how does one stop such letters?"""

from actions import subscriptions
from civic.announcements import Audience, Crowd
from civic.people import Notify
from civic.petitions import Standing, is_member
from civic.refusals import Reason, Refused
from civic.subscriptions import LETTERS, About, Topic, about, subject_of
from handlers.subscriptions.presses import ChooseTopic, MuteThing, Notifications, UnmuteThing, WhyThis
from storage.broadcasts import get_broadcast
from storage.outbox import Letter
from storage.petitions import petition_read_by
from storage.proposals import proposal_read_by
from storage.subscriptions import choice_of, is_muted, villages_of
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
DIGEST = "digest"
ONCE = {
    "accounts-joined": "account",
    "account-left": "account",
    "resident-confirmed": "account",
    "group-decided": "asked",
}  # letters without a topic that are not about one's work
# what a reader can have to do with a letter
WHY = (
    *("account", "asked", "work", "belongs", "village", "other-village", "street", "digest-daily", "digest-weekly"),
    *("member", "author", "signer", "supporter", "follower", "was-in"),
)


@routes.press(WhyThis, reads=True, statements=5)
async def why_this(turn: Turn, press: WhyThis) -> Screen:
    """In words why it came; then to mute this one thing, to hear of the topic less, or why neither can be. A message
    of its own, for the letter stays to be read."""
    letter = await subscriptions.own_letter(turn.db, turn.person, press.letter)
    if letter.key not in LETTERS:
        raise Refused(Reason.NOT_FOUND)
    t, what = turn.t, about(letter.key, letter.arguments)
    why = await reason(turn, letter, what)
    said = [t(f"subscriptions-why-{why}")]
    if letter.arguments.get("urgent"):
        said.append(t("subscriptions-urgent"))
    facts: tuple[Fact, ...] = ()
    acts: tuple[tuple[Button, ...], ...] = ()
    if what.topic is not None and (what.essential or letter.essential):
        said.append(t("subscriptions-must"))
    elif what.topic is not None:
        said.append(t("subscriptions-choose-less" if subject_of(letter.arguments) else "subscriptions-choose-topic"))
        facts, acts = await _ways(turn, letter, what.topic)
    elif letter.key != DIGEST and why != "asked":
        said.append(t("subscriptions-must-account" if why == "account" else "subscriptions-must-work"))
    return Screen(
        title=t("subscriptions-why"),
        icon="🔔",
        text="\n\n".join(said),
        facts=facts,
        buttons=acts + rows(Button(t("subscriptions-settings"), Notifications())),
        at=WhyThis(letter.id),
        fresh=True,
    )


async def _ways(turn: Turn, letter: Letter, topic: Topic) -> tuple[tuple[Fact, ...], tuple[tuple[Button, ...], ...]]:
    """How often one hears of such things now, and what can be done about it."""
    t, person, subject = turn.t, turn.person, subject_of(letter.arguments)
    wants = await choice_of(turn.db, person, topic)
    muted = subject is not None and await is_muted(turn.db, person.id, *subject)
    facts: tuple[Fact, ...] = (Fact(t(f"subscriptions-topic-{topic}"), t(f"people-notify-{wants}")),)
    one = None
    if subject is not None:
        facts += (Fact(t("subscriptions-this-one"), t("subscriptions-is-muted")),) if muted else ()
        one = Button(t("subscriptions-unmute"), UnmuteThing(*subject)) if muted else None
        one = one or Button(f"🔕 {t('subscriptions-mute')}", MuteThing(*subject))
    daily, never = ChooseTopic(topic, Notify.DAILY), ChooseTopic(topic, Notify.NEVER)
    return facts, rows(
        one,
        Button(t("subscriptions-less-daily"), daily) if wants is Notify.AT_ONCE else None,
        Button(t("subscriptions-less-never"), never) if wants is not Notify.NEVER else None,
    )


async def reason(turn: Turn, letter: Letter, what: About) -> str:
    """What the reader has to do with it, in one word of WHY."""
    told, home, reader = letter.arguments, letter.municipality_id, turn.person.id
    if letter.key == DIGEST:
        return f"digest-{told.get('how', Notify.DAILY)}"
    if what.topic is None:
        return ONCE.get(letter.key, "work")
    if letter.broadcast_id is not None:
        return await _audience(turn, letter)
    try:
        if told.get("petition"):
            _, own, member, follows = await petition_read_by(turn.db, home, int(told["petition"]), reader)
            signed = own is not None and own.standing is not Standing.WITHDRAWN
            return "member" if is_member(member) else "signer" if signed else "follower" if follows else "was-in"
        if told.get("proposal"):
            read = await proposal_read_by(turn.db, home, int(told["proposal"]), reader)
            if read.proposal.author_id == reader:
                return "author"
            return "supporter" if read.supports else "follower" if read.follows else "was-in"
    except Refused:
        return "was-in"
    return "follower" if told.get("issue") else "belongs"


async def _audience(turn: Turn, letter: Letter) -> str:
    """Why somebody is among those whom the municipality told something."""
    broadcast = await get_broadcast(turn.db, letter.municipality_id, letter.broadcast_id or 0)
    audience = Audience.unpacked(broadcast.audience)
    match audience.crowd:
        case Crowd.VILLAGES:
            chosen = {village.id for village, _ in await villages_of(turn.db, turn.person.id)}
            own = turn.person.village_id in audience.which
            return "village" if own else "other-village" if chosen & set(audience.which) else "was-in"
        case Crowd.STREETS:
            return "street" if turn.person.street_id in audience.which else "was-in"
        case Crowd.ISSUE:
            return "follower"
        case Crowd.PETITION:
            return "signer"
        case Crowd.STAFF:
            return "work"
    return "belongs"
