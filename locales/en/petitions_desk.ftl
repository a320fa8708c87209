petitions-desk-all = All petitions
petitions-desk-another = Other person: { $line }
petitions-desk-another-counts = Line { $line } counts: another person.
petitions-desk-answer = Answer
petitions-desk-answer-title = Answer to the petition
petitions-desk-answer-yes = Send
petitions-desk-answered = The answer is on its way.
petitions-desk-as-seen = As residents see it
petitions-desk-ask-answer = Write the answer: what was decided, when and by whom it will be done. Everybody who signed will read it.
petitions-desk-ask-answer-ru = Write the same answer in Russian. Without it everybody reads the Kyrgyz one.
petitions-desk-ask-assembly = Is the assembly called?
petitions-desk-ask-body = Which body is in charge of this? Write its full name.
petitions-desk-ask-by = Which signatures should not count?
petitions-desk-ask-count = How many signatures are on the sheet? At most { $most }. Write no passport data.
petitions-desk-ask-demand = Is the demand accepted?
petitions-desk-ask-file = A photo or document to go with it?
petitions-desk-ask-invalid = Signatures that fit: { $count }. Why should they not count? Everybody will read the reason.
petitions-desk-ask-kenesh = What did the kenesh decide?
petitions-desk-ask-kenesh-on = When will the kenesh consider it, or when did it? Write the day like 04.05.2026.
petitions-desk-ask-lines =
    Write the people on the sheet, one on each line: name, village, street. At most { $most } lines at a time. Where the village is not known, write “-”.

    For example:
    Айгүл Асанова, { $village }, Манас 12
    Бакыт Токтосунов, { $village }
petitions-desk-ask-link = Signatures by which link? Whose link it is is not said.
petitions-desk-ask-number = Write the number from the registry.
petitions-desk-ask-on = When was it registered? Choose or write the day like 04.05.2026.
petitions-desk-ask-photo = Send a photo of the sheet of signatures. It stays as evidence.
petitions-desk-ask-remark = What should the group put right? Be exact.
petitions-desk-ask-remove = Why should the sheet not count?
petitions-desk-ask-since = Signed from when on? Write it like 04.05.2026 14:00.
petitions-desk-ask-to = Until when? Write it like 04.05.2026 18:00.
petitions-desk-ask-until = Until { $is_now } now. Write the new last day, { $last } at the latest.
petitions-desk-ask-village = Which village?
petitions-desk-ask-why = For which reason?
petitions-desk-ask-why-longer = Why is the time extended? Everybody will read this.
petitions-desk-ask-words = Explain the reason in words. The group and residents will read this.
petitions-desk-assembly-no = The assembly is not called
petitions-desk-assembly-yes = The assembly is called
petitions-desk-basis-model = Model rule: the municipality has not adopted its own yet
petitions-desk-body = In charge: { $body }
petitions-desk-by-group = a member of the initiative group
petitions-desk-by-hours = Within some hours
petitions-desk-by-link = By one link
petitions-desk-by-staff = { $name }, staff
petitions-desk-by-unconfirmed = Not confirmed
petitions-desk-by-village = From one village
petitions-desk-changed = The text of the petition has changed since you read it. Please read it once more.
petitions-desk-colleague = a colleague
petitions-desk-count-sure =
    { $count ->
        [one] { $count } signature will be added.
       *[other] { $count } signatures will be added.
    } On paper now: { $now }.
petitions-desk-day-today = Today, { $day }
petitions-desk-decides-until = { $name }, until { $until }
petitions-desk-demand-no = Demand not accepted
petitions-desk-demand-yes = Demand accepted
petitions-desk-enter = Enter a sheet
petitions-desk-enter-more = One more sheet
petitions-desk-enter-title = Signatures on paper
petitions-desk-enter-yes = Count them
petitions-desk-entered = Signatures added: { $count }. The photo of the sheet is kept.
petitions-desk-extend = Extend
petitions-desk-extend-title = Extending the time
petitions-desk-extended = Signatures are gathered until { $day }. The group and followers are told.
petitions-desk-fact-again = Lines that repeat
petitions-desk-fact-at = When
petitions-desk-fact-basis = Basis
petitions-desk-fact-by = By
petitions-desk-fact-closes = Last day
petitions-desk-fact-counted = Signatures
petitions-desk-fact-decides = Deciding now
petitions-desk-fact-entered = Entered
petitions-desk-fact-for = For
petitions-desk-fact-group = Initiative group
petitions-desk-group = List of the group
petitions-desk-group-title = Full list of the initiative group
petitions-desk-group-text = The list holds the full names, villages and streets of the members. In which office somebody opened it and when is written in the journal, where everybody can see it. The co-ordinator gets a letter.
petitions-desk-group-read = Open the list
petitions-desk-group-opened = That you opened it is in the journal. Do not pass it on.
petitions-desk-group-leads = co-ordinator
petitions-desk-fact-left = Deadline
petitions-desk-fact-lines = Lines
petitions-desk-flag-at = Noticed
petitions-desk-flag-burst = { $count } signatures came by one link within 10 minutes.
petitions-desk-flag-fine = Nothing is wrong
petitions-desk-flag-link = Link
petitions-desk-flag-now = Counted now
petitions-desk-flag-settled = Looked at
petitions-desk-flag-sustained = { $count } signatures came by one link within a day.
petitions-desk-flag-text = This need not be wrong: at an assembly or a school many may sign together. Who passed the link on is not said.
petitions-desk-flag-waits = To be looked at
petitions-desk-flag-was-settled = A colleague has looked at this already.
petitions-desk-flaw-no-name = first name and surname are needed
petitions-desk-flaw-no-village = a village or “-” is needed
petitions-desk-flaw-other-village = the petition is of another village
petitions-desk-flaw-too-long = too long
petitions-desk-flaw-two-villages = it could be two villages
petitions-desk-flaw-unknown-village = there is no such village
petitions-desk-history = History
petitions-desk-hidden = The text is hidden.
petitions-desk-hide = Hide the text
petitions-desk-hide-sure = Nobody sees the text any more.
petitions-desk-invalid-begun = Begun. The rest goes on by itself.
petitions-desk-invalid-cancelled = Stopped
petitions-desk-had-ended = It had ended already.
petitions-desk-invalid-finished = Finished
petitions-desk-invalid-restored = Signatures that count again: { $count }
petitions-desk-invalid-running = Going on
petitions-desk-invalid-stop = Stop
petitions-desk-invalid-sure =
    { $count ->
        [one] { $count } signature will not count:
       *[other] { $count } signatures will not count:
    } { $now } now, { $after } after that. Each owner is told the reason and how to object.
petitions-desk-invalid-threshold = The threshold will be lost.
petitions-desk-invalid-title = Taking signatures out
petitions-desk-invalid-undone = Undone
petitions-desk-invalid-what = Which
petitions-desk-invalid-yes = Take them out
petitions-desk-invalidate = Take out signatures
petitions-desk-invalidations = Taken out
petitions-desk-invalidations-title = Taken out of the count: { $count }
petitions-desk-kenesh = Kenesh decision
petitions-desk-kenesh-due = Expected: { $day }. If the kenesh has considered the petition, enter its decision: those who signed are waiting.
petitions-desk-kenesh-entered = Written down.
petitions-desk-kenesh-last = Last day: { $day }. After it those who signed cannot be told any more.
petitions-desk-kenesh-later = You enter the decision after the session.
petitions-desk-kenesh-sure =
    Day: { $day }. { $count ->
        [one] { $count } person is told.
       *[other] { $count } people are told.
    }
petitions-desk-kenesh-title = Decision of the kenesh
petitions-desk-kenesh-yes = Send
petitions-desk-leave = Leave to others
petitions-desk-left =
    { $count ->
        [one] { $count } working day left
       *[other] { $count } working days left
    }
petitions-desk-left-to-others = A colleague can decide now.
petitions-desk-letter-due-over = The time for a petition was over on { $day }
petitions-desk-letter-due-soon = The time for a petition ends soon: { $day }
petitions-desk-letter-due-today = The time for a petition ends today: { $day }
petitions-desk-letter-flagged = Very many signatures came by one link
petitions-desk-letter-handed-over = A petition waits to be registered
petitions-desk-letter-kenesh-due = The decision of the kenesh is not entered yet
petitions-desk-letter-new = A petition waits to be checked
petitions-desk-letter-why = You get this because of your work: { $role }. Letters of duty cannot be switched off.
petitions-desk-line-fault = No. { $line } “{ $said }”: { $why }
petitions-desk-line-more = And { $count } more.
petitions-desk-lines-group = Lines: { $lines }. What repeats is taken out when the signatures are handed over. Compare the names with the photo.
petitions-desk-lines-sure = Lines: { $lines }. To be added: { $count }. Counted before: { $again }. Compare the names with the photo.
petitions-desk-link-brought = No. { $number }: { $count } signatures
petitions-desk-link-number = No. { $number }
petitions-desk-list-bot = bot
petitions-desk-list-checksum = Checksum (SHA-256)
petitions-desk-list-count = Signatures: { $count }.
petitions-desk-list-day = Date
petitions-desk-list-explained = The checksum is made of the rows: number, kind, name, village, street and date with tabs between them, each row ending with a line feed, in UTF-8. One letter changed gives another checksum.
petitions-desk-list-handed = Handed over
petitions-desk-list-kind = Kind
petitions-desk-list-made = Made
petitions-desk-list-name = Name
petitions-desk-list-nameless = name erased
petitions-desk-list-number = No.
petitions-desk-list-page = Page { $page } of { $pages }
petitions-desk-list-paper = paper
petitions-desk-list-registry = Registry number
petitions-desk-list-secret = The list holds personal data: do not pass it on or publish it. Each opening is in the journal.
petitions-desk-list-street = Street
petitions-desk-list-village = Village
petitions-desk-named-until = last day
petitions-desk-named-why = reason
petitions-desk-next = What is next
petitions-desk-no-deadline = no deadline
petitions-desk-no-invalidations = No signature was taken out of this petition’s count.
petitions-desk-no-links = No link brought five signatures or more. Go back and choose otherwise.
petitions-desk-no-sheets = No signatures on paper have been entered yet.
petitions-desk-none-fit = No signature fits. Go back and choose otherwise.
petitions-desk-number = Petition No. { $number }
petitions-desk-number-label = Number of the petition
petitions-desk-open = Open for signatures
petitions-desk-open-by-link = At first it is found by its link only. With { $count } signatures it appears in the list.
petitions-desk-open-desk = Open the petition
petitions-desk-open-flag = Look at it
petitions-desk-open-text = Once open, the threshold stays as it is and the petition cannot be called back. The group is told.
petitions-desk-open-title = Open it for signatures?
petitions-desk-open-yes = Yes, open it
petitions-desk-opened = Signatures are gathered from now on.
petitions-desk-overdue =
    { $count ->
        [one] { $count } working day overdue
       *[other] { $count } working days overdue
    }
petitions-desk-page = Page { $page } of { $pages }
petitions-desk-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
petitions-desk-people-few = { $count } (at least { $least } are needed)
petitions-desk-photo-text = The photo shows people’s names. That you opened it is in the journal.
petitions-desk-preview =
    { $count ->
        [one] { $count } person gets the answer,
       *[other] { $count } people get the answer,
    } and it cannot be changed. They will read it like this:
petitions-desk-preview-same = (the Kyrgyz text above)
petitions-desk-preview-one-language = There is no Russian answer: everybody reads the Kyrgyz one.
petitions-desk-queue-answer = Answer a petition
petitions-desk-queue-appeal = Petition: once more
petitions-desk-queue-check = Check a petition
petitions-desk-queue-empty = No petition waits. To enter signatures on paper, open the petition itself.
petitions-desk-queue-flagged = Doubtful signatures
petitions-desk-queue-kenesh = Kenesh decision
petitions-desk-queue-register = Register a petition
petitions-desk-queue-text = ⚠️ overdue · 🔴 two working days or less · ⏳ there is time · 🚩 noticed
petitions-desk-queue-title = Petitions that wait
petitions-desk-refresh = Refresh
petitions-desk-register = Register
petitions-desk-register-sure =
    Number { $number }, day { $on }. The answer is due by { $until }. { $count ->
        [one] { $count } person is told.
       *[other] { $count } people are told.
    } Once registered, it cannot be changed.
petitions-desk-register-title = Registering the petition
petitions-desk-register-yes = Register
petitions-desk-registered = Registered. The answer is due by { $until }.
petitions-desk-reject = Reject
petitions-desk-reject-last = This is the second look; the group cannot ask again.
petitions-desk-reject-sure = The group may ask once for a second look, which a colleague decides.
petitions-desk-reject-title = Rejecting the petition
petitions-desk-reject-yes = Reject
petitions-desk-rejected = Rejected.
petitions-desk-remove-sure =
    { $count ->
        [one] { $count } signature will not count:
       *[other] { $count } signatures will not count:
    } { $now } now, { $after } after that. The photo stays. To bring it back, enter the sheet again.
petitions-desk-remove-title = Taking a sheet out
petitions-desk-remove-yes = Take it out
petitions-desk-return = Return with remark
petitions-desk-return-sure =
    { $count ->
        [one] { $count } person of the group and followers reads this.
       *[other] { $count } people of the group and followers read this.
    } The group may put the text right and send it again.
petitions-desk-return-title = Returning it with a remark
petitions-desk-return-yes = Return it
petitions-desk-returned = Returned to the group.
petitions-desk-right-answer = answering petitions
petitions-desk-right-invalidate = watching over signatures
petitions-desk-right-moderate = checking petitions
petitions-desk-right-see-tasks = staff of the municipality
petitions-desk-said-answer = Answer:
petitions-desk-said-appeal = Why the group asks for a second look:
petitions-desk-said-rejected = Reason of the decision:
petitions-desk-said-remark = Remark:
petitions-desk-sheet-counts = signatures that count: { $count }
petitions-desk-sheet-gone = The sheet counts no more.
petitions-desk-sheet-photo = Photo
petitions-desk-sheet-remove = Take it out
petitions-desk-sheet-removed = taken out: { $why }
petitions-desk-sheet-removed-row = ✕ sheet { $number } · { $day } · taken out
petitions-desk-sheet-row = sheet { $number } · { $day } · signatures: { $count }
petitions-desk-sheet-row-group = sheet { $number } · { $day }
petitions-desk-sheet-title = A sheet of signatures
petitions-desk-sheets = Sheets
petitions-desk-sheets-title = Sheets: { $count }
petitions-desk-signatures =
    { $count ->
        [one] { $count } signature
       *[other] { $count } signatures
    }
petitions-desk-signers = List of signers
petitions-desk-signers-pdf = PDF to print
petitions-desk-signers-taken = The list is ready. That you opened it is in the journal. Do not pass the file on.
petitions-desk-signers-text = The list holds names, villages and streets of the signers and of the group. In which office somebody opened it and when is written in the journal, where everybody can see it. The co-ordinator gets a letter. There are no telephone numbers.
petitions-desk-signers-title = List of signers
petitions-desk-signers-xlsx = Excel spreadsheet
petitions-desk-sort = Choose its issue
petitions-desk-sort-title = Issue of the petition
petitions-desk-sorted = The issue is chosen.
petitions-desk-step-answer = An answer is due
petitions-desk-step-kenesh = The kenesh considers it
petitions-desk-take = Decide
petitions-desk-take-down = Take it down
petitions-desk-take-down-sure =
    The petition is taken down, its signatures ({ $signatures }) no longer count. { $count ->
        [one] { $count } person reads the reason.
       *[other] { $count } people read the reason.
    } The group may ask once for a second look, which a colleague decides.
petitions-desk-take-down-title = Taking the petition down
petitions-desk-take-down-yes = Take it down
petitions-desk-taken = For a quarter of an hour only you decide.
petitions-desk-taken-down = The petition is taken down.
petitions-desk-text-hidden = Nobody will see the text of the petition, only the reason.
petitions-desk-text-visible = Everybody will see the text of the petition and the reason.
petitions-desk-today = due today
petitions-desk-told =
    { $count ->
        [one] { $count } person is told.
       *[other] { $count } people are told.
    }
petitions-desk-twin-line = stands on another line
petitions-desk-twin-signature = signed in the bot
petitions-desk-typed = This petition is not to be answered now. Choose a button below.
petitions-desk-will-be-told =
    { $count ->
        [one] { $count } person is told.
       *[other] { $count } people are told.
    } The decision cannot be undone.
petitions-desk-was-stopped = Stopped. What was taken out can be put back.
