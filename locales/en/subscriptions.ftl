subscriptions-all = Everything
subscriptions-text = How often may the bot write to you by itself? What you have chosen is marked with ✓. You can choose for each topic as well.
subscriptions-quiet = Quiet hours
subscriptions-quiet-hours = { $hours }. Messages wait until the morning then. Urgent ones come at once, and those that cannot be muted come without a sound.
subscriptions-quiet-none = none
subscriptions-together = Digest
subscriptions-together-at = { $hour }, that of the week on Fridays
subscriptions-always =
    These always come and cannot be muted:
    • the answer to your proposal and each of its steps
    • the decision on your petition, and the answer to a petition you signed
    • when your signature is taken out of the count
    • when the initiative group changes
    • when your messengers or duties change
    Without them you could miss a right or a deadline.
subscriptions-chosen = Noted. { $what }: { $how }

subscriptions-topics = By topic
subscriptions-topics-text = Press a topic and choose how often I write about it.
subscriptions-topic-announcements = Announcements
subscriptions-topic-issues = Issues
subscriptions-topic-meetings = Meetings
subscriptions-topic-petitions = Petitions
subscriptions-topic-proposals = Proposals
subscriptions-topic-polls = Polls
subscriptions-topic-plan = Plan
subscriptions-topic-outcomes = Results
subscriptions-about-announcements = Announcements of the municipality: water, power, roads, events.
subscriptions-about-issues = News of the issues you follow.
subscriptions-about-meetings = Assemblies and hearings: when, where, what about.
subscriptions-about-petitions = How petitions go on that you signed or follow.
subscriptions-about-proposals = How proposals go on that you support or follow.
subscriptions-about-polls = Surveys and polls: when they begin and when they end.
subscriptions-about-plan = The draft of the engagement plan and its events.
subscriptions-about-outcomes = What was done, and what came of it.
subscriptions-now = Now: { $how }
subscriptions-as-all = As for everything

subscriptions-villages-aimak = Other villages
subscriptions-villages-city = Other districts
subscriptions-villages-text-aimak = The news of your own village comes anyway. To have that of another village too, press it. Press again to stop.
subscriptions-villages-text-city = The news of your own district comes anyway. To have that of another district too, press it. Press again to stop.
subscriptions-villages-taken = Marked: { $count }
subscriptions-village-taken = You now get the news of this place too: { $village }
subscriptions-village-left = The news of this place comes no more.

subscriptions-muted = Muted
subscriptions-muted-title = Muted: { $count }
subscriptions-muted-text = Nothing comes about these. Press one to hear of it again.
subscriptions-muted-none = Nothing is muted now. Under a message press “Why do I get this?”; there you can mute such messages.
subscriptions-mute-done = Muted. Nothing more comes about it.
subscriptions-unmute-done = You will hear of it again.
subscriptions-elsewhere-issue = An issue elsewhere
subscriptions-elsewhere-petition = A petition elsewhere
subscriptions-elsewhere-proposal = A proposal elsewhere

# the button under every letter, and the title of what it opens
subscriptions-why = Why do I get this?
subscriptions-why-account = This is about your messengers.
subscriptions-why-work = This came because of your duties.
subscriptions-why-asked = This is the answer to what you asked for. It comes once.
subscriptions-why-member = You are in the initiative group of this petition.
subscriptions-why-signer = You signed this petition.
subscriptions-why-follower = You follow this.
subscriptions-why-was-in = It concerned you, so I tell you.
subscriptions-why-author = This is your proposal.
subscriptions-why-supporter = You support this proposal.
subscriptions-why-belongs = You are registered as living here, and this went to everybody.
subscriptions-why-village = This is about the place where you live.
subscriptions-why-other-village = You chose to get the news of this place too.
subscriptions-why-street = It was told to whoever lives on your street.
subscriptions-why-digest-daily = You chose to get messages together, once a day.
subscriptions-why-digest-weekly = You chose to get messages together, once a week.
subscriptions-urgent = It is urgent, so it comes in the quiet hours too.
subscriptions-choose-less = You can mute just this one, or hear of the whole topic less often.
subscriptions-choose-topic = You can get such messages less often, or not at all.
subscriptions-must = It cannot be muted: without such a message you could miss a right or a deadline.
subscriptions-must-account = It cannot be muted: this is how you learn when somebody else comes in under your name.
subscriptions-must-work = It cannot be muted: as long as the duty is yours, what belongs to it comes.
subscriptions-this-one = This one
subscriptions-is-muted = muted
subscriptions-mute = Mute this one
subscriptions-unmute = Hear of it again
subscriptions-less-daily = Once a day
subscriptions-less-never = No more like this
subscriptions-settings = Choose messages

subscriptions-digest-title = News: { $count }
subscriptions-digest-daily = News of the day, { $day }
subscriptions-digest-weekly = News of the week, { $day }
subscriptions-digest-more = And { $count } more:
subscriptions-issue-news = News of an issue you follow
subscriptions-open-issue = Open the issue
subscriptions-news-title = News for you
subscriptions-news-come =
    { $count ->
        [one] There is { $count } message for you. It comes now.
       *[other] There are { $count } messages for you. They come now, one after the other.
    }
subscriptions-news-none = There is nothing new: everything has come already or is over.
# what one types
subscriptions-word-stop = Stop
subscriptions-word-unsubscribe = Unsubscribe
subscriptions-word-start = Start
subscriptions-stopped = Done: only essential messages come from now on. To turn the others on again, type “Start” or choose below.
