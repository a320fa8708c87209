"""What must hold for a petition, from its draft to the answer? (Typical Plan 3.2; docs/law.md#petitions)"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from civic.moderation import HIDES_TEXT, Rejection
from civic.municipalities import Settings
from civic.people import Level, why_below
from civic.refusals import Reason
from civic.thresholds import Step

if TYPE_CHECKING:
    from storage.people import Person
    from storage.petitions import Member, Petition, Signature


class PetitionKind(StrEnum):
    """What the group wants."""

    PETITION = "petition"  # gathers signatures in the bot and on paper
    ASSEMBLY = "assembly"  # a group of 11–15 asks to call an assembly (Charter 18.2)
    NORM = "norm"  # a draft of a local act; signatures by hand only (Charter 19)


class State(StrEnum):
    """Where a petition stands."""

    DRAFT = "draft"
    CHECKING = "checking"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPEALED = "appealed"
    OPEN = "open"
    COMPLETE = "complete"  # enough signatures, the time is over, not yet handed over
    ENDED = "ended"  # the time is over and there were too few
    HANDED_OVER = "handed-over"
    REGISTERED = "registered"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    TAKEN_DOWN = "taken-down"


class Standing(StrEnum):
    """What a signature counts for."""

    COUNTED = "counted"
    WITHDRAWN = "withdrawn"
    INVALID = "invalid"


class Membership(StrEnum):
    """How somebody stands to an initiative group."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"


WRITABLE = frozenset({State.DRAFT, State.RETURNED})
SIGNED = frozenset({State.OPEN, State.COMPLETE, State.ENDED, State.HANDED_OVER, State.REGISTERED, State.ANSWERED})
WITH_STAFF = frozenset({State.CHECKING, State.APPEALED, State.HANDED_OVER, State.REGISTERED})
FINAL = frozenset({State.ENDED, State.ANSWERED, State.REJECTED, State.WITHDRAWN, State.TAKEN_DOWN})
BEFORE_HAND_OVER = frozenset({State.OPEN, State.COMPLETE, State.ENDED})
NOT_PUBLIC = frozenset({State.DRAFT, State.CHECKING, State.RETURNED, State.APPEALED})
TURNED_DOWN = frozenset({State.REJECTED, State.TAKEN_DOWN})  # with a reason of the catalogue; an appeal may follow
SAYS_WHY = TURNED_DOWN | {State.APPEALED, State.HANDED_OVER, State.REGISTERED, State.ANSWERED}
MILESTONES = (25, 50, 75, 100)  # per cent of the first threshold

TITLE, DEMAND, REASONS = 120, 1_000, 3_000  # characters at most
NEWS = 1_500
LEAST = 10  # characters of a text that says anything
REASON_LEAST, REASON_MOST = 5, 1_500  # characters of a reason in words
ANSWER = 3_500
LOCKED_FOR = timedelta(minutes=15)  # so long one member of staff decides, and the others read only
DRAFTS_AT_ONCE = 3  # of one person: whoever begins more finishes none
BEGUN_A_MONTH = 6
SIGNED_AN_HOUR, SIGNED_A_DAY = 40, 100  # by one person; somebody who reads what they sign needs longer
CHANGES_OF_MIND = 10  # signing and withdrawing one petition
BURST, BURST_WITHIN = 25, timedelta(minutes=10)  # signatures by one link that a moderator should look at
SUSTAINED, SUSTAINED_WITHIN = 300, timedelta(days=1)
BY_LINK_AN_HOUR, BY_LINK_A_DAY = 150, 600  # by one link: more than a flag, and nobody brings so many in person
LEAD_AWAY = timedelta(days=14)  # without a turn of the co-ordinator: another member may lead
INVITES_A_DAY = 30  # people whom one group may take in or lose in a day
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
SIGNING_LIMITS = ((SIGNED_AN_HOUR, _HOUR), (SIGNED_A_DAY, _DAY))
LINK_LIMITS = ((BY_LINK_AN_HOUR, _HOUR), (BY_LINK_A_DAY, _DAY))
PRESSURE = 1_000  # characters of «I was paid or forced»
PRESSURES_A_DAY, PRESSURES_OF_ALL = 3, 50  # by one person; by all about one petition
SMALLEST_GROUP_SHOWN = 5  # signers of a village: fewer could be told apart (facts 3.2)
PAPER_AFTER = timedelta(days=3)  # after the last day sheets that were signed by then are still entered
KENESH_WITHIN = timedelta(days=90)  # of the registration: sessions are held every quarter
KENESH_LONGEST = timedelta(days=180)  # after the answer it is still known whom to tell what the kenesh decided
KENESH_LATE = timedelta(days=14)  # after which the head is reminded as well
KENESH_LAST = timedelta(days=30)  # before nobody can be told any more
LEFT_LEAST = timedelta(days=7)  # to gather signatures after a take-down that was undone
REMINDED_BEFORE = timedelta(days=7)  # the term for handing over ends
FEW_DAYS = 2  # working days before a deadline from which on it is near


def group_size(kind: PetitionKind, numbers: Settings) -> tuple[int, int]:
    """How many people the group needs at least and has at most: 11–15 to call an assembly (Charter 18.2), 7–11 for
    a norm-making initiative (19.5), the municipality's own number for a petition."""
    match kind:
        case PetitionKind.ASSEMBLY:
            return numbers.assembly_group_min, max(15, numbers.assembly_group_min)
        case PetitionKind.NORM:
            return numbers.norm_group_min, max(numbers.norm_group_max, numbers.norm_group_min)
    return numbers.petition_group_min, max(15, numbers.petition_group_min)


def group_age(kind: PetitionKind, numbers: Settings) -> int:
    """The age from which one may be in the group (Charter 5.1, 19.5)."""
    return numbers.norm_age if kind is PetitionKind.NORM else numbers.member_min_age


def why_cannot_begin(person: "Person", *, drafts: int, begun: int) -> Reason | None:
    """A member of the community with a proven phone begins a petition; not a fourth before one of three is sent,
    and not a seventh in thirty days."""
    lacks = why_below(person, Level.RESIDENT)
    if lacks is not None:
        return lacks
    if drafts >= DRAFTS_AT_ONCE:
        return Reason.TOO_MANY
    return Reason.BEGUN_TOO_MANY if begun >= BEGUN_A_MONTH else None


def why_cannot_change(petition: "Petition", member: "Member | None") -> Reason | None:
    """Members of the group change the text, and only before it is checked."""
    if not is_member(member):
        return Reason.GROUP_ONLY
    return None if petition.state in WRITABLE else Reason.TOO_LATE


def why_cannot_join(petition: "Petition", person: "Person", *, members: int, numbers: Settings) -> Reason | None:
    """Whoever comes by the group's link may join it while the petition goes on, up to the group's size."""
    lacks = why_below(person, Level.RESIDENT)
    if lacks is not None:
        return lacks
    if petition.state in FINAL:
        return Reason.TOO_LATE
    return Reason.GROUP_FULL if members >= group_size(petition.kind, numbers)[1] else None


def why_cannot_take_over(
    member: "Member | None", lead: "Member | None", seen_at: datetime, now: datetime
) -> Reason | None:
    """Any member leads from now on when the co-ordinator has not been seen for two weeks, or there is none."""
    if not is_member(member) or member is lead:
        return Reason.GROUP_ONLY
    return Reason.LEAD_IS_HERE if lead is not None and now - seen_at < LEAD_AWAY else None


def why_cannot_send(petition: "Petition", member: "Member | None", *, members: int, numbers: Settings) -> Reason | None:
    """The text goes to be checked (a request for an assembly to be decided) when enough members have accepted."""
    wrong = why_cannot_change(petition, member)
    if wrong is not None:
        return wrong
    return Reason.GROUP_TOO_SMALL if members < group_size(petition.kind, numbers)[0] else None


def why_cannot_decide(petition: "Petition", person_id: int, now: datetime) -> Reason | None:
    """One decides at a time; an appeal is decided by somebody else than who rejected (a fresh look)."""
    if petition.state not in (State.CHECKING, State.APPEALED):
        return Reason.DECIDED_ALREADY
    if petition.lock_by not in (None, person_id) and petition.lock_until is not None and petition.lock_until > now:
        return Reason.LOCKED
    return Reason.ANOTHER_DECIDES if is_own_rejection(petition, person_id) else None


def is_own_rejection(petition: "Petition", person_id: int) -> bool:
    """Whether an appeal is against what that very person decided."""
    return petition.state is State.APPEALED and petition.decided_by == person_id


def is_second_look(petition: "Petition") -> bool:
    """Whether an appeal is against the take-down of what people have signed: its text and thresholds stand."""
    return petition.state is State.APPEALED and petition.opened_at is not None


def appeal_until(petition: "Petition", numbers: Settings) -> datetime | None:
    """Until when the group may ask for a second look: as long as the names of its people are kept."""
    return petition.final_at + timedelta(days=numbers.petition_anonymise_days) if petition.final_at else None


def why_cannot_appeal(petition: "Petition", member: "Member | None") -> Reason | None:
    """The group asks for a second look at a rejection or a take-down, once, and before its names are erased."""
    if not is_member(member):
        return Reason.GROUP_ONLY
    if petition.appeal is not None:
        return Reason.ALREADY_APPEALED
    if petition.state not in TURNED_DOWN:
        return Reason.TOO_LATE
    return Reason.APPEAL_OVER if petition.anonymised_at is not None else None


def why_cannot_sign(
    petition: "Petition", person: "Person", own: "Signature | None", *, today: date, numbers: Settings
) -> Reason | None:
    """Open, not on paper only, by a member of the community (confirmed by staff where the municipality wants it) who
    lives in the territory, once. Age and membership are declared (Charter 5.1); the phone is proven."""
    if petition.kind is PetitionKind.NORM:
        return Reason.SIGNED_BY_HAND
    if not is_open(petition, today):
        return Reason.NOT_OPEN
    lacks = why_below(person, Level.CONFIRMED if numbers.petition_confirmed_only else Level.RESIDENT)
    if lacks is not None:
        is_resident = why_below(person, Level.RESIDENT) is None
        return Reason.NEEDS_CONFIRMING if is_resident else lacks
    if petition.village_id is not None and person.village_id != petition.village_id:
        return Reason.OTHER_VILLAGE if person.village_id is not None else Reason.NEEDS_VILLAGE
    if own is None:
        return None
    if own.standing is Standing.INVALID:
        return Reason.SIGNATURE_INVALID
    if own.standing is Standing.COUNTED:
        return Reason.ALREADY_SIGNED
    return Reason.TOO_OFTEN if own.changes >= CHANGES_OF_MIND else None


def hours_until(free: Collection[datetime], now: datetime) -> int:
    """In how many hours all of these moments are over; one at least."""
    return max(1, *(-((now - at) // _HOUR) for at in free))


def is_open(petition: "Petition", today: date) -> bool:
    """Whether signatures are gathered today; the last day counts whole."""
    return petition.state is State.OPEN and petition.closes_on is not None and today <= petition.closes_on


def is_by_link_only(petition: "Petition") -> bool:
    """Whether a petition is still found by its link alone: too few have signed for everybody to see it."""
    gathers = petition.kind is PetitionKind.PETITION and petition.opened_at is not None
    return gathers and petition.public_at is None and petition.handed_over_at is None


def is_of_group_only(petition: "Petition") -> bool:
    """Whether nobody but its group reads it, staff neither: it was never sent in."""
    if petition.state is State.DRAFT:
        return True
    was_sent = petition.check_until or petition.decided_at or petition.opened_at or petition.handed_over_at
    return petition.state is State.WITHDRAWN and was_sent is None


def hides_text(petition: "Petition") -> bool:
    """Whether strangers do not read the text: reported by many, taken down, or rejected for what nobody should read."""
    rejected = petition.state in (State.REJECTED, State.APPEALED) and petition.rejection in HIDES_TEXT
    down = petition.state is State.TAKEN_DOWN or is_second_look(petition)
    return petition.hidden_at is not None or down or rejected


def awaits_answer(petition: "Petition") -> bool:
    """Whether the municipality's time for an answer runs, which nobody ends."""
    return petition.state in (State.HANDED_OVER, State.REGISTERED)


def reasons_against(petition: "Petition") -> frozenset[Rejection]:
    """For which reasons of the catalogue staff may remove it now: each until the hand-over, for it is taken down; after
    it, and where it is over, what nobody should read, for only its text is hidden. None for what was never public."""
    if petition.state in BEFORE_HAND_OVER:
        return frozenset(Rejection)
    was_public = petition.opened_at is not None or petition.handed_over_at is not None
    over = petition.state is State.REJECTED or (petition.state in (State.ANSWERED, State.WITHDRAWN) and was_public)
    return HIDES_TEXT if over or awaits_answer(petition) else frozenset()


def why_cannot_see_signers(petition: "Petition", member: "Member | None") -> Reason | None:
    """Who let themselves be shown is read by everybody once the petition is public, by the group before, and by nobody
    when the names are gone."""
    if petition.anonymised_at is not None:
        return Reason.TOO_LATE
    return Reason.NOT_SENT_YET if is_by_link_only(petition) and not is_member(member) else None


def why_cannot_unsign(petition: "Petition", own: "Signature | None") -> Reason | None:
    """A signature may be taken back until the list is handed over (Guidelines 19, 8)."""
    if own is None or own.standing is not Standing.COUNTED:
        return Reason.NOT_SIGNED
    if petition.state in (State.WITHDRAWN, State.TAKEN_DOWN):
        return Reason.PETITION_IS_OVER
    return None if petition.state in BEFORE_HAND_OVER else Reason.HANDED_OVER_ALREADY


def paper_until(petition: "Petition") -> date | None:
    """The last day on which sheets are entered; they were signed by the last day of gathering."""
    return petition.closes_on + PAPER_AFTER if petition.closes_on is not None else None


def takes_paper(petition: "Petition", today: date) -> bool:
    """Whether sheets are entered today: while signatures are gathered and a few days more, so that nobody loses by an
    evening what was signed in time; what ended with too few may become enough by them."""
    until = paper_until(petition)
    return (
        petition.state in BEFORE_HAND_OVER and petition.anonymised_at is None and until is not None and today <= until
    )


def why_cannot_hand_over(
    petition: "Petition", member: "Member | None", *, members: int, numbers: Settings
) -> Reason | None:
    """The group hands over when the first threshold is reached, before the deadline or after it, and as a group:
    whoever left is replaced first."""
    if not is_member(member):
        return Reason.GROUP_ONLY
    if petition.state not in (State.OPEN, State.COMPLETE):
        return Reason.TOO_LATE
    if not petition.reached:
        return Reason.TOO_FEW_SIGNATURES
    return Reason.GROUP_TOO_SMALL if members < group_size(petition.kind, numbers)[0] else None


def why_cannot_see_group(petition: "Petition") -> Reason | None:
    """The municipality reads the names and addresses of the group once the text is sent in, as its members were told
    (of a request for an assembly they are part of the application, Charter 18.3), and until the names are gone."""
    if petition.state in WRITABLE:
        return Reason.NOT_SENT_YET
    gone = petition.state is State.WITHDRAWN or petition.anonymised_at is not None
    return Reason.TOO_LATE if gone else None


def is_member(member: "Member | None") -> bool:
    """Whether somebody is in the group now."""
    return member is not None and member.standing is Membership.ACCEPTED


def steps_reached(steps: Sequence[Step], count: int) -> int:
    """How many of the thresholds so many signatures reach."""
    return sum(count >= step.count for step in steps)


def goal(steps: Sequence[Step], count: int) -> int:
    """The threshold that comes next; the last one when all are reached; 0 when there is none."""
    return next((step.count for step in steps if count < step.count), steps[-1].count if steps else 0)


def milestone(steps: Sequence[Step], count: int) -> int:
    """The highest of 25, 50, 75 and 100 per cent of the first threshold that so many signatures make; 0 for none."""
    if not steps:
        return 0
    return max((per_cent for per_cent in MILESTONES if count * 100 >= steps[0].count * per_cent), default=0)


def shown_name(full_name: str) -> str:
    """First name and the first letter of the surname, as strangers see a signer: «Айгүл А.». People write the first
    name first; of «Асанова Айгүл» they see «Асанова А.», no more than that."""
    first, *rest = full_name.split()
    return f"{first} {rest[0][0]}." if rest else first


def why_no_name(full_name: str) -> Reason | None:
    """A name for an official list has two words at least, and letters only."""
    words = full_name.replace("-", "").replace("'", "").replace("’", "").replace(".", "").split()
    fine = len(words) >= 2 and all(word.isalpha() for word in words)
    return None if fine else Reason.NOT_A_NAME


def shown_villages(counts: Collection[tuple[str, int]]) -> tuple[list[tuple[str, int]], int]:
    """Signers by village, most first, leaving out groups under five; and how many were left out together. Where one
    group alone would be left out, the next smallest goes with it, or the difference would give it away."""
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    shown = [pair for pair in ordered if pair[1] >= SMALLEST_GROUP_SHOWN]
    hidden = ordered[len(shown) :]
    if len(hidden) == 1 and shown:
        hidden = [shown.pop(), *hidden]
    return shown, sum(count for _, count in hidden)
