"""How do files become municipalities and lists, and lists become files, on the command line?"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import yaml

from actions import issue_sheet, issues, keeping, municipalities, sheet_plans
from bot.spoken import words
from civic.refusals import Refused
from civic.sheets import BadSheet
from exports.sheets import as_csv, as_xlsx
from handlers.issues.sheet import fault_lines, plan_lines, sheet_words
from storage.catalogue import BadCatalogue, catalogue
from storage.municipalities import Municipality
from storage.municipalities import municipalities as every_home
from talk.words import Speaker

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.database import Database

SHEETS = (".xlsx", ".xls", ".csv")
_SHOWN = 70  # characters of a text before and after


class CannotTake(Exception):
    """The files cannot be taken in, or the list not be given; the message says why, in lines."""


def is_sheet(file: Path) -> bool:
    """Whether the file is a spreadsheet by its name."""
    return file.suffix.lower() in SHEETS


# --- YAML ---


async def take_files(database: "Database", files: Sequence[Path], time_zone: str) -> list[str]:
    """Takes every YAML file in, or none; gives a line for each. CannotTake names what is wrong."""
    told: list[str] = []
    today = datetime.now(ZoneInfo(time_zone)).date()
    async with database.transaction() as db:
        with click.progressbar(files, label="Taking in", hidden=len(files) < 3, file=sys.stderr) as shown:
            for file in shown:
                try:
                    data = yaml.safe_load(file.read_text(encoding="utf-8"))
                    if isinstance(data, dict) and "statutory" in data:
                        changed, homes = await issues.take_law(db, catalogue(file), today)
                        told.append(f"The list of the law: {changed} issues changed in {homes} municipalities")
                        continue
                    taken = await municipalities.take_in(db, data, catalogue(), today)
                except (yaml.YAMLError, UnicodeDecodeError) as wrong:
                    mark = getattr(wrong, "problem_mark", None)
                    where = f", line {mark.line + 1}" if mark is not None else ""
                    raise CannotTake(f"{file}{where}: this is not a YAML text. Nothing was saved.") from None
                except BadCatalogue as wrong:
                    raise CannotTake(f"nothing was saved, for\n  {file}: {wrong}") from None
                except municipalities.BadFile as wrong:
                    lines = "\n".join(f"  {file}: {each}" for each in wrong.wrong)
                    raise CannotTake(f"nothing was saved, for\n{lines}") from None
                told.append(
                    f"{taken.municipality.name_ky}: {'new' if taken.is_new else 'renewed'}, villages "
                    f"{taken.villages}, streets {taken.streets}, issues {taken.issues}"
                )
    return told


async def as_yaml(db: "AsyncSession", home: Municipality) -> bytes:
    """The municipality as the YAML that `take_files` reads."""
    given = await municipalities.give_back(db, home)
    return str(yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=100)).encode()


# --- spreadsheets ---


async def find_home(db: "AsyncSession", key: str | None) -> Municipality:
    """The municipality of that key, or the only one; CannotTake names those that there are."""
    homes = {home.key: home for home in await every_home(db)}
    if key is None and len(homes) != 1:
        raise CannotTake(f"say which municipality: {', '.join(homes) or 'there is none yet'}")
    home = homes.get(key or next(iter(homes)))
    if home is None:
        raise CannotTake(f"there is no municipality «{key}»; there are: {', '.join(homes)}")
    return home


async def take_sheet(database: "Database", file: Path, key: str | None, *, ask: bool) -> str:
    """Takes the list of issues in from a spreadsheet: checks it, shows what would change, asks, applies; gives what
    was done in a line. CannotTake lists the faults; then, and when the answer is no, nothing is changed."""
    spoken = words()
    t, sheet = spoken.speaker("en"), sheet_words(spoken)
    content = file.read_bytes()
    try:
        async with database.transaction() as db:
            home = await find_home(db, key)
            today = keeping.today_of(home, datetime.now(UTC))
            plan = await sheet_plans.read_sheet(db, home, content, file.name, sheet, today)
        click.echo("\n".join(_preview(t, home, plan)))
        if plan.is_empty:
            return "Nothing was changed."
        if ask:
            click.confirm("Apply?", abort=True, err=True)
        async with database.transaction() as db:
            await sheet_plans.apply(db, await find_home(db, home.key), plan, None, frozenset(), datetime.now(UTC))
    except BadSheet as bad:
        lines = "\n".join(f"  {line[0].lower()}{line[1:]}" for line in fault_lines(t, bad.faults))
        raise CannotTake(f"nothing was saved; wrong in {file}:\n{lines}") from None
    except Refused as no:
        raise CannotTake(f"nothing was saved: {t(f'refusal-{no.reason}', **no.details)}") from None
    return "Applied."


def _preview(t: Speaker, home: Municipality, plan: sheet_plans.Plan) -> list[str]:
    """What would change; of what is corrected, before and after."""
    lines = [home.name("en"), *plan_lines(t, plan)]
    for code, fields in plan.changed.items():
        lines.append(f"{code}:")
        lines += [f"  {name}: «{_short(before)}» → «{_short(after)}»" for name, (before, after) in fields.items()]
    return lines


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


async def as_sheet(db: "AsyncSession", home: Municipality, file: Path) -> bytes:
    """The list of issues as the spreadsheet that `take_sheet` reads, of the kind that the file's name says;
    CannotTake for any other kind."""
    if file.suffix.lower() == ".xls":
        raise CannotTake("name the file .xlsx or .csv; the old .xls is not written.")
    spoken = words()
    sheet = sheet_words(spoken)
    rows, columns = await issue_sheet.give_sheet(db, home, sheet, "ky"), issue_sheet.columns(sheet)
    if file.suffix.lower() == ".csv":
        return as_csv(columns, rows, "ky")
    return as_xlsx(columns, rows, "ky", spoken.speaker("ky")("sheets-title"), stay=issue_sheet.STAY)
