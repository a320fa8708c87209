"""What happens when somebody taps the button under a template? What waited for them comes."""

from handlers.subscriptions.presses import NewsHere, Notifications
from handlers.ways import to_menu
from storage.outbox import called_for
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()


@routes.press(NewsHere, reads=True, statements=1)
async def news_here(turn: Turn, _: NewsHere) -> Screen:
    """How many letters come now; the postman brings them behind this."""
    t, home = turn.t, turn.municipality
    count = await called_for(turn.db, turn.person.id)
    return Screen(
        title=t("subscriptions-news-title"),
        icon="🔔",
        text=t("subscriptions-news-come", count=count) if count else t("subscriptions-news-none"),
        note=home.name(t.language) if home is not None else "",
        buttons=() if count else rows(Button(t("subscriptions-settings"), Notifications()), to_menu(turn)),
    )
