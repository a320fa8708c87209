"""Who may ask to link a group, who says whose it is, and who decides?"""

import pytest

from civic.groups import (
    OPEN,
    REQUESTS_A_DAY,
    RequestState,
    why_cannot_ask,
    why_cannot_decide,
    why_cannot_name,
)
from civic.people import CONSENT_VERSION
from civic.refusals import Reason
from storage.people import Person


def test_somebody_asks_for_a_few_groups_a_day() -> None:
    assert why_cannot_ask(REQUESTS_A_DAY - 1) is None
    assert why_cannot_ask(REQUESTS_A_DAY) is Reason.TOO_MANY_GROUPS


def test_whose_group_it_is_is_kept_of_nobody_who_did_not_agree() -> None:
    guest, resident = Person(consent_version=None), Person(consent_version=CONSENT_VERSION)
    assert why_cannot_name(guest, RequestState.ASKED) is Reason.NEEDS_CONSENT
    assert {why_cannot_name(resident, state) for state in OPEN} == {None}


@pytest.mark.parametrize("state", sorted(set(RequestState) - OPEN))
def test_what_is_over_is_not_named_any_more(state: RequestState) -> None:
    assert why_cannot_name(Person(consent_version=CONSENT_VERSION), state) is Reason.DECIDED_ALREADY


def test_staff_decide_once_and_only_on_what_waits_for_them() -> None:
    allowed = {state for state in RequestState if why_cannot_decide(state) is None}
    assert allowed == {RequestState.WAITING}
