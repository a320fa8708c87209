"""What can happen? The closed list of journal entries; `people-event-<event>` names the words a person reads."""

from enum import StrEnum


class Event(StrEnum):
    """One thing that is worth remembering. The value is never reused for anything else."""

    SETTLED = "person.settled"
    CONSENTED = "person.consented"
    NOTIFY_CHANGED = "person.notify"
    PHONE_PROVEN = "person.phone-proven"
    RESIDENT_DECLARED = "person.declared"
    RESIDENT_CONFIRMED = "person.confirmed"
    FORGOTTEN = "person.forgotten"
    ACCOUNTS_JOINED = "person.accounts-joined"
    ACCOUNTS_PARTED = "person.accounts-parted"
    ISSUE_FOLLOWED = "issue.followed"
    ISSUE_UNFOLLOWED = "issue.unfollowed"
    ISSUE_CHANGED = "issue.changed"
    INVITED = "role.invited"
    INVITATION_WITHDRAWN = "role.invitation-withdrawn"
    ROLE_TAKEN_UP = "role.taken-up"
    ROLE_ENDED = "role.ended"
    ROLE_RESTORED = "role.restored"
    PLACE_LINKED = "place.linked"
    PLACE_UNLINKED = "place.unlinked"
    PUBLISHED = "list.published"
    PUBLICATION_WITHDRAWN = "list.publication-withdrawn"
    MUNICIPALITY_FOUNDED = "municipality.founded"
    MUNICIPALITY_CHANGED = "municipality.changed"

    @property
    def key(self) -> str:
        """The name in message keys, which know no full stops."""
        return self.value.replace(".", "-")
