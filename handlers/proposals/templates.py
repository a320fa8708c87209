"""Which answers do staff keep for using again, and how are they written?"""

from dataclasses import dataclass

from actions import templates
from civic.people import Right
from civic.proposals import ANSWER, LEAST
from handlers.answers import words
from handlers.proposals.staff import (
    OpenTemplate,
    ProposalQueue,
    RemoveTemplate,
    RestoreTemplate,
    Templates,
    WriteTemplate,
    home_worked_for,
)
from storage.templates import AnswerTemplate, get_template, templates_of
from talk.form import Asking, Form, fetch, together
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()


@routes.press(Templates, reads=True, statements=1, right=Right.ANSWER)
async def template_list(turn: Turn, _: Templates) -> Screen:
    """Every template by name."""
    t, home = turn.t, home_worked_for(turn)
    listed = await templates_of(turn.db, home.id)
    return Screen(
        title=t("desk-templates-title", count=len(listed)),
        icon="📝",
        text=t("desk-templates-text"),
        note=home.name(t.language),
        choice=tuple(Button(each.title, OpenTemplate(each.id)) for each in listed),
        buttons=rows(Button(f"➕ {t('desk-template-new')}", WriteTemplate()), Button(t("kit-back"), ProposalQueue())),
        at=Templates(),
    )


@routes.press(OpenTemplate, reads=True, statements=1, right=Right.ANSWER)
async def open_template(turn: Turn, press: OpenTemplate) -> Screen:
    """Its words in both languages."""
    return card(turn, await get_template(turn.db, home_worked_for(turn).id, press.template))


def card(turn: Turn, template: AnswerTemplate, *, lead: str = "") -> Screen:
    """The template as it stands, and what can be done with it."""
    t = turn.t
    away = template.removed_at is not None
    said = [f"{t('desk-ky')}:\n{template.words_ky}"]
    said += [f"{t('desk-ru')}:\n{template.words_ru}"] if template.words_ru else [t("desk-no-ru")]
    return Screen(
        lead=lead,
        title=template.title,
        icon="📝",
        state=t("desk-template-is-away") if away else "",
        text="\n\n".join(said),
        buttons=rows(
            Button(t("kit-undo"), RestoreTemplate(template.id)) if away else None,
            Button(f"✏️ {t('desk-template-edit')}", WriteTemplate(template.id)) if not away else None,
            Button(f"🗑 {t('desk-template-remove')}", RemoveTemplate(template.id)) if not away else None,
            Button(t("kit-back"), Templates()),
        ),
        at=OpenTemplate(template.id),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a template says."""

    title: str
    ky: str
    ru: str


def questions(turn: Turn, press: WriteTemplate) -> Form[Told]:
    """Name and words; what stands there now is shown with each question."""
    t, home = turn.t, home_worked_for(turn)
    now: AnswerTemplate | None = None
    if press.template:
        now = yield from fetch(lambda db: get_template(db, home.id, press.template))

    def asking(key: str, is_now: str, least: int, most: int, *, optional: bool = False) -> Asking:
        says = t(f"desk-ask-template-{key}")
        if is_now:
            says = f"{says}\n\n{t('keep-is-now', value=is_now)}"
        return Asking(
            key, says, words(min=least, max=most), optional=optional, named=t(f"desk-template-{key}"), is_now=is_now
        )

    title, ky, ru = yield from together(
        asking("title", now.title if now else "", 2, templates.TITLE),
        asking("ky", now.words_ky if now else "", LEAST, ANSWER),
        asking("ru", now.words_ru if now else "", LEAST, ANSWER, optional=True),
    )
    return Told(title, ky, ru or "")


async def written(turn: Turn, press: WriteTemplate, told: Told) -> Screen:
    """It is offered with the next answer."""
    home = home_worked_for(turn)
    now = await get_template(turn.db, home.id, press.template) if press.template else None
    template = await templates.write(
        turn.db, home, now, told.title, told.ky, told.ru, turn.person, turn.roles, turn.now
    )
    return card(turn, template, lead=turn.t("desk-template-written"))


routes.form(WriteTemplate, questions=questions, done=written, title="desk-template", right=Right.ANSWER)


@routes.press(RemoveTemplate, reads=False, statements=6, right=Right.ANSWER)
async def remove(turn: Turn, press: RemoveTemplate) -> Screen:
    """Not offered any more; «undo» stands in the answer."""
    template = await get_template(turn.db, home_worked_for(turn).id, press.template)
    templates.put_away(turn.db, template, turn.person, turn.roles, turn.now, away=True)
    return card(turn, template)


@routes.press(RestoreTemplate, reads=False, statements=6, right=Right.ANSWER)
async def restore(turn: Turn, press: RestoreTemplate) -> Screen:
    """Offered again."""
    template = await get_template(turn.db, home_worked_for(turn).id, press.template)
    templates.put_away(turn.db, template, turn.person, turn.roles, turn.now, away=False)
    return card(turn, template)
