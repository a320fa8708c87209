"""Which tables are there? Importing this registers every one."""

from storage import (
    announcements,
    broadcasts,
    cards,
    chain,
    changes,
    drafts,
    files,
    groups,
    inbox,
    issues,
    jobs,
    journal,
    municipalities,
    opinions,
    outbox,
    people,
    publications,
    reports,
    stops,
    subscriptions,
    templates,
    thresholds,
    workdays,
)
from storage.base import Base
from storage.petitions import tables as petitions
from storage.proposals import tables as proposals

metadata = Base.metadata
MODULES = (
    announcements,
    broadcasts,
    cards,
    chain,
    changes,
    drafts,
    files,
    groups,
    inbox,
    issues,
    jobs,
    journal,
    municipalities,
    opinions,
    outbox,
    people,
    petitions,
    proposals,
    publications,
    reports,
    stops,
    subscriptions,
    templates,
    thresholds,
    workdays,
)
