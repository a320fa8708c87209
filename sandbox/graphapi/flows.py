"""What does Meta know of our native forms, Flows? Their JSON is checked, they are published, offered and filled in.

Rules and limits: https://developers.facebook.com/docs/whatsapp/flows/reference/flowjson and .../components. Only the
components that the bot uses are known here; another one is a fault of the JSON, as a misspelled one is at Meta."""

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sandbox.chats import Json
from sandbox.graphapi.reading import words
from sandbox.graphapi.refusals import invalid, missing, not_valid

VERSIONS = ("6.3", "7.0", "7.1", "7.2", "7.3")
CATEGORIES = "SIGN_UP SIGN_IN APPOINTMENT_BOOKING LEAD_GENERATION CONTACT_US CUSTOMER_SUPPORT SURVEY OTHER".split()
COMPONENTS = 50  # on a screen
OPTIONS, OPTION = 200, 30
# what has to stand in a component, and the longest it may be
NEEDED: dict[str, dict[str, int]] = {
    "TextHeading": {"text": 80},
    "TextBody": {"text": 4_096},
    "TextCaption": {"text": 409},
    "TextInput": {"name": 200, "label": 20},
    "TextArea": {"name": 200, "label": 20},
    "Dropdown": {"name": 200, "label": 20},
    "DatePicker": {"name": 200, "label": 40},
    "Footer": {"label": 35},
}
LENGTHS = {"TextInput": ("max-chars", 80), "TextArea": ("max-length", 600)}
_REFERENCE = re.compile(r"\$\{(data|form)\.(\w+)\}")
_TYPES: dict[str, type] = {"string": str, "boolean": bool, "array": list, "number": float, "object": dict}


@dataclass(slots=True)
class Flow:
    """A native form at Meta."""

    id: str
    name: str
    content: Json = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    status: str = "DRAFT"

    def screen(self, name: object) -> Json | None:
        """The screen of that id."""
        return next((screen for screen in self.content.get("screens", []) if screen.get("id") == name), None)

    def told(self) -> Json:
        """What the API tells of it."""
        return {"id": self.id, "name": self.name, "status": self.status, "validation_errors": self.errors()}

    def errors(self) -> list[Json]:
        """What is wrong with the JSON, as the API tells it."""
        place = {"line_start": 1, "line_end": 1, "column_start": 1, "column_end": 1}
        return [
            {"error": "INVALID_PROPERTY", "error_type": "FLOW_JSON_ERROR", "message": fault, **place}
            for fault in self.faults
        ]


# --- the Flows of an account ---


def make(flows: dict[str, Flow], values: Json) -> Json:
    """POST /{account}/flows."""
    name = words(values, "name", "flow", 200)
    categories = values.get("categories")
    if not isinstance(categories, list) or not categories or not set(categories) <= set(CATEGORIES):
        raise invalid("Param categories must be a non-empty array of known categories.")
    if any(flow.name == name for flow in flows.values()):
        raise invalid("Flow name must be unique within one WhatsApp Business Account.")
    flow = Flow(str(secrets.randbelow(9 * 10**14) + 10**14), name)
    flows[flow.id] = flow
    if values.get("flow_json") is not None:
        put(flow, str(values["flow_json"]))
    if values.get("publish") and not flow.faults:
        publish(flow)
    return {"id": flow.id, "success": not flow.faults, "validation_errors": flow.errors()}


def put(flow: Flow, text: str) -> Json:
    """POST /{flow}/assets: another JSON."""
    if flow.status != "DRAFT":
        raise invalid("You can't update the Flow JSON: a published Flow cannot be changed.")
    flow.faults = list(_faults(text))
    flow.content = {} if flow.faults else json.loads(text)
    return {"success": not flow.faults, "validation_errors": flow.errors()}


def publish(flow: Flow) -> Json:
    """POST /{flow}/publish."""
    if flow.status != "DRAFT" or flow.faults or not flow.content:
        raise invalid("Publishing Flow without specifying valid Flow JSON, or publishing it twice, is not allowed.")
    flow.status = "PUBLISHED"
    return {"success": True}


def _faults(text: str) -> Iterator[str]:
    try:
        content = json.loads(text)
        screens = content["screens"]
        if content.get("version") not in VERSIONS:
            yield f"version {content.get('version')!r} cannot be published"
        for screen in screens:
            yield from _faults_of(screen)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        yield f"the JSON cannot be read: {type(fault).__name__} {fault}"


def _faults_of(screen: Json) -> Iterator[str]:
    children: list[Json] = screen["layout"]["children"]
    data: Json = screen.get("data") or {}
    if not re.fullmatch(r"[A-Z_]+", str(screen.get("id"))) or screen["id"] == "SUCCESS":
        yield "the id of a screen is of letters and underscores, and not SUCCESS"
    if len(children) > COMPONENTS:
        yield f"a screen has at most {COMPONENTS} components"
    if screen.get("terminal") and sum(child.get("type") == "Footer" for child in children) != 1:
        yield "a terminal screen needs one Footer"
    for key, declared in data.items():
        if declared.get("type") not in _TYPES or not isinstance(declared.get("__example__"), _TYPES[declared["type"]]):
            yield f"data {key!r} needs its type and an __example__ of it"
    names = [child["name"] for child in children if "name" in child]
    if len(set(names)) < len(names):
        yield "names of components must be unique on a screen"
    for child in children:
        kind = str(child.get("type"))
        for part, most in NEEDED.get(kind, {"type": 0}).items():
            value = child.get(part)
            if not isinstance(value, str) or not value or (not _REFERENCE.fullmatch(value) and len(value) > most):
                yield f"{kind}: {part} is missing, empty or longer than {most}"
        if kind == "Dropdown" and child["label"].startswith("${"):
            yield "Dropdown: label cannot be dynamic"
    for source, name in _REFERENCE.findall(json.dumps(children)):
        if name not in (data if source == "data" else names):
            yield f"${{{source}.{name}}} is nowhere declared"


# --- a Flow in a chat ---


def check(flows: dict[str, Flow], parameters: Json) -> None:
    """Raises the API's refusal of a message that offers a Flow which is not there, is not published, or would open with
    an error."""
    flow = _flow(flows, parameters)
    if flow is None:
        raise not_valid("Flow with the given id or name does not exist in the WhatsApp Business Account")
    if flow.status != "PUBLISHED" and parameters.get("mode", "published") == "published":
        raise not_valid("Flow is not published; only a message of mode draft may open it")
    payload = parameters.get("flow_action_payload") or {"screen": flow.content["screens"][0]["id"]}
    screen = flow.screen(payload.get("screen"))
    if screen is None:
        raise not_valid(f"Screen {payload.get('screen')!r} is not in the Flow")
    given = payload.get("data")
    if "data" in payload and (not isinstance(given, dict) or not given):
        raise not_valid("flow_action_payload['data'] must be a non-empty object")
    given = given or {}
    for key, declared in (screen.get("data") or {}).items():
        if key not in given:
            raise missing(f"flow_action_payload['data']['{key}']")
        if not isinstance(given[key], _TYPES[declared["type"]]):
            raise not_valid(f"flow_action_payload['data']['{key}'] must be of type {declared['type']}")
    for child in _resolved(screen, given):
        _check_shown(child)


def _check_shown(child: Json) -> None:
    for part, most in NEEDED[child["type"]].items():
        if not child[part].strip() or len(child[part]) > most:
            raise not_valid(f"{child['type']} {part} must have 1 to {most} characters")
    options = child.get("data-source", [{"id": "1", "title": "1"}])
    if not 1 <= len(options) <= OPTIONS or len({each["id"] for each in options}) < len(options):
        raise not_valid(f"Dropdown must have 1 to {OPTIONS} different options")
    if any(not 1 <= len(each["title"]) <= OPTION for each in options):
        raise not_valid(f"Option title must have 1 to {OPTION} characters")


def _flow(flows: dict[str, Flow], parameters: Json) -> Flow | None:
    if parameters.get("flow_name"):
        return next((flow for flow in flows.values() if flow.name == parameters["flow_name"]), None)
    return flows.get(str(parameters.get("flow_id")))


def _opened(flows: dict[str, Flow], parameters: Json) -> tuple[Json, Json]:
    flow = _flow(flows, parameters)
    if flow is None:
        raise LookupError("the form is there no more")
    payload = parameters.get("flow_action_payload") or {}
    return flow.screen(payload.get("screen")) or flow.content["screens"][0], payload.get("data") or {}


def shown(flows: dict[str, Flow], parameters: Json) -> list[Json]:
    """What is seen of the form when it is opened, from top to bottom."""
    screen, data = _opened(flows, parameters)
    return [child for child in _resolved(screen, data) if child.get("visible", True)]


def filled(flows: dict[str, Flow], parameters: Json, values: Mapping[str, str]) -> Json:
    """What the form sends when its inputs, by name, are filled so; LookupError where it would not let them through."""
    screen, data = _opened(flows, parameters)
    answers: dict[str, str] = {}
    for child in _resolved(screen, data):
        if "name" not in child:
            continue
        seen = child.get("visible", True)
        value = values.get(child["name"], child.get("init-value", "")) if seen else child.get("init-value", "")
        if seen and child.get("required") and not value.strip():
            raise LookupError(f"«{child['name']}» must be filled in")
        part, most = LENGTHS.get(child["type"], ("", 10_000))
        if len(value) > int(child.get(part, most)):
            raise LookupError(f"«{child['name']}» takes no more than {child.get(part, most)} characters")
        if value and child["type"] == "Dropdown" and all(value != each["id"] for each in child["data-source"]):
            raise LookupError(f"«{child['name']}» has no option {value!r}")
        answers[child["name"]] = value
    footer = next(child for child in screen["layout"]["children"] if child["type"] == "Footer")
    payload: Json = footer["on-click-action"]["payload"]
    return {key: _value(value, {"data": data, "form": answers}) for key, value in payload.items()}


def _resolved(screen: Json, data: Json) -> list[Json]:
    children: list[Json] = screen["layout"]["children"]
    return [{key: _value(value, {"data": data}) for key, value in child.items()} for child in children]


def _value(value: object, sources: Mapping[str, Json]) -> object:
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return value if found is None or found[1] not in sources else sources[found[1]].get(found[2])
