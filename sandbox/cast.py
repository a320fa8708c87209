"""Who lives in the sandbox? The standing cast of the tests, and the village's group and channel."""

from sandbox.chats import Chat, Person

CREATOR, ADMINISTRATOR, MEMBER = "creator", "administrator", "member"

GROUP = -1001000000001
CHANNEL = -1001000000002

# key (also the username), first name, last name, language, persona
PEOPLE = (
    ("aigul", "Айгүл", "Асанова", "ky", "resident"),
    ("bakyt", "Бакыт", "Токтосунов", "ky", "initiator"),
    ("cholpon", "Чолпон", "Жумабаева", "ky", "clerk"),
    ("daniyar", "Данияр", "Сыдыков", "ru", "deputy"),
    ("emma", "Эмма", "Ли", "en", "monitor"),
    ("akylbek", "Акылбек", "Мамытов", "ky", "head"),
    ("gulnara", "Гүлнара", "Осмонова", "ky", "admin"),
)


def people() -> list[Person]:
    """The seven people, ids and phones from 101."""
    return [
        Person(
            id=101 + place,
            first_name=first,
            last_name=last,
            username=key,
            phone=f"+996700000{101 + place}",
            language_code=language,
            persona=persona,
        )
        for place, (key, first, last, language, persona) in enumerate(PEOPLE)
    ]


def places() -> list[Chat]:
    """The neighbours' supergroup and the municipality's channel; the bot is in neither until added."""
    neighbours = Chat(
        id=GROUP,
        type="supergroup",
        title="Ак-Булак айылы: кошуналар",
        members={101: MEMBER, 102: CREATOR, 103: MEMBER, 104: MEMBER, 105: MEMBER, 107: ADMINISTRATOR},
    )
    channel = Chat(
        id=CHANNEL,
        type="channel",
        title="Ак-Булак айыл өкмөтү",
        members={106: CREATOR, 107: ADMINISTRATOR, 101: MEMBER, 102: MEMBER, 104: MEMBER, 105: MEMBER},
    )
    return [neighbours, channel]
