"""What do people read in a digest, and when something is new about an issue they follow?"""

from typing import Any

from handlers.issues.presses import IssueHistory, OpenIssue
from handlers.subscriptions.presses import WhyThis
from storage.issues import get_issue_read_by
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
ITEMS = 10  # of a digest that are shown with a button; of the others the title
SHORT = 120  # characters of a first line that stands under its title


@routes.letter("digest")
async def digest(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """What came together in a day or a week: each with its title and a button to what it is about; those without one
    stand last, so that the numbers of the lines are those of the buttons."""
    t, home = turn.t, turn.municipality
    screens: list[Screen] = sorted(told["screens"], key=lambda screen: _way(screen) is None)
    if not screens:
        return None
    shown, rest = screens[:ITEMS], screens[ITEMS:]
    ways = [(_title(screen), way) for screen in shown if (way := _way(screen)) is not None]
    more = t("subscriptions-digest-more", count=len(rest)) if rest else ""
    return Screen(
        title=t("subscriptions-digest-title", count=len(screens)),
        icon="🔔",
        state=t(f"subscriptions-digest-{told['how']}", day=t.day(turn.today)),
        text="\n\n".join(
            [*(_item(number, screen) for number, screen in enumerate(shown, 1)), *([more] if more else [])]
        ),
        folded="\n".join(f"• {_title(screen)}" for screen in rest),
        note=home.name(t.language) if home is not None else "",
        choice=tuple(Button(title, press) for title, press in ways),
        fresh=True,
    )


def _way(screen: Screen) -> Press | None:
    """Where the first button of a letter leads."""
    presses = (way.press for way in screen.ways if way.press is not None)
    return next((press for press in presses if not isinstance(press, WhyThis)), None)


def _title(screen: Screen) -> str:
    """What a letter is about in one line."""
    lines = (screen.title or screen.text or screen.state).splitlines()
    return " ".join((*([screen.icon] if screen.icon else []), lines[0] if lines else "…"))


def _item(number: int, screen: Screen) -> str:
    """A letter in one or two lines."""
    line = screen.text.partition("\n")[0].strip() if screen.title else ""
    return f"{number}. {_title(screen)}" + (f"\n{line}" if line and len(line) <= SHORT else "")


@routes.letter("issue-news")
async def issue_news(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """What is being done now about an issue one follows; nothing when one follows it no more, or it is off the list."""
    t, home = turn.t, turn.municipality
    if home is None:
        return None
    issue, follows = await get_issue_read_by(turn.db, home.id, int(told["issue"]), reader=turn.person.id)
    if not follows or issue.retired_on is not None:
        return None
    doing = issue.said("doing", t.language)
    return Screen(
        title=issue.said("label", t.language),
        icon="📋",
        state=t("subscriptions-issue-news"),
        text=f"{t('issues-doing')}\n{doing}" if doing else issue.said("text", t.language),
        facts=(Fact(t("issues-fact-responsible"), issue.responsible),) if issue.responsible else (),
        note=home.name(t.language),
        buttons=rows(
            Button(t("subscriptions-open-issue"), OpenIssue(issue.id)),
            Button(f"🕘 {t('issues-history')}", IssueHistory(issue.id)),
            width=2,
        ),
        fresh=True,
    )
