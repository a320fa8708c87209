"""«My data»: everything that is kept about somebody, as a file."""

from datetime import datetime

from civic.events import Event
from civic.people import level
from exports.texts import text_file
from handlers.subscriptions.things import name_of_thing
from handlers.ways import Me, MyData, to_me
from storage.groups import requests_by
from storage.issues import everything_followed
from storage.journal import entries_of
from storage.municipalities import find_street, find_village
from storage.people import accounts_of, every_role_of
from storage.petition_readers import groups_of_person, petitions_followed
from storage.petitions import everything_signed
from storage.proposals import Proposal, everything_proposed, everything_supported, proposals_followed
from storage.reports import everything_reported
from storage.staff import every_name_of
from storage.subscriptions import muted_things, own_choices, villages_of
from talk.routes import Routes
from talk.screen import File, Screen, rows
from talk.turn import Turn

routes = Routes()


@routes.press(MyData, reads=True, statements=17)
async def my_data_file(turn: Turn, _: MyData) -> Screen:
    """The file, in the person's language."""
    name = {"ky": "menin-maalymatym.txt", "ru": "moi-dannye.txt"}.get(turn.t.language, "my-data.txt")
    return Screen(
        text=turn.t("people-my-data-text"),
        document=File(name, await _my_data(turn)),
        buttons=rows(to_me(turn)),
        fresh=True,
        at=Me(),
    )


async def _my_data(turn: Turn) -> bytes:
    t, person, home = turn.t, turn.person, turn.municipality

    def when(moment: datetime | None) -> str:
        return t.moment(moment, turn.time_zone) if moment is not None else ""

    village = await find_village(turn.db, person.municipality_id or 0, person.village_id)
    street = await find_street(turn.db, person.village_id, person.street_id)
    roles = await every_role_of(turn.db, person.id)
    kept = {
        "number": str(person.id),
        "since": when(person.created_at),
        "language": t("kit-language-name"),
        "municipality": home.name(t.language) if home is not None else "",
        "village": village.name(t.language) if village is not None else "",
        "street": street.name(t.language) if street is not None else "",
        "notify": t(f"people-notify-{person.notify}"),
        "consent": when(person.consented_at),
        "consent-version": str(person.consent_version or ""),
        "phone-hash": person.phone_hash or "",
        "phone": (turn.vault.open(person.phone_sealed) or "") if person.phone_sealed else "",
        "phone-proven": when(person.phone_proven_at),
        "signs-as": (turn.vault.open(person.name_sealed) or "") if person.name_sealed else "",
        "signs-shown": person.shown_name,
        "level": t(f"people-level-{level(person)}"),
        "declared": when(person.resident_declared_at),
        "confirmed": when(person.confirmed_at),
        "roles": ", ".join(t(f"people-role-{role}") for role in sorted(roles)),
        "staff-name": "; ".join(await every_name_of(turn.db, person.id)),
    }
    draft = person.draft
    accounts = [f"{account.messenger}: {account.address}" for account in await accounts_of(turn.db, person.id)]
    follows = [issue.said("label", t.language) for issue in await everything_followed(turn.db, person.id)]
    journal = [
        f"{when(entry.at)}: {t(f'people-event-{Event(entry.event).key}')}"
        for entry in await entries_of(turn.db, person.id)
    ]
    return text_file(
        f"{t('people-data-title')} · {when(turn.now)}",
        ((t(f"people-data-{name}"), value) for name, value in kept.items()),
        (
            (t("people-data-accounts"), accounts),
            (t("people-data-follows"), follows),
            *await _proposed(turn),
            *await _petitioned(turn),
            *await _subscribed(turn),
            (t("people-data-draft"), [f"{key}: {value}" for key, value in (draft.answers if draft else {}).items()]),
            (t("people-data-journal"), journal),
        ),
    )


async def _proposed(turn: Turn) -> list[tuple[str, list[str]]]:
    """What somebody proposed, supports, follows and reported, in any municipality."""
    t, db, who = turn.t, turn.db, turn.person.id

    def line(proposal: Proposal, at: datetime) -> str:
        return f"{t.moment(at, turn.time_zone)}: {t('proposals-title', number=proposal.number)}"

    own = [f"{line(each, each.created_at)}\n{each.text}" for each in await everything_proposed(db, who)]
    supports = [line(each, since) for each, since in await everything_supported(db, who)]
    follows = [t("proposals-title", number=each.number) for each in await proposals_followed(db, who)]
    told = [
        f"{t.moment(each.at, turn.time_zone)}: {t(f'reports-complaint-{each.complaint}')}"
        for each in await everything_reported(db, who)
    ]
    return [
        (t("people-data-proposals"), own),
        (t("people-data-supports"), supports),
        (t("people-data-proposals-followed"), follows),
        (t("people-data-reports"), told),
    ]


async def _petitioned(turn: Turn) -> list[tuple[str, list[str]]]:
    """What somebody signed, with the receipts, in whose groups they are, and what they follow, in any municipality."""
    t, db, who = turn.t, turn.db, turn.person.id
    signed = [
        f"{t.moment(own.signed_at, turn.time_zone)}: № {petition.id} «{petition.title}» · {own.receipt} · "
        f"{t(f'petitions-standing-{own.standing}')}"
        for own, petition in await everything_signed(db, who)
    ]
    groups = [f"№ {each.id} «{each.title}»" for each in await groups_of_person(db, who)]
    follows = [f"№ {each.id} «{each.title}»" for each in await petitions_followed(db, who)]
    return [
        (t("people-data-signed"), signed),
        (t("people-data-groups"), groups),
        (t("people-data-petitions-followed"), follows),
    ]


async def _subscribed(turn: Turn) -> list[tuple[str, list[str]]]:
    """What somebody wants to hear of otherwise than of everything, of which other villages, and of what no more; which
    groups they asked to link."""
    t, db = turn.t, turn.db
    own = await own_choices(db, turn.person.id)
    chosen = [f"{t(f'subscriptions-topic-{topic}')}: {t(f'people-notify-{how}')}" for topic, how in sorted(own.items())]
    places = [
        f"{village.name(t.language)} ({whose.name(t.language)})"
        for village, whose in await villages_of(db, turn.person.id)
    ]
    muted = [
        f"{t.moment(mute.since, turn.time_zone)}: {name_of_thing(turn, mute, thing)}"
        for mute, thing in await muted_things(db, turn.person)
    ]
    asked = [
        f"{t.moment(each.asked_at, turn.time_zone)}: {each.title}" for each in await requests_by(db, turn.person.id)
    ]
    return [
        (t("people-data-topics"), chosen),
        (t("people-data-villages"), places),
        (t("people-data-muted"), muted),
        (t("people-data-groups-asked"), asked),
    ]
