"""Who asks: how do staff read the full names and addresses of an initiative group, each time written in the journal?"""

from actions.petitions import registering
from civic.people import Right, refuse, why_not_may
from civic.petitions import PetitionKind, why_cannot_see_group
from handlers.petitions.desk_presses import AskGroup, ReadGroup, ours, to_desk
from storage.municipalities import Municipality, streets, villages
from storage.petitions import Petition, named_members
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn
from talk.words import Speaker

routes = Routes()


@routes.press(AskGroup, reads=True, statements=2, right=Right.SEE_SIGNERS)
async def ask_group(turn: Turn, press: AskGroup) -> Screen:
    """What is read there, and who will know that it was opened."""
    t = turn.t
    home, petition = await ours(turn, press.petition)
    refuse(why_cannot_see_group(petition))
    return Screen(
        title=t("petitions-desk-group-title"),
        icon="👥",
        text=f"«{petition.title}»\n\n{t('petitions-desk-group-text')}",
        note=home.name(t.language),
        buttons=rows(
            Button(f"🔒 {t('petitions-desk-group-read')}", ReadGroup(petition.id)), to_desk(turn, petition.id)
        ),
        at=AskGroup(petition.id),
    )


@routes.press(ReadGroup, reads=False, statements=12, right=Right.SEE_SIGNERS)
async def read_group(turn: Turn, press: ReadGroup) -> Screen:
    """Everybody in the group; of a request for an assembly with what else its application says."""
    t = turn.t
    home, petition = await ours(turn, press.petition)
    refuse(why_not_may(turn.roles, Right.SEE_SIGNERS))
    refuse(why_cannot_see_group(petition))
    listed = await group_listed(turn, t, home, petition)
    await registering.opened_list(turn.db, petition, turn.person, turn.roles, "group", turn.now)
    about = petition.about if petition.kind is PetitionKind.ASSEMBLY else {}
    facts = (
        Fact(t("group-fact-where"), str(about["place"])) if about.get("place") else None,
        Fact(t("group-fact-people"), str(about["people"])) if about.get("people") else None,
    )
    return Screen(
        title=t("petitions-desk-group-title"),
        icon="👥",
        state=t("petitions-desk-people", count=len(listed)),
        facts=tuple(fact for fact in facts if fact is not None),
        text="\n".join([f"«{petition.title}»", "", *listed, "", t("petitions-desk-group-opened")]),
        note=home.name(t.language),
        buttons=rows(to_desk(turn, petition.id)),
        at=AskGroup(petition.id),
    )


async def group_listed(turn: Turn, t: Speaker, home: Municipality, petition: Petition) -> list[str]:
    """«1. Бакыт Токтосунов, Ак-Булак, Манас (co-ordinator)»: a line for each member, with village and street where they
    told them."""
    members = await named_members(turn.db, petition.id)
    village_names = {each.id: each.name(t.language) for each in await villages(turn.db, home.id)}
    street_names = {(each.village_id, each.id): each.name(t.language) for each in await streets(turn.db, home.id)}
    lines = []
    for number, (member, person) in enumerate(members, 1):
        name = (turn.vault.open(member.name_sealed) if member.name_sealed else None) or t(
            "petitions-desk-list-nameless"
        )
        lives = (
            village_names.get(person.village_id or 0, "") if person is not None else "",
            street_names.get((person.village_id or 0, person.street_id or 0), "") if person is not None else "",
        )
        said = ", ".join(part for part in (name, *lives) if part)
        lines.append(f"{number}. {said} ({t('petitions-desk-group-leads')})" if member.leads else f"{number}. {said}")
    return lines
