"""Which numbers does a municipality live by, which may it change, and within which bounds?"""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from civic.municipalities import Settings, local, norm_signatures, numbers, settings_from, zone

# The numbers of the requirements (5.1): the model value, and between which numbers a municipality may choose.
NUMBERS = {
    "info_refresh_months": (6, 1, 6),
    "info_warn_months": (5, 1, 5),
    "wg_min_members": (7, 7, 99),
    "wg_bench_share_percent": (33, 33, 33),
    "wg_min_sex_share_percent": (30, 30, 50),
    "plan_revisions_per_year": (1, 1, 1),
    "plan_needs_assembly": (1, 1, 1),
    "approve_by_order": (1, 1, 1),
    "assembly_notice_days": (5, 1, 60),
    "assembly_speakers_days": (2, 1, 30),
    "assemblies_per_year_min": (2, 1, 12),
    "assembly_request_days": (14, 1, 60),
    "assembly_group_min": (11, 3, 50),
    "assembly_quorum": (40, 1, 10_000),
    "question_answer_days": (3, 1, 30),
    "assembly_report_back_months": (1, 1, 6),
    "hearing_fix_date_weeks": (3, 1, 12),
    "hearing_publish_weeks": (2, 1, 12),
    "hearing_results_days": (10, 1, 60),
    "hearing_quorum": (70, 1, 10_000),
    "member_min_age": (16, 14, 21),
    "norm_group_min": (7, 3, 50),
    "norm_group_max": (11, 3, 99),
    "norm_age": (18, 16, 21),
    "petition_days": (90, 7, 365),
    "petition_group_min": (5, 1, 50),
    "petition_public_after": (10, 0, 1_000),
    "petition_confirmed_only": (0, 0, 1),
    "petition_moderation_working_days": (3, 1, 20),
    "petition_news_days": (3, 0, 30),
    "petition_hand_over_days": (30, 7, 365),
    "petition_anonymise_days": (28, 1, 365),
    "hide_after_reports": (3, 1, 100),
    "quiet_from": (21, 0, 23),
    "quiet_until": (8, 0, 23),
    "digest_hour": (18, 0, 23),
    "announcement_second_person": (0, 0, 1),
    "appeal_register_working_days": (1, 1, 5),
    "appeal_answer_working_days": (14, 1, 30),
    "sedp_deadline_month": (6, 1, 12),
    "sedp_deadline_day": (1, 1, 28),
    "halfyear_report_day": (15, 1, 28),
    "lsg_report_per_year_min": (1, 1, 12),
}
MODEL = {name: model for name, (model, _, _) in NUMBERS.items()}
# set by the Typical Plan itself
FIXED = {
    "info_refresh_months",
    "wg_min_members",
    "wg_bench_share_percent",
    "wg_min_sex_share_percent",
    "plan_revisions_per_year",
    "plan_needs_assembly",
    "approve_by_order",
}
OWN = sorted(MODEL.keys() - FIXED)
ABOUT = {number.name: number.metadata for number in numbers()}


def test_every_number_has_the_model_value_as_its_default() -> None:
    assert {number.name: getattr(Settings(), number.name) for number in numbers()} == MODEL


def test_the_typical_plan_fixes_seven_numbers_and_no_others() -> None:
    assert {name for name, about in ABOUT.items() if about["fixed"]} == FIXED


def test_every_number_names_its_source_and_lies_within_its_own_bounds() -> None:
    assert {name: (MODEL[name], about["low"], about["high"]) for name, about in ABOUT.items()} == NUMBERS
    for name, about in ABOUT.items():
        assert about["source"], name
        assert about["low"] <= MODEL[name] <= about["high"], name


def test_without_numbers_of_its_own_a_municipality_lives_by_the_model() -> None:
    assert settings_from({}) == Settings()


def test_its_own_numbers_stand_over_the_model_and_leave_the_others_alone() -> None:
    own = settings_from({"petition_days": 60, "assembly_quorum": 25})
    assert (own.petition_days, own.assembly_quorum, own.hearing_quorum) == (60, 25, 70)


@pytest.mark.parametrize("name", OWN)
def test_a_municipality_may_go_to_both_bounds_and_not_one_further(name: str) -> None:
    low, high = ABOUT[name]["low"], ABOUT[name]["high"]
    assert getattr(settings_from({name: low}), name) == low
    assert getattr(settings_from({name: high}), name) == high
    for outside in (low - 1, high + 1):
        with pytest.raises(ValueError) as no:
            settings_from({name: outside})
        assert str(no.value) == f"{name}: expected a whole number from {low} to {high}, got {outside}"


@pytest.mark.parametrize("name", sorted(FIXED))
def test_a_number_fixed_by_the_plan_may_be_repeated_but_not_changed(name: str) -> None:
    assert settings_from({name: MODEL[name]}) == Settings()
    other = next((n for n in (ABOUT[name]["low"], ABOUT[name]["high"]) if n != MODEL[name]), MODEL[name] + 1)
    with pytest.raises(ValueError, match=f"^{name}: "):
        settings_from({name: other})


def test_the_refusal_of_a_fixed_number_names_the_clause_that_fixes_it() -> None:
    with pytest.raises(ValueError) as no:
        settings_from({"wg_min_members": 9})
    assert str(no.value) == "wg_min_members: Typical Plan 4.3 fixes it at 7"


@pytest.mark.parametrize("value", ["60", 60.0, None, True, [60]])
def test_a_number_must_be_a_whole_number(value: object) -> None:
    with pytest.raises(ValueError, match=r"^petition_days: expected a whole number from 7 to 365, got "):
        settings_from({"petition_days": value})


def test_an_unknown_number_is_refused_with_the_names_that_are_known() -> None:
    with pytest.raises(ValueError) as no:
        settings_from({"petition_day": 60})
    assert str(no.value) == f"petition_day: no such setting; known are {', '.join(MODEL)}"


def test_settings_cannot_be_changed_in_passing() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().petition_days = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("population", "signatures"),
    [(1, 300), (6_000, 300), (6_001, 600), (20_000, 600), (20_001, 1_000), (900_000, 1_000)],
)
def test_the_ladder_of_signatures_for_a_norm_making_initiative(population: int, signatures: int) -> None:
    assert norm_signatures(population) == signatures


def test_bishkek_and_osh_need_five_thousand_signatures_whatever_their_population() -> None:
    assert norm_signatures(6_000, capital=True) == 5_000
    assert norm_signatures(1_100_000, capital=True) == 5_000


def test_a_time_zone_is_known_by_its_name() -> None:
    assert zone("Asia/Bishkek").key == "Asia/Bishkek"


@pytest.mark.parametrize("name", ["Asia/Bishkekk", "", "Бишкек", "../../etc/passwd", "+06:00", "asia/bishkek"])
def test_a_name_that_is_no_time_zone_is_refused_and_named(name: str) -> None:
    with pytest.raises(ValueError) as no:
        zone(name)
    assert str(no.value) == f"{name!r} is no time zone; expected a name like Asia/Bishkek"


def test_a_moment_is_shown_as_the_clocks_in_the_municipality_show_it() -> None:
    assert local(datetime(2026, 5, 4, 18, 30, tzinfo=UTC), "Asia/Bishkek").strftime("%d.%m %H:%M") == "05.05 00:30"
