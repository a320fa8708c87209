"""Take a municipality in from a file, and give it back as one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from actions import issues, keeping
from civic.municipalities import Kind, Place, settings_from, zone
from civic.spelling import clean
from storage.catalogue import Catalogue
from storage.changes import Change
from storage.issues import Issue, kept_issues, whole_issues
from storage.municipalities import Municipality, Street, Village, find_by_key, streets, villages

LANGUAGES = ("ky", "ru", "en")
_KNOWN = ("key", "kind", "name", "district", "population", "capital", "time_zone", "contacts", "settings", "villages")
_KNOWN_ISSUE = ("code", "responsible", "doing", "renewed_on", "renewed_days_ago")


class BadFile(ValueError):
    """The file cannot be taken in; `wrong` names every place and what was expected there. Nothing was saved."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = wrong


@dataclass
class TakenIn:
    """What a file brought: counts for the person who loaded it."""

    municipality: Municipality
    is_new: bool
    villages: int = 0
    streets: int = 0
    issues: int = 0
    notes: list[str] = field(default_factory=list)


class _Reader:
    """Reads a parsed file and gathers everything that is wrong with it."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def three(self, where: str, value: object, *, needed: bool = True, most: int = 200) -> dict[str, str]:
        if not needed and (not value or (isinstance(value, Mapping) and not any(value.values()))):
            return dict.fromkeys(LANGUAGES, "")
        said: Mapping[str, Any] = value if isinstance(value, Mapping) else {"ky": value}
        if not isinstance(said.get("ky"), str) or not clean(said["ky"]):
            self.wrong.append(f"{where}: expected words in ky (and ru, en), got {value!r}")
            return dict.fromkeys(LANGUAGES, "?")
        return {k: self.word(f"{where}/{k}", said.get(k) or said["ky"], most) for k in LANGUAGES}

    def word(self, where: str, value: object, most: int = 200) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong.append(f"{where}: expected words (a number in quotation marks), got {value!r}")
            return ""
        if len(clean(value)) > most:
            self.wrong.append(f"{where}: over {most} characters")
        return clean(value)

    def named(self, where: str, value: object) -> Mapping[str, Any]:
        if value is None or isinstance(value, Mapping):
            return value or {}
        self.wrong.append(f"{where}: expected names with what they stand for, got {value!r}")
        return {}

    def once(self, where: str, names: Iterable[str]) -> None:
        counted = Counter(names)
        self.wrong.extend(f"{where}: «{name}» stands twice" for name in counted if counted[name] > 1 and name != "?")

    def known(self, where: str, value: Mapping[str, object], names: tuple[str, ...]) -> None:
        self.wrong.extend(f"{where}: there is no field «{name}»" for name in value if name not in names)

    def listed(self, where: str, value: object) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong.append(f"{where}: expected a list, got {type(value).__name__}")
            return []
        return value

    def one_of(self, where: str, value: object, kind: type[Kind]) -> Kind:
        try:
            return kind(str(value))
        except ValueError:
            self.wrong.append(f"{where}: expected one of {', '.join(kind)}, got {value!r}")
            return next(iter(kind))


async def take_in(db: AsyncSession, data: object, catalogue: Catalogue, today: date) -> TakenIn:
    """Takes a municipality in from a parsed file, new or over the one of the same key; villages, streets and
    issues that the file does not name stay. BadFile lists everything wrong, and then nothing is changed."""
    reader = _Reader()
    if not isinstance(data, Mapping) or not isinstance(data.get("municipality"), Mapping):
        raise BadFile(["the file must begin with «municipality:» and its fields"])
    given = data["municipality"]
    reader.known("municipality", given, (*_KNOWN, "issues", "charter_issues"))
    key = given.get("key")
    if not isinstance(key, str) or len(key) > 40 or not key.replace("-", "").isalnum():
        reader.wrong.append("municipality/key: expected a short word of letters, digits and hyphens, like ak-bulak")
    elif key in LANGUAGES:
        reader.wrong.append(f"municipality/key: «{key}» is an address of the public page already; take another")
    kind = reader.one_of("municipality/kind", given.get("kind"), Kind)
    population = given.get("population")
    if not isinstance(population, int) or isinstance(population, bool) or not 1 <= population <= 10_000_000:
        reader.wrong.append(f"municipality/population: expected a number of residents, got {population!r}")
    capital = given.get("capital", False)
    if not isinstance(capital, bool):
        reader.wrong.append(f"municipality/capital: expected true (Bishkek, Osh) or false, got {capital!r}")
    time_zone = str(given.get("time_zone") or "Asia/Bishkek")
    own = reader.named("municipality/settings", given.get("settings"))
    for where, check in (("time_zone", lambda: zone(time_zone)), ("settings", lambda: settings_from(own))):
        try:
            check()
        except ValueError as wrong:
            reader.wrong.append(f"municipality/{where}: {wrong}")
    contacts = {
        what: reader.word(f"municipality/contacts/{what}", value)
        if isinstance(value, str)
        else reader.three(f"municipality/contacts/{what}", value)
        for what, value in reader.named("municipality/contacts", given.get("contacts")).items()
    }
    district = reader.three("municipality/district", given.get("district"), needed=False)
    name = reader.three("municipality/name", given.get("name"))
    listed = reader.listed("municipality/villages", given.get("villages"))
    places = [_village(reader, f"municipality/villages/{i + 1}", v) for i, v in enumerate(listed)]
    reader.once("municipality/villages", (place["ky"] for place, _ in places if place))
    wanted = _issues(reader, given, catalogue, today)
    if reader.wrong:
        raise BadFile(reader.wrong)

    home = await find_by_key(db, str(key))
    taken = TakenIn(home or Municipality(key=str(key)), is_new=home is None)
    home = taken.municipality
    home.kind, home.population, home.time_zone = kind, int(population or 0), time_zone
    home.capital = bool(capital)
    home.name_ky, home.name_ru, home.name_en = (name[k] for k in LANGUAGES)
    home.district, home.contacts, home.own_settings = district, contacts, dict(own)
    db.add(home)
    await db.flush()
    await _take_places(db, home, places, taken)
    await _take_issues(db, home, given, wanted, catalogue, taken, today)
    await db.flush()
    return taken


def _village(reader: _Reader, where: str, value: object) -> tuple[dict[str, str], list[dict[str, str]]]:
    if not isinstance(value, Mapping):
        reader.wrong.append(f"{where}: expected «name:» and «streets:»")
        return {}, []
    reader.known(where, value, ("name", "streets"))
    named = [
        reader.three(f"{where}/streets/{n + 1}", street)
        for n, street in enumerate(reader.listed(f"{where}/streets", value.get("streets")))
    ]
    reader.once(f"{where}/streets", (street["ky"] for street in named))
    return reader.three(f"{where}/name", value.get("name")), named


def _issues(reader: _Reader, given: Mapping[str, Any], catalogue: Catalogue, today: date) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for code in reader.listed("municipality/charter_issues", given.get("charter_issues")):
        listed = catalogue.issues.get(str(code))
        if listed is None or listed.statutory:
            reader.wrong.append(f"municipality/charter_issues: there is no charter issue «{code}»")
    for i, row in enumerate(reader.listed("municipality/issues", given.get("issues"))):
        where = f"municipality/issues/{i + 1}"
        code = str(row.get("code") if isinstance(row, Mapping) else row)
        if not isinstance(row, Mapping) or code not in catalogue.issues:
            reader.wrong.append(f"{where}: there is no issue «{code}»")
            continue
        if code in found:
            reader.wrong.append(f"{where}: «{code}» stands twice")
        reader.known(where, row, _KNOWN_ISSUE)
        who = reader.named(f"{where}/responsible", row.get("responsible"))
        reader.known(f"{where}/responsible", who, ("name", "post", "phone"))
        found[code] = {
            "responsible": reader.word(f"{where}/responsible/name", who.get("name")),
            "phone": reader.word(f"{where}/responsible/phone", who.get("phone"), 40),
            "post": reader.three(f"{where}/responsible/post", who.get("post"), needed=False),
            "doing": reader.three(f"{where}/doing", row.get("doing"), needed=False, most=10_000),
            "renewed_on": _renewed(reader, where, row, today),
        }
    return found


def _renewed(reader: _Reader, where: str, row: Mapping[str, Any], today: date) -> date | None:
    renewed, ago = row.get("renewed_on"), row.get("renewed_days_ago")
    if ago is not None:
        if type(ago) is int and 0 <= ago <= 10_000:
            return today - timedelta(days=ago)
        reader.wrong.append(f"{where}/renewed_days_ago: expected a number of days, got {ago!r}")
    elif renewed is not None:
        if type(renewed) is date and renewed <= today:
            return renewed
        reader.wrong.append(f"{where}/renewed_on: expected a past day like 2026-09-01, got {renewed!r}")
    return None


async def _take_places(
    db: AsyncSession,
    home: Municipality,
    places: list[tuple[dict[str, str], list[dict[str, str]]]],
    taken: TakenIn,
) -> None:
    known = {village.name_ky: village for village in await villages(db, home.id)}
    known_streets = {(street.village_id, street.name_ky): street for street in await streets(db, home.id)}
    place = Place.VILLAGE if home.kind is Kind.AIMAK else Place.MICRODISTRICT
    for position, (name, named) in enumerate(places):
        village = known.get(name["ky"]) or Village(municipality_id=home.id, name_ky=name["ky"], kind=place)
        village.name_ru, village.name_en, village.position = name["ru"], name["en"], position
        db.add(village)
        await db.flush()
        for each in named:
            street = known_streets.get((village.id, each["ky"])) or Street(
                municipality_id=home.id, village_id=village.id, name_ky=each["ky"]
            )
            street.name_ru, street.name_en = each["ru"], each["en"]
            db.add(street)
            taken.streets += 1
        taken.villages += 1


async def _take_issues(
    db: AsyncSession,
    home: Municipality,
    given: Mapping[str, Any],
    wanted: dict[str, dict[str, Any]],
    catalogue: Catalogue,
    taken: TakenIn,
    today: date,
) -> None:
    on_list = {issue.code: issue for issue in await kept_issues(db, home.id)}
    switched_on = {str(code) for code in given.get("charter_issues") or []}
    for code, listed in catalogue.issues.items():
        if code not in on_list and (listed.statutory or code in switched_on or code in wanted):
            on_list[code] = issues.enlist(db, home, listed, catalogue, today)
    known = {issue.id for issue in on_list.values() if issue.id is not None}
    at = datetime.combine(today, time(12), ZoneInfo(home.time_zone))
    for code, about in wanted.items():
        issue = on_list[code]
        before = {name: getattr(issue, name) for name in (*keeping.SAID, "renewed_on")}
        issue.responsible, issue.phone = about["responsible"], about["phone"]
        for language in LANGUAGES:
            setattr(issue, f"post_{language}", about["post"][language])
            setattr(issue, f"doing_{language}", about["doing"][language])
        if about["renewed_on"] is not None:
            issues.renew(issue, about["renewed_on"])
        after = {name: getattr(issue, name) for name in before if getattr(issue, name) != before[name]}
        if issue.id in known and after:
            was = {name: _plain(before[name]) for name in after}
            now = {name: _plain(value) for name, value in after.items()}
            keeping.note(db, issue, Change.EDITED, at, by=None, before=was, after=now)
    taken.issues = sum(issue.retired_on is None for issue in on_list.values())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


async def give_back(db: AsyncSession, home: Municipality) -> dict[str, Any]:
    """The municipality in the form in which `take_in` reads it; nothing personal is in it."""
    places = await villages(db, home.id)
    by_village: dict[int, list[dict[str, str]]] = {}
    for street in await streets(db, home.id):
        by_village.setdefault(street.village_id, []).append(_names(street))
    listed = await whole_issues(db, home.id)
    return {
        "municipality": {
            "key": home.key,
            "kind": home.kind.value,
            "name": _names(home),
            "district": home.district,
            "population": home.population,
            "capital": home.capital,
            "time_zone": home.time_zone,
            "contacts": home.contacts,
            "settings": home.own_settings,
            "villages": [{"name": _names(v), "streets": by_village.get(v.id, [])} for v in places],
            "charter_issues": [issue.code for issue in listed if issue.law_code is None],
            "issues": [_issue(issue) for issue in listed],
        }
    }


def _names(thing: Municipality | Village | Street) -> dict[str, str]:
    return {language: thing.name(language) for language in LANGUAGES}


def _issue(issue: Issue) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": issue.code,
        "responsible": {
            "name": issue.responsible,
            "post": {k: issue.said("post", k) for k in LANGUAGES},
            "phone": issue.phone,
        },
        "doing": {k: issue.said("doing", k) for k in LANGUAGES},
    }
    if issue.renewed_on is not None:
        row["renewed_on"] = issue.renewed_on
    return row
