refusal-not-found = There is no such thing here: it was removed or belongs to another place.
refusal-not-yours = You have no right to do this. If you need to, turn to the aiyl okmotu or mayor’s office.
refusal-needs-consent = This needs your consent to keep some data. Reading does not.
refusal-needs-municipality = First choose which aiyl aimak or city you want.
refusal-needs-phone = For this, confirm your phone number: one person, one vote.
refusal-needs-resident = This is for members of the local community. If you are one, declare it: only one question.
refusal-needs-membership = This is only for members of the local community. You can still read everything. If you live elsewhere, change the place under “Me”.
refusal-needs-phone-button = Press the button “Send my number” below. Typed digits do not prove that the number is yours.
refusal-foreign-contact = This is another person’s number. Send your own with the button below.
refusal-bad-phone = There seems to be no such number. Send your own with the button below.
refusal-too-short = Too short. At least { $least ->
        [one] { $least } character
       *[other] { $least } characters
    }, please.
refusal-too-long = Too long: { $is_now ->
        [one] { $is_now } character
       *[other] { $is_now } characters
    }. At most { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }, please shorten it.
refusal-not-a-choice = That answer is not on the list. Press a button or type its number.
refusal-same-messenger = This code is for your other messenger: send it from there.
refusal-office-here = This account holds a role. Get the code here and send it from the other messenger.
refusal-office-rests = Your role does not work here. Confirm it in your other messenger, or ask an administrator for a new invitation.
refusal-joined-lately = This messenger was joined only lately. You can delete everything from here in a week, and from the other messenger now.
refusal-already-joined = This is your own code: send it from the other messenger.
refusal-wrong-kind = This question cannot be answered that way. Answer in words or with a button.
refusal-old-question = This question is out of date. Go on with the button below.
refusal-locked-by-law = This wording comes from the law; the aiyl okmotu or mayor’s office cannot change it. It changes only with the law.
refusal-needs-law-reference = State the law it rests on: title, date, number.

refusal-way-needs-consent = Give my consent
refusal-way-needs-municipality = Choose
refusal-way-needs-phone = Confirm my number
refusal-way-needs-resident = I am a member
refusal-not-set-up = This bot is not connected to any municipality yet. Please come back later.
refusal-link-used = Somebody has used this link already: it works once. Ask whoever invited you for a new one.
refusal-link-ended = This link does not work any more: it is too old or was withdrawn. Ask whoever invited you for a new one.
refusal-last-admin = You are the only administrator. Invite another one first, or nobody could grant roles.
refusal-needs-file = { $kinds ->
    [picture] Send a photo: press 📎 beside the message field.
    [paper] Send a file: press 📎 beside the message field.
    [voice] Send a voice message: hold the microphone sign and speak.
   *[any] Send a photo or a file: press 📎 beside the message field.
}
refusal-sheet-is-there = This sheet was entered already: its photo is here. Take a photo of each sheet.
refusal-file-too-big = The file is too big: { $most } MB at most. Send a smaller one.
refusal-file-lost = The file did not reach us. Send it once more.
refusal-file-not-accepted = { $kinds ->
    [picture] This is no photo, or it is broken. Send a JPEG or PNG photo.
    [paper] Such a file is not accepted. Send a PDF, a CSV, or a Word (docx) or Excel (xlsx) file without macros.
    [voice] This is no voice message, or it is longer than five minutes. Record one by holding the microphone sign.
   *[any] Such a file is not accepted. Send a photo, a PDF, a CSV, or a Word (docx) or Excel (xlsx) file without macros.
}
refusal-taken = This channel or group is already linked to another aiyl okmotu or mayor’s office.
refusal-too-many-groups = In one day you can ask for at most { $most } groups. Please try again tomorrow.
refusal-no-places = No group or channel is linked yet. Add a group or channel first.
refusal-wrong-options = There must be { $least } to { $most } answers. Write each on a line of its own.
refusal-long-option = Each answer may have at most { $most } characters. Shorten it and write again.
refusal-same-option = The answers must differ: the same one is there twice.
refusal-in-the-future = That day has not come yet. Write today’s date or an earlier one.
refusal-not-a-day = That is not a date the bot can read. Write it like this: 04.05.2026.
refusal-out-of-range = Write a whole number from { $least } to { $most }.
refusal-fixed-by-plan = The Typical Plan fixes this number; a municipality cannot change it.
refusal-bad-line = Line { $line } cannot be read: “{ $said }”. One place on a line, at most three languages, no name twice. Put it right and send everything again.
refusal-too-many-lines = Too many lines: { $is_now }. Send at most { $most } at a time.
refusal-already-there = This name is taken: { $said }. Write another one.
refusal-lived-in = This cannot be removed: there are residents who said that they live here. Rename it if need be.
refusal-bad-office-phone = There seems to be no such number. Write it with its code, for example: 0312 62 11 23.
refusal-bad-email = This does not look like an e-mail address. For example: ak-bulak@example.kg.
refusal-bad-sheet =
    There are faults in the spreadsheet; nothing was saved. Put them right and send the file again:

    { $faults }
refusal-list-changed = The list has changed since the file was checked: perhaps the file was applied already. If not, send it again.
refusal-too-many = You have too many unfinished petitions. Send or withdraw one first.
refusal-begun-too-many = You began too many petitions within thirty days. Try again in some days.
refusal-lead-is-here = The co-ordinator used the bot lately. After { $days } days without them you may take the lead.
refusal-group-only = Only a member of the initiative group can do this.
refusal-group-full = The group is full: at most { $most } people.
refusal-group-too-small = The group has { $count } so far and needs { $least }. Invite more people.
refusal-group-left = The group has { $count } left and needs { $least }. Return the petition for changes, so that the group can invite people.
refusal-signed-text = People have signed this text, so it cannot be changed. Open it again or reject it.
refusal-text-only = This petition is not taken down any more. Only its text can be hidden, if it insults, holds personal data or advertises.
refusal-too-late = This is not possible now: the petition has moved on.
refusal-paper-over = Sheets could be entered until { $until }; it is too late now.
refusal-decided-already = This has been decided already.
refusal-locked = Another member of staff is deciding on this now. Try again a little later.
refusal-another-decides = You made this decision, so somebody else takes the second look.
refusal-signed-by-hand = This initiative is signed on paper by hand only. Ask the initiative group for the sheet.
refusal-not-open = Signatures are not being gathered now.
refusal-needs-confirming = To sign, staff must confirm that you are a member of the community. Please come to the aiyl okmotu or mayor’s office with your passport and show the code from the bot.
refusal-wrong-code = The code is wrong or has expired. Let the resident get a new one.
refusal-not-oneself = You cannot confirm yourself. Please ask a colleague.
refusal-confirmed-already = The membership is confirmed already.
refusal-needs-village = Only people of one village sign this petition. Choose your village under “Me”.
refusal-other-village = This petition is for another village; only people who live there sign it.
refusal-already-signed = You have signed already.
refusal-signature-invalid = Your signature was taken out of the count. If you object, please turn to the office.
refusal-same-phone = Somebody has signed with this phone number. One number, one signature.
refusal-not-signed = Your signature is not here.
refusal-handed-over-already = The signatures were handed over and cannot be taken back any more.
refusal-petition-is-over = This petition is over: its signatures count no more.
refusal-too-few-signatures = { $count } so far, { $needed } are needed.
refusal-too-often = Please wait a little and try again.
refusal-signed-too-often = You signed too many petitions in a short time. You can sign again in { $hours } h.
refusal-link-too-often = Too many have signed by this link in a short time. Try again in { $hours } h, or sign on paper with the initiative group.
refusal-needs-name = Your name is needed for signing.
refusal-not-a-name = Please write your first name and surname. For example: Aigul Asanova.
refusal-wrong-day = The day must be from { $first } to { $last }.
refusal-already-appealed = A second look can be asked for only once.
refusal-objected-already = Staff have your objection already. Please wait until they have looked.
refusal-words-apart = You chose a prepared answer; words below a file are not added to it. Send the file without words, or go back and write in your own words.
refusal-appeal-over = A second look could be asked for until { $until }: after that the names are erased.
refusal-not-sent-yet = It is too early for this.
refusal-by-link-only = This petition opens only by its full link so far; the number is not enough. At { $count } signatures everybody can find it. Ask for the link whoever told you of it, or the initiative group.
refusal-already-member = You are in this group already.
refusal-phone-in-group = Somebody has joined this group with this phone number. One number, one member.
refusal-stopped = { $notice }
refusal-works-anyway = That is a working day already. Write a weekend day or a holiday.
refusal-in-force = This rule is in force and cannot be withdrawn. You can adopt a new one.
refusal-not-a-per-cent = Write the per cent like this: 1 or 1.5. At least 0.1, at most 100.
refusal-stopped-already = That is stopped already.
refusal-lifted-already = That is not stopped now.
refusal-own-text = This is your own proposal or petition.
refusal-proposal-over = This proposal is closed and cannot be changed any more.
refusal-phone-counted = This phone number has supported the proposal already. One number counts once.
refusal-cannot-merge = It cannot be merged into that one: it is closed, hidden, or the same proposal.
refusal-needs-location = Send a place on the map with the button below.
refusal-too-young = Only people aged { $age } or over can be in this group.
refusal-news-too-often = News goes out at most once in { $days } days. Please wait a little.
refusal-bad-lines =
    These lines cannot be read, and nothing was kept. Put them right and send everything again:
    { $faults }
refusal-not-a-moment = Write the day and the hour like 04.05.2026 14:00.
refusal-way-needs-name = Give my name
refusal-way-needs-village = Choose my village
refusal-needs-second = A second person has to agree: the author cannot send it alone. If there is nobody else, tell the administrator.
refusal-time-passed = This time is over or too far ahead. Choose one within the next 60 days.
refusal-recall-over = More than 48 hours have passed: it cannot be deleted from chats any more. You can send a correction.
refusal-words-changed = It was changed since you read it. Open it and read it again.
refusal-nobody-hears = Nobody would get this: there is nobody to write to among those chosen. Choose others.
