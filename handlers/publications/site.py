"""What does the public page say of a municipality, and in which words?"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from civic.issues import renew_until, renewal
from civic.municipalities import Kind, local
from civic.spelling import clean
from exports.listing import Entry, Head, Home, InLanguages, Listing
from exports.site import Words
from storage.catalogue import catalogue
from storage.chain import find_head
from storage.issues import Issue, whole_issues
from storage.municipalities import Municipality
from talk.words import LANGUAGES, Speaker
from talk.words import Words as Spoken

_CONTACTS = ("address", "phone", "email", "hours")


async def listing_of(db: AsyncSession, home: Municipality, now: datetime) -> Listing:
    """The municipality's list as it stands now, in one statement."""
    today = local(now, home.time_zone).date()
    return _listing(home, await whole_issues(db, home.id), today)


async def page_of(db: AsyncSession, home: Municipality, now: datetime) -> Listing:
    """What the public page shows: the list, and how far the municipality's journal goes (docs/proof.md)."""
    listing, head = await listing_of(db, home, now), await find_head(db, home.id)
    if head is None:
        return listing
    return replace(listing, head=Head(head.number, head.hash, local(head.at, home.time_zone)))


def _listing(home: Municipality, issues: Sequence[Issue], today: date) -> Listing:
    used = {issue.group for issue in issues}
    themes: dict[str, InLanguages] = {code: theme.label for code, theme in catalogue().themes.items() if code in used}
    themes |= {code: dict.fromkeys(LANGUAGES, code) for code in sorted(used - themes.keys())}
    return Listing(home_of(home), themes, [_entry(home, issue, today) for issue in issues], today)


def home_of(home: Municipality) -> Home:
    """The municipality as the page shows it; of its contacts only those that are meant for everybody."""
    return Home(
        key=home.key,
        kind=home.kind,
        name=_each(home.name),
        district=_each(lambda language: str(home.district.get(language) or home.district.get("ky") or "")),
        contacts={kind: _each(partial(home.contact, kind)) for kind in _CONTACTS},
    )


def _each(said: Callable[[str], str]) -> dict[str, str]:
    return {language: clean(said(language)) for language in LANGUAGES}


def _entry(home: Municipality, issue: Issue, today: date) -> Entry:
    numbers = home.settings
    until = renew_until(issue.renewed_on, numbers.info_refresh_months) if issue.renewed_on is not None else None

    def said(part: str) -> dict[str, str]:
        return _each(lambda language: issue.said(part, language))

    def law(form: str) -> dict[str, str]:
        return _each(lambda language: issue.law_in(language, form=form))

    return Entry(
        id=issue.id,
        code=issue.code,
        theme=issue.group,
        own=issue.law_code is None,
        label=said("label"),
        text=said("text"),
        law=law("short"),
        reference=law("reference"),
        mark=law("check") if issue.checked_on is None else dict.fromkeys(LANGUAGES, ""),
        law_checked_on=issue.checked_on,
        responsible=clean(issue.responsible),
        post=said("post"),
        phone=clean(issue.phone),
        doing=said("doing"),
        renewed_on=issue.renewed_on,
        renew_until=until,
        state=renewal(
            issue.renewed_on, today, months=numbers.info_refresh_months, warn_months=numbers.info_warn_months
        ),
    )


def site_words(words: Spoken) -> dict[str, Words]:
    """The words of the public page in every language, by their name in the templates."""
    return {language: _spoken(words.speaker(language)) for language in LANGUAGES}


def _spoken(t: Speaker) -> Words:
    return {
        **{f"lead-{kind}": t(f"site-lead-{kind}") for kind in Kind},
        "language": t("kit-language-name"),
        "title": t("site-title"),
        "languages": t("site-languages"),
        "contents": t("site-contents"),
        "top": t("site-top"),
        "law": t("issues-fact-law"),
        "charter": t("site-charter"),
        "charter-text": t("site-charter-text"),
        "doing": t("issues-doing"),
        "responsible": t("issues-fact-responsible"),
        "nobody": t("issues-nobody-yet"),
        "phone": t("issues-fact-contact"),
        "renewed": t("issues-fact-renewed"),
        "never": t("issues-never-renewed"),
        "due": t("site-due"),
        "overdue": t("site-overdue"),
        "open": t("site-open"),
        "empty": t("issues-list-empty"),
        "contacts": t("site-contacts"),
        "address": t("site-address"),
        "email": t("site-email"),
        "hours": t("site-hours"),
        "bot-title": t("site-bot-title"),
        "bot-text": t("site-bot-text"),
        "bot-open": t("site-bot-open"),
        "proof-title": t("proof-page-title"),
        "proof-text": t("proof-page-text"),
        "proof-newest": t("proof-page-newest"),
        "receipt-title": t("proof-receipt-title"),
        "receipt-ask": t("proof-receipt-ask"),
        "receipt-check": t("proof-receipt-check"),
        "receipt-nobody": t("proof-receipt-nobody"),
        "data": t("site-data"),
        "as-of": t("site-as-of"),
        "homes": t("site-homes"),
        "whose": t("issues-whose-title"),
        "missing": t("site-missing"),
        "missing-text": t("site-missing-text"),
        "to-list": t("site-to-list"),
    }
