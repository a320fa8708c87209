"""How can I take part? The forms of engagement that the law names: what each is, who, how, and whom to ask."""

from dataclasses import dataclass
from enum import StrEnum

from civic.municipalities import Settings, norm_signatures
from handlers.ways import to_menu
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()


class Engagement(StrEnum):
    """The eight forms of direct participation (Typical Plan 3.1 and 3.2), then the deputies (3.1)."""

    MEETINGS = "meetings"
    HEARINGS = "hearings"
    INITIATIVES = "initiatives"
    SELF_GOVERNMENT = "self-government"
    NORMS = "norms"
    KURULTAI = "kurultai"
    PROGRAMME = "programme"
    ONLINE = "online"
    DEPUTIES = "deputies"


# Which clauses of the Model Charter speak of a form; of the others the Plan alone does.
CHARTER = {
    Engagement.MEETINGS: "17–18",
    Engagement.HEARINGS: "20",
    Engagement.SELF_GOVERNMENT: "14",
    Engagement.NORMS: "19",
    Engagement.KURULTAI: "15",
}


@dataclass(frozen=True)
class Forms(Press, code="p"):
    """The forms of engagement."""


@dataclass(frozen=True)
class OpenForm(Press, code="pf"):
    """What a form of engagement is and how one joins in."""

    form: Engagement


routes.command("participate", Forms())


@routes.press(Forms, reads=True, statements=0)
async def forms(turn: Turn, _: Forms) -> Screen:
    """Every way to take part, by its short name."""
    t, home = turn.t, turn.municipality
    return Screen(
        title=t("menu-participation"),
        icon="🙋",
        text=t("participation-text"),
        note=home.name(t.language) if home is not None else "",
        choice=tuple(Button(t(f"participation-{form}-label"), OpenForm(form)) for form in Engagement),
        buttons=rows(to_menu(turn)),
        at=Forms(),
    )


@routes.press(OpenForm, reads=True, statements=0)
async def open_form(turn: Turn, press: OpenForm) -> Screen:
    """A form of engagement, with the numbers by which this municipality lives."""
    t, form, home = turn.t, press.form, turn.municipality
    number = home.settings if home is not None else Settings()
    phone = home.contact("phone", t.language) if home is not None else ""
    signatures = (
        t.number(norm_signatures(home.population, capital=home.capital))
        if home is not None
        else t("participation-by-population")
    )
    who = t(f"participation-{form}-who", age=number.norm_age, least=number.norm_group_min, most=number.norm_group_max)
    how = t(
        f"participation-{form}-how",
        days=number.assembly_notice_days,
        group=number.assembly_group_min,
        decide=number.assembly_request_days,
        weeks=number.hearing_publish_weeks,
        results=number.hearing_results_days,
    )
    law = [t("participation-plan", clause="3.1" if form is Engagement.DEPUTIES else "3.1–3.2")]
    law += [t("participation-charter", clause=CHARTER[form])] if form in CHARTER else []
    facts = (
        Fact(t("participation-who"), who),
        Fact(t("participation-how"), how),
        Fact(t("participation-signatures"), signatures) if form is Engagement.NORMS else None,
        Fact(t("participation-contact"), phone or t("participation-office")),
        Fact(t("participation-law"), "; ".join(law)),
    )
    return Screen(
        title=t(f"participation-{form}-title"),
        text=t(f"participation-{form}-text"),
        facts=tuple(fact for fact in facts if fact is not None),
        note=home.name(t.language) if home is not None else "",
        buttons=rows(Button(t("kit-back"), Forms()), to_menu(turn), width=2),
        at=OpenForm(form),
    )
