"""Which numbers does a municipality live by, and where does each come from?"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones


class Kind(StrEnum):
    """Rural municipality or city; the words of some screens differ."""

    AIMAK = "aimak"
    CITY = "city"


class Place(StrEnum):
    """What a part of a municipality is called."""

    VILLAGE = "village"
    MICRODISTRICT = "microdistrict"


def _number(default: int, source: str, low: int, high: int, *, fixed: bool = False) -> Any:
    return field(default=default, metadata={"source": source, "low": low, "high": high, "fixed": fixed})


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of requirements 5.1 with the model value as their default (the threshold of petitions is a rule,
    not a number). Those fixed by the Typical Plan
    itself (`fixed`) cannot be changed by a municipality; docs/law.md#numbers lists the sources."""

    info_refresh_months: int = _number(6, "Typical Plan 2.5", 1, 6, fixed=True)
    info_warn_months: int = _number(5, "Typical Plan 2.5", 1, 5)
    wg_min_members: int = _number(7, "Typical Plan 4.3", 7, 99, fixed=True)
    wg_bench_share_percent: int = _number(33, "Typical Plan 4.3", 33, 33, fixed=True)
    wg_min_sex_share_percent: int = _number(30, "Typical Plan 4.4", 30, 50, fixed=True)
    plan_revisions_per_year: int = _number(1, "Typical Plan 4.11", 1, 1, fixed=True)
    plan_needs_assembly: int = _number(1, "Typical Plan 4.9", 1, 1, fixed=True)
    approve_by_order: int = _number(1, "Typical Plan 4.2, 4.10", 1, 1, fixed=True)
    assembly_notice_days: int = _number(5, "Guidelines 18, 4", 1, 60)
    assembly_speakers_days: int = _number(2, "Guidelines 18, 4", 1, 30)
    assemblies_per_year_min: int = _number(2, "Charter 17.3", 1, 12)
    assembly_request_days: int = _number(14, "Charter 18.4", 1, 60)
    assembly_group_min: int = _number(11, "Charter 18.2", 3, 50)
    assembly_quorum: int = _number(40, "Charter 18.6 (example)", 1, 10_000)
    question_answer_days: int = _number(3, "Charter 17.5", 1, 30)
    assembly_report_back_months: int = _number(1, "Guidelines 18, 12", 1, 6)
    hearing_fix_date_weeks: int = _number(3, "Guidelines 20, 1", 1, 12)
    hearing_publish_weeks: int = _number(2, "Guidelines 20, 1", 1, 12)
    hearing_results_days: int = _number(10, "Guidelines 20, 2", 1, 60)
    hearing_quorum: int = _number(70, "Charter 20.7 (example)", 1, 10_000)
    member_min_age: int = _number(16, "Charter 5.1, 12.1", 14, 21)
    norm_group_min: int = _number(7, "Charter 19.5", 3, 50)
    norm_group_max: int = _number(11, "Charter 19.5", 3, 99)
    norm_age: int = _number(18, "Charter 19.5", 16, 21)
    petition_days: int = _number(90, "own rule of the municipality", 7, 365)
    petition_group_min: int = _number(5, "own rule of the municipality", 1, 50)
    petition_public_after: int = _number(10, "own rule of the municipality", 0, 1_000)
    petition_confirmed_only: int = _number(0, "own rule of the municipality", 0, 1)
    petition_moderation_working_days: int = _number(3, "own rule of the municipality", 1, 20)
    petition_news_days: int = _number(3, "own rule of the municipality", 0, 30)
    petition_hand_over_days: int = _number(30, "own rule of the municipality", 7, 365)
    petition_anonymise_days: int = _number(28, "own rule of the municipality", 1, 365)
    hide_after_reports: int = _number(3, "own rule of the municipality", 1, 100)
    quiet_from: int = _number(21, "own rule of the municipality", 0, 23)
    quiet_until: int = _number(8, "own rule of the municipality", 0, 23)
    digest_hour: int = _number(18, "own rule of the municipality", 0, 23)
    announcement_second_person: int = _number(0, "own rule of the municipality", 0, 1)
    appeal_register_working_days: int = _number(1, "Law 67 on appeals", 1, 5)
    appeal_answer_working_days: int = _number(14, "Law 67 on appeals", 1, 30)
    sedp_deadline_month: int = _number(6, "Charter 12.9", 1, 12)
    sedp_deadline_day: int = _number(1, "Charter 12.9", 1, 28)
    halfyear_report_day: int = _number(15, "Cabinet resolution 80 of 2024", 1, 28)
    lsg_report_per_year_min: int = _number(1, "Charter 9.3", 1, 12)


def numbers() -> tuple["Field[int]", ...]:
    """Every setting with its default and, in `metadata`, source, lowest, highest, and whether the Plan fixes it."""
    return fields(Settings)


def settings_from(own: Mapping[str, object]) -> Settings:
    """The defaults with the municipality's own numbers over them; ValueError names the wrong one and its range."""
    known = {f.name: f for f in numbers()}
    for key, value in own.items():
        if key not in known:
            raise ValueError(f"{key}: no such setting; known are {', '.join(known)}")
        about = known[key].metadata
        if not isinstance(value, int) or isinstance(value, bool) or not about["low"] <= value <= about["high"]:
            raise ValueError(f"{key}: expected a whole number from {about['low']} to {about['high']}, got {value!r}")
        if about["fixed"] and value != known[key].default:
            raise ValueError(f"{key}: {about['source']} fixes it at {known[key].default}")
    return Settings(**own)  # type: ignore[arg-type]  # checked one by one above


def norm_signatures(population: int, *, capital: bool = False) -> int:
    """Signatures for the people's norm-making initiative (Charter 19.6 note): 300 up to 6,000 residents, 600 up
    to 20,000, 1,000 above, 5,000 in Bishkek and Osh."""
    if capital:
        return 5_000
    if population <= 6_000:
        return 300
    return 600 if population <= 20_000 else 1_000


_time_zones = cache(available_timezones)  # which walks through some six hundred files


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; ValueError when there is none."""
    if name not in _time_zones():
        raise ValueError(f"{name!r} is no time zone; expected a name like Asia/Bishkek")
    return ZoneInfo(name)


def local(moment: datetime, time_zone: str) -> datetime:
    """The moment as clocks in the municipality show it."""
    return moment.astimezone(ZoneInfo(time_zone))
