"""How do staff change an issue: what is being done, who answers, the words and place of a charter issue?"""

from collections.abc import Mapping

from actions import keeping
from civic.files import EVERY_KIND
from civic.people import Right
from handlers.answers import a_file, choice, words
from handlers.issues.keep import kept_card
from handlers.issues.staff import (
    AddIssue,
    EditDoing,
    EditWho,
    EditWords,
    MoveIssue,
    PutBack,
    RemoveFile,
    RestoreIssue,
    RetireIssue,
    home_kept,
    kept,
)
from storage.catalogue import catalogue
from storage.changes import changes_of
from storage.issues import Issue, kept_issues, whole_issues
from talk.answers import Option
from talk.form import Asking, Form, ask, ask_if_wanted, fetch, together
from talk.press import Press
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()
OWN = "own"
Told = dict[str, str | None]


def _with_present(turn: Turn, question: str, value: str) -> str:
    """A question with the present value under it."""
    return f"{question}\n\n{turn.t('keep-is-now', value=value)}" if value else question


def _said_in(turn: Turn, part: str, issue: Issue | None) -> tuple[Asking, ...]:
    """The same thing in Kyrgyz, then in Russian and English where somebody wants to; else those read the Kyrgyz."""
    names = [f"{part}_{language}" for language in ("ky", "ru", "en")]
    return tuple(_asking(turn, name, issue, optional=name != names[0]) for name in names)


def _asking(turn: Turn, name: str, issue: Issue | None, *, optional: bool) -> Asking:
    """The question for one field of an issue, with the present value under it."""
    key, is_now = name.replace("_", "-"), getattr(issue, name) if issue is not None else ""
    says, named = _with_present(turn, turn.t(f"keep-ask-{key}"), is_now), turn.t(f"issues-field-{key}")
    return Asking(name, says, words(max=keeping.limit(name)), optional=optional, named=named, is_now=is_now)


def _told(*askings: Asking) -> Form[Told]:
    """The answers by the names of their fields; what was skipped is empty."""
    answers = yield from together(*askings)
    return {asking.key: answer or "" for asking, answer in zip(askings, answers, strict=True)}


def doing_questions(turn: Turn, press: EditDoing) -> Form[Told]:
    """The words in each language, then a photo or paper."""
    issue = yield from fetch(lambda _: kept(turn, press.issue))
    told = yield from _told(*_said_in(turn, "doing", issue))
    file = yield from ask_if_wanted(
        "file",
        turn.t("keep-ask-file-again" if issue.file_id else "keep-ask-file"),
        a_file(kinds=EVERY_KIND),
        named=turn.t("issues-field-file-id"),
    )
    return told | ({"file_id": file} if file is not None else {})


def who_questions(turn: Turn, press: EditWho) -> Form[Told]:
    """Name, post in each language, phone."""
    issue = yield from fetch(lambda _: kept(turn, press.issue))
    responsible = _asking(turn, "responsible", issue, optional=False)
    phone = _asking(turn, "phone", issue, optional=True)
    return (yield from _told(responsible, *_said_in(turn, "post", issue), phone))


def words_questions(turn: Turn, press: EditWords) -> Form[Told]:
    """Label, text and theme of a charter issue."""
    issue = yield from fetch(lambda _: kept(turn, press.issue))
    keeping.why_locked(issue)
    told = yield from _worded(turn, issue)
    for part in ("label", "text"):  # what nobody translated is read in Kyrgyz
        for language in ("ru", "en"):
            told[f"{part}_{language}"] = told[f"{part}_{language}"] or told[f"{part}_ky"]
    return told


def _worded(turn: Turn, issue: Issue | None) -> Form[Told]:
    """Label, text and theme."""
    language = turn.t.language if turn.t.language in ("ky", "ru", "en") else "ky"
    options = [Option(theme.code, theme.label[language]) for theme in catalogue().themes.values()]
    theme = Asking("theme", turn.t("keep-ask-theme"), choice(options), named=turn.t("issues-field-group"))
    told = yield from _told(*_said_in(turn, "label", issue), *_said_in(turn, "text", issue), theme)
    return {"group" if name == "theme" else name: value for name, value in told.items()}


async def edited(turn: Turn, press: EditDoing | EditWho | EditWords, told: Told) -> Screen:
    """Saved as a new version; the card as staff see it, and the way to see it as residents do."""
    issue = await kept(turn, press.issue)
    new = await keeping.edit(turn.db, issue, told, turn.person, turn.roles, turn.now, turn.today)
    await turn.db.flush()
    if not new:
        return await kept_card(turn, issue, lead=turn.t("keep-same"))
    [change] = await changes_of(turn.db, issue.id, limit=1)
    return await kept_card(turn, issue, lead=turn.t("keep-saved"), undo=PutBack(issue.id, change.id))


routes.form(EditDoing, questions=doing_questions, done=edited, title="keep-edit-doing", right=Right.KEEP_ISSUES)
routes.form(EditWho, questions=who_questions, done=edited, title="keep-edit-who", right=Right.KEEP_ISSUES)
routes.form(EditWords, questions=words_questions, done=edited, title="keep-edit-words", right=Right.KEEP_ISSUES)


# --- a charter issue comes, moves and goes ---


def add_questions(turn: Turn, _: AddIssue) -> Form[tuple[str, Told]]:
    """One of the Model Charter's issues that is not on the list yet, or one in the community's own words."""
    t, home = turn.t, home_kept(turn)
    language = t.language if t.language in ("ky", "ru", "en") else "ky"
    there = {issue.code for issue in (yield from fetch(lambda db: kept_issues(db, home.id)))}
    model = [each for each in catalogue().issues.values() if not each.statutory and each.code not in there]
    options = [Option(OWN, t("keep-add-own")), *(Option(each.code, each.label[language]) for each in model)]
    code = yield from ask("which", t("keep-ask-which"), choice(options), named=t("keep-add"))
    if code != OWN:
        return code, {}
    return "", (yield from _worded(turn, None))


async def added(turn: Turn, _: AddIssue, told: tuple[str, Told]) -> Screen:
    """On the list from now on, at its end."""
    code, fields = told
    listed = catalogue().issues.get(code)
    charter = catalogue().charter
    law: Mapping[str, Mapping[str, str]] = {"short": charter["own"], "reference": charter["own"]}
    theme = fields.pop("group", "") or ""
    if listed is not None:
        theme, law = listed.theme, {"short": charter["short"], "reference": charter["reference"]}
        fields = {f"label_{k}": v for k, v in listed.label.items()}
        fields |= {f"text_{k}": v for k, v in listed.text.items()}
    issue = await keeping.add(
        turn.db, home_kept(turn), fields, theme, turn.person, turn.roles, turn.now, law=law, code=code
    )
    return await kept_card(turn, issue, lead=turn.t("keep-added"))


routes.form(AddIssue, questions=add_questions, done=added, title="keep-add", right=Right.KEEP_ISSUES)


def move_questions(turn: Turn, press: MoveIssue) -> Form[int]:
    """Before which of the others, or at the end."""
    t, home = turn.t, home_kept(turn)
    issue = yield from fetch(lambda _: kept(turn, press.issue))
    keeping.why_locked(issue)
    listed = yield from fetch(lambda db: whole_issues(db, home.id))
    own = [each for each in listed if each.law_code is None]
    options = [Option(str(n + 1), each.said("label", t.language)) for n, each in enumerate(own)]
    place = yield from ask("place", t("keep-ask-place"), choice(options), named=t("keep-move"))
    return int(place)


async def moved(turn: Turn, press: MoveIssue, place: int) -> Screen:
    """It stands there now."""
    issue = await kept(turn, press.issue)
    was, is_now = await keeping.move(turn.db, issue, place, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    return await kept_card(turn, issue, lead=turn.t("keep-moved", was=was, now=is_now))


routes.form(MoveIssue, questions=move_questions, done=moved, review=False, title="keep-move", right=Right.KEEP_ISSUES)


@routes.press(RetireIssue, reads=False, statements=8, right=Right.KEEP_ISSUES)
async def retire(turn: Turn, press: RetireIssue) -> Screen:
    """Off the list at once; it can be put back."""
    issue = await kept(turn, press.issue)
    await keeping.retire(turn.db, issue, turn.person, turn.roles, turn.now, turn.today)
    return await _after(turn, issue, turn.t("keep-retired-now"), undo=RestoreIssue(issue.id))


@routes.press(RestoreIssue, reads=False, statements=8, right=Right.KEEP_ISSUES)
async def restore(turn: Turn, press: RestoreIssue) -> Screen:
    """On the list again."""
    issue = await kept(turn, press.issue)
    await keeping.restore(turn.db, issue, turn.person, turn.roles, turn.now)
    return await _after(turn, issue, turn.t("keep-restored"))


@routes.press(RemoveFile, reads=False, statements=8, right=Right.KEEP_ISSUES)
async def remove_file(turn: Turn, press: RemoveFile) -> Screen:
    """The photo or file is shown no more; the history keeps it."""
    issue = await kept(turn, press.issue)
    await keeping.edit(turn.db, issue, {"file_id": None}, turn.person, turn.roles, turn.now, turn.today)
    return await _after(turn, issue, turn.t("keep-file-removed"))


async def _after(turn: Turn, issue: Issue, lead: str, *, undo: Press | None = None) -> Screen:
    await turn.db.flush()
    return await kept_card(turn, issue, lead=lead, undo=undo)
