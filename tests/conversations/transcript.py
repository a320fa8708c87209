"""A conversation as a clerk can read it: what people do stays, what the bot does is recorded and compared."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from sandbox import people
from sandbox.chats import Person
from sandbox.world import Call
from tests.conversations.stage import BISHKEK, Stage, on_stage

_OUTPUT = re.compile(r"^(Bot   |        |\w+ ← )")
_LINK = re.compile(r"\?start=(g[\w-]{16})")  # a one-time link: another word in it each time it is played
Act = Callable[[Stage, re.Match[str]], Awaitable[None]]


async def _writes(stage: Stage, said: re.Match[str]) -> None:
    await stage.write(
        said[1].lower(),
        said[2].encode().decode("unicode_escape").encode("latin-1").decode() if "\\" in said[2] else said[2],
    )


async def _taps(stage: Stage, said: re.Match[str]) -> None:
    await stage.tap(said[1].lower(), said[2], oldest=bool(said[3]))


async def _forges(stage: Stage, said: re.Match[str]) -> None:
    await stage.forge(said[1].lower(), said[2])


async def _shares(stage: Stage, said: re.Match[str]) -> None:
    whose = said[1] if said[2] == "own" else said[2]
    await stage.share_contact(said[1].lower(), whose.lower())


async def _looks_up(stage: Stage, said: re.Match[str]) -> None:
    await stage.look_up(said[1].lower(), said[2])


async def _opens(stage: Stage, said: re.Match[str]) -> None:
    sent = [_LINK.search(post.text) for post in stage.world.from_bot(stage.world.person(said[2].lower()).id)]
    await stage.write(said[1].lower(), f"/start {[found[1] for found in sent if found][-1]}")


async def _restarts(stage: Stage, _: re.Match[str]) -> None:
    await stage.restart()


async def _waits(stage: Stage, said: re.Match[str]) -> None:
    stage.world.clock.turn_by(timedelta(**{said[2]: int(said[1])}))


async def _blocks(stage: Stage, said: re.Match[str]) -> None:
    person = stage.world.person(said[1].lower())
    await (people.block if said[2] == "blocks" else people.unblock)(stage.world, person)
    await stage.settled()


ACTS: tuple[tuple[str, Act], ...] = (
    (r"(\w+) → (.*)", _writes),
    (r"(\w+) taps (.+?)( on the old message)?", _taps),
    (r"(\w+) forges (.+)", _forges),
    (r"(\w+) shares the contact of (\w+)", _shares),
    (r"(\w+) looks up ?(.*)", _looks_up),
    (r"(\w+) opens the newest link of (\w+)", _opens),
    (r"The bot is stopped and started again", _restarts),
    (r"(\d+) (minutes|hours|days) pass", _waits),
    (r"(\w+) (blocks|unblocks) the bot", _blocks),
)


async def play(file: Path, folder: Path) -> str:
    """Plays what people do in the transcript; gives the transcript with what the bot did."""
    lines = file.read_text(encoding="utf-8").splitlines()
    head = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines if re.match(r"(City|Now|Language) ", line)}
    now = datetime.strptime(head["Now"], "%d.%m.%Y %H:%M").replace(tzinfo=BISHKEK)
    homes = tuple(head.get("City", "aimak").split())
    written: list[str] = []
    async with on_stage(folder, now, homes=homes) as stage:
        for line in lines:
            if _OUTPUT.match(line):
                continue
            act = next(((do, m) for pattern, do in ACTS if (m := re.fullmatch(pattern, line))), None)
            written.append(line)
            if act is None:
                continue
            before = stage.world.calls
            await act[0](stage, act[1])
            who = act[1][1].lower() if act[1].re.groups and not act[1][1].isdigit() else ""
            for call in sorted(stage.calls(before), key=lambda c: (c.method == "answerCallbackQuery", c.n)):
                written += _shown(stage, call, who)
    return "\n".join(written).rstrip() + "\n"


def _shown(stage: Stage, call: Call, who: str) -> list[str]:
    params, names = call.params, {person.id: key for key, person in _cast(stage).items()}
    if call.status != 200 and "not modified" not in call.description:
        return [f"Bot   ✗ {call.method}: {call.status} {call.description}"]
    to = names.get(int(params.get("chat_id") or 0), "")
    lead = "Bot   → " if to in (who, "") or not who else f"{to.capitalize()} ← "
    match call.method:
        case "sendMessage":
            return _block(lead, str(params["text"]), params)
        case "editMessageText":
            return _block("Bot   ✎ ", str(params["text"]), params)
        case "sendDocument":
            return _block(f"{lead}📎 ", str(params.get("caption") or ""), params)
        case "answerCallbackQuery" if params.get("text"):
            return [f"Bot   ! {params['text']}"]
        case "answerInlineQuery":
            results = params["results"]
            return [f"Bot   🔎 {r['title']} · {r.get('description', '')}" for r in results] or ["Bot   🔎 —"]
    return []


def _cast(stage: Stage) -> dict[str, Person]:
    return {str(person.username): person for person in stage.world.people.values()}


def _block(lead: str, text: str, params: dict[str, object]) -> list[str]:
    first, *rest = _LINK.sub("?start=g…", text).split("\n")
    lines = [f"{lead}{first}", *(f"        {line}".rstrip() for line in rest)]
    markup = params.get("reply_markup")
    if isinstance(markup, dict):
        for row in markup.get("inline_keyboard") or ():
            lines.append("        " + " ".join(f"[{button['text']}]" for button in row))
        for row in markup.get("keyboard") or ():
            lines.append("        ⌨ " + " ".join(f"[{key if isinstance(key, str) else key['text']}]" for key in row))
        if markup.get("remove_keyboard"):
            lines.append("        ⌨ —")
    return [line if line.strip() else "        ·" for line in lines]
