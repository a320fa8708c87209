"""How does somebody come into an initiative group: the link, what an invited person reads, yes and no?"""

from dataclasses import replace

from actions.petitions import group as groups
from civic.people import has_agreed
from civic.petitions import FINAL, PetitionKind, group_age, group_size, is_member
from civic.refusals import Reason, Refused
from handlers.people.welcome import FirstContact
from handlers.petitions.group import name_of
from handlers.petitions.group_presses import (
    DeclineGroup,
    GroupInvitation,
    InviteMembers,
    JoinGroup,
    NewGroupLink,
    of_own_group,
)
from handlers.petitions.presses import Group
from handlers.ways import Me, other_languages, to_menu
from storage.municipalities import Municipality, get_municipality
from storage.petitions import Petition, find_member, members_of, petition_by_group_word
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
WORD = 20  # characters of the word in a group's link
routes.link("e", lambda word: GroupInvitation(word) if 0 < len(word) <= WORD else None)


@routes.press(InviteMembers, reads=True, statements=5)
async def invite(turn: Turn, press: InviteMembers) -> Screen:
    """The link for both messengers, in a text that makes sense when it is forwarded."""
    home, petition, member = await of_own_group(turn, press.petition)
    return _invitation(turn, home, petition, leads=member.leads)


def _invitation(turn: Turn, home: Municipality, petition: Petition, *, leads: bool, lead: str = "") -> Screen:
    t, payload = turn.t, f"e{petition.group_word}"
    links = [turn.links.deep(payload), *(each.deep(payload) for each in turn.links.elsewhere)]
    forward = "\n".join(
        (
            t("group-forward", kind=t(f"group-kind-{petition.kind}"), place=home.name(t.language)),
            f"«{petition.title}»",
            t("group-forward-open"),
            *links,
        )
    )
    return Screen(
        lead=lead,
        title=t("group-invite-title"),
        icon="➕",
        text=t("group-invite-text"),
        forward=forward,
        buttons=rows(
            Button(f"↗️ {t('group-invite-choose')}", share=links[0]),
            Button(f"🔄 {t('group-new-link')}", NewGroupLink(petition.id)) if leads else None,
            Button(t("kit-back"), Group(petition.id)),
        ),
        at=InviteMembers(petition.id),
    )


@routes.press(NewGroupLink, reads=False, statements=6)
async def new_link(turn: Turn, press: NewGroupLink) -> Screen:
    """The old link is worth nothing from now on."""
    home, petition, member = await of_own_group(turn, press.petition)
    groups.new_link(petition, member)
    await turn.db.flush()
    return _invitation(turn, home, petition, leads=True, lead=turn.t("group-new-link-made"))


async def _invited(turn: Turn, word: str) -> tuple[Municipality, Petition]:
    """Whose group the link leads to. Refused(LINK_ENDED) for an old link."""
    petition = await petition_by_group_word(turn.db, word)
    if petition is None or petition.state in FINAL:
        raise Refused(Reason.LINK_ENDED)
    return await get_municipality(turn.db, petition.municipality_id), petition


@routes.press(GroupInvitation, reads=True, statements=6)
async def invitation(turn: Turn, press: GroupInvitation) -> Screen:
    """Who invites, to what, what will be known about whoever accepts; accept or decline."""
    t = turn.t
    home, petition = await _invited(turn, press.word)
    members = await members_of(turn.db, petition.id)
    own = await find_member(turn.db, petition.id, turn.person.id)
    if is_member(own):
        return replace(await turn.go(turn, Group(petition.id)), lead=t("group-in-already"))
    least, most = group_size(petition.kind, home.settings)
    here = turn.municipality is None or turn.municipality.id == home.id
    said = [t("group-invited-text"), t("group-invited-known")]
    if petition.kind is PetitionKind.NORM:
        said.append(t("group-invited-adult", age=group_age(petition.kind, home.settings)))
    if not has_agreed(turn.person):
        said.append(t("group-invited-consent"))
    if not here:
        said = [t("group-invited-elsewhere", place=home.name(t.language))]
    return Screen(
        title=t("group-invited-title"),
        icon="🤝",
        facts=(
            Fact(t("group-fact-kind"), t(f"group-kind-{petition.kind}")),
            Fact(t("group-named-title"), petition.title),
            Fact(t("group-fact-invites"), name_of(turn, members[0]) if members else t("group-nobody")),
            Fact(t("group-fact-members"), t("group-members-of", count=len(members), least=least, most=most)),
        ),
        text="\n\n".join(said),
        folded=f"{petition.demand}\n\n{petition.reasons}",
        note=home.name(t.language),
        buttons=(
            *(_answers(turn, home, petition, press.word) if here else rows(Button(t("group-to-me"), Me()))),
            *other_languages(turn, GroupInvitation(press.word)),
            *rows(to_menu(turn)),
        ),
        at=GroupInvitation(press.word),
    )


def _answers(turn: Turn, home: Municipality, petition: Petition, word: str) -> tuple[tuple[Button, ...], ...]:
    t, norm = turn.t, petition.kind is PetitionKind.NORM
    accept: Press = JoinGroup(word, adult=norm)
    if not has_agreed(turn.person):  # a few questions come first; the municipality is none of them
        accept = FirstContact(accept.pack(), home.id)
    label = t("group-accept-adult", age=group_age(petition.kind, home.settings)) if norm else t("group-accept")
    return rows(Button(f"✓ {label}", accept), Button(f"✕ {t('group-decline')}", DeclineGroup(word)))


@routes.press(JoinGroup, reads=False, statements=13)
async def join(turn: Turn, press: JoinGroup) -> Screen:
    """In the group from now on. Refusals lead to what is missing, and back to here."""
    home, petition = await _invited(turn, press.word)
    if petition.kind is PetitionKind.NORM and not press.adult:
        return await invitation(turn, GroupInvitation(press.word))
    await groups.join(turn.db, petition, turn.person, home, turn.now)
    return replace(await turn.go(turn, Group(petition.id)), lead=turn.t("group-joined"))


@routes.press(DeclineGroup, reads=False, statements=9)
async def decline(turn: Turn, press: DeclineGroup) -> Screen:
    """Not in the group; the link still works for whoever thinks again."""
    _, petition = await _invited(turn, press.word)
    heard = await groups.decline(turn.db, petition, turn.person, turn.now)
    return Screen(
        text=turn.t("group-declined" if heard else "group-declined-unkept"),
        buttons=rows(Button(turn.t("group-think-again"), GroupInvitation(press.word)), to_menu(turn)),
        fresh=True,
    )
