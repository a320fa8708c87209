"""In which words does the Graph API say no? Codes, titles and statuses of the public documentation."""

import secrets

from sandbox.chats import Json

EXPIRED = 190
INVALID = 100
MISSING = 131008
NOT_VALID = 131009
PAIR_RATE = 131056
THROUGHPUT = 130429
REENGAGE = 131047
UNDELIVERABLE = 131026
SPARED = 131049
NOT_ALLOWED = 131030
MEDIA_DOWN = 131052
MEDIA_UP = 131053
LOCKED = 131031
BLOCKED_FOR_NOW = 368
TEMPLATE_COUNT = 132000
TEMPLATE_UNKNOWN = 132001
TEMPLATE_FORMAT = 132012
TEMPLATE_PAUSED = 132015
TEMPLATE_WORDS = 132018

# code -> HTTP status and title
TITLES: dict[int, tuple[int, str]] = {
    INVALID: (400, "Invalid parameter"),
    EXPIRED: (401, "Error validating access token: The session has expired"),
    BLOCKED_FOR_NOW: (403, "Temporarily blocked for policies violations"),
    THROUGHPUT: (429, "Rate limit hit"),
    131000: (500, "Something went wrong"),
    MISSING: (400, "Required parameter is missing"),
    NOT_VALID: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    UNDELIVERABLE: (400, "Message undeliverable"),
    NOT_ALLOWED: (400, "Recipient phone number not in allowed list"),
    LOCKED: (403, "Business Account locked"),
    REENGAGE: (400, "Re-engagement message"),
    SPARED: (400, "Meta chose not to deliver"),
    131051: (400, "Unsupported message type"),
    MEDIA_DOWN: (400, "Media download error"),
    MEDIA_UP: (400, "Media upload error"),
    PAIR_RATE: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    TEMPLATE_COUNT: (400, "Number of parameters does not match the expected number of params"),
    TEMPLATE_UNKNOWN: (404, "Template name does not exist in the translation"),
    TEMPLATE_FORMAT: (400, "Parameter format does not match format in the created template"),
    TEMPLATE_PAUSED: (400, "Template is Paused"),
    TEMPLATE_WORDS: (400, "There's an issue with the parameters in your template"),
}
DETAILS: dict[int, str] = {
    EXPIRED: "Your access token has expired.",
    BLOCKED_FOR_NOW: "The WhatsApp Business Account has been restricted or disabled for violating a platform policy.",
    THROUGHPUT: "Cloud API message throughput has been reached.",
    UNDELIVERABLE: "Message Undeliverable.",
    SPARED: "This message was not delivered to maintain healthy ecosystem engagement.",
    NOT_ALLOWED: "Add the recipient's phone number to the list of allowed recipients and try again.",
    LOCKED: "The WhatsApp Business Account has been restricted or disabled for violating a platform policy.",
    REENGAGE: (
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number."
    ),
    PAIR_RATE: (
        "Message failed to send because there were too many messages sent from this phone number to the same phone "
        "number in a short period of time."
    ),
}
HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


class Refused(Exception):
    """An error of the Graph API: its code decides over HTTP status and title."""

    def __init__(self, code: int, details: str = "", *, message: str = "", subcode: int | None = None) -> None:
        self.status, title = TITLES.get(code, (400, "Something went wrong"))
        self.code = code
        self.details = details or DETAILS.get(code, "")
        self.title = title
        self.message = message or f"(#{code}) {title}"
        self.subcode = subcode
        super().__init__(f"{self.message}: {self.details}")

    def body(self) -> Json:
        """The answer of the API."""
        error: Json = {"message": self.message, "type": "OAuthException", "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        return {"error": error}

    def for_webhook(self) -> Json:
        """The same as an entry of `errors` in a webhook."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details},
            "href": HREF,
        }


def invalid(details: str) -> Refused:
    """100: the request itself is at fault; the words stand in the message, as the API puts them."""
    return Refused(INVALID, message=f"(#100) {details}")


def not_valid(details: str) -> Refused:
    """131009: a value is not what it may be."""
    return Refused(NOT_VALID, details)


def missing(name: str) -> Refused:
    """131008: a part that must be there is not."""
    return Refused(MISSING, f"Parameter '{name}' is required.")


def expired() -> Refused:
    """190: the token is no longer good."""
    return Refused(EXPIRED, message=TITLES[EXPIRED][1], subcode=463)


def no_object(object_id: str, verb: str) -> Refused:
    """100 with subcode 33: nothing of that id, or not for this token."""
    words = (
        f"Unsupported {verb} request. Object with ID '{object_id}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation"
    )
    return Refused(INVALID, message=words, subcode=33)
