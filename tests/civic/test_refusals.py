"""Is the list of reasons closed, and does every reason name its words?"""

import re

import pytest

from civic.refusals import Reason, Refused


def test_every_reason_is_the_key_of_its_words() -> None:
    assert [r.value for r in Reason if not re.fullmatch(r"[a-z]+(-[a-z]+)*", r)] == []
    assert [r.value for r in Reason if r.value != r.name.lower().replace("_", "-")] == []


def test_a_refusal_tells_the_log_its_reason_and_nothing_that_somebody_wrote() -> None:
    no = Refused(Reason.TOO_SHORT, least=5, said="Менин дарегим: Манас көчөсү, 1")
    assert str(no) == "too-short"
    assert no.details == {"least": 5, "said": "Менин дарегим: Манас көчөсү, 1"}


def test_a_reason_that_is_not_on_the_list_does_not_exist() -> None:
    with pytest.raises(ValueError):
        Reason("because")
