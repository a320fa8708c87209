"""How does the post stand: what waits and for what, what did not arrive and why?"""

from datetime import timedelta

from civic.people import Right
from civic.post import Waits, WhyLater
from handlers.people.staff import own_home
from handlers.post.presses import DoubtfulPost, PostOffice, Timetable, UndeliveredPost, WaitingPost
from handlers.post.timetable import in_trouble
from handlers.ways import SetUp, to_tasks
from storage.jobs import job_runs
from storage.people import Messenger
from storage.post_desk import broadcasts_under_way, doubtful_count, undelivered_post, waiting_post
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
RECENT = timedelta(days=30)  # of what did not arrive
SHOWN = [what for what in Waits if what not in (Waits.WINDOW, Waits.LATER)]  # those are told by why they wait
REASONS = 5  # in a messenger's own words, the most frequent ones


@routes.press(PostOffice, reads=True, statements=7, right=Right.SET_UP)
async def post_office(turn: Turn, press: PostOffice) -> Screen:
    """The timetable and the post in five figures."""
    t, now, home = turn.t, turn.now, own_home(turn)
    runs = await job_runs(turn.db)
    bad = in_trouble(runs, now)
    waiting = await waiting_post(turn.db, home.id, now)
    doubtful, _ = await doubtful_count(turn.db, home.id)
    lost = await undelivered_post(turn.db, home.id, now - RECENT)
    return Screen(
        title=t("post-title"),
        icon="🕰",
        state=f"⚠️ {t('post-look')}" if bad or doubtful else f"✓ {t('post-well')}",
        text=t("post-text"),
        facts=(
            Fact(t("post-jobs"), t("post-jobs-bad", count=bad) if bad else t("post-jobs-well")),
            Fact(t("post-waiting"), t.number(waiting.count)),
            Fact(t("post-doubtful"), t.number(doubtful)),
            Fact(t("post-undelivered"), t("post-in-days", count=RECENT.days, shown=t.number(lost.failed_count))),
            Fact(t("post-stopped"), t.number(sum(lost.stopped.values()))),
        ),
        note=home.name(t.language),
        choice=(
            Button(t("post-jobs"), Timetable()),
            Button(t("post-waiting"), WaitingPost()),
            Button(t("post-doubtful"), DoubtfulPost()),
            Button(t("post-undelivered"), UndeliveredPost()),
        ),
        buttons=rows(Button(t("kit-back"), SetUp()), to_tasks(turn), width=2),
        at=press,
    )


@routes.press(WaitingPost, reads=True, statements=3, right=Right.SET_UP)
async def waiting_screen(turn: Turn, _: WaitingPost) -> Screen:
    """What every letter that waits is waiting for; why those for WhatsApp do, reason by reason."""
    t, home = turn.t, own_home(turn)
    waiting = await waiting_post(turn.db, home.id, turn.now)
    broadcasts = await broadcasts_under_way(turn.db, home.id)
    facts = [
        Fact(t(f"post-waits-{what}"), t.number(waiting.by_what[what])) for what in SHOWN if what in waiting.by_what
    ]
    facts += [Fact(t(f"post-later-{why}"), t.number(waiting.later[why])) for why in WhyLater if why in waiting.later]
    if broadcasts:
        facts.append(Fact(t("post-broadcasts"), t.number(broadcasts)))
    return Screen(
        title=t("post-waiting-title", count=waiting.count),
        icon="📬",
        text=t("post-waiting-text") if facts else t("post-waiting-none"),
        facts=tuple(facts),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-back"), PostOffice())),
        at=WaitingPost(),
    )


@routes.press(UndeliveredPost, reads=True, statements=3, right=Right.SET_UP)
async def undelivered_screen(turn: Turn, _: UndeliveredPost) -> Screen:
    """What was given up and why, which readers are there no more, and how many accounts are not written to."""
    t, home = turn.t, own_home(turn)
    lost = await undelivered_post(turn.db, home.id, turn.now - RECENT)
    by_reason = sorted(lost.failed.items(), key=lambda each: -each[1])[:REASONS]
    facts = [
        Fact(f"{t(f'post-failed-{why}')}{f' ({words})' if words else ''}", t.number(count))
        for (why, words), count in by_reason
    ]
    if lost.gone:
        facts.append(Fact(t("post-gone"), t.number(lost.gone)))
    facts += [
        Fact(t(f"post-stopped-{where}"), t.number(lost.stopped[where])) for where in Messenger if where in lost.stopped
    ]
    return Screen(
        title=t("post-undelivered-title", count=lost.failed_count),
        icon="📪",
        state=t("post-days", count=RECENT.days),
        text=t("post-undelivered-text") if facts else t("post-undelivered-none"),
        facts=tuple(facts),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-back"), PostOffice())),
        at=UndeliveredPost(),
    )
