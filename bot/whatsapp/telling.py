"""What does `python -m bot templates` print? What to submit, and how it stands at Meta, in words."""

from collections.abc import Iterator, Sequence

from bot.whatsapp.approving import APPROVED, State
from bot.whatsapp.templates import METAS, TEMPLATES, to_submit
from talk.words import Words

_WORDS = {
    "": "not submitted yet",
    APPROVED: "approved",
    "PENDING": "waits for Meta",
    "IN_APPEAL": "waits for Meta (appeal)",
    "REJECTED": "rejected",
    "PAUSED": "paused by Meta, because people did not like it; it comes back by itself",
    "DISABLED": "disabled by Meta; submit it under another prefix",
    "PENDING_DELETION": "being deleted",
    "LIMIT_EXCEEDED": "Meta takes no more templates of this account",
}


def listing(words: Words, prefix: str) -> Iterator[str]:
    """Every template as it is to be submitted, with the example of each gap."""
    for template in TEMPLATES.values():
        for language, metas in METAS.items():
            asked = to_submit(template, language, words, prefix)
            body, footer, buttons = asked["components"]
            yield f"{asked['name']}  ·  {metas}  ·  {asked['category']}"
            yield from (f"    {line}".rstrip() for line in body["text"].splitlines())
            yield f"    {footer['text']}"
            yield f"    [{buttons['buttons'][0]['text']}]"
            examples = body["example"]["body_text"][0]
            yield "    " + "   ".join(f"{{{{{place}}}}} = {example}" for place, example in enumerate(examples, 1))
            yield ""


def report(states: Sequence[State], prefix: str) -> Iterator[str]:
    """How each stands at Meta, one line each, then what is to be done."""
    for state in states:
        said = _WORDS.get(state.status, state.status.lower())
        if state.reason:
            said += f" ({state.reason.lower()})"
        if state.status and not state.same_gaps:
            said += "; Meta has another one of that name, which cannot be used: submit under another prefix"
        elif state.status and not state.same_words:
            said += "; Meta has other words than this release"
        yield f"{prefix}_{state.template.name}  {METAS[state.language]}: {said}"
    missing = sum(not state.status for state in states)
    usable = sum(state.usable for state in states)
    yield f"{usable} of {len(states)} may be sent."
    if missing:
        yield f"{missing} are not at Meta yet: python -m bot templates --submit"
