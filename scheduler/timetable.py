"""What happens by itself, how often, and why? Every job asks «what is due by now?», so a missed run heals itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import announcing, cards, digests, groups, housekeeping, opinions, proof, publications, reminders
from actions.petitions import clock, invalidating
from actions.proposals import clock as proposal_clock


@dataclass(frozen=True)
class Job:
    """One line of the timetable: `does(db, now)` returns how much it did. The key names it in the database and in the
    words (`job-<key>`), so it stays what it is."""

    key: str
    every: timedelta
    does: Callable[[AsyncSession, datetime], Awaitable[int]]
    because: str


TIMETABLE = (
    Job(
        "empty-inbox",
        timedelta(hours=1),
        housekeeping.empty_inbox,
        "Telegram repeats an update for a day at most, WhatsApp for seven",
    ),
    Job(
        "drop-drafts",
        timedelta(hours=6),
        housekeeping.drop_old_drafts,
        "what was cancelled can be undone for a week",
    ),
    Job(
        "drop-files",
        timedelta(hours=6),
        housekeeping.drop_unwanted_files,
        "the photo of a form that was never sent is of no use",
    ),
    Job(
        "drop-invitations",
        timedelta(hours=24),
        housekeeping.drop_old_invitations,
        "the name of somebody who never came is nobody's business",
    ),
    Job(
        "drop-letters",
        timedelta(hours=24),
        housekeeping.drop_old_letters,
        "what somebody was told is between the bot and them, and of no use after some weeks",
    ),
    Job(
        "let-guests-go",
        timedelta(hours=24),
        housekeeping.let_guests_go,
        "no data without consent beyond the visit",
    ),
    Job(
        "remind-renewals",
        timedelta(hours=1),
        reminders.remind_of_renewals,
        "the information is renewed at least once in half a year (Typical Plan 2.5)",
    ),
    Job(
        "change-posts",
        timedelta(minutes=5),
        publications.bring_up_to_date,
        "the list is published anew when it changes (Typical Plan 2.2)",
    ),
    Job(
        "end-group-requests",
        timedelta(hours=6),
        groups.expire,
        "a request that nobody decided for two weeks is over, and whoever asked is told",
    ),
    Job(
        "post-heads",
        timedelta(minutes=5),
        proof.post_heads,
        "what stands in a channel cannot be changed unseen: every hour that wrote something (docs/proof.md)",
    ),
    Job(
        "send-digests",
        timedelta(minutes=5),
        digests.send_digests,
        "who wants the news of the day or the week in one message gets it at the hour of the municipality",
    ),
    Job(
        "settle-announcements",
        timedelta(seconds=5),
        announcing.settle,
        "whoever announced something sees how far it is and reads when it is out, with the figures",
    ),
    Job(
        "follow-cards",
        timedelta(seconds=3),
        cards.follow,
        "whoever reads a card in a group sees what is the case, and Telegram takes no more changes than that",
    ),
    Job(
        "close-opinions",
        timedelta(minutes=1),
        opinions.close_due,
        "a quick poll ends when it said it would, and its answers are read where it was asked",
    ),
    Job(
        "close-petitions",
        timedelta(minutes=5),
        clock.close_due,
        "a petition closes at its deadline even if nobody looks",
    ),
    Job(
        "watch-hand-overs",
        timedelta(hours=1),
        clock.watch_hand_overs,
        "names are not kept for a petition that nobody hands over",
    ),
    Job(
        "warn-deadlines",
        timedelta(hours=1),
        clock.warn_of_deadlines,
        "petitions are checked, registered and answered in time (Law 67)",
    ),
    Job(
        "warn-proposals",
        timedelta(hours=1),
        proposal_clock.warn_of_deadlines,
        "proposals are registered in time, and appeals answered (Law 67)",
    ),
    Job(
        "take-signatures-out",
        timedelta(seconds=10),
        invalidating.go_on_with_all,
        "many are taken out in pieces, so that nobody waits",
    ),
    Job(
        "take-names-off",
        timedelta(hours=6),
        clock.anonymise_signers,
        "names are kept no longer than the answer needs",
    ),
)
