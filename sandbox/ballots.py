"""How did the people vote? Native polls, their votes, and their closing by the sandbox clock."""

from dataclasses import dataclass, field

from sandbox.chats import Chat, Json, Person, Post
from sandbox.world import World


@dataclass(slots=True, eq=False)
class Ballot:
    """One native poll."""

    id: str
    question: str
    options: list[str]
    anonymous: bool
    quiz: bool
    many: bool
    revoting: bool
    hidden: bool
    members_only: bool
    correct: list[int]
    explanation: str | None
    description: str | None
    open_period: int | None
    close_at: int | None
    closed: bool
    chat: Chat | None = None
    post: Post | None = None
    votes: dict[int, list[int]] = field(default_factory=dict)

    def json(self, *, with_description: bool = False) -> Json:
        """The Poll object."""
        counts = [0] * len(self.options)
        shown = not self.hidden or self.closed
        for choice in self.votes.values() if shown else ():
            for place in choice:
                counts[place] += 1
        poll: Json = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": str(place), "text": text, "voter_count": counts[place]}
                for place, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes) if shown else 0,
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "quiz" if self.quiz else "regular",
            "allows_multiple_answers": self.many,
            "allows_revoting": self.revoting,
            "members_only": self.members_only,
        }
        if self.quiz:
            poll["correct_option_ids"] = self.correct
            poll["correct_option_id"] = self.correct[0] if self.correct else None
        for key, value in (
            ("explanation", self.explanation),
            ("description", self.description if with_description else None),
            ("open_period", self.open_period),
            ("close_date", self.close_at),
        ):
            if value:
                poll[key] = value
        return poll


def vote(world: World, person: Person, ballot: Ballot, options: list[int]) -> str | None:
    """Count a vote (an empty one retracts it); says why not, or None."""
    close_due(world)
    if ballot.closed:
        return "the poll is closed"
    if any(not 0 <= place < len(ballot.options) for place in options):
        return "there is no such option"
    if len(options) > 1 and not ballot.many:
        return "this poll takes one answer"
    if person.id in ballot.votes and not ballot.revoting:
        return "this poll does not allow a change of vote"
    if not options and person.id not in ballot.votes:
        return "there is no vote to retract"
    if options:
        ballot.votes[person.id] = sorted(set(options))
    else:
        del ballot.votes[person.id]
    _show(world, ballot)
    if not ballot.anonymous:
        chosen = ballot.votes.get(person.id, [])
        answer = {
            "poll_id": ballot.id,
            "user": person.user(),
            "option_ids": chosen,
            "option_persistent_ids": [str(place) for place in chosen],
        }
        world.updates.add("poll_answer", answer)
    world.updates.add("poll", ballot.json())
    return None


def close(world: World, ballot: Ballot) -> None:
    """Close a poll and tell the bot."""
    ballot.closed = True
    _show(world, ballot)
    world.updates.add("poll", ballot.json())


def close_due(world: World) -> None:
    """Close the polls whose time is over by the sandbox clock."""
    now = world.clock.stamp()
    for ballot in world.polls.values():
        if not ballot.closed and ballot.close_at is not None and ballot.close_at <= now:
            close(world, ballot)


def _show(world: World, ballot: Ballot) -> None:
    if ballot.chat is not None and ballot.post is not None:
        world.revise(ballot.chat, ballot.post, poll=ballot.json(with_description=True))
