"""Villages (or microdistricts) and their streets: typed one a line, looked over, saved; renamed, removed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from actions import founding
from civic.founding import Names, line_of, read_places
from civic.people import Right
from civic.refusals import Reason, Refused
from handlers.answers import number
from handlers.municipalities.presses import (
    AddStreets,
    AddVillages,
    OpenStreet,
    OpenVillage,
    Places,
    PlaceSheet,
    RemoveStreet,
    RemoveVillage,
    RemoveVillageNow,
    RenameStreet,
    RenameVillage,
    VillagePeople,
    to_set_up,
)
from handlers.people.staff import own_home
from handlers.ways import page_of
from storage.municipalities import Street, Village, get_street, get_village, streets, streets_of, villages
from talk.answers import Answer, Stored, Unfit
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
PAGE = 8


@dataclass(frozen=True)
class place_lines(Answer[list[Names]]):  # noqa: N801  reads as a word inside a form
    """Places, one a line, each in up to three languages; `only_one` where one is renamed."""

    only_one: bool = False

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """The lines, put right; Refused names the first line that cannot be read."""
        if not heard.text:
            raise Refused(Reason.WRONG_KIND)
        found = read_places(heard.text)
        if self.only_one and len(found) > 1:
            raise Refused(Reason.BAD_LINE, line=2, said=line_of(found[1])[:60])
        return "\n".join(map(line_of, found))

    def value(self, stored: str) -> list[Names]:
        """The places."""
        try:
            return read_places(stored)
        except Refused as no:
            raise Unfit from no

    def shown(self, stored: str) -> str:
        """The places with their numbers."""
        return "\n" + "\n".join(f"{number}. {line}" for number, line in enumerate(stored.splitlines(), 1))


def _names(place: Village | Street) -> Names:
    return {"ky": place.name_ky, "ru": place.name_ru, "en": place.name_en}


def _turning(turn: Turn, page: int, pages: int, make: Callable[[int], Press]) -> tuple[tuple[Button, ...], ...]:
    return rows(
        Button(turn.t("kit-previous"), make(page - 1)) if page > 0 else None,
        Button(turn.t("kit-next"), make(page + 1)) if page + 1 < pages else None,
        width=2,
    )


@routes.press(Places, reads=True, statements=2, right=Right.SET_UP)
async def places(turn: Turn, press: Places) -> Screen:
    """The villages with how many streets each has."""
    t, home = turn.t, own_home(turn)
    listed = await villages(turn.db, home.id)
    count: dict[int, int] = {}
    for street in await streets(turn.db, home.id):
        count[street.village_id] = count.get(street.village_id, 0) + 1
    shown, page, pages = page_of(len(listed), press.page, PAGE)
    return Screen(
        title=t(f"setup-places-{home.kind}", count=len(listed)),
        icon="🏡",
        state=t("staff-page", page=page + 1, pages=pages) if pages > 1 else "",
        text=t("setup-places-text") if listed else t(f"setup-missing-places-{home.kind}"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{listed[i].name(t.language)} · {count.get(listed[i].id, 0)}", OpenVillage(listed[i].id))
            for i in shown
        ),
        first_number=shown.start + 1,
        buttons=_turning(turn, page, pages, Places)
        + rows(Button(f"➕ {t('setup-add')}", AddVillages()), Button(f"📄 {t('setup-sheet')}", PlaceSheet()), width=2)
        + rows(to_set_up(turn)),
        at=Places(page),
    )


def _added(turn: Turn, new: int, told: int) -> str:
    t = turn.t
    return t("setup-added", new=new) + (f" {t('setup-were-there', there=told - new)}" if told > new else "")


def villages_questions(turn: Turn, _: AddVillages) -> Form[list[Names]]:
    """The villages, one a line."""
    home = own_home(turn)
    says = f"{turn.t(f'setup-ask-places-{home.kind}')}\n\n{turn.t('setup-ask-lines')}"
    return (yield from ask("lines", says, place_lines(), named=turn.t(f"setup-step-places-{home.kind}")))


async def villages_told(turn: Turn, _: AddVillages, told: list[Names]) -> Screen:
    """They are there; what was there before stays as it is."""
    new = await founding.add_villages(turn.db, own_home(turn), told, turn.person, turn.roles, turn.now)
    lead = _added(turn, new, len(told))
    return replace(await places(turn, Places()), lead=lead)


routes.form(AddVillages, questions=villages_questions, done=villages_told, title="setup-add", right=Right.SET_UP)


@routes.press(OpenVillage, reads=True, statements=2, right=Right.SET_UP)
async def open_village(turn: Turn, press: OpenVillage) -> Screen:
    """One village: its names, its streets, and what can be done with it."""
    t, home = turn.t, own_home(turn)
    village = await get_village(turn.db, home.id, press.village)
    listed = await streets_of(turn.db, village.id)
    shown, page, pages = page_of(len(listed), press.page, PAGE)
    return Screen(
        title=village.name(t.language),
        icon="🏡",
        state=t("staff-page", page=page + 1, pages=pages) if pages > 1 else "",
        facts=(
            Fact(t("setup-names"), line_of(_names(village))),
            Fact(t("setup-village-people"), _people(turn, village)),
        ),
        text=t("setup-streets", count=len(listed)),
        note=home.name(t.language),
        choice=tuple(Button(listed[i].name(t.language), OpenStreet(listed[i].id)) for i in shown),
        first_number=shown.start + 1,
        buttons=_turning(turn, page, pages, lambda to: OpenVillage(village.id, to))
        + rows(Button(f"➕ {t('setup-add-streets')}", AddStreets(village.id)))
        + rows(
            Button(t("setup-rename"), RenameVillage(village.id)),
            Button(t("setup-village-people"), VillagePeople(village.id)),
            Button(t("setup-remove"), RemoveVillage(village.id)),
            Button(t("kit-back"), Places()),
            width=2,
        ),
        at=OpenVillage(village.id, page),
    )


def _people(turn: Turn, village: Village) -> str:
    return turn.t("setup-not-there") if village.population is None else turn.t.number(village.population)


def people_questions(turn: Turn, press: VillagePeople) -> Form[int | None]:
    """How many people live there, no more than in the whole municipality; skipped, it is not known."""
    t, home = turn.t, own_home(turn)
    village = yield from fetch(lambda db: get_village(db, home.id, press.village))
    says = t("setup-ask-village-people", village=village.name(t.language), now=_people(turn, village))
    return (yield from ask_if_wanted("people", says, number(0, home.population)))


async def people_told(turn: Turn, press: VillagePeople, told: int | None) -> Screen:
    """The number counts for what is decided from now on."""
    home = own_home(turn)
    village = await get_village(turn.db, home.id, press.village)
    founding.set_residents(turn.db, home, village, told, turn.person, turn.roles, turn.now)
    return replace(await open_village(turn, OpenVillage(village.id)), lead=turn.t("setup-saved"))


routes.form(
    VillagePeople,
    questions=people_questions,
    done=people_told,
    review=False,
    title="setup-village-people",
    right=Right.SET_UP,
)


def streets_questions(turn: Turn, press: AddStreets) -> Form[list[Names]]:
    """The streets, one a line."""
    t, home = turn.t, own_home(turn)
    village = yield from fetch(lambda db: get_village(db, home.id, press.village))
    says = f"{t('setup-ask-streets', village=village.name(t.language))}\n\n{t('setup-ask-lines')}"
    return (yield from ask("lines", says, place_lines(), named=t("setup-add-streets")))


async def streets_told(turn: Turn, press: AddStreets, told: list[Names]) -> Screen:
    """They are there; what was there before stays as it is."""
    home = own_home(turn)
    village = await get_village(turn.db, home.id, press.village)
    new = await founding.add_streets(turn.db, home, village, told, turn.person, turn.roles, turn.now)
    lead = _added(turn, new, len(told))
    return replace(await open_village(turn, OpenVillage(village.id)), lead=lead)


routes.form(AddStreets, questions=streets_questions, done=streets_told, title="setup-add-streets", right=Right.SET_UP)


def _one_name(turn: Turn, place: Village | Street) -> Form[Names]:
    says = f"{turn.t('setup-ask-rename')}\n\n{turn.t('setup-now', value=line_of(_names(place)))}"
    return (yield from ask("line", says, place_lines(only_one=True)))[0]


def rename_village_questions(turn: Turn, press: RenameVillage) -> Form[Names]:
    """The names in one line."""
    home = own_home(turn)
    return (yield from _one_name(turn, (yield from fetch(lambda db: get_village(db, home.id, press.village)))))


async def village_renamed(turn: Turn, press: RenameVillage, told: Names) -> Screen:
    """It is called so from now on."""
    home = own_home(turn)
    village = await get_village(turn.db, home.id, press.village)
    await founding.rename_place(turn.db, home, village, told, turn.person, turn.roles, turn.now)
    return replace(await open_village(turn, OpenVillage(village.id)), lead=turn.t("setup-saved"))


routes.form(
    RenameVillage,
    questions=rename_village_questions,
    done=village_renamed,
    review=False,
    title="setup-rename",
    right=Right.SET_UP,
)


@routes.press(RemoveVillage, reads=True, statements=2, right=Right.SET_UP)
async def remove_village(turn: Turn, press: RemoveVillage) -> Screen:
    """What goes with it, and the question."""
    t, home = turn.t, own_home(turn)
    village = await get_village(turn.db, home.id, press.village)
    count = len(await streets_of(turn.db, village.id))
    return Screen(
        title=t("setup-remove-title"),
        text=t("setup-remove-text", name=village.name(t.language), count=count),
        note=home.name(t.language),
        buttons=rows(
            Button(t("setup-remove-yes"), RemoveVillageNow(village.id)), Button(t("kit-back"), OpenVillage(village.id))
        ),
        at=RemoveVillage(village.id),
    )


@routes.press(RemoveVillageNow, reads=False, statements=8, right=Right.SET_UP)
async def remove_village_now(turn: Turn, press: RemoveVillageNow) -> Screen:
    """It is gone, unless somebody lives there."""
    home = own_home(turn)
    village = await get_village(turn.db, home.id, press.village)
    name = line_of(_names(village))
    await founding.remove_village(turn.db, home, village, turn.person, turn.roles, turn.now)
    return replace(await places(turn, Places()), lead=turn.t("setup-removed", name=name))


# --- one street ---


@routes.press(OpenStreet, reads=True, statements=1, right=Right.SET_UP)
async def open_street(turn: Turn, press: OpenStreet) -> Screen:
    """One street: its names, and what can be done with it."""
    return _street_card(turn, await get_street(turn.db, own_home(turn).id, press.street))


def _street_card(turn: Turn, street: Street) -> Screen:
    t = turn.t
    return Screen(
        title=street.name(t.language),
        facts=(Fact(t("setup-names"), line_of(_names(street))),),
        note=own_home(turn).name(t.language),
        buttons=rows(
            Button(t("setup-rename"), RenameStreet(street.id)),
            Button(t("setup-remove"), RemoveStreet(street.id)),
            Button(t("kit-back"), OpenVillage(street.village_id)),
            width=2,
        ),
        at=OpenStreet(street.id),
    )


def rename_street_questions(turn: Turn, press: RenameStreet) -> Form[Names]:
    """The names in one line."""
    home = own_home(turn)
    return (yield from _one_name(turn, (yield from fetch(lambda db: get_street(db, home.id, press.street)))))


async def street_renamed(turn: Turn, press: RenameStreet, told: Names) -> Screen:
    """It is called so from now on."""
    home = own_home(turn)
    street = await get_street(turn.db, home.id, press.street)
    await founding.rename_place(turn.db, home, street, told, turn.person, turn.roles, turn.now)
    return replace(_street_card(turn, street), lead=turn.t("setup-saved"))


routes.form(
    RenameStreet,
    questions=rename_street_questions,
    done=street_renamed,
    review=False,
    title="setup-rename",
    right=Right.SET_UP,
)


@routes.press(RemoveStreet, reads=False, statements=6, right=Right.SET_UP)
async def remove_street(turn: Turn, press: RemoveStreet) -> Screen:
    """It is gone; its line stands there, to be typed again if that was a slip."""
    home = own_home(turn)
    street = await get_street(turn.db, home.id, press.street)
    village, name = street.village_id, line_of(_names(street))
    await founding.remove_street(turn.db, home, street, turn.person, turn.roles, turn.now)
    return replace(await open_village(turn, OpenVillage(village)), lead=turn.t("setup-removed", name=name))
