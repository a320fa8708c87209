"""How does a letter read that WhatsApp takes more than a day after its reader's last message? As a template.

Meta approves each template word for word and language by language (`python -m bot templates`). So a template says in
one sentence what there is news of; its one button opens the real letter, and with the tap the day begins anew in which
anything may be sent. Nothing that somebody else wrote goes into it but the title of an announcement."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from civic.spelling import clean
from talk.screen import Screen
from talk.words import LANGUAGES, Words

# https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
BODY, FOOTER, LABEL = 1_024, 60, 25  # characters
VALUE = 60  # characters of what fills a gap: ours, so that the sentence stays one
UTILITY, MARKETING = "UTILITY", "MARKETING"
OTHER = "news"  # the template of every letter that has none of its own
WHAT, HOME = "what", "home"  # what fills the gaps: the title of the letter, the name of the municipality
# https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/supported-languages
METAS = {"ky": "ky_KG", "ru": "ru", "en": "en"}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Template:
    """What is approved under one name: its words are `template-<name>` in locales/*/templates.ftl. Meta counts what
    was not asked for as marketing, whoever says it."""

    name: str
    category: str
    gaps: tuple[str, ...] = (WHAT, HOME)


TEMPLATES: Mapping[str, Template] = {
    template.name: template
    for template in (
        Template("announcement", MARKETING),
        Template("digest", MARKETING, (HOME,)),
        Template("petition", UTILITY),
        Template("proposal", UTILITY),
        Template("issue", UTILITY),
        Template("work", UTILITY),
        Template("account", UTILITY, (HOME,)),
        Template(OTHER, MARKETING, (HOME,)),
    )
}

# which template a letter goes out as; a letter that is not here goes out as OTHER
OF_LETTER: Mapping[str, str] = {
    "announcement": "announcement",
    "announcement-edit": "announcement",
    "digest": "digest",
    "proposal-step": "proposal",
    "issue-news": "issue",
    **dict.fromkeys(("accounts-joined", "account-left", "role-taken-up"), "account"),
    **dict.fromkeys(
        (
            *("renewals-due", "stop-set", "stop-lifted", "proposal-assigned", "proposals-new", "proposals-due"),
            "text-hidden",
            *("petition-new", "petition-handed-over", "petition-due", "petition-kenesh-due", "petition-flagged"),
            *("announcement-asks", "announcement-decided", "announcement-done", "announcement-progress", "group-asks"),
            *("card-vanished", "opinion-done"),
        ),
        "work",
    ),
    **dict.fromkeys(
        (
            *("group-joined", "group-left", "group-declined", "group-removed", "group-led", "group-lead-taken"),
            *("petition-sent", "petition-decided", "petition-invalidated", "petition-restored", "petition-answered"),
            "petition-hand-over-due",
            *("petition-milestone", "petition-reached", "petition-lost", "petition-closed", "petition-with-staff"),
            *("petition-registered", "petition-overdue", "petition-kenesh", "petition-news", "petition-extended"),
            *("petition-withdrawn", "petition-taken-down", "petition-hidden", "petition-list-opened"),
        ),
        "petition",
    ),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its gaps filled, ready to be sent. `press` is what its button means."""

    name: str  # as Meta knows it
    language: str  # as Meta writes it
    values: tuple[str, ...]
    press: str

    def body(self) -> Json:
        """The object `template` of a message."""
        said = [{"type": "text", "text": value} for value in self.values]
        button = {"type": "button", "sub_type": "quick_reply", "index": "0"}
        return {
            "name": self.name,
            "language": {"code": self.language, "policy": "deterministic"},
            "components": [
                *([{"type": "body", "parameters": said}] if said else []),
                {**button, "parameters": [{"type": "payload", "payload": self.press}]},
            ],
        }


def name_at_meta(prefix: str, template: Template) -> str:
    """Under which name Meta knows it."""
    return f"{prefix}_{template.name}"


def fits_letter(key: str) -> tuple[Template, ...]:
    """The templates as which a letter may go out, the best first."""
    own = OF_LETTER.get(key, OTHER)
    return tuple(TEMPLATES[name] for name in dict.fromkeys((own, OTHER)))


def languages_for(language: str | None) -> tuple[str, ...]:
    """In which languages somebody may read a template, the best first: one that they did not choose is better than
    nothing, for the letter itself is in theirs."""
    own = language if language in METAS else LANGUAGES[0]
    return tuple(dict.fromkeys((own, *(each for each in ("ru", "ky", "en") if each in METAS))))


def values_of(template: Template, screen: Screen, home: str) -> tuple[str, ...]:
    """What fills the gaps for that letter."""
    lines = (screen.title or screen.text or screen.state or screen.lead).strip().splitlines()
    said = {WHAT: fitting(lines[0] if lines else ""), HOME: fitting(home)}
    return tuple(said[gap] for gap in template.gaps)


def fitting(words: str) -> str:
    """Words as Meta takes them in a gap: one line, no rows of spaces, not long, and never nothing."""
    line = " ".join(clean(words).split())
    if len(line) > VALUE:
        line = line[: VALUE - 1].rstrip() + "…"
    return line.rstrip(".") or "…"


# --- what Meta approves ---


def words_of(template: Template, language: str, words: Words) -> str:
    """The words that Meta approves, with their gaps as Meta writes them."""
    gap = {name: f"{{{{{place}}}}}" for place, name in enumerate(template.gaps, 1)}
    t = words.speaker(language)
    return t(f"template-{template.name}", what=gap.get(WHAT, ""), home=gap.get(HOME, ""))


def to_submit(template: Template, language: str, words: Words, prefix: str) -> Json:
    """What Meta is asked to approve, as its API takes it. Every gap has an example, or Meta refuses it."""
    t = words.speaker(language)
    examples = {WHAT: t(f"template-example-{template.name}") if WHAT in template.gaps else "", HOME: t("template-home")}
    example = [examples[gap] for gap in template.gaps]
    return {
        "name": name_at_meta(prefix, template),
        "language": METAS[language],
        "category": template.category,
        "components": [
            {"type": "BODY", "text": words_of(template, language, words), "example": {"body_text": [example]}},
            {"type": "FOOTER", "text": t("template-footer")},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": t("template-open")}]},
        ],
    }


def gaps_in(text: str) -> int:
    """How many gaps a text has, as Meta tells it."""
    return len(set(re.findall(r"\{\{\s*\w+\s*\}\}", text)))
