announcements-title = Announcements: { $count }
announcements-none = There are no announcements yet. Press “Write a new one”.
announcements-write = Write a new one
announcements-templates = Templates
announcements-tasks = Announcements wait
announcements-desk = Announcements
announcements-what-all = All
announcements-what-asked = Waiting for a second
announcements-what-draft = Drafts
announcements-what-going = On their way
announcements-what-sent = Sent
announcements-state-draft = Draft
announcements-state-asked = Waits for a second person to agree
announcements-state-planned = Goes out at its time
announcements-state-sending = Going out
announcements-state-paused = Paused
announcements-state-sent = Sent
announcements-state-cancelled = Cancelled
announcements-state-recalled = Recalled
announcements-crowd-everybody = All residents
announcements-crowd-villages = Some villages
announcements-crowd-streets = Some streets
announcements-crowd-issue = Issue followers
announcements-crowd-petition = Petition signers
announcements-crowd-staff = Staff
announcements-crowd-places = Channels and groups
announcements-part-ky = Kyrgyz text
announcements-part-ru = Russian text
announcements-part-file = Picture, file, voice
announcements-part-audience = For whom
announcements-part-urgent = Urgency
announcements-part-time = Time of sending
announcements-part-topic = Topic
announcements-change = Change
announcements-change-title = What is to be changed?
announcements-change-asked = After a change a second person has to agree anew.
announcements-ask-topic = What is it about? For each topic people have chosen how often they hear of it.
announcements-ask-title-ky = Write the title in Kyrgyz, short and clear. For example: Суу өчүрүлөт.
announcements-ask-text-ky = Now the whole text in Kyrgyz: what happens, when, where, whom to ask.
announcements-ask-title-ru = Write the title in Russian. If you skip it, those who read Russian get the Kyrgyz words.
announcements-ask-text-ru = Now the whole text in Russian.
announcements-named-title-ky = Title in Kyrgyz
announcements-named-text-ky = Text in Kyrgyz
announcements-named-title-ru = Title in Russian
announcements-named-text-ru = Text in Russian
announcements-ask-file = A picture, a file or a voice message? Send it, or skip this if none is needed.
announcements-ask-urgent = Is it urgent? What is urgent arrives in quiet hours as well.
announcements-not-urgent = No, as usual
announcements-is-urgent = Yes, urgent
announcements-ask-why-urgent = Why is it urgent? People see the reason.
announcements-named-urgent = Why urgent
announcements-ask-when = When is it to go out?
announcements-now = At once
announcements-later = At a time
announcements-ask-at = Write day and time, for example: 04.05.2026 14:00. At most 60 days ahead.
announcements-ask-crowd = Whom is it for?
announcements-ask-villages = For which villages? Choose one after another.
announcements-ask-streets-of = In which village is the street?
announcements-ask-streets = For which streets? Choose one after another. It reaches only those who said on which street they live.
announcements-streets-unknown = In that village { $count ->
    [one] { $count } person has not named a street: it does not reach them.
   *[other] { $count } people have not named a street: it does not reach them.
}
announcements-ask-issue = For the followers of which issue?
announcements-ask-petition = For the signers of which petition?
announcements-ask-roles = For staff with which role? Choose one after another.
announcements-ask-places = In which channel or group? Choose one after another.
announcements-ask-places-too = Put it in channels and groups as well?
announcements-no-places = No
announcements-enough = That is all
announcements-chosen = Chosen: { $names }
announcements-correct-title = Correct an announcement
announcements-templates-title = Templates of announcements: { $count }
announcements-templates-text = Words that come again can be kept and begun from. Open an announcement and press “Keep as template”.
announcements-template-away = This template is put away
announcements-template-remove = Put it away
announcements-begin = Begin from it
announcements-ask-name = What is the template called? Only staff see the name. For example: Water cut.
announcements-named-name = Name of the template
announcements-kept = The template is kept.
announcements-keep = Keep as template
announcements-preview = This is how people will read it ({ $language }):
announcements-remark = The second person does not agree: “{ $words }”
announcements-corrects = These are new words for what was sent: { $count ->
    [one] { $count } message changes
   *[other] { $count } messages change
    }, in about { $minutes } min. WhatsApp changes no message: a new one comes there.
announcements-whom = For whom
announcements-when = When
announcements-by = Who wrote it, who agreed
announcements-somebody = somebody of the staff
announcements-nobody = Nobody would get this now: choose others.
announcements-reach = { $count ->
    [one] { $count } person gets it
   *[other] { $count } people get it
    }, in about { $minutes } min.
announcements-reach-digests = Of these { $daily } read it in a daily digest and { $weekly } in a weekly one.
announcements-reach-places = Channels and groups: { $count }
announcements-at-once = Goes out as soon as it is confirmed
announcements-at = Goes out: { $at }
announcements-quiet = Residents get it: { $at }, after the quiet hours. Only what is urgent arrives at night. If the text says “today” or “tomorrow”, name the date as well.
announcements-time-passed = (this time is over, choose another)
announcements-no-russian = There is no Russian text: those who read Russian get the Kyrgyz one.
announcements-agree = I agree, send it
announcements-send = Send now
announcements-plan = Send at that time
announcements-correct-yes = Correct
announcements-ask = Ask a second person
announcements-decline = I do not agree
announcements-add-russian = Add Russian
announcements-drop = Put away
announcements-was-corrected = The correction is on its way: the messages that arrived are being changed.
announcements-is-planned = It is planned and goes out by itself at its time.
announcements-is-sent = It is going out. “Refresh” shows how many have it.
announcements-asked = { $count ->
    [one] { $count } colleague was asked.
   *[other] { $count } colleagues were asked.
    } When one of them agrees, it goes out.
announcements-ask-remark = “{ $title }”: why do you not agree? The author reads this.
announcements-named-remark = Reason
announcements-was-declined = The author is told. It is a draft again.
announcements-refresh = Refresh
announcements-pause = Pause
announcements-continue = Continue
announcements-cancel = Cancel
announcements-correct = Correct
announcements-recall = Recall
announcements-undelivered = Not delivered
announcements-card = Text to forward
announcements-see = Read it
announcements-paused = Paused: nobody gets it until you continue.
announcements-continued = It goes on.
announcements-cancel-title = Cancel the announcement?
announcements-cancel-some = { $count ->
    [one] { $count } person has it already and keeps it.
   *[other] { $count } people have it already and keep it.
    } Nobody else gets it. To delete it everywhere, recall it.
announcements-cancel-none = Nobody has it yet, and nobody will get it.
announcements-cancel-yes = Yes, cancel
announcements-cancelled = It is cancelled.
announcements-restored = It is as it was before.
announcements-recall-title = Recall the announcement?
announcements-recall-text = { $count ->
    [one] { $count } message is taken back
   *[other] { $count } messages are taken back
    }: deleted in Telegram; in WhatsApp people are told that it does not hold. To tell people why, press “Correct” instead. This cannot be undone, and is possible within 48 hours only.
announcements-recall-yes = Yes, recall
announcements-recalled = Recalled: { $count ->
    [one] { $count } message is being taken back
   *[other] { $count } messages are being taken back
    }.
announcements-all-arrived = It reached everybody.
announcements-about-gone = These people stopped the bot or deleted their account. When they write again, later news reaches them.
announcements-about-failed = The messenger did not accept these. If there are many, tell the administrator.
announcements-about-in-doubt = The bot stopped at that moment: nobody knows whether these arrived. They are not sent twice.
announcements-figure-sent = Delivered
announcements-figure-waiting = Waiting
announcements-figure-places = In channels and groups
announcements-figure-digest = In a digest
announcements-figure-window = Waits for a message
announcements-figure-gone = Stopped the bot
announcements-figure-failed = Failed
announcements-figure-in-doubt = In doubt
announcements-figure-muted = Do not want such news
announcements-figure-skipped = Not needed any more
announcements-figure-cancelled = Cancelled
announcements-figure-pressed = Pressed the button
announcements-look = Look at it
announcements-asks-title = An announcement needs your agreement
announcements-asks-text = For whom: { $whom }. Look at it and say whether you agree.
announcements-agreed-title = The announcement was agreed to
announcements-agreed-text = It is going out, or goes out at its time.
announcements-declined-title = The announcement was not agreed to
announcements-done-title = The announcement has gone out
people-event-announcement-written = You wrote an announcement
people-event-announcement-asked = You asked for agreement to an announcement
people-event-announcement-declined = You did not agree to an announcement
people-event-announcement-sent = You sent an announcement
people-event-announcement-paused = You paused an announcement
people-event-announcement-continued = You continued an announcement
people-event-announcement-cancelled = You cancelled an announcement
people-event-announcement-restored = You restored an announcement
people-event-announcement-corrected = You corrected an announcement
people-event-announcement-recalled = You recalled an announcement
announcements-role-clerk = Clerks
announcements-role-moderator = Moderators
announcements-role-head = Head or mayor
announcements-role-deputy = Deputies
announcements-role-monitoring = Monitoring group
announcements-role-admin = Administrators
announcements-same = Leave as it is
announcements-new = A new announcement
announcements-changing = Change an announcement
announcements-written-by = Who wrote it
announcements-silent =
    { $days ->
        [one] Silent in WhatsApp for over a day: { $count }. They are told first that there is news, which takes { $days } day.
       *[other] Silent in WhatsApp for over a day: { $count }. They are told first that there is news, which takes { $days } days.
    }
announcements-silent-cost = It costs { $cost } at most.
announcements-silent-none = Silent in WhatsApp for over a day: { $count }. They read it only after they have written.
