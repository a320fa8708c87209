"""Which words are missing, unused, over-long or badly written? `python -m tests.words` lists them."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from fluent.syntax import ast as ftl
from fluent.syntax import parse

from actions import issue_sheet, keeping, place_sheet, proposal_sheet
from bot.admins import Trouble
from bot.telegram.deliver import ALERT_LIMIT
from bot.telegram.menu import COMMANDS
from bot.whatsapp.templates import TEMPLATES, WHAT
from civic.announcements import Crowd
from civic.announcements import State as AnnouncementState
from civic.events import Event
from civic.founding import GROUPS, Contact, Step
from civic.groups import RequestState
from civic.jobs import Fault as JobFault
from civic.jobs import Standing as JobStanding
from civic.moderation import Rejection
from civic.municipalities import Kind, Place, numbers
from civic.people import Basis, Level, Notify, Right, Role
from civic.petition_lines import LineFlaw
from civic.petitions import PetitionKind, Standing
from civic.petitions import State as PetitionState
from civic.post import Failure, LetterKind, WhyLater
from civic.proposals import CameBy, ForWhom
from civic.proposals import State as ProposalState
from civic.publications import Channel
from civic.refusals import Reason
from civic.reports import Complaint
from civic.sheets import Flaw
from civic.stops import Stoppable
from civic.subscriptions import OBJECTS, Topic
from civic.thresholds import Consequence
from civic.workdays import Feast, fixed_days
from handlers.announcements import desk, progress
from handlers.announcements.presses import Part
from handlers.municipalities.numbers import SOURCES
from handlers.municipalities.setup import CAPITAL
from handlers.municipalities.thresholds import SHARE
from handlers.participation import Engagement
from handlers.people.staff import LOGGED
from handlers.petitions import browse as petitions_browse
from handlers.petitions import guard as petition_guard
from handlers.petitions import prints
from handlers.petitions import waiting as petition_waiting
from handlers.petitions import way as petitions_way
from handlers.petitions.edit import WORDED
from handlers.petitions.group import LADDER
from handlers.post.office import SHOWN
from handlers.post.timetable import UNITS
from handlers.proposals.decide import OFFERED
from handlers.proposals.register_sheet import NOTED
from handlers.refusals import _FIRST_DO
from handlers.subscriptions.why import WHY
from scheduler.timetable import TIMETABLE
from storage.changes import Change
from storage.people import Messenger
from storage.proposal_queue import QUEUES
from storage.proposals import Beside, Order, Stage
from talk.words import LANGUAGES
from tests.keys import Code, Use, named_in, read_code

# what a version of an issue can hold, and what of it is asked for
_FIELDS = (*keeping.WORDS, *keeping.SAID, "group", "law", "place", "renewed_on", "retired_on")
_ASKED = [name for name in _FIELDS if name[-3:] in ("_ky", "_ru", "_en") or name in ("responsible", "phone")]

ROOT = Path(__file__).parents[1]
LABEL_LIMIT = 20  # a WhatsApp reply button
LIMITS = {"menu-short-description": 120, "menu-description": 512}  # core.telegram.org/bots/api
COMMAND_LIMIT = 256


class Fault(StrEnum):
    """What can be wrong with the words."""

    SYNTAX = "cannot be read"
    TWICE = "stands twice"
    UNCLEAR = "a key that cannot be told from the code"
    MISSING = "missing"
    UNUSED = "unused"
    VARIABLES = "variables differ"
    LONG = "too long"
    GLUED = "a variable glued to a word"
    SPELLING = "badly written"


@dataclass(frozen=True, order=True)
class Found:
    """A fault, where it is, and what exactly."""

    fault: Fault
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.fault}: {self.where}: {self.what}"


@dataclass(frozen=True)
class Message:
    """What a language says under a key."""

    key: str
    where: str
    variables: frozenset[str]
    longest: int
    short: int | None
    pieces: tuple[str, ...]
    glued: tuple[str, ...]

    @property
    def on_a_button(self) -> int:
        """The length of its short form, where it has one."""
        return self.longest if self.short is None else self.short


def dynamic_keys() -> dict[str, Iterable[str]]:
    """What fills the `*` of every key that the code puts together."""
    parts = ("label", "title", "text", "who", "how")
    return {
        **{f"group-ask-{part}-*": PetitionKind for part in ("title", "demand", "reasons")},
        "announcements-about-*": progress.FAULTS,
        "announcements-crowd-*": Crowd,
        "announcements-figure-*": progress.SHOWN,
        "announcements-part-*": Part,
        "announcements-role-*": Role,
        "announcements-state-*": AnnouncementState,
        **{f"announcements-{part}-*": ("ky", "ru") for part in ("ask-title", "ask-text", "named-title", "named-text")},
        "announcements-what-*": desk.FILTERS,
        "group-ask-*": ["draft", "file"],
        "group-column-*": prints.ALL,
        "group-everywhere-*": Kind,
        "group-fact-*": ["theme", "place", "people", "where", "file", "no-file", "draft"],
        "group-kind-*": PetitionKind,
        "group-ladder-*": [str(count) for count in LADDER],
        "group-named-*": WORDED,
        "group-ask-appeal-*": ("rejected", "taken-down"),
        "group-send-text-*": PetitionKind,
        **{f"group-sheet-{part}-*": ("norm", "petition") for part in ("heading", "said", "rule")},
        "groups-state-*": RequestState,
        "groups-means-*": [state for state in RequestState if state is not RequestState.ASKED],
        "groups-whole-*": Kind,
        "issues-change-*": Change,
        "issues-field-*": [name.replace("_", "-") for name in _FIELDS],
        "join-in-*": Messenger,
        "keep-ask-*": [name.replace("_", "-") for name in _ASKED],
        "menu-command-*": COMMANDS,
        "people-ask-village-*": Kind,
        "people-data-*": named_in(ROOT / "handlers/people/data.py", "kept"),
        "people-event-*": [event.key for event in Event],
        "people-fact-*": Place,
        "people-level-*": Level,
        "template-*": TEMPLATES,
        "trouble-whatsapp-*": Trouble,
        "template-example-*": [name for name, template in TEMPLATES.items() if WHAT in template.gaps],
        "confirm-level-*": Level,
        "confirm-basis-*": Basis,
        "people-notify-*": Notify,
        "people-role-*": Role,
        **{f"participation-*-{part}": Engagement for part in parts},
        "staff-role-*": Role,
        "staff-may-*": Role,
        "staff-now-*": Role,
        "staff-log-*": [event.key for event in LOGGED],
        **{f"publications-{part}-*": Channel for part in ("channel", "note", "ask-where")},
        **{f"publications-*-{part}": (Channel.BOARD, Channel.EVENT) for part in ("text", "next")},
        "setup-step-*": [step for step in Step if step is not Step.PLACES],
        "setup-step-places-*": Kind,
        "setup-example-*": ["name", "district", "address", "hours"],
        "setup-lang-*": LANGUAGES,
        "setup-column-*": [key.replace("_", "-") for key in place_sheet.KEYS],
        "setup-missing-*": [step for step in Step if step is not Step.NUMBERS],
        **{f"setup-{key}-*": Kind for key in ("missing-places", "count-places", "places", "ask-places")},
        "setup-kind-*": [*Kind, CAPITAL],
        "setup-ask-*": ["name", "district", *Contact],
        "setup-named-*": ["name", "district", *Contact],
        "setup-in-*": LANGUAGES,
        "setup-group-*": GROUPS,
        "setup-source-*": SOURCES.values(),
        **{f"setup-{key}-*": [each.name for each in numbers()] for key in ("number", "about")},
        "proposals-came-*": [each for each in CameBy if each is not CameBy.BOT],
        "proposals-everywhere-*": Kind,
        "proposals-for-*": ForWhom,
        "proposals-letter-*": ["author", "supporter", "follower", "merged"],
        "proposals-order-*": [order.name.lower() for order in Order],
        "proposals-stage-*": Stage,
        "proposals-state-*": ProposalState,
        "proposals-step-*": Beside,
        "proposals-which-*": ["issue", "village", "stage"],
        "reports-complaint-*": Complaint,
        "moderation-why-*": Rejection,
        "moderation-about-*": Rejection,
        "petitions-outcome-*": [f"{outcome}-{kind}" for outcome in ("accepted", "refused") for kind in PetitionKind],
        "petitions-fact-*": Consequence,
        "petitions-hears-*": ["member", "signer", "follower", "was-in"],
        "petitions-letter-closed-*": ["complete", "ended", "not-handed-over"],
        "petitions-letter-decided-*": ["open", "open-again", "returned", "rejected", "taken-down"],
        "petitions-letter-member-*": ["joined", "declined", "left", "removed", "led", "lead-taken"],
        "petitions-letter-now-*": ["handed-over", "registered", "withdrawn", "taken-down"],
        "petitions-letter-reached-*": Consequence,
        "petitions-list-*": petitions_browse.SHOWN,
        "petitions-none-*": [*petitions_browse.SHOWN, "such"],
        "petitions-opened-*": petitions_way.HOW,
        "petitions-order-*": ["new", "signed"],
        "petitions-show-*": petitions_browse.SHOWN,
        "petitions-standing-*": Standing,
        "petitions-state-*": [*PetitionState, "not-handed-over"],
        "petitions-step-*": petitions_way.BESIDE,
        "petitions-desk-by-*": petition_guard.BY,
        "petitions-desk-flag-*": ["burst", "sustained"],
        "petitions-desk-flaw-*": LineFlaw,
        "petitions-desk-invalid-*": ["running", "finished", "cancelled", "undone"],
        "petitions-desk-letter-due-*": ["soon", "today", "over"],
        "petitions-desk-list-*": ["number", "kind", "name", "village", "street", "day"],
        "petitions-desk-queue-*": petition_waiting.RIGHTS,
        "petitions-desk-right-*": [Right.MODERATE, Right.ANSWER, Right.INVALIDATE, Right.SEE_TASKS],
        "petitions-desk-step-*": Consequence,
        "petitions-desk-twin-*": ["signature", "line"],
        "desk-to-*": OFFERED,
        "desk-column-*": [key.replace("_", "-") for key in proposal_sheet.KEYS],
        "desk-column-note-*": [key.replace("_", "-") for key in NOTED],
        "desk-flaw-*": [Flaw.UNKNOWN_CODE, Flaw.CANNOT_CHANGE, Flaw.CODE_TWICE],
        "desk-letter-due-*": ["soon", "today", "over"],
        "desk-queue-*": QUEUES,
        "desk-caller-*": CameBy,
        "desk-came-*": [each for each in CameBy if each is not CameBy.BOT],
        "desk-ask-template-*": ["title", "ky", "ru"],
        "desk-template-*": ["title", "ky", "ru"],
        "job-*": [job.key for job in TIMETABLE],
        "job-about-*": [job.key for job in TIMETABLE],
        "post-every-*": UNITS,
        "post-failed-*": Failure,
        "post-fault-*": JobFault,
        "post-job-is-*": JobStanding,
        "post-letter-*": [*Topic, *LetterKind],
        "post-stopped-*": Messenger,
        "post-waits-*": SHOWN,
        "post-later-*": WhyLater,
        "proof-receipt-is-*": Standing,
        "refusal-*": Reason,
        "refusal-way-*": _FIRST_DO,
        "sheets-column-*": [key.replace("_", "-") for key in issue_sheet.KEYS],
        "sheets-note-*": [key.replace("_", "-") for key in issue_sheet.NOTED],
        "sheets-is-*": issue_sheet.CHOICES,
        "sheets-flaw-*": Flaw,
        "site-lead-*": Kind,
        "workdays-feast-*": Feast,
        "workdays-fixed-*": [f"{day:%m-%d}" for day in fixed_days(2026)],
        "thresholds-for-*": Consequence,
        "thresholds-ask-*": Consequence,
        "thresholds-how-*": SHARE,
        "thresholds-places-*": Kind,
        "subscriptions-about-*": Topic,
        "subscriptions-digest-*": ["daily", "weekly"],
        "subscriptions-elsewhere-*": OBJECTS,
        "subscriptions-topic-*": Topic,
        **{f"subscriptions-villages-{part}*": Kind for part in ("", "text-")},
        "subscriptions-why-*": WHY,
        "stops-what-*": Stoppable,
        "stops-means-*": Stoppable,
    }


# --- the words ---

Words = dict[str, dict[str, Message]]  # language, key


def read_words(folder: Path) -> tuple[Words, list[Found]]:
    """The messages of every language, and what cannot be read."""
    words: Words = {language: {} for language in LANGUAGES}
    found = []
    for language in LANGUAGES:
        for file in sorted((folder / language).glob("*.ftl")):
            text = file.read_text(encoding="utf-8")
            where = f"{language}/{file.name}"
            hidden = sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) == "Cf" and c != "\u200d"})
            found += [Found(Fault.SPELLING, where, f"an invisible character {code}") for code in hidden]
            for entry in parse(text).body:
                if isinstance(entry, ftl.Junk):
                    found.append(Found(Fault.SYNTAX, where, str(entry.content).strip()[:60]))
                elif isinstance(entry, ftl.Message) and entry.id.name in words[language]:
                    found.append(Found(Fault.TWICE, where, entry.id.name))
                elif isinstance(entry, ftl.Message):
                    words[language][entry.id.name] = _message(entry, where)
    return words, found


def _message(entry: Any, where: str) -> Message:
    variables: set[str] = set()
    pieces: list[str] = []
    glued: list[str] = []
    longest = _measure(entry.value, variables, pieces, glued)
    short = None
    for attribute in entry.attributes:
        length = _measure(attribute.value, variables, pieces, glued)
        short = length if attribute.id.name == "short" else short
    return Message(
        entry.id.name, f"{where}: {entry.id.name}", frozenset(variables), longest, short, tuple(pieces), tuple(glued)
    )


def _measure(pattern: Any, variables: set[str], pieces: list[str], glued: list[str]) -> int:
    """The length of the longest form, variables not counted; gathers variables, texts, and glued variables."""
    if pattern is None:
        return 0
    length = 0
    elements = pattern.elements
    for i, element in enumerate(elements):
        if isinstance(element, ftl.TextElement):
            pieces.append(element.value)
            length += len(element.value)
            continue
        before, after = _text_at(elements, i - 1), _text_at(elements, i + 1)
        if before[-1:].isalnum() or after[:1].isalnum() or after[:1] == "-":
            glued.append(f"{before[-12:]}{{ }}{after[:12]}".strip())
        expression = element.expression
        if isinstance(expression, ftl.SelectExpression):
            if isinstance(expression.selector, ftl.VariableReference):
                variables.add(expression.selector.id.name)
            length += max(_measure(way.value, variables, pieces, glued) for way in expression.variants)
        elif isinstance(expression, ftl.VariableReference):
            variables.add(expression.id.name)
    return length


def _text_at(elements: Any, i: int) -> str:
    """The text at that place of a pattern; nothing where a variable stands or the pattern ends."""
    here = elements[i] if 0 <= i < len(elements) else None
    return str(here.value) if isinstance(here, ftl.TextElement) else ""


_WORD = re.compile(r"[^\W\d_]+")


def badly_written(text: str) -> Iterator[str]:
    """What no message may hold: straight quotes, three dots, double spaces, words of two alphabets."""
    if '"' in text or "'" in text:
        yield "a straight quote"
    if "..." in text:
        yield "three dots instead of …"
    if "  " in text:
        yield "two spaces"
    for word in _WORD.findall(text):
        alphabets = {unicodedata.name(char, "").split()[0] for char in word}
        if {"LATIN", "CYRILLIC"} <= alphabets:
            yield f"two alphabets in «{word}»"


# --- what is wrong ---


def faults(root: Path = ROOT, dynamic: Mapping[str, Iterable[str]] | None = None) -> list[Found]:
    """Everything that is wrong with the words of the project in that folder."""
    table = dynamic_keys() if dynamic is None else dynamic
    code = read_code(root)
    words, found = read_words(root / "locales")
    uses = list(_expanded(code, table, found))
    used = {use.key for use in uses}
    found += [Found(Fault.UNCLEAR, where, what) for where, what in code.unclear]
    for language, said in words.items():
        found += [Found(Fault.MISSING, language, f"{use.key} ({use.where})") for use in uses if use.key not in said]
        found += [Found(Fault.UNUSED, message.where, key) for key, message in said.items() if key not in used]
        for message in said.values():
            found += [Found(Fault.GLUED, message.where, beside) for beside in message.glued]
            found += [
                Found(Fault.SPELLING, message.where, what) for text in message.pieces for what in badly_written(text)
            ]
        found += _too_long(uses, said)
        found += _not_given(uses, said, code)
    for key in set().union(*words.values()):
        kinds = {language: said[key].variables for language, said in words.items() if key in said}
        if len(set(kinds.values())) > 1:
            shown = "; ".join(f"{language} {', '.join(sorted(names)) or 'none'}" for language, names in kinds.items())
            found.append(Found(Fault.VARIABLES, key, shown))
    return sorted(set(found))


def _expanded(code: Code, table: Mapping[str, Iterable[str]], found: list[Found]) -> Iterator[Use]:
    """Every use with its whole key; a key that the table does not explain, or explains in vain, is a fault."""
    seen = set()
    for use in code.uses:
        if "*" not in use.key:
            yield use
        elif use.key not in table:
            found.append(Found(Fault.UNCLEAR, use.where, f"{use.key}: say in tests/words.py what fills it"))
        else:
            seen.add(use.key)
            alert = use.alert or use.key == "refusal-*"
            for part in table[use.key]:
                yield Use(use.key.replace("*", part), use.where, use.given, use.label, alert)
    found += [Found(Fault.UNUSED, "tests/words.py", pattern) for pattern in table.keys() - seen]


def _too_long(uses: list[Use], said: Mapping[str, Message]) -> Iterator[Found]:
    for use in uses:
        message = said.get(use.key)
        if message is None:
            continue
        limit = LIMITS.get(use.key, COMMAND_LIMIT if use.key.startswith("menu-command-") else None)
        if use.label and message.on_a_button > LABEL_LIMIT:
            yield Found(Fault.LONG, message.where, f"{message.on_a_button} of {LABEL_LIMIT} on a button ({use.where})")
        if use.alert and message.longest > ALERT_LIMIT:
            yield Found(Fault.LONG, message.where, f"{message.longest} of {ALERT_LIMIT} in a line that pops up")
        if limit is not None and message.longest > limit:
            yield Found(Fault.LONG, message.where, f"{message.longest} of {limit}")


def _not_given(uses: list[Use], said: Mapping[str, Message], code: Code) -> Iterator[Found]:
    """Variables of a message that the code which says it does not give."""
    for use in uses:
        message = said.get(use.key)
        if message is None:
            continue
        given = use.given
        if given is None and use.key.startswith("refusal-"):
            raised = code.refused.get(use.key.removeprefix("refusal-"))
            given = frozenset.intersection(*raised) if raised else frozenset(code.may_be_given)
        if given is not None and not message.variables <= given:
            wanting = ", ".join(sorted(message.variables - given))
            yield Found(Fault.VARIABLES, message.where, f"{wanting} not given ({use.where})")


def main() -> int:
    """Lists every fault; 1 when there is any."""
    found = faults()
    sys.stdout.write("".join(f"{each}\n" for each in found))
    sys.stdout.write(f"{len(found)} faults\n" if found else "The words are in order.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
