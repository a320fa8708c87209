"""How is an announcement passed on, in any messenger and on any wall?"""

from civic.announcements import Audience, Crowd, State
from civic.refusals import Reason, Refused
from handlers.announcements.cards import THE_LETTER, in_plain_words
from handlers.announcements.presses import ReadAnnouncement, ShareAnnouncement
from handlers.announcements.read import readable
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
LANGUAGES = ("ky", "ru")


@routes.press(ShareAnnouncement, reads=True, statements=6)
async def share(turn: Turn, press: ShareAnnouncement) -> Screen:
    """The announcement as plain words with the link, in Kyrgyz or, where it is written in it, in Russian."""
    t = turn.t
    announcement, home = await readable(turn, press.announcement)
    for_staff = Audience.unpacked(announcement.audience).crowd is Crowd.STAFF
    if for_staff or announcement.state in (State.RECALLED, State.CANCELLED):
        raise Refused(Reason.NOT_FOUND)
    able = LANGUAGES if announcement.text_ru else LANGUAGES[:1]
    language = next((each for each in (press.language, t.language) if each in able), LANGUAGES[0])
    others = (
        Button(f"📄 {turn.words.speaker(each)('kit-language-name')}", ShareAnnouncement(announcement.id, each))
        for each in able
        if each != language
    )
    return Screen(
        title=t("announced-share-title"),
        icon="↗️",
        text=t("announced-share-text"),
        forward=await in_plain_words(turn, announcement, home, language),
        buttons=rows(
            Button(f"↗️ {t('issues-share-choose')}", share=turn.links.deep(f"{THE_LETTER}{announcement.id}")),
            *others,
            Button(t("kit-back"), ReadAnnouncement(announcement.id)),
        ),
        at=ShareAnnouncement(announcement.id, language),
    )
