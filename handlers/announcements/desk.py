"""Which announcements are there for staff, and which words do they keep for using again?"""

from actions import announcements
from actions.announcements import NAME, NAME_LEAST
from civic.announcements import GOING, State
from civic.people import Right
from handlers.announcements.presses import (
    AnnouncementDesk,
    Announcements,
    AnnouncementTemplates,
    KeepAsTemplate,
    OpenAnnouncementTemplate,
    RemoveAnnouncementTemplate,
    RestoreAnnouncementTemplate,
    WriteAnnouncement,
    own_home,
)
from handlers.announcements.whom import ICONS
from handlers.answers import words
from handlers.ways import Publishing, page_of, to_tasks
from storage.announcements import (
    AnnouncementTemplate,
    announcement_templates,
    announcements_of,
    get_announcement,
    get_announcement_template,
)
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 7
# what still has to be done first, then what is on its way, then what is over
ORDER = (State.ASKED, State.DRAFT, State.PAUSED, State.SENDING, State.PLANNED, *State)
FILTERS = {
    "all": tuple(State),
    "asked": (State.ASKED,),
    "draft": (State.DRAFT,),
    "going": GOING,
    "sent": (State.SENT,),
}


@routes.press(Announcements, reads=True, statements=1, right=Right.PUBLISH)
async def announcement_list(turn: Turn, press: Announcements) -> Screen:
    """What waits for somebody first, each with the sign of its state; one tap leaves one state alone."""
    t, home = turn.t, own_home(turn)
    what = press.what if press.what in FILTERS else "all"
    found = await announcements_of(turn.db, home.id)
    found = sorted(found, key=lambda each: (ORDER.index(each.state), -each.id))
    listed = [each for each in found if each.state in FILTERS[what]]
    shown, page, pages = page_of(len(listed), press.page, PAGE)
    states = [t(f"announcements-what-{what}")] if what != "all" else []
    states += [t("issues-page", page=page + 1, pages=pages)] if pages > 1 else []
    signs = [state for state in State if any(listed[i].state is state for i in shown)]
    return Screen(
        title=t("announcements-title", count=len(listed)),
        icon="📢",
        state=" · ".join(states),
        text="\n".join(f"{ICONS[state]} {t(f'announcements-state-{state}')}" for state in signs)
        or t("announcements-none"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{ICONS[listed[i].state]} {listed[i].title(t.language)}", AnnouncementDesk(listed[i].id))
            for i in shown
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Announcements(what, page - 1)) if page > 0 else None,
            Button(t("kit-next"), Announcements(what, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            Button(f"➕ {t('announcements-write')}", WriteAnnouncement()),
            Button(f"📝 {t('announcements-templates')}", AnnouncementTemplates()),
            *(
                Button(t(f"announcements-what-{other}"), Announcements(other))
                for other, states_of in FILTERS.items()
                if other != what and (other == "all" or any(each.state in states_of for each in found))
            ),
            Button(t("kit-back"), Publishing()),
            to_tasks(turn),
            width=2,
        ),
        at=Announcements(what, page),
    )


# --- templates ---


@routes.press(AnnouncementTemplates, reads=True, statements=1, right=Right.PUBLISH)
async def template_list(turn: Turn, _: AnnouncementTemplates) -> Screen:
    """Every template by name."""
    t, home = turn.t, own_home(turn)
    listed = await announcement_templates(turn.db, home.id)
    return Screen(
        title=t("announcements-templates-title", count=len(listed)),
        icon="📝",
        text=t("announcements-templates-text"),
        note=home.name(t.language),
        choice=tuple(Button(each.name, OpenAnnouncementTemplate(each.id)) for each in listed),
        buttons=rows(Button(t("kit-back"), Announcements())),
        at=AnnouncementTemplates(),
    )


@routes.press(OpenAnnouncementTemplate, reads=True, statements=1, right=Right.PUBLISH)
async def open_template(turn: Turn, press: OpenAnnouncementTemplate) -> Screen:
    """Its words in both languages, and a way to begin from them."""
    return _card(turn, await get_announcement_template(turn.db, own_home(turn).id, press.template))


def _card(turn: Turn, template: AnnouncementTemplate, *, lead: str = "") -> Screen:
    t, away = turn.t, template.removed_at is not None
    said = [f"{template.title_ky}\n{template.text_ky}"]
    said += [f"{template.title_ru}\n{template.text_ru}"] if template.text_ru else [t("announcements-no-russian")]
    return Screen(
        lead=lead,
        title=template.name,
        icon="📝",
        state=t("announcements-template-away") if away else "",
        text="\n\n".join(said),
        note=own_home(turn).name(t.language),
        buttons=rows(
            Button(t("kit-undo"), RestoreAnnouncementTemplate(template.id)) if away else None,
            Button(f"➕ {t('announcements-begin')}", WriteAnnouncement(template.id)) if not away else None,
            Button(f"🗑 {t('announcements-template-remove')}", RemoveAnnouncementTemplate(template.id))
            if not away
            else None,
            Button(t("kit-back"), AnnouncementTemplates()),
        ),
        at=OpenAnnouncementTemplate(template.id),
    )


def name_questions(turn: Turn, press: KeepAsTemplate) -> Form[str]:
    """By what name it is found again."""
    t, home = turn.t, own_home(turn)
    yield from fetch(lambda db: get_announcement(db, home.id, press.announcement))
    says = t("announcements-ask-name")
    return (yield from ask("name", says, words(min=NAME_LEAST, max=NAME), named=t("announcements-named-name")))


async def kept(turn: Turn, press: KeepAsTemplate, name: str) -> Screen:
    """The template as it is offered from now on."""
    found = await get_announcement(turn.db, own_home(turn).id, press.announcement)
    template = await announcements.keep_as_template(turn.db, found, name, turn.person, turn.roles, turn.now)
    return _card(turn, template, lead=turn.t("announcements-kept"))


routes.form(
    KeepAsTemplate,
    questions=name_questions,
    done=kept,
    review=False,
    title="announcements-keep",
    right=Right.PUBLISH,
)


@routes.press(RemoveAnnouncementTemplate, reads=False, statements=6, right=Right.PUBLISH)
async def remove(turn: Turn, press: RemoveAnnouncementTemplate) -> Screen:
    """Not offered any more; «undo» stands in the answer."""
    return await _put_away(turn, press.template, away=True)


@routes.press(RestoreAnnouncementTemplate, reads=False, statements=6, right=Right.PUBLISH)
async def restore(turn: Turn, press: RestoreAnnouncementTemplate) -> Screen:
    """Offered again."""
    return await _put_away(turn, press.template, away=False)


async def _put_away(turn: Turn, number: int, *, away: bool) -> Screen:
    template = await get_announcement_template(turn.db, own_home(turn).id, number)
    announcements.put_template_away(turn.db, template, turn.person, turn.roles, turn.now, away=away)
    return _card(turn, template)
