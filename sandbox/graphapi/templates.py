"""Which templates are approved, and does a request fill their gaps rightly?"""

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.chats import Json
from sandbox.graphapi.refusals import (
    TEMPLATE_COUNT,
    TEMPLATE_FORMAT,
    TEMPLATE_PAUSED,
    TEMPLATE_UNKNOWN,
    TEMPLATE_WORDS,
    Refused,
    invalid,
    missing,
    not_valid,
)

GAP = re.compile(r"\{\{\s*(\w+)\s*\}\}")
UNTIDY = re.compile(r"[\n\t]| {5,}")  # a parameter may not break lines nor hold more than four spaces in a row
LONGEST_BODY = 1024
CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


@dataclass(slots=True)
class Template:
    """A template in one language; gaps are `{{1}}` or `{{name}}`."""

    name: str
    language: str
    body: str
    header: str = ""
    header_kind: str = ""  # image, document or video when the header is a medium
    footer: str = ""
    buttons: list[str] = field(default_factory=list)  # quick replies
    url: str = ""  # the address of one link button, perhaps ending in {{1}}
    url_label: str = ""
    category: str = "UTILITY"
    status: str = "APPROVED"
    id: str = field(default_factory=lambda: str(secrets.randbelow(9 * 10**15) + 10**15))

    def json(self) -> Json:
        """The template as the management API lists it."""
        components: list[Json] = []
        if self.header_kind:
            components.append({"type": "HEADER", "format": self.header_kind.upper()})
        elif self.header:
            components.append({"type": "HEADER", "format": "TEXT", "text": self.header})
        components.append({"type": "BODY", "text": self.body})
        if self.footer:
            components.append({"type": "FOOTER", "text": self.footer})
        buttons: list[Json] = [{"type": "QUICK_REPLY", "text": label} for label in self.buttons]
        if self.url:
            buttons.append({"type": "URL", "text": self.url_label, "url": self.url})
        if buttons:
            components.append({"type": "BUTTONS", "buttons": buttons})
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "status": self.status,
            "category": self.category,
            "parameter_format": "POSITIONAL" if all(gap.isdigit() for gap in GAP.findall(self.body)) else "NAMED",
            "components": components,
        }


def check_gaps(body: str, example: Any) -> None:
    """What Meta refuses at once: a gap at the beginning or the end, two side by side, too few words around them, or one
    without an example; raises 100."""
    gaps = list(dict.fromkeys(GAP.findall(body)))
    if not gaps:
        return
    bare = body.strip()
    if GAP.match(bare) or (bare.endswith("}}") and GAP.search(bare[bare.rfind("{{") :])):
        raise invalid("Variables can't be at the start or end of the template.")
    if re.search(r"\}\}\s*\{\{", body):
        raise invalid("Variables can't be next to each other.")
    if len(GAP.sub("", body).split()) < 2 * len(gaps) + 1:
        raise invalid("This template has too many variables for its length.")
    given = example.get("body_text") if isinstance(example, dict) else None
    if not isinstance(given, list) or not given or len(given[0]) != len(gaps) or not all(given[0]):
        raise invalid("Message template components are missing expected field(s): example for each variable.")


@dataclass(slots=True)
class Filled:
    """What a person reads of a template."""

    text: str
    header: Json | None
    quick: list[Json]
    link: Json | None


def fill(known: dict[tuple[str, str], Template], content: Json) -> Filled:
    """The template a request names with its gaps filled; raises 131008 and 132xxx as the API does."""
    template = _find(known, content)
    parts: dict[str, Json] = {}
    buttons: dict[int, Json] = {}
    for component in content.get("components") or []:
        kind = str(component.get("type", "")).lower()
        if kind == "button":
            buttons[int(component.get("index", 0))] = component
        elif kind in ("header", "body"):
            parts[kind] = component
        else:
            raise not_valid(f"Component type {kind!r} is not one of header, body, button.")
    body = _fill(template.body, parts.get("body"), "body")
    if len(body) > LONGEST_BODY:
        raise Refused(132005, "Translated text too long")
    header: Json | None = None
    title = ""
    if template.header_kind:
        header = _medium(template, parts.get("header"))
    elif template.header:
        title = _fill(template.header, parts.get("header"), "header")
    text = "\n\n".join(filter(None, (f"*{title}*" if title else "", body, template.footer)))
    quick = [
        {"id": _payload(buttons.get(place), label), "title": label} for place, label in enumerate(template.buttons)
    ]
    link: Json | None = None
    if template.url:
        place = len(template.buttons)
        link = {"title": template.url_label, "url": _fill(template.url, buttons.get(place), "buttons")}
    return Filled(text, header, quick, link)


def _find(known: dict[tuple[str, str], Template], content: Json) -> Template:
    name = content.get("name")
    language = (content.get("language") or {}).get("code")
    if not name:
        raise missing("template['name']")
    if not language:
        raise missing("template['language']['code']")
    template = known.get((name, language))
    if template is None:
        raise Refused(TEMPLATE_UNKNOWN, f"template name ({name}) does not exist in {language}")
    if template.status == "PAUSED":
        raise Refused(TEMPLATE_PAUSED, "Template is paused due to low quality so it cannot be sent.")
    if template.status != "APPROVED":
        raise Refused(TEMPLATE_UNKNOWN, f"template name ({name}) is not approved in {language}")
    return template


def _fill(pattern: str, component: Json | None, where: str) -> str:
    gaps = list(dict.fromkeys(GAP.findall(pattern)))
    given: list[Json] = list((component or {}).get("parameters") or [])
    if len(given) != len(gaps):
        raise Refused(
            TEMPLATE_COUNT,
            f"{where}: number of localizable_params ({len(given)}) does not match the expected number of params "
            f"({len(gaps)})",
        )
    words: dict[str, str] = {}
    for place, parameter in enumerate(given):
        text: Any = parameter.get("text")
        if parameter.get("type") != "text" or not isinstance(text, str):
            raise Refused(TEMPLATE_FORMAT, f"{where}: Parameter of type text is missing text value")
        if not text:
            raise missing(f"{where} parameter text")
        if UNTIDY.search(text):
            raise Refused(
                TEMPLATE_WORDS, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
            )
        key = parameter.get("parameter_name") or gaps[place]
        if key not in gaps:
            raise Refused(TEMPLATE_FORMAT, f"{where}: there is no parameter named {key}")
        words[key] = text
    return GAP.sub(lambda match: words[match.group(1)], pattern)


def _medium(template: Template, component: Json | None) -> Json:
    given: list[Json] = list((component or {}).get("parameters") or [])
    if len(given) != 1:
        raise Refused(
            TEMPLATE_COUNT,
            f"header: number of localizable_params ({len(given)}) does not match the expected number of params (1)",
        )
    kind = given[0].get("type")
    if kind != template.header_kind or not isinstance(given[0].get(kind), dict):
        raise Refused(
            TEMPLATE_FORMAT, f"header: Format mismatch, expected {template.header_kind.upper()}, received {kind}"
        )
    return {"type": kind, kind: given[0][kind]}


def _payload(component: Json | None, label: str) -> str:
    for parameter in (component or {}).get("parameters") or []:
        if parameter.get("payload") is not None:
            return str(parameter["payload"])
    return label
