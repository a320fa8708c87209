"""What do residents read when something happens to a petition they wrote, signed or follow?"""

from typing import Any

from civic.petitions import (
    TURNED_DOWN,
    PetitionKind,
    Standing,
    State,
    awaits_answer,
    goal,
    hides_text,
    is_member,
    milestone,
    paper_until,
    steps_reached,
    takes_paper,
)
from civic.refusals import Refused
from handlers.petitions.cards import counted, due_on, how_it_ended, name_of_petition, state_line
from handlers.petitions.presses import Group, OpenPetition
from storage.municipalities import Municipality, get_municipality
from storage.petition_desk import get_invalidation
from storage.petitions import (
    Member,
    Petition,
    PetitionStep,
    Signature,
    last_step,
    petition_kept_by,
    petition_read_by,
)
from talk.routes import Routes
from talk.screen import Bar, Button, Screen, rows
from talk.turn import Turn

routes = Routes()
Told = dict[str, Any]
_AT_THE_GROUP = (State.DRAFT, State.CHECKING, State.RETURNED, *TURNED_DOWN, State.COMPLETE)  # its members act there
Read = tuple[Petition, Signature | None, Member | None, bool, Municipality]


async def _read(turn: Turn, told: Told) -> Read | None:
    """The petition as the reader stands to it, and whose it is; None when it is not theirs to read. Whoever has moved
    since they signed or followed it still hears how it goes on."""
    home, number, reader = turn.municipality, int(told["petition"]), turn.person.id
    if home is None:
        return None
    try:
        return (*await petition_read_by(turn.db, home.id, number, reader), home)
    except Refused:
        pass
    try:
        found = await petition_kept_by(turn.db, number, reader)
    except Refused:
        return None
    return (*found, await get_municipality(turn.db, found[0].municipality_id))


def _letter(turn: Turn, found: Read, says: str, *, text: str = "", bar: bool = False) -> Screen:
    """What happened, where the petition stands now, why one hears of it and how to stop; one button to the thing."""
    t = turn.t
    petition, own, member, follows, home = found
    mine = is_member(member)
    why = "member" if mine else "signer" if own is not None and own.standing is Standing.COUNTED else "follower"
    if why == "follower" and not follows:
        why = "was-in"
    shows_count = petition.opened_at is not None and petition.kind is not PetitionKind.ASSEMBLY
    steps = petition.thresholds
    return Screen(
        title=says,
        icon="✍️",
        state=state_line(turn, petition, turn.today),
        text="\n\n".join(part for part in (f"«{name_of_petition(turn, petition, everything=mine)}»", text) if part),
        bar=Bar(petition.count, goal(steps, petition.count)) if bar and steps else None,
        note=" · ".join(
            part
            for part in (
                t("petitions-number", number=petition.id),
                home.name(t.language),
                counted(turn, petition) if shows_count else "",
            )
            if part
        ),
        folded=t(f"petitions-hears-{why}"),
        buttons=rows(
            Button(t("petitions-to-group"), Group(petition.id))
            if mine and petition.state in _AT_THE_GROUP
            else Button(t("petitions-open"), OpenPetition(petition.id)),
        ),
    )


@routes.letter("petition-milestone")
async def milestone_made(turn: Turn, told: Told) -> Screen | None:
    """A quarter, a half or three quarters of what is needed."""
    found, per_cent = await _read(turn, told), int(told["per_cent"])
    if found is None or found[0].state is not State.OPEN or hides_text(found[0]):
        return None
    now = milestone(found[0].thresholds, found[0].count)
    if now != per_cent:
        return None  # the count fell again, or the next one is told already
    return _letter(turn, found, turn.t("petitions-letter-milestone", share=per_cent), bar=True)


@routes.letter("petition-reached")
async def reached(turn: Turn, told: Told) -> Screen | None:
    """Enough signatures, and what that obliges the municipality to."""
    found = await _read(turn, told)
    if found is None:
        return None
    steps, wanted = found[0].thresholds, str(told["consequence"])
    now = {step.consequence.value for step in steps[: steps_reached(steps, found[0].count)]}
    if wanted not in now or found[0].state not in (State.OPEN, State.COMPLETE):
        return None
    text = turn.t("petitions-reached-next") if is_member(found[2]) else ""
    return _letter(turn, found, turn.t(f"petitions-letter-reached-{wanted}"), text=text, bar=True)


@routes.letter("petition-lost")
async def lost(turn: Turn, told: Told) -> Screen | None:
    """There are too few again, whether signatures were taken back or taken out."""
    found = await _read(turn, told)
    if found is None or found[0].state not in (State.OPEN, State.COMPLETE):
        return None
    steps = found[0].thresholds
    if steps_reached(steps, found[0].count) == len(steps):
        return None
    return _letter(turn, found, turn.t("petitions-letter-lost"), bar=True)


@routes.letter("petition-decided")
async def decided(turn: Turn, told: Told) -> Screen | None:
    """Opened for signatures, given back, or rejected; or after a second look opened again, or not: with the words of
    reason."""
    found = await _read(turn, told)
    if found is None or found[0].state not in (State.OPEN, State.RETURNED, *TURNED_DOWN):
        return None
    t, petition = turn.t, found[0]
    said = [petition.remark] if petition.state is not State.OPEN else []
    if petition.state in TURNED_DOWN and petition.rejection is not None:
        said.insert(0, t("petitions-why", why=t(f"moderation-why-{petition.rejection}")))
        if petition.competent:
            said.append(t("petitions-competent", body=petition.competent))
    how = "open-again" if told.get("second") and petition.state is State.OPEN else petition.state.value
    return _letter(turn, found, t(f"petitions-letter-decided-{how}"), text="\n".join(said))


@routes.letter("petition-closed")
async def closed(turn: Turn, told: Told) -> Screen | None:
    """The last day is over; or the count went over the threshold, or under it, afterwards; or nobody handed it over.
    The group reads until when something can be done."""
    found = await _read(turn, told)
    if found is None or found[0].state not in (State.COMPLETE, State.ENDED):
        return None
    petition, until = found[0], paper_until(found[0])
    if petition.state.value != told.get("state", petition.state.value):
        return None  # another letter tells what has become of it
    text = ""
    if is_member(found[2]) and petition.hand_over_until is not None and petition.state is State.COMPLETE:
        text = turn.t("group-next-hand-over-until", until=turn.t.day(petition.hand_over_until))
    elif is_member(found[2]) and until is not None and takes_paper(petition, turn.today):
        text = turn.t("group-next-late-paper", until=turn.t.day(until))
    return _letter(turn, found, turn.t(f"petitions-letter-closed-{how_it_ended(petition)}"), text=text, bar=True)


@routes.letter("petition-hand-over-due")
async def hand_over_due(turn: Turn, told: Told) -> Screen | None:
    """To the group: enough signatures, and the term for handing them over ends soon."""
    found = await _read(turn, told)
    if found is None or not is_member(found[2]) or found[0].state is not State.COMPLETE:
        return None
    until = found[0].hand_over_until
    if until is None:
        return None
    day = turn.t.day(until)
    return _letter(
        turn, found, turn.t("petitions-letter-hand-over", day=day), text=turn.t("petitions-hand-over-else"), bar=True
    )


async def _due(turn: Turn, told: Told, state: State) -> Screen | None:
    found = await _read(turn, told)
    if found is None or found[0].state is not state:
        return None
    until = due_on(found[0])
    text = turn.t("petitions-until", until=turn.t.day(until)) if until is not None else ""
    return _letter(turn, found, turn.t(f"petitions-letter-now-{state}"), text=text)


@routes.letter("petition-with-staff")
async def with_staff(turn: Turn, told: Told) -> Screen | None:
    """Handed over: by when it is registered."""
    return await _due(turn, told, State.HANDED_OVER)


@routes.letter("petition-registered")
async def registered(turn: Turn, told: Told) -> Screen | None:
    """Registered: by when it is answered."""
    return await _due(turn, told, State.REGISTERED)


@routes.letter("petition-overdue")
async def overdue(turn: Turn, told: Told) -> Screen | None:
    """The municipality is late, and everybody can see it."""
    found = await _read(turn, told)
    until = due_on(found[0]) if found is not None else None
    if found is None or until is None or turn.today <= until:
        return None
    return _letter(turn, found, turn.t("petitions-letter-overdue"))


@routes.letter("petition-answered")
async def answered(turn: Turn, told: Told) -> Screen | None:
    """The answer itself, to everybody who signed, in their language where it was given in it."""
    found = await _read(turn, told)
    if found is None or found[0].state is not State.ANSWERED:
        return None
    petition, said = found[0], [found[0].answer_in(turn.t.language)]
    if petition.accepted is not None:
        outcome = f"{'accepted' if petition.accepted else 'refused'}-{petition.kind}"
        said.insert(0, turn.t(f"petitions-outcome-{outcome}"))
    return _letter(turn, found, turn.t("petitions-letter-answered"), text="\n\n".join(said))


@routes.letter("petition-kenesh")
async def kenesh(turn: Turn, told: Told) -> Screen | None:
    """When the kenesh considers it, or what it decided."""
    found = await _read(turn, told)
    if found is None or found[0].kenesh_on is None:
        return None
    t, petition = turn.t, found[0]
    day = t.day(found[0].kenesh_on)
    decided = bool(petition.kenesh_decision)
    says = t("petitions-letter-kenesh-decided", day=day) if decided else t("petitions-letter-kenesh", day=day)
    return _letter(turn, found, says, text=petition.kenesh_decision)


@routes.letter("petition-news")
async def news(turn: Turn, told: Told) -> Screen | None:
    """What the group writes to who signed."""
    found = await _read(turn, told)
    if found is None or (hides_text(found[0]) and not is_member(found[2])):
        return None
    step = await turn.db.get(PetitionStep, int(told["step"]))
    if step is None or step.petition_id != found[0].id:
        return None
    return _letter(turn, found, turn.t("petitions-letter-news"), text=step.words)


@routes.letter("petition-extended")
async def extended(turn: Turn, told: Told) -> Screen | None:
    """Signatures are gathered longer."""
    found = await _read(turn, told)
    if found is None or found[0].state is not State.OPEN:
        return None
    return _letter(turn, found, turn.t("petitions-letter-extended"), bar=True)


async def _ended(turn: Turn, told: Told, state: State) -> Screen | None:
    found = await _read(turn, told)
    if found is None or found[0].state is not state:
        return None
    petition, why = found[0], ""
    if state is State.TAKEN_DOWN and petition.rejection is not None:
        why = turn.t("petitions-why", why=turn.t(f"moderation-why-{petition.rejection}"))
    body = turn.t("petitions-competent", body=petition.competent) if petition.competent else ""
    text = "\n".join(part for part in (why, petition.remark, body) if part)
    return _letter(turn, found, turn.t(f"petitions-letter-now-{state}"), text=text)


@routes.letter("petition-withdrawn")
async def withdrawn(turn: Turn, told: Told) -> Screen | None:
    """The group took it back, and why."""
    return await _ended(turn, told, State.WITHDRAWN)


@routes.letter("petition-taken-down")
async def taken_down(turn: Turn, told: Told) -> Screen | None:
    """Staff took it down, and why."""
    return await _ended(turn, told, State.TAKEN_DOWN)


@routes.letter("petition-hidden")
async def hidden(turn: Turn, told: Told) -> Screen | None:
    """The text is read no more, and why; that the time for the answer goes on where it does."""
    found, t = await _read(turn, told), turn.t
    step = await last_step(turn.db, found[0].id, "hidden") if found is not None else None
    if found is None or step is None or found[0].hidden_at is None:
        return None
    why = t("petitions-why", why=t(f"moderation-why-{told['why']}"))
    after = t("petitions-hidden-goes-on") if awaits_answer(found[0]) else ""
    return _letter(turn, found, t("petitions-letter-hidden"), text=f"{why}\n{step.words}\n{after}".strip())


@routes.letter("petition-invalidated")
async def invalidated(turn: Turn, told: Told) -> Screen | None:
    """One's own signature counts no more, and why; what one can do."""
    found = await _read(turn, told)
    if found is None or found[1] is None or found[1].standing is not Standing.INVALID:
        return None
    why = (await get_invalidation(turn.db, found[4].id, int(told["invalidation"]))).reason
    text = f"{why}\n\n{turn.t('petitions-invalidated-next')}"
    return _letter(turn, found, turn.t("petitions-letter-invalidated"), text=text)


@routes.letter("petition-restored")
async def restored(turn: Turn, told: Told) -> Screen | None:
    """One's own signature counts again: what was told before is taken back."""
    found = await _read(turn, told)
    if found is None or found[1] is None or found[1].standing is not Standing.COUNTED:
        return None
    return _letter(turn, found, turn.t("petitions-letter-restored"))


# --- to the group ---


@routes.letter("petition-sent")
async def sent(turn: Turn, told: Told) -> Screen | None:
    """Another member sent it in."""
    found = await _read(turn, told)
    if found is None or not is_member(found[2]) or found[0].state not in (State.CHECKING, State.HANDED_OVER):
        return None
    until = due_on(found[0])
    text = turn.t("petitions-until", until=turn.t.day(until)) if until is not None else ""
    return _letter(turn, found, turn.t("petitions-letter-sent"), text=text)


@routes.letter("petition-list-opened")
async def list_opened(turn: Turn, told: Told) -> Screen | None:
    """To the co-ordinator: which names the municipality opened, and in which office."""
    found = await _read(turn, told)
    if found is None or found[2] is None or not is_member(found[2]) or not found[2].leads:
        return None
    t, how, office = turn.t, str(told["how"]), str(told["office"])
    text = f"{t(f'people-role-{office}')}\n{t('petitions-list-opened-why')}"
    return _letter(turn, found, t(f"petitions-opened-{how}"), text=text)


async def _in_group(turn: Turn, told: Told, what: str, *, inside: bool = True, leads: bool = False) -> Screen | None:
    found = await _read(turn, told)
    if found is None or is_member(found[2]) is not inside or (leads and not (found[2] is not None and found[2].leads)):
        return None
    return _letter(turn, found, turn.t(f"petitions-letter-member-{what}"))


@routes.letter("group-joined")
async def joined(turn: Turn, told: Told) -> Screen | None:
    """To the co-ordinator: somebody accepted."""
    return await _in_group(turn, told, "joined", leads=True)


@routes.letter("group-declined")
async def declined(turn: Turn, told: Told) -> Screen | None:
    """To the co-ordinator: somebody said no; who it was is not told."""
    return await _in_group(turn, told, "declined", leads=True)


@routes.letter("group-left")
async def left(turn: Turn, told: Told) -> Screen | None:
    """To the group: somebody resigned."""
    return await _in_group(turn, told, "left")


@routes.letter("group-removed")
async def removed(turn: Turn, told: Told) -> Screen | None:
    """To whom it happened."""
    return await _in_group(turn, told, "removed", inside=False)


@routes.letter("group-lead-taken")
async def lead_taken(turn: Turn, told: Told) -> Screen | None:
    """To who led and was not seen for two weeks: another member leads now."""
    return await _in_group(turn, told, "lead-taken")


@routes.letter("group-led")
async def led(turn: Turn, told: Told) -> Screen | None:
    """To the new co-ordinator."""
    return await _in_group(turn, told, "led", leads=True)
