post-title = Timetable and post
post-text = Here you see what the bot does by itself and when, and how letters get on.
post-look = Please have a look
post-well = All is well
post-open = Timetable and post
post-needs-look = Timetable and post
post-jobs = Timetable
post-jobs-title = Timetable: { $count }
post-jobs-bad = Not going well: { $count }
post-jobs-well = all goes well
post-jobs-text = The bot does these things by itself. Press one to see when it was and what it did.
post-page = Page
post-waiting = Letters that wait
post-waiting-title = Letters that wait: { $count }
post-waiting-text = What letters wait for. There is nothing to do: each leaves by itself when its time comes.
post-waiting-none = No letter waits now.
post-doubtful = Letters in doubt
post-doubtful-title = Letters in doubt: { $count }
post-doubtful-text = The bot was cut off while these letters went out, so nobody knows whether they arrived. Reminders and receipts are then sent again by themselves, announcements are not: it is for you to decide.
post-doubtful-none = No letter is in doubt.
post-undelivered = Did not arrive
post-undelivered-title = Letters that did not arrive: { $count }
post-undelivered-text = The bot tried to send these several times and gave up. Whoever stopped the bot is not written to until they write again.
post-undelivered-none = Every letter arrived.
post-in-days =
    { $count ->
        [one] { $shown } in { $count } day
       *[other] { $shown } in { $count } days
    }
post-days =
    { $count ->
        [one] In the last { $count } day
       *[other] In the last { $count } days
    }
post-stopped = Stopped the bot
post-stopped-telegram = Stopped the bot, Telegram
post-stopped-whatsapp = Stopped the bot, WhatsApp
post-gone = The reader is there no more
post-failed-connection = No connection to the messenger
post-failed-messenger = The messenger did not take it
post-failed-program = A fault of the program

post-waits-now = Leave now
post-waits-in-hand = On their way
post-waits-quiet = Wait for the end of the quiet hours
post-waits-planned = Wait for their time
post-waits-again = Did not arrive, will be sent again
post-waits-daily = Wait for the day’s digest
post-waits-weekly = Wait for the week’s digest
post-later-message = WhatsApp: wait until the reader writes
post-later-knocked = WhatsApp: told “there is news”, the reader has not tapped yet
post-later-template = WhatsApp did not take the template
post-later-full = WhatsApp: as many people as allowed were written to today
post-later-rate = The messenger asks us to wait
post-waits-paused = Announcements that are paused
post-broadcasts = Announcements whose letters are still being written

post-letter-announcements = Announcement
post-letter-issues = About an issue
post-letter-meetings = About a meeting
post-letter-petitions = About a petition
post-letter-proposals = About a proposal
post-letter-polls = About a poll
post-letter-plan = About the plan
post-letter-outcomes = About outcomes
post-letter-work = Letter to staff
post-letter-account = About an account
post-letter-correction = Correction
post-letter-digest = Digest
post-letter-post = Post in a channel
post-letter-about = Which one
post-letter-posted = Written
post-letter-since = In doubt
post-letter-text = Nobody knows whether this letter reached its reader. Sent again, it may come twice. Left, it may never come.
post-send-all = Send all again
post-leave-all = Leave all
post-send-one = Send again
post-leave-one = Leave it
post-send-title = Send again? Letters: { $count }
post-send-text = Whoever got the letter already gets it a second time. Nothing goes to those who muted such letters, or of an announcement that was cancelled.
post-send-yes = Yes, send
post-leave-title = Leave as it is? Letters: { $count }
post-leave-text = Whoever did not get the letter will not get it. It is listed here no more.
post-leave-yes = Yes, leave
post-sent-again = Sent again: { $count }
post-left = Left as it is: { $count }

post-job-is-never = Has not run yet
post-job-is-runs = Runs now
post-job-is-well = Goes well
post-job-is-failed = Failed the last time
post-job-is-broken-off = Was broken off in the middle
post-job-is-late = Is late
post-job-rhythm = How often
post-job-last = Last time
post-job-took = Took
post-job-did = Done
post-job-next = Next time
post-job-quick = less than a second
post-job-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
post-job-fault =
    { $count ->
        [one] Why: { $why } ({ $kind }). { $count } time in a row.
       *[other] Why: { $why } ({ $kind }). { $count } times in a row.
    }
post-job-heals = Nothing was left half done. It begins again by itself and makes up for what was missed. If it goes on, tell whoever looks after the program: the rest stands in its log.
post-job-late = Its time is over. The bot may have been off: it makes up for it by itself now. If it goes on, tell whoever looks after the program.
post-fault-database = the database did not answer
post-fault-time = it took too long
post-fault-program = a fault of the program
post-every-day =
    { $count ->
        [one] every { $count } day
       *[other] every { $count } days
    }
post-every-hour =
    { $count ->
        [one] every { $count } hour
       *[other] every { $count } hours
    }
post-every-minute =
    { $count ->
        [one] every { $count } minute
       *[other] every { $count } minutes
    }
post-every-second =
    { $count ->
        [one] every { $count } second
       *[other] every { $count } seconds
    }

job-empty-inbox = Clear the inbox
job-about-empty-inbox = Deletes the marks of what arrived and was answered three days ago.
job-drop-drafts = Unfinished answers
job-about-drop-drafts = Deletes answers that were cancelled a week ago or left for ninety days.
job-drop-files = Unwanted files
job-about-drop-files = After a day, deletes photos, papers and voice notes that nothing refers to.
job-drop-invitations = Old invitations
job-about-drop-invitations = After ninety days, deletes invitations that nobody took up.
job-drop-letters = Old letters
job-about-drop-letters = After fifty-six days, deletes letters that people have got. The figures of announcements stay.
job-let-guests-go = Guests of long ago
job-about-let-guests-go = Deletes what is kept about people who came half a year ago and never agreed.
job-remind-renewals = Renewal reminders
job-about-remind-renewals = Writes to staff when information on the list is soon to be renewed.
job-change-posts = Pinned posts
job-about-change-posts = When the list changes, brings the pinned post in the channel and groups up to date.
job-end-group-requests = Requests of groups
job-about-end-group-requests = Ends requests of groups that nobody decided in fourteen days, and tells whoever asked.
job-post-heads = Head of the journal
job-about-post-heads = Posts the head of the journal in the channel: then nobody can change the journal unseen.
job-send-digests = Digests
job-about-send-digests = Sends the news together to those who want them once a day or once a week.
job-close-opinions = Quick polls
job-about-close-opinions = Closes quick polls whose time is over, counts the answers and writes the result in the same place.
job-follow-cards = Cards in groups
job-about-follow-cards = Brings the counts on cards in groups and channels up to date, at most once in 3 seconds.
job-settle-announcements = Announcements
job-about-settle-announcements = Notes when an announcement begins to go out and when it is out, and tells its author the figures.
job-close-petitions = Closing petitions
job-about-close-petitions = Closes petitions whose time is over.
job-watch-hand-overs = Handing over in time
job-about-watch-hand-overs = Reminds groups that have gathered enough, and ends petitions that nobody hands over.
job-warn-deadlines = Deadlines
job-warn-proposals = Proposal deadlines
job-about-warn-deadlines = Tells staff when a petition is soon to be checked, registered or answered.
job-about-warn-proposals = Tells staff when a proposal is to be registered, or an appeal answered, soon or too late already.
job-take-signatures-out = Signatures taken out
job-about-take-signatures-out = When many signatures are taken out of the count, does it in pieces.
job-take-names-off = Names taken off
job-about-take-names-off = Deletes the names of signers once the answer does not need them any more.

people-event-post-sent-again = You sent letters in doubt again
people-event-post-left = You left letters in doubt as they are
