"""What can an initiative group print: the poster, and the sheet on which people sign by hand?"""

from civic.petitions import PetitionKind, State, goal, takes_paper
from civic.refusals import Reason, Refused
from exports import petition_paper as paper
from handlers.petitions.cards import counted, payload_of
from handlers.petitions.group import name_of
from handlers.petitions.group_presses import Printing, PrintPoster, PrintSheet, of_own_group
from handlers.petitions.presses import EnterPaper, Group
from storage.municipalities import Municipality
from storage.petitions import Petition, members_of
from talk.routes import Routes
from talk.screen import Button, File, Screen, rows
from talk.turn import Turn
from talk.words import LANGUAGES, Speaker

routes = Routes()
# the columns that the law wants for a norm-making initiative (Charter 19.8), and what the desk keys in of a petition;
# with the share of the width that a hand needs
NORM = (("number", 0.5), ("name", 3.2), ("born", 1.3), ("address", 2.8), ("passport", 1.6), ("signature", 1.6))
PETITION = (("number", 0.5), ("name", 3.2), ("village", 2.0), ("street", 2.2), ("date", 1.3), ("signature", 1.8))
ALL = tuple(dict.fromkeys(name for name, _ in (*NORM, *PETITION)))


@routes.press(Printing, reads=True, statements=4)
async def printing(turn: Turn, press: Printing) -> Screen:
    """Poster and sheet, and that what is signed by hand counts only when it is entered."""
    t = turn.t
    _, petition, _ = await of_own_group(turn, press.petition)
    norm, gathers = petition.kind is PetitionKind.NORM, petition.state in (State.OPEN, State.COMPLETE)
    languages = LANGUAGES if gathers else ()
    return Screen(
        title=t("group-print-title"),
        icon="🖨",
        text=t("group-by-hand") if norm else t("group-print-text"),
        note=petition.title,
        buttons=(
            *rows(
                *(
                    Button(
                        f"🖼 {t('group-poster', language=turn.words.speaker(language)('kit-language-name'))}",
                        PrintPoster(petition.id, language),
                    )
                    for language in languages
                ),
                Button(f"📄 {t('group-sheet')}", PrintSheet(petition.id)) if _has_sheet(petition) else None,
                Button(f"📝 {t('group-enter-paper')}", EnterPaper(petition.id))
                if takes_paper(petition, turn.today)
                else None,
                Button(t("kit-back"), Group(petition.id)),
            ),
        ),
        at=Printing(petition.id),
    )


def _has_sheet(petition: Petition) -> bool:
    """A sheet is signed where signatures count: of an initiative by hand from the draft on, to be looked at."""
    if petition.kind is PetitionKind.ASSEMBLY:
        return False
    return petition.kind is PetitionKind.NORM or petition.state in (State.OPEN, State.COMPLETE)


@routes.press(PrintPoster, reads=True, statements=4)
async def poster(turn: Turn, press: PrintPoster) -> Screen:
    """The poster in that language; the screen speaks the reader's own."""
    home, petition, _ = await of_own_group(turn, press.petition)
    if press.language not in LANGUAGES or petition.state not in (State.OPEN, State.COMPLETE):
        raise Refused(Reason.NOT_OPEN)
    own = turn.t
    turn.speak(press.language)
    content = paper.poster(poster_of(turn, home, petition))
    t = turn.t = own
    return Screen(
        title=t("group-poster-title"),
        text=t("group-poster-text"),
        note=petition.title,
        document=File(f"petition-{petition.id}-{press.language}.pdf", content),
        buttons=rows(Button(t("kit-back"), Printing(petition.id))),
        at=Printing(petition.id),
    )


def poster_of(turn: Turn, home: Municipality, petition: Petition) -> paper.Poster:
    """What stands on it, in the language the turn speaks."""
    t, needed = turn.t, goal(petition.thresholds, petition.count)
    by_hand = petition.kind is PetitionKind.NORM
    facts = [
        t("group-poster-counted", counted=counted(turn, petition), day=t.day(turn.today)),
        t("group-poster-needed", count=needed) if needed else "",
        t("group-poster-until", day=t.day(petition.closes_on)) if petition.closes_on is not None else "",
    ]
    return paper.Poster(
        language=t.language,
        place=home.name(t.language),
        kind=t(f"group-kind-{petition.kind}"),
        title=petition.title,
        demand=petition.demand,
        facts=tuple(fact for fact in facts if fact),
        appeal=t("group-poster-appeal-hand" if by_hand else "group-poster-appeal"),
        caption=t("group-poster-caption"),
        url=link_of(turn, petition),
        note=f"{t('petitions-number', number=petition.id)}. {t('group-poster-note')}",
        day=turn.today,
    )


def link_of(turn: Turn, petition: Petition) -> str:
    """The address that opens the petition."""
    return turn.links.deep(payload_of(petition))


@routes.press(PrintSheet, reads=True, statements=5)
async def sheet(turn: Turn, press: PrintSheet) -> Screen:
    """The sheet to sign by hand, in Kyrgyz with the Russian beneath."""
    home, petition, _ = await of_own_group(turn, press.petition)
    if not _has_sheet(petition):
        raise Refused(Reason.NOT_OPEN)
    members = await members_of(turn.db, petition.id)
    lead = next((name_of(turn, each) for each in members if each.leads), "")
    t, content = turn.t, paper.sheet_to_sign(form_of(turn, home, petition, lead))
    return Screen(
        title=t("group-sheet-title"),
        text=t("group-sheet-text-norm" if petition.kind is PetitionKind.NORM else "group-sheet-text"),
        note=petition.title,
        document=File(f"sheet-{petition.id}.pdf", content),
        buttons=rows(Button(t("kit-back"), Printing(petition.id))),
        at=Printing(petition.id),
    )


def form_of(turn: Turn, home: Municipality, petition: Petition, lead: str) -> paper.Form:
    """What stands on the sheet: the official one (Charter 19.8), or that of a petition."""
    norm = petition.kind is PetitionKind.NORM
    columns = NORM if norm else PETITION
    ky, ru = (_said(turn.words.speaker(language), "norm" if norm else "petition", lead) for language in ("ky", "ru"))
    heading, said, rule, gathered, contact, *names = zip(ky, ru, strict=True)
    headed = dict(zip(ALL, names, strict=True))
    return paper.Form(
        place=home.name("ky"),
        heading=heading,
        title=petition.title,
        said=(said, rule),
        columns=tuple(paper.Column(*headed[name], share) for name, share in columns),
        foot=(gathered, contact),
        url=link_of(turn, petition),
        day=turn.today,
    )


def _said(t: Speaker, what: str, lead: str) -> tuple[str, ...]:
    """Everything printed on a sheet in one language; the headings of all columns at the end."""
    return (
        t(f"group-sheet-heading-{what}"),
        t(f"group-sheet-said-{what}"),
        t(f"group-sheet-rule-{what}"),
        t("group-sheet-gathered"),
        t("group-sheet-contact", name=lead),
        *(t(f"group-column-{name}") for name in ALL),
    )
