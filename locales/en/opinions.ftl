# Quick polls in groups and channels: opinions, never decisions

opinions-title = Quick polls
opinions-text = A quick poll tells what people in a group or channel think. Nobody sees who answered what. The result binds nobody.
opinions-none = There has been no quick poll yet.
opinions-new = Ask a quick poll
opinions-all = Quick polls
opinions-mark = Quick poll. Not binding, only to learn what people think. Open until { $on }.
opinions-ask-question = What do you ask? Write one sentence. A quick poll only tells what people think: its result binds nobody and decides nothing.
opinions-named-question = Question
opinions-ask-options =
    Which answers are there? Write all of them in one message, each on a line of its own. For example:
    Yes
    No
    I do not know
opinions-named-options = Answers
opinions-ask-days = For how many days is it open?
opinions-named-days = Time
opinions-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
opinions-ask-where = Where do you ask?
opinions-named-where = Where
opinions-everywhere = Everywhere: { $count }
opinions-asked = The quick poll is on its way.
opinions-open = Open until { $until }
opinions-counting = Closed, the answers are being counted
opinions-closed = Closed: { $at }
opinions-lost = not counted: the message was deleted, or the bot is not there
opinions-stands = it stands there, with its counts
opinions-on-its-way = on its way
opinions-line = { $option }: { $count } ({ $per_cent } %)
opinions-voters = Answered: { $count }
opinions-answered = { $count } answered
opinions-not-binding = This quick poll only tells what people think: its result binds nobody.
opinions-result = Result of the quick poll
opinions-close = Close it now
opinions-close-text = After that nobody can answer, and it cannot be opened again. The result will stand in the same place.
opinions-close-yes = Yes, close it
