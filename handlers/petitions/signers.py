"""How do staff take away the list of signers: asked once, written in the journal, with a checksum on every page?"""

import asyncio
from functools import partial

from actions.petitions import registering
from civic.municipalities import local
from civic.people import Right, refuse, why_not_may
from civic.petitions import PetitionKind, Standing
from civic.refusals import Reason, Refused
from exports.signers import Signer, SignerList, as_pdf, as_sheet
from handlers.petitions.cards import counted, territory
from handlers.petitions.desk_presses import AskSigners, TakeSigners, ours, to_desk
from handlers.petitions.group_names import group_listed
from storage.municipalities import Municipality, get_street, villages
from storage.petition_desk import lines_counted, signers
from storage.petitions import Petition
from talk.routes import Routes
from talk.screen import Button, Fact, File, Screen, rows
from talk.turn import Turn

routes = Routes()
_DRAWN = {"pdf": as_pdf, "xlsx": as_sheet}
_LIST = "ky"  # names of villages and kinds stand in Kyrgyz, so that the list has one checksum in every language


def _refuse_unless_listed(petition: Petition) -> None:
    """A list is taken away after the hand-over, and until its names are gone."""
    if petition.kind is not PetitionKind.PETITION or petition.handed_over_at is None:
        raise Refused(Reason.NOT_SENT_YET)
    if petition.anonymised_at is not None:
        raise Refused(Reason.TOO_LATE)


@routes.press(AskSigners, reads=True, statements=2, right=Right.SEE_SIGNERS)
async def ask_signers(turn: Turn, press: AskSigners) -> Screen:
    """What is on the list, and who will know that it was opened."""
    t = turn.t
    home, petition = await ours(turn, press.petition)
    _refuse_unless_listed(petition)
    return Screen(
        title=t("petitions-desk-signers-title"),
        icon="🔒",
        text=f"«{petition.title}»\n\n{t('petitions-desk-signers-text')}",
        facts=(Fact(t("petitions-desk-fact-counted"), counted(turn, petition)),),
        note=home.name(t.language),
        buttons=rows(
            Button(f"🖨 {t('petitions-desk-signers-pdf')}", TakeSigners(petition.id, "pdf")),
            Button(f"📊 {t('petitions-desk-signers-xlsx')}", TakeSigners(petition.id, "xlsx")),
            to_desk(turn, petition.id),
        ),
        at=AskSigners(petition.id),
    )


@routes.press(TakeSigners, reads=False, statements=12, right=Right.SEE_SIGNERS)
async def take_signers(turn: Turn, press: TakeSigners) -> Screen:
    """The list as a file; the journal keeps who took it and when. Drawn in a thread: it takes seconds for thousands,
    and others are not to wait."""
    t = turn.t
    home, petition = await ours(turn, press.petition)
    refuse(why_not_may(turn.roles, Right.SEE_SIGNERS))
    _refuse_unless_listed(petition)
    if press.how not in _DRAWN:
        raise Refused(Reason.NOT_FOUND)
    listed = await _listed(turn, home, petition)
    told = await _told(turn, home, petition, len(listed))
    content = await asyncio.to_thread(partial(_DRAWN[press.how], told, listed))
    await registering.opened_list(turn.db, petition, turn.person, turn.roles, press.how, turn.now)
    return Screen(
        title=t("petitions-desk-signers-title"),
        icon="🔒",
        text=t("petitions-desk-signers-taken"),
        note=home.name(t.language),
        document=File(f"petition-{petition.id}-{turn.today}.{press.how}", content),
        buttons=rows(to_desk(turn, petition.id)),
        at=AskSigners(petition.id),
    )


async def _listed(turn: Turn, home: Municipality, petition: Petition) -> list[Signer]:
    """Every counted signature: those in the bot as they came, then those on paper sheet by sheet."""
    t = turn.words.speaker(_LIST)
    named = {each.id: each.name(_LIST) for each in await villages(turn.db, home.id)}
    street = (await get_street(turn.db, home.id, petition.street_id)).name(_LIST) if petition.street_id else ""
    gone = t("petitions-desk-list-nameless")
    in_bot = [each for each in await signers(turn.db, petition.id) if each.standing is Standing.COUNTED]
    on_paper = await lines_counted(turn.db, petition.id)
    zone = home.time_zone

    def name(sealed: str | None) -> str:
        return (turn.vault.open(sealed) if sealed else None) or gone

    def opened() -> list[Signer]:  # thousands of seals take a second
        bot, paper = t("petitions-desk-list-bot"), t("petitions-desk-list-paper")
        found = [
            Signer(bot, name(s.name_sealed), named.get(s.village_id or 0, ""), street, local(s.signed_at, zone).date())
            for s in in_bot
        ]
        return found + [
            Signer(
                paper,
                name(line.name_sealed),
                named.get(line.village_id or 0, ""),
                line.street or "",
                local(sheet.entered_at, zone).date(),
            )
            for line, sheet in on_paper
        ]

    return await asyncio.to_thread(opened)


async def _told(turn: Turn, home: Municipality, petition: Petition, count: int) -> SignerList:
    t = turn.t
    assert petition.handed_over_at is not None
    handed = local(petition.handed_over_at, home.time_zone).date()
    facts = (
        (t("petitions-desk-number-label"), str(petition.id)),
        (t("petitions-desk-fact-for"), await territory(turn, home, petition)),
        (t("petitions-desk-list-handed"), t.day(handed)),
        *(((t("petitions-desk-list-registry"), petition.registry_no),) if petition.registry_no else ()),
        (t("petitions-desk-list-made"), t.moment(turn.now, turn.time_zone)),
    )
    return SignerList(
        language=t.language,
        title=petition.title,
        demand=petition.demand,
        place=home.name(t.language),
        facts=facts,
        group_says=t("petitions-desk-fact-group"),
        group=tuple(await group_listed(turn, t, home, petition)),
        parts=f"{t('petitions-desk-list-count', count=count)} {counted(turn, petition)}",
        heads={key: t(f"petitions-desk-list-{key}") for key in ("number", "kind", "name", "village", "street", "day")},
        checksum_says=t("petitions-desk-list-checksum"),
        explained=t("petitions-desk-list-explained"),
        secret=t("petitions-desk-list-secret"),
        page=t("petitions-desk-list-page", page="{page}", pages="{pages}"),
        day=turn.today,
    )
