"""Which tables are there? Importing this registers every one."""

from storage import drafts, inbox, issues, journal, municipalities, people
from storage.base import Base

metadata = Base.metadata
MODULES = (drafts, inbox, issues, journal, municipalities, people)
