"""What do the buttons of setting up mean, and what do its forms ask for in three languages?"""

from collections.abc import Mapping
from dataclasses import dataclass

from civic.founding import LANGUAGES, NAME_LIMIT, Contact, Names
from civic.stops import Stoppable
from civic.workdays import Feast
from handlers.answers import words
from handlers.ways import SetUp
from talk.form import Form, ask, ask_if_wanted
from talk.press import Press
from talk.screen import Button
from talk.turn import Turn


@dataclass(frozen=True)
class FoundHome(Press, code="uf"):
    """Found a municipality in this installation."""


@dataclass(frozen=True)
class EditNames(Press, code="ue"):
    """What the municipality is called."""


@dataclass(frozen=True)
class EditAbout(Press, code="ua"):
    """Its kind, population and district."""


@dataclass(frozen=True)
class Contacts(Press, code="uc"):
    """How the municipality is reached."""


@dataclass(frozen=True)
class EditContact(Press, code="uce"):
    """One of the contacts."""

    contact: Contact


@dataclass(frozen=True)
class ClearContact(Press, code="ucx"):
    """There is no such contact any more."""

    contact: Contact


@dataclass(frozen=True)
class NumberGroups(Press, code="un"):
    """The numbers the municipality lives by, in groups."""


@dataclass(frozen=True)
class NumberGroup(Press, code="ung"):
    """The numbers of one group."""

    group: str


@dataclass(frozen=True)
class OpenNumber(Press, code="uno"):
    """One number: what it means, where it comes from, between which bounds it may be changed."""

    key: str


@dataclass(frozen=True)
class ChangeNumber(Press, code="unc"):
    """Another value for a number."""

    key: str


@dataclass(frozen=True)
class ModelNumber(Press, code="unm"):
    """The model value again."""

    key: str


@dataclass(frozen=True)
class Places(Press, code="up"):
    """The villages or microdistricts."""

    page: int = 0


@dataclass(frozen=True)
class AddVillages(Press, code="upa"):
    """New villages or microdistricts, typed one a line."""


@dataclass(frozen=True)
class PlaceSheet(Press, code="upt"):
    """Villages and streets as a spreadsheet to fill in."""


@dataclass(frozen=True)
class SendPlaces(Press, code="ups"):
    """Villages and streets from a spreadsheet."""


@dataclass(frozen=True)
class OpenVillage(Press, code="uv"):
    """One village with its streets."""

    village: int
    page: int = 0


@dataclass(frozen=True)
class AddStreets(Press, code="uva"):
    """New streets of a village, typed one a line."""

    village: int


@dataclass(frozen=True)
class RenameVillage(Press, code="uvr"):
    """Another name for a village."""

    village: int


@dataclass(frozen=True)
class RemoveVillage(Press, code="uvd"):
    """What removing the village means, and the question whether it is wanted."""

    village: int


@dataclass(frozen=True)
class RemoveVillageNow(Press, code="uvx"):
    """Remove the village and its streets."""

    village: int


@dataclass(frozen=True)
class OpenStreet(Press, code="us"):
    """One street."""

    street: int


@dataclass(frozen=True)
class RenameStreet(Press, code="usr"):
    """Another name for a street."""

    street: int


@dataclass(frozen=True)
class RemoveStreet(Press, code="usx"):
    """Remove the street."""

    street: int


@dataclass(frozen=True)
class VillagePeople(Press, code="uvp"):
    """How many people live in a village."""

    village: int


@dataclass(frozen=True)
class Calendar(Press, code="uw"):
    """The holidays and transferred working days of a year; 0 is the present one."""

    year: int = 0
    page: int = 0


@dataclass(frozen=True)
class AddDay(Press, code="uwa"):
    """A day off in that year, or a working day; `feast` names one of the holidays that move."""

    year: int = 0
    works: bool = False
    feast: Feast | None = None


@dataclass(frozen=True)
class OpenDay(Press, code="uwo"):
    """One day that staff entered."""

    day: int


@dataclass(frozen=True)
class RemoveDay(Press, code="uwd"):
    """What removing the day means, and the question whether it is wanted."""

    day: int


@dataclass(frozen=True)
class RemoveDayNow(Press, code="uwx"):
    """Take the day out of the calendar."""

    day: int


@dataclass(frozen=True)
class Thresholds(Press, code="ur"):
    """How many signatures a petition needs and why, for everybody; `home` for somebody who belongs nowhere yet."""

    home: int | None = None


@dataclass(frozen=True)
class Rules(Press, code="ut"):
    """The rules on signatures: in force, to come, and those before."""

    page: int = 0


@dataclass(frozen=True)
class AdoptRule(Press, code="uta"):
    """Enter a rule that the municipality adopted."""


@dataclass(frozen=True)
class OpenRule(Press, code="uto"):
    """One rule: what it says, by which act, from when."""

    rule: int


@dataclass(frozen=True)
class WithdrawRule(Press, code="utw"):
    """Withdrawing a rule to come, and the question whether that is wanted."""

    rule: int


@dataclass(frozen=True)
class WithdrawRuleNow(Press, code="utx"):
    """The rule will not begin."""

    rule: int


@dataclass(frozen=True)
class Stops(Press, code="ux"):
    """What can be stopped for everybody, and what is."""


@dataclass(frozen=True)
class OpenStop(Press, code="uxo"):
    """One of the things that can be stopped."""

    what: Stoppable


@dataclass(frozen=True)
class StopIt(Press, code="uxs"):
    """Stop it for everybody, with a notice."""

    what: Stoppable


@dataclass(frozen=True)
class LiftStop(Press, code="uxl"):
    """What lifting the stop means, and the question whether it is wanted."""

    what: Stoppable


@dataclass(frozen=True)
class LiftStopNow(Press, code="uxx"):
    """It goes on."""

    what: Stoppable


def to_set_up(turn: Turn) -> Button:
    """The way back to the checklist."""
    return Button(turn.t("kit-back"), SetUp())


def in_three(
    turn: Turn, what: str, present: Mapping[str, str], *, needed: bool = True, most: int = NAME_LIMIT
) -> Form[Names]:
    """The same thing in Kyrgyz, Russian and English. Skipping leaves what is there; with nothing there the Kyrgyz
    words stand for the others."""
    t = turn.t
    told: Names = {}
    for language in LANGUAGES:
        if language != "ky" and not told["ky"]:
            told[language] = ""  # nothing to translate
            continue
        known = present.get(language, "")
        hint = t("setup-is-now", value=known) if known else t("setup-may-skip") if language != "ky" else ""
        example = t(f"setup-in-{language}", example=turn.words.speaker(language)(f"setup-example-{what}"))
        says = "\n\n".join(part for part in (t(f"setup-ask-{what}"), example, hint) if part)
        named = f"{t(f'setup-named-{what}')} ({t(f'setup-lang-{language}')})"
        kind = words(max=most, min=2)
        if needed and language == "ky" and not known:
            told[language] = yield from ask(f"{what}-{language}", says, kind, named=named)
        else:
            told[language] = (yield from ask_if_wanted(f"{what}-{language}", says, kind, named=named)) or known
    return told
