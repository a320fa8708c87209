# Stands in three languages at once and is the same in every file: nobody's language is known yet.
people-ask-language =
    Саламатсызбы! Мен — «Ашар»: сизди айыл өкмөтү же мэрия менен байланыштырам. Тилди тандаңыз.

    Здравствуйте! Я — «Ашар»: помогаю вам быть на связи с айыл окмоту или мэрией. Выберите язык.

    Hello! I am “Ashar”: I keep you in touch with your local government. Choose a language.
people-ask-municipality = Which aiyl aimak or city do you live in? Choose it or type its name.
people-ask-village-aimak = Which village do you live in? Choose it or type its name. We ask so that you get the news of your own village.
people-ask-village-city = Which microdistrict do you live in? Choose it or type its name. We ask so that you get the news of your own microdistrict.
people-village-elsewhere = Not on the list

# When the substance changes, raise CONSENT_VERSION in actions/people.py.
people-consent-text =
    Do you agree to your data being kept? Your consent is needed to get news and take part. To read, it is not.

    Kept by: { $place }.
    What: your messenger id, language, where you live, and what you write and choose here. If you wish, your phone, encrypted.
    Why: so that news reaches you and one person votes once.
    We never ask for your passport or PIN.

    The servers of Telegram and WhatsApp are abroad, and messages pass through them.
    You can erase your data at any time: “Me” → “Delete my data”.
    Law “On personal information”, 14.04.2008, No 58.
people-consent-yes = I agree
people-consent-no = Just read
people-welcome = Thank you, your consent is recorded. You are now in touch with { $place }.
people-welcome-guest = All right. You can read everything without it. If you want to take part later: “Me” → “Take part”.

people-join = Take part
people-declare = I am a member
people-prove-phone = Confirm my number
people-language = Language
people-move = Where I live
people-notifications = Notifications
people-my-data = My data
people-forget-me = Delete my data
people-fact-language = Language
people-fact-municipality = Aiyl aimak or city
people-fact-village = Village
people-fact-microdistrict = Microdistrict
people-fact-street = Street
people-street = My street
people-street-ask = On which street do you live? Choose. Then news that concerns your street alone reaches you too: when water or electricity is cut, for example.
people-street-none = Do not say
people-street-kept = Your street is noted.
people-street-gone = Your street is no longer kept.
people-fact-notify = Notifications
people-fact-roles = Your roles
people-language-changed = From now on I write in English.
people-move-elsewhere = Your new place: { $place }. Read what changes when you move.
people-move-signatures = ✍️ Your signatures stay, in all: { $count }. Until a list is handed over to the municipality you can take yours back under “My petitions”; the answer comes to you as well.
people-move-groups = 👥 You leave the initiative groups of the place before, in all: { $count }.
people-move-membership = That you are a member of the local community has to be declared anew.
people-move-roles = Your role at the place before is of no effect here.
people-move-yes = Yes, I move
people-moved = The place where you live has been changed.

people-not-joined = You are reading, not registered yet
people-level-guest = Phone not confirmed yet
people-level-phone = Phone confirmed
people-level-resident = Community member (as you declared)
people-level-confirmed = Community member (confirmed by the aiyl okmotu or mayor’s office)

people-notify-at-once = At once
people-notify-daily = Once a day
people-notify-weekly = Once a week
people-notify-never = Never

people-phone-title = Confirming my number
people-ask-phone =
    Confirm your number so that one person votes once. Other residents do not see it.

    Press the button below: the messenger sends your number itself. No need to type.
people-ask-keep-phone =
    May we keep the number itself too?

    If not, only a code made from it stays: enough to make sure that one person votes once. If you agree, the aiyl okmotu or mayor’s office can call you when needed; the number is kept encrypted.
people-keep-phone-no = No
people-keep-phone-yes = Yes
people-phone-proven = Thank you, your number is confirmed.

people-resident-title = Community member
people-ask-resident =
    A member of the local community is somebody aged { $age } or older who is registered here or has lived here for over a year. Signing and voting is the right of members.

    No papers are asked for, you declare it yourself. If it is not true, your signature and vote do not count.

    Which is true for you?
people-resident-registered = Registered here
people-resident-over-a-year = Over a year here
people-resident-neither = None of these
people-resident-declared = Thank you, your declaration is recorded.

people-my-data-text = Everything we keep about you is in this file.
people-data-title = What we keep about you
people-data-number = Your number inside the bot
people-data-since = When you first wrote
people-data-language = Language
people-data-municipality = Aiyl aimak or city
people-data-village = Village or microdistrict
people-data-street = Street
people-data-notify = Notifications
people-data-consent = When you gave consent
people-data-consent-version = Version of the consent text
people-data-phone-hash = Code made from your phone
people-data-phone = Phone
people-data-phone-proven = When your phone was confirmed
people-data-level = Your standing
people-data-declared = When you declared membership
people-data-confirmed = When the aiyl okmotu or mayor’s office confirmed it
people-data-roles = Your duties
people-data-staff-name = Your name as a member of staff
people-data-accounts = Your messenger ids:
people-data-follows = Issues you follow:
people-data-proposals = My proposals
people-data-supports = Proposals I support
people-data-proposals-followed = Proposals I follow
people-data-reports = Texts I reported
people-data-draft = Unfinished answers:
people-data-journal = Entries in the journal:

people-role-clerk = clerk of the aiyl okmotu or mayor’s office
people-role-moderator = moderator
people-role-head = head of the aiyl okmotu or mayor
people-role-deputy = deputy of the kenesh
people-role-monitoring = member of the monitoring group
people-role-admin = administrator of the bot

people-forget-text =
    What we know about you will be erased for good: messenger id, phone, village, language, the issues you follow and unfinished answers. This cannot be undone.

    The journal keeps only what happened, without your name. Delete the chat itself in the messenger.
people-forget-signatures = Your signatures that will be taken back (under petitions not yet handed over)
people-forget-yes = Yes, erase it
people-forgotten = What we knew about you has been erased
people-forgotten-text = If you need us again, just write: we will get to know each other anew.

# what happened, in the file of «my data»
people-event-person-settled = You said where you live
people-event-person-street-said = You said on which street you live
people-event-person-consented = You agreed to data being kept
people-event-person-notify = You changed how often the bot writes
people-event-person-phone-proven = You confirmed your number
people-event-person-declared = You declared membership of the community
people-event-person-confirmed = You confirmed a membership
people-event-person-unconfirmed = You took back a confirmation of membership
people-event-person-accounts-joined = You joined your messengers
people-event-person-accounts-parted = You removed a joined messenger
people-event-person-office-confirmed = The role was confirmed in a messenger
people-event-person-forgotten = You deleted your data
people-event-issue-followed = You followed an issue
people-event-issue-unfollowed = You unfollowed an issue
people-event-issue-changed = You changed an issue
people-event-role-invited = You invited a member of staff
people-event-role-invitation-withdrawn = You withdrew an invitation
people-event-role-taken-up = You accepted a role
people-event-role-ended = You took back a role
people-event-role-restored = You gave a role back
people-event-place-linked = You linked a channel or group
people-event-place-unlinked = You unlinked a channel or group
people-event-place-asked = You asked to link a group
people-event-place-declined = You declined to link a group
people-event-place-village-set = You said whose channel or group it is
people-event-card-put = You put a card with a counter into a group or channel
people-event-card-taken-down = You took a card out of a group or channel
people-event-opinion-asked = You put a quick poll into a group or channel
people-event-opinion-closed = You closed a quick poll
people-event-list-published = You published the list
people-event-list-publication-withdrawn = You withdrew a publication record
people-event-municipality-founded = You added a municipality
people-event-municipality-changed = You changed the municipality’s details
people-event-person-named = You gave your name for signing petitions
people-event-petition-begun = You began a petition
people-event-petition-edited = You changed the text of a petition
people-event-petition-sent = You sent a petition in
people-event-petition-decided = You decided on a petition
people-event-petition-appealed = You asked for a second look at a rejected petition
people-event-petition-sorted = You chose the issue of a petition
people-event-petition-withdrawn = You withdrew a petition
people-event-petition-taken-down = You took a petition down
people-event-petition-extended = You gave a petition more time
people-event-petition-closed = The time of a petition ran out
people-event-petition-followed = You followed a petition
people-event-petition-unfollowed = You stopped following a petition
people-event-petition-group-joined = You joined an initiative group
people-event-petition-group-left = You left an initiative group or took somebody out of it
people-event-petition-group-led = You handed the lead of a group over
people-event-petition-news = You wrote to those who signed
people-event-petition-signed = You signed a petition
people-event-petition-signature-withdrawn = You took your signature back
people-event-petition-signatures-invalidated = You took signatures out of the count
people-event-petition-signatures-taken-out = Some signatures were taken out of the count
people-event-petition-signatures-restored = You put signatures back into the count
people-event-petition-paper-entered = You entered signatures from paper
people-event-petition-paper-namesake = You marked a line of a sheet as another person
people-event-petition-paper-removed = You took a sheet of paper out of the count
people-event-petition-threshold-reached = The threshold was reached
people-event-petition-threshold-lost = The count fell below the threshold
people-event-petition-handed-over = You handed the signatures over
people-event-petition-registered = You registered a petition
people-event-petition-answered = You answered a petition
people-event-petition-kenesh = You entered what the kenesh decided
people-event-petition-signers-opened = You opened the list of signers
people-event-petition-signers-anonymised = The names of signers were erased
people-event-petition-pressure-told = You told of pressure or payment
people-event-petition-flag-settled = You looked at a flag about many signatures
people-event-calendar-day-set = You entered a day in the calendar of working days
people-event-calendar-day-removed = You removed a day from the calendar of working days
people-event-threshold-adopted = You entered a rule on how many signatures a petition needs
people-event-threshold-withdrawn = You withdrew a rule that was not in force yet
people-event-stop-set = You stopped something for everybody
people-event-stop-lifted = You reopened what was stopped
people-event-proposal-sent = You made a proposal
people-event-proposal-entered = You entered a proposal for somebody
people-event-proposal-supported = You supported a proposal
people-event-proposal-support-withdrawn = You withdrew your support of a proposal
people-event-proposal-followed = You followed a proposal
people-event-proposal-unfollowed = You stopped following a proposal
people-event-proposal-withdrawn = You withdrew your proposal
people-event-proposal-registered = You registered a proposal
people-event-proposal-assigned = You gave a proposal to a member of staff
people-event-proposal-noted = You made a note on a proposal
people-event-proposal-sorted = You put a proposal under an issue
people-event-proposal-decided = You decided on a proposal
people-event-proposal-merged = You merged a proposal into a similar one
people-event-text-reported = You reported a text
people-event-text-hidden = A text was hidden
people-event-text-objected = You objected to the hiding of your text
people-event-text-reports-settled = You looked at reports
people-event-template-written = You changed an answer template
people-data-signed = Petitions I signed, with the codes
people-data-groups = My initiative groups
people-data-petitions-followed = Petitions I follow
people-data-signs-as = Name I sign under
people-data-signs-shown = Name that others see
people-data-topics = My choices by topic
people-data-villages = Other villages whose news I get
people-data-muted = What I muted
people-data-groups-asked = Groups you asked to link
