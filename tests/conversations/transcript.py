"""A conversation as a clerk can read it: what people do stays, what the bot does is recorded and compared."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from sandbox import cast, people
from sandbox.chats import Chat, Person
from sandbox.world import Call
from tests import attachments
from tests.conversations import announced, bad_days, by_whatsapp, petition_groups, petitions, proposals
from tests.conversations.stage import BISHKEK, ONE_TIME, RECEIPT, Stage, on_stage

_OUTPUT = re.compile(r"^(Bot   |        |\w+ [←✎] |\w+ ✗ |«.+?» [←✎📌✗📊])")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")  # of the journal: another one whenever it is played
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


async def _sends(stage: Stage, said: re.Match[str]) -> None:
    content = attachments.called(said[3])
    await stage.send(said[1].lower(), said[3], content, photo=said[2] == "photo", words=said[4] or "")


async def _shares_place(stage: Stage, said: re.Match[str]) -> None:
    await stage.share_place(said[1].lower(), float(said[2]), float(said[3]))


async def _fills_in(stage: Stage, said: re.Match[str]) -> None:
    await stage.fill_in(said[1].lower(), [words.strip() for words in said[2].split(";")])


async def _looks_up(stage: Stage, said: re.Match[str]) -> None:
    await stage.look_up(said[1].lower(), said[2])


async def _opens(stage: Stage, said: re.Match[str]) -> None:
    await stage.open_link(said[1].lower(), said[2].lower())


async def _restarts(stage: Stage, _: re.Match[str]) -> None:
    await stage.restart()


async def _waits(stage: Stage, said: re.Match[str]) -> None:
    stage.world.clock.turn_by(timedelta(**{said[2]: int(said[1])}))


async def _winds(stage: Stage, _: re.Match[str]) -> None:
    await stage.bot.clockwork.run_all()
    await stage.settled()


async def _blocks(stage: Stage, said: re.Match[str]) -> None:
    person = stage.world.person(said[1].lower())
    await (people.block if said[2] == "blocks" else people.unblock)(stage.world, person)
    await stage.settled()


def _place(stage: Stage, words: str) -> Chat:
    """The village's group, the municipality's channel, or one's own group, which is there once it is named."""
    if words in ("the channel", "the group"):
        return stage.world.chat(cast.CHANNEL if words == "the channel" else cast.GROUP)
    return next(chat for chat in stage.world.chats.values() if chat.title == words)


async def _meets(stage: Stage, said: re.Match[str]) -> None:
    stage.world.add_group(said[2], stage.world.person(said[1].lower()))


async def _handles(stage: Stage, said: re.Match[str]) -> None:
    person, place = stage.world.person(said[1].lower()), _place(stage, said[3])
    match said[2]:
        case "adds the bot to":
            await people.add_bot(stage.world, person, place)
        case "takes the bot out of":
            await people.remove_bot(stage.world, person, place)
        case "gives the bot its rights in":
            await people.promote_bot(stage.world, person, place)
        case _:
            await people.promote_bot(stage.world, person, place, administrator=False)
    await stage.settled()


async def _writes_there(stage: Stage, said: re.Match[str]) -> None:
    await people.write(stage.world, stage.world.person(said[1].lower()), _place(stage, said[2]), said[3])
    await stage.settled()


async def _chooses(stage: Stage, said: re.Match[str]) -> None:
    place = _place(stage, said[3])
    post = next(post for post in reversed(stage.world.from_bot(place.id)) if "poll" in post.json)
    number = [option["text"] for option in post.json["poll"]["options"]].index(said[2])
    await people.vote(stage.world, stage.world.person(said[1].lower()), place, post.id, [number])
    await stage.settled()


async def _grows(stage: Stage, said: re.Match[str]) -> None:
    people.migrate(stage.world, _place(stage, said[1]))
    await stage.settled()


ACTS: tuple[tuple[str, Act], ...] = (
    *petitions.ACTS,
    *proposals.ACTS,
    *bad_days.ACTS,
    (r"(\w+) → (.*)", _writes),
    (r"(\w+) taps (.+?)( on the old message)?", _taps),
    (r"(\w+) forges (.+)", _forges),
    (r"(\w+) shares the contact of (\w+)", _shares),
    (r"(\w+) shares the place ([\d.]+), ([\d.]+)", _shares_place),
    *petition_groups.ACTS,
    *announced.ACTS,
    (r"(\w+) looks up ?(.*)", _looks_up),
    (r"(\w+) fills in (.+)", _fills_in),
    (r"(\w+) ⇒ (photo|file) (.+?)(?: «(.*)»)?", _sends),
    (r"(\w+) opens the newest link of (\w+)", _opens),
    (r"The bot is stopped and started again", _restarts),
    (r"(\d+) (minutes|hours|days) pass", _waits),
    (r"The timetable is wound", _winds),
    (r"(\w+) (blocks|unblocks) the bot", _blocks),
    (r"(\w+) opens a group called (.+)", _meets),
    (
        r"(\w+) (adds the bot to|takes the bot out of|gives the bot its rights in|takes the bot’s rights in) (.+)",
        _handles,
    ),
    (r"(\w+) writes in (.+?): (.+)", _writes_there),
    (r"(.+) becomes a supergroup", _grows),
    (r"(\w+) chooses (.+) in (.+)", _chooses),
)


async def play(file: Path, folder: Path, kind: type[Stage] = Stage) -> str:
    """Plays what people do in the transcript, on that kind of stage; gives the transcript with what the bot did."""
    lines = file.read_text(encoding="utf-8").splitlines()
    head = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines if re.match(r"(City|Now|Language) ", line)}
    now = datetime.strptime(head["Now"], "%d.%m.%Y %H:%M").replace(tzinfo=BISHKEK)
    homes = tuple(name for name in head.get("City", "aimak").split() if name != "none")
    written: list[str] = []
    async with on_stage(folder, now, homes=homes, kind=kind) as stage:
        for line in lines:
            if _OUTPUT.match(line):
                continue
            act = next(((do, m) for pattern, do in ACTS if (m := re.fullmatch(pattern, line))), None)
            written.append(
                line.replace("Telegram", "WhatsApp") if kind.speaks_whatsapp and line[:6] == "People" else line
            )
            if act is None:
                continue
            before = stage.world.calls
            await act[0](stage, act[1])
            who = act[1][1].lower() if act[1].re.groups and not act[1][1].isdigit() else ""
            me = next((person.id for key, person in _cast(stage).items() if key == who), None)
            for call in sorted(stage.calls(before), key=lambda call: _order(call, me)):
                written += _shown(stage, call, who)
    return "\n".join(written).rstrip() + "\n"


def _order(call: Call, me: int | None) -> tuple[bool, int, int, bool, int]:
    """What whoever acts is shown stands first, then the letters to each of the others, then what was posted: they are
    sent side by side, and which comes first differs from day to day."""
    chat = call.chat or 0
    rank = 0 if chat in (me, 0) else 1 if chat > 0 else 2
    return call.method == "answerCallbackQuery", rank, abs(chat), "'nw:" in str(call.params), call.n


def _shown(stage: Stage, call: Call, who: str) -> list[str]:
    params, names = call.params, {person.id: key for key, person in _cast(stage).items()}
    if call.method.startswith("whatsapp."):
        if call.status != 200:
            return [f"Bot   ✗ {call.method}: {call.status} {call.description}"]
        to = names.get(call.chat or 0, "")
        return by_whatsapp.shown(stage, call, "Bot   → " if to in (who, "") else f"{to.capitalize()} ← ")
    if call.status != 200 and "not modified" not in call.description:
        return [f"Bot   ✗ {call.method}: {call.status} {call.description}"]
    to = names.get(int(params.get("chat_id") or 0), "")
    lead = "Bot   → " if to in (who, "") else f"{to.capitalize()} ← "
    if stage.speaks_whatsapp:  # and whoever is written to here has not been heard of there
        lead = re.sub(r"^(Bot  |\w+) ([→←] )", r"\1 (Telegram) \2", lead)
    place = stage.world.chats.get(int(params.get("chat_id") or 0))
    if place is not None and place.type != "private":
        return _posted(place, call.method, params)
    match call.method:
        case "sendMessage":
            return _block(lead, str(params["text"]), params)
        case "editMessageText":
            return _block(re.sub("[→←]", "✎", lead), str(params["text"]), params)
        case "deleteMessage" if to not in (who, ""):
            return [f"{re.sub('[→←] $', '✗', lead)} {_deleted(stage, params)}"]
        case "sendPhoto":
            return _block(f"{lead}🖼 ", str(params.get("caption") or ""), params)
        case "sendDocument":
            return _block(f"{lead}📎 ", str(params.get("caption") or ""), params)
        case "sendVoice":
            return _block(f"{lead}🎤 ", str(params.get("caption") or ""), params)
        case "answerCallbackQuery" if params.get("text"):
            return [f"Bot   ! {params['text']}"]
        case "answerInlineQuery":
            results = params["results"]
            return [f"Bot   🔎 {r['title']} · {r.get('description', '')}" for r in results] or ["Bot   🔎 —"]
    return []


def _deleted(stage: Stage, params: dict[str, object]) -> str:
    """The first line of what is gone."""
    post = stage.world.chat(int(str(params["chat_id"]))).posts[int(str(params["message_id"]))]
    return post.text.partition("\n")[0]


def _posted(place: Chat, method: str, params: dict[str, object]) -> list[str]:
    """What is seen in a channel or group."""
    match method:
        case "pinChatMessage":
            return [f"«{place.title}» 📌"]
        case "unpinChatMessage":
            return [f"«{place.title}» ✗ 📌"]
        case "sendPoll":
            options = params["options"]
            assert isinstance(options, list)
            asked = f"«{place.title}» 📊 {params['question']}"
            return [asked, *(f"        ( ) {option['text']}" for option in options)]
        case "stopPoll":
            return [f"«{place.title}» 📊 ✗"]
        case "deleteMessage":
            return [f"«{place.title}» ✗ {place.posts[int(str(params['message_id']))].text.partition(chr(10))[0]}"]
    return _block(f"«{place.title}» {'✎' if method == 'editMessageText' else '←'} ", str(params.get("text")), params)


def _cast(stage: Stage) -> dict[str, Person]:
    return {str(person.username): person for person in stage.world.people.values()}


def _block(lead: str, text: str, params: dict[str, object]) -> list[str]:
    first, *rest = ONE_TIME.sub(lambda found: f"{found[1][0]}…", text).split("\n")
    lines = [f"{lead}{first}", *(f"        {line}".rstrip() for line in rest)]
    lines = [RECEIPT.sub("…", _HASH.sub("…", line)) for line in lines]
    markup = params.get("reply_markup")
    if isinstance(markup, dict):
        for row in markup.get("inline_keyboard") or ():
            lines.append("        " + " ".join(f"[{button['text']}]" for button in row))
        for row in markup.get("keyboard") or ():
            lines.append("        ⌨ " + " ".join(f"[{key if isinstance(key, str) else key['text']}]" for key in row))
        if markup.get("remove_keyboard"):
            lines.append("        ⌨ —")
    return [line if line.strip() else "        ·" for line in lines]
