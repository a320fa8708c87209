"""Which tables are there? Importing this registers every one."""

from storage import (
    chain,
    changes,
    drafts,
    files,
    inbox,
    issues,
    journal,
    municipalities,
    outbox,
    people,
    petitions,
    proposals,
    publications,
    reports,
    stops,
    templates,
    thresholds,
    workdays,
)
from storage.base import Base

metadata = Base.metadata
MODULES = (
    chain,
    changes,
    drafts,
    files,
    inbox,
    issues,
    journal,
    municipalities,
    outbox,
    people,
    petitions,
    proposals,
    publications,
    reports,
    stops,
    templates,
    thresholds,
    workdays,
)
