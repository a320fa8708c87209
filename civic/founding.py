"""What does a municipality need to be set up, what is it called in files, and how are its places typed?"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from civic.municipalities import Settings, numbers, settings_from
from civic.refusals import Reason, Refused
from civic.spelling import clean, fold, latin_key

LANGUAGES = ("ky", "ru", "en")
NAME_LIMIT = 200
MOST_LINES = 100
POPULATION_LIMIT = 10_000_000
Names = dict[str, str]  # ky, ru, en; an empty text where nobody translated


class Step(StrEnum):
    """One line of the checklist."""

    NAMES = "names"
    ABOUT = "about"
    PLACES = "places"
    CONTACTS = "contacts"
    NUMBERS = "numbers"
    CHANNELS = "channels"
    STAFF = "staff"
    ISSUES = "issues"


class Contact(StrEnum):
    """How the municipality is reached."""

    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    HOURS = "hours"

    @property
    def in_languages(self) -> bool:
        """Whether it is words, which differ by language."""
        return self in (Contact.ADDRESS, Contact.HOURS)


@dataclass(frozen=True)
class Counted:
    """How much of what is counted there is."""

    villages: int
    channels: int
    staff: int
    issues: int


def steps_done(
    names: Mapping[str, str],
    district: Mapping[str, str],
    contacts: Mapping[str, object],
    counted: Counted,
    *,
    city: bool,
) -> frozenset[Step]:
    """Which steps are done: a name in every language, a district (a city may have none), places, an address and a
    phone, a linked channel or group, somebody on the staff, a list. The numbers have defaults from the start."""
    state = {
        Step.NAMES: all(names.get(language) for language in LANGUAGES),
        Step.ABOUT: city or bool(district.get("ky")),
        Step.PLACES: counted.villages > 0,
        Step.CONTACTS: bool(contacts.get(Contact.ADDRESS)) and bool(contacts.get(Contact.PHONE)),
        Step.NUMBERS: True,
        Step.CHANNELS: counted.channels > 0,
        Step.STAFF: counted.staff > 0,
        Step.ISSUES: counted.issues > 0,
    }
    return frozenset(step for step in Step if state[step])


# --- the key ---

_KIND_WORDS = frozenset(map(fold, ("айыл", "аймагы", "айылдык", "аймак", "шаары", "шаар", "району")))


def key_for(name: str, taken: Collection[str]) -> str:
    """The stable key of a municipality, made of its name in Latin letters: «Ак-Булак айыл аймагы» is `ak-bulak`, and
    `ak-bulak-2` where that is taken. At most 40 characters."""
    return latin_key(name, taken, most=36, otherwise="home", without=_KIND_WORDS)


# --- places ---

_BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,3}[.)])\s+")
_BETWEEN = re.compile(r"[/;\t]")


def read_places(text: str) -> list[Names]:
    """The places of a typed message, one a line: `Ак-Булак / Ак-Булак / Ak-Bulak` in Kyrgyz, Russian and English, the
    last two optional; numbers and dashes before a line do not count. Refused: BAD_LINE with the line and what is
    wrong, TOO_MANY_LINES."""
    found: list[Names] = []
    known: set[str] = set()
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(Reason.TOO_MANY_LINES, most=MOST_LINES, is_now=len(lines))
    for number, line in lines:
        names = [clean(part) for part in _BETWEEN.split(_BULLET.sub("", line))]
        told = dict(zip(LANGUAGES, [*names, "", ""], strict=False))
        same = fold(told["ky"])
        if len(names) > len(LANGUAGES) or len(same) < 2 or max(map(len, names)) > NAME_LIMIT or same in known:
            raise Refused(Reason.BAD_LINE, line=number, said=clean(line)[:60])
        known.add(same)
        found.append(told)
    if not found:
        raise Refused(Reason.TOO_SHORT, least=2)
    return found


def line_of(names: Mapping[str, str]) -> str:
    """A place as it is typed."""
    return " / ".join(names.get(language, "") for language in LANGUAGES).rstrip(" /")


# --- numbers ---

GROUPS: dict[str, tuple[str, ...]] = {
    "info": ("info_refresh_months", "info_warn_months"),
    "assembly": (
        "assembly_notice_days",
        "assembly_speakers_days",
        "assemblies_per_year_min",
        "assembly_request_days",
        "assembly_group_min",
        "assembly_quorum",
        "question_answer_days",
        "assembly_report_back_months",
    ),
    "hearing": (
        "hearing_fix_date_weeks",
        "hearing_publish_weeks",
        "hearing_results_days",
        "hearing_quorum",
    ),
    "community": ("member_min_age", "norm_age", "norm_group_min", "norm_group_max"),
    "petitions": (
        "petition_days",
        "petition_group_min",
        "petition_public_after",
        "petition_confirmed_only",
        "petition_moderation_working_days",
        "petition_news_days",
        "petition_hand_over_days",
        "petition_anonymise_days",
        "hide_after_reports",
    ),
    "letters": ("quiet_from", "quiet_until", "digest_hour", "announcement_second_person"),
    "appeals": ("appeal_register_working_days", "appeal_answer_working_days"),
    "reports": ("sedp_deadline_month", "sedp_deadline_day", "halfyear_report_day", "lsg_report_per_year_min"),
    "plan": (
        "wg_min_members",
        "wg_bench_share_percent",
        "wg_min_sex_share_percent",
        "plan_revisions_per_year",
        "plan_needs_assembly",
        "approve_by_order",
    ),
}
_ORDERED = (  # of each pair the first may not be above the second
    ("info_warn_months", "info_refresh_months"),
    ("assembly_speakers_days", "assembly_notice_days"),
    ("hearing_publish_weeks", "hearing_fix_date_weeks"),
    ("norm_group_min", "norm_group_max"),
)


def is_fixed(key: str) -> bool:
    """Whether the Typical Plan itself fixes the number; Refused(NOT_FOUND) when there is none of that key."""
    found = next((each for each in numbers() if each.name == key), None)
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return bool(found.metadata["fixed"])


def range_of(key: str, settings: Settings) -> tuple[int, int]:
    """The lowest and the highest value that the number may take beside the other numbers of the municipality."""
    about = next(each for each in numbers() if each.name == key).metadata
    low, high = int(about["low"]), int(about["high"])
    for less, more in _ORDERED:
        if key == less:
            high = min(high, int(getattr(settings, more)))
        elif key == more:
            low = max(low, int(getattr(settings, less)))
    return low, high


def own_settings_with(own: Mapping[str, object], key: str, value: int | None) -> dict[str, object]:
    """The municipality's own numbers with that one changed; None: the model value again. Refused: NOT_FOUND,
    FIXED_BY_PLAN, OUT_OF_RANGE with the range."""
    if is_fixed(key):
        raise Refused(Reason.FIXED_BY_PLAN)
    model = int(getattr(Settings(), key))
    low, high = range_of(key, settings_from(own))
    wanted = model if value is None else value
    if not low <= wanted <= high:
        raise Refused(Reason.OUT_OF_RANGE, least=low, most=high)
    rest = {name: number for name, number in own.items() if name != key}
    return rest if wanted == model else {**rest, key: wanted}
