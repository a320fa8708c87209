"""How is the list of issues of local importance hung up on a notice board and handed out? (Typical Plan 2.2)"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from exports.printing import A4, NOTE, POINT, Line, Sheet, quiet

_MARGIN = 13.0  # mm: office printers leave 4 to 6 blank, and a board has a frame
_GUTTER = 7.0  # between two columns
_SIDE = 35.0  # of the dark part of a QR code; a phone reads it from an arm's length
_LABEL = 11.0  # points: the smallest label that is read from one metre
_LARGEST = 20.0  # points: more would look like shouting
_SMALLER = 0.8  # the size of other words beside that of a label; when room is short that of a note
_STEP = 0.25  # points between two sizes that are tried


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue: `number` is what may be typed into the bot, `state` how fresh its information is, in words, `who` the
    responsible with post and telephone, `doing` what is being done. Whatever is empty is left out."""

    number: int
    label: str
    text: str
    state: str = ""
    who: str = ""
    doing: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A theme with its issues; without issues it is not printed."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with a short line under it."""

    caption: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on the paper, in the reader's language: `subtitle` is the law in one line, `appeal` what one can do
    by the code, `as_of` the day in words, `day` the same day, kept in the file as that of its making."""

    language: str
    place: str
    title: str
    subtitle: str
    groups: tuple[Group, ...]
    contacts: tuple[str, ...]
    codes: tuple[Code, ...]
    as_of: str
    appeal: str
    day: date


def board(notice: Notice) -> bytes:
    """A PDF for the notice board: one page of A4 in the largest letters that fit. What has no room is left out: first
    «doing», then the ends of the texts («…»). At most three codes. ValueError: a url too long for a code."""
    sheet = _sheet(notice, landscape=False)
    x, width = _MARGIN, A4[0] - 2 * _MARGIN
    top = _head(sheet, notice, x, _MARGIN, width, large=30)
    bottom = _foot(sheet, notice, x, A4[1] - _MARGIN, width, most=3, large=16)
    groups = [group for group in notice.groups if group.entries]
    columns = _fitting(_board_styles(), lambda style: _columns(sheet, groups, style, (width, bottom - top)))
    _draw(sheet, columns, x, top, width)
    return sheet.done()


def hand_out(notice: Notice) -> bytes:
    """A PDF to hand out at an event: one page of A4 to be cut into two equal halves, each with the labels by theme,
    whom to call and the first code. ValueError: a url too long for a code."""
    sheet = _sheet(notice, landscape=True)
    half = A4[1] / 2
    for x in (_MARGIN, half + _MARGIN):
        _half(sheet, notice, x, half - 2 * _MARGIN)
    sheet.rule((half, 0), (half, A4[0]), thick=0.2, dash=2)
    return sheet.done()


def _sheet(notice: Notice, *, landscape: bool) -> Sheet:
    title = f"{notice.title} · {notice.place}"
    return Sheet(language=notice.language, title=title, author=notice.place, day=notice.day, landscape=landscape)


# --- above and below the list ---


def _sized(
    sheet: Sheet, text: str, sizes: tuple[float, float], width: float, *, most: int, bold: bool = False
) -> list[Line]:
    """The text in at most so many lines, in the largest size from the first to the second; else cut in the smallest."""
    size, smallest = sizes
    while size > smallest and len(sheet.wrapped(text, size, width, bold)) > most:
        size -= _STEP * 2
    return sheet.wrapped(text, size, width, bold, most)


def _head(sheet: Sheet, notice: Notice, x: float, y: float, width: float, *, large: float) -> float:
    """Place, day, title, law and the one accent of the page; gives where the list may begin."""
    day = _sized(sheet, notice.as_of, (large * 0.4, 7), width * 0.4, most=1)
    taken = max((sheet.width(line.text, line.size) for line in day), default=0.0)
    place = _sized(sheet, notice.place, (large * 0.5, 8), width - taken - 4, most=2, bold=True)
    lower = place[0].baseline - day[0].baseline if place and day else 0.0
    sheet.write(x + width - taken, y + lower, day)
    y = sheet.write(x, y, place) + large * 0.05
    title = _sized(sheet, notice.title, (large, large * 0.7), width, most=1, bold=True)
    if title and title[-1].text.endswith("…"):
        title = _sized(sheet, notice.title, (large * 0.8, large / 2), width, most=2, bold=True)
    y = sheet.write(x, y, title) + large * 0.03
    y = sheet.write(x, y, _sized(sheet, notice.subtitle, (large * 0.4, 7), width, most=2)) + large * 0.06
    thick = large * 0.04
    sheet.rule((x + thick / 2, y), (x + width - thick / 2, y), thick=thick)  # its ends are as broad as it is thick
    return y + large * 0.09


def _foot(sheet: Sheet, notice: Notice, x: float, bottom: float, width: float, *, most: int, large: float) -> float:
    """Codes at the right, beside them what they are for and the contacts; gives where the list must end."""
    codes = notice.codes[:most]
    white = max((quiet(code.url, _SIDE) for code in codes), default=0.0)
    under = [sheet.wrapped(code.caption, 9, _SIDE + white, most=2) for code in codes]
    tall = _SIDE + (white if any(under) else 0) + max((_tall(lines) for lines in under), default=0.0) if codes else 0
    room = width - len(codes) * (_SIDE + 2 * white)
    high = (tall or _SIDE) - 2
    for size in (large, large * 0.9, large * 0.8, large * 0.7, large * 0.6, 8, 7):
        appeal = sheet.wrapped(notice.appeal, size, room, bold=True)
        contacts = [line for each in notice.contacts for line in sheet.wrapped(each, size * _SMALLER, room)]
        if _tall(appeal + contacts) <= high:
            break
    while _tall(appeal + contacts) > high:
        (contacts or appeal).pop()
    top = bottom - max(tall, _tall(appeal + contacts) + 2)
    sheet.write(x, sheet.write(x, top, appeal) + 2, contacts)
    for place, (code, lines) in enumerate(zip(codes, under, strict=True)):
        left = x + width - _SIDE - (len(codes) - 1 - place) * (_SIDE + 2 * white)
        sheet.code(code.url, left, top, _SIDE)
        sheet.write(left, top + _SIDE + white, lines)
    if top < bottom:
        top -= max(white, 3.0)
        sheet.rule((x, top), (x + width, top), thick=0.2)
    return top - 2


def _tall(lines: Iterable[Line]) -> float:
    return sum(line.height for line in lines)


# --- the list ---


@dataclass(frozen=True, slots=True)
class _Style:
    """What is shown of an issue and how large. A text of at most so many `letters` is shown whole, a longer one in so
    many `lines`."""

    size: float = _LABEL
    smaller: float = _SMALLER
    letters: int = 1000
    lines: int = 0
    doing: bool = False
    bold: bool = True
    who: bool = True
    most: int = 0  # lines of a label, of a heading and of `who`; 0 as many as needed
    air: float = 1.0


@dataclass(slots=True)
class _Part:
    """The issues of one theme in one column; below them, each once, those who answer for them."""

    theme: int
    heading: list[Line]
    entries: list[tuple[Entry, list[Line]]] = field(default_factory=list)


Gapped = tuple[float, Line]  # a line with the white above it
_Column = list[Gapped]


def _sizes(style: _Style, smallest: float) -> list[_Style]:
    """The style from the smallest size to the largest."""
    steps = int((_LARGEST - smallest) / _STEP)
    return [replace(style, size=smallest + step * _STEP) for step in range(steps + 1)]


def _board_styles() -> Iterable[list[_Style]]:
    """Kinds of the list from the fullest to the poorest, each from the smallest letters to the largest."""
    yield _sizes(_Style(doing=True), _LABEL)
    yield _sizes(_Style(), _LABEL)
    yield [_Style(smaller=NOTE)]
    for lines in (2, 1):
        for letters in range(180, -4, -4):
            yield [_Style(smaller=NOTE, letters=letters, lines=lines, most=2)]
    yield [_Style(smaller=NOTE, letters=0, lines=1, most=1)]
    yield _sizes(_Style(smaller=NOTE, letters=0, most=1), 6)
    yield from _labels_only()


def _labels_only() -> Iterable[list[_Style]]:
    yield _sizes(_Style(letters=0, most=2, who=False), 4)
    size = 4.0
    while True:  # a list of hundreds: still one page, and whoever prints it sees that it is too much for one
        size *= 0.8
        yield [_Style(letters=0, most=1, who=False, size=size)]


def _fitting(kinds: Iterable[list[_Style]], laid: Callable[[_Style], list[_Column] | None]) -> list[_Column]:
    """The columns of the fullest kind that fits at all, in the largest style of that kind, with as much air as fits."""
    for styles in kinds:
        columns = laid(styles[0])
        if columns is None:
            continue
        low, high = 0, len(styles)
        while high - low > 1:
            middle = (low + high) // 2
            if laid(styles[middle]) is None:
                high = middle
            else:
                low = middle
        for air in (2.0, 1.8, 1.6, 1.4, 1.3, 1.2, 1.1, 1.0):
            columns = laid(replace(styles[low], air=air))
            if columns is not None:
                return columns
    raise AssertionError("the kinds of a list end only where one fits")


def _columns(
    sheet: Sheet, groups: Sequence[Group], style: _Style, room: tuple[float, float], parts: int = 2
) -> list[_Column] | None:
    """The list in columns of about the same height, or None when it does not fit into that width and height."""
    width, high = room
    width = (width - _GUTTER * (parts - 1)) / parts
    low = high / parts / 2
    best = _filled(sheet, groups, style, (width, high), parts)
    while best is not None and high - low > 1:
        middle = (low + high) / 2
        columns = _filled(sheet, groups, style, (width, middle), parts)
        low, high = (middle, high) if columns is None else (low, middle)
        best = columns or best
    return best


def _filled(
    sheet: Sheet, groups: Sequence[Group], style: _Style, room: tuple[float, float], parts: int
) -> list[_Column] | None:
    """The list poured into columns of that height; a heading stays with its first issue, an issue is not torn."""
    width, height = room
    last = max((entry.number for group in groups for entry in group.entries), default=0)
    indent = sheet.width(f"{last}", style.size, True) + sheet.width(" ", style.size, True) * 1.5
    columns: list[list[_Part]] = [[]]
    for theme, group in enumerate(groups):
        heading = sheet.wrapped(group.heading, style.size * 1.1, width, True, style.most)
        for entry in group.entries:
            set_entry = (entry, _entry(sheet, entry, style, width, indent))
            for fresh in (False, True):
                if fresh:
                    columns.append([])
                parts_here = columns[-1]
                begun = not parts_here or parts_here[-1].theme != theme
                if begun:
                    parts_here.append(_Part(theme, heading if entry is group.entries[0] else []))
                parts_here[-1].entries.append(set_entry)
                if _height(_flat(sheet, parts_here, style, width)) <= height:
                    break
                if fresh or len(columns) == parts:
                    return None
                parts_here[-1].entries.pop()
                if begun:
                    parts_here.pop()
    return [_flat(sheet, column, style, width) for column in columns]


def _entry(sheet: Sheet, entry: Entry, style: _Style, width: float, indent: float) -> list[Line]:
    """The lines of an issue; its state stands behind the label where there is room, else behind the text."""
    small, width = style.size * style.smaller, width - indent
    label = sheet.wrapped(entry.label, style.size, width, style.bold, style.most) or [Line("", style.size)]
    state = sheet.printable(entry.state) if style.who else ""
    free = width - sheet.width(label[0].text, style.size, style.bold) - sheet.gap(style.size)
    beside = len(label) == 1 and sheet.width(state, style.size * NOTE) <= free
    whole = len(entry.text) <= style.letters
    body = sheet.wrapped(entry.text, small, width, most=0 if whole else style.lines) if whole or style.lines else []
    if state and not beside:
        body += sheet.wrapped(state, small, width)
    if style.doing and (doing := sheet.printable(entry.doing)):
        body += sheet.wrapped(f"– {doing}", small, width)
    first = replace(label[0], mark=f"{entry.number}", note=state if beside else "")
    return [replace(line, indent=indent) for line in (first, *label[1:], *body)]


def _flat(sheet: Sheet, parts: Sequence[_Part], style: _Style, width: float) -> _Column:
    """The lines of a column with the white between them."""
    unit = style.size * POINT * style.air
    column: _Column = []
    for part in parts:
        above = unit * 0.7 if column else 0.0
        for line in part.heading:
            column.append((above, line))
            above = unit * 0.15
        for _, lines in part.entries:
            column += [(above if line is lines[0] else 0.0, line) for line in lines]
            above = unit * 0.3
        if style.who:
            entries = [entry for entry, _ in part.entries]
            column += _called(sheet, entries, style, width)
    return column


def _called(sheet: Sheet, entries: Sequence[Entry], style: _Style, width: float) -> _Column:
    """Those who answer for the issues, each once with the numbers of theirs."""
    calls: dict[str, list[int]] = {}
    for entry in entries:
        if who := sheet.printable(entry.who):
            calls.setdefault(who, []).append(entry.number)
    column: _Column = []
    for who, numbers in calls.items():
        which = f"{_ranges(numbers)}: " if len(numbers) < len(entries) or len(numbers) > 1 else ""
        lines = sheet.wrapped(which + who, style.size * style.smaller, width, most=style.most)
        column += [(style.size * POINT * 0.2 if line is lines[0] else 0.0, line) for line in lines]
    return column


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 as «1–3, 7»."""
    ordered = sorted(set(numbers))
    ends = [n for n, after in pairwise([*ordered, -1]) if after != n + 1]
    starts = [n for before, n in pairwise([-1, *ordered]) if before != n - 1]
    return ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))


def _height(column: _Column) -> float:
    return sum(gap + line.height for gap, line in column)


def _draw(sheet: Sheet, columns: Sequence[_Column], x: float, top: float, width: float, parts: int = 2) -> float:
    """The columns beside each other; gives where the longest ends."""
    ends = [top]
    for place, column in enumerate(columns):
        y = top
        for gap, line in column:
            y = sheet.write(x + place * (width + _GUTTER) / parts, y + gap, [line])
        ends.append(y)
    return max(ends)


# --- the hand-out ---


def _half(sheet: Sheet, notice: Notice, x: float, width: float) -> None:
    """One half: labels in two columns, below them whom to call, in the largest letters that fit."""
    top = _head(sheet, notice, x, _MARGIN, width, large=19)
    bottom = _foot(sheet, notice, x, A4[0] - _MARGIN, width, most=1, large=11)
    groups = [group for group in notice.groups if group.entries]
    entries = [entry for group in groups for entry in group.entries]

    def laid(style: _Style) -> list[_Column] | None:
        below = _called(sheet, entries, style, width) if style.who else []
        below = [(gap + (style.size * POINT if at == 0 else 0), line) for at, (gap, line) in enumerate(below)]
        kept = replace(style, who=False)
        columns = _columns(sheet, groups, kept, (width, bottom - top - _height(below)))
        return None if columns is None else [*columns, *([[]] * (2 - len(columns))), below]

    *columns, below = _fitting(_half_styles(), laid)
    end = _draw(sheet, columns, x, top, width)
    _draw(sheet, [below], x, max(end, bottom - _height(below)), width, parts=1)


def _half_styles() -> Iterable[list[_Style]]:
    yield _sizes(_Style(letters=0, bold=False), 8.5)
    yield _sizes(_Style(letters=0, bold=False, most=1), 6.5)
    yield from _labels_only()
