"""What is one thing called that can be muted alone?"""

from civic.petitions import State
from storage.issues import Issue
from storage.petitions import Petition
from storage.proposals import Proposal
from storage.subscriptions import Mute
from talk.turn import Turn

BEGINNING = 40  # characters of what a proposal says


def name_of_thing(turn: Turn, mute: Mute, thing: Issue | Petition | Proposal | None) -> str:
    """Its number, and its words where everybody may read them."""
    t = turn.t
    match thing:
        case Issue():
            return thing.said("label", t.language)
        case Petition():
            listed = thing.public_at is not None and thing.hidden_at is None and thing.state is not State.TAKEN_DOWN
            return " ".join((t("petitions-number", number=thing.id), *([f"«{thing.title}»"] if listed else [])))
        case Proposal():
            said = " ".join(thing.text.split()) if thing.hidden_at is None else ""
            short = said if len(said) <= BEGINNING else said[:BEGINNING].rsplit(" ", 1)[0] + "…"
            return " ".join((t("proposals-title", number=thing.number), *([f"«{short}»"] if short else [])))
    return t(f"subscriptions-elsewhere-{mute.subject}")
