"""How does an issue stay with somebody: followed, shared, passed on?"""

from actions import issues
from handlers.issues.browse import open_issue, to_issue
from handlers.issues.presses import FollowIssue, OpenIssue, ShareIssue, Themes, UnfollowIssue, home_of_issue
from handlers.ways import Followed, to_me
from storage.issues import (
    Issue,
    followed_issues,
    get_issue,
)
from storage.municipalities import Municipality
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()


@routes.press(Followed, reads=True, statements=1)
async def followed(turn: Turn, _: Followed) -> Screen:
    """The issues the person follows, of the municipality they belong to."""
    listed = await followed_issues(turn.db, turn.person.id, turn.person.municipality_id)
    return Screen(
        title=turn.t("issues-followed-title", count=len(listed)),
        icon="🔔",
        text="" if listed else turn.t("issues-followed-none"),
        choice=tuple(to_issue(turn, issue) for issue in listed),
        buttons=rows(Button(turn.t("issues-whole-list"), Themes()), to_me(turn)),
        at=Followed(),
    )


@routes.press(FollowIssue, reads=False, statements=7)
async def follow(turn: Turn, press: FollowIssue) -> Screen:
    """The person is told from now on when the issue changes."""
    new = await issues.follow(turn.db, turn.person, press.issue, turn.now)
    card = await open_issue(turn, OpenIssue(press.issue))
    return card.with_alert(turn.t("issues-followed" if new else "issues-followed-already"))


@routes.press(UnfollowIssue, reads=False, statements=7)
async def unfollow(turn: Turn, press: UnfollowIssue) -> Screen:
    """Not any more."""
    await issues.unfollow(turn.db, turn.person, press.issue, turn.now)
    card = await open_issue(turn, OpenIssue(press.issue))
    return card.with_alert(turn.t("issues-unfollowed"))


@routes.press(ShareIssue, reads=True, statements=3)
async def share(turn: Turn, press: ShareIssue) -> Screen:
    """A text that makes sense when it is forwarded, with the link in it."""
    t = turn.t
    home = await home_of_issue(turn, press.issue)
    issue = await get_issue(turn.db, home.id, press.issue)
    link = turn.links.deep(f"i{issue.id}")
    label = issue.said("label", t.language)
    return Screen(
        title=t("issues-share-title"),
        text=t("issues-share-text"),
        forward=forwarded(turn, home, issue),
        buttons=rows(
            Button(f"↗️ {t('issues-share-choose')}", share=link),
            Button(f"🔎 {t('issues-share-inline')}", inline=label),
            Button(t("kit-back"), OpenIssue(issue.id)),
        ),
        at=ShareIssue(issue.id),
    )


def forwarded(turn: Turn, home: Municipality, issue: Issue) -> str:
    """The issue as plain text for any messenger: title, what is being done, who answers, link."""
    t = turn.t
    lines = (
        issue.said("label", t.language),
        home.name(t.language),
        issue.said("doing", t.language) or issue.said("text", t.language),
        issue.responsible and f"{t('issues-fact-responsible')}: {issue.responsible}, {issue.phone}".rstrip(", "),
        turn.links.deep(f"i{issue.id}"),
    )
    return "\n".join(line for line in lines if line)
