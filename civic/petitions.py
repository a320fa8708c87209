"""What must hold for a petition, from its draft to the answer? (Typical Plan 3.2; docs/law.md#petitions)"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from civic.moderation import HIDES_TEXT
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
MILESTONES = (25, 50, 75, 100)  # per cent of the first threshold

TITLE, DEMAND, REASONS = 120, 1_000, 3_000  # characters at most
NEWS = 1_500
LEAST = 10  # characters of a text that says anything
REASON_LEAST, REASON_MOST = 5, 1_500  # characters of a reason in words
ANSWER = 3_500
LOCKED_FOR = timedelta(minutes=15)  # so long one member of staff decides, and the others read only
DRAFTS_AT_ONCE = 3  # of one person: whoever begins more finishes none
BEGUN_A_MONTH = 6
SIGNED_AN_HOUR = 40  # by one person; somebody who reads what they sign needs longer
CHANGES_OF_MIND = 10  # signing and withdrawing one petition
BURST, BURST_WITHIN = 25, timedelta(minutes=10)  # signatures by one link that a moderator should look at
SUSTAINED, SUSTAINED_WITHIN = 300, timedelta(days=1)
INVITES_A_DAY = 30  # people whom one group may take in or lose in a day
PRESSURE = 1_000  # characters of «I was paid or forced»
PRESSURES_A_DAY, PRESSURES_OF_ALL = 3, 50  # by one person; by all about one petition
SMALLEST_GROUP_SHOWN = 5  # signers of a village: fewer could be told apart (facts 3.2)
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
    return Reason.TOO_MANY if drafts >= DRAFTS_AT_ONCE or begun >= BEGUN_A_MONTH else None


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
    return petition.hidden_at is not None or petition.state is State.TAKEN_DOWN or rejected


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
    return None if petition.state in BEFORE_HAND_OVER else Reason.HANDED_OVER_ALREADY


def why_cannot_hand_over(petition: "Petition", member: "Member | None") -> Reason | None:
    """The group hands over when the first threshold is reached, before the deadline or after it."""
    if not is_member(member):
        return Reason.GROUP_ONLY
    if petition.state not in (State.OPEN, State.COMPLETE):
        return Reason.TOO_LATE
    return None if petition.reached else Reason.TOO_FEW_SIGNATURES


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
