"""Is what people write shown as they wrote it, and never taken for markup?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.whatsapp.draw import draw
from bot.whatsapp.text import NO_WIDTH, pieces_of, styled
from civic.spelling import clean
from talk.screen import Fact, Screen
from tests.bot.whatsapp.graph import read, size
from tests.bot.whatsapp.test_draw import plain, refused, texts
from tests.hostile import STRANGE

MARKUP = [
    *(
        "*a*",
        "_b_",
        "~c~",
        "`d`",
        "```e```",
        "*a b*",
        "**a**",
        "_*~all~*_",
        "(*a*)",
        "a *b* c",
        "* a",
        "*",
        "__",
        "_ _",
    ),
    *("- бир\n- эки", "* бир\n* эки", "1. бир\n2. эки", "10) он", "> цитата", "  - ичинде", "\n> x\n- y"),
    *("https://a.kg/_a_/*b*", "https://a.kg/~user/x_y", "2*3*4", "snake_case_word", "«_а_» — _б_, _в_."),
]
SIGNS = [*"*_~`->. \n1ab", "```", "- ", "1. ", "ө", "🇰🇬"]
words = st.lists(st.sampled_from(SIGNS)).map("".join)


def drawn(text: str) -> str:
    """The one message that shows the text."""
    calls = draw(Screen(text=text))
    assert refused(calls) == []
    return "".join(texts(calls))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_that_people_wrote_is_no_markup(text: str) -> None:
    seen, runs = read(drawn(text))
    assert runs == []
    assert plain(seen) == plain(clean(text))


@given(text=st.lists(st.sampled_from([*SIGNS, "https://a.kg/_"])).map("".join))
@settings(max_examples=500, derandomize=True, deadline=None)
def test_no_mixture_of_signs_is_markup_nor_loses_a_letter(text: str) -> None:
    for cut in (40, 4_096):
        sent = pieces_of(styled(text), cut)
        assert [run for piece in sent for run in read(piece)[1]] == []
        assert plain("".join(sent)) == plain(clean(text))
        assert all(size(piece) <= cut for piece in sent)


@given(title=words, note=words, label=words, value=words)
@settings(max_examples=500, derandomize=True, deadline=None)
def test_in_a_title_or_a_fact_they_change_nothing_about_what_is_bold(
    title: str, note: str, label: str, value: str
) -> None:
    screen = Screen(icon="📋", title=title, facts=(Fact(f"k{label}", value),), note=f"{note}z")
    [text] = texts(draw(screen)) or [""]
    runs = read(text)[1]
    expected = [("bold", f"📋 {title}")] if title else []
    expected += [("bold", f"k{label}:"), ("italic", f"📍 {note}z")]
    assert [(style, plain(run)) for style, run in runs] == [(style, plain(clean(run))) for style, run in expected]


def test_a_title_with_a_link_is_not_bold_for_the_sign_behind_it_would_join_the_link() -> None:
    assert texts(draw(Screen(title="Барак https://a.kg/x"))) == ["Барак https://a.kg/x"]


def test_a_link_stays_a_link() -> None:
    for link in ("https://a.kg/x_y?b=1&c=2", "https://wa.me/996700000777?text=%D0%90", "http://a.kg/a-b"):
        assert link in drawn(f"Караңыз: {link} жана")


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_strange_texts_are_accepted_and_whole(text: str) -> None:
    assert plain(drawn(text)).replace(NO_WIDTH, "") == plain(clean(text))
