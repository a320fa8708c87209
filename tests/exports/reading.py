"""How do these tests read a page? Its tags, links and words, as a browser finds them."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """A parsed page."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._pieces: list[str] = []
        self._hidden = False
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Every tag with its attributes."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._hidden = tag == "style"

    def handle_data(self, data: str) -> None:
        """What is read between the tags."""
        if not self._hidden:
            self._pieces.append(data)

    @property
    def text(self) -> str:
        """All that is read, with single spaces."""
        return " ".join(" ".join(self._pieces).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every tag of that name."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [attributes["href"] for attributes in self.all("a")]
