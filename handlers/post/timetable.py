"""What happens by itself: when did each job run, what did it do, and does it go well?"""

from collections.abc import Sequence
from datetime import datetime

from civic.jobs import Standing, fault_of, next_run_at, standing_of
from civic.people import Right
from civic.refusals import Reason, Refused
from handlers.people.staff import own_home
from handlers.post.presses import OpenJob, PostOffice, Timetable
from handlers.ways import page_of
from storage.jobs import JobRun, job_runs
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 8
SIGNS = {
    Standing.NEVER: "○",
    Standing.RUNS: "▶️",
    Standing.WELL: "✓",
    Standing.FAILED: "⚠️",
    Standing.BROKEN_OFF: "⚠️",
    Standing.LATE: "⏳",
}
TROUBLE = (Standing.FAILED, Standing.BROKEN_OFF, Standing.LATE)
UNITS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


def in_trouble(runs: Sequence[JobRun], now: datetime) -> int:
    """How many of the jobs need somebody who looks after the program."""
    return sum(standing_of(run, now) in TROUBLE for run in runs)


@routes.press(Timetable, reads=True, statements=1, right=Right.SET_UP)
async def timetable(turn: Turn, press: Timetable) -> Screen:
    """Every job, those that do not go well first."""
    t, now, home = turn.t, turn.now, own_home(turn)
    jobs = [(standing_of(run, now), t(f"job-{run.name}"), run.name) for run in await job_runs(turn.db)]
    jobs.sort(key=lambda job: (job[0] not in TROUBLE, job[1]))
    shown, page, pages = page_of(len(jobs), press.page, PAGE)
    bad = sum(standing in TROUBLE for standing, _, _ in jobs)
    return Screen(
        title=t("post-jobs-title", count=len(jobs)),
        icon="🕰",
        state=f"⚠️ {t('post-jobs-bad', count=bad)}" if bad else f"✓ {t('post-jobs-well')}",
        text=t("post-jobs-text"),
        facts=(Fact(t("post-page"), f"{page + 1} / {pages}"),) if pages > 1 else (),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{SIGNS[standing]} {words}", OpenJob(key))
            for standing, words, key in jobs[shown.start : shown.stop]
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Timetable(page - 1)) if page > 0 else None,
            Button(t("kit-next"), Timetable(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), PostOffice())),
        at=Timetable(page),
    )


@routes.press(OpenJob, reads=True, statements=1, right=Right.SET_UP)
async def open_job(turn: Turn, press: OpenJob) -> Screen:
    """One job; what went wrong is told by its kind, the words of it stand in the log."""
    t, now, home = turn.t, turn.now, own_home(turn)
    run = next((run for run in await job_runs(turn.db) if run.name == press.job), None)
    if run is None:
        raise Refused(Reason.NOT_FOUND)
    standing = standing_of(run, now)
    facts = [Fact(t("post-job-rhythm"), rhythm(turn, run.every))]
    if run.began_at is not None:
        facts.append(Fact(t("post-job-last"), t.moment(run.began_at, turn.time_zone)))
    if run.ended_at is not None and standing is not Standing.BROKEN_OFF:
        facts += [Fact(t("post-job-took"), _took(turn, run.took_ms)), Fact(t("post-job-did"), t.number(run.did))]
    facts.append(Fact(t("post-job-next"), t.moment(max(now, next_run_at(run, now)), turn.time_zone)))
    return Screen(
        title=t(f"job-{run.name}"),
        icon="🕰",
        state=f"{SIGNS[standing]} {t(f'post-job-is-{standing}')}",
        text="\n\n".join([t(f"job-about-{run.name}"), *_wrong(turn, run, standing)]),
        facts=tuple(facts),
        note=home.name(t.language),
        buttons=rows(Button(t("kit-back"), Timetable())),
        at=OpenJob(run.name),
    )


def _wrong(turn: Turn, run: JobRun, standing: Standing) -> list[str]:
    t = turn.t
    if standing is Standing.FAILED:
        why = t(f"post-fault-{fault_of(run.fault)}")
        return [t("post-job-fault", why=why, kind=run.fault, count=run.faults), t("post-job-heals")]
    if standing is Standing.BROKEN_OFF:
        return [t("post-job-heals")]
    return [t("post-job-late")] if standing is Standing.LATE else []


def _took(turn: Turn, milliseconds: int) -> str:
    seconds = round(milliseconds / 1_000)
    return turn.t("post-job-seconds", count=seconds) if seconds else turn.t("post-job-quick")


def rhythm(turn: Turn, seconds: int) -> str:
    """How often that is, in the largest unit that fits."""
    unit = next(unit for unit, size in UNITS.items() if seconds % size == 0)
    return turn.t(f"post-every-{unit}", count=seconds // UNITS[unit])
