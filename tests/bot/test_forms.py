"""In every form of every feature: do tapping and typing lead to the same, and do /cancel, Back and Change work?"""

import json
from dataclasses import MISSING, dataclass, fields

import pytest

from bot.app import words
from handlers.people.phone import DeclareResident, ProvePhone
from handlers.people.welcome import FirstContact
from handlers.petitions.presses import BeginPetition, Introduce
from handlers.table import table
from sandbox.chats import Json, Person
from talk.form import Do, FormStep
from talk.press import Press, unpack
from tests.bot.crowd import a_crowd, a_neighbour, do, numbers_of, pour, pressed, refused, rows, shown_to, to, wrote
from tests.conversations.stage import Stage

# those of staff ask for typed words, and those about one thing need it; both are walked through in tests/conversations
# those that begin with one's name, which is typed
TYPED = (Introduce, BeginPetition)
FORMS = [
    form
    for form, route in table.forms.items()
    if route.right is None and form not in TYPED and all(f.default is not MISSING for f in fields(form))  # type: ignore[arg-type]
]
# What must not yet be so for a form to have something to ask; the people of the crowd are complete residents.
UNDONE: dict[type[Press], str] = {
    ProvePhone: "UPDATE people SET phone_hash = NULL, phone_proven_at = NULL, resident_basis = NULL WHERE id = :n",
    DeclareResident: "UPDATE people SET resident_basis = NULL WHERE id = :n",
}


@dataclass(frozen=True)
class Seen:
    """What stands before somebody: the words, the answers to tap, the ways on, and whether a contact is asked for."""

    text: str
    options: tuple[tuple[str, str], ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    contact: bool = False

    @property
    def waits(self) -> bool:
        """Whether a question waits."""
        return bool(self.options) or self.contact

    def way(self, what: Do) -> str | None:
        """The button that does that with the form."""
        return next((data for _, data in self.ways if _does(data) is what), None)

    def label(self, what: Do) -> str:
        """The words on the button that does that."""
        return next(label for label, data in self.ways if _does(data) is what)


def _does(data: str) -> Do | None:
    press = unpack(data)
    return press.do if isinstance(press, FormStep) else None


def _bare(label: str) -> str:
    number, dot, rest = label.partition(". ")
    return rest if dot and number.isdecimal() else label


async def newcomer(stage: Stage, form: type[Press], number: int) -> Person:
    """Somebody for whom that form has something to ask."""
    if form is FirstContact:
        return a_neighbour(stage.world, number)
    [person] = await a_crowd(stage.bot.database, stage.world, 1, first=number, key="ak-bulak")
    if form in UNDONE:
        await do(stage.bot.database, UNDONE[form], n=(await numbers_of(stage.bot.database, [person]))[person.id])
    return person


async def does(stage: Stage, person: Person, update: Json) -> Seen:
    """Somebody does something; what stands before them then."""
    before = stage.world.calls
    await pour(stage, [update])
    texts, buttons, contact = [], [], False
    for call in shown_to(stage.calls(before), person):
        texts.append(str(call.params.get("text") or call.params.get("caption") or ""))
        markup = call.params.get("reply_markup") or {}
        assert isinstance(markup, dict)
        buttons += [
            (b["text"], b["callback_data"])
            for row in markup.get("inline_keyboard") or ()
            for b in row
            if "callback_data" in b
        ]
        contact = contact or any(b.get("request_contact") for row in markup.get("keyboard") or () for b in row)
    assert refused(stage.calls(before)) == []
    options = tuple((label, data) for label, data in buttons if data.startswith("a:"))
    return Seen(texts[-1] if texts else "", options, tuple(buttons), contact)


def begins(form: type[Press], person: Person) -> Json:
    """How the form is begun."""
    return wrote(person, "/start") if form is FirstContact else pressed(person, form.code)


def first_answer(person: Person, seen: Seen) -> Json:
    """The first of the answers, tapped; one's own contact where that is asked for."""
    if seen.contact:
        shared = {"phone_number": person.phone, "first_name": person.first_name, "user_id": person.id}
        update = wrote(person, "", contact=shared)
        del update["message"]["text"]
        return update
    return pressed(person, seen.options[0][1])


async def at_question(stage: Stage, form: type[Press], person: Person, steps: int) -> Seen:
    """The form begun anew and so many questions answered by their first answer."""
    theirs = "person_id IN (SELECT person_id FROM accounts WHERE address = :address)"
    dropped = f"UPDATE drafts SET dropped_at = changed_at WHERE {theirs}"
    await do(stage.bot.database, dropped, address=str(person.id))  # else it would go on with its answers
    seen = await does(stage, person, begins(form, person))
    for _ in range(steps):
        seen = await does(stage, person, first_answer(person, seen))
    return seen


async def questions_of(stage: Stage, form: type[Press]) -> list[Seen]:
    """Every question on the way of the first answers."""
    person, found = await newcomer(stage, form, 9_000), []
    seen = await does(stage, person, begins(form, person))
    while seen.waits:
        found.append(seen)
        seen = await does(stage, person, first_answer(person, seen))
    return found


def titles(form: type[Press]) -> str:
    """The name of a form, for the name of the test."""
    return form.__name__


@pytest.mark.parametrize("form", FORMS, ids=titles)
async def test_an_answer_can_be_tapped_or_typed_by_its_number_or_by_its_name(
    two_homes: Stage, form: type[Press]
) -> None:
    asked = await questions_of(two_homes, form)
    assert asked
    number = 2_000
    for step, question in enumerate(asked):
        for place, (label, _) in enumerate(question.options, 1):
            came = []
            for typed in (None, str(place), _bare(label), _bare(label).upper(), f"  {_bare(label).lower()} ."):
                number += 1
                person = await newcomer(two_homes, form, number)
                seen = await at_question(two_homes, form, person, step)
                tap = seen.options[place - 1][1]
                update = pressed(person, tap) if typed is None else wrote(person, typed)
                came.append((await does(two_homes, person, update)).text)
            assert [text for text in came if text != came[0]] == [], label


@pytest.mark.parametrize("form", FORMS, ids=titles)
async def test_back_returns_to_the_question_before(two_homes: Stage, form: type[Press]) -> None:
    asked = await questions_of(two_homes, form)
    person = await newcomer(two_homes, form, 2_000)
    for step in range(1, len(asked)):
        seen = await at_question(two_homes, form, person, step)
        assert seen.text.endswith(asked[step].text)
        tapped = await does(two_homes, person, pressed(person, seen.way(Do.BACK) or ""))
        assert tapped.text == asked[step - 1].text
        seen = await at_question(two_homes, form, person, step)
        typed = await does(two_homes, person, wrote(person, seen.label(Do.BACK)))
        assert typed.text == asked[step - 1].text


@pytest.mark.parametrize("form", FORMS, ids=titles)
async def test_cancel_puts_the_form_away_at_every_question_and_undo_brings_it_back(
    two_homes: Stage, form: type[Press]
) -> None:
    asked = await questions_of(two_homes, form)
    person = await newcomer(two_homes, form, 2_000)
    for step in range(len(asked)):
        for how in ("/cancel", Do.DROP):
            seen = await at_question(two_homes, form, person, step)
            drop = seen.way(Do.DROP)
            if how is Do.DROP and drop is None and not seen.contact:
                continue  # the greeting cannot be cancelled before it has begun
            update = (
                wrote(person, how) if how == "/cancel" else pressed(person, drop) if drop else wrote(person, CANCEL)
            )
            dropped = await does(two_homes, person, update)
            assert not dropped.waits
            undone = await does(two_homes, person, pressed(person, dropped.way(Do.PICK_UP) or ""))
            assert undone.text.endswith(asked[step].text)
            nothing = await does(two_homes, person, wrote(person, "/cancel"))
            nothing = await does(two_homes, person, wrote(person, "/cancel"))
            assert nothing.way(Do.PICK_UP) is None  # the second time there is nothing to cancel


CANCEL, NOW = words().speaker("ky")("kit-cancel"), words().speaker("ky")("kit-is-now")


@pytest.mark.parametrize("form", FORMS, ids=titles)
async def test_change_asks_one_question_again_and_keeps_the_other_answers(two_homes: Stage, form: type[Press]) -> None:
    asked = await questions_of(two_homes, form)
    person = await newcomer(two_homes, form, 2_000)
    for step in range(1, len(asked)):
        for changed in range(step):
            await at_question(two_homes, form, person, step)
            [(draft, kept)] = await rows(
                two_homes.bot.database, "SELECT number, answers FROM drafts ORDER BY number DESC LIMIT 1"
            )
            key = list(_json(kept))[changed]
            change = FormStep(int(draft), Do.CHANGE, key).pack()
            seen = await does(two_homes, person, pressed(person, change))
            assert seen.text.endswith(asked[changed].text.rsplit("\n", 1)[-1])
            if (
                _json(kept)[key] is not None and not seen.contact
            ):  # what stands there now is shown, and «back» leaves it as it is
                assert NOW in seen.text
                seen = await does(two_homes, person, pressed(person, str(seen.way(Do.BACK))))
                assert seen.text == asked[step].text
                [(after,)] = await rows(two_homes.bot.database, "SELECT answers FROM drafts WHERE number = :n", n=draft)
                assert _json(after) == _json(kept)
                seen = await does(two_homes, person, pressed(person, change))
            seen = await does(two_homes, person, first_answer(person, seen))
            assert seen.text.endswith(asked[step].text)


def _json(kept: object) -> dict[str, object]:
    return json.loads(kept) if isinstance(kept, str) else dict(kept)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("form", FORMS, ids=titles)
async def test_a_form_goes_on_after_a_restart_at_every_question(two_homes: Stage, form: type[Press]) -> None:
    asked = await questions_of(two_homes, form)
    persons = [await newcomer(two_homes, form, 2_000 + step) for step in range(len(asked))]
    stood = [await at_question(two_homes, form, person, step) for step, person in enumerate(persons)]
    await two_homes.restart()
    for step, person in enumerate(persons):
        after = await does(two_homes, person, first_answer(person, stood[step]))
        expected = asked[step + 1].text if step + 1 < len(asked) else ""
        assert after.text.endswith(expected)
        assert after.waits is (step + 1 < len(asked))
    await two_homes.bot.turns.finish()


@pytest.mark.parametrize("form", FORMS, ids=titles)
async def test_an_answer_that_is_none_is_asked_again_in_words_and_leaves_the_others_alone(
    two_homes: Stage, form: type[Press]
) -> None:
    asked = await questions_of(two_homes, form)
    person = await newcomer(two_homes, form, 2_000)
    for step, question in enumerate(asked):
        for nonsense in ("zzzzzz", "99999999999", "<b>&</b>", "\u202e\x00", "👨‍👩‍👧‍👦", "-77"):
            await at_question(two_homes, form, person, step)
            again = await does(two_homes, person, wrote(person, nonsense))
            assert again.waits, nonsense
            assert question.text.split("\n")[-1] in again.text, nonsense


@pytest.mark.parametrize("form", FORMS, ids=titles)
async def test_a_button_of_a_form_that_is_over_is_answered_politely_and_changes_nothing(
    two_homes: Stage, form: type[Press]
) -> None:
    asked = await questions_of(two_homes, form)
    person = await newcomer(two_homes, form, 2_000)
    buttons: list[str] = []
    for step in range(len(asked)):
        seen = await at_question(two_homes, form, person, step)
        buttons += [data for _, data in (*seen.options, *seen.ways)]
    await at_question(two_homes, form, person, len(asked))
    journal = await rows(two_homes.bot.database, "SELECT COUNT(*) FROM journal")
    old = words().speaker("ky")("refusal-old-question")
    for data in buttons:
        assert old in (await does(two_homes, person, pressed(person, data))).text
    assert await rows(two_homes.bot.database, "SELECT COUNT(*) FROM journal") == journal


async def test_a_second_tap_on_send_says_that_it_is_sent_and_puts_nothing_over_the_answer(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    bakyt = stage.world.person("bakyt")
    await stage.forge("bakyt", "sa:1")
    await stage.write("bakyt", "Көчөгө чырак орнотсо, балдар кечинде коркпойт")
    for _ in range(12):
        labels = {b["text"]: b["callback_data"] for row in stage.world.last(bakyt.id).buttons for b in row}
        if "Жөнөтүү" in labels:
            break
        await stage.forge("bakyt", labels.get("Өткөрүп жиберүү") or next(iter(labels.values())))
    before = stage.world.calls
    await pour(stage, [pressed(bakyt, labels["Жөнөтүү"]), pressed(bakyt, labels["Жөнөтүү"])])
    calls = to(stage.calls(before), bakyt)
    assert not [call for call in calls if words().speaker("ky")("refusal-old-question") in str(call.params.get("text"))]
    said = [call.params.get("text") for call in stage.calls(before) if call.method == "answerCallbackQuery"]
    assert words().speaker("ky")("kit-sent-already") in said
